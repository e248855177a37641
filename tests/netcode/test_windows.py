"""A wish becomes a window that the lock offers: tables first, then properties of every wish."""

from collections.abc import Iterator
import copy
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
import pickle
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, example, given, settings, strategies as st
import pytest

from custom_components.codelocks.api import Duration, DurationDetails, Netcode
from custom_components.codelocks.netcode.clocks import StandardTime, offset_clock, utc
from custom_components.codelocks.netcode.durations import (
    FALLBACK_DURATIONS,
    CodeKind,
    ImpossibleWindow,
    Possible,
    digits,
    kind_of,
    on_offer,
)
from custom_components.codelocks.netcode.windows import (
    MAX_CODES,
    Window,
    WindowRequest,
    check_answer,
    plan,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
BERLIN = ZoneInfo("Europe/Berlin")
DUBLIN = ZoneInfo("Europe/Dublin")
ADELAIDE = ZoneInfo("Australia/Adelaide")
NOW = datetime(2026, 3, 1, tzinfo=UTC)

ALL_MODES = (
    *FALLBACK_DURATIONS,
    Duration(duration_id=20, mode="standard", sub_mode="single", hours=1, days=0),
    Duration(duration_id=21, mode="standard", sub_mode="single", hours=0, days=7),
    Duration(duration_id=22, mode="rental", sub_mode="ACC", hours=0, days=14),
    Duration(duration_id=23, mode="rental", sub_mode="ACC", hours=0, days=21),
    Duration(duration_id=24, mode="rental", sub_mode="URM", hours=2880, days=120),
    Duration(duration_id=25, mode="enddate", hours=0, days=30),
    Duration(duration_id=26, mode="enddate", hours=0, days=365),
    Duration(duration_id=27, mode="24hour", hours=0, days=1),
)


def local(text: str, zone: tzinfo = LONDON) -> datetime:
    """Return "2026-03-29 04:00" in a zone; a "*" after it means the second such time in autumn."""
    return datetime.fromisoformat(text.rstrip("*")).replace(
        tzinfo=zone, fold=1 if text.endswith("*") else 0
    )


def wished(start: str, end: str, zone: tzinfo = LONDON, **asked: Any) -> WindowRequest:
    """Return a wish in the local times of Home Assistant's zone."""
    return WindowRequest(start=local(start, zone), end=local(end, zone), **asked)


def wire(windows: tuple[Window, ...]) -> list[tuple[str, int]]:
    """Return what the API would be asked for: `start` and `duration`."""
    return [(f"{window.wire_start:%Y-%m-%d %H:%M}", window.duration_id) for window in windows]


def refusal(
    wish: WindowRequest,
    durations: tuple[Duration, ...] = FALLBACK_DURATIONS,
    clock: tzinfo = LONDON,
    details: dict[int, DurationDetails] | None = None,
) -> tuple[str, dict[str, Possible]]:
    """Return why a wish is refused, and what is possible."""
    with pytest.raises(ImpossibleWindow) as refused:
        plan(wish, durations, clock, NOW, details)
    return refused.value.reason, refused.value.possible


# One code. Ids 0 to 11 are 1 to 12 hours, 12 to 18 are 1 to 7 days.


@pytest.mark.parametrize(
    ("start", "end", "start_sent", "duration_sent"),
    [
        ("2026-05-04 14:00", "2026-05-04 15:00", "2026-05-04 14:00", 0),
        ("2026-05-04 14:22", "2026-05-04 14:40", "2026-05-04 14:00", 0),
        ("2026-05-04 14:22", "2026-05-04 15:22", "2026-05-04 14:00", 1),
        ("2026-05-04 23:30", "2026-05-05 01:00", "2026-05-04 23:00", 1),
        ("2026-05-04 09:00", "2026-05-04 21:00", "2026-05-04 09:00", 11),
        ("2026-05-04 09:00", "2026-05-04 21:01", "2026-05-04 00:00", 12),
        ("2026-05-04 00:00", "2026-05-05 00:00", "2026-05-04 00:00", 12),
        ("2026-05-04 15:00", "2026-05-05 10:00", "2026-05-04 00:00", 13),
        ("2026-05-04 15:00", "2026-05-10 10:00", "2026-05-04 00:00", 18),
    ],
)
def test_the_smallest_window_that_covers_the_wish(
    start: str, end: str, start_sent: str, duration_sent: int
) -> None:
    """Hours on the hour or days from midnight, whichever is shorter."""
    assert wire(plan(wished(start, end), FALLBACK_DURATIONS, LONDON, NOW)) == [
        (start_sent, duration_sent)
    ]


# A wish in Home Assistant's zone, a lock in another, around the clock changes of 2026.
CLOCK_CHANGES = [
    # London: 29 March 01:00 -> 02:00, 25 October 02:00 -> 01:00.
    ("London", "London", "2026-03-28 23:00", "2026-03-29 00:30", ("2026-03-28 23:00", 1)),
    # Wall: 4 hours end at 04:00. Elapsed: at 05:00, which is later, and does no harm.
    ("London", "London", "2026-03-29 00:00", "2026-03-29 04:00", ("2026-03-29 00:00", 3)),
    ("London", "London", "2026-03-29 00:30", "2026-03-29 02:30", ("2026-03-29 00:00", 2)),
    ("London", "London", "2026-03-29 02:30", "2026-03-29 04:00", ("2026-03-29 02:00", 1)),
    ("London", "London", "2026-03-28 14:00", "2026-03-29 14:00", ("2026-03-28 00:00", 13)),
    # Wall: 4 hours would do. Elapsed: they end at 03:00, so it has to be 5.
    ("London", "London", "2026-10-25 00:00", "2026-10-25 04:00", ("2026-10-25 00:00", 4)),
    # 01:00 comes twice: the start is the hour before, for its first run and for its second.
    ("London", "London", "2026-10-25 01:30", "2026-10-25 01:45", ("2026-10-25 00:00", 1)),
    ("London", "London", "2026-10-25 01:30*", "2026-10-25 01:45*", ("2026-10-25 00:00", 2)),
    ("London", "London", "2026-10-25 02:00", "2026-10-25 04:00", ("2026-10-25 02:00", 1)),
    # 12 hours on the wall are 13 of real time: no code of hours is sure to last so long.
    ("London", "London", "2026-10-24 20:00", "2026-10-25 08:00", ("2026-10-24 00:00", 13)),
    ("London", "London", "2026-10-25 00:00", "2026-10-26 00:00", ("2026-10-25 00:00", 12)),
    # Berlin changes in the same moment, at 02:00 -> 03:00 and 03:00 -> 02:00.
    ("Berlin", "Berlin", "2026-03-29 01:00", "2026-03-29 05:00", ("2026-03-29 01:00", 3)),
    ("Berlin", "Berlin", "2026-10-25 01:00", "2026-10-25 05:00", ("2026-10-25 01:00", 4)),
    # Home Assistant in Berlin, the lock in London, before, in and after the change.
    ("Berlin", "London", "2026-03-28 15:00", "2026-03-28 17:00", ("2026-03-28 14:00", 1)),
    ("Berlin", "London", "2026-03-29 00:00", "2026-03-29 05:00", ("2026-03-28 23:00", 4)),
    ("Berlin", "London", "2026-03-29 15:00", "2026-03-29 17:00", ("2026-03-29 14:00", 1)),
    ("Berlin", "London", "2026-03-29 00:00", "2026-03-30 00:00", ("2026-03-28 00:00", 13)),
    # Los Angeles: 8 March 02:00 -> 03:00, 1 November 02:00 -> 01:00.
    ("Los_Angeles", "Los_Angeles", "2026-03-08 01:00", "2026-03-08 04:00", ("2026-03-08 01:00", 2)),
    ("Los_Angeles", "Los_Angeles", "2026-11-01 00:00", "2026-11-01 03:00", ("2026-11-01 00:00", 3)),
    ("London", "Los_Angeles", "2026-03-29 09:00", "2026-03-29 11:00", ("2026-03-29 01:00", 1)),
    # Kathmandu is 5:45 ahead all year: its hours start at a quarter past London's in winter.
    ("Kathmandu", "Kathmandu", "2026-03-29 14:10", "2026-03-29 15:00", ("2026-03-29 14:00", 0)),
    ("London", "Kathmandu", "2026-03-29 09:00", "2026-03-29 10:00", ("2026-03-29 13:00", 1)),
    ("London", "Kathmandu", "2026-03-29 09:15", "2026-03-29 10:15", ("2026-03-29 14:00", 0)),
    ("London", "Kathmandu", "2026-03-29 19:30", "2026-03-30 19:00", ("2026-03-30 00:00", 12)),
    # Lord Howe moves by half an hour: 5 April 02:00 -> 01:30, 4 October 02:00 -> 02:30.
    ("Lord_Howe", "Lord_Howe", "2026-04-05 01:45*", "2026-04-05 02:30", ("2026-04-05 01:00", 1)),
    ("Lord_Howe", "Lord_Howe", "2026-04-05 00:00", "2026-04-05 03:00", ("2026-04-05 00:00", 3)),
    ("Lord_Howe", "Lord_Howe", "2026-10-04 02:40", "2026-10-04 03:00", ("2026-10-04 01:00", 1)),
    ("London", "Lord_Howe", "2026-10-04 10:00", "2026-10-04 11:00", ("2026-10-04 20:00", 0)),
    # Adelaide: 5 April 03:00 -> 02:00, 4 October 02:00 -> 03:00, and half an hour off the hour.
    ("Adelaide", "Adelaide", "2026-04-05 01:00", "2026-04-05 04:00", ("2026-04-05 01:00", 3)),
    ("Adelaide", "Adelaide", "2026-10-04 01:00", "2026-10-04 04:00", ("2026-10-04 01:00", 2)),
    ("London", "Adelaide", "2026-10-25 09:00", "2026-10-25 10:00", ("2026-10-25 19:00", 1)),
    # Dublin is London's twin, though its summer time is the standard one by law.
    ("Dublin", "Dublin", "2026-03-29 00:00", "2026-03-29 04:00", ("2026-03-29 00:00", 3)),
    ("Dublin", "Dublin", "2026-10-25 00:00", "2026-10-25 04:00", ("2026-10-25 00:00", 4)),
]  # fmt: skip
ZONES = {
    name.rpartition("/")[2]: ZoneInfo(name)
    for name in (
        "Europe/London",
        "Europe/Berlin",
        "America/Los_Angeles",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Australia/Adelaide",
        "Europe/Dublin",
    )
}


@pytest.mark.parametrize(("home", "lock", "start", "end", "sent"), CLOCK_CHANGES)
def test_a_k3_lock_around_the_clock_changes(
    home: str, lock: str, start: str, end: str, sent: tuple[str, int]
) -> None:
    """The lock's wall clock is sent; the wish is covered by wall time and by elapsed time."""
    windows = plan(wished(start, end, ZONES[home]), FALLBACK_DURATIONS, ZONES[lock], NOW)
    assert wire(windows) == [sent]


KITLOCK_CLOCKS = [
    # The clock of the lock, a wish in London, what is sent.
    (UTC, "2026-03-28 14:00", "2026-03-28 16:00", "2026-03-28 14:00", 1),
    (UTC, "2026-03-29 14:00", "2026-03-29 16:00", "2026-03-29 13:00", 1),
    (UTC, "2026-03-29 00:00", "2026-03-29 04:00", "2026-03-29 00:00", 2),
    (UTC, "2026-10-25 00:00", "2026-10-25 04:00", "2026-10-24 23:00", 4),
    (UTC, "2026-07-01 00:00", "2026-07-02 00:00", "2026-06-30 00:00", 13),
    (StandardTime(LONDON), "2026-07-01 14:00", "2026-07-01 16:00", "2026-07-01 13:00", 1),
    (StandardTime(BERLIN), "2026-01-10 14:00", "2026-01-10 16:00", "2026-01-10 15:00", 1),
    (StandardTime(BERLIN), "2026-07-01 14:00", "2026-07-01 16:00", "2026-07-01 14:00", 1),
    (StandardTime(DUBLIN), "2026-01-10 14:00", "2026-01-10 15:00", "2026-01-10 14:00", 0),
    (StandardTime(DUBLIN), "2026-07-01 14:00", "2026-07-01 15:00", "2026-07-01 13:00", 0),
    (StandardTime(ADELAIDE), "2026-01-10 14:00", "2026-01-10 15:00", "2026-01-10 23:00", 1),
    (StandardTime(ADELAIDE), "2026-07-01 14:00", "2026-07-01 15:00", "2026-07-01 22:00", 1),
]  # fmt: skip


@pytest.mark.parametrize(("clock", "start", "end", "start_sent", "duration_sent"), KITLOCK_CLOCKS)
def test_a_kitlock_never_has_summer_time(
    clock: tzinfo, start: str, end: str, start_sent: str, duration_sent: int
) -> None:
    """Its clock knows nothing of the change, so neither reading matters."""
    windows = plan(wished(start, end), FALLBACK_DURATIONS, clock, datetime(2026, 1, 1, tzinfo=UTC))
    assert wire(windows) == [(start_sent, duration_sent)]


def test_the_stated_window_is_the_wall_clocks() -> None:
    """With offset, in the lock's clock; how early and late it is, is measured in real time."""
    wish = wished("2026-10-25 00:20", "2026-10-25 04:00")
    (window,) = windows = plan(wish, FALLBACK_DURATIONS, LONDON, NOW)
    assert window.start.isoformat() == "2026-10-25T00:00:00+01:00"
    assert window.end.isoformat() == "2026-10-25T05:00:00+00:00"
    assert window.sure_until.isoformat() == "2026-10-25T04:00:00+00:00"
    assert window.span == 6 * HOUR
    assert (early(wish, windows), late(wish, windows)) == (timedelta(minutes=20), HOUR)


def test_an_end_that_the_clock_skips_is_the_moment_of_the_jump() -> None:
    """One hour from 00:00 to a 01:00 that never comes."""
    (window,) = plan(
        wished("2026-03-29 00:00", "2026-03-29 00:30"), FALLBACK_DURATIONS, LONDON, NOW
    )
    assert window.end.isoformat() == "2026-03-29T02:00:00+01:00"


@pytest.mark.parametrize(
    ("zone", "start", "end", "sent"),
    [
        # Beirut's clocks go from 00:00 to 01:00 on 29 March 2026, Havana's on 8 March.
        ("Asia/Beirut", "2026-03-29 01:00", "2026-03-30 00:00", ("2026-03-29 00:00", 12)),
        ("America/Havana", "2026-03-08 02:00", "2026-03-09 00:00", ("2026-03-08 00:00", 12)),
        # Havana's go from 01:00 back to 00:00 on 1 November: the day begins the first time.
        ("America/Havana", "2026-11-01 00:30*", "2026-11-02 00:00", ("2026-11-01 00:00", 12)),
        # The midnight before the change is shown once.
        ("America/Havana", "2026-10-31 00:00", "2026-11-01 00:00", ("2026-10-31 00:00", 12)),
    ],
)
def test_a_day_whose_midnight_is_skipped_or_repeated(
    zone: str, start: str, end: str, sent: tuple[str, int]
) -> None:
    """It begins at the first moment of its date."""
    clock = ZoneInfo(zone)
    assert wire(plan(wished(start, end, clock), FALLBACK_DURATIONS, clock, NOW)) == [sent]


# A chain of codes


@pytest.mark.parametrize(
    ("start", "end", "sent"),
    [
        ("2026-05-04 14:22", "2026-05-04 15:10", [("2026-05-04 14:00", 1)]),
        ("2026-05-04 00:00", "2026-05-06 00:00", [("2026-05-04 00:00", 13)]),
        # A stay: hours until midnight, days, hours until check-out.
        (
            "2026-05-04 15:00",
            "2026-05-07 10:00",
            [("2026-05-04 15:00", 8), ("2026-05-05 00:00", 13), ("2026-05-07 00:00", 9)],
        ),
        # One night is shorter as hours.
        (
            "2026-05-04 15:00",
            "2026-05-05 10:30",
            [("2026-05-04 15:00", 11), ("2026-05-05 03:00", 7)],
        ),
        # More than 12 hours to midnight take two codes.
        (
            "2026-05-04 10:00",
            "2026-05-06 00:00",
            [("2026-05-04 10:00", 11), ("2026-05-04 22:00", 1), ("2026-05-05 00:00", 12)],
        ),
        # Nine days are more than the longest.
        (
            "2026-05-04 00:00",
            "2026-05-13 00:00",
            [("2026-05-04 00:00", 18), ("2026-05-11 00:00", 13)],
        ),
        # Through the night that has an hour twice: elapsed hours end early, so a second code.
        (
            "2026-10-25 00:00",
            "2026-10-25 04:00",
            [("2026-10-25 00:00", 3), ("2026-10-25 03:00", 0)],
        ),
    ],
)  # fmt: skip
def test_a_tight_fit(start: str, end: str, sent: list[tuple[str, int]]) -> None:
    """As few codes as possible, days in the middle, hours at the ends."""
    windows = plan(wished(start, end, fit="tight"), FALLBACK_DURATIONS, LONDON, NOW)
    assert wire(windows) == sent


@pytest.mark.parametrize("end", ["2026-10-25 01:30", "2026-10-25 01:00*", "2026-10-25 02:00"])
def test_no_tight_fit_ends_in_an_hour_that_repeats(end: str) -> None:
    """Either reading alone is possible there, but not both within the hour."""
    wish = wished("2026-10-24 22:00", end, fit="tight")
    assert refusal(wish) == ("not_tight", {"shortest": HOUR})


def test_a_tight_fit_needs_durations_that_are_short_enough() -> None:
    """A code of four hours cannot serve one."""
    durations = (Duration(duration_id=3, hours=4), Duration(duration_id=12, days=1))
    wish = wished("2026-05-04 14:00", "2026-05-04 15:00", fit="tight")
    assert refusal(wish, durations) == ("not_tight", {"shortest": 4 * HOUR})


def test_a_chain_overlaps_where_the_durations_ask_for_it() -> None:
    """Six hours of four-hour codes."""
    durations = (Duration(duration_id=3, hours=4),)
    wish = wished("2026-05-04 14:00", "2026-05-04 20:00", fit="tight")
    windows = plan(wish, durations, LONDON, NOW)
    assert wire(windows) == [("2026-05-04 14:00", 3), ("2026-05-04 16:00", 3)]


def test_a_chain_has_an_end() -> None:
    """Each code is a call and has to be typed."""
    reason, possible = refusal(wished("2026-05-04 10:00", "2026-12-24 10:00", fit="tight"))
    latest = local("2026-07-01 00:00") - timedelta(days=1)
    assert (reason, possible) == ("too_long", {"longest": 7 * DAY, "latest_end": latest})
    assert len(plan(
        wished("2026-05-04 10:00", "2026-06-30 00:00", fit="tight"), FALLBACK_DURATIONS, LONDON, NOW
    )) == MAX_CODES  # fmt: skip


# Modes


@pytest.mark.parametrize(
    ("mode", "sub_mode", "kind"),
    [
        ("standard", "alltime", CodeKind.STANDARD),
        (None, None, CodeKind.STANDARD),
        ("Standard", "Multi-Use", CodeKind.STANDARD),
        ("multi", None, CodeKind.STANDARD),
        ("standard", "single", CodeKind.SINGLE_USE),
        ("Standard Single Use", None, CodeKind.SINGLE_USE),
        (None, "one_time", CodeKind.SINGLE_USE),
        ("24 hour", None, CodeKind.HOURS_24),
        ("24hour", "single", CodeKind.HOURS_24),
        ("End Date", None, CodeKind.END_DATE),
        ("EndDate", "alltime", CodeKind.END_DATE),
        ("Medium Term Rental", None, CodeKind.MEDIUM_RENTAL),
        ("rental", "ACC", CodeKind.MEDIUM_RENTAL),
        ("ACCMode", None, CodeKind.MEDIUM_RENTAL),
        ("URM", None, CodeKind.LONG_RENTAL),
        ("Long Term Rental", "single", CodeKind.LONG_RENTAL),
        ("weekend", "access", CodeKind.OTHER),
        ("lockdown", "alltime", CodeKind.OTHER),
    ],
)
def test_the_kind_of_a_mode(mode: str | None, sub_mode: str | None, kind: CodeKind) -> None:
    """By the words of its name: the API has no fixed list. An unknown one is never standard."""
    assert kind_of(mode, sub_mode) is kind


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ({}, ("2026-05-04 14:00", 0)),
        ({"mode": "STANDARD"}, ("2026-05-04 14:00", 0)),
        ({"sub_mode": "Single"}, ("2026-05-04 14:00", 20)),
        ({"mode": "rental"}, ("2026-05-04 00:00", 22)),
        ({"mode": "Rental", "sub_mode": "urm"}, ("2026-05-04 00:00", 24)),
        ({"mode": "End Date"}, ("2026-05-04 00:00", 25)),
        ({"mode": "24hour"}, ("2026-05-04 14:00", 27)),
        ({"duration_id": 11}, ("2026-05-04 14:00", 11)),
        ({"duration_id": 12}, ("2026-05-04 00:00", 12)),
        ({"duration_id": 23}, ("2026-05-04 00:00", 23)),
        ({"mode": "rental", "duration_id": 23}, ("2026-05-04 00:00", 23)),
    ],
)
def test_another_mode_when_asked_for(asked: dict[str, Any], sent: tuple[str, int]) -> None:
    """Standard multi-use by default; names are compared without case, spaces and punctuation."""
    wish = wished("2026-05-04 14:00", "2026-05-04 15:00", **asked)
    assert wire(plan(wish, ALL_MODES, LONDON, NOW)) == [sent]


