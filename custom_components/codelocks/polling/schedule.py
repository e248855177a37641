"""What to read next, and when, within the calls that are left.

Pure: `now` is an argument, nothing is read or kept. `make_plan` lays out the coming week once a
day; `next_reads` says what that plan wants next, given the reads since. `read_planner.Path`
finds each lock's best reads at a price of a call; the price is the same for all, and is searched
until the period spends its share.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from math import ceil, inf, sqrt
from typing import Any, NamedTuple, Protocol, Self, overload, override

from .arrival_rates import Hours, wall_hours
from .read_planner import MIN_GAP, Path, Period

HORIZON = timedelta(days=7)
"""A plan looks a week ahead, for habits repeat weekly..."""
GAPS = 8
"""...or this many usual gaps ahead, if they are long: else the price of a call would swing from day
to day, and locks would be read in waves."""
RENEWAL = timedelta(days=1)
"""...but is made again each day, from what is left and what was learnt: nothing drifts."""
LONGEST_GAP = timedelta(days=3)
"""A lock that seems quiet is still read this often: it may have woken up..."""
LONGEST_GAP_SHARE = 0.25
"""...as long as that takes no more than this share of the calls; else as often as it buys."""
BUSIEST_DAY = 1.5
"""Times a day's share. With less than one read a day for each lock, equal locks would fall into
step and all be read on one day of the week, and none on the others."""
LIST_SHARE = 0.05
"""The lock list shows batteries and new locks, which change slowly."""
LIST_FASTEST = timedelta(hours=6)
CLIENTS_SHARE = 0.1
"""Clients change only when somebody changes them, and our own changes are read at once."""
CLIENTS_FASTEST = timedelta(days=1)
"""For each lock."""
CLIENTS_AT_ONCE = 0.25
"""Clients never read are read at once, if that takes no more than this share of their calls."""
CLIENTS_IN_TURN = CLIENTS_SHARE * (1 - CLIENTS_AT_ONCE)
"""What is left of their calls for reading them in turn."""

FIRST_READS_SHARE = 0.05
"""New locks are read at once, if that takes no more than this share of the calls."""

_STEP_MINUTES = (180, 60, 30, 15, 5)
"""Minutes between two times of the grid; the longest that is well below the usual gap is used."""
_MIN_STEPS_PER_GAP = 4
"""How many steps of the grid the usual gap should have at least."""
_MAX_PRICE_ROUNDS = 12
"""How often a price is tried at most; about five are enough."""
_CLOSE_PRICE_RATIO = 1.05
"""No third price is tried between two whose ratio is less than this."""
_BEYOND = 1.02
"""The next price is so much beyond the one that should do."""
_HOUR = timedelta(hours=1)


class ReadKind(StrEnum):
    """What is read."""

    LOCKS = "locks"
    ACTIVITY = "activity"
    CLIENTS = "clients"


class Read(NamedTuple):
    """A read of the lock list, or of one lock's activity or clients."""

    kind: ReadKind
    lock_id: str = ""


class Beliefs(Protocol):
    """What is known about how often news of a lock arrives."""

    def of(self, lock_id: str) -> Hours:
        """Return entries per hour for each hour of the week."""


class Moments(Sequence[datetime]):
    """Moments whole minutes apart, kept as numbers: a plan may have a thousand for each lock."""

    __slots__ = ("_first", "_minutes")

    def __init__(self, start: datetime, hours: Sequence[float]) -> None:
        """Take the hours after the start: times of one grid, in a month at most."""
        first = hours[0] if hours else 0.0
        self._first = start + first * _HOUR
        self._minutes = array("H", (round((after - first) * 60) for after in hours))

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list, it is compared by its items

    @override
    def __len__(self) -> int:
        return len(self._minutes)

    @overload
    def __getitem__(self, index: int) -> datetime: ...

    @overload
    def __getitem__(self, index: slice) -> Moments: ...

    @override
    def __getitem__(self, index: int | slice) -> datetime | Moments:
        if isinstance(index, slice):
            return Moments(self._first, [minutes / 60 for minutes in self._minutes[index]])
        return self._first + timedelta(minutes=self._minutes[index])


