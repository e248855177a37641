"""Reads what the schedule says is due, one call after the other, and never past the budget."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from .api import (
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksThrottledError,
)
from .const import MIN_READ_INTERVAL
from .errors import KEY_ERRORS, invalid
from .schedule import Kind, Read, due

FIRST_RETRY = timedelta(minutes=5)
"""After a failure the wait doubles from here: a cloud that is down costs few calls."""
LONGEST_RETRY = timedelta(hours=6)
SPENT_RETRY = timedelta(days=1)
"""A spent pool is looked at once a day: a bolt-on may have been bought."""


class Reader(Protocol):
    """What is read: a coordinator."""

    attempted_at: datetime | None
    error: CodelocksError | None

    async def async_refresh(self) -> None:
        """Read, and note a failure in `error`."""


class Poller:
    """Applies the schedule to an account's readers."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        readers: Callable[[], Mapping[Read, Reader]],
        calls_left: Callable[[datetime], int],
        calls_made: Callable[[], int],
        resets_at: Callable[[datetime], datetime],
    ) -> None:
        """Take what there is to read, the calls that polling may spend, and a count of all made."""
        self._hass = hass
        self._entry = entry
        self._readers = readers
        self._calls_left = calls_left
        self._calls_made = calls_made
        self._resets_at = resets_at
        self._started = dt_util.utcnow()
        self._not_before = self._started
        self._failures = 0
        self._lock_failures: dict[Read, int] = {}
        self._again: set[Read] = set()
        """What failed for a reason of the account: tried first, and alone, until it works again."""
        self._stopped = False
        self._busy = asyncio.Lock()
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Begin to poll: what is due at once, and then in turn."""
        self._async_wake(dt_util.utcnow())

    @callback
    def async_stop(self) -> None:
        """Poll no more."""
        self._stopped = True
        if self._cancel:
            self._cancel()
            self._cancel = None

    @callback
    def _schedule(self) -> None:
        """Wake up for the next read."""
        if self._cancel:
            self._cancel()
            self._cancel = None
        turns = self._turns()
        if self._stopped or not turns:
            return
        now = dt_util.utcnow()
        # When the month turns there is more to spend, so that all is planned anew.
        wake = min(max(turns[0][0], self._not_before, now), self._resets_at(now))
        self._cancel = async_track_point_in_utc_time(self._hass, self._async_wake, wake)

    def _turns(self) -> list[tuple[datetime, Read]]:
        now = dt_util.utcnow()
        turns = due(
            ((read, reader.attempted_at) for read, reader in self._readers().items()),
            started=self._started,
            now=now,
            calls=self._calls_left(now),
            resets_at=self._resets_at(now),
        )
        waits = {read: backoff(count) for read, count in self._lock_failures.items()}
        first = self._again if self._calls_left(now) else set()
        return sorted(
            (
                (self._not_before if read in first else turn + waits.get(read, timedelta()), read)
                for turn, read in turns
            ),
            key=lambda pair: (pair[1] not in first, pair[0]),
        )

    @callback
    def _async_wake(self, _: datetime) -> None:
        self._cancel = None
        self._entry.async_create_background_task(
            self._hass, self._async_poll(), f"{self._entry.title} polling"
        )

    async def _async_poll(self) -> None:
        """Read all that is due, unless something stands in the way of the account."""
        async with self._busy:
            while not self._stopped and (turns := self._turns()):
                now = dt_util.utcnow()
                turn, read = turns[0]
                if max(turn, self._not_before) > now or not self._calls_left(now):
                    break
                if not await self._async_read(read, self._readers()[read]):
                    return
        self._schedule()

    async def _async_read(self, read: Read, reader: Reader) -> bool:
        """Make one read, and draw the conclusions for the next; returns whether it was made."""
        before = reader.attempted_at
        await reader.async_refresh()
        if reader.attempted_at == before:  # Home Assistant is stopping
            return False
        self._conclude(read, reader, dt_util.utcnow())
        return True

    def _conclude(self, read: Read, reader: Reader, now: datetime) -> None:
        self._again.discard(read)
        if reader.error is None:
            self._failures = 0
            self._not_before = now
            self._lock_failures.pop(read, None)
        elif isinstance(reader.error, KEY_ERRORS):
            self.async_stop()  # reauth reloads the entry
        elif isinstance(reader.error, CodelocksQuotaError):
            self._again.add(read)
            self._not_before = min(now + SPENT_RETRY, self._resets_at(now))
        elif isinstance(reader.error, CodelocksThrottledError):
            self._again.add(read)
            wait = timedelta(seconds=reader.error.retry_after or 0)
            self._not_before = now + max(wait, MIN_READ_INTERVAL)
        elif isinstance(reader.error, CodelocksConnectionError) or read.kind is Kind.LOCKS:
            self._again.add(read)
            self._failures += 1
            self._not_before = now + backoff(self._failures)
        else:
            self._lock_failures[read] = self._lock_failures.get(read, 0) + 1

    async def async_refresh(self, lock_ids: Collection[str] | None = None) -> int:
        """Read at once what is not fresh of some locks, or all; returns how many calls it took.

        Raises a validation error when the calls that polling may spend are used up.
        """

        def chosen(read: Read) -> bool:
            return bool(read.lock_id) and (lock_ids is None or read.lock_id in lock_ids)

        async with self._busy:
            before = self._calls_made()
            # First the list: it tells which locks there are.
            if await self._async_read_stale(lambda read: read.kind is Kind.LOCKS):
                await self._async_read_stale(chosen)
            done = self._calls_made() - before
        self._schedule()
        if not done and not self._calls_left(dt_util.utcnow()):
            raise invalid("polling_budget_spent")
        return done

    async def _async_read_stale(self, wanted: Callable[[Read], bool]) -> bool:
        """Read what is wanted and not fresh; returns whether there may be more reads."""
        for read, reader in self._readers().items():
            now = dt_util.utcnow()
            fresh = reader.attempted_at and now - reader.attempted_at < MIN_READ_INTERVAL
            if fresh or not wanted(read):
                continue
            if self._stopped or not self._calls_left(now):
                return False
            await self._async_read(read, reader)
            if read in self._again:
                return False  # the others would meet the account's failure too
        return True


def backoff(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row."""
    return min(FIRST_RETRY * (1 << min(failures - 1, 10)), LONGEST_RETRY)
