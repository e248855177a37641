"""Turns what was said about time into the span in which a code should open. Pure.

- If an hour may be in the morning or the evening, the sensible one is taken: after the start, not
    over yet, and in the afternoon from one to five. The answer always repeats what was understood.
- A day without a time is the whole day; a code without an end works for an hour.
- A time in the past is not moved to another day. Only a weekday means the next one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

from ..const import DEFAULT_DURATION
from .time_model import DAY, PARTS, Moment, NotUnderstood, Said

type Span = tuple[datetime, datetime]
"""Start and end, in the zone of `now`."""

_DEFAULT_MINUTES = DEFAULT_DURATION / timedelta(minutes=1)
LATE_ENDS = range(60, 480)
"""From one to half past seven, an end on a day of its own is more likely in the afternoon."""


def resolve(said: Said, now: datetime) -> Span:
    """Return from when to when a code should open; raises NotUnderstood."""
    now = now.replace(microsecond=0)
    if said.minutes is not None and (said.end or said.all_day or said.weekend):
        raise NotUnderstood
    if said.weekend or said.all_day:
        return _whole_days(said, now)
    if said.delay is not None:
        if said.start or said.context:
            raise NotUnderstood
        return _from(_later(now, said.delay), said, now)
    spans = list(_spans(_shared_day(said), now))
    # The likeliest that is not over; if all are, the caller refuses.
    return next((span for span in spans if span[1] > now), spans[0])


def _whole_days(said: Said, now: datetime) -> Span:
    if said.start or said.end or said.delay is not None or (said.weekend and said.context):
        raise NotUnderstood
    today = now.date()
    if said.weekend:
        saturday = today - DAY if now.weekday() == 6 else today + (5 - now.weekday()) * DAY
        return max(now, _at(saturday, 0, now)), _at(saturday, 2880, now)
    day = said.context.day if said.context else None
    first = day.dates(today, today)[0] if day else today
    return max(now, _at(first, 0, now)), _at(first, 1440, now)


def _at(day: date, minute: int, now: datetime) -> datetime:
    """Return a time of a day, in minutes from midnight, in the zone of `now`."""
    wall = datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=minute)
    return wall.astimezone(UTC).astimezone(now.tzinfo)


def _later(start: datetime, minutes: float) -> datetime:
    """Return a later moment: days are counted by the calendar, hours by the clock."""
    days, rest = divmod(minutes, 1440)
    try:
        # Adding zero days would lose which of two equal hours it is (the fold).
        later = (start + days * DAY if days else start).astimezone(UTC) + timedelta(minutes=rest)
        return later.astimezone(start.tzinfo)
    except OverflowError:
        raise NotUnderstood from None


def _shared_day(said: Said) -> Said:
    """Return what was said with each day at its time, and without a context."""
    start, end, context = said.start, said.end, said.context
    if start and end and end.day and end.day_last and start.clock and not start.day:
        start = replace(start, day=end.day)  # "nine to twelve tomorrow"
        end = replace(end, day=None)
    if start and end and start.day and start.day.month_day and not start.day.month and end.day:
        start = replace(start, day=replace(start.day, month=end.day.month, year=end.day.year))
    if context and start:
        if start.now or start.day:
            raise NotUnderstood
        start = replace(start, day=context.day, part=start.part or context.part)
    return replace(said, start=start or context, end=end, context=None)


def _spans(said: Said, now: datetime) -> Iterator[Span]:
    """Yield what may have been meant, the likeliest first; at least one span."""
    start = said.start
    if start is None or start.now:
        yield _from(now, said, now)
        return
    dates = start.day.dates(now.date(), now.date()) if start.day else (now.date(),)
    for day, minute in product(dates, _start_minutes(start, said.end)):
        begin = _at(day, minute, now)
        if start.clock is None and day == now.date():
            begin = max(begin, now)
        if start.clock or said.end:
            yield _from(begin, said, now)
        elif said.minutes is None:
            yield begin, _at(day, PARTS[start.part][1] if start.part else 1440, now)
        elif said.minutes < 1440 and not start.part and day > now.date():
            raise NotUnderstood("start_missing")
        else:
            yield _from(begin, said, now)


def _start_minutes(start: Moment, end: Moment | None) -> Sequence[int]:
    """Return the times of day at which it may begin, the likeliest first."""
    if start.clock is None:
        return (PARTS[start.part][0] if start.part else 0,)
    options = start.clock.options(start.part)
    if len(options) > 1 and end and end.clock and not end.day and (end.part or end.clock.half_said):
        last = end.clock.options(end.part)[0]  # "9 to 2 pm", "2 to 4 pm", "7 to 9 in the evening"
        return sorted(options, key=lambda minute: (minute >= last, -minute))
    if len(options) > 1 and options[0] < 360:
        return options[::-1]
    return options


def _from(begin: datetime, said: Said, now: datetime) -> Span:
    """Return the span from `begin` to the end that was said, or for the length that was said."""
    if not said.end:
        return begin, _later(begin, _DEFAULT_MINUTES if said.minutes is None else said.minutes)
    at_a_time = said.start is None or said.start.clock is not None or said.start.now
    whole_day = not at_a_time and begin.time() == time()
    return begin, _end(said.end, begin, now, whole_day=whole_day)


def _end(end: Moment, begin: datetime, now: datetime, *, whole_day: bool) -> datetime:
    """Return the likeliest end after `begin`, which may be the start of a whole day."""
    if end.now:
        raise NotUnderstood
    days: Sequence[date] = (begin.date(), begin.date() + DAY)
    if end.day:
        days = end.day.dates(begin.date(), now.date())
    minutes: Sequence[int]
    if end.clock:
        minutes = end.clock.options(end.part)
        own_day = whole_day or (end.day and days[0] != begin.date())
        if own_day and len(minutes) > 1 and minutes[0] in LATE_ENDS:
            minutes = minutes[::-1]
    else:
        minutes = (PARTS[end.part][1] if end.part else 1440,)
    ends = [_at(day, minute, now) for day, minute in product(days, minutes)]
    return next((moment for moment in ends if moment > begin), ends[0])
