"""Bookings from a calendar to a guest's phone: what Home Assistant's part in it does."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.codelocks.bookings.agenda import MAX_EVENTS
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.stored_file import _Store
from tests.bookings.flat import DAY, HOUR, MINUTE, QUARTER, Flat, add_calendar, booking
from tests.codes import add_kitlock, change_kitlock, device_id, fill_in, listed, paths, set_options
from tests.conftest import settle
from tests.helpers import device_of, value
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault

type Storage = dict[str, Any]

STAY = ("2026-10-14", "2026-10-17")
"""From Wednesday 15:00 to Saturday 11:00: its time has come on Monday at 15:00, in 4.5 hours."""
DUE = 5 * HOUR
NETCODE = "/n/1/netcode/*"
LOCKS = (LOCK_1_ID, LOCK_2_ID)


def emails(lock: Any) -> list[str]:
    """Return the addresses of the clients of a lock of the simulator."""
    return [client.email for client in lock.clients.values()]


async def test_a_guest_gets_a_code(flat: Flat) -> None:
    """Two days before arrival, once."""
    flat.calendar.set(booking(*STAY))
    await flat.follow()
    assert flat.calls == 0
    assert flat.told == []
    await flat.wait(DUE)
    assert await flat.windows() == [("10-14T00", "10-18T00")]
    [code] = await flat.codes()
    assert (code["name"], code["issued_by"]) == ("Anna", "booking")
    [message] = flat.told
    assert "Front door" in message
    await flat.wait(5 * DAY, HOUR)
    assert (flat.calls, len(flat.told), flat.host_told) == (1, 1, [])


async def test_a_restart_repeats_nothing(flat: Flat, hass_storage: Storage) -> None:
    """Whatever the moment."""
    flat.calendar.set(booking(*STAY))
    await flat.follow()
    await flat.wait(DUE)
    for _ in range(3):
        await flat.crash(hass_storage, deepcopy(hass_storage))
        await flat.look()
    assert (flat.calls, len(flat.told)) == (1, 1)


async def test_a_booking_that_moves(flat: Flat) -> None:
    """A new code replaces the old one, and the guest is told once more, soon."""
    flat.calendar.set(booking(*STAY))
    await flat.follow()
    await flat.wait(DUE)
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.wait(2 * MINUTE, MINUTE)
    assert await flat.windows() == [("10-13T00", "10-16T00")]
    assert (flat.calls, len(flat.told)) == (2, 2)
    [old] = [row for row in await listed(flat.hass) if row["state"] == "withdrawn"]
    assert old["name"] == "Anna"


async def test_a_cancelled_booking(flat: Flat) -> None:
    """Only after three hours; codes are marked, and the host hears of it once."""
    flat.calendar.set(booking(*STAY))
    await flat.follow()
    await flat.wait(DUE)
    flat.calendar.set()
    await flat.wait(2 * HOUR)
    assert len(await flat.codes()) == 1
    await flat.wait(2 * HOUR)
    assert await flat.codes() == []
    assert len(flat.host_told) == 1
    assert "Anna" in flat.host_told[0]
    flat.calendar.set(booking(*STAY))
    await flat.wait(HOUR)
    assert len(await flat.codes()) == 1, "it is back, and so are its codes"
    assert (flat.calls, len(flat.told), len(flat.host_told)) == (1, 1, 1)


async def test_the_flat_and_home_assistant_in_two_zones(hass: HomeAssistant, flat: Flat) -> None:
    """Check-in is at 15:00 in Berlin, wherever Home Assistant is."""
    await hass.config.async_set_time_zone("America/New_York")
    studio = device_id(hass, flat.entry, LOCK_2_ID)
    flat.calendar.set(booking(*STAY))
    await flat.follow(locks=[studio], stay={"fit": "tight"})
    await flat.wait(3 * HOUR)
    assert flat.calls == 0
    await flat.wait(HOUR)
    first, *_, last = await flat.codes()
    assert first["start"] == "2026-10-14T15:00:00+02:00"
    assert last["end"] == "2026-10-17T11:00:00+02:00"
    assert "Wednesday 14 October, 15:00" in flat.told[0]


# A calendar


@pytest.mark.parametrize(
    "spoil",
    [
        lambda calendar: setattr(calendar, "error", HomeAssistantError("no answer")),
        lambda calendar: setattr(calendar, "error", RuntimeError("a bug")),
        lambda calendar: setattr(calendar, "_attr_available", False),
        lambda calendar: setattr(calendar, "events", None),
    ],
)
async def test_a_calendar_that_cannot_be_read(flat: Flat, spoil: Callable[[Any], None]) -> None:
    """It takes nothing back. The host hears of it after a day, and when it is over."""
    flat.calendar.set(booking("2026-10-13", "2026-10-18"))
    await flat.follow()
    assert flat.calls == 1
    before = flat.calendar.events
    spoil(flat.calendar)
    await flat.wait(23 * HOUR)
    assert flat.host_told == []
    await flat.wait(2 * HOUR)
    assert len(flat.host_told) == 1
    assert "has not been readable" in flat.host_told[0]
    flat.calendar.error, flat.calendar.events = None, before
    flat.calendar._attr_available = True
    await flat.wait(HOUR)
    assert len(flat.host_told) == 2
    assert (len(await flat.codes()), flat.calls, len(flat.told)) == (1, 1, 1)


async def test_a_calendar_that_is_gone(hass: HomeAssistant, flat: Flat) -> None:
    """Its entity is not there, or is one of our own."""
    flat.calendar.set(booking("2026-10-13", "2026-10-18"))
    ours = hass.states.async_entity_ids("calendar")
    ours.remove("calendar.flat")
    for entity_id in ("calendar.gone", "nonsense", ours[0]):
        await flat.follow(calendar_entity_id=entity_id)
    await flat.wait(25 * HOUR, HOUR)
    assert len(flat.host_told) == 3
    assert flat.calls == 0


async def test_entities_with_new_ids(hass: HomeAssistant, flat: Flat) -> None:
    """A calendar or a phone that gets another entity id is followed: nothing is told twice."""
    await set_options(hass, flat.entry, deliver_to=["notify.guest", "notify.host"])
    flat.calendar.set(booking("2026-10-13", "2026-10-18"))
    bookings = await flat.follow()
    visitor = await flat.follow("visitor", days=["sun"])
    registry = er.async_get(hass)
    for old, new in (
        ("calendar.flat", "calendar.attic"),
        ("notify.guest", "notify.guests_phone"),
        ("notify.host", "notify.my_phone"),
    ):
        registry.async_update_entity(old, new_entity_id=new)
        await settle(hass)
    for subentry_id in (bookings, visitor):
        telling = flat.entry.subentries[subentry_id].data["telling"]
        assert telling["notify_entity_id"] == ["notify.guests_phone"]
        assert telling["tell_owner"] == ["notify.my_phone"]
    assert flat.entry.options["deliver_to"] == ["notify.guests_phone", "notify.my_phone"]
    await flat.wait(25 * HOUR, HOUR)
    assert (len(flat.told), flat.host_told, flat.calls) == (1, [], 1)
    flat.calendar.set(booking("2026-10-14", "2026-10-18"))
    await flat.look()
    assert len(flat.told) == 2


async def test_an_empty_calendar_in_the_morning(flat: Flat) -> None:
    """It was empty at 09:00, for an hour: nobody is told to delete a code."""
    flat.calendar.set(booking("2026-10-13", "2026-10-18"))
    await flat.follow()
    await flat.wait(22 * HOUR, HOUR)
    flat.calendar.set()
    await flat.wait(HOUR)
    flat.calendar.set(booking("2026-10-13", "2026-10-18"))
    await flat.wait(4 * HOUR)
    assert (len(await flat.codes()), flat.host_told) == (1, [])


async def test_more_events_than_are_read(flat: Flat) -> None:
    """Bookings behind them are not cancelled: nobody has looked whether they are there."""
    anna = booking("2026-10-25", "2026-10-28")
    flat.calendar.set(anna)
    await flat.follow(telling={"lead": {"days": 30}}, more={"ignore": ["Class"]})
    many = [booking("2026-10-14", "2026-10-15", "Class", uid=f"{n}") for n in range(MAX_EVENTS)]
    flat.calendar.set(*many, anna)
    await flat.wait(4 * HOUR)
    assert (flat.calls, len(flat.told), flat.host_told) == (1, 1, [])
    flat.calendar.set(*many[1:])
    await flat.wait(4 * HOUR)
    assert len(flat.host_told) == 1


async def test_odd_events_cost_themselves(flat: Flat) -> None:
    """Anna gets her code beside them."""
    odd: list[Any] = [
        None,
        "an event",
        booking(*STAY, title="", uid=None),
        booking(*STAY, title="Ümläut 🗝" * 200, uid="long", description="x" * 5000),
    ]
    odd[2].summary = None
    backwards = booking(*STAY, uid="backwards")
    backwards.end, backwards.start = backwards.start, backwards.end
    flat.calendar.events = [*odd, backwards, booking(*STAY)]
    await flat.follow()
    await flat.wait(DUE)
    names = [code["name"] for code in await flat.codes()]
    assert "Anna" in names
    assert len(names) == 3


async def test_a_change_is_seen_at_once_but_not_in_a_circle(flat: Flat) -> None:
    """Reading some calendars changes their state."""
    await flat.follow()
    await flat.wait(2 * MINUTE)
    flat.calendar.asked.clear()
    count = iter(range(1000))

    def change() -> None:
        flat.calendar.set(booking(*STAY, title=f"Anna {next(count)}"))

    flat.calendar.meanwhile = change
    change()
    await settle(flat.hass)
    assert len(flat.calendar.asked) == 1
    await flat.wait(10 * MINUTE, MINUTE / 2)
    assert 5 <= len(flat.calendar.asked) <= 12


# Calls that fail


async def test_a_failed_call(flat: Flat) -> None:
    """It is tried again at the next look, and no sooner; the guest is told once."""
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    flat.sim.faults.add(Fault(kind="status", status=503, path=NETCODE, count=1))
    await flat.follow()
    await flat.wait(10 * MINUTE, MINUTE)
    assert (flat.calls, flat.told) == (1, [])
    await flat.wait(QUARTER)
    assert (flat.calls, len(flat.told)) == (2, 1)


async def test_a_refused_wish(flat: Flat) -> None:
    """The same is not asked for again until something is changed; the host hears of it at once."""
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    fault = flat.sim.faults.add(Fault(kind="status", status=422, path=NETCODE))
    owner = await flat.follow()
    await flat.wait(12 * HOUR)
    assert flat.calls == 1
    assert len(flat.host_told) == 1
    assert "no code" in flat.host_told[0]
    flat.sim.faults.clear(fault)
    await flat.change(owner, telling={"message": "Come in: {netcode}"})
    assert flat.calls == 2
    assert flat.told[0].startswith("Come in: ")
    assert len(flat.host_told) == 2


@pytest.mark.parametrize("restarts", [False, True])
async def test_twelve_hours_without_a_cloud(
    flat: Flat, hass_storage: Storage, *, restarts: bool
) -> None:
    """Five calendars, two doors: few calls, and no more with a restart each half hour."""
    locks = [device_id(flat.hass, flat.entry, one) for one in LOCKS]
    flat.calendar.set(
        *(booking("2026-10-13", "2026-10-15", uid=f"{n}", title=f"G{n}") for n in range(3))
    )
    flat.sim.faults.add(Fault(kind="status", status=503, path=NETCODE))
    for _ in range(5):
        await flat.follow(locks=locks)
    for _ in range(24):
        await flat.wait(HOUR / 2)
        if restarts:
            await flat.crash(hass_storage, deepcopy(hass_storage))
    assert 5 <= flat.calls <= 12
    flat.sim.faults.clear()
    await flat.wait(7 * HOUR)
    assert len(flat.told) == 15


@pytest.mark.parametrize("lock", [LOCK_1_ID, LOCK_2_ID])
async def test_one_lock_that_never_answers(flat: Flat, lock: str) -> None:
    """It costs the others nothing."""
    locks = [device_id(flat.hass, flat.entry, one) for one in LOCKS]
    flat.sim.faults.add(Fault(kind="status", status=504, path=f"/n/1/netcode/{lock}"))
    flat.calendar.set(
        *(booking("2026-10-13", "2026-10-15", uid=f"{n}", title=f"G{n}") for n in range(3))
    )
    await flat.follow(locks=locks)
    await flat.wait(HOUR)
    assert len(await flat.codes()) == 3


async def test_calls_that_are_kept(flat: Flat) -> None:
    """What the host keeps is not spent; more calls help at once."""
    flat.sim.world.key.netcode.used = 94
    flat.hass.config_entries.async_update_entry(
        flat.entry,
        options={**flat.entry.options, "plan": "custom", "netcode_quota": 6, "utility_quota": 1000},
    )
    await settle(flat.hass)
    flat.calendar.set(
        *(
            booking(
                "2026-10-13",
                "2026-10-15",
                uid=f"{n}",
                title=f"G{n}",
            )
            for n in range(1)
        ),
        booking("2026-10-13", "2026-10-17", uid="long"),
    )
    await flat.follow()
    assert (flat.calls, len(flat.told)) == (1, 1)
    await flat.wait(HOUR)
    assert flat.calls == 1
    assert "too few NetCode calls" in "".join(flat.host_told)


async def test_spent_calls(flat: Flat) -> None:
    """The API says so: nothing is asked any more this month."""
    flat.sim.world.key.netcode.used = 100
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow()
    await flat.wait(12 * HOUR)
    assert flat.calls == 1
    assert "too few NetCode calls" in "".join(flat.host_told)


async def test_durations_that_cannot_be_read(flat: Flat) -> None:
    """A KitLock's durations are read when they are needed, and seldom while that fails."""
    shed = await add_kitlock(flat.hass, flat.entry)
    flat.sim.faults.add(Fault(kind="status", status=503, path="/u/1/durations*"))
    flat.calendar.set(booking("2026-10-15", "2026-10-16"))
    await flat.follow(locks=[device_id(flat.hass, flat.entry, shed)])
    await flat.wait(DAY)
    assert paths(flat.sim, "durations") == []
    await flat.wait(12 * HOUR)
    assert 3 <= len(paths(flat.sim, "durations")) <= 9
    flat.sim.faults.clear()
    await flat.wait(7 * HOUR)
    assert (flat.calls, len(flat.told)) == (1, 1)


