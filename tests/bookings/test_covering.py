"""The codes of bookings: made once, in time, for the right times, within the calls there are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from custom_components.codelocks.bookings.kept import NewsKind
from custom_components.codelocks.bookings.waits import Reason, longer_wait
from custom_components.codelocks.netcode.durations import FALLBACK_DURATIONS
from tests.bookings.house import (
    BERLIN,
    DAY,
    HOUR,
    MINUTE,
    NEW_YORK,
    NOON,
    QUARTER,
    House,
    Lock,
    bookings,
    event,
    visitor,
)


def house(*events: Any, **data: Any) -> House:
    """Return a house with events in its calendar."""
    return House(bookings(**data), events=list(events))


def two_doors(**data: Any) -> House:
    """Return a house with a front door and a gate, and Anna's booking."""
    settings = bookings(locks=["front", "gate"], **data)
    one = House(settings, locks={"front": Lock("front"), "gate": Lock("gate")})
    one.events = [event("2026-10-13", "2026-10-16", uid="a")]
    return one


# When


def test_a_code_two_days_before() -> None:
    """Made when its time has come, told once, and paid once."""
    one = house(event("2026-10-15", "2026-10-18"))
    one.look()
    assert one.kept.bookings == (), "there is nothing to remember yet"
    one.wait(2 * DAY - 24 * HOUR + HOUR)
    assert one.windows() == [("10-15 00", "10-19 00")]
    assert len(one.messages) == len(one.calls) == 1
    assert one.calls[0][1] == datetime(2026, 10, 13, 13, tzinfo=UTC), "15:00 in Berlin"
    one.restart()
    one.wait(6 * DAY)
    one.restart()
    assert len(one.messages) == len(one.calls) == 1
    assert one.told_owner == []
    one.events = []
    one.wait(4 * DAY)
    assert one.kept.bookings == (), "and is forgotten in time"
    assert one.told_owner == []


def test_a_buffer_counts() -> None:
    """The lead is reckoned from when the code opens."""
    one = house(event("2026-10-14", "2026-10-15"), before={"hours": 3}, after={"hours": 14})
    one.look()
    assert one.windows() == [("10-14 00", "10-17 00")]


def test_made_two_hours_before_arrival() -> None:
    """A lead of a day does not pass over what comes later: it is served at once."""
    start = NOON + 2 * HOUR
    one = house(event(start, start + 3 * HOUR), lead={"days": 1})
    one.look()
    assert one.windows() == [("10-12 16", "10-12 19")]
    assert len(one.messages) == 1


def test_a_stay_under_way() -> None:
    """A guest who is there already is let in; one who has left is not."""
    one = house(event("2026-10-10", "2026-10-13", "Anna"), event("2026-10-10", "2026-10-12", "Ben"))
    one.look()
    assert [row.name for row in one.rows()] == ["Anna"]


def test_zones() -> None:
    """Home Assistant in New York, one door in Berlin, another in New York: each its own times."""
    one = two_doors(check_in="14:00:00", check_out="16:00:00", fit="tight")
    one.zone = NEW_YORK
    one.locks["gate"].zone = NEW_YORK
    one.look()
    starts = {owner: next(row.start for row in one.rows(owner)) for owner in ("front", "gate")}
    assert starts["front"] == datetime(2026, 10, 13, 14, tzinfo=BERLIN)
    assert starts["gate"] == datetime(2026, 10, 13, 14, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("data", "windows"),
    [
        ({"check_in": 57600, "fit": "tight"}, [("10-13 16", "10-14 04"), ("10-14 04", "10-14 11")]),
        ({}, [("10-13 00", "10-15 00")]),
    ],
)
def test_a_one_day_event(data: dict[str, Any], windows: list[tuple[str, str]]) -> None:
    """It is one night."""
    one = house(event("2026-10-13", "2026-10-13"), **data)
    one.look()
    assert one.windows() == windows


# Which


@pytest.mark.parametrize(
    ("fit", "nights", "count"),
    [
        ("auto", 6, 1),
        ("auto", 7, 3),
        ("single", 6, 1),
        ("tight", 1, 2),
        ("tight", 6, 3),
    ],
)
def test_fit(fit: str, nights: int, count: int) -> None:
    """One code where one covers the stay, else a chain; or as the owner says."""
    one = house(event("2026-10-13", f"2026-10-{13 + nights}"), fit=fit)
    one.look()
    assert len(one.rows()) == len(one.calls) == count
    assert len(one.messages) == 1, "one message for all"


