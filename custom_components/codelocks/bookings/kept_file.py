"""The file of what is kept of the bookings and visitors of an entry, apart from its codes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from homeassistant.core import HomeAssistant, callback

from ..stored_file import StoredFile
from .kept import Kept
from .waits import read_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is kept of one subentry: of its bookings, and what the page tells of them."""

    kept: Kept = field(default_factory=Kept)
    sent_at: Mapping[str, datetime] = field(default_factory=dict)
    """By booking, when a guest was last told codes."""
    arrived_at: Mapping[str, datetime] = field(default_factory=dict)
    """By booking, when the first opening in the stay was heard."""
    of_entry: str = ""
    """When the entry was last changed, as far as known: then what was refused is tried afresh."""

    def to_dict(self) -> dict[str, Any]:
        """Return it to be stored as JSON; what is of bookings no longer kept is left out."""
        keys = {row.key for row in self.kept.bookings}
        return {
            "kept": self.kept.to_dict(),
            "sent_at": _written(self.sent_at, keys),
            "arrived_at": _written(self.arrived_at, keys),
            "of_entry": self.of_entry,
        }

    @classmethod
    def from_dict(cls, stored: Any) -> Self:
        """Read what is stored; what cannot be read costs itself."""
        if not isinstance(stored, Mapping):
            return cls()
        return cls(
            kept=Kept.from_dict(stored.get("kept")),
            sent_at=_read(stored.get("sent_at")),
            arrived_at=_read(stored.get("arrived_at")),
            of_entry=str(stored.get("of_entry", "")),
        )


def _written(moments: Mapping[str, datetime], keys: Collection[str]) -> dict[str, str]:
    return {key: moment.isoformat() for key, moment in moments.items() if key in keys}


def _read(stored: Any) -> dict[str, datetime]:
    moments = {}
    for key, text in stored.items() if isinstance(stored, Mapping) else ():
        try:
            moments[str(key)] = read_moment(text)
        except ArithmeticError, TypeError, ValueError:
            continue
    return moments


class BookingsFile:
    """The records of an entry's subentries, by their ids. A change costs only its own record."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Take the entry whose file it is."""
        self._file = StoredFile(hass, f"{entry_id}.bookings")
        self._parts: dict[str, Any] = {}

    async def async_load(self) -> None:
        """Read the file."""
        self._parts = await self._file.async_load()

    def record(self, subentry_id: str) -> Record:
        """Return what is kept of a subentry."""
        return Record.from_dict(self._parts.get(subentry_id))

    async def async_save(self, subentry_id: str, record: Record) -> bool:
        """Write a record at once; returns whether it is on the disk."""
        self._parts = {**self._parts, subentry_id: record.to_dict()}
        return await self._file.async_save(self._snapshot)

    @callback
    def async_keep_only(self, subentry_ids: Collection[str]) -> None:
        """Forget all other subentries: they were removed."""
        parts = {key: part for key, part in self._parts.items() if key in subentry_ids}
        if parts.keys() != self._parts.keys():
            self._parts = parts
            self._file.async_save_soon(self._snapshot)

    def _snapshot(self) -> dict[str, Any]:
        """Return what is to be written, from a thread: it is replaced, never changed."""
        return self._parts

    async def async_close(self) -> None:
        """Write what may not be written yet."""
        if self._parts:
            await self._file.async_save(self._snapshot)

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._file.async_remove()
