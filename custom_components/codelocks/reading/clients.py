"""The coordinator of one lock's smart-phone clients."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import Client, CodelocksError
from ..const import MIN_READ_INTERVAL
from ..errors import translated
from ..polling.schedule import Read, ReadKind
from .read_coordinator import PolledAccount, ReadCoordinator
from .records import ClientsRecord


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
