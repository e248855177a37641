"""The actions: what they take, whom they serve, and what they answer."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import config_validation as cv, device_registry as dr, service
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import probatio as vol

from .api import (
    LOCK_MODELS,
    AuditEntry,
    AuditOrder,
    Duration,
    DurationDetails,
    Pool,
)
from .audit import masked
from .clients import as_response
from .const import AUDIT_PAGE, CONF_USERS_MAY_ISSUE, DOMAIN, MAX_AUDIT_ENTRIES
from .coordinator import CodelocksConfigEntry, CodelocksData
from .errors import api_errors, invalid
from .ledger import Issued
from .messages import async_answer
from .netcodes import (
    Door,
    NetcodeLock,
    Order,
    async_get_details,
    async_get_durations,
    async_issue,
    async_plan,
    async_tell,
    netcode_lock,
    window_warnings,
)
from .requesters import Channel
from .windows import Window, Wish

ATTR_CHANNEL = "channel"
ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_DURATION = "duration"
ATTR_DURATION_ID = "duration_id"
ATTR_END = "end"
ATTR_FIT = "fit"
ATTR_INCLUDE_EXPIRED = "include_expired"
ATTR_LIMIT = "limit"
ATTR_LOCK_MODEL = "lock_model"
ATTR_MESSAGE = "message"
ATTR_MODE = "mode"
ATTR_NAME = "name"
ATTR_NOTIFY_ENTITY_ID = "notify_entity_id"
ATTR_ORDER = "order"
ATTR_REFERENCE = "reference"
ATTR_REVEAL = "reveal"
ATTR_SENDER = "sender"
ATTR_START = "start"
ATTR_SUB_MODE = "sub_mode"

DEFAULT_DURATION = timedelta(hours=1)
"""The shortest code there is."""

type Handler = Callable[[HomeAssistant, ServiceCall], Coroutine[Any, Any, ServiceResponse]]

DEVICE: VolDictType = {vol.Required(ATTR_DEVICE_ID): cv.string}
DEVICES: VolDictType = {vol.Required(ATTR_DEVICE_ID): vol.All(cv.ensure_list, [cv.string])}


@dataclass(frozen=True, slots=True)
class Target:
    """A K3 lock that an action is for."""

    device_id: str
    entry: CodelocksConfigEntry
    lock_id: str


@callback
def _target(hass: HomeAssistant, device_id: str) -> Target:
    """Return the lock that a device stands for."""
    device, entry = service.async_get_device_and_config_entry(
        hass, DOMAIN, device_id, include_child_devices=False
    )
    locks = entry.runtime_data.locks.data.by_id
    for domain, owner in device.identifiers:
        if domain == DOMAIN and owner in locks:
            return Target(device_id, entry, owner)
    raise invalid("not_a_lock", device=device.name_by_user or device.name or device_id)


@dataclass(frozen=True, slots=True)
class NetcodeTarget:
    """A K3 lock or KitLock that a code is for."""

    device_id: str
    entry: CodelocksConfigEntry
    lock: NetcodeLock


@callback
def _netcode_target(hass: HomeAssistant, device_id: str) -> NetcodeTarget:
    """Return the lock that a device stands for."""
    device, entry = service.async_get_device_and_config_entry(
        hass, DOMAIN, device_id, include_child_devices=False
    )
    for domain, owner in device.identifiers:
        if domain == DOMAIN and (lock := netcode_lock(entry, owner)):
            return NetcodeTarget(device_id, entry, lock)
    raise invalid("not_a_lock", device=device.name_by_user or device.name or device_id)


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


@callback
def _targets(hass: HomeAssistant, call: ServiceCall) -> list[Target]:
    """Return the locks that an action is for, each once."""
    targets = [_target(hass, device_id) for device_id in dict.fromkeys(call.data[ATTR_DEVICE_ID])]
    if not targets:
        raise invalid("no_lock_chosen")
    return targets


async def _async_may(
    hass: HomeAssistant, call: ServiceCall, entries: list[CodelocksConfigEntry]
) -> None:
    """Refuse users who are no administrators, unless each account allows them."""
    if call.context.user_id is None:
        return
    user = await hass.auth.async_get_user(call.context.user_id)
    if user is None:
        raise UnknownUser(context=call.context)
    allowed = all(entry.runtime_data.options[CONF_USERS_MAY_ISSUE] for entry in entries)
    if not (user.is_admin or allowed):
        raise Unauthorized(context=call.context)


async def async_locks(hass: HomeAssistant, call: ServiceCall) -> list[Target]:
    """Return the locks of a starred action, if the caller may use it."""
    targets = _targets(hass, call)
    await _async_may(hass, call, [target.entry for target in targets])
    return targets


async def _async_lock(hass: HomeAssistant, call: ServiceCall) -> Target:
    """Return the one lock of a starred action, if the caller may use it."""
    target = _target(hass, call.data[ATTR_DEVICE_ID])
    await _async_may(hass, call, [target.entry])
    return target


@callback
def _wish(call: ServiceCall) -> Wish:
    """Return when somebody should be able to open, from an action's fields."""
    if ATTR_END in call.data and ATTR_DURATION in call.data:
        raise invalid("duration_and_end")
    try:
        start, end = _wished_times(call)
    except OverflowError:  # beyond the ends of the calendar
        raise invalid("too_far") from None
    return Wish(
        start=start,
        end=end,
        fit=call.data.get(ATTR_FIT),
        mode=call.data.get(ATTR_MODE),
        sub_mode=call.data.get(ATTR_SUB_MODE),
        duration_id=call.data.get(ATTR_DURATION_ID),
    )


