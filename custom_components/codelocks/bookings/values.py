"""Reads values that a user chose, in any form in which they are stored. Pure.

An unusable value raises ValueError or is replaced by its default.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
import re
from typing import Any
import unicodedata

DAY = timedelta(days=1)

MAX_COUNT = 100_000

_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2})(?:\.\d*)?)?", re.ASCII)


@lru_cache(maxsize=2000)
def plain_title(title: str) -> str:
    """Return a title as titles are compared: without case and white space, visible or not."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in folded if sign.isprintable() and not sign.isspace())


def whole_words(text: str, most: int) -> str:
    """Return the beginning of a text, cut between words: a part of one may mean another thing."""
    if len(text) <= most:
        return text
    begin = text[: most + 1]
    return begin[: -len(begin.split()[-1])] if begin.strip() and not begin[-1].isspace() else begin


def read_time(value: object) -> time:
    """Read a time of day: "16:00", seconds since midnight (YAML's 16:00:00 is 57600), parts.

    Raises ValueError.
    """
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.replace(tzinfo=None, microsecond=0)
    length = read_length(value)
    if not timedelta() <= length <= DAY:
        raise ValueError("no time of day")
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return time(minutes // 60 % 24, minutes % 60, seconds)


def read_length(value: object) -> timedelta:
    """Read a length of time: days, hours, minutes and seconds by name, "1:30", or seconds.

    Raises ValueError.
    """
    match value:
        case timedelta():
            return value
        case bool():
            raise ValueError("no length of time")
        case int() | float():
            seconds = value
        case Mapping():
            units = ("days", "hours", "minutes", "seconds", "milliseconds")
            numbers = {str(unit): float(number or 0) for unit, number in value.items()}
            if not numbers or not numbers.keys() <= set(units):
                raise ValueError("no length of time")
            return timedelta(**numbers)
        case str() if parts := _CLOCK.fullmatch(value.strip()):
            hours, minutes, rest = (int(part or 0) for part in parts.groups())
            return timedelta(hours=hours, minutes=minutes, seconds=rest)
        case str():
            seconds = float(value)
        case _:
            raise ValueError("no length of time")
    return timedelta(seconds=seconds)


def texts(value: object) -> tuple[str, ...]:
    """Return a list of texts, each once; a single one is a list of one."""
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, Iterable):
        return ()
    return tuple(dict.fromkeys(text for text in value if isinstance(text, str) and text.strip()))


def read_or[T, D](reader: Callable[[Any], T], value: object, default: D) -> T | D:
    """Read a value, or take its default if it is missing or unusable."""
    try:
        return default if value is None else reader(value)
    except ArithmeticError, AttributeError, LookupError, TypeError, ValueError:
        return default


def read_length_within(value: object, default: timedelta, longest: timedelta) -> timedelta:
    """Read a length of time, not longer than some length."""
    return min(max(read_or(read_length, value, default), timedelta()), longest)


def read_count(value: object) -> int:
    """Read a number of calls."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("no count")
    return min(max(int(float(value)), 0), MAX_COUNT)


def read_day(value: object) -> date:
    """Read a day."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))
