"""Sensors: calls left, batteries, the newest activity, counts of clients, the next arrival."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, override

from homeassistant.components.sensor import (
    DOMAIN as SENSOR_DOMAIN,
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_utc_time_change
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry, CodelocksData
from .api import Client, Lock, Pool
from .const import DOMAIN, MAX_STATE
from .entity import (
    AccountEntity,
    BookingsEntity,
    LockEntity,
    NetcodeEntity,
    Wanted,
    async_add_bookings_entities,
    async_add_lock_entities,
    async_add_netcode_entities,
    unique_id_of,
)
from .issuing.spares import spare
from .reading.activity import ActivityCoordinator
from .reading.clients import ClientsCoordinator
from .reading.locks import LocksCoordinator
from .reading.records import ClientsRecord

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class CallsSensorDescription(SensorEntityDescription):
    """A count of calls."""

    value_fn: Callable[[CodelocksData, datetime], int]
    attributes_fn: Callable[[CodelocksData, datetime], dict[str, Any]] = lambda _, __: {}


@dataclass(frozen=True, kw_only=True)
class LockSensorDescription(SensorEntityDescription):
    """A sensor fed by the lock list."""

    value_fn: Callable[[LocksCoordinator, Lock], str | int | datetime | None]
    has_fn: Callable[[Lock], bool] = lambda _: True


@dataclass(frozen=True, kw_only=True)
class ClientsSensorDescription(SensorEntityDescription):
    """A count of a lock's smart-phone clients."""

    counts_fn: Callable[[Client], bool]
    attributes_fn: Callable[[ClientsRecord], dict[str, int]] = lambda _: {}


def _left(pool: Pool, key: str) -> CallsSensorDescription:
    return CallsSensorDescription(
        key=key,
        translation_key=key,
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda data, now: data.calls_left(pool, now),
        attributes_fn=lambda data, now: {
            "used": data.quota.used(data.counter.usage, pool, now),
            "quota": data.quota.calls[pool],
            "resets_at": data.quota.resets_at(now).isoformat(),
        },
    )


CALLS_SENSORS = (
    _left(Pool.UTILITY, "utility_calls_left"),
    _left(Pool.NETCODE, "netcode_calls_left"),
    CallsSensorDescription(
        key="utility_forecast",
        translation_key="utility_forecast",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda data, now: data.quota.forecast(data.counter.usage, Pool.UTILITY, now),
    ),
)

LOCK_SENSORS = (
    LockSensorDescription(
        key="battery_status",
        translation_key="battery_status",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda _, lock: _battery_status(lock),
    ),
    LockSensorDescription(
        key="battery",
        translation_key="battery",
        device_class=SensorDeviceClass.BATTERY,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda _, lock: lock.battery_percent,
        has_fn=lambda lock: lock.battery_percent is not None,
    ),
    LockSensorDescription(
        key="battery_updated",
        translation_key="battery_updated",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda locks, lock: locks.moment(lock.battery_updated, lock.lock_id),
    ),
)

LAST_ACTIVITY = SensorEntityDescription(
    key="last_activity",
    translation_key="last_activity",
    device_class=SensorDeviceClass.TIMESTAMP,
)

CLIENTS_SENSORS = (
    ClientsSensorDescription(
        key="active_clients",
        translation_key="active_clients",
        state_class=SensorStateClass.MEASUREMENT,
        counts_fn=lambda client: client.active is True,
        attributes_fn=lambda record: {
            "invited": sum(client.invited for client in record.clients),
        },
    ),
    ClientsSensorDescription(
        key="suspended_clients",
        translation_key="suspended_clients",
        state_class=SensorStateClass.MEASUREMENT,
        counts_fn=lambda client: client.active is False,
    ),
)


SPARE_UNTIL = SensorEntityDescription(
    key="spare_until",
    translation_key="spare_until",
    device_class=SensorDeviceClass.TIMESTAMP,
    entity_category=EntityCategory.DIAGNOSTIC,
)

NEXT_ARRIVAL = SensorEntityDescription(
    key="next_arrival",
    translation_key="next_arrival",
    device_class=SensorDeviceClass.TIMESTAMP,
)

