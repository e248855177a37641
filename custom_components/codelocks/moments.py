"""Times as people say them -> when a code should open. Pure: `now` is an argument, and its zone.

Two steps. `read` finds what is about time among words, by one grammar for all languages: a language
only says what its words mean. `resolve` then works out which moments were meant:

- An hour that may be of the morning or the evening is the one that makes sense: after the start,
  not over yet, and from one to five in the afternoon. What is understood is always said back.
- A day without a time is the whole day, a code without an end works for an hour.
- A time that is over is not moved to another day. Only a weekday means the next one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
import re
from typing import Any, TypeGuard

from .speech import TOKEN, Meanings, Speech, fold

MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080}
MONTH = 30 * 1440
"""Minutes; no code is for a month, so it only has to be longer than what there is."""
DAY = timedelta(days=1)
DEFAULT_LENGTH = timedelta(hours=1)
"""The shortest code there is."""
LONG_AGO = timedelta(days=60)
"""A date without a year that is not longer ago than this is over, not a year ahead."""
PARTS = {
    "morning": (360, 720),
    "afternoon": (720, 1080),
    "evening": (1080, 1440),
    "night": (1320, 1800),
}
"""From when to when a part of the day lasts, in minutes from midnight."""
NOON = 720


_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NotUnderstood(Exception):  # noqa: N818 - it says what it is
    """A time that cannot be worked out; `key` is the answer."""

    def __init__(self, key: str = "time_not_understood") -> None:
        """Take the answer's key."""
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, with what it may mean; `start` and `end` are its place in the sentence."""

    text: str
    start: int
    end: int
    means: Meanings


def words_in(sentence: str, speech: Speech, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a part of a sentence: known phrases, the longest first."""
    tokens = list(TOKEN.finditer(sentence, start, len(sentence) if end is None else end))
    texts = [fold(token[0]) for token in tokens]
    words: list[Word] = []
    at = 0
    while at < len(tokens):
        size = next(
            (
                size
                for size in range(min(speech.longest_phrase, len(tokens) - at), 0, -1)
                if tuple(texts[at : at + size]) in speech.lexicon
            ),
            1,
        )
        phrase = tuple(texts[at : at + size])
        means = speech.lexicon.get(phrase) or _means(texts[at])
        words.append(Word(" ".join(phrase), tokens[at].start(), tokens[at + size - 1].end(), means))
        at += size
    return words


def _means(text: str) -> Meanings:
    """Return what digits and signs mean."""
    if text.isdecimal() and len(text) <= 4:
        return {"number": int(text)}
    if _ISO_DATE.fullmatch(text):
        return {"iso_date": text}
    if _CLOCK.fullmatch(text):
        return {"clock": text}
    if text.strip() in ("-", "\u2013"):
        return {"to": True}
    return {}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is named: one of the four is set."""

    offset: int | None = None
    weekday: int | None = None
    following: bool = False
    """Whether it is a "next" weekday."""
    month_day: int | None = None
    month: int | None = None
    year: int | None = None

    def dates(self, base: date, today: date) -> tuple[date, ...]:
        """Return the dates that it may be, the likely one first; `base` is where to look from."""
        if self.offset is not None:
            return (today + self.offset * DAY,)
        if self.weekday is not None:
            away = (self.weekday - base.weekday()) % 7 or 7 * self.following
            return base + away * DAY, base + (away + 7) * DAY
        return (self._date(base, today),)

    def _date(self, base: date, today: date) -> date:
        assert self.month_day is not None  # noqa: S101 - the type checker's
        if self.month is None:
            months = ((base.year + n // 12, n % 12 + 1) for n in range(base.month - 1, 24))
            found = (_date(year, month, self.month_day) for year, month in months)
            return next(day for day in found if day and day >= base)
        years = [self.year] if self.year else range(today.year, today.year + 9)
        for year in years:
            day = _date(year, self.month, self.month_day)
            if day and (self.year or day >= today - LONG_AGO):
                return day
        raise NotUnderstood


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as it is said."""

    minute: int
    """From midnight."""
    exact: bool
    """Whether it can only be this one; else twelve hours later may be meant."""
    half_said: bool = False
    """Whether it was said with am or pm: that may stand for an earlier time, too."""

    def options(self, part: str | None) -> tuple[int, ...]:
        """Return the minutes of the day that it may be, the earlier first."""
        if self.exact:
            return (self.minute,)
        early, late = self.minute % NOON, self.minute % NOON + NOON
        if part == "night":
            return (late,) if early >= 360 else (early,)
        if part:
            return (early,) if part == "morning" else (late,)
        return (late, 1440) if self.minute == NOON else (early, late)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as far as it is said."""

    day: Day | None = None
    part: str | None = None
    clock: Clock | None = None
    now: bool = False
    day_last: bool = False
    """Whether the day came after the time: "nine to twelve tomorrow"."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said about time; `used` are the places of its words."""

    context: Moment | None = None
    """A day, or part of one, that stands by itself."""
    start: Moment | None = None
    end: Moment | None = None
    minutes: float | None = None
    delay: float | None = None
    all_day: bool = False
    weekend: bool = False
    used: frozenset[int] = field(default_factory=frozenset)

    @property
    def nothing(self) -> bool:
        """Whether nothing was said."""
        return not self.used


