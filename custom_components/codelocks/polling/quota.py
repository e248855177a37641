"""How many calls are left this month, pure: `now` is an argument.

Calls are counted by day, so that a month may start on any day, even while nothing runs.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, Self

from ..api import Pool
from ..const import (
    CONF_NETCODE_QUOTA,
    CONF_PLAN,
    CONF_RESERVE_PERCENT,
    CONF_RESET_DAY,
    CONF_UTILITY_QUOTA,
    PLANS,
)
from ..netcode.clocks import stored_moment
from ..wall_clock import EARLIEST

MOST_COUNTED = 10**9
"""More calls than anybody makes in a day, and few enough to store."""
DAYS_KEPT = 61
"""Two months: the current one is complete whatever day it starts on."""
_CLOCK_DAYS = 3
_A_DAY = timedelta(days=1)
SPENT_RETRY = timedelta(days=1)
"""A spent pool is tried once a day: a bolt-on may have been bought."""


@cache
def _turn(year: int, month: int, reset_day: int) -> datetime:
    """Return when a month's count starts; the 31st of a shorter month is its last day."""
    day = min(reset_day, monthrange(year, month)[1])
    return datetime.combine(date(year, month, day), time(), UTC)


def month_start(now: datetime, reset_day: int) -> datetime:
    """Return when the quota's current month began: 00:00 UTC on the reset day."""
    now = now.astimezone(UTC)
    turn = _turn(now.year, now.month, reset_day)
    if turn <= now:
        return turn
    last = now.replace(day=1) - timedelta(days=1)
    return _turn(last.year, last.month, reset_day)


def next_reset(now: datetime, reset_day: int) -> datetime:
    """Return when the quota is full again."""
    now = now.astimezone(UTC)
    turn = _turn(now.year, now.month, reset_day)
    if turn > now:
        return turn
    following = now.replace(day=1) + timedelta(days=32)
    return _turn(following.year, following.month, reset_day)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


_FIRST_DAY = _day(EARLIEST)


@dataclass(frozen=True, slots=True)
class Usage:
    """The calls of one API key, by pool and UTC day, and which pools it says are spent."""

    days: Mapping[Pool, Mapping[date, int]] = field(default_factory=dict)
    refused: Mapping[Pool, datetime] = field(default_factory=dict)
    """When the API last said that a pool is spent, whatever is counted here."""
    clock: tuple[date, ...] = ()
    """The last days that the clock showed, as they came: it may have been wrong."""

    def looked(self, now: datetime) -> Self:
        """Return the usage after a look at the clock.

        It takes three days of the clock, one after the other, to forget what is old; and to say
        that a day is in the future: its calls were made before the first of them, and count there.
        Two would not do: a wrong clock may pass its midnight.
        """
        today = _day(now)
        if today < _FIRST_DAY or today in self.clock[-1:]:
            return self
        clock = (*self.clock, today)[-_CLOCK_DAYS:]
        if len(clock) < _CLOCK_DAYS:
            return replace(self, clock=clock)
        days = {pool: _put_right(days, clock) for pool, days in self.days.items()}
        begin = datetime.combine(clock[0], time(), UTC)
        refused = {
            pool: begin if _day(at) > max(clock) else at for pool, at in self.refused.items()
        }
        return replace(self, days=days, refused=refused, clock=clock)

    def steady_since(self, now: datetime) -> datetime:
        """Return a moment from which the clock went on by a day at a time.

        After a jump ahead it is the last one before that, until three days followed each other.
        """
        today = _day(now)
        before = [day for day in self.clock if day < today][1 - _CLOCK_DAYS :]
        days = pairwise([*before, today])
        jump = next((one for one, other in days if other - one > _A_DAY), today)
        return min(now, datetime.combine(max(jump, _FIRST_DAY), time(), UTC))

    def spend(self, pool: Pool, now: datetime, calls: int = 1) -> Self:
        """Return the usage with this many more calls today."""
        usage = self.looked(now)
        days = dict(usage.days.get(pool, {}))
        days[_day(now)] = days.get(_day(now), 0) + calls
        return replace(usage, days={**usage.days, pool: days})

    def used(self, pool: Pool, since: datetime) -> int:
        """Return the calls made since the start of a day, and those whose day cannot be right."""
        first, days = _day(since), self.days.get(pool, {})
        return sum(n for day, n in days.items() if day >= first or day < _FIRST_DAY)

    def corrected(self, pool: Pool, used: int, now: datetime, since: datetime) -> Self:
        """Return the usage corrected to the user's count; the difference is booked on today."""
        first, days = _day(since), self.days.get(pool, {})
        before = {day: n for day, n in days.items() if _FIRST_DAY <= day < first}
        return replace(self, days={**self.days, pool: before}).spend(pool, now, used)

    def refuse(self, pool: Pool, now: datetime) -> Self:
        """Return the usage after the API said that a pool is spent."""
        return replace(self, refused={**self.refused, pool: now})

    def allow(self, pool: Pool) -> Self:
        """Return the usage after a call of a pool worked."""
        refused = {other: at for other, at in self.refused.items() if other is not pool}
        return replace(self, refused=refused) if pool in self.refused else self

    def as_dict(self) -> dict[str, Any]:
        """Return the usage for storage."""
        kept: dict[str, Any] = {
            pool.value: {day.isoformat(): n for day, n in days.items()}
            for pool, days in self.days.items()
        }
        if self.refused:
            kept["refused"] = {pool.value: at.isoformat() for pool, at in self.refused.items()}
        if self.clock:
            kept["clock"] = [day.isoformat() for day in self.clock]
        return kept

    @classmethod
    def from_dict(cls, stored: Any) -> Self:
        """Read what was stored; an unreadable part is left out."""
        stored = stored if isinstance(stored, dict) else {}
        days = {pool: dict(_counts(stored.get(pool.value))) for pool in Pool}
        refused = stored.get("refused")
        moments = ((pool, _moment(refused, pool)) for pool in Pool)
        try:
            clock = tuple(map(date.fromisoformat, stored.get("clock", ())))[-_CLOCK_DAYS:]
        except TypeError, ValueError:
            clock = ()
        return cls(days, {pool: at for pool, at in moments if at}, clock)