def test_single_that_no_code_covers() -> None:
    """It is a problem that is told at once, not paid, and over when the stay is shorter."""
    one = house(event("2026-10-13", "2026-10-24", uid="a"), fit="single")
    one.look()
    assert one.news() == [("no_code", False, "too_long")]
    one.wait(DAY)
    assert (len(one.news()), one.calls) == (1, [])
    one.events = [event("2026-10-13", "2026-10-17", uid="a")]
    one.look()
    assert one.news()[1:] == [("no_code", True, "")]
    assert len(one.messages) == 1


def test_another_fit_after_a_problem() -> None:
    """What the owner mends is tried at once."""
    one = house(event("2026-10-13", "2026-10-24", uid="a"), fit="single")
    one.look()
    one.settings = bookings()
    one.look()
    assert len(one.messages) == 1
    assert one.news()[-1] == ("no_code", True, "")


def test_a_stay_of_90_days() -> None:
    """A chain is made five weeks ahead, and grows as it comes near; each code is told once."""
    one = house(event("2026-10-13", "2027-01-11", uid="a"))
    one.look()
    assert one.rows()[-1].end <= NOON + 35 * DAY
    assert len(one.calls) == 5
    arrival = datetime(2026, 10, 13, 15, tzinfo=BERLIN)
    departure = datetime(2027, 1, 11, 11, tzinfo=BERLIN)
    for _ in range(100):
        one.wait(DAY, step=6 * HOUR)
        here = [row for row in one.rows() if row.start <= one.now < row.end]
        assert here or not arrival <= one.now < departure
    assert one.rows()[-1].end == departure
    told = [row_id for _, ids in one.messages for row_id in ids]
    assert sorted(told) == sorted({row.id for row in one.ledger.rows()})
    assert len(one.calls) == len(told) == 15
    assert not any(one.changed), "nothing that was told is void"
    assert one.told_owner == []
    assert one.withdrawn == []


def test_a_stay_that_has_been_running_for_66_days() -> None:
    """What is over is not made; the rest is."""
    one = house(event("2026-08-07", "2026-11-05", uid="a"))
    one.look()
    assert one.rows()[0].start <= NOON < one.rows()[0].end
    assert one.rows()[-1].end == datetime(2026, 11, 5, 11, tzinfo=BERLIN)
    assert len(one.calls) <= 6


def test_far_away() -> None:
    """With a long lead the chain of a stay beyond its reach waits, and is no problem."""
    one = house(event("2026-12-01", "2026-12-24"), lead={"days": 100})
    one.look()
    assert (one.calls, one.told_owner) == ([], [])
    one.wait(20 * DAY, step=6 * HOUR)
    assert one.calls
    assert one.told_owner == []


def test_a_code_that_the_owner_withdrew() -> None:
    """It is not made again, alone or in a chain, also as the chain grows."""
    for nights in ("2026-10-16", "2027-01-11"):
        one = house(event("2026-10-13", nights, uid="a"))
        one.look()
        taken = one.rows()[0]
        one.ledger = one.ledger.withdraw(taken.id)
        one.wait(2 * DAY)
        one.restart()
        one.wait(10 * DAY, step=HOUR)
        assert [row.start for row in one.ledger.rows()].count(taken.start) == 1
        assert len({key for key, _ in one.calls}) == len(one.calls)
        assert one.told_owner == []


# Doors


def test_two_doors_one_message() -> None:
    """The guest gets the codes of all doors together."""
    one = two_doors()
    one.look()
    assert [len(codes) for _, codes in one.messages] == [2]


def test_a_door_that_fails() -> None:
    """The others are not held up for long; no code is told twice."""
    one = two_doors()
    one.fails["gate"] = 1
    one.look()
    assert (len(one.rows()), one.messages) == (1, []), "it waits for the other"
    one.wait(QUARTER)
    assert [len(codes) for _, codes in one.messages] == [2]

    one = two_doors()
    one.fails["gate"] = 99
    one.wait(QUARTER)
    one.wait(HOUR)
    assert [len(codes) for _, codes in one.messages] == [1]
    one.fails.clear()
    one.wait(7 * HOUR)
    assert [len(codes) for _, codes in one.messages] == [1, 1]


