"""What outlives a restart of an entry, but for its codes, in a private file.

Stored state is data from outside: what cannot be read costs itself, never the set-up.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .api import AuditEntry, Client, Duration, DurationDetails, Lock
from .const import DOMAIN, DURATIONS_KEPT
from .netcode.clocks import stored_moment
from .polling.arrival_rates import Rates
from .polling.schedule import Read, ReadKind
from .polling.waits import Waits, key_of
from .reading.audit import Cursor
from .reading.records import ActivityRecord, ClientsRecord, LocksRecord
from .stored_file import StoredFile
from .wall_clock import EARLIEST, TrustedClock, fresh

DAYS_OF_TEXTS = 7
"""Days whose counts of text messages are kept: the clock may have been wrong for a moment."""
CLOCK_KEPT = timedelta(minutes=30)
"""The clock's readings are written this often."""

type Times = tuple[datetime, ...]
"""The times by which something may be fresh: that of a trusted clock, and what the clock says."""

_AFRESH: HassKey[set[str]] = HassKey(f"{DOMAIN}_afresh")
"""The entries that are tried again without waiting, by id."""


@callback
def async_try_afresh(hass: HomeAssistant, entry_id: str) -> None:
    """Have an account read without waiting when it is set up next: its keys were found to work."""
    hass.data.setdefault(_AFRESH, set()).add(entry_id)


@dataclass(frozen=True, slots=True)
class TextCount:
    """What a requester was answered on a day."""

    codes: int = 0
    others: int = 0
    """Answers without a code."""
    failed: int = 0
    """Requests that took a call, and came to nothing."""


@dataclass(frozen=True, slots=True)
class SpareWait:
    """Until when no spare code is made, after so many failures in a row."""

    failures: int
    until: datetime
    keys_of: str | None = None
    """When the entry was last changed, if a key of it was rejected: other keys may work."""


def _read[T](reader: Callable[[Any], T], stored: Any) -> T | None:
    """Read a part of the file, or None where it is missing or spoilt."""
    try:
        return reader(stored)
    except ArithmeticError, AttributeError, LookupError, TypeError, ValueError:
        return None


