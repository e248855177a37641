"""Calls left, batteries, the newest activity, counts of clients."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
import json
from typing import Any
from unittest.mock import PropertyMock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import async_get_platforms
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import device_id
from tests.conftest import AddAccount
from tests.helpers import (
    assert_shape,
    device_of,
    entity_id,
    in_sections,
    only_platform,
    pass_time,
    read_again,
    restart,
    state_of,
    value,
)
from tests.simulator import GUEST_EMAIL, LOCK_1_ID, LOCK_2_ID, Fault, Simulator


@pytest.fixture
def all_enabled() -> Iterator[None]:
    """Enable entities that are off by default."""
    with patch.object(
        Entity, "entity_registry_enabled_default", new_callable=PropertyMock(return_value=True)
    ):
        yield


@pytest.mark.usefixtures("all_enabled")
async def test_shape(hass: HomeAssistant, sim: Simulator, snapshot: SnapshotAssertion) -> None:
    """All sensors of an account with two locks, one of which reports a number."""
    sim.world.lock(LOCK_2_ID).set_battery("64")
    await assert_shape(hass, sim, snapshot, Platform.SENSOR)


def calls(hass: HomeAssistant, entry: CodelocksConfigEntry, pool: str) -> tuple[str, int]:
    """Return what the sensor of a pool says: left and used."""
    state = state_of(hass, "sensor", entry.entry_id, f"{pool}_calls_left")
    return state.state, int(state.attributes["used"])


async def test_every_request_counts(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Reads, writes and failures are counted, each in its pool, as the cloud counts them."""
    device = device_id(hass, entry, LOCK_1_ID)
    for fault in (None, Fault(kind="status", status=500), Fault(kind="drop")):
        if fault:
            sim.faults.add(fault)
        await pass_time(hass, freezer, timedelta(hours=7))
        sim.faults.clear()
    for name, fields in (
        ("suspend_client", {"email": GUEST_EMAIL}),
        ("generate_netcode", {}),
    ):
        await hass.services.async_call(
            DOMAIN, name, {"device_id": device, **fields}, blocking=True, return_response=True
        )
    sim.faults.add(Fault(kind="status", status=500, path="/n/*"))
    with pytest.raises(HomeAssistantError):
        await hass.services.async_call(
            DOMAIN,
            "generate_netcode",
            {"device_id": device, "start": "2026-10-14 09:00"},
            blocking=True,
            return_response=True,
        )
    key = sim.world.key
    assert key.netcode.used == 2
    assert calls(hass, entry, "netcode") == ("98", 2)
    assert calls(hass, entry, "utility") == (str(key.utility.left), key.utility.used)


async def test_the_month_turns(
    hass: HomeAssistant, add_account: AddAccount, freezer: FrozenDateTimeFactory
) -> None:
    """The quota is full again at 00:00 UTC, without a request."""
    entry = await add_account(access_key="")
    assert not [
        entity.entity_id
        for platform in async_get_platforms(hass, DOMAIN)
        for entity in platform.entities.values()
        if entity.should_poll
    ]
    freezer.move_to(datetime(2026, 10, 31, 23, 58, tzinfo=UTC))
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert calls(hass, entry, "utility") == ("999", 1)
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert calls(hass, entry, "utility") == ("1000", 0)
    left = state_of(hass, "sensor", entry.entry_id, "utility_calls_left")
    assert left.attributes["resets_at"] == "2026-12-01T00:00:00+00:00"


