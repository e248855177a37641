"""What an open page is told, when, and what it is never told."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import json
import sys
from typing import Any
from uuid import uuid4

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.netcode.ledger import Issued, Ledger
from tests.codes import (
    KITLOCK,
    act,
    add_kitlock,
    change_kitlock,
    device_id,
    make,
    set_options,
    use_up,
)
from tests.conftest import AddAccount, settle
from tests.helpers import add_user, entity_id, pass_time, read_again, value
from tests.page.watching import SECOND, Page, connect, in_a_second, open_page
from tests.simulator import (
    ACCESS_KEY,
    API_KEY,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
)
from tests.test_permission import CONTROLS, WHO, person


@pytest.fixture
async def page(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,  # noqa: ARG001 - it has to be there
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> Page:
    """Open the page as an administrator; it is told the next change at once."""
    opened = await open_page(hass, hass_ws_client)
    assert not await in_a_second(hass, freezer, opened)
    return opened


def rename(hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str, name: str) -> None:
    """Rename the device of a lock."""
    dr.async_get(hass).async_update_device(device_id(hass, entry, owner), name_by_user=name)


# What is told


async def test_locks(
    hass: HomeAssistant, entry: CodelocksConfigEntry, page: Page, sim: Simulator
) -> None:
    """What was read of a K3 lock; nothing is read for the page."""
    sim.clear_calls()
    row = page.lock("Front door")
    assert row["device_id"] == device_id(hass, entry, LOCK_1_ID)
    assert (row["kind"], row["model"], row["digits"]) == ("k3", "CL5510", 6)
    assert row["time_zone"] == "Europe/London"
    assert row["battery_low"] is False
    assert row["last_type"] == "opened"
    assert row["last_text"] == "Opened by Anna Berger (phone)"
    assert row["entities"]["netcodes"] == "calendar.front_door_netcodes"
    assert row["read_at"] == "2026-10-12T10:30:00+01:00"
    assert row["next_read_at"] > row["read_at"]
    assert row["read_calls"] == 3
    assert {client["email"]: client["state"] for client in row["clients"]} == {
        GUEST_EMAIL.lower(): "on",
        SUSPENDED_EMAIL.lower(): "suspended",
        INVITED_EMAIL.lower(): "invited",
    }
    assert page.lock("Garden studio")["time_zone"] == "Europe/Berlin"
    assert not sim.calls


async def test_kitlock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What the user said of a KitLock, and that its clock is lost."""
    shed = await add_kitlock(hass, entry, clock="Europe/Paris")
    page = await open_page(hass, hass_ws_client)
    row = page.lock("Bike shed")
    assert (row["kind"], row["model"], row["digits"]) == ("kitlock", "KL1060C2", 7)
    assert (row["time_zone"], row["keypad"]["clock_offset"]) == ("Europe/Paris", 60)
    assert (row["clients"], row["read_calls"], row["clock_problem"]) == ([], 0, None)
    await change_kitlock(hass, entry, shed, clock="Europe/Paris", clock_lost=True)
    await in_a_second(hass, freezer, page)
    assert page.lock("Bike shed")["clock_problem"] == "lost"


