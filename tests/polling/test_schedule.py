"""The schedule: it keeps to the budget, forgets no lock, and spends calls where the news is."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
import json
from math import isclose
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.codelocks.polling.arrival_rates import MAX_SPANS, WEEK, Hours, Rates
from custom_components.codelocks.polling.read_planner import MIN_GAP
from custom_components.codelocks.polling.schedule import (
    CLIENTS_SHARE,
    LONGEST_GAP,
    RENEWAL,
    Moments,
    Plan,
    Read,
    ReadKind,
    make_plan,
    next_reads,
)

NOW = datetime(2026, 10, 5, tzinfo=UTC)  # a Monday
MONTH = NOW + timedelta(days=30)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BUSY_DAYS: Hours = [1.0 if 8 <= hour % 24 < 20 else 0.01 for hour in range(WEEK)]


class Known:
    """Rates given by the test."""

    def __init__(self, rates: Mapping[str, Hours]) -> None:
        """Take the rates of each lock."""
        self._rates = rates

    def of(self, lock_id: str) -> Hours:
        """Return a lock's rates."""
        return self._rates[lock_id]


def steady(**rates: float) -> Known:
    """Return locks whose every hour is alike."""
    return Known({lock_id: [rate] * WEEK for lock_id, rate in rates.items()})


def a_plan(beliefs: Known, budget: float = 800, **changes: Any) -> Plan:
    """Plan, by default for locks that were all read just now."""
    locks = tuple(beliefs._rates)
    arguments: dict[str, Any] = {
        "now": NOW,
        "until": MONTH,
        "zone": UTC,
        "activity": locks,
        "last_reads": {Read(ReadKind.ACTIVITY, lock_id): NOW for lock_id in locks},
    }
    return make_plan(budget=budget, beliefs=beliefs, **(arguments | changes))


def live(
    beliefs: Known, budget: int, until: datetime = MONTH, clients: tuple[str, ...] = ()
) -> list[tuple[datetime, Read]]:
    """Return what is read until the quota resets, each read made when it is due."""
    now, last, reads = NOW, dict[Read, datetime](), []
    while now < until:
        plan = a_plan(beliefs, budget, now=now, until=until, last_reads=last, clients=clients)
        while turns := next_reads(plan, last, now, budget):
            now, read = turns[0]
            last[read] = now
            reads.append((now, read))
            budget -= 1
        now = plan.renew
    return reads


