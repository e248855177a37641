"""Reads what words say about time: from when, until when, how long. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from .lexicon import Word, Words
from .time_grammar import Found, length, moment, month_day
from .time_model import Day, Moment, NotUnderstood, Said

type Statement = Found[dict[str, Any]]
"""Values for fields of `Said`, and the place after the words that say them."""


def read(sentence: Sequence[Word]) -> Said:
    """Return what a sentence says about time; raises NotUnderstood if it says something twice."""
    words = Words(sentence)
    said = Said()
    at = 0
    while at < len(sentence):
        found = next((found for reader in _READERS if (found := reader(words, at))), None)
        if not found:
            at += 1
            continue
        changes, following = found
        if any(getattr(said, name) not in (None, False) for name in changes):
            raise NotUnderstood
        said = replace(said, used=said.used | set(range(at, following)), **changes)
        at = following
    return said


def _whole_days(words: Words, at: int) -> Statement:
    place = words.skip(at, "for")
    if words.may_be(place, "all_day"):
        return {"all_day": True}, place + 1
    if words.may_be(place, "weekend"):
        return {"weekend": True}, place + 1
    return None


def _between(words: Words, at: int) -> Statement:
    if not words.may_be(at, "between"):
        return None
    start = moment(words, at + 1, bare=True)
    if not start or not words.may_be(start[1], "and"):
        return None
    end = moment(words, start[1] + 1, bare=True)
    return ({"start": start[0], "end": end[0]}, end[1]) if end else None


def _range(words: Words, at: int) -> Statement:
    """Read "from nine to twelve", "9-12"."""
    # "voor" is "for", but "before" in "kwart voor tien tot elf".
    for place in dict.fromkeys((words.skip(at, "for"), at)):
        begin = words.skip(place, "from")
        found = moment(words, begin, bare=True)
        if not found or not words.may_be(found[1], "to"):
            continue
        start, to = found
        dash = words.may_be(to, "dash")
        if dash and words.may_be(at - 1, "on", "ordinal_mark"):
            return None  # "op 9-12" is a date
        found = moment(words, to + 1, bare=True)
        if _is_date(start) and (dash or begin > place):
            found = _as_day(words, to + 1, found)  # "vom 10. bis 12."
        if not found:
            continue
        end, following = found
        if _is_date(end):
            start, _ = _as_day(words, begin, (start, to)) or (start, to)  # "24 to 26 December"
        # "tomorrow until six": the end is on that day, too.
        is_day = not (start.clock or start.now or start.part or end.day)
        return {"context" if is_day else "start": start, "end": end}, following
    return None


def _is_date(moment: Moment) -> bool:
    return moment.day is not None and moment.day.month_day is not None and moment.clock is None


def _as_day(words: Words, at: int, found: Found[Moment]) -> Found[Moment]:
    """Read one end of a range whose other end is a date: a plain number is a day of a month."""
    number = month_day(words, at)
    if number and (not found or (found[1] == number[1] and found[0].clock and not found[0].day)):
        return Moment(Day(month_day=number[0])), number[1]
    return found


def _delay(words: Words, at: int) -> Statement:
    """Read "in two hours"."""
    if not words.may_be(at, "in"):
        return None
    found = length(words, at + 1)
    return ({"delay": found[0]}, found[1]) if found else None


def _end(words: Words, at: int) -> Statement:
    """Read "until six", "until the evening"."""
    if not words.may_be(at, "until"):
        return None
    if found := moment(words, at + 1, bare=True):
        return {"end": found[0]}, found[1]
    at = words.skip(at + 1, "article")
    part = words.value(at, "part", str)
    return ({"end": Moment(part=part)}, at + 1) if part else None


def _length(words: Words, at: int) -> Statement:
    """Read "for two hours", "for the next two hours", "zwei Stunden lang"."""
    during = words.may_be(at, "during")
    place = words.skip(at + during, "article", "next") if during else at
    found = length(words, at + during) or length(words, place)
    if not found:
        return None
    minutes, following = found
    # "two hours" may be a time of day in languages where "hour" also means "o'clock".
    clear = not any(words.may_be(place, "oclock") for place in range(at, following))
    if not (during or clear or words.may_be(following, "long")):
        return None
    return {"minutes": minutes}, words.skip(following, "long")


def _start(words: Words, at: int) -> Statement:
    """Read "from nine", "at nine", "tomorrow"."""
    place = words.skip(at, "for")
    begin = words.skip(place, "from")
    found = moment(words, begin, bare=begin > place)
    if not found:
        return None
    start, following = found
    is_start = begin > place or start.clock or start.now
    return {"start" if is_start else "context": start}, following


_READERS: tuple[Callable[[Words, int], Statement], ...] = (
    _whole_days,
    _between,
    _range,
    _delay,
    _end,
    _length,
    _start,
)
"""In order of precedence: the first that finds something at a place wins."""
