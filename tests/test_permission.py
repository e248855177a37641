"""Who may do what: every action, voice, the entities and the calendar, by each kind of user."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.auth.models import Group, User
from homeassistant.auth.permissions.models import PermissionLookup
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized, UnknownUser
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    intent,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import CLIENT_ID
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.services import ACTIONS
from tests.assist.talking import set_up_agent
from tests.codes import act, add_kitlock, device_id, listed, make, netcode_calls, set_options
from tests.conftest import settle
from tests.helpers import add_user, entity_id
from tests.issuing.requesters import add_requester
from tests.simulator import GUEST_EMAIL, LOCK_1_ID, LOCK_2_ID, STRANGER_EMAIL, Simulator

CONTROLS = {"automation", "administrator", "user", "user of this lock"}
"""Who controls the front door, as far as Home Assistant goes."""
WHO = [*sorted(CONTROLS), "user of another area", "read-only"]

EMAIL = {"email": GUEST_EMAIL}
PERIODS = [{"starts": "09:00", "ends": "17:00"}]
STARRED: dict[str, dict[str, Any]] = {
    "generate_netcode": {"name": "Plumber"},
    "get_netcodes": {"reveal": True},
    "get_audit": {},
    "get_clients": {},
    "update_client": {**EMAIL, "active_periods": PERIODS},
    "suspend_client": EMAIL,
    "restore_client": EMAIL,
    "delete_client": EMAIL,
    "add_client": {"email": STRANGER_EMAIL},
}
"""Actions for a lock that only those may use who may make codes for it, with their fields."""
STARRED_BY_ID: dict[str, dict[str, Any]] = {
    "withdraw_netcode": {},
    "send_netcode": {"notify_entity_id": "notify.phone"},
}
"""The same for the codes of some ids, which say of which locks they are."""
OPEN: dict[str, dict[str, Any]] = {"plan_netcode": {}, "get_durations": {}}
OTHERS = {"answer_text_request", "get_active_period_schema", "refresh"}
"""Actions that are not for one lock, or have a rule of their own: each has its lines below."""


async def person(hass: HomeAssistant, entry: CodelocksConfigEntry, who: str) -> User | None:
    """Return somebody; None for nobody, as automations are."""
    garden = ar.async_get(hass).async_get_or_create("Garden")
    device = device_id(hass, entry, LOCK_1_ID)
    policies = {
        "user of this lock": {"device_ids": {device: True}},
        "user of another area": {"area_ids": {garden.id: True}},
    }
    # As Home Assistant does when it starts.
    lookup = PermissionLookup(er.async_get(hass), dr.async_get(hass))
    hass.auth._store._perm_lookup = lookup
    for name, entities in policies.items():
        group = Group(id=name, name=name, policy={"entities": entities})
        hass.auth._store._groups[name] = group
    groups = {
        "administrator": GROUP_ID_ADMIN,
        "user": GROUP_ID_USER,
        "read-only": GROUP_ID_READ_ONLY,
    }
    return None if who == "automation" else await add_user(hass, groups.get(who, who))


async def allowed(doing: Awaitable[Any]) -> bool:
    """Return whether something is allowed; what else goes wrong is not asked here."""
    try:
        await doing
    except Unauthorized:
        return False
    except HomeAssistantError:
        return True
    return True


def test_all_actions_are_in_the_table() -> None:
    """One that is new has to say who may use it."""
    assert ACTIONS.keys() == STARRED.keys() | STARRED_BY_ID.keys() | OPEN.keys() | OTHERS


@pytest.mark.parametrize("option", [False, True], ids=["off", "on"])
@pytest.mark.parametrize("who", WHO)
async def test_actions(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    who: str,
    *,
    option: bool,
    subtests: pytest.Subtests,
) -> None:
    """A user who is no administrator needs the option, and control of the lock's calendar."""
    await set_options(hass, entry, users_may_issue=option)
    await add_requester(hass, entry)
    user = await person(hass, entry, who)
    context = Context(user_id=user.id if user else None)
    is_trusted = user is None or user.is_admin
    controls = who in CONTROLS
    may = is_trusted or (option and controls)
    front = {"device_id": device_id(hass, entry, LOCK_1_ID)}
    back = device_id(hass, entry, LOCK_2_ID)
    booked = {"start": "2026-10-14 09:00:00", "reference": "booking 1"}
    mine, other = [
        (await make(hass, entry, owner, **booked))["id"] for owner in (LOCK_1_ID, LOCK_2_ID)
    ]
    sim.clear_calls()

    for action, fields in STARRED.items():
        with subtests.test(action):
            assert await allowed(act(hass, action, context, **front, **fields)) == may
    for action, fields in STARRED_BY_ID.items():
        with subtests.test(action):
            assert await allowed(act(hass, action, context, id=mine, **fields)) == may
    for reference in ("booking 1", "no booking"):
        doing = act(hass, "withdraw_netcode", context, **front, reference=reference)
        assert await allowed(doing) == may, "whether there is one is not told either"
    if not may:
        assert not sim.calls
    for action, fields in OPEN.items():
        with subtests.test(action):
            assert await allowed(act(hass, action, context, **front, **fields))
    assert await allowed(act(hass, "get_active_period_schema", context))
    assert await allowed(act(hass, "refresh", context, **front)) == controls
    assert await allowed(act(hass, "refresh", context)) == controls
    controls_both = is_trusted or who == "user"
    both = [front["device_id"], back]
    assert await allowed(act(hass, "refresh", context, device_id=both)) == controls_both
    text = {"channel": "sms", "sender": "+447123456789", "message": "FrontDoor1"}
    may_all = is_trusted or (option and controls_both)
    assert await allowed(act(hass, "answer_text_request", context, **text)) == may_all
    assert len(netcode_calls(sim)) == may, "the same code serves both"

    order = act(hass, "generate_netcode", context, device_id=both)
    assert await allowed(order) == may_all
    assert len(netcode_calls(sim)) == may + may_all, "of an order no lock may be another's"
    for action, fields in STARRED_BY_ID.items():
        with subtests.test(action):
            doing = act(hass, action, context, id=[mine, other], **fields)
            assert await allowed(doing) == may_all
    states = {row["id"]: row["state"] for row in await listed(hass)}
    assert states[mine] == ("withdrawn" if may else "planned")
    assert states[other] == ("withdrawn" if may_all else "planned")


