"""Changing smart-phone clients: the only module that writes them."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import (
    ALWAYS,
    AccessType,
    ActivePeriod,
    Client,
    CodelocksClient,
    CodelocksError,
    CodelocksRejectedError,
    WriteResult,
)
from ..const import ACCOUNT_LOOK, DOMAIN
from ..errors import answer_lost, api_errors, invalid, met_by_all, translated
from ..localize import localized
from .active_periods import in_words, week_of

_MANAGED = ("active", "enabled", "on", "true", "yes", "1")
"""Statuses that mean that clients can be managed; the API's words are undocumented."""

OUTCOME_DONE = "outcome_done"
"""The answer was lost, but the change was carried out."""
OUTCOME_NOT_DONE = "outcome_not_done"
OUTCOME_KNOWN = (OUTCOME_DONE, OUTCOME_NOT_DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of one client, for any number of locks."""

    email: str
    write: Callable[[CodelocksClient, str, str], Awaitable[WriteResult]]
    """Makes the change: takes the API client, a lock id, and the address as the lock spells it."""
    visible_in: Callable[[Client | None], bool | None]
    """Whether a client that was read afterwards has the change; None if that is unclear."""
    adds: bool = False
    overwrites: bool = False
    """Whether it replaces the active periods."""


def adding(
    email: str,
    periods: tuple[ActivePeriod, ...] | None,
    access_type: AccessType,
    message: str,
) -> Change:
    """Return the change that invites a client; without periods they may always open."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.add_client(
            lock_id, address, periods or (ALWAYS,), access_type=access_type, message=message
        ),
        visible_in=lambda client: client is not None,
        adds=True,
    )


def updating(email: str, periods: tuple[ActivePeriod, ...]) -> Change:
    """Return the change that gives a client other active periods."""
    week = week_of(periods)
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.update_client(lock_id, address, periods),
        visible_in=lambda client: client is not None and week_of(client.active_periods) == week,
        overwrites=True,
    )


def suspending(email: str) -> Change:
    """Return the change that suspends a client."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.suspend_client(lock_id, address),
        visible_in=lambda client: (
            None if not client or client.active is None else not client.active
        ),
    )


def restoring(email: str) -> Change:
    """Return the change that restores a suspended client."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.restore_client(lock_id, address),
        visible_in=lambda client: client.active if client else None,
    )


def deleting(email: str) -> Change:
    """Return the change that deletes a client."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.delete_client(lock_id, address),
        visible_in=lambda client: client is None,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a change: the API's result, and a note for the user if there is one."""

    result: str | None
    note: str | None = None


async def async_write(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock_id: str, change: Change
) -> Outcome:
    """Make a change at one lock, and read its clients again."""
    async_get_config_entry(hass, DOMAIN, entry.entry_id)  # it may be unloaded by now
    data = entry.runtime_data
    coordinator = data.clients.get(lock_id)
    known = coordinator.find(change.email) if coordinator else None
    if coordinator and change.overwrites and not coordinator.is_fresh:
        with api_errors(hass, entry):
            await coordinator.async_get_clients()
    before = coordinator.find(change.email) if coordinator else None
    if coordinator and coordinator.is_fresh and not change.adds and before is None:
        raise invalid("client_unknown")
    answer = await _async_send(hass, entry, data, lock_id, change, before)
    if coordinator is None or not await coordinator.async_read_after_write():
        return Outcome(answer.result)
    after = coordinator.find(change.email)
    notes = _changes_elsewhere(hass, change, known, before if change.overwrites else after)
    if change.visible_in(after) is False:
        notes.append(localized(hass, "note_not_shown"))
    return Outcome(answer.result, " ".join(notes) or None)


