"""Tells a wrong version of the API from wishes that are refused. Pure.

Nobody has documented what the cloud answers to a version that it does not serve. Two things smell
of it, as long as no code was made since:

- the gateway has no such path (403, "Missing Authentication Token"): that is never about a wish;
- refusals that a gateway also gives for a version (404, 422, or 403 "Forbidden"), at least two of
  them, and for every lock of the account, or for three locks.

A 400 is about the wish: it comes from the application behind the gateway.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from ..api import (
    CodelocksAuthError,
    CodelocksConnectionError,
    CodelocksError,
    CodelocksRejectedError,
)

LOCKS_ENOUGH = 3
"""Locks that are hardly all wrong by themselves: the others need not be tried."""
REFUSALS_ENOUGH = 2
"""With a single lock the first refusal may well be about the wish."""
_OF_A_VERSION = (404, 422)


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was refused by a version since the last code was made."""

    version: str
    count: int = 0
    locks: frozenset[str] = frozenset()
    no_path: bool = False

    def after(self, lock: str, error: CodelocksError | None) -> Self:
        """Return the refusals after a call for a lock; without an error a code was made."""
        if error is None:
            return type(self)(self.version)
        if isinstance(error, CodelocksConnectionError) and error.no_path:
            return replace(self, no_path=True)
        if isinstance(error, CodelocksAuthError) or (
            isinstance(error, CodelocksRejectedError) and error.status in _OF_A_VERSION
        ):
            count = min(self.count + 1, REFUSALS_ENOUGH)
            return replace(self, count=count, locks=self.locks | {lock})
        return self

    def suspects_version(self, locks: Collection[str]) -> bool:
        """Return whether the version may be wrong, for an account with these locks."""
        if self.no_path:
            return True
        refused = self.locks.intersection(locks)
        is_every_lock = bool(refused) and len(refused) >= min(LOCKS_ENOUGH, len(locks))
        return is_every_lock and self.count >= REFUSALS_ENOUGH

    def to_dict(self) -> dict[str, Any]:
        """Return the refusals for storage."""
        return {
            "version": self.version,
            "count": self.count,
            "locks": sorted(self.locks),
            "no_path": self.no_path,
        }

    @classmethod
    def from_dict(cls, stored: Any, version: str) -> Self:
        """Read what was stored; those of another version, and spoilt ones, do not count."""
        if not isinstance(stored, Mapping) or stored.get("version") != version:
            return cls(version)
        try:
            locks = frozenset(map(str, stored["locks"]))
            return cls(version, int(stored["count"]), locks, stored["no_path"] is True)
        except ArithmeticError, LookupError, TypeError, ValueError:
            return cls(version)
