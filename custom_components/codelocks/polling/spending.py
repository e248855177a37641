"""For whom calls are made: whether they may use the reserve, and how many were made.

The code that starts something says for whom, and every call looks it up where it is counted, so no
way to the API can forget it. Tasks inherit it: code that polls or answers later must say it again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Spender:
    """Somebody for whom calls are made, and how many these were."""

    uses_reserve: bool = True
    """Whether they may spend what polling never touches."""
    calls: int = 0
    charge: Callable[[], None] | None = None
    """Called for each call."""
    outer: Spender | None = None
    """The spender of the larger request that this belongs to."""
    is_over: bool = False
    """Whether the request has ended: a task that it started may still make calls."""
    _ends: dict[Callable[[], None], None] = field(default_factory=dict)

    def count(self) -> None:
        """Count a call."""
        self.calls += 1
        if self.charge:
            self.charge()
        if self.outer:
            self.outer.count()

    def at_end(self, tell: Callable[[], None]) -> bool:
        """Have something called once the request ends; returns False where it is over already."""
        if not self.is_over:
            self._ends[tell] = None
        return not self.is_over

    def end(self) -> None:
        """Call what waits for the end of the request."""
        self.is_over = True
        for tell in self._ends:
            tell()


_SPENDER: ContextVar[Spender | None] = ContextVar("codelocks_spender", default=None)


def spender() -> Spender:
    """Return for whom calls are made at the moment."""
    return _SPENDER.get() or Spender(is_over=True)


@contextmanager
def spending(
    *, uses_reserve: bool = True, charge: Callable[[], None] | None = None
) -> Iterator[Spender]:
    """Say for whom the calls within are made, in place of the spender so far."""
    with _as(Spender(uses_reserve, charge=charge)) as started:
        yield started


@contextmanager
def counted() -> Iterator[Spender]:
    """Count the calls within, which are part of a larger request."""
    outer = spender()
    with _as(Spender(outer.uses_reserve, outer=outer)) as part:
        yield part


@contextmanager
def _as(current: Spender) -> Iterator[Spender]:
    token = _SPENDER.set(current)
    try:
        yield current
    finally:
        _SPENDER.reset(token)
        current.end()
