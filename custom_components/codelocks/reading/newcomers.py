"""New locks of an account, and how many of them are believed at once.

Home Assistant remembers each device and entity that there ever was. A cloud that names other locks
in each of its lists would make it remember hundreds more each time, for ever.
"""

from collections.abc import Container
from dataclasses import replace
from datetime import datetime, timedelta
import logging

from ..api import LockList

_LOGGER = logging.getLogger(__name__)

AT_ONCE = 10
"""New locks in a day that are there at once. Where more come, each has to be in two lists."""
MOST = 200
"""New locks in a day. The others have their turn on the next."""
_DAY = timedelta(days=1)
_NONE = timedelta()


class Newcomers:
    """Keeps count of the new locks of a day. The first list of an account has none."""

    def __init__(self) -> None:
        """Start without any."""
        self._admitted: list[datetime] = []
        self._waiting: frozenset[str] = frozenset()
        """The new locks of the last list that were not let in."""

    def admit(self, known: Container[str] | None, found: LockList, now: datetime) -> LockList:
        """Return a list without the new locks that have to wait.

        Then it is not complete: a list that is hard to believe takes no lock away either.
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
            _LOGGER.warning("%s new locks wait until the next list has them, too", len(waiting))
        self._waiting = waiting
        if not waiting:
            return found
        locks = tuple(lock for lock in found.locks if lock.lock_id not in waiting)
        return replace(found, locks=locks, complete=False)
