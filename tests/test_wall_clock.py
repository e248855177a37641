"""How far to rely on a clock: tables of what it showed, and what follows."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.wall_clock import (
    EARLIEST,
    LONG_RUN,
    LOOK_AGAIN,
    SECOND_LOOK,
    STEADY,
    Past,
    TrustedClock,
    fresh,
    plausible,
)

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2050, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def at(words: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


NOW = at("2026-10-12 09:30")


@pytest.mark.parametrize(
    ("age", "is_fresh"),
    [(timedelta(), True), (9 * MINUTE, True), (10 * MINUTE, False), (-MINUTE, False), (DAY, False)],
)
def test_fresh(age: timedelta, is_fresh: bool) -> None:  # noqa: FBT001 - of a table
    """What is still to come is not fresh."""
    assert fresh(NOW - age, NOW, 10 * MINUTE) is is_fresh


@pytest.mark.parametrize(
    ("noted", "readings", "seen"),
    [
        pytest.param("2026-10-12 09:00", ["2026-10-12 09:30"], "2026-10-12 09:00", id="right"),
        pytest.param(
            "2026-10-14 09:00",
            ["2026-10-12 09:30", "2026-10-12 09:50"],
            "2026-10-12 09:30",
            id="noted two days ahead, then right: as if it were noted now",
        ),
        pytest.param(
            "2026-10-14 09:00",
            ["2026-10-12 09:30", "2026-10-12 10:30", "2026-10-14 09:30"],
            "2026-10-12 09:30",
            id="and after an hour that stays",
        ),
        pytest.param(
            "1970-01-01 00:05",
            ["2026-10-12 09:30", "2026-10-12 09:50"],
            "2026-10-12 09:30",
            id="noted in 1970, then right: not decades ago",
        ),
        pytest.param(
            "2026-10-12 09:00",
            ["1970-01-01 00:00", "1970-01-01 00:01", "2026-10-12 09:30"],
            "2026-10-12 09:00",
            id="a start in 1970, then right: as it was noted",
        ),
        pytest.param(
            "2026-10-12 09:00",
            ["1970-01-01 00:00", "1970-01-01 00:01"],
            "1970-01-01 00:00",
            id="while it is 1970",
        ),
        pytest.param(
            "1970-01-01 00:05", ["1970-01-01 00:06"], "1970-01-01 00:05", id="noted in the same"
        ),
    ],
)
def test_past(noted: str, readings: list[str], seen: str) -> None:
    """A moment that cannot be right is as if it were noted when that was first seen."""
    past = Past(at(noted))
    found = [past.seen(at(now)) for now in readings]
    assert found[-1] == at(seen)


@given(noted=MOMENTS, readings=st.lists(MOMENTS, min_size=1, max_size=8))
def test_a_past_moment_has_been(noted: datetime, readings: list[datetime]) -> None:
    """Whatever the clock does, it is never in the future, nor decades ago by a clock reset."""
    past = Past(noted)
    for now in readings:
        assert plausible(past.seen(now), now)


RIGHT = "2026-10-12 09:30"


@pytest.mark.parametrize(
    ("readings", "trusted"),
    [
        pytest.param([RIGHT], RIGHT, id="the first"),
        pytest.param(["1970-01-01 00:00"], None, id="1970 is none"),
        pytest.param(["1970-01-01 00:00", RIGHT], RIGHT, id="set up in 1970, then right"),
        pytest.param([RIGHT, "1970-01-01 00:00"], RIGHT, id="a start in 1970"),
        pytest.param([RIGHT, "2026-10-12 11:29"], "2026-10-12 11:29", id="runs on"),
        pytest.param([RIGHT, "2026-10-12 21:30"], RIGHT, id="a night off"),
        pytest.param(
            [RIGHT, "2026-10-12 21:30", "2026-10-12 21:31"],
            "2026-10-12 21:31",
            id="a night off, seen twice",
        ),
        pytest.param([RIGHT, "2026-10-14 10:00", "2026-10-14 10:01"], RIGHT, id="two days ahead"),
        pytest.param(
            [RIGHT, "2026-10-14 10:00", "2026-10-12 09:45"],
            "2026-10-12 09:45",
            id="two days ahead, then right",
        ),
        pytest.param([RIGHT, "2037-01-01 00:00", "2037-01-01 05:00"], RIGHT, id="2037, twice"),
        pytest.param(
            [RIGHT, "2037-01-01 00:00", "2026-10-12 09:32"], "2026-10-12 09:32", id="then right"
        ),
        pytest.param(
            [RIGHT, "2026-10-20 00:00", "2037-01-01 00:00", "2037-01-01 01:00"],
            RIGHT,
            id="from one jump to the next",
        ),
        pytest.param([RIGHT, "2026-10-01 00:00"], "2026-10-01 00:00", id="behind: forgets less"),
    ],
)
def test_trusted(readings: list[str], trusted: str | None) -> None:
    """What the clock says is relied on when another reading said so, too."""
    clock = TrustedClock()
    found = [clock.read(at(now)) for now in readings]
    assert found[-1] == (at(trusted) if trusted else None)


def run(clock: TrustedClock, now: datetime, time: timedelta) -> datetime:
    """Let the clock run on, with a look each hour."""
    end = now + time
    while now < end:
        now = min(end, now + clock.look_again)
        clock.read(now)
    return now


def test_a_clock_that_runs_on_is_trusted_in_the_end() -> None:
    """Home Assistant was off for a month: after a day what it says holds."""
    clock = TrustedClock(NOW)
    later = NOW + 30 * DAY
    clock.read(later)
    run(clock, later, LONG_RUN - HOUR)
    assert clock.trusted == NOW
    now = run(clock, later + LONG_RUN - HOUR, 2 * HOUR)
    assert clock.trusted == now


def test_an_office_that_is_dark_at_night() -> None:
    """Off each night and over the weekend: soon what it says holds, each day."""
    clock, now = TrustedClock(NOW), NOW
    for off in (14, 14, 62, 14, 14):
        kept = TrustedClock.from_dict(clock.as_dict())
        now += timedelta(hours=off)
        kept.read(now)
        now = run(kept, now, 10 * HOUR)
        clock = kept
    assert clock.trusted == now


def test_looks_of_a_doubtful_clock() -> None:
    """Soon again where that settles it, else every hour."""
    clock = TrustedClock(NOW)
    clock.read(NOW)
    assert clock.look_again == LOOK_AGAIN
    clock.read(NOW + 8 * HOUR)
    assert clock.look_again == SECOND_LOOK
    clock.read(NOW + 8 * HOUR + SECOND_LOOK)
    assert clock.look_again == LOOK_AGAIN
    clock.read(at("2037-01-01 00:00"))
    assert clock.look_again == LOOK_AGAIN
    clock.read(at("1970-01-01 00:00"))
    assert clock.look_again == SECOND_LOOK


@pytest.mark.parametrize(
    ("doubted", "later"),
    [("2026-10-14 09:30", "2037-01-01 00:00"), ("2036-12-30 00:00", "2037-01-01 00:00")],
)
def test_a_doubt_that_was_kept_is_no_run(doubted: str, later: str) -> None:
    """A crash left the doubt of a wrong clock; the next wrong clock does not run on from it."""
    clock = TrustedClock(NOW)
    clock.read(at(doubted))
    clock.read(at(doubted) + MINUTE)
    clock = TrustedClock.from_dict(clock.as_dict())
    clock.read(at(later))
    clock.read(at(later) + 11 * MINUTE)
    assert clock.trusted == NOW


@given(start=MOMENTS, readings=st.lists(st.tuples(MOMENTS, st.booleans()), max_size=8))
def test_never_on_one_reading(start: datetime, readings: list[tuple[datetime, bool]]) -> None:
    """What is trusted is never far ahead of what was read before it; with restarts between."""
    clock, before = TrustedClock(), [start]
    clock.read(start)
    for now, restarts in readings:
        if restarts:
            clock = TrustedClock.from_dict(clock.as_dict())
        trusted = clock.trusted
        found = clock.read(now)
        if trusted and found and found > trusted + STEADY:
            assert any(found - STEADY <= one < found for one in before)
        before.append(now)
        assert found is None or found >= EARLIEST


@given(moments=st.tuples(MOMENTS, MOMENTS))
def test_storage(moments: tuple[datetime, datetime]) -> None:
    """What is kept comes back."""
    clock = TrustedClock(*moments)
    back = TrustedClock.from_dict(clock.as_dict())
    assert (back.trusted, back.doubted) == moments


@pytest.mark.parametrize("stored", [{"trusted": 5}, {"trusted": "x"}, {"trusted": "2026-10-12"}])
def test_strange_storage(stored: dict[str, Any]) -> None:
    """What makes no sense raises what the store expects."""
    with pytest.raises((TypeError, ValueError)):
        TrustedClock.from_dict(stored)
