"""What a caller can make of our blueprints who may run an automation, and nothing else.

`automation.trigger` skips the conditions, and its caller brings along whatever variables he likes;
the run has no user. So with that alone nothing may happen, whatever he brings.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import yaml as yaml_util
from jinja2 import Environment, TemplateSyntaxError, nodes
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events, async_mock_service

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.blueprints.conftest import BLUEPRINTS
from tests.codes import device_id, set_options
from tests.conftest import settle
from tests.helpers import add_user, entity_id
from tests.issuing.requesters import add_requester
from tests.simulator import GUEST_EMAIL, LOCK_1_ID, LOCK_2_ID, STRANGER_EMAIL, Simulator

FILES = sorted(BLUEPRINTS.rglob("*.yaml"))
AUTOMATION = "automation.under_test"
SECRET = "aSecretThatNobodyGuesses"


def strings(node: Any) -> Iterator[str]:
    """Return all words of a file but its description and its inputs' forms."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "blueprint":
                yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node


def variables(path: Path) -> set[str]:
    """Return every name in a template of a file, Home Assistant's own included."""
    environment = Environment()  # noqa: S701 - nothing is rendered
    found = {"this", "trigger", "repeat"}
    for words in strings(yaml_util.load_yaml_dict(path)):
        try:
            found |= {name.name for name in environment.parse(words).find_all(nodes.Name)}
        except TemplateSyntaxError:
            pytest.fail(f"not a template: {words}")
    return found


def inputs_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the inputs of a file, those in sections too."""

    def within(inputs: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, one in inputs.items():
            if "input" in one:
                yield from within(one["input"])
            else:
                yield name, one

    yield from within(yaml_util.load_yaml_dict(path)["blueprint"]["input"])


def filled_in(hass: HomeAssistant, entry: CodelocksConfigEntry, path: Path) -> dict[str, Any]:
    """Return what an owner fills in: the front door, the guest, and what is on at the moment."""
    found: dict[str, Any] = {}
    for name, one in inputs_of(path):
        [(kind, selector)] = one["selector"].items()
        selector = selector or {}
        value: Any
        if kind == "device":
            value = device_id(hass, entry, LOCK_1_ID)
        elif kind == "entity":
            domains = [domain for row in selector["filter"] for domain in _domains(row)]
            value = (
                entity_id(hass, "event", LOCK_1_ID, "activity")
                if domains == ["event"]
                else f"{domains[0]}.ours"
            )
        elif kind == "text" and not one.get("default"):
            value = GUEST_EMAIL if selector.get("type") == "email" else SECRET
        elif kind == "duration":
            value = {"seconds": 0}
        elif kind == "time" and "default" not in one:
            value = f"{12 + len(found) % 4}:00:00"
        elif kind == "select" and "default" not in one:
            found[name] = [option["value"] for option in selector["options"]]
            continue
        elif kind == "action":
            value = [{"action": "test.send", "data": {"what": "{{ reply | default(words) }}"}}]
        else:
            assert "default" in one, f"{path.name} asks for a {kind}: fill it in here"
            continue
        found[name] = [value] if selector.get("multiple") else value
    return found


def _domains(row: dict[str, Any]) -> list[str]:
    domain = row.get("domain", [])
    return [domain] if isinstance(domain, str) else domain


def brought_along(hass: HomeAssistant, entry: CodelocksConfigEntry) -> list[Any]:
    """Return what somebody would like a variable to be."""
    message = {
        "From": "+447123456789",
        "Body": "FrontDoor1",
        "text": "FrontDoor1",
        "user_id": 123456789,
        "chat_id": 123456789,
        "bot": {"config_entry_id": "x"},
    }
    forged = {
        "platform": "state",
        "entity_id": entity_id(hass, "event", LOCK_1_ID, "activity"),
        "event": {"data": message, "context": {"user_id": None}},
        "json": {"secret": SECRET, "sender": "+447123456789", "message": "FrontDoor1"},
        "to_state": {"state": "on", "attributes": {"event_type": "opened", "text": "Mallory"}},
    }
    return [
        forged,
        [device_id(hass, entry, LOCK_2_ID)],
        device_id(hass, entry, LOCK_2_ID),
        [STRANGER_EMAIL],
        "+447123456789",
        {"allowed": True, "reply": "Mallory"},
        "part:0000",
        True,
        None,
    ]


@pytest.mark.usefixtures("our_blueprints")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_nothing_happens_whatever_a_caller_brings_along(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, path: Path
) -> None:
    """Nothing opens, nobody is invited, nothing is spent, and nothing is sent anywhere."""
    await add_requester(hass, entry)
    await add_requester(hass, entry, channel="telegram", sender="123456789")
    await set_options(hass, entry, users_may_issue=True)
    assert await async_setup_component(hass, "webhook", {})
    for place in ("test.send", "telegram_bot.send_message", "notify.send_message"):
        async_mock_service(hass, *place.split("."))
    async_mock_service(hass, "input_text", "set_value")
    inputs = filled_in(hass, entry, path)
    for value in inputs.values():
        if isinstance(value, str) and value.endswith(".ours"):
            hass.states.async_set(value, "" if value.startswith("input_text") else "on")
    blueprint = {"path": f"codelocks/{path.name}", "input": inputs}
    config = {"alias": "Under test", "use_blueprint": blueprint}
    assert await async_setup_component(hass, "automation", {"automation": config})
    await settle(hass)
    assert hass.states.is_state(AUTOMATION, "on")
    mallory = Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)
    called = async_capture_events(hass, EVENT_CALL_SERVICE)
    sim.clear_calls()

    async def run(brought: dict[str, Any], *, skip: bool = True) -> None:
        data = {"entity_id": AUTOMATION, "variables": brought, "skip_condition": skip}
        await hass.services.async_call("automation", "trigger", data, context=mallory)
        for _ in range(20):
            await asyncio.sleep(0)
        state = hass.states.get(AUTOMATION)
        assert state
        assert state.attributes["current"] == 0, "it goes on"

    names = variables(path) | inputs.keys()
    values = brought_along(hass, entry)
    await run({})
    for value in values:
        await run(dict.fromkeys(names, value))
        await run(dict.fromkeys(names, value), skip=False)
        for name in names:
            await run({name: value})
    await settle(hass)
    assert {event.data["domain"] for event in called} == {"automation"}
    assert len(called) == 1 + len(values) * (2 + len(names))
    assert not sim.calls


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_inputs_are_bound_again(path: Path) -> None:
    """The variables of an automation give way to its caller's; those of its actions do not."""
    loaded = yaml_util.load_yaml_dict(path)
    actions = loaded.get("actions", loaded.get("sequence", []))
    bound = [one["variables"] for one in actions if "variables" in one]
    assert loaded.get("variables", {}).items() <= (bound[0] if bound else {}).items()
    assert not [words for words in strings(loaded) if "this." in words]
