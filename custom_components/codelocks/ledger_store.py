"""The codes of an entry in a file of their own: nothing that the cloud says can spoil it."""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant, callback

from .netcode.ledger import Ledger
from .store import EntryStore
from .stored_file import StoredFile

_ROWS = "rows"


class LedgerStore:
    """The stored codes of one entry. A row is turned to JSON only when it changes."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Take the entry whose codes they are."""
        self._hass = hass
        self._file = StoredFile(hass, f"{entry_id}.ledger")
        self._parts: dict[str, Any] = {}
        self._is_changed = False
        self.ledger = Ledger()

    async def async_load(self) -> None:
        """Read the file."""
        self._parts = await self._file.async_load()
        await self._async_read_rows()

    async def _async_read_rows(self) -> None:
        # Ten thousand codes take longer than the loop may be held.
        self.ledger = await self._hass.async_add_executor_job(
            Ledger.from_json, list(self._rows.values())
        )

    @property
    def _rows(self) -> dict[str, Any]:
        """The codes as they are in the file, by their ids."""
        rows = self._parts.get(_ROWS)
        return rows if isinstance(rows, dict) else {}

    async def async_take_over(self, rows: Mapping[str, Any]) -> bool:
        """Take over codes that were kept elsewhere; returns whether they are on the disk now.

        What is here of the same code is newer.
        """
        if rows.keys() - self._rows.keys():
            self._parts = {**self._parts, _ROWS: {**rows, **self._rows}}
            await self._async_read_rows()
        elif self._file.is_written:
            return True
        return await self.async_save()

    @callback
    def set(self, ledger: Ledger) -> None:
        """Take over the codes, to be written."""
        stored, known = self._rows, {row.id: row for row in self.ledger.stored_rows()}
        rows = {
            row.id: stored[row.id]
            if known.get(row.id) is row and row.id in stored
            else row.to_dict()
            for row in ledger.stored_rows()
        }
        self._parts = {**self._parts, _ROWS: rows}
        self.ledger = ledger
        self._is_changed = True

    @callback
    def async_save_soon(self) -> None:
        """Write soon what may be lost in a crash."""
        self._file.async_save_soon(self._snapshot)

    def _snapshot(self) -> dict[str, Any]:
        """Return what is to be written, from a thread: it is replaced, never changed."""
        return self._parts

    async def async_save(self) -> bool:
        """Write now what must not be lost; returns whether it is on the disk."""
        return await self._file.async_save(self._snapshot)

    @callback
    def async_follow_writing(self, listener: Callable[[bool], None]) -> None:
        """Tell a listener whether the codes are on the disk: now, and when this changes."""
        self._file.async_follow_writing(listener)

    async def async_close(self) -> None:
        """Write what may not be written yet."""
        if self._is_changed:
            await self.async_save()

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._file.async_remove()


async def async_separate_ledger(store: EntryStore, ledger_store: LedgerStore) -> None:
    """Move the codes that 0.1.0 kept among what the cloud says to their own file.

    They leave the old file once the new one is on the disk: a crash between loses none.
    """
    rows = store.first_ledger
    if rows is not None and await ledger_store.async_take_over(rows):
        await store.async_drop_first_ledger()
