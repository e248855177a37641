"""The fixes of issues: the right plan or counts, and another version of NetCode calls."""

from typing import Any

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant
import probatio

from .api import DEFAULT_NETCODE_VERSION, Pool
from .const import CONF_NETCODE_VERSION, CONF_PLAN, PLAN_CUSTOM
from .flows.netcode_version import NETCODE_VERSION
from .flows.quota import (
    CUSTOM_PLAN,
    QUOTA,
    async_current_options,
    async_form_counter,
    async_new_options,
)
from .localize import placeholders


class QuotaFlow(RepairsFlow):
    """Asks for the plan and for the calls that were used."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the account."""
        self._entry = entry
        self._current: dict[str, Any] = {}
        self._chosen: dict[str, Any] = {}

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Start with the only form."""
        return await self.async_step_quota()

    async def async_step_quota(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the plan and the counts."""
        if user_input is not None:
            self._chosen = user_input
            if user_input[CONF_PLAN] == PLAN_CUSTOM:
                return await self.async_step_custom_plan()
            return await self._async_finish()
        self._current = await async_current_options(self.hass, self._entry)
        return self.async_show_form(
            step_id="quota",
            data_schema=self.add_suggested_values_to_schema(QUOTA, self._current),
            description_placeholders=placeholders(account=self._entry.title),
        )

    async def async_step_custom_plan(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the numbers of a plan that is not on the list."""
        if user_input is not None:
            self._chosen |= user_input
            return await self._async_finish()
        return self.async_show_form(
            step_id="custom_plan",
            data_schema=self.add_suggested_values_to_schema(CUSTOM_PLAN, self._entry.options),
        )

    async def _async_finish(self) -> RepairsFlowResult:
        """Correct the counts, and forget that the API called a pool spent."""
        options = await async_new_options(self.hass, self._entry, self._chosen, self._current)
        counter = await async_form_counter(self.hass, self._entry.data[CONF_API_KEY])
        for pool in Pool:
            counter.allow(pool)
        self.hass.config_entries.async_update_entry(self._entry, options=options)
        return self.async_create_entry(data={})


VERSION = probatio.Schema({probatio.Required(CONF_NETCODE_VERSION): NETCODE_VERSION})


class VersionFlow(RepairsFlow):
    """Asks for another version of NetCode calls; nothing is tried before a code is made."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the account."""
        self._entry = entry

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Start with the only form."""
        return await self.async_step_version()

    async def async_step_version(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the version."""
        current = self._entry.data.get(CONF_NETCODE_VERSION, DEFAULT_NETCODE_VERSION)
        if user_input is None:
            return self.async_show_form(
                step_id="version",
                data_schema=self.add_suggested_values_to_schema(
                    VERSION, {CONF_NETCODE_VERSION: current}
                ),
                description_placeholders=placeholders(account=self._entry.title, version=current),
            )
        if user_input[CONF_NETCODE_VERSION] == current:
            return self.async_abort(reason="nothing_changed")
        # The account's listener reloads it.
        self.hass.config_entries.async_update_entry(
            self._entry, data={**self._entry.data, **user_input}
        )
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    entry = hass.config_entries.async_get_entry((data or {})["entry_id"])
    assert entry  # noqa: S101 - the issue goes with its entry
    is_about_version = issue_id.startswith("netcode_version_")
    return VersionFlow(entry) if is_about_version else QuotaFlow(entry)
