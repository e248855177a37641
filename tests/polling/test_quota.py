"""How many calls are left this month."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
import json
import math
from typing import Any

from hypothesis import example, given, strategies as st
import pytest

from custom_components.codelocks.api import Pool
from custom_components.codelocks.const import DEFAULT_OPTIONS, PLANS
from custom_components.codelocks.polling.quota import Outlook, Quota, Usage, month_start, next_reset

MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2031, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
RESET_DAYS = st.integers(1, 31)
CALLS = st.integers(0, 5000)
POOLS = st.sampled_from(list(Pool))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5) | st.dates().map(str) | st.sampled_from(["netcode", "utility"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


def at(words: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def quota(reset_day: int = 1, reserve_percent: int = 20, **options: Any) -> Quota:
    """Return the quota of some options."""
    changed = {"reset_day": reset_day, "reserve_percent": reserve_percent}
    return Quota.from_options(DEFAULT_OPTIONS | changed | options)


@pytest.mark.parametrize(
    ("now", "reset_day", "start", "reset"),
    [
        ("2026-10-12 09:30", 1, "2026-10-01", "2026-11-01"),
        ("2026-10-01 00:00", 1, "2026-10-01", "2026-11-01"),
        ("2026-09-30 23:59:59.999", 1, "2026-09-01", "2026-10-01"),
        ("2026-12-31 12:00", 1, "2026-12-01", "2027-01-01"),
        ("2026-10-12 09:30", 12, "2026-10-12", "2026-11-12"),
        ("2026-10-12 09:30", 13, "2026-09-13", "2026-10-13"),
        ("2027-01-05 00:00", 10, "2026-12-10", "2027-01-10"),
        ("2026-02-27 23:00", 31, "2026-01-31", "2026-02-28"),
        ("2026-02-28 00:00", 31, "2026-02-28", "2026-03-31"),
        ("2028-02-28 12:00", 30, "2028-01-30", "2028-02-29"),
        ("2028-02-29 00:00", 29, "2028-02-29", "2028-03-29"),
        ("2026-03-30 00:00", 31, "2026-02-28", "2026-03-31"),
        ("2026-04-30 00:00", 31, "2026-04-30", "2026-05-31"),
    ],
)
def test_turns(now: str, reset_day: int, start: str, reset: str) -> None:
    """The month turns at 00:00 UTC on the reset day, or on the last day of a shorter month."""
    assert month_start(at(now), reset_day) == at(start)
    assert next_reset(at(now), reset_day) == at(reset)


@given(now=MOMENTS, reset_day=RESET_DAYS)
def test_months_follow_each_other(now: datetime, reset_day: int) -> None:
    """Every moment is in one month, and months follow each other without gap or overlap."""
    start, reset = month_start(now, reset_day), next_reset(now, reset_day)
    assert start <= now < reset
    assert timedelta(days=28) <= reset - start <= timedelta(days=31)
    assert month_start(reset, reset_day) == reset
    moment = timedelta(microseconds=1)
    assert month_start(reset - moment, reset_day) == start
    assert next_reset(start, reset_day) == reset
    assert next_reset(start - moment, reset_day) == start


@given(now=MOMENTS, reset_day=RESET_DAYS, offset=st.integers(-14, 14))
def test_zones_do_not_matter(now: datetime, reset_day: int, offset: int) -> None:
    """A moment is the same in any zone."""
    elsewhere = now.astimezone(timezone(timedelta(hours=offset)))
    assert month_start(elsewhere, reset_day) == month_start(now, reset_day)
    assert next_reset(elsewhere, reset_day) == next_reset(now, reset_day)
    assert Usage().spend(Pool.UTILITY, elsewhere) == Usage().spend(Pool.UTILITY, now)


@given(
    start=MOMENTS,
    steps=st.lists(st.tuples(st.integers(0, 20 * 24), POOLS, st.integers(1, 5)), max_size=30),
    reset_day=RESET_DAYS,
)
def test_counting(start: datetime, steps: list[tuple[int, Pool, int]], reset_day: int) -> None:
    """The calls used are those spent since the month began, separately for each pool."""
    usage, now = Usage(), start
    spent: list[tuple[datetime, Pool, int]] = []
    plan = quota(reset_day, plan="enterprise_2")
    for hours, pool, calls in steps:
        now += timedelta(hours=hours)
        usage = usage.spend(pool, now, calls)
        spent.append((now, pool, calls))
        since = month_start(now, reset_day)
        for each in Pool:
            expected = sum(n for when, of, n in spent if of is each and when >= since)
            assert plan.used(usage, each, now) == expected
            assert plan.left(usage, each, now) == max(0, plan.calls[each] - expected)


def test_turned_while_off() -> None:
    """A month that turned while nothing ran begins with no calls used."""
    usage = Usage().spend(Pool.UTILITY, at("2026-10-31 23:59"), 900)
    assert quota().left(usage, Pool.UTILITY, at("2026-10-31 23:59")) == 100
    assert quota().left(usage, Pool.UTILITY, at("2026-11-01 00:00")) == 1000
    assert quota().left(usage, Pool.UTILITY, at("2027-03-17 12:00")) == 1000


def test_old_days_are_forgotten() -> None:
    """The stored data does not grow for ever."""
    usage, now = Usage(), at("2026-01-01")
    for _ in range(400):
        now += timedelta(days=1)
        usage = usage.spend(Pool.UTILITY, now)
    assert len(usage.days[Pool.UTILITY]) <= 63


@example(now=at("2026-10-12"), past=[(9, 10)], corrections=[(0, 1), (5, 10)], more=0)
@given(
    now=MOMENTS,
    past=st.lists(st.tuples(st.integers(0, 61), CALLS), max_size=5),
    corrections=st.lists(st.tuples(CALLS, RESET_DAYS), min_size=1, max_size=4),
    more=st.integers(0, 9),
)
def test_corrections(
    now: datetime,
    past: list[tuple[int, int]],
    corrections: list[tuple[int, int]],
    more: int,
) -> None:
    """The user's count replaces earlier counts and corrections, and later calls are added."""
    usage = Usage()
    for days, calls in sorted(past, reverse=True):
        usage = usage.spend(Pool.UTILITY, now - timedelta(days=days), calls)
    for used, reset_day in corrections:
        since = month_start(now, reset_day)
        usage = usage.corrected(Pool.UTILITY, used, now, since)
        assert usage.used(Pool.UTILITY, since) == used
    counted = usage.spend(Pool.UTILITY, now, more)
    assert counted.used(Pool.UTILITY, since) == used + more
    assert usage.used(Pool.NETCODE, since) == 0
    # It is forgotten with the month.
    later = next_reset(now, reset_day)
    assert counted.used(Pool.UTILITY, later) == 0


