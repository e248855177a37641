"""What is read because somebody asks for it, within what they may spend."""

from collections.abc import Collection

from homeassistant.util import dt as dt_util

from ..account import CodelocksData
from ..permission import Caller
from ..polling.daily_share import DailyShare
from ..polling.spending import spending

_SHARE = "daily_share"
"""The store's note of the day's share of those who are no administrators."""


async def async_refresh(
    data: CodelocksData, caller: Caller, lock_ids: Collection[str] | None = None
) -> int:
    """Read at once what is not fresh of some locks, or all; returns how many calls it took.

    All who are no administrators have one share of an account's day, over restarts, too.
    """
    if not caller.is_limited:
        with spending():
            return await data.poller.async_refresh(lock_ids)

    def share() -> DailyShare:
        now = dt_util.now()
        return DailyShare.of_day(now.date(), data.store.note(_SHARE), data.polling_calls_left(now))

    def charge() -> None:
        data.store.set_note(_SHARE, share().charged().as_dict())

    with spending(uses_reserve=False, charge=charge):
        return await data.poller.async_refresh(lock_ids, lambda: share().left)
