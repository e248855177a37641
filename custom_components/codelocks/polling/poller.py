"""Reads what the schedule says is due, one call after the other, and never past the budget."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from itertools import batched
import logging
from typing import Any, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..api import CodelocksError
from ..const import MIN_READ_INTERVAL
from ..errors import UnexpectedError, invalid, translation
from ..wall_clock import LOOK_AGAIN, fresh
from .arrival_rates import Rates
from .schedule import Plan, Read, ReadKind, make_plan
from .spending import counted, spending
from .turns import Tried, Turns
from .waits import FIRST_RETRY, Waits, backoff

_LOGGER = logging.getLogger(__name__)

TOLD_AT_ONCE = 100
"""Readers whose entities are written before others get a turn: 100 take about 5 ms."""


class Reader(Tried, Protocol):
    """What is read: a coordinator."""

    last_update_success: bool

    @property
    def read_at(self) -> datetime | None:
        """When it was last read successfully."""

    @property
    def attempted_at(self) -> datetime | None:
        """When the last read began, a failed one included."""

    async def async_refresh(self) -> None:
        """Read, and note a failure in `error`."""

    def async_update_listeners(self) -> None:
        """Let the entities update."""


class Budget(Protocol):
    """What polling may spend."""

    def polling_calls_left(self, now: datetime) -> int:
        """Return how many calls polling may make until the reset."""

    def refused_until(self, now: datetime) -> datetime:
        """Return until when a pool that the API says is spent is left alone; else `now`."""

    def resets_at(self, now: datetime) -> datetime:
        """Return when the quota is full again."""


class Memory(Protocol):
    """What outlives a restart."""

    rates: Rates
    waits: Waits

    def keep_waits(self) -> None:
        """Store the waits, if they changed."""


class Poller:
    """Applies the schedule to an account's readers."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        readers: Callable[[], Mapping[Read, Reader]],
        budget: Budget,
        memory: Memory,
    ) -> None:
        """Take what there is to read, what may be spent on it, and what was learnt so far.

        What failed before a restart is as unavailable after it.
        """
        self._hass = hass
        self._entry = entry
        self._readers = readers
        self._budget = budget
        self._memory = memory
        self._rates = memory.rates
        self._waits = memory.waits
        self._plan: Plan | None = None
        self._planned: frozenset[Read] = frozenset()
        self._replans = 0
        """How often a new plan was asked for."""
        self._faults = 0
        """Turns in a row that ended by an exception nobody expected."""
        self._turns = Turns(memory.waits)
        self._stopped = False
        self.is_cut_off = self._is_cut_off
        """Whether the account cannot be read, so that earlier data is out of date."""
        self._busy = asyncio.Lock()
        self._listeners: list[CALLBACK_TYPE] = []
        self._cancel: CALLBACK_TYPE | None = None
        for read, reader in readers().items():
            if self._waits.failed(read):
                reader.last_update_success = False

    @callback
    def async_start(self) -> None:
        """Start polling: first what is due, then each read in turn."""
        now = dt_util.utcnow()
        if self._waits.rejection and self._waits.not_before(now) > now:
            self.async_stop()
            self._entry.async_start_reauth(self._hass)
        else:
            self._async_wake(now)

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
        self._turns.wanted[read] = dt_util.utcnow()
        if not self._busy.locked():
            self._async_wake(dt_util.utcnow())

    @callback
    def async_replan(self) -> None:
        """Replan now: the budget may have grown."""
        self._plan = None
        self._replans += 1
        self._lift_waits()
        if not self._busy.locked():
            # Not at once: the form that reports this may also change options, which reloads.
            self._schedule(dt_util.utcnow() + timedelta(seconds=1))

    def _lift_waits(self) -> None:
        self._waits.lift()
        self._memory.keep_waits()

    @callback
    def async_reached(self, read: Read) -> None:
        """Note that a user's read worked: polling may have nothing left to wait for."""
        self._waits.lock_failures.pop(read, None)
        self._memory.keep_waits()
        if self.is_cut_off and not self._stopped and not self._busy.locked():
            self._lift_waits()
            self._async_wake(dt_util.utcnow())

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
                with spending():  # on its own account, even if a user's request woke it
                    wake = await self._async_take_turn()
                self._note_turn()
            except Exception as err:  # noqa: BLE001 - one exception would end polling for good
                self._faults += 1
                wake = dt_util.utcnow() + backoff(self._faults)
                self._note_fault(err)
            finally:
                if wake:  # none where there is nothing to read, or the task is cancelled
                    self._schedule(wake)
                for listener in list(self._listeners):
                    listener()

    async def _async_take_turn(self) -> datetime | None:
        """Read all that is due, unless the account cannot be read.

        Returns when to take the next turn.
        """
        while not self._stopped and (readers := self._readers()):
            plan = await self._async_plan(readers)
            now = dt_util.utcnow()
            turns = self._next(plan, readers, now)
            # The same may be due for two reasons.
            due = dict.fromkeys(read for at, read in turns if at <= now)
            if not due:
                return turns[0][0] if turns else plan.renew
            for read in due:
                if not await self._async_read(read, readers[read]):
                    return now + FIRST_RETRY
                # A failure, or a list that was read, can change what is due.
                if self._stopped or self._waits.again or read.kind is ReadKind.LOCKS:
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
        self._sleep(now, min(max(wake, now), self._budget.resets_at(now)))

    def _sleep(self, since: datetime, wake: datetime) -> None:
        """Wake up then, or soon after the clock was set back."""

        @callback
        def look(_: datetime) -> None:
            now = dt_util.utcnow()
            if since <= now < wake:
                self._sleep(now, wake)
            else:
                self._async_wake(now)

        # Not at a point in time: Home Assistant would wait for that by a clock that was set back.
        self._cancel = async_call_later(self._hass, min(wake - since, LOOK_AGAIN), look)

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call a listener after each turn, when other reads may be planned next."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def planned(self, now: datetime) -> dict[Read, datetime]:
        """Return when each read comes next; those that are not planned are left out."""
        if self._stopped or self._plan is None:
            return {}
        turns = self._next(self._plan, self._readers(), now)
        return {read: at for at, read in reversed(turns)}

    async def _async_plan(self, readers: Mapping[Read, Reader]) -> Plan:
        """Return the current plan. A new one is made each day, and when locks come or go."""
        planned = frozenset(readers)
        while True:
            now, plan = dt_util.utcnow(), self._plan
            if plan and planned == self._planned and plan.made <= now < plan.renew:
                return plan
            # A lock that fails is left alone for a while: as if it had been read.
            last_reads = {
                read: at for read, reader in readers.items() if (at := reader.tried_at(now))
            }
            replans = self._replans
            # Seconds for hundreds of locks: not on the event loop.
            plan = await self._hass.async_add_executor_job(
                self._make_plan, planned, last_reads, now
            )
            self._planned = planned
            if replans == self._replans:  # else there may be more to spend by now
                self._plan = plan
                return plan

    def _make_plan(
        self, reads: Collection[Read], last_reads: Mapping[Read, datetime], now: datetime
    ) -> Plan:
        plan = make_plan(
            now,
            self._budget.resets_at(now),
            self._budget.polling_calls_left(now),
            zone=self._rates.zone,
            beliefs=self._rates.learn(now),
            activity=[read.lock_id for read in reads if read.kind is ReadKind.ACTIVITY],
            clients=[read.lock_id for read in reads if read.kind is ReadKind.CLIENTS],
            last_reads=last_reads,
        )
        return plan.until_renewal()

    def _not_before(self, now: datetime) -> datetime:
        """Return until when nothing is read."""
        return max(now, self._waits.not_before(now), self._budget.refused_until(now))

    def _next(
        self, plan: Plan, readers: Mapping[Read, Reader], now: datetime
    ) -> list[tuple[datetime, Read]]:
        """Return what to read next and when, soonest first; nothing if no calls are left."""
        return self._turns.order(
            None if self._entry.pref_disable_polling else plan,
            readers,
            now,
            calls=self._budget.polling_calls_left(now),
            not_before=self._not_before(now),
        )

    async def _async_read(self, read: Read, reader: Reader) -> bool:
        """Make one read, and adjust when the next may follow; returns whether it was made."""
        before = reader.attempted_at
        await reader.async_refresh()
        if reader.attempted_at is before:  # Home Assistant is stopping
            return False
        self._waits.note(read, reader.error, dt_util.utcnow())
        self._memory.keep_waits()
        if self._waits.rejection:
            self.async_stop()  # reauth reloads the entry
        self._tell_whether_cut_off()
        return True

    @property
    def _is_cut_off(self) -> bool:
        """Whether nothing is read; one failure may be a hiccup."""
        return bool(self._waits.rejection) or self._waits.failures > 1 or self._faults > 1

    def _tell_whether_cut_off(self) -> None:
        """Make all entities unavailable while the account cannot be read."""
        if self._is_cut_off is not self.is_cut_off:
            self.is_cut_off = self._is_cut_off
            name = f"{self._entry.title} cut off"
            self._entry.async_create_task(self._hass, self._async_tell_all(), name)

    async def _async_tell_all(self) -> None:
        """Let all entities update."""
        for some in batched(self._readers().values(), TOLD_AT_ONCE, strict=False):
            for one in some:
                one.async_update_listeners()
            await asyncio.sleep(0)  # others get a turn

    def as_dict(self, now: datetime, label: Callable[[str], str]) -> dict[str, Any]:
        """Summarise what is planned and what failed; `label` replaces a lock's id."""

        def shown(read: Read) -> str:
            return f"{read.kind} {label(read.lock_id)}" if read.lock_id else str(read.kind)

        not_before = self._not_before(now)
        return {
            "stopped": self._stopped,
            "failures_in_a_row": self._waits.failures,
            "faults_in_a_row": self._faults,
            "not_before": not_before.isoformat() if not_before > now else None,
            "again": sorted(map(shown, self._waits.again)),
            "wanted": {shown(read): at.isoformat() for read, at in self._turns.wanted.items()},
            "lock_failures": {shown(read): n for read, n in self._waits.lock_failures.items()},
            "plan": self._plan.as_dict(now, label) if self._plan else None,
        }

    async def async_refresh(
        self,
        lock_ids: Collection[str] | None = None,
        share_left: Callable[[], int] | None = None,
    ) -> int:
        """Read what is not fresh of some or all locks now; returns how many calls that took.

        Raises a validation error if the polling budget, or the caller's share, is spent, and the
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
        if error := error or self._waits.rejection:
            raise HomeAssistantError(**translation(error))
        if not spent.calls:
            if self._is_spent(dt_util.utcnow()):
                raise invalid("polling_budget_spent")
            if not left():
                raise invalid("daily_share_spent")
        return spent.calls

    def _is_spent(self, now: datetime) -> bool:
        """Return whether polling may spend nothing, by the count or by the word of the API."""
        return not self._budget.polling_calls_left(now) or self._budget.refused_until(now) > now

    async def _async_read_stale(
        self, wanted: Callable[[Read], bool], left: Callable[[], int]
    ) -> CodelocksError | None:
        """Read what is wanted and not fresh; returns the error if none of it could be read."""
        errors: list[CodelocksError | None] = []
        for read, reader in self._readers().items():
            now = dt_util.utcnow()
            tried_at = reader.tried_at(now)
            is_fresh = tried_at is not None and fresh(tried_at, now, MIN_READ_INTERVAL)
            if is_fresh or not wanted(read):
                continue
            if self._stopped or self._is_spent(now) or not left():
                break
            await self._async_read(read, reader)
            errors.append(reader.error)
            if read in self._waits.again:
                break  # the others would fail for the same reason
        return errors[0] if all(errors) and errors else None