locks_and_rates = st.dictionaries(
    st.text(min_size=1, max_size=4),
    st.lists(st.floats(0.01, 50), min_size=24, max_size=24).map(lambda day: day * 7),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(
    rates=locks_and_rates,
    budget=st.floats(0, 1000),
    days=st.floats(0.01, 31),
    ages=st.lists(st.none() | st.floats(0, 1000), min_size=12, max_size=12),
)
def test_a_plan_keeps_the_rules(
    rates: dict[str, Hours], budget: float, days: float, ages: list[float | None]
) -> None:
    """For any rates, a plan does not overspend or burst, and is always the same."""
    last = {
        Read(ReadKind.ACTIVITY, lock_id): NOW - age * HOUR
        for lock_id, age in zip(sorted(rates), ages, strict=False)
        if age is not None
    }
    until = NOW + days * DAY
    plan = a_plan(Known(rates), budget, until=until, last_reads=last)
    assert plan == a_plan(Known(rates), budget, until=until, last_reads=last)
    assert plan.renew <= until
    assert sum(map(len, plan.activity.values())) <= budget
    for lock_id, times in plan.activity.items():
        assert all(NOW <= time < until for time in times)
        before = last.get(Read(ReadKind.ACTIVITY, lock_id))
        everything = (before, *times) if before else times
        gaps = [later - sooner for sooner, later in pairwise(everything)]
        assert all(gap >= MIN_GAP - timedelta(seconds=1) for gap in gaps)


@settings(max_examples=15, deadline=None)
@given(
    rates=locks_and_rates,
    budget=st.integers(0, 400),
    days=st.integers(1, 12),
    track_clients=st.booleans(),
)
def test_a_month_stays_within_its_budget(
    rates: dict[str, Hours], budget: int, days: int, *, track_clients: bool
) -> None:
    """From first sight to the reset: never above the budget, no lock twice in ten minutes."""
    clients = tuple(rates) if track_clients else ()
    reads = live(Known(rates), budget, NOW + days * DAY, clients)
    assert len(reads) <= budget
    for what in {read for _, read in reads}:
        times = [time for time, read in reads if read == what]
        assert all(
            later - sooner >= MIN_GAP - timedelta(seconds=1) for sooner, later in pairwise(times)
        )
    by_clients = sum(read.kind is ReadKind.CLIENTS for _, read in reads)
    # A tenth; more only if activity, read every ten minutes at most, leaves some.
    assert by_clients <= budget * CLIENTS_SHARE + 2 or len(reads) < budget * 0.9


def test_a_month_is_spent_evenly_and_completely() -> None:
    """Later weeks get what earlier ones leave; nothing is left over or missing on the last day."""
    beliefs = Known({str(lock): BUSY_DAYS for lock in range(5)})
    reads = live(beliefs, 800)
    assert 770 <= len(reads) <= 800
    days = [sum(0 <= (time - NOW) / DAY - day < 1 for time, _ in reads) for day in range(30)]
    assert max(days[1:]) <= 40
    assert min(days) >= 15


@pytest.mark.parametrize("locks", [2, 30])
def test_a_quiet_lock_is_still_read(locks: int) -> None:
    """Every three days, or as often as a quarter of the budget buys."""
    rates = {f"busy{lock}": 20.0 for lock in range(locks - 1)}
    reads = live(steady(quiet=0.000001, **rates), 800)
    times = [time for time, read in reads if read == Read(ReadKind.ACTIVITY, "quiet")]
    longest = max(LONGEST_GAP, locks * 30 * DAY / (800 * 0.25 * 0.8))
    assert all(later - sooner <= longest + 4 * HOUR for sooner, later in pairwise((*times, MONTH)))
    assert len(times) <= 30 * DAY / LONGEST_GAP + 3


def test_calls_go_where_the_news_is() -> None:
    """To the busy lock, in the busy hours, and after them rather than before."""
    plan = a_plan(Known({"busy": BUSY_DAYS, "calm": [rate / 9 for rate in BUSY_DAYS]}))
    busy, calm = plan.activity["busy"], plan.activity["calm"]
    assert 2 < len(busy) / len(calm) < 4  # the square root of nine
    by_day = sum(8 <= time.hour <= 20 for time in busy)
    assert by_day > 0.85 * len(busy)


def test_the_hours_are_those_of_the_zone() -> None:
    """A busy evening in Sydney is a morning in UTC."""
    evening = [1.0 if hour % 24 == 19 else 0.001 for hour in range(WEEK)]
    zone = ZoneInfo("Australia/Sydney")
    plan = a_plan(Known({"lock": evening}), budget=60, zone=zone)
    hours = [time.astimezone(zone).hour for time in plan.activity["lock"]]
    assert hours.count(20) >= len(hours) / 2


def waiting(plan: Plan, rate: float) -> float:
    """Return the expected waiting of a steady lock's entries over the week."""
    times = (NOW, *plan.activity["lock"], NOW + 7 * DAY)
    return sum(rate * ((later - sooner) / HOUR) ** 2 / 2 for sooner, later in pairwise(times))


def test_more_budget_never_means_later_news() -> None:
    """As long as reads can become faster."""
    waits = [
        waiting(a_plan(steady(lock=0.3), budget), 0.3) for budget in (50, 200, 800, 3000, 9000)
    ]
    assert waits == sorted(waits, reverse=True)


@pytest.mark.parametrize(("budget", "at_least"), [(800, 0.97), (2400, 0.93)])
def test_a_steady_lock_is_read_at_a_steady_pace(budget: float, at_least: float) -> None:
    """Nearly as well as by a fixed interval."""
    plan = a_plan(steady(lock=0.3), budget)
    reads = len(plan.activity["lock"])
    best = 0.3 * 168**2 / (reads + 1) / 2
    assert reads > 0.85 * budget * 7 / 30
    assert best / waiting(plan, 0.3) > at_least


@pytest.mark.parametrize("hours", [(), (0, 1), (19, 21), (8, 13, 17), (6, 17, 22)])
@pytest.mark.parametrize("budget", [400, 800, 1200, 1600, 2050])
def test_no_lock_is_left_out(budget: int, hours: tuple[int, ...]) -> None:
    """Each lock is read as often as the calls allow, whatever its habits."""
    habits: Hours = [0.1 * (1 + (hour % 24 in hours)) for hour in range(WEEK)]
    alone = a_plan(Known({"lock": habits}), budget, until=NOW + 20 * DAY)
    share = 0.95 * (budget - 20 * DAY / alone.list_every) * 7 / 20
    assert len(alone.activity["lock"]) > 0.95 * share
    two = a_plan(Known({"first": habits, "second": habits}), budget, until=NOW + 20 * DAY)
    for times in two.activity.values():
        assert len(times) > 0.95 * share / 2


def test_a_large_plan_is_no_reason_for_a_burst() -> None:
    """Reads are ten minutes apart, however many calls there are."""
    plan = a_plan(steady(lock=50.0), budget=1_000_000)
    assert len(plan.activity["lock"]) <= 7 * 24 * 6


def test_many_new_locks_are_first_read_over_some_days() -> None:
    """A day's share each day, so that first reads do not use up the budget."""
    plan = a_plan(steady(**{f"lock{i}": 0.3 for i in range(500)}), last_reads={})
    firsts = [times[0] for times in plan.activity.values() if times]
    assert sum(time < NOW + DAY for time in firsts) <= 28
    few = a_plan(steady(a=0.3, b=0.3), last_reads={})
    assert all(times[0] <= NOW + HOUR for times in few.activity.values())


def test_locks_are_not_read_at_the_same_minute() -> None:
    """Each has its own minute."""
    plan = a_plan(steady(**{f"lock{i}": 0.3 for i in range(60)}), budget=2400)
    minutes = {(time.minute, time.second) for times in plan.activity.values() for time in times}
    assert len(minutes) > 40


def test_500_locks_do_not_take_long() -> None:
    """It runs in an executor; the limit is generous, for slow machines."""
    beliefs = steady(**{f"lock{i}": 0.01 * i for i in range(1, 501)})
    start = process_time()
    plan = a_plan(beliefs)
    assert process_time() - start < 3
    assert sum(map(len, plan.activity.values())) > 150


# What is next


def plan_of(**reads: tuple[float, ...]) -> Plan:
    """Return a plan with reads at these hours."""
    return Plan(
        made=NOW,
        renew=NOW + DAY,
        list_every=18 * HOUR,
        clients_every=8 * HOUR,
        activity={
            lock_id: tuple(NOW + hour * HOUR for hour in hours) for lock_id, hours in reads.items()
        },
    )


LISTED = {Read(ReadKind.LOCKS): NOW}


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        (0, None, 2),  # the first planned one
        (3, None, 3),  # missed: at once
        (3, 2.01, 6),  # read as planned
        (3, 2.9, 6),  # read late
        (1.5, 0.9, 2),  # an unplanned read, nearer to the start: the plan stays
        (1.5, 1.4, 6),  # nearer to the planned one: replaces it
        (7, 2.0, 7),  # Home Assistant was off
        (23, 6.0, None),  # nothing before the next plan
    ],
)
def test_what_is_next(now: float, last: float | None, due: float | None) -> None:
    """It follows from the plan, and from what was read since."""
    lasts = LISTED | ({Read(ReadKind.ACTIVITY, "lock"): NOW + last * HOUR} if last else {})
    lasts[Read(ReadKind.LOCKS)] = NOW + 20 * HOUR
    turns = next_reads(plan_of(lock=(2, 6, 30)), lasts, NOW + now * HOUR, 5)
    expected = [(NOW + max(due, now) * HOUR, Read(ReadKind.ACTIVITY, "lock"))] if due else []
    assert [turn for turn in turns if turn[1].kind is ReadKind.ACTIVITY] == expected


