"""The activity of a lock: one event for each line of its audit, in order and each once."""

import asyncio
from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import count
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED, EVENT_STATE_CHANGED, Platform
from homeassistant.core import CoreState, Event, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.reading.audit import EVENT_TYPES
from tests.codes import device_id, make
from tests.conftest import settle
from tests.helpers import (
    WRITTEN,
    asked,
    assert_shape,
    async_capture_events,
    async_fire_time_changed,
    entity_id,
    pass_time,
    read_again,
    restart,
    state_of,
    value,
)
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator
from tests.simulator.locks import audit_record

type Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def told(hass: HomeAssistant) -> Told:
    """Return a function that returns the first lock's events from now on, in order."""
    changes: list[Event[Any]] = async_capture_events(hass, EVENT_STATE_CHANGED)

    def events() -> list[dict[str, Any]]:
        found = []
        for change in changes:
            old, new = change.data["old_state"], change.data["new_state"]
            if not new or new.entity_id != "event.front_door_activity":
                continue
            if new.state in ("unknown", "unavailable") or "event_type" not in new.attributes:
                continue
            # An entity that only becomes available again shows its last event, with the same time.
            if not old or old.state != new.state:
                found.append({"at": new.state, **new.attributes})
        seen: dict[str, dict[str, Any]] = {}
        return [seen.setdefault(one["at"], one) for one in found if one["at"] not in seen]

    return events


def texts(told: Told) -> list[str]:
    """Return the texts of the fired events."""
    return [event["text"] for event in told()]


async def test_shape(hass: HomeAssistant, sim: Simulator, snapshot: SnapshotAssertion) -> None:
    """The event entities of an account with two locks."""
    await assert_shape(hass, sim, snapshot, Platform.EVENT)


@pytest.mark.usefixtures("entry")
async def test_the_first_read(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, told: Told
) -> None:
    """Entries from before the first read are not fired, however often they are read."""
    await read_again(hass, freezer, 3)
    assert value(hass, "event", LOCK_1_ID, "activity") == "unknown"
    assert not told()