# Telling


async def test_a_phone_that_takes_nothing(flat: Flat) -> None:
    """The code is kept and sent later; the host hears of it at once, from a phone that works."""
    flat.guest._error = RuntimeError()
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow()
    assert (flat.calls, flat.told) == (1, [])
    [said] = flat.host_told
    assert "did not reach" in said
    assert len(await flat.codes()) == 1
    flat.guest._error = None
    await flat.wait(HOUR)
    assert (flat.calls, len(flat.told)) == (1, 1)


async def test_a_host_who_cannot_be_reached(flat: Flat) -> None:
    """The news waits."""
    flat.host._error = RuntimeError()
    flat.guest._error = RuntimeError()
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow()
    await flat.wait(HOUR)
    assert flat.host_told == []
    flat.host._error = None
    await flat.wait(HOUR)
    assert len(flat.host_told) == 1


async def test_more_news_than_a_message_takes(flat: Flat) -> None:
    """Chat services refuse long messages: the host gets several, each piece of news once."""
    flat.guest._error = RuntimeError()
    names = [f"Guest {number:03} {'of the long name ' * 8}" for number in range(40)]
    flat.calendar.set(
        *(booking("2026-10-13", "2026-10-15", name, uid=name) for name in names),
    )
    await flat.follow()
    assert 1 < len(flat.host_told) < 10
    assert max(map(len, flat.host_told)) < 4000
    said = "\n".join(flat.host_told)
    assert [said.count(name.strip()) for name in names] == [1] * 40
    await flat.look()
    assert "\n".join(flat.host_told) == said


