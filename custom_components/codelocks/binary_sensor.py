"""Binary sensors: the low battery of a K3 lock, and whether guests stay."""

from functools import partial
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry
from .entity import (
    BookingsEntity,
    LockEntity,
    async_add_bookings_entities,
    async_add_lock_entities,
)
from .reading.battery import battery_low
from .reading.locks import LocksCoordinator

PARALLEL_UPDATES = 0

BATTERY_LOW = BinarySensorEntityDescription(
    key="battery_low",
    translation_key="battery_low",
    device_class=BinarySensorDeviceClass.BATTERY,
    entity_category=EntityCategory.DIAGNOSTIC,
)
OCCUPIED = BinarySensorEntityDescription(
    key="occupied",
    translation_key="occupied",
    device_class=BinarySensorDeviceClass.OCCUPANCY,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors."""
    await async_add_lock_entities(
        entry,
        async_add_entities,
        lambda data, lock: [
            (BATTERY_LOW.key, partial(BatteryLow, data.locks, lock.lock_id, BATTERY_LOW))
        ],
    )
    async_add_bookings_entities(
        hass, entry, async_add_entities, lambda book: Occupied(book, OCCUPIED)
    )


class BatteryLow(LockEntity[LocksCoordinator], BinarySensorEntity):
    """Whether a lock's battery is low."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it is low."""
        lock = self.coordinator.lock(self.owner)
        return battery_low(lock) if lock else None


class Occupied(BookingsEntity, BinarySensorEntity):
    """Whether a guest stays, from arrival to departure."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether a guest stays; unknown until the calendar was read."""
        arrivals = self.book.arrivals
        return arrivals.occupied(dt_util.utcnow()) if arrivals else None
