"""Learns from the reads how often news of each lock arrives in the cloud.

A read tells how many entries arrived since the previous read, but not when. So the history keeps
spans (from, to, how many), and an expectation step lays each span's entries over its hours in
proportion to the rates estimated so far. An entry's own time narrows its span: to just after it,
for a lock whose entries are always found by the next read; hardly at all if phones upload late.

The hours of the week are those of the wall clock of one zone. Pure: no clock, no I/O.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import accumulate, batched, chain
from math import sqrt
from typing import Any, NamedTuple, Self

WEEK = 168
"""Hours; hour 0 is Monday from 00:00 to 01:00, by the wall clock."""
_EPOCH = 72
"""1970 began on a Thursday: its hour of the week."""

MEMORY = 8 * WEEK
"""Hours; older spans would hardly count any more, and the store stays small."""
SHAPE_HALF_LIFE = 6 * WEEK
"""Hours; habits of the day and week change slowly, and each hour is seen only once a week."""
LEVEL_HALF_LIFE = 1 * WEEK
"""Hours; how busy a lock is can change suddenly (a guest leaves, a holiday begins)."""
MAX_SPANS = 250
"""Per lock; a busy one shows its habits in less time. Keeps 500 locks within a megabyte."""
_DAY = 24 * 60
_UNWATCHED = 7 * _DAY
"""Minutes; a lock that was not read for longer starts a new history."""
LATE = -1
"""Instead of minutes: the entry happened before a read that did not find it."""
PROMPT = 60
"""Minutes; finer would mean nothing on a grid of hours."""
FLAT = 0.1
"""Entries per hour of a lock about which nothing is known yet."""

# How many entries it takes to believe half of what a finer view says, at each step of
# flat -> all locks -> this lock -> its weekend, hours and days -> its last days.
# Tuned in the simulation (script/benchmark), where doubling or halving them changes little.
ALL_WEEKEND = 16.0
ALL_HOURS = 1.5
THIS_LOCK = 4.0
WEEKEND = 16.0
DAY_HOURS = 0.4
DAYS = 8.0
WEEK_HOURS = 3.0
"""These four are divided by how uneven the hours of all locks are (the variance of their shape):
where all hours are alike, those of one lock are too, and any difference is chance."""
LEAST_UNEVEN = 0.02
LAST_DAYS = 16.0
BURST = 3.0
"""Where an entry comes with so many, itself included. Entries that come together are evidence of
one occasion: where they are more or fewer, all but THIS_LOCK is multiplied by the root of the
ratio."""
ANY_TIME = 0.05
"""The share of a lock's entries that may come at any hour: there are no habits without exceptions,
and an hour of which nothing is expected would not be followed by a read."""
ROUNDS = 2
"""Rounds of laying entries over hours; more hardly change the rates."""
NEIGHBOUR = 0.25
"""The share of an hour's entries that counts for each neighbouring hour: nobody is punctual."""

type Hours = list[float]
"""One number for each hour of the week."""

