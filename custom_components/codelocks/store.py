"""What outlives a restart of an entry, in a private file.

Stored state is data from outside: what cannot be read costs itself, never the set-up.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property
import logging
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .api import AuditEntry, Client, Duration, DurationDetails, Lock
from .const import DOMAIN, DURATIONS_KEPT
from .netcode.ledger import Ledger
from .polling.arrival_rates import Rates
from .reading.audit import Cursor

VERSION = 1
SAVE_DELAY = 10
"""Seconds over which changes are gathered. A crash loses them: an event may then come again."""

_LOGGER = logging.getLogger(__name__)


async def async_load_file(hass: HomeAssistant, store: Store[dict[str, Any]]) -> Any:
    """Read a file; what is no JSON is put aside by Home Assistant, and no store of its by us.

    One made by a newer version raises UnsupportedStorageVersionError, and stays as it is: to begin
    anew over it would lose codes that still open doors.
    """
    try:
        return await store.async_load()
    except AttributeError, KeyError, NotImplementedError, TypeError:
        aside = f"{store.path}.corrupt.{dt_util.utcnow().isoformat()}"
        _LOGGER.error("%s cannot be read and is kept as %s", store.path, aside)  # noqa: TRY400
        await hass.async_add_executor_job(Path(store.path).replace, aside)
        return None


@dataclass(frozen=True)
class LocksRecord:
    """The lock list as it was last read."""

    read_at: datetime = field(compare=False)
    locks: tuple[Lock, ...]
    missing: frozenset[str] = frozenset()
    """Locks that were not in the last complete list."""

    @cached_property
    def by_id(self) -> dict[str, Lock]:
        """The locks by their ids."""
        return {lock.lock_id: lock for lock in self.locks}


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """What is known of a lock's audit."""

    read_at: datetime = field(compare=False)
    cursor: Cursor
    newest: AuditEntry | None = None
    waiting: tuple[AuditEntry, ...] = ()
    """News, oldest first, that the event entity could not tell yet."""


@dataclass(frozen=True)
class ClientsRecord:
    """A lock's smart-phone clients as they were last read."""

    read_at: datetime = field(compare=False)
    clients: tuple[Client, ...]

    @cached_property
    def by_email(self) -> dict[str, Client]:
        """The clients by their e-mail addresses in lower case."""
        return {client.email.lower(): client for client in self.clients}


@dataclass(frozen=True, slots=True)
class TextCount:
    """What a requester was answered on a day."""

    codes: int = 0
    others: int = 0
    """Answers without a code."""
    failed: int = 0
    """Requests that took a call, and came to nothing."""


def _read[T](reader: Callable[[Any], T], stored: Any) -> T | None:
    """Read a part of the file, or None where it is missing or spoilt."""
    try:
        return reader(stored)
    except ArithmeticError, AttributeError, LookupError, TypeError, ValueError:
        return None


def _moment(stored: Any) -> datetime:
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment


