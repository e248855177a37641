"""The guest's e-mail address in the words of a booking: the whole address, or none. Pure.

A part of an address is somebody else's, who would be let in. So only a word that is an address as a
whole counts: `sean.o'brien@example.com` never becomes `brien@example.com`.
"""

import re

MAX_TEXT = 10_000
"""Characters that are looked at."""
MAX_LOCAL = 64
MAX_ADDRESS = 254

_WORDS = re.compile(r"[^\s<>\"]+")
"""A link is one such word, whatever stands in it."""
_PARTS = re.compile(r"[^()\[\],;]+")
_LOCAL = re.compile(r"[A-Za-z0-9_%+-]+(?:[.'][A-Za-z0-9_%+-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_TOP = re.compile(r"[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59}")
_AROUND = "'*_"
"""Put around a word to quote or to stress it."""
_AFTER = ".!?:"


def find_address(text: str) -> str | None:
    """Return the first e-mail address in a text."""
    words = (word for word in _WORDS.findall(text[:MAX_TEXT]) if "@" in word)
    parts = (part for word in words if "//" not in word for part in _PARTS.findall(word))
    return next(filter(None, map(_address, parts)), None)


def _address(word: str) -> str | None:
    """Return the address that a word is, if it is one."""
    word = word.rstrip(_AFTER)
    while len(word) > 1 and word[0] == word[-1] and word[0] in _AROUND:
        word = word[1:-1].rstrip(_AFTER)
    label, colon, rest = word.partition(":")
    if colon:
        if not label.lower().endswith(("mail", "mailto")):
            return None
        word = rest.partition("?")[0]
    local, _, domain = word.partition("@")
    labels = domain.split(".")
    if (
        len(word) <= MAX_ADDRESS
        and len(local) <= MAX_LOCAL
        and len(labels) > 1
        and _LOCAL.fullmatch(local)
        and all(map(_LABEL.fullmatch, labels))
        and _TOP.fullmatch(labels[-1])
    ):
        return word
    return None
