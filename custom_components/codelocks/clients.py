"""Smart-phone clients: how they are named, what they may, and the one way they are changed."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .api import (
    ALWAYS,
    DAYS,
    MAX_ACTIVE_PERIODS,
    ActivePeriod,
    Client,
    CodelocksClient,
    WriteResult,
)
from .const import DEFAULT_CLIENT_MESSAGE, MAX_CLIENT_MESSAGE
from .coordinator import CodelocksConfigEntry
from .errors import api_errors, invalid

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_NOT_IN_MESSAGES = re.compile(r"[^0-9A-Za-z _,\-.()]")
"""What an invitation may not hold (v1 documentation, Add Smart Phone Client)."""

type ClientWrite = Callable[[CodelocksClient, str], Awaitable[WriteResult]]
"""One change, given the API's client and a lock id."""


def checked_email(email: str) -> str:
    """Return an e-mail address; raises a validation error for what is none."""
    email = email.strip()
    if not _EMAIL.fullmatch(email):
        raise invalid("invalid_email")
    return email


def checked_message(message: str | None) -> str:
    """Return the words of an invitation; raises a validation error for what the API refuses."""
    message = (message or "").strip() or DEFAULT_CLIENT_MESSAGE
    if len(message) > MAX_CLIENT_MESSAGE:
        raise invalid("message_too_long", longest=str(MAX_CLIENT_MESSAGE))
    if refused := sorted(set(_NOT_IN_MESSAGES.findall(message))):
        raise invalid("message_characters", characters=" ".join(refused))
    return message


def checked_periods(periods: Iterable[Mapping[str, Any]] | None) -> tuple[ActivePeriod, ...]:
    """Return the active periods that a user wrote; none at all means always.

    Raises a validation error for what the API cannot hold.
    """
    if periods is None:
        return (ALWAYS,)
    checked = tuple(
        ActivePeriod(
            starts=period["starts"],
            ends=period["ends"],
            days=tuple(day for day in DAYS if day in period["days"]),
            enabled=period["enabled"],
        )
        for period in periods
    )
    if not 0 < len(checked) <= MAX_ACTIVE_PERIODS:
        raise invalid("number_of_periods", most=str(MAX_ACTIVE_PERIODS))
    for period in checked:
        if period.starts >= period.ends:
            raise invalid(
                "period_ends_before_start",
                starts=f"{period.starts:%H:%M}",
                ends=f"{period.ends:%H:%M}",
            )
    return checked


def as_response(client: Client) -> dict[str, Any]:
    """Return a client as actions answer it."""
    return {
        "email": client.email,
        "status": client.status,
        "access_type": client.access_type.lower() if client.access_type else None,
        "active_periods": [
            {
                "starts": f"{period.starts:%H:%M}",
                "ends": f"{period.ends:%H:%M}",
                "days": list(period.days),
                "enabled": period.enabled,
            }
            for period in client.active_periods
        ],
    }


async def async_write(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock_id: str, write: ClientWrite
) -> str | None:
    """Make one change at one lock, and read its clients anew; returns the API's word for it."""
    data = entry.runtime_data
    with api_errors(hass, entry, write=True):
        answer = await write(data.client, lock_id)
    if coordinator := data.clients.get(lock_id):
        await coordinator.async_refresh()
    return answer.result


async def async_write_each(
    hass: HomeAssistant,
    targets: Iterable[tuple[str, CodelocksConfigEntry, str]],
    write: ClientWrite,
) -> list[dict[str, Any]]:
    """Make one change at several locks: device id, entry and lock id of each.

    All are tried. On one lock a failure is an error; on several, it is one when none worked.
    """
    rows: list[dict[str, Any]] = []
    errors: list[HomeAssistantError] = []
    for device_id, entry, lock_id in targets:
        row: dict[str, Any] = {"device_id": device_id, "lock_id": lock_id}
        try:
            row |= {"ok": True, "result": await async_write(hass, entry, lock_id, write)}
        except HomeAssistantError as err:
            errors.append(err)
            row |= {"ok": False, "result": str(err)}
        rows.append(row)
    if len(errors) == len(rows):
        raise errors[0]
    return rows
