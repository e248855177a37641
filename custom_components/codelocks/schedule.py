"""What to read next and when, within the quota; pure: `now` is an argument."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .const import MIN_READ_INTERVAL


class Kind(StrEnum):
    """What a call of polling reads."""

    LOCKS = "locks"
    ACTIVITY = "activity"
    CLIENTS = "clients"


@dataclass(frozen=True, slots=True)
class Read:
    """One thing to read: the lock list, or the activity or clients of a lock."""

    kind: Kind
    lock_id: str = ""


SHARES = {Kind.LOCKS: 0.15, Kind.ACTIVITY: 0.75, Kind.CLIENTS: 0.1}
"""How the calls are divided: news first, batteries and clients change slowly."""
FASTEST = {
    Kind.LOCKS: timedelta(hours=1),
    Kind.ACTIVITY: MIN_READ_INTERVAL,
    Kind.CLIENTS: timedelta(hours=6),
}
"""No plan buys more than this: batteries fade over months, clients change by the week."""
FIRST_READS = 10
"""Locks that are read at once when they are new; the others take their turns."""


def interval(kind: Kind, readers: int, calls: int, remaining: timedelta) -> timedelta:
    """Return how long after one read of a kind the next of the same record comes.

    `calls` is what polling may spend over the time `remaining` to the reset, `readers` how many
    records of the kind there are.
    """
    spacing = remaining / max(1, calls)
    return max(FASTEST[kind], spacing * readers / SHARES[kind])


def due(
    reads: Iterable[tuple[Read, datetime | None]],
    *,
    started: datetime,
    now: datetime,
    calls: int,
    resets_at: datetime,
) -> list[tuple[datetime, Read]]:
    """Return when each read comes next, soonest first, from when it was last tried.

    Without a call left to spend, that is the reset.
    """
    listed = list(reads)
    turns: list[tuple[datetime, Read]] = []
    for kind in Kind:
        of_kind = [(read, last) for read, last in listed if read.kind is kind]
        pause = interval(kind, len(of_kind), calls, resets_at - now)
        new = 0
        for read, last in of_kind:
            if last is None:
                turn = started + pause / len(of_kind) * max(0, new - FIRST_READS + 1)
                new += 1
            else:
                turn = last + pause
            turns.append((turn if calls else max(turn, resets_at), read))
    return sorted(turns, key=lambda pair: pair[0])
