"""KitLocks and senders come, change and go while all else runs on as before."""

from collections.abc import Awaitable, Callable
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    issue_registry as ir,
)
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN, EVENT_ACTIVITY
from tests.assist.talking import say, set_up_agent
from tests.codes import KITLOCK, act, add_kitlock, change_kitlock, device_id, make, set_options
from tests.conftest import settle
from tests.helpers import async_capture_events, device_of, entity_id, value
from tests.issuing.requesters import ANNA, add_requester
from tests.simulator import Simulator

type Change = Callable[[HomeAssistant, CodelocksConfigEntry], Awaitable[Any]]


def _subentry(entry: CodelocksConfigEntry, kind: str) -> ConfigSubentry:
    (subentry,) = entry.get_subentries_of_type(kind)
    return subentry


async def _add_pool(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    await add_kitlock(hass, entry, name="Pool", identifier="738291")


async def _rename_shed(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    shed = _subentry(entry, "kitlock").subentry_id
    await change_kitlock(hass, entry, shed, name="Boat shed", clock_lost=True)


async def _remove_shed(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    shed = _subentry(entry, "kitlock").subentry_id
    assert hass.config_entries.async_remove_subentry(entry, shed)


async def _add_tom(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    await add_requester(hass, entry, name="Tom", sender="+44 7000 000000")


async def _change_anna(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    anna = _subentry(entry, "requester")
    hass.config_entries.async_update_subentry(entry, anna, data={**ANNA, "daily_limit": 1})


async def _remove_anna(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    anna = _subentry(entry, "requester").subentry_id
    assert hass.config_entries.async_remove_subentry(entry, anna)


@pytest.fixture
async def home(hass: HomeAssistant, entry: CodelocksConfigEntry) -> CodelocksConfigEntry:
    """Return an account with K3 locks, a KitLock and a sender."""
    await add_kitlock(hass, entry)
    await add_requester(hass, entry)
    return entry


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (_add_pool, {"pool_active_netcodes", "pool_netcodes"}),
        (_rename_shed, {"bike_shed_active_netcodes", "bike_shed_netcodes"}),
        (_remove_shed, {"bike_shed_active_netcodes", "bike_shed_netcodes"}),
        (_add_tom, set()),
        (_change_anna, set()),
        (_remove_anna, set()),
    ],
)
async def test_nothing_else_changes(
    hass: HomeAssistant,
    sim: Simulator,
    home: CodelocksConfigEntry,
    change: Change,
    touched: set[str],
) -> None:
    """Only the lock's own entities change; no event fires, nothing is read, nothing reloaded."""
    data, calls = home.runtime_data, len(sim.calls)
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    told = async_capture_events(hass, EVENT_ACTIVITY)
    await change(hass, home)
    await settle(hass)
    assert {event.data["entity_id"].partition(".")[2] for event in changes} == touched
    assert told == []
    assert home.runtime_data is data
    assert home.state is ConfigEntryState.LOADED
    assert len(sim.calls) == calls


async def test_a_new_kitlock_works_at_once(
    hass: HomeAssistant, sim: Simulator, home: CodelocksConfigEntry
) -> None:
    """It has its device, its entities and its codes."""
    owner = await add_kitlock(hass, home, name="Pool", identifier="738291")
    device = device_of(hass, home.entry_id, owner)
    assert device
    assert (device.name, device.config_subentry_id) == ("Pool", owner)
    answer = await make(hass, home, owner)
    assert answer["lock_name"] == "Pool"
    assert value(hass, "sensor", owner, "active_netcodes") == "1"
    assert sim.calls[-1].pool == "netcode"


async def test_a_changed_kitlock_is_used_at_once(
    hass: HomeAssistant, home: CodelocksConfigEntry, issue_registry: ir.IssueRegistry
) -> None:
    """New codes are for the corrected lock; the device keeps its id and follows in name."""
    owner = _subentry(home, "kitlock").subentry_id
    before = device_id(hass, home, owner)
    wrong = await make(hass, home, owner)
    await change_kitlock(hass, home, owner, name="Boat shed", identifier="738291", clock_lost=True)
    right = await make(hass, home, owner)
    assert right["netcode"] != wrong["netcode"]
    assert right["lock_name"] == "Boat shed"
    assert right["warnings"]
    device = device_of(hass, home.entry_id, owner)
    assert device
    assert (device.id, device.name) == (before, "Boat shed")
    assert issue_registry.async_get_issue(DOMAIN, f"clock_is_lost_{owner}")

    await change_kitlock(hass, home, owner, name="Boat shed", identifier="738291")
    assert not issue_registry.issues


async def test_what_a_removed_kitlock_leaves(
    hass: HomeAssistant, home: CodelocksConfigEntry, issue_registry: ir.IssueRegistry
) -> None:
    """Its device, entities and issues go, and it is nowhere on offer."""
    owner = _subentry(home, "kitlock").subentry_id
    device = device_id(hass, home, owner)
    await change_kitlock(hass, home, owner, lock_model="KL1060G3", clock_lost=True)
    await make(hass, home, owner)
    assert issue_registry.issues
    await _remove_shed(hass, home)
    await settle(hass)
    assert not issue_registry.issues
    assert dr.async_get(hass).async_get(device) is None
    assert entity_id(hass, "calendar", owner, "netcodes") is None
    assert hass.states.get("calendar.bike_shed_netcodes") is None
    assert owner not in home.runtime_data.owners

    again = await add_kitlock(hass, home)
    assert value(hass, "sensor", again, "active_netcodes") == "0"


async def test_changes_at_once_end_as_the_last(
    hass: HomeAssistant, home: CodelocksConfigEntry
) -> None:
    """Changes that come faster than they are taken over leave no trace of the earlier ones."""
    shed = _subentry(home, "kitlock")
    for zone in ("Asia/Tokyo", "America/New_York", "utc", "Australia/Sydney"):
        data = {**KITLOCK, "clock": zone}
        hass.config_entries.async_update_subentry(home, shed, title=zone, data=data)
    pools = [
        ConfigSubentry(
            data=MappingProxyType({**KITLOCK, "identifier": f"73829{number}"}),
            subentry_type="kitlock",
            title=f"Pool {number}",
            unique_id=None,
        )
        for number in range(3)
    ]
    for pool in pools:
        hass.config_entries.async_add_subentry(home, pool)
    hass.config_entries.async_remove_subentry(home, pools[1].subentry_id)
    await settle(hass)
    kitlocks = home.runtime_data.kitlocks
    assert [kitlock.name for kitlock in kitlocks.values()] == [
        "Australia/Sydney", "Pool 0", "Pool 2",
    ]  # fmt: skip
    assert str(kitlocks[shed.subentry_id].zone) == "Australia/Sydney"
    for owner in kitlocks:
        assert value(hass, "sensor", owner, "active_netcodes") == "0"
    assert entity_id(hass, "sensor", pools[1].subentry_id, "active_netcodes") is None


async def test_an_account_that_is_not_loaded(
    hass: HomeAssistant, home: CodelocksConfigEntry
) -> None:
    """What changes while an account is unloaded is there when it is loaded again."""
    assert await hass.config_entries.async_unload(home.entry_id)
    owner = await add_kitlock(hass, home, name="Pool", identifier="738291")
    assert device_of(hass, home.entry_id, owner) is None
    assert await hass.config_entries.async_setup(home.entry_id)
    assert value(hass, "sensor", owner, "active_netcodes") == "0"


async def test_senders_are_known_at_once(hass: HomeAssistant, home: CodelocksConfigEntry) -> None:
    """A new sender gets an answer, a removed one none."""
    message: dict[str, Any] = {"channel": "sms", "message": "FrontDoor1"}
    tom = {**message, "sender": "+447000000000"}
    anna = {**message, "sender": "+447123456789"}
    assert not (await act(hass, "answer_text_request", **tom))["allowed"]
    await _add_tom(hass, home)
    await _remove_anna_of(hass, home)
    assert (await act(hass, "answer_text_request", **tom))["allowed"]
    assert not (await act(hass, "answer_text_request", **anna))["allowed"]


async def _remove_anna_of(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    (anna,) = [
        one.subentry_id for one in entry.get_subentries_of_type("requester") if one.title == "Anna"
    ]
    hass.config_entries.async_remove_subentry(entry, anna)
    await settle(hass)


async def test_voice_follows(hass: HomeAssistant, home: CodelocksConfigEntry) -> None:
    """A new KitLock can be asked about by its name, and by its new name."""
    await set_up_agent(hass)
    await set_options(hass, home, voice="read")
    assert "Pool" not in await say(hass, "which codes are active at the pool")
    owner = await add_kitlock(hass, home, name="Pool", identifier="738291")
    assert "Pool" in await say(hass, "which codes are active at the pool")
    await change_kitlock(hass, home, owner, name="Sauna", identifier="738291")
    assert "Sauna" in await say(hass, "which codes are active at the sauna")


async def test_a_new_title_renames_the_account(
    hass: HomeAssistant, home: CodelocksConfigEntry
) -> None:
    """A renamed account is no reason to reload it."""
    data = home.runtime_data
    hass.config_entries.async_update_entry(home, title="Holiday house")
    await settle(hass)
    assert home.runtime_data is data
    account = device_of(hass, home.entry_id, home.entry_id)
    assert account
    assert account.name == "Holiday house"


async def test_changed_options_still_reload(
    hass: HomeAssistant, home: CodelocksConfigEntry
) -> None:
    """They are read when an account is set up; a KitLock added before stays."""
    owner = await add_kitlock(hass, home, name="Pool", identifier="738291")
    data = home.runtime_data
    await set_options(hass, home, calendar_issues=True)
    assert home.runtime_data is not data
    assert value(hass, "calendar", owner, "netcodes") == "off"
