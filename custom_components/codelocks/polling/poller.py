"""Reads what the schedule says is due, one call after the other, and never past the budget."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
import logging
from typing import Any, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..api import (
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksThrottledError,
)
from ..const import MIN_READ_INTERVAL
from ..errors import KEY_ERRORS, UnexpectedError, invalid, translation
from .arrival_rates import Rates
from .schedule import Plan, Read, ReadKind, make_plan, next_reads
from .spending import counted, spending

FIRST_RETRY = timedelta(minutes=5)
"""After a failure the wait doubles from here: a cloud that is down costs few calls."""
LONGEST_RETRY = timedelta(hours=6)
NONE = timedelta()
SPENT_RETRY = timedelta(days=1)
"""A spent pool is tried once a day: a bolt-on may have been bought."""

_LOGGER = logging.getLogger(__name__)


class Reader(Protocol):
    """What is read: a coordinator."""

    attempted_at: datetime | None
    error: CodelocksError | None

    @property
    def read_at(self) -> datetime | None:
        """When it was last read successfully."""

    async def async_refresh(self) -> None:
        """Read, and note a failure in `error`."""

    def async_update_listeners(self) -> None:
        """Let the entities update."""


class Budget(Protocol):
    """What polling may spend."""

    def polling_calls_left(self, now: datetime) -> int:
        """Return how many calls polling may make until the reset."""

    def resets_at(self, now: datetime) -> datetime:
        """Return when the quota is full again."""


class Poller:
    """Applies the schedule to an account's readers."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        readers: Callable[[], Mapping[Read, Reader]],
        budget: Budget,
        rates: Rates,
    ) -> None:
        """Take what there is to read, what may be spent on it, and what was learnt so far."""
        self._hass = hass
        self._entry = entry
        self._readers = readers
        self._budget = budget
        self._rates = rates
        self._plan: Plan | None = None
        self._planned: frozenset[Read] = frozenset()
        self._not_before = dt_util.utcnow()
        self._failures = 0
        self._faults = 0
        """Turns in a row that ended by an exception nobody expected."""
        self._is_rejected = False
        """Whether a key was rejected: nothing is read until reauth reloads the entry."""
        self._lock_failures: dict[Read, int] = {}
        self._again: set[Read] = set()
        """Reads that failed for an account-wide reason: tried first, and alone, until they work."""
        self._wanted: dict[Read, datetime] = {}
        self._stopped = False
        self.is_cut_off = False
        """Whether the account cannot be read, so that earlier data is out of date."""
        self._busy = asyncio.Lock()
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Start polling: first what is due, then each read in turn."""
        self._async_wake(dt_util.utcnow())

    @callback
    def async_stop(self) -> None:
        """Stop polling."""
        self._stopped = True
        self._sleep_no_more()

    @callback
    def _sleep_no_more(self) -> None:
        if self._cancel:
            self._cancel()
            self._cancel = None

    @callback
    def async_want(self, read: Read) -> None:
        """Read something before its turn, since there are signs that it changed.

        It uses the polling budget like any other read, at least 10 minutes after the last one.
        """
        self._wanted[read] = dt_util.utcnow()
        if not self._busy.locked():
            self._async_wake(dt_util.utcnow())

    @callback
    def async_replan(self) -> None:
        """Replan now: the budget may have grown."""
        self._plan = None
        if not self._busy.locked():
            self._not_before = dt_util.utcnow()
            # Not at once: the form that reports this may also change options, which reloads.
            self._schedule(self._not_before + timedelta(seconds=1))

    @callback
    def async_reached(self, read: Read) -> None:
        """Note that a user's read worked: polling may have nothing left to wait for."""
        self._lock_failures.pop(read, None)
        if self.is_cut_off and not self._stopped and not self._busy.locked():
            self._not_before = dt_util.utcnow()
            self._async_wake(self._not_before)

    @callback
    def _async_wake(self, _: datetime) -> None:
        self._sleep_no_more()
        self._entry.async_create_background_task(
            self._hass, self._async_poll(), f"{self._entry.title} polling"
        )

    async def _async_poll(self) -> None:
        """Take a turn, and plan the next one, whatever goes wrong in this."""
        wake = None
        async with self._busy:
            try:
                with spending():  # for nobody, whoever woke it up
                    wake = await self._async_take_turn()
                self._note_turn()
            except Exception as err:  # noqa: BLE001 - one exception would end polling for good
                self._faults += 1
                wake = dt_util.utcnow() + backoff(self._faults)
                self._note_fault(err)
            finally:
                if wake:  # none where there is nothing to read, or the task is cancelled
                    self._schedule(wake)

    async def _async_take_turn(self) -> datetime | None:
        """Read all that is due, unless the account cannot be read.

        Returns when to take the next turn.
        """
        while not self._stopped and (readers := self._readers()):
            plan = await self._async_plan(readers)
            now = dt_util.utcnow()
            turns = self._turns(plan, readers, now)
            # The same may be due for two reasons.
            due = dict.fromkeys(read for at, read in turns if at <= now)
            if not due:
                return turns[0][0] if turns else plan.renew
            for read in due:
                if not await self._async_read(read, readers[read]):
                    return now + FIRST_RETRY
                # A failure, or a list that was read, can change what is due.
                if self._stopped or self._again or read.kind is ReadKind.LOCKS:
                    break
                if not self._budget.polling_calls_left(dt_util.utcnow()):
                    break
        return None

    def _note_turn(self) -> None:
        """Note that a turn went as it should."""
        if self._faults:
            self._faults = 0
            _LOGGER.info("Polling of account %s works again", self._entry.entry_id)
            self._tell_whether_cut_off()

    def _note_fault(self, err: Exception) -> None:
        """Note that a turn ended by an exception; the log has the first of a row."""
        if self._faults == 1:
            _LOGGER.error(
                "Polling of account %s goes on after waits that grow: unexpected error",
                self._entry.entry_id,
                exc_info=UnexpectedError(err),
            )
        self._tell_whether_cut_off()

    @callback
    def _schedule(self, wake: datetime) -> None:
        """Wake up for the next read, or when it is time to replan."""
        self._sleep_no_more()
        if self._stopped:
            return
        now = dt_util.utcnow()
        # When the month turns there is more to spend.
        wake = min(max(wake, now), self._budget.resets_at(now))
        self._cancel = async_track_point_in_utc_time(self._hass, self._async_wake, wake)

    async def _async_plan(self, readers: Mapping[Read, Reader]) -> Plan:
        """Return the current plan. A new one is made each day, and when locks come or go."""
        now = dt_util.utcnow()
        planned = frozenset(readers)
        if self._plan is None or planned != self._planned or now >= self._plan.renew:
            # Seconds for hundreds of locks: not on the event loop.
            self._plan = await self._hass.async_add_executor_job(self._make_plan, readers, now)
            self._planned = planned
        return self._plan

    def _make_plan(self, readers: Mapping[Read, Reader], now: datetime) -> Plan:
        return make_plan(
            now,
            self._budget.resets_at(now),
            self._budget.polling_calls_left(now),
            zone=self._rates.zone,
            beliefs=self._rates.learn(now),
            activity=[read.lock_id for read in readers if read.kind is ReadKind.ACTIVITY],
            clients=[read.lock_id for read in readers if read.kind is ReadKind.CLIENTS],
            last_reads={read: at for read, reader in readers.items() if (at := reader.read_at)},
        )

    def _turns(
        self, plan: Plan, readers: Mapping[Read, Reader], now: datetime
    ) -> list[tuple[datetime, Read]]:
        """Return what to read next and when, soonest first; nothing if no calls are left."""
        calls = self._budget.polling_calls_left(now)
        if not calls:
            return []
        self._again &= readers.keys()
        is_manual = self._entry.pref_disable_polling
        if not is_manual and (again := next(iter(self._again), None)):
            return [(self._not_before, again)]
        # A lock that fails is left alone for a while: as if it had been read later.
        tries = {
            read: at + self._patience(read)
            for read, reader in readers.items()
            if (at := reader.attempted_at)
        }
        planned = [] if is_manual else next_reads(plan, tries, now, calls)
        turns = sorted([*self._wishes(readers, now), *planned])
        return [(max(at, self._not_before), read) for at, read in turns]

    def _wishes(
        self, readers: Mapping[Read, Reader], now: datetime
    ) -> Iterator[tuple[datetime, Read]]:
        """Yield when the wanted reads may be made; forget those that were made."""
        for read, since in list(self._wanted.items()):
            reader = readers.get(read)
            last = reader.attempted_at if reader else None
            if reader is None or (last and last >= since and reader.error is None):
                del self._wanted[read]
            else:
                wait = max(MIN_READ_INTERVAL, self._patience(read))
                yield (last + wait if last else now), read

    def _patience(self, read: Read) -> timedelta:
        """Return how long to leave a failing lock alone: longer each time."""
        count = self._lock_failures.get(read)
        return backoff(count) if count else NONE

    async def _async_read(self, read: Read, reader: Reader) -> bool:
        """Make one read, and adjust when the next may follow; returns whether it was made."""
        before = reader.attempted_at
        await reader.async_refresh()
        if reader.attempted_at == before:  # Home Assistant is stopping
            return False
        self._conclude(read, reader, dt_util.utcnow())
        self._tell_whether_cut_off()
        return True

    def _tell_whether_cut_off(self) -> None:
        """Make all entities unavailable while the account cannot be read."""
        is_cut_off = self._is_rejected or self._failures > 1 or self._faults > 1
        if is_cut_off is not self.is_cut_off:
            self.is_cut_off = is_cut_off
            for one in self._readers().values():
                one.async_update_listeners()

    def _conclude(self, read: Read, reader: Reader, now: datetime) -> None:
        self._again.discard(read)
        if reader.error is None:
            self._failures = 0
            self._not_before = now
            self._lock_failures.pop(read, None)
        elif isinstance(reader.error, KEY_ERRORS):
            self._is_rejected = True
            self.async_stop()  # reauth reloads the entry
        elif isinstance(reader.error, CodelocksQuotaError):
            self._again.add(read)
            self._not_before = min(now + SPENT_RETRY, self._budget.resets_at(now))
        elif isinstance(reader.error, CodelocksThrottledError):
            self._again.add(read)
            wait = timedelta(seconds=reader.error.retry_after or 0)
            self._not_before = now + max(wait, MIN_READ_INTERVAL)
        elif isinstance(reader.error, CodelocksConnectionError) or read.kind is ReadKind.LOCKS:
            self._again.add(read)
            self._failures += 1
            self._not_before = now + backoff(self._failures)
        else:
            self._lock_failures[read] = self._lock_failures.get(read, 0) + 1

    def as_dict(self, now: datetime, label: Callable[[str], str]) -> dict[str, Any]:
        """Summarise what is planned and what failed; `label` replaces a lock's id."""

        def shown(read: Read) -> str:
            return f"{read.kind} {label(read.lock_id)}" if read.lock_id else str(read.kind)

        return {
            "stopped": self._stopped,
            "failures_in_a_row": self._failures,
            "faults_in_a_row": self._faults,
            "not_before": self._not_before.isoformat(),
            "again": sorted(map(shown, self._again)),
            "wanted": {shown(read): at.isoformat() for read, at in self._wanted.items()},
            "lock_failures": {shown(read): n for read, n in self._lock_failures.items()},
            "plan": self._plan.as_dict(now, label) if self._plan else None,
        }

    async def async_refresh(
        self,
        lock_ids: Collection[str] | None = None,
        share_left: Callable[[], int] | None = None,
    ) -> int:
        """Read what is not fresh of some or all locks now; returns how many calls that took.

        Raises a validation error if the polling budget, or the share of who asks, is spent, and the
        reason if the list, or everything that was tried, could not be read.
        """
        left = share_left or (lambda: 1)

        def chosen(read: Read) -> bool:
            return bool(read.lock_id) and (lock_ids is None or read.lock_id in lock_ids)

        async with self._busy:
            with counted() as spent:
                # First the list: it tells which locks there are.
                error = await self._async_read_stale(lambda read: read.kind is ReadKind.LOCKS, left)
                error = error or await self._async_read_stale(chosen, left)
        self._async_wake(dt_util.utcnow())
        if error := error or self._rejected_key():
            raise HomeAssistantError(**translation(error))
        if not spent.calls:
            if not self._budget.polling_calls_left(dt_util.utcnow()):
                raise invalid("polling_budget_spent")
            if not left():
                raise invalid("daily_share_spent")
        return spent.calls

    def _rejected_key(self) -> CodelocksError | None:
        """Return why polling stopped, if a rejected key is the reason."""
        errors = (reader.error for reader in self._readers().values())
        return next((error for error in errors if isinstance(error, KEY_ERRORS)), None)

    async def _async_read_stale(
        self, wanted: Callable[[Read], bool], left: Callable[[], int]
    ) -> CodelocksError | None:
        """Read what is wanted and not fresh; returns the error if none of it could be read."""
        errors: list[CodelocksError | None] = []
        for read, reader in self._readers().items():
            now = dt_util.utcnow()
            fresh = reader.attempted_at and now - reader.attempted_at < MIN_READ_INTERVAL
            if fresh or not wanted(read):
                continue
            if self._stopped or not (self._budget.polling_calls_left(now) and left()):
                break
            await self._async_read(read, reader)
            errors.append(reader.error)
            if read in self._again:
                break  # the others would fail for the same reason
        return errors[0] if all(errors) and errors else None


def backoff(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row."""
    return min(FIRST_RETRY * (1 << min(failures - 1, 10)), LONGEST_RETRY)
