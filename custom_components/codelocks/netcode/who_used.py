"""For whom the code was made that an entry of an audit names. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
import re
import unicodedata

from .ledger import Ledger

OPENS_ON = timedelta(minutes=15)
"""How long a code may still open after its end."""
_LONGEST = 1000
"""Letters that are looked at: an entry is a line, whatever the cloud may send."""

_DAY, _MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_MOMENT = re.compile(
    r"(?<![0-9])(?:"
    rf"(?:19|20)[0-9]{{2}}[.-]{_MONTH}[.-]{_DAY}"
    rf"|{_DAY}[.-]{_MONTH}[.-](?:19|20)?[0-9]{{2}}"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r")(?![0-9])"
)
"""A date or a time: its digits belong to no code."""
_RUN = re.compile(r"[0-9](?:[ .-]?[0-9])*")
_BETWEEN = re.compile(r"[ .-]")


def who_used(ledger: Ledger, owner: str, moment: datetime | None, words: str) -> str | None:
    """Return for whom the code in an entry's words was made, None where that is not known.

    `words` are as they came, before codes are masked. The code has to be one of that lock and time.
    Where people share it, all of them are named.
    """
    if moment is None:
        return None
    codes = set(_written(words))
    rows = ledger.between(owner, moment - OPENS_ON, moment + timedelta.resolution)
    names = [row.name for row in rows if row.code in codes and row.name]
    return ", ".join(dict.fromkeys(names)) or None


def _written(words: str) -> Iterator[str]:
    """Yield what may be a code: digits in one piece, or with single marks between them."""
    plain = "".join(map(_plain, words[:_LONGEST]))
    for run in _RUN.findall(_MOMENT.sub(";", plain)):
        pieces = _BETWEEN.split(run)
        yield "".join(pieces)
        yield from pieces


def _plain(char: str) -> str:
    """Return a digit for whatever stands for one, and nothing for what is not seen."""
    if char.isascii():
        return char
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    match unicodedata.category(char):
        case "Cf" | "Mn" | "Me":
            return ""
        case "Zs":
            return " "
        case "Pd":
            return "-"
        case _:
            return char
