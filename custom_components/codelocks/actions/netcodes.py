"""The actions that make, plan and list NetCodes, and answer text requests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import config_validation as cv, device_registry as dr, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio

from ..account import CodelocksConfigEntry
from ..api import Pool
from ..const import DOMAIN
from ..errors import invalid
from ..issuing.code_warnings import CodeWarning, known_warnings, shared_names, window_warnings
from ..issuing.delivery import async_check_recipients
from ..issuing.issue import IssuedCode, RequestSource
from ..issuing.message import code_sentence
from ..issuing.netcode_lock import KeptCode, NetcodeLock, netcode_lock
from ..issuing.order import (
    FailedLock,
    Order,
    OrderedLock,
    PlannedLock,
    async_order,
    async_plan_order,
)
from ..issuing.plan import requested_times
from ..issuing.requesters import Channel
from ..issuing.rows import async_user_names, code_row, iso, not_mine
from ..issuing.text_requests import async_answer
from ..netcode.ledger import Issued
from ..netcode.windows import Window, WindowRequest
from ..permission import Caller, async_caller
from .targets import (
    ATTR_CONFIG_ENTRY_ID,
    ATTR_MESSAGE,
    DEVICES,
    Actions,
    Target,
    async_check_permission,
    target_of,
)

ATTR_CHANNEL = "channel"
ATTR_DURATION = "duration"
ATTR_DURATION_ID = "duration_id"
ATTR_END = "end"
ATTR_FIT = "fit"
ATTR_INCLUDE_EXPIRED = "include_expired"
ATTR_MODE = "mode"
ATTR_NAME = "name"
ATTR_NOTIFY_ENTITY_ID = "notify_entity_id"
ATTR_REFERENCE = "reference"
ATTR_REVEAL = "reveal"
ATTR_SENDER = "sender"
ATTR_START = "start"
ATTR_SUB_MODE = "sub_mode"


@callback
def _window_request(call: ServiceCall) -> WindowRequest:
    """Return the requested window of an action."""
    end, duration = call.data.get(ATTR_END), call.data.get(ATTR_DURATION)
    duration_id = call.data.get(ATTR_DURATION_ID)
    start, requested_end = requested_times(call.data.get(ATTR_START), end, duration)
    # A duration id has its own length, unless an end is given.
    is_open = duration_id is not None and end is None and duration is None
    return WindowRequest(
        start=start,
        end=None if is_open else requested_end,
        fit=call.data.get(ATTR_FIT),
        mode=call.data.get(ATTR_MODE),
        sub_mode=call.data.get(ATTR_SUB_MODE),
        duration_id=duration_id,
    )


@callback
def _targets(call: ServiceCall) -> list[Target]:
    """Return the locks of an order; one that is named twice is refused before anything else."""
    device_ids = call.data[ATTR_DEVICE_ID]
    targets = [target_of(call.hass, device_id) for device_id in dict.fromkeys(device_ids)]
    for target in targets:
        if device_ids.count(target.device_id) > 1:
            raise invalid("lock_twice", lock=target.lock.name)
    return targets


def _ordered(
    targets: Sequence[Target], request: WindowRequest, recipients: Sequence[str] = ()
) -> tuple[OrderedLock, ...]:
    return tuple(
        OrderedLock(
            entry=target.entry,
            data=target.data,
            lock=target.lock,
            device_id=target.device_id,
            request=request,
            recipients=tuple(recipients),
        )
        for target in targets
    )


async def _generate_netcode(call: ServiceCall) -> ServiceResponse:
    """Make codes for locks, and send them to the notify entities."""
    targets = _targets(call)
    await async_check_permission(call, targets)
    recipients = call.data.get(ATTR_NOTIFY_ENTITY_ID, [])
    async_check_recipients(call.hass, recipients)
    order = Order(
        locks=_ordered(targets, _window_request(call), recipients),
        source=RequestSource.ACTION,
        name=call.data.get(ATTR_NAME),
        reference=call.data.get(ATTR_REFERENCE),
        user_id=call.context.user_id,
        message=call.data.get(ATTR_MESSAGE),
    )
    outcome = await async_order(call.hass, order)
    return _response(
        [_issued(call.hass, code) for code in outcome.codes],
        targets,
        deliveries=outcome.deliveries,
        failed=[_failed(lock) for lock in outcome.failed],
    )


async def _plan_netcode(call: ServiceCall) -> ServiceResponse:
    """Return what would be made for locks; makes no NetCode call."""
    targets = _targets(call)
    caller = await async_caller(call.hass, call.context)
    planned = await async_plan_order(call.hass, _ordered(targets, _window_request(call)))
    return _response(
        [_planned(call.hass, caller, plan, window) for plan in planned for window in plan.windows],
        targets,
        failed=[
            _failed(FailedLock(ordered=plan.ordered, error=plan.error))
            for plan in planned
            if plan.error
        ],
    )


def _response(
    codes: list[dict[str, Any]], targets: Sequence[Target], **more: list[dict[str, Any]]
) -> ServiceResponse:
    """Return a response about codes, with the first one's fields on top."""
    first = next(one for one in targets if one.device_id == codes[0]["device_id"])
    left = first.data.calls_left(Pool.NETCODE, dt_util.utcnow())
    return cast(ServiceResponse, {**codes[0], "netcode_calls_left": left, "codes": codes, **more})