async def test_a_clock_that_is_lost(flat: Flat) -> None:
    """Codes that may not open are not sent to a guest; the host hears why."""
    shed = await add_kitlock(flat.hass, flat.entry)
    await change_kitlock(flat.hass, flat.entry, shed, clock_lost=True)
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow(locks=[device_id(flat.hass, flat.entry, shed)])
    assert (flat.calls, flat.told) == (1, [])
    assert "clock of this lock was lost" in flat.host_told[0]
    await change_kitlock(flat.hass, flat.entry, shed)
    await flat.look()
    assert (flat.calls, len(flat.told)) == (1, 1)


# Crashes


@pytest.mark.parametrize("moved", [False, True])
async def test_a_crash_at_each_step(
    flat: Flat, hass_storage: Storage, monkeypatch: pytest.MonkeyPatch, *, moved: bool
) -> None:
    """No code is lost or paid for twice; what was sent, but not noted, is sent again."""
    await flat.follow(locks=[device_id(flat.hass, flat.entry, one) for one in LOCKS])
    if moved:
        flat.calendar.set(booking("2026-10-13", "2026-10-16"))
        await flat.wait(2 * MINUTE, MINUTE)
    saved: list[Storage] = []
    told: list[int] = []
    write = _Store._async_write_data

    def paid(left: Storage) -> int:
        """Return how many of the two codes are in the files."""
        file = left.get(f"{DOMAIN}.{flat.entry.entry_id}.ledger", {"data": {}})
        rows = file["data"].get("rows", {}).values()
        return sum(row["requested_end"].startswith("2026-10-15") for row in rows)

    async def noting(store: _Store, data: dict[str, Any]) -> None:
        await write(store, data)
        saved.append(deepcopy(dict(hass_storage)))
        told.append(len(flat.told))

    monkeypatch.setattr(_Store, "_async_write_data", noting)
    before, calls = len(flat.told), flat.calls
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.wait(2 * MINUTE, MINUTE)
    assert (flat.calls, len(flat.told)) == (calls + 2, before + 1)
    steps = list(zip(saved, told, strict=True))
    assert len(steps) > 4
    for left, had in steps:
        flat.guest.messages, calls = flat.guest.messages[:had], flat.calls
        await flat.crash(hass_storage, left)
        await flat.wait(2 * MINUTE, MINUTE)
        assert flat.calls - calls == 2 - paid(left)
        assert len(flat.told) - before in (1, 2 if had > before else 1)
        names = {(code["lock_name"], code["end"][5:10]) for code in await flat.codes()}
        assert names == {("Front door", "10-16"), ("Garden studio", "10-16")}