class EntryStore:
    """The stored state of one entry: a change costs only its own part.

    Most is kept as the JSON that is written. Records are not: coordinators hold the same ones, and
    they are turned to JSON in the thread that writes.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Take the entry whose file it is."""
        self._hass = hass
        self._entry_id = entry_id
        self._file = StoredFile(hass, entry_id)
        self._parts: dict[str, dict[str, Any]] = {}
        self.rates = Rates(dt_util.get_default_time_zone())
        self.waits = Waits()
        """What failed, and how long to leave it alone."""
        self._modified_at = ""
        self._durations: dict[str, tuple[Any, tuple[Duration, ...]]] = {}
        """Those that were read from the file, by lock model: bookings ask again and again."""
        self._clock = TrustedClock()
        self._closed = False

    async def async_load(self) -> None:
        """Read the file."""
        parts = await self._file.async_load()
        self._parts = {name: part for name, part in parts.items() if isinstance(part, dict)}
        # What 500 locks taught, and said, takes longer than the loop may be held.
        self.rates = await self._hass.async_add_executor_job(self._read_all)
        self._clock = self._get("account", "clock", TrustedClock.from_dict) or TrustedClock()

    def _read_all(self) -> Rates:
        """Read all records, and return what was learnt; in a thread, before anybody asks."""
        _ = self.locks
        for part, read in (("activity", self.activity), ("clients", self.clients)):
            for lock_id in self._parts.get(part, {}):
                read(lock_id)
        return Rates.from_dict(self._parts.get("rates"), self.rates.zone)

    @callback
    def resume_waits(self, modified_at: datetime) -> None:
        """Wait on for what failed before, unless the entry was changed since: try that afresh."""
        self._modified_at = modified_at.isoformat()
        afresh = self._hass.data.get(_AFRESH, set())
        known = self._parts.get("account", {}).get("waits")
        is_same = isinstance(known, dict) and known.get("modified_at") == self._modified_at
        if is_same and self._entry_id not in afresh:
            self.waits = _read(Waits.from_dict, known) or Waits()
        elif known:
            self._parts.pop("attempts", None)
            self.keep_waits()
        afresh.discard(self._entry_id)

    @callback
    def keep_waits(self) -> None:
        """Store what failed, if that changed."""
        waits = self.waits.as_dict()
        value = waits | {"modified_at": self._modified_at} if waits else {}
        if value != self._parts.get("account", {}).get("waits", {}):
            # A crash right after a failure of the account must not cost another call.
            urgent = bool(self.waits.error or self.waits.again)
            self._set("account", "waits", value, urgent=urgent)

    def attempt(self, read: Read) -> datetime | None:
        """Return when something was last tried to be read."""
        return self._record(datetime, "attempts", key_of(read), stored_moment)

    @callback
    def set_attempt(self, read: Read, at: datetime) -> None:
        """Store when something was last tried to be read: it is a call, though it may fail."""
        self._set("attempts", key_of(read), at)

    @callback
    def trusted_time(self, now: datetime) -> datetime | None:
        """Note what the clock says; returns the time by which something may be forgotten."""
        kept = self._get("account", "clock", TrustedClock.from_dict) or TrustedClock()
        trusted, clock = self._clock.read(now), self._clock
        is_kept = kept.last is not None and fresh(kept.last, now, CLOCK_KEPT)
        if trusted and (not is_kept or kept.doubted != clock.doubted):
            self._set("account", "clock", clock.as_dict())
        return trusted

    def _times(self, now: datetime) -> Times:
        """Return both: a clock in doubt makes nothing old, and what is read by it is new."""
        return tuple(filter(None, (self.trusted_time(now), now)))

    @callback
    def trust_unless_known(self, at: datetime) -> None:
        """Take a moment at which the clock was right, if none is known."""
        if self._clock.trusted is None and at >= EARLIEST:
            self._clock = TrustedClock(at)

    @property
    def look_at_clock(self) -> timedelta:
        """When to look at the clock again at the latest."""
        return self._clock.look_again

    @property
    def first_ledger(self) -> dict[str, Any] | None:
        """The codes, if they are where 0.1.0 kept them: among what the cloud says."""
        return self._parts.get("ledger")

    async def async_drop_first_ledger(self) -> None:
        """Drop these codes, which have a file of their own by now."""
        self._parts.pop("ledger", None)
        await self.async_save()

    async def async_close(self) -> None:
        """Write what is not written yet; what comes later is from a reader that is ending."""
        self._closed = True
        await self.async_save()

    async def async_remove(self) -> None:
        """Delete the file."""
        self._hass.data.get(_AFRESH, set()).discard(self._entry_id)
        await self._file.async_remove()

    @callback
    def _set(self, part: str, key: str, value: Any, *, urgent: bool = False) -> None:
        self._parts.setdefault(part, {})[key] = value
        self._schedule_save(urgent=urgent)

    @callback
    def _schedule_save(self, *, urgent: bool = False) -> None:
        if not self._closed:
            self._file.async_save_soon(self._snapshot, urgent=urgent)

    def _snapshot(self) -> dict[str, Any]:
        """Return what is to be written, from a thread: values are replaced, never changed."""
        parts = {
            name: {key: _as_json(value) for key, value in list(part.items())}
            for name, part in list(self._parts.items())
        }
        return parts | {"rates": self.rates.to_dict()}

    def _get[T](self, part: str, key: str, reader: Callable[[Any], T]) -> T | None:
        return _read(reader, self._parts.get(part, {}).get(key))

    def _record[T: Record](
        self, kind: type[T], part: str, key: str, reader: Callable[[Any], T]
    ) -> T | None:
        """Return what was read of something; it is kept in place of its JSON from then on."""
        stored = self._parts.get(part, {}).get(key)
        if isinstance(stored, kind):
            return stored
        record = _read(reader, stored)
        if record is not None:
            self._parts[part][key] = record
        return record

    @property
    def locks(self) -> LocksRecord | None:
        """The stored lock list."""
        return self._record(LocksRecord, "account", "locks", _read_locks)

    @callback
    def set_locks(self, record: LocksRecord) -> None:
        """Store the lock list."""
        self._set("account", "locks", record)

    def activity(self, lock_id: str) -> ActivityRecord | None:
        """Return what is stored of a lock's audit."""
        return self._record(ActivityRecord, "activity", lock_id, _read_activity)

    @callback
    def set_activity(self, lock_id: str, record: ActivityRecord) -> None:
        """Store what is known of a lock's audit."""
        self._set("activity", lock_id, record)

    def clients(self, lock_id: str) -> ClientsRecord | None:
        """Return what is stored of a lock's clients."""
        return self._record(ClientsRecord, "clients", lock_id, _read_clients)

    @callback
    def set_clients(self, lock_id: str, record: ClientsRecord) -> None:
        """Store a lock's clients."""
        self._set("clients", lock_id, record)

    def only_there(self, lock_id: str) -> list[str] | None:
        """Return the names of the fields that only a lock's own record fills, once it was read."""
        return self._get("only_there", lock_id, lambda stored: [*map(str, stored)])

    @callback
    def set_only_there(self, lock_id: str, names: list[str]) -> None:
        """Store what only a lock's own record fills."""
        self._set("only_there", lock_id, names)

    def durations(self, lock_model: str, now: datetime) -> tuple[Duration, ...] | None:
        """Return the stored durations of a lock model, while they are fresh."""
        times = self._times(now)
        stored = self._parts.get("durations", {}).get(lock_model)
        known = self._durations.get(lock_model)
        if known and known[0] is stored:  # values are replaced, never changed
            return known[1] if _is_fresh(stored, times) else None
        durations = _read(lambda stored: _read_durations(stored, times), stored)
        if durations is not None:
            self._durations[lock_model] = stored, durations
        return durations

    @callback
    def set_durations(
        self, lock_model: str, durations: tuple[Duration, ...], now: datetime
    ) -> None:
        """Store the durations of a lock model."""
        value = {
            "read_at": now.isoformat(),
            "durations": [duration.to_dict() for duration in durations],
        }
        self._set("durations", lock_model, value)

    def duration_details(
        self, lock_model: str, duration_id: int, now: datetime
    ) -> DurationDetails | None:
        """Return the stored rules of a duration, while they are fresh."""
        key, times = f"{lock_model} {duration_id}", self._times(now)
        return self._get("duration_details", key, lambda stored: _read_details(stored, times))

    @callback
    def set_duration_details(
        self, lock_model: str, duration_id: int, details: DurationDetails, now: datetime
    ) -> None:
        """Store the rules of a duration."""
        value = {"read_at": now.isoformat(), "details": details.to_dict()}
        self._set("duration_details", f"{lock_model} {duration_id}", value)

    def schema(self, now: datetime) -> Any:
        """Return the stored schema of active periods, while it is fresh; else None."""
        times = self._times(now)
        return self._get("account", "schema", lambda stored: _read_schema(stored, times))

    @callback
    def set_schema(self, schema: Any, now: datetime) -> None:
        """Store the API's schema of active periods, as it came."""
        self._set("account", "schema", {"read_at": now.isoformat(), "schema": schema})

    def note(self, name: str) -> Any:
        """Return a small thing that was kept, as it was given, or None; its owner reads it."""
        return self._parts.get("notes", {}).get(name)

    @callback
    def set_note(self, name: str, value: Any) -> None:
        """Keep a small thing, made of what JSON has."""
        self._set("notes", name, value)

    def spare_wait(self, owner: str) -> SpareWait | None:
        """Return why spare codes of a lock wait; those of all locks if `owner` is empty."""
        return self._get("spare_waits", owner, _read_wait)

    @callback
    def set_spare_wait(self, owner: str, wait: SpareWait | None) -> None:
        """Store why spare codes wait, or that they do not."""
        if wait:
            value = {"failures": wait.failures, "until": wait.until.isoformat()}
            self._set("spare_waits", owner, value | {"keys_of": wait.keys_of})
        elif self._parts.get("spare_waits", {}).pop(owner, None):
            self._schedule_save()

    def spare_missing(self, owner: str) -> datetime | None:
        """Return since when a lock has had no spare code."""
        return self._get("spares_missing", owner, stored_moment)

    @callback
    def set_spare_missing(self, owner: str, since: datetime | None) -> None:
        """Store since when a lock has had no spare code, None if it has one."""
        if since:
            self._set("spares_missing", owner, since.isoformat())
        elif self._parts.get("spares_missing", {}).pop(owner, None):
            self._schedule_save()

    def texts(self, requester: str, day: date) -> TextCount:
        """Return what a requester was answered on a day."""
        key = day.isoformat()
        return self._get("texts", key, lambda stored: _read_texts(stored[requester])) or TextCount()

    @callback
    def set_texts(self, requester: str, day: date, count: TextCount) -> None:
        """Store what a requester was answered on a day; the counts of days long before go."""
        key, texts = day.isoformat(), dict(self._parts.get("texts", {}))
        counts = texts.pop(key, None)
        counts = dict(counts) if isinstance(counts, dict) else {}
        counts[requester] = asdict(count)
        # In the order of counting, not of the calendar: that may have been another's for a moment.
        others = list(texts.items())[1 - DAYS_OF_TEXTS :]
        self._parts["texts"] = dict(others)
        self._set("texts", key, counts)

    async def async_save(self) -> bool:
        """Write now what must not be lost; returns whether it is on the disk."""
        return await self._file.async_save(self._snapshot)

    @callback
    def forget_lock(self, lock_id: str) -> None:
        """Drop what is stored of a lock that left the account."""
        for part in ("activity", "clients", "only_there", "spare_waits", "spares_missing"):
            self._parts.get(part, {}).pop(lock_id, None)
        attempts = self._parts.get("attempts", {})
        for kind in ReadKind:
            attempts.pop(key_of(Read(kind, lock_id)), None)
        self.rates.forget(lock_id)
        self._schedule_save()