@pytest.mark.parametrize("who", WHO)
async def test_listing_all_codes(
    hass: HomeAssistant, entry: CodelocksConfigEntry, who: str
) -> None:
    """Without a lock it is the codes of those that the caller may control, of both kinds."""
    shed = await add_kitlock(hass, entry)
    await set_options(hass, entry, users_may_issue=True)
    user = await person(hass, entry, who)
    garden = ar.async_get(hass).async_get_or_create("Garden")
    dr.async_get(hass).async_update_device(device_id(hass, entry, shed), area_id=garden.id)
    for owner in (LOCK_1_ID, LOCK_2_ID, shed):
        await make(hass, entry, owner)
    context = Context(user_id=user.id if user else None)
    expected = {
        "user of this lock": {"Front door"},
        "user of another area": {"Bike shed"},
    }.get(who, {"Front door", "Garden studio", "Bike shed"})
    if who == "read-only":
        with pytest.raises(Unauthorized):
            await act(hass, "get_netcodes", context)
        return
    rows = (await act(hass, "get_netcodes", context, reveal=True))["netcodes"]
    assert {row["lock_name"] for row in rows} == expected


async def test_an_account_that_does_not_allow_it(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, add_account: Any
) -> None:
    """Its codes are left out of the list, and no order is taken for its locks."""
    other = await add_account(access_key="")
    shed = await add_kitlock(hass, other)
    await set_options(hass, entry, users_may_issue=True)
    await make(hass, entry, LOCK_1_ID)
    await make(hass, other, shed)
    context = Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)
    rows = (await act(hass, "get_netcodes", context))["netcodes"]
    assert [row["lock_name"] for row in rows] == ["Front door"]
    assert not await allowed(
        act(hass, "generate_netcode", context, device_id=device_id(hass, other, shed))
    )
    assert len(netcode_calls(sim)) == 2


async def test_a_lock_without_its_calendar(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """One that is disabled is looked at all the same; where there is none, nobody is let in."""
    await set_options(hass, entry, users_may_issue=True)
    context = Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)
    front = device_id(hass, entry, LOCK_1_ID)
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    assert calendar
    registry = er.async_get(hass)
    registry.async_update_entity(calendar, disabled_by=er.RegistryEntryDisabler.USER)
    assert await act(hass, "generate_netcode", context, device_id=front)
    registry.async_remove(calendar)
    assert not await allowed(act(hass, "generate_netcode", context, device_id=front))


