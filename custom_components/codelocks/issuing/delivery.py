"""Sending a message to notify entities.

We call the entity itself, never the notify action: action data is recorded. A group of entities
would call that action, so we call its members instead.
"""

import asyncio
from collections.abc import Collection, Iterable
from typing import Any

from homeassistant.components.notify import DATA_COMPONENT, DOMAIN
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback, split_entity_id

from ..errors import invalid
from ..localize import localized
from ..reading.audit import masked

TIMEOUT = 30
"""Seconds: a notify entity that hangs does not hold the code back."""


async def async_deliver(
    hass: HomeAssistant, entity_ids: Iterable[str], message: str, *, secrets: Collection[str]
) -> list[dict[str, Any]]:
    """Send a message to notify entities; returns for each whether it worked, or why not.

    Never raises: a failed delivery must not lose the code.
    """
    return [
        {"entity_id": entity_id, **await _async_send(hass, entity_id, message, secrets)}
        for entity_id in members_of(hass, entity_ids)
    ]


@callback
def async_check_recipients(hass: HomeAssistant, entity_ids: Iterable[str]) -> None:
    """Refuse entities that nobody can send to; one that is only away at present is accepted."""
    component = hass.data.get(DATA_COMPONENT)
    for entity_id in entity_ids:
        is_notify = split_entity_id(entity_id)[0] == DOMAIN
        exists = (component and component.get_entity(entity_id)) or hass.states.get(entity_id)
        if not (is_notify and exists):
            raise invalid("notify_entity_unknown", entity=entity_id)


@callback
def members_of(hass: HomeAssistant, entity_ids: Iterable[str]) -> list[str]:
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
    hass: HomeAssistant, entity_id: str, message: str, secrets: Iterable[str]
) -> dict[str, Any]:
    component = hass.data.get(DATA_COMPONENT)
    entity = component.get_entity(entity_id) if component else None
    if entity is None or not entity.available:
        return {"ok": False, "error": localized(hass, "notify_entity_unavailable")}
    try:
        async with asyncio.timeout(TIMEOUT):
            await entity.async_send_message(message=message)
    except Exception as err:  # noqa: BLE001 - other integrations may raise anything; the code is kept
        words = f"{type(err).__name__}: {err}"
        for secret in filter(None, secrets):
            words = words.replace(secret, "****")
        # It may also quote what it was given before.
        return {"ok": False, "error": masked(words)}
    return {"ok": True, "error": None}