async def test_not_followed(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What is not followed is not known, and an entity that is turned off is not named."""
    await set_options(hass, entry, track_activity=False)
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    assert calendar
    er.async_get(hass).async_update_entity(calendar, disabled_by=er.RegistryEntryDisabler.USER)
    page = await open_page(hass, hass_ws_client)
    row = page.lock("Front door")
    assert row["entities"] == {"activity": None, "netcodes": None, "battery": None}
    assert (row["last_activity"], row["read_calls"]) == (None, 2)
    assert row["clients"]
    await set_options(hass, entry, track_clients=False)
    await in_a_second(hass, freezer, page)
    row = page.lock("Front door")
    assert (row["clients"], row["read_at"], row["next_read_at"], row["read_calls"]) == (
        None,
        None,
        None,
        1,
    )


async def test_codes(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Codes by start, over ones included, with what should be known of them."""
    shed = await add_kitlock(hass, entry)
    await change_kitlock(hass, entry, shed, clock_lost=True)
    later = {"start": "2026-10-12 15:00:00", "end": "2026-10-12 17:00:00"}
    await make(hass, entry, LOCK_1_ID, name="Later", **later)
    await make(hass, entry, LOCK_1_ID, name="Anna", reference="B1")
    freezer.tick(SECOND)
    await make(hass, entry, LOCK_1_ID, name="Ben")
    await make(hass, entry, shed, name="Cara", start="2026-10-12 12:00:00")
    page = await open_page(hass, hass_ws_client)
    assert page.names("codes") == ["Anna", "Ben", "Cara", "Later"]
    assert page.names("codes", "state") == ["active", "active", "planned", "planned"]
    anna, ben, cara, _ = page.shown["codes"]
    assert (anna["shared_with"], ben["shared_with"]) == (["Ben"], ["Anna"])
    assert (anna["reference"], anna["warning_keys"]) == ("B1", ["shared_code"])
    assert cara["warning_keys"] == ["clock_is_lost"]
    assert len(cara["warnings"]) == 1
    assert cara["lock_name"] == "Bike shed"
    freezer.move_to("2026-10-12T14:30:00+01:00")
    await make(hass, entry, LOCK_2_ID, name="Dan")
    await in_a_second(hass, freezer, page)
    assert page.names("codes") == ["Anna", "Ben", "Cara", "Dan", "Later"]
    # A code of an hour that began at 12 is over, and what is told is right at that moment.
    states = ["expired", "expired", "expired", "active", "planned"]
    assert page.names("codes", "state") == states


async def test_calls(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, page: Page
) -> None:
    """Both pools of the account."""
    [account] = page.shown["accounts"]
    used = len(sim.calls)
    assert account["netcode"] == {"left": 100, "quota": 100, "forecast": 0, "reserve": 0}
    assert account["utility"]["left"] == 1000 - used
    assert account["utility"]["reserve"] == 200
    assert account["utility"]["forecast"] > used
    assert (account["state"], account["may_issue"]) == ("ok", True)
    assert account["resets_at"] == "2026-11-01T00:00:00+00:00"
    assert account["next_list_at"] > "2026-10-12T10:30"
    await use_up(hass, entry, 500)
    [event] = await page.news()
    assert event.keys() == {"accounts"}
    assert event["accounts"][0]["utility"]["left"] == 500


# Each change, by where it comes from

type Change = Callable[[HomeAssistant, CodelocksConfigEntry], Any]


def _name_area(hass: HomeAssistant, _: CodelocksConfigEntry) -> None:
    areas = ar.async_get(hass)
    areas.async_update(areas.async_get_or_create("Hall").id, name="Big hall")


def _turn_off_calendar(hass: HomeAssistant, _: CodelocksConfigEntry) -> None:
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    assert calendar
    er.async_get(hass).async_update_entity(calendar, disabled_by=er.RegistryEntryDisabler.USER)


async def _change_language(hass: HomeAssistant, _: CodelocksConfigEntry) -> None:
    await hass.config.async_update(language="de")


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "a code": (lambda hass, entry: make(hass, entry, LOCK_1_ID), {"accounts", "codes"}),
    "a name": (lambda hass, entry: rename(hass, entry, LOCK_1_ID, "Gate"), {"locks"}),
    "an area's name": (_name_area, {"locks"}),
    "an entity": (_turn_off_calendar, {"locks"}),
    "a client": (
        lambda hass, entry: act(
            hass,
            "suspend_client",
            device_id=[device_id(hass, entry, LOCK_1_ID)],
            email=GUEST_EMAIL,
        ),
        {"accounts", "locks"},
    ),
    "an option": (lambda hass, entry: set_options(hass, entry, reserve_percent=50), {"accounts"}),
    "a KitLock": (add_kitlock, {"locks"}),
    "a language, without warnings to tell": (_change_language, set()),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_change(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
    what: str,
) -> None:
    """Only the keys that changed are told, each whole."""
    hall = ar.async_get(hass).async_get_or_create("Hall")
    dr.async_get(hass).async_update_device(device_id(hass, entry, LOCK_1_ID), area_id=hall.id)
    page = await open_page(hass, hass_ws_client)
    assert not await in_a_second(hass, freezer, page)
    change, keys = CHANGES[what]
    if asyncio.iscoroutine(doing := change(hass, entry)):
        await doing
    told = [*await page.news(), *await in_a_second(hass, freezer, page)]
    assert {key for event in told for key in event} >= keys
    # What was read or planned meanwhile may come with it.
    assert {key for event in told for key in event} <= keys | {"accounts", "locks"}
    if not keys:
        assert not told


async def test_news(
    hass: HomeAssistant,
    sim: Simulator,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What happened at a lock, codes masked."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened with code 123456", entry_type="Unlock", at=dt_util.utcnow())
    await read_again(hass, freezer)
    await in_a_second(hass, freezer, page)
    row = page.lock("Front door")
    assert row["last_text"] == "Opened with code ****"
    assert row["last_activity"] == "2026-10-12T10:30:01+01:00"
    assert row["read_at"] > "2026-10-12T10:40"
    assert "123456" not in json.dumps(page.told)


async def test_for_whom(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The name is the one that the event of the same entry says."""
    row = page.lock("Front door")
    activity = row["entities"]["activity"]
    newest = entry.runtime_data.activity[LOCK_1_ID].data.newest
    assert newest
    assert newest.entry_id
    said = {"time": "2026-10-12T09:30:00+01:00", "name": "Plumber"}
    for number, (entry_id, name) in enumerate(
        [(newest.entry_id, "Plumber"), (newest.entry_id + 1, None)]
    ):
        hass.states.async_set(activity, "2026-10-12T08:30:00", {**said, "entry_id": entry_id})
        area = ar.async_get(hass).async_create(f"Area {number}")
        front = device_id(hass, entry, LOCK_1_ID)
        dr.async_get(hass).async_update_device(front, area_id=area.id)
        await in_a_second(hass, freezer, page)
        assert page.lock("Front door")["area"] == f"Area {number}"
        assert page.lock("Front door")["last_name"] == name


async def test_keys_refused(
    hass: HomeAssistant,
    sim: Simulator,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An account whose keys are refused says so, until they are right again."""
    fault = Fault(kind="status", status=403, body='{"message":"Forbidden"}')
    sim.faults.add(fault)
    await read_again(hass, freezer)
    await in_a_second(hass, freezer, page)
    assert page.names("accounts", "state") == ["keys_refused"]
    assert page.names("locks") == ["Front door", "Garden studio"]
    sim.faults.clear()
    [flow] = hass.config_entries.flow.async_progress()
    await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"api_key": API_KEY, "access_key": ACCESS_KEY}
    )
    await settle(hass)
    await in_a_second(hass, freezer, page)
    assert page.names("accounts", "state") == ["ok"]


