"""Active periods and weeks: three forms that say the same."""

from datetime import time
from itertools import pairwise
from typing import Any

from hypothesis import given, reject, strategies as st
import pytest

from custom_components.codelocks.api import ALWAYS, DAYS, ActivePeriod
from custom_components.codelocks.clients.active_periods import (
    MIDNIGHT,
    WEEKDAYS,
    ImpossiblePeriods,
    Week,
    as_rows,
    from_schedule,
    in_words,
    read_periods,
    week_of,
    week_of_schedule,
    whole_blocks,
)

type Schedule = dict[str, list[dict[str, time]]]
SECONDS = 24 * 60 * 60


def row(starts: time, ends: time, *days: str, enabled: bool = True) -> dict[str, Any]:
    """Return a period as a user writes it, by default for every day."""
    return {"starts": starts, "ends": ends, "days": list(days or DAYS), "enabled": enabled}


def at(seconds: int) -> time:
    """Return a time of day as a schedule helper has it: 24:00 is the last moment of the day."""
    if seconds == SECONDS:
        return time.max
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def schedule(**days: list[tuple[str, str]]) -> Schedule:
    """Return a schedule helper's week, as its action returns it."""
    week: Schedule = {day: [] for day in WEEKDAYS}
    for day, blocks in days.items():
        week[day] = [
            {
                "from": time.fromisoformat(start),
                "to": time.max if end == "24:00" else time.fromisoformat(end),
            }
            for start, end in blocks
        ]
    return week


def minutes(periods: tuple[ActivePeriod, ...]) -> set[int]:
    """Return the minutes of the week in which the API would let somebody in."""
    found = set()
    for period in periods:
        start = period.starts.hour * 60 + period.starts.minute
        end = period.ends.hour * 60 + period.ends.minute
        end = MIDNIGHT if end == MIDNIGHT - 1 else end
        for day in period.days:
            found |= {DAYS.index(day) * MIDNIGHT + minute for minute in range(start, end)}
    return found


def whole_minutes(week: Schedule) -> set[int]:
    """Return the minutes of the week that a schedule covers from their first second to the last."""
    found: set[int] = set()
    for number, day in enumerate(WEEKDAYS):
        on = bytearray(SECONDS)
        for block in week[day]:
            start, end = block["from"], block["to"]
            first = start.hour * 3600 + start.minute * 60 + start.second
            last = SECONDS if end == time.max else end.hour * 3600 + end.minute * 60 + end.second
            on[first:last] = b"\1" * (last - first)
        for minute in range(MIDNIGHT):
            if on.count(1, minute * 60, minute * 60 + 60) == 60:
                found.add(number * MIDNIGHT + minute)
    return found


@st.composite
def schedules(draw: st.DrawFn, step: int = 60, most: int = 3) -> Schedule:
    """Draw a schedule: blocks that do not overlap, though they may meet; a few days alike."""
    patterns = []
    for _ in range(draw(st.integers(1, 4))):
        cuts = draw(
            st.lists(
                st.integers(0, SECONDS // step).map(lambda n: n * step),
                max_size=2 * most,
                unique=True,
            ).map(sorted)
        )
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        if draw(st.booleans()):
            pairs += [(one[1], two[0]) for one, two in pairwise(pairs)]
        patterns.append([{"from": at(start), "to": at(end)} for start, end in sorted(pairs)])
    return {day: draw(st.sampled_from(patterns)) for day in WEEKDAYS}


def with_last_minutes(found: set[int]) -> set[int]:
    """Return minutes of the week with each day's last one as the one before it."""
    lasts = {number * MIDNIGHT + MIDNIGHT - 1 for number in range(7)}
    return {minute for minute in found if minute not in lasts} | {
        minute for minute in lasts if minute - 1 in found
    }


def possible(week: Schedule) -> Week:
    """Return a schedule's week, unless a block starts in the last minute of a day."""
    try:
        return week_of_schedule(week)
    except ImpossiblePeriods:
        reject()


@given(schedules())
def test_a_schedule_keeps_every_minute(week: Schedule) -> None:
    """Schedule -> periods -> schedule; only 23:59 goes with the minute before, as on the wire."""
    expected = with_last_minutes(whole_minutes(week))
    wanted = possible(week)
    periods = whole_blocks(wanted)
    assert minutes(periods) == expected
    assert week_of(periods) == wanted
    again: Schedule = {
        day: [{"from": at(start * 60), "to": at(end * 60)} for start, end in blocks]
        for day, blocks in zip(WEEKDAYS, week_of(periods), strict=True)
    }
    assert with_last_minutes(whole_minutes(again)) == expected
    assert whole_blocks(week_of_schedule(again)) == periods


@given(schedules(step=7))
def test_seconds_are_rounded_inwards(week: Schedule) -> None:
    """Whole minutes are kept, and none is added, but the last one after the one before."""
    periods = whole_blocks(possible(week))
    assert minutes(periods) == with_last_minutes(whole_minutes(week))


@given(schedules())
def test_each_different_block_is_one_period(week: Schedule) -> None:
    """It is on all the days that have it."""
    wanted = possible(week)
    blocks = {block for day in wanted for block in day}
    assert len(whole_blocks(wanted)) == len(blocks)


def test_days_that_are_alike_share_a_period() -> None:
    """A working week with a long Thursday takes two."""
    office = [("08:00", "18:00")]
    week = schedule(
        monday=office,
        tuesday=office,
        wednesday=office,
        thursday=[("08:00", "20:00")],
        friday=office,
    )
    assert in_words(from_schedule(week)) == "08:00-18:00 mon, tue, wed, fri; 08:00-20:00 thu"


def test_blocks_that_differ_are_periods_of_their_own() -> None:
    """Also where two halves would serve a third day."""
    week = schedule(
        monday=[("08:00", "12:00")], tuesday=[("12:00", "18:00")], wednesday=[("08:00", "18:00")]
    )
    assert in_words(from_schedule(week)) == "08:00-12:00 mon; 12:00-18:00 tue; 08:00-18:00 wed"


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ([("00:00", "24:00")], "00:00-23:59 mon"),
        ([("22:00", "24:00")], "22:00-23:59 mon"),
        ([("22:00", "23:59:59")], "22:00-23:59 mon"),
        ([("08:00", "12:00"), ("12:00", "18:00")], "08:00-18:00 mon"),
        ([("08:00", "12:00:30"), ("12:00:30", "18:00")], "08:00-18:00 mon"),
        ([("08:00:30", "18:00:30")], "08:01-18:00 mon"),
        ([("08:00:10", "08:00:50"), ("09:00", "10:00")], "09:00-10:00 mon"),
        ([("22:00", "23:59"), ("23:59", "24:00")], "22:00-23:59 mon"),
    ],
)
def test_ends_of_days_and_seconds(blocks: list[tuple[str, str]], words: str) -> None:
    """Midnight is sent as 23:59; adjacent blocks are merged; seconds shorten a block."""
    assert in_words(from_schedule(schedule(monday=blocks))) == words


