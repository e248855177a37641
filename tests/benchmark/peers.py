"""What the account is compared with: a bare coordinator, and two locks of Home Assistant's own.

Their clients answer from memory with records that are ready made: what their libraries take for
requests, JSON and models is not counted, while ours is.
"""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
import logging
import sys
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar, override
from unittest.mock import Mock

from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
    UpdateFailed,
)
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_integration,
    mock_platform,
)

from .measuring import Work

BARE_ENTITIES = 8
"""Of each lock: as many as ours has."""


class Subject(ABC):
    """An integration that is measured, with so many locks."""

    name: ClassVar[str]

    def __init__(self, locks: int) -> None:
        """Take how many locks there are."""
        self.locks = locks
        self.number = 0
        """Of the news: what is read changes with it."""
        self.is_down = False

    @abstractmethod
    def prepare(self, hass: HomeAssistant) -> None:
        """Put what answers in the place of the cloud."""

    @abstractmethod
    def entry(self) -> MockConfigEntry:
        """Return a config entry."""

    @abstractmethod
    def reads(self, entry: MockConfigEntry) -> Iterator[Work]:
        """Yield what reads everything."""

    def news(self) -> None:
        """Let everything change that is read."""
        self.number += 1

    def outage(self, entry: MockConfigEntry) -> Iterator[Work]:
        """Yield the reads by which everything becomes unavailable, or available again."""
        return self.reads(entry)

    async def answer(self) -> int:
        """Return the number of the news, or fail."""
        await asyncio.sleep(0)
        if self.is_down:
            raise UpdateFailed("down")
        return self.number


class _BareSensor(CoordinatorEntity[DataUpdateCoordinator[int]], SensorEntity):
    """A plain sensor."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: DataUpdateCoordinator[int], number: int) -> None:
        """Take the coordinator."""
        super().__init__(coordinator)
        lock, kind = divmod(number, BARE_ENTITIES)
        self._attr_unique_id = f"bare_{number}"
        self._attr_name = f"Bare {kind}"
        self._attr_device_info = DeviceInfo(identifiers={("bare", f"{lock}")}, name=f"Door {lock}")

    @property
    @override
    def native_value(self) -> int:
        """The coordinator's number."""
        return self.coordinator.data


class _BareFlow(ConfigFlow, domain="bare"):
    """What Home Assistant asks for before it sets up an entry."""


