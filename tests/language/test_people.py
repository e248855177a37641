"""Whose code is meant, as people say it."""

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.language.language import LANGUAGES, speech
from custom_components.codelocks.language.lock_names import Names, mentions
from custom_components.codelocks.language.people import likeness, person_said

NAMES = Names({"Front door": frozenset({"front"}), "Haustür": frozenset({"front"})})


@pytest.mark.parametrize(
    ("language", "said", "person"),
    [
        ("en", "the plumber's", "plumber's"),
        ("en", "Anna Berger", "Anna Berger"),
        ("en", "Anna at the front door", "Anna"),
        ("en", "Anna's front door", "Anna's"),
        ("en", "the front door for Anna", "Anna"),
        ("en", "Anna at the front door tomorrow", "Anna"),
        ("en", "the front door", None),
        ("en", "the", None),
        ("de", "dem Klempner an der Haustür", "Klempner"),
        ("fr", "la femme de ménage", "femme de ménage"),
    ],
)
def test_person_said(language: str, said: str, person: str | None) -> None:
    """The name, without what leads to it and without the lock."""
    spoken = speech(language)
    found = person_said(said, mentions(said, NAMES, spoken, is_question=True), spoken)
    assert found == person


@pytest.mark.parametrize(
    ("language", "said", "name", "rank"),
    [
        ("en", "plumber", "Plumber", 0),
        ("en", "the plumber", "plumber", 0),
        ("en", "plumber's", "the Plumber", 1),
        ("en", "Annas", "Anna", 1),
        ("en", "James'", "James", 0),
        ("en", "Room two", "Room 2", 1),
        ("en", "Smith and Sons", "Smith & Sons", 1),
        ("en", "Anna", "Anna Berger", 2),
        ("en", "Berger's", "Anna Berger", 2),
        ("en", "Anna Berger", "Anna", None),
        ("en", "Ann", "Anna", None),
        ("en", "Zoe", "Zoe\u0308", 0),
        ("en", "", "Anna", None),
        ("en", "Anna", "", None),
        ("en", "s", "s", 0),
        ("de", "des Klempners", "Klempner", 1),
        ("fr", "le plombier", "Plombier", 0),
        ("nl", "de loodgieter", "loodgieter", 0),
    ],
)
def test_likeness(language: str, said: str, name: str, rank: int | None) -> None:
    """The exact name is best, then what it sounds like, then a part of it."""
    assert likeness(said, name, language) == rank


@given(st.sampled_from(LANGUAGES), st.text(max_size=60), st.text(max_size=60))
def test_any_words(language: str, said: str, name: str) -> None:
    """Whatever is said or stored, it matches or not."""
    assert likeness(said, name, language) in (None, 0, 1, 2)
    assert likeness(name, name, language) in (None, 0)
    spoken = speech(language)
    found = person_said(said, mentions(said, NAMES, spoken), spoken)
    assert found is None or found
