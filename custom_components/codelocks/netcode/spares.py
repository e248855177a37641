"""Spare codes: made ahead for a lock, and given when the cloud can make none. Pure.

A lock has one spare at most. It starts at a time that no code of the lock has that somebody was
told: the same start would be the same code.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from ..api import Duration, DurationDetails
from .clocks import utc, wall_time
from .durations import matching_offers, mode_key, on_offer
from .ledger import Issued, Ledger
from .windows import DAY, Window, WindowRequest, plan

LENGTH = timedelta(days=7)
RENEWED_BEFORE = timedelta(days=2)
"""A spare with less time left is renewed: most guests stay for a night or two."""

type KeyAt = Callable[[datetime, int], str]
"""The ledger's key of a lock's code, by when it starts and the id of its duration."""


def spare_of(ledger: Ledger, owner: str, key_at: KeyAt, now: datetime) -> Issued | None:
    """Return the spare of a lock that may be given.

    One does not open any more if the lock's clock or keys changed, and one that somebody was told
    meanwhile is nobody's spare.
    """
    row = ledger.spares.get(owner)
    if row is None or not row.code or row.end <= now:
        return None
    is_current = row.key == key_at(row.start, row.duration_id)
    return row if is_current and not any(ledger.sharing(row.key)) else None


def due_at(spare: Issued | None, now: datetime) -> datetime:
    """Return when the next spare of a lock is to be made."""
    return spare.end - RENEWED_BEFORE if spare else now


def spare_windows(
    durations: Iterable[Duration],
    details: Mapping[int, DurationDetails],
    clock: tzinfo,
    now: datetime,
) -> Iterator[Window]:
    """Yield the windows that a spare may have, the longest first.

    All of them are open, and none is to be renewed yet. Raises ImpossibleWindow.
    """
    durations = tuple(durations)
    duration_id = spare_duration(durations, details)
    last = None
    for days in range(LENGTH // DAY if duration_id is not None else 0):
        wish = WindowRequest(start=now - days * DAY, end=None, duration_id=duration_id)
        (window,) = plan(wish, durations, clock, now, details)
        # A midnight that the clock skips has no moment of its own to know the code by.
        is_shown = wall_time(window.start, clock) == window.wire_start
        if window != last and is_shown and utc(window.end) - now > RENEWED_BEFORE:
            yield window
        last = window


def spare_duration(
    durations: Iterable[Duration], details: Mapping[int, DurationDetails]
) -> int | None:
    """Return the id of the standard code of seven days, None if the lock has none.

    Raises ImpossibleWindow where it has no standard codes at all.
    """
    offers = matching_offers(on_offer(durations, details), None, None, None)
    ids = (offer.duration_id for offer in offers if offer.length == LENGTH)
    return min(ids, default=None)


def unused(ledger: Ledger, windows: Iterable[Window], key_at: KeyAt) -> Window | None:
    """Return the first of some windows whose code nobody was told."""
    for window in windows:
        if not any(ledger.sharing(key_at(window.start, window.duration_id))):
            return window
    return None


def serves(spare: Issued, request: WindowRequest, windows: Sequence[Window], now: datetime) -> bool:
    """Return whether a spare does what is left of a request.

    `windows` are those that are left; none where the request could not be planned.
    """
    start, end = request.start, request.end
    if windows:
        start, end = max(utc(start), utc(windows[0].start)), end or windows[-1].end
    if end is None or (request.duration_id is not None and not windows):
        return False  # nobody knows how long, or which kind
    asked = [(request.mode, request.sub_mode)]
    asked += [(window.mode, window.sub_mode) for window in windows]
    if not all(_is_of(spare, mode, sub_mode) for mode, sub_mode in asked):
        return False
    return spare.start <= max(utc(start), now) and utc(end) <= spare.end


def _is_of(spare: Issued, mode: str | None, sub_mode: str | None) -> bool:
    """Return whether a spare is of a mode; None stands for any."""
    return mode_key(mode) in (None, mode_key(spare.mode or "standard")) and mode_key(sub_mode) in (
        None,
        mode_key(spare.sub_mode or "alltime"),
    )
