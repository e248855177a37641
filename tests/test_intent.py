"""The intents themselves, as reached by a user's sentences and Home Assistant's API."""

from datetime import timedelta
from typing import Any

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.api import Pool
from tests.assist.talking import set_up_agent
from tests.codes import add_kitlock, listed, netcode_calls, set_options
from tests.conftest import AddAccount
from tests.helpers import asked, entity_id, pass_time
from tests.simulator import ACCOUNT_EMAIL, LOCK_1_ID, LOCK_2_ID, Fault, Simulator

ISSUE = "CodelocksIssueNetcode"


@pytest.fixture
async def talking(hass: HomeAssistant, entry: CodelocksConfigEntry) -> CodelocksConfigEntry:
    """Set up an account that issues codes by voice."""
    await set_up_agent(hass)
    await set_options(hass, entry, voice="issue")
    return entry


async def ask(
    hass: HomeAssistant, name: str, /, assistant: str | None = None, **slots: Any
) -> intent.IntentResponse:
    """Ask an intent."""
    return await intent.async_handle(
        hass,
        "test",
        name,
        {key: {"value": value} for key, value in slots.items()},
        language="en",
        assistant=assistant,
    )


async def answer(hass: HomeAssistant, name: str, /, **slots: Any) -> str:
    """Return the answer."""
    return str((await ask(hass, name, **slots)).speech["plain"]["speech"])


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize(
    ("slots", "start", "end"),
    [
        (
            {"when": "tomorrow from nine to twelve"},
            "2026-10-13T09:00:00+01:00",
            "2026-10-13T12:00:00+01:00",
        ),
        (
            {"start": "2026-10-13T09:00:00", "end": "2026-10-13T12:00:00"},
            "2026-10-13T09:00:00+01:00",
            "2026-10-13T12:00:00+01:00",
        ),
        (
            {"start": "2026-10-13T08:00:00+00:00", "minutes": 90},
            "2026-10-13T09:00:00+01:00",
            "2026-10-13T11:00:00+01:00",
        ),
        ({"minutes": 30}, "2026-10-12T10:00:00+01:00", "2026-10-12T11:00:00+01:00"),
        ({}, "2026-10-12T10:00:00+01:00", "2026-10-12T12:00:00+01:00"),
        # When the clocks go back: from 01:45 to 01:15, half an hour later.
        (
            {"start": "2026-10-25T00:45:00+00:00", "minutes": 30},
            "2026-10-25T00:00:00+01:00",
            "2026-10-25T03:00:00+00:00",
        ),
        ({"start": "2026-10-13 09:00"}, "2026-10-13T09:00:00+01:00", "2026-10-13T10:00:00+01:00"),
    ],
)
async def test_issue(
    hass: HomeAssistant,
    slots: dict[str, Any],
    start: str,
    end: str,
) -> None:
    """Times come as people say them or as programs pass them; the answer also has them as data."""
    response = await ask(hass, ISSUE, lock="Front door", name="Anna", **slots)
    (row,) = await listed(hass, reveal=True)
    assert response.response_type is intent.IntentResponseType.ACTION_DONE
    assert response.speech_slots == {
        "lock": "Front door",
        "name": "Anna",
        "start": start,
        "end": end,
        "warnings": [],
        "code": row["netcode"],
    }


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"minutes": 30, "end": "2026-10-13 12:00"}, "Give a duration or an end, not both."),
    ({"end": "2026-10-11 12:00"}, "That time is over."),
    (
        {"start": "2026-10-14 12:00", "end": "2026-10-13 12:00"},
        "The end has to be after the start.",
    ),
    (
        {"start": "2026-10-11 12:00", "end": "2026-10-11 13:00"},
        "That time is over.",
    ),
    *(
        ({"start": start}, "That is too far away. Choose a time within the next ten years.")
        for start in ("0001-01-01 00:00", "0001-01-01T00:00:00+14:00")
    ),
    (
        {"end": "2300-01-01 00:00"},
        "That is too far away. Choose a time within the next ten years.",
    ),
    ({"when": "x" * 10_000}, "That was too long. Please say it in fewer words."),
    (
        {"when": "someday"},
        "I did not understand the time. Say for example: tomorrow from nine to twelve.",
    ),
)


@pytest.mark.usefixtures("talking")
async def test_what_is_refused(
    hass: HomeAssistant,
    sim: Simulator,
    subtests: pytest.Subtests,
) -> None:
    """The error can be spoken, and no code is made."""
    for slots, reason in REFUSED:
        with subtests.test(reason, **slots):
            response = await ask(hass, ISSUE, lock="front door", **slots)
            assert response.response_type is intent.IntentResponseType.ERROR
            assert response.speech["plain"]["speech"] == reason
            assert netcode_calls(sim) == []


@pytest.mark.usefixtures("talking")
async def test_invalid_slots(hass: HomeAssistant) -> None:
    """Home Assistant itself refuses them."""
    for slots in ({"minutes": 0}, {"minutes": 10**9}, {"start": "soon"}, {"lock": ["x"]}):
        with pytest.raises(intent.InvalidSlotInfo):
            await ask(hass, ISSUE, **slots)


