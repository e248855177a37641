"""What those who are no administrators may have read in a day, pure."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

ONE_OF = 10
"""A tenth of what polling may still spend: who asks all day long leaves most of the month."""


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

    def as_dict(self) -> dict[str, Any]:
        """Return the share for storage."""
        return {"day": self.day.isoformat(), "calls": self.calls, "used": self.used}

    @classmethod
    def of_day(cls, day: date, stored: Any, polling_left: int) -> Self:
        """Return a day's share: the stored one, or else a new one of what polling may spend."""
        try:
            if date.fromisoformat(stored["day"]) == day:
                return cls(day, int(stored["calls"]), int(stored["used"]))
        except LookupError, OverflowError, TypeError, ValueError:
            pass
        return cls(day, polling_left // ONE_OF)
