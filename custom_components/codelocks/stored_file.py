"""A private JSON file of ours. What stands in it is data from outside, and may be anything."""

from collections.abc import Callable
import logging
from pathlib import Path
from typing import Any, override

from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.file import WriteError
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.json import SerializationError

from .const import DOMAIN

VERSION = 1
SAVE_DELAY = 10
"""Seconds over which changes are gathered, but for the first, which is written at once.

A crash loses what was gathered: an event may then come again.
"""
FIRST_RETRY = 60
"""Seconds to wait after a file could not be written; they double, and the next change is tried."""
LONGEST_RETRY = 1800

_LOGGER = logging.getLogger(__name__)

type Snapshot = Callable[[], dict[str, Any]]
"""Returns what is to be written, from a thread."""

_UNWRITTEN: HassKey[dict[str, _Store]] = HassKey(f"{DOMAIN}_unwritten")
"""What could not be written, by key: a reload does not lose it."""


class _Store(Store[dict[str, Any]]):
    """A store that tries again what it could not write: Home Assistant's only logs it."""

    failures = 0
    """How often in a row it could not be written."""
    on_written: Callable[[bool], None] | None = None
    """Told whether it is on the disk, each time that this changes."""

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        snapshot: Snapshot = data.get("data_func") or (lambda: data["data"])
        try:
            await super()._async_write_data(data)
        except SerializationError, WriteError:
            self._write_again(snapshot)
            raise
        except OSError as err:  # of the folder, which Home Assistant does not expect
            self._write_again(snapshot)
            raise WriteError(err) from err
        was_failing, self.failures = self.failures > 0, 0
        self.hass.data.get(_UNWRITTEN, {}).pop(self.key, None)
        if was_failing and self.on_written:
            self.on_written(True)

    @callback
    def _write_again(self, snapshot: Snapshot) -> None:
        """Write later what could not be written now, or what it has become by then."""
        self.failures += 1
        self.hass.data.setdefault(_UNWRITTEN, {})[self.key] = self
        if self.failures == 1 and self.on_written:
            self.on_written(False)
        is_ending = self.hass.state in (CoreState.final_write, CoreState.stopped)
        if self._data is None and not is_ending:
            wait = min(FIRST_RETRY << min(self.failures - 1, 10), LONGEST_RETRY)
            self.async_delay_save(snapshot, wait)

    async def async_save_now(self, snapshot: Snapshot) -> bool:
        """Write at once, built in a thread; returns whether it is on the disk."""
        self.async_delay_save(snapshot)
        await self._async_handle_write_data()  # type: ignore[no-untyped-call]  # as in core
        return not self.failures


class StoredFile:
    """One file. It is written whole or not at all."""

    def __init__(self, hass: HomeAssistant, name: str, delay: float = SAVE_DELAY) -> None:
        """Take what the file is called, behind our domain, and for how long to gather changes."""
        self._hass = hass
        self._delay = delay
        key = f"{DOMAIN}.{name}"
        self._store = hass.data.get(_UNWRITTEN, {}).get(key) or _Store(
            hass,
            VERSION,
            key,
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._due = hass.loop.time() - delay
        """When it was or will be written last."""

    async def async_load(self) -> dict[str, Any]:
        """Return the parts of the file; none where there is no file, or it cannot be read.

        Home Assistant moves aside invalid JSON; we move aside JSON that is not a store. A file of a
        newer version raises UnsupportedStorageVersionError, and stays as it is: starting
        over would lose codes that still open doors.
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
    def async_save_soon(self, snapshot: Snapshot, *, urgent: bool = False) -> None:
        """Write what `snapshot` returns then: at once or, after a recent writing, in a moment."""
        now = self._hass.loop.time()
        if self._due <= now:
            self._due = max(now, self._due + self._delay)
        if urgent or self._due == now:
            self._hass.async_create_task(self.async_save(snapshot), f"write {self._store.key}")
        else:
            self._store.async_delay_save(snapshot, min(self._due - now, self._delay))

    async def async_save(self, snapshot: Snapshot) -> bool:
        """Write now; returns whether it is on the disk."""
        self._due = self._hass.loop.time()
        return await self._store.async_save_now(snapshot)

    @property
    def is_written(self) -> bool:
        """Whether the last writing worked, if there was one."""
        return not self._store.failures

    @callback
    def async_follow_writing(self, listener: Callable[[bool], None]) -> None:
        """Tell a listener whether the file is on the disk: now, and when this changes.

        It is told after a reload, too, by what could not be written before.
        """
        self._store.on_written = listener
        listener(self.is_written)

    async def async_remove(self) -> None:
        """Delete the file, and those that were moved aside because they could not be read."""
        self._hass.data.get(_UNWRITTEN, {}).pop(self._store.key, None)
        await self._store.async_remove()
        await self._hass.async_add_executor_job(self._remove_aside)

    def _remove_aside(self) -> None:
        path = Path(self._store.path)
        for aside in path.parent.glob(f"{path.name}.corrupt.*"):
            aside.unlink(missing_ok=True)