@pytest.mark.parametrize("action", [*STARRED, *STARRED_BY_ID, *OPEN, *sorted(OTHERS)])
async def test_a_user_who_is_gone(
    hass: HomeAssistant, entry: CodelocksConfigEntry, action: str
) -> None:
    """Somebody whom nobody knows may nothing."""
    fields = (STARRED | STARRED_BY_ID).get(action, {})
    if action in STARRED_BY_ID:
        fields = fields | {"id": (await make(hass, entry, LOCK_1_ID))["id"]}
    elif action not in OTHERS:
        fields = fields | {"device_id": device_id(hass, entry, LOCK_1_ID)}
    if action == "answer_text_request":
        fields = {"channel": "sms", "sender": "+447123456789", "message": "FrontDoor1"}
    with pytest.raises(UnknownUser):
        await act(hass, action, Context(user_id="gone"), **fields)


# Voice


NOT_ALLOWED = "You may not make codes. An administrator can allow it in the options of Codelocks."


@pytest.mark.parametrize("option", [False, True], ids=["off", "on"])
@pytest.mark.parametrize("who", WHO)
async def test_voice(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    who: str,
    *,
    option: bool,
) -> None:
    """Who is logged in needs the same to be given a code; a satellite knows no user."""
    await set_up_agent(hass)
    await set_options(hass, entry, voice="issue", users_may_issue=option)
    user = await person(hass, entry, who)
    may = user is None or user.is_admin or (option and who in CONTROLS)
    context = Context(user_id=user.id if user else None)
    response = await intent.async_handle(
        hass, "test", "CodelocksIssueNetcode", {"lock": {"value": "Front door"}}, context=context
    )
    is_done = response.response_type is intent.IntentResponseType.ACTION_DONE
    said = await conversation.async_converse(
        hass, "make a code for the front door", None, context, "en"
    )
    words = str(said.response.speech["plain"]["speech"])
    assert is_done is may
    assert words.startswith("The code") is may, words
    if not may:
        assert words == response.speech["plain"]["speech"] == NOT_ALLOWED
    assert len(netcode_calls(sim)) == may
    made = await listed(hass)
    assert [row["issued_user"] for row in made] == [user.name if user else None] * may


