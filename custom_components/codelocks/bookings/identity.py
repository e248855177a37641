"""Which event of a reading is which booking that is kept. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .events import Event, hashed
from .kept import KeptBooking

type Times = tuple[str, str]


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

    What one event alone is known by stays the same when it moves. Where several events share it (a
    link to a help page), nothing but their times tells them apart: then only the same times are the
    same booking, so that none takes another's codes. The same event twice is one.
    """
    by_name: dict[str, dict[Times, Event]] = {}
    for event in events:
        by_name.setdefault(event.known_by, {})[event.times] = event
    kept: dict[str, list[KeptBooking]] = {}
    for row in rows:
        kept.setdefault(row.known_by, []).append(row)
    shared = {name for name in known_shared if name in kept or name in by_name}
    shared |= {name for name, own in by_name.items() if len(own) > 1}

    pairs: list[tuple[KeptBooking, Event]] = []
    new: list[Event] = []
    missing: list[KeptBooking] = []
    for name, own in by_name.items():
        candidates = kept.pop(name, [])
        if len(own) == len(candidates) == 1 and name not in shared:
            pairs += zip(candidates, own.values(), strict=True)
            continue
        for row in candidates:
            if (row.start, row.end) in own:
                pairs.append((row, own.pop((row.start, row.end))))
            else:
                missing.append(row)
        new += own.values()
    missing += (row for rows in kept.values() for row in rows)
    return _with_same_content(pairs, new, missing, tuple(sorted(shared)))


def _with_same_content(
    pairs: list[tuple[KeptBooking, Event]],
    new: list[Event],
    missing: list[KeptBooking],
    shared: tuple[str, ...],
) -> Matched:
    """Match new events with missing bookings that say the very same.

    A calendar whose file has no uids is given new ones at each reading.
    """
    lost = {row.content: row for row in missing}
    found: set[str] = set()
    unknown = []
    for event in new:
        row = lost.pop(event.content, None) if lost else None
        if row is None:
            unknown.append(event)
        else:
            pairs.append((row, event))
            found.add(row.key)
    still_missing = [row for row in missing if row.key not in found]
    return Matched(pairs=pairs, new=unknown, missing=still_missing, shared=shared)


def new_key(event: Event, shared: Collection[str], taken: Collection[str]) -> str:
    """Return a key for a booking that is not kept yet."""
    key = event.known_by
    if key in shared or key in taken:
        key = hashed(key, *event.times)
    while key in taken:
        key = hashed(key)
    return key
