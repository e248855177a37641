"""Codes as rows for a list: all that is known of them, but not what they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from homeassistant.core import HomeAssistant

from ..netcode.ledger import Issued
from .code_warnings import row_warnings, shared_names
from .netcode_lock import KeptCode


@lru_cache(maxsize=1000)
def iso(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as data; all times about a lock are in the lock's zone.

    Codes begin and end on the hour, so thousands of them share a few moments.
    """
    return moment.astimezone(zone).isoformat(timespec="seconds")


async def async_user_names(hass: HomeAssistant, rows: Iterable[Issued]) -> dict[str, str | None]:
    """Return the names of the users who had codes made, by their ids; users may be gone."""
    names: dict[str, str | None] = {}
    for user_id in {row.issued_user for row in rows if row.issued_user}:
        user = await hass.auth.async_get_user(user_id)
        names[user_id] = user.name if user else None
    return names


def not_mine(mine: Issued, same: Iterable[Issued]) -> list[Issued]:
    """Return the rows of a code that are another person's."""
    return [row for row in same if (row.name, row.reference) != (mine.name, mine.reference)]


def code_row(
    hass: HomeAssistant,
    device_id: str,
    code: KeptCode,
    others: Sequence[Issued],
    now: datetime,
    user: str | None,
) -> dict[str, Any]:
    """Return a code of the ledger as a row.

    `others` are the rows of other people who have the same code, `user` is the name of who made it.
    """
    lock, row = code.lock, code.row
    warnings = row_warnings(hass, code, others)
    return {
        "id": row.id,
        "device_id": device_id,
        "lock_name": lock.name,
        "name": row.name,
        "reference": row.reference,
        "start": iso(row.start, lock.zone),
        "end": iso(row.end, lock.zone),
        "mode": row.mode,
        "state": row.state(now).value,
        "issued_at": iso(row.issued_at, lock.zone),
        "issued_by": row.issued_by,
        "issued_user": user,
        "order": row.order,
        "spare": row.spare,
        "shared_with": list(shared_names(hass, others)),
        "warnings": [warning.text for warning in warnings],
        "warning_keys": [warning.key for warning in warnings],
    }
