"""The names of locks, as people say them. Pure.

"Door two" is "Door 2", "bed and breakfast" is "Bed & Breakfast", "annas flat" is "Anna's flat". A
name as it is written counts first, so locks whose names differ in that alone stay apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
import re
import unicodedata

from .language import Speech, load
from .lexicon import TOKEN, fold, folded, of_digits

type Words = tuple[str, ...]

_AND = "&"
_WITHIN_WORDS = re.compile(r"(?<=\w)['\u2019.\u2010-\u2015-](?=\w)")
"""Apostrophes, dots and hyphens, which are not heard."""
_LONGER = 3
"""How many words more than a name somebody may say for it: "anna's flat" for "Annas flat"."""
_NO_WORD = re.compile(rf"[^\w'{_AND} -]|_")


def composed(text: str) -> str:
    """Return a text in which a letter and its accent are one character."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def heard_as(name: str, language: str) -> frozenset[Words]:
    """Return the folded words by which a name may be heard."""
    spoken = load(language)
    written = folded(name), folded(_WITHIN_WORDS.sub("", composed(name)))
    plain = {
        _plain(words, spoken, is_name=is_name) for words in written for is_name in (False, True)
    }
    without_sign = tuple(word for word in written[0] if word != _AND)
    return frozenset(plain | {_plain(without_sign, spoken, is_name=True)} - {()})


def _plain(words: Sequence[str], spoken: Speech, *, is_name: bool) -> Words:
    """Return words with numbers up to twelve in digits, and one sign for "and".

    In a sentence a number that is an article as well may belong to what follows.
    """
    return tuple(_plain_word(word, spoken, is_name=is_name) for word in words)


def _plain_word(word: str, spoken: Speech, *, is_name: bool) -> str:
    means = spoken.lexicon.get((word,)) or of_digits(word)
    if "and" in means:
        return _AND
    number = means.get("number", 0)
    is_number = number in range(1, 13) and (is_name or "article" not in means)
    return str(int(number)) if is_number else word


@dataclass(frozen=True)
class Names:
    """The names that locks go by: their own, their aliases and those of their areas."""

    locks: Mapping[str, frozenset[str]]
    """For each name, the locks that it may mean."""
    _heard: dict[str, dict[Words, frozenset[str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def by_words(self) -> dict[Words, frozenset[str]]:
        """The locks by the folded words of their names."""
        return _indexed((folded(name), locks) for name, locks in self.locks.items())

    def by_sound(self, spoken: Speech) -> dict[Words, frozenset[str]]:
        """Return the locks by what their names are heard as in a language."""
        if spoken.language not in self._heard:
            self._heard[spoken.language] = _indexed(
                (words, locks)
                for name, locks in self.locks.items()
                for words in heard_as(name, spoken.language)
            )
        return self._heard[spoken.language]

    @cached_property
    def longest(self) -> int:
        """How many words the longest name has."""
        return max(map(len, self.by_words), default=0)


def _indexed(named: Iterator[tuple[Words, frozenset[str]]]) -> dict[Words, frozenset[str]]:
    found: dict[Words, frozenset[str]] = {}
    for words, locks in named:
        if words:
            found[words] = found.get(words, frozenset()) | locks
    return found


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence, which one or more locks have."""

    start: int
    end: int
    locks: frozenset[str]


def mentions(
    sentence: str, names: Names, spoken: Speech, *, is_question: bool = False
) -> list[Mention]:
    """Return the names of locks in a sentence, the longest where they overlap.

    In a question nothing follows a name that could begin with a number: no time and no length.
    """
    tokens = list(TOKEN.finditer(sentence))
    written = tuple(fold(token[0]) for token in tokens)
    plain = _plain(written, spoken, is_name=is_question)
    by_words, by_sound = names.by_words, names.by_sound(spoken)
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        for end in range(min(at + names.longest + _LONGER, len(tokens)), at, -1):
            begins, ends = tokens[at].start(), tokens[end - 1].end()
            locks = by_words.get(written[at:end]) or by_sound.get(plain[at:end])
            joined, marks = _WITHIN_WORDS.subn("", sentence[begins:ends])
            if marks and not locks:
                locks = by_sound.get(_plain(folded(joined), spoken, is_name=is_question))
            if locks:
                found.append(Mention(begins, ends, locks))
                at = end
                break
        else:
            at += 1
    return found


def pattern(name: str, spoken: Speech) -> str:
    """Return a name in hassil's notation, with what may be said for its words; empty if none."""
    text = _NO_WORD.sub(" ", composed(name).replace("\u2019", "'"))
    return " ".join(_choice(word, spoken) for word in text.split())


def _choice(word: str, spoken: Speech) -> str:
    plain = _plain_word(fold(word), spoken, is_name=True)
    if plain == _AND:
        choices = [*spoken.and_words, _AND]
    elif plain.isdecimal() and int(plain) in spoken.number_words:
        choices = [plain, *spoken.number_words[int(plain)]]
    else:
        choices = [word, _WITHIN_WORDS.sub("", word), word.replace("-", " ")]
    choices = list(dict.fromkeys(" ".join(one.split()) for one in choices))
    return f"({'|'.join(choices)})" if len(choices) > 1 else choices[0]