@pytest.mark.parametrize("last", [None, 0.5, 2.0, 2.9, 5.9, 22.0])
def test_what_is_kept_of_a_plan(last: float | None) -> None:
    """Until it is made again, what is next is the same; of later reads one is kept, to be shown."""
    plan = a_plan(steady(busy=9.0, calm=0.001), budget=2400)
    kept = plan.until_renewal()
    for lock_id, times in plan.activity.items():
        soon = [time for time in times if time < plan.renew]
        assert kept.activity[lock_id] == times[: len(soon) + 1]
        assert len(kept.activity[lock_id]) < len(times)
    lasts = {Read(ReadKind.ACTIVITY, "busy"): NOW + last * HOUR} if last else {}
    for hour in range(24):
        now = NOW + hour * HOUR
        assert next_reads(kept, lasts, now, 5) == next_reads(plan, lasts, now, 5)


def test_an_unplanned_read_delays_the_planned_one() -> None:
    """Reads are ten minutes apart, planned or not."""
    lasts = {Read(ReadKind.LOCKS): NOW, Read(ReadKind.ACTIVITY, "lock"): NOW + HOUR}
    plan = plan_of(lock=(1.01, 1.05))
    turns = next_reads(plan, lasts, NOW + HOUR, 5)
    assert turns[0] == (NOW + HOUR + MIN_GAP, Read(ReadKind.ACTIVITY, "lock"))


