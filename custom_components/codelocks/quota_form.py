"""The part of forms that is about the quota: the plan, and the calls that were used."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import probatio as vol

from .api import Pool
from .call_counter import CallCounter, async_get_call_counter
from .const import (
    CONF_NETCODE_QUOTA,
    CONF_NETCODE_USED,
    CONF_PLAN,
    CONF_RESET_DAY,
    CONF_UTILITY_QUOTA,
    CONF_UTILITY_USED,
    PLAN_CUSTOM,
    PLANS,
)
from .quota import Quota, month_start


def whole_number(least: int, most: int, unit: str | None = None) -> vol.All[Any]:
    """Return a field for a whole number."""
    config = NumberSelectorConfig(min=least, max=most, step=1, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return vol.All(NumberSelector(config), vol.Coerce(int))


PLAN = SelectSelector(
    SelectSelectorConfig(
        options=[*PLANS, PLAN_CUSTOM], translation_key=CONF_PLAN, mode=SelectSelectorMode.DROPDOWN
    )
)
CALLS = whole_number(0, 10_000_000)
CUSTOM_PLAN = vol.Schema(
    {vol.Required(CONF_NETCODE_QUOTA): CALLS, vol.Required(CONF_UTILITY_QUOTA): CALLS}
)
QUOTA = vol.Schema(
    {
        vol.Required(CONF_PLAN): PLAN,
        vol.Optional(CONF_NETCODE_USED): CALLS,
        vol.Optional(CONF_UTILITY_USED): CALLS,
    }
)
USED = {CONF_NETCODE_USED: Pool.NETCODE, CONF_UTILITY_USED: Pool.UTILITY}


def used_now(counter: CallCounter, options: Mapping[str, Any], now: datetime) -> dict[str, int]:
    """Return the calls used this month, as the forms show them."""
    quota = Quota.from_options(options)
    return {key: quota.used(counter.usage, pool, now) for key, pool in USED.items()}


@callback
def async_correct_counts(
    counter: CallCounter,
    options: Mapping[str, Any],
    user_input: Mapping[str, Any],
    shown: Mapping[str, int],
    now: datetime,
) -> None:
    """Take over the counts that a user changed.

    One that was left as shown is no correction: calls may have been made meanwhile.
    """
    since = month_start(now, options[CONF_RESET_DAY])
    for key, pool in USED.items():
        if (count := user_input.get(key)) is not None and count != shown[key]:
            counter.correct(pool, count, since)


def without_counts(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is an option of what was filled in: the counts are the API key's."""
    return {key: value for key, value in user_input.items() if key not in USED}


async def async_form_counter(hass: HomeAssistant, api_key: str) -> CallCounter:
    """Return the counter of an API key; ends the flow where a newer version has kept the counts."""
    try:
        return await async_get_call_counter(hass, api_key)
    except UnsupportedStorageVersionError as err:
        raise AbortFlow(reason="newer_version") from err
