"""The fixes of issues: the right plan or counts, and another version of NetCode calls."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import probatio

from .api import DEFAULT_NETCODE_VERSION, Pool
from .const import CONF_NETCODE_VERSION, CONF_PLAN, DEFAULT_OPTIONS, PLAN_CUSTOM
from .flows.netcode_version import NETCODE_VERSION
from .flows.quota import (
    CUSTOM_PLAN,
    QUOTA,
    USED,
    async_current_options,
    async_form_counter,
    async_new_options,
)
from .localize import placeholders
from .polling.quota import Outlook, Quota


class QuotaFlow(RepairsFlow):
    """Asks for the plan and for the calls that were used, of the accounts on one API key."""

    def __init__(self, accounts: Sequence[ConfigEntry], pool: Pool, outlook: Outlook) -> None:
        """Take the accounts that the issue names, and what it says of a pool."""
        self._accounts = accounts
        self._pool = pool
        self._outlook = outlook
        self._current: dict[str, Any] = {}
        self._chosen: dict[str, Any] = {}

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Start with the only form."""
        return await self.async_step_quota()

    async def async_step_quota(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Ask for the plan and the counts."""
        if user_input is not None:
            self._chosen = user_input
            if user_input[CONF_PLAN] == PLAN_CUSTOM:
                return await self.async_step_custom_plan()
            return await self._async_finish()
        self._current = await async_current_options(self.hass, self._accounts[0])
        names = ", ".join(account.title for account in self._accounts)
        return self.async_show_form(
            step_id="quota",
            data_schema=self.add_suggested_values_to_schema(QUOTA, self._current),
            description_placeholders=placeholders(account=names),
        )

    async def async_step_custom_plan(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the numbers of a plan that is not on the list."""
        if user_input is not None:
            self._chosen |= user_input
            return await self._async_finish()
        return self.async_show_form(
            step_id="custom_plan",
            data_schema=self.add_suggested_values_to_schema(CUSTOM_PLAN, self._current),
        )

    def _changes(self, plan: Mapping[str, Any]) -> bool:
        """Return whether the form says anything new, of the plan or of a count."""
        return any(
            self._current[key] != self._chosen[key] for key in USED.keys() & self._chosen.keys()
        ) or any(
            (DEFAULT_OPTIONS | account.options).get(key) != value
            for account in self._accounts
            for key, value in plan.items()
        )

    async def _async_finish(self) -> RepairsFlowResult:
        """Take the plan, correct the counts, and forget that the API called a pool spent."""
        first, *others = self._accounts
        counter = await async_form_counter(self.hass, first.data[CONF_API_KEY])
        plan = {key: value for key, value in self._chosen.items() if key not in USED}
        # What was refused is tried again: a bolt-on may have been bought.
        if not counter.usage.refused and not self._changes(plan):
            return self.async_abort(reason="nothing_changed")
        options = await async_new_options(self.hass, first, self._chosen, self._current)
        for pool in Pool:
            counter.allow(pool)
        self.hass.config_entries.async_update_entry(first, options=options)
        for account in others:
            self.hass.config_entries.async_update_entry(
                account, options=DEFAULT_OPTIONS | account.options | plan
            )
        quota, now = Quota.from_options(options), dt_util.utcnow()
        if quota.outlook(counter.usage, self._pool, now) is self._outlook:
            return self.async_abort(reason="still_so")  # to create an entry deletes the issue
        return self.async_create_entry(data={})


VERSION = probatio.Schema({probatio.Required(CONF_NETCODE_VERSION): NETCODE_VERSION})


class VersionFlow(RepairsFlow):
    """Asks for another version of NetCode calls; nothing is tried before a code is made."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the account."""
        self._entry = entry

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Start with the only form."""
        return await self.async_step_version()

    async def async_step_version(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the version."""
        current = self._entry.data.get(CONF_NETCODE_VERSION, DEFAULT_NETCODE_VERSION)
        if user_input is None:
            return self.async_show_form(
                step_id="version",
                data_schema=self.add_suggested_values_to_schema(
                    VERSION, {CONF_NETCODE_VERSION: current}
                ),
                description_placeholders=placeholders(account=self._entry.title, version=current),
            )
        if user_input[CONF_NETCODE_VERSION] == current:
            return self.async_abort(reason="nothing_changed")
        # The account's listener reloads it.
        self.hass.config_entries.async_update_entry(
            self._entry, data={**self._entry.data, **user_input}
        )
        return self.async_create_entry(data={})


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    about = data or {}
    entry = hass.config_entries.async_get_entry(about["entry_id"])
    assert entry  # noqa: S101 - the issue goes with its entry
    for pool in Pool:
        for outlook in Outlook:
            if issue_id.startswith(f"{pool}_{outlook}_"):
                found = map(hass.config_entries.async_get_entry, about["accounts"].split())
                return QuotaFlow([one for one in found if one] or [entry], pool, outlook)
    return VersionFlow(entry)
