"""What mends an issue about the quota: the right plan, or the right counts."""

from typing import Any

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .config_flow import CUSTOM_PLAN, QUOTA, async_correct_counts, used_now
from .const import CONF_PLAN, DEFAULT_OPTIONS, PLAN_CUSTOM
from .store import async_get_call_counter


class QuotaFlow(RepairsFlow):
    """Asks for the plan and for the calls that were used."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the account."""
        self._entry = entry
        self._options: dict[str, Any] = DEFAULT_OPTIONS | entry.options
        self._shown: dict[str, int] = {}

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Start with the one form that there is."""
        return await self.async_step_quota()

    async def async_step_quota(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the plan and the counts."""
        counter = await async_get_call_counter(self.hass, self._entry.data[CONF_API_KEY])
        now = dt_util.utcnow()
        if user_input is None:
            self._shown = used_now(counter, self._options, now)
            return self.async_show_form(
                step_id="quota",
                data_schema=self.add_suggested_values_to_schema(QUOTA, self._options | self._shown),
                description_placeholders={"account": self._entry.title},
            )
        chosen = async_correct_counts(counter, self._options, user_input, self._shown, now)
        counter.refused.clear()
        self._options |= chosen
        if chosen[CONF_PLAN] == PLAN_CUSTOM:
            return await self.async_step_custom_plan()
        return self._finish()

    async def async_step_custom_plan(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the numbers of a plan that is not on the list."""
        if user_input is None:
            return self.async_show_form(
                step_id="custom_plan",
                data_schema=self.add_suggested_values_to_schema(CUSTOM_PLAN, self._options),
            )
        self._options |= user_input
        return self._finish()

    def _finish(self) -> RepairsFlowResult:
        self.hass.config_entries.async_update_entry(self._entry, options=self._options)
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None
) -> RepairsFlow:
    """Return the flow that mends an issue: all that can be mended are about the quota."""
    entry = hass.config_entries.async_get_entry((data or {})["entry_id"])
    assert entry  # noqa: S101 - the issue goes with its entry
    return QuotaFlow(entry)
