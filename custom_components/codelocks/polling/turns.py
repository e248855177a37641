"""What is read next, of what is planned, wanted and failing. Pure: `now` is an argument."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from ..api import CodelocksError
from ..const import MIN_READ_INTERVAL
from .schedule import Plan, Read, next_reads
from .waits import Waits


class Tried(Protocol):
    """What is known of the last try to read something."""

    error: CodelocksError | None
    """Why it failed."""

    def tried_at(self, now: datetime) -> datetime | None:
        """Return when it began, as far as the clock can be right."""


class Turns:
    """The order of an account's reads."""

    def __init__(self, waits: Waits) -> None:
        """Take what waits after failures."""
        self._waits = waits
        self.wanted: dict[Read, datetime] = {}
        """What is wanted before its turn, and since when."""

    def order(
        self,
        plan: Plan | None,
        tries: Mapping[Read, Tried],
        now: datetime,
        *,
        calls: int,
        not_before: datetime,
    ) -> list[tuple[datetime, Read]]:
        """Return what to read next and when, soonest first; nothing if no calls are left.

        Without a plan only what is wanted is read.
        """
        if not calls:
            return []
        self._waits.drop_others(tries)
        if plan and (again := next(iter(self._waits.again), None)):
            return [(not_before, again)]
        planned = next_reads(plan, self._last_tries(tries, now), now, calls) if plan else []
        turns = sorted([*self._wishes(tries, now), *planned])
        return [(max(at, not_before), read) for at, read in turns]

    def _last_tries(self, tries: Mapping[Read, Tried], now: datetime) -> dict[Read, datetime]:
        """Return when each was tried: the longer it fails, the later, so that it waits longer."""
        return {
            read: at + self._waits.patience(read)
            for read, tried in tries.items()
            if (at := tried.tried_at(now))
        }

    def _wishes(
        self, tries: Mapping[Read, Tried], now: datetime
    ) -> Iterator[tuple[datetime, Read]]:
        """Yield when the wanted reads may be made; forget those that were made."""
        for read, noted_at in list(self.wanted.items()):
            # A wish of the future is of a clock that was ahead.
            since = self.wanted[read] = min(noted_at, now)
            tried = tries.get(read)
            last = tried.tried_at(now) if tried else None
            if tried is None or (last and last >= since and tried.error is None):
                del self.wanted[read]
            else:
                wait = max(MIN_READ_INTERVAL, self._waits.patience(read))
                yield (last + wait if last else now), read
