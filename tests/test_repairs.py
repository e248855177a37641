"""Repair issues about the quota: they come and go with the counts, and a form fixes them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.repairs import DOMAIN as REPAIRS_DOMAIN, repairs_flow_manager
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import set_options
from tests.conftest import AddAccount
from tests.simulator import Fault, Simulator

from .conftest import settle
from .helpers import asked, in_sections, pass_time, shown_in_sections, state_of, value


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

    await pass_time(hass, freezer, timedelta(days=1), 10)
    assert not sim.calls
    await pass_time(hass, freezer, timedelta(days=1), 10)
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


async def opened(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, issue_id: str
) -> tuple[Callable[..., Awaitable[dict[str, Any]]], dict[str, Any]]:
    """Open the form of an issue as the frontend does; returns how to fill it in, and the form."""
    assert await async_setup_component(hass, REPAIRS_DOMAIN, {})
    client = await hass_client()

    async def post(path: str, **data: Any) -> dict[str, Any]:
        answer = await client.post(f"/api/repairs/issues/{path}", json=data)
        assert answer.status == HTTPStatus.OK
        await settle(hass)
        return dict(await answer.json())

    form = await post("fix", handler=DOMAIN, issue_id=issue_id)

    async def fill_in(**data: Any) -> dict[str, Any]:
        return await post(f"fix/{form['flow_id']}", **data)

    return fill_in, form


def shown(form: dict[str, Any]) -> dict[str, Any]:
    """Return what a form shows, which is sent if the user changes nothing."""
    return {field["name"]: field["description"]["suggested_value"] for field in form["data_schema"]}


async def test_a_form_without_a_change(
    hass: HomeAssistant, entry: CodelocksConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """It says that nothing was changed, and the issue stays."""
    await correct(hass, entry, netcode_used=100)
    fill_in, form = await opened(hass, hass_client, f"netcode_spent_{entry.entry_id}")
    options = {**entry.options}
    done = await fill_in(**shown(form))
    assert (done["type"], done["reason"]) == ("abort", "nothing_changed")
    assert entry.options == options
    assert issues(hass) == ["netcode_spent"]


async def test_a_custom_plan_without_a_change(
    hass: HomeAssistant, entry: CodelocksConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """The second form is part of it."""
    await correct(hass, entry, netcode_used=50)
    await set_options(hass, entry, plan="custom", netcode_quota=50, utility_quota=1000)
    fill_in, form = await opened(hass, hass_client, f"netcode_spent_{entry.entry_id}")
    form = await fill_in(**shown(form))
    assert form["step_id"] == "custom_plan"
    assert shown(form) == {"netcode_quota": 50, "utility_quota": 1000}
    done = await fill_in(**shown(form))
    assert (done["type"], done["reason"]) == ("abort", "nothing_changed")


@pytest.mark.parametrize("change", [{"netcode_used": 120}, {"plan": "pro_1", "netcode_used": 700}])
async def test_a_change_that_is_not_enough(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
    change: dict[str, Any],
) -> None:
    """It is saved, and the issue stays as long as it is true."""
    await correct(hass, entry, netcode_used=100)
    fill_in, form = await opened(hass, hass_client, f"netcode_spent_{entry.entry_id}")
    done = await fill_in(**shown(form) | change)
    assert (done["type"], done["reason"]) == ("abort", "still_so")
    used = state_of(hass, "sensor", entry.entry_id, "netcode_calls_left").attributes["used"]
    assert used == change["netcode_used"]
    assert entry.options["plan"] == change.get("plan", "business_1")
    assert issues(hass) == ["netcode_spent"]


async def add_second(sim: Simulator, add_account: AddAccount) -> CodelocksConfigEntry:
    """Add an account on the same API key."""
    sim.world.add_account("other00key", email="office@example.com")
    return await add_account(access_key="other00key")


def issue(hass: HomeAssistant) -> ir.IssueEntry:
    """Return our only issue."""
    (found,) = (one for one in ir.async_get(hass).issues.values() if one.domain == DOMAIN)
    return found


async def test_accounts_on_one_key_share_an_issue(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    entry: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """It names both, and its form changes the plan of both."""
    second = await add_second(sim, add_account)
    await correct(hass, entry, netcode_used=100)
    both = "Host@Example.com, office@example.com"
    found = issue(hass)
    assert found.issue_id == f"netcode_spent_{entry.entry_id}"
    assert found.translation_placeholders
    assert found.translation_placeholders["account"] == both

    fill_in, form = await opened(hass, hass_client, found.issue_id)
    assert form["description_placeholders"] == {"account": both}
    done = await fill_in(**shown(form) | {"plan": "enterprise_1"})
    assert done["type"] == "create_entry"
    assert entry.options["plan"] == second.options["plan"] == "enterprise_1"
    assert not issues(hass)


async def test_only_the_accounts_that_it_holds_for(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    entry: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """With another plan chosen in each, the issue is about the smaller one."""
    second = await add_second(sim, add_account)
    await set_options(hass, entry, plan="pro_1")
    await correct(hass, second, netcode_used=100)
    found = issue(hass)
    assert found.translation_placeholders
    assert found.translation_placeholders["account"] == "office@example.com"
    fill_in, form = await opened(hass, hass_client, found.issue_id)
    await fill_in(**shown(form) | {"plan": "pro_2"})
    assert (entry.options["plan"], second.options["plan"]) == ("pro_1", "pro_2")
    assert not issues(hass)


@pytest.mark.parametrize("how", ["removed", "disabled"])
async def test_the_other_account_keeps_the_issue(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    how: str,
) -> None:
    """It goes with the last account on the key; there is never more than one."""
    second = await add_second(sim, add_account)
    await correct(hass, entry, netcode_used=100)
    if how == "removed":
        await hass.config_entries.async_remove(entry.entry_id)
    else:
        await hass.config_entries.async_set_disabled_by(entry.entry_id, ConfigEntryDisabler.USER)
        await pass_time(hass, freezer, timedelta(hours=12))
    found = issue(hass)
    assert found.issue_id == f"netcode_spent_{second.entry_id}"
    assert found.translation_placeholders
    assert found.translation_placeholders["account"] == "office@example.com"
    await hass.config_entries.async_remove(second.entry_id)
    assert not issues(hass)


async def test_accounts_on_other_keys_have_issues_of_their_own(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, entry: CodelocksConfigEntry
) -> None:
    """Each key has its own calls."""
    other_key = "AnotherSubscription0123456789abcdefghijklmnopqrst"
    sim.world.add_key(other_key)
    sim.world.add_account("other00key", email="office@example.com")
    second = await add_account(api_key=other_key, access_key="other00key")
    await correct(hass, entry, netcode_used=100)
    assert issues(hass) == ["netcode_spent"]
    await correct(hass, second, netcode_used=100)
    assert issues(hass) == ["netcode_spent"] * 2


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
