"""Polling never exceeds the budget, and copes with whatever the cloud does."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
import logging
from threading import Event
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.api import Pool
from custom_components.codelocks.const import EVENT_ACTIVITY
from custom_components.codelocks.polling.schedule import Plan, make_plan
from custom_components.codelocks.reading.records import ActivityRecord
from custom_components.codelocks.store import EntryStore
from tests.codes import act, device_id, use_up
from tests.conftest import settle
from tests.helpers import asked, entity_id, pass_time, read_again, state_of, value
from tests.simulator import ACCESS_KEY, API_KEY, GUEST_EMAIL, LOCK_1_ID, LOCK_2_ID, Fault, Simulator

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Return our log lines that a user sees: their level and their subject."""
    return [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name.startswith("custom_components.codelocks") and record.levelno >= logging.INFO
    ]


@pytest.fixture
def told(hass: HomeAssistant) -> list[str]:
    """Return the entries that are reported from now on, each as often as it is."""
    texts: list[str] = []
    hass.bus.async_listen(EVENT_ACTIVITY, callback(lambda event: texts.append(event.data["text"])))
    return texts


async def update_entity(hass: HomeAssistant, key: str) -> None:
    """Update a sensor of the first lock by Home Assistant's own action."""
    assert await async_setup_component(hass, "homeassistant", {})
    found = entity_id(hass, "sensor", LOCK_1_ID, key)
    await hass.services.async_call(
        "homeassistant", "update_entity", {"entity_id": found}, blocking=True
    )
    await settle(hass)


@pytest.mark.usefixtures("add_account")
async def test_the_budget_of_a_month(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """Through a month and into the next, polling spends most of its share and never the reserve."""
    sim.world.key.utility.quota = 120
    flow = await hass.config_entries.flow.async_init("codelocks", context={"source": "user"})
    filled = {"api_key": API_KEY, "plan": "custom", "access_key": "2ym1989dzx"}
    form = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {**filled, "connection": {"url": sim.url}}
    )
    result = await hass.config_entries.flow.async_configure(
        form["flow_id"], {"netcode_quota": 10, "utility_quota": 120}
    )
    await pass_time(hass, freezer, timedelta())
    entry = result["result"]
    while freezer().replace(tzinfo=UTC) < datetime(2026, 10, 31, 20, tzinfo=UTC):
        await pass_time(hass, freezer, 6 * HOUR)
        assert sim.world.key.utility.used <= 96
    assert sim.world.key.utility.used >= 48
    freezer.move_to(datetime(2026, 11, 1, tzinfo=UTC))
    sim.world.reset_month()
    await pass_time(hass, freezer, 6 * HOUR, 4)
    assert 0 < sim.world.key.utility.used <= 96
    left = state_of(hass, "sensor", entry.entry_id, "utility_calls_left")
    assert left.attributes["used"] == sim.world.key.utility.used


