"""What the tests of text messages share: people who may ask for codes."""

from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import fill_in

ANNA: dict[str, Any] = {"name": "Anna", "channel": "sms", "sender": "447123456789", "locks": []}
"""Anna, as stored in a subentry."""
FORM = {"name": "Anna", "channel": "sms", "sender": "+44 7123 456789"}
"""Anna, as filled into the form."""


async def requester_form(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Any:
    """Open the form that adds somebody."""
    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "requester"), context={"source": SOURCE_USER}
    )
    assert form["type"] is FlowResultType.FORM
    return form


async def changing(hass: HomeAssistant, entry: CodelocksConfigEntry, subentry_id: str) -> Any:
    """Open the form that changes a subentry."""
    subentry = entry.subentries[subentry_id]
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, subentry.subentry_type),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": subentry_id},
    )


async def add_requester(hass: HomeAssistant, entry: CodelocksConfigEntry, **changes: Any) -> str:
    """Add somebody who may ask for codes; returns the id of their subentry."""
    known = set(entry.subentries)
    result = await fill_in(hass, await requester_form(hass, entry), FORM | changes)
    assert result["type"] is FlowResultType.CREATE_ENTRY, result
    return (set(entry.subentries) - known).pop()
