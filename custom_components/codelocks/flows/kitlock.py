"""Adding and changing a KitLock."""

from collections.abc import Mapping
import re
from typing import Any, override
from zoneinfo import ZoneInfo

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.util import dt as dt_util
import probatio

from ..account import CodelocksConfigEntry
from ..api import INITIALISED_MODELS, K3_LOCK_MODEL, LOCK_MODELS, CodelocksError, Initialisation
from ..const import (
    CLOCK_UTC,
    CONF_CLOCK,
    CONF_CLOCK_LOST,
    CONF_IDENTIFIER,
    CONF_LOCK_MODEL,
    CONF_MASTER_CODE,
    CONF_TEXT_IDENTIFIER,
    CONF_TIME_ZONE,
    CONF_TIMECODE,
    SUBENTRY_KITLOCK,
)
from ..errors import KEY_ERRORS, error_key
from ..issuing.pasted import identifier, visible
from ..localize import placeholders
from ..netcode.kitlock import read_identifier, same_seeds, valid_identifier, valid_time_code
from ..time_zones import async_named_zone

_MASTER_CODE = re.compile(r"[0-9]{8}", re.ASCII)
_UNSHOWABLE = re.compile(r"[^0-9A-Za-z#*+., -]")
"""Characters that no keypad sequence has; a form would render them as Markdown."""

_SHOWN_UTC = CLOCK_UTC.upper()
"""The form's word for it: a list that takes words of the user's own shows values as they are."""

KITLOCK_MODELS = [model for model in LOCK_MODELS if model != K3_LOCK_MODEL]


def _select(options: list[str], *, custom: bool = False) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(options=options, custom_value=custom, mode=SelectSelectorMode.DROPDOWN)
    )