async def test_voice_for_another_lock(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """Where some locks are theirs, the others are refused by name."""
    await set_up_agent(hass)
    await set_options(hass, entry, voice="issue", users_may_issue=True)
    user = await person(hass, entry, "user of this lock")
    assert user
    context = Context(user_id=user.id)
    said = await conversation.async_converse(
        hass, "make a code for the garden studio", None, context, "en"
    )
    words = said.response.speech["plain"]["speech"]
    assert words == "You may not make codes for Garden studio."
    said = await conversation.async_converse(
        hass, "make a code for the front door and the garden studio", None, context, "en"
    )
    assert said.response.speech["plain"]["speech"] == words, "and none for the first, either"
    assert not netcode_calls(sim)


# Entities, whose users Home Assistant looks at


@pytest.mark.parametrize("who", WHO)
async def test_entities(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    who: str,
    subtests: pytest.Subtests,
) -> None:
    """The calendar, the button and the switches are for those who may control them."""
    assert await async_setup_component(hass, "homeassistant", {})
    await set_options(hass, entry, calendar_issues=True, client_switches=True)
    user = await person(hass, entry, who)
    context = Context(user_id=user.id if user else None)
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    switch = entity_id(hass, "switch", LOCK_1_ID, f"client_{GUEST_EMAIL}")
    button = entity_id(hass, "button", entry.entry_id, "refresh")
    assert calendar
    assert switch
    assert button
    event = {"start_date_time": "2026-10-13 09:00:00", "end_date_time": "2026-10-13 10:00:00"}
    rows: dict[str, dict[str, Any]] = {
        "calendar.create_event": {"entity_id": calendar, "summary": "Anna", **event},
        "switch.turn_off": {"entity_id": switch},
        "switch.turn_on": {"entity_id": switch},
        "homeassistant.update_entity": {"entity_id": [calendar]},
        "button.press": {"entity_id": button},
    }
    sim.clear_calls()
    for name, data in rows.items():
        controls = who in CONTROLS - ({"user of this lock"} if name == "button.press" else set())
        with subtests.test(name):
            domain, service = name.split(".")
            doing = hass.services.async_call(domain, service, data, True, context)
            assert await allowed(doing) == controls
    await settle(hass)
    assert len(netcode_calls(sim)) == (who in CONTROLS)
    if who not in CONTROLS:
        assert not sim.calls
    made = await listed(hass)
    assert [row["issued_user"] for row in made] == [user.name if user else None] * (who in CONTROLS)


@pytest.mark.parametrize("who", [who for who in WHO if who != "automation"])
async def test_calendar_of_the_frontend(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    who: str,
) -> None:
    """Its commands for events carry no context: Home Assistant looks at the user itself."""
    await set_options(hass, entry, calendar_issues=True)
    made = await make(hass, entry, LOCK_1_ID)
    user = await person(hass, entry, who)
    assert user
    token = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
    client = await hass_ws_client(hass, hass.auth.async_create_access_token(token))
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    event = {
        "summary": "Anna",
        "dtstart": "2026-10-13T09:00:00+01:00",
        "dtend": "2026-10-13T10:00:00+01:00",
    }
    sim.clear_calls()
    for command in (
        {"type": "calendar/event/create", "event": event},
        {"type": "calendar/event/delete", "uid": made["id"]},
    ):
        await client.send_json_auto_id(command | {"entity_id": calendar})
        answer = await client.receive_json()
        assert answer["success"] is (who in CONTROLS), answer
        if who not in CONTROLS:
            assert answer["error"]["code"] == "unauthorized"
    assert len(netcode_calls(sim)) == (who in CONTROLS)
    states = {row["id"]: row["state"] for row in await listed(hass)}
    assert states[made["id"]] == ("withdrawn" if who in CONTROLS else "active")


# The reserve


type Doing = Callable[[HomeAssistant, CodelocksConfigEntry, Context], Awaitable[Any]]


def action(name: str, fields: dict[str, Any]) -> Doing:
    """Return what calls an action for the front door."""

    async def do(hass: HomeAssistant, entry: CodelocksConfigEntry, context: Context) -> None:
        await act(hass, name, context, device_id=device_id(hass, entry, LOCK_1_ID), **fields)

    return do


async def ask_the_schema(
    hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context
) -> None:
    """Ask what no lock is needed for."""
    await act(hass, "get_active_period_schema", context)


async def flip_the_switch(
    hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context
) -> None:
    """Suspend a client by the switch."""
    switch = entity_id(hass, "switch", LOCK_1_ID, f"client_{GUEST_EMAIL}")
    await hass.services.async_call("switch", "turn_off", {"entity_id": switch}, True, context)


async def add_an_event(hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context) -> None:
    """Make a code by the calendar."""
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    times = {"start_date_time": "2026-10-13 09:00:00", "end_date_time": "2026-10-13 10:00:00"}
    data = {"entity_id": calendar, "summary": "Anna", **times}
    await hass.services.async_call("calendar", "create_event", data, True, context)


SPEND = {
    **{name: action(name, fields) for name, fields in (STARRED | OPEN).items()},
    "schema": ask_the_schema,
    "switch": flip_the_switch,
    "calendar": add_an_event,
}
del SPEND["get_netcodes"]


@pytest.mark.parametrize("what", SPEND)
async def test_the_reserve_is_not_for_users(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, what: str
) -> None:
    """What costs a utility call is refused where only the reserve is left; others may go on."""
    options = {"calendar_issues": True, "client_switches": True, "users_may_issue": True}
    await set_options(hass, entry, reserve_percent=100, **options)
    user = await add_user(hass, GROUP_ID_USER)
    sim.clear_calls()
    with pytest.raises(HomeAssistantError) as caught:
        await SPEND[what](hass, entry, Context(user_id=user.id))
    assert caught.value.translation_key == "reserve_kept"
    assert not sim.calls
    await SPEND[what](hass, entry, Context())
    assert [call for call in sim.calls if call.pool == "utility"]


async def test_users_who_are_refused_leave_nothing_behind(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """That they may not spend is no failure of the question: an administrator gets the answer."""
    await set_options(hass, entry, reserve_percent=100)
    user = await add_user(hass, GROUP_ID_USER)
    sim.clear_calls()
    model = {"lock_model": "KL1060"}
    asking = [
        act(hass, "get_durations", Context(user_id=user_id), **model)
        for user_id in (user.id, None, user.id)
    ]
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [isinstance(answer, HomeAssistantError) for answer in answers] == [True, False, False]
    assert len(sim.calls) == 1