ACTIVE_NETCODES = SensorEntityDescription(
    key="active_netcodes",
    translation_key="active_netcodes",
    state_class=SensorStateClass.MEASUREMENT,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors."""
    async_add_entities(CallsSensor(entry, description) for description in CALLS_SENSORS)
    registry = er.async_get(hass)
    await async_add_lock_entities(
        entry, async_add_entities, lambda data, lock: _lock_sensors(registry, data, lock)
    )
    await async_add_netcode_entities(
        entry,
        async_add_entities,
        lambda owner: ActiveNetcodesSensor(entry, owner, ACTIVE_NETCODES),
    )
    await async_add_netcode_entities(
        entry,
        async_add_entities,
        lambda owner: SpareUntilSensor(entry, owner, SPARE_UNTIL),
        lambda owner: owner in entry.runtime_data.spare_owners,
    )
    async_add_bookings_entities(
        hass, entry, async_add_entities, lambda book: NextArrivalSensor(book, NEXT_ARRIVAL)
    )


def _lock_sensors(registry: er.EntityRegistry, data: CodelocksData, lock: Lock) -> Iterator[Wanted]:
    lock_id, entry = lock.lock_id, data.locks.config_entry
    for of_lock in LOCK_SENSORS:
        # Keep a sensor that exists, even if the lock reports no value after a restart.
        if of_lock.has_fn(lock) or registry.async_get_entity_id(
            SENSOR_DOMAIN, DOMAIN, unique_id_of(entry, lock_id, of_lock.key)
        ):
            yield of_lock.key, partial(LockSensor, data.locks, lock_id, of_lock)
    if activity := data.activity.get(lock_id):
        yield LAST_ACTIVITY.key, partial(LastActivitySensor, activity, lock_id, LAST_ACTIVITY)
    if clients := data.clients.get(lock_id):
        for of_clients in CLIENTS_SENSORS:
            yield of_clients.key, partial(ClientsSensor, clients, lock_id, of_clients)


def _battery_status(lock: Lock) -> str | None:
    """Return the battery's status as reported, in lower case; None if unknown."""
    status = (lock.battery_status or "").lower()
    return None if status in ("", "unknown") else status[:MAX_STATE]


class CallsSensor(AccountEntity, SensorEntity):
    """A count of calls."""

    entity_description: CallsSensorDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Update with each call, and at midnight UTC, when a new month may begin."""
        self.async_on_remove(self._data.counter.async_add_listener(self.async_write_ha_state))

        @callback
        def turn(_: datetime) -> None:
            self.async_write_ha_state()

        self.async_on_remove(
            async_track_utc_time_change(self.hass, turn, hour=0, minute=0, second=0)
        )

    @property
    @override
    def native_value(self) -> int:
        """The calls."""
        return self.entity_description.value_fn(self._data, dt_util.utcnow())

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """The numbers behind the count."""
        return self.entity_description.attributes_fn(self._data, dt_util.utcnow())


class LockSensor(LockEntity[LocksCoordinator], SensorEntity):
    """A sensor fed by the lock list."""

    entity_description: LockSensorDescription

    @property
    @override
    def native_value(self) -> str | int | datetime | None:
        """The state."""
        lock = self.coordinator.lock(self.owner)
        return self.entity_description.value_fn(self.coordinator, lock) if lock else None


class LastActivitySensor(LockEntity[ActivityCoordinator], SensorEntity):
    """The time of the newest entry of a lock's audit."""

    @property
    @override
    def native_value(self) -> datetime | None:
        """The time."""
        return self.coordinator.newest_at

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | None]:
        """The same time by the clocks at the lock."""
        moment = self.coordinator.newest_at
        return {"time": moment.isoformat() if moment else None}


class ClientsSensor(LockEntity[ClientsCoordinator], SensorEntity):
    """The number of active or of suspended clients."""

    entity_description: ClientsSensorDescription

    @property
    @override
    def native_value(self) -> int | None:
        """The number of clients."""
        if self.coordinator.data is None:
            return None
        return sum(map(self.entity_description.counts_fn, self.coordinator.data.clients))

    @property
    @override
    def extra_state_attributes(self) -> dict[str, int]:
        """How many have not accepted their invitation."""
        known = self.coordinator.data
        return {} if known is None else self.entity_description.attributes_fn(known)


class ActiveNetcodesSensor(NetcodeEntity, SensorEntity):
    """The number of codes that open a lock now, including withdrawn ones."""

    @property
    @override
    def native_value(self) -> int:
        """The number of codes."""
        return self.coordinator.data.active_codes(dt_util.utcnow(), self.owner)


class SpareUntilSensor(NetcodeEntity, SensorEntity):
    """The end of the spare code that is kept for a lock."""

    @property
    @override
    def native_value(self) -> datetime | None:
        """The end; unknown while there is no spare."""
        found = spare(self._entry, self.owner, dt_util.utcnow())
        return found.end if found else None


class NextArrivalSensor(BookingsEntity, SensorEntity):
    """The arrival of the next guest."""

    @property
    @override
    def native_value(self) -> datetime | None:
        """The arrival; unknown if nobody comes soon, or the calendar was not read."""
        arrivals = self.book.arrivals
        return arrivals.next_arrival(dt_util.utcnow()) if arrivals else None
