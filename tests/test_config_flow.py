"""Adding an account, new keys for it, and its options."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntryState,
    FlowType,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.api import DEFAULT_URL
from custom_components.codelocks.const import DEFAULT_OPTIONS, DOMAIN
from tests.codes import add_kitlock, device_id, make, netcode_calls
from tests.conftest import AddAccount, keys, settle
from tests.helpers import (
    asked,
    device_of,
    entity_id,
    get_schema_suggested_value,
    in_sections,
    pass_time,
    shown_in_sections,
    state_of,
    value,
)
from tests.simulator import (
    ACCESS_KEY,
    ACCOUNT_EMAIL,
    API_KEY,
    LOCK_1_ID,
    LOCK_2_ID,
    Fault,
    Simulator,
)

type Arrange = Callable[[Simulator], dict[str, Any]]

OTHER_API_KEY = "AnotherSubscription0123456789abcdefghijklmnopqrst"


async def submit(hass: HomeAssistant, flow: Any, data: dict[str, Any]) -> Any:
    """Fill in the form of a flow."""
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], data)
    await settle(hass)
    return result


async def ask_user(hass: HomeAssistant) -> Any:
    """Open the first form."""
    return await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})


async def said(hass: HomeAssistant, kind: str, key: str) -> str:
    """Return the English sentence of an error or abort; KeyError if there is none."""
    texts = await async_get_translations(hass, "en", "config", {DOMAIN})
    return texts[f"component.{DOMAIN}.config.{kind}.{key}"]


def stored(sim: Simulator, **changes: str) -> dict[str, str]:
    """Return what an entry holds."""
    known = {"api_key": API_KEY, "access_key": ACCESS_KEY, "url": sim.url, "netcode_version": "1"}
    return known | changes


def used(hass: HomeAssistant, entry: CodelocksConfigEntry, pool: str = "utility") -> int:
    """Return the calls that the account's sensor has counted."""
    attributes = state_of(hass, "sensor", entry.entry_id, f"{pool}_calls_left").attributes
    return int(attributes["used"])


async def test_account(hass: HomeAssistant, sim: Simulator) -> None:
    """An account is added with both keys."""
    flow = await ask_user(hass)
    assert flow["type"] is FlowResultType.FORM
    assert flow["step_id"] == "user"
    assert flow["errors"] == {}

    result = await submit(hass, flow, keys(sim, plan="pro_1"))

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == ACCOUNT_EMAIL
    assert result["data"] == stored(sim)
    assert result["options"]["plan"] == "pro_1"
    entry = result["result"]
    assert entry.unique_id == ACCOUNT_EMAIL.lower()
    assert entry.state is ConfigEntryState.LOADED
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"