def _issued(hass: HomeAssistant, code: IssuedCode) -> dict[str, Any]:
    return {
        "netcode": code.netcode,
        "id": code.row.id,
        "name": code.row.name,
        "text": code_sentence(hass, code),
        "cached": code.cached,
        "spare": code.row.spare,
        "replaces": list(code.replaces),
        "shared_with": list(code.shared_with),
        **_window_fields(code.device_id, code.lock, code.request, code.window),
        **_warning_fields(code.warnings),
    }


def _planned(
    hass: HomeAssistant, caller: Caller, plan: PlannedLock, window: Window
) -> dict[str, Any]:
    ordered = plan.ordered
    lock, ledger = ordered.lock, ordered.data.ledger_keeper.data
    same: Sequence[Issued] = ()
    if caller.may_read(ordered.entry, lock.owner):  # or else who has codes is not their business
        same = ledger.same(lock.key(window), dt_util.utcnow())
    others = [row for row in same if row.name or row.reference]  # a plan names nobody
    return {
        "cached": bool(same),
        "spare": False,  # nobody knows yet whether the cloud answers
        "shared_with": list(shared_names(hass, others)),
        **_window_fields(ordered.device_id, lock, ordered.request, window),
        **_warning_fields(
            (*window_warnings(hass, lock, window), *known_warnings(hass, same, others))
        ),
    }


def _failed(failed: FailedLock) -> dict[str, Any]:
    return {
        "device_id": failed.ordered.device_id,
        "lock_name": failed.ordered.lock.name,
        "error": str(failed.error),
        "error_key": failed.error.translation_key,
    }


def _window_fields(
    device_id: str, lock: NetcodeLock, request: WindowRequest, window: Window
) -> dict[str, Any]:
    """Return the fields of a response that are about a code's window."""
    return {
        "device_id": device_id,
        **({"lock_id": lock.owner} if lock.is_k3 else {}),
        "lock_name": lock.name,
        "mode": window.mode,
        "sub_mode": window.sub_mode,
        "duration_id": window.duration_id,
        "start": iso(window.start, lock.zone),
        "end": iso(window.end, lock.zone),
        "requested_start": iso(request.start, lock.zone),
        "requested_end": iso(request.end, lock.zone) if request.end else None,
    }


def _warning_fields(warnings: Sequence[CodeWarning]) -> dict[str, list[str]]:
    return {
        "warnings": [warning.text for warning in warnings],
        "warning_keys": [warning.key for warning in warnings],
    }


@callback
def _netcode_devices(hass: HomeAssistant) -> list[str]:
    """Return the devices of all locks that codes can be made for."""
    registry = dr.async_get(hass)
    return [
        device.id
        for entry in hass.config_entries.async_loaded_entries(DOMAIN)
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if any(netcode_lock(entry, owner) for domain, owner in device.identifiers)
    ]