def test_a_correction_downward_leaves_no_free_calls() -> None:
    """After a correction downwards, calls still count in the month of another reset day."""
    usage = Usage().spend(Pool.UTILITY, at("2026-10-02"), 500)
    usage = usage.corrected(Pool.UTILITY, 10, at("2026-10-12"), at("2026-10-01"))
    usage = usage.spend(Pool.UTILITY, at("2026-10-12"), 30)
    assert quota(reset_day=1).used(usage, Pool.UTILITY, at("2026-10-13")) == 40
    assert quota(reset_day=10).used(usage, Pool.UTILITY, at("2026-10-13")) >= 30


@given(
    days=st.dictionaries(POOLS, st.dictionaries(st.dates(), CALLS, max_size=5)),
)
def test_storage(days: Mapping[Pool, Mapping[date, int]]) -> None:
    """What is stored comes back."""
    usage = Usage(days)
    back = Usage.from_dict(json.loads(json.dumps(usage.as_dict())))
    for pool in Pool:
        assert back.days.get(pool, {}) == days.get(pool, {})


@given(
    stored=JSON
    | st.fixed_dictionaries({"utility": st.dictionaries(st.dates().map(str), JSON, max_size=4)})
)
def test_strange_storage(stored: Any) -> None:
    """Whatever is in the file, counting goes on."""
    now = at("2026-10-12 09:30")
    usage = Usage.from_dict(stored)
    assert quota().left(usage, Pool.UTILITY, now) >= 0
    before = quota().used(usage, Pool.UTILITY, now)
    assert before >= 0
    assert quota().used(usage.spend(Pool.UTILITY, now), Pool.UTILITY, now) == before + 1