async def test_check_is_one_call(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """The check is one call, and is counted."""
    entry = await add_account()
    assert asked(sim).count("k3connect/account") == 1
    assert used(hass, entry) == len(sim.calls) == sim.world.key.utility.used


async def test_without_access_key(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """Without an access key there are only KitLocks, and no K3 locks are read."""
    entry = await add_account(access_key="")
    assert entry.title == "Codelocks Connect"
    assert entry.unique_id
    assert asked(sim) == ["durations"]
    assert used(hass, entry) == 1
    assert device_of(hass, entry.entry_id, entry.entry_id)
    assert entity_id(hass, "sensor", LOCK_1_ID, "battery_status") is None


async def test_access_key_left_out(hass: HomeAssistant, sim: Simulator) -> None:
    """The access key may be left out of the form."""
    filled = keys(sim)
    del filled["access_key"]
    result = await submit(hass, await ask_user(hass), filled)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"]["access_key"] == ""


async def test_kitlocks_only_leads_to_the_first_one(hass: HomeAssistant, sim: Simulator) -> None:
    """Without an access key there is no lock yet, so the form to add a KitLock comes next."""
    result = await submit(hass, await ask_user(hass), keys(sim, access_key=""))
    kind, flow_id = result["next_flow"]
    assert kind is FlowType.CONFIG_SUBENTRIES_FLOW
    flow = hass.config_entries.subentries.async_get(flow_id)
    assert flow["handler"] == (result["result"].entry_id, "kitlock")
    assert flow["step_id"] == "user"
    hass.config_entries.subentries.async_abort(flow_id)
    assert "next_flow" not in await submit(hass, await ask_user(hass), keys(sim))


@pytest.mark.parametrize(
    ("changes", "collapsed"),
    [
        ({"connection": {"url": "http://codelocks.example"}}, False),
        ({"api_key": "wrong"}, True),
        ({"connection": {"url": "http://127.0.0.1:1"}}, False),
        ({}, False),
    ],
)
async def test_the_section_of_the_error_is_open(
    hass: HomeAssistant, sim: Simulator, changes: dict[str, Any], *, collapsed: bool
) -> None:
    """Where another address may mend it, its field is in sight."""
    if not changes:
        sim.faults.add(Fault(kind="html"))
    form = await submit(hass, await ask_user(hass), keys(sim, **changes))
    assert form["errors"]
    assert form["data_schema"].schema["connection"].options["collapsed"] is collapsed


async def test_blanks(sim: Simulator, add_account: AddAccount) -> None:
    """Keys and address are stripped of blanks."""
    entry = await add_account(
        api_key=f" {API_KEY}\n",
        access_key=f"\t{ACCESS_KEY} ",
        connection={"url": f" {sim.url} "},
    )
    assert entry.data == stored(sim)


async def test_custom_plan(hass: HomeAssistant, sim: Simulator) -> None:
    """A custom plan asks for its numbers, without another check."""
    form = await submit(hass, await ask_user(hass), keys(sim, plan="custom"))
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "custom_plan"
    schema = form["data_schema"].schema
    shown = {str(key): get_schema_suggested_value(schema, str(key)) for key in schema}
    assert shown == {"netcode_quota": 100, "utility_quota": 1000}
    with pytest.raises(InvalidData):
        await submit(hass, form, {"netcode_quota": 0, "utility_quota": 0})
    calls = len(sim.calls)

    result = await submit(hass, form, {"netcode_quota": 50, "utility_quota": 400})

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert asked(sim)[calls:].count("k3connect/account") == 0
    owner = result["result"].entry_id
    netcode = state_of(hass, "sensor", owner, "netcode_calls_left")
    assert (netcode.state, netcode.attributes["quota"]) == ("50", 50)
    assert state_of(hass, "sensor", owner, "utility_calls_left").attributes["quota"] == 400


async def test_default_address(hass: HomeAssistant) -> None:
    """The address is by default the production one."""
    flow = await ask_user(hass)
    filled = flow["data_schema"]({"api_key": "x", "plan": "pro_2", "connection": {}})
    assert filled["connection"] == {"url": DEFAULT_URL, "netcode_version": "1"}
    assert DEFAULT_URL.startswith("https://")


def wrong_api_key(sim: Simulator) -> dict[str, Any]:
    """Mistype the API key."""
    return keys(sim, api_key="NotAKey")


def unprintable_api_key(sim: Simulator) -> dict[str, Any]:
    """Paste something that does not fit into a header."""
    return keys(sim, api_key="kéy\u2028")


def wrong_access_key(sim: Simulator) -> dict[str, Any]:
    """Mistype the access key."""
    return keys(sim, access_key=ACCESS_KEY.upper())


def faulty(**fault: Any) -> Arrange:
    """Let the cloud fail once."""

    def arrange(sim: Simulator) -> dict[str, Any]:
        sim.faults.add(Fault(count=1, **fault))
        return keys(sim)

    return arrange


def at(url: str) -> Arrange:
    """Give another address."""
    return lambda sim: keys(sim, connection={"url": url})


def at_path(path: str) -> Arrange:
    """Give the address with a path that the gateway does not have."""
    return lambda sim: keys(sim, connection={"url": f"{sim.url}{path}"})


FORM_ERRORS = [
    pytest.param(wrong_api_key, "invalid_api_key", id="wrong API key"),
    pytest.param(unprintable_api_key, "invalid_api_key", id="API key of strange characters"),
    pytest.param(wrong_access_key, "invalid_access_key", id="wrong access key"),
    pytest.param(
        faulty(kind="invalid_access_key"), "invalid_access_key", id="wrong access key in a 200"
    ),
    pytest.param(faulty(kind="drop"), "cannot_connect", id="connection dropped"),
    pytest.param(at("http://127.0.0.1:9"), "cannot_connect", id="nobody listens"),
    pytest.param(faulty(kind="status", status=503), "cannot_connect", id="cloud is down"),
    pytest.param(faulty(kind="firewall"), "cannot_connect", id="a firewall's page"),
    pytest.param(faulty(kind="throttle"), "cannot_connect", id="throttled"),
    pytest.param(faulty(kind="quota"), "quota_exceeded", id="calls used up"),
    pytest.param(faulty(kind="html"), "invalid_response", id="HTML instead of JSON"),
    pytest.param(faulty(kind="truncated"), "invalid_response", id="half an answer"),
    pytest.param(
        faulty(kind="missing_key", field="email"), "invalid_response", id="account without e-mail"
    ),
    pytest.param(faulty(kind="status", status=400), "invalid_response", id="refused"),
    pytest.param(at_path("/v9"), "invalid_response", id="no such path"),
    pytest.param(at("http://codelocks.example"), "https_required", id="unencrypted"),
    pytest.param(at("http://127.0.0.1.evil.example"), "https_required", id="looks like loopback"),
    pytest.param(at("https://"), "https_required", id="no host"),
    pytest.param(at("codelocks"), "https_required", id="no address"),
]


@pytest.mark.parametrize(("arrange", "error"), FORM_ERRORS)
async def test_form_errors(
    hass: HomeAssistant, sim: Simulator, arrange: Arrange, error: str
) -> None:
    """Errors are shown, and can be corrected in the same form."""
    flow = await ask_user(hass)
    result = await submit(hass, flow, arrange(sim))
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "user"
    assert result["errors"] == {"base": error}
    assert await said(hass, "error", error)
    assert not hass.config_entries.async_entries(DOMAIN)

    result = await submit(hass, flow, keys(sim))
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_form_keeps_input(hass: HomeAssistant, sim: Simulator) -> None:
    """A form with an error keeps what was filled in."""
    result = await submit(hass, await ask_user(hass), wrong_access_key(sim) | {"plan": "pro_3"})
    schema = result["data_schema"].schema
    assert get_schema_suggested_value(schema, "plan") == "pro_3"
    assert get_schema_suggested_value(schema, "access_key") == ACCESS_KEY.upper()


async def test_unencrypted_address(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """Keys are never sent to an unencrypted address, so there is no call to count."""
    await submit(hass, await ask_user(hass), at("http://codelocks.example")(sim))
    assert not sim.calls
    entry = await add_account()
    assert used(hass, entry) == len(sim.calls)


async def test_failed_checks(hass: HomeAssistant, sim: Simulator) -> None:
    """A failed check is counted too."""
    flow = await ask_user(hass)
    for wrong in ("A", "B"):
        await submit(hass, flow, keys(sim, access_key=wrong))
    result = await submit(hass, flow, keys(sim))
    assert used(hass, result["result"]) == len(sim.calls) == sim.world.key.utility.used


@pytest.mark.usefixtures("entry")
async def test_same_access_key(hass: HomeAssistant, sim: Simulator) -> None:
    """The same access key is refused before a call is spent."""
    sim.world.add_key(OTHER_API_KEY)
    calls = len(sim.calls)
    result = await submit(hass, await ask_user(hass), keys(sim, api_key=OTHER_API_KEY))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert await said(hass, "abort", "already_configured")
    assert len(sim.calls) == calls


@pytest.mark.usefixtures("entry")
async def test_same_email(hass: HomeAssistant, sim: Simulator) -> None:
    """The same account is refused, whatever the case of its e-mail."""
    sim.world.add_account("other00key", email=ACCOUNT_EMAIL.swapcase())
    result = await submit(hass, await ask_user(hass), keys(sim, access_key="other00key"))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


async def test_same_api_key(hass: HomeAssistant, sim: Simulator, add_account: AddAccount) -> None:
    """A second entry without access key on the same API key is refused."""
    sim.world.add_key(OTHER_API_KEY)
    await add_account(access_key="")
    await add_account(access_key="", api_key=OTHER_API_KEY)
    await add_account()
    calls = len(sim.calls)

    result = await submit(hass, await ask_user(hass), keys(sim, access_key=""))

    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(sim.calls) == calls


def reauth_of(hass: HomeAssistant) -> Any:
    """Return the form that asks for new keys."""
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    return flow


async def test_rejected_while_polling(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A key rejected while polling asks for new ones, and ends polling until then."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    await pass_time(hass, freezer, timedelta(hours=12))
    assert reauth_of(hass)["step_id"] == "reauth_confirm"
    calls = len(sim.calls)
    await pass_time(hass, freezer, timedelta(hours=12), 4)
    assert len(sim.calls) == calls

    result = await submit(hass, reauth_of(hass), {"api_key": API_KEY, "access_key": " newkey0000 "})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert entry.data == stored(sim, access_key="newkey0000")
    assert entry.state is ConfigEntryState.LOADED
    await pass_time(hass, freezer, timedelta(hours=12))
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert sim.calls[-1].status == 200


async def test_rejected_by_action(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A key rejected in a user's action asks for new ones."""
    device = device_id(hass, entry, LOCK_1_ID)
    del sim.world.keys[API_KEY]
    with pytest.raises(HomeAssistantError, match="rejects the API key") as caught:
        await hass.services.async_call(
            DOMAIN, "get_audit", {"device_id": device}, blocking=True, return_response=True
        )
    assert caught.value.translation_key == "invalid_api_key"
    await settle(hass)
    assert reauth_of(hass)["step_id"] == "reauth_confirm"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(kind="invalid_access_key", path="*/k3connect"), "invalid_access_key"),
        (Fault(kind="status", status=403, path="*/k3connect"), "invalid_api_key"),
    ],
)
async def test_rejected_at_setup(
    hass: HomeAssistant, sim: Simulator, fault: Fault, reason: str
) -> None:
    """A key rejected by the first read asks for new ones; the same ones may work again."""
    sim.faults.add(fault)
    result = await submit(hass, await ask_user(hass), keys(sim))
    entry = result["result"]
    assert entry.state.value == "setup_error"
    assert entry.error_reason_translation_key == reason
    flow = reauth_of(hass)

    sim.faults.clear()
    result = await submit(hass, flow, {"api_key": API_KEY, "access_key": ACCESS_KEY})
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"


async def test_rejected_at_setup_and_changed(hass: HomeAssistant, sim: Simulator) -> None:
    """Another key is tried at once, too, though nothing is loaded that would listen to changes."""
    sim.faults.add(Fault(kind="status", status=403, path="*/k3connect"))
    entry = (await submit(hass, await ask_user(hass), keys(sim)))["result"]
    sim.faults.clear()
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    new = {"api_key": API_KEY, "access_key": "newkey0000"}
    assert (await submit(hass, reauth_of(hass), new))["reason"] == "reauth_successful"
    assert entry.data["access_key"] == "newkey0000"
    assert entry.state is ConfigEntryState.LOADED


async def test_changed_while_the_cloud_was_down(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """A change is tried at once, however long the wait would have been."""
    sim.faults.add(Fault(kind="status", status=503, path="*/k3connect"))
    entry = (await submit(hass, await ask_user(hass), keys(sim)))["result"]
    assert entry.state.value == "setup_retry"
    sim.faults.clear()
    freezer.tick()
    form = await change(hass, entry, SOURCE_RECONFIGURE)
    new = changed(SOURCE_RECONFIGURE, sim, connection={"url": f"{sim.url}/"})
    assert (await submit(hass, form, new))["reason"] == "reconfigure_successful"
    assert entry.state is ConfigEntryState.LOADED


async def change(hass: HomeAssistant, entry: CodelocksConfigEntry, source: str) -> Any:
    """Open the form that takes other keys."""
    return await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": source, "entry_id": entry.entry_id},
        data={**entry.data} if source == SOURCE_REAUTH else None,
    )


def changed(source: str, sim: Simulator, **changes: Any) -> dict[str, Any]:
    """Return the input for that form: reauth does not ask for the address."""
    asks = ("api_key", "access_key", "connection")[: 2 if source == "reauth" else 3]
    return {key: given for key, given in keys(sim, **changes).items() if key in asks}


both = pytest.mark.parametrize("source", ["reauth", "reconfigure"])


@both
@pytest.mark.parametrize(
    ("arrange", "error"),
    [
        pytest.param(wrong_api_key, "invalid_api_key", id="wrong API key"),
        pytest.param(wrong_access_key, "invalid_access_key", id="wrong access key"),
        pytest.param(faulty(kind="drop"), "cannot_connect", id="connection dropped"),
        pytest.param(faulty(kind="quota"), "quota_exceeded", id="calls used up"),
        pytest.param(faulty(kind="html"), "invalid_response", id="HTML instead of JSON"),
        pytest.param(
            lambda sim: keys(sim, access_key=" "), "access_key_required", id="no access key"
        ),
    ],
)
async def test_other_keys_errors(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    source: str,
    arrange: Arrange,
    error: str,
) -> None:
    """Other keys that do not work change nothing, and can be corrected in the same form."""
    before = {**entry.data}
    flow = await change(hass, entry, source)
    assert flow["description_placeholders"]["account"] == ACCOUNT_EMAIL
    wrong = arrange(sim)
    del wrong["plan"]
    result = await submit(hass, flow, changed(source, sim, **wrong))
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"base": error}
    assert await said(hass, "error", error)
    assert entry.data == before

    result = await submit(hass, flow, changed(source, sim))
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == f"{source}_successful"
    assert entry.state is ConfigEntryState.LOADED


async def test_reconfigure_address(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """The current address is shown, an unencrypted one refused."""
    flow = await change(hass, entry, "reconfigure")
    (section,) = [part for key, part in flow["data_schema"].schema.items() if key == "connection"]
    assert get_schema_suggested_value(section.schema.schema, "url") == sim.url
    result = await submit(hass, flow, changed("reconfigure", sim, connection={"url": "http://a.b"}))
    assert result["errors"] == {"base": "https_required"}


async def test_version_of_netcode_calls(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """It is in the path of NetCode calls and of no other, and stays when keys are changed."""
    flow = await change(hass, entry, "reconfigure")
    (section,) = [part for key, part in flow["data_schema"].schema.items() if key == "connection"]
    assert get_schema_suggested_value(section.schema.schema, "netcode_version") == "1"
    filled = changed("reconfigure", sim, connection={"url": sim.url, "netcode_version": "3"})
    await submit(hass, flow, filled)
    assert entry.data == stored(sim, netcode_version="3")
    sim.clear_calls()
    await make(hass, entry, LOCK_1_ID)
    assert [call.path for call in netcode_calls(sim)] == [f"/n/3/netcode/{LOCK_1_ID}"]

    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    filled = changed("reauth", sim, access_key="newkey0000")
    await submit(hass, await change(hass, entry, "reauth"), filled)
    assert entry.data == stored(sim, access_key="newkey0000", netcode_version="3")
    filled = changed("reconfigure", sim, access_key="newkey0000", connection={"url": sim.url})
    await submit(hass, await change(hass, entry, "reconfigure"), filled)
    assert entry.data["netcode_version"] == "3", "it was not filled in"
    assert {call.path.split("/")[2] for call in sim.calls if call.pool == "utility"} == {"1"}


async def test_an_unknown_version(hass: HomeAssistant, sim: Simulator) -> None:
    """The form takes only versions that are known."""
    connection = {"url": sim.url, "netcode_version": "4"}
    with pytest.raises(InvalidData):
        await submit(hass, await ask_user(hass), keys(sim, connection=connection))
    assert not sim.calls


@both
async def test_new_keys(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, source: str
) -> None:
    """New keys are taken over, with the counts of the new API key."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    sim.world.add_key(OTHER_API_KEY)
    flow = await change(hass, entry, source)
    filled = changed(source, sim, api_key=f"{OTHER_API_KEY} ", access_key="newkey0000")
    result = await submit(hass, flow, filled)
    assert result["reason"] == f"{source}_successful"
    assert entry.data == stored(sim, api_key=OTHER_API_KEY, access_key="newkey0000")
    assert (entry.title, entry.unique_id) == (ACCOUNT_EMAIL, ACCOUNT_EMAIL.lower())
    # The check was counted by the new key's counter, which the sensor now shows.
    assert used(hass, entry) == sim.world.keys[OTHER_API_KEY].utility.used == 1


def standing(hass: HomeAssistant, result: Any) -> bool:
    """Return whether a flow goes on, and its notice with it."""
    flows = {flow["flow_id"] for flow in hass.config_entries.flow.async_progress()}
    return result["flow_id"] in flows


def of_lock(hass: HomeAssistant, entry: CodelocksConfigEntry) -> tuple[str | None, Any]:
    """Return what must stay the same of a lock: an entity, and its device."""
    return entity_id(hass, "event", LOCK_1_ID, "activity"), device_id(hass, entry, LOCK_1_ID)


@both
async def test_another_address(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, source: str
) -> None:
    """An account whose e-mail changed at Codelocks is known by its locks, for one more call."""
    before = of_lock(hass, entry)
    sim.world.account.email = "New.Host@Example.com"
    sim.world.remove_lock(LOCK_2_ID)
    calls = len(sim.calls)
    flow = await change(hass, entry, source)
    result = await submit(hass, flow, changed(source, sim))
    assert result["reason"] == f"{source}_successful"
    assert asked(sim.calls[calls:])[:2] == ["k3connect/account", "k3connect"]
    assert (entry.title, entry.unique_id) == ("New.Host@Example.com", "new.host@example.com")
    assert entry.state is ConfigEntryState.LOADED
    assert of_lock(hass, entry) == before
    account = device_of(hass, entry.entry_id, entry.entry_id)
    assert account
    assert account.name == "New.Host@Example.com"

    result = await submit(hass, await change(hass, entry, source), changed(source, sim))
    assert result["reason"] == f"{source}_successful"


async def test_another_address_and_a_title_of_ones_own(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A name that the user gave to the account stays."""
    hass.config_entries.async_update_entry(entry, title="Holiday house")
    sim.world.account.email = "new@example.com"
    flow = await change(hass, entry, "reauth")
    result = await submit(hass, flow, changed("reauth", sim))
    assert result["reason"] == "reauth_successful"
    assert (entry.title, entry.unique_id) == ("Holiday house", "new@example.com")


async def test_another_address_of_an_account_that_cannot_be_set_up(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """Its locks are known by their devices, though nothing is loaded."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    sim.world.account.email = "new@example.com"
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    flow = await change(hass, entry, "reauth")
    result = await submit(hass, flow, changed("reauth", sim, access_key="newkey0000"))
    assert result["reason"] == "reauth_successful"
    assert entry.unique_id == "new@example.com"
    assert entry.state is ConfigEntryState.LOADED


def no_lock_in_common(sim: Simulator) -> None:
    """Pair other locks with the account."""
    for lock_id in (LOCK_1_ID, LOCK_2_ID):
        sim.world.remove_lock(lock_id)
    sim.world.add_lock("Cabin")


def no_list(sim: Simulator) -> None:
    """Let the lock list fail."""
    sim.faults.add(Fault(kind="status", status=503, path="*/k3connect", count=1))


@both
@pytest.mark.parametrize("arrange", [no_lock_in_common, no_list])
async def test_another_address_confirmed(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    source: str,
    arrange: Callable[[Simulator], None],
) -> None:
    """Where the locks do not tell, the user does."""
    sim.world.account.email = "![x](http://evil.example/p.png)@example.com"
    arrange(sim)
    flow = await change(hass, entry, source)
    form = flow["step_id"]
    before, calls = {**entry.data}, len(sim.calls)
    menu = await submit(hass, flow, changed(source, sim))
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["same_account", form]
    for option in menu["menu_options"]:
        assert await said(hass, "step.other_email.menu_options", option)
    placeholders = menu["description_placeholders"]
    assert placeholders["account"] == ACCOUNT_EMAIL
    assert "](" not in placeholders["email"]
    assert entry.data == before
    assert entry.unique_id == ACCOUNT_EMAIL.lower()
    assert len(sim.calls) == calls + 2

    back = await submit(hass, menu, {"next_step_id": form})
    assert (back["type"], back["step_id"]) == (FlowResultType.FORM, form)
    if arrange is no_list:
        no_list(sim)
    menu = await submit(hass, back, changed(source, sim))
    result = await submit(hass, menu, {"next_step_id": "same_account"})
    assert result["reason"] == f"{source}_successful"
    assert entry.unique_id == sim.world.account.email.lower()
    assert entry.state is ConfigEntryState.LOADED


async def test_no_locks_to_compare(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """Without known locks there is nothing to look up, so the user is asked at once."""
    no_lock_in_common(sim)
    sim.world.account.locks.clear()
    entry = await add_account()
    await add_kitlock(hass, entry)
    sim.world.account.email = "new@example.com"
    calls = len(sim.calls)
    flow = await change(hass, entry, "reauth")
    menu = await submit(hass, flow, changed("reauth", sim))
    assert menu["type"] is FlowResultType.MENU
    assert asked(sim.calls[calls:]) == ["k3connect/account"]


@both
async def test_keys_of_another_account(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, source: str
) -> None:
    """They are not taken unasked, and the notice stands until there are right ones."""
    sim.world.add_account("other00key", email="someone@example.com")
    sim.world.add_lock("Cabin", access_key="other00key")
    before = {**entry.data}
    flow = await change(hass, entry, source)
    menu = await submit(hass, flow, changed(source, sim, access_key="other00key"))
    assert menu["type"] is FlowResultType.MENU
    assert standing(hass, menu)
    assert entry.data == before

    back = await submit(hass, menu, {"next_step_id": flow["step_id"]})
    assert standing(hass, back)
    result = await submit(hass, back, changed(source, sim))
    assert result["reason"] == f"{source}_successful"
    assert entry.data == before


@both
async def test_keys_of_another_account_that_is_set_up(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    source: str,
) -> None:
    """They are refused in the form, by key before any call, and by account."""
    other = sim.world.add_account("other00key", email="someone@example.com")
    sim.world.accounts["second0key"] = other
    await add_account(access_key="other00key")
    before, calls = {**entry.data}, len(sim.calls)
    flow = await change(hass, entry, source)
    for access_key, made in (("other00key", 0), ("second0key", 1)):
        result = await submit(hass, flow, changed(source, sim, access_key=access_key))
        assert result["type"] is FlowResultType.FORM
        assert result["errors"] == {"base": "other_account"}
        assert standing(hass, result)
        assert len(sim.calls) == calls + made
    assert await said(hass, "error", "other_account")
    assert entry.data == before
    result = await submit(hass, flow, changed(source, sim))
    assert result["reason"] == f"{source}_successful"


async def test_an_account_that_was_added_while_the_user_was_asked(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, add_account: AddAccount
) -> None:
    """Then it is another one: no two entries have the same account."""
    sim.world.add_account("other00key", email="someone@example.com")
    flow = await change(hass, entry, "reauth")
    menu = await submit(hass, flow, changed("reauth", sim, access_key="other00key"))
    await add_account(access_key="other00key")
    back = await submit(hass, menu, {"next_step_id": "same_account"})
    assert (back["type"], back["step_id"]) == (FlowResultType.FORM, "reauth_confirm")
    assert entry.unique_id == ACCOUNT_EMAIL.lower()


async def test_the_notice_stands_until_right_keys(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,  # noqa: ARG001 - it has to be there
    freezer: FrozenDateTimeFactory,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Neither wrong keys nor those of others close it, and right ones do."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    sim.world.add_account("other00key", email="someone@example.com")
    await pass_time(hass, freezer, timedelta(hours=12))
    (notice,) = issue_registry.issues
    flow = reauth_of(hass)
    for access_key in ("wrong", "", "other00key"):
        filled = {"api_key": API_KEY, "access_key": access_key}
        result = await submit(hass, flow, filled)
        assert result["type"] in (FlowResultType.FORM, FlowResultType.MENU)
        assert notice in issue_registry.issues
        assert reauth_of(hass)["flow_id"] == flow["flow_id"]
    flow = await submit(hass, flow, {"next_step_id": "reauth_confirm"})
    await submit(hass, flow, {"api_key": API_KEY, "access_key": "newkey0000"})
    assert notice not in issue_registry.issues


async def test_moved(hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """An account moves to another address."""
    await sim.stop()
    flow = await change(hass, entry, "reconfigure")
    result = await submit(hass, flow, changed("reconfigure", sim))
    assert result["errors"] == {"base": "cannot_connect"}
    before = sim.url
    await sim.start()
    assert sim.url != before
    result = await submit(hass, flow, changed("reconfigure", sim))
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == sim.url


@both
async def test_unchanged_keys(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, source: str
) -> None:
    """Unchanged keys reload the account."""
    before = entry.runtime_data
    flow = await change(hass, entry, source)
    result = await submit(hass, flow, changed(source, sim))
    assert result["reason"] == f"{source}_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data is not before


@both
async def test_any_api_key(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, source: str
) -> None:
    """An entry without access key may take any API key."""
    entry = await add_account(access_key="")
    title, unique_id = entry.title, entry.unique_id
    sim.world.add_key(OTHER_API_KEY)
    flow = await change(hass, entry, source)
    filled = changed(source, sim, api_key=OTHER_API_KEY, access_key="")
    result = await submit(hass, flow, filled)
    assert result["reason"] == f"{source}_successful"
    assert entry.data["api_key"] == OTHER_API_KEY
    assert (entry.title, entry.unique_id) == (title, unique_id)


@both
async def test_access_key_gained(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, source: str
) -> None:
    """An entry may gain an access key once, and is then that account's."""
    entry = await add_account(access_key="")
    flow = await change(hass, entry, source)
    result = await submit(hass, flow, changed(source, sim))
    assert result["reason"] == f"{source}_successful"
    assert (entry.title, entry.unique_id) == (ACCOUNT_EMAIL, ACCOUNT_EMAIL.lower())
    assert entry.state is ConfigEntryState.LOADED
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    account = device_of(hass, entry.entry_id, entry.entry_id)
    assert account
    assert account.name == ACCOUNT_EMAIL

    sim.world.add_account("other00key", email="someone@example.com")
    flow = await change(hass, entry, source)
    result = await submit(hass, flow, changed(source, sim, access_key="other00key"))
    assert result["type"] is FlowResultType.MENU
    assert entry.unique_id == ACCOUNT_EMAIL.lower()


@pytest.mark.usefixtures("entry")
async def test_access_key_taken(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """An access key, or an account, that another entry has cannot be gained."""
    sim.world.add_key(OTHER_API_KEY)
    sim.world.add_account("second0key", email=ACCOUNT_EMAIL)
    keyless = await add_account(access_key="", api_key=OTHER_API_KEY)
    for access_key in (ACCESS_KEY, "second0key"):
        flow = await change(hass, keyless, "reconfigure")
        filled = changed("reconfigure", sim, api_key=OTHER_API_KEY, access_key=access_key)
        result = await submit(hass, flow, filled)
        assert result["errors"] == {"base": "other_account"}
        assert keyless.data["access_key"] == ""


async def open_options(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Any:
    """Open the options."""
    return await hass.config_entries.options.async_init(entry.entry_id)


async def choose(hass: HomeAssistant, flow: Any, data: dict[str, Any]) -> Any:
    """Fill in a form of the options."""
    filled = in_sections(data) if flow["step_id"] == "init" else data
    result = await hass.config_entries.options.async_configure(flow["flow_id"], filled)
    await settle(hass)
    return result


def shown(flow: Any) -> dict[str, Any]:
    """Return the values that the options form shows."""
    if flow["step_id"] == "init":
        return shown_in_sections(flow)
    schema = flow["data_schema"].schema
    values = {str(key): get_schema_suggested_value(schema, str(key)) for key in schema}
    return {key: value for key, value in values.items() if value is not None}


async def test_options_defaults(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """The options show their defaults, and the counts."""
    assert shown(await open_options(hass, entry)) == DEFAULT_OPTIONS | {
        "plan": "business_1",
        "netcode_used": 0,
        "utility_used": len(sim.calls),
        "reset_day": 1,
        "reserve_percent": 20,
        "track_activity": True,
        "track_clients": True,
        "users_may_issue": False,
    }


async def test_options(hass: HomeAssistant, add_account: AddAccount) -> None:
    """Options are kept, and take effect at once."""
    entry = await add_account(access_key="")
    flow = await open_options(hass, entry)
    chosen = {
        "plan": "enterprise_2",
        "reset_day": 31,
        "reserve_percent": 35,
        "track_activity": False,
        "track_clients": False,
        "users_may_issue": True,
    }
    result = await choose(hass, flow, shown(flow) | chosen)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == DEFAULT_OPTIONS | chosen
    left = state_of(hass, "sensor", entry.entry_id, "utility_calls_left")
    assert left.attributes["quota"] == 3000
    assert left.attributes["resets_at"] == "2026-10-31T00:00:00+00:00"
    assert shown(await open_options(hass, entry)).items() >= chosen.items()


@pytest.mark.parametrize(
    ("option", "platform", "gone", "stays"),
    [
        ("track_activity", "event", "activity", "active_clients"),
        ("track_activity", "sensor", "last_activity", "active_clients"),
        ("track_clients", "sensor", "active_clients", "last_activity"),
        ("track_clients", "sensor", "suspended_clients", "last_activity"),
    ],
)
async def test_not_followed(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    option: str,
    platform: str,
    gone: str,
    stays: str,
) -> None:
    """What is not tracked is neither shown nor read."""
    flow = await open_options(hass, entry)
    await choose(hass, flow, shown(flow) | {option: False})
    sim.clear_calls()
    await pass_time(hass, freezer, timedelta(days=1))
    left_alone = "audit" if option == "track_activity" else "clients"
    assert sim.calls
    assert not any(path.endswith(left_alone) for path in asked(sim))
    found = entity_id(hass, platform, LOCK_1_ID, gone)
    state = hass.states.get(found) if found else None
    assert state is None or state.state == "unavailable"
    assert value(hass, "sensor", LOCK_1_ID, stays) not in ("unavailable", "unknown")


async def test_options_custom_plan(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The numbers of a custom plan are asked for in a second form, and kept."""
    flow = await open_options(hass, entry)
    form = await choose(hass, flow, shown(flow) | {"plan": "custom"})
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "custom_plan"
    result = await choose(hass, form, {"netcode_quota": 7, "utility_quota": 5000})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options["plan"] == "custom"
    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "7"

    flow = await open_options(hass, entry)
    form = await choose(hass, flow, shown(flow))
    assert shown(form) == {"netcode_quota": 7, "utility_quota": 5000}


async def test_counts_corrected(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Correcting the counts changes the sensors, and is not stored as an option."""
    before = entry.runtime_data
    flow = await open_options(hass, entry)
    await choose(hass, flow, shown(flow) | {"netcode_used": 40, "utility_used": 300})
    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "60"
    assert value(hass, "sensor", entry.entry_id, "utility_calls_left") == "700"
    assert "netcode_used" not in entry.options
    assert "utility_used" not in entry.options
    assert entry.runtime_data is before, "nothing to reload for"

    flow = await open_options(hass, entry)
    await choose(hass, flow, shown(flow) | {"netcode_used": 0})
    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "100"


@pytest.mark.parametrize("filled", [True, False])
async def test_counts_left_as_shown(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    *,
    filled: bool,
) -> None:
    """Counts left as shown change nothing, though calls were counted meanwhile."""
    flow = await open_options(hass, entry)
    at_first = used(hass, entry)
    await pass_time(hass, freezer, timedelta(hours=12))
    meanwhile = used(hass, entry)
    assert meanwhile > at_first
    untouched = shown(flow)
    if not filled:
        del untouched["utility_used"]
        del untouched["netcode_used"]
    await choose(hass, flow, untouched)
    assert used(hass, entry) == meanwhile == len(sim.calls)


async def test_counts_and_reset_day(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Counts are corrected for the month of the new reset day."""
    flow = await open_options(hass, entry)
    await choose(hass, flow, shown(flow) | {"utility_used": 500, "reset_day": 12})
    assert used(hass, entry) == 500
    flow = await open_options(hass, entry)
    await choose(hass, flow, shown(flow) | {"utility_used": 80, "reset_day": 1})
    assert used(hass, entry) == 80


@pytest.mark.parametrize(
    "nonsense",
    [{"reset_day": 0}, {"reset_day": 32}, {"reserve_percent": 101}, {"plan": "business_3"}],
)
async def test_nonsense(
    hass: HomeAssistant, entry: CodelocksConfigEntry, nonsense: dict[str, Any]
) -> None:
    """Impossible options are refused."""
    before = {**entry.options}
    flow = await open_options(hass, entry)
    with pytest.raises(InvalidData):
        await choose(hass, flow, shown(flow) | nonsense)
    assert entry.options == before
