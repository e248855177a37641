"""A switch for each smart-phone client: what it shows, what it does, when it is there."""

from datetime import timedelta
from time import process_time
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.entity import EntityCategory
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import set_options
from tests.conftest import AddAccount, settle
from tests.helpers import asked, entity_id, pass_time, read_again, state_of, value
from tests.simulator import (
    ACTIVE,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    STRANGER_EMAIL,
    SUSPENDED,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
)

GUEST = f"client_{GUEST_EMAIL}"
CLEANER = f"client_{SUSPENDED_EMAIL.lower()}"
INVITED = f"client_{INVITED_EMAIL}"


@pytest.fixture
async def switched(hass: HomeAssistant, entry: CodelocksConfigEntry) -> CodelocksConfigEntry:
    """Set up an account with switches."""
    await set_options(hass, entry, client_switches=True)
    return entry


async def flip(hass: HomeAssistant, lock_id: str, key: str, *, on: bool) -> None:
    """Turn a switch on or off."""
    service = "turn_on" if on else "turn_off"
    entity = entity_id(hass, "switch", lock_id, key)
    await hass.services.async_call("switch", service, {"entity_id": entity}, blocking=True)


def switches(hass: HomeAssistant) -> set[str]:
    """Return the unique ids of all switches, less the account's part."""
    return {
        entity.unique_id.removeprefix(f"{entity.config_entry_id}_")
        for entity in er.async_get(hass).entities.values()
        if entity.platform == DOMAIN and entity.domain == "switch"
    }


@pytest.mark.usefixtures("entry")
async def test_none_by_default(hass: HomeAssistant) -> None:
    """Without the option there are no switches."""
    assert not switches(hass)
    assert not hass.states.async_entity_ids("switch")


@pytest.mark.usefixtures("sim", "switched")
async def test_what_it_shows(hass: HomeAssistant) -> None:
    """On is active, off is suspended; who has not accepted yet has no switch."""
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_ON
    assert value(hass, "switch", LOCK_1_ID, CLEANER) == STATE_OFF
    assert not entity_id(hass, "switch", LOCK_1_ID, INVITED)
    assert state_of(hass, "sensor", LOCK_1_ID, "active_clients").attributes["invited"] == 1
    state = state_of(hass, "switch", LOCK_1_ID, CLEANER)
    assert state.name == f"Front door {SUSPENDED_EMAIL}"
    assert "assumed_state" not in state.attributes
    registered = er.async_get(hass).async_get(state.entity_id)
    assert registered
    assert registered.entity_category is EntityCategory.CONFIG
    lock = f"{registered.config_entry_id}_{LOCK_1_ID}"
    assert registered.unique_id == f"{lock}_client_cleaner@example.com"


@pytest.mark.usefixtures("switched")
async def test_it_suspends_and_restores(hass: HomeAssistant, sim: Simulator) -> None:
    """Each flip is one write and one read, and the state is what was read."""
    sim.calls.clear()
    await flip(hass, LOCK_1_ID, GUEST, on=False)
    lock = sim.world.lock(LOCK_1_ID)
    assert lock.clients[GUEST_EMAIL].status == SUSPENDED
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_OFF
    assert [(call.method, call.path.rpartition("/")[2]) for call in sim.calls] == [
        ("PATCH", "client"),
        ("GET", "clients"),
    ]
    await flip(hass, LOCK_1_ID, CLEANER, on=True)
    assert sim.calls[-2].form["clientemail"] == SUSPENDED_EMAIL
    assert lock.clients["cleaner@example.com"].status == ACTIVE
    assert value(hass, "switch", LOCK_1_ID, CLEANER) == STATE_ON


@pytest.mark.usefixtures("switched")
async def test_what_the_cloud_refuses_changes_nothing(hass: HomeAssistant, sim: Simulator) -> None:
    """The API's words are shown, and the state stays."""
    sim.world.lock(LOCK_1_ID).change_client(GUEST_EMAIL, status="INVITED")  # nobody read it yet
    with pytest.raises(ServiceValidationError, match="has not accepted") as refused:
        await flip(hass, LOCK_1_ID, GUEST, on=False)
    assert refused.value.translation_key == "rejected"
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_ON


