"""The state of the simulated cloud: API keys with quotas, accounts with locks, and a clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Literal

from .answers import BAD_ACCESS_KEY, RefusedError, no_lock
from .locks import Lock
from .netcodes import KitLock
from .tables import PLANS

type PoolName = Literal["netcode", "utility"]
type NoLocks = Literal["list", "false", "204", "404"]
type ClientErrors = Literal["400", "200"]

# Made up, in the shape that clients of the API check for.
API_KEY = "SimulatorOnly0123456789abcdefghijklmnopqrstuvwxyz"
ACCESS_KEY = "2ym1989dzx"
ACCOUNT_EMAIL = "Host@Example.com"


@dataclass(slots=True)
class Pool:
    """Calls of one kind in this month."""

    quota: int
    used: int = 0

    @property
    def left(self) -> int:
        """What is left of the quota."""
        return max(0, self.quota - self.used)

    def spend(self) -> bool:
        """Count a call; False (and not counted) when the quota is spent."""
        if not self.left:
            return False
        self.used += 1
        return True


@dataclass(slots=True)
class ApiKey:
    """An API key with its two pools."""

    key: str
    netcode: Pool
    utility: Pool

    def pool(self, name: PoolName) -> Pool:
        """Return a pool by name."""
        return self.netcode if name == "netcode" else self.utility

    def set_plan(self, plan: str) -> None:
        """Subscribe to another plan; what was used stays used."""
        self.netcode.quota, self.utility.quota = PLANS[plan]


@dataclass(slots=True)
class Account:
    """A K3 account: the access key and its locks, in the order in which they were paired."""

    access_key: str
    email: str = ACCOUNT_EMAIL
    spccm_status: str = "ACTIVE"
    locks: dict[str, Lock] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Flags:
    """Settings for behaviour on which the sources disagree or say nothing."""

    no_locks: NoLocks = "list"  # how "no locks" is answered
    client_errors: ClientErrors = (
        "400"  # how a refused client write is answered; "200" says {"status": "error"}
    )
    anyone_registered: bool = False  # whether every e-mail address has a K3 account
    undocumented_fields: bool = True  # LockSmsId and the like in lock records
    seen_duration_key: bool = (
        False  # `durations` says DurationId (seen), not DurationID (documented)
    )
    netcode_versions: tuple[str, ...] = ("1", "2", "3")  # those of NetCode calls that are served
    expires: bool = False  # NetCodes of version 1 and 2 carry Expires
    start_data: bool = False  # NetCodes carry Startdata
    hours_of_days: bool = False  # DurationHours is 48 for two days (seen in 2016), not 0
    max_per_page: int | None = None  # a page is never longer than this, whatever is requested
    retry_after: int | None = None  # seconds, sent with "Limit Exceeded"


class World:
    """Everything that the simulated cloud knows."""

    def __init__(self, *, seed: int = 1, clock: Callable[[], datetime] | None = None) -> None:
        """Create a world with the default API key and account, and no locks."""
        self.clock = clock or (lambda: datetime.now(UTC))
        self.offset = timedelta()
        self.random = Random(seed)  # noqa: S311
        self.flags = Flags()
        self.keys: dict[str, ApiKey] = {}
        self.accounts: dict[str, Account] = {}
        self.registered: set[str] = set()
        self.kitlocks: list[KitLock] = []
        self._ids = count(1001)
        self.key = self.add_key(API_KEY)
        self.account = self.add_account(ACCESS_KEY)

    def now(self) -> datetime:
        """Return the time in the world, aware."""
        return self.clock() + self.offset

    def next_id(self) -> int:
        """Return the next audit entry id: increasing over all locks."""
        return next(self._ids)

    def add_key(self, key: str, plan: str = "business_1") -> ApiKey:
        """Add an API key on a plan."""
        netcode, utility = PLANS[plan]
        self.keys[key] = ApiKey(key, Pool(netcode), Pool(utility))
        return self.keys[key]

    def add_account(
        self, access_key: str, email: str = ACCOUNT_EMAIL, spccm_status: str = "ACTIVE"
    ) -> Account:
        """Add a K3 account."""
        self.accounts[access_key] = Account(access_key, email, spccm_status)
        return self.accounts[access_key]

    def change_access_key(self, old: str, new: str) -> None:
        """Give an account a new access key; the old one no longer works."""
        account = self.accounts.pop(old)
        account.access_key = new
        self.accounts[new] = account

    def register(self, *emails: str) -> None:
        """Let people have a K3 account, so that they can be invited."""
        self.registered.update(email.casefold() for email in emails)

    def is_registered(self, email: str) -> bool:
        """Tell whether somebody can be invited."""
        return self.flags.anyone_registered or email.casefold() in self.registered

    def add_lock(
        self,
        name: str,
        *,
        lock_id: str | None = None,
        access_key: str = ACCESS_KEY,
        model: str = "CL5510",
        firmware: str = "1.0.2",
        time_zone: str = "Europe/London",
        location: str = "",
        sms_id: str = "",
        paired: date = date(2024, 3, 1),
        battery: str = "FULL",
        battery_updated: date | None = None,
    ) -> Lock:
        """Pair a lock with an account."""
        lock = Lock(
            id=lock_id or f"06040408434e4753{self.random.getrandbits(64):016x}",
            name=name,
            now=self.now,
            next_id=self.next_id,
            model=model,
            firmware=firmware,
            time_zone=time_zone,
            location=location,
            sms_id=sms_id,
            paired=paired,
            battery=battery,
            battery_updated=battery_updated,
        )
        self.accounts[access_key].locks[lock.id] = lock
        return lock

    def locks(self) -> list[Lock]:
        """Return the locks of all accounts."""
        return [lock for account in self.accounts.values() for lock in account.locks.values()]

    def lock(self, lock_id: str) -> Lock:
        """Return a lock by id, whoever's it is; KeyError if there is none."""
        for lock in self.locks():
            if lock.id == lock_id:
                return lock
        raise KeyError(lock_id)

    def remove_lock(self, lock_id: str) -> None:
        """Take a lock from its account."""
        for account in self.accounts.values():
            account.locks.pop(lock_id, None)

    def enter(self, access_key: str) -> Account:
        """Return the account of an access key (case matters), or refuse."""
        if (account := self.accounts.get(access_key)) is None:
            raise RefusedError(BAD_ACCESS_KEY)
        return account

    def find_lock(self, access_key: str, lock_id: str) -> Lock:
        """Return a lock of the account of an access key, or refuse."""
        if (lock := self.enter(access_key).locks.get(lock_id)) is None:
            raise no_lock()
        return lock

    def advance(self, span: timedelta) -> None:
        """Let time pass: the clock moves and batteries fade. Quotas stay: see `reset_month`."""
        self.offset += span
        for lock in self.locks():
            lock.fade(span)

    def reset_month(self) -> None:
        """Start a new month for every API key."""
        for key in self.keys.values():
            key.netcode.used = key.utility.used = 0
