"""The actions that read: audit, durations, the schema of active periods, and refresh."""

from typing import Any

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import config_validation as cv, service
from homeassistant.util import dt as dt_util
import probatio

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import LOCK_MODELS, AuditEntry, AuditOrder, Duration, DurationDetails, Pool
from ..const import AUDIT_PAGE, DOMAIN, MAX_AUDIT_ENTRIES
from ..errors import api_errors, invalid
from ..issuing.catalogue import async_get_durations, async_get_rules, async_get_schema
from ..permission import Caller, async_caller
from ..reading.audit import masked
from ..reading.refresh import async_refresh
from .targets import (
    ATTR_CONFIG_ENTRY_ID,
    DEVICE,
    Actions,
    async_lock,
    target_of,
    targets_of,
)

ATTR_DURATION_ID = "duration_id"
ATTR_LIMIT = "limit"
ATTR_LOCK_MODEL = "lock_model"
ATTR_ORDER = "order"


async def _get_audit(call: ServiceCall) -> ServiceResponse:
    """Read a lock's audit."""
    target = await async_lock(call)
    data = target.data
    limit, order = call.data[ATTR_LIMIT], AuditOrder(call.data[ATTR_ORDER])

    async def read() -> tuple[AuditEntry, ...]:
        if coordinator := data.activity.get(target.lock.owner):
            return await coordinator.async_get_entries(limit, order)
        return await data.client.audit(target.lock.owner, per_page=limit, order=order)

    with api_errors(call.hass, target.entry):
        question = f"audit {target.lock.owner} {limit} {order}"
        entries = await data.questions.async_ask(question, read, remember=False)

    def row(entry: AuditEntry) -> dict[str, Any]:
        moment = data.locks.moment(entry.time, target.lock.owner)
        return {
            "id": entry.entry_id,
            "time": moment.isoformat() if moment else None,
            "type": masked(entry.entry_type),
            "text": masked(entry.text),
        }

    return {"entries": [row(entry) for entry in entries]}


async def _get_durations(call: ServiceCall) -> ServiceResponse:
    """Read the durations and modes of a lock's model, or one duration with its rules."""
    entry: CodelocksConfigEntry
    if ATTR_DEVICE_ID in call.data:
        target = target_of(call.hass, call.data[ATTR_DEVICE_ID])
        entry, lock_model = target.entry, target.lock.model
    elif ATTR_LOCK_MODEL in call.data:
        entry = service.async_get_config_entry(
            call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
        )
        lock_model = call.data[ATTR_LOCK_MODEL]
    else:
        raise invalid("lock_or_model")
    with api_errors(call.hass, entry):
        durations = await async_get_durations(entry.runtime_data, lock_model)
        if (duration_id := call.data.get(ATTR_DURATION_ID)) is not None:
            by_id = {duration.duration_id: duration for duration in durations}
            if duration_id not in by_id:  # refused without a call: any user may ask
                ids = ", ".join(map(str, sorted(by_id)))
                raise invalid("duration_unknown", durations=ids)
            rules = await async_get_rules(entry.runtime_data, lock_model, duration_id)
            return _one_duration(by_id[duration_id], rules)
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


def _one_duration(duration: Duration, details: DurationDetails) -> dict[str, Any]:
    """Return one duration with its rules; where they leave a value out, the list's is used."""
    rules = [
        {
            "apply_dst": rule.apply_dst,
            "convert_to_utc": rule.convert_to_utc,
            "restricted_start_time": rule.restricted_start_time,
        }
        for rule in details.rules
    ]
    mode = {
        "mode": details.mode.name or duration.mode,
        "sub_mode": details.mode.sub_mode or duration.sub_mode,
    }
    known = details.length if details.length.days or details.length.hours else duration
    length = {"days": known.days or 0, "hours": known.hours or 0}
    return {
        "durations": [{"id": duration.duration_id, **mode, **length, "rules": rules}],
        "modes": [mode],
    }


async def _get_active_period_schema(call: ServiceCall) -> ServiceResponse:
    """Read the API's schema of active periods."""
    entry: CodelocksConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    with api_errors(call.hass, entry):
        return {"schema": await async_get_schema(entry.runtime_data)}


async def _refresh(call: ServiceCall) -> ServiceResponse:
    """Read what is not fresh, of some locks or all."""
    caller = await async_caller(call.hass, call.context)
    accounts = _accounts(call, caller)
    read = 0
    errors = []
    for data, lock_ids in accounts:
        try:
            read += await async_refresh(data, caller, lock_ids)
        except HomeAssistantError as err:  # another account may still have calls
            errors.append(err)
    if errors and len(errors) == len(accounts):
        raise errors[0]
    now = dt_util.utcnow()
    left = [data.calls_left(Pool.UTILITY, now) for data, _ in accounts]
    return {"read": read, "utility_calls_left": min(left, default=0)}


def _accounts(call: ServiceCall, caller: Caller) -> list[tuple[CodelocksData, set[str] | None]]:
    """Return what to read: of each account some locks, or all that there will be (None).

    Without a choice it is all that the caller may control; raises Unauthorized where that is none.
    """
    entries: list[CodelocksConfigEntry] = call.hass.config_entries.async_loaded_entries(DOMAIN)
    if ATTR_DEVICE_ID in call.data:
        chosen = [(target.entry, target.lock.owner) for target in targets_of(call)]
        allowed = [lock for lock in chosen if caller.may_control(*lock)]
        if len(allowed) < len(chosen):
            raise Unauthorized(context=call.context)
    elif caller.is_limited:
        locks = ((entry, owner) for entry in entries for owner in entry.runtime_data.owners)
        allowed = [lock for lock in locks if caller.may_control(*lock)]
        if not allowed:
            raise Unauthorized(context=call.context)
    else:
        return [(entry.runtime_data, None) for entry in entries]
    return [
        (entry.runtime_data, {owner for of, owner in allowed if of is entry})
        for entry in dict.fromkeys(entry for entry, _ in allowed)
    ]


ACTIONS: Actions = {
    "get_audit": (
        _get_audit,
        {
            **DEVICE,
            probatio.Optional(ATTR_LIMIT, default=AUDIT_PAGE): probatio.All(
                probatio.Coerce(int), probatio.Range(1, MAX_AUDIT_ENTRIES)
            ),
            probatio.Optional(ATTR_ORDER, default="descending"): probatio.In(
                ["ascending", "descending"]
            ),
        },
    ),
    "get_durations": (
        _get_durations,
        {
            probatio.Exclusive(ATTR_DEVICE_ID, "lock"): cv.string,
            probatio.Exclusive(ATTR_LOCK_MODEL, "lock"): probatio.In(LOCK_MODELS),
            probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
            probatio.Optional(ATTR_DURATION_ID): cv.positive_int,
        },
    ),
    "get_active_period_schema": (
        _get_active_period_schema,
        {probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string},
    ),
    "refresh": (
        _refresh,
        {probatio.Optional(ATTR_DEVICE_ID): probatio.All(probatio.EnsureList(), [cv.string])},
    ),
}
