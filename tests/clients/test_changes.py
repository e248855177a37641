"""The actions on smart-phone clients: what they send, return, refuse and cost."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockUser,
)

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import act as call_action, device_id, words
from tests.conftest import AddAccount, settle
from tests.helpers import asked, device_of, pass_time, value
from tests.simulator import (
    ACTIVE,
    ALWAYS,
    GUEST_EMAIL,
    INVITED,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    STRANGER_EMAIL,
    SUSPENDED,
    SUSPENDED_EMAIL,
    Client,
    Fault,
    Simulator,
)

type Act = Callable[..., Awaitable[dict[str, Any]]]

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MORNING = [{"starts": "08:00", "ends": "12:00", "days": ["mon"]}]
CLIENTS_1 = f"k3connect/{LOCK_1_ID}/clients"
CLIENT_1 = f"k3connect/{LOCK_1_ID}/client"
STALE = timedelta(minutes=11)


@pytest.fixture
def act(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Act:
    """Return a function that calls one of our actions, by default on the first lock."""

    async def call(name: str, *locks: str, **data: Any) -> dict[str, Any]:
        devices = [device_of(hass, entry.entry_id, lock) for lock in locks or (LOCK_1_ID,)]
        chosen = [device.id for device in devices if device]
        response = await hass.services.async_call(
            DOMAIN,
            name,
            {"device_id": chosen[0] if name == "get_clients" else chosen, **data},
            blocking=True,
            return_response=True,
        )
        await settle(hass)
        assert response is not None
        return response

    return call


def client(sim: Simulator, email: str, lock_id: str = LOCK_1_ID) -> Client | None:
    """Return a client as the cloud has it."""
    return sim.world.lock(lock_id).client(email)


def last_write(sim: Simulator) -> dict[str, str]:
    """Return the form of the latest write."""
    return next(call.form for call in reversed(sim.calls) if call.method != "GET")


def short(sim: Simulator) -> list[str]:
    """Return what the cloud was asked: the methods of writes, and the rest by its last word."""
    return [
        call.path.rpartition("/")[2] if call.method == "GET" else call.method for call in sim.calls
    ]


# One change, at one lock


@pytest.mark.usefixtures("hass")
async def test_add(sim: Simulator, act: Act) -> None:
    """By default a client is invited for always, with the default message; one read follows."""
    sim.calls.clear()
    response = await act("add_client", email=f" {STRANGER_EMAIL} ")
    (row,) = response["results"]
    assert set(row) == {"device_id", "lock_id", "ok", "result"}
    assert (row["lock_id"], row["ok"], row["result"]) == (LOCK_1_ID, True, "Invitation sent")
    assert short(sim) == ["POST", "clients"]
    form = last_write(sim)
    assert form["clientemail"] == STRANGER_EMAIL
    assert form["accesstype"] == "STANDARD"
    assert form["message"]
    periods = json.loads(form["activeperiods"])
    assert list(periods) == [str(number) for number in range(10)]
    everyday = dict.fromkeys(DAYS, True)
    assert periods["0"] == {"enabled": True, "starts": "00:00", "ends": "23:59", **everyday}
    assert not any(periods[str(number)]["enabled"] for number in range(1, 10))


async def test_add_one_time_with_periods_and_words(sim: Simulator, act: Act) -> None:
    """The chosen values are sent; line breaks, which the API refuses, become spaces."""
    await act(
        "add_client",
        email=STRANGER_EMAIL,
        access_type="one_time",
        active_periods=[{"starts": "22:00", "ends": "24:00"}, *MORNING],
        message="Welcome.\nRoom 7",
    )
    form = last_write(sim)
    assert (form["accesstype"], form["message"]) == ("ONE_TIME", "Welcome. Room 7")
    slots = json.loads(form["activeperiods"])
    assert (slots["0"]["starts"], slots["0"]["ends"]) == ("22:00", "23:59")
    assert [day for day in DAYS if slots["1"][day]] == ["mon"]


@pytest.mark.usefixtures("sim")
async def test_update(act: Act) -> None:
    """The periods replace the old ones, and are shown in the same form."""
    await act("update_client", email=GUEST_EMAIL, active_periods=MORNING)
    found = await act("get_clients")
    (guest,) = [one for one in found["clients"] if one["email"] == GUEST_EMAIL]
    assert guest == {
        "email": GUEST_EMAIL,
        "status": ACTIVE,
        "access_type": "standard",
        "active_periods": [{"starts": "08:00", "ends": "12:00", "days": ["mon"], "enabled": True}],
    }


async def test_suspend_restore_delete(sim: Simulator, act: Act) -> None:
    """One after the other; the address is sent as the lock spells it, whatever its case."""
    await act("restore_client", email=SUSPENDED_EMAIL.upper())
    assert last_write(sim) | {"accesskey": ""} == {
        "accesskey": "",
        "clientemail": SUSPENDED_EMAIL,
        "action": "RESTORE",
    }
    await act("suspend_client", email=SUSPENDED_EMAIL)
    assert client(sim, SUSPENDED_EMAIL).status == SUSPENDED  # type: ignore[union-attr]
    await act("delete_client", email=SUSPENDED_EMAIL)
    assert client(sim, SUSPENDED_EMAIL) is None


async def test_get_clients_reads_all_pages(sim: Simulator, act: Act) -> None:
    """All clients, in as many calls as there are pages."""
    for number in range(300):
        sim.world.lock(LOCK_2_ID).add_client(f"guest{number}@example.com")
    sim.calls.clear()
    found = await act("get_clients", LOCK_2_ID)
    assert found["count"] == len(found["clients"]) == 300
    assert len(sim.calls) == 6


async def test_the_clients_need_not_be_followed(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, act: Act
) -> None:
    """Without the option a change is one call, and a lost answer still causes a read."""
    options = {**entry.options, "track_clients": False}
    hass.config_entries.async_update_entry(entry, options=options)
    await settle(hass)
    sim.calls.clear()
    await act("suspend_client", email=GUEST_EMAIL)
    await act("update_client", email=GUEST_EMAIL, active_periods=MORNING)
    assert short(sim) == ["PATCH", "PUT"]
    for after, key in ((True, "outcome_done"), (False, "outcome_not_done")):
        sim.faults.add(Fault(kind="drop", method="DELETE", count=1, after=after))
        sim.world.lock(LOCK_1_ID).add_client(GUEST_EMAIL)
        with pytest.raises(HomeAssistantError) as lost:
            await act("delete_client", email=GUEST_EMAIL)
        assert lost.value.translation_key == key
    sim.faults.add(Fault(kind="drop", count=2))
    with pytest.raises(HomeAssistantError) as lost:
        await act("delete_client", email=GUEST_EMAIL)
    assert lost.value.translation_key == "outcome_unknown"
    assert (await act("get_clients"))["count"] == 3


# Several locks


async def test_several_locks(sim: Simulator, act: Act) -> None:
    """All are tried, each has its row, and one success is enough."""
    sim.calls.clear()
    response = await act("suspend_client", LOCK_2_ID, LOCK_1_ID, email=GUEST_EMAIL)
    second, first = response["results"]
    assert (second["lock_id"], second["ok"]) == (LOCK_2_ID, False)
    assert "no such client" in second["result"]
    assert (first["lock_id"], first["ok"]) == (LOCK_1_ID, True)
    assert asked(sim) == [CLIENT_1, CLIENTS_1]


async def test_none_of_several_worked(sim: Simulator, act: Act) -> None:
    """Then the action fails, with the first reason; every lock was tried."""
    sim.faults.add(Fault(kind="status", status=400, body='{"Message":"Not today"}', method="POST"))
    sim.calls.clear()
    with pytest.raises(ServiceValidationError, match="Not today"):
        await act("add_client", LOCK_1_ID, LOCK_2_ID, email=STRANGER_EMAIL)
    assert short(sim) == ["POST", "account", "POST"]


EIGHT = [LOCK_1_ID, *(f"{number:032x}" for number in range(7))]


@pytest.fixture
def eight_locks(sim: Simulator) -> None:
    """Add eight locks with one guest; use it before the account's fixture."""
    for number, lock_id in enumerate(EIGHT[1:]):
        sim.world.add_lock(f"Locker {number}", lock_id=lock_id).add_client(GUEST_EMAIL)