def test_modes_have_warnings() -> None:
    """The rental of 120 days comes as 2880 hours too; a day of 24 hours starts on any hour."""
    wish = wished("2026-05-04 14:30", "2026-05-04 15:00", mode="rental", sub_mode="urm")
    (rental,) = plan(wish, ALL_MODES, LONDON, NOW)
    assert (rental.kind, rental.days, rental.hours) == (CodeKind.LONG_RENTAL, 120, 0)
    assert rental.end == local("2026-09-01 00:00")
    assert rental.first_use_by is None

    wish = wished("2026-03-28 14:30", "2026-03-29 08:00", mode="rental", sub_mode="acc")
    (rental,) = plan(wish, ALL_MODES, LONDON, NOW)
    assert rental.first_use_by == local("2026-03-29 00:00")

    wish = wished("2026-05-04 14:30", "2026-05-05 14:00", mode="24hour")
    (day,) = plan(wish, ALL_MODES, LONDON, NOW)
    assert (day.start, day.end) == (local("2026-05-04 14:00"), local("2026-05-05 14:00"))


def test_a_duration_by_id_needs_no_end() -> None:
    """The end follows from its own length."""
    wish = WindowRequest(start=local("2026-05-04 14:22"), end=None, duration_id=0)
    windows = plan(wish, FALLBACK_DURATIONS, LONDON, NOW)
    assert wire(windows) == [("2026-05-04 14:00", 0)]
    assert late(wish, windows) == timedelta(0)
    assert refusal(WindowRequest(start=local("2026-02-04 14:22"), end=None, duration_id=0)) == (
        "in_the_past",
        {},
    )


