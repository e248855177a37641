"""The account's button: read now what is not fresh."""

from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import CodelocksConfigEntry
from .entity import AccountEntity
from .permission import async_caller
from .reading.refresh import async_refresh

PARALLEL_UPDATES = 1

REFRESH = ButtonEntityDescription(
    key="refresh", translation_key="refresh", entity_category=EntityCategory.DIAGNOSTIC
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the button."""
    async_add_entities([RefreshButton(entry, REFRESH)])


class RefreshButton(AccountEntity, ButtonEntity):
    """Reads what is not fresh."""

    @override
    async def async_press(self) -> None:
        """Read the lock list, and the activity and clients of all locks."""
        await async_refresh(self._data, await async_caller(self.hass, self._context))
