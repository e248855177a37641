"""A stateful Codelocks Connect, written from its documentation. See README.md in this folder."""

from .demo import (
    DEMO_KITLOCKS,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    SMALL_NOW,
    STRANGER_EMAIL,
    SUSPENDED_EMAIL,
    demo_world,
    empty_world,
    small_world,
)
from .faults import Fault, FaultKind, Faults
from .locks import ACTIVE, ALWAYS, INVITED, SUSPENDED, AuditEntry, Client, Lock
from .netcodes import KitLock, compute_netcode
from .server import Simulator
from .state import Call
from .tables import DIGITS, DURATIONS, PLANS, Duration, durations_for
from .world import ACCESS_KEY, ACCOUNT_EMAIL, API_KEY, Account, ApiKey, Flags, Pool, World

__all__ = [
    "ACCESS_KEY",
    "ACCOUNT_EMAIL",
    "ACTIVE",
    "ALWAYS",
    "API_KEY",
    "DEMO_KITLOCKS",
    "DIGITS",
    "DURATIONS",
    "GUEST_EMAIL",
    "INVITED",
    "INVITED_EMAIL",
    "LOCK_1_ID",
    "LOCK_2_ID",
    "PLANS",
    "SMALL_NOW",
    "STRANGER_EMAIL",
    "SUSPENDED",
    "SUSPENDED_EMAIL",
    "Account",
    "ApiKey",
    "AuditEntry",
    "Call",
    "Client",
    "Duration",
    "Fault",
    "FaultKind",
    "Faults",
    "Flags",
    "KitLock",
    "Lock",
    "Pool",
    "Simulator",
    "World",
    "compute_netcode",
    "demo_world",
    "durations_for",
    "empty_world",
    "small_world",
]
