"""Fields that several forms have: locks, notify entities, whole numbers."""

from collections.abc import Iterable
from typing import Any

from homeassistant.components.notify import DOMAIN as NOTIFY_DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import (
    DeviceFilterSelectorConfig,
    DeviceSelector,
    DeviceSelectorConfig,
    EntityFilterSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
)
import probatio

from ..const import DOMAIN, SUBENTRY_BOOKINGS

LOCKS = DeviceSelector(
    DeviceSelectorConfig(
        multiple=True,
        filter=[DeviceFilterSelectorConfig(integration=DOMAIN)],
        # Only locks have a calendar, so this leaves out the account.
        entity=[EntityFilterSelectorConfig(integration=DOMAIN, domain="calendar")],
    )
)
NOTIFY_ENTITIES = EntitySelector(EntitySelectorConfig(domain=NOTIFY_DOMAIN, multiple=True))


def whole_number(least: int, most: int, unit: str | None = None) -> probatio.All[Any]:
    """Return a field for a whole number."""
    config = NumberSelectorConfig(min=least, max=most, step=1, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return probatio.All(NumberSelector(config), probatio.Coerce(int))


@callback
def lock_device_ids(hass: HomeAssistant, entries: Iterable[ConfigEntry]) -> set[str]:
    """Return the device ids of the locks of accounts."""
    registry = dr.async_get(hass)
    return {
        device.id
        for entry in entries
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if device.identifiers.isdisjoint((DOMAIN, owner) for owner in _no_locks(entry))
    }


def _no_locks(entry: ConfigEntry) -> list[str]:
    """Return the owners of an account's devices that are no locks."""
    bookings = entry.get_subentries_of_type(SUBENTRY_BOOKINGS)
    return [entry.entry_id, *(subentry.subentry_id for subentry in bookings)]