type Record = LocksRecord | ActivityRecord | ClientsRecord | datetime


def _as_json(value: Any) -> Any:
    """Return what is written for a value; most are what JSON has."""
    match value:
        case datetime():
            return value.isoformat()
        case LocksRecord():
            return {
                "read_at": value.read_at.isoformat(),
                "locks": [lock.to_dict() for lock in value.locks],
                "missing": sorted(value.missing),
            }
        case ActivityRecord():
            return {
                "read_at": value.read_at.isoformat(),
                "cursor": value.cursor.as_dict(),
                "newest": value.newest.to_dict() if value.newest else None,
                "waiting": [entry.to_dict() for entry in value.waiting],
            }
        case ClientsRecord():
            return {
                "read_at": value.read_at.isoformat(),
                "clients": [client.to_dict() for client in value.clients],
            }
    return value


def _read_locks(stored: Any) -> LocksRecord:
    """Read the lock list. With a spoilt row it is read again: no lock may be missing."""
    return LocksRecord(
        stored_moment(stored["read_at"]),
        tuple(map(Lock.from_dict, stored["locks"])),
        frozenset(map(str, stored["missing"])),
    )


def _read_activity(stored: Any) -> ActivityRecord:
    waiting = (_read(AuditEntry.from_dict, entry) for entry in stored["waiting"])
    return ActivityRecord(
        stored_moment(stored["read_at"]),
        Cursor.from_dict(stored["cursor"]),
        _read(AuditEntry.from_dict, stored["newest"]),
        tuple(entry for entry in waiting if entry),
    )


