"""What a look at bookings is given, and what it decides. Pure.

The caller restores codes, stores `kept`, carries the other decisions out in the order of the fields
of `Decisions`, records what came of each with the functions of `outcomes`, and looks again until
nothing is left to do. `kept` is stored before codes are withdrawn: it holds the news of it.
That ends, since what fails has to wait. After a failure of the account or the cloud the account
waits: its other decisions are not carried out, and are left to the next look.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from ..api import Duration, DurationDetails
from ..netcode.windows import Window
from .codes import Codes
from .events import Event
from .kept import Kept, News
from .settings import InviteAs
from .waits import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class LockFacts:
    """A lock, as far as bookings need to know it."""

    owner: str
    """The lock id (K3) or the subentry id (KitLock)."""
    account: str
    model: str
    zone: tzinfo
    """The zone of the people at the lock."""
    clock: tzinfo
    pairing: str = field(repr=False)
    """What its codes depend on, hashed: another initialisation makes it another lock."""
    key: Callable[[Window], str] = field(repr=False)
    """Returns the ledger's key of a window's code."""
    durations: tuple[Duration, ...] | None
    """None while they are not known."""
    rules: Mapping[int, DurationDetails] = field(default_factory=dict)
    takes_phones: bool = False
    """Whether guests can be invited to it: a K3 lock."""
    clock_problem: str | None = None
    """Why its codes cannot be relied on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What an account has to give."""

    calls_left: int
    """NetCode calls."""
    wait: Wait | None = None
    """After failures of the account or the cloud."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that a look sees, besides settings and what is kept."""

    events: tuple[Event, ...] | None
    """None where the calendar cannot be read."""
    unread_after: tuple[str, str] | None = None
    """The times of the last event, where there are more than are read: later ones are not missing.
    """
    locks: Mapping[str, LockFacts]
    """The locks of the accounts that are loaded, by device id."""
    accounts: Mapping[str, Account]
    codes: Codes
    unloaded: Mapping[str, str] = field(default_factory=dict)
    """The owners of locks whose account is not loaded at present, by device id."""
    zone: tzinfo = UTC
    """Home Assistant's zone, used if the first lock does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Mark codes as withdrawn; takes no call."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """Mark codes as not withdrawn: their booking is back; takes no call."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Make the codes of a booking at a lock."""

    booking: str
    device_id: str
    owner: str
    pairing: str = field(repr=False)
    start: datetime
    end: datetime
    tight: bool
    """A chain; else one standard code."""
    name: str = field(repr=False)
    reference: str
    adds: bool
    """Whether it carries on a chain: the codes before it stay."""
    changed: bool
    """Whether it is for other times than the codes before."""
    calls: int
    arrival: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Invite a guest's phone to a K3 lock."""

    booking: str
    owner: str
    email: str = field(repr=False)
    invite_as: InviteAs
    arrival: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninvite:
    """Delete the client of a guest who left."""

    booking: str
    owner: str
    email: str = field(repr=False)
    departure: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TellGuest:
    """Send codes of a booking to notify entities, in one message."""

    booking: str
    codes: tuple[str, ...]
    entity_ids: tuple[str, ...]
    arrival: datetime
    changed: bool = False
    """Whether the guest was told other codes before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What is to be done, and what is to be kept as if it were done."""

    kept: Kept
    withdraw: tuple[Withdraw, ...] = ()
    restore: tuple[Restore, ...] = ()
    happened: tuple[News, ...] = ()
    """What is new with this look, for the event entity; it is in the news for the owner as well."""
    issue: tuple[Issue, ...] = ()
    invite: tuple[Invite, ...] = ()
    uninvite: tuple[Uninvite, ...] = ()
    tell_guest: tuple[TellGuest, ...] = ()
    tell_owner: tuple[News, ...] = ()
    """To be sent as one message to the settings' `tell_owner`."""
    more: bool = False
    """Whether the next round has more to decide: nobody is told anything before."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not (
            self.withdraw
            or self.restore
            or self.issue
            or self.invite
            or self.uninvite
            or self.tell_guest
            or self.tell_owner
            or self.more
        )