def test_one_spoilt_day() -> None:
    """An unreadable day is left out."""
    usage = Usage.from_dict(
        {
            "utility": {
                "2026-10-02": 7,
                "someday": 3,
                "2026-10-03": "many",
                "2026-10-04": 5,
                "2026-10-05": math.inf,
                "2026-10-06": -100,
                "2026-10-07": None,
            },
            "netcode": ["2026-10-02"],
        }
    )
    assert usage.used(Pool.UTILITY, at("2026-10-01")) == 12
    assert usage.used(Pool.NETCODE, at("2026-10-01")) == 0


@pytest.mark.parametrize(
    ("calls", "used"),
    [
        pytest.param(["2026-10-11", "2037-01-01", "2026-10-12"], (3, 0), id="one call of 2037"),
        pytest.param(["2026-10-11", "1970-01-01", "2026-10-12"], (3, 0), id="one call of 1970"),
        pytest.param(["1970-01-01", "1970-01-02", "2026-10-12"], (3, 0), id="set up in 1970"),
        pytest.param(["2026-10-11", "2026-10-14", "2026-10-12"], (3, 0), id="two days ahead"),
        pytest.param(
            ["2026-10-31", "2026-11-02", "2026-10-31"],
            (3, 1),
            id="into the next month, which has that day, too: rather one too many",
        ),
        pytest.param(
            ["2026-10-12", "2037-01-01", "2037-01-02", "2026-10-12"], (4, 0), id="over a midnight"
        ),
        pytest.param(
            ["2026-10-12", "2025-01-01", "2025-01-02", "2026-10-12"],
            (2, 0),
            id="behind, over a midnight: those of the right day stay",
        ),
        pytest.param(["2026-10-11", "2026-08-01", "2026-10-12"], (2, 0), id="behind: its month"),
    ],
)
def test_a_clock_that_is_wrong(calls: list[str], used: tuple[int, int]) -> None:
    """What was called by a wrong clock counts in the month in which it was right."""
    usage = Usage()
    for day in calls:
        usage = usage.spend(Pool.UTILITY, at(day))
    last = datetime.fromisoformat(calls[-1]).replace(tzinfo=UTC)
    assert quota().used(usage, Pool.UTILITY, last) == used[0]
    usage = Usage.from_dict(usage.as_dict()).looked(last + timedelta(days=1))
    usage = usage.looked(last + timedelta(days=2))
    november = at("2026-11-20")
    assert quota().used(usage, Pool.UTILITY, min(last, at("2026-10-31"))) == used[0]
    assert quota().used(usage.looked(november), Pool.UTILITY, november) == used[1]


@given(
    readings=st.lists(MOMENTS | st.just(at("1970-01-01")), min_size=1, max_size=8),
    now=MOMENTS,
)
def test_nothing_is_forgotten_on_two_readings(readings: list[datetime], now: datetime) -> None:
    """Whatever the clock showed for a while, what was used this month is used after it."""
    usage = Usage().looked(now - timedelta(days=1)).spend(Pool.UTILITY, now, 7)
    for reading in readings[:2]:
        usage = usage.spend(Pool.UTILITY, reading)
    usage = usage.looked(now)
    assert quota().used(usage, Pool.UTILITY, now) >= 7


