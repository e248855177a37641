"""When somebody comes and goes, at the lock. Pure.

Whole days, check-in and a visitor's hours are times of the lock's own zone; an event with times has
its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from ..netcode.clocks import moment_shown, utc, wall_time
from .events import YEARS, Event
from .settings import BookingsSettings, Settings, VisitorSettings, WholeDaysEnd
from .values import DAY

WEEK = timedelta(days=7)
HORIZON = timedelta(days=35)
"""How far ahead a chain is made: what is made and not used after all is paid for."""


@dataclass(frozen=True, slots=True)
class Stay:
    """From arrival to departure, in UTC."""

    arrival: datetime
    departure: datetime

    def with_buffers(self, settings: Settings) -> Stay:
        """Return from when to when the codes should open."""
        return Stay(self.arrival - settings.before, self.departure + settings.after)


def stay_at(zone: tzinfo, start: date, end: date, settings: Settings) -> Stay:
    """Return the stay of an event at a lock of a zone."""
    if not isinstance(start, datetime) and isinstance(settings, BookingsSettings):
        start, end = _nights(start, end, settings)
    return Stay(_moment(start, zone), _moment(end, zone))


def _nights(first: date, end: date, settings: BookingsSettings) -> tuple[datetime, datetime]:
    """Return arrival and departure of whole days; `end` is the day after the last one shown."""
    last = max(end - DAY, first) if settings.whole_days_end is WholeDaysEnd.LAST_DAY else end
    arrival = datetime.combine(first, settings.check_in)
    departure = datetime.combine(last, settings.check_out)
    if departure <= arrival:  # a day whose departure would precede its arrival is one night
        departure = datetime.combine(first + DAY, settings.check_out)
    return arrival, departure


def _moment(time: date, zone: tzinfo) -> datetime:
    """Return the moment of a time, by the lock's clock where it has no zone."""
    if not isinstance(time, datetime):
        time = datetime.combine(time, datetime.min.time())
    return utc(moment_shown(time, zone) if time.tzinfo is None else time)


def visits(settings: VisitorSettings, first: date, last: date) -> Iterator[Event]:
    """Return the visits that begin on the days from `first` to `last`."""
    first = max(first, settings.first_day or first)
    last = min(last, settings.last_day or last)
    for day in map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)):
        if day.weekday() in settings.days and day.year in YEARS:
            ends_on = day if settings.ends > settings.starts else day + DAY
            yield Event(
                uid=day.isoformat(),
                title=settings.name,
                start=datetime.combine(day, settings.starts),
                end=datetime.combine(ends_on, settings.ends),
            )


def chain_cuts(start: datetime, clock: tzinfo) -> Iterator[datetime]:
    """Return where a chain may be cut, in UTC: weeks from the first midnight of the lock's clock.

    They depend on the start only, so a chain that grows keeps the codes that it has.
    """
    midnight = datetime.combine(wall_time(start, clock).date() + DAY, datetime.min.time())
    while True:
        yield utc(moment_shown(midnight, clock))
        midnight += WEEK


def chain_part(
    wish: Stay, covered: datetime | None, clock: tzinfo, now: datetime
) -> tuple[datetime, datetime] | None:
    """Return from when to when a chain is to be made now, None where there is nothing to make.

    It leaves out weeks that are over, and ends at the last cut within 35 days, or with the stay.
    """
    begin, end = covered or wish.arrival, None
    if wish.departure <= now + HORIZON:
        end = wish.departure
    for cut in chain_cuts(wish.arrival, clock):
        if cut >= wish.departure or cut > now + HORIZON:
            break
        if cut <= now:
            begin = max(begin, cut)
        if wish.departure > now + HORIZON:
            end = cut
    return (begin, end) if end and begin < end else None


def occupied(stays: list[Stay], now: datetime) -> bool:
    """Return whether somebody stays now."""
    return any(stay.arrival <= now < stay.departure for stay in stays)


def next_arrival(stays: list[Stay], now: datetime) -> datetime | None:
    """Return when somebody comes next, within 35 days."""
    coming = (stay.arrival for stay in stays if now < stay.arrival <= now + HORIZON)
    return min(coming, default=None)
