"""The actions that make, plan and list NetCodes, and answer text requests."""

from datetime import UTC, datetime, tzinfo
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
from ..issuing.code_warnings import window_warnings
from ..issuing.issue import Order, RequestSource, async_issue
from ..issuing.netcode_lock import NetcodeLock, netcode_lock
from ..issuing.plan import async_plan, requested_times
from ..issuing.requesters import Channel
from ..issuing.tell import async_tell
from ..issuing.text_requests import async_answer
from ..netcode.ledger import Issued
from ..netcode.windows import Window, WindowRequest
from ..permission import async_caller
from .targets import (
    ATTR_CONFIG_ENTRY_ID,
    ATTR_MESSAGE,
    DEVICE,
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


def _window_fields(target: Target, request: WindowRequest, window: Window) -> dict[str, Any]:
    """Return the fields of a response that are about a code's window."""
    lock = target.lock
    return {
        "device_id": target.device_id,
        **({"lock_id": lock.owner} if lock.is_k3 else {}),
        "lock_name": lock.name,
        "mode": window.mode,
        "sub_mode": window.sub_mode,
        "duration_id": window.duration_id,
        **_start_and_end(lock, window),
        "requested_start": _iso(request.start, lock.zone),
        "requested_end": _iso(request.end, lock.zone) if request.end else None,
    }


def _start_and_end(lock: NetcodeLock, window: Window) -> dict[str, str]:
    return {"start": _iso(window.start, lock.zone), "end": _iso(window.end, lock.zone)}


def _iso(moment: datetime, zone: tzinfo) -> str:
    """Return a moment for a response; all times about a lock are in the lock's zone."""
    return moment.astimezone(zone).isoformat()


def _response(target: Target, codes: list[dict[str, Any]]) -> ServiceResponse:
    """Return a response about codes, with the first one's fields on top."""
    data = target.data
    left = data.calls_left(Pool.NETCODE, dt_util.utcnow())
    return cast(ServiceResponse, {**codes[0], "netcode_calls_left": left, "codes": codes})


async def _generate_netcode(call: ServiceCall) -> ServiceResponse:
    """Make a code for a lock, and send it to the notify entities."""
    target = target_of(call.hass, call.data[ATTR_DEVICE_ID])
    await async_check_permission(call, [target])
    order = Order(
        request=_window_request(call),
        source=RequestSource.ACTION,
        # A template may render to blanks: that is neither a name nor a reference.
        name=call.data.get(ATTR_NAME, "").strip() or None,
        reference=call.data.get(ATTR_REFERENCE, "").strip() or None,
    )
    codes = [
        {
            "netcode": code.netcode,
            "id": code.row.id,
            **_window_fields(target, order.request, code.window),
            "name": code.row.name,
            "cached": code.cached,
            "replaces": list(code.replaces),
            "warnings": list(code.warnings),
            "deliveries": await async_tell(
                call.hass,
                target.lock,
                code,
                call.data.get(ATTR_NOTIFY_ENTITY_ID, []),
                call.data.get(ATTR_MESSAGE),
            ),
        }
        for code in await async_issue(call.hass, target.entry, target.lock, order)
    ]
    return _response(target, codes)


async def _plan_netcode(call: ServiceCall) -> ServiceResponse:
    """Return what would be made for a lock; makes no NetCode call."""
    target = target_of(call.hass, call.data[ATTR_DEVICE_ID])
    request = _window_request(call)
    windows = await async_plan(call.hass, target.entry, target.lock, request)
    ledger, now = target.data.ledger_keeper.data, dt_util.utcnow()
    codes = [
        {
            **_window_fields(target, request, window),
            "cached": bool(ledger.same(target.lock.key(window), now)),
            "warnings": window_warnings(call.hass, target.lock, window),
        }
        for window in windows
    ]
    return _response(target, codes)


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
    netcodes = [_netcode(target, row, now, reveal=reveal) for target, row in rows]
    return cast(ServiceResponse, {"netcodes": netcodes})


def _netcode(target: Target, row: Issued, now: datetime, *, reveal: bool) -> dict[str, Any]:
    zone = target.lock.zone
    return {
        "id": row.id,
        "device_id": target.device_id,
        "lock_name": target.lock.name,
        "name": row.name,
        "reference": row.reference,
        "start": _iso(row.start, zone),
        "end": _iso(row.end, zone),
        "mode": row.mode,
        "state": row.state(now).value,
        "issued_at": _iso(row.issued_at, zone),
        "issued_by": row.issued_by,
        **({"netcode": row.code} if reveal else {}),
    }


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
    if (code := answer.code) and answer.lock:
        response |= {
            "id": code.row.id,
            "device_id": answer.device_id,
            **_start_and_end(answer.lock, code.window),
        }
    return response


WINDOW: VolDictType = {
    **DEVICE,
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
