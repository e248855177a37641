"""Repair issues about the counts of calls and clients, made and healed each time these change.

Also about the clocks of KitLocks, when the account is set up. A lock's issues go when it goes.
"""

from collections.abc import Container
from datetime import datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_utc_time_change
from homeassistant.util import dt as dt_util

from ..api import Pool
from ..const import DOMAIN, MAX_CLIENT_SWITCHES
from ..netcode.kitlock import ClockProblem
from ..polling.quota import Outlook
from .coordinator import CodelocksConfigEntry
from .devices import anonymous_id


@callback
def async_follow_quota(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Keep the issues in step with the counts and the days, for as long as the entry is loaded."""

    @callback
    def follow(_: datetime | None = None) -> None:
        for pool in Pool:
            _check(hass, entry, pool)

    follow()
    entry.async_on_unload(entry.runtime_data.counter.async_add_listener(follow))
    # A month turns at midnight UTC, and a forecast changes with each day.
    entry.async_on_unload(async_track_utc_time_change(hass, follow, hour=0, minute=0, second=0))


@callback
def async_follow_owners(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Drop the issues of locks that leave the account, for as long as the entry is loaded."""
    data = entry.runtime_data

    @callback
    def follow() -> None:
        _forget_locks(hass, entry, {anonymous_id(entry, owner) for owner in data.owners})

    follow()
    entry.async_on_unload(data.locks.async_add_listener(follow))


def _forget_locks(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owners: Container[object]
) -> None:
    """Drop the issues of an account's locks, except those of `owners`, given by anonymous ids."""
    for (domain, issue_id), issue in list(ir.async_get(hass).issues.items()):
        about = issue.data or {}
        ours = domain == DOMAIN and about.get("entry_id") == entry.entry_id
        if ours and "owner" in about and about["owner"] not in owners:
            ir.async_delete_issue(hass, DOMAIN, issue_id)


@callback
def async_check_clocks(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Create an issue for each KitLock whose clock cannot be relied on."""
    for kitlock in entry.runtime_data.kitlocks.values():
        for problem in ClockProblem:
            issue_id = f"{problem}_{kitlock.subentry_id}"
            if problem is not kitlock.clock_problem:
                ir.async_delete_issue(hass, DOMAIN, issue_id)
                continue
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id,
                is_fixable=False,
                severity=ir.IssueSeverity.WARNING,
                translation_key=problem,
                translation_placeholders={"lock": kitlock.name},
                data={
                    "entry_id": entry.entry_id,
                    "owner": anonymous_id(entry, kitlock.subentry_id),
                },
            )


@callback
def async_forget_issues(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Drop the issues of an account that is removed."""
    _forget_locks(hass, entry, ())
    for pool in Pool:
        for kind in Outlook:
            ir.async_delete_issue(hass, DOMAIN, _issue_id(pool, kind, entry))
    async_check_clients(hass, entry, 0)


@callback
def async_check_clients(hass: HomeAssistant, entry: CodelocksConfigEntry, clients: int) -> None:
    """Create an issue if there are more clients than switches."""
    issue_id = f"too_many_clients_{entry.entry_id}"
    if clients <= MAX_CLIENT_SWITCHES:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="too_many_clients",
        translation_placeholders={
            "account": entry.title,
            "count": str(clients),
            "most": str(MAX_CLIENT_SWITCHES),
        },
    )


def _issue_id(pool: Pool, kind: Outlook, entry: CodelocksConfigEntry) -> str:
    return f"{pool}_{kind}_{entry.entry_id}"


def _check(hass: HomeAssistant, entry: CodelocksConfigEntry, pool: Pool) -> None:
    data, now = entry.runtime_data, dt_util.utcnow()
    outlook = data.outlook(pool, now)
    for kind, severity in (
        (Outlook.RUNNING_OUT, ir.IssueSeverity.WARNING),
        (Outlook.SPENT, ir.IssueSeverity.ERROR),
    ):
        issue_id = _issue_id(pool, kind, entry)
        if outlook is not kind:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
            continue
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=True,
            severity=severity,
            translation_key=f"{pool}_{kind}",
            translation_placeholders={
                "account": entry.title,
                "quota": str(data.quota.calls[pool]),
                "resets_at": f"{data.quota.resets_at(now):%Y-%m-%d}",
            },
            data={"entry_id": entry.entry_id},
        )
