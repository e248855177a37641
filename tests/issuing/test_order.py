"""Orders for several locks: all planned first, made one after another, told in one message."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import product
from time import thread_time
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.netcode.ledger import Issued
from custom_components.codelocks.polling.one_question import FAILURE_KEPT
from tests.codes import (
    KITLOCK,
    act,
    add_kitlock,
    change_kitlock,
    device_id,
    k3_code,
    kitlock_code,
    listed,
    netcode_calls,
    paths,
    refused,
    set_options,
    warning,
    words,
)
from tests.conftest import AddAccount, settle
from tests.helpers import pass_time, value
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

type Fields = dict[str, Any]

TOMORROW: Fields = {"start": "2026-10-13 14:20:00", "end": "2026-10-13 15:40:00"}
FRONT = f"/n/1/netcode/{LOCK_1_ID}"
STUDIO = f"/n/1/netcode/{LOCK_2_ID}"
SHED = f"/n/1/netcode/{KITLOCK['timecode']}"


@pytest.fixture
async def doors(
    hass: HomeAssistant, entry: CodelocksConfigEntry, add_account: AddAccount
) -> list[str]:
    """Return the devices of two K3 locks and of a KitLock of another account."""
    other = await add_account(access_key="")
    shed = await add_kitlock(hass, other)
    return [
        device_id(hass, entry, LOCK_1_ID),
        device_id(hass, other, shed),
        device_id(hass, entry, LOCK_2_ID),
    ]


@pytest.fixture
async def phone(hass: HomeAssistant) -> Phone:
    """Add the phone `notify.anna`."""
    phone = Phone("Anna")
    await add_phones(hass, phone)
    return phone


async def order(hass: HomeAssistant, doors: list[str], **fields: Any) -> Fields:
    """Order codes for tomorrow."""
    return await act(hass, "generate_netcode", device_id=doors, **{**TOMORROW, **fields})


def named(rows: list[Fields]) -> list[str]:
    """Return the names of the locks of rows."""
    return [row["lock_name"] for row in rows]


# What is made


async def test_several_doors(
    hass: HomeAssistant, sim: Simulator, phone: Phone, doors: list[str]
) -> None:
    """One order is a code for each lock, in the order of the locks, and one message."""
    answer = await order(hass, doors, name="Anna", notify_entity_id="notify.anna")

    codes = [
        k3_code(LOCK_1_ID, "2026-10-13 14:00", 1),
        kitlock_code("2026-10-13 13:00", 1),
        k3_code(LOCK_2_ID, "2026-10-13 15:00", 1),
    ]
    assert [code["netcode"] for code in answer["codes"]] == codes
    assert [code["device_id"] for code in answer["codes"]] == doors
    assert {key: answer[key] for key in answer["codes"][0]} == answer["codes"][0]
    assert answer["failed"] == []
    assert answer["netcode_calls_left"] == 97
    assert answer["deliveries"] == [{"entity_id": "notify.anna", "ok": True, "error": None}]
    assert len(netcode_calls(sim)) == 3
    [(message, _)] = phone.messages
    assert message == (
        "Your codes:\n"
        f"Front door: {codes[0]}, Tuesday 13 October, 14:00 \N{EN DASH} 16:00\n"
        f"Bike shed: {codes[1]}, Tuesday 13 October, 14:00 \N{EN DASH} 16:00\n"
        f"Garden studio: {codes[2]}, Tuesday 13 October, 15:00 \N{EN DASH} 17:00\n"
        "Type each one on the keypad of its lock; if the lock flashes red, type the star first"
    )
    rows = await listed(hass)
    assert len({row["order"] for row in rows}) == 1
    assert {row["id"] for row in rows} == {code["id"] for code in answer["codes"]}


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        pytest.param("{name}:\n{codes}", "Anna:\nFront door: 1, W\nBike shed: 2, W", id="lines"),
        pytest.param("{lock} {netcode}!", "Front door 1!\nBike shed 2!", id="for each"),
        pytest.param("{codes} {netcode}", "Front door: 1, W\nBike shed: 2, W 1, 2", id="both"),
        pytest.param("Hello {name}", "Hello Anna", id="once"),
        pytest.param(
            "{lock}: {start}, {end}",
            "Front door, Bike shed: Tuesday 13 October, 14:00, Tuesday 13 October, 16:00",
            id="about all",
        ),
    ],
)
async def test_own_words_for_several(
    hass: HomeAssistant, phone: Phone, doors: list[str], message: str, sent: str
) -> None:
    """A text with {codes} is filled in once, one with {netcode} alone for each code."""
    answer = await order(
        hass, doors[:2], name="Anna", notify_entity_id="notify.anna", message=message
    )
    [(said, _)] = phone.messages
    said = said.replace("Tuesday 13 October, 14:00 \N{EN DASH} 16:00", "W")
    for number, code in enumerate(answer["codes"], 1):
        said = said.replace(code["netcode"], str(number))
    assert said == sent


async def test_chains_of_several_doors(hass: HomeAssistant, phone: Phone, doors: list[str]) -> None:
    """Codes are sorted by lock, and then by time."""
    answer = await order(
        hass,
        doors[:2],
        end="2026-10-15 11:00:00",
        fit="tight",
        notify_entity_id="notify.anna",
    )
    order_of = [(doors.index(code["device_id"]), code["start"]) for code in answer["codes"]]
    assert order_of == sorted(order_of)
    assert len(order_of) > 4
    assert len(phone.messages) == 1


async def test_repeated_order(hass: HomeAssistant, sim: Simulator, doors: list[str]) -> None:
    """The same order again costs nothing and makes no second row; nor do two at once."""
    first, second = await asyncio.gather(
        order(hass, doors, name="Anna"), order(hass, doors, name="Anna")
    )
    third = await order(hass, list(reversed(doors)), name="Anna")
    ids = [code["id"] for code in first["codes"]]
    assert [code["id"] for code in second["codes"]] == ids
    assert [code["id"] for code in third["codes"]] == ids[::-1]
    assert all(code["cached"] for code in third["codes"])
    assert len(netcode_calls(sim)) == 3
    plan = await act(hass, "plan_netcode", device_id=doors, **TOMORROW)
    assert [code["shared_with"] for code in plan["codes"]] == [["Anna"]] * 3


async def test_who_ordered(hass: HomeAssistant, doors: list[str]) -> None:
    """A row says who used the action; an automation is nobody, and a user may be gone."""
    await hass.auth.async_create_user("Owner", group_ids=[GROUP_ID_ADMIN])
    user = await hass.auth.async_create_user("Berta", group_ids=[GROUP_ID_ADMIN])
    context = Context(user_id=user.id)
    await act(hass, "generate_netcode", context, device_id=doors[:1], name="Anna", **TOMORROW)
    await order(hass, doors[:1], name="Tom")
    rows = {row["name"]: row for row in await listed(hass)}
    assert {name: row["issued_user"] for name, row in rows.items()} == {
        "Anna": "Berta",
        "Tom": None,
    }
    assert rows["Anna"]["shared_with"] == ["Tom"]
    assert rows["Tom"]["warning_keys"] == ["shared_code"]
    assert rows["Tom"]["warnings"] == [warning("shared_code", names="Anna")]
    await hass.auth.async_remove_user(user)
    assert {row["issued_user"] for row in await listed(hass)} == {None}


async def test_times_have_no_microseconds(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, doors: list[str]
) -> None:
    """Not even those of now."""
    freezer.move_to(datetime(2026, 10, 12, 9, 30, 1, 234567, tzinfo=UTC))
    answer = await act(hass, "generate_netcode", device_id=doors[:1])
    assert answer["requested_start"] == "2026-10-12T10:30:01+01:00"
    assert (await listed(hass))[0]["issued_at"] == "2026-10-12T10:30:01+01:00"


async def test_twenty_doors(hass: HomeAssistant, sim: Simulator, add_account: AddAccount) -> None:
    """They cost twenty calls, one after the other; planning them again costs none."""
    locks = [sim.world.add_lock(f"Door {number}") for number in range(20)]
    entry = await add_account()
    doors = [device_id(hass, entry, lock.id) for lock in locks]
    sim.clear_calls()

    answer = await order(hass, doors)

    assert len({code["netcode"] for code in answer["codes"]}) == 20
    assert [call.path.rpartition("/")[2] for call in netcode_calls(sim)] == [
        lock.id for lock in locks
    ]
    assert len(paths(sim, "duration")) == 1, "of the model, not of each lock"
    sim.clear_calls()
    plan = await act(hass, "plan_netcode", device_id=doors, start="2026-10-20 14:00:00")
    assert len(plan["codes"]) == 20
    assert sim.calls == []


async def test_what_a_plan_costs_the_loop(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """Locks that are alike are planned once, and what was made before is looked up.

    So neither twenty locks nor a long ledger cost many times what one lock does (1 ms).
    """
    locks = [sim.world.add_lock(f"Door {number}") for number in range(20)]
    entry = await add_account()
    doors = [device_id(hass, entry, lock.id) for lock in locks]
    await order(hass, doors)

    async def cost(doors: list[str]) -> float:
        times = []
        for _ in range(5):
            begun = thread_time()
            await act(hass, "plan_netcode", device_id=doors, **TOMORROW)
            times.append(thread_time() - begun)
        return min(times)

    empty = await cost(doors)
    assert empty < 6 * await cost(doors[:1])
    keeper = entry.runtime_data.ledger_keeper
    now = dt_util.utcnow()
    keeper.data = keeper.data.keep(
        *(
            Issued(
                id=f"{lock.id} {number}",
                owner=lock.id,
                key=f"{lock.id} {number}",
                code="123456",
                requested_start=now,
                requested_end=now + timedelta(hours=1),
                start=now + timedelta(hours=number),
                end=now + timedelta(hours=number + 1),
                duration_id=0,
                issued_at=now,
                issued_by="action",
            )
            for lock in locks
            for number in range(250)
        )
    )
    await act(hass, "plan_netcode", device_id=doors, **TOMORROW)  # builds the index
    assert await cost(doors) < 3 * empty


# What is refused


async def assert_refused(
    hass: HomeAssistant, sim: Simulator, key: str, doors: list[str], **fields: Any
) -> HomeAssistantError:
    """Assert that an order and its plan are refused, and that nothing is spent or kept."""
    sim.clear_calls()
    for action in ("plan_netcode", "generate_netcode"):
        err = await refused(hass, action, device_id=doors, **{**TOMORROW, **fields})
        assert err.translation_key == key
    assert netcode_calls(sim) == []
    assert await listed(hass) == []
    return err


async def test_impossible_at_one_door(
    hass: HomeAssistant, sim: Simulator, phone: Phone, doors: list[str]
) -> None:
    """If one lock lacks the mode, no lock gets a code, and the error names it."""
    err = await assert_refused(hass, sim, "lock_refused", doors[1:], mode="rental")
    assert isinstance(err, ServiceValidationError)
    placeholders = err.translation_placeholders or {}
    assert placeholders["lock"] == "Garden studio"
    assert placeholders["reason_key"] == "mode_unknown"
    reason = words("mode_unknown", modes="standard/alltime")
    assert str(err) == words("lock_refused", lock="Garden studio", reason=reason)
    err = await assert_refused(hass, sim, "mode_unknown", doors[2:], mode="rental")
    assert str(err) == reason, "one lock alone needs no name"
    assert phone.messages == []


async def test_too_long_at_one_door(hass: HomeAssistant, sim: Simulator, doors: list[str]) -> None:
    """What is possible at the lock that refuses is among the placeholders, too."""
    err = await assert_refused(hass, sim, "lock_refused", doors, end="2026-10-30 10:00:00")
    placeholders = err.translation_placeholders or {}
    assert (placeholders["lock"], placeholders["reason_key"]) == ("Front door", "too_long")
    assert placeholders["longest"] == "7"


async def test_times_that_are_impossible_everywhere(
    hass: HomeAssistant, sim: Simulator, doors: list[str]
) -> None:
    """They are nobody's fault: no lock is named, and no durations are asked for."""
    past = {"start": "2026-10-11 10:00:00", "end": "2026-10-11 12:00:00"}
    await assert_refused(hass, sim, "in_the_past", doors, **past)
    assert sim.calls == []