def read(words: Sequence[Word], speech: Speech) -> Said:
    """Return what words say about time; raises NotUnderstood where they say it twice."""
    reader = _Reader(words, half_is_before=speech.half_is_before)
    said = Said()
    at = 0
    while at < len(words):
        if found := reader.element(at):
            changes, following = found
            if any(getattr(said, name) not in (None, False) for name in changes):
                raise NotUnderstood
            said = replace(said, used=said.used | set(range(at, following)), **changes)
            at = following
        else:
            at += 1
    return said


type Found[T] = tuple[T, int] | None
"""What was found, and the place after it."""


class _Reader:
    """The grammar: each method tries to read one thing at a place."""

    def __init__(self, words: Sequence[Word], *, half_is_before: bool) -> None:
        self._words = words
        self._half = -30 if half_is_before else 30

    def _is(self, at: int, *kinds: str) -> bool:
        return at < len(self._words) and any(kind in self._words[at].means for kind in kinds)

    def _value[T](self, at: int, kind: str, of: type[T]) -> T | None:
        value = self._words[at].means.get(kind) if at < len(self._words) else None
        return value if isinstance(value, of) else None

    def _skip(self, at: int, *kinds: str) -> int:
        while self._is(at, *kinds):
            at += 1
        return at

    def _whole(self, at: int) -> int | None:
        """Return a whole number."""
        number = self._value(at, "number", object)
        return int(number) if isinstance(number, int | float) and number == int(number) else None

    # What stands by itself

    def element(self, at: int) -> Found[dict[str, Any]]:
        """Read one statement about time."""
        readers: tuple[Callable[[int], Found[dict[str, Any]]], ...] = (
            self._whole_days,
            self._between,
            self._range,
            self._delay,
            self._end,
            self._length,
            self._start,
        )
        return next((found for reader in readers if (found := reader(at))), None)

    def _whole_days(self, at: int) -> Found[dict[str, Any]]:
        place = self._skip(at, "for")
        if self._is(place, "all_day"):
            return {"all_day": True}, place + 1
        if self._is(place, "weekend"):
            return {"weekend": True}, place + 1
        return None

    def _between(self, at: int) -> Found[dict[str, Any]]:
        if not self._is(at, "between"):
            return None
        if not (start := self._moment(at + 1, bare=True)) or not self._is(start[1], "and"):
            return None
        end = self._moment(start[1] + 1, bare=True)
        return ({"start": start[0], "end": end[0]}, end[1]) if end else None

    def _range(self, at: int) -> Found[dict[str, Any]]:
        for place in dict.fromkeys((self._skip(at, "for"), at)):
            begin = self._skip(place, "from")
            start = self._moment(begin, bare=True)
            if not start or not self._is(start[1], "to"):
                continue
            if end := self._moment(start[1] + 1, bare=True):
                return self._split(self._same_kind(begin, start[0], end[0]), *end)
        return None

    def _same_kind(self, at: int, start: Moment, end: Moment) -> Moment:
        """Return the start of a range: a number before a date is a day, "24 to 26 December"."""
        number = self._month_day(at)
        dated = end.day is not None and end.day.month_day and not end.clock
        if number and dated and start.clock and not start.day and self._is(number[1], "to"):
            return Moment(Day(month_day=number[0]))
        return start

    def _split(self, start: Moment, end: Moment, following: int) -> tuple[dict[str, Any], int]:
        """Return a range; a day without a time before a time stands for both: Friday 9 to 12."""
        if start.clock is None and not start.now and start.part is None and end.day is None:
            # "tomorrow until six": the day is the day of the end, too.
            return {"context": start, "end": end}, following
        return {"start": start, "end": end}, following

    def _start(self, at: int) -> Found[dict[str, Any]]:
        place = self._skip(at, "for")
        begin = self._skip(place, "from")
        found = self._moment(begin, bare=begin > place)
        if not found:
            return None
        moment, following = found
        if begin > place or moment.clock or moment.now:
            return {"start": moment}, following
        return {"context": moment}, following

    def _end(self, at: int) -> Found[dict[str, Any]]:
        if not self._is(at, "until"):
            return None
        found = self._moment(at + 1, bare=True) or self._part_alone(at + 1)
        return ({"end": found[0]}, found[1]) if found else None

    def _part_alone(self, at: int) -> Found[Moment]:
        at = self._skip(at, "article")
        part = self._value(at, "part", str)
        return (Moment(part=part), at + 1) if part else None

    def _delay(self, at: int) -> Found[dict[str, Any]]:
        if not self._is(at, "in"):
            return None
        found = self._minutes(at + 1)
        return ({"delay": found[0]}, found[1]) if found else None

    def _length(self, at: int) -> Found[dict[str, Any]]:
        during = self._is(at, "during")
        place = self._skip(at + during, "article", "next") if during else at
        # "two hours" may be a time of day where the hour is also the o'clock.
        found = self._minutes(at + during) or self._minutes(place)
        if not found:
            return None
        minutes, following = found
        clear = not any(self._is(place, "oclock") for place in range(at, following))
        if not (during or clear or self._is(following, "long")):
            return None
        return {"minutes": minutes}, self._skip(following, "long")

    # Lengths

    def _minutes(self, at: int) -> Found[float]:
        """Read a length of time, in minutes."""
        first = self._one_length(at)
        if not first:
            return None
        minutes, at = first
        second = self._one_length(self._skip(at, "and"))
        return (minutes + second[0], second[1]) if second else (minutes, at)

    def _one_length(self, at: int) -> Found[float]:
        count, place = self._count(at)
        if found := self._part_of_unit(count or 1, place):
            return found
        if count is None:
            return None
        if span := self._value(place, "span", int):
            return count * span, place + 1
        if not (unit := self._unit(place)):
            return None
        half = self._skip(place + 1, "and")
        half = self._skip(half, "article")
        if half > place + 1 and self._is(half, "half") and not self._unit(half + 1):
            return (count + 0.5) * unit, half + 1  # "an hour and a half"
        return count * unit, place + 1

    def _part_of_unit(self, count: float, at: int) -> Found[float]:
        """Read what is left of "half an hour", "a quarter of an hour", "one and a half hours"."""
        place = self._skip(at, "and")
        half = self._skip(place, "article") if place > at else place
        after = self._skip(half + 1, "of", "article")
        unit = self._unit(after)
        if self._is(half, "half") and unit:
            whole = count if place > at or count > 1 else 0
            return (whole + 0.5) * unit, after + 1
        if self._is(at, "quarter") and unit == MINUTES["hour"]:
            return 15 * count, after + 1
        return None

    def _count(self, at: int) -> tuple[float | None, int]:
        number = self._value(at, "number", object)
        if isinstance(number, int | float):
            return number, at + 1
        if self._is(at, "one"):
            return 1, at + 1
        return None, at

    def _unit(self, at: int) -> int | None:
        unit = self._value(at, "unit", str)
        return MINUTES.get(unit, MONTH) if unit else None

    # Moments

    def _moment(self, at: int, *, bare: bool) -> Found[Moment]:
        """Read a day, a time, or both; `bare` where a mere number is a time."""
        if self._is(at, "now"):
            return Moment(now=True), at + 1
        if found := self._day(at):
            day, at = found
            place = self._skip(at, "at", "on", "article") if self._is(at, "at", "on") else at
            clock = self._clock(place, bare=bare or self._is(at, "at"))
            if not clock:
                return day, at
            return replace(day, clock=clock[0][0], part=clock[0][1] or day.part), clock[1]
        place = self._skip(at, "at", "article")
        # "at" makes a number a time, an article alone does not.
        timed = any(self._is(word, "at") for word in range(at, place))
        found_clock = self._clock(place, bare=bare or timed)
        if not found_clock:
            return None
        (clock_said, part), at = found_clock
        after = self._day(at)
        if after and after[0].day:
            day = after[0]
            return (
                Moment(day.day, part or day.part, clock_said, day_last=True),
                after[1],
            )
        return Moment(part=part, clock=clock_said), at

    def _day(self, at: int) -> Found[Moment]:
        """Read a day, with the part of it that is said."""
        at = self._skip(at, "on", "article") if not self._is_day(at) else at
        if value := self._value(at, "day_part", dict):
            day = Day(offset=value.get("day"), weekday=value.get("weekday"))
            return Moment(day, value["part"]), at + 1
        offset = self._value(at, "day", int)
        if offset is not None:
            return self._with_part(Day(offset=offset), at + 1)
        following = self._is(at, "next")
        weekday = self._value(at + following, "weekday", int)
        if weekday is not None:
            at += following + 1
            if self._is(at, "next") and not self._is(at + 1, "weekday"):
                following, at = True, at + 1  # "vendredi prochain"
            if date_after := self._date(self._skip(at, "article", "ordinal_mark")):
                return date_after
            return self._with_part(Day(weekday=weekday, following=following), at)
        return self._date(at)

    def _is_day(self, at: int) -> bool:
        return self._is(at, "day", "day_part", "weekday", "next", "iso_date", "month")

    def _with_part(self, day: Day, at: int) -> Found[Moment]:
        part = self._value(at, "part", str)
        return Moment(day, part), at + bool(part)

    def _date(self, at: int) -> Found[Moment]:
        """Read a date: "24 December", "December 24th", "the 24th", "2026-12-24"."""
        if iso := self._value(at, "iso_date", str):
            return _iso_day(iso, at + 1)
        month = self._value(at, "month", int)
        found = self._month_day(self._skip(at + 1, "article") if month else at)
        if not found:
            return None
        number, after = found
        if month:
            return self._with_year(number, month, after)
        month_at = self._skip(after, "of")
        if month := self._value(month_at, "month", int):
            return self._with_year(number, month, month_at + 1)
        ordinal = after > at + 1 or (at > 0 and self._is(at - 1, "ordinal_mark"))
        if self._is(at, "ordinal_number"):
            ordinal = self._is_placed(at)  # "until the second", but not "for the second floor"
        if ordinal and not self._is(after, "oclock", "unit"):
            return self._with_part(Day(month_day=number), after)
        return None

    def _is_placed(self, at: int) -> bool:
        """Return whether a word that only dates have stands before a place."""
        while at > 0 and self._is(at - 1, "article"):
            at -= 1
        return at > 0 and self._is(at - 1, "on", "until", "to", "from")

    def _month_day(self, at: int) -> Found[int]:
        number = self._value(at, "ordinal_number", int) or self._whole(at)
        if not number or not 0 < number <= 31:
            return None
        return number, at + 1 + self._is(at + 1, "ordinal")

    def _with_year(self, number: int, month: int, at: int) -> Found[Moment]:
        year = self._whole(at)
        if year and 2000 <= year <= 2999:
            return Moment(Day(month_day=number, month=month, year=year)), at + 1
        return self._with_part(Day(month_day=number, month=month), at)

    # Times of day

    def _clock(self, at: int, *, bare: bool) -> Found[tuple[Clock, str | None]]:
        """Read a time of day, with the part of the day that says which half is meant."""
        if self._is(at, "noon", "midnight"):
            minute = NOON if self._is(at, "noon") else 1440
            return (Clock(minute, exact=True), None), at + 1
        found = self._around_the_hour(at) or self._hour(at)
        if not found:
            return None
        minute, clear, following = found
        hours_said = self._is(following, "oclock")
        following = self._skip(following, "oclock")
        exact = clear or minute < 60 or minute >= 780
        half = next((half for half in ("am", "pm") if self._is(following, half)), None)
        if half:
            following += 1
            if minute <= 780:
                minute = minute % NOON + NOON * (half == "pm")
            return (Clock(minute, exact=True, half_said=True), None), following
        part = self._value(following, "part", str)
        if not (bare or hours_said or part or following > at + 1 or self._is(at, "clock")):
            return None
        clock = Clock(minute, exact=exact)
        return (clock, part), following + bool(part)

    def _around_the_hour(self, at: int) -> tuple[int, bool, int] | None:
        """Read "half past nine", "half ten", "quarter to ten", "ten past nine", "five to half"."""
        if self._is(at, "half_past"):
            hour = self._whole(at + 1)
            return (hour * 60 + 30, False, at + 2) if _is_hour(hour) else None
        if self._is(at, "half"):
            hour = self._whole(at + 1)
            return (_from_noon(hour * 60 + self._half), False, at + 2) if _is_hour(hour) else None
        place = self._skip(at, "article") if self._is(at + 1, "quarter") else at
        minutes = 15 if self._is(place, "quarter") else self._whole(place)
        if not minutes or minutes > 30:
            return None
        place += 1
        place += self._value(place, "unit", str) == "minute"
        sign = self._is(place, "past") - self._is(place, "before")
        if not sign or (self._is(place, "to") and self._is(place - 1, "number")):
            return None  # "nine to twelve" is a range, "nine minutes to twelve" is not
        half = self._is(place + 1, "half")
        hour = self._whole(place + 1 + half)
        if not _is_hour(hour):
            return None
        minute = hour * 60 + half * self._half + sign * minutes
        return _from_noon(minute), False, place + 2 + half

    def _hour(self, at: int) -> tuple[int, bool, int] | None:
        """Read "9:30", "nine", "nine thirty", "9 Uhr 30", "neuf heures et quart"."""
        if written := self._value(at, "clock", str):
            hours, minutes = int(written[:-3]), int(written[-2:])
            if hours > 24 or minutes > 59:
                return None
            # Who writes a nought before it means the morning.
            return hours * 60 + minutes, written[0] == "0", at + 1
        hour = self._whole(at)
        if hour is None or not 0 <= hour <= 24:
            return None
        place = at + 1 + self._is(at + 1, "oclock")
        if found := self._past_the_hour(hour, place):
            return found
        minute = self._whole(place)
        if minute and 10 <= minute <= 59 and hour < 24 and not self._is(place + 1, "unit"):
            return hour * 60 + minute, False, place + 1
        return hour * 60, False, at + 1

    def _past_the_hour(self, hour: int, at: int) -> tuple[int, bool, int] | None:
        """Read what is left of "neuf heures et demie", "dix heures moins le quart"."""
        if not self._is(at, "and", "less"):
            return None
        sign = -1 if self._is(at, "less") else 1
        after = self._skip(at, "and", "less", "article")
        if self._is(after, "half", "quarter"):
            minutes: int | None = 30 if self._is(after, "half") else 15
        else:
            minutes = self._whole(after) if sign < 0 else None
        return (hour * 60 + sign * minutes, False, after + 1) if minutes else None


