"""The events of a calendar, from its entity itself: an action would leave out uids."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
import logging
from operator import attrgetter

from homeassistant.components.calendar import DATA_COMPONENT, CalendarEvent
from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from .events import Event, read_event
from .values import DAY

BACK = 2 * DAY
"""Events that ended this long ago are read: in other time zones they may not be over."""
AHEAD = 400 * DAY
"""Further than any lead."""
MAX_EVENTS = 1000
"""The earliest of a calendar: more would hold the event loop."""
TIMEOUT = timedelta(seconds=60)
"""A calendar that hangs is one that cannot be read."""

_PORTION = 100
"""Events that are read before others get a turn: 100 take a few milliseconds."""
_LOGGER = logging.getLogger(__name__)


async def async_events(
    hass: HomeAssistant, entity_id: str, now: datetime
) -> tuple[Event, ...] | None:
    """Return the events of a calendar, None where it cannot be read.

    An event that makes no sense costs itself.
    """
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component else None
    if entity is None or not entity.available or entity.platform.platform_name == DOMAIN:
        return None
    try:
        async with asyncio.timeout(TIMEOUT.total_seconds()):
            found = await entity.async_get_events(hass, now - BACK, now + AHEAD)
        return await _async_read(found)
    except Exception as err:  # noqa: BLE001 - other integrations may raise anything
        _LOGGER.debug("%s cannot be read: %s", entity_id, type(err).__name__)
        return None


async def _async_read(found: Iterable[CalendarEvent]) -> tuple[Event, ...]:
    """Read what a calendar gave; more than the bound costs what comes last."""
    events: list[Event] = []
    listed = list(found)
    for place in range(0, len(listed), _PORTION):
        events += _readable(listed[place : place + _PORTION])
        if place + _PORTION < len(listed):
            await asyncio.sleep(0)
    if len(events) > MAX_EVENTS:
        events = sorted(events, key=attrgetter("times"))[:MAX_EVENTS]
    return tuple(events)


def _readable(found: Iterable[CalendarEvent]) -> Iterator[Event]:
    for event in found:
        read = read_event(
            uid=getattr(event, "uid", None),
            recurrence_id=getattr(event, "recurrence_id", None),
            title=getattr(event, "summary", None),
            description=getattr(event, "description", None),
            start=getattr(event, "start", None),
            end=getattr(event, "end", None),
        )
        if read:
            yield read
