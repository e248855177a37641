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
    """Tells the news of a lock's audit, in order and each once."""

    @override
    async def async_added_to_hass(self) -> None:
        """Tell what waited, once automations listen, and from then on all news."""
        await super().async_added_to_hass()
        self.coordinator.has_consumer = True

        @callback
        def tell(_: HomeAssistant) -> None:
            self._tell()

        self.async_on_remove(async_at_started(self.hass, tell))

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Keep what waits over a reload, but not for an entity that was disabled or deleted."""
        await super().async_will_remove_from_hass()
        if not self.registry_entry or self.registry_entry.disabled:
            self.coordinator.forget_consumer()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        if not self._tell():
            super()._handle_coordinator_update()

    @callback
    def _tell(self) -> bool:
        """Fire one event for each entry that waits; returns whether there was any."""
        if not self.available or self.hass.state is not CoreState.running:
            return False
        waiting = self.coordinator.take_waiting()
        if waiting and self.hass.states.is_state(self.entity_id, STATE_UNAVAILABLE):
            # Back to life first: triggers do not look at what follows on unavailable.
            self.async_write_ha_state()
        for entry in waiting:
            moment = self.coordinator.moment(entry)
            kind = event_type(entry)
            attributes = {
                "entry_id": entry.entry_id,
                "time": moment.isoformat() if moment else None,
                "entry_type": masked(entry.entry_type),
                "text": masked(entry.text),
            }
            self._trigger_event(kind, attributes)
            self.async_write_ha_state()
            data = {ATTR_ENTITY_ID: self.entity_id, ATTR_EVENT_TYPE: kind, **attributes}
            self.hass.bus.async_fire(EVENT_ACTIVITY, data)
        return bool(waiting)
