"""Parses the JSON of the Codelocks Connect API tolerantly.

Names are matched without case and underscores (`DurationId` and `DurationID` have both been seen),
a field of the wrong type becomes None, and unknown fields are ignored. Only a missing required
field raises: a LookupError or ValueError, which the client turns into its own error.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime
import json
import math
from typing import Any, override

from mashumaro import DataClassDictMixin, field_options
from mashumaro.config import BaseConfig
from mashumaro.types import SerializationStrategy

MAX_TEXT = 1000
"""Longer texts are cut: they are stored and shown, and the cloud sets no limit."""


def parse_json(document: str | bytes) -> Any:
    """Return the value of a JSON text; raises ValueError if it is invalid or nested too deeply."""
    try:
        return json.loads(document)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or the single object that came instead of one."""
    return [
        part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)
    ]


def first(value: Any) -> dict[str, Any]:
    """Return an object, even if it came in a list; an empty one for anything else."""
    return next(iter(objects(value)), {})


def text(value: Any) -> str | None:
    """Return a JSON string or number as a text that can be shown and stored, else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    # A lone surrogate is valid JSON, but cannot be written to a file.
    return str(value)[:MAX_TEXT].encode("utf-8", "replace").decode().strip() or None


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