@pytest.mark.usefixtures("eight_locks")
@pytest.mark.parametrize(
    ("fault", "key", "calls"),
    [
        ({"kind": "status", "status": 403}, "invalid_api_key", 1),
        ({"kind": "status", "status": 401}, "invalid_access_key", 1),
        ({"kind": "quota"}, "quota_exceeded", 1),
        ({"kind": "throttle"}, "throttled", 1),
        ({"kind": "status", "status": 503}, "outcome_unknown", 2),
        ({"kind": "status", "status": 503, "method": "PATCH"}, "outcome_not_done", 4),
    ],
)
async def test_an_account_that_fails_is_not_asked_for_each_lock(
    sim: Simulator, act: Act, fault: dict[str, Any], key: str, calls: int
) -> None:
    """One call, and after a lost answer one more that finds out what happened.

    If that one works, the failure may be the lock's: a second lock is tried, but no third.
    """
    sim.calls.clear()
    sim.faults.add(Fault(**fault))
    with pytest.raises(HomeAssistantError) as failed:
        await act("suspend_client", *EIGHT, email=GUEST_EMAIL)
    assert failed.value.translation_key == key
    assert short(sim) == ["PATCH", "clients", "PATCH", "clients"][:calls]


@pytest.mark.usefixtures("eight_locks")
async def test_an_account_that_fails_in_between(sim: Simulator, act: Act) -> None:
    """Earlier successes count; the locks that were not tried have the failure's reason."""
    sim.faults.add(Fault(kind="quota", path=f"*/{EIGHT[1]}/*"))
    sim.calls.clear()
    rows = (await act("suspend_client", *EIGHT, email=GUEST_EMAIL))["results"]
    assert [row["lock_id"] for row in rows] == EIGHT
    assert [row["ok"] for row in rows] == [True, *[False] * 7]
    assert {row["result"] for row in rows[1:]} == {words("quota_exceeded")}
    assert short(sim) == ["PATCH", "clients", "PATCH"]


