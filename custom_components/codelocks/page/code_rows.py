"""Codes as rows for the page: all that the ledger knows of them, but not what they are."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple

from homeassistant.core import HomeAssistant

from ..issuing.netcode_lock import NetcodeLock
from ..localize import localized, plain
from ..netcode.durations import CodeKind, digits, kind_of
from ..netcode.ledger import Issued

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_PORTION = 3000
"""Rows that are looked at before others get a turn, which takes a few milliseconds..."""
_MAKING = 5
"""...and for how many looks a row counts that is made."""


class CodeRow(NamedTuple):
    """The row of a code, with what it was made from: it is made again only if that changed."""

    issued: Issued
    shared_with: tuple[str, ...]
    since: datetime
    until: datetime
    """When the state in the row ends: before `since` and from then on it is another one."""
    row: dict[str, Any]

    def is_of(self, issued: Issued, shared_with: tuple[str, ...], now: datetime) -> bool:
        """Return whether the row is still right. Records are replaced, never changed."""
        is_same = self.issued is issued and self.shared_with == shared_with
        return is_same and self.since <= now < self.until


type _Facts = tuple[NetcodeLock, str, str]
"""What all rows of a lock show: the lock, its device id and the language."""


class CodeRows:
    """The rows of an account's codes. Of thousands only those that changed are made again."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without rows."""
        self._hass = hass
        self._made: dict[str, tuple[_Facts, dict[str, CodeRow]]] = {}
        self._looks = 0

    async def async_of_lock(
        self, lock: NetcodeLock, device_id: str, issued: Sequence[Issued], now: datetime
    ) -> list[CodeRow]:
        """Return the rows of a lock's codes. Others get a turn after each portion."""
        facts = (lock, device_id, self._hass.config.language)
        known, made = self._made.get(lock.owner, (facts, {}))
        if known != facts:
            made = {}
        by_key: dict[str, list[Issued]] = {}
        for one in issued:
            by_key.setdefault(one.key, []).append(one)
        rows = {}
        for one in issued:
            same = by_key[one.key]
            names = _shared_with(self._hass, one, same) if len(same) > 1 else ()
            row = made.get(one.id)
            if row is None or not row.is_of(one, names, now):
                row = _code_row(self._hass, facts, one, names, now)
                self._looks += _MAKING
            rows[one.id] = row
            self._looks += 1
            if self._looks >= _PORTION:
                self._looks = 0
                await asyncio.sleep(0)
        self._made[lock.owner] = (facts, rows)
        return list(rows.values())

    def forget_others(self, owners: Iterable[str]) -> None:
        """Drop the rows of locks that are gone."""
        for gone in self._made.keys() - set(owners):
            del self._made[gone]


def _code_row(
    hass: HomeAssistant, facts: _Facts, issued: Issued, names: tuple[str, ...], now: datetime
) -> CodeRow:
    """Make the row of a code: as in the answer of `get_netcodes`, and what the page needs more."""
    lock, device_id, _ = facts
    warnings = dict(_warnings(hass, lock, issued, names))
    row = {
        "id": issued.id,
        "device_id": device_id,
        "lock_name": lock.name,
        "name": issued.name,
        "reference": issued.reference,
        "start": iso(issued.start, lock.zone),
        "end": iso(issued.end, lock.zone),
        "mode": issued.mode or CodeKind.STANDARD.name.lower(),
        "state": issued.state(now).value,
        "issued_at": iso(issued.issued_at, lock.zone),
        "issued_by": issued.issued_by,
        "issued_user": None,
        "spare": False,
        "shared_with": list(names),
        "warnings": list(warnings.values()),
        "warning_keys": list(warnings),
        "order": None,
    }
    return CodeRow(issued, names, *_state_holds(issued, now), row)


def _state_holds(issued: Issued, now: datetime) -> tuple[datetime, datetime]:
    """Return from when and until when the state of a code is what it is now."""
    if issued.withdrawn:
        return _FIRST, _LAST
    if now < issued.start:
        return _FIRST, issued.start
    return (issued.start, issued.end) if now < issued.end else (issued.end, _LAST)


def _shared_with(hass: HomeAssistant, mine: Issued, same: Iterable[Issued]) -> tuple[str, ...]:
    """Return the names of other people who have the same code."""
    others = (one for one in same if (one.name, one.reference) != (mine.name, mine.reference))
    return tuple(sorted({one.name or localized(hass, "nobody_named") for one in others}))


def _warnings(
    hass: HomeAssistant, lock: NetcodeLock, issued: Issued, names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield what a user should know about a code now: keys and sentences."""
    kind = kind_of(issued.mode, issued.sub_mode)
    if kind in (CodeKind.MEDIUM_RENTAL, CodeKind.LONG_RENTAL):
        yield "ends_running_code", localized(hass, "ends_running_code")
    if kind is CodeKind.SINGLE_USE:
        yield "opens_once", localized(hass, "opens_once")
    if key := lock.clock_problem:
        yield key.value, localized(hass, key)
    if names:
        yield "shared_code", localized(hass, "shared_code", names=", ".join(names))
    found = len(issued.code or "")
    if found and issued.lock_model == lock.model and digits(lock.model) not in (None, found):
        placeholders = {"expected": str(digits(lock.model)), "found": str(found)}
        placeholders |= {"lock": plain(lock.name), "model": lock.model}
        yield "digits_do_not_fit", localized(hass, "digits_do_not_fit", **placeholders)


def iso(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as data; all times about a lock are in the lock's zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds")
