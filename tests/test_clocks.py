"""A clock that is wrong for a while costs nothing once it is right.

One test for each place that keeps or compares a time: what it does when the clock jumps.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import (
    act,
    add_kitlock,
    device_id,
    listed,
    make,
    netcode_calls,
    paths,
    refused,
    set_options,
)
from tests.conftest import settle
from tests.helpers import add_user, asked, pass_time, restart, set_clock, state_of, value
from tests.issuing.requesters import add_requester
from tests.simulator import GUEST_EMAIL, LOCK_1_ID, LOCK_2_ID, Fault, Simulator

type AddAccount = Callable[..., Awaitable[CodelocksConfigEntry]]
type Storage = dict[str, Any]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
IN_1970 = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
IN_2037 = datetime(2037, 1, 1, tzinfo=UTC)
WRONG = [
    pytest.param(IN_1970, id="1970"),
    pytest.param(datetime(2026, 10, 14, 9, 30, tzinfo=UTC), id="two days ahead"),
    pytest.param(IN_2037, id="2037"),
]


@pytest.fixture
def right(freezer: FrozenDateTimeFactory, sim: Simulator) -> datetime:
    """Return the right time at the start."""
    assert sim
    return freezer().replace(tzinfo=UTC)


async def start_in(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
    wrong: datetime,
    after: timedelta = MINUTE,
) -> None:
    """Have Home Assistant start by a wrong clock, which is set right a little later."""
    await restart(hass, freezer, entry)
    now = freezer().replace(tzinfo=UTC)

    async def jump() -> None:
        set_clock(hass, freezer, wrong)

    await restart(hass, freezer, entry, jump)
    await pass_time(hass, freezer, after)
    set_clock(hass, freezer, now + after)
    await pass_time(hass, freezer, timedelta())


# Reading


@pytest.mark.parametrize("wrong", WRONG)
async def test_set_up_by_a_wrong_clock(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    right: datetime,
    wrong: datetime,
) -> None:
    """When it is right, reading goes on as after any set-up: no burst, and no day without."""
    set_clock(hass, freezer, wrong)
    entry = await add_account()
    set_clock(hass, freezer, right)
    sim.clear_calls()
    await pass_time(hass, freezer, HOUR)
    assert len(sim.calls) <= 2
    await pass_time(hass, freezer, HOUR, 23)
    assert "k3connect" in asked(sim)
    assert any(path.endswith("audit") for path in asked(sim))
    assert len(sim.calls) <= 40
    used = state_of(hass, "sensor", entry.entry_id, "utility_calls_left").attributes["used"]
    assert used == len(sim.calls) + 6


@pytest.mark.parametrize("wrong", WRONG)
async def test_refresh_after_a_wrong_clock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """What was read in the future is not fresh: ten minutes after it is noticed, all is read."""
    assert entry
    set_clock(hass, freezer, wrong)
    await pass_time(hass, freezer, 11 * MINUTE)
    await act(hass, "refresh")
    set_clock(hass, freezer, right + HOUR)
    await act(hass, "refresh")
    await pass_time(hass, freezer, 11 * MINUTE)
    assert (await act(hass, "refresh"))["read"] == 5


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_start_by_a_wrong_clock_costs_nothing(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """What is stored is as old as it was, when the clock is right."""
    assert right
    await start_in(hass, freezer, entry, wrong, timedelta(seconds=10))
    sim.clear_calls()
    await pass_time(hass, freezer, 5 * MINUTE, 3)
    assert len(sim.calls) <= 1


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wait_by_a_wrong_clock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """A wait that began by a wrong clock ends: it is no longer than it was to be."""
    assert entry
    sim.faults.add(Fault(kind="status", status=503))
    set_clock(hass, freezer, wrong)
    for _ in range(3 * 12):
        await pass_time(hass, freezer, 5 * MINUTE)
    sim.faults.clear()
    set_clock(hass, freezer, right + 3 * HOUR)
    sim.clear_calls()
    await pass_time(hass, freezer, HOUR, 9)
    assert sim.calls
    assert value(hass, "event", LOCK_2_ID, "activity") != "unavailable"


async def test_a_wish_of_the_future(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
) -> None:
    """It is read once, and not every ten minutes until that future."""
    set_clock(hass, freezer, right + 2 * DAY)
    reader = entry.runtime_data.activity[LOCK_1_ID]
    reader.note_attempt(right + 2 * DAY)
    await reader.async_request_refresh()
    await settle(hass)
    set_clock(hass, freezer, right)
    await pass_time(hass, freezer, timedelta())
    sim.clear_calls()
    await pass_time(hass, freezer, 5 * MINUTE, 12 * 6)
    assert 1 <= asked(sim).count(f"k3connect/{LOCK_1_ID}/audit") <= 12


async def test_the_look_at_the_account(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
) -> None:
    """What the account said in the future is not fresh either."""
    sim.world.account.spccm_status = "INACTIVE"
    front = device_id(hass, entry, LOCK_1_ID)

    async def suspend() -> None:
        with pytest.raises(HomeAssistantError):
            await act(hass, "suspend_client", device_id=front, email=GUEST_EMAIL)

    set_clock(hass, freezer, right + 2 * DAY)
    await suspend()
    set_clock(hass, freezer, right)
    sim.clear_calls()
    await suspend()
    await suspend()
    assert asked(sim).count("k3connect/account") == 1


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_question_that_failed(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """A failure of another time is no reason not to ask, over a restart, too."""
    fault = sim.faults.add(Fault(kind="status", status=503, path="*durations*"))
    set_clock(hass, freezer, wrong)
    await refused(hass, "get_durations", lock_model="KL1060")
    sim.faults.clear(fault)

    async def set_right() -> None:
        set_clock(hass, freezer, right)

    await restart(hass, freezer, entry, set_right)
    assert await act(hass, "get_durations", lock_model="KL1060")


# Counting


@pytest.mark.parametrize("wrong", WRONG)
async def test_the_share_of_a_day(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """What users had read by a wrong clock is another day's; of today they have what they had."""
    await set_options(hass, entry, plan="custom", utility_quota=100, reserve_percent=0)
    hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await settle(hass)
    anna = Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)

    async def read(times: int) -> int:
        calls = 0
        for _ in range(times):
            await pass_time(hass, freezer, 11 * MINUTE)
            with suppress(HomeAssistantError):
                calls += (await act(hass, "refresh", anna))["read"]
        return calls

    before = await read(1)
    set_clock(hass, freezer, wrong)
    assert await read(2)
    set_clock(hass, freezer, right + HOUR)
    assert before + await read(3) == 9
    assert (await refused(hass, "refresh", context=anna)).translation_key == "daily_share_spent"


