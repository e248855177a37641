"""What is tried by somebody who is logged in and may nothing, and by words that are meant to harm.

Who may do what is in `test_permission`, and that no secret is told in `test_secrets`.
"""

from collections.abc import Mapping
import json
import logging
from typing import Any

from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.components.websocket_api import DOMAIN as WEBSOCKET
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import CLIENT_ID
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import act, device_id, listed, make, netcode_calls, set_options
from tests.conftest import settle
from tests.helpers import add_user, async_capture_events, entity_id, state_of
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import ACCESS_KEY, API_KEY, LOCK_1_ID, LOCK_2_ID, Simulator
from tests.test_permission import person

START, END = "2026-10-13T09:00:00+01:00", "2026-10-13T10:00:00+01:00"


@pytest.fixture(autouse=True)
def _recorder(recorder_mock: Any) -> None:
    """Set up a recorder, which has to come first."""


async def bring_commands(hass: HomeAssistant) -> None:
    """Set up what brings the commands that a frontend uses."""
    for component in (
        *("automation", "calendar", "config", "diagnostics", "history", "homeassistant", "logbook"),
        *("logger", "persistent_notification", "repairs", "script", "search", "system_health"),
        *("system_log", "trace"),
    ):
        assert await async_setup_component(hass, component, {})


