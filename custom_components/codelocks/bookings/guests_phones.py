"""Guests who open with a phone: inviting them to K3 locks, and deleting the clients they became."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..api import AccessType, CodelocksRejectedError
from ..clients.changes import OUTCOME_DONE, adding, async_write, deleting
from ..const import DEFAULT_CLIENT_MESSAGE
from ..errors import api_errors
from .settings import InviteAs
from .world import FoundLock

OUTCOME_UNKNOWN = "outcome_unknown"
"""The key of an error: the answer was lost, and looking did not help."""
_UNKNOWN_CLIENT = "client_unknown"
_ACCESS_TYPES = {
    InviteAs.STANDARD: AccessType.STANDARD,
    InviteAs.ONE_TIME: AccessType.ONE_TIME,
}


async def async_is_client(hass: HomeAssistant, found: FoundLock, email: str) -> bool:
    """Return whether somebody is a client of a lock: one call, unless that was just read."""
    coordinator = found.data.clients.get(found.owner)
    if coordinator and coordinator.is_fresh:
        return coordinator.find(email) is not None
    with api_errors(hass, found.entry):
        if coordinator:
            await coordinator.async_get_clients()
            return coordinator.find(email) is not None
        clients = await found.data.client.clients(found.owner)
    return any(one.email.lower() == email.lower() for one in clients)


async def async_invite(
    hass: HomeAssistant, found: FoundLock, email: str, invite_as: InviteAs
) -> None:
    """Invite a guest, once; raises if it is not known that they are a client now."""
    change = adding(email, None, _ACCESS_TYPES[invite_as], DEFAULT_CLIENT_MESSAGE)
    try:
        await async_write(hass, found.entry, found.owner, change)
    except HomeAssistantError as err:
        if err.translation_key != OUTCOME_DONE:
            raise


async def async_delete(hass: HomeAssistant, found: FoundLock, email: str) -> None:
    """Delete a client; one who is gone already is deleted, too."""
    try:
        await async_write(hass, found.entry, found.owner, deleting(email))
    except HomeAssistantError as err:
        if err.translation_key in (OUTCOME_DONE, _UNKNOWN_CLIENT):
            return
        refused = isinstance(err.__cause__, CodelocksRejectedError)
        if not refused or await async_is_client(hass, found, email):
            raise
