"""The grammar of lengths of time, days and times of day. Pure.

It is the same for all languages: a language only defines what its words mean. Each function tries
to read one thing at a place, and returns it with the place after it, or None.
"""

from dataclasses import replace
from datetime import date
from typing import TypeGuard

from .lexicon import Words
from .time_model import NOON, Clock, Day, Moment

MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 30 * 1440}
"""Minutes in a unit. No code lasts a month, so that only has to exceed every duration."""

type Found[T] = tuple[T, int] | None
"""What was found, and the place after it."""


# Lengths


def length(words: Words, at: int) -> Found[float]:
    """Read a length of time, in minutes: "two hours and fifteen minutes"."""
    first = _one_length(words, at)
    if not first:
        return None
    minutes, at = first
    second = _one_length(words, words.skip(at, "and"))
    return (minutes + second[0], second[1]) if second else (minutes, at)


def _one_length(words: Words, at: int) -> Found[float]:
    count, place = _count(words, at)
    if found := _part_of_unit(words, count or 1, place):
        return found
    if count is None:
        return None
    if span := words.value(place, "span", int):
        return count * span, place + 1
    if not (unit := _unit(words, place)):
        return None
    half = words.skip(place + 1, "and")
    half = words.skip(half, "article")
    if half > place + 1 and words.may_be(half, "half") and not _unit(words, half + 1):
        return (count + 0.5) * unit, half + 1  # "an hour and a half"
    return count * unit, place + 1


def _part_of_unit(words: Words, count: float, at: int) -> Found[float]:
    """Read the rest of "half an hour", "a quarter of an hour", "one and a half hours"."""
    place = words.skip(at, "and")
    half = words.skip(place, "article") if place > at else place
    after = words.skip(half + 1, "of", "article")
    unit = _unit(words, after)
    if words.may_be(half, "half") and unit:
        whole = count if place > at or count > 1 else 0
        return (whole + 0.5) * unit, after + 1
    if words.may_be(at, "quarter") and unit == MINUTES["hour"]:
        return 15 * count, after + 1
    return None


def _count(words: Words, at: int) -> tuple[float | None, int]:
    if (number := words.number(at)) is not None:
        return number, at + 1
    if words.may_be(at, "one"):
        return 1, at + 1
    return None, at


def _unit(words: Words, at: int) -> int | None:
    unit = words.value(at, "unit", str)
    return MINUTES[unit] if unit else None


# Moments


def moment(words: Words, at: int, *, bare: bool) -> Found[Moment]:
    """Read a day, a time, or both; `bare` if a number alone is a time."""
    if words.may_be(at, "now"):
        return Moment(now=True), at + 1
    if found := _day(words, at):
        return _with_clock(words, *found, bare=bare)
    place = words.skip(at, "at", "article")
    # "at" makes a number a time; an article alone does not.
    bare = bare or any(words.may_be(word, "at") for word in range(at, place))
    found_clock = _clock(words, _to_clock(words, at, "at", "article") if bare else place, bare=bare)
    if not found_clock:
        return None
    (clock, part), at = found_clock
    after = _day(words, at)
    if after and after[0].day:
        day, at = after
        return Moment(day.day, part or day.part, clock, day_last=True), at
    return Moment(part=part, clock=clock), at


def _with_clock(words: Words, day: Moment, at: int, *, bare: bool) -> Found[Moment]:
    """Read the time after a day: "tomorrow at nine"."""
    timed = words.may_be(at, "at")
    # "au" may be "on", but in "du 10 au 12" it is "to".
    if timed or (words.may_be(at, "on") and not words.may_be(at, "to")):
        place = _to_clock(words, at, "at", "on", "article")
    else:
        place = at
    found = _clock(words, place, bare=bare or timed)
    if not found:
        return day, at
    (clock, part), following = found
    return replace(day, clock=clock, part=part or day.part), following


