"""How long the accounts that bookings use are left alone after failures: kept, and shared by all.

A cloud that is down costs no more calls with many calendars and restarts than with one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import (
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksThrottledError,
)
from ..errors import account_wide_error
from .waits import LONGEST_WAIT, Wait, longer_wait

NOTE = "bookings"
"""The store's note of these waits."""
ACCOUNT = ""
"""What the wait of the account itself is called; others are of a lock model."""
_UNANSWERED = 2
"""Locks that may go unanswered in a row: the first may be the fault of the lock itself."""


class AccountWaits:
    """The waits of one account."""

    def __init__(self, entry: CodelocksConfigEntry, data: CodelocksData) -> None:
        """Take the account, and what it works with."""
        self._store = data.store
        self._of_entry = entry.modified_at.isoformat()

    @callback
    def get(self, about: str = ACCOUNT) -> Wait | None:
        """Return a wait; what failed before the entry was changed is tried afresh."""
        try:
            stored = self._note()["waits"][about]
            return Wait.from_dict(stored)
        except ArithmeticError, AttributeError, LookupError, TypeError, ValueError:
            return None

    @callback
    def all(self) -> dict[str, Wait]:
        """Return all waits, by what they are about."""
        found = ((about, self.get(about)) for about in self._waits)
        return {about: wait for about, wait in found if wait}

    def _note(self) -> Mapping[str, Any]:
        note = self._store.note(NOTE)
        is_ours = isinstance(note, Mapping) and note.get("of_entry") == self._of_entry
        return note if is_ours else {}

    @property
    def _waits(self) -> dict[str, Any]:
        waits = self._note().get("waits")
        return dict(waits) if isinstance(waits, Mapping) else {}

    @property
    def _unanswered(self) -> set[str]:
        owners = self._note().get("unanswered")
        known = owners if isinstance(owners, list) else []
        return {owner for owner in known if isinstance(owner, str)}

    async def async_failed(self, owner: str, err: HomeAssistantError, now: datetime) -> bool:
        """Note a failed call for a lock; returns whether the account waits now.

        If not, it is that lock's failure. For spent calls the counter of calls does the waiting.
        """
        cause = err.__cause__
        if account_wide_error(err) is None or isinstance(cause, CodelocksQuotaError):
            return False
        unanswered = self._unanswered
        if isinstance(cause, CodelocksConnectionError):
            unanswered.add(owner)
            if len(unanswered) < _UNANSWERED:
                await self._async_keep(self._waits, unanswered)
                return False
        await self._async_wait(ACCOUNT, err, now, unanswered)
        return True

    async def async_failed_about(self, about: str, err: HomeAssistantError, now: datetime) -> None:
        """Have something of the account wait that could not be read."""
        await self._async_wait(about, err, now, self._unanswered)

    async def async_rest(self, now: datetime) -> None:
        """Have the account wait: the cloud failed, and a spare was given.

        Not for long: other locks of the guest have spares, too.
        """
        wait = longer_wait(None, "", now)
        await self._async_keep({**self._waits, ACCOUNT: wait.to_dict()}, self._unanswered)

    async def async_works(self, about: str = ACCOUNT) -> None:
        """Note that a call worked: the account waits no longer."""
        waits = self._waits
        if waits.pop(about, None) or self._unanswered:
            await self._async_keep(waits, set())

    async def _async_wait(
        self, about: str, err: HomeAssistantError, now: datetime, unanswered: set[str]
    ) -> None:
        wait = longer_wait(self.get(about), str(err), now)
        if isinstance(cause := err.__cause__, CodelocksThrottledError) and wait.until:
            asked = timedelta(seconds=min(cause.retry_after or 0, LONGEST_WAIT.total_seconds()))
            wait = replace(wait, until=max(wait.until, now + asked))
        await self._async_keep({**self._waits, about: wait.to_dict()}, unanswered)

    async def _async_keep(self, waits: dict[str, Any], unanswered: set[str]) -> None:
        """Write it at once: a crash must not cost another call."""
        self._store.set_note(
            NOTE,
            {"of_entry": self._of_entry, "waits": waits, "unanswered": sorted(unanswered)},
        )
        await self._store.async_save()


def is_of_the_cloud(err: HomeAssistantError) -> bool:
    """Return whether an error came from a call, and not from what was asked."""
    return isinstance(err.__cause__, CodelocksError)
