"""NetCodes: the one way a code is planned, made, kept and told."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
import logging
from typing import Any
from uuid import uuid4

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.util import dt as dt_util

from ..api import (
    INITIALISED_MODELS,
    K3_LOCK_MODEL,
    CodelocksClient,
    DurationDetails,
    Netcode,
    Pool,
)
from ..const import CONF_ACCESS_KEY, DEFAULT_DURATION, DOMAIN
from ..errors import api_errors, invalid, translated
from ..localize import localized, plain
from ..netcode.clocks import utc
from ..netcode.durations import CodeKind, ImpossibleWindow, digits
from ..netcode.kitlock import ClockProblem, KitLock
from ..netcode.ledger import Issued, code_key
from ..netcode.windows import Window, WindowRequest, check_answer, check_times, plan
from ..reading.coordinator import CodelocksConfigEntry
from ..reading.issues import async_set_issue
from .catalogue import async_get_durations, async_get_rules
from .delivery import async_deliver, filled

_LOGGER = logging.getLogger(__name__)


class RequestSource(StrEnum):
    """By which way a code was asked for."""

    ACTION = "action"
    CALENDAR = "calendar"
    VOICE = "voice"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetcodeLock:
    """A lock that codes can be made for."""

    owner: str
    """The lock id (K3) or the subentry id (KitLock)."""
    name: str
    model: str
    clock: tzinfo
    zone: tzinfo
    """The zone that people at the lock live in."""
    seed: str = field(repr=False)
    """What the API calls the lock by: the lock id (K3) or the time code (KitLock)."""
    identifier: str = field(repr=False)
    """The access key (K3) or the identifier (KitLock)."""
    clock_problem: ClockProblem | None = None
    text_identifier: str = ""
    """What a guest texts to ask for a code; empty where there is none."""

    @property
    def is_k3(self) -> bool:
        """Whether it is a K3 lock."""
        return self.model == K3_LOCK_MODEL

    def key(self, window: Window) -> str:
        """Return what a code of this lock depends on, hashed."""
        return code_key(
            lock=self.seed,
            identifier=self.identifier,
            lock_model=self.model,
            wire_start=window.wire_start,
            duration_id=window.duration_id,
        )

    async def async_request(self, client: CodelocksClient, window: Window) -> Netcode:
        """Ask the API for the code of a window: one NetCode call."""
        start, duration_id = window.wire_start, window.duration_id
        if self.is_k3:
            return await client.k3_netcode(self.seed, start=start, duration_id=duration_id)
        return await client.kitlock_netcode(
            self.seed,
            self.identifier,
            lock_model=self.model,
            start=start,
            duration_id=duration_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants: when, for whom, and by which way."""

    wish: WindowRequest
    source: RequestSource
    name: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode:
    """A code as it was made for an order."""

    row: Issued
    window: Window
    cached: bool
    """Whether it took no call."""
    replaces: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def netcode(self) -> str:
        """The code."""
        return self.row.code or ""


def netcode_lock(entry: CodelocksConfigEntry, owner: str) -> NetcodeLock | None:
    """Return the lock of an account that codes can be made for."""
    data = entry.runtime_data
    if kitlock := data.kitlocks.get(owner):
        return _kitlock(kitlock)
    if (lock := data.locks.data.by_id.get(owner)) is None:
        return None
    zone = data.locks.zone(owner)
    return NetcodeLock(
        owner=owner,
        name=lock.name or owner,
        model=K3_LOCK_MODEL,
        clock=zone,
        zone=zone,
        seed=owner,
        identifier=entry.data[CONF_ACCESS_KEY],
        text_identifier=lock.sms_id or "",
    )


def _kitlock(kitlock: KitLock) -> NetcodeLock:
    return NetcodeLock(
        owner=kitlock.subentry_id,
        name=kitlock.name,
        model=kitlock.model,
        clock=kitlock.clock,
        zone=dt_util.get_default_time_zone(),
        seed=kitlock.time_code,
        identifier=kitlock.identifier,
        clock_problem=kitlock.clock_problem,
        text_identifier=kitlock.text_identifier,
    )