def _to_clock(words: Words, at: int, *kinds: str) -> int:
    """Skip what stands before a time of day, but not the "ein" of "um ein Uhr"."""
    while words.may_be(at, *kinds) and not (
        words.may_be(at, "number") and words.may_be(at + 1, "oclock")
    ):
        at += 1
    return at


# Days


def month_day(words: Words, at: int) -> Found[int]:
    """Read a day of a month, which may be a plain number."""
    number = words.value(at, "ordinal_number", int) or words.whole(at)
    if not number or not 0 < number <= 31:
        return None
    return number, at + 1 + words.may_be(at + 1, "ordinal")


def _day(words: Words, at: int) -> Found[Moment]:
    """Read a day, and the part of it if one is said."""
    at = words.skip(at, "on", "article") if not _is_day(words, at) else at
    if value := words.value(at, "day_part", dict):
        day = Day(offset=value.get("day"), weekday=value.get("weekday"))
        return Moment(day, value["part"]), at + 1
    offset = words.value(at, "day", int)
    if offset is not None:
        return _with_part(words, Day(offset=offset), at + 1)
    following = words.may_be(at, "next")
    weekday = words.value(at + following, "weekday", int)
    if weekday is None:
        return _date(words, at)
    at += following + 1
    if words.may_be(at, "next") and not words.may_be(at + 1, "weekday"):
        following, at = True, at + 1  # "vendredi prochain"
    if date_after := _date(words, words.skip(at, "article", "ordinal_mark")):
        return date_after
    return _with_part(words, Day(weekday=weekday, following=following), at)


def _is_day(words: Words, at: int) -> bool:
    return words.may_be(at, "day", "day_part", "weekday", "next", "iso_date", "month")


def _with_part(words: Words, day: Day, at: int) -> Found[Moment]:
    part = words.value(at, "part", str)
    return Moment(day, part), at + bool(part)


def _date(words: Words, at: int) -> Found[Moment]:
    """Read a date: "24 December", "December 24th", "the 24th", "2026-12-24"."""
    if iso := words.value(at, "iso_date", str):
        return _iso_day(iso, at + 1)
    month = words.value(at, "month", int)
    found = month_day(words, words.skip(at + 1, "article") if month else at)
    if not found:
        return None
    number, after = found
    if month:
        return _with_year(words, number, month, after)
    month_at = words.skip(after, "of")
    if month := words.value(month_at, "month", int):
        return _with_year(words, number, month, month_at + 1)
    ordinal = after > at + 1 or words.may_be(at - 1, "ordinal_mark")
    if words.may_be(at, "ordinal_number"):
        ordinal = _is_dated(words, at)  # "until the second", but not "for the second floor"
    if ordinal and not words.may_be(after, "oclock", "unit"):
        return _with_part(words, Day(month_day=number), after)
    return None


def _iso_day(text: str, following: int) -> Found[Moment]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Moment(Day(month_day=day.day, month=day.month, year=day.year)), following


def _is_dated(words: Words, at: int) -> bool:
    """Return whether the word before a place makes it a date."""
    while words.may_be(at - 1, "article"):
        at -= 1
    return words.may_be(at - 1, "on", "until", "to", "from")


def _with_year(words: Words, number: int, month: int, at: int) -> Found[Moment]:
    year = words.whole(at)
    if year and 2000 <= year <= 2999:
        return Moment(Day(month_day=number, month=month, year=year)), at + 1
    return _with_part(words, Day(month_day=number, month=month), at)


# Times of day


def _clock(words: Words, at: int, *, bare: bool) -> Found[tuple[Clock, str | None]]:
    """Read a time of day, with the part of the day that says which half is meant."""
    if words.may_be(at, "noon", "midnight"):
        minute = NOON if words.may_be(at, "noon") else 1440
        return (Clock(minute, exact=True), None), at + 1
    found = _around_the_hour(words, at) or _hour(words, at)
    if not found:
        return None
    minute, clear, following = found
    hours_said = words.may_be(following, "oclock")
    following = words.skip(following, "oclock")
    exact = clear or minute < 60 or minute >= 780
    half = next((half for half in ("am", "pm") if words.may_be(following, half)), None)
    if half:
        following += 1
        if minute <= 780:
            minute = minute % NOON + NOON * (half == "pm")
        return (Clock(minute, exact=True, half_said=True), None), following
    part = words.value(following, "part", str)
    if not (bare or hours_said or part or following > at + 1 or words.may_be(at, "clock")):
        return None
    clock = Clock(minute, exact=exact)
    return (clock, part), following + bool(part)


