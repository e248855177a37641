"""The actions that change and read smart-phone clients."""

from datetime import time
import re
from typing import Any, cast
import unicodedata

from homeassistant.core import Context, HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import probatio

from ..api import DAYS, MAX_EMAIL, AccessType, ActivePeriod, Client
from ..clients.active_periods import ImpossiblePeriods, as_rows, from_schedule, read_periods
from ..clients.changes import (
    Change,
    adding,
    async_write_each,
    deleting,
    restoring,
    suspending,
    updating,
)
from ..const import DEFAULT_CLIENT_MESSAGE, MAX_CLIENT_MESSAGE
from ..errors import api_errors, invalid
from .targets import (
    ATTR_MESSAGE,
    DEVICE,
    DEVICES,
    Actions,
    Target,
    async_lock,
    async_locks,
)

ATTR_ACCESS_TYPE = "access_type"
ATTR_ACTIVE_PERIODS = "active_periods"
ATTR_EMAIL = "email"
ATTR_SCHEDULE = "schedule_entity_id"

SCHEDULE = "schedule"
GET_SCHEDULE = "get_schedule"
_EMAIL = re.compile(r"\A[^@\s,;<>]+@(?:[^@\s,;<>.]+\.)+[^@\s,;<>.]+\Z")
_NOT_IN_MESSAGES = re.compile(r"[^0-9A-Za-z _,\-.()]")
"""Characters that the API refuses in an invitation (v1 documentation, Add Smart Phone Client)."""


def _end_time(value: Any) -> time:
    """Return when a period ends; 24:00 is accepted, as in a schedule helper."""
    return time.max if str(value) in ("24:00", "24:00:00") else cv.time(value)


CLIENT: VolDictType = {**DEVICES, probatio.Required(ATTR_EMAIL): cv.string}
PERIODS: VolDictType = {
    probatio.Optional(ATTR_ACTIVE_PERIODS): probatio.All(
        probatio.EnsureList(),
        [
            {
                probatio.Required("starts"): cv.time,
                probatio.Required("ends"): _end_time,
                probatio.Optional("days", default=list(DAYS)): probatio.All(
                    probatio.EnsureList(), [probatio.In(DAYS)]
                ),
                probatio.Optional("enabled", default=True): cv.boolean,
            }
        ],
    ),
    probatio.Optional(ATTR_SCHEDULE): cv.entity_id,
}


def _checked_email(email: str) -> str:
    """Return a valid e-mail address; raises a validation error."""
    email = email.strip()
    if len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email):
        raise invalid("invalid_email")
    return email


def _checked_message(message: str | None) -> str:
    """Return the text of an invitation; raises a validation error if the API would refuse it."""
    message = " ".join((message or "").split()) or DEFAULT_CLIENT_MESSAGE
    if len(message) > MAX_CLIENT_MESSAGE:
        raise invalid("message_too_long", longest=str(MAX_CLIENT_MESSAGE))
    if refused := sorted(set(_NOT_IN_MESSAGES.findall(message))):
        raise invalid("message_characters", characters=" ".join(map(_visible, refused)))
    return message


def _visible(character: str) -> str:
    """Return a character, or its name if it is invisible."""
    return character if character.isprintable() else unicodedata.name(character, ascii(character))


async def _async_periods(call: ServiceCall) -> tuple[ActivePeriod, ...] | None:
    """Return the active periods of a call or of its schedule helper, None if it has neither."""
    rows, schedule = call.data.get(ATTR_ACTIVE_PERIODS), call.data.get(ATTR_SCHEDULE)
    if rows is not None and schedule is not None:
        raise invalid("periods_and_schedule")
    try:
        if rows is not None:
            return read_periods(rows)
        if schedule is not None:
            return from_schedule(await _async_schedule(call.hass, schedule, call.context))
    except ImpossiblePeriods as err:
        raise invalid(err.reason, **err.placeholders) from err
    return None


