"""Spare codes over real HTTP: kept for chosen locks, and given when the cloud makes none."""

from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import (
    act,
    add_kitlock,
    device_id,
    k3_code,
    kitlock_code,
    listed,
    make,
    netcode_calls,
    refused,
    set_options,
    warning,
    wires,
)
from tests.conftest import AddAccount, settle
from tests.helpers import (
    days_go_by,
    device_of,
    entity_id,
    in_sections,
    pass_time,
    restart,
    state_of,
    value,
)
from tests.issuing.requesters import add_requester
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import API_KEY, LOCK_1_ID, LOCK_2_ID, SMALL_NOW, Fault, Simulator

FRONT = f"/n/1/netcode/{LOCK_1_ID}"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SPARE_START, SPARE_END = "2026-10-12T00:00:00+01:00", "2026-10-19T00:00:00+01:00"
FAILURES = [
    pytest.param({"kind": "status", "status": 503}, id="unavailable"),
    pytest.param({"kind": "drop"}, id="no connection"),
    pytest.param({"kind": "quota"}, id="spent"),
    pytest.param({"kind": "throttle", "retry_after": 5}, id="throttled"),
]


async def choose(hass: HomeAssistant, entry: CodelocksConfigEntry, *owners: str) -> None:
    """Choose the locks that have spares."""
    await set_options(hass, entry, spare_locks=[device_id(hass, entry, owner) for owner in owners])


