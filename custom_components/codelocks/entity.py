"""What the entities have in common."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any, override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .account import CodelocksConfigEntry, CodelocksData
from .api import Lock
from .const import DOMAIN
from .ledger_keeper import LedgerKeeper
from .reading.read_coordinator import ReadCoordinator

ADDED_AT_ONCE = 25
"""Entities that a platform adds before others have their turn: adding one takes a millisecond."""


class AccountEntity(Entity):
    """An entity of the account: known without asking the cloud, so always available."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: CodelocksConfigEntry, description: EntityDescription) -> None:
        """Take the entry and what the entity shows."""
        self.entity_description = description
        self._data = entry.runtime_data
        self._attr_unique_id = f"{entry.entry_id}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, entry.entry_id)})


class LockEntity[C: ReadCoordinator[Any]](CoordinatorEntity[C]):
    """An entity of a K3 lock, fed by one of its coordinators."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: C, lock_id: str, description: EntityDescription) -> None:
        """Take the coordinator, the lock and what the entity shows."""
        super().__init__(coordinator)
        self.entity_description = description
        self.lock_id = lock_id
        self._data: CodelocksData = coordinator.config_entry.runtime_data
        self._locks = self._data.locks
        self._attr_unique_id = f"{lock_id}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, lock_id)})

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the lock list too: it tells whether the account has the lock."""
        await super().async_added_to_hass()
        if self.coordinator is not self._locks:
            self.async_on_remove(self._locks.async_add_listener(self._handle_coordinator_update))

    @property
    @override
    def available(self) -> bool:
        """Whether the last read worked, others work too, and the account has the lock."""
        return (
            super().available
            and not self._data.poller.is_cut_off
            and self._locks.lock(self.lock_id) is not None
        )


class NetcodeEntity(CoordinatorEntity[LedgerKeeper]):
    """An entity of a K3 lock or KitLock, fed by the ledger: always known."""

    _attr_has_entity_name = True

    def __init__(
        self, entry: CodelocksConfigEntry, owner: str, description: EntityDescription
    ) -> None:
        """Take the entry, the lock id or subentry id, and what the entity shows."""
        super().__init__(entry.runtime_data.ledger_keeper)
        self.entity_description = description
        self.owner = owner
        self._entry = entry
        self._attr_unique_id = f"{owner}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, owner)})


async def async_add_netcode_entities(
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entity: Callable[[str], NetcodeEntity],
) -> None:
    """Add an entity for each lock that codes can be made for."""
    for subentry_id in entry.runtime_data.kitlocks:
        async_add_entities([entity(subentry_id)], config_subentry_id=subentry_id)
    await async_add_lock_entities(entry, async_add_entities, lambda _, lock: [entity(lock.lock_id)])


async def async_add_lock_entities(
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities: Callable[[CodelocksData, Lock], Iterable[Entity]],
) -> None:
    """Add the entities of each lock: of those that are there, and of those that come later.

    `entities` may yield more for a lock than before; each unique id is added once.
    """
    data = entry.runtime_data
    added: dict[str, set[str | None]] = {}

    def new() -> Iterator[Entity]:
        for gone in added.keys() - data.locks.data.by_id.keys():
            del added[gone]
        for lock in data.locks.data.locks:
            known = added.setdefault(lock.lock_id, set())
            found = [entity for entity in entities(data, lock) if entity.unique_id not in known]
            known |= {entity.unique_id for entity in found}
            yield from found

    @callback
    def add() -> None:
        if found := list(new()):
            async_add_entities(found)

    for some in batched(new(), ADDED_AT_ONCE, strict=False):
        async_add_entities(some)
        await asyncio.sleep(0)
    entry.async_on_unload(data.locks.async_add_listener(add))
