"""The issued codes: nobody else keeps a record of codes made through the API. Pure.

A ledger is immutable: each change returns a new one. A code cannot be revoked: withdrawing only
marks it, and it counts as active until its end.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
import hashlib
from itertools import accumulate, chain
import json
from typing import Any, Self

from mashumaro import DataClassDictMixin, pass_through
from mashumaro.config import BaseConfig, SerializationStrategyDict

from .clocks import stored_moment

CODE_KEPT = timedelta(hours=1)
"""How long a code is kept after its end: it may still open for a quarter of an hour."""

_LAST_YEAR = 9900
"""Codes that end later are refused: adding the days of history would overflow the calendar."""
_MOMENTS = ("requested_start", "requested_end", "start", "end", "issued_at")


class State(StrEnum):
    """The state of a code."""

    PLANNED = "planned"
    ACTIVE = "active"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def _exactly(kind: type) -> SerializationStrategyDict:
    """Read exactly one type: mashumaro would turn None into the name "None"."""

    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"not of type {kind.__name__}")
        return value

    return {"deserialize": read, "serialize": pass_through}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(DataClassDictMixin):
    """An issued code: its lock, window and name, and how it was requested. Moments are in UTC."""

    id: str
    owner: str
    """The lock: a K3 lock's id or a KitLock's subentry id."""
    key: str = field(repr=False)
    """A hash of all that the code depends on, see `code_key`: same key, same code."""
    code: str | None = field(default=None, repr=False)
    """None once it is erased."""
    name: str | None = None
    reference: str | None = None
    """A booking: a newer code for the same lock and reference replaces the older one."""
    requested_start: datetime
    requested_end: datetime
    start: datetime
    end: datetime
    mode: str | None = None
    sub_mode: str | None = None
    duration_id: int
    issued_at: datetime
    issued_by: str
    """The order's source: action, calendar, voice, text, booking or visitor."""
    issued_user: str | None = None
    """The id of the user who had it made; None for automations, satellites and text messages."""
    order: str | None = None
    """What the codes of one order have in common."""
    spare: bool = False
    """Whether it was made ahead, and given because the cloud could make none."""
    kept: bool = False
    """Whether it is a spare that nobody was given: it is in no list."""
    lock_model: str | None = None
    """The lock's model at that time; the user may correct it later."""
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
        """Convert moments to UTC; raises ValueError for an invalid window."""
        for name in _MOMENTS:
            object.__setattr__(self, name, getattr(self, name).astimezone(UTC))
        if self.end <= self.start:
            raise ValueError("ends before it starts")
        if self.end.year > _LAST_YEAR:
            raise ValueError("ends too late")

    def state(self, now: datetime) -> State:
        """Return its state; a withdrawn code stays withdrawn after its end."""
        if self.withdrawn:
            return State.WITHDRAWN
        if now < self.start:
            return State.PLANNED
        return State.ACTIVE if now < self.end else State.EXPIRED


def code_key(
    *, lock: str, identifier: str, lock_model: str, wire_start: datetime, duration_id: int
) -> str:
    """Return a hash of all that a code depends on: parts of it are secret.

    `lock` is the K3 lock's id or the KitLock's time code, `wire_start` as in `Window`.
    """
    parts = [lock, identifier, lock_model.upper(), f"{wire_start:%Y-%m-%d %H:%M}", duration_id]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Shelf:
    """The rows of one lock, sorted by start and indexed for quick searches."""

    rows: tuple[Issued, ...]

    @classmethod
    def of(cls, rows: Iterable[Issued]) -> Self:
        """Sort and index rows."""
        return cls(tuple(sorted(rows, key=lambda row: (row.start, row.issued_at, row.id))))

    @cached_property
    def starts(self) -> list[datetime]:
        """The starts, ascending."""
        return [row.start for row in self.rows]

    @cached_property
    def latest_ends(self) -> list[datetime]:
        """The latest end up to each row, ascending: by then all rows up to it are over."""
        return list(accumulate((row.end for row in self.rows), max))

    @cached_property
    def ends(self) -> list[datetime]:
        """The ends, ascending."""
        return sorted(row.end for row in self.rows)

    @cached_property
    def by_id(self) -> dict[str, Issued]:
        """The rows by their ids."""
        return {row.id: row for row in self.rows}

    @cached_property
    def by_key(self) -> dict[str, list[Issued]]:
        """The rows that have the same code."""
        found: dict[str, list[Issued]] = {}
        for row in self.rows:
            found.setdefault(row.key, []).append(row)
        return found

    def between(self, start: datetime, end: datetime | None) -> Iterator[Issued]:
        """Return the rows whose window overlaps a period."""
        low = bisect_right(self.latest_ends, start)
        high = len(self.rows) if end is None else bisect_left(self.starts, end)
        return (row for row in self.rows[low:high] if row.end > start)


