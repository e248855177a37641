"""Bookings that move, are cancelled, come back; codes of the version before; what a look costs."""

from dataclasses import replace
from datetime import datetime, timedelta
import time
from typing import Any

import pytest

from custom_components.codelocks.bookings.codes import Codes
from custom_components.codelocks.bookings.kept import Kept, NewsKind
from custom_components.codelocks.bookings.reconcile import reconcile
from custom_components.codelocks.netcode.ledger import Issued, Ledger
from tests.bookings.house import (
    BERLIN,
    DAY,
    HOUR,
    NOON,
    QUARTER,
    House,
    bookings,
    event,
    visitor,
)

AIRBNB = "Reservation URL: https://www.airbnb.com/hosting/reservations/details/{}\nPhone: 12"


def house(*events: Any, **data: Any) -> House:
    """Return a house with events in its calendar."""
    return House(bookings(**data), events=list(events), now=NOON + 2 * HOUR)


def stay(first: int, last: int, title: str | None = "Anna", **parts: Any) -> Any:
    """Return a booking of October."""
    return event(f"2026-10-{first:02}", f"2026-10-{last:02}", title, **parts)


# Moved


@pytest.mark.parametrize(
    "parts",
    [
        {"uid": "a"},
        {"description": AIRBNB.format("HM1")},
        {"description": "https://example.com/?res_id=1"},
        {"description": "https://example.com/#/reservations/7"},
    ],
)
def test_moved(parts: dict[str, str]) -> None:
    """A new code replaces the old one, and the guest is told once more."""
    one = house(stay(13, 15, **parts))
    one.look()
    one.events = [stay(14, 17, "Anna Berger", **parts)]
    [order] = one.look()[0].issue
    assert order.changed
    assert one.windows() == [("10-14 00", "10-18 00")]
    assert one.changed == [False, True]
    one.restart()
    one.wait(DAY)
    assert len(one.messages) == len(one.calls) == 2
    assert one.told_owner == []
    [old] = [row for row in one.ledger.rows() if row.withdrawn]
    assert old.replaced_by


def test_moved_within_its_code() -> None:
    """Where the code is the same there is nothing to pay, and nothing to tell."""
    one = house(stay(13, 16, uid="a"))
    one.look()
    one.settings = bookings(check_out="10:00:00")
    one.look()
    assert len(one.messages) == len(one.calls) == len(list(one.ledger.rows())) == 1
    assert one.withdrawn == []


def test_moved_and_back() -> None:
    """The first code is told again: the guest was told another one since; it costs nothing."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.events = [stay(14, 17, uid="a")]
    one.look()
    one.events = [stay(13, 15, uid="a")]
    one.look()
    assert one.windows() == [("10-13 00", "10-16 00")]
    assert (len(one.messages), len(one.calls)) == (3, 2)


def test_moved_while_no_code_can_be_made() -> None:
    """The old code opens until the new one is made, and not longer."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.fails["front"] = 1
    one.events = [stay(14, 17, uid="a")]
    one.look()
    assert one.windows() == [("10-13 00", "10-16 00")]
    one.wait(QUARTER)
    assert one.windows() == [("10-14 00", "10-18 00")]


def test_moved_far_away() -> None:
    """Its codes are withdrawn at once; those of the new time come when it is due."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.events = [stay(28, 30, uid="a")]
    one.look()
    assert (one.windows(), one.withdrawn) == ([], ["0"])
    assert one.told_owner == []
    one.restart()
    one.wait(15 * DAY, step=HOUR)
    assert one.windows() == [("10-28 00", "10-31 00")]
    assert len(one.messages) == len(one.calls) == 2


def test_moved_far_away_and_back() -> None:
    """The guest knows the code; it is there again."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.events = [stay(28, 30, uid="a")]
    one.look()
    one.calls_left = 0
    one.events = [stay(13, 15, uid="a")]
    one.look()
    assert one.windows() == [("10-13 00", "10-16 00")]
    assert len(one.messages) == len(one.calls) == 1


