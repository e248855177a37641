"""The locks of a calendar of bookings or a visitor, and when somebody comes there. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Self

from .decisions import LockFacts, World
from .settings import Settings
from .stay import Stay, stay_at
from .values import DAY

ZONES_APART = 2 * DAY
"""What is that far from now by the date is so in all zones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The locks that are there, by device id, and the zone of the first."""

    settings: Settings
    locks: dict[str, LockFacts]
    zone: tzinfo

    @classmethod
    def of(cls, settings: Settings, world: World) -> Self:
        """Find the locks that the settings name."""
        known = world.locks
        first = known.get(settings.locks[0]) if settings.locks else None
        return cls(
            settings=settings,
            locks={one: known[one] for one in settings.locks if one in known},
            zone=first.zone if first else world.zone,
        )

    def stay(self, start: date, end: date) -> Stay:
        """Return the stay of an event, without buffers, at the first lock."""
        return stay_at(self.zone, start, end, self.settings)

    def wishes(self, start: date, end: date) -> dict[str, Stay]:
        """Return when the codes of an event should open, by the device ids of all locks."""
        by_zone: dict[tzinfo, Stay] = {}
        wishes = {}
        for device_id in self.settings.locks:
            zone = lock.zone if (lock := self.locks.get(device_id)) else self.zone
            if zone not in by_zone:
                stay = stay_at(zone, start, end, self.settings)
                by_zone[zone] = stay.with_buffers(self.settings)
            wishes[device_id] = by_zone[zone]
        return wishes

    def is_due(self, wish: Stay, now: datetime) -> bool:
        """Return whether it is time to make the codes."""
        return wish.arrival - self.settings.lead <= now

    def any_due(self, start: date, end: date, now: datetime) -> bool:
        """Return whether the codes of an event are due at one of the locks, and it is not over."""
        latest = now + self.settings.lead + self.settings.before + ZONES_APART
        earliest = now - self.settings.after - ZONES_APART
        if _day(start) > latest.date() or _day(end) < earliest.date():
            return False
        wishes = self.wishes(start, end).values()
        return any(self.is_due(wish, now) and now < wish.departure for wish in wishes)

    def over(self, start: date, end: date, now: datetime) -> bool:
        """Return whether the codes of an event need not open any more, at no lock."""
        return all(wish.departure <= now for wish in self.wishes(start, end).values())


def days_around(now: datetime, ahead: timedelta) -> tuple[date, date]:
    """Return the days that begin somewhere between now and some time ahead."""
    return (now - ZONES_APART).date(), (now + ahead + ZONES_APART).date()


def _day(time: date) -> date:
    return time.date() if isinstance(time, datetime) else time
