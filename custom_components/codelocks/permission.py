"""Who may do what: the one place that looks at the user behind a request.

Actions, voice, entities and the page ask here. Automations and voice satellites have no user: what
they may do is up to the administrators who set them up.
"""

from dataclasses import dataclass

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components.websocket_api import current_connection
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import UnknownUser
from homeassistant.helpers import entity_registry as er

from .account import CodelocksConfigEntry
from .const import CONF_USERS_MAY_ISSUE


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks for something; None for no user."""

    user: User | None

    @property
    def is_limited(self) -> bool:
        """Whether it is a user who is no administrator."""
        return self.user is not None and not self.user.is_admin

    @property
    def uses_reserve(self) -> bool:
        """Whether they may spend the calls that polling never touches."""
        return not self.is_limited

    @callback
    def may_control(self, entry: CodelocksConfigEntry, owner: str) -> bool:
        """Return whether Home Assistant lets them control a lock's calendar."""
        if self.user is None or self.user.is_admin:
            return True
        calendar = _calendar(entry, owner)
        permissions = self.user.permissions
        return calendar is not None and permissions.check_entity(calendar, POLICY_CONTROL)

    @callback
    def may_issue(self, entry: CodelocksConfigEntry, owner: str) -> bool:
        """Return whether they may use starred actions for a lock: codes and clients."""
        if self.is_limited and not entry.runtime_data.options[CONF_USERS_MAY_ISSUE]:
            return False
        return self.may_control(entry, owner)

    @callback
    def may_issue_all(self, entry: CodelocksConfigEntry) -> bool:
        """Return whether they may use starred actions for each lock of an account."""
        data = entry.runtime_data
        if self.is_limited and not data.options[CONF_USERS_MAY_ISSUE]:
            return False
        return all(self.may_control(entry, owner) for owner in data.owners)


def _calendar(entry: CodelocksConfigEntry, owner: str) -> str | None:
    """Return the entity id of a lock's calendar, disabled or not."""
    data = entry.runtime_data
    if (device := data.device(owner)) is None:
        return None
    registry = er.async_get(data.locks.hass)
    of_device = er.async_entries_for_device(registry, device.id, include_disabled_entities=True)
    ours = (one for one in of_device if one.config_entry_id == entry.entry_id)
    return next((one.entity_id for one in ours if one.domain == Platform.CALENDAR), None)


async def async_caller(hass: HomeAssistant, context: Context | None) -> Caller:
    """Return who asks; raises UnknownUser for one who is gone."""
    if context is None or context.user_id is None:
        return Caller(None)
    if user := await hass.auth.async_get_user(context.user_id):
        return Caller(user)
    raise UnknownUser(context=context)


async def async_entity_caller(hass: HomeAssistant, context: Context | None) -> Caller:
    """Return who has an entity do something, where Home Assistant tells no context, too.

    Its command for calendar events leaves the entity with the context of the action before.
    """
    if connection := current_connection.get():
        return Caller(connection.user)
    return await async_caller(hass, context)