@pytest.mark.usefixtures("talking")
@pytest.mark.parametrize(
    "said", ["the front door", "FRONT DOOR", "front-door", "front door lock", "Frönt Door!"]
)
async def test_a_lock_is_found(hass: HomeAssistant, said: str) -> None:
    """However its name is spoken."""
    assert (await ask(hass, ISSUE, lock=said)).speech_slots["lock"] == "Front door"


@pytest.mark.usefixtures("entry")
async def test_nothing_is_answered_while_voice_is_off(hass: HomeAssistant) -> None:
    """The intents always exist; each account's option decides."""
    await set_up_agent(hass)
    for name in (ISSUE, "CodelocksLastEntry", "CodelocksLowBatteries", "CodelocksCallsLeft"):
        assert (await answer(hass, name)).startswith("Codelocks does not answer by voice.")


@pytest.mark.usefixtures("talking")
async def test_an_assistant_knows_what_is_exposed(hass: HomeAssistant) -> None:
    """An assistant hears only about locks with an entity exposed to it."""
    response = await ask(hass, ISSUE, assistant="conversation", lock="front door")
    assert response.speech["plain"]["speech"] == "There is no lock that I may speak about."
    response = await ask(hass, "CodelocksCallsLeft", assistant="conversation")
    assert response.speech["plain"]["speech"] == "There is no lock that I may speak about."

    calendar = entity_id(hass, "calendar", LOCK_2_ID, "netcodes")
    assert calendar
    async_expose_entity(hass, "conversation", calendar, True)
    response = await ask(hass, ISSUE, assistant="conversation", lock="front door")
    assert response.speech["plain"]["speech"] == (
        "There is no lock called front door. I know Garden studio."
    )


async def test_last_entry_of_a_kitlock(hass: HomeAssistant, talking: CodelocksConfigEntry) -> None:
    """It has no audit, and reports no battery."""
    await add_kitlock(hass, talking)
    assert await answer(hass, "CodelocksLastEntry", lock="Bike shed") == (
        "Bike shed does not report who comes in."
    )
    assert await answer(hass, "CodelocksLowBatteries", lock="Bike shed") == (
        "Bike shed does not report its battery."
    )


async def test_last_entry_without_tracking(
    hass: HomeAssistant, talking: CodelocksConfigEntry, sim: Simulator, freezer: Any
) -> None:
    """A lock whose activity is not tracked is read, at most every ten minutes."""
    await set_options(hass, talking, track_activity=False)
    sim.clear_calls()
    for _ in range(2):
        assert await answer(hass, "CodelocksLastEntry", lock="front door") == (
            "Front door was last opened today at 9:30 AM: Opened by Anna Berger (phone)."
        )
    assert asked(sim) == [f"k3connect/{LOCK_1_ID}/audit"]
    sim.faults.add(Fault(kind="status", status=503, path="*/audit"))
    await pass_time(hass, freezer, timedelta(minutes=11))
    assert (await answer(hass, "CodelocksLastEntry", lock="front door")).endswith("(phone).")
    assert (await answer(hass, "CodelocksLastEntry", lock="garden studio")).startswith(
        "Codelocks did not answer."
    )


async def test_last_entry_of_nobody(
    hass: HomeAssistant, talking: CodelocksConfigEntry, sim: Simulator
) -> None:
    """A lock that nobody opened says so; a spent pool costs no call."""
    await set_options(hass, talking, track_activity=False)
    sim.world.lock(LOCK_2_ID).audit.clear()
    assert await answer(hass, "CodelocksLastEntry", lock="garden studio") == (
        "I know of nobody who opened Garden studio."
    )
    assert (await answer(hass, "CodelocksLastEntry")).startswith("For which lock? I know")
    data = talking.runtime_data
    data.counter.correct(Pool.UTILITY, 1000, dt_util.utcnow() - timedelta(days=11))
    sim.clear_calls()
    assert await answer(hass, "CodelocksLastEntry", lock="front door") == (
        "The calls of this month are used up."
    )
    assert asked(sim) == []


@pytest.mark.usefixtures("talking")
async def test_batteries(hass: HomeAssistant, sim: Simulator, freezer: Any) -> None:
    """In percent if the lock reports that."""
    sim.world.lock(LOCK_1_ID).set_battery("15")
    await pass_time(hass, freezer, timedelta(minutes=11))
    await hass.services.async_call("codelocks", "refresh", {}, blocking=True)
    response = await ask(hass, "CodelocksLowBatteries")
    assert response.speech["plain"]["speech"] == (
        "The battery is low at Front door. It is not known for Garden studio."
    )
    assert response.speech_slots == {"low": ["Front door"], "unknown": ["Garden studio"]}
    assert await answer(hass, "CodelocksLowBatteries", lock="front door") == (
        "The battery of Front door is at 15 percent."
    )
    assert await answer(hass, "CodelocksLowBatteries", lock="garden studio") == (
        "The battery of Garden studio is not known."
    )


@pytest.mark.usefixtures("talking")
async def test_calls_left_of_two_accounts(hass: HomeAssistant, add_account: AddAccount) -> None:
    """Each by its name."""
    other = await add_account(access_key="")
    await set_options(hass, other, voice="read")
    words = await answer(hass, "CodelocksCallsLeft")
    assert f"For {ACCOUNT_EMAIL}, 100 NetCode calls" in words
    assert "For Codelocks Connect, 100 NetCode calls" in words
