"""Adding an account, and changing its keys."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, override
from uuid import uuid4

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    FlowType,
    SubentryFlowContext,
)
from homeassistant.const import CONF_API_KEY, CONF_URL
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import AbortFlow, section
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.typing import VolDictType
import probatio
from yarl import URL

from .api import (
    DEFAULT_NETCODE_VERSION,
    DEFAULT_URL,
    Account,
    CodelocksClient,
    CodelocksError,
)
from .const import (
    CONF_ACCESS_KEY,
    CONF_CONNECTION,
    CONF_NETCODE_VERSION,
    CONF_PLAN,
    DEFAULT_OPTIONS,
    DOMAIN,
    PLAN_CUSTOM,
    SUBENTRY_BOOKINGS,
    SUBENTRY_KITLOCK,
    SUBENTRY_REQUESTER,
    SUBENTRY_VISITOR,
)
from .errors import flow_error
from .flows.bookings import BookingsFlow
from .flows.kitlock import KitLockFlow
from .flows.netcode_version import NETCODE_VERSION
from .flows.options import CodelocksOptionsFlow
from .flows.quota import CUSTOM_PLAN, PLAN, async_form_counter
from .flows.requester import RequesterFlow
from .flows.visitor import VisitorFlow
from .localize import placeholders, plain
from .store import async_try_afresh

PROBE_MODEL = "KL1060"
"""Without an access key we read its durations: any answer proves that the API key works."""

PASSWORD = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off"))
DEFAULT_CONNECTION = {
    CONF_URL: DEFAULT_URL,
    CONF_NETCODE_VERSION: DEFAULT_NETCODE_VERSION,
}
CONNECTION = {
    CONF_URL: TextSelector(TextSelectorConfig(type=TextSelectorType.URL)),
    CONF_NETCODE_VERSION: NETCODE_VERSION,
}
OF_THE_ADDRESS = frozenset({"https_required", "invalid_response"})
"""Errors that another address may mend. It may mend no answer, too, if the user changed it."""
KEYS: VolDictType = {
    probatio.Required(CONF_API_KEY): PASSWORD,
    probatio.Optional(CONF_ACCESS_KEY): PASSWORD,
}
USER: VolDictType = {**KEYS, probatio.Required(CONF_PLAN, default=DEFAULT_OPTIONS[CONF_PLAN]): PLAN}


def _with_connection(
    fields: VolDictType, errors: Mapping[str, str], connection: Mapping[str, str], url: str
) -> probatio.Schema:
    """Return a form with the section *Connection*, which is open if it may hold the error.

    What is not filled in there stays as in `connection`.
    """
    of_the_address = OF_THE_ADDRESS | ({"cannot_connect"} if url != DEFAULT_URL else set())
    collapsed = of_the_address.isdisjoint(errors.values())
    schema = probatio.Schema(
        {probatio.Required(key, default=connection[key]): kind for key, kind in CONNECTION.items()}
    )
    return probatio.Schema(
        {
            **fields,
            probatio.Required(CONF_CONNECTION): section(schema, {"collapsed": collapsed}),
        }
    )


def _connection(stored: Mapping[str, Any]) -> dict[str, str]:
    """Return the connection of an account; what it does not say has its default."""
    return {key: stored.get(key, default) for key, default in DEFAULT_CONNECTION.items()}


def _credentials(user_input: Mapping[str, Any], connection: Mapping[str, str]) -> dict[str, str]:
    """Return the credentials of a form, stripped: copied keys often have blanks around them.

    A form without the connection leaves it as it is.
    """
    connection = {**connection, **user_input.get(CONF_CONNECTION, {})}
    return {
        CONF_API_KEY: user_input[CONF_API_KEY].strip(),
        CONF_ACCESS_KEY: user_input.get(CONF_ACCESS_KEY, "").strip(),
        CONF_URL: connection[CONF_URL].strip(),
        CONF_NETCODE_VERSION: connection[CONF_NETCODE_VERSION],
    }


def _allowed(url: str) -> bool:
    """Return whether keys may be sent to an address: only encrypted, or to this machine."""
    try:
        parts = URL(url)
        host = parts.host or ""
        if parts.scheme == "https":
            return bool(host)
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


async def _async_client(hass: HomeAssistant, credentials: Mapping[str, str]) -> CodelocksClient:
    """Return a client for the keys of a form, whose calls are counted."""
    counter = await async_form_counter(hass, credentials[CONF_API_KEY])
    return CodelocksClient(
        async_get_clientsession(hass),
        credentials[CONF_API_KEY],
        credentials[CONF_ACCESS_KEY],
        url=credentials[CONF_URL],
        on_request=counter.count,
        on_answer=counter.answered,
    )


async def _async_check(
    hass: HomeAssistant, credentials: Mapping[str, str]
) -> tuple[Account | None, dict[str, str]]:
    """Check the keys with one utility call; returns the account, if there is one, and errors."""
    if not _allowed(credentials[CONF_URL]):
        return None, {"base": "https_required"}
    client = await _async_client(hass, credentials)
    try:
        if credentials[CONF_ACCESS_KEY]:
            return await client.account(), {}
        await client.durations(PROBE_MODEL)
    except CodelocksError as err:
        return None, {"base": flow_error(err)}
    return None, {}


async def _async_has_its_locks(
    hass: HomeAssistant, entry: ConfigEntry, credentials: Mapping[str, str]
) -> bool:
    """Return whether keys open an account with a lock of an entry's: one more utility call."""
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    known = {
        owner for device in devices for domain, owner in device.identifiers if domain == DOMAIN
    }
    known -= {entry.entry_id, *entry.subentries}
    if not known:
        return False
    client = await _async_client(hass, credentials)
    try:
        found = await client.locks()
    except CodelocksError:
        return False  # then the user knows
    return not known.isdisjoint(lock.lock_id for lock in found.locks)


