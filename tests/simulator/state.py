"""What a running simulator holds: its world, its faults, and the requests it got."""

from dataclasses import dataclass, field
from datetime import datetime

from .faults import Faults
from .world import PoolName, World


@dataclass(slots=True, kw_only=True)
class Call:
    """A request to the API; `status` stays None while, or when, there is no answer."""

    at: datetime
    method: str
    path: str
    pool: PoolName | None = None  # None: no such method
    counted: bool = False  # whether it was taken from the quota
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    fault: str | None = None


class State:
    """The world, the faults and the calls."""

    def __init__(self, world: World, faults: Faults) -> None:
        """Start without calls."""
        self.world = world
        self.faults = faults
        self.calls: list[Call] = []

    def clear_calls(self) -> None:
        """Forget all requests."""
        self.calls.clear()
