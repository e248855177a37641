"""Watches one calendar of bookings, or one visitor: looks in time, and tells who comes and goes."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..api import AuditEntry
from ..errors import UnexpectedError
from ..netcode.who_used import who_used
from ..reading.activity import News, async_on_news
from ..reading.audit import event_type
from ..wall_clock import EARLIEST, LOOK_AGAIN, SECOND_LOOK, STEADY
from .agenda import Agenda
from .doors import days_around
from .events import Event as BookedEvent
from .expected import Arrivals
from .guest_book import GuestBook, Happening
from .look import Look, happening_attributes
from .settings import BookingsSettings, VisitorSettings
from .stay import HORIZON, visits
from .world import FoundLock, account_of, doors_of, find_lock

LOOK_EVERY = timedelta(minutes=15)
CALENDAR_PAUSE = timedelta(minutes=1)
"""Between looks because a calendar changed: reading some calendars changes their state."""
FAR_AHEAD = timedelta(days=366)
"""A clock that went on so far since the last look is not believed for a day."""
_OPENED = "opened"
_ON_THE_WAY = (ConfigEntryState.SETUP_IN_PROGRESS, ConfigEntryState.UNLOAD_IN_PROGRESS)

_LOGGER = logging.getLogger(__name__)


class Watch:
    """Watches for one subentry. At most one look is under way."""

    def __init__(
        self, hass: HomeAssistant, book: GuestBook, others: Callable[[], Iterable[GuestBook]]
    ) -> None:
        """Take the guest book, and what returns those of all other subentries."""
        self.book = book
        self._hass = hass
        self._others = others
        self._is_started = False
        self._task: asyncio.Task[None] | None = None
        self._again = False
        """Whether something changed during the look."""
        self._looked_at = -CALENDAR_PAUSE.total_seconds()
        """When the last look began, by the loop's time."""
        self._agenda = Agenda(hass, self._calendar or "")
        self._events: tuple[BookedEvent, ...] | None = None
        """What the calendar last said."""
        self._shown: tuple[Any, ...] = ()
        """What the arrivals of the guest book come from."""
        self._in_doubt_since: datetime | None = None
        """Since when the clock is not quite believed."""
        self._timer: CALLBACK_TYPE | None = None
        self._due = 0.0
        """When the timer wakes, by the loop's time."""
        self._turn_timer: CALLBACK_TYPE | None = None
        self._unfollow: list[CALLBACK_TYPE] = []

    @callback
    def async_start(self) -> None:
        """Begin to watch; Home Assistant runs, and the calendars are there."""
        self._is_started = True
        self._follow()
        self.async_look()

    async def async_stop(self) -> None:
        """Look no more, and wait for the step that is under way."""
        self.async_end()
        if self._task:
            await asyncio.wait([self._task])

    @callback
    def async_end(self) -> None:
        """Look no more."""
        self._is_started = False
        for stop in (*self._unfollow, self._timer, self._turn_timer):
            if stop:
                stop()
        self._unfollow.clear()
        self._timer = self._turn_timer = None

    @callback
    def async_take_over(self, subentry: ConfigSubentry) -> None:
        """Take over a subentry, and look if its settings were changed."""
        before = self._calendar
        if not self.book.take_over(subentry):
            return
        if self._calendar != before:
            self._agenda = Agenda(self._hass, self._calendar or "")
            self._events = self.book.arrivals = self.book.read_at = None
        if self._is_started:
            for stop in self._unfollow:
                stop()
            self._unfollow.clear()
            self._follow()
            self.async_look()

    @property
    def _calendar(self) -> str | None:
        settings = self.book.settings
        return settings.calendar_entity_id if isinstance(settings, BookingsSettings) else None

    def uses(self, entry_id: str) -> bool:
        """Return whether one of its locks is of an account."""
        accounts = (account_of(self._hass, device_id) for device_id in self.book.settings.locks)
        return any(entry and entry.entry_id == entry_id for entry in accounts)

    @callback
    def _follow(self) -> None:
        self._unfollow.append(async_on_news(self._hass, self._heard))
        if calendar := self._calendar:
            self._unfollow.append(
                async_track_state_change_event(self._hass, calendar, self._calendar_changed)
            )

    @callback
    def _calendar_changed(self, _: Event[EventStateChangedData]) -> None:
        """Look soon, but not again and again."""
        pause = self._looked_at + CALENDAR_PAUSE.total_seconds() - self._hass.loop.time()
        if pause <= 0:
            self.async_look()
        elif self._is_started:
            self._schedule(timedelta(seconds=pause))

    # Looks

    @property
    def _is_ending(self) -> bool:
        return (
            not self._is_started
            or self._hass.is_stopping
            or self.book.entry.state is not ConfigEntryState.LOADED
        )

    @callback
    def async_look(self) -> None:
        """Look now, or again if a look is under way."""
        if self._task:
            self._again = True
        elif not self._is_ending:
            self._again = False
            self._no_timer()
            self._looked_at = self._hass.loop.time()
            self._task = self._hass.async_create_task(
                self._async_look(), f"{self.book.settings.name} bookings", eager_start=False
            )

    async def _async_look(self) -> None:
        """Look, and see to it that the next look comes, whatever happens."""
        wait = LOOK_EVERY
        try:
            now = dt_util.utcnow()
            if not self._believes(now) or self._is_on_the_way():
                wait = SECOND_LOOK
            else:
                await self._async_look_at(now)
        except Exception as err:  # one calendar's failure must not end its looks
            _LOGGER.error("Bookings: unexpected error", exc_info=UnexpectedError(err))  # noqa: TRY400 - its own words may be secret
        finally:
            self._task = None
            if self._again:
                self.async_look()
            elif not self._is_ending:
                self._schedule(wait)

    async def _async_look_at(self, now: datetime) -> None:
        """Read the calendar, and do what follows from it."""
        events = None
        if self._calendar:
            events = await self._agenda.async_events(now)
            if events is not None:
                self._events, self.book.read_at = events, now
        look = Look(
            hass=self._hass,
            book=self.book,
            events=events,
            unread_after=self._agenda.unread_after,
            is_ending=lambda: self._is_ending,
            others=self._others,
        )
        try:
            await look.async_carry_out()
        finally:
            self._show()

    @callback
    def _schedule(self, wait: timedelta) -> None:
        """Look again in a while, or sooner. Not at a point in time: the clock may be set back."""
        at = self._hass.loop.time() + wait.total_seconds()
        if self._timer and self._due <= at:
            return
        self._no_timer()
        self._due = at
        self._timer = async_call_later(self._hass, wait, self._wake)

    @callback
    def _wake(self, _: datetime) -> None:
        self._timer = None
        self.async_look()

    @callback
    def _no_timer(self) -> None:
        if self._timer:
            self._timer()
            self._timer = None

    def _believes(self, now: datetime) -> bool:
        """Return whether the clock may be right: after a power cut it may be years off.

        By a wrong clock every booking would be missing, and guests' phones deleted.
        """
        trusted = self.book.entry.runtime_data.store.trusted_time(now)
        ahead = now - trusted if trusted else None
        if now < EARLIEST or (ahead and ahead > FAR_AHEAD):
            return False
        if ahead is None or ahead <= STEADY:
            self._in_doubt_since = None
            return True
        if self._in_doubt_since is None or now < self._in_doubt_since:
            self._in_doubt_since = now
        return now - self._in_doubt_since >= SECOND_LOOK

    def _is_on_the_way(self) -> bool:
        """Return whether an account with one of its locks is being loaded, or loaded again."""
        for device_id in self.book.settings.locks:
            entry = account_of(self._hass, device_id)
            if entry is None or entry.state is ConfigEntryState.LOADED:
                continue
            if entry.state in _ON_THE_WAY or entry.setup_lock.locked():
                return True
        return False

    # Who comes and goes

    @callback
    def _show(self) -> None:
        """Bring up to date who is expected."""
        book, events = self.book, self._events
        if isinstance(book.settings, VisitorSettings):
            events = tuple(visits(book.settings, *days_around(dt_util.utcnow(), HORIZON)))
        shown = events, book.kept, doors_of(self._hass, book.settings)
        if events is not None and (book.arrivals is None or shown != self._shown):
            book.arrivals = Arrivals.of(book.settings, shown[2], events, book.kept)
            self._shown = shown
        self._turn()

    @callback
    def _turn(self, _: datetime | None = None) -> None:
        """Tell who arrived or departed, and wake up when the next one does."""
        book, now = self.book, dt_util.utcnow()
        if self._turn_timer:
            self._turn_timer()
            self._turn_timer = None
        book.async_tell_listeners()
        if book.arrivals and not self._is_ending and (at := book.arrivals.next_turn(now)):
            wait = min(at - now, LOOK_AGAIN)
            self._turn_timer = async_call_later(self._hass, wait, self._turn)

    @callback
    def _heard(self, entry_id: str, lock_id: str, news: News) -> None:
        """Note the first opening in a stay."""
        locks = (find_lock(self._hass, device_id) for device_id in self.book.settings.locks)
        place = entry_id, lock_id
        found = next((one for one in locks if one and one.place == place), None)
        for entry, moment in news if found else ():
            if found and moment and event_type(entry) == _OPENED:
                self._note_opening(found, entry, moment)

    @callback
    def _note_opening(self, found: FoundLock, entry: AuditEntry, moment: datetime) -> None:
        """Note who arrived with an opening, if anybody did."""
        book, doors = self.book, doors_of(self._hass, self.book.settings)
        for row in book.kept.bookings:
            stay = doors.stay(*row.times)
            is_here = not row.cancelled and stay.arrival <= moment < stay.departure
            if not is_here or row.key in book.record.arrived_at:
                continue
            book.note_arrived(row.key, moment)
            attributes = happening_attributes(doors, row.title, stay)
            ledger, words = found.data.ledger_keeper.data, f"{entry.entry_type}\n{entry.text}"
            if name := who_used(ledger, found.owner, moment, words):
                attributes["name"] = name
            book.async_tell_happening(Happening.ARRIVED, attributes)
            book.async_tell_listeners()
            self._hass.async_create_task(book.async_save(), "write arrivals")
