"""The websocket commands of the page; everything else that it does goes through the actions."""

from typing import Any

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import Unauthorized
import probatio

from ..account import CodelocksConfigEntry
from ..const import DOMAIN
from ..errors import invalid
from ..issuing.netcode_lock import netcode_lock
from ..localize import moment_words
from ..permission import Caller
from .feed import async_feed


@callback
def async_setup_websocket(hass: HomeAssistant) -> None:
    """Register the commands."""
    websocket_api.async_register_command(hass, _subscribe)
    websocket_api.async_register_command(hass, _reveal)


@callback
@websocket_api.websocket_command({probatio.Required("type"): "codelocks/subscribe"})
def _subscribe(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send a snapshot of what the user may see, and then what changes."""
    stop = async_feed(hass).async_subscribe(connection, msg["id"])
    connection.subscriptions[msg["id"]] = stop
    connection.send_result(msg["id"])


@callback
@websocket_api.websocket_command(
    {
        probatio.Required("type"): "codelocks/reveal",
        probatio.Required("netcode_id"): str,
    }
)
def _reveal(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Answer with a code, to those who may make codes for its lock."""
    row_id, caller = msg["netcode_id"], Caller(connection.user)
    entries: list[CodelocksConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    found = ((entry, entry.runtime_data.ledger_keeper.data.get(row_id)) for entry in entries)
    entry, issued = next((pair for pair in found if pair[1]), (None, None))
    lock = netcode_lock(entry, issued.owner) if entry and issued else None
    if entry is None or issued is None or lock is None:
        raise invalid("netcode_unknown", id=row_id)
    if not caller.may_issue(entry, issued.owner):
        raise Unauthorized(user_id=connection.user.id)
    if issued.code is None:
        raise invalid("netcode_over", lock=lock.name, end=moment_words(hass, issued.end, lock.zone))
    connection.send_result(msg["id"], {"netcode": issued.code})
