"""Smart-phone clients: the one way they are changed."""

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
"""Words that would say that clients can be managed; the API's own are not documented."""

OUTCOME_DONE = "outcome_done"
"""The change was carried out, though its answer was lost."""
OUTCOME_NOT_DONE = "outcome_not_done"
MADE_OUT = (OUTCOME_DONE, OUTCOME_NOT_DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of one client, to be made at any number of locks."""

    email: str
    write: Callable[[CodelocksClient, str, str], Awaitable[WriteResult]]
    """Makes it, given the API's client, a lock id, and the address as that lock has it."""
    shown_by: Callable[[Client | None], bool | None]
    """Whether a client, as read afterwards, shows it: None where nothing can be told."""
    adds: bool = False
    overwrites: bool = False
    """Whether it puts other active periods in place of those that are there."""


def adding(
    email: str,
    periods: tuple[ActivePeriod, ...] | None,
    access_type: AccessType,
    message: str,
) -> Change:
    """Return the change that invites a client; without periods for always."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.add_client(
            lock_id, address, periods or (ALWAYS,), access_type=access_type, message=message
        ),
        shown_by=lambda client: client is not None,
        adds=True,
    )


def updating(email: str, periods: tuple[ActivePeriod, ...]) -> Change:
    """Return the change that gives a client other active periods."""
    week = week_of(periods)
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.update_client(lock_id, address, periods),
        shown_by=lambda client: client is not None and week_of(client.active_periods) == week,
        overwrites=True,
    )


def suspending(email: str) -> Change:
    """Return the change that suspends a client."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.suspend_client(lock_id, address),
        shown_by=lambda client: None if not client or client.active is None else not client.active,
    )


def restoring(email: str) -> Change:
    """Return the change that restores a suspended client."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.restore_client(lock_id, address),
        shown_by=lambda client: client.active if client else None,
    )


def deleting(email: str) -> Change:
    """Return the change that deletes a client."""
    return Change(
        email=email,
        write=lambda api, lock_id, address: api.delete_client(lock_id, address),
        shown_by=lambda client: client is None,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a change: the API's word for it, and what the user should know beside."""

    result: str | None
    note: str | None = None


async def async_write(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock_id: str, change: Change
) -> Outcome:
    """Make one change at one lock, and read its clients anew."""
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
    if change.shown_by(after) is False:
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
    """Ask the API for a change, once; an error says all that can be found out."""
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
    """Find out what became of a change whose answer was lost; returns the key of the words."""
    if coordinator := data.clients.get(lock_id):
        found = await coordinator.async_read_after_write()
        after = coordinator.find(change.email)
    else:
        found, after = await _async_find(data, lock_id, change.email)
    shown = change.shown_by(after) if found and not (change.adds and before) else None
    return {True: OUTCOME_DONE, False: OUTCOME_NOT_DONE, None: "outcome_unknown"}[shown]


async def _async_find(data: CodelocksData, lock_id: str, email: str) -> tuple[bool, Client | None]:
    """Read a client of a lock that is not followed: whether it worked, and the client."""
    try:
        clients = await data.client.clients(lock_id)
    except CodelocksError:
        return False, None
    return True, next((one for one in clients if one.email.lower() == email.lower()), None)


async def _async_management(data: CodelocksData) -> str | None:
    """Return what the account says of its client management, unless it is that all is well.

    Costs a call, but only after the API refused a change, and not again within the hour.
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
    """Return in words what somebody else changed of a client; our own change is none of it."""
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
    """Make one change at several locks: device id, entry and lock id of each.

    All are tried, until an account fails as a whole: what is left of it costs no call. On one lock
    a failure is an error; on several, it is one when none worked. A row has a `note` where there is
    something to know.
    """
    rows: list[dict[str, Any]] = []
    errors: list[HomeAssistantError] = []
    failed: dict[str, HomeAssistantError] = {}
    lost: set[str] = set()
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
            # A first lost answer may be its lock's alone, where the account could be read after it.
            if err.translation_key in MADE_OUT and entry.entry_id not in lost:
                lost.add(entry.entry_id)
            else:
                failed[entry.entry_id] = reason
        else:
            row |= {"ok": True, "result": outcome.result}
            if outcome.note:
                row["note"] = outcome.note
    if errors and (len(rows) == 1 or not any(row["ok"] for row in rows)):
        raise errors[0]
    return rows
