"""What the ledger keeps, for whom and for how long; then properties of every history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
import json
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.codelocks.netcode.ledger import Issued, Ledger, State, code_key

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def issued(row_id: str, start: float = 0, end: float = 2, **more: Any) -> Issued:
    """Return a code that opens and ends some hours from NOW, made two days ago."""
    known: dict[str, Any] = {
        "owner": "door",
        "key": f"key of {row_id}",
        "code": "123456",
        "requested_start": NOW + start * HOUR,
        "requested_end": NOW + end * HOUR,
        "start": NOW + start * HOUR,
        "end": NOW + end * HOUR,
        "duration_id": 1,
        "issued_at": NOW - 2 * DAY,
        "issued_by": "action",
    }
    return Issued(id=row_id, **(known | more))


def ids(rows: Any) -> list[str]:
    """Return the ids of rows."""
    return [row.id for row in rows]


# What becomes of a code


@pytest.mark.parametrize(
    ("withdrawn", "hours", "state"),
    [
        (False, -0.1, State.PLANNED),
        (False, 0, State.ACTIVE),
        (False, 1.9, State.ACTIVE),
        (False, 2, State.EXPIRED),
        (True, -1, State.WITHDRAWN),
        (True, 1, State.WITHDRAWN),
        (True, 3, State.WITHDRAWN),
    ],
)
def test_the_state_of_a_code(withdrawn: bool, hours: float, state: State) -> None:  # noqa: FBT001 - a table's column
    """Active from its start until just before its end; withdrawn for ever."""
    assert issued("a", withdrawn=withdrawn).state(NOW + hours * HOUR) is state


def test_a_withdrawn_code_still_counts() -> None:
    """It opens until its end, whatever the ledger says."""
    ledger = Ledger.of([issued("a"), issued("b", start=1)]).withdraw("a")
    assert [row.withdrawn for row in ledger.rows()] == [True, False]
    assert ids(ledger.active_at(NOW, "door")) == ["a"]
    assert ledger.withdraw("a") is ledger
    with pytest.raises(KeyError):
        ledger.withdraw("c")


def test_all_or_none_are_withdrawn() -> None:
    """One that is not known leaves the others as they are."""
    ledger = Ledger.of([issued("a"), issued("b", owner="gate"), issued("c")])
    with pytest.raises(KeyError, match="gone"):
        ledger.withdraw("a", "gone", "b")
    withdrawn = ledger.withdraw("a", "b", "b")
    assert {row.id: row.withdrawn for row in withdrawn.rows()} == {"a": True, "b": True, "c": False}
    assert withdrawn.withdraw("a", "b") is withdrawn
    assert ledger.withdraw() is ledger


def test_what_was_withdrawn_can_be_restored() -> None:
    """A booking is back: its codes are no longer marked, whatever replaced them; others stay."""
    ledger = Ledger.of(
        [issued("a", withdrawn=True, replaced_by="c"), issued("b", withdrawn=True), issued("c")]
    )
    restored = ledger.restore("a", "c", "gone")
    assert {row.id: (row.withdrawn, row.replaced_by) for row in restored.rows()} == {
        "a": (False, None),
        "b": (True, None),
        "c": (False, None),
    }
    assert restored.restore("a", "gone") is restored


def test_codes_of_a_booking() -> None:
    """Those of one lock that are not over, withdrawn ones included."""
    ledger = Ledger.of(
        [
            issued("over", -4, -2, reference="b1"),
            issued("now", reference="b1", withdrawn=True),
            issued("later", 5, 6, reference="b1"),
            issued("other", reference="b2"),
            issued("elsewhere", reference="b1", owner="gate"),
        ]
    )
    assert ids(ledger.booked("door", "b1", NOW)) == ["now", "later"]


def test_a_row_of_an_older_version() -> None:
    """It was of no order, by nobody known, and no spare."""
    stored = issued("a").to_dict()
    for key in ("issued_user", "order", "spare"):
        del stored[key]
    (row,) = Ledger.from_json([stored]).rows()
    assert (row.issued_user, row.order, row.spare) == (None, None, False)
    assert row == issued("a")


def test_active_codes_and_when_they_change() -> None:
    """A code that two people share is one code."""
    ledger = Ledger.of(
        [
            issued("a", -1, 2),
            issued("b", 0, 4, key="shared"),
            issued("c", 0, 4, key="shared"),
            issued("elsewhere", -1, 9, owner="gate"),
        ]
    )
    told = []
    moment: datetime | None = NOW - DAY
    while moment:
        hours = (moment - NOW) / HOUR
        told.append(
            (hours, ids(ledger.active_at(moment, "door")), ledger.active_codes(moment, "door"))
        )
        moment = ledger.next_change(moment, "door")
    assert told == [
        (-24, [], 0),
        (-1, ["a"], 1),
        (0, ["a", "b", "c"], 2),
        (2, ["b", "c"], 1),
        (4, [], 0),
    ]
    assert ledger.next_change(NOW, "shed") is None


def test_a_calendar_view() -> None:
    """Codes that overlap a time, sorted by start; an end is not part of a window."""
    ledger = Ledger.of(
        [
            issued("long", -100, 100),
            issued("over", -3, 0),
            issued("now", 0, 2),
            issued("then", 2, 3),
        ]
    )
    assert ids(ledger.between("door", NOW, NOW + 2 * HOUR)) == ["long", "now"]
    assert ids(ledger.between("door", NOW)) == ["long", "now", "then"]
    assert ids(ledger.between("gate", NOW)) == []
    assert ids(ledger.rows("door")) == ["long", "over", "now", "then"]


# The same again


def test_the_same_code_is_not_asked_for_again() -> None:
    """Not while its value is kept and its window is not over."""
    ledger = Ledger.of(
        [
            issued("ann", key="k", name="Ann", issued_at=NOW - DAY),
            issued("bob", key="k", name="Bob", issued_at=NOW),
            issued("other"),
            issued("erased", key="e", code=None),
        ]
    )
    assert ids(ledger.same("k", NOW)) == ["ann", "bob"]
    assert ids(ledger.withdraw("ann").same("k", NOW)) == ["ann", "bob"]
    assert ledger.same("k", NOW + 2 * HOUR) == ()
    assert ledger.same("e", NOW) == ()


def test_a_key_covers_all_that_a_code_depends_on_and_is_no_secret() -> None:
    """Changing any part makes another key; the hash reveals none of them."""
    parts: dict[str, Any] = {
        "lock": "202011161623",
        "identifier": "451254",
        "lock_model": "KL1060C2",
        "wire_start": datetime(2026, 5, 4, 14),  # noqa: DTZ001 - the wire has the lock's clock
        "duration_id": 1,
    }
    others: list[dict[str, Any]] = [
        {"lock": "202011161624"},
        {"identifier": "451255"},
        {"lock_model": "KL1060"},
        {"wire_start": datetime(2026, 5, 4, 15)},  # noqa: DTZ001 - as above
        {"duration_id": 2},
        {"lock": "20201116162", "identifier": "3451254"},
    ]
    keys = [code_key(**parts), *(code_key(**(parts | other)) for other in others)]
    assert len(set(keys)) == len(keys)
    assert not any("451254" in key for key in keys)
    assert code_key(**parts) == code_key(**(parts | {"lock_model": "kl1060c2"}))


# A booking that moves


def test_the_newer_code_of_a_booking_replaces_the_older() -> None:
    """For the same lock, while the older one is not over."""
    ledger = Ledger.of(
        [
            issued("over", -9, -1, reference="booking"),
            issued("older", reference="booking"),
            issued("gone", reference="booking", withdrawn=True),
            issued("other", reference="another"),
            issued("none"),
            issued("gate", owner="gate", reference="booking"),
        ]
    )
    ledger, replaced = ledger.add(issued("newer", reference="booking", issued_at=NOW))
    assert replaced == ("older",)
    assert [(row.id, row.replaced_by) for row in ledger.rows() if row.withdrawn] == [
        ("gone", None),
        ("older", "newer"),
    ]
    assert Ledger().add(issued("a")) == (Ledger.of([issued("a")]), ())


def test_the_codes_of_a_chain_do_not_replace_each_other() -> None:
    """They replace the previous chain, whose rows name the first of them."""
    first = [issued("a", reference="stay"), issued("b", 2, 4, reference="stay")]
    second = [issued("c", 1, 3, reference="stay"), issued("d", 3, 5, reference="stay")]
    ledger, replaced = Ledger().add(*first)
    assert replaced == ()
    ledger, replaced = ledger.add(*second)
    assert sorted(replaced) == ["a", "b"]
    assert {row.id: row.replaced_by for row in ledger.rows()} == {
        "a": "c", "b": "c", "c": None, "d": None,
    }  # fmt: skip


# What has had its time


def test_a_code_is_erased_an_hour_after_its_end_and_forgotten_after_the_history() -> None:
    """After that its row shows who had it, but not the code."""
    ledger = Ledger.of([issued("a"), issued("b", 0, 5)])
    assert ledger.next_erasure() == NOW + 3 * HOUR
    assert ledger.prune(NOW + 2.9 * HOUR, 90) is ledger

    ledger = ledger.prune(NOW + 3 * HOUR, 90)
    assert {row.id: row.code for row in ledger.rows()} == {"a": None, "b": "123456"}
    assert ledger.next_erasure() == NOW + 6 * HOUR

    ledger = ledger.prune(NOW + 2 * HOUR + 90 * DAY, 90)
    assert [(row.id, row.code) for row in ledger.rows()] == [("b", None)]
    assert ledger.next_erasure() is None
    assert ledger.prune(NOW + 100 * DAY, 90) == Ledger()


# Storage


def test_a_code_is_not_in_a_row_that_is_printed() -> None:
    """Nor is its key."""
    printed = repr(Ledger.of([issued("a")]))
    assert "123456" not in printed
    assert "key of" not in printed


def test_moments_are_kept_in_utc() -> None:
    """Whatever zone they are given in."""
    row = issued("a", start=0, end=2)
    other = replace(row, start=row.start.astimezone(timezone(3 * HOUR)))
    assert other.start.isoformat() == "2026-05-04T12:00:00+00:00"
    stored = row.to_dict() | {"start": "2026-05-04T13:00:00+01:00"}
    assert Issued.from_dict(stored) == row


@pytest.mark.parametrize(
    "damage",
    [
        {"id": None},
        {"id": 7},
        {"owner": ["door"]},
        {"name": {}},
        {"code": 123456},
        {"duration_id": "1"},
        {"duration_id": True},
        {"withdrawn": "no"},
        {"start": None},
        {"start": "soon"},
        {"start": "2026-05-04T12:00:00"},
        {"start": "0001-01-01T00:00:00+14:00"},
        {"end": "2026-05-04T12:00:00+00:00"},
    ],
)
def test_an_unreadable_row_is_left_out(damage: dict[str, Any]) -> None:
    """All other rows are kept."""
    good, bad = issued("good").to_dict(), issued("bad").to_dict()
    ledger = Ledger.from_json([bad | damage, good, None, 5, "row", [good], {}])
    assert ledger == Ledger.of([issued("good")])


@pytest.mark.parametrize("stored", [None, {}, "rows", 5, [None]])
def test_an_unreadable_ledger_is_empty(stored: object) -> None:
    """The entry still loads."""
    assert Ledger.from_json(stored) == Ledger()


# Properties of every history

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no failure."""

