"""The blueprints, run from their real files: what they do, cost and say."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
import time
from typing import Any, override
from urllib.parse import quote

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.components.blueprint.models import DomainBlueprints
from homeassistant.components.calendar import (
    DATA_COMPONENT as CALENDARS,
    CalendarEntity,
    CalendarEvent,
)
from homeassistant.components.notify import DATA_COMPONENT as NOTIFIERS, NotifyEntity
from homeassistant.const import EVENT_CALL_SERVICE, EVENT_HOMEASSISTANT_STARTED, MATCH_ALL
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util, yaml
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import (
    act,
    add_kitlock,
    device_id,
    k3_code,
    kitlock_code,
    listed,
    make,
    netcode_calls,
    set_options,
    wires,
)
from tests.conftest import settle
from tests.helpers import entity_id, pass_time, read_again, restart
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

ROOT = Path(__file__).parents[2]
BLUEPRINTS = ROOT / "blueprints"
FILES = sorted(path.relative_to(BLUEPRINTS) for path in BLUEPRINTS.glob("*/codelocks/*.yaml"))
OURS = {"make_a_code", "booking_codes", "weekly_visitor", "somebody_is_near", "tell_who_came"}
SEE_CODES = {"make_a_code", "booking_codes", "weekly_visitor"}
REPOSITORY = "https://github.com/codelocks-connect/homeassistant-codelocks/blob/main/blueprints/"

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

type Pass = Callable[[timedelta], Awaitable[None]]
type Add = Callable[..., Awaitable[None]]


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


class Bookings(CalendarEntity):
    """A calendar whose events the test sets."""

    entity_id = "calendar.flat"

    def __init__(self) -> None:
        """Start without bookings."""
        self.events: list[CalendarEvent] = []

    @property
    @override
    def event(self) -> None:
        return None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        return [
            event
            for event in self.events
            if event.start_datetime_local < end_date and event.end_datetime_local > start_date
        ]


def stay(first: int, last: int, title: str = "Reserved", text: str | None = None) -> CalendarEvent:
    """Return a booking in October, from first night to day of departure, like booking sites."""
    return CalendarEvent(date(2026, 10, first), date(2026, 10, last), title, text)


def airbnb(booking: str) -> str:
    """Return what Airbnb writes into the description."""
    return (
        f"Reservation URL: https://www.airbnb.com/hosting/reservations/details/{booking}\nPhone: 12"
    )


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
async def owner(hass: HomeAssistant) -> Phone:
    """Add a notify entity for the owner."""
    return await _phone(hass, "owner")


@pytest.fixture
async def bookings(hass: HomeAssistant) -> Bookings:
    """Add a calendar of bookings."""
    assert await async_setup_component(hass, "calendar", {})
    calendar = Bookings()
    await hass.data[CALENDARS].async_add_entities([calendar])
    return calendar


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


@pytest.fixture(autouse=True)
async def _our_blueprints(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """Let Home Assistant read blueprints from the checkout; the automations end with the test."""
    folder = property(lambda blueprints: BLUEPRINTS / blueprints.domain)
    monkeypatch.setattr(DomainBlueprints, "blueprint_folder", folder)
    yield
    if hass.services.has_service("automation", "turn_off"):
        everything = {"entity_id": "all"}
        await hass.services.async_call("automation", "turn_off", everything, blocking=True)
        await settle(hass)


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


@pytest.fixture
async def add_bookings(hass: HomeAssistant, front: str, bookings: Bookings) -> Add:
    """Return a function that makes the bookings automation."""

    async def add(*events: CalendarEvent, **inputs: Any) -> None:
        bookings.events = list(events)
        known = {"calendar": bookings.entity_id, "lock": front, "notify": "notify.guest"}
        await automate(hass, "booking_codes", **known | {"tell_owner": "notify.owner"} | inputs)

    return add


def assert_kept(
    hass: HomeAssistant, sim: Simulator, events: list[Event], caplog: pytest.LogCaptureFixture
) -> None:
    """Assert that none of the codes is in the recorder, the log or the traces."""
    codes = {k3_code(LOCK_1_ID, start, int(duration_id)) for start, duration_id in wires(sim)}
    assert codes
    told = [repr(event.as_dict()) for event in events] + [repr(_traces(hass))]
    told += [line for line in caplog.text.splitlines() if "Writing data to" not in line]
    assert [one for one in told if any(code in one for code in codes)] == []


def _traces(hass: HomeAssistant) -> list[Any]:
    """Return the stored traces."""
    buckets = hass.data["trace"].values()
    return [trace.as_dict() for bucket in buckets for trace in bucket.runs.values()]


# The files


def test_files() -> None:
    """All five blueprints are there."""
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
        stored = blueprint.data.get("trace", {}).get("stored_traces")
        assert stored == (0 if path.stem in SEE_CODES else None)
        docs = (ROOT / "docs" / "blueprints.md").read_text()
        link = quote(f"{REPOSITORY}{path}", safe="")
        assert f"/redirect/blueprint_import/?blueprint_url={link}" in docs
        assert [name for name in blueprint.inputs if f"`{name}`" not in docs] == []


@pytest.mark.parametrize(
    ("blueprint", "needed"),
    [
        ("booking_codes", ["calendar", "lock"]),
        ("weekly_visitor", ["lock", "visitor", "weekdays", "starts", "ends"]),
        ("somebody_is_near", ["locks"]),
        ("tell_who_came", ["activity"]),
    ],
)
async def test_least_inputs(
    hass: HomeAssistant,
    front: str,
    bookings: Bookings,
    wait: Pass,
    caplog: pytest.LogCaptureFixture,
    blueprint: str,
    needed: list[str],
) -> None:
    """Optional inputs have usable defaults."""
    inputs = {
        "calendar": bookings.entity_id,
        "lock": front,
        "locks": [front],
        "visitor": "Cleaner",
        "weekdays": ["mon"],
        "starts": "12:00:00",
        "ends": "13:00:00",
        "activity": [entity_id(hass, "event", LOCK_1_ID, "activity")],
    }
    bookings.events = [stay(12, 14)]
    await automate(hass, blueprint, **{name: inputs[name] for name in needed})
    if "calendar" in needed or "visitor" in needed:
        await wait(HOUR)
        assert len(await listed(hass)) == 1
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


# Make a code


async def _add_script(hass: HomeAssistant, **inputs: Any) -> None:
    path = "codelocks/make_a_code.yaml"
    config = {"make_a_code": {"alias": "Code", "use_blueprint": {"path": path, "input": inputs}}}
    assert await async_setup_component(hass, "script", {"script": config})
    state = hass.states.get("script.make_a_code")
    assert state
    assert state.state == "off", "its configuration is valid"


async def _run_script(
    hass: HomeAssistant, context: Context | None = None, **fields: Any
) -> dict[str, Any]:
    response = await hass.services.async_call(
        "script", "make_a_code", fields, blocking=True, return_response=True, context=context
    )
    assert isinstance(response, dict)
    return response


async def test_make_a_code(
    hass: HomeAssistant,
    sim: Simulator,
    front: str,
    phone: Phone,
    owner: Phone,
    events: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A code for a lock, a person and a time is returned, and sent to whoever should have it."""
    await _add_script(
        hass, always_to=["notify.owner"], words="{name}: {netcode} until {end} at {lock}"
    )
    fields: dict[str, Any] = {
        "lock": front,
        "name": "Plumber",
        "until": "2026-10-12 15:20:00",
        "send_to": "notify.guest",
    }

    made = await _run_script(hass, **fields)

    code = k3_code(LOCK_1_ID, "2026-10-12 10:00", 5)
    assert made["netcode"] == code
    assert made["requested_end"] == "2026-10-12T15:20:00+01:00"
    sentence = f"Plumber: {code} until Monday 12 October, 16:00 at Front door"
    assert phone.messages == owner.messages == [sentence]
    assert_kept(hass, sim, events, caplog)
    assert (await _run_script(hass, **fields))["cached"], "pressed twice, paid once"
    assert len(netcode_calls(sim)) == 1


