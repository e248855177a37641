"""A private JSON file of ours. What stands in it is data from outside, and may be anything."""

from collections.abc import Callable
import logging
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .const import DOMAIN

VERSION = 1
SAVE_DELAY = 10
"""Seconds over which changes are gathered. A crash loses them: an event may then come again."""

_LOGGER = logging.getLogger(__name__)


class StoredFile:
    """One file. It is written whole or not at all."""

    def __init__(self, hass: HomeAssistant, name: str) -> None:
        """Take what the file is called, behind our domain."""
        self._hass = hass
        self._store = Store[dict[str, Any]](
            hass,
            VERSION,
            f"{DOMAIN}.{name}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )

    async def async_load(self) -> dict[str, Any]:
        """Return the parts of the file; none where there is no file, or it cannot be read.

        Home Assistant moves aside invalid JSON; we move aside JSON that is not a store. A file of a
        newer version raises UnsupportedStorageVersionError, and stays as it is: to begin anew over
        it would lose codes that still open doors.
        """
        try:
            stored: Any = await self._store.async_load()
        except AttributeError, KeyError, NotImplementedError, TypeError:
            await self._hass.async_add_executor_job(self._move_aside)
            return {}
        return stored if isinstance(stored, dict) else {}

    def _move_aside(self) -> None:
        aside = f"{self._store.path}.corrupt.{dt_util.utcnow().isoformat()}"
        Path(self._store.path).replace(aside)
        _LOGGER.error("%s cannot be read and is kept as %s", self._store.path, aside)

    @callback
    def async_save_soon(self, snapshot: Callable[[], dict[str, Any]]) -> None:
        """Write in a moment what `snapshot` returns then, from a thread."""
        self._store.async_delay_save(snapshot, SAVE_DELAY)

    async def async_save(self, parts: dict[str, Any]) -> None:
        """Write now."""
        await self._store.async_save(parts)

    async def async_remove(self) -> None:
        """Delete the file, and those that were moved aside because they could not be read."""
        await self._store.async_remove()
        await self._hass.async_add_executor_job(self._remove_aside)

    def _remove_aside(self) -> None:
        path = Path(self._store.path)
        for aside in path.parent.glob(f"{path.name}.corrupt.*"):
            aside.unlink(missing_ok=True)
