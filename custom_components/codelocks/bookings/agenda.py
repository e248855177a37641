"""The events of a calendar, from its entity itself: an action would leave out uids."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
import logging
from operator import attrgetter
from typing import Any, Final

from homeassistant.components.calendar import DATA_COMPONENT, CalendarEvent
from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from .events import Event, read_event
from .values import DAY

BACK: Final = 2 * DAY
"""Events that ended this long ago are read: in other time zones they may not be over."""
AHEAD: Final = 400 * DAY
"""Further than any lead."""
MAX_EVENTS: Final = 1000
"""The earliest of a calendar: more would hold the event loop."""
TIMEOUT: Final = timedelta(seconds=60)
"""A calendar that hangs is one that cannot be read."""

_PORTION = 100
"""Events that are read before others get a turn: 100 take a few milliseconds."""
_PARTS = ("uid", "recurrence_id", "title", "description", "start", "end")
_LOGGER = logging.getLogger(__name__)


class Agenda:
    """What a calendar says. An event that is as before is not read again."""

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Take the calendar's entity."""
        self._hass = hass
        self._entity_id = entity_id
        self._known: dict[tuple[Any, ...], Event] = {}
        self.unread_after: tuple[str, str] | None = None
        """The times of the last event that was taken, if there were too many."""

    async def async_events(self, now: datetime) -> tuple[Event, ...] | None:
        """Return the events, None where the calendar cannot be read.

        An event that makes no sense costs itself.
        """
        component = self._hass.data.get(DATA_COMPONENT)
        entity = component.get_entity(self._entity_id) if component else None
        if entity is None:
            return None
        try:
            if not entity.available or entity.platform.platform_name == DOMAIN:
                return None
            async with asyncio.timeout(TIMEOUT.total_seconds()):
                found = await entity.async_get_events(self._hass, now - BACK, now + AHEAD)
            events = await self._async_read(list(found))
        except Exception as err:  # noqa: BLE001 - other integrations may raise anything
            _LOGGER.debug("%s cannot be read: %s", self._entity_id, type(err).__name__)
            return None
        self.unread_after = None
        if len(events) > MAX_EVENTS:
            events = sorted(events, key=attrgetter("times"))[:MAX_EVENTS]
            self.unread_after = events[-1].times
        return tuple(events)

    async def _async_read(self, found: list[CalendarEvent]) -> list[Event]:
        """Read what the calendar gave, in portions."""
        events: list[Event] = []
        known: dict[tuple[Any, ...], Event] = {}
        for place in range(0, len(found), _PORTION):
            for parts, event in self._readable(found[place : place + _PORTION]):
                events.append(event)
                if parts:
                    known[parts] = event
            if place + _PORTION < len(found):
                await asyncio.sleep(0)
        self._known = known
        return events

    def _readable(
        self, found: Iterable[CalendarEvent]
    ) -> Iterator[tuple[tuple[Any, ...] | None, Event]]:
        """Yield the events that make sense, each with its parts if it can be known by them."""
        for event in found:
            parts = (
                getattr(event, "uid", None),
                getattr(event, "recurrence_id", None),
                getattr(event, "summary", None),
                getattr(event, "description", None),
                getattr(event, "start", None),
                getattr(event, "end", None),
            )
            try:
                known = self._known.get(parts)
            except TypeError:  # a part of it is odd: it is read again each time
                known, key = None, None
            else:
                key = parts
            if read := known or read_event(**dict(zip(_PARTS, parts, strict=True))):
                yield key, read