# Visitors


async def test_a_visitor(flat: Flat) -> None:
    """The cleaner on Tuesdays and Fridays: a code a day before, told once."""
    await flat.follow("visitor")
    [code] = await flat.codes()
    assert (code["name"], code["issued_by"]) == ("Cleaner", "visitor")
    assert (code["start"], code["end"]) == (
        "2026-10-13T09:00:00+01:00",
        "2026-10-13T12:00:00+01:00",
    )
    await flat.wait(5 * DAY, HOUR)
    assert (flat.calls, len(flat.told)) == (2, 2)


# Phones


async def test_an_invited_guest(flat: Flat) -> None:
    """Invited to the K3 locks, once, and deleted after departure."""
    front = flat.sim.world.lock(LOCK_1_ID)
    flat.sim.world.register("new.guest@example.com")
    guest = booking("2026-10-13", "2026-10-14", description="Mail: new.guest@example.com")
    flat.calendar.set(guest)
    await flat.follow(more={"invite": "standard"})
    assert "new.guest@example.com" in emails(front)
    await flat.wait(12 * HOUR)
    writes = [call for call in flat.sim.calls if call.method == "POST"]
    assert len(writes) == 1
    await flat.wait(2 * DAY, HOUR)
    assert "new.guest@example.com" not in emails(front)
    assert flat.host_told == []


