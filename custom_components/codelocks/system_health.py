"""What the system health page shows: whether the API can be reached, and the calls left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from homeassistant.components import system_health
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry, CodelocksData
from .api import DEFAULT_URL, Pool
from .const import DOMAIN


@callback
def async_register(hass: HomeAssistant, register: system_health.SystemHealthRegistration) -> None:
    """Register the page's information."""
    register.async_register_info(async_info)


async def async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the page shows, with several accounts side by side."""
    entries: list[CodelocksConfigEntry] = hass.config_entries.async_entries(DOMAIN)
    loaded = [entry.runtime_data for entry in entries if entry.state is ConfigEntryState.LOADED]
    urls = dict.fromkeys(entry.data.get(CONF_URL, DEFAULT_URL) for entry in entries)
    info: dict[str, Any] = {"can_reach_server": _async_reach(hass, urls)}
    if loaded:
        info["utility_calls_left"] = _left(loaded, Pool.UTILITY)
        info["netcode_calls_left"] = _left(loaded, Pool.NETCODE)
    if reads := [read_at for data in loaded for read_at in _reads(data)]:
        info["last_refresh"] = max(reads)
    return info


async def _async_reach(hass: HomeAssistant, urls: Iterable[str]) -> str | dict[str, str]:
    """Return whether all addresses answer: without a key, so it does not count as a call."""
    for url in urls:
        answer = await system_health.async_check_can_reach_url(hass, url)
        if answer != "ok":
            return answer
    return "ok"


def _left(accounts: Iterable[CodelocksData], pool: Pool) -> str:
    now = dt_util.utcnow()
    return ", ".join(
        f"{data.calls_left(pool, now)} / {data.quota.calls[pool]}" for data in accounts
    )


def _reads(data: CodelocksData) -> list[datetime]:
    return [read_at for reader in data.readers().values() if (read_at := reader.read_at)]