def test_spent_by_the_word_of_the_api() -> None:
    """Nothing is left until a call works or the month turns, whatever was counted."""
    now = at("2026-10-12 09:30")
    usage = Usage().spend(Pool.UTILITY, now, 10).refuse(Pool.UTILITY, now)
    assert quota().left(usage, Pool.UTILITY, now) == 0
    assert quota().left(usage, Pool.NETCODE, now) == 100
    assert quota().outlook(usage, Pool.UTILITY, now) is Outlook.SPENT
    assert quota().polling_left(usage, now) == 790
    assert quota().refused_until(usage, Pool.UTILITY, now) == now + timedelta(days=1)
    assert quota().left(usage.allow(Pool.UTILITY), Pool.UTILITY, now) == 990
    turned = at("2026-11-01")
    assert quota().left(usage, Pool.UTILITY, turned) == 1000
    assert quota().refused_until(usage, Pool.UTILITY, turned) == turned
    last_day = at("2026-10-31 23:00")
    late = usage.refuse(Pool.UTILITY, last_day)
    assert quota().refused_until(late, Pool.UTILITY, last_day) == turned


@pytest.mark.parametrize(
    ("days", "left"),
    [
        pytest.param(["10-30", "10-31"], 300, id="the same month"),
        pytest.param(["10-30", "10-31", "11-01"], 800, id="a month that turned"),
        pytest.param(["10-30", "11-01"], 300, id="two days ahead, or off for a day"),
        pytest.param(["10-30", "11-01", "11-02"], 300, id="for a day"),
        pytest.param(["10-30", "11-01", "11-02", "11-03"], 800, id="for three days: it is so"),
        pytest.param(["10-30", "11-01", "10-30", "10-31", "11-01"], 800, id="then right"),
        pytest.param(["10-31", "12-24", "11-01"], 800, id="right again in the next month"),
    ],
)
def test_a_clock_that_is_ahead_begins_no_month(days: list[str], left: int) -> None:
    """Polling may spend the calls of a month once the clock went on by a day at a time."""
    usage = Usage().spend(Pool.UTILITY, at("2026-10-29"), 500)
    for day in days:
        now = at(f"2026-{day} 12:00")
        usage = usage.looked(now)
    assert quota().polling_left(usage, now) == left
    back = Usage.from_dict(usage.as_dict())
    assert quota().polling_left(back, now + timedelta(hours=1)) == left


@pytest.mark.parametrize("day", ["1970-01-01", "0001-01-01"])
def test_polling_by_a_clock_of_long_ago(day: str) -> None:
    """What was used this month is used."""
    usage = Usage.from_dict({"utility": {"2026-10-12": 500}, "clock": [day, "2026-10-12"]})
    for now in (at("1970-01-01 12:00"), at("2026-10-12 12:00")):
        assert quota().polling_left(usage, now) == 300


@pytest.mark.parametrize("refused", ["2037-01-01 12:00", "1970-01-01 12:00"])
def test_spent_by_a_wrong_clock(refused: str) -> None:
    """It ends with the month, or with the look a day later."""
    now = at("2026-10-12 09:30")
    usage = Usage().looked(now - timedelta(days=1)).refuse(Pool.UTILITY, at(refused))
    days = 0
    while quota().refused_until(usage, Pool.UTILITY, now) > now:
        now += timedelta(days=1)
        usage = usage.looked(now)
        days += 1
    assert days <= 2
    november = at("2026-11-01")
    assert quota().left(usage.looked(november), Pool.UTILITY, november) == 1000


@given(
    refused=st.dictionaries(POOLS, MOMENTS),
    clock=st.lists(st.dates(), max_size=3),
)
def test_storage_of_what_the_api_said(refused: Mapping[Pool, datetime], clock: list[date]) -> None:
    """What is stored comes back."""
    usage = Usage({}, refused, tuple(clock))
    back = Usage.from_dict(json.loads(json.dumps(usage.as_dict())))
    assert (back.refused, back.clock) == (refused, tuple(clock))


