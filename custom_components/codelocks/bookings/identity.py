"""Matches the events of a reading with the kept bookings. Pure."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter

from .events import Event, hashed
from .kept import KeptBooking


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A reading beside what is kept."""

    pairs: list[tuple[KeptBooking, Event]]
    new: list[Event]
    missing: list[KeptBooking]
    shared: tuple[str, ...]


def match(
    events: Iterable[Event], rows: Iterable[KeptBooking], known_shared: Iterable[str]
) -> Matched:
    """Return which events are which bookings.

    What only one event is known by stays the same when it moves. Events that share it (a link to a
    help page) are told apart by their times, and at the same times by what they say: so none takes
    another's codes. The same event twice counts once.
    """
    by_name: dict[str, list[Event]] = {}
    for event in events:
        by_name.setdefault(event.known_by, []).append(event)
    kept: dict[str, list[KeptBooking]] = {}
    for row in rows:
        kept.setdefault(row.known_by, []).append(row)

    shared = {name for name in known_shared if name in kept or name in by_name}
    pairs: list[tuple[KeptBooking, Event]] = []
    new: list[Event] = []
    missing: list[KeptBooking] = []
    for name, found in by_name.items():
        own = found if len(found) == 1 else _told_apart(found)
        if len(own) > 1:
            shared.add(name)
        candidates = kept.pop(name, None)
        if candidates is None:
            new += own
        elif len(own) == len(candidates) == 1 and name not in shared:
            pairs.append((candidates[0], own[0]))
        else:
            left, lost = _with_same_times(candidates, own, pairs)
            new += left
            missing += lost
    missing += (row for rows in kept.values() for row in rows)
    for same in (attrgetter("content"), attrgetter("gist")):
        new, missing = _that_say_the_same(same, pairs, new, missing)
    return Matched(pairs=pairs, new=new, missing=missing, shared=tuple(sorted(shared)))


def _told_apart(events: list[Event]) -> list[Event]:
    """Return events that are known by the same, each once.

    With a uid they are one event if they have the same times, without one if they say the same.
    """
    apart = {(*event.times, "" if event.uid else event.content): event for event in events}
    return list(apart.values())


def _with_same_times(
    rows: list[KeptBooking], events: list[Event], pairs: list[tuple[KeptBooking, Event]]
) -> tuple[list[Event], list[KeptBooking]]:
    """Match bookings with events that are known by the same; returns the events and rows left.

    First those that say the same, then those at the same times: the words may have changed.
    """
    by_content = {event.content: event for event in events}
    unmatched = []
    for row in rows:
        if event := by_content.pop(row.content, None):
            pairs.append((row, event))
        else:
            unmatched.append(row)
    by_times: dict[tuple[str, str], list[Event]] = {}
    for event in by_content.values():
        by_times.setdefault(event.times, []).append(event)
    lost = []
    for row in unmatched:
        if same := by_times.get((row.start, row.end)):
            pairs.append((row, same.pop()))
        else:
            lost.append(row)
    return [event for same in by_times.values() for event in same], lost


def _that_say_the_same(
    same: Callable[[KeptBooking | Event], str],
    pairs: list[tuple[KeptBooking, Event]],
    new: list[Event],
    missing: list[KeptBooking],
) -> tuple[list[Event], list[KeptBooking]]:
    """Match new events with missing bookings that say the same; returns those that are left.

    A calendar whose file has no uids is given new ones at each reading. Some write the hour of
    the reading into each description, too.
    """
    lost = {same(row): row for row in missing}
    found: set[str] = set()
    unknown = []
    for event in new:
        row = lost.pop(same(event), None) if lost else None
        if row is None:
            unknown.append(event)
        else:
            pairs.append((row, event))
            found.add(row.key)
    return unknown, [row for row in missing if row.key not in found]


def new_key(event: Event, shared: Collection[str], taken: Collection[str]) -> str:
    """Return a key for a booking that is not kept yet."""
    key = event.known_by
    if key in shared or key in taken:
        key = hashed(key, event.content)
    while key in taken:
        key = hashed(key)
    return key
