"""Who is expected, and who stays now: what entities and the page show of bookings. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from .doors import Doors
from .events import Event
from .kept import Kept, KeptBooking
from .settings import BookingsSettings, Settings
from .stay import Stay, next_arrival, occupied


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A booking or visit: one of the calendar, or one that is missing from it."""

    title: str = field(repr=False)
    stay: Stay
    """Without buffers, at the first lock."""
    row: KeptBooking | None = None
    """What is kept of it, once its time has come."""

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody comes."""
        return self.row is not None and self.row.cancelled


@dataclass(frozen=True, slots=True)
class Arrivals:
    """All that are expected, by arrival."""

    expected: tuple[Expected, ...] = ()

    @classmethod
    def of(
        cls, settings: Settings, doors: Doors, events: Iterable[Event] | None, kept: Kept
    ) -> Arrivals:
        """Put events and kept bookings together; a booking missing for a while still counts."""
        rows = {(row.known_by, row.start, row.end): row for row in kept.bookings}
        found: dict[tuple[str, str, str], Expected] = {}
        for event in events or ():
            if isinstance(settings, BookingsSettings) and settings.ignores(event.title):
                continue
            key = event.known_by, *event.times
            if key not in found:
                stay = doors.stay(event.start, event.end)
                found[key] = Expected(title=event.title, stay=stay, row=rows.get(key))
        for key, row in rows.items():
            if key not in found:
                stay = doors.stay(*row.times)
                found[key] = Expected(title=row.title, stay=stay, row=row)
        return cls(tuple(sorted(found.values(), key=attrgetter("stay.arrival"))))

    @property
    def stays(self) -> list[Stay]:
        """The stays of those who come."""
        return [one.stay for one in self.expected if not one.is_cancelled]

    def occupied(self, now: datetime) -> bool:
        """Return whether somebody stays now."""
        return occupied(self.stays, now)

    def next_arrival(self, now: datetime) -> datetime | None:
        """Return when somebody arrives next."""
        return next_arrival(self.stays, now)

    def next_turn(self, now: datetime) -> datetime | None:
        """Return when somebody arrives or departs next."""
        moments = (moment for stay in self.stays for moment in (stay.arrival, stay.departure))
        return min((moment for moment in moments if moment > now), default=None)

    def at(self, moment: datetime) -> list[Expected]:
        """Return who stays at a moment, and is kept."""
        return [
            one
            for one in self.expected
            if one.row and not one.is_cancelled and one.stay.arrival <= moment < one.stay.departure
        ]