def wished_times(
    start: datetime | None, end: datetime | None, length: timedelta | None
) -> tuple[datetime, datetime]:
    """Return from when to when a code is wished: from now and for an hour, unless it is said."""
    if end is not None and length is not None:
        raise invalid("duration_and_end")
    try:
        start = dt_util.as_local(start or dt_util.now())
        if end is None:
            end = dt_util.as_utc(start) + (DEFAULT_DURATION if length is None else length)
        return start, dt_util.as_local(end)
    except OverflowError:  # beyond the ends of the calendar
        raise invalid("too_far") from None


async def async_plan(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, wish: WindowRequest
) -> tuple[Window, ...]:
    """Return the windows of the codes that a wish takes; spends no NetCode call.

    The rules of a duration are asked for when a plan first uses it, and may change that plan.
    """
    data, now = entry.runtime_data, dt_util.utcnow()
    details: dict[int, DurationDetails] = {}
    try:
        check_times(wish, now)
        with api_errors(hass, entry):
            durations = await async_get_durations(data, lock.model)
        while True:
            windows = plan(wish, durations, lock.clock, now, details)
            # The part of a chain that is over opens nothing more, so it is not paid for.
            windows = tuple(window for window in windows if utc(window.end) > now)
            unknown = {window.duration_id for window in windows} - details.keys()
            if not unknown or lock.model not in INITIALISED_MODELS:
                return windows
            with api_errors(hass, entry):
                for duration_id in sorted(unknown):
                    details[duration_id] = await async_get_rules(data, lock.model, duration_id)
    except ImpossibleWindow as err:
        values = dict(err.placeholders)
        if latest_end := values.get("latest_end"):
            values["latest_end"] = shown(datetime.fromisoformat(latest_end), lock.zone)
        raise invalid(err.reason, **values) from err


async def async_issue(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, order: Order
) -> tuple[IssuedCode, ...]:
    """Make the codes that an order takes: one NetCode call for each that was not made before.

    What is made is kept, also where a later code of the chain fails, or who asked has gone.
    """
    making = hass.async_create_task(_async_issue(hass, entry, lock, order), "NetCode")
    return await asyncio.shield(making)


async def _async_issue(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, order: Order
) -> tuple[IssuedCode, ...]:
    made: list[IssuedCode] = []
    keeper = entry.runtime_data.ledger_keeper
    async with entry.runtime_data.issuing:
        async_get_config_entry(hass, DOMAIN, entry.entry_id)  # it may be unloaded by now
        for window in await async_plan(hass, entry, lock, order.wish):
            if made:
                # A booking that is not wholly covered does not replace the codes that it has.
                row = made[-1].row
                await keeper.async_record(keeper.data.keep(keeper.data.get(row.id) or row))
            made.append(await _async_make(hass, entry, lock, order, window))
        # As they are now: one that was made before may have been withdrawn meanwhile.
        rows = [keeper.data.get(one.row.id) or one.row for one in made]
        ledger, replaces = keeper.data.add(*rows)
        await keeper.async_record(ledger)
    return tuple(replace(one, replaces=replaces) for one in made)


async def _async_make(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    lock: NetcodeLock,
    order: Order,
    window: Window,
) -> IssuedCode:
    """Make one code: from the ledger if it has it, else by one NetCode call."""
    data = entry.runtime_data
    now = dt_util.utcnow()
    key = lock.key(window)
    same = data.ledger_keeper.data.same(key, now)
    code = next((row.code for row in same if row.code), None)
    if code is None:
        code = await _async_request(hass, entry, lock, window)
    others = [row for row in same if (row.name, row.reference) != (order.name, order.reference)]
    warnings = (
        *window_warnings(hass, lock, window),
        *_shared(hass, others),
        *_check_digits(hass, entry, lock, code),
    )
    for row in same:
        if row not in others and not row.withdrawn:
            return IssuedCode(row=row, window=window, cached=True, warnings=warnings)
    row = Issued(
        id=uuid4().hex,
        owner=lock.owner,
        key=key,
        code=code,
        name=order.name,
        reference=order.reference,
        requested_start=order.wish.start,
        requested_end=order.wish.end or window.end,
        start=window.start,
        end=window.end,
        mode=window.mode,
        sub_mode=window.sub_mode,
        duration_id=window.duration_id,
        issued_at=now,
        issued_by=order.source.value,
        lock_model=lock.model,
    )
    return IssuedCode(row=row, window=window, cached=bool(same), warnings=warnings)