def _put_right(days: Mapping[date, int], clock: tuple[date, ...]) -> dict[date, int]:
    """Return counts by days that can be right, without those that are old."""
    right: dict[date, int] = {}
    for day, calls in days.items():
        of = day if _FIRST_DAY <= day <= max(clock) else clock[0]
        if of > min(clock) - timedelta(days=DAYS_KEPT):
            right[of] = right.get(of, 0) + calls
    return right


def _counts(stored: Any) -> Iterator[tuple[date, int]]:
    """Yield the stored counts of a pool; an unreadable day is left out."""
    for day, calls in stored.items() if isinstance(stored, dict) else ():
        try:
            yield date.fromisoformat(day), min(max(0, int(calls)), MOST_COUNTED)
        except OverflowError, TypeError, ValueError:
            continue


def _moment(stored: Any, pool: Pool) -> datetime | None:
    try:
        return stored_moment(stored[pool.value])
    except LookupError, OverflowError, TypeError, ValueError:
        return None


class Outlook(StrEnum):
    """What to expect of a pool."""

    FINE = "fine"
    RUNNING_OUT = "running_out"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Quota:
    """What a plan allows in a month, and the part that polling never touches."""

    calls: Mapping[Pool, int]
    reset_day: int
    reserve_percent: int

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Self:
        """Return the quota of an entry's plan."""
        custom = (options.get(CONF_NETCODE_QUOTA, 0), options.get(CONF_UTILITY_QUOTA, 0))
        netcode, utility = PLANS.get(options[CONF_PLAN], custom)
        return cls(
            {Pool.NETCODE: netcode, Pool.UTILITY: utility},
            options[CONF_RESET_DAY],
            options[CONF_RESERVE_PERCENT],
        )

    def used(self, usage: Usage, pool: Pool, now: datetime) -> int:
        """Return the calls used this month."""
        return usage.used(pool, month_start(now, self.reset_day))

    def left(self, usage: Usage, pool: Pool, now: datetime) -> int:
        """Return the calls left this month: none once the API says so, whatever was counted."""
        return 0 if self.is_refused(usage, pool, now) else self.left_by_count(usage, pool, now)

    def left_by_count(self, usage: Usage, pool: Pool, now: datetime) -> int:
        """Return the calls left this month, whatever the API says."""
        return max(0, self.calls[pool] - self.used(usage, pool, now))

    def is_refused(self, usage: Usage, pool: Pool, now: datetime) -> bool:
        """Return whether the API said this month that a pool is spent."""
        refused_at = usage.refused.get(pool)
        return refused_at is not None and refused_at >= month_start(now, self.reset_day)

    def refused_until(self, usage: Usage, pool: Pool, now: datetime) -> datetime:
        """Return until when to leave a pool alone that the API says is spent; else `now`."""
        if not self.is_refused(usage, pool, now):
            return now
        again = usage.refused[pool] + SPENT_RETRY
        return min(again, now + SPENT_RETRY, self.resets_at(now))

    @property
    def reserve(self) -> int:
        """The utility calls of a month that polling never touches."""
        return -(-self.calls[Pool.UTILITY] * self.reserve_percent // 100)

    def polling_left(self, usage: Usage, now: datetime) -> int:
        """Return the utility calls that polling may spend this month, by what was counted.

        A clock that was ahead for a while began no month: until it is steady, what was used before
        still counts. A pool that the API says is spent is looked at once a day, see
        `refused_until`.
        """
        months = (now, usage.steady_since(now))
        left = min(self.left_by_count(usage, Pool.UTILITY, month) for month in months)
        return max(0, left - self.reserve)

    def resets_at(self, now: datetime) -> datetime:
        """Return when the month turns."""
        return next_reset(now, self.reset_day)

    def forecast(self, usage: Usage, pool: Pool, now: datetime) -> int:
        """Return how many calls will be used by the reset at the present pace.

        The pace is that of the current month, over at least a day: an hour says nothing yet. Codes
        are made by people, of whom a day says as little: theirs is over at least a week.
        """
        start = month_start(now, self.reset_day)
        elapsed = max(now - start, timedelta(days=7 if pool is Pool.NETCODE else 1))
        used = self.used(usage, pool, now)
        return round(used + used * (max(self.resets_at(now) - now, timedelta()) / elapsed))

    def outlook(self, usage: Usage, pool: Pool, now: datetime) -> Outlook:
        """Return what to expect of a pool.

        A forecast counts once a quarter of the quota is used: the first days of a month say little.
        """
        quota, used = self.calls[pool], self.used(usage, pool, now)
        if self.is_refused(usage, pool, now) or (quota and used >= quota):
            return Outlook.SPENT
        if used * 4 >= quota and self.forecast(usage, pool, now) > quota:
            return Outlook.RUNNING_OUT
        return Outlook.FINE
