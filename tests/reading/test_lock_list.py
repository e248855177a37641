"""Which locks an account keeps from read to read."""

from datetime import UTC, datetime

import pytest

from custom_components.codelocks.api import Lock, LockList
from custom_components.codelocks.reading.lock_list import merged
from custom_components.codelocks.reading.records import LocksRecord

NOW = datetime(2026, 10, 12, 12, 0, tzinfo=UTC)
MOST = 3


def locks(names: str, called: str = "Door") -> tuple[Lock, ...]:
    """Return a lock for each letter."""
    return tuple(Lock(lock_id=name, name=called) for name in names)


@pytest.mark.parametrize(
    ("known", "missing", "found", "complete", "kept", "still_missing"),
    [
        pytest.param(None, "", "ab", True, "ab", "", id="first sight"),
        pytest.param("ab", "", "abc", True, "abc", "", id="one joins"),
        pytest.param("ab", "", "b", True, "ab", "a", id="missing once, it stays"),
        pytest.param("ab", "a", "b", True, "b", "", id="missing twice, it goes"),
        pytest.param("ab", "a", "ab", True, "ab", "", id="it is back"),
        pytest.param("ab", "", "", True, "ab", "ab", id="no locks, maybe a hiccup"),
        pytest.param("ab", "a", "b", False, "ab", "a", id="an incomplete list proves nothing"),
        pytest.param("ab", "a", "a", False, "ab", "", id="but what it has is there"),
        pytest.param("ab", "a", "wxyz", True, "abw", "a", id="too many, the known stay"),
        pytest.param(None, "", "wxyz", True, "wxy", "", id="too many, the first come"),
    ],
)
def test_merged(
    *,
    known: str | None,
    missing: str,
    found: str,
    complete: bool,
    kept: str,
    still_missing: str,
) -> None:
    """A lock goes when two complete lists in a row are without it."""
    before = None if known is None else LocksRecord(NOW, locks(known), frozenset(missing))
    record = merged(before, LockList(locks(found), complete=complete), NOW, MOST)
    assert "".join(record.by_id) == kept
    assert record.missing == set(still_missing)


def test_what_was_read_counts() -> None:
    """A lock is as the last list has it, in the place that it had."""
    before = LocksRecord(NOW, locks("ab", "old"))
    record = merged(before, LockList(locks("b", "new"), complete=True), NOW, MOST)
    assert [(lock.lock_id, lock.name) for lock in record.locks] == [("a", "old"), ("b", "new")]
