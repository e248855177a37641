"""The codes of an entry in a file of their own: nothing that the cloud says can spoil it."""

from collections.abc import Mapping
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
        self._name = f"{entry_id}.ledger"
        self._file = StoredFile(hass, self._name)
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
        return _rows(self._parts)

    async def async_take_over(self, rows: Mapping[str, Any]) -> bool:
        """Take over codes that were kept elsewhere; returns whether they are on the disk now.

        What is here of the same code is newer.
        """
        if rows.keys() - self._rows.keys():
            self._parts = {**self._parts, _ROWS: {**rows, **self._rows}}
            await self._async_read_rows()
            await self.async_save()
        # Home Assistant only logs that it could not write.
        written = await StoredFile(self._hass, self._name).async_load()
        return rows.keys() <= _rows(written).keys()

    @callback
    def set(self, ledger: Ledger) -> None:
        """Store the codes."""
        stored, known = self._rows, {row.id: row for row in self.ledger.rows()}
        rows = {
            row.id: stored[row.id]
            if known.get(row.id) is row and row.id in stored
            else row.to_dict()
            for row in ledger.rows()
        }
        self._parts = {**self._parts, _ROWS: rows}
        self.ledger = ledger
        self._is_changed = True
        self._file.async_save_soon(lambda: self._parts)

    async def async_save(self) -> None:
        """Write now what must not be lost."""
        await self._file.async_save(self._parts)

    async def async_close(self) -> None:
        """Write what may not be written yet."""
        if self._is_changed:
            await self.async_save()

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._file.async_remove()


def _rows(parts: Mapping[str, Any]) -> dict[str, Any]:
    rows = parts.get(_ROWS)
    return rows if isinstance(rows, dict) else {}


async def async_separate_ledger(store: EntryStore, ledger_store: LedgerStore) -> None:
    """Move the codes that 0.1.0 kept among what the cloud says to their own file.

    They leave the old file once the new one is on the disk: a crash between loses none.
    """
    rows = store.first_ledger
    if rows is not None and await ledger_store.async_take_over(rows):
        await store.async_drop_first_ledger()
