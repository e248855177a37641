"""The logbook shows the words of each entry, and when it happened at the lock."""

from datetime import UTC, datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.helpers import entity_id, read_again, state_of
from tests.simulator import LOCK_1_ID, Fault, Simulator

NOON = datetime(2026, 10, 12, 11, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def _logbook(
    recorder_mock: Any,  # noqa: ARG001 - it has to be there
    hass: HomeAssistant,
) -> None:
    """Set up a recorder, which has to come first, and the logbook."""
    await hass.config.async_set_time_zone("Europe/London")
    assert await async_setup_component(hass, "logbook", {})


async def lines(hass: HomeAssistant, websocket: WebSocketGenerator) -> list[dict[str, Any]]:
    """Return our lines about the first lock's activity, oldest first, as the frontend asks."""
    await async_wait_recording_done(hass)
    client = await websocket(hass)
    await client.send_json_auto_id(
        {
            "type": "logbook/get_events",
            "start_time": "2026-10-01T00:00:00Z",
            "end_time": dt_util.utcnow().isoformat(),
            "entity_ids": [entity_id(hass, "event", LOCK_1_ID, "activity")],
        }
    )
    answer = await client.receive_json()
    return [line for line in answer["result"] if line.get("domain") == DOMAIN]


async def test_each_entry_has_a_line(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """News comes late, so a line says when it happened; it appears once, even after reloads."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened by Anna", entry_type="Unlock", at=NOON)
    lock.add_audit("Wrong code 482913", entry_type="Access denied", at=NOON.replace(minute=1))
    await read_again(hass, freezer)
    assert await hass.config_entries.async_reload(entry.entry_id)
    name = state_of(hass, "event", LOCK_1_ID, "activity").name
    told = await lines(hass, hass_ws_client)
    assert [line["message"] for line in told] == [
        "Opened by Anna · 2026-10-12 12:00",
        "Wrong code **** · 2026-10-12 12:01",
    ]
    assert {line["name"] for line in told} == {name}
    assert {line["entity_id"] for line in told} == {entity_id(hass, "event", LOCK_1_ID, "activity")}


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("text", "entry_type", "missing", "expected"),
    [
        ("", "Unlock", None, "Unlock · 2026-10-12 12:00"),
        ("", "", None, "other · 2026-10-12 12:00"),
        ("Opened by Anna", "Unlock", "DateEntered", "Opened by Anna"),
    ],
)
async def test_what_is_missing(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    text: str,
    entry_type: str,
    missing: str | None,
    expected: str,
) -> None:
    """A line shows what is known."""
    sim.world.lock(LOCK_1_ID).add_audit(text, entry_type=entry_type, at=NOON)
    if missing:
        sim.faults.add(Fault(kind="missing_key", path="*/audit*", field=missing))
    await read_again(hass, freezer)
    assert [line["message"] for line in await lines(hass, hass_ws_client)] == [expected]


async def test_an_entity_that_is_gone(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Old lines stay readable."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock", at=NOON)
    await read_again(hass, freezer)
    activity = state_of(hass, "event", LOCK_1_ID, "activity").entity_id
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass.states.async_remove(activity)
    (line,) = await lines(hass, hass_ws_client)
    assert line["name"] == activity
