"""The coordinator of one lock's smart-phone clients."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import Client, CodelocksError
from ..const import MIN_READ_INTERVAL
from ..errors import translated
from ..polling.schedule import Read, ReadKind
from ..wall_clock import fresh
from .read_coordinator import PolledAccount, ReadCoordinator
from .records import ClientsRecord
from .unknown_words import CLIENT_STATUS, note_unknown, unknown_statuses


class ClientsCoordinator(ReadCoordinator[ClientsRecord]):
    """The smart-phone clients of one lock."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        account: PolledAccount,
        lock_id: str,
    ) -> None:
        """Start with what is stored of the lock."""
        read, stored = Read(ReadKind.CLIENTS, lock_id), account.store.clients(lock_id)
        super().__init__(hass, entry, account, read, stored)
        self._begun = self._ended = 0
        """How many reads began, and which of them the data came from: reads may overlap."""
        self._for_user = 0
        """How many reads for a user are under way."""

    def find(self, email: str) -> Client | None:
        """Return a client as last read, by an e-mail address in any case."""
        return self.data.by_email.get(email.lower()) if self.data else None

    @property
    def is_fresh(self) -> bool:
        """Whether the clients were read so recently that a new read would hardly tell more."""
        now = dt_util.utcnow()
        return self.data is not None and fresh(self.data.read_at, now, MIN_READ_INTERVAL)

    @override
    async def _async_read(self, now: datetime) -> ClientsRecord:
        self._begun = turn = self._begun + 1
        record = ClientsRecord(
            now, await self.account.client.clients(self.lock_id, self._before_another)
        )
        note_unknown(self.account.store, CLIENT_STATUS, unknown_statuses(record.clients))
        if turn < self._ended:  # one that began later was quicker, and knows better
            return self.data
        self._ended = turn
        self.account.store.set_clients(self.lock_id, record)
        return record

    def _before_another(self) -> None:
        """Raise if polling may not read another page: the entities are unavailable then."""
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
        now = dt_util.utcnow()
        self.note_attempt(now)
        try:
            with self._using_the_reserve():
                record = await self._async_read(now)
        except CodelocksError as err:
            self.error = err
            raise
        self.error = None
        self.account.poller.async_reached(self.read)
        self.async_set_updated_data(record)
        return record.clients

    async def async_read_after_write(self) -> bool:
        """Read what a change made of the clients; returns whether it worked.

        If it fails, polling reads them later: until then the entities are unavailable.
        """
        before = self.attempted_at
        with self._using_the_reserve():
            await self.async_refresh()
        if self.last_update_success and self.attempted_at is not before:
            return True
        await self.async_request_refresh()
        return False
