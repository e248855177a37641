"""Spare codes: made ahead for chosen locks, and given when the cloud can make none.

Each is one NetCode call. What fails waits longer each time, over restarts too; a failure that
concerns the account is not met again at its other locks.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
import logging
from uuid import uuid4

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import (
    INITIALISED_MODELS,
    CodelocksConnectionError,
    CodelocksQuotaError,
    CodelocksThrottledError,
    DurationDetails,
    Pool,
)
from ..const import MIN_READ_INTERVAL
from ..errors import KEY_ERRORS, UnexpectedError, api_errors
from ..localize import plain
from ..netcode.durations import ImpossibleWindow
from ..netcode.ledger import Issued
from ..netcode.spares import (
    KeyAt,
    due_at,
    serves,
    spare_duration,
    spare_of,
    spare_windows,
    unused,
)
from ..netcode.windows import Window, WindowRequest
from ..polling.quota import SPENT_RETRY
from ..polling.waits import backoff
from ..reading.issues import async_set_issue
from ..store import SpareWait
from ..wall_clock import LOOK_AGAIN, plausible
from .catalogue import async_get_durations, async_get_rules
from .issue import async_fetch
from .netcode_lock import NetcodeLock, netcode_lock

MISSED_AFTER = timedelta(days=1)
"""How long a lock may have no spare before somebody is told."""
_ALL_LOCKS = ""
"""The owner of waits that concern all locks."""
_OF_THE_CLOUD = (CodelocksConnectionError, CodelocksQuotaError, CodelocksThrottledError)
"""Why the cloud can make no code, whatever the wish."""

_LOGGER = logging.getLogger(__name__)


@callback
def spare(entry: CodelocksConfigEntry, owner: str, now: datetime) -> Issued | None:
    """Return the spare of a lock that may be given, None if it has none or is not chosen."""
    data, lock = entry.runtime_data, netcode_lock(entry, owner)
    if lock is None or owner not in data.spare_owners:
        return None
    return spare_of(data.ledger_keeper.data, owner, lock.key_at, now)


@callback
def spare_for(
    entry: CodelocksConfigEntry,
    owner: str,
    request: WindowRequest,
    windows: Sequence[Window],
    now: datetime,
) -> Issued | None:
    """Return the spare of a lock if it does what is left of a request."""
    found = spare(entry, owner, now)
    return found if found and serves(found, request, windows, now) else None


@callback
def cannot_make(err: HomeAssistantError) -> bool:
    """Return whether an error says that the cloud can make no code, whatever the wish."""
    return isinstance(err.__cause__, _OF_THE_CLOUD)


@callback
def is_spent(data: CodelocksData, now: datetime) -> bool:
    """Return whether the API said this month that the NetCode calls are spent."""
    return data.quota.is_refused(data.counter.usage, Pool.NETCODE, now)


@callback
def async_note_failure(
    entry: CodelocksConfigEntry, owner: str, err: Exception, now: datetime
) -> None:
    """Keep in the store how long the making of spares waits after a failure."""
    data, cause = entry.runtime_data, err.__cause__
    if not isinstance(cause, (*_OF_THE_CLOUD, *KEY_ERRORS)):
        # It is about this lock, or nobody expected it.
        failures = _failures(data, owner) + 1
        data.store.set_spare_wait(owner, SpareWait(failures, now + backoff(failures)))
        return
    failures, keys_of = _failures(data, _ALL_LOCKS) + 1, None
    if isinstance(cause, KEY_ERRORS):
        until, keys_of = now + SPENT_RETRY, entry.modified_at.isoformat()
    elif isinstance(cause, CodelocksQuotaError):
        until = min(now + SPENT_RETRY, data.resets_at(now))
    elif isinstance(cause, CodelocksThrottledError):
        wait = timedelta(seconds=min(cause.retry_after or 0, SPENT_RETRY.total_seconds()))
        until = now + max(wait, MIN_READ_INTERVAL)
    else:
        until = now + backoff(failures)
    data.store.set_spare_wait(_ALL_LOCKS, SpareWait(failures, until, keys_of))


def _failures(data: CodelocksData, owner: str) -> int:
    wait = data.store.spare_wait(owner)
    return wait.failures if wait else 0


class UnusableSpareError(Exception):
    """A spare was made, and still one is due."""


class Spares:
    """Keeps a spare for each chosen lock of an account."""

    def __init__(self, hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
        """Take the account."""
        self._hass = hass
        self._entry = entry
        self._data = entry.runtime_data
        self._busy = False
        self._stopped = False
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Start: also look at once when a spare is given, or more calls are left."""
        data, entry = self._data, self._entry
        for follow in (data.ledger_keeper, data.counter, data.locks):
            entry.async_on_unload(follow.async_add_listener(self._async_look))
        for owner in set(data.owners).difference(data.spare_owners):
            self._note_missing(owner, None, dt_util.utcnow())
        entry.async_on_unload(self.async_stop)
        self._async_look()

    @callback
    def async_stop(self) -> None:
        """Stop; a spare that is being made is kept."""
        self._stopped = True
        self._sleep_no_more()

    @callback
    def _sleep_no_more(self) -> None:
        if self._cancel:
            self._cancel()
            self._cancel = None

    @property
    def _is_ending(self) -> bool:
        is_unloading = self._entry.state is ConfigEntryState.UNLOAD_IN_PROGRESS
        return self._stopped or is_unloading or self._hass.is_stopping

    def _chosen(self) -> Iterator[NetcodeLock]:
        """Yield the locks for which spares are kept."""
        for owner in self._data.spare_owners:
            if lock := netcode_lock(self._entry, owner):
                yield lock

    @callback
    def _async_look(self, _: datetime | None = None) -> None:
        """Make what is due, and wake up for what comes next."""
        if self._busy or self._is_ending:
            return
        self._sleep_no_more()
        now = dt_util.utcnow()
        self._check_missing(now)
        turns = [self._turn(lock, now) for lock in self._chosen()]
        if not turns:
            return
        next_turn, store = min(turns), self._data.store
        if next_turn <= now and store.trusted_time(now) != now:
            # By a clock that is wrong for a moment each would be made twice.
            next_turn = now + store.look_at_clock
        if next_turn <= now:
            self._busy = True
            self._entry.async_create_background_task(
                self._hass, self._async_make_due(), f"{self._entry.title} spare codes"
            )
            return
        alarms = [since + MISSED_AFTER for since in self._missing()]
        wake = min([next_turn, *(alarm for alarm in alarms if alarm > now)])
        # Not at a point in time: Home Assistant would wait for that by a clock that was set back.
        self._cancel = async_call_later(self._hass, min(wake - now, LOOK_AGAIN), self._async_look)

    def _turn(self, lock: NetcodeLock, now: datetime) -> datetime:
        """Return when a lock's next spare is to be made."""
        data, usage, pool = self._data, self._data.counter.usage, Pool.NETCODE
        due = due_at(spare_of(data.ledger_keeper.data, lock.owner, lock.key_at, now), now)
        turn = max(
            due,
            self._waits_until(_ALL_LOCKS, now),
            self._waits_until(lock.owner, now),
            data.quota.refused_until(usage, pool, now),
        )
        if turn <= now and not data.quota.left_by_count(usage, pool, now):
            return data.resets_at(now)
        return turn

    def _waits_until(self, owner: str, now: datetime) -> datetime:
        """Return until when a failure is waited out; a wait set by a wrong clock does not count."""
        wait = self._data.store.spare_wait(owner)
        if wait is None or wait.until > now + SPENT_RETRY:
            return now
        is_of_old_keys = wait.keys_of not in (None, self._entry.modified_at.isoformat())
        return now if is_of_old_keys else wait.until

    async def _async_make_due(self) -> None:
        """Make the spares that are due, one after the other."""
        try:
            for lock in list(self._chosen()):
                await self._async_renew(lock)
        finally:
            self._busy = False
            self._async_look()

    async def _async_renew(self, lock: NetcodeLock) -> None:
        """Make a lock's spare if it is due; a failure is noted."""
        async with self._data.issuing:
            now = dt_util.utcnow()
            if self._is_ending or self._turn(lock, now) > now:
                return
            try:
                await self._async_make(lock, now)
            except (HomeAssistantError, ImpossibleWindow) as err:
                async_note_failure(self._entry, lock.owner, err, dt_util.utcnow())
                _LOGGER.debug("No spare code for %s: %s", lock.name, type(err.__cause__).__name__)
            except Exception as err:  # one lock's failure must not end the making of spares
                async_note_failure(self._entry, lock.owner, err, dt_util.utcnow())
                _LOGGER.error("No spare code: unexpected error", exc_info=UnexpectedError(err))  # noqa: TRY400 - its own words may be secret
            else:
                self._data.store.set_spare_wait(lock.owner, None)
                if self._turn(lock, now) <= now:  # one that will not do is not made again at once
                    async_note_failure(self._entry, lock.owner, UnusableSpareError(), now)

    async def _async_make(self, lock: NetcodeLock, now: datetime) -> None:
        """Make and keep a spare; raises if none can be had."""
        keeper = self._data.ledger_keeper
        window = await self._async_window(lock, lock.key_at, now)
        code = await async_fetch(self._hass, self._entry, lock, window)
        row = Issued(
            id=uuid4().hex,
            owner=lock.owner,
            key=lock.key(window),
            code=code,
            requested_start=window.start,
            requested_end=window.end,
            start=window.start,
            end=window.end,
            mode=window.mode,
            sub_mode=window.sub_mode,
            duration_id=window.duration_id,
            issued_at=dt_util.utcnow(),
            issued_by="spare",
            lock_model=lock.model,
            kept=True,
        )
        await keeper.async_record(keeper.data.set_spare(row))

    async def _async_window(self, lock: NetcodeLock, key_at: KeyAt, now: datetime) -> Window:
        """Return the window of a lock's next spare, another than those that were given away."""
        data, ledger = self._data, self._data.ledger_keeper.data
        details: dict[int, DurationDetails] = {}
        with api_errors(self._hass, self._entry):
            durations = await async_get_durations(data, lock.model)
            duration_id = spare_duration(durations, details)
            if duration_id is not None and lock.model in INITIALISED_MODELS:
                details[duration_id] = await async_get_rules(data, lock.model, duration_id)
        window = unused(ledger, spare_windows(durations, details, lock.clock, now), key_at)
        if window is None:
            raise ImpossibleWindow("no_durations")
        return window

    def _missing(self) -> list[datetime]:
        owners = (lock.owner for lock in self._chosen())
        return [since for owner in owners if (since := self._data.store.spare_missing(owner))]

    @callback
    def _check_missing(self, now: datetime) -> None:
        """Note which locks have no spare, and since when."""
        for lock in self._chosen():
            since = None
            if spare(self._entry, lock.owner, now) is None:
                since = self._data.store.spare_missing(lock.owner)
                since = since if since and plausible(since, now) else now
            self._note_missing(lock.owner, since, now)

    @callback
    def _note_missing(self, owner: str, since: datetime | None, now: datetime) -> None:
        """Note since when a lock has no spare, and tell if it has had none for long."""
        if since != self._data.store.spare_missing(owner):
            self._data.store.set_spare_missing(owner, since)
        lock = netcode_lock(self._entry, owner)
        async_set_issue(
            self._hass,
            self._entry,
            "no_spare_code",
            exists=since is not None and now - since >= MISSED_AFTER,
            placeholders={"lock": plain(lock.name) if lock else owner},
            owner=owner,
        )