type _Minute = tuple[int, bool, int] | None
"""A minute of the day, whether it is unambiguous (not 12 hours later), and the place after it."""


def _around_the_hour(words: Words, at: int) -> _Minute:
    """Read "half past nine", "half ten", "quarter to ten", "ten past nine", "five to half"."""
    if words.may_be(at, "half_past", "half"):
        hour = words.whole(at + 1)
        to_half = 30 if words.may_be(at, "half_past") else words.value(at, "half", int) or 0
        return (_from_noon(hour * 60 + to_half), False, at + 2) if _is_hour(hour) else None
    place = words.skip(at, "article") if words.may_be(at + 1, "quarter") else at
    minutes = 15 if words.may_be(place, "quarter") else words.whole(place)
    if not minutes or minutes > 30:
        return None
    place += 1
    place += words.value(place, "unit", str) == "minute"
    sign = words.may_be(place, "past") - words.may_be(place, "before")
    # "nine to twelve" is a range; "nine minutes to twelve" is not, nor is "at ten to twelve".
    clear = not words.may_be(place - 1, "number") or (
        words.may_be(at - 1, "at") and minutes in (5, 10, 20, 25)
    )
    if not sign or (words.may_be(place, "to") and not clear):
        return None
    to_half = words.value(place + 1, "half", int) or 0
    place += bool(to_half)
    hour = words.whole(place + 1)
    if not _is_hour(hour):
        return None
    return _from_noon(hour * 60 + to_half + sign * minutes), False, place + 2


def _hour(words: Words, at: int) -> _Minute:
    """Read "9:30", "nine", "nine thirty", "9 Uhr 30", "neuf heures et quart"."""
    if written := words.value(at, "clock", str):
        return _written(words, at, written)
    hour = words.whole(at)
    if hour is None or not 0 <= hour <= 24:
        return None
    place = at + 1 + words.may_be(at + 1, "oclock")
    if found := _past_the_hour(words, hour, place):
        return found
    minute = words.whole(place)
    if minute and 10 <= minute <= 59 and hour < 24 and not words.may_be(place + 1, "unit"):
        return hour * 60 + minute, False, place + 1
    return hour * 60, False, at + 1


def _written(words: Words, at: int, clock: str) -> _Minute:
    if "." in clock and words.may_be(at - 1, "on", "ordinal_mark"):
        return None  # "am 13.10." is a date
    minute = int(clock[:-3]) * 60 + int(clock[-2:])
    if minute > 1440 or clock[-2:] > "59":
        return None
    # A leading zero means the morning.
    return minute, clock[0] == "0", at + 1


def _past_the_hour(words: Words, hour: int, at: int) -> _Minute:
    """Read the rest of "neuf heures et demie", "dix heures moins le quart"."""
    if not words.may_be(at, "and", "less"):
        return None
    sign = -1 if words.may_be(at, "less") else 1
    after = words.skip(at, "and", "less", "article")
    if words.may_be(after, "half", "quarter"):
        minutes: int | None = 30 if words.may_be(after, "half") else 15
    else:
        minutes = words.whole(after) if sign < 0 else None
    return (hour * 60 + sign * minutes, False, after + 1) if minutes else None


def _is_hour(hour: int | None) -> TypeGuard[int]:
    return hour is not None and 1 <= hour <= 24


def _from_noon(minute: int) -> int:
    """Return a time that was told by its next hour: half an hour before one is after noon."""
    return minute + NOON if minute < 60 else minute
