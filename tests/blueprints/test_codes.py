"""The blueprints, run from their real files: what they do, cost and say."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
import time
from typing import Any, override
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.blueprint.models import DomainBlueprints
from homeassistant.components.notify import DATA_COMPONENT as NOTIFIERS, NotifyEntity
from homeassistant.const import EVENT_CALL_SERVICE, MATCH_ALL
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util, yaml
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.blueprints.conftest import BLUEPRINTS
from tests.codes import (
    device_id,
    make,
)
from tests.conftest import settle
from tests.helpers import entity_id, pass_time, read_again
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

ROOT = Path(__file__).parents[2]
FILES = sorted(path.relative_to(BLUEPRINTS) for path in BLUEPRINTS.glob("*/codelocks/*.yaml"))
OURS = {
    "heat_before_arrival",
    "somebody_is_near",
    "tell_the_cleaner_after_departure",
    "tell_who_came",
}
REPOSITORY = "https://github.com/codelocks-connect/homeassistant-codelocks/blob/main/blueprints/"

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("our_blueprints")

type Pass = Callable[[timedelta], Awaitable[None]]


class Phone(NotifyEntity):
    """Keeps the messages that it is sent."""

    def __init__(self, name: str) -> None:
        """Start without messages, and working."""
        self.entity_id = f"notify.{name}"
        self.messages: list[str] = []
        self.broken = False

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        if self.broken:
            raise HomeAssistantError("No signal")
        self.messages.append(message)


async def _phone(hass: HomeAssistant, name: str) -> Phone:
    assert await async_setup_component(hass, "notify", {})
    phone = Phone(name)
    await hass.data[NOTIFIERS].async_add_entities([phone])
    return phone


@pytest.fixture
async def phone(hass: HomeAssistant) -> Phone:
    """Add a notify entity for codes."""
    return await _phone(hass, "guest")


@pytest.fixture
def events(hass: HomeAssistant) -> list[Event]:
    """Keep every event on the bus, which the recorder would record."""
    events: list[Event] = []
    hass.bus.async_listen(MATCH_ALL, callback(lambda event: events.append(event)))  # noqa: PLW0108
    return events


@pytest.fixture
def wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Pass:
    """Return a function that lets time pass in one step."""

    async def pass_(step: timedelta) -> None:
        await pass_time(hass, freezer, step)

    return pass_


@pytest.fixture
def front(hass: HomeAssistant, entry: CodelocksConfigEntry) -> str:
    """Return the device of the front door."""
    return device_id(hass, entry, LOCK_1_ID)


async def automate(hass: HomeAssistant, blueprint: str, **inputs: Any) -> None:
    """Make an automation from a blueprint."""
    assert await async_setup_component(hass, "persistent_notification", {})
    path = f"codelocks/{blueprint}.yaml"
    config = {"id": "17", "alias": "Ours", "use_blueprint": {"path": path, "input": inputs}}
    assert await async_setup_component(hass, "automation", {"automation": config})
    await settle(hass)
    state = hass.states.get("automation.ours")
    assert state
    assert state.state == "on", "its configuration is valid"


# The files


def test_files() -> None:
    """The blueprints are there; what became forms of the integration is gone."""
    assert {path.stem for path in FILES} >= OURS


@pytest.mark.parametrize("path", FILES, ids=str)
async def test_file(hass: HomeAssistant, path: Path) -> None:
    """Each loads, names its source and its lowest version, and explains its inputs."""
    domain = path.parts[0]
    assert await async_setup_component(hass, domain, {})
    blueprints: DomainBlueprints = hass.data["blueprint"][domain]
    blueprint = await blueprints.async_get_blueprint("/".join(path.parts[1:]))
    assert blueprint.validate() is None
    assert yaml.parse_yaml(blueprint.yaml()) == blueprint.data, "as it is kept when imported"
    assert blueprint.metadata["homeassistant"] == {"min_version": "2026.10.0"}
    assert blueprint.metadata["source_url"] == f"{REPOSITORY}{path}"
    assert blueprint.metadata["description"]
    assert all(one.get("name") and "selector" in one for one in blueprint.inputs.values())
    if path.stem in OURS:
        assert "trace" not in blueprint.data, "it sees no code"
        docs = (ROOT / "docs" / "blueprints.md").read_text()
        link = quote(f"{REPOSITORY}{path}", safe="")
        assert f"/redirect/blueprint_import/?blueprint_url={link}" in docs
        assert [name for name in blueprint.inputs if f"`{name}`" not in docs] == []


@pytest.mark.parametrize(
    ("blueprint", "needed"),
    [("somebody_is_near", ["locks"]), ("tell_who_came", ["activity"])],
)
async def test_least_inputs(
    hass: HomeAssistant,
    front: str,
    caplog: pytest.LogCaptureFixture,
    blueprint: str,
    needed: list[str],
) -> None:
    """Optional inputs have usable defaults."""
    inputs = {"locks": [front], "activity": [entity_id(hass, "event", LOCK_1_ID, "activity")]}
    await automate(hass, blueprint, **{name: inputs[name] for name in needed})
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


# Somebody is near


@pytest.fixture
def tick(hass: HomeAssistant, freezer: FrozenDateTimeFactory, sim: Simulator) -> Pass:
    """Return a function that lets time pass without waiting for automations, as `settle` does."""

    async def tick_(step: timedelta) -> None:
        freezer.tick(step)
        async_fire_time_changed(hass)
        quiet = 0
        while quiet < 5:
            calls = len(sim.calls)
            await hass.async_add_executor_job(time.sleep, 0.01)  # the loop's own clock is frozen
            answered = len(sim.calls) == calls and all(call.status for call in sim.calls)
            quiet = quiet + 1 if answered else 0

    return tick_


def _refreshed(events: list[Event]) -> list[Any]:
    """Return the locks of each refresh that was called."""
    return [
        event.data["service_data"]["device_id"]
        for event in events
        if event.event_type == EVENT_CALL_SERVICE and event.data["service"] == "refresh"
    ]


async def test_somebody_is_near(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    sim: Simulator,
    front: str,
    events: list[Event],
    wait: Pass,
    tick: Pass,
) -> None:
    """The lock is read two minutes after somebody came, and the news arrives."""
    await read_again(hass, freezer)
    events.clear()
    hass.states.async_set("person.anna", "not_home")
    await automate(hass, "somebody_is_near", locks=[front], near=["person.anna"])
    await wait(11 * MINUTE)
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna Berger (phone)", entry_type="Unlock")

    hass.states.async_set("person.anna", "home")
    await tick(0 * MINUTE)
    await tick(MINUTE)
    assert _refreshed(events) == []
    await tick(MINUTE)
    assert _refreshed(events) == [[front]]
    found = entity_id(hass, "event", LOCK_1_ID, "activity")
    assert found
    state = hass.states.get(found)
    assert state
    assert state.attributes["text"] == "Opened by Anna Berger (phone)"


async def test_many_are_near(
    hass: HomeAssistant, front: str, events: list[Event], tick: Pass
) -> None:
    """If more people come within ten minutes, it is read once more after them."""
    motion = "binary_sensor.porch"
    hass.states.async_set(motion, "off")
    other = {"trigger": "event", "event_type": "gateway"}
    await automate(hass, "somebody_is_near", locks=[front], near=[motion], triggers=[other])
    for _ in range(5):
        hass.states.async_set(motion, "on")
        await tick(0 * MINUTE)
        await tick(MINUTE)
        hass.bus.async_fire("gateway")
        hass.states.async_set(motion, "off")
        await tick(MINUTE)
    assert _refreshed(events) == [[front]]
    for _ in range(30):
        await tick(MINUTE)
    assert _refreshed(events) == [[front], [front]]


async def test_near_without_calls(
    hass: HomeAssistant, sim: Simulator, front: str, events: list[Event], tick: Pass
) -> None:
    """A refresh that is refused does not end the automation."""
    sim.faults.add(Fault(kind="quota"))
    await automate(
        hass, "somebody_is_near", locks=[front], triggers=[{"trigger": "event", "event_type": "g"}]
    )
    for _ in range(2):
        hass.bus.async_fire("g")
        for _ in range(15):
            await tick(MINUTE)
    assert len(_refreshed(events)) == 2


@pytest.mark.usefixtures("sim", "wait")
async def test_sensor_that_comes_back(hass: HomeAssistant, front: str) -> None:
    """A sensor that becomes available again does not mean that somebody came."""
    hass.states.async_set("binary_sensor.porch", "unavailable")
    await automate(hass, "somebody_is_near", locks=[front], near=["binary_sensor.porch"])
    hass.states.async_set("binary_sensor.porch", "on")
    await settle(hass)
    state = hass.states.get("automation.ours")
    assert state
    assert state.attributes["current"] == 0


# Who came


@pytest.mark.usefixtures("entry")
async def test_tell_who_came(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    sim: Simulator,
    phone: Phone,
) -> None:
    """Every chosen entry, in order, with the time at the lock."""
    await read_again(hass, freezer)
    activity = [entity_id(hass, "event", lock, "activity") for lock in (LOCK_1_ID, LOCK_2_ID)]
    say = {"action": "test.say", "data": {"kind": "{{ kind }}", "words": "{{ words }}"}}
    said: list[dict[str, Any]] = []
    hass.services.async_register("test", "say", lambda call: said.append(dict(call.data)))
    await automate(hass, "tell_who_came", activity=activity, notify=["notify.guest"], actions=[say])
    front, studio = sim.world.lock(LOCK_1_ID), sim.world.lock(LOCK_2_ID)
    now = dt_util.now()
    front.add_audit("Opened by Anna Berger (phone)", entry_type="Unlock", at=now - DAY)
    front.add_audit("Lock synchronised", entry_type="Sync", at=now)
    front.add_audit("Invalid code 123456", entry_type="Access denied", at=now)
    studio.add_audit("Opened by Host (phone)", entry_type="Unlock", at=now - HOUR)
    await read_again(hass, freezer)

    assert sorted(phone.messages) == [
        f"Front door, {now:%H:%M}: Invalid code ****",
        f"Front door, 2026-10-11 {now:%H:%M}: Opened by Anna Berger (phone)",
        f"Garden studio, {now - HOUR:%H:%M}: Opened by Host (phone)",
    ]
    kinds = [one["kind"] for one in said if one["words"].startswith("Front")]
    assert kinds == ["opened", "denied"], "in the order of what happened"
    assert [one["words"] for one in said] == phone.messages


async def test_tell_who_came_with_a_code(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    phone: Phone,
) -> None:
    """A code that was made here says for whom."""
    await read_again(hass, freezer)
    answer = await make(hass, entry, LOCK_1_ID, name="Tom", duration={"hours": 2})
    activity = entity_id(hass, "event", LOCK_1_ID, "activity")
    await automate(hass, "tell_who_came", activity=activity, notify=["notify.guest"])
    now = dt_util.now()
    front = sim.world.lock(LOCK_1_ID)
    front.add_audit(f"Opened with {answer['netcode']}", entry_type="Unlock", at=now)
    await read_again(hass, freezer)
    assert phone.messages == [f"Front door, {now:%H:%M}: Opened with **** (Tom)"]


async def test_tell_who_came_on_a_condition(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    phone: Phone,
) -> None:
    """Only chosen types, only while the condition is met; a reload is not a visit."""
    await read_again(hass, freezer)
    hass.states.async_set("person.me", "home")
    await automate(
        hass,
        "tell_who_came",
        activity=entity_id(hass, "event", LOCK_1_ID, "activity"),
        kinds=["opened"],
        notify=["notify.guest"],
        only_if=[{"condition": "state", "entity_id": "person.me", "state": "not_home"}],
    )
    front = sim.world.lock(LOCK_1_ID)
    front.add_audit("Opened by Anna Berger (phone)", entry_type="Unlock")
    await read_again(hass, freezer)
    assert phone.messages == []
    hass.states.async_set("person.me", "not_home")
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert phone.messages == []
    front.add_audit("Invalid code", entry_type="Access denied")
    front.add_audit("Opened by Ben (phone)", entry_type="Unlock")
    await read_again(hass, freezer)
    assert len(phone.messages) == 1