_EMPTY = _Shelf(())


@dataclass(frozen=True)
class Ledger:
    """All codes of an account, lock by lock and sorted by start."""

    shelves: Mapping[str, _Shelf] = field(default_factory=dict)
    spares: Mapping[str, Issued] = field(default_factory=dict)
    """The spare of each lock, apart: what lists, counts or tells codes finds none of them."""

    @classmethod
    def of(cls, rows: Iterable[Issued]) -> Self:
        """Build a ledger from rows; the later of two rows with the same id counts."""
        shelves: dict[str, list[Issued]] = {}
        spares: dict[str, Issued] = {}
        for row in {row.id: row for row in rows}.values():
            if not row.kept:
                shelves.setdefault(row.owner, []).append(row)
            elif row.owner not in spares or row.end > spares[row.owner].end:
                spares[row.owner] = row
        return cls({owner: _Shelf.of(rows) for owner, rows in sorted(shelves.items())}, spares)

    @classmethod
    def from_json(cls, stored: Any) -> Self:
        """Read a stored ledger; unreadable rows are skipped."""
        return cls.of(_readable(stored if isinstance(stored, list) else []))

    def rows(self, owner: str | None = None) -> Iterator[Issued]:
        """Return the rows of a lock, or of all locks."""
        shelves = self.shelves.values() if owner is None else [self._shelf(owner)]
        return (row for shelf in shelves for row in shelf.rows)

    def stored_rows(self) -> Iterator[Issued]:
        """Return all rows, including the spares."""
        return chain(self.rows(), self.spares.values())

    def get(self, row_id: str) -> Issued | None:
        """Return a row by its id."""
        shelves = (shelf.by_id for shelf in self.shelves.values())
        return next((rows[row_id] for rows in shelves if row_id in rows), None)

    def same(self, key: str, now: datetime) -> tuple[Issued, ...]:
        """Return the rows of a code that is known and not over, in the order of issue.

        Several rows mean that people share the code. Withdrawn rows are included: the API would
        return the same code again.
        """
        rows = (row for row in self.sharing(key) if row.code and now < row.end)
        return tuple(sorted(rows, key=lambda row: (row.issued_at, row.id)))

    def spare_code(self, key: str, now: datetime) -> str | None:
        """Return the code of a key if it is a spare's: it takes no call."""
        rows = (row for row in self.spares.values() if row.key == key and now < row.end)
        return next((row.code for row in rows), None)

    def sharing(self, key: str) -> Iterator[Issued]:
        """Return all rows of a code, also of one that is over."""
        return (row for shelf in self.shelves.values() for row in shelf.by_key.get(key, ()))

    def booked(self, owner: str, reference: str, now: datetime) -> list[Issued]:
        """Return the rows of a lock that were made for a booking and are not over."""
        return [row for row in self.between(owner, now) if row.reference == reference]

    def between(self, owner: str, start: datetime, end: datetime | None = None) -> list[Issued]:
        """Return the rows of a lock whose window overlaps a period; without `end`, an open one."""
        return list(self._shelf(owner).between(start, end))

    def active_at(self, now: datetime, owner: str) -> list[Issued]:
        """Return the rows of a lock that open now, including withdrawn ones."""
        return self.between(owner, now, now + timedelta.resolution)

    def active_codes(self, now: datetime, owner: str) -> int:
        """Return how many codes of a lock open now; a shared code counts once."""
        return len({row.key for row in self.active_at(now, owner)})

    def next_change(self, now: datetime, owner: str) -> datetime | None:
        """Return when the active codes of a lock, or its spare, change next."""
        shelf, spare = self._shelf(owner), self.spares.get(owner)
        following = (
            moments[place]
            for moments in (shelf.starts, shelf.ends, [spare.end] if spare else [])
            if (place := bisect_right(moments, now)) < len(moments)
        )
        return min(following, default=None)

    def next_erasure(self) -> datetime | None:
        """Return when `prune` next erases a code."""
        ends = (row.end for row in self.stored_rows() if row.code is not None)
        return min((end + CODE_KEPT for end in ends), default=None)

    def next_drop(self, history_days: int) -> datetime | None:
        """Return when `prune` next drops a row."""
        ends = [shelf.ends[0] for shelf in self.shelves.values() if shelf.ends]
        ends += [row.end for row in self.spares.values()]
        return min((end + timedelta(days=history_days) for end in ends), default=None)

    # Writing

    def add(self, *added: Issued) -> tuple[Self, tuple[str, ...]]:
        """Add codes that were made together; returns the ledger and the ids that they replace.

        Older codes of the same lock and reference are withdrawn unless they are over. The codes of
        a chain do not replace each other.
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
        """Add codes that cover a booking only in part: they replace none."""
        return self._with(*added)

    def set_spare(self, row: Issued) -> Self:
        """Keep a spare instead of the one before, which nobody was told."""
        return self._with(row)

    def withdraw(self, *row_ids: str) -> Self:
        """Mark codes withdrawn; raises KeyError for an unknown id."""
        rows = [self.get(row_id) for row_id in row_ids]
        if None in rows:
            raise KeyError(row_ids[rows.index(None)])
        marked = [replace(row, withdrawn=True) for row in rows if row and not row.withdrawn]
        return self._with(*marked) if marked else self

    def restore(self, *row_ids: str) -> Self:
        """Mark codes not withdrawn: their booking is back; unknown ids are left out."""
        rows = (self.get(row_id) for row_id in row_ids)
        marked = [
            replace(row, withdrawn=False, replaced_by=None) for row in rows if row and row.withdrawn
        ]
        return self._with(*marked) if marked else self

    def prune(self, now: datetime, history_days: int) -> Self:
        """Erase codes an hour after their end and drop rows after `history_days`.

        Returns the same ledger if nothing is due.
        """
        erase_before, drop_before = now - CODE_KEPT, now - timedelta(days=history_days)
        rows = tuple(self.stored_rows())
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
        """Return the ledger with rows added, or replaced where the id is known."""
        shelves, ids = dict(self.shelves), {row.id for row in changed}
        spares = {owner: row for owner, row in self.spares.items() if row.id not in ids}
        spares |= {row.owner: row for row in changed if row.kept}
        told = [row for row in changed if not row.kept]
        for owner in {row.owner for row in told}:
            rows = {row.id: row for row in (*self.rows(owner), *told) if row.owner == owner}
            shelves[owner] = _Shelf.of(rows.values())
        return type(self)(dict(sorted(shelves.items())), spares)


def _due(row: Issued, erase_before: datetime, drop_before: datetime) -> bool:
    """Return whether a row is to be dropped or its code erased."""
    return row.end <= drop_before or (row.code is not None and row.end <= erase_before)


def _readable(stored: list[Any]) -> Iterator[Issued]:
    """Return the rows that can be read."""
    for row in stored:
        try:
            yield Issued.from_dict(row)
        except LookupError, ValueError, TypeError, AttributeError, OverflowError:
            continue
