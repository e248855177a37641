"""What all that is read has in common, and what becomes of a read that fails.

The coordinators have no interval of their own: `polling/poller` tells them when a call is worth it.
"""

from abc import abstractmethod
from datetime import datetime
import logging
from typing import Protocol, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from ..api import CodelocksClient, CodelocksError
from ..errors import KEY_ERRORS, UnexpectedError, translation
from ..polling.poller import Poller
from ..polling.schedule import Read
from ..store import EntryStore
from ..wall_clock import Past

_LOGGER = logging.getLogger(__name__)


class PolledAccount(Protocol):
    """What a coordinator needs of the account that it reads for."""

    client: CodelocksClient
    store: EntryStore
    poller: Poller

    def polling_calls_left(self, now: datetime) -> int:
        """Return the calls that polling may spend until the reset."""


class Record(Protocol):
    """What was read."""

    @property
    def read_at(self) -> datetime:
        """When that was."""


class ReadCoordinator[T: Record](DataUpdateCoordinator[T]):
    """A coordinator of one kind of record."""

    config_entry: ConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        account: PolledAccount,
        read: Read,
        stored: T | None,
    ) -> None:
        """Start with what is stored, if anything, so that a restart needs no call."""
        of_lock = f" of {read.lock_id}" if read.lock_id else ""
        name = f"{entry.title} {read.kind}{of_lock}"
        super().__init__(hass, _LOGGER, config_entry=entry, name=name, always_update=False)
        self.account = account
        """What the entry works with; Home Assistant forgets its own when it unloads the entry."""
        self.read = read
        self.error: CodelocksError | None = None
        """Why the last read failed."""
        self._is_told = False
        """Whether the log has the traceback of an unexpected error that goes on."""
        if stored:
            self.data = stored
        attempted_at = account.store.attempt(read) or self.read_at
        self._attempt = Past(attempted_at) if attempted_at else None

    @property
    def lock_id(self) -> str:
        """The lock that it is read of; empty for the list."""
        return self.read.lock_id

    @property
    def read_at(self) -> datetime | None:
        """When it was last read with success."""
        return self.data.read_at if self.data else None

    @property
    def attempted_at(self) -> datetime | None:
        """When the last read began, a failed one included: each has cost a call."""
        return self._attempt.at if self._attempt else None

    @callback
    def note_attempt(self, now: datetime) -> None:
        """Note that a read begins, and keep that: it is a call, whatever comes of it."""
        self._attempt = Past(now)
        self.account.store.set_attempt(self.read, now)

    @callback
    def tried_at(self, now: datetime) -> datetime | None:
        """Return when the last read began, as far as the clock can be right."""
        if self._attempt is None:
            return None
        before, seen = self._attempt.at, self._attempt.seen(now)
        if self._attempt.at != before:
            self.account.store.set_attempt(self.read, self._attempt.at)
        return seen

    @property
    def may_read_on(self) -> bool:
        """Whether polling may spend a further call: pages overflow, and the reserve is not ours."""
        return self.account.polling_calls_left(dt_util.utcnow()) > 0

    @override
    async def async_request_refresh(self) -> None:
        """Have it read before its turn: what `homeassistant.update_entity` asks for."""
        self.account.poller.async_want(self.read)

    @abstractmethod
    async def _async_read(self, now: datetime) -> T:
        """Read the record, and store it."""

    @override
    async def _async_update_data(self) -> T:
        self.error = None
        now = dt_util.utcnow()
        self.note_attempt(now)
        try:
            data = await self._async_read(now)
        except CodelocksError as err:
            self.error = err
            kind = ConfigEntryAuthFailed if isinstance(err, KEY_ERRORS) else UpdateFailed
            raise kind(**translation(err)) from err
        except UpdateFailed:
            raise
        except Exception as err:  # noqa: BLE001 - it is one read's, and its traceback is told once
            self.error = UnexpectedError(err)
            if self._is_told:
                raise UpdateFailed(**translation(self.error)) from None
            self._is_told = True
            raise self.error from None  # Home Assistant writes it into the log
        self._is_told = False
        return data
