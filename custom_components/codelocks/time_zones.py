"""Time zones, looked up by the names that people and clouds use."""

import asyncio
from collections.abc import Mapping
from functools import cache
import json
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from homeassistant.util import dt as dt_util

WINDOWS_ZONES = Path(__file__).parent / "windows_zones.json"
"""The names of Windows, each with its zone (CLDR, windowsZones, territory 001)."""


async def async_named_zone(name: str | None) -> ZoneInfo | None:
    """Return the zone of a name, None if there is none; a name may be anything, even a path.

    Case does not matter, nor do spaces instead of underscores. Windows' names are known, too:
    `GMT Standard Time` is London's, including summer time.
    """
    if not name:
        return None
    names = await asyncio.get_running_loop().run_in_executor(None, _names)
    key = names.get(_form(name))
    return await dt_util.async_get_time_zone(key) if key else None


@cache
def _names() -> Mapping[str, str]:
    """Return all zones by their names in the form for comparison; read from disk once."""
    zones = available_timezones() - {"Factory", "localtime"}  # files that are no place's zone
    windows = json.loads(WINDOWS_ZONES.read_text("utf-8"))
    of_windows = {_form(name): zone for name, zone in windows.items() if zone in zones}
    return of_windows | {_form(zone): zone for zone in zones}


def _form(name: str) -> str:
    """Return a name in the form for comparison."""
    return "_".join(name.casefold().replace("_", " ").split())
