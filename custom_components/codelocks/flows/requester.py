"""Adding and changing somebody who may ask for a code by text message."""

from collections.abc import Mapping
from typing import Any, ClassVar, override

from homeassistant.const import CONF_NAME
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
from .one_form import OneFormFlow

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


class RequesterFlow(OneFormFlow):
    """Adds and changes somebody who may ask for a code by text message."""

    schema = REQUESTER
    placeholders: ClassVar = {"docs_channels": DOCS_CHANNELS}

    @override
    def checked(
        self, user_input: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the data to store, and form errors."""
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

    @override
    def is_there(self, data: Mapping[str, Any]) -> bool:
        """Return whether the account already has the sender."""
        return any(
            same_sender(requester.data, data)
            for requester in self._get_entry().get_subentries_of_type(SUBENTRY_REQUESTER)
            if requester.subentry_id != self.own_id
        )