async def test_phones_left_by_a_removed_calendar(flat: Flat) -> None:
    """Nobody deletes them any more: the host hears whose they are, and where."""
    flat.sim.world.register("new.guest@example.com")
    guest = booking("2026-10-13", "2026-10-14", description="Mail: new.guest@example.com")
    flat.calendar.set(guest)
    owner = await flat.follow(more={"invite": "standard"})
    assert flat.host_told == []
    assert flat.hass.config_entries.async_remove_subentry(flat.entry, owner)
    await settle(flat.hass)
    [said] = flat.host_told
    assert "Anna" in said
    assert "could not be removed from Front door: these bookings are no longer followed" in said


async def test_somebody_who_was_a_client_before_stays_one(flat: Flat) -> None:
    """The family is not locked out after its own booking, nor invited again."""
    front = flat.sim.world.lock(LOCK_1_ID)
    before = emails(front)
    flat.calendar.set(booking("2026-10-13", "2026-10-14", description=f"Mail: {before[0]}"))
    await flat.follow(more={"invite": "standard"})
    await flat.wait(2 * DAY, HOUR)
    assert emails(front) == before
    assert not [call for call in flat.sim.calls if call.method == "POST"]


async def test_a_guest_of_two_calendars(flat: Flat) -> None:
    """Who stays on by another calendar is deleted when that stay is over."""
    front = flat.sim.world.lock(LOCK_1_ID)
    flat.sim.world.register("new.guest@example.com")
    words = {"description": "Mail: new.guest@example.com"}
    other = await add_calendar(flat.hass, "Other")
    flat.calendar.set(booking("2026-10-12T10:00:00+00:00", "2026-10-12T20:00:00+00:00", **words))
    other.set(booking("2026-10-13", "2026-10-14", uid="b", **words))
    await flat.follow(more={"invite": "standard"})
    await flat.follow(more={"invite": "standard"}, calendar_entity_id="calendar.other")
    await flat.wait(DAY, HOUR)
    assert "new.guest@example.com" in emails(front)
    await flat.wait(DAY + 2 * HOUR, HOUR)
    assert "new.guest@example.com" not in emails(front)
    assert len([call for call in flat.sim.calls if call.method == "POST"]) == 1