def filled(schema: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a command, as far as there is a value for them."""
    fields: dict[str, Any] = {}
    for part in (schema, *getattr(schema, "validators", ())):
        keys = getattr(part, "schema", None)
        names = map(str, keys) if isinstance(keys, dict) else ()
        fields |= {name: known[name] for name in names if name in known}
    return fields


@pytest.mark.parametrize("group", [GROUP_ID_READ_ONLY, GROUP_ID_USER])
async def test_every_command_of_the_frontend(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_ws_client: WebSocketGenerator,
    group: str,
) -> None:
    """Each is sent, filled in as well as can be: it makes no call, and tells no code and no key."""
    await bring_commands(hass)
    front = device_id(hass, entry, LOCK_1_ID)
    await set_options(hass, entry, spare_locks=[front])
    made = await make(hass, entry, LOCK_1_ID, name="Plumber", start="2026-10-13 09:00:00")
    await settle(hass)
    ledger = entry.runtime_data.ledger_keeper.data
    spare = ledger.spares[LOCK_1_ID]
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    event = {"summary": "Mallory", "dtstart": START, "dtend": END}
    reveal = {"action": "codelocks.get_netcodes", "data": {"reveal": True}}
    known: dict[str, Any] = {
        "entity_id": calendar,
        "entity_ids": [calendar],
        "device_id": front,
        "event": event,
        "device_ids": [front],
        "config_entry_id": entry.entry_id,
        "entry_id": entry.entry_id,
        "item_type": "config_entry",
        "item_id": entry.entry_id,
        "uid": spare.id,
        "domain": DOMAIN,
        "handler": DOMAIN,
        "integration": DOMAIN,
        "service": "get_netcodes",
        "service_data": {"reveal": True},
        "return_response": True,
        "sequence": [reveal],
        "event_type": "*",
        "disabled_by": "user",
        "start": START,
        "end": END,
        "start_time": "2026-10-01T00:00:00Z",
        "issue_id": "x",
        "notification_id": "x",
        "target": {"device_id": [front]},
        "language": "en",
        "category": "services",
        "template": "{{ states | map(attribute='attributes') | list }}",
    }
    user = await add_user(hass, group)
    token = await hass.auth.async_create_refresh_token(user, CLIENT_ID)
    before, options = list(ledger.stored_rows()), entry.as_dict()
    sim.clear_calls()

    answers = {}
    # Its own tokens are not ours, and would end the session.
    commands = [name for name in sorted(hass.data[WEBSOCKET]) if not name.startswith("auth/")]
    for command in commands:
        _, schema = hass.data[WEBSOCKET][command]
        client = await hass_ws_client(hass, hass.auth.async_create_access_token(token))
        fields = filled(schema, known) if schema else {}
        await client.send_json_auto_id({"type": command, **fields})
        answers[command] = await client.receive_json()
        await settle(hass)
        await client.close()

    assert len(answers) > 150
    assert "Unauthorized" in answers["call_service"]["error"]["message"]
    denied = group == GROUP_ID_READ_ONLY
    for command in ("calendar/event/delete", "calendar/event/update"):
        assert not answers[command]["success"]
    assert answers["calendar/event/create"]["success"] is False
    assert (answers["calendar/event/delete"]["error"]["code"] == "unauthorized") is denied
    told = json.dumps(answers, ensure_ascii=False)
    assert "Plumber" in told, "the search works: the calendar's events are for all who may read"
    for secret in (API_KEY, ACCESS_KEY, made["netcode"], spare.code, spare.id):
        assert secret
        assert secret not in told
    assert not [call for call in sim.calls if call.counted]
    assert list(entry.runtime_data.ledger_keeper.data.stored_rows()) == before
    assert entry.as_dict() == options


@pytest.mark.parametrize("who", ["automation", "administrator", "user", "read-only"])
async def test_a_plan_for_those_who_may_read(
    hass: HomeAssistant, entry: CodelocksConfigEntry, who: str
) -> None:
    """It says who has the same code: the calendar says so, too."""
    await make(hass, entry, LOCK_1_ID, name="Plumber")
    user = await person(hass, entry, who)
    context = Context(user_id=user.id if user else None)
    front = device_id(hass, entry, LOCK_1_ID)
    plan = await act(hass, "plan_netcode", context, device_id=front)
    assert (plan["cached"], plan["shared_with"]) == (True, ["Plumber"])


@pytest.mark.parametrize("who", ["user of this lock", "user of another area"])
async def test_a_plan_for_those_who_may_not_read(
    hass: HomeAssistant, entry: CodelocksConfigEntry, who: str
) -> None:
    """It says when a code would open, and not who has one."""
    owner = LOCK_2_ID if who == "user of this lock" else LOCK_1_ID
    await make(hass, entry, owner, name="Plumber")
    user = await person(hass, entry, who)
    assert user
    plan = await act(
        hass, "plan_netcode", Context(user_id=user.id), device_id=device_id(hass, entry, owner)
    )
    assert (plan["cached"], plan["shared_with"], plan["warnings"]) == (False, [], [])
    assert "Plumber" not in str(plan)
    assert plan["end"]


HOSTILE = {
    "fields": "{netcode} {codes} {lock}",
    "format": "{0.__class__} {lock.__init__.__globals__} %(netcode)s %n",
    "template": "{{ states('sun.sun') }} {% for x in range(9) %}",
    "picture": "![x](http://evil.example/p.png)",
    "script": "<img src=x onerror=alert(1)> [x](javascript:alert(1))",
    "lines": "Plumber\nNetCode: 123\r\nand\u2028more\x0b",
    "terminal": "\x1b[31mred\x07\x00",
    "right to left": "\u202eexe.gnp\u2066",
    "zero width": "Plu\u200bmber\u2060\ufeff",
    "long": "x" * 300,
    "huge": "x" * 1_000_000,
    "emoji": "\N{GRINNING FACE}" * 300,
    "combining": "e\u0301" * 300,
    "half a pair": "Plumber \ud83d",
    "other half": "\udcff\udcfe",
}


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_names(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    words: str,
) -> None:
    """A code for such a name is made, kept, told and listed; nothing else comes of the name."""
    caplog.set_level(logging.DEBUG)
    phone = Phone("Anna")
    await add_phones(hass, phone)
    events = async_capture_events(hass, "*")
    caplog.clear()
    name = reference = HOSTILE[words]
    told = {"notify_entity_id": "notify.anna", "message": "{name}: {netcode}"}
    made = await make(hass, entry, LOCK_1_ID, name=name, reference=reference, **told)
    again = await make(hass, entry, LOCK_1_ID, name=name, reference=reference)
    assert (again["id"], again["cached"]) == (made["id"], True)
    await make(hass, entry, LOCK_1_ID, name="Bert")
    rows = hass_storage[f"{DOMAIN}.{entry.entry_id}.ledger"]["data"]["rows"]
    assert rows[made["id"]]["code"] == made["netcode"]
    assert len(rows) == 2, "what comes after it is written, too"

    [(message, _)] = phone.messages
    shown = message.removesuffix(f": {made['netcode']}")
    assert shown.isprintable()
    assert made["netcode"] not in shown
    assert not set(shown) & set("<>[]{}*_`\\")
    calendar = state_of(hass, "calendar", LOCK_1_ID, "netcodes")
    [row] = [row for row in await listed(hass) if row["id"] == made["id"]]
    for public in (str(calendar.attributes["message"]), row["name"] or ""):
        assert public.isprintable()
        assert len(public) <= 255
    taken = await act(
        hass,
        "withdraw_netcode",
        device_id=device_id(hass, entry, LOCK_1_ID),
        reference=reference,
    )
    assert [one["id"] for one in taken["netcodes"]] == [made["id"]]
    for line in caplog.records:
        if line.name.startswith("custom_components"):
            assert made["netcode"] not in line.getMessage()
            assert "\x1b" not in line.getMessage()
    for fired in events:
        if fired.event_type != "call_service":  # its data is the caller's own
            assert made["netcode"] not in str(fired.data)


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_names_in_notifications(
    hass: HomeAssistant, entry: CodelocksConfigEntry, words: str
) -> None:
    """They are shown as Markdown: a name is plain words there, also within a warning."""
    await set_options(hass, entry, calendar_issues=True)
    made = await make(hass, entry, LOCK_1_ID, name=HOSTILE[words])
    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    times = {
        "start_date_time": made["start"].replace("T", " "),
        "end_date_time": made["end"].replace("T", " "),
    }
    data = {"entity_id": calendar, "summary": "Carl", **times}
    await hass.services.async_call("calendar", "create_event", data, blocking=True)
    await hass.data["calendar"].get_entity(calendar).async_delete_event(made["id"])
    notes = list(hass.data["persistent_notification"].values())
    assert len(notes) == 2
    for note in notes:
        assert made["netcode"] not in note["message"]
        assert note["message"].replace("\n", "").isprintable()
        assert not set(note["message"]) & set("<>[]`*\\")
        assert "http://" not in note["message"]


async def test_ids_of_others(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry
) -> None:
    """Somebody who may use one lock learns nothing, and changes nothing, by ids of another's."""
    await set_options(hass, entry, users_may_issue=True)
    await add_phones(hass, Phone("Anna"))
    mine = (await make(hass, entry, LOCK_1_ID))["id"]
    foreign = (await make(hass, entry, LOCK_2_ID, name="Plumber"))["id"]
    user = await person(hass, entry, "user of this lock")
    assert user
    client = Context(user_id=user.id)
    sim.clear_calls()
    for ids in ([foreign], [mine, foreign], [foreign, mine]):
        for action, fields in (
            ("withdraw_netcode", {}),
            ("send_netcode", {"notify_entity_id": "notify.anna"}),
        ):
            with pytest.raises(Exception, match=r"^Unauthorized$|^$") as caught:
                await act(hass, action, client, id=ids, **fields)
            assert "Plumber" not in str(caught.value)
            assert "Garden studio" not in str(caught.value)
    assert {row["state"] for row in await listed(hass)} == {"active"}
    assert not netcode_calls(sim)