def test_without_budget_nothing_is_next() -> None:
    """Not even overdue reads."""
    assert next_reads(plan_of(lock=(1,)), {}, NOW + 5 * HOUR, 0) == []
    assert next_reads(a_plan(steady(lock=1.0), budget=0), {}, NOW, 9) == [
        (NOW, Read(ReadKind.LOCKS))
    ]


def test_the_list_and_the_clients_are_read_slowly() -> None:
    """On the smallest plan, the list takes at most a twentieth, clients a tenth, in turn."""
    locks = tuple("abcde")
    reads = live(steady(**dict.fromkeys(locks, 0.3)), 800, clients=locks)
    kinds = [read.kind for _, read in reads]
    assert 30 <= kinds.count(ReadKind.LOCKS) <= 41
    assert 60 <= kinds.count(ReadKind.CLIENTS) <= 85
    turns = [read.lock_id for _, read in reads if read.kind is ReadKind.CLIENTS]
    assert turns[:10] == [*locks, *locks]
    at_once = {read for time, read in reads if time == NOW}
    assert at_once >= {Read(ReadKind.LOCKS)} | {
        Read(ReadKind.CLIENTS, lock_id) for lock_id in locks
    }


def test_no_activity_no_clients() -> None:
    """Only the list is read."""
    plan = a_plan(steady(lock=1.0), activity=())
    assert plan.activity == {}
    turns = next_reads(plan, {Read(ReadKind.LOCKS): NOW}, NOW, 5)
    assert turns == [(NOW + plan.list_every, Read(ReadKind.LOCKS))]
    assert plan.list_every < RENEWAL


# What is learnt


