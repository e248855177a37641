"""The dashboards' resource: one item of ours, which loads the cards and the dashboard strategy.

A module that is loaded in other ways runs too early on some browsers, and loses its elements.
"""

from typing import Any, Final

from homeassistant.components.lovelace.const import (
    CONF_RESOURCE_TYPE_WS,
    DOMAIN as LOVELACE,
    LOVELACE_DATA,
    SERVICE_RELOAD_RESOURCES,
)
from homeassistant.components.lovelace.resources import ResourceStorageCollection
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.const import CONF_ID, CONF_TYPE, CONF_URL, EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_call_later
from homeassistant.setup import async_when_setup

from ..const import DOMAIN
from ..reading.issues import async_set_issue
from .panel import CARDS, CURRENT_CARDS, FILES_ROOT, Files

_READ_AGAIN: Final = 5
"""Seconds after which the resources of YAML are read again, if somebody has that done."""


class Resource:
    """Keeps the resource in step with the files, for as long as there is an account."""

    def __init__(self, hass: HomeAssistant, files: Files) -> None:
        """Take the files."""
        self._hass = hass
        self._url = f"{files.url}/{CARDS}"
        self._is_at_work = False
        self._again = False
        async_when_setup(hass, LOVELACE, self._dashboards_are_there)
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed)
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._will_be_read)

    async def _dashboards_are_there(self, _: HomeAssistant, __: str) -> None:
        self._look()

    @callback
    def _entry_changed(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN and change is not ConfigEntryChange.UPDATED:
            self._look()

    @callback
    def _will_be_read(self, event: Event) -> None:
        if (event.data["domain"], event.data["service"]) != (LOVELACE, SERVICE_RELOAD_RESOURCES):
            return

        @callback
        def look(_: object) -> None:
            self._look()

        async_call_later(self._hass, _READ_AGAIN, look)

    @callback
    def _look(self) -> None:
        self._again = True
        if not self._is_at_work and LOVELACE_DATA in self._hass.data:
            self._is_at_work = True
            self._hass.async_create_task(self._async_update(), "Codelocks cards", eager_start=False)

    async def _async_update(self) -> None:
        """Add, change or remove the item: one run at a time, so that there is one."""
        try:
            while self._again:
                self._again = False
                await self._async_update_once()
        finally:
            self._is_at_work = False

    async def _async_update_once(self) -> None:
        resources = self._hass.data[LOVELACE_DATA].resources
        entries = self._hass.config_entries.async_entries(DOMAIN, include_ignore=False)
        # An unloaded collection that is written to would forget the resources of others.
        await resources.async_get_info()
        ours = [item for item in resources.async_items() if is_ours(item.get(CONF_URL))]
        in_yaml = not isinstance(resources, ResourceStorageCollection)
        for number, entry in enumerate(entries):
            async_set_issue(
                self._hass,
                entry,
                "cards_in_yaml",
                exists=in_yaml and not ours and not number,
                placeholders={"url": CURRENT_CARDS},
            )
        if isinstance(resources, ResourceStorageCollection):
            await self._async_write(resources, ours, is_wanted=bool(entries))

    async def _async_write(
        self, resources: ResourceStorageCollection, ours: list[dict[str, Any]], *, is_wanted: bool
    ) -> None:
        """Make our items the one that is wanted, or none; nothing is written if they are."""
        wanted = {CONF_RESOURCE_TYPE_WS: "module", CONF_URL: self._url}
        kept = ours[0] if ours and is_wanted else None
        if kept and (kept[CONF_URL], kept[CONF_TYPE]) != (self._url, "module"):
            await resources.async_update_item(kept[CONF_ID], wanted)
        elif is_wanted and not kept:
            await resources.async_create_item(wanted)
        for item in ours:
            if item is not kept:
                await resources.async_delete_item(item[CONF_ID])


def is_ours(url: object) -> bool:
    """Return whether a resource is our cards, in any version."""
    path = url.partition("?")[0] if isinstance(url, str) else ""
    return path.startswith(f"{FILES_ROOT}/") and path.endswith(f"/{CARDS}")
