"""What the owner chose, read from a subentry: whatever is in there."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks import const
from custom_components.codelocks.bookings.settings import (
    BookingsSettings,
    Fit,
    InviteAs,
    VisitorSettings,
    WholeDaysEnd,
)
from custom_components.codelocks.bookings.values import plain_title, read_length, read_time
from tests.bookings.house import DAY, HOUR

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["stay", "telling", "more"]
    + [value for name, value in vars(const).items() if name.startswith("CONF_")]
)


def test_bookings() -> None:
    """As the form stores it, in its sections."""
    settings = BookingsSettings.from_data(
        "sub",
        "Flat",
        {
            "calendar_entity_id": "calendar.flat",
            "locks": ["front", "gate", "front"],
            "stay": {
                "check_in": "16:00:00",
                "check_out": "10:30:00",
                "whole_days_end": "last_day",
                "before": {"hours": 1},
                "after": {"minutes": 30},
                "fit": "tight",
            },
            "telling": {
                "lead": {"days": 3, "hours": 12},
                "notify_entity_id": ["notify.guest"],
                "message": "{codes}",
                "tell_owner": "notify.me",
            },
            "more": {"ignore": ["Blocked"], "invite": "standard", "keep_calls": 7.0},
        },
    )
    assert settings.calendar_entity_id == "calendar.flat"
    assert settings.locks == ("front", "gate")
    assert (settings.check_in, settings.check_out) == (time(16), time(10, 30))
    assert settings.whole_days_end is WholeDaysEnd.LAST_DAY
    assert (settings.before, settings.after) == (HOUR, HOUR / 2)
    assert settings.fit is Fit.TIGHT
    assert settings.lead == 3.5 * DAY
    assert settings.notify_entity_ids == ("notify.guest",)
    assert settings.message == "{codes}"
    assert settings.tell_owner == ("notify.me",)
    assert settings.ignores("BLOCKED ")
    assert settings.invite is InviteAs.STANDARD
    assert settings.keep_calls == 7
    assert settings.reference("key") == "booking:sub:key"


def test_defaults() -> None:
    """What is not said is what the contract says."""
    settings = BookingsSettings.from_data("sub", "Flat", {})
    assert (settings.check_in, settings.check_out) == (time(15), time(11))
    assert settings.whole_days_end is WholeDaysEnd.NEXT_DAY
    assert (settings.before, settings.after) == (timedelta(), timedelta())
    assert (settings.fit, settings.invite) == (Fit.AUTO, InviteAs.OFF)
    assert (settings.lead, settings.keep_calls) == (2 * DAY, 5)
    assert settings.message is None
    assert settings.ignores("Airbnb (Not available)")
    assert VisitorSettings.from_data("sub", "Anna", {}).lead == DAY


def test_visitor() -> None:
    """As the form stores it."""
    settings = VisitorSettings.from_data(
        "sub",
        "Cleaner",
        {
            "locks": ["front"],
            "days": ["tue", "fri"],
            "starts": "09:00:00",
            "ends": "12:30:00",
            "first_day": "2026-10-13",
            "last_day": date(2026, 12, 1),
            "lead": {"days": 0},
        },
    )
    assert settings.days == {1, 4}
    assert (settings.starts, settings.ends) == (time(9), time(12, 30))
    assert (settings.first_day, settings.last_day) == (date(2026, 10, 13), date(2026, 12, 1))
    assert settings.lead == timedelta()
    assert settings.keep_calls == 0
    assert settings.reference("key") == "visitor:sub:key"


@pytest.mark.parametrize(
    "value",
    ["16:00:00", "16:00", "57600", 57600, 57600.0, time(16), timedelta(hours=16), {"hours": 16}],
)
def test_time_of_day(value: object) -> None:
    """YAML reads 16:00:00 as a number of seconds."""
    assert read_time(value) == time(16)


@pytest.mark.parametrize("value", ["", "soon", "25:00", -1, 90000, True, None, [], {}, {"x": 1}])
def test_no_time_of_day(value: object) -> None:
    """What is none becomes the default."""
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for nobody
        read_time(value)
    settings = BookingsSettings.from_data("sub", "Flat", {"check_in": value})
    assert settings.check_in == time(15)


def test_other_times_of_day() -> None:
    """Midnight has two names, and a moment has a time of day."""
    assert read_time("24:00") == read_time("0:00") == time(0)
    assert read_time(datetime(2026, 10, 12, 16, tzinfo=UTC)) == time(16)


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ({"days": 2}, 2 * DAY),
        ({"days": 1, "hours": 12, "minutes": 0, "seconds": None}, 1.5 * DAY),
        ("36:00:00", 1.5 * DAY),
        (3600, HOUR),
        (HOUR, HOUR),
    ],
)
def test_length(value: object, length: timedelta) -> None:
    """As the form, YAML and Python write it."""
    assert read_length(value) == length


@pytest.mark.parametrize("value", ["soon", {"days": "x"}, {"days": 1e300}, float("nan"), [], True])
def test_odd_lead(value: object) -> None:
    """It becomes the default, and one without end the longest."""
    assert BookingsSettings.from_data("sub", "Flat", {"lead": value}).lead == 2 * DAY
    assert BookingsSettings.from_data("sub", "Flat", {"lead": {"days": 9999}}).lead == 366 * DAY
    assert BookingsSettings.from_data("sub", "Flat", {"lead": -5}).lead == timedelta()


@pytest.mark.parametrize(
    "title",
    [
        "Airbnb (Not available)",
        "airbnb (not AVAILABLE)",
        "  Airbnb\t(Not\u00a0available) ",
        "Airbnb  (Not available)",
        "Airbnb(Not available)",
        "Airbnb\u200b (Not available)",
        "Ａirbnb (Not available)",  # noqa: RUF001 - a wide A
    ],
)
def test_blocked_days(title: str) -> None:
    """Titles compare without case, and with any white space."""
    assert BookingsSettings.from_data("sub", "Flat", {}).ignores(title)


def test_other_titles() -> None:
    """No title is not a blocked day."""
    settings = BookingsSettings.from_data("sub", "Flat", {})
    assert not settings.ignores("")
    assert not settings.ignores("Airbnb (Not available) Anna")
    assert plain_title("Straße 5") == plain_title("STRASSE5")


@given(st.dictionaries(FIELDS, JSON))
def test_anything(data: dict[str, Any]) -> None:
    """Whatever a subentry holds, it can be read."""
    for kind in (BookingsSettings, VisitorSettings):
        settings = kind.from_data("sub", "Flat", data)
        assert timedelta() <= settings.lead <= 366 * DAY
        assert all(isinstance(lock, str) for lock in settings.locks)
