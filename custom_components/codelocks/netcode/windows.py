"""A requested window -> the NetCode window or windows that a lock can have. Pure.

A NetCode starts at a time of the lock's clock and lasts for hours or days. How hours count across a
clock change is undocumented; there are two readings:

- wall time: the lock compares its display; 4 hours from 00:00 end when it shows 04:00;
- elapsed time: they end after 4 hours of real time.

We state the window in wall time, and choose a code that covers the request under both readings,
that is, until the earlier of the two ends (`Window.sure_until`). A code of hours never starts at a
time that the clock skips or shows twice: it starts an hour earlier. Days run from midnight to
midnight on the display and have only one reading.

In the night that repeats an hour, every code that surely reaches into that hour lasts to the end of
its second run. A `tight` request that ends in it cannot be met and is refused. In the night that
skips an hour, a chain may open up to two hours longer, by elapsed time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from itertools import count, pairwise
import re
from typing import Literal

from ..api import Duration, DurationDetails, Netcode
from .clocks import moment_shown, shown_once, utc, wall_time
from .durations import (
    LONGEST,
    CodeKind,
    ImpossibleWindow,
    Offer,
    days_and_hours,
    matching_offers,
    mode_key,
    mode_names,
    on_offer,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

MAX_CODES = 10
"""Codes in a chain: each costs a NetCode call, and a guest has to type them all."""
GRACE = timedelta(minutes=15)
"""How long a code may open beyond its times (vendor's FAQ)."""
FIRST_OFFSET, LAST_OFFSET = timedelta(hours=-12), timedelta(hours=14)
"""The clocks on earth that are furthest behind and ahead of UTC."""
_NOT_OF_AN_ID = re.compile(r"[^0-9a-z]")
_RENTAL = (CodeKind.MEDIUM_RENTAL, CodeKind.LONG_RENTAL)
END_DATE_REACH = timedelta(days=365)
"""How far ahead an end-date code may end (vendor's readme)."""
FIRST_USE = timedelta(hours=24)
"""How soon after its start a medium rental code has to be used first (vendor's readme)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRequest:
    """When a code should open, in aware times, and which kind of code.

    Without `end` the length is that of the duration `duration_id`.
    """

    start: datetime
    end: datetime | None
    fit: Literal["single", "tight"] | None = None
    mode: str | None = None
    sub_mode: str | None = None
    duration_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One NetCode: what to ask the API for, and when it opens.

    `start` and `end` are aware, in the lock's clock; `wire_start` is what that clock shows. Convert
    to UTC before comparing: Python compares times of one zone by their wall times.
    """

    duration_id: int
    mode: str | None
    sub_mode: str | None
    kind: CodeKind
    start: datetime
    end: datetime
    wire_start: datetime
    days: int
    hours: int
    unread_rule: str | None = None
    """A rule on starts that is unreadable and so is not followed."""

    @property
    def span(self) -> timedelta:
        """How long it opens, in real time."""
        return utc(self.end) - utc(self.start)

    @property
    def sure_until(self) -> datetime:
        """Until when it opens under both readings; in UTC."""
        if self.days:
            return utc(self.end)
        return min(utc(self.end), utc(self.start) + self.hours * HOUR)

    @property
    def first_use_by(self) -> datetime | None:
        """By when it must be used for the first time, None if there is no known limit."""
        if self.kind is not CodeKind.MEDIUM_RENTAL:
            return None
        return (utc(self.start) + FIRST_USE).astimezone(self.start.tzinfo)


def plan(
    request: WindowRequest,
    durations: Iterable[Duration],
    clock: tzinfo,
    now: datetime,
    details: Mapping[int, DurationDetails] | None = None,
) -> tuple[Window, ...]:
    """Return the windows that cover a request: one, or a chain with fit "tight".

    `durations` are the lock model's, `details` what is known of each by id, `clock` the lock's.
    `now` only decides whether a request is refused. Raises ImpossibleWindow.
    """
    check_times(request, now)
    offers = on_offer(durations, details or {})
    pool = matching_offers(offers, request.mode, request.sub_mode, request.duration_id)
    # Without an end, any code that opens at the start will do.
    end = request.end or request.start
    goal = _Goal(start=utc(request.start), end=utc(end), clock=clock, now=utc(now))
    choose = _chain if request.fit == "tight" and request.end else _single
    windows = choose(pool, offers, goal)
    if utc(windows[-1].end) <= now:
        raise ImpossibleWindow("in_the_past")
    return windows


def check_answer(window: Window, answer: Netcode, lock_id: str) -> dict[str, tuple[object, object]]:
    """Return where an answer differs from the plan: by key, the planned and the granted value.

    Keys: `start`, `hours` (the whole length), `mode`, `sub_mode`, `expires`, `lock`. Values that
    the answer leaves out are not compared. `lock_id` is what the request said: a K3 lock's id or a
    KitLock's time code.
    """
    # "0 days" without hours states no length.
    has_length = bool(answer.days or answer.hours) or None not in (answer.days, answer.hours)
    answer_aware = answer.start is not None and answer.start.tzinfo is not None
    pairs: dict[str, tuple[object, object]] = {
        "start": (window.start if answer_aware else window.wire_start, answer.start),
        "hours": (
            _hours(window.days, window.hours),
            _hours(answer.days, answer.hours) if has_length else None,
        ),
        "mode": (mode_key(window.mode), mode_key(answer.mode)),
        "sub_mode": (mode_key(window.sub_mode), mode_key(answer.sub_mode)),
        "expires": (window.end, _odd_end(window, answer)),
        "lock": (lock_id.lower(), _other_lock(lock_id.lower(), answer)),
    }
    return {
        key: (planned, granted)
        for key, (planned, granted) in pairs.items()
        if None not in (planned, granted) and planned != granted
    }


def _odd_end(window: Window, answer: Netcode) -> datetime | None:
    """Return the end that an answer without a start tells, if it is not the planned one.

    Its zone is unknown, so an end without an offset is odd only if no clock on earth shows it at
    the planned end: that is all it tells. What it means for a rental code is not known at all.
    """
    if answer.start or not answer.expires or window.kind in _RENTAL:
        return None
    if answer.expires.tzinfo:
        fits = abs(answer.expires - window.end) <= GRACE
    else:
        ahead = answer.expires - utc(window.end).replace(tzinfo=None)
        fits = FIRST_OFFSET - GRACE <= ahead <= LAST_OFFSET + GRACE
    return None if fits else answer.expires


def _other_lock(lock_id: str, answer: Netcode) -> str | None:
    """Return the lock that an answer names, if it is not the requested one.

    Only ids of the requested form are compared: what the six digits of a version 3 answer name is
    not documented.
    """
    for said in (answer.time_code, answer.lock_id):
        named = _NOT_OF_AN_ID.sub("", (said or "").lower())
        if len(named) == len(lock_id) and named != lock_id:
            return named
    return None


def _hours(days: int | None, hours: int | None) -> int:
    """Return a length in hours."""
    days, hours = days_and_hours(days, hours)
    return days * 24 + hours


def check_times(request: WindowRequest, now: datetime) -> None:
    """Refuse times that no duration can serve; raises ImpossibleWindow."""
    end = request.end or now
    # Check first: converting a time at the ends of the calendar to another zone overflows.
    if max(abs(request.start - now), abs(end - now)) > LONGEST:
        raise ImpossibleWindow("too_far")
    if request.end is None:
        return
    # An end in the past is named first: the start may be `now` only because none was given.
    start, end = utc(request.start), utc(request.end)
    if end < now or start < end <= now:
        raise ImpossibleWindow("in_the_past")
    if end <= start:
        raise ImpossibleWindow("end_before_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goal:
    """What to cover, in UTC, and the lock's clock."""

    start: datetime
    end: datetime
    clock: tzinfo
    now: datetime


def _window(offer: Offer, wall: datetime, clock: tzinfo) -> Window:
    """Return the window of an offer that starts when the lock's clock shows `wall`."""
    return Window(
        duration_id=offer.duration_id,
        mode=offer.mode,
        sub_mode=offer.sub_mode,
        kind=offer.kind,
        start=moment_shown(wall, clock),
        end=moment_shown(wall + offer.length, clock),
        wire_start=wall,
        days=offer.days,
        hours=offer.hours,
        unread_rule=offer.unread_rule,
    )


def _last_window(
    offer: Offer, start: datetime, clock: tzinfo, before: datetime | None = None
) -> Window:
    """Return the last window of an offer that starts by `start` and ends before `before`."""
    latest = wall_time(start, clock)
    if before is not None:
        latest = min(latest, wall_time(before, clock) - offer.length)
    windows = (
        _window(offer, wall, clock)
        for wall in _starts_back_from(offer.starts, latest)
        if offer.days or shown_once(wall, clock)
    )
    return next(
        window
        for window in windows
        if utc(window.start) <= start and (before is None or utc(window.end) < before)
    )


def _starts_back_from(starts: tuple[time, ...], latest: datetime) -> Iterator[datetime]:
    """Yield the allowed starts on the clock, backwards from `latest` and without end."""
    for days in count():
        for start in reversed(starts):
            wall = datetime.combine(latest.date() - days * DAY, start)
            if wall <= latest:
                yield wall


def _by_length(window: Window) -> tuple[int, int]:
    """Return a sort key: the nominal length, then the id, so that a plan is repeatable."""
    return _hours(window.days, window.hours), window.duration_id


def _windows(offers: Iterable[Offer], goal: _Goal) -> list[Window]:
    """Return the window of each offer that opens at the goal's start."""
    found = [_last_window(offer, goal.start, goal.clock) for offer in offers]
    return [
        window
        for window in found
        if goal.start < window.sure_until
        and (window.kind is not CodeKind.END_DATE or window.sure_until <= goal.now + END_DATE_REACH)
    ]


def _smallest(offers: Iterable[Offer], goal: _Goal) -> Window | None:
    """Return the smallest window that covers the goal."""
    covering = (window for window in _windows(offers, goal) if window.sure_until >= goal.end)
    return min(covering, key=_by_length, default=None)


def _single(pool: tuple[Offer, ...], offers: tuple[Offer, ...], goal: _Goal) -> tuple[Window, ...]:
    """Return the smallest window of a pool that covers the goal; raises ImpossibleWindow."""
    if window := _smallest(pool, goal):
        return (window,)
    if _smallest((replace(offer, starts=offer.usual_starts) for offer in pool), goal):
        day = wall_time(goal.start, goal.clock).date()
        walls = {datetime.combine(day, start) for offer in pool for start in offer.starts}
        starts = tuple(moment_shown(wall, goal.clock) for wall in sorted(walls))
        raise ImpossibleWindow("restricted_start", starts=starts)
    latest = max((window.sure_until for window in _windows(pool, goal)), default=goal.start)
    raise _too_long(pool, offers, goal, latest)


def _too_long(
    pool: tuple[Offer, ...], offers: tuple[Offer, ...], goal: _Goal, latest: datetime
) -> ImpossibleWindow:
    """Return the refusal of a goal beyond `latest`, with the modes that are long enough."""
    longest = max(offer.length for offer in pool)
    able = [offer for offer in offers if offer not in pool and _smallest([offer], goal)]
    if not able:
        return ImpossibleWindow("too_long", longest=longest, latest_end=latest)
    return ImpossibleWindow(
        "too_long_for_mode", longest=longest, latest_end=latest, modes=mode_names(able)
    )


def _chain(pool: tuple[Offer, ...], offers: tuple[Offer, ...], goal: _Goal) -> tuple[Window, ...]:
    """Return the fewest windows that cover the goal and pass its end by less than an hour.

    No window passes the end by more, so the greedy rule for covering an interval is optimal: of the
    windows that join on to the covered part, take the one that reaches furthest.
    Raises ImpossibleWindow.
    """
    if pool[0].kind is not CodeKind.STANDARD:
        raise ImpossibleWindow("tight_standard_only", modes=mode_names(pool))
    opening = _windows(pool, goal)
    hourly = [window for window in opening if not window.days] or opening
    floor = max((utc(window.start) for window in hourly), default=goal.start)
    chain: list[Window] = []
    reached = goal.start
    while reached < goal.end:
        joining = _joining(pool, goal, floor, reached)
        if not joining:
            shortest = min(offer.length for offer in pool)
            raise ImpossibleWindow("not_tight", shortest=shortest)
        if len(chain) == MAX_CODES:
            raise _too_long(pool, offers, goal, reached)
        missing = {window: goal.end - min(window.sure_until, goal.end) for window in joining}
        chain.append(min(joining, key=lambda window: (missing[window], _by_length(window))))
        reached = chain[-1].sure_until
    return (*_trimmed(chain, pool, goal.clock), chain[-1])


def _joining(
    pool: tuple[Offer, ...], goal: _Goal, floor: datetime, reached: datetime
) -> list[Window]:
    """Return each offer's last window that continues from `reached` and keeps to the end."""
    found = (_last_window(offer, reached, goal.clock, goal.end + HOUR) for offer in pool)
    return [
        window for window in found if utc(window.start) >= floor and window.sure_until > reached
    ]


def _trimmed(chain: list[Window], pool: tuple[Offer, ...], clock: tzinfo) -> Iterator[Window]:
    """Return all windows of a chain but the last, each shortened to reach just to the next."""
    for window, following in pairwise(chain):
        start = utc(window.start)
        found = (_last_window(offer, start, clock) for offer in pool)
        yield min(
            (
                shorter
                for shorter in found
                if shorter.wire_start == window.wire_start
                and shorter.sure_until >= utc(following.start)
            ),
            key=_by_length,
        )
