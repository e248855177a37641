"""The actions, by name: what each does, and its fields (`services.yaml` has their forms)."""

from homeassistant.core import HomeAssistant, SupportsResponse, callback
import probatio

from .actions import clients, kept_codes, netcodes, reads
from .const import DOMAIN

ACTIONS = netcodes.ACTIONS | kept_codes.ACTIONS | clients.ACTIONS | reads.ACTIONS


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, (handler, fields) in ACTIONS.items():
        hass.services.async_register(
            DOMAIN, name, handler, probatio.Schema(fields), SupportsResponse.OPTIONAL
        )
