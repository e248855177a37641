"""What is read of an account, and what becomes of a read that fails.

The coordinators have no interval of their own: `polling.py` tells them when a call is worth it.
"""

from abc import abstractmethod
import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
import logging
from typing import Any, Protocol, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import (
    AuditEntry,
    AuditOrder,
    Client,
    CodelocksClient,
    CodelocksError,
    CodelocksQuotaError,
    Lock,
    LockList,
    Pool,
)
from ..const import (
    AUDIT_PAGE,
    CONF_ACCESS_KEY,
    DOMAIN,
    MAX_AUDIT_NEWS,
    MAX_AUDIT_PAGES,
    MAX_LOCKS,
    MIN_READ_INTERVAL,
)
from ..errors import KEY_ERRORS, translated, translation
from ..ledger_keeper import LedgerKeeper
from ..netcode.clocks import has_been, offset_clock, sorting_time
from ..netcode.kitlock import KitLock
from ..polling.call_counter import CallCounter
from ..polling.one_question import Questions
from ..polling.poller import Poller, Reader
from ..polling.quota import Outlook, Quota
from ..polling.schedule import Read, ReadKind
from ..store import ActivityRecord, ClientsRecord, EntryStore, LocksRecord
from ..time_zones import async_named_zone
from .audit import changes_clients, identity, news, reaches

_LOGGER = logging.getLogger(__name__)

_UNDATED = timedelta(minutes=1)
"""An entry without a time is learnt from as one that was uploaded late."""


@dataclass(slots=True, kw_only=True)
class CodelocksData:
    """What a loaded entry works with."""

    options: Mapping[str, Any]
    """The entry's options; those that were never set have their defaults."""
    client: CodelocksClient
    counter: CallCounter
    quota: Quota
    store: EntryStore
    ledger_keeper: LedgerKeeper
    kitlocks: Mapping[str, KitLock]
    questions: Questions
    issuing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a code is made: the same order twice at once is one call."""
    activity: dict[str, ActivityCoordinator] = field(default_factory=dict)
    clients: dict[str, ClientsCoordinator] = field(default_factory=dict)
    locks: LocksCoordinator = field(init=False)
    poller: Poller = field(init=False)
    management: tuple[datetime, str | None] | None = None
    """What the account was last seen to say of its client management, and when."""

    def readers(self) -> dict[Read, Reader]:
        """Return all that polling reads."""
        readers: dict[Read, Reader] = {}
        if self.locks.config_entry.data.get(CONF_ACCESS_KEY, ""):
            readers[self.locks.read] = self.locks
        readers |= {reader.read: reader for reader in self.activity.values()}
        readers |= {reader.read: reader for reader in self.clients.values()}
        return {
            read: reader
            for read, reader in readers.items()
            if not read.lock_id or self._is_followed(read.lock_id)
        }

    def _is_followed(self, lock_id: str) -> bool:
        """Return whether a lock is worth a call: it is on the list, and its device not disabled."""
        device = self.device(lock_id)
        is_disabled = device is not None and device.disabled
        return self.locks.lock(lock_id) is not None and not is_disabled

    @property
    def owners(self) -> tuple[str, ...]:
        """What tells the locks apart: the subentry ids of KitLocks, the lock ids of K3 locks."""
        return (*self.kitlocks, *self.locks.data.by_id)

    def device(self, owner: str) -> dr.DeviceEntry | None:
        """Return the device of a lock, if there is one."""
        entry_id = self.locks.config_entry.entry_id
        registry = dr.async_get(self.locks.hass)
        return registry.async_get_device_by_identifier((DOMAIN, owner), entry_id)

    def calls_left(self, pool: Pool, now: datetime) -> int:
        """Return the calls left this month."""
        return self.quota.left(self.counter.usage, pool, now)

    def outlook(self, pool: Pool, now: datetime) -> Outlook:
        """Return what is to be expected of a pool, by our count and by what the API said."""
        return self.quota.outlook(self.counter.usage, pool, now, self.counter.refused.get(pool))

    def resets_at(self, now: datetime) -> datetime:
        """Return when the quota is full again."""
        return self.quota.resets_at(now)

    def polling_calls_left(self, now: datetime) -> int:
        """Return the calls that polling may spend until the reset, shared by the key's entries."""
        return self.counter.polling_left(self.quota, now)


type CodelocksConfigEntry = ConfigEntry[CodelocksData]


class Record(Protocol):
    """What was read."""

    @property
    def read_at(self) -> datetime:
        """When that was."""