def watch(rates: Rates, lock_id: str, hours: list[int], every: int, days: int = 28) -> None:
    """Read a lock every `every` hours; two entries arrive at each of these hours of the day."""
    happened = [NOW + day * DAY + (hour + 0.5) * HOUR for day in range(days) for hour in hours] * 2
    for index in range(days * 24 // every):
        since = NOW + index * every * HOUR
        until = since + every * HOUR
        rates.observe(lock_id, since, until, [time for time in happened if since <= time < until])


def test_rates_are_learnt() -> None:
    """A lock's level and hours, or what all locks do while little is known."""
    rates = Rates(UTC)
    watch(rates, "busy", [8, 9, 18], every=5)
    watch(rates, "calm", [18], every=5)
    learnt = rates.learn(NOW + 28 * DAY)
    busy, calm = learnt.of("busy"), learnt.of("calm")
    assert isclose(sum(busy), 42, rel_tol=0.1)
    assert isclose(sum(calm), 14, rel_tol=0.15)
    assert sum(busy[hour] for hour in range(WEEK) if hour % 24 in (8, 9, 18)) > 0.45 * sum(busy)
    new = learnt.of("new")
    assert sum(calm) < sum(new) < sum(busy)
    assert new[18] > 3 * new[3]


def test_a_weekend_is_learnt_before_its_hours() -> None:
    """Two weeks show that nobody comes at weekends, though each of their hours was seen twice."""
    rates = Rates(UTC)
    for day in range(14):
        for hour in range(0, 24, 4):
            since = NOW + day * DAY + hour * HOUR
            comes = [since + HOUR] * (day % 7 < 5 and 8 <= hour < 20)
            rates.observe("lock", since, since + 4 * HOUR, comes)
    learnt = rates.learn(NOW + 14 * DAY).of("lock")
    weekdays, weekend = sum(learnt[: 5 * 24]) / 5, sum(learnt[5 * 24 :]) / 2
    assert weekend < 0.5 * weekdays
    assert min(learnt) > 0.03 * sum(learnt) / WEEK  # somebody may come at any time


def test_entries_that_come_together_are_one_occasion() -> None:
    """Habits are believed sooner where people come one by one."""
    alone, together = Rates(UTC), Rates(UTC)
    for index in range(28 * 12):
        since = NOW + 2 * index * HOUR
        busy = since.hour == 18
        alone.observe("lock", since, since + 2 * HOUR, [since + HOUR] * busy)
        # As many in all, but on every eighth day.
        batch = 8 * (busy and (since - NOW).days % 8 == 0)
        together.observe("lock", since, since + 2 * HOUR, [since + HOUR] * batch)
    now = NOW + 28 * DAY
    one, other = alone.learn(now).of("lock"), together.learn(now).of("lock")
    assert sum(one[19::24]) / sum(one) > 1.15 * sum(other[19::24]) / sum(other)


def test_hours_are_learnt_without_a_reliable_clock() -> None:
    """From the reads alone, if the entries' own times make no sense."""
    rates = Rates(UTC)
    for index in range(28 * 24 // 5):
        since = NOW + 5 * index * HOUR
        hours = [(since + hour * HOUR).hour for hour in range(5)]
        rates.observe("lock", since, since + 5 * HOUR, [NOW - 999 * DAY] * 3 * hours.count(18))
    learnt = rates.learn(NOW + 28 * DAY).of("lock")
    by_day = [sum(learnt[hour::24]) for hour in range(24)]
    assert max(by_day[17:20]) == max(by_day)
    assert isclose(sum(learnt), 21, rel_tol=0.15)


@pytest.mark.parametrize("ahead", [2 * DAY, 30 * DAY, 4000 * DAY])
def test_what_was_learnt_outlives_a_clock_that_was_ahead(ahead: timedelta) -> None:
    """One reading of a wrong clock does not cost eight weeks of reads."""
    rates = Rates(UTC)
    watch(rates, "lock", [8, 12, 18], every=6)
    now = NOW + 28 * DAY
    before = rates.learn(now).of("lock")
    rates.observe("lock", now, now + ahead, [])
    rates.observe("lock", now + ahead, now + 6 * HOUR, [])
    for reads in range(1, 5):
        since = now + reads * 6 * HOUR
        rates.observe("lock", since, since + 6 * HOUR, [])
    after = rates.learn(now + 30 * HOUR).of("lock")
    assert sum(after) > 0.7 * sum(before)
    assert isclose(after[18] / sum(after), before[18] / sum(before), rel_tol=0.3)


def test_a_lock_that_falls_silent_is_soon_noticed() -> None:
    """So is one that becomes busy again."""
    rates = Rates(UTC)
    watch(rates, "lock", [8, 12, 18], every=6)
    for day in range(28, 42):
        rates.observe("lock", NOW + day * DAY, NOW + (day + 1) * DAY, [])
    silent = sum(rates.learn(NOW + 42 * DAY).of("lock"))
    assert silent < 42 / 2.5
    times = [NOW + 42.5 * DAY] * 12
    rates.observe("lock", NOW + 42 * DAY, NOW + 43 * DAY, times)
    assert sum(rates.learn(NOW + 43 * DAY).of("lock")) > 1.3 * silent


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-50, 20_000) | st.integers(80_000, 90_000),
            st.lists(st.integers(-90_000, 90_000), max_size=4),
        ),
        max_size=12,
    )
)
def test_whatever_is_observed_is_learnt_from_and_kept(reads: list[tuple[int, list[int]]]) -> None:
    """Rates stay positive numbers, and survive the store."""
    zone = ZoneInfo("Europe/Berlin")
    rates = Rates(zone)
    now = NOW
    for minutes, times in reads:
        until = now + timedelta(minutes=minutes)
        rates.observe("lock", now, until, [now + timedelta(minutes=time) for time in times])
        now = until
    learnt = rates.learn(now).of("lock")
    assert len(learnt) == WEEK
    assert all(0 < rate < 1e6 for rate in learnt)
    again = Rates.from_dict(json.loads(json.dumps(rates.to_dict())), zone)
    assert again.to_dict() == rates.to_dict()
    assert again.learn(now).of("lock") == learnt


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(
    json_values | st.dictionaries(st.text(max_size=3), st.lists(st.integers(-5, 99), max_size=10))
)
@example({"far": [2**31, 2**31 + 60, 0, 30, 1, -1]})
def test_garbage_in_the_store_is_forgotten(stored: Any) -> None:
    """Nonsense is dropped, the rest is kept, and all of it can be learnt from."""
    rates = Rates.from_dict(stored, UTC)
    for lock_id in rates.to_dict():
        assert all(rate > 0 for rate in rates.learn(NOW).of(lock_id))
    rates.observe("lock", NOW, NOW + HOUR, [NOW])
    assert rates.learn(NOW + HOUR).of("lock")


