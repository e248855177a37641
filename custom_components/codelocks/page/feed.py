"""Tells each page that is open what changed, at most once a second; idle, it costs nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..permission import Caller
from .lock_rows import Row
from .snapshot import KEYS, AccountSnapshot, visible
from .sources import Sources

PAUSE: Final = 1
"""Seconds between two looks for the same page."""

_FEED: HassKey[Feed] = HassKey(f"{DOMAIN}_feed")


@dataclass(slots=True, kw_only=True, eq=False)
class _Subscriber:
    """A page that is open, and what it was told."""

    connection: ActiveConnection
    message_id: int
    not_before: float = 0
    """The loop's time before which it is not told more."""
    seen: Mapping[str, int] = field(default_factory=dict)
    """The version of the rows of each key that was looked at for it."""
    told: dict[str, list[Row]] = field(default_factory=dict)

    @callback
    def tell(self, accounts: Iterable[AccountSnapshot], versions: Mapping[str, int]) -> None:
        """Send the keys whose rows changed, each whole; who may see them is asked each time."""
        keys = [key for key in KEYS if self.seen.get(key) != versions[key]]
        rows = visible(accounts, Caller(self.connection.user), keys)
        self.seen = dict(versions)
        if changed := {key: found for key, found in rows.items() if self.told.get(key) != found}:
            self.told |= changed
            self.connection.send_event(self.message_id, changed)


class Feed:
    """The rows of all accounts, kept while a page is open."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without pages."""
        self._hass = hass
        self._subscribers: list[_Subscriber] = []
        self._sources: Sources | None = None
        self._accounts: dict[str, AccountSnapshot] = {}
        self._stale: dict[str, set[str]] = {}
        """Keys of rows that may have changed, by entry."""
        self._versions: dict[str, int] = dict.fromkeys(KEYS, 0)
        self._is_telling = False
        self._timer: CALLBACK_TYPE | None = None

    @callback
    def async_subscribe(self, connection: ActiveConnection, message_id: int) -> CALLBACK_TYPE:
        """Tell a page everything, and then what changes; returns a callback that ends it."""
        subscriber = _Subscriber(connection=connection, message_id=message_id)
        self._subscribers.append(subscriber)
        if self._sources is None:
            self._sources = Sources(self._hass, self._changed)
            self._changed(None, KEYS)
        self._wake()

        @callback
        def unsubscribe() -> None:
            self._subscribers.remove(subscriber)
            if not self._subscribers:
                self._rest()

        return unsubscribe

    @callback
    def _rest(self) -> None:
        """Keep nothing, and listen to nothing, until a page is opened."""
        if self._sources:
            self._sources.async_stop()
            self._sources = None
        self._no_timer()
        self._accounts, self._stale = {}, {}

    @callback
    def _changed(self, entry_id: str | None, keys: Collection[str]) -> None:
        """Note that rows of an account may have changed, or of all."""
        known = [entry.entry_id for entry in self._hass.config_entries.async_entries(DOMAIN)]
        for one in known if entry_id is None else [entry_id]:
            self._stale.setdefault(one, set()).update(keys)
        self._wake()

    @callback
    def _wake(self, _: datetime | None = None) -> None:
        """Tell those who are due; not at once, for other listeners have their own to do first."""
        self._no_timer()
        if not self._is_telling:
            self._is_telling = True
            self._hass.async_create_background_task(
                self._async_tell(), "Codelocks page", eager_start=False
            )

    @callback
    def _no_timer(self) -> None:
        if self._timer:
            self._timer()
            self._timer = None

    async def _async_tell(self) -> None:
        """Tell all who are due, and see to it that the others are told in time."""
        try:
            while due := self._due():
                await self._async_refresh()
                for subscriber in due:
                    if subscriber in self._subscribers:  # the page may be closed by now
                        subscriber.not_before = self._hass.loop.time() + PAUSE
                        subscriber.tell(self._accounts.values(), self._versions)
        finally:
            self._is_telling = False
        if waiting := [one.not_before for one in self._subscribers if self._waits(one)]:
            wait = max(0, min(waiting) - self._hass.loop.time())
            self._timer = async_call_later(self._hass, wait, self._wake)

    def _waits(self, subscriber: _Subscriber) -> bool:
        return bool(self._stale) or subscriber.seen != self._versions

    def _due(self) -> list[_Subscriber]:
        now = self._hass.loop.time()
        return [one for one in self._subscribers if one.not_before <= now and self._waits(one)]

    async def _async_refresh(self) -> None:
        """Bring up to date what may have changed; what changes meanwhile is for the next time."""
        stale, self._stale = self._stale, {}
        accounts = self._accounts
        for entry_id, keys in stale.items():
            if entry := self._hass.config_entries.async_get_entry(entry_id):
                account = accounts.get(entry_id) or AccountSnapshot(self._hass, entry)
                await account.async_refresh(keys)
                accounts[entry_id] = account
            else:
                accounts.pop(entry_id, None)
            for key in keys:
                self._versions[key] += 1


@callback
def async_feed(hass: HomeAssistant) -> Feed:
    """Return the feed of all pages."""
    return hass.data.setdefault(_FEED, Feed(hass))
