"""How many calls non-administrators may cause in a day. Pure."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

SHARE_DIVISOR = 10
"""A tenth of what polling may still spend: asking all day long leaves most of the month's calls."""
DAYS_KEPT = 3
"""Shares that are kept: the clock may show another day for a moment."""


@dataclass(frozen=True, slots=True)
class DailyShare:
    """A day's calls, and how many of them were made."""

    day: date
    calls: int
    used: int = 0

    @property
    def left(self) -> int:
        """The calls that may still be made today."""
        return max(0, self.calls - self.used)

    def charged(self) -> DailyShare:
        """Return the share after one more call."""
        return replace(self, used=self.used + 1)

    def stored(self, before: Any) -> dict[str, Any]:
        """Return what to store, by day, given what was stored before."""
        key, days = self.day.isoformat(), dict(before) if isinstance(before, dict) else {}
        days.pop(key, None)
        others = list(days.items())[1 - DAYS_KEPT :]
        return {**dict(others), key: {"calls": self.calls, "used": self.used}}

    @classmethod
    def of_day(cls, day: date, stored: Any, polling_left: int) -> Self:
        """Return a day's share: the stored one, or a new one from what polling may spend."""
        try:
            kept = stored[day.isoformat()]
            return cls(day, int(kept["calls"]), int(kept["used"]))
        except LookupError, OverflowError, TypeError, ValueError:
            return cls(day, polling_left // SHARE_DIVISOR)