@pytest.mark.parametrize(
    ("fields", "wire"),
    [
        pytest.param({}, ("2026-10-12 10:00", "1"), id="an hour from now"),
        pytest.param({"duration": {"hours": 3}}, ("2026-10-12 10:00", "3"), id="some hours"),
        pytest.param({"duration": "02:30:00"}, ("2026-10-12 10:00", "2"), id="in YAML"),
        pytest.param({"duration": {"days": 1}}, ("2026-10-12 00:00", "13"), id="a day"),
        pytest.param(
            {"start": "2026-10-13 14:00:00", "duration": {"hours": 2}},
            ("2026-10-13 14:00", "1"),
            id="two hours tomorrow",
        ),
        pytest.param(
            {"start": "2026-10-13 14:00:00", "until": "2026-10-15 12:00:00"},
            ("2026-10-13 00:00", "14"),
            id="from and until",
        ),
        pytest.param(
            {"until": "", "start": "", "send_to": []}, ("2026-10-12 10:00", "1"), id="empty"
        ),
    ],
)
async def test_make_a_code_when(
    hass: HomeAssistant, sim: Simulator, front: str, fields: dict[str, Any], wire: tuple[str, str]
) -> None:
    """By its end, by its length or for one hour; now or later."""
    await _add_script(hass)
    await _run_script(hass, lock=front, name="Plumber", **fields)
    assert wires(sim) == [wire]


