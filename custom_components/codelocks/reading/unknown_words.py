"""Words of the cloud that nobody has documented, kept for a report. Pure.

The names of keys and a few words of states, never other values. What may be personal is left out,
and a cloud that invents words fills no file.
"""

from collections.abc import Iterable, Mapping
import re
from typing import Any, Protocol

from ..api import AuditEntry, Client, Lock
from .audit import event_type
from .battery import battery_low

KEYS, BATTERY, AUDIT, CLIENT_STATUS = KINDS = ("keys", "battery", "audit", "client_status")
MAX_WORDS = 30
"""Words of a kind that are kept: the first ones."""
MAX_LENGTH = 60
"""Longer ones are no words of a state."""

_NOTE = "unknown_words"
_PLAIN = re.compile(r"[^\W_][\w./-]*(?: [\w./-]+){0,2}")
"""One to three words; an address has an @."""
_DIGIT = re.compile(r"\d")
_MAX_DIGITS = 3
"""More may be a code, a number of a phone or a date."""


class Notes(Protocol):
    """Where they are kept."""

    def note(self, name: str) -> Any:
        """Return a thing that was kept, or None."""

    def set_note(self, name: str, value: Any) -> None:
        """Keep a thing."""


def presentable(word: str | None) -> bool:
    """Return whether a word may be shown: it does not look as if it were about somebody."""
    return (
        word is not None
        and len(word) <= MAX_LENGTH
        and _PLAIN.fullmatch(word) is not None
        and len(_DIGIT.findall(word)) <= _MAX_DIGITS
    )


def unknown_words(notes: Notes) -> dict[str, list[str]]:
    """Return what is kept, by kind, in the order of the alphabet."""
    stored = notes.note(_NOTE)
    stored = stored if isinstance(stored, Mapping) else {}
    found = {}
    for kind in KINDS:
        words = stored.get(kind)
        words = words if isinstance(words, list) else []
        shown = (word for word in words if isinstance(word, str) and presentable(word))
        found[kind] = sorted(dict.fromkeys(shown))[:MAX_WORDS]
    return found


def note_unknown(notes: Notes, kind: str, words: Iterable[str | None]) -> None:
    """Keep words that are new."""
    if not (news := {word for word in words if word and presentable(word)}):
        return
    kept = unknown_words(notes)
    known = kept[kind]
    news -= set(known)
    if news and len(known) < MAX_WORDS:
        notes.set_note(_NOTE, kept | {kind: [*known, *sorted(news)][:MAX_WORDS]})


def unknown_batteries(locks: Iterable[Lock]) -> set[str]:
    """Return the words of batteries that say neither low nor full, nor that it is unknown."""
    return {
        lock.battery_status
        for lock in locks
        if lock.battery_status
        and battery_low(lock) is None
        and lock.battery_status.lower() != "unknown"
    }


def unknown_types(entries: Iterable[AuditEntry]) -> set[str]:
    """Return the types of entries of which it is not clear what they are about."""
    return {
        entry.entry_type for entry in entries if entry.entry_type and event_type(entry) == "other"
    }


def unknown_statuses(clients: Iterable[Client]) -> set[str]:
    """Return the states of clients that say neither that they may open, nor that they may not."""
    one_of_each = {client.status: client for client in clients if client.status}
    return {
        status
        for status, client in one_of_each.items()
        if client.active is None and not client.invited
    }
