"""Reads from a sentence which locks a code is for, for whom and when. Pure.

It never guesses: a code costs a call and opens a door. Whatever is left of the sentence once lock,
time and courtesies are found must be "for somebody".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from .language import MAX_NAME, Speech, clean
from .lexicon import Word
from .lock_names import Mention, Names, composed, mentions
from .time_model import NotUnderstood
from .time_resolver import Span, resolve
from .time_statements import read

MAX_SENTENCE = 400
"""Characters; nobody says more in one breath, and parsing takes time."""
_TIME = ("weekday", "unit", "span", "day", "day_part", "until")
"""Words about time: a name that contains one is more likely a time that was not understood."""


@dataclass(frozen=True, slots=True)
class NamedLock:
    """A lock in the words that were said."""

    lock: str
    area: str | None = None
    """A second name, which says where the lock is."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request for codes, in the words that were said; None for what was not said."""

    locks: tuple[NamedLock, ...] = ()
    name: str | None = None
    when: str | None = None


def when(text: str, speech: Speech, now: datetime) -> Span:
    """Return the span that a spoken time means; raises NotUnderstood."""
    if len(text) > MAX_SENTENCE:
        raise NotUnderstood("too_much")
    words = speech.words(composed(text))
    said = read(words)
    if any(at not in said.used and not _idle(word) for at, word in enumerate(words)):
        raise NotUnderstood
    return resolve(said, now)


def _leads(word: Word) -> bool:
    """Return whether a word introduces a name, like "the", but says no place, like "at"."""
    return word.may_be("article", "possessive") and not word.may_be("location")


def _idle(word: Word) -> bool:
    """Return whether a word may be ignored."""
    return word.may_be("filler", "article", "and")


def understand(sentence: str, names: Names, speech: Speech) -> Request:
    """Return what a sentence asks for; raises NotUnderstood."""
    if len(sentence) > MAX_SENTENCE:
        raise NotUnderstood("too_much")
    return _Sentence(clean(sentence, MAX_SENTENCE), names, speech).request()


