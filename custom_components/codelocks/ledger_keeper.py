"""The ledger in Home Assistant: kept on the disk, pruned in time, and followed by entities."""

from datetime import datetime
import logging
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .ledger_store import LedgerStore
from .netcode.ledger import Ledger

_LOGGER = logging.getLogger(__name__)


class LedgerKeeper(DataUpdateCoordinator[Ledger]):
    """The codes of an account. Nothing is read from the cloud, which keeps no record of them."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, store: LedgerStore, history_days: int
    ) -> None:
        """Open the stored ledger."""
        super().__init__(hass, _LOGGER, config_entry=entry, name=f"{entry.title} NetCodes")
        self._store = store
        self._history_days = history_days
        self._started = False
        self._cancel: CALLBACK_TYPE | None = None
        self.data = store.ledger

    @override
    async def _async_update_data(self) -> Ledger:
        return self.data

    @callback
    def async_start(self) -> None:
        """Start erasing codes when they are due."""
        self._started = True
        self._set(self.data.prune(dt_util.utcnow(), self._history_days))

    @callback
    def async_stop(self) -> None:
        """Stop erasing."""
        self._started = False
        self._unschedule()

    async def async_close(self) -> None:
        """Write what may not be written yet."""
        await self._store.async_close()

    @callback
    def _unschedule(self) -> None:
        if self._cancel:
            self._cancel()
            self._cancel = None

    async def async_record(self, ledger: Ledger) -> None:
        """Take over a changed ledger, and write it at once: a code is worth money."""
        self._set(ledger)
        await self._store.async_save()

    @callback
    def _set(self, ledger: Ledger) -> None:
        if ledger is not self.data:
            self._store.set(ledger)
            self.async_set_updated_data(ledger)
        self._schedule()

    @callback
    def _tick(self, now: datetime) -> None:
        """Prune, and tell the entities what began or ended."""
        self._cancel = None
        pruned = self.data.prune(now, self._history_days)
        if pruned is self.data:
            self.async_update_listeners()
        self._set(pruned)

    @callback
    def _schedule(self) -> None:
        """Wake up when a code begins, ends or is to be erased."""
        now = dt_util.utcnow()
        changes = [self.data.next_change(now, owner) for owner in self.data.shelves]
        pruning = self.data.next_erasure(), self.data.next_drop(self._history_days)
        wake = min(filter(None, [*changes, *pruning]), default=None)
        if wake and self._started:
            self._unschedule()
            self._cancel = async_track_point_in_utc_time(self.hass, self._tick, max(wake, now))
