"""The words of a sentence, and what each may mean in a language. Pure.

A language's file lists its words by kind (`words` in `languages/*.json`): that is its lexicon.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Any, NamedTuple
import unicodedata

TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}[:.h]\d{2}(?!\d)|\d{1,3}[.,]\d(?!\d)|\d+|[^\W\d_]+"
    r"|(?<=\d)\s?[-\u2013]\s?(?=\d)|&"
)
"""A date, a time of day, a decimal, a number, a word, the dash of "9-12", or "&" for "and"."""
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}[.,]\d", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

type Meanings = Mapping[str, Any]
"""What a word or phrase may mean, by kind: "voor" is "for" or "before", {"for": True, ...}."""
type Lexicon = Mapping[tuple[str, ...], Meanings]
"""The meanings of words and phrases, by their folded words."""


def fold(text: str) -> str:
    """Return a text without case and accents, for comparison."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in marked if not unicodedata.combining(char))


def folded(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    # An accent apart from its letter would end a word.
    composed = unicodedata.normalize("NFC", text)
    return tuple(fold(match[0]) for match in TOKEN.finditer(composed))


class Phrase(NamedTuple):
    """Folded words of a sentence, and their place in it."""

    words: tuple[str, ...]
    start: int
    end: int


def phrases(
    sentence: str,
    known: Container[tuple[str, ...]],
    longest: int,
    start: int = 0,
    end: int | None = None,
) -> Iterator[Phrase]:
    """Cut a part of a sentence into known phrases, the longest first, and single other words.

    `longest` is the number of words in the longest known phrase.
    """
    tokens = list(TOKEN.finditer(sentence, start, len(sentence) if end is None else end))
    texts = [fold(token[0]) for token in tokens]
    at = 0
    while at < len(tokens):
        sizes = range(min(longest, len(tokens) - at), 1, -1)
        size = next((size for size in sizes if tuple(texts[at : at + size]) in known), 1)
        last = at + size - 1
        yield Phrase(tuple(texts[at : last + 1]), tokens[at].start(), tokens[last].end())
        at += size


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase, with what it may mean; `start` and `end` are its place in the sentence."""

    text: str
    start: int
    end: int
    means: Meanings

    def may_be(self, *kinds: str) -> bool:
        """Return whether it may be of one of these kinds."""
        return any(kind in self.means for kind in kinds)


class Words:
    """Words that are read by place: there is nothing before the first and after the last."""

    def __init__(self, words: Sequence[Word]) -> None:
        """Take the words of a sentence."""
        self._words = words

    def may_be(self, at: int, *kinds: str) -> bool:
        """Return whether the word there may be of one of these kinds."""
        return 0 <= at < len(self._words) and self._words[at].may_be(*kinds)

    def value[T](self, at: int, kind: str, of: type[T]) -> T | None:
        """Return what the word there stands for as this kind, None if it cannot be one."""
        value = self._words[at].means.get(kind) if 0 <= at < len(self._words) else None
        return value if isinstance(value, of) else None

    def number(self, at: int) -> float | None:
        """Return the number there, None if there is none."""
        number = self.value(at, "number", object)
        return number if isinstance(number, int | float) else None

    def whole(self, at: int) -> int | None:
        """Return the whole number there, None if there is none."""
        number = self.number(at)
        return int(number) if number is not None and number == int(number) else None

    def skip(self, at: int, *kinds: str) -> int:
        """Return the first place from `at` on whose word is of none of these kinds."""
        while self.may_be(at, *kinds):
            at += 1
        return at


def of_digits(text: str) -> Meanings:
    """Return what digits and signs mean; nothing for a word."""
    if text.isdecimal() and len(text) <= 4:
        return {"number": int(text)}
    if _DECIMAL.fullmatch(text):
        return {"number": float(text.replace(",", "."))}
    if _ISO_DATE.fullmatch(text):
        return {"iso_date": text}
    if _CLOCK.fullmatch(text):
        return {"clock": text}
    if text.strip() in ("-", "\u2013"):
        return {"to": True, "dash": True}
    return {}


# A language's words


_PLAIN = (
    # "half past nine", "a quarter to nine", "ten past nine", "neuf heures moins dix"
    *("half_past", "quarter", "past", "before", "less", "oclock", "am", "pm", "noon", "midnight"),
    # "from nine to twelve", "until six", "between nine and ten", "for two hours", "in an hour"
    *("from", "to", "until", "between", "and", "for", "during", "in", "long", "now", "of"),
    # "at nine", "on Friday", "next Friday", "December 24th", "am 24."
    *("at", "on", "next", "ordinal", "ordinal_mark", "all_day", "weekend", "article", "one"),
    # "please make a code for my mother at the front door lock", "einen Code machen"
    *("possessive", "location", "lock_words", "noun", "carrier", "filler", "verb"),
)
"""The kinds whose words have no value of their own."""


def lexicon(words: Mapping[str, Any]) -> Lexicon:
    """Return what the words of a language may mean, from its file."""
    found: dict[tuple[str, ...], dict[str, Any]] = {("&",): {"and": True}}
    for phrase, kind, value in (*_simple(words), *_days_of_the_week(words)):
        found.setdefault(folded(phrase), {})[kind] = value
    return found


def _simple(words: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield phrases, each with a kind and what it stands for."""
    for kind in _PLAIN:
        yield from ((phrase, kind, True) for phrase in words[kind])
    for kind, name in (("day", "days"), ("part", "parts"), ("unit", "units"), ("span", "spans")):
        yield from ((phrase, kind, value) for phrase, value in words[name].items())
    to_half = -30 if words["half_is_before"] else 30
    yield from ((phrase, "half", to_half) for phrase in words["half"])
    yield from ((phrase, "number", number) for phrase, number in _numbers(words).items())
    yield from ((phrase, "ordinal_number", n) for n, phrase in enumerate(words["ordinals"], 1))
    yield from ((phrase, "month", n) for n, phrase in enumerate(words["months"], 1))
    for phrase, (day, part) in words["day_parts"].items():
        yield phrase, "day_part", {"day": day, "part": part}


def _numbers(words: Mapping[str, Any]) -> dict[str, float]:
    """Return the number words, including compound ones."""
    numbers: dict[str, float] = dict(words["numbers"])
    tens = {word: n for word, n in numbers.items() if n >= 20 and n % 10 == 0}
    units = {word: n for word, n in numbers.items() if 0 < n < 10 and n == int(n)}
    for pattern in words["compounds"]:
        for ten, tens_value in tens.items():
            for unit, value in units.items():
                numbers.setdefault(pattern.format(tens=ten, unit=unit), tens_value + value)
    return numbers


def _days_of_the_week(words: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    weekdays = dict(zip(words["weekdays"], range(7), strict=True))
    for name, weekday in (weekdays | words.get("more_weekdays", {})).items():
        yield name, "weekday", weekday
        for ending, part in words.get("weekday_compounds", {}).items():
            yield name + ending, "day_part", {"weekday": weekday, "part": part}
