"""The guest's e-mail address in the words of a booking: the whole address, or none. Pure.

A part of an address is somebody else's, who would be let in. So only a word that is an address as a
whole counts: `sean.o'brien@example.com` never becomes `brien@example.com`.
"""

from html import unescape
import re

from .values import whole_words

MAX_TEXT = 10_000
"""Characters that are looked at."""
MAX_LOCAL = 64
MAX_ADDRESS = 254
MAX_ESCAPED = 3
"""How often a text is read as HTML: what was escaped twice is text only after that."""

_MAIL_LINK = re.compile(r"<a\s[^<>]{0,500}?mailto:([^\"'<>\s?]*)[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|div|h[1-6]|hr|li|ol|ul|table|td|th|tr)\b[^<>@]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>@]*)?/?>", re.IGNORECASE)
_WORDS = re.compile(r"(?:[^\s<>\"]|[\x1c-\x1f\x85])+")
"""A link is one such word, whatever stands in it. Control characters do not end one."""
_PARTS = re.compile(r"[^()\[\],;]+")
_ENTITY = re.compile(r"&#?\w{1,32};")
_OPENING = '<>"(['
_CLOSING = '<>"'
_LOCAL = re.compile(r"[A-Za-z0-9_%+-]+(?:[.'][A-Za-z0-9_%+-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_TOP = re.compile(r"[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59}")
_AROUND = "'*_"
"""Put around a word to quote or to stress it."""
_AFTER = ".!?:"


def find_address(text: str) -> str | None:
    """Return the first e-mail address in a text, which may be HTML."""
    text = _without_tags(whole_words(text, MAX_TEXT))
    for word in _WORDS.finditer(text):
        if "@" not in word[0] or "//" in word[0]:
            continue
        for part in _PARTS.finditer(text, word.start(), word.end()):
            address = _address(part[0]) if "@" in part[0] else None
            if address and _stands_alone(text, part.start(), part.end()):
                return address
    return None


def _without_tags(text: str) -> str:
    """Return a text without HTML; where a tag stands within a line, a quote takes its place."""
    for _ in range(MAX_ESCAPED):
        if "&" in text:
            text = unescape(text)
    if "<" not in text:
        return text
    return _TAG.sub('"', _BREAK.sub("\n", _MAIL_LINK.sub(r" \1 ", text)))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether what looks like an address is no part of one with signs in between."""
    if text[start - 1 : start] == "<" and text[end : end + 1] == ">":
        return True
    before = text[:start].rstrip(_OPENING)
    after = text[end:].lstrip(_CLOSING)
    if len(before) < start:
        touches_before = _may_be_of_an_address(before[-1:])
    else:
        touches_before = before[-1:] in {")", "]"}
    touches_after = len(after) < len(text) - end and _may_be_of_an_address(after[:1])
    entity = text[start - 1 : start] == ";" and _ENTITY.search(text, max(0, start - 35), start)
    return not (touches_before or touches_after or entity)


def _may_be_of_an_address(sign: str) -> bool:
    return sign.isalnum() or (sign != "" and sign in "@_%+.'-")


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
