"""Bookings and visitors as rows for the page: who comes next, and what became of their codes."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from ..api import DAYS
from ..bookings.codes import Codes
from ..bookings.expected import Expected
from ..bookings.guest_book import GuestBook
from ..bookings.owner_message import problem_words
from ..bookings.settings import BookingsSettings, VisitorSettings
from ..bookings.stay import HORIZON
from ..bookings.world import codes_of, doors_of
from ..issuing.rows import iso
from .lock_rows import Row

MAX_VISITS: Final = 20
"""Visits of one calendar: the page tells who comes next, not who comes some day."""


def order_row(hass: HomeAssistant, book: GuestBook) -> Row:
    """Return what the page knows of a calendar of bookings, or of a visitor."""
    settings, kept, home = book.settings, book.kept, dt_util.get_default_time_zone()
    since, registry = kept.unreadable_since, dr.async_get(hass)
    calendar = settings.calendar_entity_id if isinstance(settings, BookingsSettings) else None
    return {
        "subentry_id": book.subentry_id,
        "kind": book.subentry.subentry_type,
        "name": settings.name,
        "entry_id": book.entry.entry_id,
        "device_ids": [one for one in settings.locks if registry.async_get(one)],
        "calendar_entity_id": calendar,
        "read_at": iso(book.read_at, home) if book.read_at else None,
        "unreadable_since": iso(since, home) if since else None,
        "visits": _hours(settings) if isinstance(settings, VisitorSettings) else None,
        "next": _visits(hass, book),
    }


def _hours(settings: VisitorSettings) -> dict[str, Any]:
    return {
        "days": [DAYS[number] for number in sorted(settings.days)],
        "starts": f"{settings.starts:%H:%M}",
        "ends": f"{settings.ends:%H:%M}",
    }


def _visits(hass: HomeAssistant, book: GuestBook) -> list[Row]:
    """Return who comes next, those who are here first."""
    now = dt_util.utcnow()
    ids = codes_of(hass)
    expected = book.arrivals.expected if book.arrivals else ()
    rows = (_Visit(book, one, _open(one, ids, now)) for one in expected)
    shown = [one for one in rows if one.is_shown(now)]
    zone = doors_of(hass, book.settings).zone
    return [one.row(hass, zone, now) for one in shown[:MAX_VISITS]]


def _open(one: Expected, codes: Codes, now: datetime) -> tuple[str, ...]:
    """Return the ids of the codes of a visit that still open, or will.

    Codes that were withdrawn since the booking moved far away are no longer those of its times.
    """
    covers = [
        cover
        for cover in (one.row.covers if one.row else ())
        if one.is_cancelled or cover.taken_back is None
    ]
    ids = dict.fromkeys(code for cover in covers for code in cover.codes)
    found = (codes.by_id.get(code) for code in ids)
    return tuple(row.id for row in found if row and now < row.end)


@dataclass(frozen=True, slots=True)
class _Visit:
    """A booking or visit, and the ids of its codes that are not over."""

    book: GuestBook
    one: Expected
    codes: tuple[str, ...]

    def is_shown(self, now: datetime) -> bool:
        """Return whether somebody comes soon, or codes of a cancelled booking still open."""
        if self.one.is_cancelled:
            return bool(self.codes)
        return self.one.stay.arrival <= now + HORIZON and now < self.one.stay.departure

    def row(self, hass: HomeAssistant, zone: tzinfo, now: datetime) -> Row:
        """Return what the page shows; times are those at the first lock."""
        stay, record = self.one.stay, self.book.record
        key = self.one.row.key if self.one.row else ""
        sent_at = record.sent_at.get(key) if self._is_sent else None
        arrived_at = record.arrived_at.get(key)
        problem = None if self.one.is_cancelled else self._problem(hass)
        code_at = stay.arrival - self.book.settings.before - self.book.settings.lead
        return {
            "title": self.one.title,
            "start": iso(stay.arrival, zone),
            "end": iso(stay.departure, zone),
            "state": self._state(problem, now),
            "problem": problem,
            "code_at": None if self.codes or self.one.is_cancelled else iso(code_at, zone),
            "sent_at": iso(sent_at, zone) if sent_at else None,
            "arrived_at": iso(arrived_at, zone) if arrived_at else None,
            "codes": list(self.codes),
        }

    @property
    def _is_sent(self) -> bool:
        """Whether the guest knows the codes that there are."""
        told = set(self.one.row.told) if self.one.row else set()
        return bool(self.codes) and told.issuperset(self.codes)

    def _state(self, problem: str | None, now: datetime) -> str:
        if self.one.is_cancelled:
            return "cancelled"
        if problem is not None:
            return "problem"
        if self.one.stay.arrival <= now:
            return "here"
        if self._is_sent:
            return "sent"
        return "code_made" if self.codes else "waits"

    def _problem(self, hass: HomeAssistant) -> str | None:
        """Return what is wrong with it, the first of several things."""
        key = self.one.row.key if self.one.row else None
        found = (one for one in self.book.kept.problems if key and one.booking == key)
        problem = next(found, None)
        return problem_words(hass, problem) if problem else None
