"""KitLocks, keypad locks that the user adds by hand, in Home Assistant."""

import json
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.netcode.kitlock import KitLock
from tests.codes import (
    ENGLISH,
    KITLOCK,
    act,
    add_kitlock,
    change_kitlock,
    device_id,
    listed,
    make,
    warning,
)
from tests.conftest import AddAccount, settle
from tests.helpers import device_of, entity_id, state_of, value
from tests.simulator import LOCK_1_ID, Simulator

UNKNOWN = "clock_is_unknown"


@pytest.fixture
async def account(add_account: AddAccount) -> CodelocksConfigEntry:
    """Add an account without K3 locks."""
    return await add_account(access_key="")


async def test_device(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """A KitLock is a device under the account, and part of its own subentry."""
    owner = await add_kitlock(hass, account)
    device = device_of(hass, account.entry_id, owner)
    parent = device_id(hass, account, account.entry_id)
    assert device
    assert (device.name, device.manufacturer, device.model) == (
        "Bike shed", "Codelocks", "KL1060C2",
    )  # fmt: skip
    assert device.serial_number is None, "it has none that is not a secret"
    assert device.via_device_id == parent
    assert device.config_subentry_id == owner
    assert device.identifiers == {(DOMAIN, owner)}


async def test_entities(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """It has the calendar of its codes and their number, and nothing that needs a K3 lock."""
    owner = await add_kitlock(hass, account)
    device = device_id(hass, account, owner)
    entities = er.async_entries_for_device(
        er.async_get(hass), device, include_disabled_entities=True
    )
    assert {(row.domain, row.unique_id, row.config_subentry_id) for row in entities} == {
        ("calendar", f"{account.entry_id}_{owner}_netcodes", owner),
        ("sensor", f"{account.entry_id}_{owner}_active_netcodes", owner),
    }
    assert value(hass, "sensor", owner, "active_netcodes") == "0"
    assert value(hass, "calendar", owner, "netcodes") == "off"
    assert state_of(hass, "sensor", owner, "active_netcodes").name == "Bike shed Active NetCodes"


async def test_beside_k3_locks(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """An account may have locks of both kinds; their codes do not mix."""
    owner = await add_kitlock(hass, entry)
    await make(hass, entry, owner)
    assert value(hass, "sensor", owner, "active_netcodes") == "1"
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "0"


async def test_account_without_access_key(
    hass: HomeAssistant, sim: Simulator, account: CodelocksConfigEntry
) -> None:
    """KitLocks need no access key, and nothing is asked about K3 locks."""
    owner = await add_kitlock(hass, account)
    answer = await make(hass, account, owner)
    await act(hass, "refresh")
    await hass.config_entries.async_reload(account.entry_id)
    await settle(hass)
    assert account.state is ConfigEntryState.LOADED
    assert not any("k3connect" in call.path for call in sim.calls)
    [row] = await listed(hass, reveal=True)
    assert row["netcode"] == answer["netcode"]


async def test_removing_the_subentry(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """Its device and entities go, too; another lock stays as it was."""
    owner = await add_kitlock(hass, account)
    other = await add_kitlock(hass, account, name="Pool", identifier="738291")
    await make(hass, account, owner)
    await make(hass, account, other)

    hass.config_entries.async_remove_subentry(account, owner)
    await settle(hass)

    assert account.state is ConfigEntryState.LOADED
    assert device_of(hass, account.entry_id, owner) is None
    assert entity_id(hass, "calendar", owner, "netcodes") is None
    assert entity_id(hass, "sensor", owner, "active_netcodes") is None
    assert value(hass, "sensor", other, "active_netcodes") == "1"
    assert [row["lock_name"] for row in await listed(hass)] == ["Pool"]


async def test_device_cannot_be_removed_by_itself(
    hass: HomeAssistant, account: CodelocksConfigEntry, hass_ws_client: Any
) -> None:
    """A lock goes only with its subentry."""
    assert await async_setup_component(hass, "config", {})
    owner = await add_kitlock(hass, account)
    client = await hass_ws_client(hass)
    response = await client.remove_device(device_id(hass, account, owner))
    assert not response["success"]
    assert device_of(hass, account.entry_id, owner)


async def test_reminder_of_a_lost_clock(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry, account: CodelocksConfigEntry
) -> None:
    """A changed battery leaves a reminder, with the lock's name, until its clock is set again."""
    owner = await add_kitlock(hass, account)
    assert not issue_registry.issues

    await change_kitlock(hass, account, owner, clock_lost=True)

    issue = issue_registry.async_get_issue(DOMAIN, f"clock_is_lost_{owner}")
    assert issue
    assert (issue.translation_key, issue.severity) == ("clock_is_lost", ir.IssueSeverity.WARNING)
    assert issue.translation_placeholders == {"lock": "Bike shed"}
    for words in ENGLISH["issues"]["clock_is_lost"].values():
        assert "Bike shed" in words.format(**issue.translation_placeholders)

    await hass.config_entries.async_reload(account.entry_id)
    assert issue_registry.async_get_issue(DOMAIN, f"clock_is_lost_{owner}")
    await change_kitlock(hass, account, owner, clock_lost=False)
    assert not issue_registry.issues


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Europe", "../etc"])
async def test_a_zone_that_no_longer_exists(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry, account: CodelocksConfigEntry, zone: str
) -> None:
    """Without the zone of its clock, a lock gets no codes: an issue says what to do."""
    owner = await add_kitlock(hass, account)
    subentry = account.subentries[owner]
    data = {**subentry.data, "clock": zone}
    hass.config_entries.async_update_subentry(account, subentry, data=data)
    await settle(hass)
    assert account.state is ConfigEntryState.LOADED

    [issue] = issue_registry.issues.values()
    assert (issue.issue_id, issue.translation_key) == (f"{UNKNOWN}_{owner}", UNKNOWN)
    assert issue.translation_placeholders == {"lock": "Bike shed"}
    assert (await make(hass, account, owner))["warnings"] == [warning(UNKNOWN)]

    await change_kitlock(hass, account, owner, clock="Europe/London")
    assert not issue_registry.issues
    assert (await make(hass, account, owner))["warnings"] == []


async def test_a_zone_that_no_longer_exists_and_a_lost_clock(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry, account: CodelocksConfigEntry
) -> None:
    """First the zone, then the clock, which is set by the zone."""
    owner = await add_kitlock(hass, account)
    subentry = account.subentries[owner]
    data = {**subentry.data, "clock": "Europe/Atlantis", "clock_lost": True}
    hass.config_entries.async_update_subentry(account, subentry, data=data)
    await settle(hass)
    assert [issue.translation_key for issue in issue_registry.issues.values()] == [UNKNOWN]
    await change_kitlock(hass, account, owner, clock_lost=True)
    assert [issue.translation_key for issue in issue_registry.issues.values()] == ["clock_is_lost"]


async def test_seeds_stay_in_the_entry(
    hass: HomeAssistant, device_registry: dr.DeviceRegistry, account: CodelocksConfigEntry
) -> None:
    """Time code and identifier are in no registry, state or text about a lock."""
    owner = await add_kitlock(hass, account)
    await make(hass, account, owner)
    devices = [device.dict_repr for device in device_registry.devices]
    entities = [row.extended_dict for row in er.async_get(hass).entities.values()]
    states = [state.as_dict() for state in hass.states.async_all()]
    shown = [repr(lock) for lock in account.runtime_data.kitlocks.values()]
    places = json.dumps([devices, entities, states, shown], default=str)
    assert "Bike shed" in places
    assert KITLOCK["timecode"] not in places
    assert KITLOCK["identifier"] not in places


def test_repr() -> None:
    """A logged lock shows none of its seeds."""
    lock = KitLock.from_data("owner", "Bike shed", KITLOCK, None)
    assert "Bike shed" in repr(lock)
    assert KITLOCK["timecode"] not in repr(lock)
    assert KITLOCK["identifier"] not in repr(lock)
