"""Telling somebody a code: the message with its times, sent to notify entities."""

from collections.abc import Iterable, Mapping
import re
from typing import Any

from homeassistant.core import HomeAssistant

from ..localize import localized, placeholders, time_text
from .delivery import async_deliver
from .issue import IssuedCode
from .netcode_lock import NetcodeLock

_FIELD = re.compile(r"\{(netcode|lock|name|start|end)\}")


def filled(message: str, values: Mapping[str, str]) -> str:
    """Return a message with its five fields filled in; fields within values are left alone."""
    return _FIELD.sub(lambda match: values[match[1]], message)


async def async_tell(
    hass: HomeAssistant,
    lock: NetcodeLock,
    code: IssuedCode,
    entity_ids: Iterable[str],
    message: str | None = None,
) -> list[dict[str, Any]]:
    """Send a code in the user's message or our own; returns a row for each notify entity."""
    default = localized(hass, "delivery_k3" if lock.is_k3 else "delivery_kitlock")
    values = {
        "netcode": code.netcode,
        **placeholders(lock=lock.name, name=code.row.name or ""),
        "start": time_text(code.row.start, lock.zone),
        "end": time_text(code.row.end, lock.zone),
    }
    text = filled(message or default, values)
    return await async_deliver(hass, entity_ids, text, secret=code.netcode)
