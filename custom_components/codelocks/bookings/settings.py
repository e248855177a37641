"""What the owner chose for a calendar of bookings, or for a regular visitor. Pure.

Read from a subentry as it is stored. A value that cannot be read becomes its default: one odd
setting does not stop the guests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Self

from ..api import DAYS
from ..const import (
    CONF_AFTER,
    CONF_BEFORE,
    CONF_CALENDAR_ENTITY_ID,
    CONF_CHECK_IN,
    CONF_CHECK_OUT,
    CONF_DAYS,
    CONF_ENDS,
    CONF_FIRST_DAY,
    CONF_FIT,
    CONF_IGNORE,
    CONF_INVITE,
    CONF_KEEP_CALLS,
    CONF_LAST_DAY,
    CONF_LEAD,
    CONF_LOCKS,
    CONF_MESSAGE,
    CONF_NOTIFY_ENTITY_ID,
    CONF_STARTS,
    CONF_TELL_OWNER,
    CONF_WHOLE_DAYS_END,
)
from .values import (
    DAY,
    plain_title,
    read_count,
    read_day,
    read_length_within,
    read_or,
    read_time,
    texts,
)

DEFAULT_IGNORE = ("Airbnb (Not available)",)
"""Days that are blocked on a booking site, not booked."""

LONGEST_LEAD = 366 * DAY
LONGEST_BUFFER = 7 * DAY


class WholeDaysEnd(StrEnum):
    """On which day a booking of whole days departs."""

    NEXT_DAY = "next_day"
    """The day after the last one shown: booking sites show the nights."""
    LAST_DAY = "last_day"
    """The last day shown, as people enter it."""


class Fit(StrEnum):
    """Which codes cover a stay."""

    AUTO = "auto"
    """One where one standard code covers it, else a chain."""
    SINGLE = "single"
    TIGHT = "tight"
    """A chain that ends with the stay."""


class InviteAs(StrEnum):
    """Whether the e-mail address in a booking is invited to the K3 locks, and how."""

    OFF = "off"
    STANDARD = "standard"
    """Deleted after departure or cancellation."""
    ONE_TIME = "one_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What bookings and visitors have in common."""

    subentry_id: str
    name: str
    locks: tuple[str, ...]
    """Device ids; the zone of the first rules the entities."""
    lead: timedelta
    """How long before the first code opens it is made and told."""
    notify_entity_ids: tuple[str, ...]
    """Who gets the guests' codes."""
    message: str | None
    tell_owner: tuple[str, ...]
    before: timedelta = timedelta()
    after: timedelta = timedelta()
    fit: Fit = Fit.AUTO
    invite: InviteAs = InviteAs.OFF
    keep_calls: int = 0
    """With no more NetCode calls left than these, no code is made."""

    kind: ClassVar[str]
    """What the references of these codes begin with."""

    def reference(self, key: str) -> str:
        """Return the reference of the codes of one booking or visit."""
        return f"{self.kind}:{self.subentry_id}:{key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingsSettings(Settings):
    """A calendar of bookings."""

    kind = "booking"

    calendar_entity_id: str
    check_in: time
    check_out: time
    whole_days_end: WholeDaysEnd
    ignore: frozenset[str] = field(default=frozenset())
    """Titles of blocked days, as `plain_title` returns them."""

    @classmethod
    def from_data(cls, subentry_id: str, name: str, data: Mapping[str, Any]) -> Self:
        """Read a subentry."""
        values = _flat(data)
        return cls(
            **_common(subentry_id, name, values, lead=2 * DAY),
            calendar_entity_id=str(values.get(CONF_CALENDAR_ENTITY_ID) or ""),
            check_in=read_or(read_time, values.get(CONF_CHECK_IN), time(15)),
            check_out=read_or(read_time, values.get(CONF_CHECK_OUT), time(11)),
            whole_days_end=read_or(
                WholeDaysEnd, values.get(CONF_WHOLE_DAYS_END), WholeDaysEnd.NEXT_DAY
            ),
            before=read_length_within(values.get(CONF_BEFORE), timedelta(), LONGEST_BUFFER),
            after=read_length_within(values.get(CONF_AFTER), timedelta(), LONGEST_BUFFER),
            fit=read_or(Fit, values.get(CONF_FIT), Fit.AUTO),
            ignore=frozenset(map(plain_title, texts(values.get(CONF_IGNORE, DEFAULT_IGNORE)))),
            invite=read_or(InviteAs, values.get(CONF_INVITE), InviteAs.OFF),
            keep_calls=read_or(read_count, values.get(CONF_KEEP_CALLS), 5),
        )

    def ignores(self, title: str) -> bool:
        """Return whether an event of this title is a blocked day."""
        return plain_title(title) in self.ignore


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorSettings(Settings):
    """Somebody who comes on the same days each week."""

    kind = "visitor"

    days: frozenset[int]
    """Monday is 0."""
    starts: time
    ends: time
    """Not after `starts`: on the next day."""
    first_day: date | None = None
    last_day: date | None = None

    @classmethod
    def from_data(cls, subentry_id: str, name: str, data: Mapping[str, Any]) -> Self:
        """Read a subentry."""
        values = _flat(data)
        days = {day.strip().casefold()[:3] for day in texts(values.get(CONF_DAYS))}
        return cls(
            **_common(subentry_id, name, values, lead=DAY),
            days=frozenset(number for number, day in enumerate(DAYS) if day in days),
            starts=read_or(read_time, values.get(CONF_STARTS), time(9)),
            ends=read_or(read_time, values.get(CONF_ENDS), time(12)),
            first_day=read_or(read_day, values.get(CONF_FIRST_DAY), None),
            last_day=read_or(read_day, values.get(CONF_LAST_DAY), None),
        )


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored data without its sections."""
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key in ("stay", "telling", "more") and isinstance(value, Mapping):
            values |= value
        else:
            values[key] = value
    return values


def _common(
    subentry_id: str, name: str, values: Mapping[str, Any], *, lead: timedelta
) -> dict[str, Any]:
    message = values.get(CONF_MESSAGE)
    return {
        "subentry_id": subentry_id,
        "name": name,
        "locks": texts(values.get(CONF_LOCKS)),
        "lead": read_length_within(values.get(CONF_LEAD), lead, LONGEST_LEAD),
        "notify_entity_ids": texts(values.get(CONF_NOTIFY_ENTITY_ID)),
        "message": message if isinstance(message, str) and message.strip() else None,
        "tell_owner": texts(values.get(CONF_TELL_OWNER)),
    }
