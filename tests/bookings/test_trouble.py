"""Bookings while something else goes wrong: clocks, accounts that go, a stop in the middle."""

import asyncio
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.codelocks.const import DOMAIN
from tests.bookings.flat import DAY, HOUR, MINUTE, Flat, add_calendar, booking
from tests.bookings.test_watch import NETCODE, STAY, emails
from tests.codes import add_kitlock, device_id, listed, netcode_calls, set_options
from tests.conftest import AddAccount, settle
from tests.helpers import set_clock, value
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault

type Storage = dict[str, Any]

NOW = ("2026-10-12", "2026-10-16")
"""A stay that begins today."""


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(datetime(1970, 1, 1, 0, 1, tzinfo=UTC), id="1970"),
        pytest.param(datetime(2030, 10, 12, 9, tzinfo=UTC), id="years ahead"),
        pytest.param(datetime(2026, 10, 11, 9, tzinfo=UTC), id="a day behind"),
    ],
)
async def test_a_wrong_clock(flat: Flat, wrong: datetime) -> None:
    """It costs no call, takes nothing back, and locks nobody out; when it is right all goes on."""
    flat.sim.world.register("new.guest@example.com")
    guest = booking(*NOW, description="Mail: new.guest@example.com")
    flat.calendar.set(guest)
    await flat.follow(more={"invite": "standard"})
    await flat.follow("visitor")
    [before, calls] = len(flat.told), flat.calls
    right = flat.freezer() + 6 * HOUR
    set_clock(flat.hass, flat.freezer, wrong)
    await flat.wait(6 * HOUR)
    set_clock(flat.hass, flat.freezer, right)
    await flat.wait(HOUR)
    assert (flat.calls, len(flat.told), flat.host_told) == (calls, before, [])
    assert len(await flat.codes()) == 2
    assert "new.guest@example.com" in emails(flat.sim.world.lock(LOCK_1_ID))
    await flat.wait(5 * DAY, HOUR)
    assert "new.guest@example.com" not in emails(flat.sim.world.lock(LOCK_1_ID))


async def test_after_days_without_power(flat: Flat) -> None:
    """Guests are not let down: a minute shows that the clock runs."""
    flat.calendar.set(booking(*STAY))
    await flat.follow()
    assert await flat.hass.config_entries.async_unload(flat.entry.entry_id)
    set_clock(flat.hass, flat.freezer, flat.freezer() + 2 * DAY)
    assert await flat.hass.config_entries.async_setup(flat.entry.entry_id)
    await settle(flat.hass)
    assert flat.calls == 0
    await flat.wait(3 * MINUTE, MINUTE)
    assert (flat.calls, len(flat.told)) == (1, 1)


async def test_a_lock_of_another_account(
    flat: Flat, hass: HomeAssistant, add_account: AddAccount
) -> None:
    """It is made there, and told in the same message. While it is away its codes still count."""
    other = await add_account(access_key="")
    shed = await add_kitlock(hass, other)
    locks = [device_id(hass, flat.entry, LOCK_1_ID), device_id(hass, other, shed)]
    flat.calendar.set(booking(*NOW))
    await flat.follow(locks=locks)
    assert {code["lock_name"] for code in await flat.codes()} == {"Front door", "Bike shed"}
    [message] = flat.told
    assert "Bike shed" in message
    assert "Front door" in message
    await hass.config_entries.async_unload(other.entry_id)
    await flat.wait(6 * HOUR)
    assert flat.host_told == []
    flat.calendar.set(booking(*NOW), booking("2026-10-13", "2026-10-14", "Ben", uid="b"))
    await flat.wait(2 * HOUR)
    assert len(flat.told) == 2, "Ben has the code of the front door"
    await hass.config_entries.async_setup(other.entry_id)
    await settle(hass)
    assert len(flat.told) == 3
    assert "Bike shed" in flat.told[2]
    assert flat.calls == 4
    await set_options(hass, other, history_days=30)  # it is loaded again
    assert (flat.calls, len(flat.told), flat.host_told) == (4, 3, [])


async def test_the_account_is_unloaded_in_the_middle(flat: Flat, hass: HomeAssistant) -> None:
    """The code that is being made is kept; the rest comes when it is back."""
    locks = [device_id(hass, flat.entry, one) for one in (LOCK_1_ID, LOCK_2_ID)]
    hang = flat.sim.faults.add(Fault(kind="hang", path=f"/n/1/netcode/{LOCK_1_ID}"))
    flat.calendar.set(booking(*NOW))
    following = hass.async_create_task(flat.follow(locks=locks))
    await hang.met.wait()
    unloading = hass.async_create_task(hass.config_entries.async_unload(flat.entry.entry_id))
    await asyncio.sleep(0)
    flat.sim.faults.clear()
    await following
    assert await unloading
    assert (flat.calls, flat.told) == (1, [])
    assert await hass.config_entries.async_setup(flat.entry.entry_id)
    await settle(hass)
    assert (flat.calls, len(flat.told)) == (2, 1)


async def test_home_assistant_stops_in_the_middle(
    flat: Flat, hass: HomeAssistant, hass_storage: Storage
) -> None:
    """What is paid for is on the disk; no further call is made."""
    locks = [device_id(hass, flat.entry, one) for one in (LOCK_1_ID, LOCK_2_ID)]
    hang = flat.sim.faults.add(Fault(kind="hang", path=f"/n/1/netcode/{LOCK_1_ID}"))
    flat.calendar.set(booking(*NOW))
    following = asyncio.create_task(flat.follow(locks=locks))
    await hang.met.wait()
    stopping = asyncio.create_task(hass.async_stop())
    await asyncio.sleep(0)
    flat.sim.faults.clear()
    await stopping
    await asyncio.gather(following, return_exceptions=True)
    rows = hass_storage[f"{DOMAIN}.{flat.entry.entry_id}.ledger"]["data"]["rows"].values()
    assert [row["owner"] for row in rows] == [LOCK_1_ID]
    kept = hass_storage[f"{DOMAIN}.{flat.entry.entry_id}.bookings"]["data"]
    [record] = kept.values()
    covers = record["kept"]["bookings"][0]["covers"]
    assert sum(len(cover["codes"]) for cover in covers) == 1
    assert (len(netcode_calls(flat.sim)), flat.told) == (1, [])


