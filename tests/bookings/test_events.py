"""What an event is known by, and which booking it is."""

from datetime import UTC, date, datetime, timedelta
import time
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.bookings.events import Event, read_event
from custom_components.codelocks.bookings.identity import match, new_key
from custom_components.codelocks.bookings.kept import KeptBooking
from tests.bookings.house import BERLIN, NEW_YORK, event

FIRST, LAST = date(2026, 10, 13), date(2026, 10, 16)


def kept(one: Event, key: str = "key") -> KeptBooking:
    """Return a booking as it is kept."""
    start, end = one.times
    return KeptBooking(
        key=key,
        known_by=one.known_by,
        content=one.content,
        gist=one.gist,
        title=one.title,
        start=start,
        end=end,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"uid": "a"}, {"uid": "b"}),
        ({"uid": "a", "recurrence_id": "20261013"}, {"uid": "a", "recurrence_id": "20261020"}),
        ({"description": "https://x.com/?res_id=1"}, {"description": "https://x.com/?res_id=2"}),
        ({"description": "https://x.com/#/res/7"}, {"description": "https://x.com/#/res/8"}),
        ({"description": "https://x.com/7"}, {"description": "https://x.com/8"}),
        ({"description": "https://x.com/7"}, {"uid": "https://x.com/7"}),
        ({"title": "Anna"}, {"title": "Ben"}),
        ({"title": "Anna"}, {"title": "Anna", "start": FIRST - timedelta(days=35)}),
        ({"title": None}, {"title": "Anna"}),
    ],
)
def test_different(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two bookings do not share what they are known by."""
    first, second = (event(**{"start": FIRST, "end": LAST} | parts) for parts in (one, other))
    assert first.known_by != second.known_by


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"uid": "a"}, {"uid": "a", "title": "Ben", "start": FIRST - timedelta(days=9)}),
        ({"uid": "a"}, {"uid": "a", "description": "https://x.com/7"}),
        (
            {"description": "See https://x.com/7?a=1#b."},
            {"description": "See <https://x.com/7?a=1#b>, https://x.com/8", "title": "Ben"},
        ),
        ({"title": "Anna"}, {"title": " Anna\n", "end": LAST + timedelta(days=1)}),
    ],
)
def test_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """A booking is known again when it moves, where it can be."""
    first, second = (event(**{"start": FIRST, "end": LAST} | parts) for parts in (one, other))
    assert first.known_by == second.known_by


@pytest.mark.parametrize("title", [None, 5, 5.5, True, "", [], "x" * 9999, "\ud800", "a\x00b\nc"])
def test_odd_titles(title: object) -> None:
    """An odd title is none, or short, and in one line."""
    one = read_event(start=FIRST, end=LAST, title=title, description=title)
    assert one
    assert len(one.title) <= 200
    assert one.title.isprintable()
    assert one.known_by
    assert one.content


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (FIRST, None),
        (FIRST, "soon"),
        (LAST, FIRST),
        (FIRST, datetime(2026, 10, 16, 9, tzinfo=UTC)),
        (datetime(2026, 10, 16, 9, tzinfo=UTC), datetime(2026, 10, 16, 9, tzinfo=UTC)),
        (datetime(2026, 10, 16, 9, tzinfo=UTC), datetime(2026, 10, 16, 10)),  # noqa: DTZ001
        (date.min, date.max),
        (datetime.max.replace(tzinfo=NEW_YORK), datetime.max.replace(tzinfo=UTC)),
        (5, 6),
    ],
)
def test_no_event(start: object, end: object) -> None:
    """What has no time costs itself."""
    assert read_event(start=start, end=end, title="Anna") is None


def test_times() -> None:
    """Moments are the same in any zone; texts are read."""
    noon = datetime(2026, 10, 13, 12, tzinfo=UTC)
    later = noon + timedelta(hours=1)
    one, other = event(noon, later), event(noon.astimezone(BERLIN), later.astimezone(NEW_YORK))
    assert one.times == other.times
    assert event("2026-10-13", "2026-10-16").start == FIRST
    assert event(FIRST, FIRST).end == FIRST


@given(st.data())
def test_anything(data: st.DataObject) -> None:
    """Whatever a calendar gives, nothing is raised."""
    odd = st.none() | st.text() | st.integers() | st.dates() | st.datetimes() | st.binary()
    names = ("start", "end", "uid", "recurrence_id", "title", "description")
    one = read_event(**{name: data.draw(odd, name) for name in names})
    if one:
        assert one.known_by != one.content
        assert all(one.legacy_keys(datetime(2026, 1, 1, tzinfo=UTC)))


def test_sixty_long_events() -> None:
    """60 events of 5 kB, with the worst for patterns in them, take a few milliseconds."""
    long = ["https" * 1000, "http://" * 700, "x" * 5000, "https://" + "(" * 5000]
    events = [event(FIRST, LAST, "x" * 5000, description=long[n % 4] + str(n)) for n in range(60)]
    began = time.process_time()
    matched = match(events, [], [])
    assert len(matched.new) == 60
    assert time.process_time() - began < 0.1


# Which booking it is


def test_a_move() -> None:
    """What one event alone is known by is enough."""
    before, after = event(FIRST, LAST, uid="a"), event(LAST, LAST, "New", uid="a")
    row = kept(before)
    matched = match([after], [row], [])
    assert matched.pairs == [(row, after)]
    assert (matched.new, matched.missing, matched.shared) == ([], [], ())


def test_a_common_link() -> None:
    """Only the times tell apart what shares a link: none takes another's codes."""
    parts = {"description": "Help: https://example.com/help"}
    anna, ben = event(FIRST, LAST, "Anna", **parts), event(LAST, "2026-10-20", "Ben", **parts)
    cleo = event("2026-10-02", "2026-10-04", "Cleo", **parts)
    same_times = event(FIRST, LAST, "Dora", **parts)
    rows = [kept(anna, "a"), kept(ben, "b")]
    shared = match([anna, ben], rows, []).shared
    assert shared == (anna.known_by,)

    matched = match([cleo, ben, same_times, anna], rows, shared)
    assert sorted((row.key, one.title) for row, one in matched.pairs) == [
        ("a", "Anna"),
        ("b", "Ben"),
    ]
    assert [one.title for one in matched.new] == ["Cleo", "Dora"]

    moved = event("2026-10-17", "2026-10-20", "Ben", **parts)
    matched = match([anna, moved], rows, shared)
    assert [row.key for row, _ in matched.pairs] == ["a"]
    assert ([one.title for one in matched.new], matched.missing) == (["Ben"], [rows[1]])

    matched = match([cleo], rows[:1], shared)
    assert (matched.pairs, matched.new, matched.missing) == ([], [cleo], rows[:1])
    assert matched.shared == shared, "remembered"
    assert match([], [], shared).shared == ()


def test_a_name_that_is_filled_in() -> None:
    """A title that changes at the same times is no other booking."""
    parts = {"description": "Help: https://example.com/help"}
    rows = [kept(event(FIRST, LAST, "Reserved", **parts))]
    events = [event(FIRST, LAST, "Anna", **parts), event(LAST, LAST, "Ben", **parts)]
    assert match(events, rows, []).pairs == [(rows[0], events[0])]


def test_the_same_event_twice() -> None:
    """It is one booking."""
    one = event(FIRST, LAST, uid="a")
    assert match([one, event(FIRST, LAST, uid="a")], [], []).new == [one]


def test_uids_that_change() -> None:
    """A file without uids is given new ones at each reading: what says the same is the same."""
    rows = [kept(event(FIRST, LAST, uid="random 1"))]
    same, other = event(FIRST, LAST, uid="random 2"), event(FIRST, LAST, "Ben", uid="random 3")
    matched = match([other, same], rows, [])
    assert matched.pairs == [(rows[0], same)]
    assert matched.new == [other]


def test_uids_and_words_that_change() -> None:
    """Some write the hour into each description, too; another link is another booking."""
    link = "https://example.com/reservation/{} read at {}"
    rows = [kept(event(FIRST, LAST, uid="random 1", description=link.format(7, "9:00")))]
    same = event(FIRST, LAST, uid="random 2", description=link.format(7, "9:15"))
    other = event(FIRST, LAST, uid="random 3", description=link.format(8, "9:15"))
    matched = match([other, same], rows, [])
    assert matched.pairs == [(rows[0], same)]
    assert matched.new == [other]
    assert match([other], rows, []).new == [other]


def test_keys() -> None:
    """They are different for different bookings, whatever they share."""
    one, other = event(FIRST, LAST, description="https://x.com/"), event(FIRST, LAST)
    assert new_key(one, [], {}) == one.known_by
    shared = new_key(one, [one.known_by], {})
    assert (
        len({one.known_by, other.known_by, shared, new_key(one, [], {one.known_by, shared})}) == 4
    )