@dataclass(frozen=True, slots=True)
class Plan:
    """When to read what: valid until `renew`, and of use after it if no new one could be made."""

    made: datetime
    renew: datetime
    """When to make the next one: each day, and when the quota resets."""
    list_every: timedelta
    clients_every: timedelta
    """Between two reads of clients, of any lock."""
    clients: tuple[str, ...] = ()
    clients_at_once: bool = False
    """Whether clients that were never read need not wait for their turn."""
    activity: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    """For each lock its reads, soonest first."""
    activity_at_once: bool = False
    """Whether locks that were never read need not wait for their turn."""

    def until_renewal(self) -> Self:
        """Return the plan as it is kept: of what is left to its successors, the first read only."""
        return replace(
            self,
            activity={
                lock_id: times[: bisect_left(times, self.renew) + 1]
                for lock_id, times in self.activity.items()
            },
        )

    def as_dict(self, now: datetime, label: Callable[[str], str]) -> dict[str, Any]:
        """Summarise the plan; `label` replaces a lock's id."""
        coming = {
            lock_id: [at for at in times if at > now] for lock_id, times in self.activity.items()
        }
        return {
            "made": self.made.isoformat(),
            "renew": self.renew.isoformat(),
            "list_every": str(self.list_every),
            "clients_every": str(self.clients_every),
            "clients": len(self.clients),
            "clients_at_once": self.clients_at_once,
            "activity_at_once": self.activity_at_once,
            "activity": {
                label(lock_id): {
                    "reads": len(self.activity[lock_id]),
                    "left": len(times),
                    "next": times[0].isoformat() if times else None,
                }
                for lock_id, times in coming.items()
            },
        }


def make_plan(
    now: datetime,
    until: datetime,
    budget: float,
    *,
    zone: tzinfo,
    beliefs: Beliefs,
    activity: Collection[str] = (),
    clients: Collection[str] = (),
    last_reads: Mapping[Read, datetime],
) -> Plan:
    """Plan the coming week, or longer for many locks.

    `budget` is the calls that polling may spend from `now` to `until`, when the quota resets;
    `activity` and `clients` are the locks whose audit and clients are followed; `last_reads` are
    the last successful reads. All moments are aware; the hours of day and week are those of
    `zone`, by its offset at `now`.
    """
    left = until - now
    renew = min(now + RENEWAL, until)
    if budget < 1 or left <= timedelta():
        return Plan(made=now, renew=renew, list_every=HORIZON, clients_every=HORIZON)
    list_every = max(LIST_FASTEST, left / (budget * LIST_SHARE))
    clients_every = max(
        CLIENTS_FASTEST / max(1, len(clients)), left / (budget * CLIENTS_IN_TURN), MIN_GAP
    )
    calls = budget - left / list_every - (left / clients_every if clients else 0)
    horizon = min(max(HORIZON, GAPS * len(activity) * left / calls), left)
    share = int(calls * (horizon / left) + 1e-9)
    period = Period(
        hours=horizon / _HOUR,
        wall=wall_hours(now, zone),
        step=_step(horizon * len(activity) / max(1, share)),
        longest=max(LONGEST_GAP, len(activity) * left / (calls * LONGEST_GAP_SHARE)) / _HOUR,
    )
    ages = {
        lock_id: (now - last) / _HOUR
        if (last := last_reads.get(Read(ReadKind.ACTIVITY, lock_id)))
        else None
        for lock_id in sorted(activity)
    }
    return Plan(
        made=now,
        renew=renew,
        list_every=list_every,
        clients_every=clients_every,
        clients=tuple(sorted(clients)),
        clients_at_once=len(clients) <= budget * CLIENTS_SHARE * CLIENTS_AT_ONCE,
        activity_at_once=len(activity) <= budget * FIRST_READS_SHARE,
        activity={
            lock_id: Moments(now, times)
            for lock_id, times in _plan_activity(period, share, ages, beliefs).items()
        },
    )


def next_reads(
    plan: Plan, last_reads: Mapping[Read, datetime], now: datetime, budget: float
) -> list[tuple[datetime, Read]]:
    """Return what to read next and when (`now` if it is due), soonest first; none after `renew`.

    `last_reads` includes failed reads here; `budget` is what polling may spend now.
    """
    if budget < 1:
        return []
    return sorted(
        (max(due, now), read) for due, read in _turns(plan, last_reads) if due < plan.renew
    )


def _turns(plan: Plan, last_reads: Mapping[Read, datetime]) -> Iterator[tuple[datetime, Read]]:
    """Yield when each read is due next."""
    read = Read(ReadKind.LOCKS)
    last = last_reads.get(read)
    yield (last + plan.list_every if last else plan.made), read
    if plan.clients:
        yield from _clients_turns(plan, last_reads)
    for lock_id, times in plan.activity.items():
        read = Read(ReadKind.ACTIVITY, lock_id)
        last = last_reads.get(read)
        if last is None and plan.activity_at_once:
            yield plan.made, read
            continue
        due = _following(times, last, plan.made)
        if due:
            yield (max(due, last + MIN_GAP) if last else due), read