@pytest.mark.usefixtures("entry")
async def test_one_entry(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An event has the entry's id, its time by the lock's clock, its type and its text."""
    lock = sim.world.lock(LOCK_2_ID)
    at = datetime(2026, 10, 12, 9, 12, 3, tzinfo=UTC)
    added = lock.add_audit("Opened with code 482913", entry_type="NetCode 12345", at=at)
    await read_again(hass, freezer)
    attributes = state_of(hass, "event", LOCK_2_ID, "activity").attributes
    assert attributes["event_types"] == list(EVENT_TYPES)
    assert attributes["event_type"] == "opened"
    assert attributes["entry_id"] == added.id
    assert attributes["time"] == "2026-10-12T11:12:03+02:00"
    assert attributes["entry_type"] == "NetCode ****"
    assert attributes["text"] == "Opened with code ****"
    assert value(hass, "event", LOCK_1_ID, "activity") == "unknown"


async def test_who_used_a_code(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """An event tells for whom the code in its words was made, and never the code."""
    anna = await make(hass, entry, LOCK_1_ID, name="Anna", duration={"hours": 2})
    other = await make(hass, entry, LOCK_2_ID, name="Tom", duration={"hours": 2})
    lock = sim.world.lock(LOCK_1_ID)
    for code in (anna["netcode"], other["netcode"], "no code"):
        lock.add_audit(f"Opened with {code}", entry_type="Unlock")
    yesterday = dt_util.utcnow() - timedelta(days=1)
    lock.add_audit(f"Opened with {anna['netcode']}", entry_type="Unlock", at=yesterday)
    await read_again(hass, freezer)
    assert [event.get("name", "nobody") for event in told()] == [
        "nobody", "Anna", "nobody", "nobody",
    ]  # fmt: skip
    assert anna["netcode"] not in json.dumps(told())
    assert texts(told)[1] == "Opened with ****"


@pytest.mark.parametrize(("hours", "name"), [(2, "Anna"), (4, None)])
async def test_who_used_a_code_that_is_over(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
    hours: int,
    name: str | None,
) -> None:
    """News may come late: within an hour of a code's end it is still known."""
    anna = await make(hass, entry, LOCK_1_ID, name="Anna", duration={"hours": 1})
    opened_at = dt_util.utcnow()
    await pass_time(hass, freezer, timedelta(hours=hours) - timedelta(minutes=30))
    sim.world.lock(LOCK_1_ID).add_audit(f"Code {anna['netcode']}", at=opened_at)
    await read_again(hass, freezer)
    (event,) = told()
    assert event.get("name") == name
    assert ("name" in event) is bool(name)


@pytest.mark.usefixtures("entry")
async def test_types(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Each entry is fired with its type, in order."""
    lock = sim.world.lock(LOCK_1_ID)
    lines = [
        ("Unlock", "Opened by Anna", "opened"),
        ("Access denied", "Invalid code", "denied"),
        ("Client", "Client suspended: a@example.com", "client"),
        ("Settings changed", "Auto-lock", "settings"),
        ("Battery", "Battery low", "battery"),
        ("Sync", "Lock synchronised", "sync"),
        ("Door", "Ajar", "other"),
    ]
    for number, (kind, text, _) in enumerate(lines):
        at = sim.world.now() + timedelta(seconds=number)
        lock.add_audit(text, entry_type=kind, at=at)
    await read_again(hass, freezer)
    assert [(event["text"], event["event_type"]) for event in told()] == [
        (text, event_type) for _, text, event_type in lines
    ]
    assert {event_type for _, _, event_type in lines} == set(EVENT_TYPES)


@pytest.mark.usefixtures("entry")
async def test_each_once(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Over many reads each entry is fired once, even if a phone uploads it late."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("first")
    await read_again(hass, freezer, 2)
    lock.add_audit("late", at=sim.world.now() - timedelta(days=3), pending=True)
    lock.add_audit("second")
    await read_again(hass, freezer, 2)
    lock.sync()
    await read_again(hass, freezer, 2)
    assert texts(told) == ["first", "second", "late"]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("count", [49, 50, 51, 130])
async def test_more_than_a_page(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
    count: int,
) -> None:
    """Nothing is skipped if more than a page is new, and no page is read in vain."""
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(count):
        lock.add_audit(f"number {number}")
    sim.clear_calls()
    await read_again(hass, freezer)
    assert texts(told) == [f"number {number}" for number in range(count)]
    assert asked(sim).count(f"k3connect/{LOCK_1_ID}/audit") == count // 50 + 1


@pytest.mark.usefixtures("entry")
async def test_short_pages(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Nothing is skipped if the cloud's pages are shorter than requested."""
    sim.world.flags.max_per_page = 10
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(35):
        lock.add_audit(f"number {number}")
    await read_again(hass, freezer)
    assert texts(told) == [f"number {number}" for number in range(35)]


@pytest.mark.usefixtures("entry")
async def test_a_page_that_repeats(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """A cloud that always returns the same page costs two calls, not the month's."""
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(50):
        lock.add_audit(f"number {number}")
    page = json.dumps([audit_record(lock, one) for one in lock.audit[:-51:-1]])
    sim.faults.add(Fault(kind="status", status=200, path=f"*/{LOCK_1_ID}/audit", body=page))
    sim.clear_calls()
    await read_again(hass, freezer)
    assert asked(sim).count(f"k3connect/{LOCK_1_ID}/audit") == 2
    assert len(texts(told)) == 50

    sim.faults.clear()
    lock.add_audit("afterwards")
    await read_again(hass, freezer, 2)
    assert texts(told) == [*(f"number {number}" for number in range(50)), "afterwards"]


@pytest.mark.usefixtures("entry")
async def test_a_page_without_its_list(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """An answer with a single entry outside a list fails, so that the others are not skipped."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("first")
    lock.add_audit("second")
    path = f"*/{LOCK_1_ID}/audit"
    sim.faults.add(Fault(kind="wrong_shape", path=path, count=1))
    await read_again(hass, freezer)
    assert not told()
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    await read_again(hass, freezer)
    assert texts(told) == ["first", "second"]


@pytest.mark.usefixtures("entry")
async def test_more_pages_than_are_read(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A month's calls are not spent on one lock: forty pages are read, and a warning says so."""
    sim.world.flags.max_per_page = 1
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(45):
        lock.add_audit(f"entry {number}")
    await read_again(hass, freezer)
    assert texts(told) == [f"entry {number}" for number in range(5, 45)]
    assert "only the latest 40 of the new entries are told" in caplog.text


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize("count", [60, 2100])
async def test_all_in_one_page(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
    caplog: pytest.LogCaptureFixture,
    count: int,
) -> None:
    """A page that is too long is used, in one call, up to the same limit as pages."""
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(count):
        lock.add_audit(f"number {number:x}")
    page = json.dumps([audit_record(lock, one) for one in lock.audit[::-1]])
    sim.faults.add(Fault(kind="status", status=200, path=f"*/{LOCK_1_ID}/audit", body=page))
    sim.clear_calls()
    await read_again(hass, freezer, 2)
    assert texts(told) == [f"number {number:x}" for number in range(max(0, count - 2000), count)]
    assert asked(sim).count(f"k3connect/{LOCK_1_ID}/audit") == 2
    assert caplog.text.count("only the latest 2000 of the new entries are told") == (count > 2000)


@pytest.mark.usefixtures("entry")
async def test_a_failure_between_pages(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """If a later page fails, the next read fires everything, in order and once."""
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(60):
        lock.add_audit(f"number {number}")
    path = f"*/{LOCK_1_ID}/audit"
    first_page = sim.faults.add(Fault(kind="hang", path=path, count=1))

    async def fail_the_second() -> None:
        await first_page.met.wait()
        sim.faults.add(Fault(kind="status", status=500, path=path, count=1))
        first_page.cleared.set()

    failing = asyncio.create_task(fail_the_second())
    await read_again(hass, freezer)
    await failing
    assert not told()
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    await read_again(hass, freezer)
    assert texts(told) == [f"number {number}" for number in range(60)]


async def test_restart(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """After a restart, only entries that arrived meanwhile are fired."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("before")
    await read_again(hass, freezer)

    async def meanwhile() -> None:
        lock.add_audit("meanwhile")
        freezer.tick(timedelta(days=2))

    await restart(hass, freezer, entry, meanwhile)
    await read_again(hass, freezer)
    assert texts(told) == ["before", "meanwhile"]


async def test_crash(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    told: Told,
) -> None:
    """After a crash an entry may come again, with the same id; none is lost."""
    await read_again(hass, freezer)
    await restart(hass, freezer, entry)
    name = f"{DOMAIN}.{entry.entry_id}"
    before = deepcopy(hass_storage[name])
    sim.world.lock(LOCK_1_ID).add_audit("told before the crash")
    await read_again(hass, freezer)

    async def crash() -> None:
        hass_storage[name] = before
        sim.world.lock(LOCK_1_ID).add_audit("after")

    await restart(hass, freezer, entry, crash)
    await read_again(hass, freezer)
    assert texts(told) == ["told before the crash", "told before the crash", "after"]
    first, again, _ = told()
    assert first["entry_id"] == again["entry_id"]


async def crash(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
    files: dict[str, Any],
    left: dict[str, Any],
) -> None:
    """Crash, and start with the files that were left."""

    async def restore() -> None:
        for name in [name for name in files if name.startswith(DOMAIN)]:
            del files[name]
        files.update(left)

    await restart(hass, freezer, entry, restore)


def written(files: dict[str, Any]) -> dict[str, Any]:
    """Return our files as they are now."""
    return deepcopy({name: file for name, file in files.items() if name.startswith(DOMAIN)})


async def test_crash_after_writing(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    told: Told,
) -> None:
    """Entries that were fired and written as such are not fired again after a crash."""
    sim.world.lock(LOCK_1_ID).add_audit("news")
    await read_again(hass, freezer)
    await pass_time(hass, freezer, WRITTEN)
    await crash(hass, freezer, entry, hass_storage, written(hass_storage))
    await read_again(hass, freezer)
    assert texts(told) == ["news"]


async def test_crash_after_telling_what_waited(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    told: Told,
) -> None:
    """Entries that waited in the file and were fired, but not written as such, are fired again."""
    device = device_id(hass, entry, LOCK_1_ID)
    hiccup = sim.faults.add(Fault(kind="status", status=200, path="*/k3connect", body="[]"))
    await read_again(hass, freezer)
    sim.world.lock(LOCK_1_ID).add_audit("waited")
    await hass.services.async_call(
        DOMAIN, "get_audit", {"device_id": device}, blocking=True, return_response=True
    )
    await pass_time(hass, freezer, WRITTEN)
    left = written(hass_storage)
    assert not told()
    hiccup.count = 0
    await read_again(hass, freezer)
    assert texts(told) == ["waited"]
    await crash(hass, freezer, entry, hass_storage, left)
    await read_again(hass, freezer, 2)
    first, again = told()
    assert first["entry_id"] == again["entry_id"]


@pytest.mark.parametrize("state", [CoreState.running, CoreState.starting])
async def test_what_waited_is_fired_after_a_reload(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
    state: CoreState,
) -> None:
    """Each of the entries that a user read while the account was cut off, once it is not."""
    device = device_id(hass, entry, LOCK_1_ID)
    sim.faults.add(Fault(kind="status", status=403, path="*/k3connect", count=1))
    await read_again(hass, freezer)
    for number in range(3):
        sim.world.lock(LOCK_1_ID).add_audit(f"waited {number}")
    await hass.services.async_call(
        DOMAIN, "get_audit", {"device_id": device}, blocking=True, return_response=True
    )
    assert not told()
    (flow,) = hass.config_entries.flow.async_progress()
    hass.set_state(state)
    same = {key: entry.data[key] for key in ("api_key", "access_key")}
    await hass.config_entries.flow.async_configure(flow["flow_id"], same)
    await settle(hass)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await settle(hass)
    assert texts(told) == [f"waited {number}" for number in range(3)]
    await read_again(hass, freezer, 2)
    assert len(told()) == 3


async def test_crash_between_pages(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    told: Told,
) -> None:
    """After a crash between two pages, everything is fired, in order and once."""
    await pass_time(hass, freezer, WRITTEN)
    left = written(hass_storage)
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(60):
        lock.add_audit(f"number {number}")
    path = f"*/{LOCK_1_ID}/audit"
    first_page = sim.faults.add(Fault(kind="hang", path=path, count=1))
    freezer.tick(timedelta(hours=12))
    async_fire_time_changed(hass)
    await first_page.met.wait()
    second_page = sim.faults.add(Fault(kind="hang", path=path))
    first_page.cleared.set()
    await second_page.met.wait()
    assert await hass.config_entries.async_unload(entry.entry_id)
    sim.faults.clear()
    await settle(hass)
    hass_storage.update(left)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await read_again(hass, freezer)
    assert texts(told) == [f"number {number}" for number in range(60)]


@pytest.mark.parametrize("body", ["[]", "null", "false"])
async def test_an_empty_page_between_pages(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
    body: str,
) -> None:
    """It is the end only when a second reading says so, too: nothing behind it is lost."""
    assert entry
    lock = sim.world.lock(LOCK_1_ID)
    for number in range(160):
        lock.add_audit(f"number {number}")
    sim.clear_calls()
    path = f"*/{LOCK_1_ID}/audit"
    first_page = sim.faults.add(Fault(kind="hang", path=path, count=1))
    freezer.tick(timedelta(hours=12))
    async_fire_time_changed(hass)
    await first_page.met.wait()
    sim.faults.add(Fault(kind="status", status=200, body=body, path=path, count=1))
    first_page.cleared.set()
    await settle(hass)
    assert texts(told) == [f"number {number}" for number in range(160)]
    assert pages(sim) == ["1", "2", "2", "3", "4"]


def pages(sim: Simulator) -> list[str]:
    """Return which pages of the first lock's audit were asked for."""
    return [call.query["page"] for call in sim.calls if call.path.endswith(f"{LOCK_1_ID}/audit")]


async def test_an_audit_that_ends_before_what_was_told(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Where the cloud forgot the old entries, two readings find the end, and the news is told."""
    assert entry
    lock = sim.world.lock(LOCK_1_ID)
    lock.audit.clear()
    for number in range(3):
        lock.add_audit(f"number {number}")
    sim.clear_calls()
    await read_again(hass, freezer)
    assert texts(told) == ["number 0", "number 1", "number 2"]
    assert pages(sim) == ["1", "2", "2"]


@pytest.mark.parametrize("is_hiccup", [True, False])
async def test_a_first_sight_of_nothing(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: Callable[[], Awaitable[CodelocksConfigEntry]],
    freezer: FrozenDateTimeFactory,
    told: Told,
    is_hiccup: bool,  # noqa: FBT001 - of a table
) -> None:
    """What was there before us is no news, also where the first page was empty for a moment."""
    if is_hiccup:
        path = f"*/{LOCK_1_ID}/audit"
        sim.faults.add(Fault(kind="status", status=200, body="null", path=path, count=1))
    else:
        sim.world.lock(LOCK_1_ID).audit.clear()
    await add_account()
    assert pages(sim) == ["1", "1"]
    await read_again(hass, freezer)
    assert not told()
    sim.world.lock(LOCK_1_ID).add_audit("news")
    await read_again(hass, freezer)
    assert texts(told) == ["news"]


async def test_crash_before_the_first_writing(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    told: Told,
) -> None:
    """An account without a file starts again, and fires no history."""
    await crash(hass, freezer, entry, hass_storage, {})
    await read_again(hass, freezer)
    assert not told()
    sim.world.lock(LOCK_1_ID).add_audit("news")
    await read_again(hass, freezer)
    assert texts(told) == ["news"]


async def test_a_users_look_between_pages(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Entries fired by a user's read while polling is between two pages are not fired again."""
    device = device_id(hass, entry, LOCK_1_ID)
    sim.world.lock(LOCK_1_ID).add_audit("news")
    polled = sim.faults.add(Fault(kind="hang", path=f"*/{LOCK_1_ID}/audit", count=1, after=True))
    freezer.tick(timedelta(hours=12))
    async_fire_time_changed(hass)
    await polled.met.wait()
    await hass.services.async_call(
        DOMAIN, "get_audit", {"device_id": device}, blocking=True, return_response=True
    )
    assert texts(told) == ["news"]
    sim.faults.clear()
    await settle(hass)
    await read_again(hass, freezer)
    assert texts(told) == ["news"]


@pytest.mark.parametrize("reloaded", [True, False])
async def test_a_disabled_entity_keeps_no_backlog(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
    reloaded: bool,  # noqa: FBT001 - pytest gives it by its name
) -> None:
    """Entries that arrive while the entity is disabled are not fired when it is enabled."""
    found = entity_id(hass, "event", LOCK_1_ID, "activity")
    assert found
    registry = er.async_get(hass)
    registry.async_update_entity(found, disabled_by=er.RegistryEntryDisabler.USER)
    await settle(hass)
    if reloaded:
        await hass.config_entries.async_reload(entry.entry_id)
    sim.world.lock(LOCK_1_ID).add_audit("while disabled")
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "2026-10-12T09:30:00+00:00"
    registry.async_update_entity(found, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    sim.world.lock(LOCK_1_ID).add_audit("while enabled")
    await read_again(hass, freezer)
    assert texts(told) == ["while enabled"]


async def test_news_of_a_missing_lock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """News that arrives while the lock is missing from the list waits until it is back."""
    device = device_id(hass, entry, LOCK_1_ID)
    lock = sim.world.lock(LOCK_1_ID)
    hiccup = sim.faults.add(Fault(kind="status", status=200, path="*/k3connect", body="[]"))
    await read_again(hass, freezer)
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    lock.add_audit("while missing")
    answer = await hass.services.async_call(
        DOMAIN, "get_audit", {"device_id": device}, blocking=True, return_response=True
    )
    assert isinstance(answer, dict)
    assert "while missing" in json.dumps(answer)
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    assert not told()

    # Even over a restart.
    await restart(hass, freezer, entry)
    assert not told()
    hiccup.count = 0
    lock.add_audit("when it is back")
    await read_again(hass, freezer)
    assert texts(told) == ["while missing", "when it is back"]


@pytest.mark.usefixtures("entry")
async def test_an_outage(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Entries that arrive during an outage are fired after it, once."""
    await sim.stop()
    for number in range(3):
        sim.world.lock(LOCK_1_ID).add_audit(f"number {number}")
        await read_again(hass, freezer)
    assert not told()
    await sim.start(sim.port)
    await read_again(hass, freezer, 2)
    assert texts(told) == ["number 0", "number 1", "number 2"]


async def test_what_a_user_reads_is_fired(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """News that a user's own read of the audit finds is fired, once."""
    device = device_id(hass, entry, LOCK_1_ID)
    sim.world.lock(LOCK_1_ID).add_audit("news")
    fields = {"device_id": device}
    for order in ("ascending", "descending"):
        await hass.services.async_call(
            DOMAIN, "get_audit", fields | {"order": order}, blocking=True, return_response=True
        )
    assert texts(told) == ["news"]
    await read_again(hass, freezer)
    assert texts(told) == ["news"]


async def test_a_users_short_look_skips_nothing(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """If a user reads only part of the news, nothing is lost."""
    device = device_id(hass, entry, LOCK_1_ID)
    for number in range(5):
        sim.world.lock(LOCK_1_ID).add_audit(f"number {number}")
    await hass.services.async_call(
        DOMAIN,
        "get_audit",
        {"device_id": device, "limit": 2},
        blocking=True,
        return_response=True,
    )
    await read_again(hass, freezer)
    assert texts(told) == [f"number {number}" for number in range(5)]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("field", "strange", "shown"),
    [
        ("EntryText", None, {"text": None, "event_type": "opened"}),
        ("EntryText", ["x"], {"text": None}),
        ("EntryType", 5, {"entry_type": "5"}),
        ("DateEntered", "soon", {"time": None, "text": "strange"}),
        ("DateEntered", None, {"time": None}),
        ("DateEntered", "2026-10-12T09:00:00Z", {"time": "2026-10-12T09:00:00+00:00"}),
        ("AuditEntryID", None, {"entry_id": None, "text": "strange"}),
        ("AuditEntryID", "7000", {"entry_id": 7000}),
    ],
)
async def test_strange_entries(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
    field: str,
    strange: Any,
    shown: dict[str, Any],
) -> None:
    """An entry with a strange field is still fired, once."""
    lock = sim.world.lock(LOCK_1_ID)
    record = {**audit_record(lock, lock.add_audit("strange")), field: strange}
    old = [audit_record(lock, one) for one in lock.audit[-2::-1]]
    body = json.dumps([record, "nonsense", *old])
    sim.faults.add(Fault(kind="status", status=200, path=f"*/{LOCK_1_ID}/audit", body=body))
    await read_again(hass, freezer, 2)
    (event,) = told()
    assert shown.items() <= event.items()


@pytest.mark.usefixtures("entry")
async def test_ids_that_start_again(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """If the cloud renumbers its entries, new ones are still fired."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.audit.clear()
    await read_again(hass, freezer)
    body = json.dumps([audit_record(lock, lock.add_audit("new age")) | {"AuditEntryID": 1}])
    sim.faults.add(Fault(kind="status", status=200, path=f"*/{LOCK_1_ID}/audit", body=body))
    await read_again(hass, freezer, 2)
    assert texts(told) == ["new age"]


@pytest.mark.usefixtures("entry")
async def test_ids_that_start_again_over_pages(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """Even if more than a page is new since then."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.audit.clear()
    lock.next_id = count(1).__next__
    for number in range(70):
        lock.add_audit(f"number {number}")
    await read_again(hass, freezer, 2)
    assert texts(told) == [f"number {number}" for number in range(70)]


@pytest.mark.usefixtures("entry")
async def test_an_answer_without_ids(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """If the cloud leaves out the ids, or renames them, only news is fired."""
    lock = sim.world.lock(LOCK_1_ID)
    path = f"*/{LOCK_1_ID}/audit"
    sim.faults.add(Fault(kind="missing_key", field="AuditEntryID", path=path, count=1))
    lock.add_audit("first")
    await read_again(hass, freezer)
    lock.add_audit("second")
    await read_again(hass, freezer, 2)
    assert texts(told) == ["first", "second"]


@pytest.mark.usefixtures("entry")
async def test_the_hour_that_comes_twice(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    told: Told,
) -> None:
    """When the clocks go back, so do the times of a lock: then entries are in the order of ids."""
    freezer.move_to(datetime(2026, 10, 25, 4, tzinfo=UTC))
    lock = sim.world.lock(LOCK_1_ID)
    for hour, minute in (
        (23, 50),
        (0, 50),
        (1, 10),
        (1, 55),
        (2, 5),
    ):  # UTC, so London's 1:50, 1:10
        day = 24 if hour == 23 else 25
        at = datetime(2026, 10, day, hour, minute, tzinfo=UTC)
        lock.add_audit(f"at {hour}:{minute:02}", at=at)
    await read_again(hass, freezer)
    assert texts(told) == ["at 23:50", "at 0:50", "at 1:10", "at 1:55", "at 2:05"]


# Automations


@pytest.fixture
async def heard(hass: HomeAssistant) -> list[str]:
    """Add an automation with the platform's own trigger, and return what triggers it."""
    said: list[str] = []
    hass.services.async_register("test", "say", lambda call: said.append(call.data["text"]))
    automation = {
        "triggers": {
            "trigger": "event.received",
            "target": {"entity_id": "event.front_door_activity"},
            "options": {"event_type": ["opened"]},
        },
        "actions": {
            "action": "test.say",
            "data": {"text": "{{ trigger.to_state.attributes.text }}"},
        },
        "mode": "queued",
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    return said


@pytest.mark.usefixtures("entry")
async def test_automations_hear_each(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    heard: list[str],
) -> None:
    """Even the first ever, and the first after an outage."""
    lock = sim.world.lock(LOCK_1_ID)
    for text in ("Opened by Anna", "Opened by Tom"):
        lock.add_audit(text, entry_type="Unlock")
    await read_again(hass, freezer)
    assert heard == ["Opened by Anna", "Opened by Tom"]

    down = sim.faults.add(Fault(kind="status", status=404, path=f"*/{LOCK_1_ID}/audit"))
    await read_again(hass, freezer)
    assert value(hass, "event", LOCK_1_ID, "activity") == "unavailable"
    lock.add_audit("Opened by Vera", entry_type="Unlock")
    sim.faults.clear(down)
    await read_again(hass, freezer)
    assert heard == ["Opened by Anna", "Opened by Tom", "Opened by Vera"]


async def test_automations_hear_what_came_while_home_assistant_was_off(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    heard: list[str],
) -> None:
    """Nothing is read or fired before automations listen."""
    await hass.config_entries.async_unload(entry.entry_id)
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock")
    freezer.tick(timedelta(days=1))
    sim.clear_calls()
    hass.set_state(CoreState.not_running)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert not sim.calls
    await hass.async_start()
    await read_again(hass, freezer)
    assert heard == ["Opened by Anna"]