async def test_same_door_twice(hass: HomeAssistant, sim: Simulator, doors: list[str]) -> None:
    """It is a mistake: a second code for the same lock and time would be the same."""
    err = await assert_refused(hass, sim, "lock_twice", [*doors, doors[0]])
    assert str(err) == words("lock_twice", lock="Front door")


async def test_no_door(hass: HomeAssistant, sim: Simulator, doors: list[str]) -> None:
    """An empty list is no order."""
    assert doors
    await assert_refused(hass, sim, "no_lock_chosen", [])


async def test_too_many_doors(hass: HomeAssistant, sim: Simulator, add_account: AddAccount) -> None:
    """Twenty is the limit."""
    locks = [sim.world.add_lock(f"Door {number}") for number in range(21)]
    entry = await add_account()
    doors = [device_id(hass, entry, lock.id) for lock in locks]
    err = await assert_refused(hass, sim, "too_many_locks", doors)
    assert str(err) == words("too_many_locks", most="20")


async def test_account_that_is_not_loaded(
    hass: HomeAssistant, sim: Simulator, doors: list[str], entry: CodelocksConfigEntry
) -> None:
    """A door of an account that is not loaded refuses the whole order."""
    await hass.config_entries.async_unload(entry.entry_id)
    await assert_refused(hass, sim, "service_config_entry_not_loaded", doors[1:])


