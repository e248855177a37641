"""Locks as rows for the page: what the registries say of them, and what was read."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import dt as dt_util

from ..account import CodelocksData, name_of
from ..api import AccessType, Client, Lock
from ..clients.active_periods import as_rows
from ..const import DOMAIN
from ..issuing.netcode_lock import NetcodeLock
from ..issuing.rows import iso
from ..netcode.durations import digits
from ..netcode.keypad import Keypad, keypad
from ..netcode.kitlock import ClockProblem
from ..polling.schedule import Read
from ..reading.activity import ActivityCoordinator
from ..reading.audit import event_type, masked
from ..reading.battery import battery_low

type Row = dict[str, Any]

_ENTITIES: Final = {
    ("event", "activity"): "activity",
    ("calendar", "netcodes"): "netcodes",
    ("sensor", "battery"): "battery",
}
"""The entities of a lock that the page asks for, by domain and translation key."""
_CLOCK_PROBLEMS: Final = {ClockProblem.LOST: "lost", ClockProblem.UNKNOWN: "unknown"}
"""The status of a client who has not accepted yet."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockDevice:
    """What the registries say of a lock, whether its account is loaded or not."""

    owner: str
    device_id: str
    calendar: str | None
    """Its calendar, disabled or not: it tells who may use the lock."""
    row: Row


@callback
def lock_devices(hass: HomeAssistant, entry: ConfigEntry) -> list[LockDevice]:
    """Return the devices of an account's locks, but for those that a user turned off."""
    off_with_account = (None, dr.DeviceEntryDisabler.CONFIG_ENTRY)
    return [
        _lock_device(hass, entry, device, owner)
        for device in dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        if device.entry_type is not dr.DeviceEntryType.SERVICE
        and device.disabled_by in off_with_account
        for domain, owner in device.identifiers
        if domain == DOMAIN
    ]


def _lock_device(
    hass: HomeAssistant, entry: ConfigEntry, device: dr.DeviceEntry, owner: str
) -> LockDevice:
    area = ar.async_get(hass).async_get_area(device.area_id) if device.area_id else None
    entities: dict[str, str | None] = dict.fromkeys(_ENTITIES.values())
    calendar = None
    for entity in er.async_entries_for_device(
        er.async_get(hass), device.id, include_disabled_entities=True
    ):
        key = _ENTITIES.get((entity.domain, entity.translation_key or ""))
        if key and entity.config_entry_id == entry.entry_id:
            entities[key] = None if entity.disabled else entity.entity_id
            calendar = entity.entity_id if key == "netcodes" else calendar
    return LockDevice(
        owner=owner,
        device_id=device.id,
        calendar=calendar,
        row={
            "device_id": device.id,
            "entry_id": entry.entry_id,
            "name": name_of(device) or owner,
            "area": area.name if area else None,
            "kind": "kitlock" if owner in entry.subentries else "k3",
            "model": device.model,
            "entities": entities,
        },
    )


def unread(device: LockDevice) -> Row:
    """Return what is known of a lock whose account was not loaded yet."""
    is_kitlock = device.row["kind"] == "kitlock"
    return {
        "digits": None,
        "time_zone": zone_name(dt_util.get_default_time_zone()),
        "battery": None,
        "battery_low": None,
        "clock_problem": None,
        **_NO_NEWS,
        "clients": [] if is_kitlock else None,
        "read_at": None,
        "next_read_at": None,
        "read_calls": 0,
        "spare_until": None,
        "keypad": _keypad_row(Keypad(enter="kitlock" if is_kitlock else "k3"), None),
    }


@dataclass(frozen=True, slots=True)
class AccountView:
    """What is known of an account at a moment: it may be unloaded while its rows are made."""

    data: CodelocksData
    listed: Mapping[str, Lock]
    planned: Mapping[Read, datetime]
    now: datetime

    @classmethod
    def of(cls, data: CodelocksData, now: datetime) -> Self:
        """Look at an account that is loaded."""
        return cls(data, data.locks.data.by_id, data.poller.planned(now), now)


