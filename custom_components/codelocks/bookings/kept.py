"""What is kept of bookings between two looks, and over restarts. Pure.

Only bookings whose time has come are kept: for the others there is nothing to remember. Kept state
is data from outside: a row that cannot be read is dropped, and only that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from .events import Event, read_event, read_time
from .settings import Fit, InviteAs
from .waits import StoredRow, Wait, read_moment

MAX_NEWS = 100
"""News that wait for an owner who cannot be reached."""

_SPOILT = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(StoredRow):
    """The codes of a booking at a lock."""

    owner: str
    pairing: str
    """What the lock's codes depend on: a lock that was paired again has another."""
    start: datetime
    end: datetime
    """What should be covered, buffers included."""
    fit: Fit
    until: datetime | None = None
    """The end of what is covered; before `end` while a chain is made part by part."""
    codes: tuple[str, ...] = ()
    """Ids in the ledger."""
    older: tuple[str, ...] = ()
    """Codes for other times; withdrawn once the new ones are made."""
    taken_back: tuple[str, ...] | None = None
    """The codes that were withdrawn with the booking, while it is cancelled or far away."""
    wait: Wait | None = None

    @property
    def complete(self) -> bool:
        """Whether all of it is covered."""
        return self.until is not None and self.until >= self.end

    @property
    def is_wanted(self) -> bool:
        """Whether codes are missing, and somebody comes."""
        return not self.complete and self.taken_back is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(StoredRow):
    """A guest who was invited to a K3 lock, or is to be."""

    owner: str
    email: str = field(repr=False)
    invite_as: InviteAs
    sent: bool = False
    ours: bool = False
    """Whether it made the client: one who existed before is not deleted after departure."""
    leaving: bool = False
    """Whether the client is to be deleted."""
    begun: bool = False
    """Whether an invitation may have been sent, though nobody knows: a client came of it."""
    wait: Wait | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBooking(StoredRow):
    """A booking or visit whose time has come."""

    key: str
    """Names it for ever: part of the reference of its codes."""
    known_by: str
    content: str
    gist: str = ""
    """Its title, link and times, hashed."""
    title: str = field(repr=False)
    email: str | None = field(default=None, repr=False)
    """The guest's address; empty if there is none, None if it was not looked for."""
    start: str
    end: str
    """As the event has them."""
    covers: tuple[Cover, ...] = ()
    made_at: datetime | None = None
    """When the first of the codes was made that the guest does not know yet."""
    told: tuple[str, ...] = ()
    """The codes that the guest was told."""
    unsent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By notify entity, the codes that did not reach it."""
    unsent_wait: Wait | None = None
    invitations: tuple[Invitation, ...] = ()
    missing_at: datetime | None = None
    """When it was last missing from a reading; None while it is in the calendar."""
    missing_seconds: int = 0
    """How long it has been missing."""
    moves: int = 0
    """How often its times changed."""
    addresses: int = 0
    """How many addresses were invited."""
    cancelled: bool = False

    def cover(self, owner: str) -> Cover | None:
        """Return the codes at a lock."""
        return next((cover for cover in self.covers if cover.owner == owner), None)

    def with_cover(self, changed: Cover) -> KeptBooking:
        """Return it with other codes at a lock."""
        others = (cover for cover in self.covers if cover.owner != changed.owner)
        return replace(self, covers=(*others, changed))

    def with_invitation(self, changed: Invitation) -> KeptBooking:
        """Return it with an invitation that replaces the one for its lock and address."""
        return replace(
            self.without_invitation(changed), invitations=(*self._others(changed), changed)
        )

    def without_invitation(self, gone: Invitation) -> KeptBooking:
        """Return it without an invitation."""
        return replace(self, invitations=tuple(self._others(gone)))

    def _others(self, one: Invitation) -> Iterable[Invitation]:
        return (
            other
            for other in self.invitations
            if (other.owner, other.email) != (one.owner, one.email)
        )

    @property
    def times(self) -> tuple[date, date]:
        """The times of its event; raises ValueError for those of a spoilt row."""
        return read_time(self.start), read_time(self.end)

    def seen(self, event: Event) -> KeptBooking:
        """Return it as a reading shows it."""
        if self.content == event.content and self.missing_at is None and not self.cancelled:
            known = self.known_by, self.gist
            if known == (event.known_by, event.gist):
                return self
            return replace(self, known_by=event.known_by, gist=event.gist)
        start, end = event.times
        return replace(
            self,
            known_by=event.known_by,
            content=event.content,
            gist=event.gist,
            title=event.title,
            email=self.email if self.content == event.content else None,
            start=start,
            end=end,
            missing_at=None,
            missing_seconds=0,
            moves=self.moves + ((start, end) != (self.start, self.end)),
            cancelled=False,
        )


class NewsKind(StrEnum):
    """What an owner is told."""

    CANCELLED = "cancelled"
    CALENDAR_UNREADABLE = "calendar_unreadable"
    CALLS_TOO_FEW = "calls_too_few"
    ENDED_EARLY = "ended_early"
    """Its end was moved into the past."""
    NO_CODE = "no_code"
    NOT_INVITED = "not_invited"
    NOT_SENT = "not_sent"
    STILL_INVITED = "still_invited"
    UNRELIABLE = "unreliable"


@dataclass(frozen=True, slots=True, kw_only=True)
class News(StoredRow):
    """A problem, its end, or a cancelled booking. It holds no code."""

    kind: NewsKind
    over: bool = False
    booking: str | None = None
    """The key of the booking that it is about."""
    title: str = field(default="", repr=False)
    start: datetime | None = None
    end: datetime | None = None
    """Arrival and departure."""
    place: str = ""
    """What else it is about: the device id of a lock, a notify entity, an e-mail address."""
    reason: str = ""
    codes: tuple[str, ...] = ()
    """Ids in the ledger: those that still open after a cancellation."""

    @property
    def subject(self) -> tuple[str, str | None, str]:
        """What makes two of them the same problem."""
        return self.kind, self.booking, self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of a calendar of bookings, or of a visitor."""

    bookings: tuple[KeptBooking, ...] = ()
    shared: tuple[str, ...] = ()
    """What several events were known by at once: their times tell them apart."""
    unreadable_since: datetime | None = None
    problems: tuple[News, ...] = ()
    """Those that last, and that the owner was told or is to be told."""
    news: tuple[News, ...] = ()
    """What the owner is still to be told."""
    news_wait: Wait | None = None

    def get(self, key: str) -> KeptBooking | None:
        """Return a booking."""
        return next((row for row in self.bookings if row.key == key), None)

    def with_booking(self, changed: KeptBooking) -> Kept:
        """Return it with a booking that replaces the one with its key."""
        rows = (changed if row.key == changed.key else row for row in self.bookings)
        return replace(self, bookings=tuple(rows))

    def to_dict(self) -> dict[str, Any]:
        """Return it to be stored as JSON."""
        return {
            "bookings": [row.to_dict() for row in self.bookings],
            "shared": list(self.shared),
            "unreadable_since": self.unreadable_since and self.unreadable_since.isoformat(),
            "problems": [row.to_dict() for row in self.problems],
            "news": [row.to_dict() for row in self.news],
            "news_wait": self.news_wait and self.news_wait.to_dict(),
        }

    @classmethod
    def from_dict(cls, stored: Any) -> Self:
        """Read what is stored; a row that cannot be read is dropped, and only that."""
        if not isinstance(stored, Mapping):
            return cls()
        rows = _rows(KeptBooking, stored.get("bookings"))
        return cls(
            bookings=tuple({row.key: row for row in rows if _has_times(row)}.values()),
            shared=tuple(name for name in _list(stored.get("shared")) if isinstance(name, str)),
            unreadable_since=_read_or_none(read_moment, stored.get("unreadable_since")),
            problems=tuple(_rows(News, stored.get("problems"))),
            news=tuple(_rows(News, stored.get("news"))),
            news_wait=_read_or_none(Wait.from_dict, stored.get("news_wait")),
        )


def _rows[T: StoredRow](kind: type[T], stored: Any) -> Iterable[T]:
    rows = (_read_or_none(kind.from_dict, row) for row in _list(stored))
    return [row for row in rows if row is not None]


def _list(stored: Any) -> list[Any]:
    return stored if isinstance(stored, list) else []


def _read_or_none(reader: Any, stored: Any) -> Any:
    try:
        return None if stored is None else reader(stored)
    except _SPOILT:
        return None


def _has_times(row: KeptBooking) -> bool:
    return read_event(start=row.start, end=row.end) is not None