async def test_device_that_is_not_there(
    hass: HomeAssistant, sim: Simulator, doors: list[str]
) -> None:
    """So does one that does not exist, and one that is no lock."""
    with pytest.raises(ServiceValidationError):
        await order(hass, [*doors, "0123456789abcdef0123456789abcdef"])
    assert netcode_calls(sim) == []


# What fails at the API


async def test_one_door_fails(
    hass: HomeAssistant, sim: Simulator, phone: Phone, doors: list[str]
) -> None:
    """What was made is kept and told; the lock that failed is named, with the reason."""
    sim.faults.add(Fault(kind="status", status=503, path=SHED, count=1))
    wish: Fields = {"name": "Anna", "notify_entity_id": "notify.anna"}
    answer = await order(hass, doors, **wish)
    assert named(answer["codes"]) == ["Front door", "Garden studio"]
    assert answer["failed"] == [
        {
            "device_id": doors[1],
            "lock_name": "Bike shed",
            "error": words("cannot_connect", reason="Internal server error"),
            "error_key": "cannot_connect",
        }
    ]
    [(message, _)] = phone.messages
    assert "Bike shed" not in message
    assert len(await listed(hass)) == 2

    again = await order(hass, doors, **wish)
    assert [code["cached"] for code in again["codes"]] == [True, False, True]
    assert again["failed"] == []
    assert len(netcode_calls(sim)) == 4


