"""What a loaded entry works with, and the type of the entry."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.helpers import device_registry as dr

from .api import CodelocksClient, Pool
from .const import CONF_ACCESS_KEY, CONF_SPARE_LOCKS, DOMAIN
from .ledger_keeper import LedgerKeeper
from .netcode.kitlock import KitLock
from .polling.call_counter import CallCounter
from .polling.one_question import Questions
from .polling.poller import Poller, Reader
from .polling.quota import Outlook, Quota
from .polling.schedule import Read
from .reading.activity import ActivityCoordinator
from .reading.clients import ClientsCoordinator
from .reading.locks import LocksCoordinator
from .store import EntryStore


def name_of(device: dr.DeviceEntry | dr.ChildDeviceEntry) -> str | None:
    """Return what the device of a lock is called, by people and therefore by us.

    Its own name is the one at Codelocks, which follows the lock list.
    """
    return device.name_by_user or device.name


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

    def lock_name(self, owner: str) -> str:
        """Return the name of a lock: the user's own, or else the one that it has at Codelocks.

        It costs two look-ups in dictionaries.
        """
        if device := self.device(owner):
            return name_of(device) or owner
        if kitlock := self.kitlocks.get(owner):
            return kitlock.name
        lock = self.locks.data.by_id.get(owner)
        return (lock.name if lock else None) or owner

    @property
    def spare_owners(self) -> tuple[str, ...]:
        """The locks for which spare codes are kept."""
        registry = dr.async_get(self.locks.hass)
        devices = map(registry.async_get, self.options[CONF_SPARE_LOCKS])
        owners = (owner for device in devices if device for _, owner in device.identifiers)
        return tuple(
            owner for owner in owners if owner in self.kitlocks or owner in self.locks.data.by_id
        )

    def calls_left(self, pool: Pool, now: datetime) -> int:
        """Return the calls left this month: what everybody is told."""
        return self.quota.left(self.counter.usage, pool, now)

    def outlook(self, pool: Pool, now: datetime) -> Outlook:
        """Return what is to be expected of a pool, by our count and by what the API said."""
        return self.quota.outlook(self.counter.usage, pool, now)

    def resets_at(self, now: datetime) -> datetime:
        """Return when the quota is full again."""
        return self.quota.resets_at(now)

    def refused_until(self, now: datetime) -> datetime:
        """Return until when polling leaves a pool alone that the API says is spent; else `now`."""
        return self.quota.refused_until(self.counter.usage, Pool.UTILITY, now)

    def polling_calls_left(self, now: datetime) -> int:
        """Return the calls that polling may spend until the reset, shared by the key's entries."""
        return self.counter.polling_left(self.quota, now)


type CodelocksConfigEntry = ConfigEntry[CodelocksData]
