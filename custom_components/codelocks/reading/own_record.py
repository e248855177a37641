"""What a lock's own record tells beyond the list, for its diagnostics: names, and no values.

It takes a utility call, so it is read once for each lock, and only if somebody downloads them.
"""

from typing import Any

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..account import CodelocksData
from ..api import CodelocksError, Lock
from ..errors import error_key
from ..polling.spending import spending


async def async_own_record(data: CodelocksData, lock_id: str) -> dict[str, Any]:
    """Return the names of the fields that only a lock's own record fills, or why they are unknown.

    What polling never touches is not spent on it, and a failure is not repeated for ten minutes.
    """

    async def ask() -> list[str]:
        own, listed = await data.client.lock(lock_id), data.locks.data.by_id.get(lock_id)
        names = _only_in(own, listed)
        data.store.set_only_there(lock_id, names)
        return names

    def known() -> list[str] | None:
        return data.store.only_there(lock_id)

    now = dt_util.utcnow()
    if known() is None and (not data.polling_calls_left(now) or data.refused_until(now) > now):
        return {"error": "polling_budget_spent"}
    try:
        with spending(uses_reserve=False):
            return {"only_there": await data.questions.async_ask(f"lock {lock_id}", ask, known)}
    except CodelocksError as err:
        return {"error": error_key(err)}
    except HomeAssistantError as err:  # the same failure, remembered
        return {"error": err.translation_key}


def _only_in(own: Lock, listed: Lock | None) -> list[str]:
    """Return the names of the fields that are filled here and not in the list."""
    there = listed.to_dict() if listed else {}
    return sorted(
        key for key, value in own.to_dict().items() if value is not None and there.get(key) is None
    )
