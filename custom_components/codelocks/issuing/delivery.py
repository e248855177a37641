"""Telling somebody a code, by notify entities.

The entity itself is called, never the notify action: what an action is given is recorded. A group
of entities calls that action, so its members are called in its place.
"""

import asyncio
from collections.abc import Iterable, Mapping
import re
from typing import Any

from homeassistant.components.notify import DATA_COMPONENT
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant

from ..localize import localized

TIMEOUT = 30
"""Seconds: a notify entity that hangs does not hold the code back."""

_FIELD = re.compile(r"\{(netcode|lock|name|start|end)\}")


def filled(message: str, values: Mapping[str, str]) -> str:
    """Return a message with its five fields filled in; what is filled in is not looked at again."""
    return _FIELD.sub(lambda match: values[match[1]], message)


async def async_deliver(
    hass: HomeAssistant, entity_ids: Iterable[str], message: str, *, secret: str
) -> list[dict[str, Any]]:
    """Send a message to notify entities; returns for each whether it went out, and why not.

    A code that is made is never lost to a delivery that fails: nothing is raised.
    """
    return [
        {"entity_id": entity_id, **await _async_send(hass, entity_id, message, secret)}
        for entity_id in _members(hass, entity_ids)
    ]


def _members(hass: HomeAssistant, entity_ids: Iterable[str]) -> list[str]:
    """Return notify entities, each once, with the members of groups in the place of these."""
    found = list(dict.fromkeys(entity_ids))
    groups = []
    for entity_id in found:  # those of a group are looked at in their turn
        if (state := hass.states.get(entity_id)) and ATTR_ENTITY_ID in state.attributes:
            groups.append(entity_id)
            members = dict.fromkeys(state.attributes[ATTR_ENTITY_ID])
            found += [member for member in members if member not in found]
    return [entity_id for entity_id in found if entity_id not in groups]


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
    except Exception as err:  # noqa: BLE001 - another integration's: whatever it is, the code is kept
        return {"ok": False, "error": f"{type(err).__name__}: {err}".replace(secret, "****")}
    return {"ok": True, "error": None}
