"""What a maintainer needs to find a fault, without secrets or personal data.

Only what is named here is shown: a new option, field or error is redacted until it is named. Locks
go by the ids of their devices, which stay the same, so that two files can be compared.
"""

from collections import Counter
from datetime import datetime
from functools import partial
import re
from typing import Any

from homeassistant.components.diagnostics import REDACTED
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry, CodelocksData
from .api import (
    DEFAULT_NETCODE_VERSION,
    DEFAULT_URL,
    K3_LOCK_MODEL,
    CodelocksError,
    CodelocksRejectedError,
    Lock,
    Pool,
)
from .bookings.account_waits import AccountWaits
from .bookings.following import guest_books
from .bookings.guest_book import GuestBook
from .bookings.kept import Invitation
from .const import (
    CONF_ACCESS_KEY,
    CONF_CHANNEL,
    CONF_CLOCK,
    CONF_DELIVER_TO,
    CONF_NETCODE_VERSION,
    DEFAULT_OPTIONS,
    DOMAIN,
    SUBENTRY_REQUESTER,
)
from .errors import error_key
from .netcode.clocks import wall_time
from .netcode.kitlock import KitLock
from .polling.poller import Reader
from .polling.quota import Quota
from .reading.devices import anonymous_id
from .reading.own_record import async_own_record
from .reading.unknown_words import presentable, unknown_words

