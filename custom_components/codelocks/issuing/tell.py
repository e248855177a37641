"""Telling somebody codes: one message about all of them, sent to notify entities."""

from collections.abc import Iterable, Sequence
from typing import Any

from homeassistant.core import HomeAssistant

from .delivery import async_deliver
from .message import codes_message
from .netcode_lock import KeptCode


async def async_tell(
    hass: HomeAssistant,
    codes: Sequence[KeptCode],
    entity_ids: Iterable[str],
    message: str | None = None,
) -> list[dict[str, Any]]:
    """Send codes in the user's message or our own; returns a row for each notify entity."""
    text = codes_message(hass, codes, message)
    return await async_deliver(hass, entity_ids, text, secrets=[code.netcode for code in codes])
