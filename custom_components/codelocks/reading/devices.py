"""The devices: one for the account, and one for each lock, as locks are added and removed."""

import asyncio
from collections.abc import Callable
from datetime import tzinfo
from itertools import batched

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.dispatcher import (
    async_dispatcher_connect,
    async_dispatcher_send,
)

from ..account import CodelocksConfigEntry
from ..api import Lock
from ..const import (
    CONF_SPARE_LOCKS,
    CONF_TRACK_ACTIVITY,
    CONF_TRACK_CLIENTS,
    DOMAIN,
    SUBENTRY_KITLOCK,
)
from ..netcode.kitlock import KitLock, zone_of_clock
from ..time_zones import async_named_zone
from .activity import ActivityCoordinator
from .clients import ClientsCoordinator

MANUFACTURER = "Codelocks"
_SIGNAL = f"{DOMAIN}_kitlocks_{{}}"
"""Sent when the KitLocks of an account, whose entry id it names, have changed."""
MET_AT_ONCE = 50
"""Locks whose devices are registered before others get a turn: 50 take about 20 ms."""
TOLD_AT_ONCE = 50
"""Locks whose entities are written before others get a turn: 50 take about 5 ms."""


@callback
def async_add_account(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Register the account's device, the parent of the locks' devices."""
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, entry.entry_id)},
        entry_type=dr.DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="Connect API",
        name=entry.title,
    )


async def async_load_kitlocks(entry: CodelocksConfigEntry) -> dict[str, KitLock]:
    """Return the KitLocks of an account, with their clocks."""
    kitlocks = {}
    for subentry in entry.get_subentries_of_type(SUBENTRY_KITLOCK):
        zone = await async_named_zone(zone_of_clock(subentry.data))
        kitlocks[subentry.subentry_id] = KitLock.from_data(
            subentry.subentry_id, subentry.title, subentry.data, zone
        )
    return kitlocks


async def async_follow_kitlocks(hass: HomeAssistant, entry: CodelocksConfigEntry) -> bool:
    """Take over added, changed and removed KitLocks; returns whether the account still runs.

    Home Assistant itself removes the device and entities of a removed subentry.
    """
    kitlocks = await async_load_kitlocks(entry)
    if entry.state is not ConfigEntryState.LOADED:
        return False
    entry.runtime_data.kitlocks = {
        subentry_id: kitlock
        for subentry_id, kitlock in kitlocks.items()
        if subentry_id in entry.subentries
    }
    async_add_kitlocks(hass, entry)
    async_dispatcher_send(hass, _SIGNAL.format(entry.entry_id))
    return True


@callback
def async_on_kitlocks(
    hass: HomeAssistant, entry: CodelocksConfigEntry, listener: CALLBACK_TYPE
) -> CALLBACK_TYPE:
    """Call a listener each time KitLocks were added, changed or removed."""
    return async_dispatcher_connect(hass, _SIGNAL.format(entry.entry_id), listener)


_NAMES = {"name", "name_by_user"}


@callback
def async_on_renamed(
    hass: HomeAssistant, entry: CodelocksConfigEntry, listener: Callable[[str], None]
) -> CALLBACK_TYPE:
    """Call a listener with each lock of an account that gets another name, at Codelocks or here."""

    @callback
    def is_renaming(changed: dr.EventDeviceRegistryUpdatedData) -> bool:
        return changed["action"] == "update" and not _NAMES.isdisjoint(changed["changes"])

    @callback
    def renamed(event: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
        device = dr.async_get(hass).async_get(event.data["device_id"])
        if device and device.config_entry_id == entry.entry_id:
            owners = {owner for domain, owner in device.identifiers if domain == DOMAIN}
            for owner in owners - {entry.entry_id}:
                listener(owner)

    return hass.bus.async_listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, renamed, is_renaming)


@callback
def async_add_kitlocks(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Register the KitLocks' devices."""
    for kitlock in entry.runtime_data.kitlocks.values():
        dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id,
            config_subentry_id=kitlock.subentry_id,
            identifiers={(DOMAIN, kitlock.subentry_id)},
            manufacturer=MANUFACTURER,
            model=kitlock.model,
            name=kitlock.name,
            via_device_id=_account_device_id(hass, entry),
        )


@callback
def anonymous_id(entry: CodelocksConfigEntry, owner: str) -> str:
    """Return a stand-in for a lock's id where that must not be seen: the random id of its device.

    A hash of the lock id would not do: a serial number has few digits and is soon guessed.
    """
    device = entry.runtime_data.device(owner)
    return device.id if device else "unknown"


