"""What failed is left alone, also by a Home Assistant that is started again and again."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import act, device_id
from tests.conftest import keys, settle
from tests.helpers import WRITTEN, asked, pass_time, state_of, value
from tests.simulator import ACCESS_KEY, LOCK_1_ID, LOCK_2_ID, Fault, Simulator

type AddAccount = Callable[..., Awaitable[CodelocksConfigEntry]]
type Start = Callable[[CodelocksConfigEntry], Awaitable[None]]
type Storage = dict[str, Any]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture(params=["none", "reload", "crash"])
def start(hass: HomeAssistant, hass_storage: Storage, request: pytest.FixtureRequest) -> Start:
    """Return what starts an account again, in one of the ways. A restart is less than a crash."""

    async def again(entry: CodelocksConfigEntry) -> None:
        if request.param == "none":
            return
        left = deepcopy(hass_storage)
        await hass.config_entries.async_unload(entry.entry_id)
        if request.param == "crash":  # what was not written by then is lost
            hass.data.pop(f"{DOMAIN}_call_counters")
            hass_storage.clear()
            hass_storage.update(left)
        await hass.config_entries.async_setup(entry.entry_id)
        await settle(hass)

    return again


async def live(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
    start: Start,
    time: timedelta,
    every: timedelta = 5 * MINUTE,
) -> None:
    """Let time pass, with a start every few minutes, and right after a call where there is one."""
    for _ in range(time // every):
        await pass_time(hass, freezer, every)
        await start(entry)


async def until_asked(hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory) -> None:
    """Let time pass until the cloud is asked."""
    sim.clear_calls()
    while not sim.calls:
        await pass_time(hass, freezer, 5 * MINUTE)


async def test_a_cloud_that_is_down(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """It costs 8 calls in 12 hours, however often Home Assistant is started."""
    down = sim.faults.add(Fault(kind="status", status=503))
    await until_asked(hass, sim, freezer)
    await live(hass, freezer, entry, start, 12 * HOUR)
    assert len(sim.calls) == 8
    assert value(hass, "event", LOCK_2_ID, "activity") == "unavailable"
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "unavailable"
    used = state_of(hass, "sensor", entry.entry_id, "utility_calls_left").attributes["used"]
    assert used == sim.world.key.utility.used

    sim.faults.clear(down)
    await live(hass, freezer, entry, start, 6 * HOUR, HOUR / 2)
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"


async def test_a_start_right_after_a_failure(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """The wait is written with the failure: a second later it is known."""
    sim.faults.add(Fault(kind="status", status=503))
    await until_asked(hass, sim, freezer)
    for _ in range(20):
        await start(entry)
        await pass_time(hass, freezer, timedelta(seconds=1))
    assert len(sim.calls) == 1


async def test_a_spent_pool(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """It is looked at once a day."""
    sim.world.key.utility.used = 1000
    await until_asked(hass, sim, freezer)
    await live(hass, freezer, entry, start, 23 * HOUR, HOUR / 2)
    assert len(sim.calls) == 1
    assert value(hass, "sensor", entry.entry_id, "utility_calls_left") == "0"
    await live(hass, freezer, entry, start, 2 * HOUR)
    assert len(sim.calls) == 2

    freezer.move_to(datetime(2026, 11, 1, 0, 0, 1, tzinfo=UTC))
    sim.world.reset_month()
    sim.clear_calls()
    await live(hass, freezer, entry, start, HOUR)
    assert {call.status for call in sim.calls} == {200}
    assert value(hass, "sensor", entry.entry_id, "utility_calls_left") != "0"


async def test_a_throttle(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """What the cloud says is waited, also over a restart."""
    sim.faults.add(Fault(kind="throttle", retry_after=7200))
    await until_asked(hass, sim, freezer)
    await live(hass, freezer, entry, start, timedelta(minutes=115))
    assert len(sim.calls) == 1
    await live(hass, freezer, entry, start, 10 * MINUTE)
    assert len(sim.calls) == 2


async def test_one_lock_that_fails(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """Its failures are counted on, and it stays unavailable until it can be read."""
    path = f"k3connect/{LOCK_1_ID}/audit"
    sim.faults.add(Fault(kind="html", path=f"*/{path}"))
    sim.clear_calls()
    for _ in range(36 * 4):
        await pass_time(hass, freezer, HOUR / 4)
        await pass_time(hass, freezer, WRITTEN)  # one lock's failure is gathered with the rest
        await start(entry)
    assert 5 <= asked(sim).count(path) <= 12
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"


async def test_a_rejected_key(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """It is asked for anew, and costs no more than a cloud that is down."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    await until_asked(hass, sim, freezer)
    await live(hass, freezer, entry, start, 12 * HOUR)
    assert len(sim.calls) <= 8
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "unavailable"
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"

    form = {"api_key": entry.data["api_key"], "access_key": "newkey0000"}
    await hass.config_entries.flow.async_configure(flow["flow_id"], form)
    await settle(hass)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    sim.world.lock(LOCK_1_ID).set_battery("LOW")
    await pass_time(hass, freezer, HOUR, 12)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "low"


