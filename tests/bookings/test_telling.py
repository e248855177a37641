"""Who is told what: the guest each code once, the owner each problem once, and its end."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bookings.house import (
    BERLIN,
    DAY,
    HOUR,
    MINUTE,
    QUARTER,
    House,
    bookings,
    event,
)

STAY = event("2026-10-13", "2026-10-16", uid="a")


def house(*events: Any, **data: Any) -> House:
    """Return a house with events in its calendar."""
    return House(bookings(**data), events=list(events))


# The guest


def test_two_phones() -> None:
    """Each notify entity gets it; one that fails gets it later, the other not again."""
    one = house(STAY, notify_entity_id=["notify.guest", "notify.host"])
    one.down = {"notify.guest"}
    one.look()
    assert [to for to, _ in one.messages] == ["notify.host"]
    assert one.news() == [("not_sent", False, "no signal")]
    assert one.told_owner[0].place == "notify.guest"
    one.wait(2 * HOUR)
    one.restart()
    one.down.clear()
    one.wait(HOUR)
    assert [to for to, _ in one.messages] == ["notify.host", "notify.guest"]
    one.wait(DAY)
    assert len(one.messages) == 2
    assert len(one.news()) == 1, "its end is no news"


def test_a_phone_that_is_not_asked_any_more() -> None:
    """A notify entity that left the settings is no problem."""
    one = house(STAY)
    one.down = {"notify.guest"}
    one.look()
    one.settings = bookings(notify_entity_id=["notify.host"])
    one.wait(DAY)
    assert one.kept.problems == ()
    assert one.messages == [], "what was told once is not told to others"


def test_no_phone() -> None:
    """Without one codes are made all the same, and told as soon as there is one."""
    one = house(STAY, notify_entity_id=[])
    one.look()
    assert (len(one.calls), one.messages, one.told_owner) == (1, [], [])
    one.settings = bookings()
    one.look()
    assert len(one.messages) == 1


@pytest.mark.parametrize("problem", ["clock_is_lost", "clock_is_unknown", "zone_is_unknown"])
def test_a_clock_that_cannot_be_relied_on(problem: str) -> None:
    """The code is not sent to the guest but its owner told; once it is mended, the guest is."""
    one = house(STAY)
    one.locks["front"].model = "KL1060"
    one.locks["front"].clock_problem = problem
    one.look()
    assert (len(one.calls), one.messages) == (1, [])
    assert one.news() == [("unreliable", False, problem)]
    one.wait(2 * HOUR)
    one.restart()
    assert len(one.news()) == 1
    one.locks["front"].clock_problem = None
    one.wait(QUARTER)
    assert len(one.messages) == len(one.calls) == len(one.news()) == 1
    one.locks["front"].clock_problem = problem
    one.look()
    assert len(one.news()) == 2, "the guest may stand at the door"


@pytest.mark.parametrize(
    ("model", "digits", "sent"), [("KL1060G3", 6, 0), ("KL1060G3", 7, 1), ("KL2000", 6, 1)]
)
def test_wrong_digits(model: str, digits: int, sent: int) -> None:
    """6 digits for a model of 7 do not open; for one that is not known nobody can say."""
    one = house(STAY)
    one.locks["front"].model = model
    one.locks["front"].digits = digits
    one.look()
    assert len(one.messages) == sent
    assert one.news() == [] if sent else [("unreliable", False, "digits")]


# The owner


def test_an_owner_who_cannot_be_reached() -> None:
    """News wait, over a restart too, and come once."""
    one = house(event("2026-10-13", "2026-10-24"), fit="single")
    one.down = {"notify.me"}
    one.wait(HOUR)
    assert len(one.happened) == 1
    one.restart()
    one.down.clear()
    one.wait(HOUR)
    assert one.news() == [("no_code", False, "too_long")]


def test_nobody_to_tell() -> None:
    """Without an owner's phone problems show as events, and do not pile up."""
    one = house(event("2026-10-13", "2026-10-24"), fit="single", tell_owner=[])
    one.wait(HOUR)
    assert len(one.happened) == 1
    assert one.kept.news == ()
    one.settings = bookings(fit="single")
    one.look()
    assert one.told_owner == []


def test_no_code_an_hour_before_arrival() -> None:
    """Before that there is hope; the end is told, unless the guest has left."""
    one = house(STAY)
    one.fails["front"] = 10**6
    one.wait(23 * HOUR + 45 * MINUTE)
    assert one.told_owner == []
    one.wait(QUARTER)
    assert one.news() == [("no_code", False, "503")]
    assert one.now == datetime(2026, 10, 13, 14, tzinfo=BERLIN)
    [news] = one.told_owner
    assert (news.title, news.place) == ("Anna", "front")
    assert (news.start, news.end) == (
        datetime(2026, 10, 13, 15, tzinfo=BERLIN),
        datetime(2026, 10, 16, 11, tzinfo=BERLIN),
    )
    one.wait(5 * DAY)
    assert len(one.news()) == 1
    assert one.kept.problems == ()


def test_a_calendar_that_is_away() -> None:
    """Told after a day, and when it is back; bookings that are known are served meanwhile."""
    one = house(event("2026-10-13", "2026-12-30", uid="a"))
    one.look()
    one.events = None
    one.wait(23 * HOUR)
    assert one.told_owner == []
    one.restart()
    one.wait(2 * HOUR)
    assert one.news() == [("calendar_unreadable", False, "")]
    made = len(one.calls)
    one.wait(8 * DAY, step=HOUR)
    assert len(one.news()) == 1
    assert len(one.calls) > made, "the chain grows"
    one.events = [event("2026-10-13", "2026-12-30", uid="a")]
    one.look()
    assert one.news()[1:] == [("calendar_unreadable", True, "")]
    one.wait(5 * HOUR)
    assert one.withdrawn == []
    assert len(one.news()) == 2


def test_a_calendar_that_is_away_for_a_while() -> None:
    """Nobody hears of it, also when it was switched off for days."""
    one = house(STAY)
    one.look()
    one.events = None
    one.look()
    one.events = [STAY]
    one.look()
    one.restart()
    one.now += 2 * DAY
    one.events = None
    one.wait(HOUR)
    assert one.told_owner == []
    assert one.kept.unreadable_since == datetime(2026, 10, 14, 12, 15, tzinfo=UTC)