def _read_clients(stored: Any) -> ClientsRecord:
    clients = (_read(Client.from_dict, client) for client in stored["clients"])
    return ClientsRecord(
        stored_moment(stored["read_at"]), tuple(client for client in clients if client)
    )


def _read_wait(stored: Any) -> SpareWait:
    keys_of = stored.get("keys_of")
    until = stored_moment(stored["until"])
    return SpareWait(int(stored["failures"]), until, keys_of and str(keys_of))


def _read_texts(stored: Any) -> TextCount:
    return TextCount(int(stored["codes"]), int(stored["others"]), int(stored.get("failed", 0)))


def _is_fresh(stored: Any, times: Times) -> bool:
    read_at = stored_moment(stored["read_at"])
    return any(fresh(read_at, now, DURATIONS_KEPT) for now in times)


def _fresh(stored: Any, times: Times) -> None:
    if not _is_fresh(stored, times):
        raise ValueError("too old")


def _read_details(stored: Any, times: Times) -> DurationDetails:
    _fresh(stored, times)
    return DurationDetails.from_dict(stored["details"])


def _read_durations(stored: Any, times: Times) -> tuple[Duration, ...]:
    _fresh(stored, times)
    return tuple(map(Duration.from_dict, stored["durations"]))


def _read_schema(stored: Any, times: Times) -> Any:
    _fresh(stored, times)
    return stored["schema"]
