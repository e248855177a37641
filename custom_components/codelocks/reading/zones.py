"""K3 locks whose time zone nobody knows: their codes may be an hour off, and that is said."""

from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..api import Lock
from ..const import DOMAIN
from ..localize import placeholders
from .coordinator import CodelocksConfigEntry, CodelocksData
from .devices import anonymous_id


def has_unknown_zone(data: CodelocksData, lock: Lock) -> bool:
    """Return whether the cloud tells of a zone, or an offset alone, that knows no summer time.

    A lock of which it tells neither is taken to be where Home Assistant is.
    """
    is_known = isinstance(data.locks.zones.get(lock.lock_id), ZoneInfo)
    return not is_known and bool(lock.time_zone or lock.time_zone_offset)


@callback
def async_follow_zones(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Have an issue for each lock of an unknown zone, for as long as the entry is loaded."""
    data = entry.runtime_data

    @callback
    def follow() -> None:
        for lock in data.locks.data.locks:
            _check(hass, entry, lock)

    follow()
    entry.async_on_unload(data.locks.async_add_listener(follow))


def _check(hass: HomeAssistant, entry: CodelocksConfigEntry, lock: Lock) -> None:
    owner = anonymous_id(entry, lock.lock_id)
    issue_id = f"zone_is_unknown_{owner}"
    if not has_unknown_zone(entry.runtime_data, lock):
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="zone_is_unknown",
        translation_placeholders=placeholders(
            lock=lock.name or lock.lock_id,
            zone=lock.time_zone or lock.time_zone_offset or "",
        ),
        data={"entry_id": entry.entry_id, "owner": owner},
    )
