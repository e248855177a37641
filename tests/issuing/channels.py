"""How channels read a message: the rules of Telegram's Bot API ("Formatting options"), by hand.

Each function returns what a reader sees, and raises where the channel refuses the message or reads
a part of it as markup.
"""

import re

_RESERVED_V2 = frozenset("_*[]()~`>#+-=|{}.!")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_BLOCK = re.compile(r"(?:#{1,6} |>|[-+*] |\d+[.)] | {4}|```|~~~|[-*_] ?[-*_] ?[-*_])")


class MarkupError(ValueError):
    """A message that is refused, or not read as the plain text that it is."""


def as_markdown(text: str) -> str:
    """Read Telegram's first Markdown: * _ ` and [ begin an entity, and must be closed."""
    for place, character in enumerate(text):
        if character in "*_`[":
            raise MarkupError(f"an entity begins at {place}: {text[place:]!r}")
        if character == "\\" and text[place + 1 : place + 2] in ("*", "_", "`", "["):
            raise MarkupError(f"a backslash disappears at {place}")
    return text


def as_markdown_v2(text: str) -> str:
    """Read MarkdownV2: all these characters must be escaped by a backslash."""
    for place, character in enumerate(text):
        if character in _RESERVED_V2:
            raise MarkupError(f"character {character!r} is reserved and must be escaped")
        if character == "\\" and text[place + 1 : place + 2].isascii():
            raise MarkupError(f"a backslash disappears at {place}")
    return text


def as_html(text: str) -> str:
    """Read HTML: < and > belong to tags, & to entities."""
    if found := re.search(r"[<>]", text):
        raise MarkupError(f"a tag at {found.start()}")
    if "&" in text:
        raise MarkupError("& begins an entity" if _ENTITY.search(text) else "a lone &")
    return text


def as_common_mark(text: str) -> str:
    """Read Markdown of others: blocks begin at the start of a line."""
    for line in text.splitlines():
        if _BLOCK.match(line):
            raise MarkupError(f"a block begins: {line!r}")
    return as_markdown(as_html(text))


CHANNELS = (as_markdown, as_markdown_v2, as_html, as_common_mark)
