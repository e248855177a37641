"""What the forms for bookings and for visitors have in common: locks, and who is told."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, override

from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    DurationSelector,
    DurationSelectorConfig,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.helpers.typing import VolDictType
import probatio

from ..bookings.settings import LONGEST_LEAD
from ..bookings.values import read_length
from ..const import (
    CONF_LEAD,
    CONF_LOCKS,
    CONF_MESSAGE,
    CONF_NOTIFY_ENTITY_ID,
    CONF_TELL_OWNER,
    DOMAIN,
)
from ..localize import placeholders
from .fields import LOCKS, NOTIFY_ENTITIES, lock_device_ids
from .one_form import OneFormFlow

_FIELDS = "{netcode}, {lock}, {name}, {start}, {end}"
_CODE_FIELDS = "{codes}"
LENGTH = DurationSelector(DurationSelectorConfig())


def telling(lead_days: int) -> VolDictType:
    """Return the fields about who is told what; codes are made so many days ahead by default."""
    return {
        probatio.Required(CONF_LEAD, default={"days": lead_days}): DurationSelector(
            DurationSelectorConfig(enable_day=True)
        ),
        probatio.Optional(CONF_NOTIFY_ENTITY_ID, default=[]): NOTIFY_ENTITIES,
        probatio.Optional(CONF_MESSAGE): TextSelector(TextSelectorConfig(multiline=True)),
        probatio.Optional(CONF_TELL_OWNER, default=[]): NOTIFY_ENTITIES,
    }


WHO: VolDictType = {
    probatio.Required(CONF_NAME): TextSelector(),
    probatio.Required(CONF_LOCKS): LOCKS,
}


class GuestsFlow(OneFormFlow):
    """Adds and changes a subentry whose guests get codes."""

    placeholders: ClassVar = placeholders(fields=_FIELDS, code_fields=_CODE_FIELDS)

    @override
    def checked(
        self, user_input: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the data to store, and form errors; a lock that is gone may stay chosen."""
        data = {**user_input, CONF_NAME: user_input[CONF_NAME].strip()}
        return data, self._who_errors(data, known) | self.errors(data, known)

    def errors(self, data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with the rest of a filled form, by field or section."""
        raise NotImplementedError

    def _who_errors(self, data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with name and locks."""
        errors: dict[str, str] = {}
        if not data[CONF_NAME]:
            errors[CONF_NAME] = "name_required"
        ours = lock_device_ids(self.hass, self.hass.config_entries.async_entries(DOMAIN))
        if not data[CONF_LOCKS]:
            errors[CONF_LOCKS] = "lock_required"
        elif not ours.issuperset({*data[CONF_LOCKS]} - {*known.get(CONF_LOCKS, ())}):
            errors[CONF_LOCKS] = "not_a_lock"
        return errors


def telling_error(data: Mapping[str, Any]) -> str | None:
    """Return what is wrong with who is told what."""
    if read_length(data[CONF_LEAD]) > LONGEST_LEAD:
        return "lead_too_long"
    message = data.get(CONF_MESSAGE, "").strip()
    if message and "{netcode}" not in message and "{codes}" not in message:
        return "message_without_code"
    return None


def overlap(one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether two have a lock in common."""
    return not {*one}.isdisjoint(other)
