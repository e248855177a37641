"""The options of an account."""

from collections import ChainMap
from collections.abc import Iterable
from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
)
from homeassistant.helpers.typing import VolDictType
import probatio

from ..const import (
    CONF_CALENDAR_ISSUES,
    CONF_CLIENT_SWITCHES,
    CONF_DELIVER_TO,
    CONF_HISTORY_DAYS,
    CONF_PLAN,
    CONF_RESERVE_PERCENT,
    CONF_RESET_DAY,
    CONF_SHOW_CODES_IN_CALENDAR,
    CONF_SIDEBAR,
    CONF_SPARE_LOCKS,
    CONF_TRACK_ACTIVITY,
    CONF_TRACK_CLIENTS,
    CONF_USERS_MAY_ISSUE,
    CONF_VOICE,
    PLAN_CUSTOM,
    VOICES,
)
from .fields import LOCKS, NOTIFY_ENTITIES, lock_device_ids, whole_number
from .quota import (
    CUSTOM_PLAN,
    QUOTA,
    async_current_options,
    async_new_options,
)


def _section(fields: VolDictType) -> section:
    """Return a part of the form, with a heading and everything in sight."""
    return section(probatio.Schema(fields), {"collapsed": False})


OPTIONS = probatio.Schema(
    {
        probatio.Required("calls"): _section(
            {
                **QUOTA.schema,
                probatio.Required(CONF_RESET_DAY): whole_number(1, 31),
                probatio.Required(CONF_RESERVE_PERCENT): whole_number(0, 100, "%"),
            }
        ),
        probatio.Required("following"): _section(
            {
                probatio.Required(CONF_TRACK_ACTIVITY): BooleanSelector(),
                probatio.Required(CONF_TRACK_CLIENTS): BooleanSelector(),
                probatio.Required(CONF_CLIENT_SWITCHES): BooleanSelector(),
            }
        ),
        probatio.Required("codes"): _section(
            {
                probatio.Required(CONF_USERS_MAY_ISSUE): BooleanSelector(),
                probatio.Optional(CONF_DELIVER_TO, default=[]): NOTIFY_ENTITIES,
                probatio.Optional(CONF_SPARE_LOCKS, default=[]): LOCKS,
                probatio.Required(CONF_CALENDAR_ISSUES): BooleanSelector(),
                probatio.Required(CONF_SHOW_CODES_IN_CALENDAR): BooleanSelector(),
                probatio.Required(CONF_HISTORY_DAYS): whole_number(1, 3650, "d"),
            }
        ),
        probatio.Required("voice"): _section(
            {
                probatio.Required(CONF_VOICE): SelectSelector(
                    SelectSelectorConfig(options=list(VOICES), translation_key=CONF_VOICE)
                )
            }
        ),
        probatio.Required("page"): _section({probatio.Required(CONF_SIDEBAR): BooleanSelector()}),
    }
)
"""By section; the options are stored without these."""


class CodelocksOptionsFlow(OptionsFlow):
    """Asks for the options."""

    def __init__(self) -> None:
        """Start with nothing chosen."""
        self._current: dict[str, Any] = {}
        self._chosen: dict[str, Any] = {}

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for all options but the numbers of a custom plan."""
        errors: dict[str, str] = {}
        chosen = None if user_input is None else dict(ChainMap(*user_input.values()))
        if chosen is not None and not self._are_ours(chosen[CONF_SPARE_LOCKS]):
            errors["codes"] = "not_a_lock"  # forms show errors of sections
        elif chosen is not None:
            self._chosen = chosen
            if chosen[CONF_PLAN] == PLAN_CUSTOM:
                return await self.async_step_custom_plan()
            return await self._async_finish()
        self._current = await async_current_options(self.hass, self.config_entry)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                OPTIONS, dict.fromkeys(map(str, OPTIONS.schema), chosen or self._current)
            ),
            errors=errors,
        )

    def _are_ours(self, device_ids: Iterable[str]) -> bool:
        """Return whether devices are locks of the account; one that is gone may stay chosen."""
        entry = self.config_entry
        ours = lock_device_ids(self.hass, [entry])
        return ours.issuperset({*device_ids} - {*entry.options.get(CONF_SPARE_LOCKS, ())})

    async def async_step_custom_plan(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the numbers of a custom plan."""
        if user_input is not None:
            self._chosen |= user_input
            return await self._async_finish()
        return self.async_show_form(
            step_id="custom_plan",
            data_schema=self.add_suggested_values_to_schema(CUSTOM_PLAN, self.config_entry.options),
        )

    async def _async_finish(self) -> ConfigFlowResult:
        """Correct the counts, and store the options."""
        options = await async_new_options(self.hass, self.config_entry, self._chosen, self._current)
        return self.async_create_entry(data=options)
