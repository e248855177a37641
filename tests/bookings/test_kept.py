"""What is kept of bookings: written and read as it was, and tolerant of what is spoilt."""

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import count
import json
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.codelocks.bookings.kept import (
    Cover,
    Invitation,
    Kept,
    KeptBooking,
    News,
    NewsKind,
)
from custom_components.codelocks.bookings.reconcile import reconcile
from custom_components.codelocks.bookings.settings import Fit, InviteAs
from custom_components.codelocks.bookings.waits import LONGEST_WAIT, Wait, longer_wait
from tests.bookings.house import BERLIN, DAY, HOUR, MINUTE, NOON, House, bookings, event

WAIT = Wait(tries=2, until=NOON + HOUR, reason="503", needs=3)
ROW = KeptBooking(
    key="a",
    known_by="known",
    content="content",
    gist="gist",
    title="Anna",
    email="anna@example.com",
    start="2026-10-13",
    end="2026-10-16",
    covers=(
        Cover(
            owner="front",
            pairing="seed",
            start=NOON,
            end=NOON + DAY,
            fit=Fit.AUTO,
            until=NOON + DAY,
            codes=("1", "2"),
            older=("0",),
            taken_back=("1",),
            wait=WAIT,
        ),
    ),
    made_at=NOON,
    told=("1",),
    unsent={"notify.guest": ("2",)},
    unsent_wait=WAIT,
    invitations=(
        Invitation(owner="front", email="anna@example.com", invite_as=InviteAs.STANDARD, wait=WAIT),
    ),
    missing_at=NOON,
    missing_seconds=900,
    moves=3,
    addresses=2,
    cancelled=True,
)
NEWS = News(kind=NewsKind.NO_CODE, booking="a", title="Anna", start=NOON, place="front")
KEPT = Kept(
    bookings=(
        ROW,
        replace(ROW, key="b", start="2026-10-13T14:00:00+00:00", end="2026-10-13T15:00:00+00:00"),
    ),
    shared=("known",),
    unreadable_since=NOON,
    problems=(NEWS,),
    news=(NEWS,),
    news_wait=WAIT,
)


def test_round_trip() -> None:
    """As JSON, and back, moments in any zone."""
    assert Kept.from_dict(json.loads(json.dumps(KEPT.to_dict()))) == KEPT
    assert Kept.from_dict(Kept().to_dict()) == Kept()
    local = replace(KEPT, unreadable_since=NOON.astimezone(BERLIN))
    assert Kept.from_dict(local.to_dict()).unreadable_since == NOON.astimezone(UTC)


def test_no_personal_data_in_words() -> None:
    """What is logged by mistake tells nobody's name or address."""
    assert "nna" not in repr(KEPT)


@pytest.mark.parametrize("stored", [None, [], "x", 5, {}, {"bookings": {"a": 1}}, {"news": "abc"}])
def test_nothing_readable(stored: Any) -> None:
    """What is no store of ours is empty."""
    assert Kept.from_dict(stored) == Kept()


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        "x",
        {},
        {"title": None},
        {"key": 5},
        {"start": "soon"},
        {"end": "2026-10-12"},
        {"start": "0001-01-01", "end": "9999-12-31"},
        {"start": "2026-10-13", "end": "2026-10-16T11:00:00+02:00"},
        {"covers": [{}]},
        {"covers": 7},
        {"made_at": "2026-10-12T12:00:00"},
        {"missing_seconds": "900"},
        {"unsent": ["x"]},
    ],
)
def test_a_spoilt_row_costs_itself(spoilt: Any) -> None:
    """The other bookings stay."""
    stored = KEPT.to_dict()
    rows = stored["bookings"]
    stored["bookings"] = [
        {**rows[0], **spoilt} if isinstance(spoilt, dict) and spoilt else spoilt,
        rows[1],
    ]
    assert Kept.from_dict(stored) == replace(KEPT, bookings=KEPT.bookings[1:])


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([])
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where the values of a store are."""
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(deeper for key, one in items for deeper in paths(one, (*path, key)))]


@settings(deadline=None)
@given(path=st.sampled_from(paths(KEPT.to_dict())[1:]), value=VALUES)
def test_anything_in_place_of_anything(path: tuple[Any, ...], value: Any) -> None:
    """Whatever is spoilt, it can be read, looked at, and the guest who stands is served."""
    stored = json.loads(json.dumps(KEPT.to_dict()))
    place = stored
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    house = House(bookings(invite="standard"), kept=Kept.from_dict(stored), ids=count(100))
    house.events = [event("2026-10-13", "2026-10-16", "Ben", uid="b")]
    house.look()
    house.restart()
    assert reconcile(house.settings, house.kept, house.world(), house.now).nothing
    assert "Ben" in {row.name for row in house.rows()}


# Waits


def test_waits_grow() -> None:
    """Twice as long each time, up to six hours, shorter when arrival is near."""
    wait, lengths = None, []
    for _ in range(8):
        wait = longer_wait(wait, "503", NOON, NOON + 30 * DAY)
        assert wait.until
        lengths.append((wait.until - NOON) // MINUTE)
    assert lengths == [10, 20, 40, 80, 160, 320, 360, 360]
    near = longer_wait(wait, "503", NOON, NOON + HOUR)
    assert near.until == NOON + HOUR / 2
    at_the_door = longer_wait(wait, "503", NOON, NOON)
    assert at_the_door.until == NOON + 10 * MINUTE


def test_a_wait_of_a_wrong_clock() -> None:
    """What was set in the far future is over; what is hopeless is never tried again."""
    wait = longer_wait(None, "503", NOON + 30 * DAY, NOON + 60 * DAY)
    assert wait.over(NOON)
    assert not longer_wait(None, "503", NOON, NOON + DAY).over(NOON)
    assert not longer_wait(None, "no", NOON, NOON + DAY, never_again=True).over(NOON + 99 * DAY)
    assert timedelta() < LONGEST_WAIT < DAY
