"""For whom a code is, as people say it: "the plumber's code", "the code of Anna". Pure."""

from collections.abc import Sequence
from functools import lru_cache

from .language import MAX_NAME, Speech, clean, load
from .lexicon import Word, folded
from .lock_names import Mention, Words, heard_as

_AROUND = (
    *("article", "possessive", "location", "lock_words", "filler"),
    *("for", "of", "from", "at", "on", "and"),
)
"""The kinds of words that lead to a name, or stand between it and a lock."""


def person_said(sentence: str, locks: Sequence[Mention], spoken: Speech) -> str | None:
    """Return the person in words that may also name locks, None if there is nobody."""
    words: list[Word] = []
    at = 0
    for mention in locks:
        words += spoken.words(sentence, at, mention.start)
        at = mention.end
        if any(not word.may_be(*_AROUND) for word in words):
            break  # what follows the lock is no part of the name
    else:
        words += spoken.words(sentence, at)
    while words and words[0].may_be(*_AROUND):
        words.pop(0)
    while words and words[-1].may_be(*_AROUND):
        words.pop()
    return clean(sentence[words[0].start : words[-1].end], MAX_NAME) if words else None


def closest(said: str, names: Sequence[str], language: str) -> list[int]:
    """Return the places of the names that match best; thousands take a tenth of a second."""
    ranked = [likeness(said, name, language) for name in names]
    best = min((rank for rank in ranked if rank is not None), default=None)
    return [] if best is None else [at for at, rank in enumerate(ranked) if rank == best]


def likeness(said: str, name: str, language: str) -> int | None:
    """Return how well a person's name matches what was said: 0 best, None if not at all."""
    own, asked = _person(name, language), _person(said, language)
    if not own or not asked:
        return None
    if asked == own:
        return 0
    owned = _owned(asked)
    if own in owned or heard_as(name, language) & heard_as(said, language):
        return 1
    return 2 if any(set(words) <= set(own) for words in (asked, *owned)) else None


@lru_cache(maxsize=1024)
def _person(name: str, language: str) -> Words:
    """Return the words of a name, without "the" before it."""
    words, lexicon = folded(name[:MAX_NAME]), load(language).lexicon
    while len(words) > 1 and not lexicon.get(words[:1], {}).keys().isdisjoint(_AROUND):
        words = words[1:]
    return words


def _owned(words: Words) -> list[Words]:
    """Return what a name may be without the s of "Anna's", "Annas" and "des Klempners"."""
    *firsts, last = words
    if last == "s":
        return [tuple(firsts)] if firsts else []
    return [(*firsts, last[:-1])] if len(last) > 2 and last.endswith("s") else []