@pytest.mark.usefixtures("eight_locks")
async def test_lost_answers_of_some_of_several(sim: Simulator, act: Act) -> None:
    """A change that turns out to be carried out counts as done; the other locks were not tried."""
    sim.faults.add(Fault(kind="drop", method="PATCH", count=2, after=True))
    sim.calls.clear()
    rows = (await act("suspend_client", *EIGHT, email=GUEST_EMAIL))["results"]
    assert [row["ok"] for row in rows] == [True, True, *[False] * 6]
    assert all("the change was carried out" in row["result"] for row in rows[:2])
    assert all(row["result"].startswith("Codelocks did not answer.") for row in rows[2:])
    assert short(sim) == ["PATCH", "clients"] * 2


@pytest.mark.usefixtures("eight_locks")
async def test_one_failing_lock_does_not_stop_the_others(sim: Simulator, act: Act) -> None:
    """However often it fails."""
    sim.faults.add(Fault(kind="status", status=504, method="PATCH", path=f"*/{LOCK_1_ID}/*"))
    rows = (await act("suspend_client", *EIGHT, email=GUEST_EMAIL))["results"]
    assert [row["ok"] for row in rows] == [False, *[True] * 7]


async def test_another_account_is_still_tried(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, add_account: AddAccount
) -> None:
    """A failure of one account says nothing about another."""
    sim.world.add_account("other00key", email="other@example.com")
    lock = sim.world.add_lock("Cellar", access_key="other00key")
    lock.add_client(GUEST_EMAIL)
    other = await add_account(access_key="other00key")
    sim.faults.add(Fault(kind="throttle", path=f"*/{LOCK_1_ID}/*"))
    places = [(entry, LOCK_1_ID), (entry, LOCK_2_ID), (other, lock.id)]
    devices = [device_id(hass, *place) for place in places]
    response = await call_action(hass, "restore_client", device_id=devices, email=GUEST_EMAIL)
    rows = response["results"]
    assert [row["ok"] for row in rows] == [False, False, True]
    assert rows[0]["result"] == rows[1]["result"] == words("throttled")