async def test_every_door_fails(
    hass: HomeAssistant, sim: Simulator, phone: Phone, doors: list[str]
) -> None:
    """Only that is an error: the first one's."""
    fault = Fault(kind="status", status=422, path="/n/*", body='{"message":"No such luck"}')
    sim.faults.add(fault)
    err = await refused(
        hass, "generate_netcode", device_id=doors, notify_entity_id="notify.anna", **TOMORROW
    )
    assert (type(err), err.translation_key) == (ServiceValidationError, "rejected")
    assert len(netcode_calls(sim)) == 3
    assert phone.messages == []


@pytest.mark.parametrize(
    ("fault", "calls", "key"),
    [
        pytest.param({"kind": "status", "status": 503}, 2, "cannot_connect", id="cloud is down"),
        pytest.param({"kind": "quota"}, 1, "quota_exceeded", id="spent"),
        pytest.param({"kind": "throttle"}, 1, "throttled", id="too often"),
        pytest.param(
            {"kind": "status", "status": 401, "body": ""}, 1, "invalid_access_key", id="key"
        ),
        pytest.param({"kind": "status", "status": 422}, 3, "rejected", id="each for itself"),
        pytest.param({"kind": "html"}, 3, "invalid_response", id="garbage"),
    ],
)
async def test_account_that_fails_as_a_whole(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    fault: Fields,
    calls: int,
    key: str,
) -> None:
    """Its other locks are not tried: what fails for all fails for them, too.

    One answer that does not come may be a matter of that lock; after a second one it is the cloud.
    """
    far = sim.world.add_lock("Far door")
    entry = await add_account()
    owner = await add_kitlock(hass, entry)
    locks = [owner, LOCK_1_ID, LOCK_2_ID, far.id]
    doors = [device_id(hass, entry, lock) for lock in locks]
    sim.faults.add(Fault(path="/n/1/netcode/0*", **fault))
    sim.faults.add(Fault(path=f"/n/1/netcode/{far.id}", **fault))

    answer = await order(hass, doors)

    assert named(answer["codes"]) == ["Bike shed"]
    assert [row["error_key"] for row in answer["failed"]] == [key] * 3
    assert len(netcode_calls(sim)) == 1 + calls


