"""What failed, and for how long it is left alone."""

from datetime import UTC, datetime, timedelta
import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api import (
    CodelocksAccessKeyError,
    CodelocksAuthError,
    CodelocksBudgetError,
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksRejectedError,
    CodelocksResponseError,
    CodelocksThrottledError,
    Pool,
)
from custom_components.codelocks.polling.schedule import Read, ReadKind
from custom_components.codelocks.polling.waits import Waits

NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LIST = Read(ReadKind.LOCKS)
AUDIT = Read(ReadKind.ACTIVITY, "0604 of a lock")
CLIENTS = Read(ReadKind.CLIENTS, "0605")
DOWN = CodelocksConnectionError("no connection")


@pytest.mark.parametrize(
    ("read", "error", "minutes", "patience", "again"),
    [
        (AUDIT, DOWN, 5, 0, True),
        (LIST, CodelocksResponseError("no JSON"), 5, 0, True),
        (LIST, CodelocksRejectedError("no", 400), 5, 0, True),
        (AUDIT, CodelocksResponseError("no JSON"), 0, 5, False),
        (AUDIT, CodelocksRejectedError("no", 404), 0, 5, False),
        (AUDIT, CodelocksThrottledError("slow", 7200), 120, 0, True),
        (AUDIT, CodelocksThrottledError("slow"), 10, 0, True),
        (AUDIT, CodelocksQuotaError("spent", Pool.UTILITY), 0, 0, True),
        (LIST, CodelocksBudgetError("kept"), 0, 0, True),
        (AUDIT, CodelocksBudgetError("kept"), 0, 0, True),
        (AUDIT, CodelocksAuthError("key"), 5, 0, True),
        (AUDIT, CodelocksAccessKeyError("key"), 5, 0, True),
    ],
)
def test_conclusions(
    read: Read,
    error: CodelocksError,
    minutes: int,
    patience: int,
    again: bool,  # noqa: FBT001
) -> None:
    """What is the account's has all wait, what is one lock's only that; a success ends both."""
    waits = Waits()
    waits.note(read, error, NOW)
    assert waits.not_before(NOW) == NOW + minutes * MINUTE
    assert waits.patience(read) == patience * MINUTE
    assert (read in waits.again) is again
    assert waits.failed(read) is (again or bool(patience))
    assert (waits.rejection is error) is isinstance(
        error, CodelocksAuthError | CodelocksAccessKeyError
    )
    waits.note(read, None, NOW)
    assert waits.as_dict() == {}
    assert waits.not_before(NOW) == NOW
    assert not waits.failed(read)


def test_a_clock_that_is_set_back() -> None:
    """A wait that began two days ahead is no longer than it was to be."""
    waits = Waits()
    waits.note(LIST, DOWN, NOW + timedelta(days=2))
    assert waits.not_before(NOW) == NOW + 5 * MINUTE
    assert waits.not_before(NOW + 5 * MINUTE) == NOW + 5 * MINUTE


def test_what_is_no_longer_read() -> None:
    """A lock that left the account blocks nothing."""
    waits = Waits()
    waits.note(AUDIT, DOWN, NOW)
    waits.note(CLIENTS, CodelocksResponseError("no JSON"), NOW)
    waits.drop_others({LIST})
    assert not waits.failed(AUDIT)
    assert not waits.failed(CLIENTS)


ERRORS = st.sampled_from(
    [
        DOWN,
        CodelocksAuthError("key"),
        CodelocksAccessKeyError("key"),
        CodelocksQuotaError("spent", Pool.UTILITY),
        CodelocksThrottledError("slow", 600),
        CodelocksRejectedError("no", 400),
        CodelocksResponseError("no JSON"),
        None,
    ]
)


@given(
    notes=st.lists(st.tuples(st.sampled_from([LIST, AUDIT, CLIENTS]), ERRORS), max_size=12),
    later=st.integers(0, 600),
)
def test_storage(notes: list[tuple[Read, CodelocksError | None]], later: int) -> None:
    """What is kept waits as long, for the same reason."""
    waits = Waits()
    for read, error in notes:
        waits.note(read, error, NOW)
    back = Waits.from_dict(json.loads(json.dumps(waits.as_dict())))
    now = NOW + later * MINUTE
    assert back.as_dict() == waits.as_dict()
    assert back.not_before(now) == waits.not_before(now)
    assert (type(back.error), str(back.error)) == (type(waits.error), str(waits.error))
    for read in (LIST, AUDIT, CLIENTS):
        assert back.failed(read) == waits.failed(read)
        assert back.patience(read) == waits.patience(read)


@pytest.mark.parametrize(
    "stored",
    [
        {"failures": "many"},
        {"failures": None},
        {"error": "unheard of"},
        {"error": []},
        {"since": "2026-10-12T09:30:00+00:00"},
        {"since": "2026-10-12T09:30:00+00:00", "wait": "long"},
        {"since": 5, "wait": 5},
        {"since": "2026-10-12T09:30:00+00:00", "wait": 1e300},
        {"again": 5},
        {"again": [5]},
        {"again": ["nothing x"]},
        {"locks": {"activity x": "y"}},
        {"locks": ["activity x"]},
    ],
)
def test_strange_storage(stored: dict[str, Any]) -> None:
    """What makes no sense raises what the store expects: then nothing waits."""
    with pytest.raises((ArithmeticError, AttributeError, LookupError, TypeError, ValueError)):
        Waits.from_dict(stored)


def test_a_stored_wait_beyond_reason() -> None:
    """No wait is longer than a month, and none goes back."""
    since = {"since": NOW.isoformat()}
    for seconds, days in ((1e9, 31), (-1e9, 0)):
        waits = Waits.from_dict({**since, "wait": seconds})
        assert waits.not_before(NOW) == NOW + timedelta(days=days)
