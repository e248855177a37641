"""New locks of an account, and how many of them are added at once.

Home Assistant remembers every device and entity for ever. A cloud that lists other locks at each
read would make it remember hundreds more each time.
"""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime, timedelta
import logging

from ..api import LockList

_LOGGER = logging.getLogger(__name__)

AT_ONCE = 10
"""New locks a day that are added at once. If there are more, each must be in two lists."""
MOST = 200
"""Most new locks a day. The others wait for the next day."""
_DAY = timedelta(days=1)
_NONE = timedelta()


class Newcomers:
    """The new locks of the last day. The locks of an account's first list are not new."""

    def __init__(self) -> None:
        """Start empty."""
        self._admitted: list[datetime] = []
        self._waiting: frozenset[str] = frozenset()
        """The new locks of the last list that were not added."""

    def admit(self, known: Container[str] | None, found: LockList, now: datetime) -> LockList:
        """Return a list without the new locks that must wait.

        Such a list is not complete: it may be wrong, so no lock goes by it either.
        """
        if known is None:
            return found
        self._admitted = [at for at in self._admitted if _NONE <= now - at < _DAY]
        room = MOST - len(self._admitted)
        new = dict.fromkeys(lock.lock_id for lock in found.locks if lock.lock_id not in known)
        are_few = len(self._admitted) + len(new) <= AT_ONCE
        believed = [lock_id for lock_id in new if are_few or lock_id in self._waiting][:room]
        self._admitted += [now] * len(believed)
        waiting = frozenset(new).difference(believed)
        if waiting and not self._waiting:
            _LOGGER.warning(
                "%s new locks must be in the next list, too, before they are added", len(waiting)
            )
        self._waiting = waiting
        if not waiting:
            return found
        locks = tuple(lock for lock in found.locks if lock.lock_id not in waiting)
        return replace(found, locks=locks, complete=False)
