"""From the pages of a lock's audit to its news, pure: oldest first, each entry once.

Ids are the cloud's own count and rise with every entry that reaches it, also where a phone brings
entries that are older than others already told. So an entry is news when its id is above all that
were told; one without an id, or with ids that began anew, when it is not among the latest told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
import re
from typing import Any, Self

from .api import AuditEntry

LATEST_KEPT = 100
"""How many of the latest told entries are remembered: two pages of them."""


def identity(entry: AuditEntry) -> str:
    """Return what tells an entry from every other: its id, or else a hash of what it says."""
    if entry.entry_id is not None:
        return str(entry.entry_id)
    said = repr((entry.time, entry.entry_type, entry.text))
    return "h" + sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to where a lock's audit was told."""

    newest_id: int = 0
    latest: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the cursor for storage."""
        return {"newest_id": self.newest_id, "latest": list(self.latest)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what was stored; raises LookupError, TypeError or ValueError."""
        return cls(int(stored["newest_id"]), tuple(map(str, stored["latest"])))

    def told(self, entry: AuditEntry, *, forgotten: bool = False) -> bool:
        """Return whether an entry was told; `forgotten` where the cloud's ids began anew."""
        if identity(entry) in self.latest:
            return True
        return entry.entry_id is not None and not forgotten and entry.entry_id <= self.newest_id

    def after(self, entries: Iterable[AuditEntry], *, forgotten: bool = False) -> Cursor:
        """Return the cursor once these entries, oldest first, are told."""
        entries = list(entries)
        ids = [entry.entry_id for entry in entries if entry.entry_id is not None]
        told = dict.fromkeys([*self.latest, *map(identity, entries)])
        newest = max(ids, default=0) if forgotten and ids else max([self.newest_id, *ids])
        return Cursor(newest, tuple(told)[-LATEST_KEPT:])


@dataclass(frozen=True, slots=True)
class News:
    """What a reading found: the entries to tell, oldest first, and the cursor once they are."""

    entries: tuple[AuditEntry, ...]
    cursor: Cursor


def _in_order(entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """Return entries oldest first, each once; those of equal time in the order of their ids."""
    unique = {identity(entry): entry for entry in entries}
    return sorted(
        unique.values(),
        key=lambda entry: (entry.time.isoformat() if entry.time else "", entry.entry_id or 0),
    )


def reaches(cursor: Cursor, page: Iterable[AuditEntry]) -> bool:
    """Return whether a page, newest first, meets what was told: further pages are no news."""
    return any(cursor.told(entry) for entry in page)


def news(cursor: Cursor | None, entries: Iterable[AuditEntry]) -> News:
    """Return what of the entries that were read is news. First sight tells no history."""
    ordered = _in_order(entries)
    if cursor is None:
        return News((), Cursor().after(ordered))
    ids = [entry.entry_id for entry in ordered if entry.entry_id is not None]
    forgotten = bool(ids) and max(ids) < cursor.newest_id
    fresh = tuple(entry for entry in ordered if not cursor.told(entry, forgotten=forgotten))
    return News(fresh, cursor.after(fresh, forgotten=forgotten))


EVENT_TYPES = ("opened", "denied", "client", "settings", "battery", "sync", "other")

_WORDS = {
    "battery": re.compile(r"\bbatter(y|ies)\b", re.IGNORECASE),
    "sync": re.compile(r"\bsync", re.IGNORECASE),
    "settings": re.compile(r"\b(settings?|config\w*|firmware)\b", re.IGNORECASE),
    "denied": re.compile(r"\b(denied|invalid|rejected|refused|failed)\b", re.IGNORECASE),
    "opened": re.compile(r"\b(unlock(ed)?|opened|access granted)\b", re.IGNORECASE),
    "client": re.compile(r"\bclients?\b", re.IGNORECASE),
}
_DIGITS = re.compile(r"\d{4,}")


def event_type(entry: AuditEntry) -> str:
    """Return what an entry is about, where its words are plain.

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
    """Return whether an entry may tell of a change of clients, and not only of one who came in."""
    return event_type(entry) == "client" and not _WORDS["opened"].search(entry.text or "")


def masked(text: str | None) -> str | None:
    """Return a text of the cloud without runs of digits that may be a code."""
    return _DIGITS.sub("****", text) if text else text