_SHOWN = {
    "batterystatus",
    "batteryupdated",
    "dstend",
    "dststart",
    "dsttime",
    "firmwareversion",
    "manufacturer",
    "modelname",
    "timezone",
    "timezoneoffset",
}
"""The fields of a lock's record that do not tell whose it is or where."""
_OPTIONS = {*DEFAULT_OPTIONS, "netcode_quota", "utility_quota"} - {CONF_DELIVER_TO}
_CAUSE = re.compile(r"HTTP \d{3}\b|\b\w+(Error|Exception)\b", re.ASCII)
"""The part of an error's text that is ours or aiohttp's; the rest are the cloud's words."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> dict[str, Any]:
    """Return what is known about an account."""
    found = _account(hass, entry)
    if entry.state is ConfigEntryState.LOADED:
        data = entry.runtime_data
        found["locks"] = {
            anonymous_id(entry, key): _lock(hass, data, key) for key in data.locks.data.by_id
        }
        found["kitlocks"] = {anonymous_id(entry, key): _kitlock(data, key) for key in data.kitlocks}
        found["bookings"] = [_bookings(book) for book in guest_books(hass, entry)]
    return found


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: CodelocksConfigEntry, device: DeviceEntry
) -> dict[str, Any]:
    """Return what is known about a lock, or about the account itself.

    For a K3 lock this once takes a utility call, see `reading/own_record`.
    """
    if entry.state is not ConfigEntryState.LOADED:
        return _account(hass, entry)
    data = entry.runtime_data
    owners = [owner for domain, owner in device.identifiers if domain == DOMAIN]
    own_records = {
        owner: await async_own_record(data, owner)
        for owner in owners
        if owner in data.locks.data.by_id
    }
    found = _account(hass, entry)  # with that call
    found["device"] = device.id
    for owner in owners:
        if owner in own_records:
            found["lock"] = _lock(hass, data, owner) | {"own_record": own_records[owner]}
        elif owner in data.kitlocks:
            found["kitlock"] = _kitlock(data, owner)
    found["entities"] = sorted(
        f"{entity.domain} {entity.translation_key}{' (disabled)' if entity.disabled else ''}"
        for entity in er.async_entries_for_device(
            er.async_get(hass), device.id, include_disabled_entities=True
        )
    )
    return found


def _account(hass: HomeAssistant, entry: CodelocksConfigEntry) -> dict[str, Any]:
    options = DEFAULT_OPTIONS | entry.options
    now = dt_util.utcnow()
    found: dict[str, Any] = {
        "entry": {
            "title": REDACTED,
            "version": f"{entry.version}.{entry.minor_version}",
            "state": entry.state.value,
            "error": entry.error_reason_translation_key,
            "has_access_key": bool(entry.data.get(CONF_ACCESS_KEY)),
            "default_address": entry.data.get(CONF_URL, DEFAULT_URL) == DEFAULT_URL,
            CONF_NETCODE_VERSION: entry.data.get(CONF_NETCODE_VERSION, DEFAULT_NETCODE_VERSION),
            "options": {
                key: value if key in _OPTIONS else REDACTED for key, value in options.items()
            }
            | {CONF_DELIVER_TO: len(options[CONF_DELIVER_TO])},
            "requesters": Counter(
                str(subentry.data[CONF_CHANNEL])
                for subentry in entry.get_subentries_of_type(SUBENTRY_REQUESTER)
            ),
        },
        "clock": {
            "utc": now.isoformat(),
            "time_zone": hass.config.time_zone,
            "local": _clock(now),
        },
    }
    if entry.state is ConfigEntryState.LOADED:
        found |= _running(hass, entry, now)
    return found


def _running(hass: HomeAssistant, entry: CodelocksConfigEntry, now: datetime) -> dict[str, Any]:
    """Return what is known about a loaded account."""
    data = entry.runtime_data
    models = {K3_LOCK_MODEL, *(kitlock.model for kitlock in data.kitlocks.values())}
    return {
        "calls": _calls(data, now),
        "polling": data.poller.as_dict(now, partial(anonymous_id, entry)),
        "lock_list": {
            **_read(data.locks),
            "locks": len(data.locks.data.locks),
            "missing": len(data.locks.data.missing),
        },
        "durations": {
            model: len(data.store.durations(model, now) or ()) for model in sorted(models)
        },
        "unknown_words": unknown_words(data.store),
        "client_management": data.management and data.management[1] and _shown(data.management[1]),
        "bookings_waits": {
            about or "account": {"tries": wait.tries, "until": _iso(wait.until)}
            for about, wait in AccountWaits(entry, data).all().items()
        },
    }


def _calls(data: CodelocksData, now: datetime) -> dict[str, Any]:
    quota: Quota = data.quota
    usage = data.counter.usage
    return {
        "since_start": data.counter.made,
        "entries_on_the_key": data.counter.pollers,
        "resets_at": quota.resets_at(now).isoformat(),
        "polling_left": data.polling_calls_left(now),
        **{
            pool.value: {
                "quota": quota.calls[pool],
                "used": quota.used(usage, pool, now),
                "left": quota.left(usage, pool, now),
                "forecast": quota.forecast(usage, pool, now),
                "refused_at": _iso(usage.refused.get(pool)),
            }
            for pool in Pool
        },
    }


def _lock(hass: HomeAssistant, data: CodelocksData, lock_id: str) -> dict[str, Any]:
    """Return what is known about a K3 lock."""
    lock: Lock = data.locks.data.by_id[lock_id]
    activity, clients = data.activity.get(lock_id), data.clients.get(lock_id)
    zone = data.locks.zones.get(lock_id)
    return {
        "record": {
            key: value if value is None or key in _SHOWN else REDACTED
            for key, value in lock.to_dict().items()
        }
        | {"batterystatus": _shown(lock.battery_status)},
        "missing": lock_id in data.locks.data.missing,
        "clock": {
            "time_zone": str(zone) if zone else f"unknown, so {hass.config.time_zone}",
            "local": wall_time(dt_util.utcnow(), data.locks.zone(lock_id)).isoformat(),
        },
        "activity": activity
        and {
            **_read(activity),
            "told": activity.has_consumer,
            "waiting": len(activity.data.waiting) if activity.data else None,
        },
        "clients": clients
        and {
            **_read(clients),
            "status": clients.data
            and Counter(_shown(client.status) for client in clients.data.clients),
        },
        "netcodes": _netcodes(data, lock_id),
    }


def _kitlock(data: CodelocksData, owner: str) -> dict[str, Any]:
    """Return what is known about a KitLock."""
    kitlock: KitLock = data.kitlocks[owner]
    return {
        "model": kitlock.model,
        CONF_CLOCK: str(kitlock.clock),
        "local": wall_time(dt_util.utcnow(), kitlock.clock).isoformat(),
        "clock_problem": kitlock.clock_problem,
        "answers_texts": bool(kitlock.text_identifier),
        "netcodes": _netcodes(data, owner),
    }


def _bookings(book: GuestBook) -> dict[str, Any]:
    """Return how many bookings or visits there are, and how things stand."""
    kept, settings = book.kept, book.settings
    covers = [cover for row in kept.bookings for cover in row.covers]
    invitations = [one for row in kept.bookings for one in row.invitations]
    return {
        "kind": book.subentry.subentry_type,
        "locks": len(settings.locks),
        "lead_hours": settings.lead.total_seconds() / 3600,
        "fit": settings.fit.value,
        "invite": settings.invite.value,
        "keep_calls": settings.keep_calls,
        "has_own_message": settings.message is not None,
        "recipients": len(settings.notify_entity_ids),
        "owners": len(settings.tell_owner),
        "expected": len(book.arrivals.expected) if book.arrivals else None,
        "read_at": _iso(book.read_at),
        "unreadable_since": _iso(kept.unreadable_since),
        "kept": len(kept.bookings),
        "cancelled": sum(row.cancelled for row in kept.bookings),
        "missing": sum(row.missing_at is not None for row in kept.bookings),
        "covers": Counter("complete" if cover.complete else "incomplete" for cover in covers),
        "tries": sorted(cover.wait.tries for cover in covers if cover.wait),
        "unsent": sum(bool(row.unsent) for row in kept.bookings),
        "invitations": Counter(_invitation(one) for one in invitations),
        "problems": Counter(problem.kind.value for problem in kept.problems),
        "news": len(kept.news),
    }


def _invitation(one: Invitation) -> str:
    if one.leaving:
        return "leaving"
    return "sent" if one.sent else "waits"


def _netcodes(data: CodelocksData, owner: str) -> dict[str, Any]:
    """Return how many codes of a lock there are, and of which kinds."""
    now, rows = dt_util.utcnow(), list(data.ledger_keeper.data.rows(owner))
    return {
        "state": Counter(row.state(now).value for row in rows),
        "issued_by": Counter(row.issued_by for row in rows),
        "duration_id": Counter(str(row.duration_id) for row in rows),
        "shared": len(rows) - len({row.key for row in rows}),
        "erased": sum(row.code is None for row in rows),
    }


def _read(reader: Reader) -> dict[str, Any]:
    """Return when something was last read and tried, and what kind of failure that was."""
    return {
        "read_at": _iso(reader.read_at),
        "attempted_at": _iso(reader.attempted_at),
        "error": _error(reader.error) if reader.error else None,
    }


def _error(err: CodelocksError) -> dict[str, Any]:
    cause = _CAUSE.match(str(err))
    return {
        "kind": error_key(err),
        "cause": cause[0] if cause else None,
        "status": err.status if isinstance(err, CodelocksRejectedError) else None,
    }


def _shown(word: str | None) -> str:
    """Return a word of a state, unless it looks as if it were about somebody."""
    return str(word) if word is None or presentable(word.rstrip("%")) else REDACTED


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _clock(now: datetime) -> str:
    return dt_util.as_local(now).isoformat()
