"""Follows the calendars and visitors of an account, as they are added, changed and removed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.util.hass_dict import HassKey

from ..account import CodelocksConfigEntry
from ..const import DOMAIN, SUBENTRY_BOOKINGS
from ..reading.devices import MANUFACTURER
from .guest_book import KINDS, GuestBook
from .kept_file import BookingsFile
from .phones_left import async_tell_of_phones_left
from .watch import Watch

_SIGNAL = f"{DOMAIN}_bookings_{{}}"
"""Sent when the bookings and visitors of an account, whose entry id it names, have changed."""
_FOLLOWED: HassKey[dict[str, _Followed]] = HassKey(f"{DOMAIN}_bookings")


@dataclass(slots=True)
class _Followed:
    """What is followed of an account."""

    file: BookingsFile
    watches: dict[str, Watch] = field(default_factory=dict)
    """By subentry id."""
    is_started: bool = False


@callback
def async_add_bookings(
    hass: HomeAssistant, entry: CodelocksConfigEntry, file: BookingsFile
) -> None:
    """Take up what is kept, before the platforms are set up; looks begin with the start."""
    hass.data.setdefault(_FOLLOWED, {})[entry.entry_id] = _Followed(file)
    async_follow_bookings(hass, entry)

    @callback
    def forget() -> None:
        if followed := hass.data[_FOLLOWED].pop(entry.entry_id, None):
            for watch in followed.watches.values():
                watch.async_end()

    entry.async_on_unload(forget)

    loaded = {one.entry_id for one in hass.config_entries.async_loaded_entries(DOMAIN)}

    @callback
    def account_changed(_: ConfigEntryChange, changed: ConfigEntry) -> None:
        """Look when an account is loaded: this one, or one that was away."""
        if changed.domain != DOMAIN:
            return
        if changed.state is not ConfigEntryState.LOADED:
            loaded.discard(changed.entry_id)
        elif changed.entry_id not in loaded:
            loaded.add(changed.entry_id)
            for watch in _watches(hass, entry.entry_id):
                if changed is entry or watch.uses(changed.entry_id):
                    watch.async_look()

    entry.async_on_unload(
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, account_changed)
    )


@callback
def async_follow_bookings(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Take over added, changed and removed subentries; the others go on as they were.

    Codes of a removed one stay known, and open until their end. Home Assistant itself removes its
    device and entities.
    """
    followed = hass.data[_FOLLOWED][entry.entry_id]
    current = {
        subentry_id: subentry
        for subentry_id, subentry in entry.subentries.items()
        if subentry.subentry_type in KINDS
    }
    watches = followed.watches
    before = dict(watches)
    for subentry_id in watches.keys() - current.keys():
        gone = watches.pop(subentry_id)
        gone.async_end()
        hass.async_create_task(async_tell_of_phones_left(hass, gone.book), "tell of phones left")
    for subentry_id, subentry in current.items():
        watch = watches.get(subentry_id)
        if watch is None:
            book = GuestBook(entry, subentry, followed.file)
            watches[subentry_id] = watch = Watch(hass, book, partial(_others, hass, book))
            if followed.is_started:
                watch.async_start()
        else:
            watch.async_take_over(subentry)
        _add_device(hass, entry, watch.book)
    followed.file.async_keep_only(current)
    if before != watches:
        async_dispatcher_send(hass, _SIGNAL.format(entry.entry_id))


@callback
def _add_device(hass: HomeAssistant, entry: CodelocksConfigEntry, book: GuestBook) -> None:
    """Register the device of a calendar; a visitor has none."""
    if book.subentry.subentry_type != SUBENTRY_BOOKINGS:
        return
    account = dr.async_get_device_id_by_identifier(
        hass, (DOMAIN, entry.entry_id), config_entry_id=entry.entry_id
    )
    dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        config_subentry_id=book.subentry_id,
        identifiers={(DOMAIN, book.subentry_id)},
        entry_type=dr.DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="Bookings",
        name=book.subentry.title,
        via_device_id=account,
    )


@callback
def async_start_bookings(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Begin to look: Home Assistant has started."""
    followed = hass.data[_FOLLOWED][entry.entry_id]
    followed.is_started = True
    for watch in followed.watches.values():
        watch.async_start()


async def async_stop_bookings(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Look no more, and wait for what is under way: it is kept."""
    for watch in _watches(hass, entry.entry_id):
        watch.async_end()
    for watch in _watches(hass, entry.entry_id):
        await watch.async_stop()


@callback
def async_on_bookings(
    hass: HomeAssistant, entry: CodelocksConfigEntry, listener: CALLBACK_TYPE
) -> CALLBACK_TYPE:
    """Call a listener each time calendars or visitors were added or removed."""
    return async_dispatcher_connect(hass, _SIGNAL.format(entry.entry_id), listener)


@callback
def guest_books(hass: HomeAssistant, entry: ConfigEntry) -> list[GuestBook]:
    """Return the guest books of an account that is loaded."""
    return [watch.book for watch in _watches(hass, entry.entry_id)]


def _watches(hass: HomeAssistant, entry_id: str) -> list[Watch]:
    followed = hass.data.get(_FOLLOWED, {}).get(entry_id)
    return list(followed.watches.values()) if followed else []


def _others(hass: HomeAssistant, book: GuestBook) -> Iterator[GuestBook]:
    for followed in hass.data.get(_FOLLOWED, {}).values():
        yield from (one.book for one in followed.watches.values() if one.book is not book)
