"""The best times to read one lock, at a price of a call.

A shortest path over a grid of times. The step from a read at `s` to the next at `t` costs the
expected waiting of the entries that arrive between (in entry-hours) and the price of a call. The
waiting is S(t) - S(s) - R(s)(t - s), where R is the expected number of entries up to a time and S
its integral. S(t) is the same whatever the reads are; without it the cost is, for a given `s`, a
straight line in `t`, and the best `s` for every `t` is the lower envelope of these lines, found in
one pass. Pure.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate
from math import ceil, inf, sqrt
from typing import NamedTuple
from zlib import crc32

from ..const import MIN_READ_INTERVAL
from .arrival_rates import WEEK, Hours, hour_of_week

MIN_GAP = MIN_READ_INTERVAL
"""Between two reads of a lock, for any caller: promised, and fresh enough on the largest plan."""

_DITHER = 0.2
"""The price varies by this each hour; else a steady lock's whole week would tip at one price."""
_GOLDEN = 0.618034
"""The fractional parts of its multiples fill 0 to 1 evenly."""
_RAREST = 1e-9
"""Entries per hour; at zero, no read would ever be worth its price."""
_MIN_GAP_HOURS = MIN_GAP / timedelta(hours=1)


class Week(NamedTuple):
    """The period that is planned, often a week, in hours; times are hours after its start."""

    hours: float
    wall: float
    """The wall clock at the start, in hours since 1970."""
    step: float
    """Of the grid."""
    longest: float
    """Between two reads of a lock."""


type _Line = tuple[float, float, int, int]
"""Slope, height at 0, the read it begins at, and the last index for the next."""


def _hidden(first: _Line, middle: _Line, last: _Line) -> bool:
    """Return whether the middle one of three falling lines is nowhere the lowest."""
    return (last[1] - first[1]) * (first[0] - middle[0]) <= (middle[1] - first[1]) * (
        first[0] - last[0]
    )


class Path:
    """The times at which one lock could be read, and the best of them at a price."""

    def __init__(
        self,
        week: Week,
        lock_id: str,
        rates: Hours,
        age: float | None,
        deadline: float,
    ) -> None:
        """Sum up the expected entries over the grid.

        `age` is the hours since the last read; the next is due by `deadline`. A lock that was never
        read (age None) is first read exactly then.
        """
        step = week.step
        self.lock_id = lock_id
        self.end = week.hours
        self.mean = max(_RAREST, sum(rates) / WEEK)
        self._age = age or 0.0
        self._fewest = ceil(_MIN_GAP_HOURS / step)
        self._longest = week.longest
        self._most = max(self._fewest, int(week.longest / step))
        soonest = deadline if age is None else max(0.0, _MIN_GAP_HOURS - age)
        # Each lock has its own offset in the step, or all would be read on the hour.
        part = crc32(lock_id.encode()) % 3600 / 3600 * step
        first = soonest + (part - week.wall - soonest) % step
        self.times = [
            first + index * step for index in range(ceil(max(0.0, week.hours - first) / step))
        ]
        self._dither = [
            1 + _DITHER * ((week.wall + time) // 1 * _GOLDEN % 1 - 0.5) for time in self.times
        ]
        self._deadline = int(max(0.0, deadline - first) / step)
        self._sums = _sums(rates, week.wall, self.times)
        self._waiting = 0.0 if age is None else _sums(rates, week.wall - age, [age])[0]

    def best(self, price: float) -> list[int]:
        """Return the reads that are worth their price, as indices of `times`."""
        before, tails = self._cheapest(price)
        reads = []
        index = self._last(price, tails)
        while index >= 0:
            reads.append(index)
            index = before[index]
        return reads[::-1]

    def _cheapest(self, price: float) -> tuple[list[int], list[float]]:
        """Return for each read the best one before it, and its line's height at 0."""
        # The lines that are somewhere the lowest, steepest last; those before `head` are done.
        lines = [(self._waiting, 0.0, -1, self._deadline)]
        head = 0
        before: list[int] = []
        heights: list[float] = []
        fewest, most = self._fewest, self._most
        sums = self._sums
        for index, (time, entries, dither) in enumerate(
            zip(self.times, sums, self._dither, strict=True)
        ):
            newest = index - fewest
            if newest >= 0:
                line = (-sums[newest], heights[newest], newest, newest + most)
                while len(lines) - head > 1 and _hidden(lines[-2], lines[-1], line):
                    lines.pop()
                lines.append(line)
            last = len(lines) - 1
            slope, height, read, until = lines[head]
            cost = height + slope * time
            while head < last:
                slope, height, read_after, until_after = lines[head + 1]
                other = height + slope * time
                if other > cost and until >= index:
                    break
                head += 1
                cost, read, until = other, read_after, until_after
            before.append(read)
            heights.append(price * dither + cost + entries * time)
        return before, heights

    def _last(self, price: float, heights: Sequence[float]) -> int:
        """Return the last read of the week, -1 for none.

        After the week the lock is read at its usual gap g: then an age `a` at its end costs
        p + r(gg - aa)/2 - (p/g + rg/2)(g - a) more than a fresh read, at price p and rate r.
        """
        gap = min(sqrt(2 * price / self.mean), self._longest)
        pace = price / gap + self.mean * gap / 2

        def after(age: float) -> float:
            age = min(age, gap)
            return price + self.mean * (gap * gap - age * age) / 2 - pace * (gap - age)

        best, least = -1, inf
        if self._deadline >= len(self.times):
            least = self._waiting * self.end + after(self.end + self._age)
        for index in range(max(0, len(self.times) - self._most), len(self.times)):
            cost = heights[index] - self._sums[index] * self.end
            cost += after(self.end - self.times[index])
            if cost < least:
                best, least = index, cost
        return best


def _sums(rates: Hours, wall: float, times: Sequence[float]) -> list[float]:
    """Return the entries expected from a moment of the wall clock to each of the later times."""
    sums = [0.0, *accumulate(rates + rates)]
    start = hour_of_week(wall)
    base = sums[int(start)] + start % 1 * rates[int(start)]
    result = []
    for time in times:
        weeks, at = divmod(start + time, WEEK)
        hour = int(at)
        result.append(weeks * sums[WEEK] + sums[hour] + (at - hour) * rates[hour] - base)
    return result