def test_a_length_may_be_only_in_the_details() -> None:
    """A row without a length gets it from `duration/{id}`; without one there, it is not offered."""
    rows = (Duration(duration_id=40), Duration(duration_id=41))
    details = {
        40: DurationDetails.from_dict(
            {"Duration": [{"Days": 0, "Hours": 3}], "Mode": [{"Name": "x", "SubMode": "single"}]}
        )
    }
    (offer,) = on_offer(rows, details)
    assert (offer.hours, offer.kind, offer.label) == (3, CodeKind.SINGLE_USE, "x/single")


# Rules on starts


def rule(text: str) -> DurationDetails:
    """Return the details of a duration with a restricted start."""
    return DurationDetails.from_dict({"Rules": [{"RestrictedStartTime": text}]})


@pytest.mark.parametrize(
    ("text", "sent", "unread"),
    [
        ("00:00", "2026-05-04 00:00", None),
        ("midnight", "2026-05-04 00:00", None),
        ("06:00, 12:00:00, 18:00", "2026-05-04 12:00", None),
        ('["06:00","9:30"]', "2026-05-04 09:30", None),
        ("18:00", "2026-05-03 18:00", None),
        ("", "2026-05-04 14:00", None),
        ("whenever 12:00", "2026-05-04 14:00", "whenever 12:00"),
        ("12:00 AM", "2026-05-04 14:00", "12:00 AM"),
        ("25:00", "2026-05-04 14:00", "25:00"),
    ],
)
def test_a_restricted_start(text: str, sent: str, unread: str | None) -> None:
    """The last allowed start before the wish; an unreadable rule is reported, not followed."""
    durations = (Duration(duration_id=50, hours=24),)
    wish = wished("2026-05-04 14:30", "2026-05-04 15:00")
    (window,) = plan(wish, durations, LONDON, NOW, {50: rule(text)})
    assert wire((window,)) == [(sent, 50)]
    assert window.unread_rule == unread