@pytest.mark.parametrize("days", [(13, 15), (8, 10)])
def test_ended_early(days: tuple[int, int]) -> None:
    """Guests who left early, or moved into the past: their codes still open, says the owner's."""
    one = house(stay(13, 18, uid="a"))
    one.look()
    [row] = one.rows()
    one.now += 4 * DAY
    one.events = [stay(*days, uid="a")]
    one.look()
    one.wait(6 * HOUR)
    assert one.rows() == []
    [news] = one.told_owner
    assert (news.kind, news.codes) == (NewsKind.ENDED_EARLY, (row.id,))
    one.events = [stay(13, 18, uid="a")]
    one.look()
    assert [found.id for found in one.rows()] == [row.id]
    assert (len(one.calls), len(one.messages)) == (1, 1)


def test_ended_in_time() -> None:
    """The code of a stay that is over goes on to the end of its day; nobody is told."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.wait(3 * DAY, step=HOUR)
    assert len(one.rows()) == 1
    assert (one.told_owner, one.withdrawn) == ([], [])


def test_swapped() -> None:
    """Two guests who swap their stays have each other's code, and are told so."""
    one = house(stay(13, 15, "Anna", uid="a"), stay(13, 16, "Ben", uid="b"))
    one.look()
    one.events = [stay(13, 16, "Anna", uid="a"), stay(13, 15, "Ben", uid="b")]
    one.look()
    assert {(row.name, row.end.astimezone(BERLIN).day) for row in one.rows()} == {
        ("Anna", 17),
        ("Ben", 16),
    }
    assert (len(one.messages), len(one.calls)) == (4, 2)


# Told apart


def test_one_common_link() -> None:
    """Guests whose descriptions share a link to a help page have each their own codes."""
    parts = {"description": "Help: https://example.com/help"}
    anna, ben = stay(13, 15, "Anna", **parts), stay(13, 16, "Ben", **parts)
    one = house(anna, ben, stay(13, 15, "Cleo", **parts))
    one.look()
    assert sorted(str(row.name) for row in one.rows()) == ["Anna", "Ben", "Cleo"]
    assert len(one.messages) == 3
    one.events = [stay(12, 14, "Dora", **parts), ben, anna]
    one.wait(4 * HOUR)
    assert sorted(str(row.name) for row in one.rows()) == ["Anna", "Ben", "Dora"]
    assert [(news.kind, news.title) for news in one.told_owner] == [("cancelled", "Cleo")]
    assert len(one.messages) == 4


def test_one_guest_twice() -> None:
    """Two stays of one guest five weeks apart, the earlier one booked later, are two."""
    one = house(event("2026-11-17", "2026-11-19", "Anna"))
    one.look()
    one.events = [*(one.events or []), stay(13, 15, "Anna")]
    one.wait(36 * DAY, step=HOUR)
    assert [(row.name, row.start.month) for row in one.rows()] == [("Anna", 10), ("Anna", 11)]
    assert len(one.messages) == 2
    assert one.told_owner == []


def test_the_same_event_twice() -> None:
    """It is one booking, with one code."""
    one = house(*[stay(13, 15, uid="a")] * 2, *[stay(13, 16)] * 3)
    one.wait(DAY)
    assert len(one.messages) == len(list(one.ledger.rows())) == 2


def test_odd_titles_and_blocked_days() -> None:
    """No title stops nobody; blocked days are left out, however they are written."""
    one = house(
        stay(13, 15, None),
        stay(13, 16, "None"),
        stay(13, 17, "  AIRBNB\u00a0(not  available)"),
        stay(13, 18, "{{ states('x') }}"),
    )
    one.look()
    assert [row.name for row in one.rows()] == ["Flat", "None", "{{ states('x') }}"]


# Cancelled


