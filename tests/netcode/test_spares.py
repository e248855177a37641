"""Spare codes: when one is due, at which start, and what it may be given for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api import Duration
from custom_components.codelocks.netcode.durations import FALLBACK_DURATIONS, ImpossibleWindow
from custom_components.codelocks.netcode.ledger import Issued, Ledger
from custom_components.codelocks.netcode.spares import (
    RENEWED_BEFORE,
    due_at,
    serves,
    spare_of,
    spare_windows,
    unused,
)
from custom_components.codelocks.netcode.windows import DAY, HOUR, Window, WindowRequest, plan

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)


def key_at(start: datetime, duration_id: int) -> str:
    """Stand for a lock's key."""
    return f"{start.astimezone(UTC):%Y-%m-%d %H} {duration_id}"


def row(window: Window, now: datetime = NOW, number: int = 0) -> Issued:
    """Return a spare of a window."""
    return Issued(
        id=str(number),
        owner="door",
        key=key_at(window.start, window.duration_id),
        code="123456",
        requested_start=window.start,
        requested_end=window.end,
        start=window.start,
        end=window.end,
        mode=window.mode,
        sub_mode=window.sub_mode,
        duration_id=window.duration_id,
        issued_at=now,
        issued_by="spare",
        kept=True,
    )


def windows(now: datetime = NOW) -> list[Window]:
    """Return the windows that a spare may have."""
    return list(spare_windows(FALLBACK_DURATIONS, {}, LONDON, now))


def test_possible_windows() -> None:
    """They are open, of seven days at the lock, and not to be renewed at once."""
    found = windows()
    assert [window.wire_start.day for window in found] == [12, 11, 10, 9, 8]
    for window in found:
        assert window.start <= NOW
        assert window.end - window.start == 7 * DAY
        assert due_at(row(window), NOW) > NOW


def test_a_midnight_that_is_skipped() -> None:
    """No spare starts there: its code could not be told from that of one o'clock."""
    beirut = ZoneInfo("Asia/Beirut")
    now = datetime(2026, 3, 29, 9, tzinfo=UTC)
    found = list(spare_windows(FALLBACK_DURATIONS, {}, beirut, now))
    assert [window.wire_start.day for window in found] == [28, 27, 26, 25]
    for window in found:
        assert window.start.replace(tzinfo=None) == window.wire_start


def test_a_lock_without_such_a_duration() -> None:
    """It has no spare."""
    hours = [one for one in FALLBACK_DURATIONS if one.hours]
    assert list(spare_windows(hours, {}, LONDON, NOW)) == []
    single = [Duration(duration_id=1, mode="rental", sub_mode="urm", days=7, hours=0)]
    with pytest.raises(ImpossibleWindow):
        list(spare_windows(single, {}, LONDON, NOW))


def test_a_spare_of_other_keys_is_none() -> None:
    """A lock whose clock or keys changed does not open with it."""
    ledger = Ledger.of([row(windows()[0])])
    assert spare_of(ledger, "door", key_at, NOW)
    assert spare_of(ledger, "door", lambda *_: "other", NOW) is None
    assert spare_of(ledger, "gate", key_at, NOW) is None
    assert spare_of(ledger, "door", key_at, NOW + 7 * DAY) is None


@pytest.mark.parametrize(
    ("start", "length", "changes", "served"),
    [
        pytest.param(0, 2, {}, True, id="now"),
        pytest.param(24, 48, {}, True, id="within"),
        pytest.param(-48, 50, {}, True, id="what is over does not count"),
        pytest.param(0, 7 * 24, {}, False, id="longer than it opens"),
        pytest.param(0, 2, {"mode": "STANDARD", "sub_mode": "all-time"}, True, id="by name"),
        pytest.param(0, 2, {"sub_mode": "singleuse"}, False, id="another sub-mode"),
        pytest.param(0, 2, {"mode": "rental"}, False, id="another mode"),
        pytest.param(0, 2, {"fit": "tight"}, True, id="tight"),
        pytest.param(0, 2, {"duration_id": 1}, False, id="of a kind that is not known"),
        pytest.param(0, None, {}, False, id="of a length that is not known"),
    ],
)
def test_what_a_spare_does(
    start: int, length: int | None, changes: dict[str, str], *, served: bool
) -> None:
    """It covers the wish, which asks for nothing else than a standard code."""
    begin = NOW + start * HOUR
    end = None if length is None else begin + length * HOUR
    wish = WindowRequest(start=begin, end=end, **changes)  # type: ignore[arg-type]  # a table's values
    assert serves(row(windows()[0]), wish, (), NOW) is served


@pytest.mark.parametrize(("duration_id", "served"), [(1, True), (18, True), (53, False)])
def test_a_wish_for_a_duration(duration_id: int, *, served: bool) -> None:
    """Its plan says how long, and of which kind it is."""
    single = Duration(duration_id=53, mode="standard", sub_mode="singleuse", days=1, hours=0)
    wish = WindowRequest(start=NOW, end=None, duration_id=duration_id)
    planned = plan(wish, [*FALLBACK_DURATIONS, single], LONDON, NOW)
    assert serves(row(windows()[0]), wish, planned, NOW) is served


def test_what_is_left_of_a_chain() -> None:
    """Where a chain breaks, the rest counts."""
    wish = WindowRequest(start=NOW - 48 * HOUR, end=NOW + 6 * DAY, fit="tight")
    chain = plan(wish, FALLBACK_DURATIONS, LONDON, NOW)
    assert serves(row(windows()[0]), wish, chain[-1:], NOW)


type _Step = tuple[int, bool, bool, bool]


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.booleans(), st.booleans(), st.booleans()), max_size=40
    )
)
def test_keeping_spares(steps: Sequence[_Step]) -> None:
    """Never two spares, no call while one suffices, and one within the hour where it can be.

    Each step lets hours pass, in which the lock is chosen and the cloud answers or not, and then
    gives the spare, or not.
    """
    now, ledger, number = NOW, Ledger(), 0
    told: set[str] = set()
    for hours, is_chosen, answers, is_given in steps:
        for _ in range(hours):
            now += HOUR
            before = spare_of(ledger, "door", key_at, now)
            if not (is_chosen and answers and due_at(before, now) <= now):
                continue
            assert before is None or before.end - now <= RENEWED_BEFORE
            if window := unused(ledger, windows(now), key_at):
                number += 1
                ledger = ledger.set_spare(row(window, now, number))
                made = spare_of(ledger, "door", key_at, now)
                assert made
                assert due_at(made, now) > now - timedelta.resolution
                assert made.key not in told
        found = spare_of(ledger, "door", key_at, now)
        if hours and is_chosen and answers and unused(ledger, windows(now), key_at):
            assert found
        stored = list(ledger.stored_rows())
        assert sum(one.kept for one in stored) <= 1
        assert not any(one.kept for one in ledger.rows())
        assert Ledger.from_json([one.to_dict() for one in stored]) == ledger
        if found and is_given:
            told.add(found.key)
            ledger, _ = ledger.add(replace(found, kept=False, spare=True, name="Anna"))
            assert spare_of(ledger, "door", key_at, now) is None
            assert ledger.get(found.id)
        ledger = ledger.prune(now, 1)