async def test_a_spent_budget(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """When the polling share is used up, polling stops until the month turns; values stay."""
    await use_up(hass, entry, 800)
    sim.clear_calls()
    await pass_time(hass, freezer, DAY, 19)
    assert not sim.calls
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    freezer.move_to(datetime(2026, 11, 1, 0, 0, 1, tzinfo=UTC))
    await pass_time(hass, freezer, HOUR, 4)
    assert "k3connect" in asked(sim)
    assert any(path.endswith("audit") for path in asked(sim))


async def test_polling_turned_off(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """With Home Assistant's "Enable polling for changes" off, only requested reads are made."""
    hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await hass.config_entries.async_reload(entry.entry_id)
    sim.clear_calls()
    await pass_time(hass, freezer, 6 * HOUR, 8)
    assert not sim.calls
    await update_entity(hass, "last_activity")
    assert asked(sim) == [f"k3connect/{LOCK_1_ID}/audit"]
    sim.faults.add(Fault(kind="status", status=503))
    await read_again(hass, freezer)
    sim.faults.clear()
    sim.clear_calls()
    await pass_time(hass, freezer, 6 * HOUR, 8)
    assert not sim.calls, "nor is a failure tried again"
    assert (await act(hass, "refresh"))["read"] == 5


async def test_a_disabled_lock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """No call is spent on a lock whose device is disabled, and it is read when it is enabled."""
    devices = dr.async_get(hass)
    device = device_id(hass, entry, LOCK_1_ID)
    devices.async_update_device(device, disabled_by=dr.DeviceEntryDisabler.USER)
    sim.clear_calls()
    await pass_time(hass, freezer, 6 * HOUR, 12)
    assert any(LOCK_2_ID in path for path in asked(sim))
    assert not any(LOCK_1_ID in path for path in asked(sim))
    devices.async_update_device(device, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)  # Home Assistant would, in 30 seconds
    await pass_time(hass, freezer, HOUR, 6)
    assert any(LOCK_1_ID in path for path in asked(sim))


async def test_update_entity(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """`homeassistant.update_entity` is granted every ten minutes, within the polling budget."""
    for _ in range(8):
        await pass_time(hass, freezer, 2 * MINUTE)
    sim.clear_calls()
    for _ in range(20):
        await update_entity(hass, "last_activity")
        await pass_time(hass, freezer, MINUTE)
    assert asked(sim).count(f"k3connect/{LOCK_1_ID}/audit") == 2
    await use_up(hass, entry, 800)
    await pass_time(hass, freezer, HOUR)
    sim.clear_calls()
    await update_entity(hass, "last_activity")
    assert not sim.calls


async def test_a_wish_outlives_a_users_failure(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Clients that are due for another read are read, although a user's own read failed before."""
    await pass_time(hass, freezer, MINUTE)
    await update_entity(hass, "active_clients")
    await pass_time(hass, freezer, MINUTE)
    sim.faults.add(Fault(kind="status", status=503))
    with pytest.raises(HomeAssistantError):
        await act(hass, "get_clients", device_id=device_id(hass, entry, LOCK_1_ID))
    sim.faults.clear()
    sim.clear_calls()
    await pass_time(hass, freezer, 11 * MINUTE, 2)
    assert f"k3connect/{LOCK_1_ID}/clients" in asked(sim)


async def test_pages_do_not_pass_the_budget(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: list[str],
) -> None:
    """Further pages take nothing from the reserve: the news waits until the month turns."""
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(170):
        lock.add_audit(f"Opened {number}", entry_type="Unlock")
    await use_up(hass, entry, 797)
    sim.clear_calls()
    await pass_time(hass, freezer, 6 * HOUR, 4 * 19)
    assert [call.query.get("page") for call in sim.calls] == ["1", "2", "3"]
    assert told == []
    assert value(hass, "event", LOCK_1_ID, "activity") == "unknown"
    freezer.move_to(datetime(2026, 11, 1, 0, 0, 1, tzinfo=UTC))
    await pass_time(hass, freezer, HOUR, 8)
    assert told == [f"Opened {number}" for number in range(170)]


async def test_pages_of_clients_do_not_pass_the_budget(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A refresh does not stop halfway through the clients' pages; a user's question reads all."""
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(120):
        lock.add_client(f"client{number}@example.com")
    await use_up(hass, entry, 797)
    sim.clear_calls()
    freezer.tick(11 * HOUR / 60)
    front = device_id(hass, entry, LOCK_1_ID)
    assert await act(hass, "refresh", device_id=front) == {"read": 3, "utility_calls_left": 200}
    clients = f"k3connect/{LOCK_1_ID}/clients"
    assert asked(sim) == ["k3connect", f"k3connect/{LOCK_1_ID}/audit", clients]
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "unavailable"
    answer = await act(hass, "get_clients", device_id=front)
    assert answer["count"] == len(lock.clients)
    assert asked(sim).count(clients) == 4
    assert int(value(hass, "sensor", LOCK_1_ID, "active_clients")) > 120


@pytest.mark.usefixtures("entry")
async def test_an_outage(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Only one read fails and no other is tried; still all entities become unavailable."""
    down = sim.faults.add(Fault(kind="status", status=503))
    shown = ("sensor", LOCK_1_ID, "battery_status"), ("event", LOCK_2_ID, "activity")
    sim.clear_calls()
    while not sim.calls:
        await pass_time(hass, freezer, 10 * MINUTE)
    assert sum(value(hass, *one) == "unavailable" for one in shown) <= 1, "a hiccup, maybe"
    await pass_time(hass, freezer, 10 * MINUTE)
    assert all(value(hass, *one) == "unavailable" for one in shown)
    await pass_time(hass, freezer, DAY, 2)
    assert all(value(hass, *one) == "unavailable" for one in shown)

    sim.faults.clear(down)
    sim.clear_calls()
    await pass_time(hass, freezer, 6 * HOUR)
    assert not any(value(hass, *one) == "unavailable" for one in shown)


async def test_a_user_finds_the_outage_over(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """When a user's read works, polling tries at once, however long it would have waited."""
    down = sim.faults.add(Fault(kind="status", status=503))
    await pass_time(hass, freezer, HOUR, 48)
    assert value(hass, "event", LOCK_2_ID, "activity") == "unavailable"
    sim.faults.clear(down)
    await act(hass, "get_audit", device_id=device_id(hass, entry, LOCK_1_ID))
    await settle(hass)
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"


async def test_a_rejected_key_shows(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Polling stops until there are new keys, so all entities are unavailable."""
    assert entry
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    sim.clear_calls()
    while not sim.calls:
        await pass_time(hass, freezer, 10 * MINUTE)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "unavailable"
    assert value(hass, "event", LOCK_2_ID, "activity") == "unavailable"
    assert value(hass, "sensor", entry.entry_id, "utility_calls_left") != "unavailable"


@pytest.mark.usefixtures("entry")
async def test_a_lock_whose_clients_cannot_be_read(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """News of a change of clients causes a read of them, but not again and again if it fails."""
    await pass_time(hass, freezer, HOUR)
    sim.faults.add(Fault(kind="status", status=400, path=f"*{LOCK_1_ID}/clients"))
    sim.world.lock(LOCK_1_ID).add_audit("Client added", entry_type="Client")
    sim.clear_calls()
    await pass_time(hass, freezer, 10 * MINUTE, 2 * 24 * 6)
    clients = asked(sim).count(f"k3connect/{LOCK_1_ID}/clients")
    assert 4 <= clients <= 16


@pytest.mark.usefixtures("entry")
async def test_the_cloud_says_that_the_pool_is_spent(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A pool that something else has spent is tried once a day, and used again when full."""
    sim.world.key.utility.used = 1000
    sim.clear_calls()
    caplog.clear()
    await pass_time(hass, freezer, 3 * HOUR, 8 * 4)
    assert 3 <= len(sim.calls) <= 5
    assert [level for level, _ in lines(caplog)] == ["ERROR"]

    sim.world.key.utility.quota = 2000  # a bolt-on was bought
    sim.world.lock(LOCK_1_ID).set_battery("LOW")
    await pass_time(hass, freezer, 3 * HOUR, 16)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "low"
    assert [level for level, _ in lines(caplog)] == ["ERROR", "INFO"]


@pytest.mark.usefixtures("entry")
async def test_a_spent_pool_and_the_reset(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """When the month turns, polling does not wait for the rest of the day."""
    freezer.move_to(datetime(2026, 10, 31, 18, tzinfo=UTC))
    sim.world.key.utility.used = 1000
    await pass_time(hass, freezer, HOUR)
    freezer.move_to(datetime(2026, 10, 31, 23, 59, 30, tzinfo=UTC))
    sim.world.reset_month()
    sim.clear_calls()
    await pass_time(hass, freezer, timedelta(minutes=5))
    assert sim.calls
    assert {call.status for call in sim.calls} == {200}


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(("retry_after", "wait"), [(7200, 2 * HOUR), (None, HOUR / 6)])
async def test_a_throttle(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    told: list[str],
    retry_after: int | None,
    wait: timedelta,
) -> None:
    """After "too many requests" polling pauses for as long as requested, and then goes on.

    It causes one log line down and one up, and loses no news.
    """
    caplog.clear()
    sim.faults.add(Fault(kind="throttle", retry_after=retry_after, count=1))
    sim.clear_calls()
    await pass_time(hass, freezer, 12 * HOUR)
    assert len(sim.calls) == 1
    sim.world.lock(LOCK_1_ID).add_audit("meanwhile", entry_type="Unlock")
    await pass_time(hass, freezer, wait - timedelta(seconds=30))
    assert len(sim.calls) == 1
    assert [level for level, _ in lines(caplog)] == ["ERROR"]
    assert not told
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert len(sim.calls) > 1
    assert {call.status for call in sim.calls[1:]} == {200}
    await pass_time(hass, freezer, HOUR, 12)
    assert told == ["meanwhile"]
    assert [level for level, _ in lines(caplog)] == ["ERROR", "INFO"]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="status", status=503),
        Fault(kind="drop"),
        Fault(kind="firewall"),
        Fault(kind="redirect"),
    ],
    ids=["503", "dropped", "firewall", "redirect"],
)
async def test_an_outage_of_a_day(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
) -> None:
    """A day's outage costs few calls, causes one log line down and one up, and loses no news."""
    await pass_time(hass, freezer, HOUR, 3)
    sim.faults.add(fault)
    sim.clear_calls()
    caplog.clear()
    await pass_time(hass, freezer, HOUR / 2, 48)
    assert 2 <= len(sim.calls) <= 12
    assert [level for level, _ in lines(caplog)] == ["ERROR"]
    down = [state for state in hass.states.async_all() if state.state == "unavailable"]
    assert down
    assert "reason" not in lines(caplog)[0][1]

    sim.world.lock(LOCK_1_ID).add_audit("during the outage")
    sim.faults.clear()
    await pass_time(hass, freezer, HOUR, 24)
    assert [level for level, _ in lines(caplog)] == ["ERROR", "INFO"]
    assert not [state for state in hass.states.async_all() if state.state == "unavailable"]
    told = state_of(hass, "event", LOCK_1_ID, "activity").attributes
    assert told["text"] == "during the outage"


@pytest.mark.usefixtures("entry")
async def test_the_first_failure_is_not_repeated_in_a_burst(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The waits grow: each is at least as long as the one before, the first five minutes."""
    sim.faults.add(Fault(kind="status", status=500))
    sim.clear_calls()
    await pass_time(hass, freezer, timedelta(minutes=5), 12 * 24)
    times = [call.at for call in sim.calls]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert len(waits) >= 5
    assert waits[0] >= timedelta(minutes=5)
    assert waits == sorted(waits)
    assert waits[-1] >= 5 * HOUR


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 404, "body": '{"Message":"[\\"No lock found.\\"]"}'},
        {"kind": "status", "status": 400},
        {"kind": "html"},
        {"kind": "truncated"},
        {"kind": "status", "status": 200, "body": '"surprise"'},
    ],
    ids=["404", "400", "HTML", "half", "a word"],
)
async def test_one_locks_failure(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    told: list[str],
    fault: dict[str, Any],
) -> None:
    """One lock's failure affects only that lock, which is read less; the others are read as before.

    Entries that arrive meanwhile are reported afterwards, once.
    """
    broken = f"*/{LOCK_1_ID}/audit"
    sim.faults.add(Fault(path=broken, **fault))
    sim.clear_calls()
    caplog.clear()
    await pass_time(hass, freezer, HOUR, 48)
    audits = {lock: asked(sim).count(f"k3connect/{lock}/audit") for lock in (LOCK_1_ID, LOCK_2_ID)}
    assert 2 <= audits[LOCK_1_ID] <= audits[LOCK_2_ID]
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "unavailable"
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
    assert value(hass, "sensor", LOCK_2_ID, "last_activity") == "2026-10-11T03:30:00+00:00"
    assert [level for level, _ in lines(caplog)] == ["ERROR"]

    sim.world.lock(LOCK_1_ID).add_audit("meanwhile", entry_type="Unlock")
    came = sim.world.now().replace(microsecond=0)
    await pass_time(hass, freezer, 6 * HOUR, 2)
    assert not told
    sim.faults.clear()
    await pass_time(hass, freezer, HOUR, 36)
    assert told == ["meanwhile"]
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == came.isoformat()
    assert [level for level, _ in lines(caplog)] == ["ERROR", "INFO"]


SECRET = "482915"


def broken(*_: Any, **__: Any) -> Any:
    """Fail as nobody expected, with words that should not be known."""
    raise ZeroDivisionError(SECRET)


PLANNER = "custom_components.codelocks.polling.poller.make_plan"
SHOWN = ("sensor", LOCK_1_ID, "battery_status"), ("event", LOCK_2_ID, "activity")


async def test_a_plan_that_cannot_be_made(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An exception in the planner costs a wait that grows, and what it hides shows in the end."""
    with patch(PLANNER, side_effect=broken) as planner:
        while not planner.call_count:
            await pass_time(hass, freezer, HOUR)
        caplog.clear()
        sim.clear_calls()
        began, waits = freezer(), [0]
        hiccup = [value(hass, *one) for one in SHOWN]
        for _ in range(127):
            await pass_time(hass, freezer, 5 * MINUTE)
            if planner.call_count > len(waits):
                waits.append(int((freezer() - began) / MINUTE) - sum(waits))
        assert waits == [0, 5, 10, 20, 40, 80, 160, 320]
        assert "unavailable" not in hiccup
        assert [value(hass, *one) for one in SHOWN] == ["unavailable"] * 2
        assert value(hass, "sensor", entry.entry_id, "utility_calls_left") != "unavailable"
        assert lines(caplog) == []
        assert sim.calls == []
    await pass_time(hass, freezer, 6 * HOUR)
    assert [value(hass, *one) for one in SHOWN] == hiccup
    assert [level for level, _ in lines(caplog)] == ["INFO"]
    await pass_time(hass, freezer, 6 * HOUR, 4)
    assert {f"k3connect/{lock}/audit" for lock in (LOCK_1_ID, LOCK_2_ID)} <= set(asked(sim))


async def test_a_plan_that_cannot_be_made_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One exception ends nothing: the log has its traceback, without its words."""
    assert entry
    caplog.clear()
    with patch(PLANNER, side_effect=broken) as planner:
        while not planner.call_count:
            await pass_time(hass, freezer, HOUR)
    sim.clear_calls()
    before = {state.entity_id: state.state for state in hass.states.async_all()}
    assert "unavailable" not in before.values()
    await pass_time(hass, freezer, 5 * MINUTE)
    assert [level for level, _ in lines(caplog)] == ["ERROR", "INFO"]
    assert "UnexpectedError: ZeroDivisionError" in caplog.text
    assert "in broken" in caplog.text
    assert SECRET not in caplog.text
    await pass_time(hass, freezer, 6 * HOUR, 4)
    assert f"k3connect/{LOCK_1_ID}/audit" in asked(sim)


async def test_a_count_that_is_corrected_while_a_plan_is_made(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
) -> None:
    """The plan is made again: the one under way knows nothing of it."""
    begun, go = Event(), Event()
    budgets: list[float] = []

    def slowly(now: datetime, until: datetime, budget: float, **others: Any) -> Plan:
        budgets.append(budget)
        begun.set()
        assert go.wait(10)
        return make_plan(now, until, budget, **others)

    with patch(PLANNER, slowly):
        hass.config_entries.async_schedule_reload(entry.entry_id)
        assert await hass.async_add_executor_job(begun.wait, 10)
        await use_up(hass, entry, 500)
        go.set()
        await settle(hass)
    assert budgets == [800 - sim.world.key.utility.used, 300]


async def test_an_audit_that_we_cannot_deal_with(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fault of ours in one lock's read is that lock's: its waits grow, and it is told once."""
    assert entry
    keep = EntryStore.set_activity

    def fail(store: EntryStore, lock_id: str, record: ActivityRecord) -> None:
        if lock_id == LOCK_1_ID:
            broken()
        keep(store, lock_id, record)

    monkeypatch.setattr(EntryStore, "set_activity", fail)
    sim.clear_calls()
    caplog.clear()
    await pass_time(hass, freezer, HOUR, 48)
    audits = {lock: asked(sim).count(f"k3connect/{lock}/audit") for lock in (LOCK_1_ID, LOCK_2_ID)}
    assert 2 <= audits[LOCK_1_ID] <= audits[LOCK_2_ID]
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "unavailable"
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"
    assert [level for level, _ in lines(caplog)] == ["ERROR"]
    assert caplog.text.count("Traceback") == 1
    assert SECRET not in caplog.text

    monkeypatch.setattr(EntryStore, "set_activity", keep)
    await pass_time(hass, freezer, HOUR, 36)
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") != "unavailable"
    assert [level for level, _ in lines(caplog)] == ["ERROR", "INFO"]


async def test_a_list_that_we_cannot_deal_with(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Without the list nothing can be relied on, so the account is cut off; a user is told why."""
    assert entry
    with patch.object(EntryStore, "set_locks", broken):
        await read_again(hass, freezer)
        sim.clear_calls()
        caplog.clear()
        await pass_time(hass, freezer, 30 * MINUTE, 48)
        assert 4 <= len(sim.calls) <= 9
        assert set(asked(sim)) == {"k3connect"}
        assert [value(hass, *one) for one in SHOWN] == ["unavailable"] * 2
        assert lines(caplog) == []
        with pytest.raises(HomeAssistantError, match=r"could not be read.*ZeroDivisionError"):
            await act(hass, "refresh")
    await pass_time(hass, freezer, 6 * HOUR)
    assert "unavailable" not in [value(hass, *one) for one in SHOWN]


async def test_no_secret_in_the_log(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever fails, neither key is in the log at any level."""
    caplog.set_level(logging.DEBUG)
    for fault in (
        Fault(kind="status", status=500, body=f'{{"message": "bad key {API_KEY}"}}'),
        Fault(kind="drop"),
        Fault(kind="html"),
        Fault(kind="status", status=400, body='{"Message": "accesskey=2ym1989dzx"}'),
    ):
        sim.faults.clear()
        sim.faults.add(fault)
        await pass_time(hass, freezer, 12 * HOUR, 2)
    await sim.stop()
    await pass_time(hass, freezer, 12 * HOUR)
    ours = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''}"
        for record in caplog.records
        if "codelocks" in record.name
    )
    assert ours.count("Error fetching") >= 1
    assert API_KEY not in ours
    assert entry.data["access_key"] not in ours
    assert GUEST_EMAIL not in ours


@pytest.fixture
def written(hass: HomeAssistant) -> list[str]:
    """Return the entities whose states are written from now on, changed or not."""
    entities: list[str] = []
    note = callback(lambda event: entities.append(event.data["entity_id"]))
    hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    hass.bus.async_listen(EVENT_STATE_REPORTED, note, event_filter=callback(lambda _: True))
    return entities


async def test_a_changed_clock_is_shown_at_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What the list says of a lock's clock is shown by what is fed by other reads."""
    before = datetime.fromisoformat(value(hass, "sensor", LOCK_1_ID, "last_activity"))
    hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await pass_time(hass, freezer, 11 * MINUTE)
    sim.world.lock(LOCK_1_ID).time_zone = "Asia/Tokyo"
    sim.clear_calls()
    await update_entity(hass, "battery_status")
    assert asked(sim) == ["k3connect"]
    after = datetime.fromisoformat(value(hass, "sensor", LOCK_1_ID, "last_activity"))
    assert before - after == 8 * HOUR


async def test_many_calls_are_told_together(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    written: list[str],
) -> None:
    """The calls left are written at the first of many calls and at the end, and none is lost."""
    left = entity_id(hass, "sensor", entry.entry_id, "utility_calls_left")
    written.clear()
    await read_again(hass, freezer)
    assert [one for one in written if one == left] == [left] * 2
    used = state_of(hass, "sensor", entry.entry_id, "utility_calls_left").attributes["used"]
    assert used == sim.world.key.utility.used


async def test_only_news_is_written(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    written: list[str],
) -> None:
    """A read without news writes no lock's state, one with news only those that changed."""
    left = {entity_id(hass, "sensor", entry.entry_id, f"{key}_calls_left") for key in Pool}
    written.clear()
    sim.clear_calls()
    await read_again(hass, freezer, 3)
    assert len(sim.calls) == 3 * 5
    assert set(written) == left

    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock")
    written.clear()
    await read_again(hass, freezer)
    activity = [
        entity_id(hass, "event", LOCK_1_ID, "activity"),
        entity_id(hass, "sensor", LOCK_1_ID, "last_activity"),
    ]
    assert sorted(one for one in written if one not in left) == activity
