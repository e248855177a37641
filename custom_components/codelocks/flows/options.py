"""The options of an account."""

from typing import Any

from homeassistant.components.notify import DOMAIN as NOTIFY_DOMAIN
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
)
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
    CONF_TRACK_ACTIVITY,
    CONF_TRACK_CLIENTS,
    CONF_USERS_MAY_ISSUE,
    CONF_VOICE,
    PLAN_CUSTOM,
    VOICES,
)
from .quota import (
    CUSTOM_PLAN,
    QUOTA,
    async_current_options,
    async_new_options,
    whole_number,
)

OPTIONS = QUOTA.extend(
    {
        probatio.Required(CONF_RESET_DAY): whole_number(1, 31),
        probatio.Required(CONF_RESERVE_PERCENT): whole_number(0, 100, "%"),
        probatio.Required(CONF_TRACK_ACTIVITY): BooleanSelector(),
        probatio.Required(CONF_TRACK_CLIENTS): BooleanSelector(),
        probatio.Required(CONF_CLIENT_SWITCHES): BooleanSelector(),
        probatio.Optional(CONF_DELIVER_TO, default=[]): EntitySelector(
            EntitySelectorConfig(domain=NOTIFY_DOMAIN, multiple=True)
        ),
        probatio.Required(CONF_CALENDAR_ISSUES): BooleanSelector(),
        probatio.Required(CONF_USERS_MAY_ISSUE): BooleanSelector(),
        probatio.Required(CONF_SHOW_CODES_IN_CALENDAR): BooleanSelector(),
        probatio.Required(CONF_VOICE): SelectSelector(
            SelectSelectorConfig(options=list(VOICES), translation_key=CONF_VOICE)
        ),
        probatio.Required(CONF_HISTORY_DAYS): whole_number(1, 3650, "d"),
    }
)


class CodelocksOptionsFlow(OptionsFlow):
    """Asks for the options."""

    def __init__(self) -> None:
        """Start with nothing chosen."""
        self._current: dict[str, Any] = {}
        self._chosen: dict[str, Any] = {}

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for all options but the numbers of a custom plan."""
        if user_input is not None:
            self._chosen = user_input
            if user_input[CONF_PLAN] == PLAN_CUSTOM:
                return await self.async_step_custom_plan()
            return await self._async_finish()
        self._current = await async_current_options(self.hass, self.config_entry)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(OPTIONS, self._current),
        )

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
