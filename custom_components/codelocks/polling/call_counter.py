"""Counts the calls of an API key, in a private file that its accounts share and leave behind."""

from datetime import datetime
from hashlib import sha256

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..api import CodelocksBudgetError, Pool
from ..const import DOMAIN
from ..stored_file import StoredFile
from .quota import Quota, Usage
from .spending import spender

_COUNTERS: HassKey[dict[str, CallCounter]] = HassKey(f"{DOMAIN}_call_counters")


class CallCounter:
    """Counts the calls of one API key, for all entries that use it."""

    def __init__(self, hass: HomeAssistant, key: str) -> None:
        """Take the hash that stands for the API key."""
        self._file = StoredFile(hass, f"calls.{key}")
        self._listeners: list[CALLBACK_TYPE] = []
        self._replan: list[CALLBACK_TYPE] = []
        """The callbacks that replan, one for each entry that polls with the key."""
        self.usage = Usage()
        self.made = 0
        """Calls since Home Assistant started."""
        self.refused: dict[Pool, datetime] = {}
        """When the API said that a pool is spent, regardless of the counts here."""

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
        """Count one call of an entry for who asks: the client's hook, before it leaves.

        Raises CodelocksBudgetError where only the reserve is left, and is not theirs.
        """
        asking = spender()
        is_barred = pool is Pool.UTILITY and not asking.uses_reserve
        if is_barred and not self.polling_left(quota, dt_util.utcnow()):
            raise CodelocksBudgetError("what is left is kept for administrators")
        asking.count()
        self.count(pool)

    @callback
    def answered(self, pool: Pool, *, spent: bool) -> None:
        """Note whether the API said that a pool is spent: something else may use the key."""
        if spent == (pool in self.refused):
            return
        if spent:
            self.refused[pool] = dt_util.utcnow()
        else:
            del self.refused[pool]
        self._tell()
        if not spent:
            self._replan_all()

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
        """Call a listener on every change of the counts."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _update(self, usage: Usage) -> None:
        self.usage = usage
        self._file.async_save_soon(usage.as_dict)
        self._tell()

    @callback
    def _replan_all(self) -> None:
        for replan in list(self._replan):
            replan()

    @callback
    def _tell(self) -> None:
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