def test_the_store_stays_small() -> None:
    """However long it runs, and however much arrives."""
    rates = Rates(UTC)
    for hour in range(60 * 24):
        rates.observe("lock", NOW + hour * HOUR, NOW + (hour + 1) * HOUR, [NOW + hour * HOUR] * 9)
    (numbers,) = rates.to_dict().values()
    assert len(numbers) <= 4 * MAX_SPANS + 2
    assert len(json.dumps(rates.to_dict())) < 6000
    assert isclose(sum(rates.learn(NOW + 60 * DAY).of("lock")), 9 * WEEK, rel_tol=0.05)


def test_locks_that_are_gone_are_forgotten() -> None:
    """A lock that left the account takes its history along."""
    rates = Rates(UTC)
    watch(rates, "stays", [8], every=12, days=3)
    watch(rates, "goes", [8], every=12, days=3)
    rates.forget("goes")
    assert list(rates.to_dict()) == ["stays"]


@given(
    first=st.floats(0, 24),
    step=st.sampled_from([5, 15, 30, 60, 180]),
    steps=st.lists(st.integers(0, 240), unique=True, max_size=50).map(sorted),
)
def test_moments_are_those_of_the_grid(first: float, step: int, steps: list[int]) -> None:
    """Kept as numbers they are the same, to the second, and in order."""
    hours = [first + index * step / 60 for index in steps]
    moments = Moments(NOW, hours)
    assert len(moments) == len(hours)
    assert moments == list(moments) == moments[:]
    exact = [NOW + after * HOUR for after in hours]
    assert all(
        abs(one - other) < timedelta(seconds=1) for one, other in zip(moments, exact, strict=True)
    )
    assert moments[:1] == list(moments)[:1]