def test_a_start_that_is_too_restricted() -> None:
    """The refusal says when it could start."""
    wish = wished("2026-05-04 14:00", "2026-05-04 18:00")
    durations = (Duration(duration_id=3, hours=4),)
    assert refusal(wish, durations, LONDON, {3: rule("12:00;00:00")}) == (
        "restricted_start",
        {"starts": (local("2026-05-04 00:00"), local("2026-05-04 12:00"))},
    )


def test_the_only_start_of_a_day_may_be_skipped_or_repeated() -> None:
    """Then the one of the day before is used."""
    durations = (Duration(duration_id=60, hours=48),)
    wish = wished("2026-10-25 04:00", "2026-10-25 05:00")
    assert wire(plan(wish, durations, LONDON, NOW, {60: rule("01:00")})) == [
        ("2026-10-24 01:00", 60)
    ]


# Not possible


@pytest.mark.parametrize(
    ("wish", "reason", "possible"),
    [
        (wished("2026-05-04 15:00", "2026-05-04 15:00"), "end_before_start", {}),
        (wished("2026-10-25 01:30*", "2026-10-25 01:45"), "end_before_start", {}),
        (wished("2026-02-01 15:00", "2026-03-01 00:00"), "in_the_past", {}),
        (wished("2026-05-04 15:00", "9999-12-31 23:59"), "too_far", {}),
        (wished("0001-01-01 00:00", "2026-05-04 15:00"), "too_far", {}),
        (
            wished("2026-05-04 15:00", "2026-05-11 10:00"),
            "too_long_for_mode",
            {
                "longest": 7 * DAY,
                "latest_end": local("2026-05-11 00:00"),
                "modes": "enddate, rental/ACC, rental/URM",
            },
        ),
        (
            wished("2026-05-04 15:00", "2026-05-26 10:00", mode="rental", sub_mode="ACC"),
            "too_long_for_mode",
            {
                "longest": 21 * DAY,
                "latest_end": local("2026-05-25 00:00"),
                "modes": "enddate, rental/URM",
            },
        ),
        (
            # An end date lies within 365 days from now.
            wished("2026-05-04 15:00", "2027-04-04 10:00"),
            "too_long",
            {"longest": 7 * DAY, "latest_end": local("2026-05-11 00:00")},
        ),
        (
            wished("2026-05-04 15:00", "2026-05-04 16:00", mode="forever"),
            "mode_unknown",
            {"modes": "24hour, enddate, rental/ACC, rental/URM, standard/alltime, standard/single"},
        ),
        (
            wished("2026-05-04 15:00", "2026-05-04 16:00", mode="rental", duration_id=1),
            "duration_unknown",
            {"durations": "22, 23, 24"},
        ),
        (
            wished("2026-05-04 15:00", "2026-05-04 16:00", duration_id=0, sub_mode="single"),
            "duration_unknown",
            {"durations": "20, 21"},
        ),
        (
            wished("2026-05-04 15:00", "2026-05-04 16:00", mode="rental", fit="tight"),
            "tight_standard_only",
            {"modes": "rental/ACC"},
        ),
    ],
)
def test_a_refusal_says_what_is_possible(
    wish: WindowRequest, reason: str, possible: dict[str, str]
) -> None:
    """With a translation key and its placeholders."""
    assert refusal(wish, ALL_MODES) == (reason, possible)


