"""Sending a message to notify entities.

We call the entity itself, never the notify action: action data is recorded. A group of entities
would call that action, so we call its members instead.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

from homeassistant.components.notify import DATA_COMPONENT
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant

from ..localize import localized

TIMEOUT = 30
"""Seconds: a notify entity that hangs does not hold the code back."""


async def async_deliver(
    hass: HomeAssistant, entity_ids: Iterable[str], message: str, *, secret: str
) -> list[dict[str, Any]]:
    """Send a message to notify entities; returns for each whether it worked, or why not.

    Never raises: a failed delivery must not lose the code.
    """
    return [
        {"entity_id": entity_id, **await _async_send(hass, entity_id, message, secret)}
        for entity_id in _members(hass, entity_ids)
    ]


def _members(hass: HomeAssistant, entity_ids: Iterable[str]) -> list[str]:
    """Return notify entities, each once, with groups replaced by their members."""
    queue = list(dict.fromkeys(entity_ids))
    groups = []
    for entity_id in queue:  # grows while it is read: groups may hold groups
        if (state := hass.states.get(entity_id)) and ATTR_ENTITY_ID in state.attributes:
            groups.append(entity_id)
            members = dict.fromkeys(state.attributes[ATTR_ENTITY_ID])
            queue += [member for member in members if member not in queue]
    return [entity_id for entity_id in queue if entity_id not in groups]


async def _async_send(
    hass: HomeAssistant, entity_id: str, message: str, secret: str
) -> dict[str, Any]:
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component else None
    if entity is None or not entity.available:
        return {"ok": False, "error": localized(hass, "notify_entity_unavailable")}
    try:
        async with asyncio.timeout(TIMEOUT):
            await entity.async_send_message(message=message)
    except Exception as err:  # noqa: BLE001 - other integrations may raise anything; the code is kept
        return {"ok": False, "error": f"{type(err).__name__}: {err}".replace(secret, "****")}
    return {"ok": True, "error": None}
