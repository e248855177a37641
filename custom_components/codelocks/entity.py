"""Base classes of the entities, and how entities are added."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import batched
from types import MappingProxyType
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_platforms,
)
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


class CodelocksEntity(Entity):
    """An entity of an account, of one of its locks or of a calendar of bookings.

    An account may have thousands, so what Home Assistant asks for once is made when it asks.
    """

    _attr_has_entity_name = True
    # One for all: Home Assistant would make each entity a dict of its own.
    _attr_translation_placeholders: Mapping[str, str] = MappingProxyType({})
    owner: str
    """A lock id, a subentry id or, for what belongs to the account, the entry id."""

    def _describe(
        self, entry: CodelocksConfigEntry, owner: str, description: EntityDescription
    ) -> None:
        """Take what it is, and of what."""
        self._entry = entry
        self._data: CodelocksData = entry.runtime_data
        self.owner = owner
        self.entity_description = description
        # It is registered before: `device_info` would have it registered once more by each entity.
        self.device_entry = self._data.device(owner)

    @property
    @override
    def unique_id(self) -> str:
        """The account's id, the owner's and the key; the registry keeps it."""
        return unique_id_of(self._entry, self.owner, self.entity_description.key)


class AccountEntity(CodelocksEntity):
    """An entity of the account: its state is local, so it is always available."""

    _attr_should_poll = False

    def __init__(self, entry: CodelocksConfigEntry, description: EntityDescription) -> None:
        """Create an entity of an account."""
        self._describe(entry, entry.entry_id, description)


class LockEntity[C: ReadCoordinator[Any]](CodelocksEntity, CoordinatorEntity[C]):
    """An entity of a K3 lock, fed by one of its coordinators.

    What else it shows, such as whether the account still has the lock, `reading/devices` follows.
    """

    def __init__(self, coordinator: C, lock_id: str, description: EntityDescription) -> None:
        """Create an entity of a K3 lock."""
        super().__init__(coordinator)
        self._describe(coordinator.config_entry, lock_id, description)

    @property
    @override
    def available(self) -> bool:
        """Whether the last read worked, the cloud is reachable, and the account has the lock."""
        return (
            super().available
            and not self._data.poller.is_cut_off
            and self._data.locks.lock(self.owner) is not None
        )


class NetcodeEntity(CodelocksEntity, CoordinatorEntity[LedgerKeeper]):
    """An entity of a K3 lock or KitLock, fed by the ledger, so always available."""

    def __init__(
        self, entry: CodelocksConfigEntry, owner: str, description: EntityDescription
    ) -> None:
        """Create an entity of a lock; `owner` is the lock id or subentry id."""
        super().__init__(entry.runtime_data.ledger_keeper)
        self._describe(entry, owner, description)


class BookingsEntity(CodelocksEntity):
    """An entity of a calendar of bookings: its state is local, so it is always available."""

    _attr_should_poll = False

    def __init__(self, book: GuestBook, description: EntityDescription) -> None:
        """Create an entity of a calendar."""
        self._describe(book.entry, book.subentry_id, description)
        self.book = book

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
        lambda _, lock: [("", partial(entity, lock.lock_id))] if has_it(lock.lock_id) else [],
    )


type Wanted = tuple[str, Callable[[], Entity]]
"""What tells an entity from others of the same lock and kind, and what makes it."""


async def async_add_lock_entities(
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    wanted: Callable[[CodelocksData, Lock], Iterable[Wanted]],
) -> None:
    """Add the entities of all locks, and later those of new locks.

    `wanted` may name more for a lock later on; each is made and added once.
    """
    data = entry.runtime_data
    added: dict[str, tuple[str, ...]] = {}

    def new_entities() -> Iterator[Entity]:
        for gone in added.keys() - data.locks.data.by_id.keys():
            del added[gone]
        for lock in data.locks.data.locks:
            known = added.get(lock.lock_id, ())
            new = [(key, make) for key, make in wanted(data, lock) if key not in known]
            if new:
                added[lock.lock_id] = (*known, *(key for key, _ in new))
                yield from (make() for _, make in new)

    @callback
    def add_new() -> None:
        if new := list(new_entities()):
            async_add_entities(new)

    for batch in batched(new_entities(), BATCH, strict=False):
        async_add_entities(batch)
        await asyncio.sleep(0)
    entry.async_on_unload(data.locks.async_add_listener(add_new))


async def async_remove_entities(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Remove the entities of an account that is being unloaded, in portions.

    Home Assistant would do it in one go, which for 4,000 entities takes a fifth of a second.
    """
    for platform in async_get_platforms(hass, DOMAIN):
        if platform.config_entry is entry:
            for some in batched([*platform.entities.values()], BATCH, strict=False):
                for entity in some:
                    await entity.async_remove()
                await asyncio.sleep(0)
