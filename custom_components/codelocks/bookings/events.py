"""An event of a calendar: what it is known by, and the parts that matter. Pure.

What one event is known by never depends on another event.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
import hashlib
import json
import re

from .values import whole_words

MAX_TITLE = 200
MAX_TEXT = 10_000
"""Characters of a description that are looked at."""
YEARS = range(1990, 2200)
"""Others would pass the ends of the calendar when zones and buffers are reckoned."""

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'*_"
_LEGACY_LINK = re.compile(r'https?://[^\s<>"?#]+')
"""What the blueprint of version 0.1.0 took for the link."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """A booking or visit as its calendar shows it.

    `start` and `end`: whole days, moments in UTC, or times without zone, which are those at the
    lock.
    """

    uid: str | None = None
    recurrence_id: str | None = None
    title: str = ""
    description: str = field(default="", repr=False)
    start: date
    end: date

    @cached_property
    def times(self) -> tuple[str, str]:
        """The times as they are kept, and compared."""
        return self.start.isoformat(), self.end.isoformat()

    @cached_property
    def known_by(self) -> str:
        """What it is known by, hashed: it stays the same when the event moves, if it can."""
        if self.uid:
            return hashed("uid", self.uid, self.recurrence_id or "")
        if link := self.link:
            return hashed("link", link)
        return hashed("title", self.title, self.times[0])

    @property
    def link(self) -> str | None:
        """The whole first link of the description, query and fragment included."""
        found = _LINK.search(self.description)
        return found[0].rstrip(_AFTER_LINK) if found else None

    @cached_property
    def content(self) -> str:
        """All that it says, hashed: a calendar without uids gives a new one at each reading."""
        return hashed(self.title, self.description, *self.times)

    @cached_property
    def gist(self) -> str:
        """Title, link and times, hashed: some calendars change uids and other words each time."""
        return hashed(self.title, self.link or "", *self.times)

    def legacy_keys(self, arrival: datetime) -> tuple[str, ...]:
        """Return what version 0.1.0 may have known it by; `arrival` in Home Assistant's zone."""
        found = _LEGACY_LINK.search(self.description)
        key = found[0] if found else f"{self.title} {arrival.isoformat()}"
        return key, f"{key} {arrival.isoformat()}"


def read_event(
    *,
    start: object,
    end: object,
    uid: object = None,
    recurrence_id: object = None,
    title: object = None,
    description: object = None,
) -> Event | None:
    """Read an event from any values; None if it has no valid times."""
    try:
        begins, ends = _time(start), _time(end)
        whole_days = [not isinstance(time, datetime) for time in (begins, ends)]
        if whole_days[0] is not whole_days[1] or ends < begins:
            return None
        if ends == begins and not whole_days[0]:
            return None
    except OverflowError, TypeError, ValueError:
        return None
    return Event(
        uid=_text(uid, MAX_TEXT) or None,
        recurrence_id=_text(recurrence_id, MAX_TEXT) or None,
        title=_one_line(_text(title, MAX_TEXT))[:MAX_TITLE],
        description=whole_words(_text(description, None), MAX_TEXT),
        start=begins,
        end=ends,
    )


def read_time(value: str) -> date:
    """Read a kept time of an event; raises ValueError."""
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


def _time(value: object) -> date:
    """Return a whole day, or a time in UTC if it has a zone; raises ValueError."""
    if isinstance(value, str):
        value = read_time(value)
    if not isinstance(value, date) or value.year not in YEARS:
        raise ValueError("no time of an event")
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(UTC)
    return value


def _text(value: object, most: int | None) -> str:
    """Return the value as text, or an empty string if it is not text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)[:most].strip()


def _one_line(text: str) -> str:
    """Return a text without line breaks and unprintable characters."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def hashed(*parts: str) -> str:
    """Return a short hash of texts, lone surrogates among them."""
    text = "".join(map(json.dumps, parts))
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
