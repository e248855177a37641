"""Codes as rows for the page: all that the ledger knows of them, but not what they are."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from homeassistant.core import HomeAssistant

from ..issuing.code_warnings import shared_names
from ..issuing.netcode_lock import KeptCode, NetcodeLock
from ..issuing.rows import code_row, not_mine
from ..netcode.durations import CodeKind
from ..netcode.ledger import Issued

_STANDARD = CodeKind.STANDARD.name.lower()
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_PORTION = 3000
"""Rows that are looked at before others get a turn, which takes a few milliseconds..."""
_MAKING = 5
"""...and for how many looks a row counts that is made."""


class CodeFacts(NamedTuple):
    """What the row of a code shows that is not in its record."""

    shared_with: tuple[str, ...]
    """The names of other people who have the same code."""
    user: str | None
    """The name of the user who had it made."""


class CodeRow(NamedTuple):
    """The row of a code, with what it was made from: it is made again only if that changed."""

    issued: Issued
    facts: CodeFacts
    since: datetime
    until: datetime
    """When the state in the row ends: before `since` and from then on it is another one."""
    row: dict[str, Any]

    def is_of(self, issued: Issued, facts: CodeFacts, now: datetime) -> bool:
        """Return whether the row is still right. Records are replaced, never changed."""
        is_same = self.issued is issued and self.facts == facts
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
        self,
        lock: NetcodeLock,
        device_id: str,
        issued: Sequence[Issued],
        users: Mapping[str, str | None],
        now: datetime,
    ) -> list[CodeRow]:
        """Return the rows of a lock's codes, in portions; `users` are names of users, by id."""
        facts = (lock, device_id, self._hass.config.language)
        known, made = self._made.get(lock.owner, (facts, {}))
        if known != facts:
            made = {}
        by_key: dict[str, list[Issued]] = {}
        for one in issued:
            by_key.setdefault(one.key, []).append(one)
        rows = {}
        for one in issued:
            # A code is of one lock, so its other rows are here, too.
            others = not_mine(one, by_key[one.key])
            user = users.get(one.issued_user or "")
            of_code = CodeFacts(shared_names(self._hass, others), user)
            row = made.get(one.id)
            if row is None or not row.is_of(one, of_code, now):
                code = KeptCode(lock=lock, row=one)
                shown = code_row(self._hass, device_id, code, others, now, user)
                shown["mode"] = one.mode or _STANDARD
                row = CodeRow(one, of_code, *_state_holds(one, now), shown)
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


def _state_holds(issued: Issued, now: datetime) -> tuple[datetime, datetime]:
    """Return from when and until when the state of a code is what it is now."""
    if issued.withdrawn:
        return _FIRST, _LAST
    if now < issued.start:
        return _FIRST, issued.start
    return (issued.start, issued.end) if now < issued.end else (issued.end, _LAST)