def facts(hass: HomeAssistant, view: AccountView, lock: NetcodeLock, device: LockDevice) -> Row:
    """Return what was read of a lock, or set by hand."""
    problem, spare = lock.clock_problem, view.data.ledger_keeper.data.spares.get(lock.owner)
    return {
        "digits": digits(lock.model),
        "time_zone": zone_name(lock.zone),
        "clock_problem": _CLOCK_PROBLEMS[problem] if problem else None,
        "spare_until": iso(spare.end, lock.zone) if spare else None,
        "keypad": _keypad_row(keypad(lock.model), view.now.astimezone(lock.clock).utcoffset()),
        **(_read(hass, view, lock, device) if lock.is_k3 else _NOT_READ),
    }


_NO_NEWS: Final[Row] = dict.fromkeys(("last_activity", "last_type", "last_text", "last_name"))
_NOT_READ: Final[Row] = {
    "battery": None,
    "battery_low": None,
    **_NO_NEWS,
    "clients": [],
    "read_at": None,
    "next_read_at": None,
    "read_calls": 0,
}
"""Of a KitLock, which has no connection."""


def _read(hass: HomeAssistant, view: AccountView, lock: NetcodeLock, device: LockDevice) -> Row:
    """Return what was read of a K3 lock, and when that is done again."""
    data, listed = view.data, view.listed[lock.owner]
    activity, clients = data.activity.get(lock.owner), data.clients.get(lock.owner)
    followed = activity or clients
    at = followed.attempted_at if followed else None
    soon = view.planned.get(followed.read) if followed else None
    return {
        "battery": listed.battery_percent,
        "battery_low": battery_low(listed),
        **(_news(hass, activity, lock, device) if activity else _NO_NEWS),
        "clients": _client_rows(clients.data.clients) if clients and clients.data else None,
        "read_at": iso(at, lock.zone) if at else None,
        "next_read_at": iso(soon, lock.zone) if soon else None,
        "read_calls": 1 + bool(activity) + bool(clients),  # the list, and each of them
    }


def _news(
    hass: HomeAssistant, activity: ActivityCoordinator, lock: NetcodeLock, device: LockDevice
) -> Row:
    """Return the newest entry of a lock's audit."""
    moment, entry = activity.newest_at, activity.data.newest if activity.data else None
    if moment is None or entry is None:
        return _NO_NEWS
    # The event knows for whom the code was made, even after that is erased from the ledger.
    state = hass.states.get(device.row["entities"]["activity"] or "")
    said = state.attributes if state else {}
    is_same = (said.get("entry_id"), said.get("time")) == (entry.entry_id, moment.isoformat())
    return {
        "last_activity": iso(moment, lock.zone),
        "last_type": event_type(entry),
        "last_text": masked(entry.text),
        "last_name": said.get("name") if is_same else None,
    }


def _client_rows(clients: tuple[Client, ...]) -> list[Row]:
    return [
        {
            "email": client.email.lower(),
            "state": _client_state(client),
            "status": client.status or "",
            "access_type": _access_type(client),
            "active_periods": as_rows(client.active_periods),
        }
        for client in clients
    ]


def _client_state(client: Client) -> str:
    if client.active is not None:
        return "on" if client.active else "suspended"
    return "invited" if client.invited else "unknown"


def _access_type(client: Client) -> str:
    """Return for how long a client is invited: once, or as everybody is."""
    is_once = (client.access_type or "").upper() == AccessType.ONE_TIME
    return (AccessType.ONE_TIME if is_once else AccessType.STANDARD).lower()


def _keypad_row(known: Keypad, offset: timedelta | None) -> Row:
    lessons = {
        "block": known.block,
        "set_clock": known.set_clock,
        "start_anew": known.start_anew,
    }
    return {
        "enter": known.enter,
        **{lesson: [asdict(step) for step in steps] for lesson, steps in lessons.items()},
        "clock_offset": (offset or timedelta()) // timedelta(minutes=1),
    }


def zone_name(zone: tzinfo) -> str:
    """Return what IANA calls a zone; Home Assistant's where it has no name for a fixed offset."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    hours, rest = divmod(zone.utcoffset(None) or timedelta(), _HOUR)
    if rest or not -12 <= hours <= 14:
        home = dt_util.get_default_time_zone()
        return home.key if isinstance(home, ZoneInfo) else "UTC"
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def visible_rows(
    devices: list[LockDevice], rows: Mapping[str, Row], *, with_clients: bool
) -> Iterator[Row]:
    """Yield the rows of some locks, with or without the people who open them by phone."""
    for device in devices:
        row = rows[device.owner]
        yield row if with_clients or row["kind"] == "kitlock" else row | {"clients": None}
