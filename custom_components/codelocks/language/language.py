"""The supported languages: what people say, and what they hear. Pure, except for `load`.

Each language is one file in `languages/`, with its sentences, its words for times and its answers,
so a new language is one new file. Home Assistant's translations would not do: they must have the
same texts in every language, but sentences and words differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
import json
from pathlib import Path
import re
import unicodedata

from .lexicon import Lexicon, Word, lexicon, of_digits, phrases

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = ("en", "de", "fr", "nl")
DEFAULT_LANGUAGE = "en"

MAX_NAME = 80
"""Characters of a name that are spoken, kept, or given to a language model."""
MAX_LISTED = 5
"""Items listed in one answer: nobody remembers more."""

_RULE = re.compile(r"<(\w+)>")


def clean(text: str, longest: int = MAX_NAME) -> str:
    """Return a text from outside on one line: bounded, and without invisible characters."""
    text = unicodedata.normalize("NFC", text[:10_000])
    visible = (" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    line = " ".join("".join(visible).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


@dataclass(frozen=True)
class Speech:
    """A language, as it is heard and spoken."""

    language: str
    sentences: Mapping[str, tuple[str, ...]]
    """By intent, in hassil's notation; `<name>` stands for the names of locks."""
    lexicon: Lexicon
    longest_phrase: int
    """How many words the longest phrase of the lexicon has."""
    answers: Mapping[str, str]
    number_words: Mapping[int, tuple[str, ...]]
    """What is said for the numbers up to twelve, as in the names of locks."""
    and_words: tuple[str, ...]
    errors: Mapping[str, str]
    """The errors that are heard often, in shorter words and with spoken times."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def words(self, sentence: str, start: int = 0, end: int | None = None) -> list[Word]:
        """Return the words of a part of a sentence, with what they may mean."""
        return [
            Word(
                text=" ".join(phrase.words),
                start=phrase.start,
                end=phrase.end,
                means=self.lexicon.get(phrase.words) or of_digits(phrase.words[0]),
            )
            for phrase in phrases(sentence, self.lexicon, self.longest_phrase, start, end)
        ]

    def say(self, key: str, **values: object) -> str:
        """Return an answer; braces in the values are left alone."""
        return self.answers[key].format(**values)

    def listed(self, things: Iterable[str], last: str = "and") -> str:
        """Return the first few things as a spoken list."""
        listed = list(things)
        if len(listed) > MAX_LISTED:
            listed[MAX_LISTED:] = [self.say("more", count=len(listed) - MAX_LISTED)]
        *firsts, final = listed
        return f"{', '.join(firsts)} {self.answers[last]} {final}" if firsts else final

    def clock(self, moment: datetime) -> str:
        """Return a time of day."""
        return self.say(
            "clock" if moment.minute else "hour",
            hour=moment.hour,
            hour12=moment.hour % 12 or 12,
            minute=f"{moment.minute:02}",
            half=self.answers["am" if moment.hour < 12 else "pm"],
        )

    def day(self, day: date, today: date) -> str:
        """Return a day, worded by how near it is."""
        away = (day - today).days
        if near := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away):
            return self.answers[near]
        weekday = self.weekdays[day.weekday()]
        if 1 < away < 7:
            return weekday
        return self.say("date", weekday=weekday, day=day.day, month=self.months[day.month - 1])

    def moment(self, moment: datetime, now: datetime) -> str:
        """Return a moment; `now` gives the zone."""
        moment = moment.astimezone(now.tzinfo)
        return self.say("moment", day=self.day(moment.date(), now.date()), clock=self.clock(moment))

    def end(self, moment: datetime, now: datetime) -> str:
        """Return the end of a window: midnight ends the day before."""
        moment = moment.astimezone(now.tzinfo)
        if (moment.hour, moment.minute) == (0, 0):
            last = moment.date() - timedelta(days=1)
            return self.say("end_of_day", day=self.day(last, now.date()))
        return self.moment(moment, now)

    def window(self, start: datetime, end: datetime, now: datetime) -> str:
        """Return a window: from when to when."""
        start, end = start.astimezone(now.tzinfo), end.astimezone(now.tzinfo)
        day = self.day(start.date(), now.date())
        if start.date() == end.date():
            return self.say("same_day", day=day, start=self.clock(start), end=self.clock(end))
        midnights = [moment.hour == moment.minute == 0 for moment in (start, end)]
        if end.date() - start.date() == timedelta(days=1) and midnights[1]:
            key = "whole_day" if midnights[0] else "to_end_of_day"
            return self.say(key, day=day, start=self.clock(start))
        begin = day if midnights[0] else self.moment(start, now)
        return self.say("span", start=begin, end=self.end(end, now))


def spoken_code(code: str) -> str:
    """Return a code as it is heard: digit by digit."""
    return " ".join(code)


def language_of(language: str) -> str | None:
    """Return the supported language that a language tag means, if any."""
    base = language.partition("-")[0].partition("_")[0].lower()
    return base if base in LANGUAGES else None


def speech(language: str | None) -> Speech:
    """Return a language, or English for one that is not supported."""
    return load(language_of(language or "") or DEFAULT_LANGUAGE)


def load_all() -> None:
    """Read and cache all files; call it outside the event loop."""
    for language in LANGUAGES:
        load(language)


@cache
def load(language: str) -> Speech:
    """Read the file of a language."""
    table = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    meanings = lexicon(table["words"])
    return Speech(
        language=language,
        sentences={
            intent: tuple(_expanded(sentence, table["rules"]) for sentence in sentences)
            for intent, sentences in table["sentences"].items()
        },
        lexicon=meanings,
        longest_phrase=max(map(len, meanings)),
        answers=table["answers"],
        number_words=_number_words(table["words"]["numbers"]),
        and_words=tuple(table["words"]["and"]),
        errors=table["errors"],
        weekdays=tuple(table["weekday_names"]),
        months=tuple(table["month_names"]),
    )


def _number_words(numbers: Mapping[str, float]) -> dict[int, tuple[str, ...]]:
    """Return the words of each number from one to twelve."""
    return {
        number: tuple(word for word, value in numbers.items() if value == number)
        for number in range(1, 13)
    }


def _expanded(sentence: str, rules: Mapping[str, str]) -> str:
    """Return a sentence with its rules expanded; a rule may contain other rules."""
    while any(match[1] in rules for match in _RULE.finditer(sentence)):
        sentence = _RULE.sub(lambda match: rules.get(match[1], match[0]), sentence)
    return sentence