def test_nothing_standard_on_offer() -> None:
    """The refusal names the modes that are offered, if there are any."""
    wish = wished("2026-05-04 15:00", "2026-05-04 16:00")
    assert refusal(wish, ALL_MODES[-4:]) == (
        "mode_needed",
        {"modes": "24hour, enddate, rental/URM"},
    )
    garbage = (Duration(duration_id=1, hours=-1), Duration(duration_id=2, days=1 << 60))
    assert refusal(wish, garbage) == ("no_durations", {})


# The answer

END = datetime(2026, 5, 4, 16, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("answer", "mismatch"),
    [
        ({"Startdate": "2026-05-04T14:00:00", "DurationHours": 2, "DurationDays": 0,
          "Mode": "Standard", "SubMode": "AllTime"}, {}),
        ({}, {}),
        ({"Startdate": "2026-05-04T14:00:00+01:00", "DurationHours": 2}, {}),
        ({"Startdate": "2026-05-04T13:00:00"},
         {"start": (datetime(2026, 5, 4, 14), datetime(2026, 5, 4, 13))}),  # noqa: DTZ001 - the wire's
        ({"DurationHours": 1, "DurationDays": 0}, {"hours": (2, 1)}),
        ({"DurationHours": 2, "DurationDays": 1}, {"hours": (2, 26)}),
        ({"Mode": "rental", "SubMode": "alltime"}, {"mode": ("standard", "rental")}),
        ({"SubMode": "single"}, {"sub_mode": ("alltime", "single")}),
        # Version 3 tells no start. London's clock shows 16:00 at 15:00 UTC.
        ({"Expires": "2026-05-04 16:00:00", "DurationHours": 2}, {}),
        ({"Expires": "2026-05-04 15:00:00"}, {}),  # UTC
        ({"Expires": "2026-05-04 03:00:00"}, {}),  # twelve hours behind
        ({"Expires": "2026-05-05 05:15:00"}, {}),  # fourteen ahead, and a quarter for the late
        ({"Expires": "2026-05-05 16:00:00"}, {"expires": (END, datetime(2026, 5, 5, 16))}),  # noqa: DTZ001 - the wire's
        ({"Expires": "2026-05-04 02:00:00"}, {"expires": (END, datetime(2026, 5, 4, 2))}),  # noqa: DTZ001 - the wire's
        ({"Expires": "2026-05-04T16:10:00+01:00"}, {}),
        ({"Expires": "2026-05-04T17:00:00+01:00"},
         {"expires": (END, END + timedelta(hours=1))}),
        ({"Startdate": "2026-05-04T14:00:00", "Expires": "2030-01-01 00:00:00"}, {}),
        ({"Expires": "soon"}, {}),
        ({"Timecode": "2026/03/29/10:05", "LockID": "451254"}, {}),
        ({"Timecode": "202603291005", "LockId": "202603291005"}, {}),
        ({"Timecode": None, "LockID": "921239"}, {}),
        ({"Timecode": "2026/03/29/10:06"}, {"lock": ("202603291005", "202603291006")}),
        ({"LockId": "202603291006"}, {"lock": ("202603291005", "202603291006")}),
    ],
)  # fmt: skip
def test_the_answer_is_compared_with_the_plan(
    answer: dict[str, object], mismatch: dict[str, tuple[object, object]]
) -> None:
    """Missing fields are not compared."""
    (window,) = plan(
        wished("2026-05-04 14:00", "2026-05-04 16:00"), FALLBACK_DURATIONS, LONDON, NOW
    )
    netcode = Netcode.from_dict(answer | {"ActualNetcode": "123456"})
    assert check_answer(window, netcode, "202603291005") == mismatch


