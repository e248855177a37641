"""Repair issues about the quota: they come and go with the counts, and a form fixes them."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.repairs import DOMAIN as REPAIRS_DOMAIN, repairs_flow_manager
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.conftest import AddAccount
from tests.simulator import Fault, Simulator

from .conftest import settle
from .helpers import asked, in_sections, pass_time, shown_in_sections, value


def issues(hass: HomeAssistant) -> list[str]:
    """Return our issues, by their translation keys."""
    return sorted(
        str(issue.translation_key)
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
    )


async def correct(hass: HomeAssistant, entry: CodelocksConfigEntry, **counts: int) -> None:
    """Correct the counts in the options."""
    form = await hass.config_entries.options.async_init(entry.entry_id)
    filled = in_sections({**shown_in_sections(form), **counts})
    await hass.config_entries.options.async_configure(form["flow_id"], filled)
    await settle(hass)


async def mend(hass: HomeAssistant, issue_id: str, **filled: Any) -> None:
    """Fill in the form of an issue."""
    assert await async_setup_component(hass, REPAIRS_DOMAIN, {})
    flows = repairs_flow_manager(hass)
    assert flows
    form = await flows.async_init(DOMAIN, data={"issue_id": issue_id})
    done = await flows.async_configure(form["flow_id"], {"plan": "business_1", **filled})
    assert done["type"] == "create_entry"
    await settle(hass)


@pytest.mark.usefixtures("entry")
async def test_nothing_to_repair(hass: HomeAssistant) -> None:
    """The first reads of an account cause no issue."""
    assert not issues(hass)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"utility_used": 600}, ["utility_running_out"]),  # by the 12th of the month
        ({"netcode_used": 60}, ["netcode_running_out"]),
        ({"utility_used": 1000}, ["utility_spent"]),
        ({"netcode_used": 100, "utility_used": 1200}, ["netcode_spent", "utility_spent"]),
        ({"utility_used": 240}, []),
    ],
)
async def test_issues_follow_the_counts(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    counts: dict[str, int],
    expected: list[str],
) -> None:
    """They are created when true and removed when false."""
    await correct(hass, entry, **counts)
    assert issues(hass) == expected

    await correct(hass, entry, netcode_used=0, utility_used=20)
    assert not issues(hass)


async def test_the_month_turns(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A spent pool is full again at the reset: polling goes on, and the issue is gone."""
    await correct(hass, entry, utility_used=1000)
    assert issues(hass) == ["utility_spent"]
    sim.clear_calls()

    await pass_time(hass, freezer, timedelta(days=10))
    assert not sim.calls
    await pass_time(hass, freezer, timedelta(days=10))
    assert sim.calls
    assert not issues(hass)


async def test_the_month_turns_where_nothing_is_polled(
    hass: HomeAssistant, add_account: AddAccount, freezer: FrozenDateTimeFactory
) -> None:
    """The same for an account with only KitLocks, which makes no call by itself."""
    await correct(hass, await add_account(access_key=""), netcode_used=100)
    assert issues(hass) == ["netcode_spent"]
    await pass_time(hass, freezer, timedelta(days=1), 19)
    assert issues(hass) == ["netcode_spent"]
    await pass_time(hass, freezer, timedelta(days=1))
    assert not issues(hass)


@pytest.mark.usefixtures("entry")
async def test_the_api_says_that_a_pool_is_spent(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """If something else uses the key, the issue does not wait for our own count."""
    sim.faults.add(Fault(kind="quota", path="/u/*", count=1))
    await pass_time(hass, freezer, timedelta(hours=12))
    assert issues(hass) == ["utility_spent"]

    await pass_time(hass, freezer, timedelta(days=1, minutes=5))
    assert not issues(hass)


async def test_the_form_mends_it(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Another plan, or the right counts."""
    await async_setup_component(hass, REPAIRS_DOMAIN, {})
    await correct(hass, entry, netcode_used=100)
    client = await hass_client()
    issue_id = f"netcode_spent_{entry.entry_id}"

    async def post(path: str, **data: Any) -> dict[str, Any]:
        answer = await client.post(f"/api/repairs/issues/{path}", json=data)
        assert answer.status == HTTPStatus.OK
        return dict(await answer.json())

    form = await post("fix", handler=DOMAIN, issue_id=issue_id)
    assert form["step_id"] == "quota"
    assert form["description_placeholders"] == {"account": "Host@Example.com"}
    form = await post(f"fix/{form['flow_id']}", plan="custom", netcode_used=100, utility_used=6)
    assert form["step_id"] == "custom_plan"
    done = await post(f"fix/{form['flow_id']}", netcode_quota=150, utility_quota=1000)
    assert done["type"] == "create_entry"
    await settle(hass)

    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "50"
    assert issues(hass) == ["netcode_running_out"]

    form = await post("fix", handler=DOMAIN, issue_id=f"netcode_running_out_{entry.entry_id}")
    await post(f"fix/{form['flow_id']}", plan="pro_3", netcode_used=7)
    await settle(hass)
    assert not issues(hass)
    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "2410"


@pytest.mark.parametrize("form", ["options", "repair"])
async def test_a_corrected_count(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    form: str,
) -> None:
    """When the user corrects the count, polling goes on at once."""
    await correct(hass, entry, utility_used=1000)
    await pass_time(hass, freezer, timedelta(days=2))
    sim.clear_calls()
    if form == "options":
        await correct(hass, entry, utility_used=10)
    else:
        await mend(hass, f"utility_spent_{entry.entry_id}", utility_used=10)
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert "k3connect" in asked(sim)


async def test_more_was_bought(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """After the user has answered the issue, a refused pool is tried again."""
    sim.faults.add(Fault(kind="quota"))
    await pass_time(hass, freezer, timedelta(hours=11))
    sim.faults.clear()
    sim.clear_calls()
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert not sim.calls
    await mend(hass, f"utility_spent_{entry.entry_id}")
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert sim.calls


async def test_removing_the_account_takes_its_issues(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """A removed account has no issue about its quota."""
    await correct(hass, entry, netcode_used=100)
    await hass.config_entries.async_remove(entry.entry_id)
    assert not issues(hass)
