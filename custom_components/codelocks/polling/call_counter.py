"""Counts the calls of an API key, in a private file that its accounts share and leave behind."""

from datetime import datetime
from hashlib import sha256
from math import inf

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..api import CodelocksBudgetError, CodelocksError, CodelocksQuotaError, Pool
from ..const import DOMAIN
from ..stored_file import StoredFile
from .quota import Quota, Usage
from .spending import spender

SAVE_DELAY = 2
"""Seconds over which calls are gathered, but for the first. A crash forgets no more: it is a small
file, and to write it for each of the thousand calls of a large account would be too much."""

TELL_EVERY = 1
"""Seconds between two tellings while a request goes on: reading 500 locks makes a thousand calls,
and each telling writes states and looks at repair issues. The end of the request tells the rest."""

_COUNTERS: HassKey[dict[str, CallCounter]] = HassKey(f"{DOMAIN}_call_counters")


class CallCounter:
    """Counts the calls of one API key, for all entries that use it."""

    def __init__(self, hass: HomeAssistant, key: str) -> None:
        """Take the hash that stands for the API key."""
        self._hass = hass
        self._file = StoredFile(hass, f"calls.{key}", SAVE_DELAY)
        self._told_at = -inf
        """The loop's time at which the listeners were last told."""
        self._listeners: list[CALLBACK_TYPE] = []
        self._replan: list[CALLBACK_TYPE] = []
        """The callbacks that replan, one for each entry that polls with the key."""
        self.usage = Usage()
        self.made = 0
        """Calls since Home Assistant started."""

    @property
    def pollers(self) -> int:
        """How many entries poll with the key, and so share what is left."""
        return len(self._replan)

    async def async_load(self) -> None:
        """Read the stored counts."""
        self.usage = Usage.from_dict(await self._file.async_load())

    @callback
    def count(self, pool: Pool) -> None:
        """Count one call."""
        self.made += 1
        self._update(self.usage.spend(pool, dt_util.utcnow()))

    def polling_left(self, quota: Quota, now: datetime) -> int:
        """Return the calls that polling may spend until the reset, shared by the key's entries."""
        return quota.polling_left(self.usage, now) // max(1, self.pollers)

    @callback
    def spend(self, quota: Quota, pool: Pool) -> None:
        """Count one call for the current spender; the client's hook, before sending.

        Raises CodelocksBudgetError where only the reserve is left, and is not theirs.
        """
        asking = spender()
        is_barred = pool is Pool.UTILITY and not asking.uses_reserve
        if is_barred and not self.polling_left(quota, dt_util.utcnow()):
            raise CodelocksBudgetError("what is left is kept for administrators")
        asking.count()
        self.count(pool)

    @callback
    def answered(self, pool: Pool, error: CodelocksError | None) -> None:
        """Note what a call came to: the client's hook. Something else may use the key, too."""
        if isinstance(error, CodelocksQuotaError):
            self._update(self.usage.refuse(pool, dt_util.utcnow()), urgent=True)
        elif error is None:
            self.allow(pool)

    @callback
    def allow(self, pool: Pool) -> None:
        """Forget that the API said that a pool is spent."""
        if pool in self.usage.refused:
            self._update(self.usage.allow(pool))
            self._replan_all()

    @callback
    def look_at_clock(self, now: datetime) -> None:
        """Note which day it is: calls that a wrong clock dated are put right.

        Home Assistant's own midnight is not enough: after a clock was ahead it comes late.
        """
        usage = self.usage.looked(now)
        if usage is not self.usage:
            self._update(usage)

    @callback
    def correct(self, pool: Pool, used: int, since: datetime) -> None:
        """Replace the count with the user's."""
        self._update(self.usage.corrected(pool, used, dt_util.utcnow(), since))
        self._replan_all()

    @callback
    def async_join(self, replan: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Register an entry that polls with the key; returns a callback that removes it.

        `replan` is called when more may be left than the counts say.
        """
        self._replan.append(replan)
        return lambda: self._replan.remove(replan)

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call a listener when the counts change, but not for each of many calls."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _update(self, usage: Usage, *, urgent: bool = False) -> None:
        self.usage = usage
        self._file.async_save_soon(usage.as_dict, urgent=urgent)
        is_recent = self._hass.loop.time() < self._told_at + TELL_EVERY
        if not (is_recent and spender().at_end(self._tell)):
            self._tell()

    @callback
    def _replan_all(self) -> None:
        for replan in list(self._replan):
            replan()

    @callback
    def _tell(self) -> None:
        self._told_at = self._hass.loop.time()
        for listener in list(self._listeners):
            listener()


async def async_get_call_counter(hass: HomeAssistant, api_key: str) -> CallCounter:
    """Return the counter of an API key, of which only a hash is stored."""
    key = sha256(api_key.encode("utf-8", "replace")).hexdigest()[:32]
    counters = hass.data.setdefault(_COUNTERS, {})
    if key not in counters:
        counter = CallCounter(hass, key)
        await counter.async_load()
        counters.setdefault(key, counter)
    return counters[key]