class EntryStore:
    """The stored state of one entry. It is kept as JSON: a change costs only its own part."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Take the entry whose file it is."""
        self._hass = hass
        self._store = Store[dict[str, Any]](
            hass,
            VERSION,
            f"{DOMAIN}.{entry_id}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._parts: dict[str, dict[str, Any]] = {}
        self._written_locks: tuple[Lock, ...] = ()
        self._lock_rows: list[dict[str, Any]] = []
        self.ledger = Ledger()
        self.rates = Rates(dt_util.get_default_time_zone())
        self._closed = False

    async def async_load(self) -> None:
        """Read the file."""
        stored = await async_load_file(self._hass, self._store)
        parts = stored.items() if isinstance(stored, dict) else ()
        self._parts = {name: part for name, part in parts if isinstance(part, dict)}
        # Ten thousand codes, or what 500 locks taught, take longer than the loop may be held.
        self.ledger, self.rates = await self._hass.async_add_executor_job(
            lambda: (
                Ledger.from_json(list(self._parts.get("ledger", {}).values())),
                Rates.from_dict(self._parts.get("rates"), self.rates.zone),
            )
        )

    async def async_close(self) -> None:
        """Write what is not written yet; what comes later is from a reader that is ending."""
        self._closed = True
        await self.async_save()

    async def async_remove(self) -> None:
        """Delete the file, and those that were put aside because they could not be read."""
        await self._store.async_remove()
        await self._hass.async_add_executor_job(self._remove_aside)

    def _remove_aside(self) -> None:
        path = Path(self._store.path)
        for aside in path.parent.glob(f"{path.name}.corrupt.*"):
            aside.unlink(missing_ok=True)

    @callback
    def _set(self, part: str, key: str, value: Any) -> None:
        self._parts.setdefault(part, {})[key] = value
        self._schedule_save()

    @callback
    def _schedule_save(self) -> None:
        if self._closed:
            return
        self._store.async_delay_save(self._snapshot, SAVE_DELAY)

    def _snapshot(self) -> dict[str, Any]:
        """Return what is to be written, from a thread: values are replaced, never changed."""
        parts = {name: dict(part) for name, part in list(self._parts.items())}
        return parts | {"rates": self.rates.to_dict()}

    def _get[T](self, part: str, key: str, reader: Callable[[Any], T]) -> T | None:
        return _read(reader, self._parts.get(part, {}).get(key))

    @property
    def locks(self) -> LocksRecord | None:
        """The stored lock list."""
        return self._get("account", "locks", _read_locks)

    @callback
    def set_locks(self, record: LocksRecord) -> None:
        """Store the lock list; locks that are as before are not turned to JSON again."""
        if record.locks != self._written_locks:
            self._written_locks = record.locks
            self._lock_rows = [lock.to_dict() for lock in record.locks]
        value = {
            "read_at": record.read_at.isoformat(),
            "locks": self._lock_rows,
            "missing": sorted(record.missing),
        }
        self._set("account", "locks", value)

    def activity(self, lock_id: str) -> ActivityRecord | None:
        """Return what is stored of a lock's audit."""
        return self._get("activity", lock_id, _read_activity)

    @callback
    def set_activity(self, lock_id: str, record: ActivityRecord) -> None:
        """Store what is known of a lock's audit."""
        value = {
            "read_at": record.read_at.isoformat(),
            "cursor": record.cursor.as_dict(),
            "newest": record.newest.to_dict() if record.newest else None,
            "waiting": [entry.to_dict() for entry in record.waiting],
        }
        self._set("activity", lock_id, value)

    def clients(self, lock_id: str) -> ClientsRecord | None:
        """Return what is stored of a lock's clients."""
        return self._get("clients", lock_id, _read_clients)

    @callback
    def set_clients(self, lock_id: str, record: ClientsRecord) -> None:
        """Store a lock's clients."""
        value = {
            "read_at": record.read_at.isoformat(),
            "clients": [client.to_dict() for client in record.clients],
        }
        self._set("clients", lock_id, value)

    def durations(self, lock_model: str, now: datetime) -> tuple[Duration, ...] | None:
        """Return the stored durations of a lock model, while they are fresh."""
        return self._get("durations", lock_model, lambda stored: _read_durations(stored, now))

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
        key = f"{lock_model} {duration_id}"
        return self._get("duration_details", key, lambda stored: _read_details(stored, now))

    @callback
    def set_duration_details(
        self, lock_model: str, duration_id: int, details: DurationDetails, now: datetime
    ) -> None:
        """Store the rules of a duration."""
        value = {"read_at": now.isoformat(), "details": details.to_dict()}
        self._set("duration_details", f"{lock_model} {duration_id}", value)

    def schema(self, now: datetime) -> Any:
        """Return the stored schema of active periods, while it is fresh; else None."""
        return self._get("account", "schema", lambda stored: _read_schema(stored, now))

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

    def texts(self, requester: str, day: date) -> TextCount:
        """Return what a requester was answered on a day."""
        key = day.isoformat()
        return self._get("texts", key, lambda stored: _read_texts(stored[requester])) or TextCount()

    @callback
    def set_texts(self, requester: str, day: date, count: TextCount) -> None:
        """Store what a requester was answered on a day; the counts of days before go."""
        key, texts = day.isoformat(), self._parts.get("texts", {})
        counts = texts.get(key)
        counts = dict(counts) if isinstance(counts, dict) else {}
        counts[requester] = asdict(count)
        self._parts["texts"] = {later: texts[later] for later in texts if later > key}
        self._set("texts", key, counts)

    @callback
    def set_ledger(self, ledger: Ledger) -> None:
        """Store the codes; only the changed ones are turned to JSON."""
        stored, known = self._parts.get("ledger", {}), {row.id: row for row in self.ledger.rows()}
        self._parts["ledger"] = {
            row.id: stored[row.id]
            if known.get(row.id) is row and row.id in stored
            else row.to_dict()
            for row in ledger.rows()
        }
        self.ledger = ledger
        self._schedule_save()

    async def async_save(self) -> None:
        """Write now what must not be lost."""
        await self._store.async_save(self._snapshot())

    @callback
    def forget_lock(self, lock_id: str) -> None:
        """Drop what is stored of a lock that left the account."""
        for part in ("activity", "clients"):
            self._parts.get(part, {}).pop(lock_id, None)
        self.rates.forget(lock_id)
        self._schedule_save()


def _read_locks(stored: Any) -> LocksRecord:
    """Read the lock list. One with a spoilt row is read anew: a lock is not to be missing."""
    return LocksRecord(
        _moment(stored["read_at"]),
        tuple(map(Lock.from_dict, stored["locks"])),
        frozenset(map(str, stored["missing"])),
    )


def _read_activity(stored: Any) -> ActivityRecord:
    waiting = (_read(AuditEntry.from_dict, entry) for entry in stored["waiting"])
    return ActivityRecord(
        _moment(stored["read_at"]),
        Cursor.from_dict(stored["cursor"]),
        _read(AuditEntry.from_dict, stored["newest"]),
        tuple(entry for entry in waiting if entry),
    )


def _read_clients(stored: Any) -> ClientsRecord:
    clients = (_read(Client.from_dict, client) for client in stored["clients"])
    return ClientsRecord(_moment(stored["read_at"]), tuple(client for client in clients if client))


def _read_texts(stored: Any) -> TextCount:
    return TextCount(int(stored["codes"]), int(stored["others"]), int(stored.get("failed", 0)))


def _fresh(stored: Any, now: datetime) -> None:
    if not now - DURATIONS_KEPT < _moment(stored["read_at"]) <= now:
        raise ValueError("too old")


def _read_details(stored: Any, now: datetime) -> DurationDetails:
    _fresh(stored, now)
    return DurationDetails.from_dict(stored["details"])


def _read_durations(stored: Any, now: datetime) -> tuple[Duration, ...]:
    _fresh(stored, now)
    return tuple(map(Duration.from_dict, stored["durations"]))


def _read_schema(stored: Any, now: datetime) -> Any:
    _fresh(stored, now)
    return stored["schema"]
