"""Home Assistant in New York, the lock in Berlin: every answer has the times at the lock."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.assist.talking import say, set_up_agent
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
    wires,
    words,
)
from tests.issuing.requesters import add_requester
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

type AddAccount = Callable[..., Awaitable[CodelocksConfigEntry]]
type Fields = dict[str, Any]

LATE = "2026-10-12 23:30:00+00:00"
"""Monday evening in New York, Tuesday in Berlin."""


@pytest.fixture
async def studio(hass: HomeAssistant, add_account: AddAccount) -> CodelocksConfigEntry:
    """Have Home Assistant in New York and an account whose studio (lock 2) is in Berlin."""
    await hass.config.async_set_time_zone("America/New_York")
    return await add_account()


@pytest.fixture
async def heard(
    hass: HomeAssistant, studio: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> CodelocksConfigEntry:
    """Have an agent that makes codes, late in the evening of New York."""
    await set_up_agent(hass)
    await set_options(hass, studio, voice="issue")
    freezer.move_to(LATE)
    return studio


REQUEST: Fields = {"start": "2026-10-13 09:00:00", "duration": {"hours": 2}}
"""Nine in New York is three in Berlin."""
TIMES = {
    "start": "2026-10-13T15:00:00+02:00",
    "end": "2026-10-13T17:00:00+02:00",
    "requested_start": "2026-10-13T15:00:00+02:00",
    "requested_end": "2026-10-13T17:00:00+02:00",
}


@pytest.mark.parametrize("action", ["plan_netcode", "generate_netcode"])
async def test_a_response_has_one_zone(
    hass: HomeAssistant, sim: Simulator, studio: CodelocksConfigEntry, action: str
) -> None:
    """The requested window is in the same zone as the real one."""
    answer = await act(hass, action, device_id=device_id(hass, studio, LOCK_2_ID), **REQUEST)
    for fields in (answer, *answer["codes"]):
        assert {key: fields[key] for key in TIMES} == TIMES
    assert wires(sim) == ([("2026-10-13 15:00", "1")] if action == "generate_netcode" else [])


async def test_a_list_has_the_times_at_each_lock(
    hass: HomeAssistant, studio: CodelocksConfigEntry
) -> None:
    """Sorted by moment: 14:00 in Berlin comes before 14:00 in London."""
    await make(hass, studio, LOCK_1_ID, name="second", start="2026-10-13T14:00:00+01:00")
    await make(hass, studio, LOCK_2_ID, name="first", start="2026-10-13T14:00:00+02:00")
    await make(hass, studio, LOCK_2_ID, name="third", start="2026-10-13T17:00:00+02:00")
    rows = [(row["name"], row["start"]) for row in await listed(hass)]
    assert rows == [
        ("first", "2026-10-13T14:00:00+02:00"),
        ("second", "2026-10-13T14:00:00+01:00"),
        ("third", "2026-10-13T17:00:00+02:00"),
    ]
    assert [row["issued_at"] for row in await listed(hass)] == [
        "2026-10-12T11:30:00+02:00",
        "2026-10-12T10:30:00+01:00",
        "2026-10-12T11:30:00+02:00",
    ]


@pytest.mark.parametrize("action", ["plan_netcode", "generate_netcode"])
async def test_an_error_has_the_time_at_the_lock(
    hass: HomeAssistant, sim: Simulator, studio: CodelocksConfigEntry, action: str
) -> None:
    """Seven days from Tuesday in Berlin end at the midnight of Berlin."""
    err = await refused(
        hass,
        action,
        device_id=device_id(hass, studio, LOCK_2_ID),
        start="2026-10-13T00:00:00+02:00",
        duration={"days": 8},
    )
    assert isinstance(err, ServiceValidationError)
    assert str(err) == words("too_long", longest="7", latest_end="Tuesday 20 October, 00:00")
    assert "at most 7 days" in str(err)
    assert netcode_calls(sim) == []


HOURS_ONLY = (
    '[{"DurationID":11,"Mode":"standard","SubMode":"alltime","DurationHours":12},'
    '{"DurationID":30,"Mode":"rental","SubMode":"acc","DurationDays":3}]'
)


@pytest.mark.parametrize(
    ("length", "key", "more"),
    [
        ({"days": 2}, "too_long_for_mode_hours", {"modes": "rental/acc"}),
        ({"days": 5}, "too_long_hours", {}),
    ],
)
async def test_a_longest_code_of_hours_is_stated_in_hours(
    hass: HomeAssistant,
    sim: Simulator,
    studio: CodelocksConfigEntry,
    length: Fields,
    key: str,
    more: dict[str, str],
) -> None:
    """People say 12 h, but 7 days; each has a text of its own."""
    sim.faults.add(Fault(kind="status", path="/u/1/durations", status=200, body=HOURS_ONLY))
    target = device_id(hass, studio, LOCK_2_ID)
    start = "2026-10-13T00:00:00+02:00"
    err = await refused(hass, "plan_netcode", device_id=target, start=start, duration=length)
    assert err.translation_key == key
    assert str(err) == words(key, longest="12", latest_end="Tuesday 13 October, 12:00", **more)
    assert "12 h," in str(err)


async def test_a_kitlock_is_in_the_zone_of_its_clock(
    hass: HomeAssistant, sim: Simulator, studio: CodelocksConfigEntry
) -> None:
    """Its clock shows standard time, its people have summer time."""
    owner = await add_kitlock(hass, studio, clock="Europe/Berlin")
    answer = await make(hass, studio, owner, **REQUEST)
    assert {key: answer[key] for key in TIMES} == TIMES
    assert wires(sim) == [("2026-10-13 14:00", "1")]
    assert answer["netcode"] == kitlock_code("2026-10-13 14:00", 1)


async def test_a_text_reply_has_the_times_at_the_lock(
    hass: HomeAssistant, studio: CodelocksConfigEntry
) -> None:
    """It is half past ten in London, half past five in New York."""
    await add_requester(hass, studio)
    answer = await act(
        hass,
        "answer_text_request",
        channel="sms",
        sender="+447123456789",
        message="FrontDoor1",
    )
    code = k3_code(LOCK_1_ID, "2026-10-12 10:00", 1)
    assert answer["reply"] == f"{code} opens Front door from 10:00 to 12:00"
    assert answer["start"] == "2026-10-12T10:00:00+01:00"


@pytest.mark.usefixtures("heard")
async def test_voice_hears_and_says_the_times_at_the_lock(
    hass: HomeAssistant, sim: Simulator
) -> None:
    """Tomorrow is Wednesday there, and nine is nine there."""
    request = "make a code for Anna at the {} tomorrow from nine to twelve"
    code = k3_code(LOCK_2_ID, "2026-10-14 09:00", 2)
    assert await say(hass, request.format("garden studio")) == (
        f"The code for Anna at Garden studio is {' '.join(code)}."
        " It works tomorrow from 9 AM to 12 PM."
    )
    assert wires(sim) == [("2026-10-14 09:00", "2")]


@pytest.mark.usefixtures("heard")
async def test_voice_says_an_error_with_the_time_at_the_lock(
    hass: HomeAssistant, sim: Simulator
) -> None:
    """Seven days from today, which is Tuesday there, end with Monday."""
    assert await say(hass, "make a code for the garden studio for two weeks") == (
        "That is too long for one code. From then on, the longest works until the end of Monday."
    )
    assert await say(hass, "make a code for the garden studio until 30 October") == (
        "That is too long for one code. From then on, the longest works until the end of Monday."
    )
    assert netcode_calls(sim) == []


@pytest.mark.usefixtures("heard")
async def test_voice_says_until_when_codes_open_at_each_lock(hass: HomeAssistant) -> None:
    """Half past one in Berlin, half past twelve in London."""
    await say(hass, "make a code for Anna at the garden studio for one hour")
    await say(hass, "make a code for Ben at the front door for one hour")
    assert await say(hass, "which codes are active") == (
        "Active: Ben at Front door until today at 2 AM and Anna at Garden studio until today at"
        " 3 AM."
    )


@pytest.mark.usefixtures("heard")
async def test_voice_says_who_came_in_last_with_the_time_at_the_lock(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """An entry of half past midnight there is of today there, and of yesterday in New York."""
    at = datetime.fromisoformat(LATE) - timedelta(hours=1)
    sim.world.lock(LOCK_2_ID).add_audit("Opened by Ben", entry_type="Unlock", at=at)
    freezer.tick(timedelta(minutes=11))
    assert await say(hass, "who came in last at the garden studio") == (
        "Garden studio was last opened today at 12:30 AM: Opened by Ben."
    )