class Bare(Subject):
    """The least that an integration is: a coordinator, devices, and sensors that show a number."""

    name = "bare"

    @override
    def prepare(self, hass: HomeAssistant) -> None:
        async def set_up(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
            entry.runtime_data = DataUpdateCoordinator[int](
                hass,
                logging.getLogger("bare"),
                config_entry=entry,
                name="bare",
                update_method=self.answer,
            )
            await entry.runtime_data.async_config_entry_first_refresh()
            await hass.config_entries.async_forward_entry_setups(entry, ["sensor"])
            return True

        async def unload(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
            return await hass.config_entries.async_unload_platforms(entry, ["sensor"])

        async def add(
            _: HomeAssistant, entry: ConfigEntry[Any], add: AddConfigEntryEntitiesCallback
        ) -> None:
            add(_BareSensor(entry.runtime_data, n) for n in range(self.locks * BARE_ENTITIES))

        module = MockModule("bare", async_setup_entry=set_up, async_unload_entry=unload)
        mock_integration(hass, module)
        mock_platform(hass, "bare.sensor", MockPlatform(async_setup_entry=add))
        mock_platform(hass, "bare.config_flow")

    @override
    def entry(self) -> MockConfigEntry:
        return MockConfigEntry(domain="bare")

    @override
    def reads(self, entry: MockConfigEntry) -> Iterator[Work]:
        yield entry.runtime_data.async_refresh


def _module(name: str, **members: Any) -> None:
    """Put a module in the place of a library; what nobody uses here is an empty class."""

    def missing(member: str) -> type:
        if member.startswith("__"):
            raise AttributeError(member)
        return _Errors.setdefault(member, type(member, (Exception,), {}))

    module = ModuleType(name)
    module.__dict__.update(members, __getattr__=missing, __path__=[])
    sys.modules[name] = module


_Errors: dict[str, type] = {}


class _Answering:
    """Whose locks the clients answer for; the integrations import them only once."""

    subject: Subject


class _TedeeState(StrEnum):
    UNCALIBRATED = "uncalibrated"
    CALIBRATING = "calibrating"
    UNLOCKED = "unlocked"
    HALF_OPEN = "half_open"
    UNLOCKING = "unlocking"
    LOCKING = "locking"
    LOCKED = "locked"
    PULLED = "pulled"
    PULLING = "pulling"
    UNKNOWN = "unknown"
    UPDATING = "updating"


class _TedeeDoor(StrEnum):
    NOT_PAIRED = "not_paired"
    DISCONNECTED = "disconnected"
    OPENED = "opened"
    CLOSED = "closed"
    UNCALIBRATED = "uncalibrated"


@dataclass(slots=True)
class _TedeeLock:
    id: int
    name: str
    state: _TedeeState
    battery_level: int
    duration_pullspring: int
    is_charging: bool
    is_enabled_pullspring: bool
    is_connected: bool
    is_jammed: bool
    door_state: _TedeeDoor
    type_name: str = "Tedee PRO"


class Tedee(Subject):
    """Home Assistant's `tedee`."""

    name = "tedee"

    @override
    def prepare(self, hass: HomeAssistant) -> None:
        _Answering.subject = self

        class Client:
            def __init__(self, **_: Any) -> None:
                self.locks_dict: dict[int, _TedeeLock] = {}

            async def get_local_bridge(self) -> Any:
                return SimpleNamespace(serial="0000-0000", name="Bridge")

            async def get_locks(self) -> None:
                number = await _Answering.subject.answer()
                for lock in range(_Answering.subject.locks):
                    self.locks_dict[lock] = _tedee_lock(lock, number)

            sync = get_locks

        _module(
            "aiotedee",
            TedeeLock=_TedeeLock,
            TedeeLockState=_TedeeState,
            TedeeLocalClient=Client,
            TedeeClientException=UpdateFailed,
        )
        _module("aiotedee.exceptions")
        _module("aiotedee.models", TedeeDoorState=_TedeeDoor, TedeeLockState=_TedeeState)
        hass.config.components |= {"http", "webhook"}  # no server is needed
        hass.config.internal_url = "http://127.0.0.1"

    @override
    def entry(self) -> MockConfigEntry:
        data = {"host": "127.0.0.1", "local_access_token": "token", "webhook_id": "id"}
        return MockConfigEntry(domain="tedee", title="tedee", data=data, version=1, minor_version=2)

    @override
    def reads(self, entry: MockConfigEntry) -> Iterator[Work]:
        yield entry.runtime_data.async_refresh


def _tedee_lock(lock: int, number: int) -> _TedeeLock:
    is_odd = bool(number % 2)
    return _TedeeLock(
        id=lock,
        name=f"Door {lock}",
        state=_TedeeState.LOCKED if is_odd else _TedeeState.HALF_OPEN,
        battery_level=number % 100,
        duration_pullspring=number,
        is_charging=is_odd,
        is_enabled_pullspring=is_odd,
        is_connected=True,
        is_jammed=False,
        door_state=_TedeeDoor.OPENED if is_odd else _TedeeDoor.CLOSED,
    )


class _Rule(StrEnum):
    NONE = ""
    KEEP_LOCK = "keep_lock"
    KEEP_UNLOCK = "keep_unlock"
    CUSTOM = "custom"
    RESET = "reset"
    SCHEDULE = "schedule"
    LOCK_EARLY = "lock_early"
    LOCK_NOW = "lock_now"


class _Position(StrEnum):
    OPEN = "open"
    CLOSE = "close"


@dataclass(slots=True)
class _RuleStatus:
    type: _Rule = _Rule.NONE
    ended_time: int = 0


class UnifiAccess(Subject):
    """Home Assistant's `unifi_access`."""

    name = "unifi_access"

    @override
    def prepare(self, hass: HomeAssistant) -> None:
        _Answering.subject = self

        class Client:
            def __init__(self, **_: Any) -> None: ...

            async def authenticate(self) -> None: ...

            async def close(self) -> None: ...

            def start_websocket(self, *_: Any, **__: Any) -> None: ...

            async def get_doors(self) -> list[Any]:
                number = await _Answering.subject.answer()
                return [_unifi_door(door, number) for door in range(_Answering.subject.locks)]

            async def get_emergency_status(self) -> Any:
                is_odd = bool(_Answering.subject.number % 2)
                return SimpleNamespace(evacuation=is_odd, lockdown=is_odd)

            async def get_door_lock_rule(self, _: str) -> _RuleStatus:
                is_odd = bool(_Answering.subject.number % 2)
                rule = _Rule.KEEP_LOCK if is_odd else _Rule.KEEP_UNLOCK
                return _RuleStatus(rule, 1_800_000_000 + _Answering.subject.number * 3600)

        _module(
            "unifi_access_api",
            UnifiAccessApiClient=Client,
            DoorLockRuleStatus=_RuleStatus,
            DoorLockRuleType=_Rule,
            DoorPositionStatus=_Position,
            ApiError=UpdateFailed,
        )
        _module("unifi_access_api.models")
        _module("unifi_access_api.models.websocket")
        hass.config.components |= {"http", "unifi_discovery"}
        hass.http = Mock()

    @override
    def entry(self) -> MockConfigEntry:
        data = {"host": "127.0.0.1", "api_token": "token", "verify_ssl": True}
        return MockConfigEntry(domain="unifi_access", data=data)

    @override
    def reads(self, entry: MockConfigEntry) -> Iterator[Work]:
        yield entry.runtime_data.async_refresh


def _unifi_door(door: int, number: int) -> Any:
    return SimpleNamespace(
        id=f"{door:032x}",
        name=f"Door {door}",
        door_position_status=_Position.OPEN if number % 2 else _Position.CLOSE,
        door_thumbnail=None,
        door_thumbnail_last_update=None,
    )
