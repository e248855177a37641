"""The activity of a K3 lock: one event for each line of its audit."""

from typing import override

from homeassistant.components.event import (
    ATTR_EVENT_TYPE,
    EventEntity,
    EventEntityDescription,
)
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.start import async_at_started

from .account import CodelocksConfigEntry
from .const import EVENT_ACTIVITY
from .entity import LockEntity, async_add_lock_entities
from .reading.activity import ActivityCoordinator
from .reading.audit import EVENT_TYPES, event_type, masked

PARALLEL_UPDATES = 0

ACTIVITY = EventEntityDescription(
    key="activity", translation_key="activity", event_types=list(EVENT_TYPES)
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entities."""
    await async_add_lock_entities(
        entry,
        async_add_entities,
        lambda data, lock: (
            [ActivityEvent(activity, lock.lock_id, ACTIVITY)]
            if (activity := data.activity.get(lock.lock_id))
            else []
        ),
    )


class ActivityEvent(LockEntity[ActivityCoordinator], EventEntity):
    """Fires once for each new entry of a lock's audit, in order."""

    @override
    async def async_added_to_hass(self) -> None:
        """Fire waiting entries once automations listen, and all news from then on."""
        await super().async_added_to_hass()
        self.coordinator.has_consumer = True

        @callback
        def started(_: HomeAssistant) -> None:
            self._fire_waiting()

        self.async_on_remove(async_at_started(self.hass, started))

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
            moment = self.coordinator.moment(entry)
            type_of_event = event_type(entry)
            attributes = {
                "entry_id": entry.entry_id,
                "time": moment.isoformat() if moment else None,
                "entry_type": masked(entry.entry_type),
                "text": masked(entry.text),
            }
            self._trigger_event(type_of_event, attributes)
            self.async_write_ha_state()
            data = {ATTR_ENTITY_ID: self.entity_id, ATTR_EVENT_TYPE: type_of_event, **attributes}
            self.hass.bus.async_fire(EVENT_ACTIVITY, data)
        return bool(waiting)