@pytest.mark.parametrize("carried_out", [False, True])
async def test_a_lost_answer_to_an_invitation(flat: Flat, *, carried_out: bool) -> None:
    """Looking tells whether it was carried out; nobody is invited blindly again."""
    front = flat.sim.world.lock(LOCK_1_ID)
    flat.sim.world.register("new.guest@example.com")
    flat.sim.faults.add(Fault(kind="status", status=504, method="POST", after=carried_out, count=1))
    flat.sim.faults.add(Fault(kind="status", status=504, path="*/clients*", method="GET", count=2))
    guest = booking("2026-10-13", "2026-10-14", description="Mail: new.guest@example.com")
    flat.calendar.set(guest)
    await flat.follow(more={"invite": "standard"})
    await flat.wait(4 * HOUR)
    assert emails(front).count("new.guest@example.com") == 1
    writes = [call for call in flat.sim.calls if call.method == "POST"]
    assert len(writes) == (1 if carried_out else 2)
    await flat.wait(2 * DAY, HOUR)
    assert "new.guest@example.com" not in emails(front)


# Subentries


async def test_what_a_removed_calendar_leaves(flat: Flat, hass_storage: Storage) -> None:
    """Its codes stay known and valid; nobody is told anything; nothing else is kept."""
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    owner = await flat.follow()
    assert device_of(flat.hass, flat.entry.entry_id, owner)
    assert flat.hass.config_entries.async_remove_subentry(flat.entry, owner)
    await flat.wait(DAY, HOUR)
    [code] = await flat.codes()
    assert code["state"] == "active"
    assert (flat.calls, len(flat.told), flat.host_told) == (1, 1, [])
    assert hass_storage[f"{DOMAIN}.{flat.entry.entry_id}.bookings"]["data"] == {}
    assert device_of(flat.hass, flat.entry.entry_id, owner) is None


async def test_other_settings_are_used_at_once(flat: Flat) -> None:
    """Only of the calendar that was changed; the account is not loaded again."""
    data = flat.entry.runtime_data
    flat.calendar.set(booking(*STAY))
    owner = await flat.follow()
    await flat.follow("visitor", days=[])
    asked = len(flat.calendar.asked)
    await flat.change(owner, telling={"lead": {"days": 3}})
    assert (flat.calls, len(flat.told)) == (1, 1)
    assert len(flat.calendar.asked) == asked + 1
    assert flat.entry.runtime_data is data


async def test_the_files_go_with_the_entry(flat: Flat, hass_storage: Storage) -> None:
    """Nothing is left."""
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow()
    assert f"{DOMAIN}.{flat.entry.entry_id}.bookings" in hass_storage
    await flat.hass.config_entries.async_remove(flat.entry.entry_id)
    await settle(flat.hass)
    assert not [name for name in hass_storage if flat.entry.entry_id in name]


async def test_a_calendar_from_its_form(flat: Flat) -> None:
    """What the form stores is what the watch reads, from the first save on."""
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    form = await flat.hass.config_entries.subentries.async_init(
        (flat.entry.entry_id, "bookings"), context={"source": SOURCE_USER}
    )
    owner = device_id(flat.hass, flat.entry, LOCK_1_ID)
    result = await fill_in(
        flat.hass,
        form,
        {
            "name": "Attic",
            "calendar_entity_id": "calendar.flat",
            "locks": [owner],
            "stay": {"check_in": "16:00:00"},
            "telling": {"notify_entity_id": ["notify.guest"], "tell_owner": ["notify.host"]},
            "more": {},
        },
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY, result
    assert (flat.calls, len(flat.told), flat.host_told) == (1, 1, [])
    [subentry] = flat.entry.get_subentries_of_type("bookings")
    shown = value(flat.hass, "sensor", subentry.subentry_id, "next_arrival")
    assert shown == "2026-10-13T15:00:00+00:00"
