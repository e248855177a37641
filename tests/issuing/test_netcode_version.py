"""A version of the API that makes no codes: the issue, and its form, which costs no call."""

from http import HTTPStatus
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.repairs import DOMAIN as REPAIRS_DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import add_kitlock, device_id, kitlock_code, make, netcode_calls, refused
from tests.conftest import AddAccount, settle
from tests.helpers import restart
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator


@pytest.fixture
async def unserved(sim: Simulator, add_account: AddAccount) -> CodelocksConfigEntry:
    """Set up an account that uses version 1, at a cloud that serves only version 3."""
    sim.world.flags.netcode_versions = ("3",)
    return await add_account()


def issue(hass: HomeAssistant, entry: CodelocksConfigEntry) -> ir.IssueEntry | None:
    """Return the issue about the version, if there is one."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"netcode_version_{entry.entry_id}")


async def fail(hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str) -> None:
    """Order a code that is refused."""
    await refused(hass, "generate_netcode", device_id=device_id(hass, entry, owner))


async def open_form(
    hass: HomeAssistant, entry: CodelocksConfigEntry, client: ClientSessionGenerator
) -> tuple[Any, dict[str, Any]]:
    """Open the form of the issue as the frontend does; returns how to post, and the form."""
    assert await async_setup_component(hass, REPAIRS_DOMAIN, {})
    http = await client()

    async def post(path: str, **data: Any) -> dict[str, Any]:
        answer = await http.post(f"/api/repairs/issues/{path}", json=data)
        assert answer.status == HTTPStatus.OK
        await settle(hass)
        return dict(await answer.json())

    issue_id = f"netcode_version_{entry.entry_id}"
    form = await post("fix", handler=DOMAIN, issue_id=issue_id)
    return post, form


async def test_the_gateway_has_no_such_path(
    hass: HomeAssistant,
    sim: Simulator,
    unserved: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """One answer is enough; the form changes the version, and the next code is the only call."""
    await fail(hass, unserved, LOCK_1_ID)
    found = issue(hass, unserved)
    assert found
    assert found.translation_placeholders == {"account": "Host@Example.com", "version": "1"}
    assert not hass.config_entries.flow.async_progress(), "no key is rejected"
    sim.clear_calls()

    post, form = await open_form(hass, unserved, hass_client)
    assert form["step_id"] == "version"
    assert form["description_placeholders"] == {"account": "Host@Example.com", "version": "1"}
    done = await post(f"fix/{form['flow_id']}", netcode_version="3")
    assert done["type"] == "create_entry"
    assert unserved.data["netcode_version"] == "3"
    assert issue(hass, unserved) is None
    assert not netcode_calls(sim)

    answer = await make(hass, unserved, LOCK_1_ID)
    assert answer["netcode"]
    assert [call.path for call in netcode_calls(sim)] == [f"/n/3/netcode/{LOCK_1_ID}"]
    assert issue(hass, unserved) is None


async def test_a_form_without_a_change(
    hass: HomeAssistant, unserved: CodelocksConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """It says so, and the issue stays."""
    await fail(hass, unserved, LOCK_1_ID)
    post, form = await open_form(hass, unserved, hass_client)
    done = await post(f"fix/{form['flow_id']}", netcode_version="1")
    assert (done["type"], done["reason"]) == ("abort", "nothing_changed")
    assert issue(hass, unserved)


@pytest.mark.parametrize("status", [404, 422])
async def test_refused_for_every_lock(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, status: int
) -> None:
    """One lock's refusals are its own; a code that is made ends the suspicion."""
    sim.faults.add(Fault(kind="status", status=status, path="/n/*"))
    await fail(hass, entry, LOCK_1_ID)
    await fail(hass, entry, LOCK_1_ID)
    assert issue(hass, entry) is None
    await fail(hass, entry, LOCK_2_ID)
    assert issue(hass, entry)
    sim.faults.clear()
    await make(hass, entry, LOCK_2_ID)
    assert issue(hass, entry) is None


async def test_forbidden_though_the_key_works(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A gateway says so of a version, too; a key that utility calls reject is the key's fault."""
    sim.faults.add(Fault(kind="status", status=403, path="/n/*"))
    await fail(hass, entry, LOCK_1_ID)
    await fail(hass, entry, LOCK_2_ID)
    assert issue(hass, entry)


async def test_it_outlives_a_restart(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """What was refused before it counts; the restart takes no NetCode call."""
    sim.faults.add(Fault(kind="status", status=422, path="/n/*"))
    await fail(hass, entry, LOCK_1_ID)
    await restart(hass, freezer, entry)
    await fail(hass, entry, LOCK_2_ID)
    assert issue(hass, entry)
    ir.async_delete_issue(hass, DOMAIN, f"netcode_version_{entry.entry_id}")
    sim.clear_calls()
    await restart(hass, freezer, entry)
    assert issue(hass, entry)
    assert not netcode_calls(sim)


@pytest.mark.parametrize("version", ["2", "3"])
async def test_codes_of_other_versions(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, version: str
) -> None:
    """The same codes, with the window that was planned."""
    entry = await add_account(connection={"url": sim.url, "netcode_version": version})
    shed = await add_kitlock(hass, entry)
    answer = await make(hass, entry, shed, start="2026-10-12 17:00", duration={"hours": 2})
    assert answer["netcode"] == kitlock_code("2026-10-12 16:00", 1)
    assert answer["start"] == "2026-10-12T17:00:00+01:00"
    assert answer["end"] == "2026-10-12T19:00:00+01:00"
    assert (await make(hass, entry, LOCK_1_ID, duration={"days": 2}))["netcode"]


@pytest.mark.parametrize(
    ("field", "wrong", "what"),
    [
        ("Expires", "2026-10-14 11:00:00", "expires"),
        ("Timecode", "2026/03/29/10:06", "lock"),
        ("DurationHours", 3, "hours"),
    ],
)
async def test_an_answer_of_version_3_that_differs(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    caplog: pytest.LogCaptureFixture,
    field: str,
    wrong: object,
    what: str,
) -> None:
    """It is refused as one of version 1 is; the log names the field and no value."""
    caplog.set_level("DEBUG", logger="custom_components.codelocks")
    entry = await add_account(connection={"url": sim.url, "netcode_version": "3"})
    shed = await add_kitlock(hass, entry)
    sim.faults.add(Fault(kind="wrong_value", path="/n/3/*", field=field, value=wrong))
    error = await refused(hass, "generate_netcode", device_id=device_id(hass, entry, shed))
    assert error.translation_key == "answer_differs_kitlock"
    assert f"not as planned: {what}" in caplog.text
    assert "10:06" not in caplog.text
    assert issue(hass, entry) is None, "the version answers"