async def test_month_turns(
    hass: HomeAssistant,
    add_account: AddAccount,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The count begins anew at midnight UTC, though nothing else happens."""
    entry = await add_account(access_key="")
    await make(hass, entry, await add_kitlock(hass, entry))
    page = await open_page(hass, hass_ws_client)
    assert page.shown["accounts"][0]["netcode"]["left"] == 99
    freezer.move_to("2026-11-01T00:00:00+00:00")
    await pass_time(hass, freezer, SECOND)
    await page.news()
    [account] = page.shown["accounts"]
    assert account["netcode"]["left"] == 100
    assert account["resets_at"] == "2026-12-01T00:00:00+00:00"


# When it is told


async def test_coalesced(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A change is told at once, further ones together after a second."""
    for number in range(60):
        rename(hass, entry, LOCK_1_ID, f"Gate {number}")
        told = await page.news()
        assert len(told) == (number == 0), number
    [event] = await in_a_second(hass, freezer, page)
    assert event.keys() == {"locks"}
    assert page.lock("Gate 59")
    assert not await in_a_second(hass, freezer, page)
    # Spread over six seconds they are at most seven messages.
    before = len(page.told)
    for number in range(60):
        rename(hass, entry, LOCK_1_ID, f"Door {number}")
        await pass_time(hass, freezer, SECOND / 10)
    await in_a_second(hass, freezer, page)
    assert 6 <= len(page.told) - before <= 7
    assert page.lock("Door 59")


async def test_each_page_for_itself(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    page: Page,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Another one that opens has its snapshot at once, whatever the first was told just before."""
    rename(hass, entry, LOCK_1_ID, "Gate")
    assert len(await page.news()) == 1
    rename(hass, entry, LOCK_1_ID, "Big gate")
    other = await open_page(hass, hass_ws_client)
    assert other.lock("Big gate")
    assert not await page.news()
    await in_a_second(hass, freezer, page)
    assert page.lock("Big gate")
    await other.client.close()
    rename(hass, entry, LOCK_1_ID, "Gate")
    await pass_time(hass, freezer, SECOND)
    await page.news()
    assert page.lock("Gate")


async def test_idle(
    hass: HomeAssistant,
    add_account: AddAccount,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Without changes there is no message and no timer but one for midnight."""
    entry = await add_account(access_key="")
    shed = await add_kitlock(hass, entry)
    await make(hass, entry, shed, start="2026-10-12 12:00:00")
    freezer.move_to("2026-10-12T11:59:50+01:00")
    quiet = timers(hass)
    listeners = listening(hass)
    page = await open_page(hass, hass_ws_client)
    assert not await in_a_second(hass, freezer, page)
    assert timers(hass) - quiet <= {"2026-10-13T00:00"}
    # That a code begins the page knows by itself.
    await pass_time(hass, freezer, timedelta(seconds=20))
    assert value(hass, "sensor", shed, "active_netcodes") == "1"
    assert not await page.news()
    await page.client.send_json_auto_id(
        {"type": "unsubscribe_events", "subscription": page.subscription}
    )
    assert (await page.client.receive_json())["success"]
    rename(hass, entry, shed, "Shed")
    assert not await page.news()
    assert listening(hass) == listeners
    await page.client.close()


def listening(hass: HomeAssistant) -> dict[str, int]:
    """Return how many listen to each event of the registries, the users and the settings."""
    listeners = hass.bus.async_listeners()
    return {str(one): count for one, count in listeners.items() if str(one).endswith("_updated")}


def timers(hass: HomeAssistant) -> set[str]:
    """Return when timers of today and tomorrow are due, to the minute."""
    now, wall = hass.loop.time(), dt_util.utcnow()
    due = (wall + timedelta(seconds=one.when() - now) for one in _scheduled(hass))
    return {f"{at:%Y-%m-%dT%H:%M}" for at in due}


def _scheduled(hass: HomeAssistant) -> list[asyncio.TimerHandle]:
    handles = get_scheduled_timer_handles(hass.loop)
    return [one for one in handles if not one.cancelled() and "codelocks" in repr(one)]


# Accounts that come and go


async def test_reload(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A reload takes nothing away, not even for a moment."""
    await make(hass, entry, LOCK_1_ID, name="Anna")
    await in_a_second(hass, freezer, page)
    before = len(page.told)
    for _ in range(3):
        await hass.config_entries.async_reload(entry.entry_id)
        await pass_time(hass, freezer, SECOND / 2)
    await in_a_second(hass, freezer, page)
    for event in page.told[before:]:
        assert [row["state"] for row in event.get("accounts", [])] in ([], ["ok"])
        assert [row["name"] for row in event.get("codes", [])] in ([], ["Anna"])
        assert len(event.get("locks", [])) in (0, 2)
    # It listens to what is there now.
    await make(hass, entry, LOCK_1_ID, name="Ben")
    await page.news()
    await in_a_second(hass, freezer, page)
    assert page.names("codes") == ["Anna", "Ben"]


async def test_turned_off_and_removed(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An account that is off keeps its locks and codes; one that is removed does not."""
    made = await make(hass, entry, LOCK_1_ID, name="Anna")
    await in_a_second(hass, freezer, page)
    before = page.lock("Front door")
    await hass.config_entries.async_set_disabled_by(entry.entry_id, ConfigEntryDisabler.USER)
    await settle(hass)
    await in_a_second(hass, freezer, page)
    [account] = page.shown["accounts"]
    assert (account["state"], account["next_list_at"]) == ("not_loaded", None)
    assert account["netcode"]["left"] == 99
    planned = {"next_read_at": None}
    off = planned | {"entities": {"activity": None, "netcodes": None, "battery": None}}
    assert page.lock("Front door") == before | off
    assert page.names("codes") == ["Anna"]
    refused = await page.ask("codelocks/reveal", netcode_id=made["id"])
    assert refused["error"]["translation_key"] == "netcode_unknown"
    await hass.config_entries.async_set_disabled_by(entry.entry_id, None)
    await settle(hass)
    await in_a_second(hass, freezer, page)
    assert page.names("accounts", "state") == ["ok"]
    assert page.lock("Front door") | planned == before | planned
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)
    await in_a_second(hass, freezer, page)
    assert page.shown == {"accounts": [], "locks": [], "codes": [], "orders": []}


async def test_never_loaded(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An account that could not be set up has the locks that Home Assistant knows."""
    await add_kitlock(hass, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    page = await open_page(hass, hass_ws_client)
    assert page.names("accounts", "state") == ["not_loaded"]
    assert page.names("locks") == ["Bike shed", "Front door", "Garden studio"]
    assert page.names("locks", "kind") == ["kitlock", "k3", "k3"]
    assert page.names("locks", "clients") == [[], None, None]
    assert page.lock("Front door")["model"] == "CL5510"
    assert not page.shown["codes"]
    assert await hass.config_entries.async_setup(entry.entry_id)
    await in_a_second(hass, freezer, page)
    assert page.names("accounts", "state") == ["ok"]
    assert page.lock("Front door")["clients"]


async def test_locks_come_and_go(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A lock that leaves takes its codes along, and news of one that came is heard."""
    shed = await add_kitlock(hass, entry)
    await make(hass, entry, shed, name="Anna")
    cabin = sim.world.add_lock("Cabin")
    await read_again(hass, freezer)
    await in_a_second(hass, freezer, page)
    assert page.names("locks") == ["Bike shed", "Cabin", "Front door", "Garden studio"]
    assert page.names("codes") == ["Anna"]
    cabin.add_audit("Opened by Host (phone)", entry_type="Unlock", at=dt_util.utcnow())
    hass.config_entries.async_remove_subentry(entry, shed)
    await settle(hass)
    await read_again(hass, freezer)
    await in_a_second(hass, freezer, page)
    assert page.lock("Cabin")["last_text"] == "Opened by Host (phone)"
    assert page.names("locks") == ["Cabin", "Front door", "Garden studio"]
    assert page.names("codes") == []


async def test_disabled_lock(hass: HomeAssistant, entry: CodelocksConfigEntry, page: Page) -> None:
    """A lock whose device a user turned off is not shown."""
    dr.async_get(hass).async_update_device(
        device_id(hass, entry, LOCK_1_ID), disabled_by=dr.DeviceEntryDisabler.USER
    )
    await page.news()
    assert page.names("locks") == ["Garden studio"]


# Who is told what


@pytest.mark.parametrize("option", [False, True], ids=["off", "on"])
@pytest.mark.parametrize("who", [who for who in WHO if who != "automation"])
async def test_permission(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    who: str,
    *,
    option: bool,
) -> None:
    """Locks that they may control; codes and phones only if they may make codes for them."""
    await set_options(hass, entry, users_may_issue=option)
    front = await make(hass, entry, LOCK_1_ID, name="Anna")
    back = await make(hass, entry, LOCK_2_ID, name="Ben")
    user = await person(hass, entry, who)
    page = await open_page(hass, hass_ws_client, user)
    may_issue = who == "administrator" or option
    locks = {"user of this lock": ["Front door"]}.get(who, ["Front door", "Garden studio"])
    if who not in CONTROLS:
        locks = []
    assert page.names("locks") == locks
    assert page.names("accounts", "may_issue") == ([may_issue] if locks else [])
    shown = [name for name, lock in (("Anna", locks), ("Ben", locks[1:])) if lock and may_issue]
    assert sorted(page.names("codes")) == shown
    assert all((row["clients"] is not None) is may_issue for row in page.shown["locks"])
    assert (GUEST_EMAIL in json.dumps(page.told)) is (bool(locks) and may_issue)
    for made, name in ((front, "Anna"), (back, "Ben")):
        answer = await page.ask("codelocks/reveal", netcode_id=made["id"])
        if name in shown:
            assert answer["result"] == {"netcode": made["netcode"]}
        else:
            assert answer["error"]["code"] == "unauthorized"


async def test_accounts_that_differ(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Where only one account lets users make codes, only its codes are told."""
    other = await add_account(access_key="")
    shed = await add_kitlock(hass, other)
    await set_options(hass, entry, users_may_issue=True)
    await make(hass, entry, LOCK_1_ID, name="Anna")
    await make(hass, other, shed, name="Ben")
    page = await open_page(hass, hass_ws_client, await add_user(hass, GROUP_ID_USER))
    assert page.names("accounts", "title") == ["Codelocks Connect", "Host@Example.com"]
    assert page.names("accounts", "may_issue") == [False, True]
    assert page.names("codes") == ["Anna"]
    admin = await open_page(hass, hass_ws_client)
    assert sorted(admin.names("codes")) == ["Anna", "Ben"]


async def test_account_without_locks(
    hass: HomeAssistant, add_account: AddAccount, hass_ws_client: WebSocketGenerator
) -> None:
    """An administrator sees it, for there is a first lock to add; others have nothing to see."""
    await add_account(access_key="")
    assert (await open_page(hass, hass_ws_client)).shown["accounts"]
    user = await add_user(hass, GROUP_ID_USER)
    assert not (await open_page(hass, hass_ws_client, user)).shown["accounts"]


async def test_rights_change(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Who loses a right while the page is open is told that all is gone, and no more."""
    await set_options(hass, entry, users_may_issue=True)
    await make(hass, entry, LOCK_1_ID, name="Anna")
    user = await add_user(hass, GROUP_ID_USER)
    page = await open_page(hass, hass_ws_client, user)
    assert page.names("codes") == ["Anna"]
    await in_a_second(hass, freezer, page)
    await hass.auth.async_update_user(user, group_ids=[GROUP_ID_READ_ONLY])
    await page.news()
    assert page.shown == {"accounts": [], "locks": [], "codes": [], "orders": []}
    await make(hass, entry, LOCK_1_ID, name="Ben")
    assert not await in_a_second(hass, freezer, page)
    await hass.auth.async_update_user(user, group_ids=[GROUP_ID_USER])
    await in_a_second(hass, freezer, page)
    assert page.names("codes") == ["Anna", "Ben"]


async def test_reveal(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    page: Page,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A code while there is one, or a sentence that says why not."""
    made = await make(hass, entry, LOCK_1_ID)
    answer = await page.ask("codelocks/reveal", netcode_id=made["id"])
    assert answer["result"] == {"netcode": made["netcode"]}
    answer = await page.ask("codelocks/reveal", netcode_id="gone")
    assert answer["error"]["translation_key"] == "netcode_unknown"
    assert "no code with the id gone" in answer["error"]["message"]
    answer = await page.ask("codelocks/reveal")
    assert answer["error"]["code"] == "invalid_format"
    await pass_time(hass, freezer, timedelta(hours=1), 4)
    page = await connect(hass, hass_ws_client)
    answer = await page.ask("codelocks/reveal", netcode_id=made["id"])
    assert answer["error"]["translation_key"] == "netcode_over"
    assert "Front door that ended on Monday 12 October, 12:00" in answer["error"]["message"]


async def test_no_secret_is_told(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    page: Page,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Neither a code nor what codes are made from is in anything that an administrator is told."""
    shed = await add_kitlock(hass, entry, text_identifier="BikeShed1")
    codes = [
        (await make(hass, entry, owner, name=name))["netcode"]
        for owner in (LOCK_1_ID, shed)
        for name in ("Anna", "Ben")
    ]
    sim.world.lock(LOCK_1_ID).add_audit(
        f"Opened with {codes[0]}", entry_type=codes[0], at=dt_util.utcnow()
    )
    await read_again(hass, freezer)
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    uid = page.shown["codes"][0]["id"] if page.shown["codes"] else ""
    await page.ask("calendar/event/delete", entity_id=calendar, uid=uid)
    await in_a_second(hass, freezer, page)
    said = json.dumps(page.told)
    assert "Anna" in said
    seeds = (API_KEY, ACCESS_KEY, KITLOCK["timecode"], KITLOCK["identifier"], "FrontDoor1")
    for secret in (*codes, *seeds, "BikeShed1", LOCK_1_ID):
        assert secret not in said


async def test_commands_without_an_account(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """They are there from the start, and stay."""
    await hass.config_entries.async_remove(entry.entry_id)
    page = await open_page(hass, hass_ws_client)
    assert page.shown == {"accounts": [], "locks": [], "codes": [], "orders": []}
    answer = await (await connect(hass, hass_ws_client)).ask("codelocks/reveal", netcode_id="x")
    assert answer["error"]["translation_key"] == "netcode_unknown"


# What it costs


def _many(owner: str, count: int) -> Ledger:
    start = dt_util.utcnow()
    return Ledger.of(
        Issued(
            id=uuid4().hex,
            owner=owner,
            key=str(number),
            code="123456",
            requested_start=start,
            requested_end=start,
            start=start + timedelta(hours=number),
            end=start + timedelta(hours=number + 1),
            duration_id=0,
            issued_at=start,
            issued_by="action",
        )
        for number in range(count)
    )


async def test_cost(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A snapshot costs in proportion to the codes; a change costs its own row, and few looks."""
    keeper = entry.runtime_data.ledger_keeper

    async def calls(doing: Callable[[], Any]) -> int:
        """Return how many functions of ours are called for something."""
        count = 0

        def note(frame: Any, event: str, _: Any) -> None:
            nonlocal count
            count += event == "call" and f"/custom_components/{DOMAIN}/" in frame.f_code.co_filename

        sys.setprofile(note)
        try:
            await doing()
        finally:
            sys.setprofile(None)
        return count

    async def open_it() -> None:
        page = await open_page(hass, hass_ws_client)
        await page.client.close()
        await settle(hass)

    costs = []
    for codes in (500, 2000):
        await keeper.async_record(_many(LOCK_1_ID, codes))
        costs.append(await calls(open_it))
    assert 3 < costs[1] / costs[0] < 4.5
    page = await open_page(hass, hass_ws_client)
    await in_a_second(hass, freezer, page)
    await make(hass, entry, LOCK_2_ID, name="Anna")

    async def tell() -> None:
        await page.news()
        await in_a_second(hass, freezer, page)

    one_more = await calls(tell)
    assert "Anna" in page.names("codes")
    assert one_more < costs[1] / 2
