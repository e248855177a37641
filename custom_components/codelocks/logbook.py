"""What the logbook says about a lock: the words of its audit, and when it really happened."""

from collections.abc import Callable
from typing import Any

from homeassistant.components.logbook import (
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .const import DOMAIN, EVENT_ACTIVITY

type Describe = Callable[[Event[dict[str, Any]]], dict[str, str]]


@callback
def async_describe_events(
    hass: HomeAssistant, async_describe_event: Callable[[str, str, Describe], None]
) -> None:
    """Describe our event to the logbook."""

    @callback
    def describe(event: Event[dict[str, Any]]) -> dict[str, str]:
        """Return the line of one entry of an audit: `Opened by Anna · 2026-10-12 11:12`."""
        entity_id = event.data[ATTR_ENTITY_ID]
        state = hass.states.get(entity_id)
        words = event.data["text"] or event.data["entry_type"] or event.data["event_type"]
        if event.data["time"] and (moment := dt_util.parse_datetime(event.data["time"])):
            words = f"{words} · {dt_util.as_local(moment):%Y-%m-%d %H:%M}"
        return {
            LOGBOOK_ENTRY_NAME: state.name if state else entity_id,
            LOGBOOK_ENTRY_MESSAGE: words,
            LOGBOOK_ENTRY_ENTITY_ID: entity_id,
        }

    async_describe_event(DOMAIN, EVENT_ACTIVITY, describe)
