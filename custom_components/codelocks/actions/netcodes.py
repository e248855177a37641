"""The actions that make, plan and list NetCodes, and answer those who text for one."""

from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import config_validation as cv, device_registry as dr, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio as vol

from ..api import Pool
from ..const import DOMAIN
from ..issuing.issue import (
    NetcodeLock,
    Order,
    RequestSource,
    async_issue,
    async_plan,
    async_tell,
    netcode_lock,
    window_warnings,
    wished_times,
)
from ..issuing.requesters import Channel
from ..issuing.text_requests import async_answer
from ..netcode.ledger import Issued
from ..netcode.windows import Window, WindowRequest
from ..permission import async_caller
from ..reading.coordinator import CodelocksConfigEntry
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
def _wish(call: ServiceCall) -> WindowRequest:
    """Return when somebody should be able to open, from an action's fields."""
    end, length = call.data.get(ATTR_END), call.data.get(ATTR_DURATION)
    duration_id = call.data.get(ATTR_DURATION_ID)
    start, wished_end = wished_times(call.data.get(ATTR_START), end, length)
    # A certain duration has its own end, unless another is wished.
    is_open = duration_id is not None and end is None and length is None
    return WindowRequest(
        start=start,
        end=None if is_open else wished_end,
        fit=call.data.get(ATTR_FIT),
        mode=call.data.get(ATTR_MODE),
        sub_mode=call.data.get(ATTR_SUB_MODE),
        duration_id=duration_id,
    )


def _window(target: Target, wish: WindowRequest, window: Window) -> dict[str, Any]:
    """Return a code's window as actions answer it."""
    lock = target.lock
    return {
        "device_id": target.device_id,
        **({"lock_id": lock.owner} if lock.is_k3 else {}),
        "lock_name": lock.name,
        "mode": window.mode,
        "sub_mode": window.sub_mode,
        "duration_id": window.duration_id,
        **_when(lock, window),
        "requested_start": wish.start.isoformat(),
        "requested_end": wish.end.isoformat() if wish.end else None,
    }


def _when(lock: NetcodeLock, window: Window) -> dict[str, str]:
    """Return when a code works, in the time of people at the lock: its own clock may differ."""
    start, end = (moment.astimezone(lock.zone) for moment in (window.start, window.end))
    return {"start": start.isoformat(), "end": end.isoformat()}


def _codes(target: Target, codes: list[dict[str, Any]]) -> ServiceResponse:
    """Return codes as actions answer them: the first one's fields on top."""
    data = target.data
    left = data.calls_left(Pool.NETCODE, dt_util.utcnow())
    return cast(ServiceResponse, {**codes[0], "netcode_calls_left": left, "codes": codes})


