"""A phone for the demo's Home Assistant, which links this folder as a custom integration.

It shows each message as a notification. Messages hold codes, and notifications are not recorded.
"""

from typing import override

from homeassistant.components import persistent_notification
from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

DOMAIN = "demo_phone"
CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, _: ConfigType) -> bool:
    """Add the phone."""
    await hass.data[DATA_COMPONENT].async_add_entities([Phone()])
    return True


class Phone(NotifyEntity):
    """Anna's phone."""

    _attr_name = "Phone of Anna"
    _attr_unique_id = f"{DOMAIN}_anna"
    _attr_icon = "mdi:cellphone-message"

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Show a message."""
        persistent_notification.async_create(self.hass, message, self._attr_name)