async def test_make_a_code_needs_permission(
    hass: HomeAssistant, entry: CodelocksConfigEntry, front: str
) -> None:
    """A user who may not make codes may not make them by a script either."""
    await _add_script(hass)
    await hass.auth.async_create_user("Owner", group_ids=[GROUP_ID_ADMIN])
    user = await hass.auth.async_create_user("Guest", group_ids=[GROUP_ID_USER])
    fields: dict[str, Any] = {"lock": front, "name": "Me", "context": Context(user_id=user.id)}
    with pytest.raises(Unauthorized):
        await _run_script(hass, **fields)
    await set_options(hass, entry, users_may_issue=True)
    assert (await _run_script(hass, **fields))["netcode"]


async def test_make_a_code_refused(hass: HomeAssistant, sim: Simulator, front: str) -> None:
    """Whoever presses the button is told why it is impossible."""
    await _add_script(hass)
    with pytest.raises(HomeAssistantError):
        await _run_script(hass, lock=front, name="Late", until="2026-10-11 12:00:00")
    assert netcode_calls(sim) == []


async def test_make_a_code_for_a_kitlock(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A KitLock's device works as well."""
    shed = device_id(hass, entry, await add_kitlock(hass, entry))
    await _add_script(hass)
    made = await _run_script(hass, lock=shed, name="Rider")
    assert made["netcode"] == kitlock_code("2026-10-12 09:00", 1)


# Bookings


async def test_booking(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    owner: Phone,
    add_bookings: Add,
    wait: Pass,
    events: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A code is made two days before arrival, sent once and paid for once."""
    await add_bookings(stay(14, 17, "Anna", airbnb("HM1")), stay(25, 28, "Ben", airbnb("HM2")))
    await wait(4 * HOUR)
    assert phone.messages == [], "14:30 is too early for an arrival at 15:00"
    await wait(HOUR)

    code = k3_code(LOCK_1_ID, "2026-10-14 00:00", 15)
    [message] = phone.messages
    assert code in message
    assert "Wednesday 14 October, 00:00 to Sunday 18 October, 00:00" in message
    for _ in range(6):
        await wait(HOUR)
    assert len(phone.messages) == 1
    await wait(2 * DAY)
    await wait(2 * DAY)  # during the stay, and after it
    assert len(phone.messages) == len(netcode_calls(sim)) == 1
    assert owner.messages == []
    assert_kept(hass, sim, events, caplog)
    [row] = [row for row in await listed(hass, include_expired=True) if row["name"] == "Anna"]
    assert "HM1" in row["reference"]


async def test_booking_after_a_restart(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    phone: Phone,
    add_bookings: Add,
    wait: Pass,
) -> None:
    """A code that was sent before a restart is not sent again; it looks right after the start."""
    await add_bookings(stay(13, 15, "Anna"))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await settle(hass)
    assert len(phone.messages) == 1
    await restart(hass, freezer, entry)
    await wait(HOUR)
    assert len(phone.messages) == len(netcode_calls(sim)) == 1


async def test_booking_that_moves(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    owner: Phone,
    add_bookings: Add,
    bookings: Bookings,
    wait: Pass,
) -> None:
    """The guest gets another code at once; the first is withdrawn."""
    await add_bookings(stay(13, 15, "Anna", airbnb("HM1")))
    await wait(HOUR)
    bookings.events = [stay(23, 25, "Anna", airbnb("HM1"))]
    await wait(HOUR)

    assert [k3_code(LOCK_1_ID, f"2026-10-{day} 00:00", 14) for day in (13, 23)] == [
        next(word for word in message.split() if word.isdigit()) for message in phone.messages
    ]
    assert [(row["start"][:10], row["state"]) for row in await listed(hass)] == [
        ("2026-10-13", "withdrawn"),
        ("2026-10-23", "planned"),
    ]
    await wait(DAY)
    assert len(phone.messages) == len(netcode_calls(sim)) == 2
    assert owner.messages == [], "its code has a booking"


async def test_booking_known_by_its_number(
    sim: Simulator, phone: Phone, owner: Phone, add_bookings: Add, bookings: Bookings, wait: Pass
) -> None:
    """The template that the documentation shows."""
    docs = (ROOT / "docs" / "blueprints.md").read_text()
    template = docs.partition("```jinja\n")[2].partition("```")[0]
    await add_bookings(
        stay(13, 15, "Anna", "Booking 4711"), stay(13, 16, "Ben"), booking_key=template
    )
    await wait(HOUR)
    bookings.events = [stay(14, 15, "Anna", "Booking 4711"), stay(14, 16, "Ben")]
    await wait(HOUR)
    assert len(phone.messages) == len(netcode_calls(sim)) == 3, "Anna is followed at once"
    await wait(DAY)
    assert len(phone.messages) == len(netcode_calls(sim)) == 4
    [message] = owner.messages
    assert "Ben" in message
    assert "Anna" not in message


@pytest.mark.usefixtures("hass")
async def test_booking_that_moves_back(
    sim: Simulator,
    phone: Phone,
    add_bookings: Add,
    bookings: Bookings,
    wait: Pass,
) -> None:
    """The first code is sent again, and costs nothing."""
    first = [stay(13, 15, "Anna", airbnb("HM1"))]
    await add_bookings(*first)
    await wait(HOUR)
    bookings.events = [stay(14, 15, "Anna", airbnb("HM1"))]
    await wait(HOUR)
    bookings.events = first
    await wait(HOUR)
    assert len(phone.messages) == 3
    assert phone.messages[0] == phone.messages[2]
    assert len(netcode_calls(sim)) == 2
    await wait(HOUR)
    assert len(phone.messages) == 3


async def test_booking_that_is_cancelled(
    hass: HomeAssistant,
    phone: Phone,
    owner: Phone,
    add_bookings: Add,
    bookings: Bookings,
    wait: Pass,
) -> None:
    """The owner is told each morning, until the code is deleted from the lock's calendar."""
    await add_bookings(stay(13, 19, "Anna", airbnb("HM1")))
    await wait(HOUR)
    bookings.events = []
    await wait(10 * HOUR)
    assert owner.messages == []
    await wait(12 * HOUR)
    [message] = owner.messages
    assert "Anna, 2026-10-13 00:00 to 2026-10-20 00:00" in message
    assert "calendar of Front door" in message
    await wait(DAY)
    assert len(owner.messages) == 2

    [row] = await listed(hass)
    found = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    assert found
    calendar = hass.data[CALENDARS].get_entity(found)
    assert calendar
    await calendar.async_delete_event(row["id"])
    await wait(DAY)
    assert len(owner.messages) == 2
    assert len(phone.messages) == 1


async def test_booking_whose_code_is_withdrawn(
    hass: HomeAssistant, phone: Phone, add_bookings: Add, wait: Pass
) -> None:
    """A code that its owner withdrew is not made again."""
    await add_bookings(stay(13, 19, "Anna"))
    await wait(HOUR)
    [row] = await listed(hass)
    found = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    assert found
    calendar = hass.data[CALENDARS].get_entity(found)
    assert calendar
    await calendar.async_delete_event(row["id"])
    await wait(HOUR)
    assert len(await listed(hass)) == len(phone.messages) == 1


@pytest.mark.usefixtures("sim")
async def test_bookings_that_look_alike(
    hass: HomeAssistant, phone: Phone, owner: Phone, add_bookings: Add, wait: Pass
) -> None:
    """Only their times tell them apart: each gets its own code, and none is sent twice."""
    help_page = "Help: https://example.com/help"
    await add_bookings(
        stay(13, 14, "Reserved"),
        stay(14, 15, "Reserved"),
        stay(13, 15, "Anna", help_page),
        stay(14, 16, "Ben", help_page),
        stay(13, 14, "Airbnb (not available)"),
    )
    for _ in range(4):
        await wait(12 * HOUR)
    assert len(phone.messages) == len(await listed(hass, include_expired=True)) == 4
    assert owner.messages == []


async def test_booking_that_shares_a_code(
    hass: HomeAssistant, sim: Simulator, front: str, phone: Phone, add_bookings: Add, wait: Pass
) -> None:
    """A guest is sent a code that cost no call, because somebody else has it already."""
    await act(
        hass, "generate_netcode", device_id=front, name="Me", start="2026-10-13", end="2026-10-16"
    )
    await add_bookings(stay(13, 15))
    await wait(HOUR)
    await wait(HOUR)
    assert len(netcode_calls(sim)) == len(phone.messages) == 1


@pytest.mark.usefixtures("phone")
async def test_booking_with_times(sim: Simulator, add_bookings: Add, wait: Pass) -> None:
    """An event with times keeps them."""
    start = datetime(2026, 10, 13, 14, tzinfo=UTC)
    await add_bookings(CalendarEvent(start, start + 5 * HOUR, "Meeting room"))
    await wait(HOUR)
    assert wires(sim) == [("2026-10-13 15:00", "4")]


async def test_booking_by_hand(sim: Simulator, phone: Phone, add_bookings: Add, wait: Pass) -> None:
    """An option says that entries include the day of departure."""
    await add_bookings(stay(13, 16), departure_day="1", codes="tight", check_out="12:00:00")
    await wait(HOUR)
    assert wires(sim)[-1][0] == "2026-10-15 00:00"
    assert "Thursday 15 October, 00:00 \N{EN DASH} 12:00" in phone.messages[-1]


@pytest.mark.usefixtures("bookings", "hass_storage")
async def test_long_stay(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    owner: Phone,
    add_bookings: Add,
    wait: Pass,
) -> None:
    """A stay of nine nights takes a chain of codes; all are sent, and none again when one ends."""
    told: list[dict[str, Any]] = []
    hass.services.async_register("test", "tell", lambda call: told.append(dict(call.data)))
    words = ("guest", "lock_name", "start", "end", "netcode", "moved", "codes_text", "description")
    await add_bookings(
        stay(13, 22, "Anna", "Two cats"),
        actions=[{"action": "test.tell", "data": {word: f"{{{{ {word} }}}}" for word in words}}],
    )
    await wait(HOUR)

    codes = await listed(hass, reveal=True)
    assert len(codes) == len(netcode_calls(sim)) > 1
    [message] = phone.messages
    assert all(code["netcode"] in message for code in codes)
    [one] = told
    assert [line.split()[0] for line in one.pop("codes_text").split("\n")] == [
        code["netcode"] for code in codes
    ]
    assert str(one.pop("netcode")) == codes[0]["netcode"]
    assert one == {
        "guest": "Anna",
        "lock_name": "Front door",
        "start": codes[0]["start"][:16].replace("T", " "),
        "end": "2026-10-22 11:00",
        "moved": False,
        "description": "Two cats",
    }
    for _ in range(10):
        await wait(DAY)
    assert len(netcode_calls(sim)) == len(codes)
    assert len(told) == 1
    assert owner.messages == []


@pytest.mark.usefixtures("phone")
async def test_own_actions_tell_local_times(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    add_bookings: Add,
    wait: Pass,
) -> None:
    """A KitLock's clock shows UTC, but the guest is told local times."""
    shed = device_id(hass, entry, await add_kitlock(hass, entry))
    told: list[dict[str, Any]] = []
    hass.services.async_register("test", "tell", lambda call: told.append(dict(call.data)))
    words = ("start", "end", "codes_text")
    await add_bookings(
        stay(13, 15),
        lock=shed,
        actions=[{"action": "test.tell", "data": {word: f"{{{{ {word} }}}}" for word in words}}],
    )
    await wait(HOUR)
    [one] = told
    [listed_code] = await listed(hass, reveal=True)
    start, end = (listed_code[key][:16].replace("T", " ") for key in ("start", "end"))
    assert (one["start"], one["end"]) == (start, end)
    assert one["codes_text"] == f"{listed_code['netcode']} ({start} to {end})"


async def test_booking_when_the_cloud_fails(
    hass: HomeAssistant, sim: Simulator, phone: Phone, owner: Phone, add_bookings: Add, wait: Pass
) -> None:
    """The owner is told, other bookings go on, and it is tried again in the next hour."""
    await add_bookings(stay(13, 14, "Anna"), stay(13, 15, "Ben"))
    sim.faults.add(Fault(kind="status", status=500, path="*/netcode/*", count=1))
    await wait(HOUR)
    assert len(phone.messages) == 1
    [message] = owner.messages
    assert "No code could be made for Anna, 2026-10-13 15:00 to 2026-10-14 11:00" in message
    notices = hass.data["persistent_notification"]
    [notification] = [one for key, one in notices.items() if key.startswith("codelocks_booking_")]
    assert notification["message"] == message
    await wait(HOUR)
    assert len(phone.messages) == 2
    assert len(owner.messages) == 1


async def test_booking_when_telling_fails(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    owner: Phone,
    add_bookings: Add,
    wait: Pass,
    events: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The owner is told which phone did not get the code, which is kept."""
    phone.broken = True
    await add_bookings(stay(13, 14, "Anna"))
    await wait(HOUR)
    [message] = owner.messages
    assert "The code for Anna" in message
    assert "was not sent to notify.guest" in message
    assert len(await listed(hass)) == 1
    assert_kept(hass, sim, events, caplog)


async def test_booking_when_an_own_action_fails(
    hass: HomeAssistant, phone: Phone, owner: Phone, add_bookings: Add, wait: Pass
) -> None:
    """The owner is told, and the next booking gets its code."""
    broken = {"action": "notify.send_message", "target": {"entity_id": "notify.broken"}}
    (await _phone(hass, "broken")).broken = True
    await add_bookings(
        stay(13, 14, "Anna"), stay(13, 15, "Ben"), actions=[{**broken, "data": {"message": "Hi"}}]
    )
    await wait(HOUR)
    assert len(phone.messages) == 2
    [message] = owner.messages
    assert message.count("your own actions failed") == 2


@pytest.mark.usefixtures("hass", "phone")
async def test_booking_with_few_calls_left(
    sim: Simulator, owner: Phone, add_bookings: Add, wait: Pass
) -> None:
    """The last calls are kept for the owner, who is told."""
    await add_bookings(stay(13, 14, "Anna"), keep_calls=100)
    await wait(HOUR)
    assert netcode_calls(sim) == []
    assert "only 100 calls are left" in owner.messages[0]


@pytest.mark.parametrize(
    "not_readable",
    [pytest.param(True, id="a calendar that is away"), pytest.param(False, id="a lock's own")],
)
async def test_calendar_that_is_not_read(
    hass: HomeAssistant,
    sim: Simulator,
    phone: Phone,
    owner: Phone,
    add_bookings: Add,
    bookings: Bookings,
    front: str,
    wait: Pass,
    not_readable: bool,  # noqa: FBT001
) -> None:
    """An unreadable calendar does not mean no bookings, and our own calendar is not used."""
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    await act(hass, "generate_netcode", device_id=front, name="Me", start="2026-10-12 15:00:00")
    await add_bookings(stay(13, 14), **({} if not_readable else {"calendar": calendar}))
    if not_readable:
        bookings._attr_available = False
        bookings.async_write_ha_state()
    await wait(DAY)
    assert phone.messages == owner.messages == []
    assert len(netcode_calls(sim)) == 1


# A weekly visitor


async def _add_visitor(hass: HomeAssistant, lock: str, **inputs: Any) -> None:
    known = {
        "lock": lock,
        "visitor": "Cleaner",
        "weekdays": ["tue", "fri"],
        "starts": "09:00:00",
        "ends": "12:00:00",
        "notify": ["notify.guest"],
        "tell_owner": ["notify.owner"],
    }
    await automate(hass, "weekly_visitor", **known | inputs)


async def test_weekly_visitor(
    hass: HomeAssistant,
    sim: Simulator,
    front: str,
    phone: Phone,
    owner: Phone,
    wait: Pass,
    events: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A code for each visit, sent the evening before."""
    await _add_visitor(hass, front, message="{name}: {netcode}")
    await wait(7 * HOUR)
    assert phone.messages == [], "on Monday at half past five"
    await wait(HOUR)
    assert phone.messages == [f"Cleaner: {k3_code(LOCK_1_ID, '2026-10-13 09:00', 2)}"]
    for _ in range(7 * 4):
        await wait(6 * HOUR)
    assert wires(sim) == [
        ("2026-10-13 09:00", "2"),
        ("2026-10-16 09:00", "2"),
        ("2026-10-20 09:00", "2"),
    ]
    assert len(phone.messages) == 3
    assert owner.messages == []
    assert_kept(hass, sim, events, caplog)


@pytest.mark.usefixtures("phone")
async def test_visitor_of_the_night(
    sim: Simulator, hass: HomeAssistant, front: str, wait: Pass
) -> None:
    """A visit may end on the next day, and is announced separately."""
    await _add_visitor(
        hass, front, weekdays=["mon"], starts="22:00:00", ends="02:00:00", days_before=0
    )
    await wait(8 * HOUR)
    assert wires(sim) == [("2026-10-12 22:00", "3")]


async def test_visitor_when_the_cloud_fails(
    hass: HomeAssistant, sim: Simulator, front: str, phone: Phone, owner: Phone, wait: Pass
) -> None:
    """It is tried again in the next hour."""
    await _add_visitor(hass, front)
    sim.faults.add(Fault(kind="status", status=500, path="*/netcode/*", count=1))
    await wait(7 * HOUR)
    await wait(31 * MINUTE)
    assert phone.messages == []
    assert owner.messages == ["No code could be made for Cleaner, 2026-10-13. The log says why."]
    await wait(HOUR)
    assert len(phone.messages) == len(owner.messages) == 1


async def test_visitor_when_telling_fails(
    hass: HomeAssistant, front: str, phone: Phone, owner: Phone, wait: Pass
) -> None:
    """The owner is told; an existing code is not made or sent again."""
    phone.broken = True
    await _add_visitor(hass, front)
    await wait(8 * HOUR)
    await wait(HOUR)
    assert owner.messages == [
        "The code for Cleaner, 2026-10-13, is made, but was not sent to notify.guest."
    ]


async def test_visitor_told_by_own_actions(
    hass: HomeAssistant, front: str, phone: Phone, wait: Pass
) -> None:
    """The user's own actions get the code and its times."""
    text = "{{ visitor }} {{ netcode }} {{ lock_name }} {{ start }} {{ end }}"
    send = {
        "action": "notify.send_message",
        "target": {"entity_id": "notify.guest"},
        "data": {"message": text},
    }
    await _add_visitor(hass, front, notify=[], actions=[send])
    await wait(8 * HOUR)
    code = k3_code(LOCK_1_ID, "2026-10-13 09:00", 2)
    assert phone.messages == [f"Cleaner {code} Front door 2026-10-13 09:00 2026-10-13 12:00"]


async def test_visitor_on_a_condition(
    hass: HomeAssistant, sim: Simulator, front: str, wait: Pass
) -> None:
    """Nothing happens while the condition is not met."""
    only_if = [{"condition": "state", "entity_id": "input_boolean.holiday", "state": "off"}]
    hass.states.async_set("input_boolean.holiday", "on")
    await _add_visitor(hass, front, notify=[], only_if=only_if)
    await wait(8 * HOUR)
    assert netcode_calls(sim) == []
    hass.states.async_set("input_boolean.holiday", "off")
    await wait(HOUR)
    assert len(netcode_calls(sim)) == 1


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