def test_a_door_that_is_gone() -> None:
    """It costs itself; an hour before arrival the owner hears of it, and when it is back."""
    one = two_doors()
    gate = one.locks.pop("gate")
    one.wait(2 * HOUR)
    assert [len(codes) for _, codes in one.messages] == [1]
    one.wait(23 * HOUR)
    assert one.news() == [("no_code", False, "lock_gone")]
    assert one.told_owner[0].place == "gate"
    one.locks["gate"] = gate
    one.look()
    assert one.news()[1:] == [("no_code", True, "")]
    assert [len(codes) for _, codes in one.messages] == [1, 1]


def test_an_account_that_is_away() -> None:
    """Codes that are made open all the same: nobody is told that there are none."""
    one = two_doors()
    one.look()
    one.unloaded["gate"] = one.locks.pop("gate").owner
    one.wait(27 * HOUR)
    assert one.told_owner == []
    one.events = [*(one.events or ()), event("2026-10-13", "2026-10-15", "Ben", uid="b")]
    one.look()
    assert one.news() == [("no_code", False, "lock_gone")]
    assert one.told_owner[0].title == "Ben"


def test_a_lock_that_was_paired_anew() -> None:
    """Its codes are made again, and replace those that open no more."""
    one = house(event("2026-10-13", "2026-10-16", uid="a"))
    one.look()
    [old] = one.rows()
    one.locks["front"].seed = "another"
    one.look()
    [new] = one.rows()
    assert (new.id != old.id, one.withdrawn, one.changed) == (True, [], [False, True])
    assert one.ledger.get(old.id)
    one.wait(HOUR)
    assert len(one.calls) == len(one.messages) == 2


def test_a_lock_that_is_another_device() -> None:
    """With the new one in the settings the guest gets its code; the old one's codes stay."""
    one = two_doors()
    one.look()
    one.settings = bookings(locks=["front", "new"])
    one.locks["new"] = Lock("new")
    one.look()
    assert [row.owner for row in one.rows()] == ["front", "gate", "new"]
    assert [len(codes) for _, codes in one.messages] == [2, 1]


def test_durations_that_are_not_known() -> None:
    """Nothing is guessed; it goes on when they are."""
    one = house(event("2026-10-13", "2026-10-16"))
    one.locks["front"].durations = None
    one.wait(DAY + 2 * HOUR)
    assert one.news() == [("no_code", False, "durations_unknown")]
    one.locks["front"].durations = FALLBACK_DURATIONS
    one.look()
    assert one.news()[1:] == [("no_code", True, "")]


# Calls


def test_failures_wait_longer_each_time() -> None:
    """A cloud that is down for two days takes few calls, and the guest is served after it."""
    one = house(event("2026-10-13", "2026-10-16"))
    one.fails["front"] = 10**6
    one.wait(26 * HOUR)
    assert len(one.failed_calls) <= 16
    gaps = [
        later - call for call, later in zip(one.failed_calls, one.failed_calls[1:], strict=False)
    ]
    assert min(gaps) >= 10 * MINUTE
    assert one.news() == [("no_code", False, "503")]
    tried = len(one.failed_calls)
    one.fails.clear()
    one.fails["front"] = 1
    for _ in range(12):
        one.restart()
        one.wait(5 * MINUTE)
    assert len(one.failed_calls) <= tried + 1, "a restart does not forget"
    one.wait(6 * HOUR)
    assert one.news()[1:] == [("no_code", True, "")]
    assert len(one.messages) == 1


def test_a_call_that_is_refused() -> None:
    """Where trying again cannot help it is not tried again, and told at once."""
    one = house(event("2026-10-13", "2026-10-16", uid="a"))
    one.refuses = True
    one.wait(DAY)
    assert len(one.failed_calls) == 1
    assert one.news() == [("no_code", False, "503")]
    one.events = [event("2026-10-13", "2026-10-17", uid="a")]
    one.refuses = False
    one.look()
    assert len(one.messages) == 1, "another wish is another question"


