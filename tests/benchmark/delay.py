"""Part (a): how late news is, compared with other ways to spend the same calls."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import fmean

from custom_components.codelocks.polling.arrival_rates import Hours, Rates
from custom_components.codelocks.polling.schedule import (
    Beliefs,
    Plan,
    Read,
    ReadKind,
    make_plan,
    next_reads,
)

from .worlds import DAY, WEEK, WORLDS, World

START = datetime(2026, 10, 5, tzinfo=UTC)
"""A Monday."""
MONTH = 30
RESERVE = 0.2
DAYS = 46
"""Long enough for most plans to read the last measured entries."""
WINDOWS = ((14, 28), (28, 42))
"""The measured days: after two weeks of learning, and after four."""
TARGETS: dict[tuple[str, int | None], float] = {
    ("even", None): 1.05,
    ("uneven", 5): 0.75,
    ("uneven", 20): 0.65,
}
"""The target, as a share of the fixed interval's mean delay, by world and number of locks."""
NEAR_BEST = 1.15
"""The target after four weeks of learning, relative to a plan that knows the true rates."""
_HOUR = timedelta(hours=1)


@dataclass
class Truth:
    """The beliefs of somebody who knows the world's true rates."""

    world: World
    hour: float

    def of(self, lock_id: str) -> Hours:
        """Return the current true rates; never zero, for a plan needs some."""
        return [rate + 1e-4 for rate in self.world[int(lock_id)].rates_at(self.hour)]


type Reads = list[list[float]]
"""For each lock, the hours at which it was read."""


def run(world: World, quota: int, *, knowing: bool, first_day: int = 0) -> Reads:
    """Live with the world from `first_day` on, applying the schedule as the integration does."""
    ids = [str(index) for index in range(len(world))]
    rates = Rates(UTC)
    last: dict[Read, datetime] = {}
    reads: Reads = [[] for _ in world]
    if first_day:
        random = Random(0)  # noqa: S311 - a simulation
        for lock_id in ids:
            age = random.random() * len(ids) * MONTH * DAY / quota
            last[Read(ReadKind.ACTIVITY, lock_id)] = START + (first_day * DAY - age) * _HOUR
    budget = 0.0
    for day in range(first_day, DAYS):
        now = START + timedelta(days=day)
        if day % MONTH == 0 or day == first_day:
            budget = quota * (1 - RESERVE) * (1 - day % MONTH / MONTH)
        until = START + timedelta(days=day - day % MONTH + MONTH)
        beliefs: Beliefs = Truth(world, day * DAY) if knowing else rates.learn(now)
        plan = make_plan(
            now,
            until,
            budget,
            zone=UTC,
            beliefs=beliefs,
            activity=ids,
            clients=ids,
            last_reads=last,
        )
        # Nothing disturbs this world, so activity is read as planned; `next_reads` would say the
        # same, but too slowly for a hundred thousand reads.
        slow = replace(plan, activity={})
        while turns := next_reads(slow, last, now, budget):
            now, read = turns[0]
            last[read] = now
            budget -= 1
        for now, lock_id in _day(plan):
            if budget < 1:
                break
            budget -= 1
            read = Read(ReadKind.ACTIVITY, lock_id)
            if not knowing and read in last:
                _observe(rates, world, lock_id, last[read], now)
            reads[int(lock_id)].append((now - START) / _HOUR)
            last[read] = now
    return reads


def _day(plan: Plan) -> list[tuple[datetime, str]]:
    return sorted(
        (time, lock_id)
        for lock_id, times in plan.activity.items()
        for time in times
        if time < plan.renew
    )


def _observe(rates: Rates, world: World, lock_id: str, since: datetime, until: datetime) -> None:
    lock = world[int(lock_id)]
    found = slice(
        *(bisect_left(lock.arrivals, (moment - START) / _HOUR) for moment in (since, until))
    )
    times = [START + at * _HOUR for at in lock.happened[found]]
    rates.observe(lock_id, since, until, times)


def fixed(world: World, calls: int, start: float, end: float) -> Reads:
    """Return the reads of a fixed interval that spends as many calls in the window."""
    gap = len(world) * (end - start) / calls
    return [
        _regular(gap, gap * index / len(world) + start, end + gap) for index in range(len(world))
    ]


def _regular(gap: float, at: float, end: float) -> list[float]:
    return [at + gap * index for index in range(int((end - at) / gap) + 2)]


def square_root(world: World, calls: int, start: float, end: float) -> Reads:
    """Return reads in proportion to the square root of the true rate of lock and hour."""
    hours = range(int(start), DAYS * DAY)
    inside = int(end - start)
    weights = [[lock.rates_at(hour)[hour % WEEK] ** 0.5 for hour in hours] for lock in world]
    scale = calls / sum(sum(row[:inside]) for row in weights)
    reads: Reads = []
    for index, row in enumerate(weights):
        at = [start]
        due = index / len(world)
        for hour, weight in zip(hours, row, strict=True):
            here = weight * scale
            at.extend(hour + (k + 1 - due) / here for k in range(int(due + here)))
            due = (due + here) % 1
        reads.append(at[1:])
    return reads