async def _async_request(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, window: Window
) -> str:
    """Ask the API for a code, and hold its answer against the plan."""
    data = entry.runtime_data
    with api_errors(hass, entry):
        answer = await lock.async_request(data.client, window)
    data.counter.answered(Pool.NETCODE, spent=False)
    if differs := check_answer(window, answer):
        _LOGGER.debug("%s: not as planned: %s", lock.name, ", ".join(differs))
        raise HomeAssistantError(
            **translated("answer_differs_k3" if lock.is_k3 else "answer_differs_kitlock")
        )
    return answer.netcode


def _shared(hass: HomeAssistant, others: Iterable[Issued]) -> list[str]:
    """Return a warning where others have a code, too."""
    names = sorted({row.name or localized(hass, "nobody_named") for row in others})
    return [localized(hass, "shared_code", names=", ".join(names))] if names else []


def window_warnings(hass: HomeAssistant, lock: NetcodeLock, window: Window) -> list[str]:
    """Return what the user should know before a code is handed out."""
    warnings = []
    if window.kind in (CodeKind.MEDIUM_RENTAL, CodeKind.LONG_RENTAL):
        warnings.append(localized(hass, "ends_running_code"))
    if window.first_use_by:
        first_use_by = shown(window.first_use_by, lock.zone)
        warnings.append(localized(hass, "first_use_by", moment=first_use_by))
    if window.kind is CodeKind.SINGLE_USE:
        warnings.append(localized(hass, "opens_once"))
    if window.unread_rule:
        warnings.append(localized(hass, "unread_rule", rule=window.unread_rule))
    if key := lock.clock_problem:
        warnings.append(localized(hass, key))
    return warnings


@callback
def async_check_codes(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Have an issue, as long as it is known, for each lock whose newest code does not fit it."""
    data = entry.runtime_data
    for owner in {*data.kitlocks, *data.ledger_keeper.data.shelves}:
        if lock := netcode_lock(entry, owner):
            rows = (
                row for row in data.ledger_keeper.data.rows(owner) if row.lock_model == lock.model
            )
            newest = max(rows, key=lambda row: row.issued_at, default=None)
            _check_digits(hass, entry, lock, newest.code if newest else None)


def _check_digits(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, code: str | None
) -> list[str]:
    """Return a warning for a code that the lock's model cannot take, and have an issue of it."""
    expected, found = digits(lock.model), len(code or "")
    fits = code is None or expected in (None, found)
    placeholders = {
        "lock": plain(lock.name),
        "model": lock.model,
        "expected": str(expected),
        "found": str(found),
    }
    async_set_issue(
        hass,
        entry,
        "digits_do_not_fit",
        exists=not fits,
        placeholders=placeholders,
        owner=lock.owner,
    )
    return [] if fits else [localized(hass, "digits_do_not_fit", **placeholders)]


def shown(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as people read it."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


async def async_tell(
    hass: HomeAssistant,
    lock: NetcodeLock,
    made: IssuedCode,
    entity_ids: Iterable[str],
    message: str | None = None,
) -> list[dict[str, Any]]:
    """Send a code to notify entities, in the user's words or our own; returns what became of it."""
    default = localized(hass, "delivery_k3" if lock.is_k3 else "delivery_kitlock")
    values = {
        "netcode": made.netcode,
        "lock": lock.name,
        "name": made.row.name or "",
        "start": shown(made.row.start, lock.zone),
        "end": shown(made.row.end, lock.zone),
    }
    words = filled(message or default, values)
    return await async_deliver(hass, entity_ids, words, secret=made.netcode)
