"""How long a text message is, as networks count."""

from hypothesis import given, strategies as st
import pytest

from custom_components.codelocks.issuing.sms import fits_one_message


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("a" * 160, True),
        ("a" * 161, False),
        ("à" * 160, True),  # in the alphabet
        ("a" * 158 + "€", True),  # two units
        ("a" * 159 + "€", False),
        ("[" * 80, True),
        ("[" * 81, False),
        ("ł" * 70, True),  # not in the alphabet: all of it is UCS-2
        ("ł" * 71, False),
        ("a" * 69 + "ł", True),
        ("a" * 70 + "ł", False),
        ("🗝" * 35, True),  # two units each
        ("🗝" * 36, False),
        ("a" * 69 + "🗝", False),
        ("ç" * 70, True),  # only the capital letter is in the alphabet
        ("ç" * 71, False),
        ("Ç" * 160, True),
        ("\n" * 160, True),
        ("`" * 71, False),  # though it is ASCII
        ("\ud800" * 71, False),  # what is no character must not crash
    ],
)
def test_length(text: str, *, fits: bool) -> None:
    """The figures are those of 3GPP TS 23.038 and 23.040."""
    assert fits_one_message(text) is fits


@given(st.text(max_size=200), st.text(max_size=10))
def test_longer_is_not_shorter(text: str, more: str) -> None:
    """What does not fit, fits no better with more."""
    assert fits_one_message(text) or not fits_one_message(text + more)


@given(st.text(max_size=70).filter(lambda text: all(ord(one) < 0x10000 for one in text)))
def test_seventy_always_fit(text: str) -> None:
    """Seventy characters of any script are one message."""
    assert fits_one_message(text) or any(text.count(one) for one in "[]{}\\^~|€\f")