class KitLockFlow(ConfigSubentryFlow):
    """Adds a KitLock by its details, or by initialising it now."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._name = ""
        self._lock_model = ""
        self._initialisation: Initialisation | None = None

    @override
    def _get_entry(self) -> CodelocksConfigEntry:
        return super()._get_entry()

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Offer the two ways to add a KitLock."""
        return self.async_show_menu(step_id="user", menu_options=["details", "initialise"])

    async def async_step_details(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Take the details of an initialised KitLock."""
        errors: dict[str, str] = {}
        if user_input is not None:
            data = _stripped(user_input)
            errors = await _async_errors(data) | self._text_errors(data)
            if not errors:
                return self._create(data)
        return self.async_show_form(
            step_id="details",
            data_schema=self.add_suggested_values_to_schema(self._details(), user_input),
            errors=errors,
        )

    def _details(self) -> probatio.Schema:
        """Return the form of a KitLock's details.

        Model and clock are optional here and checked later: the frontend preselects the first
        option of a required field, and codes for a wrong model or clock do not open.
        """
        clocks = list(dict.fromkeys([_SHOWN_UTC, self.hass.config.time_zone]))
        return probatio.Schema(
            {
                probatio.Required(CONF_NAME): TextSelector(),
                probatio.Optional(CONF_LOCK_MODEL): _select(KITLOCK_MODELS),
                probatio.Required(CONF_TIMECODE): TextSelector(),
                probatio.Required(CONF_IDENTIFIER): TextSelector(),
                probatio.Optional(CONF_CLOCK): _select(clocks, custom=True),
                probatio.Optional(CONF_TEXT_IDENTIFIER): TextSelector(),
            }
        )

    async def async_step_initialise(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Get the sequence that initialises a KitLock from the API: one utility call."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="entry_not_loaded")
        errors: dict[str, str] = {}
        if user_input is not None:
            master_code = user_input[CONF_MASTER_CODE].strip()
            zone = await async_named_zone(user_input[CONF_TIME_ZONE])
            if not user_input[CONF_NAME].strip():
                errors[CONF_NAME] = "name_required"
            elif not user_input.get(CONF_LOCK_MODEL):
                errors[CONF_LOCK_MODEL] = "model_required"
            elif not _MASTER_CODE.fullmatch(master_code):
                errors[CONF_MASTER_CODE] = "invalid_master_code"
            elif zone is None:
                errors[CONF_TIME_ZONE] = "invalid_time_zone"
            else:
                errors = await self._async_initialise(entry, user_input, master_code, zone)
            if not errors:
                return await self.async_step_sequence()
        here = self.hass.config.time_zone
        schema = probatio.Schema(
            {
                probatio.Required(CONF_NAME): TextSelector(),
                probatio.Optional(CONF_LOCK_MODEL): _select(list(INITIALISED_MODELS)),
                probatio.Required(CONF_MASTER_CODE): TextSelector(
                    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
                ),
                probatio.Required(CONF_TIME_ZONE, default=here): _select([here], custom=True),
            }
        )
        return self.async_show_form(
            step_id="initialise",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=errors,
        )

    async def _async_initialise(
        self,
        entry: CodelocksConfigEntry,
        user_input: Mapping[str, Any],
        master_code: str,
        zone: ZoneInfo,
    ) -> dict[str, str]:
        """Get the sequence; returns form errors. The master code is not stored."""
        self._name = user_input[CONF_NAME].strip()
        self._lock_model = user_input[CONF_LOCK_MODEL]
        try:
            self._initialisation = await entry.runtime_data.client.initialise(
                self._lock_model,
                master_code=master_code,
                time_zone=zone.key,
                random_identifier=True,
            )
        except CodelocksError as err:
            if isinstance(err, KEY_ERRORS):
                entry.async_start_reauth(self.hass)
            return {"base": error_key(err)}
        return {}

    async def async_step_sequence(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the sequence to enter at the lock, and let the user confirm what we read from it."""
        answer = self._initialisation
        assert answer  # noqa: S101 - set by the previous step
        errors: dict[str, str] = {}
        suggested: Mapping[str, Any] = {
            CONF_IDENTIFIER: read_identifier(answer),
            CONF_TIMECODE: answer.time_code,
        }
        if user_input is not None:
            suggested = user_input
            data = _stripped(
                {
                    **user_input,
                    CONF_NAME: self._name,
                    CONF_LOCK_MODEL: self._lock_model,
                    # The API's sequences are always in UTC (v1 documentation, Initialisation).
                    CONF_CLOCK: CLOCK_UTC,
                }
            )
            errors = await _async_errors(data)
            if not errors:
                return self._create(data)
        schema = probatio.Schema(
            {
                probatio.Required(CONF_IDENTIFIER): TextSelector(),
                probatio.Required(CONF_TIMECODE): TextSelector(),
            }
        )
        return self.async_show_form(
            step_id="sequence",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            description_placeholders={
                **placeholders(name=self._name),
                "sequence": _showable(answer.sequence),
                "format": _showable(answer.sequence_format or ""),
                "explanation": _showable(answer.format_description or ""),
            },
            errors=errors,
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change the details of a KitLock, or note that its battery was changed."""
        entry, subentry = self._get_entry(), self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None:
            data = _stripped(user_input)
            errors = await _async_errors(data) | self._text_errors(data, subentry.subentry_id)
            if not errors and self._is_known(data, subentry.subentry_id):
                return self.async_abort(reason="already_configured")
            if not errors:
                return self.async_update_and_abort(
                    entry, subentry, title=data[CONF_NAME], data=data
                )
        schema = self._details().extend(
            {probatio.Required(CONF_CLOCK_LOST, default=False): BooleanSelector()}
        )
        known = {CONF_NAME: subentry.title, **subentry.data}
        if known[CONF_CLOCK] == CLOCK_UTC:
            known[CONF_CLOCK] = _SHOWN_UTC
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or known),
            description_placeholders=placeholders(utc=f"{dt_util.utcnow():%H:%M}"),
            errors=errors,
        )

    def _text_errors(self, data: Mapping[str, Any], own: str | None = None) -> dict[str, str]:
        """Return form errors of the text identifier, which must be unique."""
        errors: dict[str, str] = {}
        if not (written := data.get(CONF_TEXT_IDENTIFIER)):
            return errors
        entry = self._get_entry()
        taken = {
            kitlock.data.get(CONF_TEXT_IDENTIFIER)
            for kitlock in entry.get_subentries_of_type(SUBENTRY_KITLOCK)
            if kitlock.subentry_id != own
        }
        if entry.state is ConfigEntryState.LOADED:
            taken |= {lock.sms_id for lock in entry.runtime_data.locks.data.locks}
        if (wanted := identifier(written)) is None:
            errors[CONF_TEXT_IDENTIFIER] = "invalid_text_identifier"
        elif wanted in {identifier(one) for one in taken if one}:
            errors[CONF_TEXT_IDENTIFIER] = "text_identifier_taken"
        return errors

    def _is_known(self, data: Mapping[str, Any], own: str | None = None) -> bool:
        """Return whether the account already has the KitLock."""
        return any(
            same_seeds(kitlock.data, data)
            for kitlock in self._get_entry().get_subentries_of_type(SUBENTRY_KITLOCK)
            if kitlock.subentry_id != own
        )

    def _create(self, data: dict[str, Any]) -> SubentryFlowResult:
        if self._is_known(data):
            return self.async_abort(reason="already_configured")
        return self.async_create_entry(title=data[CONF_NAME], data=data)


def _stripped(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return the input without blanks around its texts, and without invisible marks in them.

    In a name such a mark may be part of a letter.
    """
    data = {
        key: (value.strip() if key == CONF_NAME else visible(value))
        if isinstance(value, str)
        else value
        for key, value in user_input.items()
    }
    if data.get(CONF_CLOCK, "").upper() == _SHOWN_UTC:
        data[CONF_CLOCK] = CLOCK_UTC
    return data


async def _async_errors(data: Mapping[str, Any]) -> dict[str, str]:
    """Return form errors of a KitLock's details."""
    errors = {}
    if not data[CONF_NAME]:
        errors[CONF_NAME] = "name_required"
    if not data.get(CONF_LOCK_MODEL):
        errors[CONF_LOCK_MODEL] = "model_required"
    if not valid_time_code(data[CONF_TIMECODE]):
        errors[CONF_TIMECODE] = "invalid_timecode"
    if not valid_identifier(data[CONF_IDENTIFIER]):
        errors[CONF_IDENTIFIER] = "invalid_identifier"
    if not (clock := data.get(CONF_CLOCK)):
        errors[CONF_CLOCK] = "clock_required"
    elif clock != CLOCK_UTC and not await async_named_zone(clock):
        errors[CONF_CLOCK] = "invalid_time_zone"
    return errors


def _showable(sequence: str) -> str:
    """Return a keypad sequence that is safe to render as Markdown."""
    return _UNSHOWABLE.sub("", sequence)