class ReadCoordinator[T: Record](DataUpdateCoordinator[T]):
    """A coordinator of one kind of record."""

    config_entry: CodelocksConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        account: CodelocksData,
        read: Read,
        stored: T | None,
    ) -> None:
        """Start with what is stored, if anything, so that a restart needs no call."""
        of_lock = f" of {read.lock_id}" if read.lock_id else ""
        name = f"{entry.title} {read.kind}{of_lock}"
        super().__init__(hass, _LOGGER, config_entry=entry, name=name, always_update=False)
        self.account = account
        """What the entry works with; Home Assistant forgets its own when it unloads the entry."""
        self.read = read
        self.error: CodelocksError | None = None
        """Why the last read failed."""
        self.attempted_at: datetime | None = None
        """When the last read began, a failed one included: each has cost a call."""
        if stored:
            self.data = stored
            # Where the clock was wrong and is set back, reading must not wait for that future.
            self.attempted_at = min(stored.read_at, dt_util.utcnow())

    @property
    def read_at(self) -> datetime | None:
        """When it was last read with success."""
        return self.data.read_at if self.data else None

    @property
    def may_read_on(self) -> bool:
        """Whether polling may spend a further call: pages overflow, and the reserve is not ours."""
        return self.account.polling_calls_left(dt_util.utcnow()) > 0

    @override
    async def async_request_refresh(self) -> None:
        """Have it read before its turn: what `homeassistant.update_entity` asks for."""
        self.account.poller.async_want(self.read)

    @abstractmethod
    async def _async_read(self, now: datetime) -> T:
        """Read the record, and store it."""

    @override
    async def _async_update_data(self) -> T:
        self.error = None
        self.attempted_at = dt_util.utcnow()
        counter = self.account.counter
        try:
            data = await self._async_read(self.attempted_at)
        except CodelocksError as err:
            self.error = err
            if isinstance(err, CodelocksQuotaError):
                counter.answered(err.pool, spent=True)
            kind = ConfigEntryAuthFailed if isinstance(err, KEY_ERRORS) else UpdateFailed
            raise kind(**translation(err)) from err
        counter.answered(Pool.UTILITY, spent=False)
        return data


class LocksCoordinator(ReadCoordinator[LocksRecord]):
    """The locks of the account, with their batteries: one call for all."""

    def __init__(
        self, hass: HomeAssistant, entry: CodelocksConfigEntry, account: CodelocksData
    ) -> None:
        """Start with the stored list."""
        super().__init__(hass, entry, account, Read(ReadKind.LOCKS), account.store.locks)
        self.zones: dict[str, tzinfo] = {}
        self._overflows = False
        """Whether the last list had more locks than are followed."""

    def lock(self, lock_id: str) -> Lock | None:
        """Return a lock that the last complete list had."""
        if self.data is None or lock_id in self.data.missing:
            return None
        return self.data.by_id.get(lock_id)

    def zone(self, lock_id: str) -> tzinfo:
        """Return the zone of a lock's clock: Home Assistant's where the cloud tells none."""
        return self.zones.get(lock_id) or dt_util.get_default_time_zone()

    def moment(self, time: datetime | None, lock_id: str) -> datetime | None:
        """Return a time of the cloud: by the lock's clock where it carries no offset."""
        return time.replace(tzinfo=self.zone(lock_id)) if time and not time.tzinfo else time

    @override
    async def _async_read(self, now: datetime) -> LocksRecord:
        found = await self.account.client.locks()
        self._note_overflow(len(found.locks))
        record = merged(self.data, found, now)
        await self.async_load_zones(record)
        self.account.store.set_locks(record)
        return record

    def _note_overflow(self, count: int) -> None:
        """Name it in the log, once, when there are more locks than are followed."""
        if count > MAX_LOCKS and not self._overflows:
            _LOGGER.warning("%s: of %s locks only %s are followed", self.name, count, MAX_LOCKS)
        self._overflows = count > MAX_LOCKS

    async def async_load_zones(self, record: LocksRecord) -> None:
        """Look up the zones of the locks: by name or, where that is none, by the offset.

        An offset knows no summer time, so a lock that has only that is named in the log, once.
        """
        named = {
            name: await async_named_zone(name) for name in {lock.time_zone for lock in record.locks}
        }
        for lock in record.locks:
            if zone := named[lock.time_zone]:
                self.zones[lock.lock_id] = zone
            elif offset := offset_clock(lock.time_zone_offset):
                if self.zones.get(lock.lock_id) != offset:
                    _LOGGER.warning(
                        "The time zone %r of %s is not known: its offset %s is used instead,"
                        " so codes may be an hour off once its clock changes",
                        lock.time_zone,
                        lock.name or lock.lock_id,
                        lock.time_zone_offset,
                    )
                self.zones[lock.lock_id] = offset