def _clients_turns(
    plan: Plan, last_reads: Mapping[Read, datetime]
) -> Iterator[tuple[datetime, Read]]:
    """Yield the turn of the lock whose clients were read longest ago, one interval after the last.

    Also the turns of all locks that were never read, if those need not wait.
    """
    reads = [Read(ReadKind.CLIENTS, lock_id) for lock_id in plan.clients]
    new = [read for read in reads if read not in last_reads]
    if new and (plan.clients_at_once or len(new) == len(reads)):
        yield from ((plan.made, read) for read in (new if plan.clients_at_once else new[:1]))
        return
    newest = max(last_reads[read] for read in reads if read in last_reads)
    # With only one lock, the newest is its own: the interval is never shorter than MIN_GAP.
    yield newest + plan.clients_every, new[0] if new else min(reads, key=last_reads.__getitem__)


def _following(times: Sequence[datetime], last: datetime | None, made: datetime) -> datetime | None:
    """Return the first planned time that the last read does not replace.

    A read that was not planned (a user's, or a late one) replaces the planned one after it, if it
    is nearer to that than to the one before.
    """
    if last is None or last < made:
        return times[0] if times else None
    index = bisect_left(times, last)
    if index < len(times):
        before = times[index - 1] if index else made
        if last - before > times[index] - last:
            index += 1
    return times[index] if index < len(times) else None


def _step(usual: timedelta) -> float:
    """Return the hours between two times of the grid, for this usual gap between reads."""
    minutes = usual / timedelta(minutes=1)
    return (
        next(
            (step for step in _STEP_MINUTES if step * _MIN_STEPS_PER_GAP <= minutes),
            _STEP_MINUTES[-1],
        )
        / 60
    )


def _plan_activity(
    period: Period, calls: int, ages: Mapping[str, float | None], beliefs: Beliefs
) -> dict[str, list[float]]:
    """Return the reads of each lock, in hours from now: not more than `calls` in all."""
    times: dict[str, list[float]] = {lock_id: [] for lock_id in ages}
    if not ages or calls < 1:
        return times
    paths = [
        Path(period, lock_id, beliefs.of(lock_id), ages[lock_id], deadline)
        for lock_id, deadline in _deadlines(period, calls, ages).items()
    ]
    reads = sorted(
        (path.times[index], path.lock_id)
        for path, indices in zip(paths, _spend(paths, calls, period.hours), strict=True)
        for index in indices
    )
    daily = calls * 24 / max(24.0, period.hours)
    most = ceil(daily * BUSIEST_DAY) if daily < len(ages) else calls
    spent: Counter[int] = Counter()
    for hours, lock_id in reads[:calls]:
        day = int(hours // 24)
        if spent[day] < most:  # else its turn comes in the next plan, and sooner
            spent[day] += 1
            times[lock_id].append(hours)
    return times


def _deadlines(period: Period, calls: int, ages: Mapping[str, float | None]) -> dict[str, float]:
    """Return by when each lock must be read: a new one at once, but not many in a burst.

    One day makes at most its share of the calls for this reason.
    """
    daily = max(1, int(calls * 24 / max(24, period.hours)))
    wanted = sorted(
        (0.0 if age is None else max(0.0, period.longest - age), lock_id)
        for lock_id, age in ages.items()
    )
    return {
        lock_id: max(deadline, index // daily * 24.0)
        for index, (deadline, lock_id) in enumerate(wanted)
    }


def _spend(paths: Sequence[Path], calls: int, hours: float) -> list[list[int]]:
    """Return the reads of each lock at the price that spends the calls."""
    # Where the rate is steady, a gap g costs p + rgg/2: the best is g = sqrt(2p/r).
    price = (hours * sum(sqrt(path.mean / 2) for path in paths) / calls) ** 2
    few: list[list[int]] = [[] for _ in paths]
    many: list[list[int]] = few
    low, high = 0.0, inf
    for _ in range(_MAX_PRICE_ROUNDS):
        reads = [path.best(price) for path in paths]
        count = sum(map(len, reads))
        if count > calls:
            low, many = price, reads
        else:
            high, few = price, reads
        if count == calls or high < low * _CLOSE_PRICE_RATIO:
            break
        # A little too far: coming closer from one side only, `few` might stay empty.
        beyond = _BEYOND if count > calls else 1 / _BEYOND
        price *= beyond * min(4.0, max(1 / 4, ((count + 0.5) / (calls + 0.5)) ** 2))
        if not low < price < high:
            price = sqrt(low * high)
    return _mix(few, many, calls)


def _mix(few: Sequence[list[int]], many: Sequence[list[int]], calls: int) -> list[list[int]]:
    """Spend what is left between two prices on the first locks for which it is enough."""
    left = calls - sum(map(len, few))
    mixed = []
    for less, more in zip(few, many, strict=True):
        dearer = len(more) - len(less)
        if 0 < dearer <= left:
            left -= dearer
            mixed.append(more)
        else:
            mixed.append(less)
    return mixed
