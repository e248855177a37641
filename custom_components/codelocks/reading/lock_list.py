"""Which locks an account has, from one read of the list to the next. Pure."""

from datetime import datetime

from ..api import LockList
from .records import LocksRecord


def merged(known: LocksRecord | None, found: LockList, now: datetime, most: int) -> LocksRecord:
    """Return the locks to keep after a read.

    A lock goes only when two complete lists in a row are without it: the cloud was seen to answer
    "no locks" in four ways, and a lock's device is not to be lost to a hiccup. A list of more than
    `most` is not complete: the locks that are known stay, and of the new ones the first come.
    """
    locks = {lock.lock_id: lock for lock in known.locks} if known else {}
    present = {lock.lock_id: lock for lock in found.locks}
    missing = known.missing if known else frozenset[str]()
    if found.complete and len(found.locks) <= most:
        absent = locks.keys() - present.keys()
        locks = {key: lock for key, lock in locks.items() if key not in absent & missing}
        missing = frozenset(absent - missing)
    else:
        missing -= present.keys()
    return LocksRecord(now, tuple((locks | present).values())[:most], missing)
