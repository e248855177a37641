"""How long to leave alone what failed: longer with each failure in a row.

Kept, so that a cloud that is down costs no more calls with restarts than without. Pure: `now` is an
argument.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from ..api import (
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
from ..const import MIN_READ_INTERVAL
from ..netcode.clocks import stored_moment
from ..wall_clock import Past
from .schedule import Read, ReadKind

FIRST_RETRY = timedelta(minutes=5)
"""After a failure the wait doubles from here: a cloud that is down costs few calls."""
LONGEST_RETRY = timedelta(hours=6)
_LONGEST = timedelta(days=31)
"""No wait that was stored is longer: by then the month of any quota has turned."""
_NONE = timedelta()
_KEY_ERRORS = (CodelocksAuthError, CodelocksAccessKeyError)
_OF_ACCOUNT = (*_KEY_ERRORS, CodelocksConnectionError)
_ERRORS: dict[str, tuple[type[CodelocksError], Callable[[str], CodelocksError]]] = {
    "api_key": (CodelocksAuthError, CodelocksAuthError),
    "access_key": (CodelocksAccessKeyError, CodelocksAccessKeyError),
    "quota": (CodelocksQuotaError, lambda said: CodelocksQuotaError(said, Pool.UTILITY)),
    "throttled": (CodelocksThrottledError, CodelocksThrottledError),
    "rejected": (CodelocksRejectedError, lambda said: CodelocksRejectedError(said, 400)),
    "connection": (CodelocksConnectionError, CodelocksConnectionError),
    "response": (CodelocksResponseError, CodelocksResponseError),
}
"""What each is called in a file, and made from: its words."""


def backoff(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row."""
    return min(FIRST_RETRY * (1 << min(failures - 1, 10)), LONGEST_RETRY)


class Waits:
    """What failed of an account, and until when it is left alone."""

    def __init__(self) -> None:
        """Start with nothing that failed."""
        self.failures = 0
        """Of the account, in a row."""
        self.error: CodelocksError | None = None
        """Why the account is left alone."""
        self.again: dict[Read, None] = {}
        """What failed for a reason of the account: tried first, and alone, until it works again."""
        self.lock_failures: dict[Read, int] = {}
        """What failed for a reason of its own, and how often in a row."""
        self._since: Past | None = None
        self._wait = _NONE

    def note(self, read: Read, error: CodelocksError | None, now: datetime) -> None:
        """Draw the conclusions from a read; for a spent pool the counter of calls does."""
        self.again.pop(read, None)
        match error:
            case None:
                self.lock_failures.pop(read, None)
                self.failures, self.error = 0, None
                self.lift()
            case CodelocksQuotaError() | CodelocksBudgetError():  # the latter was no call
                self.again[read] = None
            case CodelocksThrottledError():
                self.again[read] = None
                wait = timedelta(seconds=error.retry_after or 0)
                self.error, self._since = error, Past(now)
                self._wait = max(wait, MIN_READ_INTERVAL)
            case _ if isinstance(error, _OF_ACCOUNT) or read.kind is ReadKind.LOCKS:
                self.again[read] = None
                self.fail(error, now)
            case _:
                self.lock_failures[read] = self.lock_failures.get(read, 0) + 1

    def fail(self, error: CodelocksError, now: datetime) -> None:
        """Have the account wait, longer than the last time."""
        self.failures += 1
        self.error, self._since, self._wait = error, Past(now), backoff(self.failures)

    @property
    def rejection(self) -> CodelocksError | None:
        """Why a key was rejected, if it was: nothing is read until there are new ones."""
        return self.error if isinstance(self.error, _KEY_ERRORS) else None

    def lift(self) -> None:
        """Wait no more: there are signs that it works again."""
        self._since, self._wait = None, _NONE

    def not_before(self, now: datetime) -> datetime:
        """Return until when the account is left alone; not after `now` where it is not."""
        return self._since.seen(now) + self._wait if self._since else now

    def patience(self, read: Read) -> timedelta:
        """Return how long to leave a lock alone that fails."""
        count = self.lock_failures.get(read)
        return backoff(count) if count else _NONE

    def failed(self, read: Read) -> bool:
        """Return whether a read failed the last time."""
        return read in self.again or read in self.lock_failures

    def drop_others(self, reads: Container[Read]) -> None:
        """Drop the waits of reads that no longer exist."""
        for failures in (self.again, self.lock_failures):
            for read in [read for read in failures if read not in reads]:
                del failures[read]

    def as_dict(self) -> dict[str, Any]:
        """Return what to keep: only what is not as at the beginning."""
        kinds = (name for name, (kind, _) in _ERRORS.items() if isinstance(self.error, kind))
        kept = {
            "failures": self.failures,
            "error": next(kinds, None),
            "said": str(self.error or ""),
            "since": self._since.at.isoformat() if self._since else None,
            "wait": self._wait.total_seconds(),
            "again": list(map(key_of, self.again)),
            "locks": {key_of(read): count for read, count in self.lock_failures.items()},
        }
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Waits:
        """Read what was kept; raises where it makes no sense."""
        waits = cls()
        waits.failures = max(0, int(stored.get("failures", 0)))
        if "error" in stored:
            waits.error = _ERRORS[stored["error"]][1](str(stored.get("said", "")))
        if "since" in stored:
            waits._since = Past(stored_moment(stored["since"]))
            waits._wait = min(max(_NONE, timedelta(seconds=stored["wait"])), _LONGEST)
        waits.again = dict.fromkeys(_reads(stored.get("again", [])))
        locks = stored.get("locks", {})
        waits.lock_failures = {read: max(1, int(locks[key_of(read)])) for read in _reads(locks)}
        return waits


def key_of(read: Read) -> str:
    """Return what a read is called in a file."""
    return f"{read.kind} {read.lock_id}"


def _reads(keys: Any) -> Iterator[Read]:
    """Yield the reads by what they are called."""
    for key in keys:
        kind, _, lock_id = key.partition(" ")
        yield Read(ReadKind(kind), lock_id)