@pytest.mark.parametrize(
    "spoilt", [None, [], "x", {"data": []}, {"kept": 7}, {"kept": {"bookings": [None, {"key": 1}]}}]
)
async def test_a_spoilt_file(flat: Flat, hass_storage: Storage, spoilt: Any) -> None:
    """The codes are found in the ledger: no call, and nobody is told again."""
    flat.calendar.set(booking(*NOW))
    owner = await flat.follow()
    left = deepcopy(hass_storage)
    left[f"{DOMAIN}.{flat.entry.entry_id}.bookings"]["data"] = {owner: spoilt}
    await flat.crash(hass_storage, left)
    await flat.wait(HOUR)
    assert (flat.calls, len(flat.told), len(await flat.codes())) == (1, 1, 1)


async def test_one_calendar_does_not_stop_another(flat: Flat, hass: HomeAssistant) -> None:
    """Whatever it raises, and however odd its settings are."""
    other = await add_calendar(hass, "Other")
    other.set(booking(*NOW, "Ben", uid="b"))
    flat.calendar.error = Exception("anything")
    await flat.follow()
    await flat.follow(calendar_entity_id=7, locks={"a": 1}, stay={"check_in": "late"}, telling=None)
    await flat.follow(calendar_entity_id="calendar.other")
    assert [code["name"] for code in await flat.codes()] == ["Ben"]


@pytest.mark.parametrize("nights", [66, 90])
async def test_a_long_stay(flat: Flat, nights: int) -> None:
    """A chain is made as far as 35 days ahead; what comes replaces nothing of it."""
    first = datetime(2026, 10, 12, tzinfo=UTC)
    last = (first + timedelta(days=nights)).date().isoformat()
    flat.calendar.set(booking("2026-10-12", last))
    await flat.follow()
    made = flat.calls
    assert 5 <= made <= 8
    await flat.wait(30 * DAY, 6 * HOUR)
    assert made + 4 <= flat.calls
    rows = sorted(await listed(flat.hass, include_expired=True), key=itemgetter("start"))
    assert [row for row in rows if row["state"] == "withdrawn"] == []
    for row, following in pairwise(rows):
        assert following["start"] <= row["end"], "no gap"


async def test_a_stay_that_runs_already(flat: Flat) -> None:
    """Of one that has been running for 66 days only the rest is made."""
    flat.calendar.set(booking("2026-08-07", "2026-10-20"))
    await flat.follow()
    assert flat.calls <= 3
    assert (await flat.codes())[-1]["end"] >= "2026-10-20T11:00"
    assert len(flat.told) == 1


async def test_spares_are_for_guests_who_are_near(flat: Flat, hass: HomeAssistant) -> None:
    """Two days ahead making is tried again; in the last hours the spare is given."""
    front = device_id(hass, flat.entry, LOCK_1_ID)
    await set_options(hass, flat.entry, spare_locks=[front])
    await flat.wait(HOUR)
    flat.sim.faults.add(Fault(kind="status", status=503, path=NETCODE))
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow()
    await flat.wait(12 * HOUR)
    assert flat.told == []
    await flat.wait(13 * HOUR)
    [message] = flat.told
    assert "Front door" in message
    [code] = [code for code in await flat.codes() if code["name"] == "Anna"]
    assert code["spare"]


async def test_a_group_of_phones(flat: Flat, hass: HomeAssistant) -> None:
    """Each member gets the message once, also if another one fails at first."""
    broken = Phone("Broken", RuntimeError())
    await add_phones(hass, broken)
    options = {
        "entities": ["notify.guest", "notify.broken"],
        "group_type": "notify",
        "hide_members": False,
        "name": "All",
    }
    group = MockConfigEntry(domain="group", title="All", options=options)
    group.add_to_hass(hass)
    assert await hass.config_entries.async_setup(group.entry_id)
    flat.calendar.set(booking(*NOW))
    await flat.follow(telling={"notify_entity_id": ["notify.all"]})
    assert len(flat.told) == 1
    assert len(flat.host_told) == 1
    assert "did not reach" in flat.host_told[0]
    broken._error = None
    await flat.wait(HOUR)
    assert (len(flat.told), len(broken.messages)) == (1, 1)


async def test_many_calendars_share_the_calls(flat: Flat, hass: HomeAssistant) -> None:
    """Looks at the same time never spend what is kept."""
    await set_options(hass, flat.entry, plan="custom", netcode_quota=9, utility_quota=1000)
    days = [f"2026-10-{day}" for day in range(12, 23)]
    for number in range(5):
        calendar = await add_calendar(hass, f"C{number}")
        first, last = days[number], days[number + 3]
        calendar.events = [booking(first, last, f"G{number}", uid=str(number))]
    await asyncio.gather(
        *(
            flat.follow(calendar_entity_id=f"calendar.c{number}", telling={"lead": {"days": 9}})
            for number in range(5)
        )
    )
    await flat.wait(HOUR)
    assert flat.calls == 4
    assert value(hass, "sensor", flat.entry.entry_id, "netcode_calls_left") == "5"