@pytest.mark.parametrize("wrong", WRONG)
async def test_calls_by_a_wrong_clock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """They count in the month that it is, and in no later one; none is forgotten."""
    front = device_id(hass, entry, LOCK_1_ID)
    set_clock(hass, freezer, wrong)
    await act(hass, "get_clients", device_id=front)
    set_clock(hass, freezer, right)
    await act(hass, "get_clients", device_id=front)

    def used() -> int:
        left = state_of(hass, "sensor", entry.entry_id, "utility_calls_left")
        return int(left.attributes["used"])

    assert used() == sim.world.key.utility.used
    await restart(hass, freezer, entry)
    assert used() == sim.world.key.utility.used
    set_clock(hass, freezer, right.replace(hour=0) + DAY)
    await pass_time(hass, freezer, HOUR, 26)
    assert used() == sim.world.key.utility.used
    set_clock(hass, freezer, datetime(2026, 11, 1, 0, 0, 1, tzinfo=UTC))
    sim.world.reset_month()
    await pass_time(hass, freezer, HOUR)
    assert used() == sim.world.key.utility.used


@pytest.mark.parametrize("wrong", WRONG)
async def test_the_month_turns_after_a_wrong_clock(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    right: datetime,
    wrong: datetime,
) -> None:
    """Within the hour sensors and issues say so, though nothing else happens.

    Home Assistant's own midnight waits for that of the wrong clock: for years.
    """
    entry = await add_account(access_key="")
    shed = await add_kitlock(hass, entry)
    set_clock(hass, freezer, wrong)
    await pass_time(hass, freezer, HOUR, 50)  # past two of its midnights
    set_clock(hass, freezer, right)
    await pass_time(hass, freezer, HOUR)

    def resets_at() -> str:
        left = state_of(hass, "sensor", entry.entry_id, "netcode_calls_left")
        return str(left.attributes["resets_at"])

    assert resets_at().startswith("2026-11-01")
    sim.world.key.netcode.used = sim.world.key.netcode.quota
    with pytest.raises(HomeAssistantError):
        await make(hass, entry, shed)
    spent = (DOMAIN, f"netcode_spent_{entry.entry_id}")
    assert spent in ir.async_get(hass).issues
    await pass_time(hass, freezer, HOUR, 19 * 24 + 13)
    assert spent in ir.async_get(hass).issues
    set_clock(hass, freezer, datetime(2026, 11, 1, 0, 0, 1, tzinfo=UTC))
    await pass_time(hass, freezer, HOUR)
    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "100"
    assert resets_at().startswith("2026-12-01")
    assert spent not in ir.async_get(hass).issues


# Codes, texts and durations


