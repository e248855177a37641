"""Repair issues about the counts of calls and clients, made and healed each time these change.

Also about the clocks of KitLocks, whenever these change. A removed lock's issues are deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_utc_time_change
from homeassistant.util import dt as dt_util

from .. import localize
from ..account import CodelocksConfigEntry
from ..api import Pool
from ..const import DOMAIN, MAX_CLIENT_SWITCHES
from ..netcode.kitlock import ClockProblem
from ..polling.quota import Outlook
from .devices import anonymous_id, async_on_renamed


@callback
def async_set_issue(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    key: str,
    *,
    exists: bool,
    placeholders: Mapping[str, str],
    owner: str | None = None,
    about: str | None = None,
    accounts: Iterable[CodelocksConfigEntry] = (),
    severity: ir.IssueSeverity = ir.IssueSeverity.WARNING,
    is_fixable: bool = False,
) -> None:
    """Create an issue while it exists, and delete it once it does not.

    `key` is that of its words. It is about the account, or about the lock of an `owner`, and is
    deleted with it. `about` ends its id: by default what stands for the owner, or the account.
    `accounts` are those that its form changes, if not only the entry.
    """
    data = {"entry_id": entry.entry_id}
    if entry_ids := [one.entry_id for one in accounts]:
        data["accounts"] = " ".join(entry_ids)
    if owner is not None:
        data["owner"] = anonymous_id(entry, owner)
    issue_id = f"{key}_{about or data.get('owner', entry.entry_id)}"
    if not exists:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=is_fixable,
        severity=severity,
        translation_key=key,
        translation_placeholders=localize.placeholders(**placeholders),
        data={**data},
    )


def _issues_of(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Iterator[ir.IssueEntry]:
    """Return the issues of an account and of its locks.

    After a restart an ignored issue has only its id.
    """
    for issue in list(ir.async_get(hass).issues.values()):
        entry_id = (issue.data or {}).get("entry_id")
        is_ours = entry_id == entry.entry_id or issue.issue_id.endswith(f"_{entry.entry_id}")
        if issue.domain == DOMAIN and is_ours:
            yield issue


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

    @callback
    def follow() -> None:
        async_drop_gone(hass, entry)

    follow()
    entry.async_on_unload(entry.runtime_data.locks.async_add_listener(follow))


@callback
def async_follow_names(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Name locks in issues as they are called, for as long as the entry is loaded."""

    @callback
    def rename(owner: str) -> None:
        stand_in, name = anonymous_id(entry, owner), entry.runtime_data.lock_name(owner)
        for issue in _issues_of(hass, entry):
            values, key = issue.translation_placeholders or {}, issue.translation_key
            is_about_it = (issue.data or {}).get("owner") == stand_in and "lock" in values
            if not (is_about_it and issue.severity and key):
                continue
            async_set_issue(
                hass,
                entry,
                key,
                exists=True,
                placeholders={**values, "lock": name},
                owner=owner,
                about=issue.issue_id.removeprefix(f"{key}_"),
                severity=issue.severity,
                is_fixable=bool(issue.is_fixable),
            )

    entry.async_on_unload(async_on_renamed(hass, entry, rename))


@callback
def async_drop_gone(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Drop the issues of locks that the account no longer has."""
    owners = {anonymous_id(entry, owner) for owner in entry.runtime_data.owners}
    for issue in _issues_of(hass, entry):
        about = issue.data or {}
        if "owner" in about and about["owner"] not in owners:
            ir.async_delete_issue(hass, DOMAIN, issue.issue_id)


@callback
def async_forget_issues(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Drop the issues of an account that is removed."""
    for issue in _issues_of(hass, entry):
        ir.async_delete_issue(hass, DOMAIN, issue.issue_id)
    # One about its API key may still hold for another account.
    others = (one for one in _accounts_of_key(hass, entry) if one is not entry)
    if other := next((one for one in others if one.state is ConfigEntryState.LOADED), None):
        for pool in Pool:
            _check(hass, other, pool)


@callback
def async_check_clocks(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Create an issue for each KitLock whose clock cannot be relied on."""
    for kitlock in entry.runtime_data.kitlocks.values():
        for problem in ClockProblem:
            async_set_issue(
                hass,
                entry,
                problem,
                exists=problem is kitlock.clock_problem,
                placeholders={"lock": entry.runtime_data.lock_name(kitlock.subentry_id)},
                owner=kitlock.subentry_id,
                about=kitlock.subentry_id,
            )


@callback
def async_note_writing(hass: HomeAssistant, entry: CodelocksConfigEntry, is_written: bool) -> None:  # noqa: FBT001 - as the file tells it
    """Create an issue while codes cannot be written down: who texts or speaks cannot act on it."""
    async_set_issue(
        hass,
        entry,
        "codes_not_written",
        exists=not is_written,
        placeholders={"account": entry.title},
        severity=ir.IssueSeverity.ERROR,
    )


@callback
def async_check_clients(hass: HomeAssistant, entry: CodelocksConfigEntry, clients: int) -> None:
    """Create an issue if there are more clients than switches."""
    async_set_issue(
        hass,
        entry,
        "too_many_clients",
        exists=clients > MAX_CLIENT_SWITCHES,
        placeholders={
            "account": entry.title,
            "count": str(clients),
            "most": str(MAX_CLIENT_SWITCHES),
        },
    )


def _accounts_of_key(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> Iterator[CodelocksConfigEntry]:
    """Return the accounts on an entry's API key, in the order in which they were added."""
    for one in hass.config_entries.async_entries(DOMAIN):
        if one.data[CONF_API_KEY] == entry.data[CONF_API_KEY]:
            yield one


@callback
def _check(hass: HomeAssistant, entry: CodelocksConfigEntry, pool: Pool) -> None:
    """Keep one issue about a pool for all accounts on a key: they share its calls.

    It is called after the first of them, and names those that it holds for.
    """
    now = dt_util.utcnow()
    known = list(_accounts_of_key(hass, entry))
    first = next(one for one in known if one is entry or not one.disabled_by)
    outlooks = {
        one: one.runtime_data.outlook(pool, now)
        for one in known
        if one is entry or one.state is ConfigEntryState.LOADED
    }
    worst = max(outlooks.values(), key=[*Outlook].index)
    accounts = [one for one, outlook in outlooks.items() if outlook is worst]
    for kind, severity in (
        (Outlook.RUNNING_OUT, ir.IssueSeverity.WARNING),
        (Outlook.SPENT, ir.IssueSeverity.ERROR),
    ):
        quota = accounts[0].runtime_data.quota
        async_set_issue(
            hass,
            first,
            f"{pool}_{kind}",
            exists=worst is kind,
            placeholders={
                "account": ", ".join(one.title for one in accounts),
                "quota": str(quota.calls[pool]),
                "resets_at": f"{quota.resets_at(now):%Y-%m-%d}",
            },
            accounts=accounts,
            severity=severity,
            is_fixable=True,
        )
        for other in known:
            if other is not first:
                ir.async_delete_issue(hass, DOMAIN, f"{pool}_{kind}_{other.entry_id}")
