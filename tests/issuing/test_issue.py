"""Making a code: when it opens, what it costs, and what the response has."""

import asyncio
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
import json
import logging
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import MATCH_ALL
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
    UnknownUser,
)
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import (
    KITLOCK,
    act,
    add_kitlock,
    change_kitlock,
    device_id,
    k3_code,
    kitlock_code,
    listed,
    make,
    netcode_calls,
    paths,
    refused,
    set_options,
    warning,
    wires,
    words,
)
from tests.conftest import AddAccount, settle
from tests.helpers import asked, days_go_by, entity_id, pass_time, read_again, restart, value
from tests.simulator import ACCESS_KEY, API_KEY, LOCK_1_ID, LOCK_2_ID, Fault, Simulator

LONDON = ZoneInfo("Europe/London")
"""Home Assistant's zone."""

type Fields = dict[str, Any]
type Storage = dict[str, Any]

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
async def shed(hass: HomeAssistant, add_account: AddAccount) -> tuple[CodelocksConfigEntry, str]:
    """Add an account with only a KitLock whose clock shows UTC."""
    entry = await add_account(access_key="")
    return entry, await add_kitlock(hass, entry)


# The response


async def test_response_for_a_k3_lock(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """The response has the code, its real window and all that went into it."""
    front = device_id(hass, entry, LOCK_1_ID)
    answer = await act(
        hass,
        "generate_netcode",
        device_id=front,
        name="Plumber",
        start="2026-10-13 14:20:00",
        end="2026-10-13 16:10:00",
    )
    code: Fields = {
        "netcode": k3_code(LOCK_1_ID, "2026-10-13 14:00", 2),
        "id": answer["id"],
        "text": f"Your code for Front door is {answer['netcode']},"
        " from Tuesday 13 October, 14:00 to 17:00",
        "device_id": front,
        "lock_id": LOCK_1_ID,
        "lock_name": "Front door",
        "name": "Plumber",
        "mode": "standard",
        "sub_mode": "alltime",
        "duration_id": 2,
        "start": "2026-10-13T14:00:00+01:00",
        "end": "2026-10-13T17:00:00+01:00",
        "requested_start": "2026-10-13T14:20:00+01:00",
        "requested_end": "2026-10-13T16:10:00+01:00",
        "cached": False,
        "spare": False,
        "replaces": [],
        "shared_with": [],
        "warnings": [],
        "warning_keys": [],
    }
    more: Fields = {"netcode_calls_left": 99, "deliveries": [], "failed": []}
    assert answer == {**code, **more, "codes": [code]}
    assert len(answer["netcode"]) == 6
    assert wires(sim) == [("2026-10-13 14:00", "2")]


async def test_response_for_a_kitlock(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """A KitLock has no lock id: the API's name for it is a secret."""
    entry, owner = shed
    answer = await make(hass, entry, owner, start="2026-10-13 14:20:00", duration={"hours": 1})
    code: Fields = {
        "netcode": kitlock_code("2026-10-13 13:00", 1),
        "id": answer["id"],
        "text": f"Your code for Bike shed is {answer['netcode']},"
        " from Tuesday 13 October, 14:00 to 16:00",
        "device_id": device_id(hass, entry, owner),
        "lock_name": "Bike shed",
        "name": None,
        "mode": "standard",
        "sub_mode": "alltime",
        "duration_id": 1,
        "start": "2026-10-13T14:00:00+01:00",
        "end": "2026-10-13T16:00:00+01:00",
        "requested_start": "2026-10-13T14:20:00+01:00",
        "requested_end": "2026-10-13T15:20:00+01:00",
        "cached": False,
        "spare": False,
        "replaces": [],
        "shared_with": [],
        "warnings": [],
        "warning_keys": [],
    }
    more: Fields = {"netcode_calls_left": 99, "deliveries": [], "failed": []}
    assert answer == {**code, **more, "codes": [code]}
    assert len(answer["netcode"]) == 7
    assert netcode_calls(sim)[0].query == {
        "start": "2026-10-13 13:00",
        "duration": "1",
        "lockmodel": "KL1060C2",
        "identifier": KITLOCK["identifier"],
    }


async def test_plan(hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """A plan says what would be made, and makes nothing."""
    front = device_id(hass, entry, LOCK_1_ID)
    wish: Fields = {"device_id": front, "start": "2026-10-13 14:20:00", "duration": {"hours": 2}}

    plan = await act(hass, "plan_netcode", **wish)

    assert netcode_calls(sim) == []
    assert await listed(hass) == []
    assert plan["netcode_calls_left"] == 100
    made = await act(hass, "generate_netcode", **wish)
    gained = {"netcode", "id", "name", "text", "replaces", "deliveries"}
    planned = {key: item for key, item in made.items() if key not in gained | {"codes"}}
    assert plan == {
        **planned,
        "netcode_calls_left": 100,
        "codes": [{key: item for key, item in made["codes"][0].items() if key not in gained}],
    }
    again = await act(hass, "plan_netcode", **wish)
    assert again["cached"], "it would not take a call now"


# The window


@pytest.mark.parametrize(
    ("wish", "wire", "window"),
    [
        pytest.param(
            {},
            ("2026-10-12 10:00", "1"),
            ("2026-10-12T10:00:00+01:00", "2026-10-12T12:00:00+01:00"),
            id="one hour from now",
        ),
        pytest.param(
            {"start": "2026-10-12 18:00:00"},
            ("2026-10-12 18:00", "0"),
            ("2026-10-12T18:00:00+01:00", "2026-10-12T19:00:00+01:00"),
            id="one hour from a full hour",
        ),
        pytest.param(
            {"end": "2026-10-12 12:00:01"},
            ("2026-10-12 10:00", "2"),
            ("2026-10-12T10:00:00+01:00", "2026-10-12T13:00:00+01:00"),
            id="until a second after the hour",
        ),
        pytest.param(
            {"start": "2026-10-12T14:00:00+00:00", "end": "2026-10-12T17:00:00+02:00"},
            ("2026-10-12 15:00", "0"),
            ("2026-10-12T15:00:00+01:00", "2026-10-12T16:00:00+01:00"),
            id="times with offsets",
        ),
        pytest.param(
            {"start": "2026-10-12 15:00:00", "duration": "12:00:00"},
            ("2026-10-12 15:00", "11"),
            ("2026-10-12T15:00:00+01:00", "2026-10-13T03:00:00+01:00"),
            id="the longest of hours",
        ),
        pytest.param(
            {"start": "2026-10-12 15:00:00", "duration": {"hours": 13}},
            ("2026-10-12 00:00", "13"),
            ("2026-10-12T00:00:00+01:00", "2026-10-14T00:00:00+01:00"),
            id="days, from midnight",
        ),
        pytest.param(
            {"start": "2026-10-14", "end": "2026-10-21"},
            ("2026-10-14 00:00", "18"),
            ("2026-10-14T00:00:00+01:00", "2026-10-21T00:00:00+01:00"),
            id="the longest of days",
        ),
        pytest.param(
            {"start": "2026-10-12 15:30:00", "duration_id": 4},
            ("2026-10-12 15:00", "4"),
            ("2026-10-12T15:00:00+01:00", "2026-10-12T20:00:00+01:00"),
            id="a certain duration",
        ),
        pytest.param(
            {"start": "2026-10-12 09:00:00", "end": "2026-10-12 11:00:00"},
            ("2026-10-12 09:00", "1"),
            ("2026-10-12T09:00:00+01:00", "2026-10-12T11:00:00+01:00"),
            id="begun already",
        ),
    ],
)
async def test_window(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    wish: Fields,
    wire: tuple[str, str],
    window: tuple[str, str],
) -> None:
    """The smallest window that covers the request; a naive time is local."""
    answer = await make(hass, entry, LOCK_1_ID, **wish)
    assert wires(sim) == [wire]
    assert (answer["start"], answer["end"]) == window
    assert answer["netcode"] == k3_code(LOCK_1_ID, wire[0], int(wire[1]))


async def test_end_of_a_certain_duration(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A request for a certain duration has no end of its own."""
    answer = await make(hass, entry, LOCK_1_ID, duration_id=4)
    assert answer["requested_end"] is None
    [row] = await listed(hass)
    assert row["end"] == answer["end"]


@pytest.mark.parametrize(
    ("zone", "wish", "wire", "window"),
    [
        pytest.param(
            "Europe/London",
            ("2026-03-29T00:30:00+00:00", "2026-03-29T02:30:00+01:00"),
            ("2026-03-29 00:00", 2),
            ("2026-03-29T00:00:00+00:00", "2026-03-29T03:00:00+01:00"),
            id="over the hour that is skipped",
        ),
        pytest.param(
            "Europe/London",
            ("2026-03-29T02:00:00+01:00", "2026-03-29T03:00:00+01:00"),
            ("2026-03-29 02:00", 0),
            ("2026-03-29T02:00:00+01:00", "2026-03-29T03:00:00+01:00"),
            id="right after the hour that is skipped",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-03-29T00:59:00+00:00", "2026-03-29T01:01:00+00:00"),
            ("2026-03-29 01:00", 2),
            ("2026-03-29T01:00:00+01:00", "2026-03-29T04:00:00+02:00"),
            id="the same moment in Berlin",
        ),
        pytest.param(
            "Europe/London",
            ("2026-03-28T12:00:00+00:00", "2026-03-30T00:00:00+01:00"),
            ("2026-03-28 00:00", 13),
            ("2026-03-28T00:00:00+00:00", "2026-03-30T00:00:00+01:00"),
            id="two days, one of 23 hours",
        ),
        pytest.param(
            "Europe/London",
            ("2026-10-25T00:30:00+01:00", "2026-10-25T01:30:00+00:00"),
            ("2026-10-25 00:00", 2),
            ("2026-10-25T00:00:00+01:00", "2026-10-25T03:00:00+00:00"),
            id="into the second run of the hour that repeats",
        ),
        pytest.param(
            "Europe/London",
            ("2026-10-25T01:30:00+00:00", "2026-10-25T02:30:00+00:00"),
            ("2026-10-25 00:00", 3),
            ("2026-10-25T00:00:00+01:00", "2026-10-25T04:00:00+00:00"),
            id="from the second run of the hour that repeats",
        ),
        pytest.param(
            "Europe/London",
            ("2026-10-25T02:00:00+00:00", "2026-10-25T03:00:00+00:00"),
            ("2026-10-25 02:00", 0),
            ("2026-10-25T02:00:00+00:00", "2026-10-25T03:00:00+00:00"),
            id="right after the hour that repeats",
        ),
        pytest.param(
            "Europe/London",
            ("2026-10-25T00:00:00+01:00", "2026-10-26T00:00:00+00:00"),
            ("2026-10-25 00:00", 12),
            ("2026-10-25T00:00:00+01:00", "2026-10-26T00:00:00+00:00"),
            id="a day of 25 hours",
        ),
        pytest.param(
            "Europe/London",
            ("2027-03-28T00:30:00+00:00", "2027-03-28T02:30:00+01:00"),
            ("2027-03-28 00:00", 2),
            ("2027-03-28T00:00:00+00:00", "2027-03-28T03:00:00+01:00"),
            id="spring of 2027",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2027-10-31T01:30:00+02:00", "2027-10-31T02:30:00+01:00"),
            ("2027-10-31 01:00", 2),
            ("2027-10-31T01:00:00+02:00", "2027-10-31T04:00:00+01:00"),
            id="autumn of 2027",
        ),
        pytest.param(
            "America/New_York",
            ("2026-10-25T08:00:00+00:00", "2026-10-25T09:00:00+00:00"),
            ("2026-10-25 04:00", 0),
            ("2026-10-25T04:00:00-04:00", "2026-10-25T05:00:00-04:00"),
            id="New York, a week before its own change",
        ),
        pytest.param(
            "Asia/Kolkata",
            ("2026-10-25T12:00:00+00:00", "2026-10-25T13:00:00+00:00"),
            ("2026-10-25 17:00", 1),
            ("2026-10-25T17:00:00+05:30", "2026-10-25T19:00:00+05:30"),
            id="half an hour off",
        ),
        pytest.param(
            "Asia/Kathmandu",
            ("2026-10-25T12:15:00+00:00", "2026-10-25T13:15:00+00:00"),
            ("2026-10-25 18:00", 0),
            ("2026-10-25T18:00:00+05:45", "2026-10-25T19:00:00+05:45"),
            id="a quarter of an hour off",
        ),
        pytest.param(
            "Australia/Adelaide",
            ("2027-04-03T15:00:00+00:00", "2027-04-03T16:00:00+00:00"),
            ("2027-04-04 01:00", 1),
            ("2027-04-04T01:00:00+10:30", "2027-04-04T03:00:00+09:30"),
            id="half an hour off, over a change",
        ),
    ],
)
async def test_clock_changes(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    zone: str,
    wish: tuple[str, str],
    wire: tuple[str, int],
    window: tuple[str, str],
) -> None:
    """The cloud is asked in the lock's own clock, even around clock changes.

    Home Assistant is in London. A window covers the request however the lock counts its hours.
    """
    freezer.move_to("2026-03-20 09:30:00+00:00")
    lock = sim.world.add_lock("Far door", time_zone=zone)
    entry = await add_account()

    answer = await make(hass, entry, lock.id, start=wish[0], end=wish[1])

    assert wires(sim) == [(wire[0], str(wire[1]))]
    assert (answer["start"], answer["end"]) == window
    assert answer["netcode"] == k3_code(lock.id, *wire)


@pytest.mark.parametrize(
    ("clock", "wish", "wire", "window"),
    [
        pytest.param(
            "utc",
            ("2026-07-01 14:00:00", "2026-07-01 15:00:00"),
            ("2026-07-01 13:00", 0),
            ("2026-07-01T13:00:00+00:00", "2026-07-01T14:00:00+00:00"),
            id="UTC in summer",
        ),
        pytest.param(
            "utc",
            ("2026-10-25T01:30:00+00:00", "2026-10-25T02:30:00+00:00"),
            ("2026-10-25 01:00", 1),
            ("2026-10-25T01:00:00+00:00", "2026-10-25T03:00:00+00:00"),
            id="UTC knows no change",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-07-01 14:00:00", "2026-07-01 15:00:00"),
            ("2026-07-01 14:00", 0),
            ("2026-07-01T14:00:00+01:00", "2026-07-01T15:00:00+01:00"),
            id="standard time in summer",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-03-29T00:30:00+00:00", "2026-03-29T01:30:00+00:00"),
            ("2026-03-29 01:00", 1),
            ("2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+01:00"),
            id="standard time skips nothing",
        ),
        pytest.param(
            "Europe/Dublin",
            ("2026-07-01 14:00:00", "2026-07-01 15:00:00"),
            ("2026-07-01 13:00", 0),
            ("2026-07-01T13:00:00+00:00", "2026-07-01T14:00:00+00:00"),
            id="Ireland, where the law calls summer time the standard",
        ),
        pytest.param(
            "America/New_York",
            ("2026-07-01 14:00:00", "2026-07-01 15:00:00"),
            ("2026-07-01 08:00", 0),
            ("2026-07-01T08:00:00-05:00", "2026-07-01T09:00:00-05:00"),
            id="never summer time over there",
        ),
        pytest.param(
            "Asia/Kolkata",
            ("2026-07-01 14:00:00", "2026-07-01 15:00:00"),
            ("2026-07-01 18:00", 1),
            ("2026-07-01T18:00:00+05:30", "2026-07-01T20:00:00+05:30"),
            id="half an hour off",
        ),
        pytest.param(
            "Europe/London",
            ("2026-07-01 00:00:00", "2026-07-02 00:00:00"),
            ("2026-06-30 00:00", 13),
            ("2026-06-30T00:00:00+00:00", "2026-07-02T00:00:00+00:00"),
            id="a summer's day begins before the lock's midnight",
        ),
    ],
)
async def test_clock_of_a_kitlock(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    clock: str,
    wish: tuple[str, str],
    wire: tuple[str, int],
    window: tuple[str, str],
) -> None:
    """A KitLock shows UTC or the standard time of a zone, never summer time.

    The answer has the times of the people there: its zone, or Home Assistant's if it shows UTC.
    """
    freezer.move_to("2026-03-20 09:30:00+00:00")
    entry = await add_account(access_key="")
    owner = await add_kitlock(hass, entry, clock=clock)

    answer = await make(hass, entry, owner, start=wish[0], end=wish[1])

    assert wires(sim) == [(wire[0], str(wire[1]))]
    zone = LONDON if clock == "utc" else ZoneInfo(clock)
    assert (answer["start"], answer["end"]) == tuple(
        datetime.fromisoformat(moment).astimezone(zone).isoformat() for moment in window
    )
    assert answer["netcode"] == kitlock_code(*wire)


async def test_lock_without_a_zone(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """A lock without a zone in the cloud is taken to be where Home Assistant is."""
    await hass.config.async_set_time_zone("America/New_York")
    lock = sim.world.add_lock("Lost door", time_zone="")
    entry = await add_account()
    answer = await make(hass, entry, lock.id, start="2026-10-13 14:00:00")
    assert wires(sim) == [("2026-10-13 14:00", "0")]
    assert answer["start"] == "2026-10-13T14:00:00-04:00"


async def test_unknown_zone(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """If the zone's name is unknown, its offset is used, with one warning."""
    sim.faults.add(Fault(kind="wrong_value", path="/u/1/k3connect", field="Timezone", value="Mars"))
    entry = await add_account()
    answer = await make(hass, entry, LOCK_2_ID, start="2026-10-13 14:00:00")
    assert wires(sim) == [("2026-10-13 15:00", "0")]
    assert answer["start"] == "2026-10-13T15:00:00+02:00"
    await read_again(hass, freezer)
    assert asked(sim).count("k3connect") == 2
    assert caplog.text.count("The time zone 'Mars' of Garden studio") == 1


# Chains


async def test_chain(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """A tight fit is a chain: days in the middle, hours at the ends, and never an hour too long."""
    entry, owner = shed
    answer = await make(
        hass,
        entry,
        owner,
        name="Anna",
        start="2026-10-13T22:00:00+00:00",
        end="2026-10-16T10:30:00+00:00",
        fit="tight",
    )
    codes = answer["codes"]
    assert wires(sim) == [
        (
            f"{datetime.fromisoformat(code['start']).astimezone(UTC):%Y-%m-%d %H:%M}",
            str(code["duration_id"]),
        )
        for code in codes
    ]
    assert [code["netcode"] for code in codes] == [kitlock_code(w, int(d)) for w, d in wires(sim)]
    assert codes[0]["start"] == "2026-10-13T23:00:00+01:00"
    assert codes[-1]["end"] == "2026-10-16T12:00:00+01:00"
    for code, following in pairwise(codes):
        assert following["start"] <= code["end"], "there is no gap"
    assert any(code["duration_id"] > 11 for code in codes), "with days inside"
    assert all(code["requested_end"] == "2026-10-16T11:30:00+01:00" for code in codes)
    assert {key: answer[key] for key in codes[0]} == codes[0]
    assert answer["netcode_calls_left"] == 100 - len(codes)
    assert [row["name"] for row in await listed(hass)] == ["Anna"] * len(codes)


async def test_withdrawn_in_the_middle_of_a_chain(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A code that is withdrawn while a later one of its chain is made stays withdrawn."""
    start = "2026-10-14 10:00:00"
    first = await make(hass, entry, LOCK_1_ID, start=start, duration={"hours": 12})
    fault = sim.faults.add(Fault(kind="hang", path="*netcode*"))
    end = "2026-10-15 14:00:00"
    chain = hass.async_create_task(make(hass, entry, LOCK_1_ID, start=start, end=end, fit="tight"))
    await fault.met.wait()
    keeper = entry.runtime_data.ledger_keeper
    await keeper.async_record(keeper.data.withdraw(first["id"]))
    fault.cleared.set()
    sim.faults.clear()
    assert (await chain)["codes"][0]["id"] == first["id"]
    states = {row["id"]: row["state"] for row in await listed(hass)}
    assert states[first["id"]] == "withdrawn"


async def test_home_assistant_stops_in_the_middle(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_storage: dict[str, Any],
) -> None:
    """A code that was paid for is kept even if Home Assistant stops while it is being made."""
    fault = sim.faults.add(Fault(kind="hang", path="*netcode*", after=True))
    making = asyncio.ensure_future(make(hass, entry, LOCK_1_ID))
    await fault.met.wait()
    stopping = asyncio.ensure_future(hass.async_stop(force=True))
    await asyncio.sleep(0)
    fault.cleared.set()
    sim.faults.clear()
    await asyncio.wait([making, stopping])
    assert netcode_calls(sim)
    assert len(hass_storage[f"{DOMAIN}.{entry.entry_id}.ledger"]["data"]["rows"]) == 1


async def test_chain_that_fails_in_the_middle(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """What was made is kept, half a booking replaces nothing, and a retry makes the rest."""
    entry, owner = shed
    booking = {"name": "Anna", "reference": "4711"}
    old = await make(hass, entry, owner, start="2026-10-13 10:00:00", **booking)
    wish: Fields = {"start": "2026-10-13 23:00:00", "end": "2026-10-16 12:00:00", "fit": "tight"}
    wish |= booking
    plan: Fields = {key: wish[key] for key in ("start", "end", "fit")}
    target = device_id(hass, entry, owner)
    length = len((await act(hass, "plan_netcode", device_id=target, **plan))["codes"])
    assert length >= 3
    sim.world.key.netcode.used = sim.world.key.netcode.quota - 2

    half = await act(hass, "generate_netcode", device_id=target, **wish)

    assert len(half["codes"]) == 2
    assert half["replaces"] == []
    assert half["failed"] == [
        {
            "device_id": target,
            "lock_name": "Bike shed",
            "error": words("quota_exceeded"),
            "error_key": "quota_exceeded",
        }
    ]
    rows = await listed(hass)
    assert [row["state"] for row in rows] == ["planned"] * 3, "the old one and two new ones"
    asked = len(netcode_calls(sim))

    sim.world.key.netcode.used = 0
    answer = await make(hass, entry, owner, **wish)

    assert len(netcode_calls(sim)) - asked == length - 2
    assert [code["cached"] for code in answer["codes"]] == [True, True] + [False] * (length - 2)
    assert answer["replaces"] == [old["id"]]
    assert [code["warnings"] for code in answer["codes"]] == [[]] * length
    rows = await listed(hass)
    assert [row["id"] for row in rows if row["state"] == "withdrawn"] == [old["id"]]
    assert [row["id"] for row in rows if row["state"] == "planned"] == [
        code["id"] for code in answer["codes"]
    ]


async def test_half_a_booking_is_replaced_too(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The codes made for a booking that failed belong to it: the next try replaces them."""
    entry, owner = shed
    booking = {"name": "Anna", "reference": "4711"}
    sim.world.key.netcode.used = sim.world.key.netcode.quota - 1
    answer = await make(
        hass,
        entry,
        owner,
        start="2026-10-13 23:00:00",
        end="2026-10-16 12:00:00",
        fit="tight",
        **booking,
    )
    [half] = await listed(hass)
    assert [code["id"] for code in answer["codes"]] == [half["id"]]
    assert half["reference"] == "4711"
    sim.world.key.netcode.used = 0
    answer = await make(hass, entry, owner, start="2026-10-20 10:00:00", **booking)
    assert answer["replaces"] == [half["id"]]


# Modes


@pytest.mark.parametrize(
    ("wish", "duration_id", "mode", "warnings"),
    [
        pytest.param(
            {"sub_mode": "SingleUse"},
            42,
            ("standard", "singleuse"),
            [("opens_once", {})],
            id="single use",
        ),
        pytest.param(
            {"mode": "RENTAL", "duration": {"days": 10}},
            29,
            ("rental", "acc"),
            [
                ("ends_running_code", {}),
                ("first_use_by", {"moment": "Wednesday 14 October, 01:00"}),
            ],
            id="medium rental",
        ),
        pytest.param(
            {"mode": "rental", "sub_mode": "urm", "duration": {"days": 100}},
            37,
            ("rental", "urm"),
            [("ends_running_code", {})],
            id="long rental",
        ),
        pytest.param({"mode": "24 Hour"}, 60, ("24hour", "alltime"), [], id="24 hours"),
        pytest.param(
            {"mode": "enddate", "duration": {"days": 40}}, 62, ("enddate", "alltime"), [], id="end"
        ),
        pytest.param(
            {"duration_id": 45}, 45, ("standard", "singleuse"), [("opens_once", {})], id="by its id"
        ),
    ],
)
async def test_modes(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    wish: Fields,
    duration_id: int,
    mode: tuple[str, str],
    warnings: list[tuple[str, dict[str, str]]],
) -> None:
    """A mode other than standard is chosen by name, in any case, and warns about its effects."""
    entry, owner = shed
    start = "2026-10-13 14:20:00"
    answer = await make(hass, entry, owner, start=start, **wish)
    assert answer["duration_id"] == duration_id
    assert (answer["mode"], answer["sub_mode"]) == mode
    wire, asked_for = wires(sim)[0]
    assert answer["netcode"] == kitlock_code(wire, int(asked_for))
    said = [warning(key, **placeholders) for key, placeholders in warnings]
    assert answer["warnings"] == said
    again = await make(hass, entry, owner, start=start, **wish)
    assert again["cached"]
    assert again["warnings"] == said, "they hold for a code that is told again, too"
    plan = await act(
        hass, "plan_netcode", device_id=device_id(hass, entry, owner), start=start, **wish
    )
    assert plan["warnings"] == said, "and before it is made"


# Impossible requests


IMPOSSIBLE: tuple[tuple[Fields, str, dict[str, str]], ...] = (
    ({"duration": {"hours": 2}, "end": "2026-10-13 12:00:00"}, "duration_and_end", {}),
    ({"end": "2026-10-12 10:00:00"}, "in_the_past", {}),
    ({"start": "2026-10-14 10:00:00", "end": "2026-10-13 10:00:00"}, "end_before_start", {}),
    ({"duration": {"hours": 0}}, "end_before_start", {}),
    ({"start": "2026-10-11 10:00:00", "end": "2026-10-11 12:00:00"}, "in_the_past", {}),
    ({"start": "2056-10-11 10:00:00"}, "too_far", {}),
    ({"start": "9999-12-31 23:30:00"}, "too_far", {}),
    ({"mode": "party"}, "mode_unknown", {"modes": "24hour/alltime, enddate/alltime,"}),
    ({"duration_id": 99}, "duration_unknown", {"durations": "0, 1, 2"}),
    (
        {"start": "2026-10-13 00:00:00", "duration": {"days": 8}},
        "too_long_for_mode",
        {
            "longest": "7",
            "latest_end": "Monday 19 October, 01:00",
            "latest_at": "2026-10-19T01:00:00+01:00",
            "modes": "enddate/alltime",
        },
    ),
    (
        {"mode": "rental", "duration": {"days": 400}},
        "too_long",
        {"longest": "21"},
    ),
    (
        {"mode": "rental", "duration": {"days": 10}, "fit": "tight"},
        "tight_standard_only",
        {"modes": "rental/acc"},
    ),
)


async def test_impossible(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    subtests: pytest.Subtests,
) -> None:
    """An impossible request is refused with what is possible, and costs nothing."""
    entry, owner = shed
    target = device_id(hass, entry, owner)
    sim.clear_calls()
    for wish, key, placeholders in IMPOSSIBLE:
        for action in ("plan_netcode", "generate_netcode"):
            with subtests.test(action, **wish):
                err = await refused(hass, action, device_id=target, **wish)
                assert isinstance(err, ServiceValidationError)
                assert err.translation_key == key
                assert str(err).startswith(words(key, **(err.translation_placeholders or {})))
                for name, start in placeholders.items():
                    assert (err.translation_placeholders or {})[name].startswith(start)
                assert netcode_calls(sim) == []
                if key in ("duration_and_end", "end_before_start", "in_the_past", "too_far"):
                    assert not sim.calls, "nor are the durations asked for"


A_DAY_ONLY = '[{"DurationID":12,"Mode":"standard","SubMode":"alltime","DurationDays":1}]'
RENTAL_ONLY = '[{"DurationID":30,"Mode":"rental","SubMode":"acc","DurationDays":3}]'


@pytest.mark.parametrize(
    ("fault", "wish", "key", "placeholders"),
    [
        (
            {"kind": "status", "status": 200, "body": '[{"DurationID":1,"Mode":"standard"}]'},
            {},
            "no_durations",
            {},
        ),
        (
            {"kind": "status", "status": 200, "body": RENTAL_ONLY},
            {},
            "mode_needed",
            {"modes": "rental/acc"},
        ),
        (
            {"kind": "status", "status": 200, "body": A_DAY_ONLY},
            {"fit": "tight"},
            "not_tight",
            {"shortest": "24"},
        ),
        (
            {"kind": "wrong_value", "field": "RestrictedStartTime", "value": "09:00,21:00"},
            {"start": "2026-10-13 12:00:00", "duration": {"hours": 1}, "duration_id": 0},
            "restricted_start",
            {"starts": "10:00, 22:00"},
        ),
    ],
)
async def test_impossible_with_what_the_lock_offers(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    fault: Fields,
    wish: Fields,
    key: str,
    placeholders: dict[str, str],
) -> None:
    """What a lock's model does not offer is impossible, too."""
    entry, owner = shed
    sim.faults.add(Fault(path="/u/1/duration*", **fault))
    target = device_id(hass, entry, owner)
    err = await refused(hass, "generate_netcode", device_id=target, **wish)
    assert isinstance(err, ServiceValidationError)
    assert err.translation_key == key
    assert str(err) == words(key, **placeholders)
    assert netcode_calls(sim) == []


async def test_not_a_lock(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The account is a device, but not a lock."""
    account = device_id(hass, entry, entry.entry_id)
    for action in ("generate_netcode", "plan_netcode", "get_netcodes", "get_durations"):
        err = await refused(hass, action, device_id=account)
        assert err.translation_key == "not_a_lock"
        assert str(err) == words("not_a_lock", device=entry.title)


# The ledger


async def test_repeated_request(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """The same request gets the same answer and costs no call, even after a restart."""
    entry, owner = shed
    wish = {"name": "Anna", "start": "2026-10-13 14:20:00", "duration": {"hours": 2}}
    first = await make(hass, entry, owner, **wish)
    cached = {"cached": True, "netcode_calls_left": 99}

    def same(answer: Fields) -> bool:
        return {**answer, "codes": []} == {**first, **cached, "codes": []}

    assert same(await make(hass, entry, owner, **wish))
    await hass.config_entries.async_reload(entry.entry_id)
    assert same(await make(hass, entry, owner, **wish))
    await restart(hass, freezer, entry)
    assert same(await make(hass, entry, owner, **wish))
    assert len(netcode_calls(sim)) == 1
    assert len(await listed(hass)) == 1


async def test_other_wish_for_the_same_window(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Only the resulting window counts."""
    entry, owner = shed
    first = await make(hass, entry, owner, start="2026-10-13 14:20:00", end="2026-10-13 15:40:00")
    second = await make(hass, entry, owner, start="2026-10-13 14:00:00", end="2026-10-13 16:00:00")
    assert second["cached"]
    assert second["id"] == first["id"]
    assert len(netcode_calls(sim)) == 1


async def test_kept_at_once(
    hass: HomeAssistant,
    hass_storage: Storage,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """A code is in the file before it is returned: a crash does not lose what was paid for."""
    entry, owner = shed
    answer = await make(hass, entry, owner)
    stored = hass_storage[f"{DOMAIN}.{entry.entry_id}.ledger"]["data"]["rows"]
    assert stored[answer["id"]]["code"] == answer["netcode"]


async def test_the_same_twice_at_once(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Two equal requests at the same time cost one call of each kind."""
    entry, owner = shed
    sim.clear_calls()
    first, second = await asyncio.gather(
        make(hass, entry, owner, name="Anna"), make(hass, entry, owner, name="Anna")
    )
    assert (first["cached"], second["cached"]) == (False, True)
    assert first["id"] == second["id"]
    assert [call.path.split("/")[1] for call in sim.calls] == ["u", "u", "n"]


async def test_reload_while_a_code_is_made(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The account reloads once the code is kept; a request waiting for it fails without a call."""
    entry, owner = shed
    hang = sim.faults.add(Fault(kind="hang", path="/n/*"))
    making = hass.async_create_task(make(hass, entry, owner, name="Anna"))
    await hang.met.wait()
    reloading = hass.async_create_task(hass.config_entries.async_reload(entry.entry_id))
    late = hass.async_create_task(make(hass, entry, owner, start="2026-10-20 14:00:00"))
    await asyncio.sleep(0)
    sim.faults.clear()
    answer = await making
    assert await reloading
    with pytest.raises(ServiceValidationError) as caught:
        await late
    assert caught.value.translation_key == "service_config_entry_not_loaded"
    assert len(netcode_calls(sim)) == 1
    await settle(hass)
    assert [row["id"] for row in await listed(hass)] == [answer["id"]]
    assert value(hass, "sensor", owner, "active_netcodes") == "1"
    await hass.config_entries.async_reload(entry.entry_id)
    assert [row["id"] for row in await listed(hass)] == [answer["id"]]


async def test_a_caller_that_stops_waiting(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """If a script is stopped while its code is being made, the code is kept."""
    entry, owner = shed
    hang = sim.faults.add(Fault(kind="hang", path="/n/*"))
    making = hass.async_create_task(make(hass, entry, owner, name="Anna"))
    await hang.met.wait()
    making.cancel()
    sim.faults.clear()
    await settle(hass)
    assert making.cancelled()
    (row,) = await listed(hass)
    assert row["name"] == "Anna"
    answer = await make(hass, entry, owner, name="Anna")
    assert (answer["id"], answer["cached"]) == (row["id"], True)
    assert len(netcode_calls(sim)) == 1


async def test_shared_code(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Two people with the same window share a code: both names are kept, and a warning says so."""
    entry, owner = shed
    first, second = await asyncio.gather(
        make(hass, entry, owner, name="Anna"), make(hass, entry, owner, name="Tom")
    )
    assert first["netcode"] == second["netcode"]
    assert first["warnings"] == []
    assert second["cached"]
    assert second["warnings"] == [warning("shared_code", names="Anna")]
    third = await make(hass, entry, owner)
    assert third["warnings"] == [warning("shared_code", names="Anna, Tom")]
    assert len(netcode_calls(sim)) == 1
    assert sorted(str(row["name"]) for row in await listed(hass)) == ["Anna", "None", "Tom"]
    assert value(hass, "sensor", owner, "active_netcodes") == "1", "it is one code"
    again = await make(hass, entry, owner, name="Anna")
    assert again["warnings"] == [warning("shared_code", names="NetCode, Tom")]


async def test_other_lock_other_code(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The same window at another lock is another code."""
    front = await make(hass, entry, LOCK_1_ID, start="2026-10-13T12:00:00+00:00")
    studio = await make(hass, entry, LOCK_2_ID, start="2026-10-13T12:00:00+00:00")
    assert not studio["cached"]
    assert front["netcode"] != studio["netcode"]


# References


async def test_reference_replaces(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """If a booking moves, its older code is withdrawn; it still opens, and is still listed."""
    entry, owner = shed
    other = await make(hass, entry, owner, start="2026-10-13 10:00:00", reference="b2")
    first = await make(hass, entry, owner, start="2026-10-13 14:00:00", reference="b1")
    second = await make(hass, entry, owner, start="2026-10-14 14:00:00", reference="b1")
    assert (first["replaces"], second["replaces"]) == ([], [first["id"]])
    assert {row["id"]: row["state"] for row in await listed(hass)} == {
        other["id"]: "planned",
        first["id"]: "withdrawn",
        second["id"]: "planned",
    }


async def test_booking_that_moves_back(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """It gets its first code again, without a call; and nobody else has it."""
    entry, owner = shed
    booking = {"name": "Anna", "reference": "b1"}
    first = await make(hass, entry, owner, start="2026-10-13 14:00:00", **booking)
    second = await make(hass, entry, owner, start="2026-10-14 14:00:00", **booking)
    back = await make(hass, entry, owner, start="2026-10-13 14:00:00", **booking)
    assert back["netcode"] == first["netcode"]
    assert back["cached"]
    assert back["replaces"] == [second["id"]]
    assert back["warnings"] == []
    assert len(netcode_calls(sim)) == 2


async def test_reference_is_of_a_lock(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A booking of two locks has two codes, side by side."""
    await make(hass, entry, LOCK_1_ID, reference="b1")
    answer = await make(hass, entry, LOCK_2_ID, reference="b1")
    assert answer["replaces"] == []
    assert [row["state"] for row in await listed(hass)] == ["active", "active"]


@pytest.mark.parametrize("blank", ["", "  "])
async def test_blank_reference(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], blank: str
) -> None:
    """A template that renders empty names neither a booking nor a person."""
    entry, owner = shed
    nobody = {"name": blank, "reference": blank}
    await make(hass, entry, owner, start="2026-10-13 14:00:00", **nobody)
    answer = await make(hass, entry, owner, start="2026-10-14 14:00:00", **nobody)
    assert answer["replaces"] == []
    assert answer["name"] is None
    assert {(row["name"], row["reference"]) for row in await listed(hass)} == {(None, None)}
    again = await make(hass, entry, owner, start="2026-10-14 14:00:00")
    assert again["id"] == answer["id"]


# Listing


async def test_list(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """For whom codes were made, and when; the codes themselves only with `reveal`."""
    answer = await make(
        hass, entry, LOCK_2_ID, name="Anna", reference="b1", start="2026-10-13 14:20:00"
    )
    row = {
        "id": answer["id"],
        "device_id": device_id(hass, entry, LOCK_2_ID),
        "lock_name": "Garden studio",
        "name": "Anna",
        "reference": "b1",
        "start": "2026-10-13T15:00:00+02:00",
        "end": "2026-10-13T17:00:00+02:00",
        "mode": "standard",
        "state": "planned",
        "issued_at": "2026-10-12T11:30:00+02:00",
        "issued_by": "action",
        "issued_user": None,
        "order": (await listed(hass))[0]["order"],
        "spare": False,
        "shared_with": [],
        "warnings": [],
        "warning_keys": [],
    }
    assert row["order"]
    assert await listed(hass) == [row]
    assert await listed(hass, reveal=True) == [{**row, "netcode": answer["netcode"]}]
    front, studio = (device_id(hass, entry, lock) for lock in (LOCK_1_ID, LOCK_2_ID))
    assert await listed(hass, device_id=front) == []
    assert await listed(hass, device_id=[front, studio, studio]) == [row]


@pytest.mark.usefixtures("add_account")
async def test_list_of_all_accounts(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Without a lock all are listed, in the order of their starts."""
    owner = await add_kitlock(hass, entry)
    await make(hass, entry, LOCK_1_ID, name="third", start="2026-10-15 12:00:00")
    await make(hass, entry, owner, name="first", start="2026-10-13 12:00:00")
    await make(hass, entry, LOCK_2_ID, name="second", start="2026-10-14 12:00:00")
    assert [row["name"] for row in await listed(hass)] == ["first", "second", "third"]


async def test_states_in_time(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_storage: Storage,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """A code is planned, active, expired; an hour later its value is gone, and in time its row."""
    entry, owner = shed
    await set_options(hass, entry, history_days=3)
    answer = await make(hass, entry, owner, start="2026-10-12 12:00:00")  # 11:00 UTC

    def stored() -> str:
        return json.dumps(hass_storage[f"{DOMAIN}.{entry.entry_id}.ledger"])

    async def state() -> list[tuple[str, str | None]]:
        rows = await listed(hass, include_expired=True, reveal=True)
        return [(row["state"], row["netcode"]) for row in rows]

    code = answer["netcode"]
    assert await state() == [("planned", code)]
    await pass_time(hass, freezer, HOUR, 2)  # 11:30
    assert await state() == [("active", code)]
    assert value(hass, "sensor", owner, "active_netcodes") == "1"
    await pass_time(hass, freezer, HOUR)  # 12:30
    assert await state() == [("expired", code)]
    assert value(hass, "sensor", owner, "active_netcodes") == "0"
    assert await listed(hass) == []
    assert code in stored()
    await pass_time(hass, freezer, HOUR)  # 13:30
    assert await state() == [("expired", None)]
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert code not in stored()
    await pass_time(hass, freezer, HOUR, 47)
    assert await state() == [("expired", None)]
    await pass_time(hass, freezer, HOUR, 24)
    assert await state() == []
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert answer["id"] not in stored()


async def test_erased_after_a_long_sleep(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_storage: Storage,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """What ended while Home Assistant was off is erased when it starts."""
    entry, owner = shed
    answer = await make(hass, entry, owner)

    async def sleep() -> None:
        freezer.tick(DAY)

    await restart(hass, freezer, entry, sleep)
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert answer["netcode"] not in json.dumps(hass_storage[f"{DOMAIN}.{entry.entry_id}.ledger"])
    [row] = await listed(hass, include_expired=True, reveal=True)
    assert row["netcode"] is None


async def test_expired_code_is_made_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The same hour tomorrow is another window."""
    entry, owner = shed
    first = await make(hass, entry, owner, name="Anna")
    await pass_time(hass, freezer, DAY)
    second = await make(hass, entry, owner, name="Anna")
    assert not second["cached"]
    assert first["netcode"] != second["netcode"]


async def test_update_entity(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Codes are not read from the cloud, so asking for an update changes nothing."""
    entry, owner = shed
    await make(hass, entry, owner)
    assert await async_setup_component(hass, "homeassistant", {})
    sim.clear_calls()
    sensor = entity_id(hass, "sensor", owner, "active_netcodes")
    await hass.services.async_call(
        "homeassistant", "update_entity", {"entity_id": sensor}, blocking=True
    )
    await settle(hass)
    assert value(hass, "sensor", owner, "active_netcodes") == "1"
    assert sim.calls == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


# Answers that cannot be trusted


@pytest.mark.parametrize(
    ("field", "wrong", "what"),
    [
        ("Startdate", "2026-10-12T10:00:00", "start"),
        ("DurationHours", 3, "hours"),
        ("DurationDays", 1, "hours"),
        ("Mode", "rental", "mode"),
        ("SubMode", "singleuse", "sub_mode"),
    ],
)
async def test_answer_that_differs(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    caplog: pytest.LogCaptureFixture,
    field: str,
    wrong: object,
    what: str,
) -> None:
    """A code for another time than planned is neither returned nor kept; the log says more."""
    caplog.set_level(logging.DEBUG, logger="custom_components.codelocks")
    entry, owner = shed
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field=field, value=wrong, count=1))
    err = await refused(hass, "generate_netcode", device_id=device_id(hass, entry, owner))
    assert type(err) is HomeAssistantError
    assert str(err) == words("answer_differs_kitlock")
    assert f"not as planned: {what}" in caplog.text
    assert await listed(hass, include_expired=True) == []
    answer = await make(hass, entry, owner)
    assert not answer["cached"], "the wrong answer was not kept"


async def test_answer_that_differs_for_a_k3_lock(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """Its clock is not set here, but in the app."""
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="DurationHours", value=3, count=1))
    err = await refused(hass, "generate_netcode", device_id=device_id(hass, entry, LOCK_1_ID))
    assert str(err) == words("answer_differs_k3")


@pytest.mark.parametrize("field", ["Startdate", "DurationHours", "Mode", "SubMode"])
async def test_answer_with_fewer_fields(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    field: str,
) -> None:
    """Missing fields are not compared."""
    entry, owner = shed
    sim.faults.add(Fault(kind="missing_key", path="/n/*", field=field))
    answer = await make(hass, entry, owner)
    assert answer["netcode"] == kitlock_code("2026-10-12 09:00", 1)


async def test_leading_zeros(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """A code is text: its leading zeros are keys to press."""
    entry, owner = shed
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="0012345"))
    assert (await make(hass, entry, owner))["netcode"] == "0012345"


async def test_digits_that_do_not_fit(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """A code of the wrong length is returned with a warning; an issue stays until one fits."""
    entry, owner = shed
    fault = Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="482913")
    sim.faults.add(fault)
    placeholders = {"lock": "Bike shed", "model": "KL1060C2", "expected": "7", "found": "6"}

    answer = await make(hass, entry, owner)

    said = [warning("digits_do_not_fit", **placeholders)]
    assert answer["warnings"] == said
    assert answer["netcode"] == "482913"
    assert (await make(hass, entry, owner))["warnings"] == said, "also when it is told again"
    issue = issue_registry.async_get_issue(
        DOMAIN, f"digits_do_not_fit_{device_id(hass, entry, owner)}"
    )
    assert issue
    assert issue.translation_key == "digits_do_not_fit"
    assert issue.translation_placeholders == placeholders
    assert not issue.is_persistent, "diagnostics would quote the lock's name"

    issue_registry.async_delete(DOMAIN, issue.issue_id)  # as a restart does
    await hass.config_entries.async_reload(entry.entry_id)
    again = issue_registry.async_get_issue(DOMAIN, issue.issue_id)
    assert again
    assert again.translation_placeholders == placeholders

    sim.faults.clear(fault)
    answer = await make(hass, entry, owner, start="2026-10-13 10:00:00")
    assert answer["warnings"] == []
    assert (
        issue_registry.async_get_issue(DOMAIN, f"digits_do_not_fit_{device_id(hass, entry, owner)}")
        is None
    )


async def test_issue_about_a_strange_name(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    add_account: AddAccount,
) -> None:
    """An issue is shown as Markdown: a lock's name cannot put links or pictures into it."""
    lock = sim.world.add_lock("![x](https://example.com/x) [Fix it](https://example.com) <b>`")
    entry = await add_account()
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="48291305"))
    await make(hass, entry, lock.id)
    (issue,) = issue_registry.issues.values()
    assert issue.translation_placeholders
    shown = issue.translation_placeholders["lock"]
    # Not even the bare address: Markdown makes a link of that, too.
    assert shown == "! x (https: //example.com/x) Fix it (https: //example.com) b"


async def test_issue_goes_with_the_model(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """After a correction of the model, only its own codes count."""
    entry, owner = shed
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="482913"))
    await make(hass, entry, owner)
    assert issue_registry.issues
    await change_kitlock(hass, entry, owner, lock_model="KL1060")
    assert not issue_registry.issues


async def test_issue_goes_with_the_lock(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """A lock that is gone has no problems."""
    entry, owner = shed
    await change_kitlock(hass, entry, owner, clock_lost=True)
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="482913"))
    await make(hass, entry, owner)
    assert len(issue_registry.issues) == 2
    hass.config_entries.async_remove_subentry(entry, owner)
    await settle(hass)
    assert not issue_registry.issues


async def test_issue_goes_with_the_account(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """Nor do the locks of an account that is gone."""
    entry, owner = shed
    await change_kitlock(hass, entry, owner, clock_lost=True)
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="482913"))
    await make(hass, entry, owner)
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)
    assert not issue_registry.issues


async def test_clock_is_lost(hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str]) -> None:
    """A lock that lost the time does not open: each code warns of it until the clock is set."""
    entry, owner = shed
    await change_kitlock(hass, entry, owner, clock_lost=True)
    said = [warning("clock_is_lost")]
    assert (await make(hass, entry, owner))["warnings"] == said
    assert (await make(hass, entry, owner))["warnings"] == said
    await change_kitlock(hass, entry, owner, clock_lost=False)
    assert (await make(hass, entry, owner))["warnings"] == []


# Who may


@pytest.mark.parametrize(
    ("group", "allowed", "may"),
    [
        pytest.param(GROUP_ID_ADMIN, False, True, id="administrator"),
        pytest.param(GROUP_ID_USER, False, False, id="user"),
        pytest.param(GROUP_ID_USER, True, True, id="user where all may"),
        pytest.param(None, False, True, id="automation"),
    ],
)
async def test_who_may(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    group: str | None,
    allowed: bool,  # noqa: FBT001 - a table
    may: bool,  # noqa: FBT001
) -> None:
    """Codes are for administrators and automations, unless the account's option says otherwise."""
    entry, owner = shed
    await set_options(hass, entry, users_may_issue=allowed)
    await hass.auth.async_create_user("Owner", group_ids=[GROUP_ID_ADMIN])
    user = await hass.auth.async_create_user("Anna", group_ids=[group]) if group else None
    context = Context(user_id=user.id if user else None)
    target = {"device_id": device_id(hass, entry, owner)}

    assert (await act(hass, "plan_netcode", context, **target))["end"], "everybody may plan"
    assert (await act(hass, "get_durations", context, **target))["modes"]
    for action in ("generate_netcode", "get_netcodes"):
        if may:
            assert await act(hass, action, context, **target)
        else:
            with pytest.raises(Unauthorized):
                await act(hass, action, context, **target)
    assert len(netcode_calls(sim)) == may


@pytest.mark.usefixtures("shed")
async def test_user_who_may_not_list_all(hass: HomeAssistant) -> None:
    """Leaving out the lock does not get around it."""
    await hass.auth.async_create_user("Owner", group_ids=[GROUP_ID_ADMIN])
    user = await hass.auth.async_create_user("Anna", group_ids=[GROUP_ID_USER])
    with pytest.raises(Unauthorized):
        await act(hass, "get_netcodes", Context(user_id=user.id))


@pytest.mark.usefixtures("shed")
async def test_user_who_is_gone(hass: HomeAssistant) -> None:
    """An unknown user may do nothing."""
    with pytest.raises(UnknownUser):
        await act(hass, "get_netcodes", Context(user_id="gone"))


# What the API refuses


@pytest.mark.parametrize("action", ["generate_netcode", "plan_netcode", "get_durations"])
@pytest.mark.parametrize(
    ("fault", "kind", "key", "reason", "reauth"),
    [
        pytest.param(
            {"kind": "quota"}, HomeAssistantError, "quota_exceeded", "", False, id="spent quota"
        ),
        pytest.param(
            {"kind": "throttle"}, HomeAssistantError, "throttled", "", False, id="too often"
        ),
        pytest.param(
            {"kind": "status", "status": 503},
            HomeAssistantError,
            "cannot_connect",
            "Internal server error",
            False,
            id="out of order",
        ),
        pytest.param(
            {"kind": "drop"},
            HomeAssistantError,
            "cannot_connect",
            "ServerDisconnectedError: Server disconnected",
            False,
            id="no answer",
        ),
        pytest.param(
            {"kind": "html"},
            HomeAssistantError,
            "invalid_response",
            "the answer is not JSON",
            False,
            id="a page",
        ),
        pytest.param(
            {"kind": "status", "status": 403}, HomeAssistantError, "invalid_api_key", "", True,
            id="wrong API key",
        ),
        pytest.param(
            {"kind": "invalid_access_key"},
            HomeAssistantError,
            "invalid_access_key",
            "",
            True,
            id="wrong access key",
        ),
    ],
)  # fmt: skip
async def test_errors(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    action: str,
    fault: Fields,
    kind: type[HomeAssistantError],
    key: str,
    reason: str,
    reauth: bool,  # noqa: FBT001 - a table
) -> None:
    """Each has its own message, for every action; a rejected key asks for a new one."""
    entry, owner = shed
    sim.faults.add(Fault(**fault))
    err = await refused(hass, action, device_id=device_id(hass, entry, owner))
    assert (type(err), err.translation_key) == (kind, key)
    assert str(err) == words(key, reason=reason)
    await settle(hass)
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert [flow["context"]["source"] for flow in flows] == [SOURCE_REAUTH] * reauth


async def test_rejected(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """What the API itself refuses is reported in its own words."""
    entry, owner = shed
    fault = Fault(kind="status", status=422, path="/n/*", body='{"message":"No such luck"}')
    sim.faults.add(fault)
    err = await refused(hass, "generate_netcode", device_id=device_id(hass, entry, owner))
    assert (type(err), err.translation_key) == (ServiceValidationError, "rejected")
    assert str(err) == words("rejected", reason="No such luck")


async def test_lock_that_left(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """A lock that the account no longer has is refused by the API, too."""
    sim.world.remove_lock(LOCK_1_ID)
    err = await refused(hass, "generate_netcode", device_id=device_id(hass, entry, LOCK_1_ID))
    assert str(err) == words("rejected", reason="No lock found.")


async def test_every_call_is_counted(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Failed calls are paid for, too."""
    entry, owner = shed
    sim.faults.add(Fault(kind="status", status=503, path="/n/*", count=1))
    await refused(hass, "generate_netcode", device_id=device_id(hass, entry, owner))
    answer = await make(hass, entry, owner)
    assert answer["netcode_calls_left"] == sim.world.key.netcode.left == 98
    assert value(hass, "sensor", entry.entry_id, "netcode_calls_left") == "98"


# Durations


async def test_durations(hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str]) -> None:
    """What a lock's model offers, and in which modes."""
    entry, owner = shed
    answer = await act(hass, "get_durations", device_id=device_id(hass, entry, owner))
    assert answer["durations"][0] == {
        "id": 0, "mode": "standard", "sub_mode": "alltime", "days": 0, "hours": 1,
    }  # fmt: skip
    assert len(answer["durations"]) == 65
    assert answer["modes"] == [
        {"mode": "standard", "sub_mode": "alltime"},
        {"mode": "rental", "sub_mode": "acc"},
        {"mode": "rental", "sub_mode": "urm"},
        {"mode": "standard", "sub_mode": "singleuse"},
        {"mode": "24hour", "sub_mode": "alltime"},
        {"mode": "enddate", "sub_mode": "alltime"},
    ]
    assert await act(hass, "get_durations", lock_model="KL1060C2") == answer


@pytest.mark.usefixtures("shed")
async def test_one_duration(hass: HomeAssistant) -> None:
    """One duration comes with its rules."""
    answer = await act(hass, "get_durations", lock_model="KL1060", duration_id=37)
    assert answer == {
        "durations": [
            {
                "id": 37,
                "mode": "rental",
                "sub_mode": "urm",
                "days": 365,
                "hours": 0,
                "rules": [
                    {"apply_dst": True, "convert_to_utc": True, "restricted_start_time": "00:00"}
                ],
            }
        ],
        "modes": [{"mode": "rental", "sub_mode": "urm"}],
    }


@pytest.mark.usefixtures("shed")
async def test_one_duration_without_rules(hass: HomeAssistant, sim: Simulator) -> None:
    """If the API refuses its rules, it is returned as in the list, and not asked for again."""
    sim.faults.add(Fault(kind="status", status=400, path="/u/1/duration/*"))
    for _ in range(3):
        answer = await act(hass, "get_durations", lock_model="KL1060", duration_id=37)
        assert answer["durations"] == [
            {"id": 37, "mode": "rental", "sub_mode": "urm", "days": 365, "hours": 0, "rules": []}
        ]
    assert paths(sim, "duration/") == ["duration/37 KL1060"]


@pytest.mark.usefixtures("shed")
async def test_an_unknown_duration(hass: HomeAssistant, sim: Simulator) -> None:
    """It is refused without a call: any user may ask, for any number of them."""
    await act(hass, "get_durations", lock_model="KL1060")
    sim.clear_calls()
    for duration_id in (999, 1000):
        err = await refused(hass, "get_durations", lock_model="KL1060", duration_id=duration_id)
        assert isinstance(err, ServiceValidationError)
        assert err.translation_key == "duration_unknown"
        assert (err.translation_placeholders or {})["durations"].startswith("0, 1, 2, ")
    assert not sim.calls


@pytest.mark.usefixtures("shed")
async def test_durations_of_nothing(hass: HomeAssistant) -> None:
    """A lock or a model has to be named."""
    err = await refused(hass, "get_durations")
    assert err.translation_key == "lock_or_model"
    assert str(err) == words("lock_or_model")


async def test_durations_are_asked_once_a_month(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """The durations of a model, and the rules of each that is used, are kept for a month."""
    entry, owner = shed
    other = await add_kitlock(hass, entry, name="Pool", identifier="738291")
    sim.clear_calls()

    await make(hass, entry, owner)
    await make(hass, entry, other)
    await make(hass, entry, owner, duration={"hours": 3}, start="2026-10-12 12:00:00")
    await restart(hass, freezer, entry)
    await act(hass, "get_durations", lock_model="KL1060C2")
    await make(hass, entry, owner, start="2026-10-20 12:30:00")
    once = ["duration/1 KL1060C2", "duration/2 KL1060C2", "durations KL1060C2"]
    assert sorted(paths(sim, "duration")) == once

    await days_go_by(hass, freezer, 31)
    sim.clear_calls()
    await make(hass, entry, owner, start="2026-11-20 12:30:00")
    assert paths(sim, "duration") == ["durations KL1060C2", "duration/1 KL1060C2"]


@pytest.mark.usefixtures("shed")
@pytest.mark.parametrize("model", ["KL1060G3", "K3CONNECT"])
async def test_models_that_the_api_refuses(hass: HomeAssistant, sim: Simulator, model: str) -> None:
    """For these the durations seen in the wild are used; these, too, are asked for only once."""
    answer = await act(hass, "get_durations", lock_model=model)
    assert [(row["id"], row["days"], row["hours"]) for row in answer["durations"]] == [
        *((number, 0, number + 1) for number in range(12)),
        *((number + 11, number, 0) for number in range(1, 8)),
    ]
    assert await act(hass, "get_durations", lock_model=model) == answer
    assert paths(sim, "durations") == ["durations KL1060", f"durations {model}"]


@pytest.mark.usefixtures("sim")
async def test_g3(hass: HomeAssistant, add_account: AddAccount) -> None:
    """A model that is not on the API's lists gets codes; its day codes fail in the API's words."""
    entry = await add_account(access_key="")
    owner = await add_kitlock(hass, entry, lock_model="KL1060G3")
    answer = await make(hass, entry, owner)
    assert answer["netcode"] == kitlock_code("2026-10-12 09:00", 1, lock_model="KL1060G3")
    assert answer["warnings"] == []
    target = device_id(hass, entry, owner)
    err = await refused(hass, "generate_netcode", device_id=target, duration={"days": 1})
    assert str(err) == words("rejected", reason="Generate netcode failed with ERROR status")


async def test_rules_that_the_api_refuses(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    shed: tuple[CodelocksConfigEntry, str],
) -> None:
    """A duration whose rules are refused is taken to have none; they are asked for once a day."""
    entry, owner = shed
    sim.faults.add(Fault(kind="status", status=422, path="/u/1/duration/*", body='{"message":""}'))
    first = await make(hass, entry, owner, start="2026-10-13 10:00:00")
    second = await make(hass, entry, owner, start="2026-10-14 10:00:00")
    assert first["warnings"] == second["warnings"] == []
    assert paths(sim, "duration/") == ["duration/0 KL1060C2"]
    await days_go_by(hass, freezer, 1)
    await make(hass, entry, owner, start="2026-10-15 10:00:00")
    assert paths(sim, "duration/") == ["duration/0 KL1060C2"] * 2


@pytest.mark.parametrize(("status", "body"), [(404, '{"message":"No such model"}'), (200, "[]")])
async def test_a_hiccup_of_the_durations(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    status: int,
    body: str,
) -> None:
    """That a documented model has no durations is believed only for a short time."""
    await add_account()
    path = "/u/1/durations*"
    fault = sim.faults.add(Fault(kind="status", status=status, path=path, body=body))
    if status == HTTPStatus.OK:
        answer = await act(hass, "get_durations", lock_model="KL1060")
        assert len(answer["durations"]) == 19
    else:
        err = await refused(hass, "get_durations", lock_model="KL1060")
        assert str(err) == words("rejected", reason="No such model")
    sim.faults.clear(fault)
    await days_go_by(hass, freezer, 1)
    assert len((await act(hass, "get_durations", lock_model="KL1060"))["durations"]) > 19


async def test_rules_that_forbid_a_start(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """If codes start only at certain times, the plan keeps to them."""
    entry, owner = shed
    field = "RestrictedStartTime"
    sim.faults.add(Fault(kind="wrong_value", path="/u/1/duration/*", field=field, value="09:00"))
    target = device_id(hass, entry, owner)
    plan = await act(hass, "plan_netcode", device_id=target, start="2026-10-13 12:00:00")
    assert plan["start"] == "2026-10-13T10:00:00+01:00", "nine by its clock, which shows UTC"
    assert plan["duration_id"] == 2


async def test_rule_that_nobody_understands(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """A rule in unknown words is not followed, with a warning."""
    entry, owner = shed
    field, rule = "RestrictedStartTime", "the third hour"
    sim.faults.add(Fault(kind="wrong_value", path="/u/1/duration/*", field=field, value=rule))
    answer = await make(hass, entry, owner)
    assert answer["warnings"] == [warning("unread_rule", rule=rule)]


# Secrets


async def test_secrets(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
    issue_registry: ir.IssueRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """No code, and no seed of one, is in a state, an event, an issue, an error or the log."""
    caplog.set_level(logging.DEBUG)
    events: list[str] = []

    @callback
    def listen(event: Event[Any]) -> None:
        events.append(json.dumps(event.as_dict(), default=str))

    hass.bus.async_listen(MATCH_ALL, listen)
    owner = await add_kitlock(hass, entry)
    await change_kitlock(hass, entry, owner, clock_lost=True)
    codes = [
        (await make(hass, entry, lock, name="Anna", start=start))["netcode"]
        for lock in (owner, LOCK_1_ID)
        for start in ("2026-10-12 10:00:00", "2026-10-13 10:00:00")
    ]
    sim.faults.add(
        Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="48291377", count=1)
    )
    codes.append((await make(hass, entry, owner, start="2026-10-14 10:00:00"))["netcode"])
    assert await listed(hass, reveal=True)
    errors = []
    for fault in (
        {"kind": "drop"},
        {"kind": "status", "status": 400, "body": f'{{"message":"bad {KITLOCK["timecode"]}"}}'},
        {"kind": "status", "status": 503},
        {"kind": "html"},
        {"kind": "wrong_value", "field": "DurationHours", "value": 7},
    ):
        sim.faults.add(Fault(path="/n/*", count=1, **fault))
        err = await refused(
            hass,
            "generate_netcode",
            device_id=device_id(hass, entry, owner),
            start="2026-10-15 10:00:00",
        )
        errors.append(f"{err} {err.translation_placeholders} {err.__cause__!r}")
    await pass_time(hass, freezer, HOUR, 3)
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)

    seeds = [API_KEY, ACCESS_KEY, KITLOCK["timecode"], KITLOCK["identifier"]]
    ours = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if record.name.startswith(("homeassistant", "custom_components"))
    )
    places = {
        "states": json.dumps([state.as_dict() for state in hass.states.async_all()], default=str),
        "events": "\n".join(events),
        "issues": json.dumps([str(issue) for issue in issue_registry.issues.values()]),
        "errors": "\n".join(errors),
        "log": ours,
    }
    assert all(places.values())
    for place, content in places.items():
        for secret in [*seeds, *codes]:
            assert secret not in content, place


@pytest.mark.usefixtures("sim")
async def test_what_is_over_is_not_paid_for_again(
    hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Extending a stay on its third day makes no code for the days that are over."""
    lock = device_id(hass, entry, LOCK_1_ID)
    wish: dict[str, Any] = {"device_id": lock, "start": "2026-10-13 15:00", "fit": "tight"}
    first = await act(hass, "generate_netcode", **wish, end="2026-10-16 11:00")
    assert len(first["codes"]) > 1
    freezer.move_to("2026-10-15 12:00")

    extended = await act(hass, "generate_netcode", **wish, end="2026-10-17 11:00")

    now = dt_util.utcnow()
    ends = [datetime.fromisoformat(code["end"]) for code in extended["codes"]]
    assert all(end > now for end in ends)
    assert ends[-1] >= datetime.fromisoformat("2026-10-17T11:00:00+01:00")