async def _generate_netcode(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Make a code for a lock, and tell it to whom it is for."""
    target = target_of(hass, call.data[ATTR_DEVICE_ID])
    await async_check_permission(hass, call, [target])
    order = Order(
        wish=_wish(call),
        source=RequestSource.ACTION,
        # A template may come out empty: that names neither a person nor a booking.
        name=call.data.get(ATTR_NAME, "").strip() or None,
        reference=call.data.get(ATTR_REFERENCE, "").strip() or None,
    )
    codes = [
        {
            "netcode": made.netcode,
            "id": made.row.id,
            **_window(target, order.wish, made.window),
            "name": made.row.name,
            "cached": made.cached,
            "replaces": list(made.replaces),
            "warnings": list(made.warnings),
            "deliveries": await async_tell(
                hass,
                target.lock,
                made,
                call.data.get(ATTR_NOTIFY_ENTITY_ID, []),
                call.data.get(ATTR_MESSAGE),
            ),
        }
        for made in await async_issue(hass, target.entry, target.lock, order)
    ]
    return _codes(target, codes)


async def _plan_netcode(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Tell what would be made for a lock; spends no NetCode call."""
    target = target_of(hass, call.data[ATTR_DEVICE_ID])
    wish = _wish(call)
    windows = await async_plan(hass, target.entry, target.lock, wish)
    ledger, now = target.data.ledger_keeper.data, dt_util.utcnow()
    codes = [
        {
            **_window(target, wish, window),
            "cached": bool(ledger.same(target.lock.key(window), now)),
            "warnings": window_warnings(hass, target.lock, window),
        }
        for window in windows
    ]
    return _codes(target, codes)


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


async def _get_netcodes(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """List the codes that were made; their values only where they are asked for."""
    devices = call.data.get(ATTR_DEVICE_ID)
    targets = [target_of(hass, one) for one in dict.fromkeys(devices or _netcode_devices(hass))]
    if not devices:
        caller = await async_caller(hass, call.context)
        allowed = [one for one in targets if caller.may_issue(one.entry, one.lock.owner)]
        targets = allowed or targets
    await async_check_permission(hass, call, targets)
    now = dt_util.utcnow()
    since = datetime.min.replace(tzinfo=UTC) if call.data[ATTR_INCLUDE_EXPIRED] else now
    rows = [
        _netcode(target, row, now, reveal=call.data[ATTR_REVEAL])
        for target in targets
        for row in target.data.ledger_keeper.data.between(target.lock.owner, since)
    ]
    return cast(ServiceResponse, {"netcodes": sorted(rows, key=itemgetter("start"))})


def _netcode(target: Target, row: Issued, now: datetime, *, reveal: bool) -> dict[str, Any]:
    zone = dt_util.get_default_time_zone()
    return {
        "id": row.id,
        "device_id": target.device_id,
        "lock_name": target.lock.name,
        "name": row.name,
        "reference": row.reference,
        "start": row.start.astimezone(zone).isoformat(),
        "end": row.end.astimezone(zone).isoformat(),
        "mode": row.mode,
        "state": row.state(now).value,
        "issued_at": row.issued_at.astimezone(zone).isoformat(),
        "issued_by": row.issued_by,
        **({"netcode": row.code} if reveal else {}),
    }


async def _answer_text_request(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Tell what to answer to a text message: a code, if its sender may ask for one."""
    entries: list[CodelocksConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    if entry_id := call.data.get(ATTR_CONFIG_ENTRY_ID):
        entries = [service.async_get_config_entry(hass, DOMAIN, entry_id)]
    # It may give out a code of any lock of the accounts.
    caller = await async_caller(hass, call.context)
    if not all(map(caller.may_issue_all, entries)):
        raise Unauthorized(context=call.context)
    answer = await async_answer(
        hass,
        entries,
        Channel(call.data[ATTR_CHANNEL]),
        call.data[ATTR_SENDER],
        call.data[ATTR_MESSAGE],
    )
    response: dict[str, Any] = {"allowed": answer.allowed, "reply": answer.reply}
    if (made := answer.made) and answer.lock:
        response |= {
            "id": made.row.id,
            "device_id": answer.device_id,
            **_when(answer.lock, made.window),
        }
    return response


WISH: VolDictType = {
    **DEVICE,
    vol.Optional(ATTR_START): cv.datetime,
    vol.Optional(ATTR_DURATION): vol.All(cv.time_period, cv.positive_timedelta),
    vol.Optional(ATTR_END): cv.datetime,
    vol.Optional(ATTR_FIT): vol.In(["single", "tight"]),
    vol.Optional(ATTR_MODE): cv.string,
    vol.Optional(ATTR_SUB_MODE): cv.string,
    vol.Optional(ATTR_DURATION_ID): vol.All(vol.Coerce(int), vol.Range(0)),
}

ACTIONS: Actions = {
    "generate_netcode": (
        _generate_netcode,
        {
            **WISH,
            vol.Optional(ATTR_NAME): cv.string,
            vol.Optional(ATTR_REFERENCE): cv.string,
            vol.Optional(ATTR_NOTIFY_ENTITY_ID): cv.entity_ids,
            vol.Optional(ATTR_MESSAGE): cv.string,
        },
    ),
    "plan_netcode": (_plan_netcode, WISH),
    "get_netcodes": (
        _get_netcodes,
        {
            vol.Optional(ATTR_DEVICE_ID): vol.All(cv.ensure_list, [cv.string]),
            vol.Optional(ATTR_INCLUDE_EXPIRED, default=False): cv.boolean,
            vol.Optional(ATTR_REVEAL, default=False): cv.boolean,
        },
    ),
    "answer_text_request": (
        _answer_text_request,
        {
            vol.Required(ATTR_CHANNEL): vol.In([channel.value for channel in Channel]),
            # Whatever a template makes of a stranger's words: it is looked at, and answered.
            vol.Required(ATTR_SENDER): vol.Coerce(str),
            vol.Required(ATTR_MESSAGE): vol.Coerce(str),
            vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        },
    ),
}