class _Sentence:
    """A sentence being parsed: each word is used once."""

    def __init__(self, sentence: str, names: Names, speech: Speech) -> None:
        self._text = sentence
        self._speech = speech
        found = mentions(sentence, names, speech)
        self._noun = self._find_noun(found)
        self._named = self._chosen(found)
        self._mentions = [one for group in self._named for one in group]
        self._words, self._places, self._noun_at = self._take_apart()
        self._said = read(self._words)
        self._used = {*self._said.used, *self._places, self._noun_at}

    def _find_noun(self, found: Sequence[Mention]) -> tuple[int, int]:
        """Return where "code" stands; a sentence without it has only a time and a person."""
        nouns = (word for word in self._speech.words(self._text) if word.may_be("noun"))
        noun = next(nouns, None)
        if noun is None:
            return 0, 0
        # A "front door code" is a code for the front door, not a door code.
        starts = [one.end for one in found if one.start < noun.start < one.end < noun.end]
        return max(starts, default=noun.start), noun.end

    def _chosen(self, found: Sequence[Mention]) -> list[list[Mention]]:
        """Return the names that identify each lock: one, or two of the same lock.

        A lock may be called "Door", but a "door code" does not mean that lock.
        """
        found = [one for one in found if one.end <= self._noun[0] or one.start >= self._noun[1]]
        if len(found) < 2 or frozenset.intersection(*(one.locks for one in found)):
            return [list(found)] if found else []
        if listed := self._listed(found):
            return listed
        placed = [one for one in found if self._is_placed(one)]
        if not placed or not frozenset.intersection(*(one.locks for one in placed)):
            raise NotUnderstood("locks_apart")
        return [placed]

    def _listed(self, found: Sequence[Mention]) -> list[list[Mention]] | None:
        """Return the names of each lock in "the gate, the front door and the flat".

        None if they do not stand together as a list.
        """
        groups = [[found[0]]]
        is_list = False
        for before, one in pairwise(found):
            words = self._speech.words(self._text, before.end, one.start)
            if not all(self._joins(word) for word in words):
                return None
            between = self._text[before.end : one.start]
            is_joined = "," in between or any(word.may_be("and") for word in words)
            is_list = is_list or is_joined
            same_lock = frozenset.intersection(one.locks, *(name.locks for name in groups[-1]))
            # "the door in the office" is one lock; speech has no commas, so "the gate the door and
            # the flat" are three.
            if is_joined or (not same_lock and all(_leads(word) for word in words)):
                groups.append([one])
            elif same_lock:
                groups[-1].append(one)
            else:
                return None
        return groups if is_list else None

    def _joins(self, word: Word) -> bool:
        """Return whether a word may stand between two names of a list."""
        return word.may_be("and", "article", "possessive", "location", "for", "at", "lock_words")

    def _is_placed(self, mention: Mention) -> bool:
        """Return whether "at", and not "for", stands before a name."""
        before = self._speech.words(self._text, 0, mention.start)
        while before and _leads(before[-1]):
            before.pop()
        return bool(before) and before[-1].may_be("location")

    def _take_apart(self) -> tuple[list[Word], dict[int, Mention], int]:
        """Return the words, with each lock's name and "code" as one word, and their places."""
        words: list[Word] = []
        places: dict[int, Mention] = {}
        marks = {(one.start, one.end): one for one in self._mentions}
        at = noun_at = 0
        for start, end in sorted([*marks, self._noun]):
            words += self._speech.words(self._text, at, start)
            if mention := marks.get((start, end)):
                places[len(words)] = mention
            else:
                noun_at = len(words)
            words.append(Word("", start, end, {}))
            at = end
        words += self._speech.words(self._text, at)
        return words, places, noun_at

    def request(self) -> Request:
        """Return what is asked for."""
        self._drop_courtesies()
        for at in self._places:
            self._drop_before(at)
        self._drop_between()
        name, unknown = self._rest()
        if unknown and self._named:
            raise NotUnderstood("not_understood", unknown)
        locks = [self._named_lock(group) for group in self._named]
        if unknown:
            locks = [NamedLock(unknown)]
        return Request(locks=tuple(locks), name=name, when=self._when())

    def _named_lock(self, mentions: Sequence[Mention]) -> NamedLock:
        """Return a lock by its names: what it is called, and maybe where it is."""
        said = [self._text[one.start : one.end] for one in mentions]
        return NamedLock(said[0], said[1] if len(said) > 1 else None)

    def _drop_between(self) -> None:
        """Drop "and" and the like between the names of a list of locks."""
        if len(self._named) > 1:
            self._used |= set(range(min(self._places), max(self._places)))

    def _means(self, at: int, *kinds: str) -> bool:
        return self._words[at].may_be(*kinds)

    def _drop_courtesies(self) -> None:
        """Drop courtesies and the words around "code"."""
        before, behind = range(self._noun_at), range(self._noun_at + 1, len(self._words))
        self._used |= {at for at in range(len(self._words)) if self._means(at, "filler")}
        self._used |= {at for at in before if self._means(at, "carrier")}
        # "einen" right before it; "machen" right behind it, and at the end.
        self._drop_run(before[::-1], "article", "one")
        self._drop_run(behind, "verb")
        self._drop_run(behind[::-1], "verb")

    def _drop_run(self, places: Sequence[int], *kinds: str) -> None:
        """Drop words of these kinds, up to the first other word."""
        for at in places:
            if at not in self._used and not self._means(at, *kinds):
                break
            self._used.add(at)

    def _drop_before(self, at: int) -> None:
        """Drop "at the" before a lock."""
        while at > 0 and at - 1 not in self._used:
            at -= 1
            if _leads(self._words[at]) and not self._means(at, "for"):
                self._used.add(at)
                continue
            if self._means(at, "location", "for", "of", "from", "at", "on"):
                self._used.add(at)
            break

    def _groups(self) -> Iterator[list[int]]:
        """Yield runs of unused words."""
        group: list[int] = []
        for at in range(len(self._words)):
            if at not in self._used:
                group.append(at)
            elif group:
                yield group
                group = []
        if group:
            yield group

    def _rest(self) -> tuple[str | None, str | None]:
        """Return whom the code is for, and the name of a lock that does not exist."""
        name = unknown = None
        for group in self._groups():
            if self._is_time(group):
                raise NotUnderstood("time_not_understood")
            if all(_idle(self._words[at]) or self._means(at, "at", "on") for at in group):
                continue
            person, lock = self._person_and_lock(group)
            if person and not name:
                name = person
            elif person:
                lock = lock or person
            if lock and unknown:
                raise NotUnderstood("not_understood", lock)
            unknown = lock or unknown
        return name, unknown

    def _is_time(self, group: list[int]) -> bool:
        """Return whether unused words are about time rather than a name."""
        words = [self._words[at] for at in group]
        # "Anna H" is somebody, though "3 h" is a length.
        if any(word.may_be(*_TIME) and len(word.text) > 1 for word in words):
            return True
        # "in the morning", "for the afternoon"; but "for the night nurse", "for Frau Abend".
        alone = all(word.may_be("for", "article", "part") for word in words)
        return any(word.may_be("part") and (alone or " " in word.text) for word in words)

    def _person_and_lock(self, group: list[int]) -> tuple[str | None, str | None]:
        """Return the two halves of "for Anna at the cellar"; either may be missing."""
        middle = len(group)
        if not self._mentions:
            places = [n for n, at in enumerate(group) if self._means(at, "location")]
            middle = places[-1] if places else middle
        person, lock = group[:middle], group[middle:]
        if person and not self._means(person[0], "for"):
            raise NotUnderstood("not_understood", self._said_in(person) or "")
        return self._said_in(person, "for", "article"), self._said_in(lock, "location", "article")

    def _said_in(self, places: list[int], *leave_out: str) -> str | None:
        """Return the words at these places as they were said, without the introducing ones."""
        while places and self._means(places[0], *leave_out):
            places = places[1:]
        if not places:
            return None
        text = self._text[self._words[places[0]].start : self._words[places[-1]].end]
        return clean(text, MAX_NAME)

    def _when(self) -> str | None:
        """Return what was said about time."""
        parts: list[str] = []
        last = -2
        for at in sorted(self._said.used):
            word = self._words[at]
            text = self._text[word.start : word.end]
            if at == last + 1:
                parts[-1] += self._text[self._words[last].end : word.start] + text
            else:
                parts.append(text)
            last = at
        return " ".join(parts) or None
