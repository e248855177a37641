"""Base classes of the entities, and how entities are added."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .account import CodelocksConfigEntry, CodelocksData
from .api import Lock
from .bookings.following import async_on_bookings, guest_books
from .bookings.guest_book import GuestBook
from .const import DOMAIN, SUBENTRY_BOOKINGS
from .ledger_keeper import LedgerKeeper
from .reading.devices import async_on_kitlocks
from .reading.read_coordinator import ReadCoordinator

BATCH = 25
"""Entities added in one go, so as not to block the loop: each takes a millisecond."""


def unique_id_of(entry: ConfigEntry, owner: str, key: str) -> str:
    """Return an entity's unique id: a lock may be in two accounts, and is an entity of each.

    `owner` is a lock id, a subentry id or, for what belongs to the account, the entry id.
    """
    return f"{entry.entry_id}_{owner}_{key}"


class AccountEntity(Entity):
    """An entity of the account: its state is local, so it is always available."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: CodelocksConfigEntry, description: EntityDescription) -> None:
        """Create an entity of an account."""
        self.entity_description = description
        self._data = entry.runtime_data
        self._attr_unique_id = unique_id_of(entry, entry.entry_id, description.key)
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, entry.entry_id)})


class LockEntity[C: ReadCoordinator[Any]](CoordinatorEntity[C]):
    """An entity of a K3 lock, fed by one of its coordinators."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: C, lock_id: str, description: EntityDescription) -> None:
        """Create an entity of a K3 lock."""
        super().__init__(coordinator)
        self.entity_description = description
        self.lock_id = lock_id
        self._data: CodelocksData = coordinator.config_entry.runtime_data
        self._locks = self._data.locks
        self._attr_unique_id = unique_id_of(coordinator.config_entry, lock_id, description.key)
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, lock_id)})

    @override
    async def async_added_to_hass(self) -> None:
        """Also follow the lock list: it tells whether the account still has the lock."""
        await super().async_added_to_hass()
        if self.coordinator is not self._locks:
            self.async_on_remove(self._locks.async_add_listener(self._handle_coordinator_update))

    @property
    @override
    def available(self) -> bool:
        """Whether the last read worked, the cloud is reachable, and the account has the lock."""
        return (
            super().available
            and not self._data.poller.is_cut_off
            and self._locks.lock(self.lock_id) is not None
        )


class NetcodeEntity(CoordinatorEntity[LedgerKeeper]):
    """An entity of a K3 lock or KitLock, fed by the ledger, so always available."""

    _attr_has_entity_name = True

    def __init__(
        self, entry: CodelocksConfigEntry, owner: str, description: EntityDescription
    ) -> None:
        """Create an entity of a lock; `owner` is the lock id or subentry id."""
        super().__init__(entry.runtime_data.ledger_keeper)
        self.entity_description = description
        self.owner = owner
        self._entry = entry
        self._attr_unique_id = unique_id_of(entry, owner, description.key)
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, owner)})


class BookingsEntity(Entity):
    """An entity of a calendar of bookings: its state is local, so it is always available."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, book: GuestBook, description: EntityDescription) -> None:
        """Create an entity of a calendar."""
        self.entity_description = description
        self.book = book
        self._attr_unique_id = unique_id_of(book.entry, book.subentry_id, description.key)
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, book.subentry_id)})

    @override
    async def async_added_to_hass(self) -> None:
        """Update with each look, and when somebody arrives or departs."""
        await super().async_added_to_hass()
        self.async_on_remove(self.book.async_add_listener(self.async_write_ha_state))


@callback
def async_add_bookings_entities(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entity: Callable[[GuestBook], BookingsEntity],
) -> None:
    """Add an entity for each calendar of bookings, and later for new ones."""
    added: set[GuestBook] = set()

    @callback
    def add_new() -> None:
        books = guest_books(hass, entry)
        added.intersection_update(books)
        for book in books:
            if book not in added and book.subentry.subentry_type == SUBENTRY_BOOKINGS:
                added.add(book)
                async_add_entities([entity(book)], config_subentry_id=book.subentry_id)

    add_new()
    entry.async_on_unload(async_on_bookings(hass, entry, add_new))


async def async_add_netcode_entities(
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entity: Callable[[str], NetcodeEntity],
    has_it: Callable[[str], bool] = lambda _: True,
) -> None:
    """Add an entity for each lock that codes can be made for, or has it, and later for new ones."""
    data = entry.runtime_data
    added: set[str] = set()

    @callback
    def add_new() -> None:
        added.intersection_update(data.kitlocks)
        for subentry_id in filter(has_it, data.kitlocks):
            if subentry_id not in added:
                added.add(subentry_id)
                async_add_entities([entity(subentry_id)], config_subentry_id=subentry_id)

    add_new()
    entry.async_on_unload(async_on_kitlocks(data.locks.hass, entry, add_new))
    await async_add_lock_entities(
        entry,
        async_add_entities,
        lambda _, lock: [entity(lock.lock_id)] if has_it(lock.lock_id) else [],
    )


async def async_add_lock_entities(
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities: Callable[[CodelocksData, Lock], Iterable[Entity]],
) -> None:
    """Add the entities of all locks, and later those of new locks.

    `entities` may return more for a lock later on; each unique id is added once.
    """
    data = entry.runtime_data
    added: dict[str, set[str | None]] = {}

    def new_entities() -> Iterator[Entity]:
        for gone in added.keys() - data.locks.data.by_id.keys():
            del added[gone]
        for lock in data.locks.data.locks:
            unique_ids = added.setdefault(lock.lock_id, set())
            new = [entity for entity in entities(data, lock) if entity.unique_id not in unique_ids]
            unique_ids |= {entity.unique_id for entity in new}
            yield from new

    @callback
    def add_new() -> None:
        if new := list(new_entities()):
            async_add_entities(new)

    for batch in batched(new_entities(), BATCH, strict=False):
        async_add_entities(batch)
        await asyncio.sleep(0)
    entry.async_on_unload(data.locks.async_add_listener(add_new))
