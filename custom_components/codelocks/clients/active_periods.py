"""Active periods: when in a week a client may open. Pure.

The same week has three forms: the list that a user writes, the blocks of a schedule helper, and the
API's periods. All are compared as a `Week`, in minutes.

The API's own "always" ends at 23:59, so an end of 23:59 counts as midnight: the last minute of a
day cannot be had without the one before, nor left out after it. Seconds are rounded inwards, so
that nobody may open outside of what was asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from typing import Any

from ..api import DAYS, MAX_ACTIVE_PERIODS, ActivePeriod

MINUTE = 60_000_000
"""In microseconds, the finest that a time of day tells."""
MIDNIGHT = 24 * 60
LAST_MINUTE = MIDNIGHT - 1
LAST_TIME = time(23, 59)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of a schedule helper, in the order of `DAYS`."""

type Block = tuple[int, int]
"""From one minute of the day to before another."""
type Week = tuple[tuple[Block, ...], ...]
"""The blocks of each day, Monday first, in order and apart from each other."""


class ImpossiblePeriods(ValueError):  # noqa: N818 - names what is refused, as its callers say it
    """The API cannot hold this.

    `reason` is a stable key; `placeholders` are texts that say what is wrong:

    - `number_of_periods`: `most`
    - `period_ends_before_start`: `starts`, `ends`, `days`, `next_days`
    - `period_without_days`, `period_too_late`: `starts`, `ends`
    - `schedule_empty`, `schedule_too_late`: none
    - `schedule_too_many`: `count`, `most`
    """

    def __init__(self, reason: str, **placeholders: str) -> None:
        """Keep the key and the details."""
        super().__init__(reason)
        self.reason = reason
        self.placeholders = placeholders


def read_periods(rows: Iterable[Mapping[str, Any]]) -> tuple[ActivePeriod, ...]:
    """Return the periods that a user wrote: `starts`, `ends`, `days` and `enabled` of each."""
    periods = tuple(map(_period, rows))
    if not 0 < len(periods) <= MAX_ACTIVE_PERIODS:
        raise ImpossiblePeriods("number_of_periods", most=str(MAX_ACTIVE_PERIODS))
    return periods


def _period(row: Mapping[str, Any]) -> ActivePeriod:
    days = tuple(day for day in DAYS if day in row["days"])
    times = {"starts": f"{row['starts']:%H:%M}", "ends": f"{row['ends']:%H:%M}"}
    if not days:
        raise ImpossiblePeriods("period_without_days", **times)
    start, end = _in_minutes(_minute_of_day(row["starts"]), _end(row["ends"]))
    if start >= LAST_MINUTE:
        raise ImpossiblePeriods("period_too_late", **times)
    if start >= end:
        following = (DAYS[DAYS.index(day) - len(DAYS) + 1] for day in days)
        raise ImpossiblePeriods(
            "period_ends_before_start",
            **times,
            days=", ".join(days),
            next_days=", ".join(following),
        )
    return ActivePeriod(starts=_time(start), ends=_time(end), days=days, enabled=row["enabled"])


def as_rows(periods: Iterable[ActivePeriod]) -> list[dict[str, Any]]:
    """Return periods in the form in which a user writes them."""
    return [
        {
            "starts": f"{period.starts:%H:%M}",
            "ends": f"{period.ends:%H:%M}",
            "days": list(period.days),
            "enabled": period.enabled,
        }
        for period in periods
    ]


def in_words(periods: Iterable[ActivePeriod]) -> str:
    """Return periods as they stand in a sentence."""
    return "; ".join(
        f"{period.starts:%H:%M}-{period.ends:%H:%M} {', '.join(period.days)}" for period in periods
    )


def from_schedule(schedule: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[ActivePeriod, ...]:
    """Return the periods that say what a schedule helper does."""
    week = week_of_schedule(schedule)
    if not any(week):
        raise ImpossiblePeriods("schedule_empty")
    periods = whole_blocks(week)
    if len(periods) > MAX_ACTIVE_PERIODS:
        count = str(len(periods))
        raise ImpossiblePeriods("schedule_too_many", count=count, most=str(MAX_ACTIVE_PERIODS))
    return periods


def week_of_schedule(schedule: Mapping[str, Iterable[Mapping[str, Any]]]) -> Week:
    """Return the week of a schedule helper, as its action `get_schedule` answers it."""
    return tuple(_day(schedule.get(day, ())) for day in WEEKDAYS)


def _day(blocks: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    joined = _joined((_minute_of_day(block["from"]), _end(block["to"])) for block in blocks)
    rounded = [_in_minutes(start, end) for start, end in joined]
    day = tuple((start, end) for start, end in rounded if start < end)
    if any(start >= LAST_MINUTE for start, _ in day):
        raise ImpossiblePeriods("schedule_too_late")
    return day


def week_of(periods: Iterable[ActivePeriod]) -> Week:
    """Return the week of periods; one over midnight, as an app may set it, ends the next day."""
    days: list[list[Block]] = [[] for _ in DAYS]
    for period in periods:
        start, end = _in_minutes(_minute_of_day(period.starts), _end(period.ends))
        for number in (DAYS.index(day) for day in period.days if period.enabled):
            if start < end:
                days[number].append((start, end))
            else:
                days[number].append((start, MIDNIGHT))
                days[(number + 1) % len(DAYS)].append((0, end))
    return tuple(tuple(_joined(blocks)) for blocks in days)


def _minute_of_day(value: time) -> int:
    """Return a time of day in microseconds."""
    minutes = value.hour * 60 + value.minute
    return minutes * MINUTE + value.second * 1_000_000 + value.microsecond


def _end(value: time) -> int:
    """Return an end in microseconds; 00:00 and 24:00 (the last time there is) are midnight."""
    return MIDNIGHT * MINUTE if value in (time.min, time.max) else _minute_of_day(value)


def _in_minutes(start: int, end: int) -> Block:
    """Return the whole minutes between two times, with the day's last one where it ends so late."""
    last = end // MINUTE
    return -(-start // MINUTE), MIDNIGHT if last >= LAST_MINUTE else last


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Return blocks in order, those that meet as one."""
    current: Block | None = None
    for start, end in sorted(blocks):
        if current and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _time(minute: int) -> time:
    """Return a minute of the day as the API has it."""
    return LAST_TIME if minute == MIDNIGHT else time(minute // 60, minute % 60)


def whole_blocks(week: Week) -> tuple[ActivePeriod, ...]:
    """Return a period for each different block of a week, on all days that have it."""
    days_of: dict[Block, list[int]] = {}
    for number, blocks in enumerate(week):
        for block in blocks:
            days_of.setdefault(block, []).append(number)
    by_first_day = sorted(days_of.items(), key=lambda item: (item[1], item[0]))
    return tuple(
        ActivePeriod(
            starts=_time(start), ends=_time(end), days=tuple(DAYS[number] for number in days)
        )
        for (start, end), days in by_first_day
    )
