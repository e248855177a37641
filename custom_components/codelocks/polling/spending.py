"""For whom calls are made: whether they may use the reserve, and how many they were.

Whoever starts something says for whom, and every call looks it up where it is counted, so no way to
the API can forget it. Tasks inherit it: what polls or answers later has to say it again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Spender:
    """Who asks, and the calls that were made for them."""

    uses_reserve: bool = True
    """Whether they may spend what polling never touches."""
    calls: int = 0
    charge: Callable[[], None] | None = None
    """Called for each call."""
    outer: Spender | None = None
    """Who asks for all of which this is a part."""

    def count(self) -> None:
        """Count a call."""
        self.calls += 1
        if self.charge:
            self.charge()
        if self.outer:
            self.outer.count()


_SPENDER: ContextVar[Spender | None] = ContextVar("codelocks_spender", default=None)


def spender() -> Spender:
    """Return who asks at the moment."""
    return _SPENDER.get() or Spender()


@contextmanager
def spending(
    *, uses_reserve: bool = True, charge: Callable[[], None] | None = None
) -> Iterator[Spender]:
    """Say for whom the calls within are made, whoever led here."""
    with _as(Spender(uses_reserve, charge=charge)) as started:
        yield started


@contextmanager
def counted() -> Iterator[Spender]:
    """Count the calls within, which are a part of what was asked for."""
    outer = spender()
    with _as(Spender(outer.uses_reserve, outer=outer)) as part:
        yield part


@contextmanager
def _as(one: Spender) -> Iterator[Spender]:
    token = _SPENDER.set(one)
    try:
        yield one
    finally:
        _SPENDER.reset(token)
