"""The log has one row for each entry of an audit, with its words and its time at the lock."""

from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN, EVENT_ACTIVITY
from tests.codes import add_kitlock, device_id, make, set_options
from tests.conftest import settle
from tests.helpers import entity_id, read_again, state_of
from tests.issuing.requesters import add_requester
from tests.simulator import LOCK_1_ID, Fault, Simulator

EIGHT = datetime(2026, 10, 12, 7, 0, 30, tzinfo=UTC)
"""In London it is eight."""


@pytest.fixture
def recorder_excludes() -> dict[str, Any]:
    """Return what the recorder does not record."""
    return {}


@pytest.fixture
def recorder_config(recorder_excludes: dict[str, Any]) -> dict[str, Any]:
    """Configure the recorder."""
    return {"commit_interval": 0, "exclude": recorder_excludes}


@pytest.fixture
def logbook_excludes() -> dict[str, Any]:
    """Return what the log of the whole house leaves out."""
    return {}


@pytest.fixture(autouse=True)
async def _logbook(
    recorder_mock: Any,  # noqa: ARG001 - it has to be there
    hass: HomeAssistant,
    logbook_excludes: dict[str, Any],
) -> None:
    """Set up a recorder, which has to come first, and the logbook."""
    await hass.config.async_set_time_zone("Europe/London")
    assert await async_setup_component(hass, "logbook", {"logbook": {"exclude": logbook_excludes}})
    assert await async_setup_component(hass, "history", {})


async def ask(hass: HomeAssistant, websocket: WebSocketGenerator, **message: Any) -> Any:
    """Ask as the frontend does."""
    await async_wait_recording_done(hass)
    admin = next(user for user in await hass.auth.async_get_users() if user.is_admin)
    session = next(iter(admin.refresh_tokens.values()))
    # A token is good for half an hour, and the clock has moved.
    client = await websocket(hass, hass.auth.async_create_access_token(session))
    period = {"start_time": "2026-10-01T00:00:00Z", "end_time": dt_util.utcnow().isoformat()}
    await client.send_json_auto_id(period | message)
    answer = await client.receive_json()
    assert answer["success"], answer
    return answer["result"]


def about(hass: HomeAssistant, entry: CodelocksConfigEntry, view: str) -> dict[str, list[str]]:
    """Return what the frontend asks for: the entity's dialog, or the page of the device."""
    activity = entity_id(hass, "event", LOCK_1_ID, "activity")
    if view == "entity":
        return {"entity_ids": [activity or ""]}
    device = device_id(hass, entry, LOCK_1_ID)
    entities = er.async_entries_for_device(er.async_get(hass), device)
    return {"entity_ids": [one.entity_id for one in entities], "device_ids": [device]}


async def rows(
    hass: HomeAssistant, websocket: WebSocketGenerator, **of: list[str]
) -> list[dict[str, Any]]:
    """Return the rows about the first lock's activity, oldest first; without `of` from all."""
    activity = entity_id(hass, "event", LOCK_1_ID, "activity")
    found = await ask(hass, websocket, type="logbook/get_events", **of)
    return [row for row in found if row.get("entity_id") == activity]


async def lines(hass: HomeAssistant, websocket: WebSocketGenerator) -> list[dict[str, Any]]:
    """Return the lines of our own, which are in the log of the whole house."""
    found = await ask(hass, websocket, type="logbook/get_events")
    return [row for row in found if row.get("domain") == DOMAIN]


def shown(row: dict[str, Any]) -> tuple[str, str | None]:
    """Return what the frontend shows of a row of an entity: its state, and the cause."""
    if row["state"] in ("unavailable", "unknown"):
        return row["state"], row.get("context_name")
    return row["attributes"]["event_type"], row.get("context_name")


@pytest.mark.parametrize("view", ["entity", "device"])
async def test_one_row_for_each_entry(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    view: str,
) -> None:
    """News comes late, so a row says when it happened."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    lock.add_audit("Wrong code 482913", entry_type="Access denied", at=EIGHT.replace(minute=1))
    await read_again(hass, freezer)
    found = await rows(hass, hass_ws_client, **about(hass, entry, view))
    assert list(map(shown, found)) == [
        ("opened", "Opened by Anna · 2026-10-12 08:00"),
        ("denied", "Wrong code **** · 2026-10-12 08:01"),
    ]


async def test_the_log_of_the_whole_house(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """It has the entry at its time at the lock, and the entity's event at the time it fired."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    fired_at = dt_util.utcnow()
    (line,) = await lines(hass, hass_ws_client)
    assert line["name"] == "Opened by Anna · 2026-10-12 08:00"
    assert line["message"] == state_of(hass, "event", LOCK_1_ID, "activity").name
    assert line["when"] == EIGHT.timestamp()
    (row,) = await rows(hass, hass_ws_client)
    assert shown(row) == ("opened", "Opened by Anna · 2026-10-12 08:00")
    assert row["when"] == pytest.approx(fired_at.timestamp(), abs=60)
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert await lines(hass, hass_ws_client) == [line]


