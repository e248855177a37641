"""When somebody comes and goes, at the lock."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.bookings.stay import (
    HORIZON,
    WEEK,
    Stay,
    chain_part,
    next_arrival,
    occupied,
    stay_at,
    visits,
)
from tests.bookings.house import BERLIN, DAY, HOUR, NEW_YORK, NOON, bookings, event, visitor


def shown(stay: Stay, zone: tzinfo) -> tuple[str, str]:
    """Return arrival and departure as a clock shows them."""
    times = (stay.arrival.astimezone(zone), stay.departure.astimezone(zone))
    return f"{times[0]:%m-%d %H:%M}", f"{times[1]:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("data", "first", "end", "expected"),
    [
        pytest.param({}, "10-13", "10-16", ("10-13 15:00", "10-16 11:00"), id="nights"),
        pytest.param({}, "10-13", "10-14", ("10-13 15:00", "10-14 11:00"), id="one night"),
        pytest.param({}, "10-13", "10-13", ("10-13 15:00", "10-14 11:00"), id="no night at all"),
        pytest.param(
            {"whole_days_end": "last_day"},
            "10-13",
            "10-17",
            ("10-13 15:00", "10-16 11:00"),
            id="entered with the day of departure",
        ),
        pytest.param(
            {"whole_days_end": "last_day"},
            "10-13",
            "10-14",
            ("10-13 15:00", "10-14 11:00"),
            id="a day whose departure precedes its arrival",
        ),
        pytest.param(
            {"whole_days_end": "last_day", "check_in": "10:00", "check_out": "18:00"},
            "10-13",
            "10-14",
            ("10-13 10:00", "10-13 18:00"),
            id="a day",
        ),
        pytest.param(
            {"check_in": 57600, "check_out": "noon"},
            "10-24",
            "10-26",
            ("10-24 16:00", "10-26 11:00"),
            id="over the change of clocks",
        ),
    ],
)
@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, UTC])
def test_whole_days(
    data: dict[str, Any], first: str, end: str, expected: tuple[str, str], zone: tzinfo
) -> None:
    """Arrival and departure are times at the lock, wherever Home Assistant is."""
    one = event(f"2026-{first}", f"2026-{end}")
    assert shown(stay_at(zone, one.start, one.end, bookings(**data)), zone) == expected


def test_times_of_its_own() -> None:
    """An event with times has its own; without a zone they are those at the lock."""
    start = datetime(2026, 10, 13, 14, tzinfo=UTC)
    one = event(start, start + HOUR)
    assert stay_at(NEW_YORK, one.start, one.end, bookings()) == Stay(start, start + HOUR)
    floating = event("2026-10-13T14:00:00", "2026-10-13T15:00:00")
    stay = stay_at(NEW_YORK, floating.start, floating.end, bookings())
    assert shown(stay, NEW_YORK) == ("10-13 14:00", "10-13 15:00")


def test_buffers() -> None:
    """Codes open earlier and later; the stay is as it was."""
    settings = bookings(before={"hours": 2}, after={"hours": 1})
    stay = Stay(NOON, NOON + DAY)
    assert stay.with_buffers(settings) == Stay(NOON - 2 * HOUR, NOON + DAY + HOUR)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, [("10-13 09:00", "10-13 12:00"), ("10-16 09:00", "10-16 12:00")]),
        ({"ends": "09:00:00"}, [("10-13 09:00", "10-14 09:00"), ("10-16 09:00", "10-17 09:00")]),
        ({"starts": "22:00", "ends": "02:00", "days": ["sun"]}, [("10-18 22:00", "10-19 02:00")]),
        ({"first_day": "2026-10-14"}, [("10-16 09:00", "10-16 12:00")]),
        ({"last_day": "2026-10-14"}, [("10-13 09:00", "10-13 12:00")]),
        ({"first_day": "2026-10-14", "last_day": "2026-10-13"}, []),
        ({"days": []}, []),
    ],
)
def test_visits(data: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """On these days, at these hours, at the lock; also over midnight."""
    settings = visitor(**data)
    found = visits(settings, date(2026, 10, 12), date(2026, 10, 18))
    stays = [stay_at(NEW_YORK, one.start, one.end, settings) for one in found]
    assert [shown(stay, NEW_YORK) for stay in stays] == expected


def test_visits_of_a_year() -> None:
    """Each has a name of its own, though all have one title."""
    found = list(visits(visitor(), date(2026, 1, 1), date(2026, 12, 31)))
    assert len(found) == len({one.known_by for one in found}) == 104
    assert {one.title for one in found} == {"Cleaner"}


# Chains


@given(
    days=st.integers(1, 400),
    hour=st.integers(0, 23),
    passed=st.integers(-40 * 24, 400 * 24),
    zone=st.sampled_from([BERLIN, NEW_YORK, UTC]),
)
def test_a_chain_grows(days: int, hour: int, passed: int, zone: tzinfo) -> None:
    """At each moment it reaches at least four weeks ahead, and at most five, in few codes."""
    arrival = datetime(2026, 10, 12, hour, tzinfo=UTC)
    wish = Stay(arrival, arrival + days * DAY + HOUR)
    now = arrival + passed * HOUR
    if now >= wish.departure:
        return
    part = chain_part(wish, None, zone, now)
    if part is None:
        assert arrival > now + HORIZON - DAY - HOUR
        return
    begin, end = part
    assert begin == wish.arrival or now - WEEK - HOUR <= begin <= now, "what is over is left out"
    assert min(wish.departure, now + HORIZON - WEEK - HOUR) <= end <= now + HORIZON
    assert end <= wish.departure
    assert chain_part(wish, end, zone, now) is None, "nothing is to be made twice"
    later = chain_part(wish, end, zone, now + WEEK + HOUR)
    if end < wish.departure:
        assert later
        assert later[0] == end or end < now + WEEK + HOUR
    else:
        assert later is None


# What entities show


def test_occupied() -> None:
    """From arrival to departure, and not a moment longer."""
    stays = [Stay(NOON, NOON + DAY), Stay(NOON + 2 * DAY, NOON + 3 * DAY)]
    moments = [NOON - HOUR, NOON, NOON + DAY - HOUR, NOON + DAY, NOON + 2.5 * DAY, NOON + 9 * DAY]
    assert [occupied(stays, now) for now in moments] == [False, True, True, False, True, False]


def test_next_arrival() -> None:
    """The first to come within 35 days."""
    stays = [Stay(NOON + 2 * DAY, NOON + 3 * DAY), Stay(NOON, NOON + DAY)]
    assert next_arrival(stays, NOON - HOUR) == NOON
    assert next_arrival(stays, NOON) == NOON + 2 * DAY
    assert next_arrival(stays, NOON + 2 * DAY) is None
    assert next_arrival(stays, NOON - HORIZON - timedelta(seconds=1)) is None