@pytest.mark.usefixtures("switched")
async def test_a_word_that_nobody_knows(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """A status that is no known word is shown as it came, and the switch is neither on nor off."""
    sim.world.lock(LOCK_1_ID).change_client(GUEST_EMAIL, status="PAUSED")
    await read_again(hass, freezer)
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_UNKNOWN
    assert state_of(hass, "switch", LOCK_1_ID, GUEST).attributes["status"] == "PAUSED"


@pytest.mark.usefixtures("switched")
async def test_it_comes_when_the_invitation_is_accepted(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """Before, there is nothing to suspend."""
    sim.world.lock(LOCK_1_ID).accept_client(INVITED_EMAIL)
    await read_again(hass, freezer)
    assert value(hass, "switch", LOCK_1_ID, INVITED) == STATE_ON


@pytest.mark.usefixtures("switched")
async def test_only_what_was_confirmed_is_shown(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """If the read after a write fails, the state is not assumed; the read is repeated soon."""
    sim.faults.add(Fault(kind="status", status=503, path="*/clients", count=1))
    await flip(hass, LOCK_1_ID, GUEST, on=False)
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_UNAVAILABLE
    await pass_time(hass, freezer, timedelta(minutes=11))
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_OFF


@pytest.mark.usefixtures("switched")
async def test_a_lost_answer_causes_a_read(hass: HomeAssistant, sim: Simulator) -> None:
    """The flip fails with the outcome that the read finds, and the switch shows it."""
    sim.faults.add(Fault(kind="drop", method="PATCH", count=1, after=True))
    with pytest.raises(HomeAssistantError) as lost:
        await flip(hass, LOCK_1_ID, GUEST, on=False)
    assert lost.value.translation_key == "outcome_done"
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_OFF


@pytest.mark.usefixtures("switched")
async def test_it_comes_and_goes_with_the_client(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Even with a lock that joins or leaves; a client's registry entry goes, too."""
    sim.world.lock(LOCK_1_ID).add_client(STRANGER_EMAIL)
    del sim.world.lock(LOCK_1_ID).clients[GUEST_EMAIL]
    cabin = sim.world.add_lock("Cabin")
    cabin.add_client(GUEST_EMAIL)
    await read_again(hass, freezer, times=2)
    here = {f"{LOCK_1_ID}_{CLEANER}"}
    stranger = {f"{LOCK_1_ID}_client_{STRANGER_EMAIL}"}
    assert switches(hass) == here | stranger | {f"{cabin.id}_{GUEST}"}
    assert not hass.states.get("switch.front_door_anna_berger_example_com")

    sim.world.remove_lock(cabin.id)
    sim.world.lock(LOCK_1_ID).add_client(GUEST_EMAIL)
    await read_again(hass, freezer, times=3)
    assert switches(hass) == here | stranger | {f"{LOCK_1_ID}_{GUEST}"}

    sim.world.account.locks[cabin.id] = cabin
    await read_again(hass, freezer, times=2)
    assert value(hass, "switch", cabin.id, GUEST) == STATE_ON
    cabin.change_client(GUEST_EMAIL, status=SUSPENDED)
    await read_again(hass, freezer)
    assert value(hass, "switch", cabin.id, GUEST) == STATE_OFF


@pytest.mark.usefixtures("switched")
async def test_deleting_by_action_removes_it(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """The read after our own write removes the switch; it is back when a new client accepts."""
    registry = er.async_get(hass)
    found = entity_id(hass, "switch", LOCK_1_ID, GUEST)
    assert found
    entity = registry.async_get(found)
    assert entity
    data = {"device_id": entity.device_id, "email": GUEST_EMAIL}
    await hass.services.async_call(DOMAIN, "delete_client", data, blocking=True)
    await settle(hass)
    assert not entity_id(hass, "switch", LOCK_1_ID, GUEST)
    assert not hass.states.get(found)

    await hass.services.async_call(DOMAIN, "add_client", data, blocking=True)
    await settle(hass)
    assert not entity_id(hass, "switch", LOCK_1_ID, GUEST)
    sim.world.lock(LOCK_1_ID).accept_client(GUEST_EMAIL)
    await read_again(hass, freezer)
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_ON


@pytest.mark.usefixtures("switched")
async def test_a_failing_read_removes_nothing(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The switches stay, unavailable."""
    before = switches(hass)
    sim.faults.add(Fault(kind="html", path="*/clients"))
    await read_again(hass, freezer)
    assert switches(hass) == before
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_UNAVAILABLE


async def test_a_restart_is_free(
    hass: HomeAssistant, sim: Simulator, switched: CodelocksConfigEntry
) -> None:
    """The switches have their states without a call."""
    sim.calls.clear()
    await hass.config_entries.async_reload(switched.entry_id)
    await settle(hass)
    assert value(hass, "switch", LOCK_1_ID, GUEST) == STATE_ON
    assert not sim.calls


@pytest.mark.usefixtures("sim")
async def test_a_client_that_left_is_gone_after_a_restart(
    hass: HomeAssistant, switched: CodelocksConfigEntry
) -> None:
    """A registered switch whose client is not stored is removed."""
    er.async_get(hass).async_get_or_create(
        "switch", DOMAIN, f"{LOCK_1_ID}_client_old@example.com", config_entry=switched
    )
    await hass.config_entries.async_reload(switched.entry_id)
    await settle(hass)
    assert len(switches(hass)) == 2


@pytest.mark.parametrize("option", [{"client_switches": False}, {"track_clients": False}])
async def test_an_option_turned_off_removes_them(
    hass: HomeAssistant, switched: CodelocksConfigEntry, option: dict[str, bool]
) -> None:
    """Without the option, and without reading clients, no switch is left behind."""
    await set_options(hass, switched, **option)
    assert not switches(hass)


def crowd(sim: Simulator, count: int, lock_id: str = LOCK_2_ID) -> None:
    """Put this many clients on a lock."""
    for number in range(count):
        sim.world.lock(lock_id).add_client(f"guest{number:03}@example.com")


async def test_300_clients_cost_their_pages(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """Six pages of 50, once; then a flip is a write and six pages. All of it is quick."""
    crowd(sim, 300)
    entry = await add_account()
    pages = [path for path in asked(sim) if path == f"k3connect/{LOCK_2_ID}/clients"]
    assert len(pages) == 6

    started = process_time()
    await set_options(hass, entry, client_switches=True)
    assert len(switches(hass)) == 302
    assert process_time() - started < 5

    sim.calls.clear()
    started = process_time()
    await flip(hass, LOCK_2_ID, "client_guest250@example.com", on=False)
    assert value(hass, "switch", LOCK_2_ID, "client_guest250@example.com") == STATE_OFF
    assert process_time() - started < 2
    assert len(sim.calls) == 7


async def test_more_clients_than_switches(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A repair issue says so, and goes when there is room; existing switches stay."""
    crowd(sim, 4)
    entry = await add_account()
    issue = (DOMAIN, f"too_many_clients_{entry.entry_id}")
    issues = ir.async_get(hass)
    with (
        patch("custom_components.codelocks.switch.MAX_CLIENT_SWITCHES", 5),
        patch("custom_components.codelocks.reading.issues.MAX_CLIENT_SWITCHES", 5),
    ):
        await set_options(hass, entry, client_switches=True)
        before = switches(hass)
        assert len(before) == 5
        told = issues.async_get_issue(*issue)
        assert told
        assert told.translation_placeholders
        assert told.translation_placeholders["count"] == "7"

        sim.world.lock(LOCK_1_ID).add_client("another@example.com")
        await read_again(hass, freezer)
        await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
        assert switches(hass) == before

        for number in range(3):
            del sim.world.lock(LOCK_2_ID).clients[f"guest{number:03}@example.com"]
        await read_again(hass, freezer)
        assert len(switches(hass)) == 4
        assert not issues.async_get_issue(*issue)

    crowd(sim, 600)
    await read_again(hass, freezer)
    assert len(switches(hass)) == 500
    assert issues.async_get_issue(*issue)
    await hass.config_entries.async_remove(entry.entry_id)
    assert not issues.async_get_issue(*issue)


@pytest.mark.usefixtures("sim", "switched")
async def test_a_state_is_written_only_when_it_changes(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A read without news writes no state."""
    before: State = state_of(hass, "switch", LOCK_1_ID, GUEST)
    await read_again(hass, freezer)
    assert state_of(hass, "switch", LOCK_1_ID, GUEST).last_updated == before.last_updated
