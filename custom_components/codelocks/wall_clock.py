"""What Home Assistant's clock says, and how far to rely on it. Pure: `now` is an argument.

After a power cut a clock may begin in 1970, or years ahead, until the network sets it right.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from .netcode.clocks import stored_moment

EARLIEST = datetime(2024, 1, 1, tzinfo=UTC)
"""Before the first version was written: a clock that shows less is wrong."""
LOOK_AGAIN = timedelta(hours=1)
"""No timer is set further ahead: it would not notice that the clock was set right."""
STEADY = timedelta(hours=2)
"""Two readings no further apart are of a clock that runs on; twice the usual distance."""
NIGHT = timedelta(hours=36)
"""Home Assistant may have been off for so long: a second reading a little later is enough."""
SECOND_LOOK = timedelta(minutes=1)
"""By then a clock that was wrong at the start is usually set right."""
LONG_RUN = timedelta(days=1)
"""A clock that went further is relied on once it ran on for a day."""
_NONE = timedelta()
_KEPT = ("trusted", "doubted", "last")


def fresh(at: datetime, now: datetime, span: timedelta) -> bool:
    """Return whether a moment lies in the last `span`: what is still to come does not."""
    return _NONE <= now - at < span


def plausible(at: datetime, now: datetime) -> bool:
    """Return whether a moment can have been noted before `now`, by a clock that was right."""
    return at <= now and (at >= EARLIEST or now < EARLIEST)


class Past:
    """A moment that was noted, by a clock that may have been wrong then, or may be now."""

    __slots__ = ("_noticed", "at")

    def __init__(self, at: datetime) -> None:
        """Take the moment as it was noted."""
        self.at = at
        self._noticed: datetime | None = None

    def seen(self, now: datetime) -> datetime:
        """Return the moment or, while it cannot be right, when that was first noticed.

        What goes on for an hour was no passing error of the clock: then the moment is replaced.
        """
        if plausible(self.at, now):
            self._noticed = None
            return self.at
        if self._noticed is None or not plausible(self._noticed, now):
            self._noticed = now
        elif now - self._noticed >= LOOK_AGAIN:
            self.at = self._noticed
        return self._noticed


class TrustedClock:
    """The readings of the clock: what is still paid for is not forgotten on one of them."""

    def __init__(
        self,
        trusted: datetime | None = None,
        doubted: datetime | None = None,
        last: datetime | None = None,
    ) -> None:
        """Take what was kept: the last one to rely on, the first in doubt after it, the last."""
        self.trusted = trusted
        self.doubted = doubted
        self.last = last
        self._is_first = True

    def read(self, now: datetime) -> datetime | None:
        """Note a reading; returns the latest one to rely on, None if there is none yet."""
        last, self.last = self.last, now
        is_first, self._is_first = self._is_first, False
        may_jump = NIGHT if is_first else STEADY  # Home Assistant was off
        if now < EARLIEST:
            return self.trusted
        if self.trusted is None or now - self.trusted <= STEADY:
            self.trusted, self.doubted = now, None
        elif self.doubted is None or now < self.doubted or last is None or now - last > may_jump:
            self.doubted = now
        elif not is_first and now - self.doubted >= self._run:
            self.trusted, self.doubted = now, None
        return self.trusted

    @property
    def _run(self) -> timedelta:
        """How long a clock that went ahead has to run on."""
        if self.trusted and self.doubted and self.doubted - self.trusted <= NIGHT:
            return SECOND_LOOK
        return LONG_RUN

    @property
    def look_again(self) -> timedelta:
        """When to read the clock again at the latest."""
        is_wrong = self.last is not None and self.last < EARLIEST
        is_soon = self.doubted is not None and self._run == SECOND_LOOK
        return SECOND_LOOK if is_wrong or is_soon else LOOK_AGAIN

    def as_dict(self) -> dict[str, str]:
        """Return what to keep."""
        return {name: moment.isoformat() for name in _KEPT if (moment := getattr(self, name))}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was kept; raises LookupError, TypeError or ValueError."""
        kept = {name: stored_moment(stored[name]) for name in _KEPT if name in stored}
        return cls(**kept)
