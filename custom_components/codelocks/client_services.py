"""The actions that change and read smart-phone clients."""

from datetime import time
from typing import Any, cast

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio as vol

from .action_targets import (
    ATTR_MESSAGE,
    DEVICE,
    DEVICES,
    Actions,
    Target,
    async_lock,
    async_locks,
)
from .api import DAYS, AccessType, ActivePeriod
from .clients import (
    Change,
    adding,
    as_response,
    async_chosen_periods,
    async_write_each,
    checked_email,
    checked_message,
    deleting,
    restoring,
    suspending,
    updating,
)
from .errors import api_errors, invalid

ATTR_ACCESS_TYPE = "access_type"
ATTR_ACTIVE_PERIODS = "active_periods"
ATTR_EMAIL = "email"
ATTR_SCHEDULE = "schedule_entity_id"


def _end_time(value: Any) -> time:
    """Return when a period ends: midnight may be written as 24:00, as in a schedule helper."""
    return time.max if str(value) in ("24:00", "24:00:00") else cv.time(value)


CLIENT: VolDictType = {**DEVICES, vol.Required(ATTR_EMAIL): cv.string}
PERIODS: VolDictType = {
    vol.Optional(ATTR_ACTIVE_PERIODS): vol.All(
        cv.ensure_list,
        [
            {
                vol.Required("starts"): cv.time,
                vol.Required("ends"): _end_time,
                vol.Optional("days", default=list(DAYS)): vol.All(cv.ensure_list, [vol.In(DAYS)]),
                vol.Optional("enabled", default=True): cv.boolean,
            }
        ],
    ),
    vol.Optional(ATTR_SCHEDULE): cv.entity_id,
}


async def _add_client(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Invite a client to locks."""
    targets = await async_locks(hass, call)
    change = adding(
        checked_email(call.data[ATTR_EMAIL]),
        await _async_periods(hass, call),
        AccessType(call.data[ATTR_ACCESS_TYPE].upper()),
        checked_message(call.data.get(ATTR_MESSAGE)),
    )
    return await _async_write(hass, targets, change)


async def _update_client(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Change when a client may open locks."""
    targets = await async_locks(hass, call)
    email = checked_email(call.data[ATTR_EMAIL])
    if (periods := await _async_periods(hass, call)) is None:
        raise invalid("periods_or_schedule")
    return await _async_write(hass, targets, updating(email, periods))


async def _suspend_client(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Suspend a client of locks."""
    targets = await async_locks(hass, call)
    return await _async_write(hass, targets, suspending(checked_email(call.data[ATTR_EMAIL])))


async def _restore_client(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Restore a suspended client of locks."""
    targets = await async_locks(hass, call)
    return await _async_write(hass, targets, restoring(checked_email(call.data[ATTR_EMAIL])))


async def _delete_client(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Delete a client of locks."""
    targets = await async_locks(hass, call)
    return await _async_write(hass, targets, deleting(checked_email(call.data[ATTR_EMAIL])))


async def _get_clients(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Read the clients of a lock."""
    target = await async_lock(hass, call)
    data = target.data
    with api_errors(hass, target.entry):
        if coordinator := data.clients.get(target.lock_id):
            clients = await coordinator.async_get_clients()
        else:
            clients = await data.client.clients(target.lock_id)
    return {"count": len(clients), "clients": [as_response(client) for client in clients]}


async def _async_periods(hass: HomeAssistant, call: ServiceCall) -> tuple[ActivePeriod, ...] | None:
    """Return the active periods that are asked for, None where the call says nothing of them."""
    return await async_chosen_periods(
        hass, call.data.get(ATTR_ACTIVE_PERIODS), call.data.get(ATTR_SCHEDULE), call.context
    )


async def _async_write(
    hass: HomeAssistant, targets: list[Target], change: Change
) -> ServiceResponse:
    """Make one change at each lock."""
    locks = [(target.device_id, target.entry, target.lock_id) for target in targets]
    return cast(ServiceResponse, {"results": await async_write_each(hass, locks, change)})


ACTIONS: Actions = {
    "add_client": (
        _add_client,
        {
            **CLIENT,
            vol.Optional(ATTR_ACCESS_TYPE, default="standard"): vol.In(["standard", "one_time"]),
            **PERIODS,
            vol.Optional(ATTR_MESSAGE): cv.string,
        },
    ),
    "update_client": (_update_client, {**CLIENT, **PERIODS}),
    "suspend_client": (_suspend_client, CLIENT),
    "restore_client": (_restore_client, CLIENT),
    "delete_client": (_delete_client, CLIENT),
    "get_clients": (_get_clients, DEVICE),
}
