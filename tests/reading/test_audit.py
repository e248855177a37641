"""From the pages of a lock's audit to its news."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
import json
from random import Random

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api import AuditEntry
from custom_components.codelocks.reading.audit import (
    EVENT_TYPES,
    Cursor,
    event_type,
    identity,
    masked,
    news,
    reaches,
)

NOON = datetime(2026, 10, 12, 12, 0)  # noqa: DTZ001 - as the cloud gives it
PAGE = 50


def entry(
    entry_id: int | None, minutes: int | None = None, text: str = "Opened", kind: str = "Unlock"
) -> AuditEntry:
    """Return an entry, this many minutes after noon."""
    time = None if minutes is None else NOON + timedelta(minutes=minutes)
    return AuditEntry(entry_id=entry_id, time=time, entry_type=kind, text=text)


def ids(entries: Iterable[AuditEntry]) -> list[int | None]:
    """Return the ids of entries."""
    return [one.entry_id for one in entries]


def test_the_first_read_reports_no_history() -> None:
    """Entries from before the first read are never news."""
    history = [entry(2, 2), entry(1, 1)]
    first = news(None, history)
    assert first.entries == ()
    assert news(first.cursor, history).entries == ()


def test_the_first_read_of_an_empty_audit() -> None:
    """After an empty audit, the first entry is news."""
    first = news(None, [])
    assert ids(news(first.cursor, [entry(1, 1)]).entries) == [1]


def test_order() -> None:
    """News is reported oldest first, entries of equal time in the order of their ids."""
    cursor = news(None, [entry(1, 0)]).cursor
    page = [entry(5, 7), entry(4, 5), entry(3, 5), entry(2, 6), entry(1, 0)]
    assert ids(news(cursor, page).entries) == [3, 4, 2, 5]


def test_duplicates() -> None:
    """An entry that comes twice, on one page or on two, is reported once."""
    cursor = news(None, []).cursor
    found = news(cursor, [entry(2, 2), entry(2, 2), entry(1, 1), entry(2, 2)])
    assert ids(found.entries) == [1, 2]


def test_late_entries() -> None:
    """Entries that a phone uploads late are news, though older than reported ones."""
    cursor = news(None, [entry(10, 60)]).cursor
    found = news(cursor, [entry(11, 30), entry(10, 60)])
    assert ids(found.entries) == [11]


def test_entries_without_id_or_time() -> None:
    """Such entries are reported once, too, even when repeated."""
    cursor = news(None, [entry(None, 1)]).cursor
    page = [entry(None, 2), entry(None, 1), entry(None, None, "Strange"), entry(7)]
    found = news(cursor, page)
    assert {identity(one) for one in found.entries} == {
        identity(one) for one in (page[0], page[2], page[3])
    }
    assert news(found.cursor, page).entries == ()


def test_pages_with_and_without_ids() -> None:
    """If the second page comes without ids, entries of the first page are still recognised."""
    cursor = news(None, []).cursor
    audit = [entry(number, number, f"Opened {number}") for number in range(110, 0, -1)]
    nameless = [replace(one, entry_id=None) for one in audit]
    first = news(cursor, audit[:PAGE] + nameless[PAGE:])
    assert len(first.entries) == 110
    assert news(first.cursor, nameless[:PAGE]).entries == ()
    assert news(first.cursor, audit[:PAGE]).entries == ()


def test_ids_that_start_again() -> None:
    """If the cloud's ids start again, entries are still reported, and once."""
    cursor = news(None, [entry(1000, 0), entry(999, -1)]).cursor
    again = [entry(2, 2), entry(1, 1)]
    found = news(cursor, again)
    assert ids(found.entries) == [1, 2]
    assert news(found.cursor, again).entries == ()
    assert ids(news(found.cursor, [entry(3, 3), *again]).entries) == [3]


def test_an_entry_that_vanished() -> None:
    """When the newest entry is gone, the older ones do not become news."""
    page = [entry(number, number) for number in range(60, 0, -1)]
    cursor = news(None, page).cursor
    assert news(cursor, page[1:]).entries == ()


def test_an_audit_that_was_emptied() -> None:
    """An empty page forgets nothing."""
    page = [entry(number, number) for number in range(5, 0, -1)]
    cursor = news(None, page).cursor
    emptied = news(cursor, [])
    assert emptied.entries == ()
    assert news(emptied.cursor, page).entries == ()


def test_reaching_the_cursor() -> None:
    """Further pages are read only until one reaches a reported entry."""
    cursor = news(None, [entry(5, 5), entry(4, 4)]).cursor
    assert reaches(cursor, [entry(6, 6), entry(5, 5)])
    assert reaches(cursor, [entry(6, 6), entry(3, 3)])
    assert not reaches(cursor, [entry(7, 7), entry(6, 6)])
    assert not reaches(cursor, [])
    assert not reaches(cursor, [entry(None, 9)])


ENTRIES = st.builds(
    entry,
    st.none() | st.integers(0, 30),
    st.none() | st.integers(-5, 5),
    st.sampled_from(["Opened", "Denied", "x"]),
)


@given(batches=st.lists(st.lists(ENTRIES, max_size=6), min_size=1, max_size=6))
def test_never_twice(batches: list[list[AuditEntry]]) -> None:
    """Any answer, in any order: read again at once, it has no news."""
    cursor = None
    for batch in batches:
        found = news(cursor, batch)
        cursor = found.cursor
        assert len({identity(one) for one in found.entries}) == len(found.entries)
        assert news(cursor, batch).entries == ()


