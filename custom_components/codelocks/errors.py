"""The only mapping of the client's errors to words: for reads and for writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .api import (
    CodelocksAccessKeyError,
    CodelocksAuthError,
    CodelocksBudgetError,
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksRejectedError,
    CodelocksResponseError,
    CodelocksThrottledError,
)
from .const import DOMAIN

KEY_ERRORS = (CodelocksAuthError, CodelocksAccessKeyError)
"""A key that no longer works: new ones are asked for."""


class UnexpectedError(CodelocksResponseError):
    """An error nobody expected, in an answer or in our code: only that read fails.

    Says where it came from, but not in its own words, which may quote what is secret.
    """

    def __init__(self, err: Exception) -> None:
        """Take the place of an exception."""
        super().__init__(type(err).__name__)
        self.with_traceback(err.__traceback__)


_KEYS: dict[type[CodelocksError], str] = {
    CodelocksAuthError: "invalid_api_key",
    CodelocksAccessKeyError: "invalid_access_key",
    CodelocksBudgetError: "reserve_kept",
    CodelocksQuotaError: "quota_exceeded",
    CodelocksThrottledError: "throttled",
    CodelocksRejectedError: "rejected",
    CodelocksConnectionError: "cannot_connect",
    CodelocksResponseError: "invalid_response",
    UnexpectedError: "invalid_response",
}


_ACCOUNT_WIDE = (
    *KEY_ERRORS,
    CodelocksBudgetError,
    CodelocksQuotaError,
    CodelocksThrottledError,
    CodelocksConnectionError,
)
"""Errors that concern the whole account, not one lock."""

_FLOW_KEYS = {"throttled": "cannot_connect", "rejected": "invalid_response"}


class Translation(TypedDict):
    """The arguments that Home Assistant's exceptions take for a translated text."""

    translation_domain: str
    translation_key: str
    translation_placeholders: dict[str, str]


def translated(key: str, **placeholders: str) -> Translation:
    """Return the arguments for one of our texts."""
    return Translation(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders
    )


def translation(err: CodelocksError) -> Translation:
    """Return the arguments for the text of a client's error."""
    return translated(error_key(err), reason=str(err))


def error_key(err: CodelocksError) -> str:
    """Return the translation key of a client's error: in exceptions and in the flow."""
    return _KEYS[type(err)]


def flow_error(err: CodelocksError) -> str:
    """Return a form's error; some kinds have no sentence of their own there."""
    if isinstance(err, CodelocksConnectionError) and err.no_path:
        return _KEYS[CodelocksResponseError]
    key = error_key(err)
    return _FLOW_KEYS.get(key, key)


def invalid(key: str, **placeholders: str) -> ServiceValidationError:
    """Return an error for what the user can put right."""
    return ServiceValidationError(**translated(key, **placeholders))


def error_from(key: str, reason: str) -> HomeAssistantError:
    """Return the error for a user, given the key and the words of a client's error."""
    kind = ServiceValidationError if key == _KEYS[CodelocksRejectedError] else HomeAssistantError
    return kind(**translated(key, reason=reason))


def answer_lost(err: CodelocksError) -> bool:
    """Return whether a write may have been carried out, though no answer says so."""
    return isinstance(err, CodelocksResponseError) or (
        isinstance(err, CodelocksConnectionError) and err.sent
    )


def account_wide_error(err: HomeAssistantError) -> HomeAssistantError | None:
    """Return why calls for other locks of the account would also fail; None if they may work.

    If an answer was lost, the other locks were not tried: for them there was no connection.
    """
    reason = err.__cause__
    return HomeAssistantError(**translation(reason)) if isinstance(reason, _ACCOUNT_WIDE) else None


@contextmanager
def api_errors(hass: HomeAssistant, entry: ConfigEntry) -> Iterator[None]:
    """Translate the client's errors for what a user asked for, and act on them.

    A rejected key starts reauth.
    """
    try:
        yield
    except CodelocksError as err:
        if isinstance(err, KEY_ERRORS):
            entry.async_start_reauth(hass)
        raise error_from(error_key(err), str(err)) from err