_WEEKEND = [hour // 120 for hour in range(WEEK)]
_HOURS_OF_DAY = [hour % 24 for hour in range(WEEK)]
_DAYS = [hour // 24 for hour in range(WEEK)]
_HOURS_OF_WEEK = list(range(WEEK))


class Span(NamedTuple):
    """How many entries arrived between two reads; times in minutes of the wall clock since 1970."""

    start: int
    end: int
    entries: int
    happened: int = LATE
    """Minutes from `start`, by the lock's clock; LATE if that is not between the two reads."""


class _Laid(NamedTuple):
    """A span laid on the week: from hour `first` and a fraction to hour `last` and a fraction."""

    weeks: int
    first: int
    first_part: float
    last: int
    last_part: float


def wall_hours(moment: datetime, zone: tzinfo) -> float:
    """Return hours of the zone's wall clock since 1970."""
    return moment.astimezone(zone).replace(tzinfo=UTC).timestamp() / 3600


def hour_of_week(wall: float) -> float:
    """Return 0 to 168, Monday 00:00 being 0."""
    return (wall + _EPOCH) % WEEK


def _lay(span: Span) -> _Laid:
    weeks, minutes = divmod(span.end - span.start, WEEK * 60)
    start = hour_of_week(span.start / 60)
    end = start + minutes / 60
    return _Laid(weeks, int(start), start % 1, int(end), end % 1)


def _cover(laid: Sequence[_Laid], amounts: Iterable[float]) -> Hours:
    """Return, for each hour of the week, the sum of amount x hours that the spans cover of it."""
    every = 0.0
    turns = [0.0] * (2 * WEEK + 1)
    parts = [0.0] * (2 * WEEK + 1)
    for (weeks, first, first_part, last, last_part), amount in zip(laid, amounts, strict=True):
        every += weeks * amount
        turns[first] += amount
        turns[last] -= amount
        parts[first] -= first_part * amount
        parts[last] += last_part * amount
    covered = [turn + part for turn, part in zip(accumulate(turns), parts, strict=True)]
    return [every + covered[hour] + covered[hour + WEEK] for hour in range(WEEK)]


def _integrals(laid: Iterable[_Laid], rates: Hours) -> list[float]:
    """Return how many entries each span should have brought at these rates."""
    sums = [0.0, *accumulate(rates + rates)]
    return [
        weeks * sums[WEEK]
        + sums[last]
        + last_part * rates[last % WEEK]
        - sums[first]
        - first_part * rates[first]
        for weeks, first, first_part, last, last_part in laid
    ]


def _smooth(hours: Hours) -> Hours:
    """Share each hour's entries with its neighbours."""
    return [
        (1 - 2 * NEIGHBOUR) * hours[hour] + NEIGHBOUR * (hours[hour - 1] + hours[(hour + 1) % WEEK])
        for hour in range(WEEK)
    ]


def _refine(rates: Hours, counts: Hours, exposure: Hours, group: list[int], weight: float) -> Hours:
    """Return the rates of a finer view, pulled towards the coarser one where little was seen."""
    seen = [weight] * WEEK
    expected = [weight] * WEEK
    for which, rate, count, hours in zip(group, rates, counts, exposure, strict=True):
        seen[which] += count
        expected[which] += rate * hours
    return [rate * seen[which] / expected[which] for which, rate in zip(group, rates, strict=True)]


class History(NamedTuple):
    """What was seen of a lock from `start` to `end`, in minutes of the wall clock since 1970."""

    start: int
    end: int
    spans: tuple[Span, ...] = ()


class _Seen:
    """What one lock's history says, at the two speeds of forgetting."""

    def __init__(self, history: History, now: float) -> None:
        """Lay the history on the week, weighted by age at `now` (wall hours)."""
        days = [
            Span(start, min(start + _DAY, history.end), 0)
            for start in range(history.start, history.end, _DAY)
        ]
        laid = [_lay(day) for day in days]
        self.exposure = _cover(laid, _weights(days, now, SHAPE_HALF_LIFE))
        self.recent_exposure = _cover(laid, _weights(days, now, LEVEL_HALF_LIFE))
        lag = _lag(history.spans)
        self._laid = [_lay(_narrowed(span, lag)) for span in history.spans]
        self._counts = _counts(history.spans, now, SHAPE_HALF_LIFE)
        self.total = sum(self._counts)
        self.recent = sum(_counts(history.spans, now, LEVEL_HALF_LIFE))

    def counts(self, rates: Hours) -> Hours:
        """Return the entries laid over the hours of the week in proportion to the rates."""
        expected = _integrals(self._laid, rates)
        ratios = [count / due for count, due in zip(self._counts, expected, strict=True)]
        covered = _cover(self._laid, ratios)
        return _smooth([rate * cover for rate, cover in zip(rates, covered, strict=True)])


def _burst(histories: Mapping[str, History]) -> float:
    """Return how many entries one comes with in an hour, itself included; 1 if nothing is known."""
    together = Counter[tuple[str, int]]()
    for lock_id, history in histories.items():
        for span in history.spans:
            together[lock_id, (span.start + max(0, span.happened)) // 60] += span.entries
    return (sum(size**2 for size in together.values()) + BURST) / (together.total() + BURST)


def _lag(spans: Sequence[Span]) -> float:
    """Return an upper bound of how late the cloud gets entries, in minutes.

    Entries that came this late on average would miss a read as often as these did.
    """
    total = sum(span.entries for span in spans)
    late = sum(span.entries for span in spans if span.happened == LATE)
    if not total:
        return PROMPT
    gap = sum(span.entries * (span.end - span.start) for span in spans) / total
    return max(PROMPT, 2 * gap * late / total)


def _narrowed(span: Span, lag: float) -> Span:
    """Return the span in which an entry can have arrived, given when it happened."""
    if span.happened == LATE:
        return span
    start = span.start + span.happened
    return span._replace(start=start, end=min(span.end, start + int(lag)))


def _weights(spans: Iterable[Span], now: float, half_life: float) -> list[float]:
    return [0.5 ** (max(0.0, now - span.end / 60) / half_life) for span in spans]


def _counts(spans: Sequence[Span], now: float, half_life: float) -> list[float]:
    weights = _weights(spans, now, half_life)
    return [span.entries * weight for span, weight in zip(spans, weights, strict=True)]


class Learnt:
    """The rates estimated at one moment; those of a lock are worked out by `of`."""

    def __init__(self, histories: Mapping[str, History], now: float) -> None:
        """Learn the habits that all locks share."""
        self._seen = {lock_id: _Seen(history, now) for lock_id, history in histories.items()}
        self._doubt = sqrt(_burst(histories) / BURST)
        exposure = sum(sum(seen.exposure) for seen in self._seen.values()) / WEEK
        count = sum(seen.total for seen in self._seen.values())
        self._mean = (count + THIS_LOCK) / (exposure * WEEK + THIS_LOCK / FLAT)
        self._shape = [1.0] * WEEK
        for _ in range(ROUNDS):
            self._shape = self._shared_shape()
        mean = sum(self._shape) / WEEK
        variance = sum((part / mean - 1) ** 2 for part in self._shape) / WEEK
        self._uneven = max(LEAST_UNEVEN, variance)

    def _level(self, seen: _Seen) -> float:
        exposure = sum(x * s for x, s in zip(seen.exposure, self._shape, strict=True))
        return (seen.total + THIS_LOCK) / (exposure + THIS_LOCK / self._mean)

    def _shared_shape(self) -> Hours:
        counts = [0.0] * WEEK
        expected = [0.0] * WEEK
        for seen in self._seen.values():
            level = self._level(seen)
            counts = [a + b for a, b in zip(counts, seen.counts(self._shape), strict=True)]
            expected = [a + b * level for a, b in zip(expected, seen.exposure, strict=True)]
        shape = [1.0] * WEEK
        for group, weight in ((_WEEKEND, ALL_WEEKEND), (_HOURS_OF_DAY, ALL_HOURS)):
            shape = _refine(shape, counts, expected, group, weight * self._doubt)
        return shape

    def of(self, lock_id: str) -> Hours:
        """Return entries per hour for each hour of the week."""
        seen = self._seen.get(lock_id)
        if seen is None:
            return [self._mean * part for part in self._shape]
        level = self._level(seen)
        start = rates = [level * part for part in self._shape]
        for _ in range(ROUNDS):
            counts, rates = seen.counts(rates), start
            for group, entries in (
                (_WEEKEND, WEEKEND),
                (_HOURS_OF_DAY, DAY_HOURS),
                (_DAYS, DAYS),
                (_HOURS_OF_WEEK, WEEK_HOURS),
            ):
                weight = entries * self._doubt / self._uneven
                rates = _refine(rates, counts, seen.exposure, group, weight)
        due = sum(x * r for x, r in zip(seen.recent_exposure, rates, strict=True))
        last_days = LAST_DAYS * self._doubt
        now = (seen.recent + last_days) / (due + last_days)
        mean = sum(rates) / WEEK
        return [now * ((1 - ANY_TIME) * rate + ANY_TIME * mean) for rate in rates]


class Rates:
    """What the reads of each lock found: the history that the rates are learnt from."""

    def __init__(self, zone: tzinfo) -> None:
        """Start empty; the hours of day and week are this zone's."""
        self.zone = zone
        self._histories: dict[str, array[int]] = {}
        """Of each lock its period, then four numbers for a span: tuples took ten times as much."""

    def observe(
        self, lock_id: str, since: datetime, until: datetime, times: Iterable[datetime]
    ) -> None:
        """Note the entries that arrived between two successful reads of a lock.

        `times` holds when each entry happened, by the lock's clock. One that happened before a
        read that did not find it was uploaded late (or the lock's clock is wrong).
        """
        start, end = self._minutes(since), self._minutes(until)
        if not 0 < end - start <= MEMORY * 60:
            return  # the clock went back between the two, or nobody looked for too long
        numbers = self._histories.get(lock_id)
        known = _history(numbers) if numbers else History(start, end)
        if known.end > end:  # the clock was ahead for a while, and is set back
            before = tuple(span for span in known.spans if span.end <= start)
            known = History(known.start, max(known.start, min(known.end, start)), before)
        if not known.start <= start <= known.end + _UNWATCHED:
            known = History(start, end)
        oldest = max(known.start, end - MEMORY * 60)
        spans = [span for span in known.spans if oldest <= span.start]
        happened = Counter(self._happened(time, start, end) for time in times)
        spans += [Span(start, end, count, after) for after, count in sorted(happened.items())]
        if len(spans) > MAX_SPANS:
            oldest = spans[-MAX_SPANS].end
            spans = [span for span in spans if span.start >= oldest]
        self._histories[lock_id] = _numbers(History(oldest, end, tuple(spans)))

    def _minutes(self, moment: datetime) -> int:
        return round(wall_hours(moment, self.zone) * 60)

    def _happened(self, time: datetime, start: int, end: int) -> int:
        """Return minutes since the start, in quarters of an hour: a burst counts as one time."""
        minutes = self._minutes(time)
        return (minutes - start) // 15 * 15 if start <= minutes < end else LATE

    def forget(self, lock_id: str) -> None:
        """Forget a lock."""
        self._histories.pop(lock_id, None)

    def learn(self, now: datetime) -> Learnt:
        """Return the rates as estimated now; later observations do not change them."""
        histories = {lock_id: _history(numbers) for lock_id, numbers in [*self._histories.items()]}
        return Learnt(histories, wall_hours(now, self.zone))

    def to_dict(self) -> dict[str, list[int]]:
        """Return what to store: for each lock its period, then four numbers per span."""
        return {lock_id: [*numbers] for lock_id, numbers in [*self._histories.items()]}

    @classmethod
    def from_dict(cls, stored: Any, zone: tzinfo) -> Self:
        """Return the stored rates; a lock whose history makes no sense starts again."""
        rates = cls(zone)
        if isinstance(stored, Mapping):
            for lock_id, numbers in stored.items():
                if isinstance(lock_id, str) and _makes_sense(numbers):
                    rates._histories[lock_id] = array("i", _last_spans(numbers))
        return rates


def _numbers(history: History) -> array[int]:
    """Return a history as numbers; the times of a span are relative."""
    start, end, spans = history
    return array(
        "i",
        chain(
            (start, end),
            *((one.start - start, one.end - one.start, one.entries, one.happened) for one in spans),
        ),
    )


def _history(numbers: Sequence[int]) -> History:
    """Return a history from its numbers."""
    start, end, *rest = numbers
    spans = (
        Span(start + after, start + after + length, count, happened)
        for after, length, count, happened in batched(rest, 4, strict=True)
    )
    return History(start, end, tuple(spans))


def _last_spans(numbers: list[int]) -> list[int]:
    """Return the numbers of as many spans as are kept."""
    return [*numbers[:2], *numbers[2:][-4 * MAX_SPANS :]]


def _makes_sense(numbers: Any) -> bool:
    """Return whether these can be the numbers of a history."""
    if not isinstance(numbers, list) or len(numbers) % 4 != 2:
        return False
    if not all(type(number) is int and abs(number) < 2**30 for number in numbers):
        return False
    start, end, spans = _history(_last_spans(numbers))
    return 0 < end - start <= (MEMORY + WEEK) * 60 and all(
        start <= span.start < span.end <= end
        and span.entries > 0
        and LATE <= span.happened < span.end - span.start
        for span in spans
    )
