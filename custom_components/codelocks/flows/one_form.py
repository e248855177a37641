"""A subentry that is added and changed by one form."""

from collections.abc import Mapping
from typing import Any, ClassVar

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME
import probatio


class OneFormFlow(ConfigSubentryFlow):
    """Shows the form until nothing is wrong with what is filled in."""

    schema: probatio.Schema
    placeholders: ClassVar[Mapping[str, str]]

    def checked(
        self, user_input: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the data to store, and what is wrong with it, by field or section.

        Values that are `known`, so stored, may stay even if they would be refused by now.
        """
        raise NotImplementedError

    def is_there(self, data: Mapping[str, Any]) -> bool:
        """Return whether another subentry is the same."""
        return False

    def form_schema(self) -> probatio.Schema:
        """Return the form that is shown."""
        return self.schema

    @property
    def own_id(self) -> str | None:
        """The id of the subentry that is changed."""
        return self.context.get("subentry_id")

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add one."""
        errors: dict[str, str] = {}
        if user_input is not None:
            data, errors = self.checked(user_input, {})
            if not errors and self.is_there(data):
                return self.async_abort(reason="already_configured")
            if not errors:
                return self.async_create_entry(title=data[CONF_NAME], data=data)
        return self._form("user", user_input or {}, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change one."""
        entry, subentry = self._get_entry(), self._get_reconfigure_subentry()
        errors: dict[str, str] = {}
        if user_input is not None:
            data, errors = self.checked(user_input, subentry.data)
            if not errors and self.is_there(data):
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
            data_schema=self.add_suggested_values_to_schema(self.form_schema(), suggested),
            errors=errors,
            description_placeholders=self.placeholders,
        )
