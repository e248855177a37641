"""What the logbook says about a lock: the words of its audit, and when it really happened."""

from collections.abc import Callable
from typing import Any

from homeassistant.components.logbook import LOGBOOK_ENTRY_MESSAGE, LOGBOOK_ENTRY_NAME
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .const import ATTR_ACTIVITY, DOMAIN, EVENT_ACTIVITY

type Describe = Callable[[Event[dict[str, Any]]], dict[str, str]]


@callback
def async_describe_events(
    hass: HomeAssistant, async_describe_event: Callable[[str, str, Describe], None]
) -> None:
    """Describe our event to the logbook.

    Where the log is about a lock, our event is the cause of the row that the entity has there:
    Home Assistant allows nobody to leave that out. Of a cause the name is shown, so the words are
    the name, and the lock is the message.
    """

    @callback
    def describe(event: Event[dict[str, Any]]) -> dict[str, str]:
        """Return the line of one entry of an audit: `Opened by Anna · 2026-10-12 11:12`."""
        entry = event.data
        # A line that 0.1.0 recorded names the entity as others do.
        activity = entry.get(ATTR_ACTIVITY) or entry.get(ATTR_ENTITY_ID, "")
        state = hass.states.get(activity)
        words = entry["text"] or entry["entry_type"] or entry["event_type"]
        if name := entry.get("name"):
            words = f"{words} ({name})"
        if entry["time"] and (moment := dt_util.parse_datetime(entry["time"])):
            words = f"{words} · {dt_util.as_local(moment):%Y-%m-%d %H:%M}"
        return {
            LOGBOOK_ENTRY_NAME: words,
            LOGBOOK_ENTRY_MESSAGE: state.name if state else activity,
        }

    async_describe_event(DOMAIN, EVENT_ACTIVITY, describe)