def merged(known: LocksRecord | None, found: LockList, now: datetime) -> LocksRecord:
    """Return the locks to keep after a read.

    A lock goes only when two complete lists in a row are without it: the cloud was seen to answer
    "no locks" in four ways, and a lock's device is not to be lost to a hiccup. A list of more than
    MAX_LOCKS is not complete: the locks that are known stay, and of the new ones the first come.
    """
    locks = {lock.lock_id: lock for lock in known.locks} if known else {}
    present = {lock.lock_id: lock for lock in found.locks}
    missing = known.missing if known else frozenset[str]()
    if found.complete and len(found.locks) <= MAX_LOCKS:
        absent = locks.keys() - present.keys()
        locks = {key: lock for key, lock in locks.items() if key not in absent & missing}
        missing = frozenset(absent - missing)
    else:
        missing -= present.keys()
    return LocksRecord(now, tuple((locks | present).values())[:MAX_LOCKS], missing)


class ActivityCoordinator(ReadCoordinator[ActivityRecord]):
    """The audit of one lock."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        account: CodelocksData,
        lock_id: str,
    ) -> None:
        """Start with what is stored of the lock."""
        read, stored = Read(ReadKind.ACTIVITY, lock_id), account.store.activity(lock_id)
        super().__init__(hass, entry, account, read, stored)
        self.lock_id = lock_id
        self.has_consumer = False
        """Whether an event entity tells the news; without one there is none to keep them for."""

    def moment(self, entry: AuditEntry) -> datetime | None:
        """Return when an entry was made."""
        return self.account.locks.moment(entry.time, self.lock_id)

    def _sorting_time(self, entry: AuditEntry) -> datetime | None:
        moment = self.moment(entry)
        return moment and sorting_time(moment)

    @property
    def newest_at(self) -> datetime | None:
        """When the newest entry was made."""
        newest = self._newest([self.data.newest], dt_util.utcnow()) if self.data else None
        return self.moment(newest) if newest else None

    @override
    async def _async_read(self, now: datetime) -> ActivityRecord:
        """Read pages, newest first, until the cursor is met: nothing is skipped."""
        entries: list[AuditEntry] = []
        for page in range(1, MAX_AUDIT_PAGES + 1):
            if page > 1 and not self.may_read_on:
                return self.data  # what was read is not told, so it is read again next month
            found = await self.account.client.audit(
                self.lock_id, page=page, per_page=AUDIT_PAGE, most=MAX_AUDIT_NEWS
            )
            known = set(map(identity, entries))
            entries = [*entries, *found][:MAX_AUDIT_NEWS]
            # The cloud's pages may be shorter than asked for: the end is one that brings no more.
            if self._reached(entries) or known.issuperset(map(identity, found)):
                break
            if page == MAX_AUDIT_PAGES or len(entries) == MAX_AUDIT_NEWS:
                _LOGGER.warning(
                    "%s: only the latest %s of the new entries are told", self.name, len(entries)
                )
                break
        return self._record(entries, now)

    def _reached(self, entries: Sequence[AuditEntry]) -> bool:
        """Return whether there is no news behind these entries."""
        return self.data is None or reaches(self.data.cursor, entries)

    def _record(self, entries: Sequence[AuditEntry], now: datetime) -> ActivityRecord:
        # The cursor of now: a user's own look may have moved it between the pages.
        cursor = self.data.cursor if self.data else None
        found = news(cursor, entries, self._sorting_time)
        self._learn(found.entries, now)
        kept = self.data.waiting if self.data else ()
        record = ActivityRecord(
            now,
            found.cursor,
            self._newest([*entries, self.data.newest if self.data else None], now),
            (*kept, *found.entries) if self.has_consumer else (),
        )
        self.account.store.set_activity(self.lock_id, record)
        self._look_at_clients(found.entries)
        return record

    def _learn(self, entries: Iterable[AuditEntry], now: datetime) -> None:
        """Note how much came since the last read: it tells when to read next."""
        if since := self.read_at:
            times = [self.moment(entry) or since - _UNDATED for entry in entries]
            self.account.store.rates.observe(self.lock_id, since, now, times)

    def _look_at_clients(self, entries: Iterable[AuditEntry]) -> None:
        """Have the clients read, where the news tells of a change since they were."""
        data = self.account
        clients = data.clients.get(self.lock_id)
        if clients is None or clients.attempted_at is None:
            return
        moments = [self.moment(entry) for entry in entries if changes_clients(entry)]
        if any(moment is None or moment > clients.attempted_at for moment in moments):
            data.poller.async_want(clients.read)

    def _newest(self, entries: Iterable[AuditEntry | None], now: datetime) -> AuditEntry | None:
        """Return the newest entry whose time can be right: one of 2034 would be it for years."""
        dated = [
            (moment, entry)
            for entry in entries
            if entry and (moment := self.moment(entry)) and has_been(moment, now)
        ]
        return max(dated, key=lambda pair: pair[0])[1] if dated else None

    @callback
    def forget_consumer(self) -> None:
        """Keep no more news: it would all be told, and be old, should the entity come back."""
        self.has_consumer = False
        self.take_waiting()

    @callback
    def take_waiting(self) -> tuple[AuditEntry, ...]:
        """Return the news, oldest first, to be told now."""
        waiting = self.data.waiting if self.data else ()
        if waiting:
            self.data = replace(self.data, waiting=())
            self.account.store.set_activity(self.lock_id, self.data)
        return waiting

    async def async_get_entries(self, limit: int, order: AuditOrder) -> tuple[AuditEntry, ...]:
        """Read one page for a user; what is news in it is told as after any other read."""
        now = dt_util.utcnow()
        entries = await self.account.client.audit(self.lock_id, per_page=limit, order=order)
        self.account.poller.async_reached(self.read)
        latest = entries[:AUDIT_PAGE]  # as polling would have read them
        if order is AuditOrder.DESCENDING and self._reached(latest):
            self.attempted_at = now
            self.error = None
            self.async_set_updated_data(self._record(latest, now))
        return entries


class ClientsCoordinator(ReadCoordinator[ClientsRecord]):
    """The smart-phone clients of one lock."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        account: CodelocksData,
        lock_id: str,
    ) -> None:
        """Start with what is stored of the lock."""
        read, stored = Read(ReadKind.CLIENTS, lock_id), account.store.clients(lock_id)
        super().__init__(hass, entry, account, read, stored)
        self.lock_id = lock_id
        self._begun = self._ended = 0
        """How many reads began, and which of them the data is of: reads may overlap."""
        self._for_user = 0
        """How many reads go on that a user asked for."""

    def find(self, email: str) -> Client | None:
        """Return a client as last read, by an e-mail address in any case."""
        return self.data.by_email.get(email.lower()) if self.data else None

    @property
    def is_fresh(self) -> bool:
        """Whether the clients were read so lately that a new read would hardly tell more."""
        age = dt_util.utcnow() - self.data.read_at if self.data else MIN_READ_INTERVAL
        return timedelta() <= age < MIN_READ_INTERVAL

    @override
    async def _async_read(self, now: datetime) -> ClientsRecord:
        self._begun = turn = self._begun + 1
        record = ClientsRecord(
            now, await self.account.client.clients(self.lock_id, self._before_another)
        )
        if turn < self._ended:  # one that began later was quicker, and knows better
            return self.data
        self._ended = turn
        self.account.store.set_clients(self.lock_id, record)
        return record

    def _before_another(self) -> None:
        """Raise where polling may not read another page; what is not known is unavailable."""
        if not (self._for_user or self.may_read_on):
            raise UpdateFailed(**translated("polling_budget_spent"))

    @contextmanager
    def _using_the_reserve(self) -> Iterator[None]:
        """Let all pages be read, since a user asked."""
        self._for_user += 1
        try:
            yield
        finally:
            self._for_user -= 1

    async def async_get_clients(self) -> tuple[Client, ...]:
        """Read the clients for a user; errors are the client's own."""
        self.attempted_at = dt_util.utcnow()
        try:
            with self._using_the_reserve():
                record = await self._async_read(self.attempted_at)
        except CodelocksError as err:
            self.error = err
            raise
        self.error = None
        self.account.poller.async_reached(self.read)
        self.async_set_updated_data(record)
        return record.clients

    async def async_read_after_write(self) -> bool:
        """Read what a change made of the clients; returns whether it worked.

        What failed is made up for by polling: until then the entities are unavailable.
        """
        before = self.attempted_at
        with self._using_the_reserve():
            await self.async_refresh()
        if self.last_update_success and self.attempted_at is not before:
            return True
        await self.async_request_refresh()
        return False