hours = st.integers(-100, 100)
rows = st.builds(
    lambda number, owner, start, length, more: issued(
        str(number), start, start + length, owner=owner, **more
    ),
    st.integers(0, 30),
    st.sampled_from(["door", "gate"]),
    hours,
    st.integers(1, 80),
    st.fixed_dictionaries(
        {
            "key": st.sampled_from(["k", "l", "m"]),
            "reference": st.sampled_from([None, "r", "s"]),
            "name": st.none() | st.text(st.characters(codec="utf-8")),
            "withdrawn": st.booleans(),
            "issued_user": st.none() | st.just("somebody"),
            "order": st.none() | st.just("order"),
            "spare": st.booleans(),
            "issued_at": hours.map(lambda shift: NOW + shift * HOUR),
        }
    ),
)
ledgers = st.lists(rows, max_size=30).map(Ledger.of)


@unhurried
@given(ledgers)
def test_storage_gives_back_what_it_took(ledger: Ledger) -> None:
    """Through JSON, in the same order."""
    assert (
        Ledger.from_json(json.loads(json.dumps([row.to_dict() for row in ledger.rows()]))) == ledger
    )


@unhurried
@given(ledgers)
def test_what_is_looked_up_is_what_is_there(ledger: Ledger) -> None:
    """By id, and by key over all locks."""
    rows = list(ledger.rows())
    for row in rows:
        assert ledger.get(row.id) is row
        assert set(ids(ledger.sharing(row.key))) == {one.id for one in rows if one.key == row.key}
    assert ledger.get("gone") is None
    assert list(ledger.sharing("gone")) == []


