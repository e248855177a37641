"""How kept state is stored, and how long to wait after a failure. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from mashumaro import DataClassDictMixin, pass_through
from mashumaro.config import BaseConfig, SerializationStrategyDict

FIRST_WAIT = timedelta(minutes=10)
"""Less than the time between two looks: after one failure the next look tries again."""
LONGEST_WAIT = timedelta(hours=6)


def _exactly(kind: type) -> SerializationStrategyDict:
    """Accept one type only, without conversion."""

    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"not of type {kind.__name__}")
        return value

    return {"deserialize": read, "serialize": pass_through}


def read_moment(value: str) -> datetime:
    """Read a moment; raises ValueError."""
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment without offset")
    return moment.astimezone(UTC)


class StoredRow(DataClassDictMixin):
    """A part of what is kept."""

    class Config(BaseConfig):
        """How it is stored."""

        serialization_strategy = {  # noqa: RUF012 - mashumaro reads a plain dict here
            str: _exactly(str),
            int: _exactly(int),
            bool: _exactly(bool),
            datetime: {"deserialize": read_moment, "serialize": datetime.isoformat},
        }


class Reason(StrEnum):
    """Why something is not done yet, where no call has failed."""

    CALLS_TOO_FEW = "calls_too_few"
    LOCK_GONE = "lock_gone"
    ACCOUNT_RESTS = "account_rests"
    """After failures its account is not called for a while."""
    DURATIONS_UNKNOWN = "durations_unknown"
    CHANGES_OFTEN = "changes_often"
    """It moved, or bookings of its calendar came and went, too often to pay for each change."""
    NOT_FOLLOWED = "not_followed"
    """The owner removed its calendar."""
    NOT_YET = "not_yet"
    """No part of its chain is near enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(StoredRow):
    """How long to wait before retrying, and why it failed."""

    tries: int
    until: datetime | None
    """None: never again, as long as the same is wanted."""
    reason: str
    """A key of `Reason` or of an impossible window, or the words of an error."""
    hopeless: bool = False
    """Whether somebody has to do something: the owner is told at once."""
    needs: int = 0
    """How many calls it would have needed."""

    def over(self, now: datetime) -> bool:
        """Return whether it may be tried; a wait set by a wrong clock does not last."""
        return self.until is not None and not now < self.until <= now + LONGEST_WAIT


def longer_wait(
    before: Wait | None,
    reason: str,
    now: datetime,
    arrival: datetime | None = None,
    *,
    hopeless: bool = False,
    never_again: bool = False,
    needs: int = 0,
) -> Wait:
    """Return the wait after one more failure: twice as long, shorter when arrival is near."""
    tries = before.tries + 1 if before else 1
    near = LONGEST_WAIT if arrival is None else abs(arrival - now) / 2
    limit = max(FIRST_WAIT, min(LONGEST_WAIT, near))
    until = now + min(limit, FIRST_WAIT * 2 ** min(tries - 1, 10))
    return Wait(
        tries=tries,
        until=None if never_again else until,
        reason=reason,
        hopeless=hopeless or never_again,
        needs=needs,
    )
