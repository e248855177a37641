"""The clock in a lock, as a tzinfo. Pure: the caller loads the zones.

A K3 lock follows its zone, summer time included: its clock is the ZoneInfo itself. A KitLock knows
no clock changes: its clock shows UTC, or a zone's standard time all year round.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
import re
from typing import override
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3]):?([0-5][0-9])?", re.ASCII)
_NONE = timedelta(0)
_AHEAD = timedelta(days=1)
"""How far in the future a recorded time may lie: the clock of a lock may run ahead."""


def offset_clock(offset: str | None) -> timezone | None:
    """Return the clock of a "TimezoneOffset" ("+0100", "+05:30", "Z"), None if invalid."""
    if offset == "Z":
        return UTC
    if not (match := _OFFSET.fullmatch(offset or "")):
        return None
    shift = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-shift if match[1] == "-" else shift)


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC: Python compares times of one zone by their wall times."""
    return moment.astimezone(UTC)


def stored_moment(text: str) -> datetime:
    """Read a moment that was stored, in UTC; raises ValueError where it has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without offset")
    return utc(moment)


def has_been(moment: datetime, now: datetime) -> bool:
    """Return whether a lock can have recorded a moment by now."""
    return moment <= now + _AHEAD


def wall_time(moment: datetime, clock: tzinfo) -> datetime:
    """Return what a clock shows at a moment, naive."""
    return moment.astimezone(clock).replace(tzinfo=None, fold=0)


def moment_shown(wall: datetime, clock: tzinfo) -> datetime:
    """Return when a clock first shows a time or, if it skips that time, the end of the skip."""
    return utc(wall.replace(tzinfo=clock)).astimezone(clock)


def shown_once(wall: datetime, clock: tzinfo) -> bool:
    """Return whether a clock neither skips nor repeats a time."""
    first, second = (wall.replace(tzinfo=clock, fold=fold).utcoffset() for fold in (0, 1))
    return first == second


def sorting_time(moment: datetime) -> datetime:
    """Return a sort key in UTC; an hour that the clock shows twice has one key for both runs."""
    first, second = (moment.replace(fold=fold).utcoffset() or _NONE for fold in (0, 1))
    if second >= first:
        return utc(moment)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    repeated = first - second
    begin = midnight + (moment.replace(tzinfo=None) - midnight) // repeated * repeated
    return utc(begin.replace(tzinfo=moment.tzinfo))


@cache
def _winter_saving(zone: tzinfo, year: int) -> timedelta:
    """Return a zone's negative daylight saving in a year, zero if it has none.

    Irish law calls summer time the standard, so `Europe/Dublin` has a saving of -1 hour in winter
    and none in summer; Morocco does the same for Ramadan. Sampling every two weeks misses neither.
    """
    first = datetime(year, 1, 1, tzinfo=zone)
    fortnights = (first + timedelta(days=days) for days in range(0, 366, 14))
    return min(_NONE, *(moment.dst() or _NONE for moment in fortnights))


def _standard_offset(moment: datetime) -> timedelta:
    """Return the offset that the zone of a moment has without summer time.

    For Ireland this is winter time: a lock set to "never summer time" shows no summer time.
    """
    offset, saving = moment.utcoffset() or _NONE, moment.dst() or _NONE
    zone = moment.tzinfo or UTC
    return offset - saving + _winter_saving(zone, moment.year)


@dataclass(frozen=True)
class StandardTime(tzinfo):
    """A zone's standard time all year round; it changes only when the zone's standard does."""

    zone: ZoneInfo

    @override
    def utcoffset(self, dt: datetime | None, /) -> timedelta | None:
        # The zone may be an hour off here; that matters only when its standard time changes.
        return _standard_offset(dt.replace(tzinfo=self.zone)) if dt else None

    @override
    def dst(self, dt: datetime | None, /) -> timedelta:
        return _NONE

    @override
    def tzname(self, dt: datetime | None, /) -> str:
        return f"{self.zone.key} (standard time)"

    @override
    def fromutc(self, dt: datetime, /) -> datetime:
        return dt + _standard_offset(dt.replace(tzinfo=UTC).astimezone(self.zone))

    @override
    def __reduce__(self) -> tuple[type[StandardTime], tuple[ZoneInfo]]:
        return StandardTime, (self.zone,)
