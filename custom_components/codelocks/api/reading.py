"""Parses the JSON of the Codelocks Connect API tolerantly.

Names are matched without case and underscores (`DurationId` and `DurationID` have both been seen),
a field of the wrong type becomes None, and unknown fields are ignored. Only a missing required
field raises: a LookupError or ValueError, which the client turns into its own error.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
import json
import math
import sys
from typing import Any, ClassVar, Final, override

from mashumaro import DataClassDictMixin, field_options
from mashumaro.config import BaseConfig
from mashumaro.types import SerializationStrategy

from .words import visible

MAX_TEXT = 1000
"""Longer texts are cut: they are stored and shown, and the cloud sets no limit."""
MAX_WORD = 100
"""The same for texts of which there may be thousands."""
SHORT = 16
"""Up to here equal texts are kept once."""
MAX_KEPT = 64 * 1024
"""Bytes of a value that is stored as it came, and of JSON within a JSON string."""
MAX_DEPTH = 20
"""Levels of nesting: the API has four."""
MAX_VALUES = 64_000
"""Values of one answer: 1,000 locks have some 36,000. Many more block the event loop."""
MAX_FIELDS = 200
"""Fields of a record: a lock has some 25."""
MAX_DIGITS = 30
"""Digits of a number: thousands take long to parse."""


UNREADABLE: Final = object()
"""Replaces a value that no file could hold: the field is lost, as with a wrong type."""


def parse_json(document: str | bytes, longest: int = MAX_KEPT) -> Any:
    """Return the value of a JSON text; raises ValueError if it is invalid or too long.

    Too many values are refused before they are created. UNREADABLE replaces what is nested too
    deeply to be compared, shown or stored, NaN and infinity, and numbers with too many digits.
    """
    if isinstance(document, str):
        document = document.encode(errors="replace")
    if len(document) > longest or sum(map(document.count, (b"{", b"[", b","))) > MAX_VALUES:
        raise ValueError("too long")
    try:
        value = json.loads(
            document,
            parse_int=lambda digits: int(digits) if len(digits) <= MAX_DIGITS else UNREADABLE,
            parse_float=_finite,
            parse_constant=lambda _: UNREADABLE,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if value is UNREADABLE:
        raise ValueError("no number")
    level = [value]
    for _ in range(MAX_DEPTH - 1):
        level = [part for one in level for _, part in _parts(one)]
    for one in level:
        for place, part in _parts(one):
            if isinstance(part, dict | list):
                one[place] = UNREADABLE
    return value


def storable(value: Any) -> Any:
    """Return a value unchanged; raises ValueError if no file could hold it."""
    try:
        written = json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except TypeError:
        raise ValueError("it has an unreadable part") from None
    if len(written) > MAX_KEPT:
        raise ValueError("too long")
    level = [value]
    while level:
        if any(isinstance(one, int) and abs(one) >= 1 << 63 for one in level):
            raise ValueError("a number that is too large")
        level = [part for one in level for _, part in _parts(one)]
    return value


def _parts(value: Any) -> list[tuple[Any, Any]]:
    """Return the values of an object or a list, each with its key or index."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _finite(digits: str) -> Any:
    return number if math.isfinite(number := float(digits)) else UNREADABLE


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or the single object that came instead of one."""
    return [
        part
        for part in (value if isinstance(value, list) else [value])
        if isinstance(part, dict) and len(part) <= MAX_FIELDS
    ]


def first(value: Any) -> dict[str, Any]:
    """Return an object, even if it came in a list; an empty one for anything else."""
    return next(iter(objects(value)), {})


def text(value: Any) -> str | None:
    """Return a JSON string or number as a text that can be shown and stored, else None.

    It is one line: a name with a line break could forge a line of the log.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    words = str(value)[:MAX_TEXT]
    if not words.isascii():  # a lone surrogate is valid JSON, but cannot be written to a file
        words = words.encode("utf-8", "replace").decode()
    words = visible(words)
    # Models, states and types come again and again; longer texts hardly do.
    return (sys.intern(words) if len(words) <= SHORT else words) or None


def word(value: Any) -> str | None:
    """Return a short text, for fields whose values are a few undocumented words."""
    return (text(value) or "")[:MAX_WORD].rstrip() or None


def integer(value: Any) -> int | None:
    """Return a JSON number, or a string of one, as a whole number, else None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 1 << 63 else None
    try:
        number = float(text(value) or math.nan)
    except ValueError:
        return None
    return int(number) if number.is_integer() and abs(number) < 1 << 53 else None


def timestamp(value: Any) -> datetime | None:
    """Return an ISO time. 1970 means never (seen with BatteryStatus UNKNOWN)."""
    try:
        moment = datetime.fromisoformat(text(value) or "")
    except ValueError:
        return None
    # Either end of the calendar overflows as soon as a zone is applied.
    return moment if 1970 < moment.year < 9999 else None


class _Tolerant(SerializationStrategy):
    """Read one type through its tolerant reader; write it as it is."""

    def __init__(self, reader: Any) -> None:
        """Take the reader."""
        self._reader = reader

    @override
    def deserialize(self, value: Any) -> Any:
        return self._reader(value)

    @override
    def serialize(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value


def normal(key: object) -> str:
    """Return a field's name in the form used for matching: the API's spelling varies."""
    return str(key).lower().replace("_", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(DataClassDictMixin):
    """A record of the API. `to_dict` and `from_dict` are each other's inverse, for storage too."""

    class Config(BaseConfig):
        """How fields are read and written."""

        serialize_by_alias = True
        serialization_strategy = {  # noqa: RUF012 - mashumaro reads a plain dict here
            str: _Tolerant(text),
            int: _Tolerant(integer),
            datetime: _Tolerant(timestamp),
        }

    @classmethod
    @override
    def __pre_deserialize__(cls, d: dict[Any, Any]) -> dict[Any, Any]:
        return {normal(key): value for key, value in d.items()}

    seen: ClassVar[frozenset[str]] = frozenset()
    """Keys that are known and not used, in the form used for matching."""

    @classmethod
    @cache
    def known_keys(cls) -> frozenset[str]:
        """Return the keys that are known, in the form used for matching."""
        used = (one.metadata.get("alias") or one.name for one in fields(cls))
        return cls.seen | {normal(key) for key in used}

    @classmethod
    def key(cls) -> str:
        """Return the API's name of the first field, which every row of this kind has."""
        first_field = fields(cls)[0]
        return str(first_field.metadata.get("alias", first_field.name))


def named(alias: str, *, default: Any = None) -> Any:
    """Return a field that has another name in the API; it defaults to None."""
    return field(default=default, metadata=field_options(alias=normal(alias)))


def required(value: object, name: str) -> None:
    """Refuse a record that lacks a required field."""
    if value is None:
        raise ValueError(f"no usable {name}")