def test_a_night_stays_two_blocks() -> None:
    """A schedule helper splits it at midnight, and so does the API."""
    week = schedule(friday=[("22:00", "24:00")], saturday=[("00:00", "06:00")])
    assert in_words(from_schedule(week)) == "22:00-23:59 fri; 00:00-06:00 sat"


@pytest.mark.parametrize(
    ("week", "reason", "details"),
    [
        (schedule(), "schedule_empty", {}),
        (schedule(monday=[("08:00:10", "08:00:20")]), "schedule_empty", {}),
        (schedule(monday=[("23:59", "24:00")]), "schedule_too_late", {}),
        (
            schedule(monday=[(f"{hour:02}:00", f"{hour:02}:30") for hour in range(11)]),
            "schedule_too_many",
            {"count": "11", "most": "10"},
        ),
    ],
)
def test_schedules_that_the_api_cannot_hold(
    week: Schedule, reason: str, details: dict[str, str]
) -> None:
    """They are refused with a reason."""
    with pytest.raises(ImpossiblePeriods) as refused:
        from_schedule(week)
    assert (refused.value.reason, refused.value.placeholders) == (reason, details)


def test_what_a_user_writes() -> None:
    """Days come in the order of the week; midnight may be written as 00:00 or 24:00."""
    periods = read_periods(
        [
            row(time(9), time(17), "tue", "mon"),
            row(time(22), time(0), "fri"),
            row(time(0), time.max, enabled=False),
        ]
    )
    assert as_rows(periods) == [
        {"starts": "09:00", "ends": "17:00", "days": ["mon", "tue"], "enabled": True},
        {"starts": "22:00", "ends": "23:59", "days": ["fri"], "enabled": True},
        {"starts": "00:00", "ends": "23:59", "days": list(DAYS), "enabled": False},
    ]
    assert read_periods([row(time(0), time(0))]) == (ALWAYS,)


@pytest.mark.parametrize(
    ("rows", "reason", "details"),
    [
        ([], "number_of_periods", {"most": "10"}),
        ([row(time(9), time(17))] * 11, "number_of_periods", {"most": "10"}),
        (
            [row(time(22), time(6), "fri", "sun")],
            "period_ends_before_start",
            {"starts": "22:00", "ends": "06:00", "days": "fri, sun", "next_days": "sat, mon"},
        ),
        (
            [row(time(9), time(9), "mon")],
            "period_ends_before_start",
            {"starts": "09:00", "ends": "09:00", "days": "mon", "next_days": "tue"},
        ),
        (
            [row(time(9), time(17)) | {"days": []}],
            "period_without_days",
            {"starts": "09:00", "ends": "17:00"},
        ),
        (
            [row(time(23, 59), time.max)],
            "period_too_late",
            {"starts": "23:59", "ends": "23:59"},
        ),
    ],
)
def test_what_a_user_may_not_write(
    rows: list[dict[str, Any]], reason: str, details: dict[str, str]
) -> None:
    """Each mistake has its own message."""
    with pytest.raises(ImpossiblePeriods) as refused:
        read_periods(rows)
    assert (refused.value.reason, refused.value.placeholders) == (reason, details)


def test_weeks_compare_what_is_said_not_how() -> None:
    """Order, splits, disabled periods and a night in one piece make no difference."""
    night = ActivePeriod(starts=time(22), ends=time(6), days=("fri", "sun"))
    parts = (
        ActivePeriod(starts=time(0), ends=time(3), days=("sat", "mon")),
        ActivePeriod(starts=time(3), ends=time(6), days=("sat", "mon")),
        ActivePeriod(starts=time(22), ends=time(23, 59), days=("sun", "fri")),
        ActivePeriod(starts=time(12), ends=time(13), enabled=False),
    )
    assert week_of([night]) == week_of(parts)
    assert week_of([night]) != week_of(parts[1:])