def test_cancelled() -> None:
    """After three hours its codes are withdrawn, and the owner told once until when they open."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.events = []
    one.wait(3 * HOUR)
    assert one.rows(), "the first reading that missed it was a quarter of an hour after"
    one.wait(QUARTER)
    assert one.rows() == []
    [news] = one.told_owner
    assert (news.kind, news.title, news.codes) == ("cancelled", "Anna", ("0",))
    assert one.row("0").end == datetime(2026, 10, 16, tzinfo=BERLIN)
    one.restart()
    before = one.kept
    one.wait(QUARTER)
    assert one.kept is before, "there is nothing more to note"
    one.wait(5 * DAY, step=HOUR)
    assert len(one.told_owner) == len(one.messages) == len(one.calls) == 1


def test_a_crash_before_codes_were_withdrawn() -> None:
    """The news is kept, and the codes are withdrawn at the next look; nobody hears of it twice."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.events = []
    one.wait(3 * HOUR)
    ledger = one.ledger
    one.wait(QUARTER)
    assert len(one.told_owner) == 1
    one.ledger = ledger
    one.restart()
    one.look()
    assert one.rows() == []
    assert len(one.told_owner) == 1


def test_empty_for_a_while() -> None:
    """A calendar that is empty or away now and then, and restarts, cancel nobody."""
    one = house(stay(13, 18, uid="a"), stay(13, 19, "Ben"))
    one.look()
    shown = one.events
    readings: list[list[Any] | None] = [[], None, [], None]
    for events in readings * 3:
        one.events = events
        one.wait(2 * HOUR)
        one.restart()
        one.now += 5 * HOUR  # Home Assistant is off
        one.look()
        one.events = shown
        one.look()
    assert one.withdrawn == []
    assert one.told_owner == []
    assert len(one.messages) == len(one.calls) == 2


def test_not_read_is_not_missing() -> None:
    """Hours in which the calendar cannot be read do not count."""
    one = house(stay(13, 19, uid="a"))
    one.look()
    one.events = []
    one.look()
    one.events = None
    one.wait(20 * HOUR)
    one.events = []
    one.look()
    assert one.withdrawn == []


def test_a_wrong_clock() -> None:
    """It cancels nothing: neither 1970 nor days ahead."""
    one = house(stay(13, 19, uid="a"))
    one.look()
    for wrong in (NOON - 20_000 * DAY, NOON + 60 * DAY, NOON - 9000 * DAY):
        right = one.now
        one.now = wrong
        one.look()
        one.restart()
        one.now = right
        one.wait(HOUR)
    assert one.withdrawn == []
    assert len(one.messages) == len(one.calls) == 1
    assert one.told_owner == []


def test_comes_back() -> None:
    """Unchanged: its codes are back without a call, and nobody is told what is known."""
    one = house(stay(13, 24, uid="a"))
    one.look()
    made = one.windows()
    owner = one.rows()[1].id
    one.ledger = one.ledger.withdraw(owner)
    one.events = []
    one.wait(4 * HOUR)
    assert one.windows() == []
    one.restart()
    one.calls_left = 0
    one.events = [stay(13, 24, uid="a")]
    one.look()
    assert one.windows() == [made[0], *made[2:]], "but the one that the owner withdrew"
    one.wait(5 * HOUR)
    assert len(one.messages) == 1
    assert one.news() == [("cancelled", False, "")]


def test_comes_back_changed() -> None:
    """With other times it has another code, which is told."""
    one = house(stay(13, 15, uid="a"))
    one.look()
    one.events = []
    one.wait(4 * HOUR)
    one.events = [stay(13, 17, uid="a")]
    one.look()
    assert one.windows() == [("10-13 00", "10-18 00")]
    assert one.changed == [False, True]


def test_cancelled_before_it_was_told() -> None:
    """Come back, it is told after all."""
    one = house(stay(13, 15, uid="a"))
    one.down = {"notify.guest"}
    one.look()
    one.events = []
    one.wait(4 * HOUR)
    one.down.clear()
    one.events = [stay(13, 15, uid="a")]
    one.wait(7 * HOUR)
    assert len(one.messages) == 1


def test_cancelled_without_a_code() -> None:
    """There is nothing to say, and nothing to keep."""
    one = house(stay(13, 15, uid="a"))
    one.fails["front"] = 10**6
    one.look()
    one.events = []
    one.wait(4 * HOUR)
    assert (one.told_owner, one.kept.bookings) == ([], ())


