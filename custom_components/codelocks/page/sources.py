"""Listens to all that the page shows, and says which rows may have changed."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from homeassistant.auth import EVENT_USER_UPDATED
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_utc_time_change

from ..account import CodelocksConfigEntry, CodelocksData
from ..bookings.following import async_on_bookings, guest_books
from ..bookings.guest_book import GuestBook
from ..const import DOMAIN
from ..reading.devices import async_on_kitlocks
from ..reading.read_coordinator import ReadCoordinator
from .snapshot import ACCOUNTS, CODES, KEYS, LOCKS, ORDERS

type Changed = Callable[[str | None, Collection[str]], None]
"""Takes an entry id, or None for all accounts, and the keys of the rows that may have changed."""

_REAUTH = f"config_entry_reauth_{DOMAIN}_"
"""How Home Assistant names the issue that new keys are needed; the entry id follows."""


@dataclass(slots=True)
class _Followed:
    """An account that is listened to, and how that ends."""

    data: CodelocksData
    stop: list[CALLBACK_TYPE] = field(default_factory=list)
    readers: dict[ReadCoordinator[Any], CALLBACK_TYPE] = field(default_factory=dict)
    books: dict[GuestBook, CALLBACK_TYPE] = field(default_factory=dict)


class Sources:
    """All that is listened to while a page is open."""

    def __init__(self, hass: HomeAssistant, changed: Changed) -> None:
        """Start to listen."""
        self._hass = hass
        self._changed = changed
        self._followed: dict[str, _Followed] = {}
        listen = hass.bus.async_listen
        self._stop: list[CALLBACK_TYPE] = [
            listen(ar.EVENT_AREA_REGISTRY_UPDATED, self._all_changed),
            listen(dr.EVENT_DEVICE_REGISTRY_UPDATED, self._device_changed),
            listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._entity_changed),
            listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, self._issue_changed),
            listen(EVENT_USER_UPDATED, self._all_changed),
            listen(EVENT_CORE_CONFIG_UPDATE, self._all_changed),
            # A month may turn at midnight UTC.
            async_track_utc_time_change(hass, self._day_turned, hour=0, minute=0, second=0),
            async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed),
        ]
        for entry in hass.config_entries.async_loaded_entries(DOMAIN):
            self._follow(entry)

    @callback
    def async_stop(self) -> None:
        """Listen no more."""
        for entry_id in list(self._followed):
            self._unfollow(entry_id)
        for stop in self._stop:
            stop()

    @callback
    def _all_changed(self, _: Event[Any]) -> None:
        self._changed(None, KEYS)

    @callback
    def _day_turned(self, _: datetime) -> None:
        self._changed(None, (ACCOUNTS,))

    @callback
    def _device_changed(self, event: Event[dr.EventDeviceRegistryUpdatedData]) -> None:
        device = dr.async_get(self._hass).async_get(event.data["device_id"])
        if device is None or any(domain == DOMAIN for domain, _ in device.identifiers):
            self._changed(None, KEYS)

    @callback
    def _entity_changed(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        entity = er.async_get(self._hass).async_get(event.data["entity_id"])
        if entity is None or entity.platform == DOMAIN:
            self._changed(None, KEYS)

    @callback
    def _issue_changed(self, event: Event[ir.EventIssueRegistryUpdatedData]) -> None:
        issue_id = event.data["issue_id"]
        if issue_id.startswith(_REAUTH):
            self._changed(issue_id.removeprefix(_REAUTH), (ACCOUNTS,))

    @callback
    def _entry_changed(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain != DOMAIN:
            return
        if change is not ConfigEntryChange.REMOVED and entry.state is ConfigEntryState.LOADED:
            self._follow(entry)
        else:
            self._unfollow(entry.entry_id)
        self._changed(entry.entry_id, KEYS)

    @callback
    def _follow(self, entry: CodelocksConfigEntry) -> None:
        """Listen to an account that is loaded."""
        data, entry_id = entry.runtime_data, entry.entry_id
        if (known := self._followed.get(entry_id)) and known.data is data:
            return
        self._unfollow(entry_id)
        followed = self._followed[entry_id] = _Followed(data)
        ledger = data.ledger_keeper.data

        @callback
        def ledger_changed() -> None:
            nonlocal ledger
            if data.ledger_keeper.data is not ledger:  # else a code began or ended
                ledger = data.ledger_keeper.data
                self._changed(entry_id, (LOCKS, CODES, ORDERS))  # a lock has its spare

        @callback
        def list_changed() -> None:
            self._follow_readers(entry_id, followed)
            self._changed(entry_id, (ACCOUNTS, LOCKS, CODES))

        @callback
        def bookings_changed() -> None:
            self._follow_books(entry, followed)
            self._changed(entry_id, (ORDERS,))

        followed.stop += [
            async_on_bookings(self._hass, entry, bookings_changed),
            data.locks.async_add_listener(list_changed),
            async_on_kitlocks(self._hass, entry, list_changed),
            data.ledger_keeper.async_add_listener(ledger_changed),
            data.counter.async_add_listener(partial(self._changed, entry_id, (ACCOUNTS,))),
            data.poller.async_add_listener(partial(self._changed, entry_id, (ACCOUNTS, LOCKS))),
        ]
        self._follow_readers(entry_id, followed)
        self._follow_books(entry, followed)

    @callback
    def _follow_books(self, entry: ConfigEntry, followed: _Followed) -> None:
        """Listen to what becomes of the bookings of each calendar, and of visits."""
        books, now = followed.books, set(guest_books(self._hass, entry))
        for gone in books.keys() - now:
            books.pop(gone)()
        changed = partial(self._changed, entry.entry_id, (ORDERS,))
        for new in now - books.keys():
            books[new] = new.async_add_listener(changed)

    @callback
    def _follow_readers(self, entry_id: str, followed: _Followed) -> None:
        """Listen to what is read of each lock there is."""
        data, readers = followed.data, followed.readers
        now: set[ReadCoordinator[Any]] = {*data.activity.values(), *data.clients.values()}
        for gone in readers.keys() - now:
            readers.pop(gone)()
        changed = partial(self._changed, entry_id, (ACCOUNTS, LOCKS))
        for new in now - readers.keys():
            readers[new] = new.async_add_listener(changed)

    @callback
    def _unfollow(self, entry_id: str) -> None:
        if followed := self._followed.pop(entry_id, None):
            for stop in (*followed.stop, *followed.readers.values(), *followed.books.values()):
                stop()
