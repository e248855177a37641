"""What a user should know about a code: warnings, and the repair issue for a wrong lock model."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from homeassistant.core import HomeAssistant, callback

from ..account import CodelocksConfigEntry
from ..localize import localized, moment_words
from ..netcode.durations import CodeKind, digits, kind_of
from ..netcode.ledger import Issued
from ..netcode.windows import Window
from ..reading.issues import async_set_issue
from .netcode_lock import KeptCode, NetcodeLock, netcode_lock

NOT_KEPT = "made_not_kept"


@dataclass(frozen=True, slots=True)
class CodeWarning:
    """Something that a user should know about a code: its key, and the sentence."""

    key: str
    text: str


def _warning(hass: HomeAssistant, key: str, **placeholders: str) -> CodeWarning:
    return CodeWarning(key, localized(hass, key, **placeholders))


def window_warnings(
    hass: HomeAssistant, lock: NetcodeLock, window: Window
) -> tuple[CodeWarning, ...]:
    """Return the warnings about a window that are known before its code is made."""
    warnings = list(_kind_warnings(hass, window.kind))
    if window.first_use_by:
        first_use_by = moment_words(hass, window.first_use_by, lock.zone)
        warnings.insert(1, _warning(hass, "first_use_by", moment=first_use_by))
    if window.unread_rule:
        warnings.append(_warning(hass, "unread_rule", rule=window.unread_rule))
    if key := lock.clock_problem:
        warnings.append(_warning(hass, key))
    return tuple(warnings)


def _kind_warnings(hass: HomeAssistant, kind: CodeKind) -> Iterator[CodeWarning]:
    if kind in (CodeKind.MEDIUM_RENTAL, CodeKind.LONG_RENTAL):
        yield _warning(hass, "ends_running_code")
    if kind is CodeKind.SINGLE_USE:
        yield _warning(hass, "opens_once")


def spare_warning(hass: HomeAssistant, lock: NetcodeLock, row: Issued) -> CodeWarning:
    """Return the warning that a spare opens longer than was asked for."""
    moment = moment_words(hass, row.end, lock.zone)
    return _warning(hass, "spare_given", lock=lock.name, end=moment)


def shared_names(hass: HomeAssistant, others: Collection[Issued]) -> tuple[str, ...]:
    """Return the names of other people who have the same code."""
    if not others:
        return ()
    return tuple(sorted({row.name or localized(hass, "nobody_named") for row in others}))


def known_warnings(
    hass: HomeAssistant, same: Iterable[Issued], others: Collection[Issued]
) -> tuple[CodeWarning, ...]:
    """Return the warnings about a code that was made before.

    `same` are its rows, `others` those of them that are somebody else's.
    """
    warnings = []
    if names := shared_names(hass, others):
        warnings.append(_warning(hass, "shared_code", names=", ".join(names)))
    # A booking that moves and moves back gets its own code again: nobody took that one back.
    others = set(others)
    if any(row.withdrawn and (row.replaced_by is None or row in others) for row in same):
        warnings.append(_warning(hass, "code_was_withdrawn"))
    return tuple(warnings)


def not_kept_warning(hass: HomeAssistant) -> CodeWarning:
    """Return the warning about a code that could not be written down."""
    return _warning(hass, NOT_KEPT)


def row_warnings(
    hass: HomeAssistant, code: KeptCode, others: Collection[Issued]
) -> tuple[CodeWarning, ...]:
    """Return the warnings about a code of the ledger, as they are now."""
    lock, row = code.lock, code.row
    warnings = [*_kind_warnings(hass, kind_of(row.mode, row.sub_mode))]
    if row.spare:
        warnings.insert(0, spare_warning(hass, lock, row))
    if key := lock.clock_problem:
        warnings.append(_warning(hass, key))
    if names := shared_names(hass, others):
        warnings.append(_warning(hass, "shared_code", names=", ".join(names)))
    if row.code and row.lock_model == lock.model and (found := misfit(lock, row.code)):
        warnings.append(_warning(hass, "digits_do_not_fit", **found))
    return tuple(warnings)


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


def misfit(lock: NetcodeLock, code: str) -> dict[str, str] | None:
    """Return what does not fit if the lock's model takes another number of digits."""
    expected, found = digits(lock.model), len(code)
    if expected in (None, found):
        return None
    return {
        "lock": lock.name,
        "model": lock.model,
        "expected": str(expected),
        "found": str(found),
    }


def digits_warnings(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, code: str | None
) -> tuple[CodeWarning, ...]:
    """Return a warning if the lock's model takes another number of digits; updates the issue."""
    placeholders = misfit(lock, code) if code is not None else None
    async_set_issue(
        hass,
        entry,
        "digits_do_not_fit",
        exists=placeholders is not None,
        placeholders=placeholders or {},
        owner=lock.owner,
    )
    return (_warning(hass, "digits_do_not_fit", **placeholders),) if placeholders else ()