def test_the_answer_for_a_k3_lock_names_it() -> None:
    """In any case of its letters."""
    (window,) = plan(
        wished("2026-05-04 14:00", "2026-05-04 16:00"), FALLBACK_DURATIONS, LONDON, NOW
    )
    lock_id = "06040408434e47533039303739303339"
    for said, differs in ((lock_id.upper(), set()), (lock_id[::-1], {"lock"}), ("921239", set())):
        netcode = Netcode.from_dict({"ActualNetcode": "123456", "LockID": said})
        assert check_answer(window, netcode, lock_id).keys() == differs


def test_what_expires_means_for_a_rental_code_is_not_known() -> None:
    """It may be the time of first use."""
    (window,) = plan(
        wished("2026-05-04 00:00", "2026-05-06 00:00", mode="rental"), ALL_MODES, LONDON, NOW
    )
    said = {"ActualNetcode": "123456", "Expires": "2026-04-05 00:00:00"}
    assert check_answer(window, Netcode.from_dict(said), "202603291005") == {}


def test_days_may_be_answered_in_hours() -> None:
    """Or as both at once, as was seen."""
    (window,) = plan(
        wished("2026-05-04 00:00", "2026-05-06 00:00"), FALLBACK_DURATIONS, LONDON, NOW
    )
    for length in ({"DurationDays": 2}, {"DurationHours": 48, "DurationDays": 0},
                   {"DurationDays": 2, "DurationHours": 48}):  # fmt: skip
        answer = Netcode.from_dict(length | {"ActualNetcode": "123456"})
        assert check_answer(window, answer, "202603291005") == {}


