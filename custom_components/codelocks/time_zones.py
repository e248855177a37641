"""Time zones, looked up by the names that people and clouds have for them."""

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
    """Return the zone of a name, None where that is none; a name may be anything, even a path.

    Case does not count, nor whether a space or an underscore stands between words. Windows' names
    are known, too: `GMT Standard Time` is London's, summer time included.
    """
    if not name:
        return None
    names = await asyncio.get_running_loop().run_in_executor(None, _names)
    key = names.get(_form(name))
    return await dt_util.async_get_time_zone(key) if key else None


@cache
def _names() -> Mapping[str, str]:
    """Return the names of all zones, as they compare: read from the disk once."""
    zones = available_timezones() - {"Factory", "localtime"}  # files, but of no place
    windows = json.loads(WINDOWS_ZONES.read_text("utf-8"))
    of_windows = {_form(name): zone for name, zone in windows.items() if zone in zones}
    return of_windows | {_form(zone): zone for zone in zones}


def _form(name: str) -> str:
    """Return a name as it compares."""
    return "_".join(name.casefold().replace("_", " ").split())
