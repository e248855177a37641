"""Text that no channel reads as markup. Pure.

A notify entity takes a message and nothing else: not how to read it. A Telegram bot reads every
message as its own options say, by default as Markdown, and refuses one with a lone star. Escaping
for one kind of markup would show backslashes in all others, so characters that any of Markdown,
MarkdownV2 and HTML gives a meaning are replaced by others that look the same.
"""

_FULL_WIDTH = 0xFEE0
"""The distance from a character of ASCII to its full-width form, which every phone can show."""
_MARKUP = "_*[]()~`>#+-=|{}.!<&\\"
"""What MarkdownV2 wants escaped (Bot API, formatting options), and what HTML does; the characters
of Markdown are among them."""
_LOOK_ALIKES = {
    "-": "\N{NON-BREAKING HYPHEN}",
    ".": "\N{ONE DOT LEADER}",
    "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    "_": " ",
    "`": "\N{RIGHT SINGLE QUOTATION MARK}",
}
"""Better than the full-width form, which is wide: in these the difference cannot be seen."""
_TABLE = {
    ord(character): _LOOK_ALIKES.get(character, chr(ord(character) + _FULL_WIDTH))
    for character in _MARKUP
}


def without_markup(text: str) -> str:
    """Return a text in which nothing has a meaning as markup; lines stay lines."""
    return text.translate(_TABLE)


def one_line(text: str) -> str:
    """Return a name on one line, without what cannot be seen."""
    visible = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(visible.split())