@pytest.mark.parametrize("logbook_excludes", [{"entity_globs": ["event.*_activity"]}])
async def test_the_log_of_the_whole_house_with_entries_only(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Who excludes the entities has one row for each entry there, and elsewhere as before."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    (line,) = await lines(hass, hass_ws_client)
    assert line["name"] == "Opened by Anna · 2026-10-12 08:00"
    assert await rows(hass, hass_ws_client) == []
    (row,) = await rows(hass, hass_ws_client, **about(hass, entry, "device"))
    assert shown(row) == ("opened", line["name"])


async def test_who_used_a_code(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """The line says for whom the code was made."""
    netcode = (await make(hass, entry, LOCK_1_ID, name="Tom"))["netcode"]
    at = dt_util.now()
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit(f"Opened with {netcode}", entry_type="Unlock", at=at)
    await read_again(hass, freezer)
    (line,) = await lines(hass, hass_ws_client)
    assert line["name"] == f"Opened with **** (Tom) · {at:%Y-%m-%d %H:%M}"


async def test_a_time_in_the_future(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,  # noqa: ARG001 - it has to be there
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """An entry of a lock whose clock is ahead stands at the time it was read."""
    ahead = EIGHT + timedelta(days=9000)
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock", at=ahead)
    await read_again(hass, freezer)
    (line,) = await lines(hass, hass_ws_client)
    assert line["when"] <= dt_util.utcnow().timestamp()
    assert "2051" in line["name"]


async def _reload(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    assert await hass.config_entries.async_reload(entry.entry_id)


async def _change_options(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    await set_options(hass, entry, calendar_issues=True)


async def _add_lock_and_sender(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    await add_kitlock(hass, entry)
    await add_requester(hass, entry)


@pytest.mark.parametrize(
    ("happening", "rows_of_it"),
    [
        (_reload, [("unavailable", None), ("available_again", None)]),
        (_change_options, [("unavailable", None), ("available_again", None)]),
        (_add_lock_and_sender, []),
    ],
)
async def test_no_opening_that_did_not_happen(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    happening: Any,
    rows_of_it: list[Any],
) -> None:
    """What becomes unavailable returns, and that is what the log says."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    before = state_of(hass, "event", LOCK_1_ID, "activity")
    freezer.tick(60)
    await happening(hass, entry)
    await settle(hass)
    after = state_of(hass, "event", LOCK_1_ID, "activity")
    assert (after.state, after.attributes) == (before.state, before.attributes)
    freezer.tick(60)
    for view in (about(hass, entry, "device"), {}):
        _, *found = await rows(hass, hass_ws_client, **view)
        assert list(map(shown, found)) == rows_of_it


async def test_an_outage_is_no_opening(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """News that ends an outage comes after the return, once."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    await sim.stop()
    await read_again(hass, freezer)
    lock.add_audit("Opened by Tom", entry_type="Unlock", at=EIGHT.replace(minute=30))
    await sim.start()
    hass.config_entries.async_update_entry(entry, data={**entry.data, "url": sim.url})
    await settle(hass)
    await read_again(hass, freezer)
    found = await rows(hass, hass_ws_client, **about(hass, entry, "device"))
    openings = [cause for event, cause in map(shown, found) if event == "opened"]
    assert openings == ["Opened by Anna · 2026-10-12 08:00", "Opened by Tom · 2026-10-12 08:30"]


async def test_the_timeline_of_the_page(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """The history has each entry with its type and words, also after returns."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    await _reload(hass, entry)
    lock.add_audit("Wrong code", entry_type="Access denied", at=EIGHT.replace(minute=1))
    await read_again(hass, freezer)
    activity = entity_id(hass, "event", LOCK_1_ID, "activity") or ""
    history = await ask(
        hass,
        hass_ws_client,
        type="history/history_during_period",
        entity_ids=[activity],
        minimal_response=False,
        no_attributes=False,
        significant_changes_only=False,
        include_start_time_state=False,
    )
    told = {
        state["a"]["entry_id"]: (state["a"]["event_type"], state["a"]["text"])
        for state in history[activity]
        if state["a"].get("time")
    }
    assert list(told.values()) == [("opened", "Opened by Anna"), ("denied", "Wrong code")]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("text", "entry_type", "missing", "expected"),
    [
        ("", "Unlock", None, "Unlock · 2026-10-12 08:00"),
        ("", "", None, "other · 2026-10-12 08:00"),
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
    sim.world.lock(LOCK_1_ID).add_audit(text, entry_type=entry_type, at=EIGHT)
    if missing:
        sim.faults.add(Fault(kind="missing_key", path="*/audit*", field=missing))
    await read_again(hass, freezer)
    assert [line["name"] for line in await lines(hass, hass_ws_client)] == [expected]


async def test_an_entity_that_is_gone(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Old lines stay readable, those of 0.1.0 too."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    activity = state_of(hass, "event", LOCK_1_ID, "activity").entity_id
    first = {"entity_id": activity, "event_type": "opened", "time": None, "text": "By Tom"}
    hass.bus.async_fire(EVENT_ACTIVITY, first)
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass.states.async_remove(activity)
    freezer.tick(60)
    found = await lines(hass, hass_ws_client)
    assert [line["message"] for line in found] == [activity, activity]
    assert [line["name"] for line in found] == ["Opened by Anna · 2026-10-12 08:00", "By Tom"]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("recorder_excludes", [{"entity_globs": ["event.*"]}])
async def test_what_is_not_to_be_recorded(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Who excludes the entity from the recorder does not want its words there either."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock", at=EIGHT)
    await read_again(hass, freezer)
    assert state_of(hass, "event", LOCK_1_ID, "activity").attributes["text"] == "Opened by Anna"
    assert await lines(hass, hass_ws_client) == []
