"""A wrong version of the API is told from wishes that are refused."""

from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.api import (
    CodelocksAuthError,
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksRejectedError,
    CodelocksResponseError,
    Pool,
)
from custom_components.codelocks.netcode.refusals import Refusals

LOCKS = ("front", "studio", "shed", "cellar")
NOT_FOUND = CodelocksRejectedError("HTTP 404", 404)
BAD = CodelocksRejectedError("HTTP 422", 422)
INVALID = CodelocksRejectedError("[Invalid Data]", 400)
NO_PATH = CodelocksConnectionError("Missing Authentication Token", no_path=True)
DOWN = CodelocksConnectionError("HTTP 503")
FORBIDDEN = CodelocksAuthError("Forbidden")
SPENT = CodelocksQuotaError("spent", Pool.NETCODE)
GARBAGE = CodelocksResponseError("no JSON")
ERRORS = (None, NOT_FOUND, BAD, INVALID, NO_PATH, DOWN, FORBIDDEN, SPENT, GARBAGE)


def after(*answers: tuple[str, CodelocksError | None]) -> Refusals:
    """Return the refusals after some answers."""
    refusals = Refusals("2")
    for lock, error in answers:
        refusals = refusals.after(lock, error)
    return refusals


@pytest.mark.parametrize(
    ("locks", "answers", "expected"),
    [
        (1, [], False),
        (1, [("front", NO_PATH)], True),  # never about a wish
        (4, [("front", NO_PATH)], True),
        (4, [("front", NO_PATH), ("front", None)], False),  # a hiccup of the gateway
        (1, [("front", BAD)], False),  # may well be about the wish
        (1, [("front", BAD), ("front", BAD)], True),
        (1, [("front", BAD), ("front", None), ("front", BAD)], False),
        (2, [("front", BAD)] * 9, False),  # a wrong model, perhaps
        (2, [("front", BAD), ("studio", NOT_FOUND)], True),
        (2, [("front", FORBIDDEN), ("studio", FORBIDDEN)], True),
        (4, [("front", BAD), ("studio", BAD)], False),
        (4, [("front", BAD), ("studio", BAD), ("shed", NOT_FOUND)], True),
        (1, [("gone", BAD), ("gone", BAD)], False),  # a lock that is no longer there
        (0, [("gone", BAD), ("gone", BAD)], False),
        (1, [("front", INVALID)] * 9, False),
        (1, [("front", DOWN)] * 9, False),
    ],
)
def test_when_the_version_is_suspected(
    locks: int, answers: list[tuple[str, CodelocksError | None]], *, expected: bool
) -> None:
    """By what was answered since the last code."""
    assert after(*answers).suspects_version(LOCKS[:locks]) is expected


answers = st.lists(st.tuples(st.sampled_from(LOCKS), st.sampled_from(ERRORS)), max_size=20)


@given(answers)
def test_what_was_refused_is_stored(some: list[tuple[str, CodelocksError | None]]) -> None:
    """And read back, but not for another version."""
    refusals = after(*some)
    stored = refusals.to_dict()
    assert Refusals.from_dict(stored, "2") == refusals
    assert Refusals.from_dict(stored, "3") == Refusals("3")
    assert refusals.count <= 2, "it does not grow"


@given(answers)
def test_a_code_that_was_made_proves_the_version(
    some: list[tuple[str, CodelocksError | None]],
) -> None:
    """Whatever was refused before."""
    assert not after(*some, ("front", None)).suspects_version(LOCKS)


@pytest.mark.parametrize(
    "stored",
    [None, 7, [], {}, {"version": "2"}, {"version": "2", "count": "x", "locks": []},
     {"version": "2", "count": 1, "locks": 5, "no_path": True}],
)  # fmt: skip
def test_what_is_spoilt_does_not_count(stored: Any) -> None:
    """A file may hold anything."""
    assert Refusals.from_dict(stored, "2") == Refusals("2")