@given(
    arrivals=st.lists(st.lists(st.integers(-300, 300), max_size=4), min_size=1, max_size=12),
    start=st.integers(0, 5),
    stored=st.booleans(),
)
def test_each_once(arrivals: list[list[int]], start: int, *, stored: bool) -> None:
    """Ids rise with arrival, times are arbitrary: each entry is reported once, none is lost."""
    audit = [entry(number + 1, number) for number in range(start)]
    cursor = news(None, audit[::-1][:PAGE]).cursor
    told: list[int | None] = []
    for batch in arrivals:
        for minutes in batch:
            audit.append(entry(len(audit) + 1, minutes))
        found = news(cursor, audit[::-1][:PAGE])
        cursor = found.cursor
        if stored:
            cursor = Cursor.from_dict(json.loads(json.dumps(cursor.as_dict())))
        told += ids(found.entries)
    assert sorted(one for one in told if one) == list(range(start + 1, len(audit) + 1))


@given(shuffled=st.permutations(range(1, 12)), seed=st.integers())
def test_order_of_reading_does_not_matter(shuffled: Sequence[int], seed: int) -> None:
    """The cloud's answer may be unordered: news is still oldest first."""
    cursor = news(None, [entry(1, 1)]).cursor
    page = [entry(number, number) for number in shuffled]
    page += Random(seed).choices(page, k=3)  # noqa: S311
    assert ids(news(cursor, page).entries) == list(range(2, 12))


@pytest.mark.parametrize(
    "stored",
    [{}, {"newest_id": 1}, {"newest_id": "x", "latest": []}, {"newest_id": 1, "latest": 2}],
)
def test_spoilt_cursors(stored: dict[str, object]) -> None:
    """An unreadable cursor raises, and the caller starts without one."""
    with pytest.raises((LookupError, TypeError, ValueError)):
        Cursor.from_dict(stored)


def test_times_with_an_offset() -> None:
    """A time may carry an offset; two of one zone are in order."""
    early = AuditEntry(entry_id=2, time=datetime(2026, 10, 12, 11, tzinfo=UTC))
    late = AuditEntry(entry_id=1, time=datetime(2026, 10, 12, 12, tzinfo=UTC))
    assert ids(news(Cursor(), [late, early]).entries) == [2, 1]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("Unlock", "Opened by Anna Berger (phone)", "opened"),
        ("NetCode", "Opened with NetCode", "opened"),
        ("Access granted", "", "opened"),
        ("Client unlock", "anna@example.com", "opened"),
        ("Access denied", "Invalid code", "denied"),
        ("Unlock", "Unlock failed", "denied"),
        ("NetCode", "Access denied", "denied"),
        ("Client added", "Client added: Anna", "client"),
        ("Client", "Invitation accepted by anna@example.com", "client"),
        ("Settings changed", "Auto-lock time set", "settings"),
        ("Settings changed", "Opening time set to 6 seconds", "settings"),
        ("Firmware", "Updated", "settings"),
        ("Battery", "Battery low", "battery"),
        (None, "Batteries replaced", "battery"),
        ("Sync", "Lock synchronised", "sync"),
        (None, "Synchronized", "sync"),
        ("Tamper", "Cover removed", "other"),
        (None, None, "other"),
        ("", "", "other"),
        ("Relocked", "Door shut", "other"),
    ],
)
def test_event_types(kind: str | None, text: str | None, expected: str) -> None:
    """An entry has a type if its words are clear."""
    found = event_type(AuditEntry(entry_type=kind, text=text))
    assert found == expected
    assert found in EVENT_TYPES


@given(kind=st.none() | st.text(), text=st.none() | st.text())
def test_event_types_are_listed(kind: str | None, text: str | None) -> None:
    """Whatever the cloud says, the type is one of the list."""
    assert event_type(AuditEntry(entry_type=kind, text=text)) in EVENT_TYPES


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Opened with code 482913", "Opened with code ****"),
        ("Codes 1234 and 7654321.", "Codes **** and ****."),
        ("Room 123", "Room 123"),
        ("Code\u0664\u0668\u0662\u0669", "Code****"),
        ("", ""),
        (None, None),
    ],
)
def test_masking(text: str | None, shown: str | None) -> None:
    """Runs of four or more digits may be a code."""
    assert masked(text) == shown


@given(st.text(alphabet="0123456789 ab-", max_size=40))
def test_masking_leaves_no_code(text: str) -> None:
    """After masking there is no run of four digits."""
    shown = masked(text) or ""
    digits = "".join(char if char.isdigit() else " " for char in shown).split()
    assert all(len(run) < 4 for run in digits)


def test_times_with_and_without_offset() -> None:
    """Entries are sorted by their moments, not by their digits."""
    later = AuditEntry(entry_id=1, time=datetime.fromisoformat("2026-10-12T09:20:00"))
    india = timezone(timedelta(hours=5, minutes=30))
    sooner = AuditEntry(entry_id=2, time=datetime(2026, 10, 12, 14, 30, tzinfo=india))
    assert news(Cursor(), [sooner, later]).entries == (sooner, later)