async def test_the_same_key_works_again(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A form with the keys as they were is a try: polling goes on at once."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    await until_asked(hass, sim, freezer)
    sim.world.change_access_key("newkey0000", ACCESS_KEY)
    (flow,) = hass.config_entries.flow.async_progress()
    form = {key: entry.data[key] for key in ("api_key", "access_key")}
    await hass.config_entries.flow.async_configure(flow["flow_id"], form)
    await settle(hass)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    sim.clear_calls()
    await pass_time(hass, freezer, HOUR, 24)
    assert "k3connect" in asked(sim)
    assert {call.status for call in sim.calls} == {200}


async def test_reconfigure_during_an_outage(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Whoever saw in a form that the cloud answers again need not wait any longer."""
    down = sim.faults.add(Fault(kind="status", status=503))
    await pass_time(hass, freezer, HOUR, 48)
    assert value(hass, "event", LOCK_2_ID, "activity") == "unavailable"
    sim.faults.clear(down)
    form = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id}
    )
    await hass.config_entries.flow.async_configure(form["flow_id"], reconfigured(sim))
    await settle(hass)
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"
    sim.clear_calls()
    await pass_time(hass, freezer, 5 * MINUTE, 3)
    assert sim.calls


def reconfigured(sim: Simulator) -> dict[str, Any]:
    """Return what a user fills into the form for other keys."""
    return {key: found for key, found in keys(sim).items() if key != "plan"}


async def test_what_a_user_reads_lifts_a_kept_wait(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """A wait from before the start ends when a user finds the cloud working."""
    down = sim.faults.add(Fault(kind="status", status=503))
    await pass_time(hass, freezer, HOUR, 48)
    await start(entry)
    sim.faults.clear(down)
    await act(hass, "get_audit", device_id=device_id(hass, entry, LOCK_1_ID))
    await settle(hass)
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "quota"}])
async def test_a_first_set_up(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    start: Start,
    fault: dict[str, Any],
) -> None:
    """A new account whose list cannot be read waits as long, and says why all the time."""
    sim.faults.add(Fault(path="*/k3connect", **fault))
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], keys(sim))
    await settle(hass)
    entry = result["result"]
    reason, said = entry.error_reason_translation_key, entry.reason
    assert reason
    await live(hass, freezer, entry, start, 12 * HOUR)
    assert 1 < asked(sim).count("k3connect") <= 8
    assert entry.state.value == "setup_retry"
    assert (entry.error_reason_translation_key, entry.reason) == (reason, said)

    sim.faults.clear()
    await live(hass, freezer, entry, start, 6 * HOUR, HOUR / 2)
    assert entry.state is ConfigEntryState.LOADED
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"


async def test_a_first_set_up_with_a_rejected_key(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    start: Start,
) -> None:
    """The form said yes, the list says no: it is asked for anew, without a call at each start."""
    sim.faults.add(Fault(kind="status", status=401, path="*/k3connect"))
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], keys(sim))
    await settle(hass)
    entry = result["result"]
    await live(hass, freezer, entry, start, 12 * HOUR)
    assert 1 <= asked(sim).count("k3connect") <= 8
    assert entry.state is ConfigEntryState.SETUP_ERROR
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"


async def test_two_accounts_on_a_spent_key(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    """One look a day is for all who use the key."""
    sim.world.add_account("second0key", email="second@example.com")
    second = await add_account(access_key="second0key")
    sim.world.key.utility.used = 1000
    await until_asked(hass, sim, freezer)
    await pass_time(hass, freezer, HOUR, 23)
    assert len(sim.calls) == 1
    for account in (entry, second):
        assert value(hass, "sensor", account.entry_id, "utility_calls_left") == "0"


async def test_calls_of_a_burst_are_written(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A crash forgets no more than two seconds of calls, and never the first."""
    await pass_time(hass, freezer, 11 * MINUTE)
    await pass_time(hass, freezer, timedelta(seconds=3))

    def counted() -> int:
        (name,) = (name for name in hass_storage if name.startswith(f"{DOMAIN}.calls."))
        return sum(hass_storage[name]["data"]["utility"].values())

    used = counted()
    assert used == sim.world.key.utility.used
    await act(hass, "get_clients", device_id=device_id(hass, entry, LOCK_1_ID))
    assert counted() == used + 1
    await act(hass, "get_clients", device_id=device_id(hass, entry, LOCK_2_ID))
    assert counted() == used + 1
    await pass_time(hass, freezer, timedelta(seconds=2))
    assert counted() == used + 2