class CodelocksConfigFlow(ConfigFlow, domain=DOMAIN):
    """Adds an account and changes its keys."""

    MINOR_VERSION = 2

    def __init__(self) -> None:
        """Start with nothing known."""
        self._title = ""
        self._credentials: dict[str, str] = {}
        self._account: Account | None = None
        self._options: dict[str, Any] = {}

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> CodelocksOptionsFlow:
        return CodelocksOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        return {
            SUBENTRY_KITLOCK: KitLockFlow,
            SUBENTRY_BOOKINGS: BookingsFlow,
            SUBENTRY_VISITOR: VisitorFlow,
            SUBENTRY_REQUESTER: RequesterFlow,
        }

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the keys and the plan."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._credentials = _credentials(user_input, DEFAULT_CONNECTION)
            self._abort_if_known()
            account, errors = await _async_check(self.hass, self._credentials)
            if not errors:
                self._title = plain(account.email) if account else "Codelocks Connect"
                await self.async_set_unique_id(account.email.lower() if account else uuid4().hex)
                self._abort_if_unique_id_configured()
                self._options = DEFAULT_OPTIONS | {CONF_PLAN: user_input[CONF_PLAN]}
                if user_input[CONF_PLAN] == PLAN_CUSTOM:
                    return await self.async_step_custom_plan()
                return self._create()
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                _with_connection(
                    USER, errors, DEFAULT_CONNECTION, self._credentials.get(CONF_URL, DEFAULT_URL)
                ),
                user_input,
            ),
            errors=errors,
        )

    async def async_step_custom_plan(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the numbers of a custom plan."""
        if user_input is None:
            return self.async_show_form(step_id="custom_plan", data_schema=CUSTOM_PLAN)
        self._options |= user_input
        return self._create()

    def _create(self) -> ConfigFlowResult:
        return self.async_create_entry(
            title=self._title, data=self._credentials, options=self._options
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Lead on to the first KitLock: without an access key there is no other lock."""
        entry = result["result"]
        if not entry.data[CONF_ACCESS_KEY]:
            flow = await self.hass.config_entries.subentries.async_init(
                (entry.entry_id, SUBENTRY_KITLOCK), context=SubentryFlowContext(source=SOURCE_USER)
            )
            result["next_flow"] = (FlowType.CONFIG_SUBENTRIES_FLOW, flow["flow_id"])
        return result

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Start reauthentication: the API rejects a key."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for new keys."""
        return await self._async_change("reauth_confirm", self._get_reauth_entry(), user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for other keys or another address."""
        return await self._async_change("reconfigure", self._get_reconfigure_entry(), user_input)

    async def _async_change(
        self,
        step_id: str,
        entry: ConfigEntry,
        user_input: dict[str, Any] | None,
    ) -> ConfigFlowResult:
        """Take new keys of the same account; an entry without access key may gain one."""
        errors: dict[str, str] = {}
        connection = _connection(entry.data)
        suggested: Mapping[str, Any] = {CONF_CONNECTION: connection}
        if user_input is not None:
            suggested = user_input
            self._credentials = _credentials(user_input, connection)
            errors = self._change_errors(entry)
            if not errors:
                self._account, errors = await _async_check(self.hass, self._credentials)
                errors = errors or self._taken_errors(entry)
            if not errors:
                return await self._async_recognise(entry)
        is_reauth = self.source == SOURCE_REAUTH
        url = self._credentials.get(CONF_URL, connection[CONF_URL])
        schema = (
            probatio.Schema(KEYS) if is_reauth else _with_connection(KEYS, errors, connection, url)
        )
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            description_placeholders=placeholders(account=entry.title),
            errors=errors,
        )

    def _change_errors(self, entry: ConfigEntry) -> dict[str, str]:
        """Return what is wrong with other keys before any call.

        An abort would end the flow, and with it the notice that keys are wanted.
        """
        if entry.data.get(CONF_ACCESS_KEY, "") and not self._credentials[CONF_ACCESS_KEY]:
            return {"base": "access_key_required"}
        try:
            self._abort_if_known()
        except AbortFlow:
            return {"base": "other_account"}
        return {}

    def _taken_errors(self, entry: ConfigEntry) -> dict[str, str]:
        """Return an error if the account of the keys is another entry's."""
        email = self._account.email.lower() if self._account else None
        known = email and self.hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, email)
        return {"base": "other_account"} if known and known is not entry else {}

    async def _async_recognise(self, entry: ConfigEntry) -> ConfigFlowResult:
        """Take keys of the entry's account; ask the user if it is not certain that they are."""
        if (
            self._account is None
            or not entry.data.get(CONF_ACCESS_KEY, "")
            or self._account.email.lower() == entry.unique_id
            or await _async_has_its_locks(self.hass, entry, self._credentials)
        ):
            return await self._async_update(entry)
        return await self.async_step_other_email()

    @property
    def _entry(self) -> ConfigEntry:
        """The entry that gets other keys."""
        is_reauth = self.source == SOURCE_REAUTH
        return self._get_reauth_entry() if is_reauth else self._get_reconfigure_entry()

    async def async_step_other_email(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether an account of another e-mail address is the same one."""
        assert self._account  # noqa: S101 - set by the previous step
        form = "reauth_confirm" if self.source == SOURCE_REAUTH else "reconfigure"
        return self.async_show_menu(
            step_id="other_email",
            menu_options=["same_account", form],
            description_placeholders=placeholders(
                account=self._entry.title, email=self._account.email
            ),
        )

    async def async_step_same_account(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take the keys: the user says that only the account's e-mail address has changed."""
        if not self._taken_errors(self._entry):
            return await self._async_update(self._entry)
        # It was added meanwhile, so it is another one.
        if self.source == SOURCE_REAUTH:
            return await self.async_step_reauth_confirm()
        return await self.async_step_reconfigure()

    async def _async_update(self, entry: ConfigEntry) -> ConfigFlowResult:
        """Store the new keys; reloads here unless the loaded entry's listener does."""
        unique_id, title = entry.unique_id, entry.title
        if self._account:
            unique_id = self._account.email.lower()
            if not entry.data.get(CONF_ACCESS_KEY, "") or title.lower() == entry.unique_id:
                title = plain(self._account.email)
        async_try_afresh(self.hass, entry.entry_id)
        listener_reloads = (
            entry.state is ConfigEntryState.LOADED and self._credentials != entry.data
        )
        result = self.async_update_and_abort(
            entry, unique_id=unique_id, title=title, data=self._credentials
        )
        if not listener_reloads:
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return result

    def _abort_if_known(self) -> None:
        """Abort before any call if another entry has these keys."""
        access_key = self._credentials[CONF_ACCESS_KEY]
        same = {CONF_ACCESS_KEY: access_key}
        if not access_key:
            same[CONF_API_KEY] = self._credentials[CONF_API_KEY]
        self._async_abort_entries_match(same)
