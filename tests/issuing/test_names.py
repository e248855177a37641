"""A lock that a user renamed in Home Assistant is called by that name everywhere."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.assist.talking import say, set_up_agent
from tests.codes import (
    act,
    add_kitlock,
    change_kitlock,
    device_id,
    kitlock_code,
    listed,
    make,
    refused,
    set_options,
    warning,
    words,
)
from tests.conftest import settle
from tests.helpers import pass_time, read_again, state_of
from tests.issuing.requesters import add_requester
from tests.page.watching import open_page
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

RED = "Red door"
DAY = timedelta(days=1)


async def call_it(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str, name: str | None
) -> None:
    """Rename a lock's device, as a user does."""
    registry = dr.async_get(hass)
    registry.async_update_device(device_id(hass, entry, owner), name_by_user=name)
    await settle(hass)


@pytest.fixture
async def red(hass: HomeAssistant, entry: CodelocksConfigEntry) -> CodelocksConfigEntry:
    """Have an account whose front door was renamed."""
    await call_it(hass, entry, LOCK_1_ID, RED)
    return entry


def locks_named(hass: HomeAssistant) -> set[tuple[str, str]]:
    """Return the locks that repair issues name, with the key of the issue."""
    return {
        (issue.translation_key, issue.translation_placeholders["lock"])
        for issue in ir.async_get(hass).issues.values()
        if issue.translation_key
        and issue.translation_placeholders
        and "lock" in issue.translation_placeholders
    }


async def test_actions(hass: HomeAssistant, sim: Simulator, red: CodelocksConfigEntry) -> None:
    """Answers, their sentences, lists and errors."""
    plan = await act(hass, "plan_netcode", device_id=device_id(hass, red, LOCK_1_ID))
    assert plan["lock_name"] == RED
    made = await make(hass, red, LOCK_1_ID, name="Anna", reference="B1")
    assert made["lock_name"] == RED
    assert RED in made["text"]
    assert [row["lock_name"] for row in await listed(hass)] == [RED]
    both = [device_id(hass, red, owner) for owner in (LOCK_1_ID, LOCK_2_ID)]
    sim.faults.add(Fault(kind="status", status=404, path=f"/n/1/netcode/{LOCK_1_ID}"))
    order = await act(hass, "generate_netcode", device_id=both, start="2026-10-14 10:00:00")
    assert [row["lock_name"] for row in order["failed"]] == [RED]
    error = await refused(hass, "withdraw_netcode", device_id=both[0], reference="B2")
    assert str(error) == warning("reference_unknown", reference="B2", locks=RED)
    withdrawn = await act(hass, "withdraw_netcode", id=[made["id"]])
    assert [row["lock_name"] for row in withdrawn["netcodes"]] == [RED]


async def test_messages(hass: HomeAssistant, red: CodelocksConfigEntry) -> None:
    """Text replies and voice."""
    await add_requester(hass, red)
    answer = await act(
        hass,
        "answer_text_request",
        channel="sms",
        sender="+447123456789",
        message="FrontDoor1",
    )
    assert f"opens {RED} from" in answer["reply"]
    await set_up_agent(hass)
    await set_options(hass, red, voice="issue")
    said = await say(hass, "make a code for Anna at the red door tomorrow from nine to twelve")
    assert f"at {RED} is" in said
    # What it is called at Codelocks is still heard.
    said = await say(hass, "which codes are active at the front door")
    assert said.startswith("Active: Anna until")
    assert await say(hass, "how is the battery of the front door") != ""


async def test_calendar(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The location of its events, at once; and what a deleted one leaves."""
    made = await make(hass, entry, LOCK_1_ID, name="Anna")
    await call_it(hass, entry, LOCK_1_ID, RED)
    state = state_of(hass, "calendar", LOCK_1_ID, "netcodes")
    assert state.attributes["location"] == RED
    assert await async_setup_component(hass, "persistent_notification", {})
    calendar = hass.data["calendar"].get_entity(state.entity_id)
    await calendar.async_delete_event(made["id"])
    notes = hass.data["persistent_notification"]
    assert [note["title"] for note in notes.values()] == [RED]


async def test_page(
    hass: HomeAssistant, red: CodelocksConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """Locks and their codes, which were shown by another name."""
    await make(hass, red, LOCK_1_ID)
    page = await open_page(hass, hass_ws_client)
    assert page.lock(RED)["entry_id"] == red.entry_id
    assert page.names("codes", "lock_name") == [RED]


async def test_repairs(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Issues about a lock change with its name, and back."""
    shed = await add_kitlock(hass, entry)
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="482913"))
    await make(hass, entry, shed)
    await change_kitlock(hass, entry, shed, clock_lost=True)
    sim.faults.clear()
    sim.faults.add(Fault(kind="wrong_value", path="/u/1/k3connect", field="Timezone", value="Mars"))
    sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    await set_options(hass, entry, spare_locks=[device_id(hass, entry, LOCK_1_ID)])
    await pass_time(hass, freezer, timedelta(hours=13), 2)
    await read_again(hass, freezer)
    before = {
        ("digits_do_not_fit", "Bike shed"),
        ("clock_is_lost", "Bike shed"),
        ("zone_is_unknown", "Front door"),
        ("zone_is_unknown", "Garden studio"),
        ("no_spare_code", "Front door"),
    }
    assert locks_named(hass) == before
    await call_it(hass, entry, LOCK_1_ID, RED)
    await call_it(hass, entry, shed, "Shed")
    new = {"Bike shed": "Shed", "Front door": RED}
    assert locks_named(hass) == {(key, new.get(name, name)) for key, name in before}
    await call_it(hass, entry, LOCK_1_ID, None)
    await call_it(hass, entry, shed, None)
    assert locks_named(hass) == before


async def test_without_a_name_of_their_own(
    hass: HomeAssistant,
    sim: Simulator,
    red: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Then it is the name at Codelocks, which may change; a KitLock's is that of its form."""
    sim.world.lock(LOCK_1_ID).name = "Main entrance"
    await read_again(hass, freezer)
    assert (await make(hass, red, LOCK_1_ID))["lock_name"] == RED
    await call_it(hass, red, LOCK_1_ID, None)
    assert (await make(hass, red, LOCK_1_ID))["lock_name"] == "Main entrance"
    shed = await add_kitlock(hass, red)
    await change_kitlock(hass, red, shed, name="Attic")
    made = await make(hass, red, shed, start="2026-10-13 10:00:00")
    assert (made["lock_name"], made["netcode"]) == (
        "Attic",
        kitlock_code("2026-10-13 09:00", made["duration_id"]),
    )


async def test_twice_by_its_own_name(hass: HomeAssistant, red: CodelocksConfigEntry) -> None:
    """An error of an order names it, too."""
    front = device_id(hass, red, LOCK_1_ID)
    error = await refused(hass, "generate_netcode", device_id=[front, front])
    assert str(error).rstrip(".") == words("lock_twice", lock=RED)