@pytest.mark.usefixtures("sim")
async def test_a_lock_twice_is_once(act: Act) -> None:
    """A lock that is chosen twice is changed once."""
    response = await act("suspend_client", LOCK_1_ID, LOCK_1_ID, email=GUEST_EMAIL)
    assert len(response["results"]) == 1


@pytest.mark.usefixtures("act")
async def test_for_administrators(hass: HomeAssistant, sim: Simulator) -> None:
    """Other users are refused."""
    user = MockUser(id="guest").add_to_hass(hass)
    sim.calls.clear()
    entry = hass.config_entries.async_entries(DOMAIN)[0]
    device = device_id(hass, entry, LOCK_1_ID)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "delete_client",
            {"device_id": device, "email": GUEST_EMAIL},
            blocking=True,
            context=Context(user_id=user.id),
        )
    assert not sim.calls


# What the user can put right is refused before any call

WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("suspend_client", {"email": "anna"}, "invalid_email", "not an e-mail"),
    ("add_client", {"email": "anna@home"}, "invalid_email", "not an e-mail"),
    ("add_client", {"email": "anna@home..example"}, "invalid_email", "not an e-mail"),
    ("add_client", {"email": "a" * 64_000}, "invalid_email", "not an e-mail"),
    ("add_client", {"email": f"{'a' * 250}@a.bc"}, "invalid_email", "not an e-mail"),
    ("add_client", {"message": "x" * 501}, "message_too_long", "at most 500"),
    ("add_client", {"message": "50% off: héllo!"}, "message_characters", "! % : é. Use"),
    ("add_client", {"message": "a\0b"}, "message_characters", "x00"),
    ("add_client", {"message": "a\u200bb"}, "message_characters", "ZERO WIDTH SPACE"),
    ("add_client", {"active_periods": []}, "number_of_periods", "at most 10"),
    ("add_client", {"active_periods": MORNING * 11}, "number_of_periods", "at most 10"),
    (
        "add_client",
        {"active_periods": [{"starts": "22:00", "ends": "06:00", "days": "sun"}]},
        "period_ends_before_start",
        "22:00 to 24:00 on sun, and 00:00 to 06:00 on mon",
    ),
    (
        "add_client",
        {"active_periods": [{"starts": "09:00", "ends": "17:00", "days": []}]},
        "period_without_days",
        "has no days",
    ),
    (
        "add_client",
        {"active_periods": MORNING, "schedule_entity_id": "schedule.office"},
        "periods_and_schedule",
        "not both",
    ),
    ("add_client", {"schedule_entity_id": "schedule.none"}, "schedule_unknown", "schedule.none"),
    ("update_client", {}, "periods_or_schedule", "Give active periods or a schedule"),
    (
        "update_client",
        {"email": STRANGER_EMAIL, "active_periods": MORNING},
        "client_unknown",
        "no such client",
    ),
    ("delete_client", {"email": STRANGER_EMAIL}, "client_unknown", "no such client"),
]


async def test_wrong_input_costs_nothing(
    sim: Simulator, act: Act, subtests: pytest.Subtests
) -> None:
    """An error says what to change, and no call is made."""
    sim.calls.clear()
    for name, data, key, said in WRONG:
        with subtests.test(name, **data):
            with pytest.raises(ServiceValidationError) as refused:
                await act(name, **{"email": GUEST_EMAIL} | data)
            assert refused.value.translation_key == key
            assert said in str(refused.value)
            assert not sim.calls