@pytest.mark.usefixtures("sim")
async def test_more_calls_than_the_plan_has(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """The calls left are never below zero, and the calls used are still shown."""
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    counts = {"netcode_used": 120, "utility_used": 4000}
    filled = in_sections({**entry.options, **counts})
    await hass.config_entries.options.async_configure(flow["flow_id"], filled)
    assert calls(hass, entry, "netcode") == ("0", 120)
    assert calls(hass, entry, "utility") == ("0", 4000)


@pytest.mark.usefixtures("freezer")
async def test_forecast(hass: HomeAssistant, sim: Simulator) -> None:
    """The forecast is off until a user enables it."""
    entry_id = await only_platform(hass, sim, Platform.SENSOR)
    forecast = entity_id(hass, "sensor", entry_id, "utility_forecast")
    assert forecast
    assert hass.states.get(forecast) is None
    er.async_get(hass).async_update_entity(forecast, disabled_by=None)
    await hass.config_entries.async_reload(entry_id)
    # Five calls in the first 11.4 of 31 days.
    assert value(hass, "sensor", entry_id, "utility_forecast") == "14"


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("reported", "status"),
    [
        ("FULL", "full"),
        ("Low", "low"),
        ("UNKNOWN", "unknown"),
        ("", "unknown"),
        ("Charging slowly", "charging slowly"),
        ("64", "64"),
        ("x" * 900, "x" * 255),
    ],
)
async def test_battery_status(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    reported: str,
    status: str,
) -> None:
    """The battery's status is as reported, in lower case, even if the word is new."""
    sim.world.lock(LOCK_1_ID).battery = reported
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == status


async def test_battery_appears_with_a_number(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The percentage appears when a lock first reports one."""
    assert entity_id(hass, "sensor", LOCK_1_ID, "battery") is None
    lock = sim.world.lock(LOCK_1_ID)
    for nonsense in ("150", "-3", "half"):
        lock.battery = nonsense
        await read_again(hass, freezer)
        assert entity_id(hass, "sensor", LOCK_1_ID, "battery") is None
    lock.set_battery("87")
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery") == "87"
    assert entity_id(hass, "sensor", LOCK_2_ID, "battery") is None

    lock.battery = "86%"
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery") == "86"
    await restart(hass, freezer, entry)
    assert value(hass, "sensor", LOCK_1_ID, "battery") == "86"
    lock.set_battery("FULL")
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery") == "unknown"


@pytest.mark.usefixtures("all_enabled")
async def test_battery_updated(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """A day of the lock's own calendar; 1970 means never."""
    await only_platform(hass, sim, Platform.SENSOR)
    assert value(hass, "sensor", LOCK_1_ID, "battery_updated") == "2026-10-10T23:00:00+00:00"
    assert value(hass, "sensor", LOCK_2_ID, "battery_updated") == "unknown"
    sim.world.lock(LOCK_2_ID).set_battery("LOW")
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_2_ID, "battery_updated") == "2026-10-11T22:00:00+00:00"


@pytest.mark.usefixtures("entry")
async def test_battery_updated_is_off(hass: HomeAssistant) -> None:
    """It is disabled by default."""
    found = entity_id(hass, "sensor", LOCK_1_ID, "battery_updated")
    assert found
    assert hass.states.get(found) is None


@pytest.mark.parametrize("strange", [None, True, [], {"a": 1}, [["x"]]], ids=str)
@pytest.mark.parametrize(
    ("field", "key", "becomes"),
    [
        ("BatteryStatus", "battery_status", "unknown"),
        ("BatteryUpdated", "battery_updated", "unknown"),
        ("Timezone", "last_activity", "2026-10-12T08:30:00+00:00"),
        ("LockName", "battery_status", "full"),
    ],
)
@pytest.mark.usefixtures("all_enabled")
async def test_wrong_types(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    field: str,
    strange: Any,
    key: str,
    becomes: str,
) -> None:
    """A field of the wrong type is unknown; the lock and the account are unaffected."""
    await only_platform(hass, sim, Platform.SENSOR)
    sim.faults.add(Fault(kind="wrong_value", path="*/k3connect", field=field, value=strange))
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, key) == becomes
    for whole in {"battery_status", "active_clients", "last_activity"} - {key}:
        assert value(hass, "sensor", LOCK_1_ID, whole) not in ("unknown", "unavailable")
    assert device_of(hass, "account", LOCK_1_ID)


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("zone", "seen"),
    [
        ("Europe/Berlin", "2026-10-12T08:29:59+00:00"),
        ("America/New_York", "2026-10-12T08:29:59+00:00"),
    ],
)
async def test_last_activity(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    zone: str,
    seen: str,
) -> None:
    """The newest entry by the lock's clock; entries that are uploaded late do not set it back."""
    lock = sim.world.lock(LOCK_2_ID)
    lock.time_zone = zone
    lock.add_audit("Opened", at=datetime.fromisoformat(seen))
    lock.add_audit("Opened", at=datetime(2026, 10, 1, tzinfo=UTC))
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_2_ID, "last_activity") == seen