def test_digits() -> None:
    """For models whose digits are known."""
    models = ("K3CONNECT", "KL1060", "kl1060c2", "KL1060G3", "KL1550")
    assert [digits(model) for model in models] == [6, 6, 7, 7, None]


# Clocks


@pytest.mark.parametrize(
    ("offset", "minutes"),
    [("+0100", 60), ("+05:30", 330), ("-0330", -210), ("+01", 60), ("-12:00", -720), ("Z", 0)],
)
def test_an_offset_is_a_clock(offset: str, minutes: int) -> None:
    """As the cloud writes it, and in ISO form."""
    assert offset_clock(offset) == timezone(timedelta(minutes=minutes))


@pytest.mark.parametrize("offset", [None, "", "0100", "+2500", "+0160", "Europe/London", "+1"])
def test_an_invalid_offset(offset: str | None) -> None:
    """It gives no clock."""
    assert offset_clock(offset) is None


@pytest.mark.parametrize(
    ("zone", "moment", "hours"),
    [
        ("Europe/London", "2026-01-15", 0),
        ("Europe/London", "2026-07-15", 0),
        ("Europe/Dublin", "2026-01-15", 0),
        ("Europe/Dublin", "2026-07-15", 0),
        ("Australia/Adelaide", "2026-01-15", 9.5),
        ("Australia/Lord_Howe", "2026-01-15", 10.5),
        ("Australia/Lord_Howe", "2026-07-15", 10.5),
        ("America/Los_Angeles", "2026-07-15", -8),
        ("Asia/Kathmandu", "2026-07-15", 5.75),
        ("Asia/Almaty", "2024-01-15", 6),  # Kazakhstan moved its standard on 1 March 2024.
        ("Asia/Almaty", "2024-04-15", 5),
        ("Africa/Windhoek", "2016-07-15", 1),  # Namibia wrote its winter as Ireland does.
        ("Africa/Windhoek", "2026-07-15", 2),
    ],
)
def test_standard_time(zone: str, moment: str, hours: float) -> None:
    """It is the zone's own time, without summer time."""
    clock = StandardTime(ZoneInfo(zone))
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(clock)
    assert at.utcoffset() == timedelta(hours=hours)
    assert at.dst() == timedelta(0)
    assert at.tzname() == f"{zone} (standard time)"
    assert at.astimezone(UTC).isoformat() == f"{moment}T00:00:00+00:00"
    assert copy.deepcopy(at) == pickle.loads(pickle.dumps(at)) == at  # noqa: S301 - our own
    assert time(tzinfo=clock).utcoffset() is None


# Properties of every wish

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no failure."""

zones = st.sampled_from(
    [*ZONES.values(), UTC, StandardTime(BERLIN), StandardTime(ADELAIDE),
     ZoneInfo("Asia/Beirut"), ZoneInfo("America/Havana"), ZoneInfo("America/St_Johns")]
)  # fmt: skip
CHANGES_2026 = [
    datetime(2026, month, day, hour, tzinfo=UTC)
    for month, day, hour in (
        (3, 8, 10), (3, 29, 1), (4, 4, 15), (4, 4, 16), (10, 3, 16), (10, 25, 1), (11, 1, 5),
        (11, 1, 9), (6, 15, 0),
    )
]  # fmt: skip
starts = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CHANGES_2026),
    st.one_of(st.integers(-240, 240), st.integers(-8 * 1440, 2 * 1440)),
)
lengths = st.one_of(st.integers(1, 780), st.integers(1, 6 * 1440)).map(
    lambda minutes: timedelta(minutes=minutes)
)
offers = st.lists(st.sampled_from(FALLBACK_DURATIONS), min_size=1, unique=True).map(tuple)


def attempt(
    wish: WindowRequest,
    durations: tuple[Duration, ...],
    clock: tzinfo,
    now: datetime = NOW - 30 * DAY,
) -> tuple[tuple[Window, ...], str]:
    """Return the plan, and why there is none."""
    try:
        return plan(wish, durations, clock, now), ""
    except ImpossibleWindow as refused:
        return (), f"{refused.reason} {refused.possible}"


def length_of(duration: Duration) -> timedelta:
    """Return how long a duration is by its name."""
    return timedelta(days=duration.days or 0, hours=duration.hours or 0)


def readings(wall: datetime, duration: Duration, clock: tzinfo) -> tuple[datetime, datetime]:
    """Return the ends of a code by wall and by elapsed time, computed without the planner."""
    length = length_of(duration)
    by_wall = (wall + length).replace(tzinfo=clock).astimezone(UTC)
    elapsed = wall.replace(tzinfo=clock).astimezone(UTC) + length
    return by_wall, by_wall if duration.days else elapsed


def every_window(
    wish: WindowRequest, duration: Duration, clock: tzinfo
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Return (start, end by wall, safe end) of a duration's windows that start by the wish."""
    day = wish.start.astimezone(clock).replace(tzinfo=None, hour=0, minute=0, second=0)
    for hours in range(-24, 24, 24 if duration.days else 1):
        wall = day + hours * HOUR
        folds = {wall.replace(tzinfo=clock, fold=fold).utcoffset() for fold in (0, 1)}
        start = wall.replace(tzinfo=clock).astimezone(UTC)
        if start <= wish.start and (duration.days or len(folds) == 1):
            ends = readings(wall, duration, clock)
            yield start, ends[0], min(ends)


