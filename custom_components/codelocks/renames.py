"""Follows the new entity ids of what settings name: calendars of bookings, and who is told."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import (
    CONF_CALENDAR_ENTITY_ID,
    CONF_DELIVER_TO,
    CONF_NOTIFY_ENTITY_ID,
    CONF_TELL_OWNER,
    DOMAIN,
)

_NAMES: Final = {
    CONF_CALENDAR_ENTITY_ID,
    CONF_DELIVER_TO,
    CONF_NOTIFY_ENTITY_ID,
    CONF_TELL_OWNER,
}
"""The settings that name entities: one, or a list."""


@callback
def async_follow_renames(hass: HomeAssistant) -> None:
    """Keep options and subentries of all accounts in step with the registry."""

    @callback
    def is_rename(changed: er.EventEntityRegistryUpdatedData) -> bool:
        return changed["action"] == "update" and "old_entity_id" in changed

    @callback
    def follow(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if event.data["action"] != "update":
            return
        old, new = event.data["old_entity_id"], event.data["entity_id"]
        for entry in hass.config_entries.async_entries(DOMAIN):
            options = _renamed(entry.options, old, new)
            hass.config_entries.async_update_entry(entry, options=options)
            for subentry in entry.subentries.values():
                data = _renamed(subentry.data, old, new)
                hass.config_entries.async_update_subentry(entry, subentry, data=data)

    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, follow, event_filter=is_rename)


def _renamed(settings: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """Return settings, and those in their sections, that name an entity by its new id."""
    return {key: _value(key, value, old, new) for key, value in settings.items()}


def _value(key: str, value: Any, old: str, new: str) -> Any:
    if isinstance(value, Mapping):
        return _renamed(value, old, new)
    if key not in _NAMES:
        return value
    if isinstance(value, list):
        return [new if one == old else one for one in value]
    return new if value == old else value
