"""Events: one for each line of a K3 lock's audit, and what happens to bookings."""

from datetime import datetime
from functools import partial
from typing import Any, override

from homeassistant.components.event import (
    ATTR_EVENT_TYPE,
    EventEntity,
    EventEntityDescription,
)
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, CoreState, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.recorder import DATA_INSTANCE
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry
from .api import AuditEntry
from .bookings.guest_book import Happening
from .const import ATTR_ACTIVITY, EVENT_ACTIVITY
from .entity import (
    BookingsEntity,
    LockEntity,
    async_add_bookings_entities,
    async_add_lock_entities,
)
from .netcode.clocks import utc
from .netcode.who_used import who_used
from .reading.activity import ActivityCoordinator
from .reading.audit import EVENT_TYPES, event_type, masked

PARALLEL_UPDATES = 0

ACTIVITY = EventEntityDescription(
    key="activity", translation_key="activity", event_types=list(EVENT_TYPES)
)
BOOKING = EventEntityDescription(
    key="booking", translation_key="booking", event_types=[one.value for one in Happening]
)
AVAILABLE_AGAIN = "available_again"
"""In place of an event's type, for the moment in which the entity returns from unavailable."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities."""
    data = entry.runtime_data
    await async_add_lock_entities(
        entry,
        async_add_entities,
        lambda data, lock: (
            [(ACTIVITY.key, partial(ActivityEvent, activity, lock.lock_id, ACTIVITY))]
            if (activity := data.activity.get(lock.lock_id))
            else []
        ),
    )
    async_add_bookings_entities(
        hass, entry, async_add_entities, lambda book: BookingEvent(book, BOOKING)
    )

    @callback
    def started(_: HomeAssistant) -> None:
        """Have the waiting entries fired: automations listen now."""
        for activity in data.activity.values():
            if activity.data and activity.data.waiting:
                activity.async_update_listeners()

    entry.async_on_unload(async_at_started(hass, started))


class QuietEvent(EventEntity):
    """An event entity whose return from unavailable is no event in the log."""

    _returns = False

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str]:
        """What the log shows in place of the last event's type, where none came."""
        return {ATTR_EVENT_TYPE: AVAILABLE_AGAIN} if self._returns else {}

    @callback
    @override
    def _async_write_ha_state(self) -> None:
        """Write the state. A return from unavailable is written as one, and then as it was.

        The log makes a row of each write that changes the state, and shows the type that it has:
        after a reload that would be an event that did not happen.
        """
        is_unavailable = self.hass.states.is_state(self.entity_id, STATE_UNAVAILABLE)
        self._returns = is_unavailable and self.available and self.state is not None
        if self._returns:
            super()._async_write_ha_state()
            self._returns = False
        super()._async_write_ha_state()


class BookingEvent(BookingsEntity, QuietEvent):
    """Fires when codes of bookings are made or changed, guests arrive, or something is wrong."""

    @override
    async def async_added_to_hass(self) -> None:
        """Fire for each happening."""
        await super().async_added_to_hass()
        self.async_on_remove(self.book.async_on_happening(self._fire))

    @callback
    def _fire(self, happening: Happening, attributes: dict[str, Any]) -> None:
        self.async_set_context(Context())
        self._trigger_event(happening.value, attributes)
        self.async_write_ha_state()
        self.async_set_context(Context())  # what is written next has nothing to do with it


class ActivityEvent(LockEntity[ActivityCoordinator], QuietEvent):
    """Fires once for each new entry of a lock's audit, in order."""

    @override
    async def async_added_to_hass(self) -> None:
        """Fire waiting entries once automations listen, and all news from then on."""
        await super().async_added_to_hass()
        self.coordinator.has_consumer = True
        # Not yet: Home Assistant drops what an entity writes before it is added.
        self.async_on_remove(self.hass.loop.call_soon(self._fire_waiting).cancel)

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Keep waiting entries over a reload, but not for a disabled or deleted entity."""
        await super().async_will_remove_from_hass()
        if not self.registry_entry or self.registry_entry.disabled:
            self.coordinator.forget_consumer()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if not self._fire_waiting():
            super()._handle_coordinator_update()

    @callback
    def _fire_waiting(self) -> bool:
        """Fire an event for each waiting entry; returns whether there was any."""
        if not self.available or self.hass.state is not CoreState.running:
            return False
        waiting = self.coordinator.take_waiting()
        if waiting and self.hass.states.is_state(self.entity_id, STATE_UNAVAILABLE):
            # Become available first: triggers ignore the first event after unavailable.
            self.async_write_ha_state()
        for entry in waiting:
            self._fire(entry)
        return bool(waiting)

    @callback
    def _fire(self, entry: AuditEntry) -> None:
        moment = self.coordinator.moment(entry)
        type_of_event = event_type(entry)
        attributes = {
            "time": moment.isoformat() if moment else None,  # by the clocks at the lock
            "entry_id": entry.entry_id,
            "entry_type": masked(entry.entry_type),
            "text": masked(entry.text),
        }
        ledger, words = self._data.ledger_keeper.data, f"{entry.entry_type}\n{entry.text}"
        if name := who_used(ledger, self.owner, moment, words):
            attributes["name"] = name
        self.async_set_context(Context())
        self._log(moment, {ATTR_EVENT_TYPE: type_of_event, **attributes})
        self._trigger_event(type_of_event, attributes)
        self.async_write_ha_state()
        self.async_set_context(Context())  # what is written next has nothing to do with it

    @callback
    def _log(self, moment: datetime | None, entry: dict[str, Any]) -> None:
        """Tell the logbook of an entry: at the time at the lock, and as the cause of the event.

        The event names its entity in a field of our own: with `entity_id` it would be a second row
        beside the entity's. For the same reason the recorder would keep it where the user excluded
        the entity, so that is looked up here.
        """
        recorder = self.hass.data.get(DATA_INSTANCE)
        if recorder and recorder.entity_filter and not recorder.entity_filter(self.entity_id):
            return
        now = dt_util.utcnow()
        self.hass.bus.async_fire(
            EVENT_ACTIVITY,
            {ATTR_ACTIVITY: self.entity_id, **entry},
            context=self._context,
            time_fired=min(utc(moment or now), now).timestamp(),
        )