@unhurried
@given(zones, starts, lengths, offers)
@example(LONDON, CHANGES_2026[5] - HOUR, 2 * HOUR, FALLBACK_DURATIONS)
def test_one_code_covers_and_is_the_smallest(
    clock: tzinfo, start: datetime, length: timedelta, durations: tuple[Duration, ...]
) -> None:
    """Under either reading; and it starts on the hour or at midnight of the lock's clock."""
    wish = WindowRequest(start=start, end=start + length)
    covering = [
        length_of(duration)
        for duration in durations
        if any(sure >= start + length for *_, sure in every_window(wish, duration, clock))
    ]
    windows, reason = attempt(wish, durations, clock)
    if not covering:
        assert reason.startswith("too_long ")
        return
    (window,) = windows
    (duration,) = [row for row in durations if row.duration_id == window.duration_id]
    assert window.start.astimezone(UTC) <= start
    assert min(readings(window.wire_start, duration, clock)) >= start + length
    assert length_of(duration) == min(covering)
    on_time = window.wire_start.replace(tzinfo=clock).astimezone(UTC)
    assert on_time == window.start.astimezone(UTC)
    assert (window.wire_start.minute, window.wire_start.second) == (0, 0)
    assert not window.days or window.wire_start.hour == 0


def early(wish: WindowRequest, windows: tuple[Window, ...]) -> timedelta:
    """Return how long before the wish the windows begin."""
    return utc(wish.start) - utc(windows[0].start)


def late(wish: WindowRequest, windows: tuple[Window, ...]) -> timedelta:
    """Return how long after the wish the windows end."""
    return utc(windows[-1].end) - utc(wish.end or windows[-1].end)


def repeats(clock: tzinfo, end: datetime) -> bool:
    """Return whether the clock goes back near a moment, so that times repeat."""
    offsets = [(end + hours * HOUR).astimezone(clock).utcoffset() for hours in (-2, 2)]
    return offsets[0] > offsets[1]  # type: ignore[operator]  # both are aware


def skips_the_hour(clock: tzinfo, start: datetime) -> bool:
    """Return whether the clock skips the start of a moment's hour, as in Lord Howe."""
    hour = start.astimezone(clock).replace(minute=0, second=0, microsecond=0)
    shown = hour.astimezone(UTC).astimezone(clock)
    return shown.replace(tzinfo=None) != hour.replace(tzinfo=None)


@unhurried
@given(zones, starts, lengths)
@example(ZoneInfo("America/Havana"), CHANGES_2026[6] + 59 * HOUR / 60, 61 * HOUR / 60)
@example(ZoneInfo("Australia/Lord_Howe"), datetime(2026, 10, 3, 15, 59, tzinfo=UTC), HOUR / 60)
def test_a_tight_fit_covers_and_never_passes_the_end_by_an_hour(
    clock: tzinfo, start: datetime, length: timedelta
) -> None:
    """It is refused only if the clock repeats times as the wish ends."""
    wish = WindowRequest(start=start, end=start + length, fit="tight")
    windows, reason = attempt(wish, FALLBACK_DURATIONS, clock)
    if not windows:
        assert reason.startswith("not_tight ")
        assert repeats(clock, start + length)
        return
    reached = start
    for window in windows:
        assert window.start.astimezone(UTC) <= reached
        reached = window.sure_until
        assert window.end.astimezone(UTC) < start + length + HOUR
    assert reached >= start + length
    assert late(wish, windows) < HOUR
    if not repeats(clock, start):
        assert early(wish, windows) < (HOUR * 3 / 2 if skips_the_hour(clock, start) else HOUR)


@unhurried
@given(zones, starts, lengths, offers)
def test_a_tight_fit_is_one_code_where_one_would_do(
    clock: tzinfo, start: datetime, length: timedelta, durations: tuple[Duration, ...]
) -> None:
    """A code that starts in the hour of the wish and does not pass its end."""
    end = start + length
    wish = WindowRequest(start=start, end=end, fit="tight")
    assume(
        any(
            begin > start - HOUR and sure >= end and by_wall < end + HOUR
            for duration in durations
            for begin, by_wall, sure in every_window(wish, duration, clock)
        )
    )
    assert len(plan(wish, durations, clock, NOW - 30 * DAY)) == 1


@unhurried
@given(zones, starts, lengths, st.sampled_from(["single", "tight"]), st.permutations(ALL_MODES))
def test_two_plans_of_a_wish_are_the_same(
    clock: tzinfo, start: datetime, length: timedelta, fit: str, shuffled: list[Duration]
) -> None:
    """Whatever the zone of the wish, the order of the list, and the time of the request."""
    wish = WindowRequest(start=start, end=start + length, fit=fit)  # type: ignore[arg-type]
    other = WindowRequest(
        start=start.astimezone(BERLIN),
        end=(start + length).astimezone(ZONES["Kathmandu"]),
        fit=fit,  # type: ignore[arg-type]
    )
    first = attempt(wish, ALL_MODES, clock, NOW - 30 * DAY)
    assert first == attempt(other, tuple(shuffled), clock, NOW - 20 * DAY)


@unhurried
@given(st.sampled_from(list(ZONES.values())), starts, starts)
def test_standard_time_stands_still(zone: ZoneInfo, one: datetime, other: datetime) -> None:
    """No zone changes it in 2026: it is the lesser of its offsets, and converts both ways."""
    clock = StandardTime(zone)
    at, at_other = one.astimezone(clock), other.astimezone(clock)
    assert at.utcoffset() == at_other.utcoffset()
    assert at.utcoffset() in (
        datetime(2026, 1, 15, tzinfo=zone).utcoffset(),
        datetime(2026, 7, 15, tzinfo=zone).utcoffset(),
    )
    assert at.utcoffset() <= one.astimezone(zone).utcoffset()  # type: ignore[operator]
    assert at.astimezone(UTC) == one
