"""The coordinator of the lock list."""

from datetime import datetime, tzinfo
import logging
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..api import Lock
from ..const import MAX_LOCKS
from ..netcode.clocks import offset_clock
from ..polling.schedule import Read, ReadKind
from ..time_zones import async_named_zone
from .lock_list import merged
from .newcomers import Newcomers
from .read_coordinator import PolledAccount, ReadCoordinator
from .records import LocksRecord
from .unknown_words import BATTERY, note_unknown, unknown_batteries

_LOGGER = logging.getLogger(__name__)


class LocksCoordinator(ReadCoordinator[LocksRecord]):
    """The locks of the account, with their batteries: one call for all."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, account: PolledAccount) -> None:
        """Start with the stored list."""
        super().__init__(hass, entry, account, Read(ReadKind.LOCKS), account.store.locks)
        self.zones: dict[str, tzinfo] = {}
        self._newcomers = Newcomers()
        self._overflows = False
        """Whether the last list had more locks than we follow."""

    def lock(self, lock_id: str) -> Lock | None:
        """Return a lock that the last complete list had."""
        if self.data is None or lock_id in self.data.missing:
            return None
        return self.data.by_id.get(lock_id)

    def zone(self, lock_id: str) -> tzinfo:
        """Return the zone of a lock's clock: Home Assistant's where the cloud tells none."""
        return self.zones.get(lock_id) or dt_util.get_default_time_zone()

    def moment(self, time: datetime | None, lock_id: str) -> datetime | None:
        """Return a time from the cloud: by the lock's clock if it has no offset."""
        return time.replace(tzinfo=self.zone(lock_id)) if time and not time.tzinfo else time

    @override
    async def _async_read(self, now: datetime) -> LocksRecord:
        found = await self.account.client.locks()
        self._note_overflow(len(found.locks) + found.left_out)
        note_unknown(self.account.store, BATTERY, unknown_batteries(found.locks))
        found = self._newcomers.admit(self.data.by_id if self.data else None, found, now)
        record = merged(self.data, found, now, MAX_LOCKS)
        await self.async_load_zones(record)
        self.account.store.set_locks(record)
        return record

    def _note_overflow(self, count: int) -> None:
        """Log once that there are more locks than we follow."""
        if count > MAX_LOCKS and not self._overflows:
            _LOGGER.warning("%s: of %s locks only %s are followed", self.name, count, MAX_LOCKS)
        self._overflows = count > MAX_LOCKS

    async def async_load_zones(self, record: LocksRecord) -> None:
        """Look up the zones of the locks: by name or, if that is not known, by the offset.

        An offset knows no summer time, so a lock that has only an offset is logged once.
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
            else:
                self.zones.pop(lock.lock_id, None)
