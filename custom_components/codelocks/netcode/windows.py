"""A wished window of time -> the NetCode window or windows that a lock can have. Pure.

How a window is read. A NetCode starts at a time of the lock's clock and lasts for hours or days.
What becomes of hours that cross a clock change is not documented, and there are two readings:

- by the wall: the lock compares its display; 4 hours from 00:00 end when it shows 04:00;
- by elapsed time: they end after 4 hours of real time.

The window that is stated is the wall's. A code is chosen so that it covers the wish under both, so
until the earlier of the two ends (`Window.sure_until`), and a code of hours never starts at a time
that the clock shows twice or not at all: the hour before is taken. Days are counted by the calendar
on the display, midnight to midnight, and have one reading only.

In the night when an hour repeats, no code that surely lasts into that hour ends before its second
run is over. A `tight` wish that ends there would have to break one of its promises: it is refused.
In the night when an hour is left out, a chain may open up to two hours longer, by elapsed time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from itertools import count, pairwise
from typing import Literal

from ..api import Duration, DurationDetails, Netcode
from .clocks import moment_shown, shown_once, utc, wall_time
from .durations import (
    LONGEST,
    CodeKind,
    ImpossibleWindow,
    Offer,
    asked_for,
    days_and_hours,
    labels,
    mode_key,
    on_offer,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

MAX_CODES = 10
"""Codes in a chain: each costs a NetCode call, and somebody has to type them."""
END_DATE_REACH = timedelta(days=365)
"""How far ahead an end-date code may end (vendor's readme)."""
FIRST_USE = timedelta(hours=24)
"""How soon after its start a medium rental code has to be used first (vendor's readme)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRequest:
    """When somebody should be able to open; aware times.

    Without `end` it is as long as the duration that `duration_id` names.
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

    `start` and `end` are aware, in the lock's clock; `wire_start` is what that clock shows. Python
    compares and subtracts two times of one zone by the wall: turn them to UTC before you do.
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
    """A rule on starts that could not be read, and so was not followed."""

    @property
    def span(self) -> timedelta:
        """How long it opens, in real time."""
        return utc(self.end) - utc(self.start)

    @property
    def sure_until(self) -> datetime:
        """Until when it opens under either reading; in UTC."""
        if self.days:
            return utc(self.end)
        return min(utc(self.end), utc(self.start) + self.hours * HOUR)

    @property
    def first_use_by(self) -> datetime | None:
        """By when it has to be used for the first time, where that is limited and known."""
        if self.kind is not CodeKind.MEDIUM_RENTAL:
            return None
        return (utc(self.start) + FIRST_USE).astimezone(self.start.tzinfo)


def plan(
    wish: WindowRequest,
    durations: Iterable[Duration],
    clock: tzinfo,
    now: datetime,
    details: Mapping[int, DurationDetails] | None = None,
) -> tuple[Window, ...]:
    """Return the windows that cover a wish: one, or a chain with fit "tight".

    `durations` are the lock model's, `details` what is known of each by id, `clock` the lock's.
    The plan depends on `now` only in being refused. Raises ImpossibleWindow.
    """
    check_times(wish, now)
    offers = on_offer(durations, details or {})
    pool = asked_for(offers, wish.mode, wish.sub_mode, wish.duration_id)
    # Without an end it is covered by whatever opens at its start.
    goal = _Goal(start=utc(wish.start), end=utc(wish.end or wish.start), clock=clock, now=utc(now))
    choose = _chain if wish.fit == "tight" and wish.end else _single
    windows = choose(pool, offers, goal)
    if utc(windows[-1].end) <= now:
        raise ImpossibleWindow("in_the_past")
    return windows


def check_answer(window: Window, answer: Netcode) -> dict[str, tuple[object, object]]:
    """Return what the API granted otherwise than planned: by key the plan's value and the answer's.

    Keys: `start`, `hours` (the whole length), `mode`, `sub_mode`. What the answer leaves out is not
    held against it. `Expires` is not looked at: its time zone is unknown.
    """
    # "0 days" alone tells no length: the hours are left out.
    said_length = bool(answer.days or answer.hours) or None not in (answer.days, answer.hours)
    answer_aware = answer.start is not None and answer.start.tzinfo is not None
    pairs: dict[str, tuple[object, object]] = {
        "start": (window.start if answer_aware else window.wire_start, answer.start),
        "hours": (
            _hours(window.days, window.hours),
            _hours(answer.days, answer.hours) if said_length else None,
        ),
        "mode": (mode_key(window.mode), mode_key(answer.mode)),
        "sub_mode": (mode_key(window.sub_mode), mode_key(answer.sub_mode)),
    }
    return {
        key: (planned, granted)
        for key, (planned, granted) in pairs.items()
        if None not in (planned, granted) and planned != granted
    }


def _hours(days: int | None, hours: int | None) -> int:
    """Return a length in hours."""
    days, hours = days_and_hours(days, hours)
    return days * 24 + hours


def check_times(wish: WindowRequest, now: datetime) -> None:
    """Refuse a wish that no duration could meet; raises ImpossibleWindow."""
    end = wish.end or now
    # Before anything is converted: the ends of the calendar overflow as soon as a zone is applied.
    if max(abs(wish.start - now), abs(end - now)) > LONGEST:
        raise ImpossibleWindow("too_far")
    if wish.end is None:
        return
    # An end that is over is no matter of the start, which may be now because none was given.
    starts, ends = utc(wish.start), utc(wish.end)
    if ends < now or starts < ends <= now:
        raise ImpossibleWindow("in_the_past")
    if ends <= starts:
        raise ImpossibleWindow("end_before_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goal:
    """What has to be covered, in UTC, and the clock of the lock."""

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
    top = wall_time(start, clock)
    if before is not None:
        top = min(top, wall_time(before, clock) - offer.length)
    windows = (
        _window(offer, wall, clock)
        for wall in _walls_down(offer.starts, top)
        if offer.days or shown_once(wall, clock)
    )
    return next(
        window
        for window in windows
        if utc(window.start) <= start and (before is None or utc(window.end) < before)
    )


def _walls_down(starts: tuple[time, ...], top: datetime) -> Iterator[datetime]:
    """Return the times of the clock at which one may start, from the last down, without end."""
    for days in count():
        for start in reversed(starts):
            wall = datetime.combine(top.date() - days * DAY, start)
            if wall <= top:
                yield wall


def _size(window: Window) -> tuple[int, int]:
    """Order windows by the length that their duration has in name, then by id: plans repeat."""
    return _hours(window.days, window.hours), window.duration_id


def _windows(offers: Iterable[Offer], goal: _Goal) -> list[Window]:
    """Return the window of each offer that opens at the goal's start and is allowed."""
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
    return min(covering, key=_size, default=None)


def _single(pool: tuple[Offer, ...], offers: tuple[Offer, ...], goal: _Goal) -> tuple[Window, ...]:
    """Return the smallest window of a pool that covers the goal; raises ImpossibleWindow."""
    if window := _smallest(pool, goal):
        return (window,)
    if _smallest((replace(offer, starts=offer.usual_starts) for offer in pool), goal):
        starts = sorted({f"{start:%H:%M}" for offer in pool for start in offer.starts})
        raise ImpossibleWindow("restricted_start", starts=", ".join(starts))
    latest = max((window.sure_until for window in _windows(pool, goal)), default=goal.start)
    raise _too_long(pool, offers, goal, latest)


def _too_long(
    pool: tuple[Offer, ...], offers: tuple[Offer, ...], goal: _Goal, latest: datetime
) -> ImpossibleWindow:
    """Return the refusal of a goal beyond `latest`, with the modes that could serve it."""
    longest = str(max(_hours(offer.days, offer.hours) for offer in pool))
    latest_end = latest.astimezone(goal.clock).isoformat(" ", "minutes")
    able = [offer for offer in offers if offer not in pool and _smallest([offer], goal)]
    if not able:
        return ImpossibleWindow("too_long", longest=longest, latest_end=latest_end)
    return ImpossibleWindow(
        "too_long_for_mode", longest=longest, latest_end=latest_end, modes=labels(able)
    )


def _chain(pool: tuple[Offer, ...], offers: tuple[Offer, ...], goal: _Goal) -> tuple[Window, ...]:
    """Return the fewest windows that cover the goal and pass its end by less than an hour.

    Each window by itself keeps to the end, so the old rule for covering a line with pieces holds:
    of those that join on to what is covered, take the one that reaches furthest.
    Raises ImpossibleWindow.
    """
    if pool[0].kind is not CodeKind.STANDARD:
        raise ImpossibleWindow("tight_standard_only", modes=labels(pool))
    opening = _windows(pool, goal)
    hourly = [window for window in opening if not window.days] or opening
    floor = max((utc(window.start) for window in hourly), default=goal.start)
    chain: list[Window] = []
    reached = goal.start
    while reached < goal.end:
        joining = _joining(pool, goal, floor, reached)
        if not joining:
            shortest = str(min(_hours(offer.days, offer.hours) for offer in pool))
            raise ImpossibleWindow("not_tight", shortest=shortest)
        if len(chain) == MAX_CODES:
            raise _too_long(pool, offers, goal, reached)
        chain.append(min(joining, key=lambda w: (goal.end - min(w.sure_until, goal.end), _size(w))))
        reached = chain[-1].sure_until
    return (*_trimmed(chain, pool, goal.clock), chain[-1])


def _joining(
    pool: tuple[Offer, ...], goal: _Goal, floor: datetime, reached: datetime
) -> list[Window]:
    """Return the last window of each offer that carries on from `reached` and keeps to the end."""
    found = (_last_window(offer, reached, goal.clock, goal.end + HOUR) for offer in pool)
    return [
        window for window in found if utc(window.start) >= floor and window.sure_until > reached
    ]


def _trimmed(chain: list[Window], pool: tuple[Offer, ...], clock: tzinfo) -> Iterator[Window]:
    """Return the windows of a chain but for its last, each no longer than up to the next."""
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
            key=_size,
        )
