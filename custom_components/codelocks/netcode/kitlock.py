"""KitLocks: keypad locks that the user adds by hand, since the API does not list them. Pure.

A KitLock's codes are computed from its time code and identifier, so both are secret like a key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
import re
from typing import Any, Self
from zoneinfo import ZoneInfo

from ..api import Initialisation
from ..const import (
    CLOCK_UTC,
    CONF_CLOCK,
    CONF_CLOCK_LOST,
    CONF_IDENTIFIER,
    CONF_LOCK_MODEL,
    CONF_TEXT_IDENTIFIER,
    CONF_TIMECODE,
)
from .clocks import StandardTime

_IDENTIFIER = re.compile(r"[0-9]{5,6}", re.ASCII)
_TIMECODE = re.compile(r"[0-9]{12}", re.ASCII)
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_IDENTIFIER_NAME = re.compile(r"\bid\b|identifier")
WAIT = "."
"""Marks in a sequence where to wait for the blue flash."""


class ClockProblem(StrEnum):
    """What is wrong with the clock of a lock; each value is a translation key."""

    LOST = "clock_is_lost"
    """The battery was changed and the clock has not been set since."""
    UNKNOWN = "clock_is_unknown"
    """Its configured zone no longer exists, so its windows cannot be computed."""
    ZONE = "zone_is_unknown"
    """The cloud names a zone for a K3 lock that Home Assistant does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLock:
    """A KitLock as its subentry describes it."""

    subentry_id: str
    name: str
    model: str
    time_code: str = field(repr=False)
    identifier: str = field(repr=False)
    clock: tzinfo
    zone: ZoneInfo | None = None
    """The zone that its clock names: where the people at the lock live. None for UTC."""
    clock_problem: ClockProblem | None = None
    text_identifier: str = ""
    """The text by which a guest asks for a code; empty if not offered."""

    @classmethod
    def from_data(
        cls, subentry_id: str, name: str, data: Mapping[str, Any], zone: tzinfo | None
    ) -> Self:
        """Read a subentry; `zone` is the one that its clock names, if any."""
        problem = ClockProblem.LOST if data.get(CONF_CLOCK_LOST) else None
        if zone is None and zone_of_clock(data) is not None:
            problem = ClockProblem.UNKNOWN
        known_zone = zone if isinstance(zone, ZoneInfo) else None
        return cls(
            subentry_id=subentry_id,
            name=name,
            model=data[CONF_LOCK_MODEL],
            time_code=data[CONF_TIMECODE],
            identifier=data[CONF_IDENTIFIER],
            clock=StandardTime(known_zone) if known_zone else UTC,
            zone=known_zone,
            clock_problem=problem,
            text_identifier=data.get(CONF_TEXT_IDENTIFIER, ""),
        )


def zone_of_clock(data: Mapping[str, Any]) -> str | None:
    """Return the name of the zone whose standard time the clock shows, None for UTC."""
    clock = data[CONF_CLOCK]
    return None if clock == CLOCK_UTC else str(clock)


def same_seeds(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two subentries are the same KitLock.

    A hash in the unique id would not protect the seeds: they are short enough to try them all.
    """
    return all(one[key] == other[key] for key in (CONF_TIMECODE, CONF_IDENTIFIER))


def valid_time_code(time_code: str) -> bool:
    """Return whether a time code is valid: the time of the initialisation, YYYYMMDDhhmm."""
    if not _TIMECODE.fullmatch(time_code):
        return False
    try:
        datetime.strptime(time_code, "%Y%m%d%H%M")  # noqa: DTZ007 - only checks that the time exists
    except ValueError:
        return False
    return True


def valid_identifier(identifier: str) -> bool:
    """Return whether an identifier is valid: six digits (the documentation also shows five)."""
    return bool(_IDENTIFIER.fullmatch(identifier))


def read_identifier(answer: Initialisation) -> str | None:
    """Read the identifier from an initialisation sequence: the answer has no field for it.

    It stands where the format names it ("... . Identifier .."). If the format is unreadable, take
    the last number of the right length. None if there is no such number.
    """
    names = (answer.sequence_format or "").lower().split(WAIT)
    parts = [part.strip() for part in answer.sequence.split(WAIT)]
    named = (
        part for name, part in zip(names, parts, strict=False) if _IDENTIFIER_NAME.search(name)
    )
    last_first = reversed(_DIGITS.findall(answer.sequence))
    return next(filter(valid_identifier, [*named, *last_first]), None)
