"""One question is one call, however many ask at once; one that failed is not asked again soon."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self, cast

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..api import CodelocksBudgetError, CodelocksError
from ..errors import error_key, stated

FAILURE_KEPT = timedelta(minutes=10)
"""How long all who ask get the same failure: a cloud that is down costs few calls."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a question was not answered; no exception, which would grow each time it is raised."""

    at: str
    key: str
    reason: str

    @classmethod
    def of(cls, err: CodelocksError) -> Self:
        return cls(dt_util.utcnow().isoformat(), error_key(err), str(err))

    @classmethod
    def read(cls, stored: Any) -> Self | None:
        try:
            failure = cls(*(str(stored[key]) for key in ("at", "key", "reason")))
            return failure if datetime.fromisoformat(failure.at).tzinfo else None
        except LookupError, TypeError, ValueError:
            return None

    @property
    def is_recent(self) -> bool:
        age = dt_util.utcnow() - datetime.fromisoformat(self.at)
        return timedelta() <= age < FAILURE_KEPT  # one of the future is a clock that was wrong

    def error(self) -> HomeAssistantError:
        return stated(self.key, self.reason)


@dataclass(slots=True)
class _Asking:
    """A question while somebody waits for its answer."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    answered: int = 0
    answer: Any = None
    failure: _Failure | None = None


class Questions:
    """The questions of one account."""

    def __init__(self, stored: Any, keep: Callable[[dict[str, Any]], None], valid_for: str) -> None:
        """Take what was kept, and what keeps it.

        `valid_for` says for which state of the entry: with other keys it is another matter.
        """
        self._keep = keep
        self._valid_for = valid_for
        self._asking: dict[str, _Asking] = {}
        self._failures: dict[str, _Failure] = {}
        if isinstance(stored, dict) and stored.get("valid_for") == valid_for:
            rows = stored.get("failures")
            for question, row in rows.items() if isinstance(rows, dict) else ():
                if failure := _Failure.read(row):
                    self._failures[question] = failure

    async def async_ask[T](
        self,
        question: str,
        ask: Callable[[], Awaitable[T]],
        known: Callable[[], T | None] = lambda: None,
        *,
        remember: bool = True,
    ) -> T:
        """Return what is known, or else what is asked; who asks meanwhile gets the same answer.

        Raises the client's error to who asked, and its words to who waited or, while it is
        remembered, asks again: what is to be done about it is done once.
        """
        if (answer := known()) is not None:
            return answer
        asking = self._asking.setdefault(question, _Asking())
        before = asking.answered
        asking.waiting += 1
        try:
            async with asking.lock:
                if asking.answered == before:
                    if failure := self._recent(question):
                        raise failure.error()
                    await self._async_answer(question, asking, ask, remember=remember)
                elif asking.failure:
                    raise asking.failure.error()
                return cast(T, asking.answer)
        finally:
            asking.waiting -= 1
            if not asking.waiting:
                self._asking.pop(question, None)

    async def _async_answer(
        self,
        question: str,
        asking: _Asking,
        ask: Callable[[], Awaitable[Any]],
        *,
        remember: bool,
    ) -> None:
        asking.failure = None
        try:
            asking.answer = await ask()
        except CodelocksBudgetError:
            raise  # who waits may have more to spend
        except CodelocksError as err:
            asking.failure = _Failure.of(err)
            asking.answered += 1
            if remember:
                self._set(question, asking.failure)
            raise
        asking.answered += 1
        if question in self._failures:
            self._set(question, None)

    def _recent(self, question: str) -> _Failure | None:
        failure = self._failures.get(question)
        return failure if failure and failure.is_recent else None

    def _set(self, question: str, failure: _Failure | None) -> None:
        """Keep what became of a question, and nothing that is over."""
        found = self._failures | ({question: failure} if failure else {})
        self._failures = {
            key: one for key, one in found.items() if one.is_recent and (failure or key != question)
        }
        self._keep(
            {
                "valid_for": self._valid_for,
                "failures": {key: asdict(one) for key, one in self._failures.items()},
            }
        )
