"""The system health page: what it shows, and that it costs nothing."""

import asyncio
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, get_system_health_info

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import ENGLISH, make
from tests.conftest import AddAccount, settle
from tests.helpers import read_again, state_of
from tests.simulator import ACCESS_KEY, API_KEY, LOCK_1_ID, Fault, Simulator

UNREACHABLE = {"type": "failed", "error": "unreachable"}


async def health(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the page shows."""
    assert await async_setup_component(hass, "system_health", {})
    await settle(hass)
    info = await get_system_health_info(hass, DOMAIN)
    return {
        key: await value if asyncio.iscoroutine(value) else value for key, value in info.items()
    }


async def test_all_is_well(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """It shows the sensors' numbers, and the time of the last read."""
    await make(hass, entry, LOCK_1_ID)
    await read_again(hass, freezer)
    sim.clear_calls()
    info = await health(hass)
    left = state_of(hass, "sensor", entry.entry_id, "utility_calls_left")
    assert info == {
        "can_reach_server": "ok",
        "utility_calls_left": f"{left.state} / 1000",
        "netcode_calls_left": "99 / 100",
        "last_refresh": max(
            reader.read_at for reader in entry.runtime_data.readers().values() if reader.read_at
        ),
    }
    assert info["last_refresh"] <= dt_util.utcnow()
    assert info.keys() == ENGLISH["system_health"]["info"].keys()


async def test_it_costs_no_call_and_shows_no_key(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """Only the base address is requested; nothing is counted, here or in the cloud."""
    sim.clear_calls()
    left = state_of(hass, "sensor", entry.entry_id, "utility_calls_left").state
    used = sim.world.key.utility.used
    await health(hass)
    assert not [call for call in sim.calls if call.counted or call.query or call.form]
    assert {(call.method, call.path) for call in sim.calls} <= {("GET", "/")}
    assert API_KEY not in str(sim.calls)
    assert ACCESS_KEY not in str(sim.calls)
    assert sim.world.key.utility.used == used
    assert state_of(hass, "sensor", entry.entry_id, "utility_calls_left").state == left


@pytest.mark.usefixtures("entry")
async def test_the_cloud_is_down(hass: HomeAssistant, sim: Simulator) -> None:
    """The counts are still known."""
    await sim.stop()
    info = await health(hass)
    assert info["can_reach_server"] == UNREACHABLE
    assert info["netcode_calls_left"] == "100 / 100"


async def test_an_account_that_cannot_be_set_up(hass: HomeAssistant, sim: Simulator) -> None:
    """Its address is still tried: such an account is when the page is needed."""
    sim.faults.add(Fault(kind="status", status=503))
    entry = MockConfigEntry(
        domain=DOMAIN, data={"api_key": API_KEY, "access_key": ACCESS_KEY, "url": sim.url}
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    sim.faults.clear()
    assert await health(hass) == {"can_reach_server": "ok"}


async def test_several_accounts(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """They are side by side; one unreachable address is reported."""
    await add_account()
    sim.world.add_key("Another")
    other = await add_account(api_key="Another", access_key="", plan="pro_1")
    info = await health(hass)
    assert info["netcode_calls_left"] == "100 / 100, 613 / 613"
    assert info["can_reach_server"] == "ok"
    hass.config_entries.async_update_entry(other, data={**other.data, "url": "http://127.0.0.1:9"})
    await settle(hass)
    assert (await health(hass))["can_reach_server"] == UNREACHABLE
