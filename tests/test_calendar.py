"""The calendar of a lock: issued codes, and new events that become codes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
import json
from typing import Any, override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import persistent_notification
from homeassistant.components.calendar import CalendarEntityFeature
from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceNotSupported, ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.localize import plain
from tests.codes import (
    act,
    add_kitlock,
    change_kitlock,
    device_id,
    k3_code,
    kitlock_code,
    listed,
    make,
    netcode_calls,
    set_options,
    warning,
    wires,
    words,
)
from tests.conftest import AddAccount, settle
from tests.helpers import entity_id, pass_time, state_of, value
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

type Ask = Callable[..., Awaitable[dict[str, Any]]]

HOUR = timedelta(hours=1)
OCTOBER = ("2026-10-01T00:00:00+01:00", "2026-11-01T00:00:00+00:00")


class Phone(NotifyEntity):
    """The phone `notify.anna`."""

    _attr_name = "Anna"

    def __init__(self) -> None:
        """Start with no messages."""
        self.messages: list[str] = []

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Take a message."""
        self.messages.append(message)


@pytest.fixture
async def phone(hass: HomeAssistant) -> Phone:
    """Add a phone."""
    phone = Phone()
    assert await async_setup_component(hass, "notify", {})
    await hass.data[DATA_COMPONENT].async_add_entities([phone])
    return phone


@pytest.fixture
async def shed(hass: HomeAssistant, add_account: AddAccount) -> tuple[CodelocksConfigEntry, str]:
    """Add an account with only a KitLock whose clock shows UTC."""
    entry = await add_account(access_key="")
    return entry, await add_kitlock(hass, entry)


@pytest.fixture
async def ask(
    hass: HomeAssistant,
    sim: Simulator,  # noqa: ARG001 - it has to be there
    hass_ws_client: Any,
) -> Ask:
    """Return a function that sends the browser's calendar commands."""
    client = await hass_ws_client(hass)

    async def ask(kind: str, calendar: str, **fields: Any) -> dict[str, Any]:
        await client.send_json_auto_id(
            {"type": f"calendar/event/{kind}", "entity_id": calendar, **fields}
        )
        response: dict[str, Any] = await client.receive_json()
        await settle(hass)
        return response

    return ask


def calendar_of(hass: HomeAssistant, owner: str) -> str:
    """Return the calendar of a lock."""
    calendar = entity_id(hass, "calendar", owner, "netcodes")
    assert calendar
    return calendar


async def events(
    hass: HomeAssistant, owner: str, start: str = OCTOBER[0], end: str = OCTOBER[1]
) -> list[dict[str, Any]]:
    """Return what a lock's calendar shows."""
    calendar = calendar_of(hass, owner)
    response: Any = await hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": calendar, "start_date_time": start, "end_date_time": end},
        blocking=True,
        return_response=True,
    )
    found: list[dict[str, Any]] = response[calendar]["events"]
    return found


# Viewing