async def test_last_activity_is_not_in_the_future(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An entry with an impossible time is ignored; a clock may be slightly fast."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened", at=datetime(2034, 1, 1, tzinfo=UTC))
    lock.add_audit("Opened", at=datetime(2026, 10, 12, 21, tzinfo=UTC))
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "2026-10-12T21:00:00+00:00"
    assert state_of(hass, "event", LOCK_1_ID, "activity").attributes["time"].startswith("2034")

    await restart(hass, freezer, entry, back=timedelta(days=3))  # it is in the future now, too
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "unknown"


@pytest.mark.parametrize("told", ["", "Nowhere/Land", "../etc"])
async def test_a_lock_without_a_usable_zone(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, told: str
) -> None:
    """If the zone's name is unknown, the lock's offset is used."""
    sim.faults.add(Fault(kind="wrong_value", path="*/k3connect", field="Timezone", value=told))
    await add_account()
    assert value(hass, "sensor", LOCK_2_ID, "last_activity") == "2026-10-11T03:30:00+00:00"


async def test_a_lock_without_a_zone(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """A lock without any zone is taken to be in Home Assistant's."""
    sim.world.lock(LOCK_2_ID).time_zone = ""
    await add_account()
    # 03:30 on the lock's clock, read as London's.
    assert value(hass, "sensor", LOCK_2_ID, "last_activity") == "2026-10-11T02:30:00+00:00"


async def test_no_activity(hass: HomeAssistant, sim: Simulator, add_account: AddAccount) -> None:
    """A lock that nobody used has no last activity."""
    sim.world.lock(LOCK_2_ID).audit.clear()
    sim.faults.add(
        Fault(kind="wrong_value", path=f"*/{LOCK_1_ID}/audit", field="DateEntered", value="soon")
    )
    await add_account()
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "unknown"
    assert value(hass, "sensor", LOCK_2_ID, "last_activity") == "unknown"


@pytest.mark.usefixtures("entry")
async def test_counts_of_clients(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Active and accepted clients are active, suspended ones suspended, on any page."""
    lock = sim.world.lock(LOCK_2_ID)
    for number in range(60):
        lock.add_client(
            f"active{number}@example.com", status="Accepted" if number % 2 else "ACTIVE"
        )
    for number in range(45):
        lock.add_client(f"gone{number}@example.com", status="SUSPENDED")
    for status in ("INVITED", "EXPIRED", ""):
        lock.add_client(f"{status or 'none'}@example.com", status=status)
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_2_ID, "active_clients") == "60"
    assert value(hass, "sensor", LOCK_2_ID, "suspended_clients") == "45"
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
    assert value(hass, "sensor", LOCK_1_ID, "suspended_clients") == "1"


async def test_counts_follow_our_own_changes(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """After our own change, the counts are read at once."""
    device = device_id(hass, entry, LOCK_1_ID)
    await hass.services.async_call(
        DOMAIN,
        "suspend_client",
        {"device_id": device, "email": GUEST_EMAIL},
        blocking=True,
        return_response=True,
    )
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "0"
    assert value(hass, "sensor", LOCK_1_ID, "suspended_clients") == "2"


async def test_one_unreadable_client(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """An unreadable client is left out."""
    clients = [{"email": []}, {"email": None}, "x", {"email": "a@b.c", "status": "ACTIVE"}]
    rows = json.dumps({"count": 4, "clients": clients})
    sim.faults.add(Fault(kind="status", status=200, path="*/clients", body=rows))
    await add_account()
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