def _account_device_id(hass: HomeAssistant, entry: CodelocksConfigEntry) -> str:
    return dr.async_get_device_id_by_identifier(
        hass, (DOMAIN, entry.entry_id), config_entry_id=entry.entry_id
    )


async def async_follow_locks(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Keep devices and coordinators in step with the lock list.

    Call it before the platforms are set up: their listeners rely on what this one did.
    """
    data = entry.runtime_data
    followed = _FollowedLocks(hass, entry)
    for some in batched(data.locks.data.locks, MET_AT_ONCE, strict=False):
        for lock in some:
            followed.meet(lock)
        await asyncio.sleep(0)  # others get a turn
    entry.async_on_unload(data.locks.async_add_listener(followed.follow))


class _FollowedLocks:
    """The locks of an account, as they were last taken over from the list."""

    def __init__(self, hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
        """Begin with none."""
        self._hass = hass
        self._entry = entry
        self._data = entry.runtime_data
        self._known: dict[str, tuple[Lock, tuple[bool, tzinfo]]] = {}
        """Each lock, and what all its entities show: whether it is there, and its clock."""

    def meet(self, lock: Lock) -> bool:
        """Take over what the list says; returns whether entities fed by other reads show it."""
        locks = self._data.locks
        before, shown = self._known.get(lock.lock_id, (None, None))
        now = (locks.lock(lock.lock_id) is not None, locks.zone(lock.lock_id))
        self._known[lock.lock_id] = (lock, now)
        if before is None:
            _add_coordinators(self._hass, self._entry, lock.lock_id)
        if before is None or _of_device(before) != _of_device(lock):
            _register(self._hass, self._entry, lock)
        return before is not None and shown != now

    @callback
    def follow(self) -> None:
        """Take over a new list."""
        locks = self._data.locks.data
        for lock_id in self._known.keys() - locks.by_id.keys():
            del self._known[lock_id]
            _remove(self._hass, self._entry, lock_id)
        if changed := [lock.lock_id for lock in locks.locks if self.meet(lock)]:
            name = f"{self._entry.title} locks"
            self._entry.async_create_task(self._hass, self._async_tell(changed), name)

    async def _async_tell(self, lock_ids: list[str]) -> None:
        """Have the entities written that are fed by other reads; the list's own already are."""
        for some in batched(lock_ids, TOLD_AT_ONCE, strict=False):
            for lock_id in some:
                for readers in (self._data.activity, self._data.clients):
                    if reader := readers.get(lock_id):
                        reader.async_update_listeners()
            await asyncio.sleep(0)  # others get a turn


def _of_device(lock: Lock) -> tuple[str | None, ...]:
    """Return what the device of a lock shows."""
    return lock.name, lock.manufacturer, lock.model, lock.firmware_version


UNTRACKED = {
    CONF_TRACK_ACTIVITY: ("activity", "last_activity"),
    CONF_TRACK_CLIENTS: ("active_clients", "suspended_clients"),
}
"""The entities that are removed when an option is turned off."""


@callback
def async_remove_untracked(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Remove the entities of what is no longer followed."""
    options = entry.runtime_data.options
    keys = {key for option, keys in UNTRACKED.items() if not options[option] for key in keys}
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        is_unchosen = (
            entity.translation_key == "spare_until"
            and entity.device_id not in options[CONF_SPARE_LOCKS]
        )
        if is_unchosen or entity.translation_key in keys:
            registry.async_remove(entity.entity_id)


def _register(hass: HomeAssistant, entry: CodelocksConfigEntry, lock: Lock) -> None:
    registry = dr.async_get(hass)
    registry.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, lock.lock_id)},
        manufacturer=lock.manufacturer or MANUFACTURER,
        model=lock.model,
        name=lock.name or lock.lock_id,
        serial_number=lock.lock_id,
        sw_version=lock.firmware_version,
        via_device_id=_account_device_id(hass, entry),
    )


def _add_coordinators(hass: HomeAssistant, entry: CodelocksConfigEntry, lock_id: str) -> None:
    data = entry.runtime_data
    if data.options[CONF_TRACK_ACTIVITY]:
        data.activity[lock_id] = ActivityCoordinator(hass, entry, data, lock_id)
    if data.options[CONF_TRACK_CLIENTS]:
        data.clients[lock_id] = ClientsCoordinator(hass, entry, data, lock_id)


def _remove(hass: HomeAssistant, entry: CodelocksConfigEntry, lock_id: str) -> None:
    """Forget a lock that left the account; its entities are removed with the device."""
    data = entry.runtime_data
    data.activity.pop(lock_id, None)
    data.clients.pop(lock_id, None)
    data.store.forget_lock(lock_id)
    if device := data.device(lock_id):
        dr.async_get(hass).async_remove_device(device.id)