@pytest.mark.parametrize("wrong", WRONG)
async def test_codes_and_a_start_by_a_wrong_clock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """No code is forgotten, and each is erased an hour after its end, by the right clock."""
    assert right
    answer = await make(hass, entry, LOCK_1_ID, duration={"hours": 3})
    await start_in(hass, freezer, entry, wrong, HOUR)
    await pass_time(hass, freezer, HOUR)
    [row] = await listed(hass, reveal=True)
    assert (row["netcode"], row["state"]) == (answer["netcode"], "active")
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"
    await pass_time(hass, freezer, HOUR / 2, 4)
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "0"
    await pass_time(hass, freezer, HOUR / 2, 2)
    [row] = await listed(hass, include_expired=True, reveal=True)
    assert row["netcode"] is None


async def test_codes_of_an_account_set_up_in_1970(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    right: datetime,
) -> None:
    """A minute after the clock is right, codes come, go and are erased in time."""
    set_clock(hass, freezer, IN_1970)
    entry = await add_account()
    set_clock(hass, freezer, right)
    await pass_time(hass, freezer, MINUTE)
    await make(hass, entry, LOCK_1_ID)
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"
    await pass_time(hass, freezer, HOUR, 2)
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "0"
    await pass_time(hass, freezer, HOUR)
    [row] = await listed(hass, include_expired=True, reveal=True)
    assert row["netcode"] is None


@pytest.mark.parametrize("wrong", WRONG)
async def test_active_codes_follow_the_clock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """However it jumps, an hour later the sensor is right again."""
    await make(hass, entry, LOCK_1_ID, duration={"hours": 6})
    set_clock(hass, freezer, wrong)
    await pass_time(hass, freezer, timedelta())
    set_clock(hass, freezer, right + HOUR)
    await pass_time(hass, freezer, HOUR)
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"


@pytest.mark.parametrize("wrong", WRONG)
async def test_spare_codes_and_a_wrong_clock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """None is made anew by it, and none afterwards: it is renewed when it is time."""
    front = device_id(hass, entry, LOCK_1_ID)
    await set_options(hass, entry, spare_locks=[front])
    until = value(hass, "sensor", LOCK_1_ID, "spare_until")
    set_clock(hass, freezer, wrong)
    await pass_time(hass, freezer, HOUR, 3)
    await restart(hass, freezer, entry)
    set_clock(hass, freezer, right + HOUR)
    await pass_time(hass, freezer, HOUR, 3)
    assert len(netcode_calls(sim)) == 1
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == until
    await pass_time(hass, freezer, HOUR, 5 * 24)
    assert len(netcode_calls(sim)) == 2


@pytest.mark.parametrize("wrong", WRONG)
async def test_texts_and_a_wrong_clock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """A day's limit is as before when the clock is right again."""
    anna = await add_requester(hass, entry, daily_limit=1)
    identifier = entry.runtime_data.locks.data.by_id[LOCK_1_ID].sms_id

    async def ask() -> bool:
        answer = await act(
            hass,
            "answer_text_request",
            channel="sms",
            sender="+447123456789",
            message=identifier,
        )
        return bool(answer["allowed"])

    assert anna
    assert await ask()
    set_clock(hass, freezer, wrong)
    await ask()
    set_clock(hass, freezer, right)
    assert not await ask()


@pytest.mark.parametrize("wrong", WRONG)
async def test_durations_and_a_wrong_clock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
    wrong: datetime,
) -> None:
    """What is kept for a month is asked once, whatever the clock says in between."""
    await act(hass, "get_durations", lock_model="KL1060")
    set_clock(hass, freezer, wrong)
    await act(hass, "get_durations", lock_model="KL1060")
    set_clock(hass, freezer, right + HOUR)
    await act(hass, "get_durations", lock_model="KL1060")
    await restart(hass, freezer, entry)
    await act(hass, "get_durations", lock_model="KL1060")
    assert paths(sim, "durations") == ["durations KL1060"]


async def test_a_code_is_made_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    right: datetime,
) -> None:
    """After a start in 2037 the same order takes no call."""
    start = (right + HOUR).isoformat()
    first = await make(hass, entry, LOCK_1_ID, name="Anna", start=start)
    await start_in(hass, freezer, entry, IN_2037)
    again = await make(hass, entry, LOCK_1_ID, name="Anna", start=start)
    assert (again["cached"], again["id"]) == (True, first["id"])
    assert len(netcode_calls(sim)) == 1


async def test_files_that_tell_of_no_clock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    right: datetime,
) -> None:
    """Of an earlier version, or spoilt: the codes themselves tell when the clock was right."""
    assert right
    answer = await make(hass, entry, LOCK_1_ID, duration={"hours": 2})
    await restart(hass, freezer, entry)
    now = freezer().replace(tzinfo=UTC)

    async def lose() -> None:
        hass_storage[f"{DOMAIN}.{entry.entry_id}"]["data"]["account"].pop("clock")
        set_clock(hass, freezer, IN_2037)

    await restart(hass, freezer, entry, lose)
    set_clock(hass, freezer, now)
    await pass_time(hass, freezer, MINUTE)
    [row] = await listed(hass, reveal=True)
    assert row["netcode"] == answer["netcode"]