async def _async_schedule(hass: HomeAssistant, entity_id: str, context: Context) -> Any:
    """Return the week of a schedule helper; raises a validation error if there is none."""
    answer = None
    if hass.services.has_service(SCHEDULE, GET_SCHEDULE) and hass.states.get(entity_id):
        answer = await hass.services.async_call(
            SCHEDULE,
            GET_SCHEDULE,
            {"entity_id": entity_id},
            blocking=True,
            context=context,
            return_response=True,
        )
    if not answer or entity_id not in answer:
        raise invalid("schedule_unknown", schedule=entity_id)
    return answer[entity_id]


def _client(client: Client) -> dict[str, Any]:
    return {
        "email": client.email,
        "status": client.status,
        "access_type": client.access_type.lower() if client.access_type else None,
        "active_periods": as_rows(client.active_periods),
    }


async def _add_client(call: ServiceCall) -> ServiceResponse:
    """Invite a client to locks."""
    targets = await async_locks(call)
    change = adding(
        _checked_email(call.data[ATTR_EMAIL]),
        await _async_periods(call),
        AccessType(call.data[ATTR_ACCESS_TYPE].upper()),
        _checked_message(call.data.get(ATTR_MESSAGE)),
    )
    return await _async_write(call.hass, targets, change)


async def _update_client(call: ServiceCall) -> ServiceResponse:
    """Change when a client may open locks."""
    targets = await async_locks(call)
    email = _checked_email(call.data[ATTR_EMAIL])
    if (periods := await _async_periods(call)) is None:
        raise invalid("periods_or_schedule")
    return await _async_write(call.hass, targets, updating(email, periods))


async def _suspend_client(call: ServiceCall) -> ServiceResponse:
    """Suspend a client of locks."""
    targets = await async_locks(call)
    return await _async_write(call.hass, targets, suspending(_checked_email(call.data[ATTR_EMAIL])))


async def _restore_client(call: ServiceCall) -> ServiceResponse:
    """Restore a suspended client of locks."""
    targets = await async_locks(call)
    return await _async_write(call.hass, targets, restoring(_checked_email(call.data[ATTR_EMAIL])))


async def _delete_client(call: ServiceCall) -> ServiceResponse:
    """Delete a client of locks."""
    targets = await async_locks(call)
    return await _async_write(call.hass, targets, deleting(_checked_email(call.data[ATTR_EMAIL])))


async def _get_clients(call: ServiceCall) -> ServiceResponse:
    """Read the clients of a lock."""
    target = await async_lock(call)
    data = target.data

    async def read() -> tuple[Client, ...]:
        if coordinator := data.clients.get(target.lock.owner):
            return await coordinator.async_get_clients()
        return await data.client.clients(target.lock.owner)

    with api_errors(call.hass, target.entry):
        question = f"clients {target.lock.owner}"
        clients = await data.questions.async_ask(question, read, remember=False)
    return {"count": len(clients), "clients": [_client(client) for client in clients]}


async def _async_write(
    hass: HomeAssistant, targets: list[Target], change: Change
) -> ServiceResponse:
    """Make one change at each lock."""
    locks = [(target.device_id, target.entry, target.lock.owner) for target in targets]
    return cast(ServiceResponse, {"results": await async_write_each(hass, locks, change)})


ACTIONS: Actions = {
    "add_client": (
        _add_client,
        {
            **CLIENT,
            probatio.Optional(ATTR_ACCESS_TYPE, default="standard"): probatio.In(
                ["standard", "one_time"]
            ),
            **PERIODS,
            probatio.Optional(ATTR_MESSAGE): cv.string,
        },
    ),
    "update_client": (_update_client, {**CLIENT, **PERIODS}),
    "suspend_client": (_suspend_client, CLIENT),
    "restore_client": (_restore_client, CLIENT),
    "delete_client": (_delete_client, CLIENT),
    "get_clients": (_get_clients, DEVICE),
}