async def test_durations_that_cannot_be_read(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, sim: Simulator, doors: list[str]
) -> None:
    """Locks that cannot be planned at present fail, the others do not; a model is asked once."""
    sim.clear_calls()
    sim.faults.add(Fault(kind="status", status=503, path="/u/1/durations*", count=1))
    plan = await act(hass, "plan_netcode", device_id=doors, **TOMORROW)
    assert named(plan["codes"]) == ["Bike shed"]
    assert named(plan["failed"]) == ["Front door", "Garden studio"]
    assert len(paths(sim, "durations")) == 2
    assert netcode_calls(sim) == []
    sim.faults.add(Fault(kind="status", status=503, path="/u/1/durations*"))
    answer = await order(hass, doors)
    assert named(answer["codes"]) == ["Bike shed"]
    assert [row["error_key"] for row in answer["failed"]] == ["cannot_connect"] * 2
    err = await refused(hass, "plan_netcode", device_id=[doors[0], doors[2]], **TOMORROW)
    assert err.translation_key == "cannot_connect"
    sim.faults.clear()
    assert len(paths(sim, "durations")) == 2, "a failure is not asked again soon"
    await pass_time(hass, freezer, FAILURE_KEPT)
    assert named((await order(hass, doors))["codes"]) == [
        "Front door",
        "Bike shed",
        "Garden studio",
    ]


OUTCOMES: dict[str, Fields | None] = {
    "made": None,
    "no answer": {"kind": "status", "status": 503},
    "lost": {"kind": "drop", "after": True},
    "refused": {"kind": "status", "status": 422},
    "other window": {"kind": "wrong_value", "field": "DurationHours", "value": 7},
}
"""What may become of a call, and the fault that does it."""


