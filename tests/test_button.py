"""The refresh button: read now what is not fresh."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import device_id, use_up
from tests.conftest import AddAccount, settle
from tests.helpers import (
    FRESH,
    asked,
    assert_shape,
    entity_id,
    pass_time,
    state_of,
    value,
)
from tests.simulator import ACCESS_KEY, LOCK_1_ID, LOCK_2_ID, Fault, Simulator

ALL = sorted(
    [
        "k3connect",
        *(f"k3connect/{lock}/audit" for lock in (LOCK_1_ID, LOCK_2_ID)),
        *(f"k3connect/{lock}/clients" for lock in (LOCK_1_ID, LOCK_2_ID)),
    ]
)


async def press(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Press the account's button."""
    button = entity_id(hass, "button", entry.entry_id, "refresh")
    assert button
    await hass.services.async_call("button", "press", {"entity_id": button}, blocking=True)
    await settle(hass)


def set_aside(freezer: FrozenDateTimeFactory) -> None:
    """Let time pass without polling."""
    freezer.tick(FRESH)


async def test_shape(hass: HomeAssistant, sim: Simulator, snapshot: SnapshotAssertion) -> None:
    """The button of an account."""
    await assert_shape(hass, sim, snapshot, Platform.BUTTON)


async def test_press(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Pressing reads the lock list, and the activity and clients of all locks, once."""
    sim.world.lock(LOCK_1_ID).set_battery("LOW")
    sim.world.lock(LOCK_2_ID).add_audit("Opened")
    set_aside(freezer)
    sim.clear_calls()
    await press(hass, entry)
    assert sorted(asked(sim)) == ALL
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "low"
    assert state_of(hass, "event", LOCK_2_ID, "activity").attributes["text"] == "Opened"


async def test_ten_minutes(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What was read in the last ten minutes is fresh, for any caller."""
    sim.clear_calls()
    await press(hass, entry)
    freezer.tick(timedelta(minutes=9, seconds=59))
    await press(hass, entry)
    assert not sim.calls
    freezer.tick(timedelta(seconds=2))
    await press(hass, entry)
    await press(hass, entry)
    assert sorted(asked(sim)) == ALL


async def test_a_failed_read_counts_as_one(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A lock whose read failed is not tried again within ten minutes either."""
    sim.faults.add(Fault(kind="html", path=f"*/{LOCK_1_ID}/*"))
    set_aside(freezer)
    sim.clear_calls()
    await press(hass, entry)
    assert sorted(asked(sim)) == ALL
    freezer.tick(timedelta(minutes=5))
    await press(hass, entry)
    assert sorted(asked(sim)) == ALL


async def test_an_outage_costs_one_call(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """If the cloud is down, the first read shows it; no others are made."""
    sim.faults.add(Fault(kind="status", status=503))
    set_aside(freezer)
    sim.clear_calls()
    with pytest.raises(HomeAssistantError, match="Codelocks did not answer"):
        await press(hass, entry)
    assert asked(sim) == ["k3connect"]


async def test_pressing_ends_the_wait(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """When a press finds the cloud working again, polling goes on at once."""
    sim.faults.add(Fault(kind="status", status=503))
    await pass_time(hass, freezer, timedelta(hours=12), 4)
    sim.faults.clear()
    sim.clear_calls()
    await press(hass, entry)
    await pass_time(hass, freezer, timedelta(seconds=1))
    assert sorted(asked(sim)) == ALL
    for lock_id in (LOCK_1_ID, LOCK_2_ID):
        assert value(hass, "sensor", lock_id, "active_clients") in ("0", "1")
        assert value(hass, "sensor", lock_id, "last_activity") != "unavailable"


async def test_a_lock_that_joins_and_one_that_leaves(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The list is read first: a new lock is read too, and no call is spent on a missing one."""
    lock = sim.world.add_lock("Cellar")
    sim.world.remove_lock(LOCK_1_ID)
    set_aside(freezer)
    sim.clear_calls()
    await press(hass, entry)
    assert f"k3connect/{lock.id}/audit" in asked(sim)
    assert f"k3connect/{lock.id}/clients" in asked(sim)
    assert not any(LOCK_1_ID in path for path in asked(sim))


async def test_a_rejected_key(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A rejected key costs one call, however often the button is pressed, and starts reauth."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    set_aside(freezer)
    sim.clear_calls()
    for _ in range(2):
        with pytest.raises(HomeAssistantError, match="rejects the access key"):
            await press(hass, entry)
    assert asked(sim) == ["k3connect"]
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"


@pytest.mark.parametrize("used", [800, 1000, 5000])
async def test_the_budget_is_spent(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    used: int,
) -> None:
    """If polling has no calls left, pressing says so, and spends none."""
    await use_up(hass, entry, used)
    set_aside(freezer)
    sim.clear_calls()
    with pytest.raises(ServiceValidationError, match="polling may spend this month") as caught:
        await press(hass, entry)
    assert caught.value.translation_key == "polling_budget_spent"
    assert not sim.calls


async def test_the_budget_ends(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """If polling has two calls left, pressing makes two, then says that they are spent."""
    await use_up(hass, entry, 798)
    set_aside(freezer)
    sim.clear_calls()
    await press(hass, entry)
    assert len(sim.calls) == 2
    with pytest.raises(ServiceValidationError):
        await press(hass, entry)
    assert len(sim.calls) == 2


async def test_nothing_to_read(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, freezer: FrozenDateTimeFactory
) -> None:
    """Without an access key there is nothing to read, which is not an error."""
    entry = await add_account(access_key="")
    set_aside(freezer)
    sim.clear_calls()
    await press(hass, entry)
    assert not sim.calls


async def test_some_locks(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The action reads only some locks, and returns the calls made and the calls left."""
    device = device_id(hass, entry, LOCK_2_ID)
    set_aside(freezer)
    sim.clear_calls()
    answer = await hass.services.async_call(
        "codelocks", "refresh", {"device_id": device}, blocking=True, return_response=True
    )
    assert asked(sim) == [
        "k3connect",
        f"k3connect/{LOCK_2_ID}/audit",
        f"k3connect/{LOCK_2_ID}/clients",
    ]
    assert answer == {"read": 3, "utility_calls_left": sim.world.key.utility.left}
