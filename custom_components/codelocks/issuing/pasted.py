"""Texts as people paste and send them: what of them is compared. Pure.

Phones put marks around what they copy, quotes around what they suggest and a dot behind it.
"""

import unicodedata

_QUOTE_KINDS = ("Pi", "Pf")
"""The Unicode categories of quotes that open and close."""
_MORE_QUOTES = "\"'`\u00b4\u201a\u201e\u300c\u300d\u300e\u300f\u301d\u301e\u301f\uff02\uff07"
"""Other characters that people write as quotes."""
_DOTS = ".。\N{FULLWIDTH FULL STOP}…"


def visible(text: str) -> str:
    """Return a text without invisible marks and without blanks around it."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf").strip()


def identifier(text: str) -> str | None:
    """Return an identifier in comparable form, None if the text is not one word.

    Capital letters matter. Something that consists of quotes and dots is what it is.
    """
    word = unicodedata.normalize("NFC", visible(text))
    word = _bare(word) or word
    return word if word.isprintable() and len(word.split()) == 1 else None


def _bare(text: str) -> str:
    """Return a text without the quotes, dots and blanks around it."""
    start, end = 0, len(text)
    while start < end and _is_around(text[start]):
        start += 1
    while start < end and _is_around(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_around(one: str) -> bool:
    is_quote = one in _MORE_QUOTES or unicodedata.category(one) in _QUOTE_KINDS
    return is_quote or one in _DOTS or one.isspace()