async def _get_netcodes(call: ServiceCall) -> ServiceResponse:
    """List the codes that were made; the codes themselves only with `reveal`."""
    chosen = call.data.get(ATTR_DEVICE_ID)
    devices = dict.fromkeys(chosen or _netcode_devices(call.hass))
    targets = [target_of(call.hass, device_id) for device_id in devices]
    if not chosen:
        caller = await async_caller(call.hass, call.context)
        allowed = [one for one in targets if caller.may_issue(one.entry, one.lock.owner)]
        targets = allowed or targets
    await async_check_permission(call, targets)
    now = dt_util.utcnow()
    since = datetime.min.replace(tzinfo=UTC) if call.data[ATTR_INCLUDE_EXPIRED] else now
    rows = [
        (target, row)
        for target in targets
        for row in target.data.ledger_keeper.data.between(target.lock.owner, since)
    ]
    rows.sort(key=lambda pair: pair[1].start)
    reveal = call.data[ATTR_REVEAL]
    users = await async_user_names(call.hass, [row for _, row in rows])
    netcodes = [
        code_row(
            call.hass,
            target.device_id,
            KeptCode(lock=target.lock, row=row),
            not_mine(row, target.data.ledger_keeper.data.sharing(row.key)),
            now,
            users.get(row.issued_user or ""),
        )
        | ({"netcode": row.code} if reveal else {})
        for target, row in rows
    ]
    return cast(ServiceResponse, {"netcodes": netcodes})


async def _answer_text_request(call: ServiceCall) -> ServiceResponse:
    """Return the reply to a text message: a code, if the sender may ask for one."""
    entries: list[CodelocksConfigEntry] = call.hass.config_entries.async_loaded_entries(DOMAIN)
    if entry_id := call.data.get(ATTR_CONFIG_ENTRY_ID):
        entries = [service.async_get_config_entry(call.hass, DOMAIN, entry_id)]
    # It may give out a code of any lock of the accounts.
    caller = await async_caller(call.hass, call.context)
    if not all(map(caller.may_issue_all, entries)):
        raise Unauthorized(context=call.context)
    answer = await async_answer(
        call.hass,
        entries,
        Channel(call.data[ATTR_CHANNEL]),
        call.data[ATTR_SENDER],
        call.data[ATTR_MESSAGE],
    )
    response: dict[str, Any] = {"allowed": answer.allowed, "reply": answer.reply}
    if code := answer.code:
        response |= {
            "id": code.row.id,
            "device_id": code.device_id,
            "start": iso(code.window.start, code.lock.zone),
            "end": iso(code.window.end, code.lock.zone),
        }
    return response


WINDOW: VolDictType = {
    **DEVICES,
    probatio.Optional(ATTR_START): cv.datetime,
    probatio.Optional(ATTR_DURATION): probatio.All(cv.time_period, cv.positive_timedelta),
    probatio.Optional(ATTR_END): cv.datetime,
    probatio.Optional(ATTR_FIT): probatio.In(["single", "tight"]),
    probatio.Optional(ATTR_MODE): cv.string,
    probatio.Optional(ATTR_SUB_MODE): cv.string,
    probatio.Optional(ATTR_DURATION_ID): probatio.All(probatio.Coerce(int), probatio.Range(0)),
}

ACTIONS: Actions = {
    "generate_netcode": (
        _generate_netcode,
        {
            **WINDOW,
            probatio.Optional(ATTR_NAME): cv.string,
            probatio.Optional(ATTR_REFERENCE): cv.string,
            probatio.Optional(ATTR_NOTIFY_ENTITY_ID): cv.entity_ids,
            probatio.Optional(ATTR_MESSAGE): cv.string,
        },
    ),
    "plan_netcode": (_plan_netcode, WINDOW),
    "get_netcodes": (
        _get_netcodes,
        {
            probatio.Optional(ATTR_DEVICE_ID): probatio.All(probatio.EnsureList(), [cv.string]),
            probatio.Optional(ATTR_INCLUDE_EXPIRED, default=False): cv.boolean,
            probatio.Optional(ATTR_REVEAL, default=False): cv.boolean,
        },
    ),
    "answer_text_request": (
        _answer_text_request,
        {
            probatio.Required(ATTR_CHANNEL): probatio.In([channel.value for channel in Channel]),
            # A template may turn a stranger's words into any type: accept it, and reply.
            probatio.Required(ATTR_SENDER): probatio.Coerce(str),
            probatio.Required(ATTR_MESSAGE): probatio.Coerce(str),
            probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        },
    ),
}
