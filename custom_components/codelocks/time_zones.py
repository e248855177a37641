"""Time zones, looked up by name."""

from zoneinfo import ZoneInfo

from homeassistant.util import dt as dt_util


async def async_named_zone(name: str | None) -> ZoneInfo | None:
    """Return the zone of a name, None where that is none; a name may be anything, even a path."""
    try:
        return await dt_util.async_get_time_zone(name) if name else None
    except OSError, ValueError:
        return None