def test_an_account_that_rests() -> None:
    """After failures that are the cloud's, no booking of the account is tried."""
    one = house(event("2026-10-13", "2026-10-16"))
    one.account_wait = longer_wait(None, "503", NOON, NOON + DAY)
    one.look()
    assert one.calls == []
    one.wait(QUARTER)
    assert len(one.calls) == 1


def test_a_cloud_that_is_down() -> None:
    """A hundred guests cost as few calls as one, and all are served as soon as it is back."""
    one = house(*(event("2026-10-13", "2026-10-16", f"Guest {n}") for n in range(100)))
    one.cloud_down = True
    one.wait(20 * HOUR)
    assert 5 < len(one.failed_calls) < 12
    one.cloud_down = False
    one.wait(6 * HOUR)
    assert (len(one.messages), len(one.calls)) == (100, 1)


def test_a_chain_that_breaks() -> None:
    """What is made is not paid again, and all is told together; in time what there is."""
    one = house(event("2026-10-13", "2026-10-24", uid="a"))
    one.fails_after = 2
    one.look()
    assert (len(one.calls), len(one.failed_calls), one.messages) == (2, 1, [])
    one.wait(QUARTER)
    assert len(one.calls) == 4
    assert [len(codes) for _, codes in one.messages] == [4]

    one = house(event("2026-10-13", "2026-10-24", uid="a"))
    one.fails_after = 2
    one.look()
    one.fails["front"] = 10**6
    one.wait(25 * HOUR)
    assert [len(codes) for _, codes in one.messages] == [2], "better than none"
    assert one.news() == [("no_code", False, "503")]
    one.fails.clear()
    one.wait(6 * HOUR)
    assert [len(codes) for _, codes in one.messages] == [2, 2]


def test_calls_to_keep() -> None:
    """The last calls are the owner's, who hears of it once, and of no end."""
    one = house(
        event("2026-10-13", "2026-10-16", "Anna"),
        event("2026-10-13", "2026-10-18", "Ben"),
        event("2026-10-13", "2026-10-24", "Cleo"),
    )
    one.calls_left = 6
    one.look()
    assert [row.name for row in one.rows()] == ["Anna"], "who comes first"
    assert one.news() == [("calls_too_few", False, "2")]
    one.wait(5 * HOUR)
    assert (len(one.calls), len(one.news())) == (1, 1)
    one.calls_left = 7
    one.look()
    assert [row.name for row in one.rows()] == ["Anna", "Ben"], "as soon as there are some"
    one.calls_left = 100
    one.look()
    assert {row.name for row in one.rows()} == {"Anna", "Ben", "Cleo"}
    assert len(one.news()) == 1
    one.events = [*(one.events or []), event("2026-10-13", "2026-10-15", "Dora")]
    one.calls_left = 0
    one.look()
    assert one.news()[1:] == [("calls_too_few", False, "1")], "another time"


def test_what_takes_no_call() -> None:
    """A code that is in the ledger is given though no calls are left."""
    one = house(event("2026-10-13", "2026-10-16", "Anna", uid="a"))
    one.look()
    one.calls_left = 0
    one.events = [*(one.events or []), event("2026-10-13", "2026-10-16", "Ben", uid="b")]
    one.look()
    assert len(one.messages) == 2
    assert len(one.calls) == 1


def test_many_at_once() -> None:
    """A hundred that are due at once are all served, the first to come first, in small steps."""
    events = [event("2026-10-13", f"2026-10-{14 + n % 5}", f"Guest {n:03}") for n in range(100)]
    one = house(*events)
    steps = one.look()
    assert len(one.messages) == 100
    assert len(one.calls) == 5
    assert max(len(step.issue) for step in steps) == 10


def test_many_that_cannot_be_served() -> None:
    """Hundreds that wait for calls keep no guest, and no owner, from being told."""
    days = [date(2026, 10, 14) + n * DAY for n in range(300)]
    waiting = [event(day, day + (1 + n % 5) * DAY, f"Guest {n}") for n, day in enumerate(days)]
    first = event("2026-10-13", "2026-10-14", "Anna")
    one = house(*waiting, first, lead={"days": 366})
    one.calls_left = 6
    one.look()
    assert len(one.messages) == 1
    assert [news.kind for news in one.told_owner] == [NewsKind.CALLS_TOO_FEW]
    one.wait(DAY)
    one.calls_left = 400
    one.wait(HOUR)
    assert len(one.messages) == 301