async def test_wrong_devices_cost_nothing(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """No lock, an unknown lock, or a device that is not a lock."""
    account = device_id(hass, entry, entry.entry_id)
    sim.calls.clear()
    for devices in ([], ["nowhere"], [account]):
        with pytest.raises(ServiceValidationError):
            await hass.services.async_call(
                DOMAIN,
                "suspend_client",
                {"device_id": devices, "email": GUEST_EMAIL},
                blocking=True,
            )
    assert not sim.calls


async def test_an_old_list_is_no_reason_to_refuse(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """If our list may be out of date, the API decides whether a client is unknown."""
    sim.world.lock(LOCK_1_ID).add_client(STRANGER_EMAIL)
    await pass_time(hass, freezer, STALE)
    await act("suspend_client", email=STRANGER_EMAIL)
    assert client(sim, STRANGER_EMAIL).status == SUSPENDED  # type: ignore[union-attr]
    await pass_time(hass, freezer, STALE)
    with pytest.raises(ServiceValidationError, match="Client not found"):
        await act("suspend_client", email="nobody@example.com")


async def test_client_management_that_is_off(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """When the API refuses, the account is read, at most hourly, and its status is in the error."""
    sim.world.account.spccm_status = "INACTIVE"
    sim.calls.clear()
    for _ in range(2):
        with pytest.raises(ServiceValidationError, match=r"reports .* as INACTIVE") as refused:
            await act("suspend_client", email=GUEST_EMAIL)
        assert refused.value.translation_key == "rejected_management"
    assert short(sim) == ["PATCH", "account", "PATCH"]

    sim.world.account.spccm_status = "ACTIVE"
    await pass_time(hass, freezer, timedelta(hours=2))
    with pytest.raises(ServiceValidationError) as refused:
        await act("suspend_client", email=INVITED_EMAIL)
    assert refused.value.translation_key == "rejected"
    await pass_time(hass, freezer, timedelta(hours=2))
    sim.faults.add(Fault(kind="status", status=503, path="*/account"))
    with pytest.raises(ServiceValidationError) as refused:
        await act("suspend_client", email=INVITED_EMAIL)
    assert refused.value.translation_key == "rejected"


# Schedule helpers


helper_stays = pytest.mark.parametrize("expected_lingering_timers", [True])
"""A schedule helper's timer, which outlives the test."""


async def add_schedule(hass: HomeAssistant, **days: list[dict[str, str]]) -> str:
    """Add a schedule helper; returns its entity id."""
    config = {"schedule": {"office": {"name": "Office", **days}}}
    assert await async_setup_component(hass, "schedule", config)
    return "schedule.office"


@pytest.mark.usefixtures("sim")
@helper_stays
async def test_periods_of_a_schedule(hass: HomeAssistant, act: Act) -> None:
    """The helper's current week, merged over days, midnight included."""
    office = [{"from": "08:00:00", "to": "12:00:00"}, {"from": "12:00:00", "to": "18:00:00"}]
    helper = await add_schedule(
        hass,
        monday=office,
        tuesday=office,
        friday=[{"from": "22:00:00", "to": "24:00:00"}],
        saturday=[{"from": "00:00:00", "to": "02:30:00"}],
    )
    await act("update_client", email=GUEST_EMAIL, schedule_entity_id=helper)
    await act("add_client", email=STRANGER_EMAIL, schedule_entity_id=helper)
    found = {one["email"]: one for one in (await act("get_clients"))["clients"]}
    for email in (GUEST_EMAIL, STRANGER_EMAIL):
        assert [
            (period["starts"], period["ends"], period["days"])
            for period in found[email]["active_periods"]
        ] == [
            ("08:00", "18:00", ["mon", "tue"]),
            ("22:00", "23:59", ["fri"]),
            ("00:00", "02:30", ["sat"]),
        ]


@helper_stays
@pytest.mark.parametrize(
    ("blocks", "key"),
    [
        ([], "schedule_empty"),
        ([{"from": "23:59:00", "to": "24:00:00"}], "schedule_too_late"),
        (
            [{"from": f"{hour:02}:00:00", "to": f"{hour:02}:30:00"} for hour in range(11)],
            "schedule_too_many",
        ),
    ],
)
async def test_schedules_that_are_refused(
    hass: HomeAssistant, sim: Simulator, act: Act, blocks: list[dict[str, str]], key: str
) -> None:
    """They are refused before any call."""
    helper = await add_schedule(hass, monday=blocks)
    sim.calls.clear()
    with pytest.raises(ServiceValidationError) as refused:
        await act("update_client", email=GUEST_EMAIL, schedule_entity_id=helper)
    assert refused.value.translation_key == key
    assert not sim.calls
    with pytest.raises(ServiceValidationError) as refused:
        await act("update_client", email=GUEST_EMAIL, schedule_entity_id="sun.sun")
    assert refused.value.translation_key == "schedule_unknown"


# Answers that never came


@pytest.mark.parametrize(
    ("name", "method", "data"),
    [
        ("add_client", "POST", {"email": STRANGER_EMAIL}),
        ("update_client", "PUT", {"email": GUEST_EMAIL, "active_periods": MORNING}),
        ("suspend_client", "PATCH", {"email": GUEST_EMAIL}),
        ("restore_client", "PATCH", {"email": SUSPENDED_EMAIL}),
        ("delete_client", "DELETE", {"email": GUEST_EMAIL}),
    ],
)
@pytest.mark.parametrize(
    ("fault", "carried_out"),
    [
        (Fault(kind="drop", after=True), True),
        (Fault(kind="drop"), False),
        (Fault(kind="html", after=True), True),
        (Fault(kind="status", status=504), False),
    ],
)
async def test_a_lost_answer(
    sim: Simulator,
    act: Act,
    name: str,
    method: str,
    data: dict[str, Any],
    fault: Fault,
    *,
    carried_out: bool,
) -> None:
    """The write is not repeated; one read finds out what happened, and the error says so."""
    sim.faults.add(
        Fault(kind=fault.kind, status=fault.status, method=method, after=fault.after, count=1)
    )
    sim.calls.clear()
    with pytest.raises(HomeAssistantError) as lost:
        await act(name, **data)
    assert lost.value.translation_key == ("outcome_done" if carried_out else "outcome_not_done")
    assert not isinstance(lost.value, ServiceValidationError)
    assert data["email"] not in str(lost.value)
    assert short(sim) == [method, "clients"]


def asked_clients(sim: Simulator) -> list[str]:
    """Return whose clients were read; reads of activity are left out."""
    return [path for path in asked(sim) if path.endswith("/clients")]


async def test_a_lost_answer_whose_outcome_is_unknown(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """The error says so; polling reads the clients soon."""
    sim.faults.add(Fault(kind="drop", method="PATCH", count=1, after=True))
    sim.faults.add(Fault(kind="status", status=503, path="*/clients", count=1))
    with pytest.raises(HomeAssistantError) as lost:
        await act("suspend_client", email=GUEST_EMAIL)
    assert lost.value.translation_key == "outcome_unknown"
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "unavailable"
    sim.calls.clear()
    await pass_time(hass, freezer, STALE)
    assert asked_clients(sim) == [CLIENTS_1]
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "0"


async def test_a_lost_answer_to_inviting_an_existing_client(sim: Simulator, act: Act) -> None:
    """The list cannot show whether somebody who was on it already was invited."""
    sim.faults.add(Fault(kind="drop", method="POST", count=1))
    with pytest.raises(HomeAssistantError) as lost:
        await act("add_client", email=GUEST_EMAIL)
    assert lost.value.translation_key == "outcome_unknown"


async def test_without_a_connection_nothing_is_looked_up(sim: Simulator, act: Act) -> None:
    """A request that was not sent was not carried out: the error says there is no connection."""
    await sim.stop()
    with pytest.raises(HomeAssistantError):  # this finds the kept connection closed
        await act("get_clients")
    with pytest.raises(HomeAssistantError) as failed:
        await act("suspend_client", email=GUEST_EMAIL)
    assert failed.value.translation_key == "cannot_connect"


# Changes made elsewhere


def elsewhere(sim: Simulator, email: str, *, status: str | None = None) -> None:
    """Let the phone app change a client's periods and perhaps status, without an audit entry."""
    periods = {**ALWAYS, "0": {**ALWAYS["0"], "starts": "06:00", "sun": False}}
    sim.world.lock(LOCK_1_ID).change_client(email, periods=periods, status=status)


async def test_an_update_reads_before_it_overwrites(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """The old state is read first, unless it just was; the answer says if it had changed."""
    elsewhere(sim, GUEST_EMAIL, status=SUSPENDED)
    await pass_time(hass, freezer, STALE)
    sim.calls.clear()
    (row,) = (await act("update_client", email=GUEST_EMAIL, active_periods=MORNING))["results"]
    assert short(sim) == ["clients", "PUT", "clients"]
    assert row["ok"]
    assert "overwritten. They were: 06:00-23:59 mon, tue, wed, thu, fri, sat." in row["note"]
    assert "The status had been changed elsewhere. It is now: SUSPENDED." in row["note"]

    sim.calls.clear()
    (row,) = (await act("update_client", email=GUEST_EMAIL, active_periods=MORNING))["results"]
    assert short(sim) == ["PUT", "clients"]
    assert "note" not in row


async def test_an_update_of_somebody_who_was_deleted_elsewhere(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """The read before finds out, and no write is made."""
    del sim.world.lock(LOCK_1_ID).clients[GUEST_EMAIL]
    await pass_time(hass, freezer, STALE)
    sim.calls.clear()
    with pytest.raises(ServiceValidationError) as refused:
        await act("update_client", email=GUEST_EMAIL, active_periods=MORNING)
    assert refused.value.translation_key == "client_unknown"
    assert short(sim) == ["clients"]


async def test_an_update_whose_read_before_fails(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """Then nothing is written."""
    await pass_time(hass, freezer, STALE)
    sim.faults.add(Fault(kind="status", status=503, path="*/clients", count=1))
    sim.calls.clear()
    with pytest.raises(HomeAssistantError) as failed:
        await act("update_client", email=GUEST_EMAIL, active_periods=MORNING)
    assert failed.value.translation_key == "cannot_connect"
    assert short(sim) == ["clients"]


async def test_other_changes_report_what_they_find(sim: Simulator, act: Act) -> None:
    """Suspending overwrites no periods, but the answer says that they have changed."""
    elsewhere(sim, GUEST_EMAIL)
    (row,) = (await act("suspend_client", email=GUEST_EMAIL))["results"]
    assert row["note"].startswith("The active periods were changed elsewhere. They are now: 06:00")


async def test_a_change_that_the_list_does_not_show(sim: Simulator, act: Act) -> None:
    """If the cloud confirms but still lists the old state, the error says both."""
    sim.faults.add(
        Fault(kind="wrong_value", path="*/clients", field="status", value=ACTIVE, count=1)
    )
    (row,) = (await act("suspend_client", email=GUEST_EMAIL))["results"]
    assert row["ok"]
    assert row["note"] == "Codelocks confirmed this, but its list of clients does not show it yet."


# Keeping in step


async def hear(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Read the first lock's activity, some time after the last read."""
    await pass_time(hass, freezer, STALE)
    entry = hass.config_entries.async_entries(DOMAIN)[0]
    device = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert device
    await entry.runtime_data.activity[LOCK_1_ID].async_refresh()
    await pass_time(hass, freezer, timedelta(seconds=1))


async def test_reads_that_overlap(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A read that begins before a change and ends after it does not bring back the old state."""
    slow = sim.faults.add(Fault(kind="hang", path="*/clients", count=1, after=True))
    reading = hass.async_create_task(entry.runtime_data.clients[LOCK_1_ID].async_get_clients())
    await slow.met.wait()
    device = device_id(hass, entry, LOCK_1_ID)
    data = {"device_id": device, "email": GUEST_EMAIL}
    await hass.services.async_call(DOMAIN, "suspend_client", data, blocking=True)
    sim.faults.clear(slow)
    await reading
    await settle(hass)
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "0"


@pytest.mark.usefixtures("act")
async def test_news_about_a_client_causes_a_read_of_the_clients(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """One read of that lock's clients, only if something may have changed."""
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
    await pass_time(hass, freezer, STALE)
    sim.world.lock(LOCK_1_ID).accept_client(INVITED_EMAIL)
    sim.calls.clear()
    await hear(hass, freezer)
    assert asked_clients(sim) == [CLIENTS_1]
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "2"

    sim.world.lock(LOCK_1_ID).add_audit("Opened by client Anna", entry_type="Client")
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna")
    sim.calls.clear()
    await hear(hass, freezer)
    assert asked_clients(sim) == []


async def test_our_own_change_causes_no_read(
    hass: HomeAssistant, sim: Simulator, act: Act, freezer: FrozenDateTimeFactory
) -> None:
    """The audit shows it, too, but the clients have been read since."""
    await act("suspend_client", email=GUEST_EMAIL)
    sim.calls.clear()
    await hear(hass, freezer)
    assert asked_clients(sim) == []


async def test_news_waits_for_ten_minutes(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    act: Act,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The clients were read just before, so they are read once ten minutes have passed."""
    await pass_time(hass, freezer, STALE)
    await act("get_clients")
    await pass_time(hass, freezer, timedelta(minutes=1))
    sim.world.lock(LOCK_1_ID).accept_client(INVITED_EMAIL)
    await pass_time(hass, freezer, timedelta(minutes=1))
    await entry.runtime_data.activity[LOCK_1_ID].async_refresh()
    sim.calls.clear()
    await pass_time(hass, freezer, timedelta(minutes=5))
    assert asked(sim) == []
    await pass_time(hass, freezer, timedelta(minutes=5))
    assert asked(sim) == [CLIENTS_1]
    await pass_time(hass, freezer, timedelta(minutes=12))
    assert asked(sim) == [CLIENTS_1]


async def test_news_spends_no_reserve(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    act: Act,
    freezer: FrozenDateTimeFactory,
) -> None:
    """When the polling budget is spent, the clients are not read; a change still causes a read."""
    options = {**entry.options, "plan": "custom", "netcode_quota": 100, "utility_quota": 20}
    hass.config_entries.async_update_entry(entry, options=options | {"reserve_percent": 100})
    await settle(hass)
    await pass_time(hass, freezer, STALE)
    sim.world.lock(LOCK_1_ID).accept_client(INVITED_EMAIL)
    sim.calls.clear()
    await hear(hass, freezer)
    await pass_time(hass, freezer, timedelta(minutes=11))
    assert asked(sim) == [f"k3connect/{LOCK_1_ID}/audit"]
    sim.calls.clear()
    await act("suspend_client", email=GUEST_EMAIL)
    assert short(sim) == ["PATCH", "clients"]


@pytest.mark.usefixtures("sim")
async def test_a_new_invitation_is_shown(act: Act) -> None:
    """The new client is in the list, with status and access type."""
    await act("add_client", email=STRANGER_EMAIL, access_type="one_time")
    found = (await act("get_clients"))["clients"][-1]
    assert (found["email"], found["status"], found["access_type"]) == (
        STRANGER_EMAIL,
        INVITED,
        "one_time",
    )


async def test_unloaded_between_two_locks(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, act: Act
) -> None:
    """The answer has the success at the first lock, and why the second was not tried."""
    hang = sim.faults.add(Fault(kind="hang", method="PATCH", count=1))
    changing = asyncio.ensure_future(act("suspend_client", LOCK_1_ID, LOCK_2_ID, email=GUEST_EMAIL))
    await hang.met.wait()
    assert await hass.config_entries.async_unload(entry.entry_id)
    sim.faults.clear()
    first, second = (await changing)["results"]
    assert (first["ok"], second["ok"]) == (True, False)
    assert "not loaded" in second["result"]
