"""What people say about time, before it is resolved to moments. Pure.

`time_grammar` and `time_statements` find these in a sentence; `time_resolver` makes a span of them.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
NOON = 720
"""Minutes from midnight."""
PARTS = {
    "morning": (360, 720),
    "afternoon": (720, 1080),
    "evening": (1080, 1440),
    "night": (1320, 1800),
}
"""When each part of the day begins and ends, in minutes from midnight."""
LONG_AGO = timedelta(days=60)
"""A date without a year is in the past if it is no longer ago than this, else a year ahead."""


class NotUnderstood(Exception):  # noqa: N818 - it says what it is
    """What was said makes no sense; `key` is the reply, one of the language's `answers`."""

    def __init__(self, key: str = "time_not_understood", rest: str = "") -> None:
        """Take the answer's key, and what is left of the sentence."""
        super().__init__(key)
        self.key = key
        self.rest = rest


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is named: one of `offset`, `weekday` and `month_day` is set."""

    offset: int | None = None
    """Days from today."""
    weekday: int | None = None
    """0 is Monday."""
    following: bool = False
    """Whether it is a "next" weekday."""
    month_day: int | None = None
    month: int | None = None
    year: int | None = None

    def dates(self, base: date, today: date) -> tuple[date, ...]:
        """Return the dates that it may mean, the likeliest first, looking ahead from `base`.

        Raises NotUnderstood for a date that does not exist.
        """
        if self.offset is not None:
            return (today + self.offset * DAY,)
        if self.weekday is not None:
            away = (self.weekday - base.weekday()) % 7 or 7 * self.following
            return base + away * DAY, base + (away + 7) * DAY
        return (self._date(base, today),)

    def _date(self, base: date, today: date) -> date:
        assert self.month_day is not None  # noqa: S101 - for the type checker
        if self.month is None:
            months = ((base.year + n // 12, n % 12 + 1) for n in range(base.month - 1, 24))
            found = (_date(year, month, self.month_day) for year, month in months)
            return next(day for day in found if day and day >= base)
        years = [self.year] if self.year else range(today.year, today.year + 9)
        for year in years:
            day = _date(year, self.month, self.month_day)
            if day and (self.year or day >= today - LONG_AGO):
                return day
        raise NotUnderstood


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it is said."""

    minute: int
    """From midnight."""
    exact: bool
    """Whether it can only mean this minute; otherwise twelve hours later may be meant."""
    half_said: bool = False
    """Whether am or pm was said: in "2 to 4 pm" that goes for the first time, too."""

    def options(self, part: str | None) -> tuple[int, ...]:
        """Return the minutes of the day that it may mean, the earlier first."""
        if self.exact:
            return (self.minute,)
        early, late = self.minute % NOON, self.minute % NOON + NOON
        if part == "night":
            return (late,) if early >= 360 else (early,)
        if part:
            return (early,) if part == "morning" else (late,)
        return (late, 1440) if self.minute == NOON else (early, late)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, as far as it was said."""

    day: Day | None = None
    part: str | None = None
    """One of `PARTS`."""
    clock: Clock | None = None
    now: bool = False
    day_last: bool = False
    """Whether the day came after the time: "nine to twelve tomorrow"."""


@dataclass(frozen=True, slots=True)
class Said:
    """All that a sentence says about time; `used` are the places of its words."""

    context: Moment | None = None
    """A day, or part of one, that stands by itself."""
    start: Moment | None = None
    end: Moment | None = None
    minutes: float | None = None
    """How long."""
    delay: float | None = None
    """How many minutes from now it begins."""
    all_day: bool = False
    weekend: bool = False
    used: frozenset[int] = field(default_factory=frozenset)
