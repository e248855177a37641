"""What a user should know about a code: warnings, and the repair issue for a wrong lock model."""

from collections.abc import Iterable

from homeassistant.core import HomeAssistant, callback

from ..account import CodelocksConfigEntry
from ..localize import localized, time_text
from ..netcode.durations import CodeKind, digits
from ..netcode.ledger import Issued
from ..netcode.windows import Window
from ..reading.issues import async_set_issue
from .netcode_lock import NetcodeLock, netcode_lock


def window_warnings(hass: HomeAssistant, lock: NetcodeLock, window: Window) -> list[str]:
    """Return the warnings about a window that are known before its code is made."""
    warnings = []
    if window.kind in (CodeKind.MEDIUM_RENTAL, CodeKind.LONG_RENTAL):
        warnings.append(localized(hass, "ends_running_code"))
    if window.first_use_by:
        first_use_by = time_text(window.first_use_by, lock.zone)
        warnings.append(localized(hass, "first_use_by", moment=first_use_by))
    if window.kind is CodeKind.SINGLE_USE:
        warnings.append(localized(hass, "opens_once"))
    if window.unread_rule:
        warnings.append(localized(hass, "unread_rule", rule=window.unread_rule))
    if key := lock.clock_problem:
        warnings.append(localized(hass, key))
    return warnings


def shared_warnings(hass: HomeAssistant, others: Iterable[Issued]) -> list[str]:
    """Return a warning if other people have the same code."""
    names = sorted({row.name or localized(hass, "nobody_named") for row in others})
    return [localized(hass, "shared_code", names=", ".join(names))] if names else []


@callback
def async_check_codes(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Update each lock's repair issue about a newest code that does not fit its model."""
    data = entry.runtime_data
    for owner in {*data.kitlocks, *data.ledger_keeper.data.shelves}:
        if lock := netcode_lock(entry, owner):
            rows = (
                row for row in data.ledger_keeper.data.rows(owner) if row.lock_model == lock.model
            )
            newest = max(rows, key=lambda row: row.issued_at, default=None)
            digits_warnings(hass, entry, lock, newest.code if newest else None)


def digits_warnings(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, code: str | None
) -> list[str]:
    """Return a warning if the lock's model takes another number of digits; updates the issue."""
    expected, found = digits(lock.model), len(code or "")
    fits = code is None or expected in (None, found)
    placeholders = {
        "lock": lock.name,
        "model": lock.model,
        "expected": str(expected),
        "found": str(found),
    }
    async_set_issue(
        hass,
        entry,
        "digits_do_not_fit",
        exists=not fits,
        placeholders=placeholders,
        owner=lock.owner,
    )
    return [] if fits else [localized(hass, "digits_do_not_fit", **placeholders)]
