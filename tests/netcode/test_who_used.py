"""For whom a code was made that an entry of an audit names; then what holds for any words."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.netcode.ledger import Issued, Ledger
from custom_components.codelocks.netcode.who_used import who_used
from tests.netcode.test_ledger import HOUR, NOW, issued

MINUTE = timedelta(minutes=1)


def made(code: str | None, name: str | None, start: float = 0, end: float = 2) -> Issued:
    """Return a code for somebody."""
    return issued(f"{code} {name} {start}", start, end, code=code, name=name)


LEDGER = Ledger.of(
    [
        made("482913", "Anna"),
        made("1515984", "Tom"),
        made("777777", "Eve"),
        made("777777", "Bob"),
        made("310599", None),
        made("222333", "Over", -3, -1),
        made("101210", "Dated"),
        made(None, "Erased"),
        issued("elsewhere", code="999888", name="Neighbour", owner="gate"),
    ]
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Opened with code 482913", "Anna"),
        ("482913", "Anna"),
        ("NetCode:482913;", "Anna"),
        ("code=482913, door 2", "Anna"),
        ("Opened with code 1515984", "Tom"),
        ("48 29 13", "Anna"),
        ("4-8-2-9-1-3", "Anna"),
        ("482.913 at 12:05", "Anna"),
        ("12:05 482913", "Anna"),
        ("2026-05-04 482913", "Anna"),
        ("04.05.2026 482913", "Anna"),
        ("482913 2 times", "Anna"),
        ("48\u200b2913", "Anna"),
        ("48\u00a029\u00a013", "Anna"),
        ("48\u201129\u201113", "Anna"),
        ("④⑧②⑨①③", "Anna"),
        ("٤٨٢٩١٣", "Anna"),
        ("777777", "Bob, Eve"),
        ("482913 and 1515984", "Anna, Tom"),
        ("310599", None),
        ("222333", None),
        ("999888", None),
        ("1482913", None),
        ("4829130", None),
        ("4829 by 13", None),
        ("2026-10-12 10", None),
        ("None", None),
        ("", None),
        ("Opened by Anna", None),
    ],
)
def test_words(words: str, name: str | None) -> None:
    """A code is known however it is written, and nothing else is taken for one."""
    found = who_used(LEDGER, "door", NOW + HOUR, words)
    assert sorted((found or "").split(", ")) == sorted((name or "").split(", "))


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (NOW - MINUTE, None),
        (NOW, "Anna"),
        (NOW + 2 * HOUR - MINUTE, "Anna"),
        (NOW + 2 * HOUR + 14 * MINUTE, "Anna"),
        (NOW + 2 * HOUR + 15 * MINUTE, None),
        (None, None),
    ],
)
def test_the_time_at_the_lock(moment: datetime | None, name: str | None) -> None:
    """Only while the code opens: the same digits may be anybody's at another time."""
    assert who_used(LEDGER, "door", moment, "code 482913") == name


def test_a_withdrawn_code_is_still_somebodys() -> None:
    """It opens until its end."""
    ledger = Ledger.of([made("482913", "Anna")])
    (row,) = ledger.rows()
    assert who_used(ledger.withdraw(row.id), "door", NOW, "482913") == "Anna"


@given(words=st.text(), around=st.text(), moment=st.integers(-200, 200))
def test_any_words(words: str, around: str, moment: int) -> None:
    """Never an error, never the code, and only names of the lock and time."""
    at = NOW + moment * MINUTE
    known: set[Any] = {row.name for row in LEDGER.rows("door")}
    for text in (words, f"{words} 482913 {around}", f"{words}482913{around}"):
        found = who_used(LEDGER, "door", at, text)
        assert found is None or set(found.split(", ")) <= known
        assert "482913" not in (found or "")


@given(before=st.text("abc ;:!/"), after=st.text("abc ;:!/"))
def test_a_code_among_letters_is_found(before: str, after: str) -> None:
    """Wherever it stands in a line."""
    assert who_used(LEDGER, "door", NOW, f"{before}482913{after}") == "Anna"
