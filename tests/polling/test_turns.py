"""Which read comes next."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api import (
    CodelocksConnectionError,
    CodelocksError,
    CodelocksResponseError,
)
from custom_components.codelocks.polling.schedule import Read, ReadKind
from custom_components.codelocks.polling.turns import Turns
from custom_components.codelocks.polling.waits import Waits

NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
READ = Read(ReadKind.ACTIVITY, "front")
FAILED = CodelocksResponseError("no JSON")


@dataclass
class Try:
    """The last try to read something."""

    at: datetime | None
    error: CodelocksError | None = None

    def tried_at(self, now: datetime) -> datetime | None:
        """Return when it began."""
        assert now
        return self.at


@pytest.mark.parametrize(
    ("wanted", "tried", "due"),
    [
        pytest.param(0, Try(None), 0, id="never read"),
        pytest.param(-1, Try(NOW - 4 * MINUTE), 6, id="read just before"),
        pytest.param(-1, Try(NOW - 30 * MINUTE), -20, id="read long before"),
        pytest.param(-5, Try(NOW - 4 * MINUTE), None, id="read since"),
        pytest.param(-5, Try(NOW - 4 * MINUTE, FAILED), 6, id="tried since"),
        pytest.param(600, Try(NOW), None, id="by a clock that was ahead"),
        pytest.param(-5, None, None, id="no longer there"),
    ],
)
def test_a_wish(wanted: int, tried: Try | None, due: int | None) -> None:
    """It is met once, no sooner than ten minutes after the last try."""
    turns = Turns(Waits())
    turns.wanted[READ] = NOW + wanted * MINUTE
    tries = {READ: tried} if tried else {}
    begin = NOW - timedelta(days=1)
    expected = [] if due is None else [(NOW + due * MINUTE, READ)]
    assert turns.order(None, tries, NOW, calls=1, not_before=begin) == expected
    assert list(turns.wanted) == [read for _, read in expected]


@given(calls=st.integers(0, 2), wait=st.integers(0, 600), failures=st.integers(0, 4))
def test_a_wish_waits(calls: int, wait: int, failures: int) -> None:
    """Never before the account may be read, nor when no call is left; longer for what fails."""
    waits = Waits()
    for _ in range(failures):
        waits.note(READ, FAILED, NOW)
    turns = Turns(waits)
    turns.wanted[READ] = NOW
    not_before = NOW + wait * MINUTE
    order = turns.order(None, {READ: Try(NOW, FAILED)}, NOW, calls=calls, not_before=not_before)
    due = max(not_before, NOW + 10 * MINUTE, NOW + waits.patience(READ))
    assert order == ([(due, READ)] if calls else [])


def test_what_failed_of_the_account_is_not_tried_by_itself_without_polling() -> None:
    """Only what is wanted is."""
    waits = Waits()
    waits.note(READ, CodelocksConnectionError("down"), NOW)
    turns = Turns(waits)
    assert turns.order(None, {READ: Try(NOW)}, NOW, calls=9, not_before=NOW) == []