async def _async_send(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    data: CodelocksData,
    lock_id: str,
    change: Change,
    before: Client | None,
) -> WriteResult:
    """Send a change to the API, once; an error says as much as we can find out."""
    with api_errors(hass, entry):
        try:
            return await change.write(
                data.client, lock_id, before.email if before else change.email
            )
        except CodelocksRejectedError as err:
            if management := await _async_management(data):
                raise invalid("rejected_management", reason=err.reason, status=management) from err
            raise
        except CodelocksError as err:
            if not answer_lost(err):
                raise
            key = await _async_look_up(data, lock_id, change, before)
            raise HomeAssistantError(**translated(key, reason=str(err))) from err


async def _async_look_up(
    data: CodelocksData, lock_id: str, change: Change, before: Client | None
) -> str:
    """Find out whether a change was made whose answer was lost; returns a translation key."""
    if coordinator := data.clients.get(lock_id):
        found = await coordinator.async_read_after_write()
        after = coordinator.find(change.email)
    else:
        found, after = await _async_find(data, lock_id, change.email)
    visible = change.visible_in(after) if found and not (change.adds and before) else None
    return {True: OUTCOME_DONE, False: OUTCOME_NOT_DONE, None: "outcome_unknown"}[visible]


async def _async_find(data: CodelocksData, lock_id: str, email: str) -> tuple[bool, Client | None]:
    """Read a client of a lock that is not followed; returns whether the read worked, too."""
    try:
        clients = await data.client.clients(lock_id)
    except CodelocksError:
        return False, None
    return True, next((c for c in clients if c.email.lower() == email.lower()), None)


async def _async_management(data: CodelocksData) -> str | None:
    """Return the account's status of client management, None if clients can be managed.

    Costs a call, but only after the API refused a change, and at most once an hour.
    """
    now = dt_util.utcnow()
    if data.management is None or now - data.management[0] >= ACCOUNT_LOOK:
        try:
            status = (await data.client.account()).client_management
        except CodelocksError:
            status = None
        data.management = (now, status)
    status = data.management[1]
    return None if status is None or status.lower() in _MANAGED else status


def _changes_elsewhere(
    hass: HomeAssistant, change: Change, known: Client | None, found: Client | None
) -> list[str]:
    """Return notes about what others changed of a client, excluding our own change."""
    if known is None or found is None:
        return []
    notes = []
    if week_of(known.active_periods) != week_of(found.active_periods):
        key = "note_periods_overwritten" if change.overwrites else "note_periods_changed"
        notes.append(localized(hass, key, periods=in_words(found.active_periods)))
    if change.overwrites and known.active is not found.active:
        notes.append(localized(hass, "note_status_changed", status=found.status or "-"))
    return notes


async def async_write_each(
    hass: HomeAssistant,
    targets: Iterable[tuple[str, CodelocksConfigEntry, str]],
    change: Change,
) -> list[dict[str, Any]]:
    """Make a change at several locks, each given as device id, entry and lock id.

    Returns a row for each lock. Once an account fails as a whole, its other locks fail without a
    call. Raises if the only lock failed, or all of several.
    """
    rows: list[dict[str, Any]] = []
    errors: list[HomeAssistantError] = []
    failed: dict[str, HomeAssistantError] = {}
    lost_before: set[str] = set()
    for device_id, entry, lock_id in targets:
        row: dict[str, Any] = {"device_id": device_id, "lock_id": lock_id}
        rows.append(row)
        if reason := failed.get(entry.entry_id):
            row |= {"ok": False, "result": str(reason)}
            continue
        try:
            outcome = await async_write(hass, entry, lock_id, change)
        except HomeAssistantError as err:
            errors.append(err)
            row |= {"ok": err.translation_key == OUTCOME_DONE, "result": str(err)}
            if not (reason := met_by_all(err)):
                continue
            # If the account could be read after it, a first lost answer may be the lock's problem.
            if err.translation_key in OUTCOME_KNOWN and entry.entry_id not in lost_before:
                lost_before.add(entry.entry_id)
            else:
                failed[entry.entry_id] = reason
        else:
            row |= {"ok": True, "result": outcome.result}
            if outcome.note:
                row["note"] = outcome.note
    if errors and (len(rows) == 1 or not any(row["ok"] for row in rows)):
        raise errors[0]
    return rows