def _wished_times(call: ServiceCall) -> tuple[datetime, datetime | None]:
    """Return start and end; a wish for a certain duration has no end, unless it names one."""
    start = dt_util.as_local(call.data.get(ATTR_START) or dt_util.now())
    if ATTR_END in call.data:
        return start, dt_util.as_local(call.data[ATTR_END])
    if ATTR_DURATION_ID in call.data and ATTR_DURATION not in call.data:
        return start, None
    length = call.data.get(ATTR_DURATION, DEFAULT_DURATION)
    return start, dt_util.as_local(dt_util.as_utc(start) + length)


def _window(target: NetcodeTarget, wish: Wish, window: Window) -> dict[str, Any]:
    """Return a code's window as actions answer it."""
    lock = target.lock
    return {
        "device_id": target.device_id,
        **({"lock_id": lock.owner} if lock.is_k3 else {}),
        "lock_name": lock.name,
        "mode": window.mode,
        "sub_mode": window.sub_mode,
        "duration_id": window.duration_id,
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "requested_start": wish.start.isoformat(),
        "requested_end": wish.end.isoformat() if wish.end else None,
    }


def _codes(target: NetcodeTarget, codes: list[dict[str, Any]]) -> ServiceResponse:
    """Return codes as actions answer them: the first one's fields on top."""
    data = target.entry.runtime_data
    left = data.quota.left(data.counter.usage, Pool.NETCODE, dt_util.utcnow())
    return cast(ServiceResponse, {**codes[0], "netcode_calls_left": left, "codes": codes})


