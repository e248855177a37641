"""Words of the cloud that nobody has documented: which are kept, and how many."""

from itertools import chain
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api import AuditEntry, Client, Lock
from custom_components.codelocks.reading.unknown_words import (
    AUDIT,
    BATTERY,
    KINDS,
    MAX_LENGTH,
    MAX_WORDS,
    note_unknown,
    presentable,
    unknown_batteries,
    unknown_statuses,
    unknown_types,
    unknown_words,
)


class Notebook(dict[str, Any]):
    """Notes in memory; counts what is written."""

    written = 0

    def note(self, name: str) -> Any:
        """Return a note."""
        return self.get(name)

    def set_note(self, name: str, value: Any) -> None:
        """Keep a note."""
        self.written += 1
        self[name] = value


@pytest.mark.parametrize(
    "word",
    [
        "HALF",
        "half full",
        "Zu niedrig",
        "Lock.LockColour",
        "spc_v2",
        "17",
        "E-7",
        "PRÊT",
        "充電",
    ],
)
def test_what_is_shown(word: str) -> None:
    """A few words of a state, or the name of a key."""
    assert presentable(word)


@pytest.mark.parametrize(
    "word",
    [
        None,
        "",
        " ",
        "a@b.c",
        "guest@example.com",
        "1234",
        "Code 12 34",
        "\uff14\uff17\uff11\uff11",
        "+44 7123 456789",
        "Anna let the plumber in",
        "x" * (MAX_LENGTH + 1),
        "two\nlines",
        "<b>",
        "{secret}",
        "_x",
        "a  b",
    ],
)
def test_what_is_left_out(word: str | None) -> None:
    """Words that may be personal or a code, and what is not a word, are left out."""
    assert not presentable(word)


words = st.one_of(st.text(max_size=80), st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.none())


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.lists(words, max_size=50)), max_size=10))
def test_it_does_not_grow(reads: list[tuple[str, list[str | None]]]) -> None:
    """Whatever the cloud says, and however often; what is there stays."""
    notes = Notebook()
    before = unknown_words(notes)
    for kind, some in reads:
        note_unknown(notes, kind, some)
        after = unknown_words(notes)
        assert all(set(before[one]) <= set(after[one]) for one in KINDS)
        assert all(len(after[one]) <= MAX_WORDS for one in KINDS)
        assert all(map(presentable, chain.from_iterable(after.values())))
        before = after


def test_what_is_known_is_not_written_again() -> None:
    """A read each hour must not write a file each hour."""
    notes = Notebook()
    for _ in range(3):
        note_unknown(notes, BATTERY, ["HALF"])
        note_unknown(notes, AUDIT, [None, ""])
    assert notes.written == 1
    note_unknown(notes, BATTERY, (f"w{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(100)))
    note_unknown(notes, BATTERY, ["ONE MORE"])
    assert notes.written == 2
    assert len(unknown_words(notes)[BATTERY]) == MAX_WORDS


@pytest.mark.parametrize(
    "stored", [7, [], {"battery": 7}, {"battery": [7, None, "a@b.c", "HALF", "HALF"]}]
)
def test_a_spoilt_note(stored: Any) -> None:
    """A file may hold anything."""
    notes = Notebook(unknown_words=stored)
    found = unknown_words(notes)
    assert found.keys() == set(KINDS)
    assert found[BATTERY] in ([], ["HALF"])
    note_unknown(notes, AUDIT, ["Beep"])
    assert unknown_words(notes)[AUDIT] == ["Beep"]


def test_batteries() -> None:
    """A number and a known word are no news, nor is a battery that is unknown."""
    reported = ["FULL", "low", "UNKNOWN", "64", "64 %", None, "HALF"]
    locks = [Lock(lock_id=str(n), battery_status=word) for n, word in enumerate(reported)]
    assert unknown_batteries(locks) == {"HALF"}


def test_types_of_activity() -> None:
    """Those of entries of which it is not clear what they are about."""
    entries = [
        AuditEntry(entry_type="Unlock", text="By phone"),
        AuditEntry(entry_type="17", text="Opened by phone"),
        AuditEntry(entry_type="Beep", text="Anna"),
        AuditEntry(entry_type=None, text="Anna"),
    ]
    assert unknown_types(entries) == {"Beep"}


def test_states_of_clients() -> None:
    """Those that say neither yes nor no."""
    states = ["ACTIVE", "accepted", "Suspended", "INVITED", None, "PENDING", "PENDING"]
    clients = [Client(email=f"{n}@example.com", status=one) for n, one in enumerate(states)]
    assert unknown_statuses(clients) == {"PENDING"}