async def test_whatever_fails_nothing_is_lost_or_told_twice(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    doors: list[str],
    entry: CodelocksConfigEntry,
    subtests: pytest.Subtests,
) -> None:
    """However an order breaks, each code made is kept once, told once, and counted once."""
    await set_options(hass, entry, plan="enterprise_2")
    sim.world.key.netcode.quota = 12_000
    start = datetime(2026, 11, 2, 12, tzinfo=UTC)
    paths_of = (FRONT, SHED, STUDIO)
    known: set[str] = set()
    for number, outcomes in enumerate(product(OUTCOMES, repeat=3)):
        begin = start + timedelta(hours=number)
        wish: Fields = {
            "device_id": doors,
            "name": f"Guest {number}",
            "start": begin.isoformat(),
            "end": (begin + timedelta(hours=1)).isoformat(),
            "notify_entity_id": "notify.anna",
            "message": "{netcode}",
        }
        for path, outcome in zip(paths_of, outcomes, strict=True):
            if fault := OUTCOMES[outcome]:
                sim.faults.add(Fault(path=path, **fault))
        sim.clear_calls()
        phone.messages.clear()
        with subtests.test(outcomes=outcomes):
            made = [door for door, one in zip(doors, outcomes, strict=True) if one == "made"]
            if made:
                answer = await act(hass, "generate_netcode", **wish)
                assert [code["device_id"] for code in answer["codes"]] == made
                assert {row["device_id"] for row in answer["failed"]} == {*doors} - {*made}
                ids = [code["id"] for code in answer["codes"]]
                [(message, _)] = phone.messages
                assert message.splitlines() == [code["netcode"] for code in answer["codes"]]
            else:
                await refused(hass, "generate_netcode", **wish)
                ids = []
                assert phone.messages == []
            rows = {row["id"] for row in await listed(hass)}
            assert rows - known == {*ids}
            assert len(rows) == len(known) + len(ids)
            known = rows
            calls = netcode_calls(sim)
            assert len(calls) == len({call.path for call in calls}) <= 3
        sim.faults.clear()
    await settle(hass)
    left = value(hass, "sensor", entry.entry_id, "netcode_calls_left")
    assert int(left) == sim.world.key.netcode.left > 11_000


async def test_a_caller_that_stops_waiting(
    hass: HomeAssistant, sim: Simulator, phone: Phone, doors: list[str]
) -> None:
    """If a script is stopped in the middle of an order, the rest is made, kept and told."""
    hang = sim.faults.add(Fault(kind="hang", path=SHED))
    making = hass.async_create_task(order(hass, doors, notify_entity_id="notify.anna"))
    await hang.met.wait()
    making.cancel()
    sim.faults.clear()
    await settle(hass)
    assert making.cancelled()
    assert len(await listed(hass)) == 3
    [(message, _)] = phone.messages
    assert message.count("\n") == 4


async def test_account_unloaded_in_the_middle(
    hass: HomeAssistant, sim: Simulator, doors: list[str], entry: CodelocksConfigEntry
) -> None:
    """The locks of the other account get their codes."""
    hang = sim.faults.add(Fault(kind="hang", path=SHED))
    making = hass.async_create_task(order(hass, [doors[1], doors[0]]))
    await hang.met.wait()
    await hass.config_entries.async_unload(entry.entry_id)
    sim.faults.clear()
    answer = await making
    assert named(answer["codes"]) == ["Bike shed"]
    [failed] = answer["failed"]
    assert (failed["lock_name"], failed["error_key"]) == (
        "Front door",
        "service_config_entry_not_loaded",
    )


async def test_booking_at_several_doors(
    hass: HomeAssistant, sim: Simulator, doors: list[str]
) -> None:
    """A door that fails keeps the older code of the booking; the others replace theirs."""
    booking: Fields = {"name": "Anna", "reference": "b1"}
    first = await order(hass, doors, **booking)
    sim.faults.add(Fault(kind="status", status=422, path=SHED))
    moved = await order(hass, doors, start="2026-10-14 10:00", end="2026-10-14 11:00", **booking)
    assert [code["replaces"] for code in moved["codes"]] == [
        [first["codes"][0]["id"]],
        [first["codes"][2]["id"]],
    ]
    states = {row["id"]: row["state"] for row in await listed(hass)}
    assert states[first["codes"][1]["id"]] == "planned"


async def test_clock_that_is_lost(
    hass: HomeAssistant, entry: CodelocksConfigEntry, doors: list[str]
) -> None:
    """A warning is that of its code, with its key."""
    owner = await add_kitlock(hass, entry, identifier="738291")
    await change_kitlock(hass, entry, owner, clock_lost=True, identifier="738291")
    answer = await order(hass, [doors[0], device_id(hass, entry, owner)])
    assert [code["warning_keys"] for code in answer["codes"]] == [[], ["clock_is_lost"]]
    await set_options(hass, entry, history_days=30)  # the account is loaded again
    rows = await listed(hass, device_id=[device_id(hass, entry, owner)])
    assert rows[0]["warning_keys"] == ["clock_is_lost"]
