"""Finds the news in the pages of a lock's audit: oldest first, each entry once. Pure.

The cloud numbers entries as they reach it, even if a phone uploads entries that are older than some
already reported. So an entry is news if its id is above all reported ones. The latest reported ones
are also remembered by their words: these show where the cursor stands if the cloud starts counting
again, and recognise entries that come without an id.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from operator import itemgetter
import re
from typing import Any, Self

from ..api import AuditEntry, masked as without_codes
from ..netcode.clocks import has_been

LATEST_KEPT = 100
"""How many of the latest reported entries are remembered: two pages of them."""
_UNDATED = datetime.min.replace(tzinfo=UTC)
_NO_ID = "h"
"""Marks the words of an entry that was reported without an id."""


def _words(entry: AuditEntry) -> str:
    """Return a hash of what an entry says."""
    said = repr((entry.time, entry.entry_type, entry.text))
    return sha256(said.encode()).hexdigest()[:16]


def identity(entry: AuditEntry) -> str:
    """Return what identifies an entry: its id, or else a hash of what it says."""
    return _NO_ID + _words(entry) if entry.entry_id is None else str(entry.entry_id)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a lock's audit has been reported."""

    newest_id: int = 0
    latest: str = ""
    """The words of the latest reported entries, each marked if it had no id: one text takes a
    quarter of what a hundred take."""

    def as_dict(self) -> dict[str, Any]:
        """Return the cursor for storage."""
        return {"newest_id": self.newest_id, "latest": self.latest.split()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored; raises LookupError, TypeError or ValueError."""
        return cls(int(stored["newest_id"]), " ".join(map(str, stored["latest"])))

    def told(self, entry: AuditEntry) -> bool:
        """Return whether an entry was already reported."""
        if entry.entry_id is None:
            return self._remembers(entry)
        return entry.entry_id <= self.newest_id or _NO_ID + _words(entry) in self.latest

    def _remembers(self, entry: AuditEntry) -> bool:
        return _words(entry) in self.latest  # marked or not

    def among(self, entries: Sequence[AuditEntry]) -> Self:
        """Return the cursor in the ids of these entries, which may have been renumbered.

        Then it stands at the newest entry whose words are remembered, so an audit that was only
        renumbered is not news.
        """
        ids = [entry.entry_id for entry in entries if entry.entry_id is not None]
        if not ids or max(ids) >= self.newest_id:
            return self
        known = (entry.entry_id or 0 for entry in entries if self._remembers(entry))
        return replace(self, newest_id=max(known, default=0))

    def after(self, entries: Iterable[AuditEntry]) -> Self:
        """Return the cursor after these entries, which are in the order they reached the cloud.

        Entries without an id are placed after the ids before them.
        """
        newest, placed = 0, []
        for entry in entries:
            newest = max(newest, entry.entry_id or 0)
            words = identity(entry) if entry.entry_id is None else _words(entry)
            placed.append((entry.entry_id or newest, words))
        placed.sort(key=itemgetter(0))
        latest = [*dict.fromkeys([*self.latest.split(), *(words for _, words in placed)])]
        kept = " ".join(latest[-LATEST_KEPT:])
        return replace(self, newest_id=max(self.newest_id, newest), latest=kept)


@dataclass(frozen=True, slots=True)
class News:
    """What a read found: the entries to report, oldest first, and the cursor after them."""

    entries: tuple[AuditEntry, ...]
    cursor: Cursor


type SortingTime = Callable[[AuditEntry], datetime | None]


def _as_in_utc(entry: AuditEntry) -> datetime | None:
    return entry.time and entry.time.replace(tzinfo=entry.time.tzinfo or UTC)


def _in_order(entries: Sequence[AuditEntry], at: SortingTime) -> list[AuditEntry]:
    """Return entries oldest first, each once; those of equal time in the order of their ids."""
    unique = {identity(entry): entry for entry in reversed(entries)}
    if nameless := [entry for entry in unique.values() if entry.entry_id is None]:
        # One of two overlapping pages may have come without ids.
        named = {_words(entry) for entry in unique.values() if entry.entry_id is not None}
        for entry in nameless:
            if _words(entry) in named:
                del unique[identity(entry)]
    return sorted(
        unique.values(),
        key=lambda entry: (at(entry) or _UNDATED, entry.entry_id or 0),
    )


def reaches(cursor: Cursor, entries: Sequence[AuditEntry]) -> bool:
    """Return whether these entries, newest first, reach the cursor: the rest is not news."""
    return any(map(cursor.among(entries).told, entries))


def news(
    cursor: Cursor | None, entries: Sequence[AuditEntry], at: SortingTime = _as_in_utc
) -> News:
    """Return which of these entries are news. The first read of a lock has none: it is history.

    `at` returns when an entry was made, for sorting; by default a time without offset is UTC.
    """
    ordered = _in_order(entries, at)
    here = cursor.among(ordered) if cursor else Cursor()
    fresh = dict.fromkeys(entry for entry in ordered if not (cursor and here.told(entry)))
    after = here.after(entry for entry in reversed(entries) if entry in fresh)
    if cursor is None:
        return News((), after)
    # Without news, either the ids started again or the answer is an old one.
    return News(tuple(fresh), after if fresh else cursor)


def newest(
    entries: Iterable[AuditEntry | None], now: datetime, at: SortingTime
) -> AuditEntry | None:
    """Return the newest credible entry: an entry dated 2034 would stay the newest for years."""
    dated = [
        (moment, entry)
        for entry in entries
        if entry and (moment := at(entry)) and has_been(moment, now)
    ]
    return max(dated, key=itemgetter(0))[1] if dated else None


EVENT_TYPES = ("opened", "denied", "client", "settings", "battery", "sync", "other")

_WORDS = {
    "battery": re.compile(r"\bbatter(y|ies)\b", re.IGNORECASE),
    "sync": re.compile(r"\bsync", re.IGNORECASE),
    "settings": re.compile(r"\b(settings?|config\w*|firmware)\b", re.IGNORECASE),
    "denied": re.compile(r"\b(denied|invalid|rejected|refused|failed)\b", re.IGNORECASE),
    "opened": re.compile(r"\b(unlock(ed)?|opened|access granted)\b", re.IGNORECASE),
    "client": re.compile(r"\bclients?\b", re.IGNORECASE),
}


def event_type(entry: AuditEntry) -> str:
    """Return what an entry is about, if its words are clear.

    Neither types nor texts are documented, so a type that names its subject counts first, a refusal
    before an opening ("Unlock failed"), and an opening before who did it ("Client unlock").
    """
    kind, text = entry.entry_type or "", entry.text or ""
    checks = [
        *((name, kind) for name in ("battery", "sync", "settings")),
        ("denied", f"{kind} {text}"),
        *((name, kind) for name in ("opened", "client")),
        *((name, text) for name in ("opened", "client", "battery", "sync", "settings")),
    ]
    return next((name for name, words in checks if _WORDS[name].search(words)), "other")


def changes_clients(entry: AuditEntry) -> bool:
    """Return whether an entry may mean a change of clients, not just a client who came in."""
    return event_type(entry) == "client" and not _WORDS["opened"].search(entry.text or "")


def clients_changed(entries: Iterable[AuditEntry], since: datetime, at: SortingTime) -> bool:
    """Return whether entries may tell of a change of clients since a moment."""
    moments = [at(entry) for entry in entries if changes_clients(entry)]
    return any(moment is None or moment > since for moment in moments)


def masked(text: str | None) -> str | None:
    """Return a text from the cloud with everything masked that may be a code."""
    return without_codes(text) if text else text
