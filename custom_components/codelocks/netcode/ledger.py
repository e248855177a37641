"""The codes that were issued: nobody else keeps a record of codes made through the API. Pure.

A ledger is never changed: each verb returns another one, so that what a reader holds stays true. A
code cannot be revoked. Withdrawing marks it, and it still counts as active until its end.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
import hashlib
from itertools import accumulate
import json
from typing import Any, Self

from mashumaro import DataClassDictMixin, pass_through
from mashumaro.config import BaseConfig, SerializationStrategyDict

from .clocks import stored_moment

CODE_KEPT = timedelta(hours=1)
"""How long after its end the value of a code is kept: it may open for a quarter of an hour more."""


_LAST_YEAR = 9900
"""What ends later would pass the end of the calendar when its history is reckoned."""
_MOMENTS = ("requested_start", "requested_end", "start", "end", "issued_at")


class State(StrEnum):
    """What has become of a code."""

    PLANNED = "planned"
    ACTIVE = "active"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def _exactly(kind: type) -> SerializationStrategyDict:
    """Read one type, and make nothing else into it: "None" is nobody's name."""

    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"not of type {kind.__name__}")
        return value

    return {"deserialize": read, "serialize": pass_through}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(DataClassDictMixin):
    """A code: for whom, for when, and when and how it was asked for. Moments are in UTC."""

    id: str
    owner: str
    """The lock: a K3 lock's id, a KitLock's subentry id."""
    key: str = field(repr=False)
    """What the code depends on, see `code_key`: the same key is the same code."""
    code: str | None = field(default=None, repr=False)
    """None once it is erased."""
    name: str | None = None
    reference: str | None = None
    """The booking: the newer code of a lock and reference replaces the older."""
    requested_start: datetime
    requested_end: datetime
    start: datetime
    end: datetime
    mode: str | None = None
    sub_mode: str | None = None
    duration_id: int
    issued_at: datetime
    issued_by: str
    """How it was asked for: action, calendar, voice or text."""
    lock_model: str | None = None
    """The lock's model then; it may be corrected later."""
    withdrawn: bool = False
    replaced_by: str | None = None

    class Config(BaseConfig):
        """How a row is stored."""

        serialization_strategy = {  # noqa: RUF012 - mashumaro reads a plain dict here
            str: _exactly(str),
            int: _exactly(int),
            bool: _exactly(bool),
            datetime: {"deserialize": stored_moment, "serialize": datetime.isoformat},
        }

    def __post_init__(self) -> None:
        """Bring moments to UTC; refuse a window that is none; raises ValueError."""
        for name in _MOMENTS:
            object.__setattr__(self, name, getattr(self, name).astimezone(UTC))
        if self.end <= self.start:
            raise ValueError("ends before it starts")
        if self.end.year > _LAST_YEAR:
            raise ValueError("ends too late to be reckoned with")

    def state(self, now: datetime) -> State:
        """Return what has become of it; a withdrawn code stays so after its end."""
        if self.withdrawn:
            return State.WITHDRAWN
        if now < self.start:
            return State.PLANNED
        return State.ACTIVE if now < self.end else State.EXPIRED


def code_key(
    *, lock: str, identifier: str, lock_model: str, wire_start: datetime, duration_id: int
) -> str:
    """Return what a code depends on, hashed: the identifier or access key is a secret.

    `lock` is the K3 lock's id or the KitLock's time code, `wire_start` as in `Window`.
    """
    parts = [lock, identifier, lock_model.upper(), f"{wire_start:%Y-%m-%d %H:%M}", duration_id]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Shelf:
    """The rows of one lock in the order of their starts, with what makes them quick to search."""

    rows: tuple[Issued, ...]

    @classmethod
    def of(cls, rows: Iterable[Issued]) -> Self:
        """Return a shelf of rows in any order."""
        return cls(tuple(sorted(rows, key=lambda row: (row.start, row.issued_at, row.id))))

    @cached_property
    def starts(self) -> list[datetime]:
        """The starts, ascending."""
        return [row.start for row in self.rows]

    @cached_property
    def latest_ends(self) -> list[datetime]:
        """The latest end up to each row, ascending: all rows before a place are over by then."""
        return list(accumulate((row.end for row in self.rows), max))

    @cached_property
    def ends(self) -> list[datetime]:
        """The ends, ascending."""
        return sorted(row.end for row in self.rows)

    def between(self, start: datetime, end: datetime | None) -> Iterator[Issued]:
        """Return the rows whose window overlaps a time."""
        low = bisect_right(self.latest_ends, start)
        high = len(self.rows) if end is None else bisect_left(self.starts, end)
        return (row for row in self.rows[low:high] if row.end > start)


_EMPTY = _Shelf(())