async def test_events(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """An event is a code with its real window; the requested times are in its description."""
    assert await events(hass, LOCK_2_ID) == []
    await make(hass, entry, LOCK_2_ID, name="Anna", start="2026-10-13 14:20:00")
    await make(hass, entry, LOCK_2_ID, start="2026-10-15", end="2026-10-17")
    await make(hass, entry, LOCK_1_ID, name="Tom", start="2026-10-13 14:20:00")
    assert await events(hass, LOCK_2_ID) == [
        {
            "summary": "Anna",
            "start": "2026-10-13T14:00:00+01:00",
            "end": "2026-10-13T16:00:00+01:00",
            "description": "Wished: Tuesday 13 October, 14:20 to 15:20",
            "location": "Garden studio",
        },
        {
            "summary": "NetCode",
            "start": "2026-10-14T23:00:00+01:00",
            "end": "2026-10-17T23:00:00+01:00",
            "description": "Wished: Thursday 15 October, 00:00 to Saturday 17 October, 00:00",
            "location": "Garden studio",
        },
    ]


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-10-13T12:00:00+01:00", "2026-10-13T14:00:00+01:00", False),
        ("2026-10-13T12:00:00+01:00", "2026-10-13T14:00:01+01:00", True),
        ("2026-10-13T14:30:00+01:00", "2026-10-13T14:40:00+01:00", True),
        ("2026-10-13T15:59:59+01:00", "2026-10-14T00:00:00+01:00", True),
        ("2026-10-13T16:00:00+01:00", "2026-10-14T00:00:00+01:00", False),
    ],
)
async def test_events_of_a_time(
    hass: HomeAssistant,
    shed: tuple[CodelocksConfigEntry, str],
    start: str,
    end: str,
    shown: bool,  # noqa: FBT001 - a table
) -> None:
    """A view shows codes that are valid at any time in it."""
    entry, owner = shed
    await make(hass, entry, owner, start="2026-10-13 14:20:00")
    assert bool(await events(hass, owner, start, end)) is shown


