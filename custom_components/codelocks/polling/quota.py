"""How many calls are left this month, pure: `now` is an argument.

Calls are counted by day, so that a month may start on any day, even while nothing runs.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
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

MOST_COUNTED = 10**9
"""More calls than anybody makes in a day, and few enough to store."""
DAYS_KEPT = 62
"""Two months: the current one is complete whatever day it starts on."""


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


@dataclass(frozen=True, slots=True)
class Usage:
    """The calls of one API key, by pool and UTC day."""

    days: Mapping[Pool, Mapping[date, int]] = field(default_factory=dict)

    def spend(self, pool: Pool, now: datetime, calls: int = 1) -> Usage:
        """Return the usage with this many more calls today."""
        today = now.astimezone(UTC).date()
        oldest = today - timedelta(days=DAYS_KEPT)
        days = {day: n for day, n in self.days.get(pool, {}).items() if day > oldest}
        days[today] = days.get(today, 0) + calls
        return Usage({**self.days, pool: days})

    def used(self, pool: Pool, since: datetime) -> int:
        """Return the calls made since the start of a day."""
        first = since.astimezone(UTC).date()
        return sum(n for day, n in self.days.get(pool, {}).items() if day >= first)

    def corrected(self, pool: Pool, used: int, now: datetime, since: datetime) -> Usage:
        """Return the usage corrected to the user's count; the difference is booked on today."""
        first = since.astimezone(UTC).date()
        before = {day: n for day, n in self.days.get(pool, {}).items() if day < first}
        return Usage({**self.days, pool: before}).spend(pool, now, used)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """Return the usage for storage."""
        return {
            pool.value: {day.isoformat(): n for day, n in days.items()}
            for pool, days in self.days.items()
        }

    @classmethod
    def from_dict(cls, stored: Any) -> Self:
        """Read what was stored; an unreadable day is left out."""
        days: dict[Pool, dict[date, int]] = {pool: {} for pool in Pool}
        for pool in Pool:
            kept = stored.get(pool.value) if isinstance(stored, dict) else None
            for day, calls in kept.items() if isinstance(kept, dict) else ():
                try:
                    days[pool][date.fromisoformat(day)] = min(max(0, int(calls)), MOST_COUNTED)
                except OverflowError, TypeError, ValueError:
                    continue
        return cls(days)


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
        """Return the calls left this month."""
        return max(0, self.calls[pool] - self.used(usage, pool, now))

    def polling_left(self, usage: Usage, now: datetime) -> int:
        """Return the utility calls left this month that polling may spend."""
        reserve = -(-self.calls[Pool.UTILITY] * self.reserve_percent // 100)
        return max(0, self.left(usage, Pool.UTILITY, now) - reserve)

    def resets_at(self, now: datetime) -> datetime:
        """Return when the month turns."""
        return next_reset(now, self.reset_day)

    def forecast(self, usage: Usage, pool: Pool, now: datetime) -> int:
        """Return how many calls will be used by the reset at the present pace.

        The pace is that of the current month, over at least a day: an hour says nothing yet.
        """
        start = month_start(now, self.reset_day)
        elapsed = max(now - start, timedelta(days=1))
        used = self.used(usage, pool, now)
        return round(used + used * (max(self.resets_at(now) - now, timedelta()) / elapsed))

    def outlook(
        self, usage: Usage, pool: Pool, now: datetime, refused_at: datetime | None = None
    ) -> Outlook:
        """Return what to expect of a pool; `refused_at`: when the API said it is spent.

        A forecast counts once a quarter of the quota is used: the first days of a month say little.
        """
        quota, used = self.calls[pool], self.used(usage, pool, now)
        if refused_at and refused_at >= month_start(now, self.reset_day):
            return Outlook.SPENT
        if quota and used >= quota:
            return Outlook.SPENT
        if used * 4 >= quota and self.forecast(usage, pool, now) > quota:
            return Outlook.RUNNING_OUT
        return Outlook.FINE
