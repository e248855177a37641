"""The actions, by name: what each does, and its fields (`services.yaml` has their forms)."""

from functools import partial

from homeassistant.core import HomeAssistant, SupportsResponse, callback
import probatio as vol

from . import client_services, netcode_services, read_services
from .const import DOMAIN

ACTIONS = netcode_services.ACTIONS | client_services.ACTIONS | read_services.ACTIONS


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, (handler, fields) in ACTIONS.items():
        hass.services.async_register(
            DOMAIN, name, partial(handler, hass), vol.Schema(fields), SupportsResponse.OPTIONAL
        )
