"""What the API says of a spent pool: all who tell of calls say the same, until one works."""

from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.api import Pool
from custom_components.codelocks.const import DOMAIN
from tests.assist.talking import say, set_up_agent
from tests.codes import act, device_id, make, set_options
from tests.helpers import pass_time, restart, state_of, value
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator


async def told(hass: HomeAssistant, entry: CodelocksConfigEntry) -> dict[str, set[int]]:
    """Return the calls left of each pool, as all tell it."""
    plan = await act(hass, "plan_netcode", device_id=device_id(hass, entry, LOCK_1_ID))
    info: dict[str, Any] = await get_system_health_info(hass, DOMAIN)
    info["can_reach_server"].close()
    words = await say(hass, "how many codes can I still make")
    netcode, utility = (int(word) for word in words.split() if word.isdecimal() and word != "1")
    return {
        "netcode": {
            int(value(hass, "sensor", entry.entry_id, "netcode_calls_left")),
            plan["netcode_calls_left"],
            int(info["netcode_calls_left"].split()[0]),
            netcode,
        },
        "utility": {
            int(value(hass, "sensor", entry.entry_id, "utility_calls_left")),
            int(info["utility_calls_left"].split()[0]),
            utility,
        },
        "issues": {
            int((DOMAIN, f"{pool}_spent_{entry.entry_id}") in ir.async_get(hass).issues)
            for pool in Pool
        },
    }


@pytest.fixture
async def talking(hass: HomeAssistant, entry: CodelocksConfigEntry) -> CodelocksConfigEntry:
    """Have an account that may be asked."""
    assert await async_setup_component(hass, "system_health", {})
    await set_options(hass, entry, voice="read")
    await set_up_agent(hass)
    # What planning asks for is known from here on.
    await act(hass, "plan_netcode", device_id=device_id(hass, entry, LOCK_1_ID))
    return entry


async def test_a_spent_netcode_pool(
    hass: HomeAssistant, sim: Simulator, talking: CodelocksConfigEntry
) -> None:
    """Nothing is left, whatever was counted; a code that could be made shows what is."""
    await make(hass, talking, LOCK_1_ID)
    before = await told(hass, talking)
    assert before["netcode"] == {99}
    spent = sim.faults.add(Fault(kind="quota", path="/n/*"))
    with pytest.raises(HomeAssistantError):
        await make(hass, talking, LOCK_2_ID)
    after = await told(hass, talking)
    assert (after["netcode"], after["issues"]) == ({0}, {0, 1})
    assert after["utility"] == before["utility"]
    used = state_of(hass, "sensor", talking.entry_id, "netcode_calls_left").attributes["used"]
    assert used == 2

    sim.faults.clear(spent)
    await make(hass, talking, LOCK_2_ID)
    assert await told(hass, talking) == {**before, "netcode": {97}}


async def test_a_spent_utility_pool(
    hass: HomeAssistant,
    sim: Simulator,
    talking: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It stays spent over a restart, until any utility call works."""
    before = await told(hass, talking)
    spent = sim.faults.add(Fault(kind="quota", path="/u/*"))
    front = device_id(hass, talking, LOCK_1_ID)
    with pytest.raises(HomeAssistantError):
        await act(hass, "get_audit", device_id=front)
    after = await told(hass, talking)
    assert (after["utility"], after["issues"]) == ({0}, {0, 1})
    assert after["netcode"] == before["netcode"]
    await restart(hass, freezer, talking)
    assert (await told(hass, talking))["utility"] == {0}

    await pass_time(hass, freezer, timedelta(minutes=11))
    sim.clear_calls()
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, "refresh")
    assert caught.value.translation_key == "polling_budget_spent"
    assert sim.calls == []

    sim.faults.clear(spent)
    await act(hass, "get_clients", device_id=front)
    (left,) = (await told(hass, talking))["utility"]
    (was,) = before["utility"]
    assert left == was - 2


async def test_the_month_turns(
    hass: HomeAssistant,
    sim: Simulator,
    talking: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Then all is left again."""
    sim.faults.add(Fault(kind="quota", path="/n/*"))
    with pytest.raises(HomeAssistantError):
        await make(hass, talking, LOCK_1_ID)
    freezer.move_to(datetime(2026, 10, 31, 23, 59, 30, tzinfo=UTC))
    await pass_time(hass, freezer, timedelta())
    assert value(hass, "sensor", talking.entry_id, "netcode_calls_left") == "0"
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert value(hass, "sensor", talking.entry_id, "netcode_calls_left") == "100"
