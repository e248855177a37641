"""All that the page knows of an account, and what of it a user may see.

There is never a code in it, nor what codes are made from. Big accounts are gone through in
portions, so that the event loop is never held.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final, Self

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..api import Pool
from ..bookings.following import guest_books
from ..const import CONF_SPARE_LOCKS, DEFAULT_OPTIONS
from ..errors import KEY_ERRORS
from ..issuing.netcode_lock import NetcodeLock, netcode_lock
from ..issuing.rows import async_user_names, iso
from ..permission import Caller
from ..polling.call_counter import async_get_call_counter
from ..polling.quota import Quota, Usage
from ..polling.schedule import Read, ReadKind
from ..reading.read_coordinator import ReadCoordinator
from .code_rows import CodeRow, CodeRows
from .lock_rows import (
    AccountView,
    LockDevice,
    Row,
    facts,
    lock_devices,
    unread,
    visible_rows,
)
from .order_rows import order_row

ACCOUNTS: Final = "accounts"
LOCKS: Final = "locks"
CODES: Final = "codes"
ORDERS: Final = "orders"
KEYS: Final = (ACCOUNTS, LOCKS, CODES, ORDERS)
"""The top-level keys of a snapshot."""

_PORTION: Final = 50
"""Locks, with their codes, that are gone through before others get a turn."""


class AccountSnapshot:
    """The rows of an account, before anybody's permission is looked at.

    While the account is not loaded it keeps what was known of it.
    """

    def __init__(self, hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
        """Begin with nothing known."""
        self._hass = hass
        self._entry = entry
        self._facts: dict[str, Row] = {}
        """What was read of each lock, by owner."""
        self._code_rows = CodeRows(hass)
        self.account: Row = {}
        self.devices: list[LockDevice] = []
        self.locks: dict[str, Row] = {}
        self.codes: list[CodeRow] = []
        """By start."""
        self.orders: list[Row] = []

    @property
    def options(self) -> Mapping[str, Any]:
        """The options of the account, defaults included."""
        return DEFAULT_OPTIONS | self._entry.options

    async def async_refresh(self, keys: Collection[str]) -> None:
        """Bring rows up to date."""
        usage = await self._async_usage()
        view = self._view() if {ACCOUNTS, LOCKS}.intersection(keys) else None
        if ACCOUNTS in keys:
            self._refresh_account(usage, view)
        if LOCKS in keys:
            await self._async_refresh_locks(view)
        if CODES in keys and self._entry.state is ConfigEntryState.LOADED:
            await self._async_refresh_codes()
        if ORDERS in keys and self._entry.state is ConfigEntryState.LOADED:
            await self._async_refresh_orders()

    def _view(self) -> AccountView | None:
        """Return what is known of the account, None while it is not loaded."""
        if self._entry.state is not ConfigEntryState.LOADED:
            return None
        return AccountView.of(self._entry.runtime_data, dt_util.utcnow())

    def _refresh_account(self, usage: Usage, view: AccountView | None) -> None:
        """Bring the row of the account up to date."""
        entry, now = self._entry, dt_util.utcnow()
        quota, home = Quota.from_options(self.options), dt_util.get_default_time_zone()
        planned = view.planned.get(Read(ReadKind.LOCKS)) if view else None
        self.account = {
            "entry_id": entry.entry_id,
            "title": entry.title,
            "state": self._state(view),
            **{
                pool.value: {
                    "left": quota.left(usage, pool, now),
                    "quota": quota.calls[pool],
                    "forecast": quota.forecast(usage, pool, now),
                    "reserve": quota.reserve if pool is Pool.UTILITY else 0,
                }
                for pool in Pool
            },
            "resets_at": iso(quota.resets_at(now), home),
            "spare_locks": list(self.options[CONF_SPARE_LOCKS]),
            "next_list_at": iso(planned, home) if planned else None,
        }

    async def _async_usage(self) -> Usage:
        try:
            return (await async_get_call_counter(self._hass, self._entry.data[CONF_API_KEY])).usage
        except UnsupportedStorageVersionError:  # then the account is not loaded either
            return Usage()

    def _state(self, view: AccountView | None) -> str:
        """Return whether the account works. One that is being reloaded does as it did before."""
        entry = self._entry
        if any(entry.async_get_active_flows(self._hass, {SOURCE_REAUTH})):
            return "keys_refused"
        if view:
            data = view.data
            readers: list[ReadCoordinator[Any]] = [
                data.locks,
                *data.activity.values(),
                *data.clients.values(),
            ]
            is_refused = any(isinstance(reader.error, KEY_ERRORS) for reader in readers)
            return "keys_refused" if is_refused else "ok"
        is_reloading = bool(self.account) and entry.setup_lock.locked()
        return str(self.account["state"]) if is_reloading else "not_loaded"

    async def _async_refresh_locks(self, view: AccountView | None) -> None:
        """Bring the rows of the locks up to date, in portions."""
        devices = lock_devices(self._hass, self._entry)
        if view:
            locks = self._netcode_locks(devices)
            devices = [device for device in devices if device.owner in locks]
        found: dict[str, Row] = {}
        for some in batched(devices, _PORTION, strict=False):
            for device in some:
                owner = device.owner
                found[owner] = (
                    facts(self._hass, view, locks[owner], device)
                    if view
                    else self._facts.get(owner, unread(device)) | {"next_read_at": None}
                )
            await asyncio.sleep(0)
        self._facts, self.devices = found, devices
        self.locks = {device.owner: device.row | found[device.owner] for device in devices}

    def _netcode_locks(self, devices: Iterable[LockDevice]) -> dict[str, NetcodeLock]:
        """Return the locks that the account, which is loaded, has; a device may outlive its own."""
        locks = ((one.owner, netcode_lock(self._entry, one.owner)) for one in devices)
        return {owner: lock for owner, lock in locks if lock}

    async def _async_refresh_codes(self) -> None:
        """Bring the rows of the codes up to date, in portions."""
        ledger, now = self._entry.runtime_data.ledger_keeper.data, dt_util.utcnow()
        devices = {device.owner: device.device_id for device in self.devices}
        locks = self._netcode_locks(self.devices)
        users = await async_user_names(self._hass, ledger.rows())
        codes: list[CodeRow] = []
        for owner, lock in locks.items():
            issued = tuple(ledger.rows(owner))
            codes += await self._code_rows.async_of_lock(lock, devices[owner], issued, users, now)
        self._code_rows.forget_others(locks)
        self.codes = sorted(codes, key=lambda code: code.issued.start)

    async def _async_refresh_orders(self) -> None:
        """Bring the rows of calendars and visitors up to date, each in its turn."""
        orders = []
        for book in guest_books(self._hass, self._entry):
            orders.append(order_row(self._hass, book))
            await asyncio.sleep(0)
        self.orders = sorted(orders, key=lambda row: str(row["name"]).casefold())


@dataclass(frozen=True, slots=True)
class _Seen:
    """An account with those of its locks that a user may use."""

    account: AccountSnapshot
    devices: list[LockDevice]
    may_issue: bool
    is_limited: bool
    """Whether the user is no administrator."""

    @classmethod
    def of(cls, account: AccountSnapshot, caller: Caller) -> Self:
        """Ask for each lock."""
        devices = [one for one in account.devices if caller.may_control_calendar(one.calendar)]
        may_issue = caller.may_issue_with(account.options)
        return cls(account, devices, may_issue, caller.is_limited)


def visible(
    accounts: Iterable[AccountSnapshot], caller: Caller, keys: Collection[str] = KEYS
) -> dict[str, list[Row]]:
    """Return what a user may see: locks one by one, and accounts with a lock that they may use.

    Who opens a lock, by code or phone, is for those who may let somebody in.
    """
    by_title = sorted(accounts, key=lambda account: str(account.account["title"]).casefold())
    seen = [_Seen.of(account, caller) for account in by_title]
    # An administrator may add the first lock.
    seen = [one for one in seen if one.devices or not caller.is_limited]
    return {key: _ROWS[key](seen) for key in keys}


def _accounts(seen: Iterable[_Seen]) -> list[Row]:
    return [one.account.account | {"may_issue": one.may_issue} for one in seen]


def _locks(seen: Iterable[_Seen]) -> list[Row]:
    rows = (
        row
        for one in seen
        for row in visible_rows(one.devices, one.account.locks, with_clients=one.may_issue)
    )
    return sorted(rows, key=lambda row: str(row["name"]).casefold())


def _codes(seen: Sequence[_Seen]) -> list[Row]:
    codes: list[CodeRow] = []
    for one in seen:
        if one.may_issue:
            owners = {device.owner for device in one.devices}
            codes += [code for code in one.account.codes if code.issued.owner in owners]
    if len(seen) > 1:
        codes.sort(key=lambda code: code.issued.start)
    return [code.row for code in codes]


def _orders(seen: Sequence[_Seen]) -> list[Row]:
    """Return calendars and visitors; a limited user sees those of which they may use all locks."""
    usable = {one.device_id for account in seen if account.may_issue for one in account.devices}
    return [
        row
        for one in seen
        for row in one.account.orders
        if not one.is_limited or (one.may_issue and usable.issuperset(row["device_ids"]))
    ]


_ROWS: Final[dict[str, Callable[[list[_Seen]], list[Row]]]] = {
    ACCOUNTS: _accounts,
    LOCKS: _locks,
    CODES: _codes,
    ORDERS: _orders,
}
