"""The ledger in Home Assistant: kept on the disk, pruned in time, and followed by entities."""

from datetime import UTC, datetime, timedelta
import logging
from typing import Protocol, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .ledger_store import LedgerStore
from .netcode.ledger import Ledger

_LOGGER = logging.getLogger(__name__)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Clock(Protocol):
    """What is known of Home Assistant's clock."""

    @property
    def look_at_clock(self) -> timedelta:
        """When to look at it again at the latest."""

    def trusted_time(self, now: datetime) -> datetime | None:
        """Return the time by which something may be forgotten; `now` is what it says."""

    def trust_unless_known(self, at: datetime) -> None:
        """Take a moment at which it was right, if none is known."""


class LedgerKeeper(DataUpdateCoordinator[Ledger]):
    """The codes of an account. Nothing is read from the cloud, which keeps no record of them."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        store: LedgerStore,
        history_days: int,
        clock: Clock,
    ) -> None:
        """Open the stored ledger."""
        super().__init__(hass, _LOGGER, config_entry=entry, name=f"{entry.title} NetCodes")
        self._store = store
        self._history_days = history_days
        self._clock = clock
        self._told_at = dt_util.utcnow()
        """Of which time the entities show the codes."""
        self._started = False
        self._cancel: CALLBACK_TYPE | None = None
        self.data = store.ledger
        if newest := max((row.issued_at for row in self.data.rows()), default=None):
            clock.trust_unless_known(newest)

    @override
    async def _async_update_data(self) -> Ledger:
        return self.data

    @callback
    def async_start(self) -> None:
        """Start erasing codes when they are due."""
        self._started = True
        self._prune()

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

    async def async_record(self, ledger: Ledger) -> bool:
        """Take over a changed ledger, and write it at once: a code is worth money.

        Returns whether it is on the disk. What is not is written as soon as that works.
        """
        self._set(ledger)
        return await self._store.async_save()

    @callback
    def _set(self, ledger: Ledger) -> None:
        now = dt_util.utcnow()
        if ledger is not self.data:
            self._store.set(ledger)
            self.async_set_updated_data(ledger)
        elif now < self._told_at or self._next_change(self._told_at) <= now:
            self.async_update_listeners()
        self._told_at = now
        self._schedule(now)

    @callback
    def _prune(self) -> None:
        """Drop what is over, by a clock that can be relied on."""
        before, trusted = self.data, self._clock.trusted_time(dt_util.utcnow())
        self._set(before.prune(trusted, self._history_days) if trusted else before)
        if self.data is not before:
            self._store.async_save_soon()

    def _next_change(self, now: datetime) -> datetime:
        """Return when a code begins or ends next."""
        owners = {*self.data.shelves, *self.data.spares}
        changes = (self.data.next_change(now, owner) for owner in owners)
        return min(filter(None, changes), default=_NEVER)

    @callback
    def _tick(self, _: datetime) -> None:
        """Prune, and tell the entities what began or ended."""
        self._cancel = None
        self._prune()

    @callback
    def _schedule(self, now: datetime) -> None:
        """Wake up when a code begins, ends or is to be erased; soon again, to look at the clock."""
        if not self._started:
            return
        erasing = self.data.next_erasure() or _NEVER
        dropping = self.data.next_drop(self._history_days) or _NEVER
        # What is due, but not by a clock to rely on, waits for the next look.
        due = (at for at in (self._next_change(now), erasing, dropping) if at > now)
        wait = min(self._clock.look_at_clock, *(at - now for at in due))
        self._unschedule()
        # Not at a point in time: Home Assistant would wait for that by a clock that was set back.
        self._cancel = async_call_later(self.hass, wait, self._tick)