@pytest.mark.parametrize(
    "stored",
    [
        {"refused": 5, "clock": 5},
        {"refused": [], "clock": "2026"},
        {"refused": {"utility": 5, "netcode": "x"}, "clock": [5]},
        {"refused": {"utility": None}, "clock": {"2026-10-12": 1, "x": 2}},
        {"refused": {"utility": "2026-10-12"}, "clock": ["2026-10-12", None]},
    ],
)
def test_strange_storage_of_what_the_api_said(stored: Any) -> None:
    """It is as if nothing was said."""
    usage = Usage.from_dict(stored)
    assert (usage.refused, usage.clock) == ({}, ())


@pytest.mark.parametrize(("plan", "calls"), PLANS.items())
def test_plans(plan: str, calls: tuple[int, int]) -> None:
    """Each plan has its two numbers."""
    got = quota(plan=plan).calls
    assert (got[Pool.NETCODE], got[Pool.UTILITY]) == calls


def test_custom_plan() -> None:
    """A custom plan has the user's numbers, or zero without them."""
    got = quota(plan="custom", netcode_quota=5, utility_quota=70)
    assert got.calls == {Pool.NETCODE: 5, Pool.UTILITY: 70}
    assert quota(plan="custom").left(Usage(), Pool.UTILITY, at("2026-10-12")) == 0


@pytest.mark.parametrize(
    ("percent", "used", "left"),
    [
        (20, 0, 800),
        (20, 799, 1),
        (20, 800, 0),
        (20, 1000, 0),
        (20, 5000, 0),
        (0, 999, 1),
        (0, 1000, 0),
        (100, 0, 0),
        (1, 0, 990),
    ],
)
def test_reserve(percent: int, used: int, left: int) -> None:
    """Polling never touches the reserve."""
    now = at("2026-10-12")
    usage = Usage().spend(Pool.UTILITY, now, used)
    assert quota(reserve_percent=percent).polling_left(usage, now) == left


@given(used=st.integers(0, 3000), total=st.integers(0, 2000), percent=st.integers(0, 100))
def test_reserve_is_kept(used: int, total: int, percent: int) -> None:
    """When polling has spent all it may, at least the reserve is left."""
    now = at("2026-10-12")
    usage = Usage().spend(Pool.UTILITY, now, used)
    plan = quota(reserve_percent=percent, plan="custom", utility_quota=total)
    may = plan.polling_left(usage, now)
    left = plan.left(usage, Pool.UTILITY, now)
    assert 0 <= may <= left
    if may:
        assert left - may >= total * percent / 100


@pytest.mark.parametrize(
    ("now", "used", "forecast"),
    [
        ("2026-10-12 09:30", 0, 0),
        ("2026-11-11 00:00", 100, 300),  # a third of November
        ("2026-11-16 00:00", 100, 200),
        ("2026-11-30 23:59:59", 100, 100),
        ("2026-11-01 00:00", 6, 186),  # the pace over at least a day: 6 + 30 * 6
        ("2026-11-01 12:00", 6, 183),
        ("2026-11-02 00:00", 6, 180),
    ],
)
def test_forecast(now: str, used: int, forecast: int) -> None:
    """How many calls will be used by the reset at the present pace."""
    usage = Usage().spend(Pool.UTILITY, at(now), used)
    assert quota().forecast(usage, Pool.UTILITY, at(now)) == forecast


@given(now=MOMENTS, used=CALLS, reset_day=RESET_DAYS)
def test_forecast_is_no_less_than_used(now: datetime, used: int, reset_day: int) -> None:
    """It includes the calls used, and without calls there is no pace."""
    usage = Usage().spend(Pool.UTILITY, now, used)
    forecast = quota(reset_day).forecast(usage, Pool.UTILITY, now)
    assert used <= forecast <= used * 32
