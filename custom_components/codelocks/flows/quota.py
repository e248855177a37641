"""The quota in forms: the plan, and the calls used this month."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.helpers.selector import (
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.util import dt as dt_util
import probatio

from ..api import Pool
from ..const import (
    CONF_NETCODE_QUOTA,
    CONF_NETCODE_USED,
    CONF_PLAN,
    CONF_RESET_DAY,
    CONF_UTILITY_QUOTA,
    CONF_UTILITY_USED,
    DEFAULT_OPTIONS,
    PLAN_CUSTOM,
    PLANS,
)
from ..polling.call_counter import CallCounter, async_get_call_counter
from ..polling.quota import Quota, month_start
from .fields import whole_number

PLAN = SelectSelector(
    SelectSelectorConfig(
        options=[*PLANS, PLAN_CUSTOM], translation_key=CONF_PLAN, mode=SelectSelectorMode.DROPDOWN
    )
)
MOST_CALLS = 10_000_000
CALLS = whole_number(0, MOST_CALLS)
SMALLEST = PLANS["business_1"]
"""Suggested for a custom plan: without a suggestion a form begins at the minimum."""
CUSTOM_PLAN = probatio.Schema(
    {
        probatio.Required(key, description={"suggested_value": calls}): whole_number(1, MOST_CALLS)
        for key, calls in zip((CONF_NETCODE_QUOTA, CONF_UTILITY_QUOTA), SMALLEST, strict=True)
    }
)
QUOTA = probatio.Schema(
    {
        probatio.Required(CONF_PLAN): PLAN,
        probatio.Optional(CONF_NETCODE_USED): CALLS,
        probatio.Optional(CONF_UTILITY_USED): CALLS,
    }
)
USED = {CONF_NETCODE_USED: Pool.NETCODE, CONF_UTILITY_USED: Pool.UTILITY}


async def async_form_counter(hass: HomeAssistant, api_key: str) -> CallCounter:
    """Return the counter of an API key; aborts the flow if a newer version stored the counts."""
    try:
        return await async_get_call_counter(hass, api_key)
    except UnsupportedStorageVersionError as err:
        raise AbortFlow(reason="newer_version") from err


async def async_current_options(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, Any]:
    """Return the options of an account with the calls used this month, as the forms show them."""
    options = DEFAULT_OPTIONS | entry.options
    counter = await async_form_counter(hass, entry.data[CONF_API_KEY])
    quota, now = Quota.from_options(options), dt_util.utcnow()
    return options | {key: quota.used(counter.usage, pool, now) for key, pool in USED.items()}


async def async_new_options(
    hass: HomeAssistant, entry: ConfigEntry, chosen: dict[str, Any], current: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the options to store, and correct the counts that the user changed.

    A count that the user left as it was is not a correction: calls may have been made since.
    """
    counts = {key: chosen[key] for key in USED.keys() & chosen.keys()}
    options = DEFAULT_OPTIONS | entry.options | chosen
    options = {key: value for key, value in options.items() if key not in USED}
    counter = await async_form_counter(hass, entry.data[CONF_API_KEY])
    since = month_start(dt_util.utcnow(), options[CONF_RESET_DAY])
    for key, count in counts.items():
        if count != current[key]:
            counter.correct(USED[key], count, since)
    return options