@dataclass(frozen=True)
class Ledger:
    """All codes of an account. Rows come in the order of their starts, lock by lock."""

    shelves: Mapping[str, _Shelf] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Issued]) -> Self:
        """Return a ledger of rows; of two with one id the later counts."""
        shelves: dict[str, list[Issued]] = {}
        for row in {row.id: row for row in rows}.values():
            shelves.setdefault(row.owner, []).append(row)
        return cls({owner: _Shelf.of(rows) for owner, rows in sorted(shelves.items())})

    @classmethod
    def from_json(cls, stored: Any) -> Self:
        """Return a stored ledger; a row that cannot be read costs itself, and nothing else."""
        return cls.of(_readable(stored if isinstance(stored, list) else []))

    def rows(self, owner: str | None = None) -> Iterator[Issued]:
        """Return the rows of a lock, or of all locks."""
        shelves = self.shelves.values() if owner is None else [self._shelf(owner)]
        return (row for shelf in shelves for row in shelf.rows)

    def get(self, row_id: str) -> Issued | None:
        """Return a row by its id."""
        return next((row for row in self.rows() if row.id == row_id), None)

    def same(self, key: str, now: datetime) -> tuple[Issued, ...]:
        """Return the rows of a code that need not be asked for again, by when they were issued.

        Its value is still there and its window is not over. More than one row: people share it. A
        withdrawn row is among them: the API would give the same code again.
        """
        rows = (row for row in self.rows() if row.key == key and row.code and now < row.end)
        return tuple(sorted(rows, key=lambda row: (row.issued_at, row.id)))

    def between(self, owner: str, start: datetime, end: datetime | None = None) -> list[Issued]:
        """Return the rows of a lock whose window overlaps a time, without end: all from then on."""
        return list(self._shelf(owner).between(start, end))

    def active_at(self, now: datetime, owner: str) -> list[Issued]:
        """Return the rows of a lock that open now, the withdrawn ones among them."""
        return self.between(owner, now, now + timedelta.resolution)

    def active_codes(self, now: datetime, owner: str) -> int:
        """Return how many codes of a lock open now; one that people share is one."""
        return len({row.key for row in self.active_at(now, owner)})

    def next_change(self, now: datetime, owner: str) -> datetime | None:
        """Return when the active codes of a lock change next."""
        shelf = self._shelf(owner)
        following = (
            moments[place]
            for moments in (shelf.starts, shelf.ends)
            if (place := bisect_right(moments, now)) < len(moments)
        )
        return min(following, default=None)

    def next_erasure(self) -> datetime | None:
        """Return when `prune` has to erase the next code."""
        ends = (row.end for row in self.rows() if row.code is not None)
        return min((end + CODE_KEPT for end in ends), default=None)

    def next_drop(self, history_days: int) -> datetime | None:
        """Return when `prune` has to drop the next row."""
        ends = (shelf.ends[0] for shelf in self.shelves.values() if shelf.ends)
        return min((end + timedelta(days=history_days) for end in ends), default=None)

    # Writing

    def add(self, *added: Issued) -> tuple[Self, tuple[str, ...]]:
        """Return the ledger with codes that were made together, and the ids that they replace.

        Older codes of the same lock and reference that are not over are withdrawn; the codes of a
        chain do not replace each other.
        """
        ids = {row.id for row in added}
        replaced = {
            older.id: replace(older, withdrawn=True, replaced_by=row.id)
            for row in reversed(added)
            if row.reference is not None
            for older in self.between(row.owner, row.issued_at)
            if older.reference == row.reference and not older.withdrawn and older.id not in ids
        }
        return self._with(*replaced.values(), *added), tuple(replaced)

    def keep(self, *added: Issued) -> Self:
        """Return the ledger with codes of a booking that they cover in part: none is replaced."""
        return self._with(*added)

    def withdraw(self, row_id: str) -> Self:
        """Return the ledger with a code withdrawn; raises KeyError for an id that it has not."""
        if not (row := self.get(row_id)):
            raise KeyError(row_id)
        return self if row.withdrawn else self._with(replace(row, withdrawn=True))

    def prune(self, now: datetime, history_days: int) -> Self:
        """Return the ledger without what has had its time; itself if there is none.

        Values of codes go an hour after their end, rows after `history_days`.
        """
        erase_before, drop_before = now - CODE_KEPT, now - timedelta(days=history_days)
        rows = tuple(self.rows())
        if not any(_due(row, erase_before, drop_before) for row in rows):
            return self
        return self.of(
            replace(row, code=None) if row.end <= erase_before else row
            for row in rows
            if row.end > drop_before
        )

    def _shelf(self, owner: str) -> _Shelf:
        return self.shelves.get(owner, _EMPTY)

    def _with(self, *changed: Issued) -> Self:
        """Return the ledger with rows added, or put in the place of those with their ids."""
        shelves = dict(self.shelves)
        for owner in {row.owner for row in changed}:
            rows = {row.id: row for row in (*self.rows(owner), *changed) if row.owner == owner}
            shelves[owner] = _Shelf.of(rows.values())
        return type(self)(dict(sorted(shelves.items())))


def _due(row: Issued, erase_before: datetime, drop_before: datetime) -> bool:
    """Return whether a row, or the value of its code, has had its time."""
    return row.end <= drop_before or (row.code is not None and row.end <= erase_before)


def _readable(stored: list[Any]) -> Iterator[Issued]:
    """Return the rows that can be read."""
    for row in stored:
        try:
            yield Issued.from_dict(row)
        except LookupError, ValueError, TypeError, AttributeError, OverflowError:
            continue