def test_merged() -> None:
    """Two bookings that become one: the longer is covered, the other taken back."""
    one = house(stay(13, 14, "Anna", uid="a"), stay(14, 16, "Ben", uid="b"))
    one.look()
    one.events = [stay(13, 16, "Anna", uid="a")]
    one.wait(4 * HOUR)
    assert one.windows() == [("10-13 00", "10-17 00")]


# Codes of version 0.1.0, and a state that is lost


def legacy(reference: str, **parts: Any) -> Issued:
    """Return a code that a blueprint made."""
    known: dict[str, Any] = {"owner": "front", "key": "key", "code": "123456", "name": "Anna"}
    times = {
        "start": datetime(2026, 10, 13, tzinfo=BERLIN),
        "end": datetime(2026, 10, 16, tzinfo=BERLIN),
    }
    wish = {"requested_start": times["start"], "requested_end": times["end"]}
    made = {"duration_id": 14, "issued_at": NOON, "issued_by": "action", "id": "old"}
    return Issued(**{**known, **times, **wish, **made, "reference": reference} | parts)


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("booking 17: https://www.airbnb.com/hosting/reservations/details/HM1", {"uid": "a"}),
        ("booking flat (2): Anna 2026-10-13T15:00:00+02:00", {}),
        ("booking +?: Anna 2026-10-13T15:00:00+02:00 2026-10-13T15:00:00+02:00", {}),
    ],
)
@pytest.mark.parametrize("withdrawn", [True, False])
def test_moving_over(reference: str, parts: dict[str, str], withdrawn: bool) -> None:  # noqa: FBT001
    """Codes of the blueprint stay known: none is paid or told twice, or made against a wish."""
    description = AIRBNB.format("HM1?utm=1") if parts else None
    one = house(stay(13, 15, description=description, **parts))
    one.ledger = Ledger.of([legacy(reference, withdrawn=withdrawn)])
    one.wait(5 * HOUR)
    assert (one.calls, one.messages, one.told_owner) == ([], [], [])
    one.events = []
    one.wait(4 * HOUR)
    assert one.row("old").withdrawn


def test_moving_over_and_on() -> None:
    """A booking whose code the blueprint made moves: the new code takes that one's place."""
    one = house(stay(13, 15, description=AIRBNB.format("HM1")))
    url = "https://www.airbnb.com/hosting/reservations/details/HM1"
    one.ledger = Ledger.of([legacy(f"booking 17: {url}")])
    one.look()
    one.events = [stay(14, 16, description=AIRBNB.format("HM1"))]
    one.fails["front"] = 1
    one.look()
    assert not one.row("old").withdrawn
    one.wait(QUARTER)
    assert (one.withdrawn, one.changed) == (["old"], [True])
    assert one.windows() == [("10-14 00", "10-17 00")]


@pytest.mark.parametrize(
    "row",
    [
        legacy("booking 17: Ben 2026-10-13T15:00:00+02:00"),
        legacy("booking 17: Anna 2026-10-13T15:00:00+02:00", owner="gate"),
        legacy(
            "booking 17: Anna 2026-10-13T15:00:00+02:00",
            end=datetime(2026, 10, 15, tzinfo=BERLIN),
        ),
        legacy("Anna 2026-10-13T15:00:00+02:00"),
        legacy("booking 17: Anna 2026-10-13T15:00:00+02:00", withdrawn=True, replaced_by="x"),
    ],
)
def test_not_its_code(row: Issued) -> None:
    """A code of somebody else, of another door, or that does not cover the stay, is none."""
    one = house(stay(13, 15))
    one.ledger = Ledger.of([row])
    one.look()
    assert len(one.messages) == 1