# Calendars that never come to rest


def test_a_booking_that_moves_at_each_reading() -> None:
    """The first moves are followed at once; then its codes wait until it stays where it is."""
    one = house(lead={"days": 30})
    one.calls_left = 1000
    for number in range(90):
        first, nights = 20 + number % 5, 1 + number % 6
        one.events = [event(f"2026-10-{first}", f"2026-10-{first + nights}", uid="a")]
        one.look()
        one.now += QUARTER
    assert len(one.calls) == len(one.messages) == 6
    one.wait(6 * HOUR)
    assert len(one.calls) == len(one.messages) == 7
    assert one.windows() == [("10-24 00", "10-31 00")]


def test_bookings_that_come_and_go_at_each_reading() -> None:
    """They cost the calls of a few of them; a real one that comes then waits, and is served."""
    one = house(lead={"days": 60})
    one.calls_left = 1000
    for number in range(90):
        first = date(2026, 10, 20) + number // 6 * DAY
        one.events = [event(first, first + (1 + number % 6) * DAY, uid=f"{number}")]
        one.look()
        one.now += QUARTER
    assert len(one.calls) < 15
    one.events = [event("2026-10-15", "2026-10-18", "Ben", uid="ben")]
    one.wait(6 * HOUR)
    assert ("10-15 00", "10-19 00") in one.windows()


def test_a_booking_that_moves_often_near_arrival() -> None:
    """The owner hears that its code waits, and that it came."""
    one = house()
    one.now = datetime(2026, 10, 13, 14, 10, tzinfo=BERLIN)
    for hour in range(17, 24):
        one.events = [event("2026-10-13T15:00", f"2026-10-13T{hour}:00", uid="a")]
        one.look()
        one.now += MINUTE
    assert len(one.calls) == 6
    one.wait(HOUR, step=5 * MINUTE)
    assert len(one.calls) == 7
    assert [(news.kind, news.over, news.reason) for news in one.told_owner] == [
        (NewsKind.NO_CODE, False, Reason.CHANGES_OFTEN),
        (NewsKind.NO_CODE, True, ""),
    ]


# Visitors


def test_a_visitor() -> None:
    """A code for each visit, a day before, as the lock's clock has it."""
    one = House(visitor(), zone=NEW_YORK)
    one.wait(8 * DAY)
    assert one.windows() == [
        ("10-13 09", "10-13 12"),
        ("10-16 09", "10-16 12"),
        ("10-20 09", "10-20 12"),
    ]
    assert len(one.messages) == len(one.calls) == 3
    assert one.told_owner == []


def test_a_visit_under_way() -> None:
    """It is served at once, also after midnight."""
    one = House(visitor(days=["mon"], starts="22:00", ends="02:00"))
    one.now = datetime(2026, 10, 13, 0, 30, tzinfo=BERLIN).astimezone(UTC)
    one.look()
    assert one.windows() == [("10-12 22", "10-13 02")]
    assert len(one.messages) == 1


def test_other_hours() -> None:
    """Visits whose code was made get another; a day that is left out is cancelled."""
    one = House(visitor(days=["tue"]))
    one.look()
    one.settings = visitor(days=["tue"], starts="08:00:00")
    one.look()
    assert one.windows() == [("10-13 08", "10-13 12")]
    assert one.changed == [False, True]
    one.settings = visitor(days=["fri"])
    one.wait(4 * HOUR)
    assert one.windows() == []
    assert one.news() == [("cancelled", False, "")]


def test_a_shorter_lead() -> None:
    """What is made stays, and is not taken for cancelled."""
    one = House(visitor(lead={"days": 9}))
    one.look()
    made = one.windows()
    assert len(made) == 3
    one.settings = visitor(lead={"hours": 1})
    one.wait(5 * HOUR)
    assert one.windows() == made
    assert one.told_owner == []


def test_no_time_for_nobody() -> None:
    """Without locks nothing is kept, nothing is told."""
    one = House(bookings(locks=[]), events=[event("2026-10-13", "2026-10-16")])
    one.wait(DAY)
    assert (one.kept.bookings, one.told_owner) == ((), [])
