"""The actions, by name: what each does, and its fields (`services.yaml` has their forms)."""

from functools import partial

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
import probatio

from .actions import clients, netcodes, reads
from .actions.targets import Handler
from .const import DOMAIN
from .permission import async_caller
from .polling.spending import spending

ACTIONS = netcodes.ACTIONS | clients.ACTIONS | reads.ACTIONS


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, (handler, fields) in ACTIONS.items():
        hass.services.async_register(
            DOMAIN,
            name,
            partial(_async_act, handler),
            probatio.Schema(fields),
            SupportsResponse.OPTIONAL,
        )


async def _async_act(handler: Handler, call: ServiceCall) -> ServiceResponse:
    """Do what an action is for, with what its caller may spend."""
    caller = await async_caller(call.hass, call.context)
    with spending(uses_reserve=caller.uses_reserve):
        return await handler(call)