def test_moving_a_visitor_over() -> None:
    """By the day and the name: other visitors of that day have their own."""
    start = datetime(2026, 10, 13, 9, tzinfo=BERLIN)
    row = legacy("visitor 17: 2026-10-13", name="Cleaner", start=start, end=start + 3 * HOUR)
    one = House(visitor(), ledger=Ledger.of([row]))
    one.wait(DAY)
    assert one.messages == []
    one = House(visitor(), ledger=Ledger.of([replace(row, name="Gardener")]))
    one.look()
    assert len(one.messages) == 1


def test_a_state_that_is_lost() -> None:
    """The ledger knows which codes were made: nothing is paid or told twice."""
    one = house(stay(13, 15, uid="a"), stay(13, 16, "Ben"))
    one.look()
    one.kept = Kept()
    one.wait(HOUR)
    assert len(one.messages) == len(one.calls) == 2
    one.events = []
    one.wait(4 * HOUR)
    assert one.rows() == []


def test_a_crash_after_a_code_was_made() -> None:
    """The code is in the ledger, and nothing says that it was told: then it is told."""
    one = house(stay(13, 15, uid="a"))
    decisions = reconcile(one.settings, one.kept, one.world(), one.now)
    one.carry_out(decisions)
    one.kept = decisions.kept  # as it was written before the code was made
    one.restart()
    one.look()
    assert len(one.messages) == len(one.calls) == len(list(one.ledger.rows())) == 1


# What a look costs


def calendars(count: int, each: int, first: int) -> list[House]:
    """Return houses whose calendars are full, all that is due done."""
    houses = []
    for number in range(count):
        text = f"Guest: Anna, two cats. {'x' * 2000} https://example.com/?res={number}-"
        events = [
            event(
                NOON.date() + (first + 2 * n) * DAY,
                NOON.date() + (first + 2 * n + 2) * DAY,
                f"Guest {n}",
                uid=f"{number} {n}",
                description=f"{text}{n}",
            )
            for n in range(each)
        ]
        one = house(*events, lead={"days": 2}, locks=["front"])
        one.look()
        houses.append(one)
    return houses


def seconds(houses: list[House]) -> float:
    """Return how long a look at all of them takes the processor, at best of some."""
    worlds = [one.world() for one in houses]
    best = 9.0
    for _ in range(5):
        # As a reading gives them: nothing of an event is known yet.
        fresh = [replace(world, events=tuple(map(replace, world.events or ()))) for world in worlds]
        began = time.process_time()
        for one, world in zip(houses, fresh, strict=True):
            decisions = reconcile(one.settings, one.kept, world, one.now)
            assert decisions.nothing
            assert decisions.kept is one.kept, "nothing to write"
        best = min(best, time.process_time() - began)
    return best


def test_a_look_with_nothing_new_is_quick() -> None:
    """500 bookings in 20 calendars take well under 20 ms."""
    houses = calendars(20, 25, 0)
    assert sum(len(one.kept.bookings) for one in houses) >= 20
    assert seconds(houses) < 0.02


def test_the_cost_grows_linearly() -> None:
    """Four times the bookings, all due, take about four times as long, also in one calendar."""

    def all_due(count: int) -> float:
        events = [stay(13, 14 + n % 6, f"Guest {n}", uid=f"{n}") for n in range(count)]
        one = house(*events)
        one.look()
        assert len(one.kept.bookings) == count
        return seconds([one])

    small, large = all_due(60), all_due(240)
    assert large < 10 * small
    shared = [
        stay(13, 15, f"Guest {n}", description="https://example.com/help") for n in range(200)
    ]
    one = house(*shared)
    one.look()
    assert len(one.kept.bookings) == 200
    assert seconds([one]) < 0.05


def test_codes_of_a_large_ledger() -> None:
    """Looking through 10,000 codes, which is done when one was made, is quick as well."""
    rows = [legacy(f"booking:sub:{n}", id=f"{n}", key=f"{n}") for n in range(10_000)]
    ledger = Ledger.of(rows)
    began = time.process_time()
    codes = Codes.of([ledger])
    assert time.process_time() - began < 0.1
    assert len(codes.by_id) == 10_000
    assert codes.known("5", NOON)
    assert not codes.known("5", NOON + timedelta(days=9))
