"""Names of locks as people say them, which are not always as they are written."""

from itertools import combinations
import unicodedata

from hassil import recognize
from hassil.intents import Intents
from hypothesis import given, settings, strategies as st
import pytest

from custom_components.codelocks.language.language import LANGUAGES, speech
from custom_components.codelocks.language.lexicon import folded
from custom_components.codelocks.language.lock_names import Names, heard_as, mentions, pattern

SAME = {
    "en": [
        ("Door 2", "door two"),
        ("Door Twelve", "door 12"),
        ("Bed & Breakfast", "bed and breakfast"),
        ("Bed and Breakfast", "bed & breakfast"),
        ("Anna's flat", "annas flat"),
        ("Annas flat", "anna\u2019s flat"),
        ("Front-door", "frontdoor"),
        ("Front-door", "front door"),
        ("A.B. House", "ab house"),
        ("St. Mary", "st mary"),
        ("Caf\u00e9", "Cafe\u0301"),
    ],
    "de": [
        ("Wohnung 1", "wohnung eins"),
        ("T\u00fcr zw\u00f6lf", "tu\u0308r 12"),
        ("Hof & Garten", "hof und garten"),
        ("Wohnung zwo", "Wohnung 2"),
    ],
    "fr": [
        ("Porte 1", "porte un"),
        ("Porte d'entr\u00e9e", "porte dentree"),
        ("Cour & jardin", "cour et jardin"),
    ],
    "nl": [("Huis 1", "huis een"), ("Hof & tuin", "hof en tuin"), ("Deur acht", "deur 8")],
}
PAIRS = [(language, *pair) for language, pairs in SAME.items() for pair in pairs]
APART = [
    ("en", "Door 2", "door 3"),
    ("en", "Door 13", "door thirteen"),  # only up to twelve
    ("en", "Door", "door 1"),
    ("de", "Wohnung 1", "wohnung zwei"),
    ("en", "Flat 21", "flat two one"),
]


@pytest.mark.parametrize(("language", "name", "said"), PAIRS)
def test_same(language: str, name: str, said: str) -> None:
    """They mean one lock, whichever of them is its name."""
    assert heard_as(name, language) & heard_as(said, language)
    spoken = speech(language)
    for one, other in ((name, said), (said, name)):
        names = Names({one: frozenset({"lock"})})
        sentence = unicodedata.normalize("NFC", f"x {other} y")
        [mention] = mentions(sentence, names, spoken, is_question=True)
        assert (mention.start, mention.end) == (2, len(sentence) - 2)


def test_without_the_sign() -> None:
    """A sign that nobody says may be left out."""
    names = Names({"Bed & Breakfast": frozenset({"lock"})})
    [mention] = mentions("who opened bed breakfast last", names, speech("en"))
    assert mention.locks == {"lock"}


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "Door 2", "door two"),
        ("en", "Door Twelve", "door 12"),
        ("en", "Bed & Breakfast", "bed and breakfast"),
        ("en", "Bed and Breakfast", "bed & breakfast"),
        ("en", "Anna\u2019s flat", "annas flat"),
        ("en", "Front-door", "frontdoor"),
        ("en", "Front-door", "front door"),
        ("en", "Cafe\u0301 [1]", "caf\u00e9 one"),
        ("de", "Tu\u0308r zw\u00f6lf", "T\u00fcr 12"),
        ("de", "Wohnung 5", "Wohnung f\u00fcnf"),
        ("fr", "Cour & jardin", "cour et jardin"),
        ("nl", "Huis 1", "huis een"),
    ],
)
def test_pattern(language: str, name: str, said: str) -> None:
    """Home Assistant's agent hears it, too, in a sentence with the name."""
    sentences = {"data": [{"sentences": [f"who opened {pattern(name, speech(language))} last"]}]}
    intents = Intents.from_dict({"language": language, "intents": {"X": sentences}})
    assert recognize(f"who opened {said} last", intents)
    assert not recognize("who opened something last", intents)


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_apart(language: str, one: str, other: str) -> None:
    """These are two locks."""
    assert not heard_as(one, language) & heard_as(other, language)


def test_as_it_is_written() -> None:
    """A lock of exactly that name is meant, even if others sound alike; else all of these are."""
    names = Names({"Door 2": frozenset({"digit"}), "Door two": frozenset({"word"})})
    spoken = speech("en")
    meant = [
        [mention.locks for mention in mentions(said, names, spoken)]
        for said in ("at door 2", "at door two", "at door 02")
    ]
    assert meant == [[{"digit"}], [{"word"}], [{"digit", "word"}]]


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Huis eine Stunde"), ("fr", "Huis une heure"), ("nl", "huis een uur")],
)
def test_a_number_of_something_else(language: str, said: str) -> None:
    """An hour is not the house of that number."""
    names = Names({"Huis": frozenset({"house"}), "Huis 1": frozenset({"other"})})
    [mention] = mentions(said, names, speech(language))
    assert mention.locks == {"house"}


@settings(max_examples=50)
@given(st.lists(st.text(max_size=30), max_size=6), st.text(max_size=60))
def test_any_names_and_any_words(called: list[str], said: str) -> None:
    """Nothing is found twice, and what is found is there."""
    names = Names({name: frozenset({name}) for name in called})
    for language in LANGUAGES:
        spoken = speech(language)
        found = mentions(said, names, spoken)
        assert all(0 <= one.start < one.end <= len(said) for one in found)
        assert all(one.end <= other.start for one, other in combinations(found, 2))
        for name in called:
            assert not folded(name) or heard_as(name, language)
            assert not set(pattern(name, spoken)) & set("[]{}<>:;")
