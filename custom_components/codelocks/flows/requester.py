"""Adding and changing somebody who may ask for a code by text message."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    DateSelector,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
)
from homeassistant.util import dt as dt_util
import probatio

from ..const import (
    CODES_BY_TEXT,
    CONF_CHANNEL,
    CONF_DAILY_LIMIT,
    CONF_LOCKS,
    CONF_SENDER,
    CONF_UNTIL,
    DOCS_CHANNELS,
    SUBENTRY_REQUESTER,
)
from ..issuing.requesters import Channel, same_sender, sender_id
from .fields import LOCKS, lock_device_ids, whole_number

REQUESTER = probatio.Schema(
    {
        probatio.Required(CONF_NAME): TextSelector(),
        probatio.Required(CONF_CHANNEL, default=Channel.SMS.value): SelectSelector(
            SelectSelectorConfig(
                options=[channel.value for channel in Channel], translation_key=CONF_CHANNEL
            )
        ),
        probatio.Required(CONF_SENDER): TextSelector(),
        probatio.Optional(CONF_LOCKS, default=[]): LOCKS,
        probatio.Optional(CONF_UNTIL): DateSelector(),
        probatio.Required(CONF_DAILY_LIMIT, default=CODES_BY_TEXT): whole_number(1, 100),
    }
)
_INVALID_SENDER = {
    Channel.SMS: "invalid_phone_number",
    Channel.TELEGRAM: "invalid_telegram_id",
    Channel.OTHER: "invalid_sender",
}


class RequesterFlow(ConfigSubentryFlow):
    """Adds and changes somebody who may ask for a code by text message."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a requester."""
        errors: dict[str, str] = {}
        if user_input is not None:
            data, errors = self._checked(user_input, {})
            if not errors and self._is_known(data):
                return self.async_abort(reason="already_configured")
            if not errors:
                return self.async_create_entry(title=data[CONF_NAME], data=data)
        return self._form("user", user_input or {}, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change a requester."""
        entry, subentry = self._get_entry(), self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None:
            data, errors = self._checked(user_input, subentry.data)
            if not errors and self._is_known(data, subentry.subentry_id):
                return self.async_abort(reason="already_configured")
            if not errors:
                return self.async_update_and_abort(
                    entry, subentry, title=data[CONF_NAME], data=data
                )
        known = {**subentry.data, CONF_NAME: subentry.title}
        return self._form("reconfigure", user_input or known, errors)

    def _form(
        self, step_id: str, suggested: Mapping[str, Any], errors: dict[str, str]
    ) -> SubentryFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(REQUESTER, suggested),
            errors=errors,
            description_placeholders={"docs_channels": DOCS_CHANNELS},
        )

    @callback
    def _checked(
        self, user_input: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the data to store, and form errors.

        Stored values may stay even if no longer valid: a lock that is gone, a day that is over.
        """
        channel = Channel(user_input[CONF_CHANNEL])
        sender = sender_id(channel, user_input[CONF_SENDER])
        data = {**user_input, CONF_NAME: user_input[CONF_NAME].strip(), CONF_SENDER: sender}
        if CONF_UNTIL in data:
            data[CONF_UNTIL] = cv.date(data[CONF_UNTIL]).isoformat()
        errors: dict[str, str] = {}
        if not data[CONF_NAME]:
            errors[CONF_NAME] = "name_required"
        if sender is None:
            errors[CONF_SENDER] = _INVALID_SENDER[channel]
        if not set(data[CONF_LOCKS]) <= lock_device_ids(self.hass, [self._get_entry()]).union(
            known.get(CONF_LOCKS, ())
        ):
            errors[CONF_LOCKS] = "not_a_lock"
        until = data.get(CONF_UNTIL)
        if until and until != known.get(CONF_UNTIL) and until < dt_util.now().date().isoformat():
            errors[CONF_UNTIL] = "until_is_over"
        return data, errors

    def _is_known(self, data: Mapping[str, Any], own: str | None = None) -> bool:
        """Return whether the account already has the sender."""
        return any(
            same_sender(requester.data, data)
            for requester in self._get_entry().get_subentries_of_type(SUBENTRY_REQUESTER)
            if requester.subentry_id != own
        )