@unhurried
@given(ledgers, hours, st.integers(1, 100))
def test_the_index_finds_what_a_search_would(ledger: Ledger, start: int, length: int) -> None:
    """The indexed answers are those of a full search."""
    now, until = NOW + start * HOUR, NOW + (start + length) * HOUR
    door = [row for row in ledger.rows() if row.owner == "door"]
    assert ledger.between("door", now, until) == [
        r for r in door if r.start < until and r.end > now
    ]
    assert ledger.between("door", now) == [row for row in door if row.end > now]
    assert ledger.active_at(now, "door") == [row for row in door if row.start <= now < row.end]
    moments = [moment for row in door for moment in (row.start, row.end) if moment > now]
    assert ledger.next_change(now, "door") == min(moments, default=None)


@unhurried
@given(ledgers, st.lists(rows.map(lambda row: replace(row, id=f"new {row.id}")), max_size=3))
def test_adding_loses_nothing(ledger: Ledger, added: list[Issued]) -> None:
    """Each id has one row; added ones are as given, others change only by being withdrawn."""
    added = list({row.id: row for row in added}.values())
    grown, replaced = ledger.add(*added)
    before = {row.id: row for row in ledger.rows()}
    after = {row.id: row for row in grown.rows()}
    assert set(after) == set(before) | set(ids(added))
    assert all(after[row.id] == row for row in added)
    for row_id, row in before.items():
        if row_id in ids(added):
            continue
        if row_id in replaced:
            row = replace(row, withdrawn=True, replaced_by=after[row_id].replaced_by)  # noqa: PLW2901 - as it should be
            assert after[row_id].replaced_by in ids(added)
        assert after[row_id] == row


@unhurried
@given(ledgers, hours, st.integers(0, 10))
def test_pruning_keeps_what_is_needed_and_no_more(ledger: Ledger, shift: int, days: int) -> None:
    """No code outlives its hour, no row its history, and pruning again changes nothing."""
    now = NOW + shift * HOUR
    pruned = ledger.prune(now, days)
    kept = {row.id: row for row in pruned.rows()}
    for row in ledger.rows():
        assert (row.id in kept) is (row.end > now - days * DAY)
    for row in kept.values():
        assert (row.code is None) is (row.end <= now - HOUR)
    assert pruned.prune(now, days) is pruned
    assert pruned.active_at(now, "door") == ledger.active_at(now, "door")


def test_ten_thousand_codes_are_looked_up_by_place() -> None:
    """Answers are small parts, found without a look at the other rows.

    script/benchmark measures the times; this tests the shape, which no slow machine changes.
    """
    many = Ledger.of(issued(f"{n:05}", 3 * n, 3 * n + 2) for n in range(10_000))
    now = NOW + 15_000 * HOUR
    assert ids(many.active_at(now, "door")) == ["05000"]
    assert len(many.between("door", now, now + 30 * DAY)) == 240
    assert many.next_change(now, "door") == now + 2 * HOUR