def delays(world: World, reads: Reads, start: float, end: float) -> list[float]:
    """Return how long each entry that arrived in the window waited, shortest first."""
    waited = []
    for lock, times in zip(world, reads, strict=True):
        arrivals = lock.arrivals
        for arrival in arrivals[bisect_left(arrivals, start) : bisect_left(arrivals, end)]:
            index = bisect_left(times, arrival)
            if index < len(times):
                waited.append(times[index] - arrival)
            else:
                waited.append(DAYS * DAY - arrival)
    return sorted(waited)


def figures(waited: Sequence[float]) -> tuple[float, float]:
    """Return mean and 95th percentile."""
    return fmean(waited), waited[int(0.95 * len(waited))]


@dataclass(frozen=True)
class Case:
    """One line of the table, one seed."""

    world: str
    locks: int
    quota: int
    seed: int


type Row = dict[tuple[int, str], tuple[float, float]]
"""By window and way: mean and 95th percentile of the delay, in hours."""


def measure(case: Case, *, oracle: bool = True) -> Row:
    """Return the delays of every way."""
    seed = f"{case.world} {case.locks} {case.seed}"
    random = Random(seed)  # noqa: S311 - a simulation
    world = WORLDS[case.world](random, case.locks, DAYS * DAY)
    ways: dict[str, Reads] = {"plan": run(world, case.quota, knowing=False)}
    if oracle:
        ways["best"] = run(world, case.quota, knowing=True, first_day=12)
    row: Row = {}
    for window, (first, last) in enumerate(WINDOWS):
        start, end = first * DAY, last * DAY
        if not any(start <= at < end for lock in world for at in lock.arrivals):
            continue
        for way, reads in ways.items():
            row[window, way] = figures(delays(world, reads, start, end))
            calls = sum(start <= at < end for times in reads for at in times)
            row[window, f"{way} fixed"] = figures(
                delays(world, fixed(world, calls, start, end), start, end)
            )
            row[window, f"{way} calls"] = (calls, 0)
        calls = int(row[window, "plan calls"][0])
        root = square_root(world, calls, start, end)
        row[window, "root"] = figures(delays(world, root, start, end))
    return row


def heading(seeds: int) -> str:
    """Return the table's head."""
    return (
        f"Delay from arrival in the cloud to the event, as a ratio to the fixed interval that\n"
        f"spends the same calls; mean of {seeds} seeds. After two weeks of learning | after four.\n"
        "p95: the 95th percentile. root: reads by the square root of the true rates.\n"
        "best: the same planner, told the true rates.\n\n"
        f"{'world':9}{'locks':>5}{'calls':>6} |"
        + f"{'fixed':>8}{'plan':>6}{'p95':>6}{'root':>6}{'best':>6} |" * 2
        + "\n"
    )


def _ratios(rows: Sequence[Row], window: int) -> list[float]:
    """Return the means of plan, its 95th percentile, root and best, to their fixed intervals."""
    return [
        fmean(row[window, way][of] / row[window, base][of] for row in rows)
        for way, of, base in (
            ("plan", 0, "plan fixed"),
            ("plan", 1, "plan fixed"),
            ("root", 0, "plan fixed"),
            ("best", 0, "best fixed"),
        )
    ]


def lines(world: str, locks: int, quota: int, rows: Sequence[Row]) -> str:
    """Return the table's line of one case."""
    text = f"{world:9}{locks:5}{quota:6} |"
    for window in range(len(WINDOWS)):
        measured = [row for row in rows if (window, "plan") in row]
        if not measured:
            text += f"{'nothing arrived':>31} |"
            continue
        hours = fmean(row[window, "plan fixed"][0] for row in measured)
        ratios = _ratios(measured, window)
        text += f"{hours:7.2f}h" + "".join(f"{ratio:6.2f}" for ratio in ratios) + " |"
    return text + "\n"


def missed(world: str, locks: int, quota: int, rows: Sequence[Row]) -> str:
    """Return the targets that a case missed, if any."""
    most = TARGETS.get((world, locks), TARGETS.get((world, None)))
    if most is None:
        return ""
    text = ""
    for window, (days, _) in enumerate(WINDOWS):
        plan, _, _, best = (round(ratio, 2) for ratio in _ratios(rows, window))
        if plan > most:
            text += f"missed: {world} {locks} {quota} after {days} days: {plan} > {most}\n"
        if window and plan > round(best * NEAR_BEST, 2):
            text += f"missed: {world} {locks} {quota}: {plan} is far from the best, {best}\n"
    return text