@pytest.fixture
async def front(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> CodelocksConfigEntry:
    """Keep a spare for the front door."""
    await choose(hass, entry, LOCK_1_ID)
    assert wires(sim) == [("2026-10-12 00:00", "18")]
    sim.clear_calls()
    return entry


def spare_code(start: str = "2026-10-12 00:00") -> str:
    """Return a spare of the front door."""
    return k3_code(LOCK_1_ID, start, 18)


def no_spare_issues(hass: HomeAssistant) -> list[ir.IssueEntry]:
    """Return the issues about locks without a spare."""
    return [
        issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.translation_key == "no_spare_code"
    ]


# Kept


async def test_in_no_list_until_given(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """Nobody has it: only its own sensor tells of it."""
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "2026-10-18T23:00:00+00:00"
    assert await listed(hass, include_expired=True) == []
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "0"
    assert value(hass, "calendar", LOCK_1_ID, "netcodes") == "off"
    [row] = front.runtime_data.ledger_keeper.data.stored_rows()
    for action in ("withdraw_netcode", "send_netcode"):
        fields = {"notify_entity_id": "notify.anna"} if action == "send_netcode" else {}
        assert (await refused(hass, action, id=[row.id], **fields)).translation_key in (
            "netcode_unknown",
            "notify_entity_unknown",
        )
    assert sim.calls == []
    for state in hass.states.async_all():
        assert spare_code() not in f"{state.state} {state.attributes}"


async def test_only_chosen_locks(hass: HomeAssistant, front: CodelocksConfigEntry) -> None:
    """Others have no such sensor, and it goes when the lock is not chosen any more."""
    assert entity_id(hass, "sensor", LOCK_2_ID, "spare_until") is None
    await choose(hass, front, LOCK_2_ID)
    assert entity_id(hass, "sensor", LOCK_1_ID, "spare_until") is None
    assert value(hass, "sensor", LOCK_2_ID, "spare_until") == "2026-10-18T22:00:00+00:00", "Berlin"


async def test_not_chosen_any_more(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, front: CodelocksConfigEntry
) -> None:
    """A spare of such a lock is silent: neither given nor renewed, and erased after its end."""
    await choose(hass, front)
    sim.faults.add(Fault(kind="status", status=503, path=FRONT))
    assert await refused(hass, "generate_netcode", device_id=device_id(hass, front, LOCK_1_ID))
    sim.faults.clear()
    sim.clear_calls()
    await days_go_by(hass, freezer, 8)
    assert netcode_calls(sim) == []
    [row] = front.runtime_data.ledger_keeper.data.stored_rows()
    assert row.code is None
    assert await listed(hass, include_expired=True) == []


async def test_chosen_again(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """What is still good is not made again."""
    await choose(hass, front)
    await choose(hass, front, LOCK_1_ID)
    assert netcode_calls(sim) == []
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "2026-10-18T23:00:00+00:00"


async def test_renewed_before_its_end(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, front: CodelocksConfigEntry
) -> None:
    """When less than two days are left: one call in five days."""
    await pass_time(hass, freezer, HOUR, 4 * 24 + 13)
    assert netcode_calls(sim) == []
    await pass_time(hass, freezer, HOUR, 2)
    assert wires(sim) == [("2026-10-17 00:00", "18")]
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "2026-10-23T23:00:00+00:00"
    assert len(list(front.runtime_data.ledger_keeper.data.stored_rows())) == 1


async def test_a_kitlock(hass: HomeAssistant, sim: Simulator, add_account: AddAccount) -> None:
    """It has spares, too, by its own clock."""
    entry = await add_account(access_key="")
    shed = await add_kitlock(hass, entry)
    await choose(hass, entry, shed)
    assert wires(sim) == [("2026-10-12 00:00", "18")]
    sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    answer = await make(hass, entry, shed)
    assert (answer["spare"], answer["netcode"]) == (True, kitlock_code("2026-10-12 00:00", 18))


async def test_restart(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, front: CodelocksConfigEntry
) -> None:
    """It is still there, for no call."""
    await restart(hass, freezer, front)
    assert netcode_calls(sim) == []
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "2026-10-18T23:00:00+00:00"
    sim.faults.add(Fault(kind="status", status=503, path=FRONT))
    assert (await make(hass, front, LOCK_1_ID))["netcode"] == spare_code()


# Failing


@pytest.mark.parametrize("fault", FAILURES)
async def test_no_burst(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
    fault: dict[str, Any],
) -> None:
    """A failure is waited out, at all locks of the account, and over restarts."""
    sim.faults.add(Fault(path="/n/*", **fault))
    await choose(hass, entry, LOCK_1_ID, LOCK_2_ID)
    assert len(netcode_calls(sim)) == 1
    for _ in range(12):
        await restart(hass, freezer, entry)
        await pass_time(hass, freezer, 20 * MINUTE)
    # The waits of a cloud that is down: 5, 10, 20, 40, 80 minutes; a throttle is short.
    at_most = {"status": 7, "drop": 7, "quota": 1, "throttle": 14}[fault["kind"]]
    assert len(netcode_calls(sim)) <= at_most
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "unknown"

    sim.faults.clear()
    await pass_time(hass, freezer, HOUR, 25)
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") != "unknown"
    assert value(hass, "sensor", LOCK_2_ID, "spare_until") != "unknown"


async def test_made_as_soon_as_the_cloud_answers(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> None:
    """A code that was made for somebody shows that it does."""
    sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    await choose(hass, entry, LOCK_1_ID)
    await pass_time(hass, freezer, HOUR, 5)
    sim.faults.clear()
    sim.clear_calls()
    await make(hass, entry, LOCK_2_ID)
    await settle(hass)
    assert [call.path for call in netcode_calls(sim)] == [f"/n/1/netcode/{LOCK_2_ID}", FRONT]


async def test_no_calls_left(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A spare never takes a call that the month does not have."""
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    front = device_id(hass, entry, LOCK_1_ID)
    await hass.config_entries.options.async_configure(
        flow["flow_id"], in_sections({**entry.options, "netcode_used": 100, "spare_locks": [front]})
    )
    await settle(hass)
    assert netcode_calls(sim) == []
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(
        flow["flow_id"], in_sections({**entry.options, "netcode_used": 10})
    )
    await settle(hass)
    assert wires(sim) == [("2026-10-12 00:00", "18")]


async def test_none_for_a_day(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> None:
    """Somebody is told, once, also over a restart; it heals itself."""
    sim.faults.add(Fault(kind="status", status=503, path=FRONT))
    await choose(hass, entry, LOCK_1_ID)
    await pass_time(hass, freezer, HOUR, 12)
    await restart(hass, freezer, entry)
    await pass_time(hass, freezer, HOUR, 11)
    assert no_spare_issues(hass) == []
    await pass_time(hass, freezer, HOUR, 2)
    [issue] = no_spare_issues(hass)
    assert issue.translation_placeholders == {"lock": "Front door"}
    assert LOCK_1_ID not in issue.issue_id
    sim.faults.clear()
    await pass_time(hass, freezer, HOUR, 7)
    assert no_spare_issues(hass) == []


async def test_no_issue_about_a_lock_that_is_not_chosen(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> None:
    """Taking it off the list is a way out."""
    sim.faults.add(Fault(kind="status", status=503, path=FRONT))
    await choose(hass, entry, LOCK_1_ID)
    await pass_time(hass, freezer, HOUR, 25)
    assert len(no_spare_issues(hass)) == 1
    await choose(hass, entry)
    assert no_spare_issues(hass) == []


async def test_a_rejected_key(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> None:
    """It is tried once a day, also over restarts, and at once with other keys."""
    sim.faults.add(Fault(kind="status", status=403, path=FRONT))
    await choose(hass, entry, LOCK_1_ID)
    for _ in range(3):
        await restart(hass, freezer, entry)
        await pass_time(hass, freezer, HOUR)
    assert len(netcode_calls(sim)) == 1
    sim.faults.clear()
    hass.config_entries.async_update_entry(entry, data={**entry.data, "api_key": f"{API_KEY} "})
    hass.config_entries.async_update_entry(entry, data={**entry.data, "api_key": API_KEY})
    await settle(hass)
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") != "unknown"


async def test_a_lock_that_fails(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> None:
    """It waits alone, longer each time: others have their spares."""
    sim.faults.add(Fault(kind="netcode_error", path=FRONT))
    await choose(hass, entry, LOCK_1_ID, LOCK_2_ID)
    assert value(hass, "sensor", LOCK_2_ID, "spare_until") != "unknown"
    await pass_time(hass, freezer, 10 * MINUTE, 6 * 24)
    assert len([call for call in netcode_calls(sim) if call.path == FRONT]) <= 11
    assert len(no_spare_issues(hass)) == 1


async def test_a_clock_that_was_wrong(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> None:
    """No spare is made until it is relied on; a wait that ends years ahead is none."""
    freezer.move_to(datetime(2031, 1, 1, tzinfo=UTC))
    sim.faults.add(Fault(kind="status", status=503, path=FRONT))
    await choose(hass, entry, LOCK_1_ID)
    assert netcode_calls(sim) == []
    await pass_time(hass, freezer, HOUR, 25)
    assert netcode_calls(sim)
    sim.faults.clear()
    await restart(hass, freezer, entry, back=freezer().replace(tzinfo=UTC) - SMALL_NOW)
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") != "unknown"


# Given


@pytest.mark.parametrize("fault", FAILURES)
async def test_given(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    front: CodelocksConfigEntry,
    fault: dict[str, Any],
) -> None:
    """Instead of a code that the cloud cannot make: then it is a code like others."""
    sim.faults.add(Fault(path=FRONT, **fault))
    answer = await make(hass, front, LOCK_1_ID, name="Anna", reference="4711")
    assert answer["netcode"] == spare_code()
    assert answer["spare"] is True
    assert (answer["start"], answer["end"]) == (SPARE_START, SPARE_END)
    assert answer["requested_end"] == "2026-10-12T11:30:00+01:00"
    assert answer["failed"] == []
    assert answer["warning_keys"] == ["spare_given"]
    assert answer["warnings"] == [
        warning("spare_given", lock="Front door", end="Monday 19 October, 00:00")
    ]
    assert len(netcode_calls(sim)) == 1, "the failure is waited out"
    [row] = await listed(hass)
    assert (row["id"], row["name"], row["reference"]) == (answer["id"], "Anna", "4711")
    assert (row["spare"], row["issued_by"], row["state"]) == (True, "action", "active")
    assert row["warning_keys"] == ["spare_given"]
    assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "unknown"

    await restart(hass, freezer, front)
    assert [one["id"] for one in await listed(hass)] == [row["id"]]
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "unknown"

    # One spare, one guest.
    assert (await refused(hass, "generate_netcode", device_id=row["device_id"])).__cause__
    sim.faults.clear()
    sim.clear_calls()
    await pass_time(hass, freezer, HOUR, 25)
    [(start, duration)] = wires(sim)
    assert start != "2026-10-12 00:00"
    assert duration == "18"
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") != "unknown"


async def test_next_has_another_start(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, front: CodelocksConfigEntry
) -> None:
    """On the same day it cannot be the same code again."""
    for day in (12, 11, 10):
        sim.faults.add(Fault(kind="status", status=503, path=FRONT))
        answer = await make(hass, front, LOCK_1_ID)
        assert answer["netcode"] == spare_code(f"2026-10-{day} 00:00")
        sim.faults.clear()
        await pass_time(hass, freezer, 6 * MINUTE)
    assert len({row["id"] for row in await listed(hass)}) == 3


@pytest.mark.parametrize(
    ("fault", "fields"),
    [
        pytest.param({"kind": "netcode_error"}, {}, id="refused"),
        pytest.param({"kind": "status", "status": 400}, {}, id="rejected"),
        pytest.param({"kind": "status", "status": 403}, {}, id="key"),
        pytest.param({"kind": "wrong_value", "field": "DurationHours", "value": 3}, {}, id="other"),
        pytest.param(
            {"kind": "status", "status": 503},
            {"end": "2026-10-19 09:00:00", "fit": "tight"},
            id="longer",
        ),
        pytest.param({"kind": "status", "status": 503}, {"sub_mode": "singleuse"}, id="once"),
    ],
)
async def test_not_given(
    hass: HomeAssistant,
    sim: Simulator,
    front: CodelocksConfigEntry,
    fault: dict[str, Any],
    fields: dict[str, Any],
) -> None:
    """Not for what the cloud refuses, and not for another wish."""
    sim.faults.add(Fault(path=FRONT, **fault))
    await refused(hass, "generate_netcode", device_id=device_id(hass, front, LOCK_1_ID), **fields)
    assert await listed(hass) == []
    assert value(hass, "sensor", LOCK_1_ID, "spare_until") == "2026-10-18T23:00:00+00:00"


async def test_known_to_be_spent(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """Then no call is made for what the spare does."""
    sim.faults.add(Fault(kind="quota", path="/n/*"))
    await refused(hass, "generate_netcode", device_id=device_id(hass, front, LOCK_2_ID))
    sim.clear_calls()
    assert (await make(hass, front, LOCK_1_ID))["spare"] is True
    assert sim.calls == []


async def test_exactly_the_spares_window(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """It is the same code, so it takes no call; the next spare has another start."""
    answer = await make(
        hass, front, LOCK_1_ID, start="2026-10-12 00:00:00", end="2026-10-19 00:00:00"
    )
    await settle(hass)
    assert (answer["netcode"], answer["spare"], answer["cached"]) == (spare_code(), False, True)
    assert wires(sim) == [("2026-10-11 00:00", "18")]


async def test_a_chain_that_breaks(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """What was made is kept, and the spare does the rest."""
    fields: dict[str, Any] = {"end": "2026-10-14 12:00:00", "fit": "tight"}
    plan = await act(hass, "plan_netcode", device_id=device_id(hass, front, LOCK_1_ID), **fields)
    assert len(plan["codes"]) > 1

    @callback
    def fail_from_now_on(*_: object) -> None:
        sim.faults.add(Fault(kind="status", status=503, path=FRONT))

    number = entity_id(hass, "sensor", LOCK_1_ID, "active_netcodes")
    async_track_state_change_event(hass, [number or ""], fail_from_now_on)
    answer = await make(hass, front, LOCK_1_ID, name="Anna", reference="4711", **fields)
    assert [code["spare"] for code in answer["codes"]] == [False, True]
    assert answer["codes"][0]["end"] == plan["codes"][0]["end"]
    assert answer["failed"] == []
    assert {row["reference"] for row in await listed(hass)} == {"4711"}
    assert len({row["order"] for row in await listed(hass)}) == 1


async def test_one_of_two_locks(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """One gets its spare, the other is named; both are told in one message."""
    phone = Phone("Anna")
    await add_phones(hass, phone)
    sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    doors = [device_id(hass, front, LOCK_2_ID), device_id(hass, front, LOCK_1_ID)]
    answer = await act(hass, "generate_netcode", device_id=doors, notify_entity_id=["notify.anna"])
    assert [(code["device_id"], code["spare"]) for code in answer["codes"]] == [(doors[1], True)]
    assert [row["device_id"] for row in answer["failed"]] == doors[:1]
    [(message, _)] = phone.messages
    assert spare_code() in message
    assert "Monday 19 October" in message


async def test_durations_that_cannot_be_read(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, front: CodelocksConfigEntry
) -> None:
    """A plan that fails for want of an answer is no reason to leave a guest outside."""
    freezer.move_to(datetime(2026, 10, 12, 9, 30, tzinfo=UTC))
    front.runtime_data.store.set_durations("K3CONNECT", (), dt_util.utcnow() - 40 * DAY)
    sim.faults.add(Fault(kind="status", status=503))
    assert (await make(hass, front, LOCK_1_ID))["netcode"] == spare_code()


async def test_by_text_message(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """The reply says until which day it opens."""
    await add_requester(hass, front)
    sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    answer = await act(
        hass,
        "answer_text_request",
        channel="sms",
        sender="447123456789",
        message="FrontDoor1",
    )
    assert spare_code() in answer["reply"]
    assert "Monday 19 October, 00:00" in answer["reply"]


async def test_in_the_calendar(
    hass: HomeAssistant, sim: Simulator, front: CodelocksConfigEntry
) -> None:
    """It is an event, and its warning is shown."""
    await set_options(hass, front, calendar_issues=True)
    sim.faults.add(Fault(kind="status", status=503, path=FRONT))
    await hass.services.async_call(
        "calendar",
        "create_event",
        {
            "entity_id": entity_id(hass, "calendar", LOCK_1_ID, "netcodes"),
            "summary": "Anna",
            "start_date_time": "2026-10-12 11:00:00",
            "end_date_time": "2026-10-12 12:00:00",
        },
        blocking=True,
    )
    state = state_of(hass, "calendar", LOCK_1_ID, "netcodes")
    assert state.attributes["message"] == "Anna"
    assert state.attributes["end_time"] == "2026-10-19 00:00:00"


# The form


async def test_options_form(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """It takes locks of the account only, and keeps device ids."""
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    account = device_of(hass, entry.entry_id, entry.entry_id)
    assert account
    result = await hass.config_entries.options.async_configure(
        flow["flow_id"], in_sections({**entry.options, "spare_locks": [account.id]})
    )
    assert result["errors"] == {"codes": "not_a_lock"}
    front = device_id(hass, entry, LOCK_1_ID)
    result = await hass.config_entries.options.async_configure(
        flow["flow_id"], in_sections({**entry.options, "spare_locks": [front]})
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    assert entry.options["spare_locks"] == [front]
    assert wires(sim) == [("2026-10-12 00:00", "18")]
    found = entity_id(hass, "sensor", LOCK_1_ID, "spare_until")
    row = er.async_get(hass).async_get(found or "")
    assert row
    assert row.entity_category == "diagnostic"
