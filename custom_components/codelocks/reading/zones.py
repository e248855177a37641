"""K3 locks whose time zone is not known: a repair issue says that codes may be an hour off."""

from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant, callback

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import Lock
from ..netcode.kitlock import ClockProblem
from .issues import async_set_issue


def has_unknown_zone(data: CodelocksData, lock: Lock) -> bool:
    """Return whether the cloud reports an unknown zone, or only an offset: no summer time.

    If it reports neither, the lock is assumed to be in Home Assistant's zone.
    """
    is_known = isinstance(data.locks.zones.get(lock.lock_id), ZoneInfo)
    return not is_known and bool(lock.time_zone or lock.time_zone_offset)


@callback
def async_follow_zones(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Keep an issue for each lock in an unknown zone, for as long as the entry is loaded."""
    data = entry.runtime_data

    @callback
    def follow() -> None:
        for lock in data.locks.data.locks:
            async_set_issue(
                hass,
                entry,
                ClockProblem.ZONE,
                exists=has_unknown_zone(data, lock),
                placeholders={
                    "lock": data.lock_name(lock.lock_id),
                    "zone": lock.time_zone or lock.time_zone_offset or "",
                },
                owner=lock.lock_id,
            )

    follow()
    entry.async_on_unload(data.locks.async_add_listener(follow))