async def test_state(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """The calendar is on while a code opens the lock, and shows that one or the next."""
    entry, owner = shed
    assert value(hass, "calendar", owner, "netcodes") == "off"
    await make(hass, entry, owner, name="Anna", start="2026-10-12 12:00:00")
    await make(hass, entry, owner, name="Tom", start="2026-10-12 14:00:00")

    def shown() -> tuple[str, str | None, str]:
        state = state_of(hass, "calendar", owner, "netcodes")
        count = value(hass, "sensor", owner, "active_netcodes")
        return state.state, state.attributes.get("message"), count

    assert shown() == ("off", "Anna", "0")
    await pass_time(hass, freezer, timedelta(minutes=90, seconds=1))
    assert shown() == ("on", "Anna", "1")
    await pass_time(hass, freezer, HOUR)
    assert shown() == ("off", "Tom", "0")
    await pass_time(hass, freezer, HOUR)
    assert shown() == ("on", "Tom", "1")
    await pass_time(hass, freezer, HOUR)
    assert shown() == ("off", None, "0")


async def test_history(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Issued codes stay visible when they are over, even after a restart."""
    entry, owner = shed
    await make(hass, entry, owner, name="Anna")
    await pass_time(hass, freezer, timedelta(days=20))
    await hass.config_entries.async_reload(entry.entry_id)
    assert [event["summary"] for event in await events(hass, owner)] == ["Anna"]


async def test_codes_are_not_shown(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """Neither an event nor the state holds the code, unless the option is on."""
    entry, owner = shed
    code = (await make(hass, entry, owner, name="Anna"))["netcode"]
    state = state_of(hass, "calendar", owner, "netcodes")
    assert state.attributes["message"] == "Anna"
    assert code not in json.dumps(state.as_dict(), default=str)
    assert code not in json.dumps(await events(hass, owner))

    await set_options(hass, entry, show_codes_in_calendar=True)

    [event] = await events(hass, owner)
    assert event["summary"] == "Anna"
    assert event["description"].splitlines() == [
        "Wished: Monday 12 October, 10:30 to 11:30",
        f"Code: {code}",
    ]


async def test_erased_code_is_not_shown(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """An erased code cannot be shown, whatever the option says."""
    entry, owner = shed
    await set_options(hass, entry, show_codes_in_calendar=True)
    await make(hass, entry, owner)
    await pass_time(hass, freezer, HOUR, 3)
    [event] = await events(hass, owner)
    assert "Code" not in event["description"]


async def test_as_the_browser_reads_it(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], hass_client: Any
) -> None:
    """An event has an id to delete it by, and is neither a whole day nor a series."""
    entry, owner = shed
    answer = await make(hass, entry, owner, name="Anna")
    client = await hass_client()
    response = await client.get(
        f"/api/calendars/{calendar_of(hass, owner)}",
        params={"start": OCTOBER[0], "end": OCTOBER[1]},
    )
    [event] = await response.json()
    assert (event["uid"], event["summary"]) == (answer["id"], "Anna")
    assert event["start"] == {"dateTime": "2026-10-12T10:00:00+01:00"}
    assert event["end"] == {"dateTime": "2026-10-12T12:00:00+01:00"}
    assert event["rrule"] is None


# Creating


async def test_creating_is_offered_with_the_option_only(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """Without the option, events can only be deleted."""
    entry, owner = shed
    calendar = calendar_of(hass, owner)
    event = {"summary": "Anna", "dtstart": "2026-10-13T14:00:00", "dtend": "2026-10-13T15:00:00"}
    features = state_of(hass, "calendar", owner, "netcodes").attributes["supported_features"]
    assert features == CalendarEntityFeature.DELETE_EVENT
    response = await ask("create", calendar, event=event)
    assert response["error"]["code"] == "not_supported"
    with pytest.raises(ServiceNotSupported):
        await create(hass, calendar)
    assert netcode_calls(sim) == []

    await set_options(hass, entry, calendar_issues=True)

    features = state_of(hass, "calendar", owner, "netcodes").attributes["supported_features"]
    assert features == CalendarEntityFeature.CREATE_EVENT | CalendarEntityFeature.DELETE_EVENT
    assert (await ask("create", calendar, event=event))["success"]
    assert len(netcode_calls(sim)) == 1


async def create(hass: HomeAssistant, calendar: str, **fields: Any) -> None:
    """Create an event by the action."""
    times = {"start_date_time": "2026-10-13 14:20:00", "end_date_time": "2026-10-13 15:40:00"}
    await hass.services.async_call(
        "calendar",
        "create_event",
        {"entity_id": calendar, "summary": "Anna", **(fields or times)},
        blocking=True,
    )


async def test_event_that_becomes_a_code(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    shed: tuple[CodelocksConfigEntry, str],
    ask: Ask,
) -> None:
    """The browser's new event becomes a code, which is sent to the recipients."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True, deliver_to=["notify.anna"])

    response = await ask(
        "create",
        calendar_of(hass, owner),
        event={
            "summary": " Plumber ",
            "description": "for the boiler",
            "dtstart": "2026-10-13T14:20:00",
            "dtend": "2026-10-13T15:40:00",
        },
    )

    assert response["success"]
    code = kitlock_code("2026-10-13 13:00", 1)
    assert wires(sim) == [("2026-10-13 13:00", "1")]
    [row] = await listed(hass, reveal=True)
    assert (row["name"], row["issued_by"], row["netcode"]) == ("Plumber", "calendar", code)
    assert row["reference"] is None
    assert (row["start"], row["end"]) == ("2026-10-13T14:00:00+01:00", "2026-10-13T16:00:00+01:00")
    [message] = phone.messages
    assert message.startswith(
        f"Your code for Bike shed: {code}\nIt works from Tuesday 13 October, 14:00 to 16:00"
    )
    [event] = await events(hass, owner)
    assert event["summary"] == "Plumber"
    assert code not in json.dumps([event, response])


async def test_event_created_by_an_action(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str]
) -> None:
    """An automation's new event becomes a code, too, even without recipients."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True)
    await create(hass, calendar_of(hass, owner))
    [row] = await listed(hass, reveal=True)
    assert row["netcode"] == kitlock_code("2026-10-13 13:00", 1)


async def test_event_without_a_name(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """A code needs no name."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True)
    times = {"dtstart": "2026-10-13T14:00:00", "dtend": "2026-10-13T15:00:00"}
    assert (await ask("create", calendar_of(hass, owner), event={"summary": " ", **times}))[
        "success"
    ]
    [row] = await listed(hass)
    assert row["name"] is None


async def test_delivery_that_fails(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """The code is still made and listed; the user is told that nobody got it."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True, deliver_to=["notify.nobody"])
    times = {"dtstart": "2026-10-13T14:00:00", "dtend": "2026-10-13T15:00:00"}
    event = {"summary": "Anna", **times}
    response = await ask("create", calendar_of(hass, owner), event=event)
    assert not response["success"]
    assert "could not be sent to notify.nobody" in response["error"]["message"]
    [row] = await listed(hass, reveal=True)
    assert row["netcode"] == kitlock_code("2026-10-13 13:00", 0)


@pytest.mark.parametrize(
    ("owner", "days", "wire", "window"),
    [
        pytest.param(
            LOCK_1_ID,
            ("2026-10-20", "2026-10-21"),
            ("2026-10-20 00:00", 12),
            ("2026-10-20T00:00:00+01:00", "2026-10-21T00:00:00+01:00"),
            id="a day",
        ),
        pytest.param(
            LOCK_1_ID,
            ("2026-10-24", "2026-10-27"),
            ("2026-10-24 00:00", 14),
            ("2026-10-24T00:00:00+01:00", "2026-10-27T00:00:00+00:00"),
            id="three days, one of 25 hours",
        ),
        pytest.param(
            LOCK_2_ID,
            ("2026-10-20", "2026-10-21"),
            ("2026-10-20 00:00", 12),
            ("2026-10-20T00:00:00+02:00", "2026-10-21T00:00:00+02:00"),
            id="a day in Berlin",
        ),
    ],
)
async def test_whole_days(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    ask: Ask,
    owner: str,
    days: tuple[str, str],
    wire: tuple[str, int],
    window: tuple[str, str],
) -> None:
    """Whole days go from midnight to midnight at the lock; the last one is not included."""
    await set_options(hass, entry, calendar_issues=True)
    event = {"summary": "Anna", "dtstart": days[0], "dtend": days[1]}
    assert (await ask("create", calendar_of(hass, owner), event=event))["success"]
    assert wires(sim) == [(wire[0], str(wire[1]))]
    [row] = await listed(hass, reveal=True)
    assert (row["start"], row["end"]) == window
    assert row["netcode"] == k3_code(owner, *wire)


@pytest.mark.parametrize(
    ("event", "key", "placeholders"),
    [
        pytest.param(
            {
                "dtstart": "2026-10-13T14:00:00",
                "dtend": "2026-10-13T15:00:00",
                "rrule": "FREQ=WEEKLY",
            },
            "calendar_recurrence",
            {},
            id="a series",
        ),
        pytest.param(
            {"dtstart": "2026-10-13", "dtend": "2026-10-23"},
            "too_long",
            {"longest": "7", "latest_end": "Tuesday 20 October, 00:00"},
            id="too long",
        ),
        pytest.param(
            {"dtstart": "2026-10-10T14:00:00", "dtend": "2026-10-10T15:00:00"},
            "in_the_past",
            {},
            id="over",
        ),
    ],
)
async def test_event_that_cannot_be_a_code(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    ask: Ask,
    event: dict[str, str],
    key: str,
    placeholders: dict[str, str],
) -> None:
    """It is refused with a helpful message, costs nothing and leaves nothing."""
    await set_options(hass, entry, calendar_issues=True)
    calendar = calendar_of(hass, LOCK_1_ID)
    response = await ask("create", calendar, event={"summary": "Anna", **event})
    assert not response["success"]
    assert response["error"]["message"] == words(key, **placeholders)
    assert netcode_calls(sim) == []
    assert await events(hass, LOCK_1_ID) == []


async def test_lock_whose_clock_is_lost(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """A code that would not open is not made: a calendar cannot warn, as an action does."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True)
    await change_kitlock(hass, entry, owner, clock_lost=True)
    event = {"summary": "Anna", "dtstart": "2026-10-13T14:00:00", "dtend": "2026-10-13T15:00:00"}
    response = await ask("create", calendar_of(hass, owner), event=event)
    assert response["error"]["message"] == words("clock_is_lost")
    assert netcode_calls(sim) == []


async def test_codelocks_refuses(
    hass: HomeAssistant,
    sim: Simulator,
    shed: tuple[CodelocksConfigEntry, str],
    phone: Phone,
    ask: Ask,
) -> None:
    """The API's words are shown in the browser, too."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True, deliver_to=["notify.anna"])
    sim.faults.add(Fault(kind="quota", path="/n/*"))
    times = {"dtstart": "2026-10-13T14:00:00", "dtend": "2026-10-13T15:00:00"}
    response = await ask("create", calendar_of(hass, owner), event={"summary": "Anna", **times})
    assert response["error"]["message"] == words("quota_exceeded")
    assert await events(hass, owner) == []
    assert phone.messages == []


# Deleting


async def test_delete_withdraws(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    shed: tuple[CodelocksConfigEntry, str],
    ask: Ask,
) -> None:
    """A code cannot be revoked: it stays listed as withdrawn, and counted, until its end."""
    entry, owner = shed
    answer = await make(hass, entry, owner, name="Anna")
    calendar = calendar_of(hass, owner)
    calls = len(sim.calls)

    assert (await ask("delete", calendar, uid=answer["id"]))["success"]

    assert len(sim.calls) == calls
    [row] = await listed(hass)
    assert row["state"] == "withdrawn"
    [event] = await events(hass, owner)
    assert event["summary"] == "Anna (withdrawn)"
    assert event["description"].splitlines() == [
        "Wished: Monday 12 October, 10:30 to 11:30",
        "Withdrawn, but it still opens the lock until its end: a code cannot be revoked.",
    ]
    assert value(hass, "sensor", owner, "active_netcodes") == "1"
    state = state_of(hass, "calendar", owner, "netcodes")
    assert (state.state, state.attributes["message"]) == ("on", "Anna (withdrawn)")

    assert (await ask("delete", calendar, uid=answer["id"]))["success"], "twice is no mistake"
    await hass.config_entries.async_reload(entry.entry_id)
    assert [row["state"] for row in await listed(hass)] == ["withdrawn"]
    await pass_time(hass, freezer, HOUR * 2)
    assert value(hass, "sensor", owner, "active_netcodes") == "0"
    assert value(hass, "calendar", owner, "netcodes") == "off"


def notifications(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return the notifications that Home Assistant shows."""
    found: dict[str, Any] = hass.data.get(persistent_notification.DOMAIN, {})
    return list(found.values())


@pytest.mark.parametrize(
    ("lock_model", "block"),
    [("KL1060C2", None), ("KL1060G3", "block_by_program_16")],
)
async def test_delete_says_that_it_still_opens(
    hass: HomeAssistant,
    shed: tuple[CodelocksConfigEntry, str],
    ask: Ask,
    lock_model: str,
    block: str | None,
) -> None:
    """A notification says until when, and how it is blocked if that is known; not the code."""
    entry, owner = shed
    await change_kitlock(hass, entry, owner, lock_model=lock_model, name="Bike *shed*")
    answer = await make(hass, entry, owner, name="Anna <b>")
    calendar = calendar_of(hass, owner)
    for _ in range(2):
        assert (await ask("delete", calendar, uid=answer["id"]))["success"]
    [shown] = notifications(hass)
    said = [
        warning(
            "withdrawn_still_opens",
            name=plain("Anna <b>"),
            lock=plain("Bike *shed*"),
            end="Monday 12 October, 12:00",
        ),
        *([warning(block)] if block else []),
    ]
    assert shown["title"] == plain("Bike *shed*")
    assert shown["message"] == "\n\n".join(said)
    assert answer["netcode"] not in str(shown)


async def test_delete_what_is_over(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    shed: tuple[CodelocksConfigEntry, str],
    ask: Ask,
) -> None:
    """It opens no more, so there is nothing to say."""
    entry, owner = shed
    answer = await make(hass, entry, owner, name="Anna")
    await pass_time(hass, freezer, HOUR * 3)
    assert (await ask("delete", calendar_of(hass, owner), uid=answer["id"]))["success"]
    assert notifications(hass) == []


async def test_warnings_of_a_new_event(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """A calendar cannot show them, so a notification does."""
    entry, owner = shed
    await set_options(hass, entry, calendar_issues=True)
    calendar = calendar_of(hass, owner)
    await create(hass, calendar)
    assert notifications(hass) == []
    [row] = await listed(hass)
    await ask("delete", calendar, uid=row["id"])
    persistent_notification.async_dismiss_all(hass)
    await create(hass, calendar)
    [shown] = notifications(hass)
    assert shown["message"] == f"Anna\n\n{warning('code_was_withdrawn')}"


async def test_delete_what_is_not_there(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """Deleting an event that is already gone gives a message."""
    _, owner = shed
    response = await ask("delete", calendar_of(hass, owner), uid="gone")
    assert not response["success"]
    assert response["error"]["message"] == words("unknown_netcode")


async def test_delete_in_the_calendar_of_another_lock(
    hass: HomeAssistant, entry: CodelocksConfigEntry, ask: Ask
) -> None:
    """A calendar deletes only its own events."""
    answer = await make(hass, entry, LOCK_1_ID, name="Anna")
    response = await ask("delete", calendar_of(hass, LOCK_2_ID), uid=answer["id"])
    assert not response["success"]
    assert response["error"]["message"] == words("unknown_netcode")
    [row] = await listed(hass)
    assert row["state"] == "active"


async def test_withdrawn_code_is_made_again(
    hass: HomeAssistant, sim: Simulator, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """Asking again for a withdrawn code returns the same code, without a call, and says so."""
    entry, owner = shed
    first = await make(hass, entry, owner, name="Anna")
    await ask("delete", calendar_of(hass, owner), uid=first["id"])
    second = await make(hass, entry, owner, name="Anna")
    assert second["netcode"] == first["netcode"]
    assert second["cached"]
    assert second["id"] != first["id"]
    assert second["warnings"] == [warning("code_was_withdrawn")]
    assert second["warning_keys"] == ["code_was_withdrawn"]
    target = device_id(hass, entry, owner)
    plan = await act(hass, "plan_netcode", device_id=target)
    assert "code_was_withdrawn" in plan["warning_keys"], "known before it is made, too"
    assert len(netcode_calls(sim)) == 1
    assert sorted(row["state"] for row in await listed(hass)) == ["active", "withdrawn"]
    assert value(hass, "sensor", owner, "active_netcodes") == "1", "it is one code"


async def test_event_cannot_be_changed(
    hass: HomeAssistant, shed: tuple[CodelocksConfigEntry, str], ask: Ask
) -> None:
    """A code keeps the window that it was made for."""
    entry, owner = shed
    answer = await make(hass, entry, owner, name="Anna")
    response = await ask(
        "update",
        calendar_of(hass, owner),
        uid=answer["id"],
        event={"summary": "Tom", "dtstart": "2026-10-13T14:00:00", "dtend": "2026-10-13T15:00:00"},
    )
    assert response["error"]["code"] == "not_supported"


async def test_option_that_was_turned_off_meanwhile(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """The calendar itself refuses, too, in case the browser's view is out of date."""
    calendar = hass.data["calendar"].get_entity(calendar_of(hass, LOCK_1_ID))
    with pytest.raises(ServiceValidationError) as caught:
        await calendar.async_create_event(
            summary="Anna", dtstart="2026-10-13T14:00:00", dtend="2026-10-13T15:00:00"
        )
    assert str(caught.value) == words("calendar_does_not_issue")
    assert device_id(hass, entry, LOCK_1_ID)
    assert netcode_calls(sim) == []
