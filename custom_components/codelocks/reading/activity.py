"""The coordinator of one lock's audit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
import logging
from typing import Protocol, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.util import dt as dt_util
from homeassistant.util.signal_type import SignalType

from ..api import AuditEntry, AuditOrder
from ..const import AUDIT_PAGE, DOMAIN, MAX_AUDIT_NEWS, MAX_AUDIT_PAGES
from ..netcode.clocks import has_been, sorting_time
from ..polling.schedule import Read, ReadKind
from .audit import clients_changed, identity, newest, news, reaches
from .clients import ClientsCoordinator
from .locks import LocksCoordinator
from .read_coordinator import PolledAccount, ReadCoordinator
from .records import ActivityRecord
from .unknown_words import AUDIT, note_unknown, unknown_types

_LOGGER = logging.getLogger(__name__)

_UNDATED = timedelta(minutes=1)
"""An entry without a time is learnt from as one that was uploaded late."""


type News = tuple[tuple[AuditEntry, datetime | None], ...]
"""New entries, oldest first, and when each was made."""

_NEWS: SignalType[str, str, News] = SignalType(f"{DOMAIN}_news")


@callback
def async_on_news(hass: HomeAssistant, listener: Callable[[str, str, News], None]) -> CALLBACK_TYPE:
    """Call a listener with the entry id, the lock id and the news of each lock that has some."""
    return async_dispatcher_connect(hass, _NEWS, listener)


class PolledAccountOfLocks(PolledAccount, Protocol):
    """What an audit is read for: it has clocks of locks, and clients that may have changed."""

    locks: LocksCoordinator
    clients: dict[str, ClientsCoordinator]


class ActivityCoordinator(ReadCoordinator[ActivityRecord]):
    """The audit of one lock."""

    account: PolledAccountOfLocks

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        account: PolledAccountOfLocks,
        lock_id: str,
    ) -> None:
        """Start with what is stored of the lock."""
        read, stored = Read(ReadKind.ACTIVITY, lock_id), account.store.activity(lock_id)
        super().__init__(hass, entry, account, read, stored)
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
        known = self.data.newest if self.data else None
        moment = self.moment(known) if known else None
        return moment if moment and has_been(moment, dt_util.utcnow()) else None

    @override
    async def _async_read(self, now: datetime) -> ActivityRecord:
        """Read pages, newest first, until the cursor is met: nothing is skipped."""
        entries: list[AuditEntry] = []
        for page in range(1, MAX_AUDIT_PAGES + 1):
            if page > 1 and not self.may_read_on:
                return self.data  # what was read is not told, so it is read again next month
            found = await self._async_read_page(page)
            if not found and (page > 1 or self.data is None):
                # The end only if a second reading says so, too: else news behind it would be lost
                # or, at first sight, history be news.
                if not self.may_read_on:
                    return self.data
                found = await self._async_read_page(page)
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

    async def _async_read_page(self, page: int) -> tuple[AuditEntry, ...]:
        """Read one page, with more than was asked for if the cloud says more."""
        return await self.account.client.audit(
            self.lock_id, page=page, per_page=AUDIT_PAGE, most=MAX_AUDIT_NEWS
        )

    def _reached(self, entries: Sequence[AuditEntry]) -> bool:
        """Return whether there is no news behind these entries."""
        return self.data is None or reaches(self.data.cursor, entries)

    def _record(self, entries: Sequence[AuditEntry], now: datetime) -> ActivityRecord:
        # The cursor of now: a user's own look may have moved it between the pages.
        cursor = self.data.cursor if self.data else None
        found = news(cursor, entries, self._sorting_time)
        # What is there at first sight is no news, but its words are as unknown.
        told = found.entries if cursor else entries
        note_unknown(self.account.store, AUDIT, unknown_types(told))
        self._learn(found.entries, now)
        self._announce(found.entries)
        kept = self.data.waiting if self.data else ()
        record = ActivityRecord(
            now,
            found.cursor,
            newest([*entries, self.data.newest if self.data else None], now, self.moment),
            (*kept, *found.entries) if self.has_consumer else (),
        )
        self.account.store.set_activity(self.lock_id, record)
        self._look_at_clients(found.entries)
        return record

    def _announce(self, entries: Iterable[AuditEntry]) -> None:
        """Tell those who listen to news, such as of guests who arrive."""
        if told := tuple((entry, self.moment(entry)) for entry in entries):
            async_dispatcher_send(self.hass, _NEWS, self.config_entry.entry_id, self.lock_id, told)

    def _learn(self, entries: Iterable[AuditEntry], now: datetime) -> None:
        """Note how much came since the last read: it tells when to read next."""
        if since := self.read_at:
            times = [self.moment(entry) or since - _UNDATED for entry in entries]
            self.account.store.rates.observe(self.lock_id, since, now, times)

    def _look_at_clients(self, entries: Iterable[AuditEntry]) -> None:
        """Have the clients read, where the news tells of a change since they were."""
        clients = self.account.clients.get(self.lock_id)
        tried_at = clients.tried_at(dt_util.utcnow()) if clients else None
        if clients and tried_at and clients_changed(entries, tried_at, self.moment):
            self.account.poller.async_want(clients.read)

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
            self.note_attempt(now)
            self.error = None
            self.async_set_updated_data(self._record(latest, now))
        return entries