def _iso_day(text: str, following: int) -> Found[Moment]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return Moment(Day(month_day=day.day, month=day.month, year=day.year)), following


def _is_hour(hour: int | None) -> TypeGuard[int]:
    return hour is not None and 1 <= hour <= 24


def _from_noon(minute: int) -> int:
    """Return a time told by the next hour: half an hour before one is after noon."""
    return minute + NOON if minute < 60 else minute


# Working out


def resolve(said: Said, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when a code should open; raises NotUnderstood."""
    now = now.replace(microsecond=0)
    if said.minutes is not None and (said.end or said.all_day or said.weekend):
        raise NotUnderstood
    if said.weekend or said.all_day:
        return _whole_days(said, now)
    if said.delay is not None:
        if said.start or said.context:
            raise NotUnderstood
        return _after(now + timedelta(minutes=said.delay), said, now)
    spans = list(_spans(_shared_day(said), now))
    if not spans:
        raise NotUnderstood
    # The likeliest that is not over; a time that is over is left for others to refuse.
    return next((span for span in spans if span[1] > now), spans[0])


def _whole_days(said: Said, now: datetime) -> tuple[datetime, datetime]:
    if said.start or said.end or said.delay is not None or (said.weekend and said.context):
        raise NotUnderstood
    if said.weekend:
        saturday = now.date() + ((5 - now.weekday()) % 7 if now.weekday() != 6 else -1) * DAY
        return max(now, _at(saturday, 0, now)), _at(saturday, 2880, now)
    day = said.context.day if said.context else None
    first = day.dates(now.date(), now.date())[0] if day else now.date()
    return max(now, _at(first, 0, now)), _at(first, 1440, now)


def _after(start: datetime, said: Said, now: datetime) -> tuple[datetime, datetime]:
    """Return what begins at a moment that is known."""
    if said.end:
        return next(iter(_ends(said.end, start, now)))
    return start, _later(start, said.minutes)


def _later(start: datetime, minutes: float | None) -> datetime:
    """Return the end: days are counted by the calendar, hours by the clock."""
    if minutes is None:
        return _local(start.astimezone(UTC) + DEFAULT_LENGTH, start)
    days = int(minutes // 1440)
    try:
        end = start + days * DAY
        return _local(end.astimezone(UTC) + timedelta(minutes=minutes - days * 1440), start)
    except OverflowError:
        raise NotUnderstood from None


def _local(moment: datetime, like: datetime) -> datetime:
    return moment.astimezone(like.tzinfo)


def _at(day: date, minute: int, now: datetime) -> datetime:
    """Return a time of a day in the zone of `now`."""
    wall = datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=minute)
    return wall.astimezone(UTC).astimezone(now.tzinfo)


def _shared_day(said: Said) -> Said:
    """Return what was said with its day where it belongs."""
    start, end, context = said.start, said.end, said.context
    if start and end and end.day and end.day_last and start.clock and not start.day:
        start = replace(start, day=end.day)  # "nine to twelve tomorrow"
        end = replace(end, day=None)
    if start and end and start.day and start.day.month_day and not start.day.month and end.day:
        start = replace(start, day=replace(start.day, month=end.day.month, year=end.day.year))
    if context and start and not start.now:
        if start.day:
            raise NotUnderstood
        start = replace(start, day=context.day, part=start.part or context.part)
    elif context and start:
        raise NotUnderstood
    elif context:
        start = context
    return replace(said, start=start, end=end, context=None)


def _spans(said: Said, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return what may have been meant, the likeliest first."""
    start, end = said.start, said.end
    if start is None or start.now:
        yield from [_after(now, said, now)] if not end else _ends(end, now, now)
        return
    dates = start.day.dates(now.date(), now.date()) if start.day else (now.date(),)
    for day, minute in product(dates, _start_minutes(start, end)):
        begin = _at(day, minute, now)
        if start.clock is None and day == now.date():
            begin = max(begin, now)
        if end:
            yield from _ends(end, begin, now)
        elif said.minutes is not None:
            if start.clock is None and not start.part and day > now.date() and said.minutes < 1440:
                raise NotUnderstood("start_missing")
            yield begin, _later(begin, said.minutes)
        elif start.clock is None:
            yield begin, _at(day, PARTS[start.part][1] if start.part else 1440, now)
        else:
            yield begin, _later(begin, None)


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


LATE_ENDS = range(60, 480)
"""From one to half past seven, an end on a day of its own is rather in the afternoon."""


def _ends(end: Moment, begin: datetime, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return the windows from a beginning to where the end may be, the likeliest first."""
    if end.now:
        raise NotUnderstood
    days: Sequence[date] = (begin.date(), begin.date() + DAY)
    if end.day:
        days = end.day.dates(begin.date(), now.date())
    minutes: Sequence[int]
    if end.clock:
        minutes = end.clock.options(end.part)
        own_day = (end.day and days[0] != begin.date()) or (begin.hour, begin.minute) == (0, 0)
        if own_day and len(minutes) > 1 and minutes[0] in LATE_ENDS:
            minutes = minutes[::-1]
    else:
        minutes = (PARTS[end.part][1] if end.part else 1440,)
    ends = [_at(day, minute, now) for day, minute in product(days, minutes)]
    yield begin, next((moment for moment in ends if moment > begin), ends[0])