async def _generate_netcode(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Make a code for a lock, and tell it to whom it is for."""
    target = _netcode_target(hass, call.data[ATTR_DEVICE_ID])
    await _async_may(hass, call, [target.entry])
    order = Order(
        wish=_wish(call),
        door=Door.ACTION,
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
    target = _netcode_target(hass, call.data[ATTR_DEVICE_ID])
    wish = _wish(call)
    windows = await async_plan(hass, target.entry, target.lock, wish)
    ledger, now = target.entry.runtime_data.book.data, dt_util.utcnow()
    codes = [
        {
            **_window(target, wish, window),
            "cached": bool(ledger.same(target.lock.key(window), now)),
            "warnings": window_warnings(hass, target.lock, window),
        }
        for window in windows
    ]
    return _codes(target, codes)


async def _get_netcodes(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """List the codes that were made; their values only where they are asked for."""
    devices = call.data.get(ATTR_DEVICE_ID) or _netcode_devices(hass)
    targets = [_netcode_target(hass, device_id) for device_id in dict.fromkeys(devices)]
    await _async_may(hass, call, [target.entry for target in targets])
    now = dt_util.utcnow()
    since = datetime.min.replace(tzinfo=UTC) if call.data[ATTR_INCLUDE_EXPIRED] else now
    rows = [
        _netcode(target, row, now, reveal=call.data[ATTR_REVEAL])
        for target in targets
        for row in target.entry.runtime_data.book.data.between(target.lock.owner, since)
    ]
    return cast(ServiceResponse, {"netcodes": sorted(rows, key=itemgetter("start"))})


def _netcode(target: NetcodeTarget, row: Issued, now: datetime, *, reveal: bool) -> dict[str, Any]:
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


async def _get_clients(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Read the clients of a lock."""
    target = await _async_lock(hass, call)
    data = target.entry.runtime_data
    with api_errors(hass, target.entry):
        if coordinator := data.clients.get(target.lock_id):
            clients = await coordinator.async_get_clients()
        else:
            clients = await data.client.clients(target.lock_id)
    return {"count": len(clients), "clients": [as_response(client) for client in clients]}


async def _get_audit(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Read a lock's audit."""
    target = await _async_lock(hass, call)
    data = target.entry.runtime_data
    limit, order = call.data[ATTR_LIMIT], AuditOrder(call.data[ATTR_ORDER])
    with api_errors(hass, target.entry):
        if coordinator := data.activity.get(target.lock_id):
            entries = await coordinator.async_get_entries(limit, order)
        else:
            entries = await data.client.audit(target.lock_id, per_page=limit, order=order)

    def row(entry: AuditEntry) -> dict[str, Any]:
        moment = data.locks.moment(entry.time, target.lock_id)
        return {
            "id": entry.entry_id,
            "time": moment.isoformat() if moment else None,
            "type": masked(entry.entry_type),
            "text": masked(entry.text),
        }

    return {"entries": [row(entry) for entry in entries]}


async def _get_durations(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Read the durations and modes of a lock's model, or one duration with its rules."""
    entry: CodelocksConfigEntry
    if ATTR_DEVICE_ID in call.data:
        target = _netcode_target(hass, call.data[ATTR_DEVICE_ID])
        entry, lock_model = target.entry, target.lock.model
    elif ATTR_LOCK_MODEL in call.data:
        entry = service.async_get_config_entry(hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID))
        lock_model = call.data[ATTR_LOCK_MODEL]
    else:
        raise invalid("lock_or_model")
    with api_errors(hass, entry):
        if (duration_id := call.data.get(ATTR_DURATION_ID)) is not None:
            details = await async_get_details(entry.runtime_data, lock_model, duration_id)
            return _one_duration(duration_id, details)
        durations = await async_get_durations(entry.runtime_data, lock_model)
    modes = dict.fromkeys((duration.mode, duration.sub_mode) for duration in durations)
    return {
        "durations": [_duration(duration) for duration in durations],
        "modes": [{"mode": mode, "sub_mode": sub_mode} for mode, sub_mode in modes],
    }


def _duration(duration: Duration) -> dict[str, Any]:
    return {
        "id": duration.duration_id,
        "mode": duration.mode,
        "sub_mode": duration.sub_mode,
        "days": duration.days or 0,
        "hours": duration.hours or 0,
    }


def _one_duration(duration_id: int, details: DurationDetails) -> dict[str, Any]:
    rules = [
        {
            "apply_dst": rule.apply_dst,
            "convert_to_utc": rule.convert_to_utc,
            "restricted_start_time": rule.restricted_start_time,
        }
        for rule in details.rules
    ]
    mode = {"mode": details.mode.name, "sub_mode": details.mode.sub_mode}
    length = {"days": details.length.days or 0, "hours": details.length.hours or 0}
    return {
        "durations": [{"id": duration_id, **mode, **length, "rules": rules}],
        "modes": [mode],
    }


async def _get_active_period_schema(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Read the API's schema of active periods."""
    entry: CodelocksConfigEntry = service.async_get_config_entry(
        hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    with api_errors(hass, entry):
        return {"schema": await entry.runtime_data.client.active_period_schema()}


async def _refresh(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Read at once what is not fresh, of some locks or of all."""
    accounts: list[tuple[CodelocksData, set[str] | None]]
    if ATTR_DEVICE_ID in call.data:
        chosen = _targets(hass, call)
        accounts = [
            (entry.runtime_data, {target.lock_id for target in chosen if target.entry is entry})
            for entry in dict.fromkeys(target.entry for target in chosen)
        ]
    else:
        loaded = hass.config_entries.async_loaded_entries(DOMAIN)
        accounts = [(entry.runtime_data, None) for entry in loaded]
    read = 0
    for data, lock_ids in accounts:
        read += await data.poller.async_refresh(lock_ids)
    now = dt_util.utcnow()
    left = [data.quota.left(data.counter.usage, Pool.UTILITY, now) for data, _ in accounts]
    return {"read": read, "utility_calls_left": min(left, default=0)}


async def _answer_text_request(hass: HomeAssistant, call: ServiceCall) -> ServiceResponse:
    """Tell what to answer to a text message: a code, if its sender may ask for one."""
    entries: list[CodelocksConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    if entry_id := call.data.get(ATTR_CONFIG_ENTRY_ID):
        entries = [service.async_get_config_entry(hass, DOMAIN, entry_id)]
    await _async_may(hass, call, entries)
    answer = await async_answer(
        hass,
        entries,
        Channel(call.data[ATTR_CHANNEL]),
        call.data[ATTR_SENDER],
        call.data[ATTR_MESSAGE],
    )
    response: dict[str, Any] = {"allowed": answer.allowed, "reply": answer.reply}
    if made := answer.made:
        response |= {
            "id": made.row.id,
            "device_id": answer.device_id,
            "start": made.window.start.isoformat(),
            "end": made.window.end.isoformat(),
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

ACTIONS: dict[str, tuple[Handler, VolDictType]] = {
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
    "get_clients": (_get_clients, DEVICE),
    "get_audit": (
        _get_audit,
        {
            **DEVICE,
            vol.Optional(ATTR_LIMIT, default=AUDIT_PAGE): vol.All(
                vol.Coerce(int), vol.Range(1, MAX_AUDIT_ENTRIES)
            ),
            vol.Optional(ATTR_ORDER, default="descending"): vol.In(["ascending", "descending"]),
        },
    ),
    "get_durations": (
        _get_durations,
        {
            vol.Exclusive(ATTR_DEVICE_ID, "lock"): cv.string,
            vol.Exclusive(ATTR_LOCK_MODEL, "lock"): vol.In(LOCK_MODELS),
            vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
            vol.Optional(ATTR_DURATION_ID): cv.positive_int,
        },
    ),
    "get_active_period_schema": (
        _get_active_period_schema,
        {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string},
    ),
    "refresh": (
        _refresh,
        {vol.Optional(ATTR_DEVICE_ID): vol.All(cv.ensure_list, [cv.string])},
    ),
}


@callback
def async_register(hass: HomeAssistant, actions: Mapping[str, tuple[Handler, VolDictType]]) -> None:
    """Register actions: what does each, and its fields."""
    for name, (handler, fields) in actions.items():
        hass.services.async_register(
            DOMAIN, name, partial(handler, hass), vol.Schema(fields), SupportsResponse.OPTIONAL
        )


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    async_register(hass, ACTIONS)
