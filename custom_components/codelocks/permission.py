"""Who may do what: the one place that looks at the user behind a request.

Actions, voice, entities and the page ask here. Automations and voice satellites have no user: what
they may do is up to the administrators who set them up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.websocket_api import current_connection
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import UnknownUser
from homeassistant.helpers import entity_registry as er

from .account import CodelocksConfigEntry
from .const import CONF_USERS_MAY_ISSUE


@dataclass(frozen=True, slots=True)
class Caller:
    """The user behind a request; None if there is no user."""

    user: User | None

    @property
    def user_id(self) -> str | None:
        """The id of the user, which is kept with the codes that they have made."""
        return self.user.id if self.user else None

    @property
    def is_limited(self) -> bool:
        """Whether it is a user who is not an administrator."""
        return self.user is not None and not self.user.is_admin

    @property
    def uses_reserve(self) -> bool:
        """Whether they may spend the calls that polling never touches."""
        return not self.is_limited

    @callback
    def may_control(self, entry: CodelocksConfigEntry, owner: str) -> bool:
        """Return whether Home Assistant lets them control a lock's calendar."""
        return not self.is_limited or self.may_control_calendar(_calendar(entry, owner))

    @callback
    def may_control_calendar(self, calendar: str | None) -> bool:
        """Return the same of a lock whose calendar is known: its entity id, if there is one."""
        return self._may(POLICY_CONTROL, calendar)

    @callback
    def may_read(self, entry: CodelocksConfigEntry, owner: str) -> bool:
        """Return whether Home Assistant shows them a lock's calendar: who has codes, and when."""
        return not self.is_limited or self._may(POLICY_READ, _calendar(entry, owner))

    @callback
    def _may(self, policy: str, calendar: str | None) -> bool:
        if self.user is None or self.user.is_admin:
            return True
        return calendar is not None and self.user.permissions.check_entity(calendar, policy)

    @callback
    def may_issue_with(self, options: Mapping[str, Any]) -> bool:
        """Return whether the options of an account let them use starred actions at all."""
        return not self.is_limited or bool(options[CONF_USERS_MAY_ISSUE])

    @callback
    def may_issue(self, entry: CodelocksConfigEntry, owner: str) -> bool:
        """Return whether they may use starred actions for a lock: codes and clients."""
        return self.may_issue_with(entry.runtime_data.options) and self.may_control(entry, owner)

    @callback
    def may_issue_all(self, entry: CodelocksConfigEntry) -> bool:
        """Return whether they may use starred actions for each lock of an account."""
        data = entry.runtime_data
        return self.may_issue_with(data.options) and all(
            self.may_control(entry, owner) for owner in data.owners
        )


def _calendar(entry: CodelocksConfigEntry, owner: str) -> str | None:
    """Return the entity id of a lock's calendar, disabled or not."""
    data = entry.runtime_data
    if (device := data.device(owner)) is None:
        return None
    registry = er.async_get(data.locks.hass)
    entities = er.async_entries_for_device(registry, device.id, include_disabled_entities=True)
    ours = (entity for entity in entities if entity.config_entry_id == entry.entry_id)
    return next((entity.entity_id for entity in ours if entity.domain == Platform.CALENDAR), None)


async def async_caller(hass: HomeAssistant, context: Context | None) -> Caller:
    """Return the caller of a context; raises UnknownUser for a deleted user."""
    if context is None or context.user_id is None:
        return Caller(None)
    if user := await hass.auth.async_get_user(context.user_id):
        return Caller(user)
    raise UnknownUser(context=context)


async def async_entity_caller(hass: HomeAssistant, context: Context | None) -> Caller:
    """Return who is operating an entity, even if Home Assistant passes no context.

    Its calendar command does not set the entity's context, so the previous action's remains.
    """
    if connection := current_connection.get():
        return Caller(connection.user)
    return await async_caller(hass, context)
