"""Cleaning of others' words: invisible characters, line breaks, secrets and codes go."""

from collections.abc import Callable, Sequence
import re
import unicodedata
from urllib.parse import quote, quote_plus

from yarl import URL

_NEVER_SEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
"""Invisible characters that `isprintable` accepts: fillers and variation selectors."""

# For texts from `_as_ascii`: every digit is an ASCII digit, every invisible character a NUL.
_DAY, _MONTH, _YEAR = "(?:[12][0-9]|3[01]|0?[1-9])", "(?:1[0-2]|0?[1-9])", "(?:19|20)[0-9]{2}"
_MOMENT = (
    r"(?<![0-9])(?<![0-9][.-])(?:"
    # 2026-10-12, 12.10.2026, 12.10.26: a year of two digits is a near one
    rf"{_YEAR}-{_MONTH}-{_DAY}|{_YEAR}\.{_MONTH}\.{_DAY}"
    rf"|{_DAY}-{_MONTH}-(?:{_YEAR}|[23][0-9])|{_DAY}\.{_MONTH}\.(?:{_YEAR}|[23][0-9])"
    # 9:05, 09:05:59.123, 9.05
    r"|(?:[01]?[0-9]|2[0-3])(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?|\.[0-5][0-9])"
    # the host of a URL
    r"|(?<=//)[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
    r")(?![0-9])(?![.-][0-9])"
)
_CODE = rf"[0-9](?:\0*(?:[ .-]\0*(?!{_MOMENT}))?[0-9]){{3,}}"
"""Four or more digits, also with single spaces, dots or hyphens between them."""
_MOMENT_OR_CODE = re.compile(rf"(?=[0-9])(?:(?P<moment>{_MOMENT})|{_CODE})")
_DIGITS = re.compile(r"[0-9]{4,}")
_MASK = "****"


def visible(words: str) -> str:
    """Return words on one line, without invisible and control characters."""
    if not words.isascii():
        words = _NEVER_SEEN.sub("", words)
    if not words.isprintable():
        words = "".join(
            char if char.isprintable() else " " if char.isspace() else "" for char in words
        )
    return " ".join(words.split())


def masked(words: str) -> str:
    """Return words with everything masked that may be a code, in any script and spacing."""
    shadow: str = words
    places: Sequence[int] = range(len(words))
    if not words.isascii():
        looks = [_as_ascii(char) for char in words]
        shadow = "".join(looks)
        places = [at for at, look in enumerate(looks) for _ in look]
    parts, done = [], 0
    for match in _MOMENT_OR_CODE.finditer(shadow):
        start, end = places[match.start()], places[match.end() - 1] + 1
        part = _MASK
        if match["moment"]:  # a year is masked like any four digits
            part = words[start:end]
            if _DIGITS.search(match[0]):
                part = _DIGITS.sub(_MASK, match[0])
        parts += [words[done:start], part]
        done = end
    return "".join(parts) + words[done:]


def _as_ascii(char: str) -> str:
    """Return the ASCII characters that stand for a character in the search for codes."""
    if char.isascii():
        return char
    if (number := unicodedata.numeric(char, None)) is not None:  # ① also ⑩ and 四
        return str(int(number)) if 0 <= number < 100 else "0"
    match unicodedata.category(char):
        case "Pd":
            return "-"
        case "Zs":
            return " "
        case "Mn" | "Me" | "Cf":
            return "\0"
    return {"\u2212": "-", "\u00b7": ".", "\u2022": "."}.get(char, "x")


def redactor(*secrets: str) -> Callable[[str], str]:
    """Return a function that removes secrets from words, even if they are URL-quoted.

    Also with single spaces between their letters: invisible characters may have become spaces.
    """
    forms = {
        form
        for secret in secrets
        for spelled in (secret, visible(unicodedata.normalize("NFKC", secret)))
        if spelled
        for form in (
            spelled,
            quoted(spelled),
            quote_plus(spelled, errors="replace"),
            _in_query(spelled),
        )
    }
    longest_first = sorted(forms, key=len, reverse=True)
    spaced = (" ?".join(map(re.escape, form)) for form in longest_first)
    # Without case: the API may spell an e-mail address differently.
    pattern = re.compile("|".join(spaced) or r"(?!)", re.IGNORECASE)
    return lambda words: pattern.sub("**REDACTED**", words)


def quotable(words: str, clean: Callable[[str], str], longest: int) -> str:
    """Return others' words, safe to quote; `clean` removes the secrets.

    Invisible characters go first: they may stand between the letters of a secret. Letters and
    digits in other shapes, such as full-width ones, become plain ones, so that they are found.
    """
    plain = visible(unicodedata.normalize("NFKC", words[: longest * 50]))
    return masked(clean(plain))[:longest]


def quoted(part: str) -> str:
    """Return a text as it appears in a URL's path."""
    return quote(part, safe="", errors="replace")


def _in_query(value: str) -> str:
    """Return a text as aiohttp puts it into a URL's query, and so into its errors."""
    return URL.build(query={"": value}).raw_query_string[1:]
