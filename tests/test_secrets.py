"""One session uses everything; then it searches for every code and every seed of codes.

It looks in states, attributes, events, the logbook, the log at debug level, diagnostics, the
health page, repairs, the registries, forms, errors of actions, answers to voice and to language
models that should get no code, and the recorder's database. Secrets may be in actions' responses,
in messages, and in forms that have to show them.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
import json
import logging
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import RefreshToken
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.db_schema import Base
from homeassistant.components.recorder.util import session_scope
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import MATCH_ALL
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)
from sqlalchemy import select

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.api import Pool
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.polling.quota import month_start
from tests.assist.talking import say, set_up_agent
from tests.codes import KITLOCK, act, add_kitlock, device_id, set_options
from tests.conftest import settle
from tests.helpers import entity_id, pass_time, read_again, restart, state_of
from tests.issuing.requesters import FORM, add_requester
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import (
    ACCESS_KEY,
    API_KEY,
    GUEST_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    STRANGER_EMAIL,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
)
from tests.test_llm import ISSUE, READ, call, expose

MASTER_CODE = "31415926"
NEW_API_KEY = "AnotherKey0123456789abcdefghijklmnopqrstuvwxyz"
NEW_ACCESS_KEY = "9k3zzq41xw"
WRONG_KEY = "WrongKey+/=&%0123456789"
FLOWS = "/api/config/config_entries"

_OTHERS = ("homeassistant.components.conversation", "pytest_homeassistant_custom_component")
"""Loggers of spoken answers, and of the tests' stand-in for the disk, which logs what it writes."""
_RANDOM = re.compile(r"\b[0-9a-f]{32,}\b|\b[0-9A-HJKMNP-TV-Z]{26}\b|\b\d{10}\.\d+\b")
"""Home Assistant's own ids and times, which may contain the digits of a code by chance."""


@pytest.fixture(autouse=True)
def _recorder(recorder_mock: Any) -> None:
    """Set up a recorder, which has to come first."""


@dataclass
class Session:
    """All that was shown, by place, and the secrets that should be shown nowhere."""

    hass: HomeAssistant
    client: Any
    websocket: WebSocketGenerator
    login: RefreshToken
    entry: CodelocksConfigEntry = field(init=False)
    secrets: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)

    def said(self, place: str, *words: object) -> None:
        """Note what was shown at a place."""
        self.places.setdefault(place, []).extend(map(str, words))

    def keep(self, name: str, secret: str | None) -> None:
        """Note a secret."""
        assert secret, name
        assert len(secret) >= 6
        self.secrets[name] = secret

    async def act(self, action: str, **fields: Any) -> dict[str, Any]:
        """Call an action, and note the codes in its response."""
        answer = await act(self.hass, action, **fields)
        found = re.findall(r"'netcode': '(\d+)'", str(answer))
        found += re.findall(r"\b\d{6,8}\b", str(answer.get("reply")))
        for code in found:
            self.keep(f"code {code} of {action}", code)
        return answer

    async def fail(self, action: str, **fields: Any) -> None:
        """Call an action that fails, and note what it says."""
        with pytest.raises(HomeAssistantError) as caught:
            await act(self.hass, action, **fields)
        error: BaseException | None = caught.value
        while error:  # a traceback shows what led to it, too
            self.said("errors", str(error), repr(error), error.args)
            error = error.__cause__ or error.__context__

    async def ask(self, kind: str, **fields: Any) -> Any:
        """Send a websocket command, as the frontend does."""
        token = self.hass.auth.async_create_access_token(self.login)
        socket = await self.websocket(self.hass, token)
        await socket.send_json_auto_id({"type": kind, **fields})
        answer = await socket.receive_json()
        await socket.close()
        assert answer["success"], answer
        return answer["result"]

    async def open_page(self) -> Any:
        """Open the page, and return what it is told first."""
        socket = await self.websocket(
            self.hass, self.hass.auth.async_create_access_token(self.login)
        )
        await socket.send_json_auto_id({"type": "codelocks/subscribe"})
        assert (await socket.receive_json())["success"]
        snapshot = (await socket.receive_json())["event"]
        await socket.close()
        return snapshot

    def log_in(self) -> None:
        """Stay logged in: a token is valid for half an hour, the session lasts for days."""
        token = self.hass.auth.async_create_access_token(self.login)
        self.client.session.headers["Authorization"] = f"Bearer {token}"

    async def post(self, path: str, **data: Any) -> dict[str, Any]:
        """Submit a form as the frontend does, and note the next one."""
        answer = await self.post_untold(path, **data)
        self.said("flows", json.dumps(answer, ensure_ascii=False))
        return answer

    async def post_untold(self, path: str, **data: Any) -> dict[str, Any]:
        """Submit a form whose answer has to show what was typed, or what has to be typed."""
        self.log_in()
        answer = await self.client.post(path, json=data)
        text = await answer.text()
        assert answer.status == HTTPStatus.OK, text
        return dict(json.loads(text))

    def found(self) -> list[str]:
        """Return which secrets were shown, and where."""
        everything = {
            place: _RANDOM.sub("", "\n".join(words)).lower() for place, words in self.places.items()
        }
        return [
            f"{name} in {place}: ...{text[max(0, at - 150) : at + 60]}..."
            for place, text in everything.items()
            for name, secret in self.secrets.items()
            for form in {secret.lower(), _quoted(secret).lower()}
            if (at := text.find(form)) >= 0
        ]


def _quoted(secret: str) -> str:
    return secret.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D").replace("&", "%26")


def recorded(hass: HomeAssistant) -> list[str]:
    """Return all that is in the recorder's database."""
    rows: list[str] = []
    with session_scope(hass=hass, read_only=True) as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                rows += [
                    value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    for name, value in row._mapping.items()
                    if not name.endswith(("context_id_bin", "_ts", "hash"))
                ]
    return rows


async def look_around(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    """Note all that Home Assistant shows in public, or would show to a helper."""
    hass, entry = session.hass, session.entry
    session.said("states", *(state.as_dict() for state in hass.states.async_all()))
    session.said("devices", *dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id))
    session.said("entities", *er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id))
    session.said("issues", *ir.async_get(hass).issues.values())
    session.log_in()
    diagnostics = f"/api/diagnostics/config_entry/{entry.entry_id}"
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    for path in (diagnostics, *(f"{diagnostics}/device/{device.id}" for device in devices)):
        answer = await session.client.get(path)
        assert answer.status == HTTPStatus.OK
        session.said("diagnostics", await answer.text())
    health = await get_system_health_info(hass, DOMAIN)
    session.said("health", health, await health["can_reach_server"])
    session.said(
        "reprs", entry, entry.runtime_data.kitlocks, *entry.runtime_data.ledger_keeper.data.rows()
    )
    await settle(hass)
    await async_wait_recording_done(hass)
    session.said("recorder", *await get_instance(hass).async_add_executor_job(recorded, hass))
    lines = await session.ask("logbook/get_events", start_time="2026-10-01T00:00:00Z")
    session.said("logbook", *map(json.dumps, lines))
    session.said("page", json.dumps(await session.open_page()))
    whole = logging.Formatter("%(name)s %(message)s")  # with the tracebacks
    session.said(
        "log", *(whole.format(line) for line in caplog.records if not line.name.startswith(_OTHERS))
    )


@pytest.fixture
async def session(
    hass: HomeAssistant,
    sim: Simulator,
    caplog: pytest.LogCaptureFixture,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_access_token: str,
) -> Session:
    """Start a session: log everything, note every event, and add the account."""
    caplog.set_level(logging.DEBUG)
    for component in ("calendar", "config", "diagnostics", "logbook", "repairs", "system_health"):
        assert await async_setup_component(hass, component, {})
    await set_up_agent(hass)
    assert await async_setup_component(hass, DOMAIN, {})  # a started server takes no more files
    client = await hass_client()
    login = hass.auth.async_validate_access_token(hass_access_token)
    assert login
    session = Session(hass, client, hass_ws_client, login)

    @callback
    def note(event: Event[Any]) -> None:
        session.said("events", event.as_dict(), event.data)

    hass.bus.async_listen(MATCH_ALL, note)
    session.keep("API key", API_KEY)
    session.keep("access key", ACCESS_KEY)
    session.keep("wrong key", WRONG_KEY)

    # First a wrong key. The form that comes back shows it only to the user who typed it.
    form = await session.post(f"{FLOWS}/flow", handler=DOMAIN)
    filled: dict[str, Any] = {
        "plan": "business_1",
        "connection": {"url": sim.url},
        "access_key": ACCESS_KEY,
    }
    path = f"{FLOWS}/flow/{form['flow_id']}"
    again = await session.post_untold(path, api_key=WRONG_KEY, **filled)
    assert again["errors"]
    done = await session.post(path, api_key=API_KEY, **filled)
    assert done["type"] == "create_entry"
    await settle(hass)
    (session.entry,) = hass.config_entries.async_loaded_entries(DOMAIN)
    return session


async def add_locks(session: Session, sim: Simulator) -> tuple[str, str]:
    """Add a KitLock by its details, and one that is initialised; returns their owners."""
    hass, entry = session.hass, session.entry
    for key in ("timecode", "identifier"):
        session.keep(key, KITLOCK[key])
    session.keep("master code", MASTER_CODE)
    shed = await add_kitlock(hass, entry, text_identifier="BikeShed")

    flows = f"{FLOWS}/subentries/flow"
    menu = await session.post(flows, handler=[entry.entry_id, "kitlock"])
    path = f"{flows}/{menu['flow_id']}"
    await session.post(path, next_step_id="initialise")
    garage: dict[str, Any] = {
        "name": "Garage",
        "lock_model": "KL1060C2",
        "time_zone": "Europe/London",
    }
    shown = await session.post_untold(path, master_code=MASTER_CODE, **garage)
    assert shown["step_id"] == "sequence"
    made = sim.world.kitlocks[-1]
    session.keep("identifier of the garage", made.identifier)
    session.keep("time code of the garage", made.timecode)
    known = set(entry.subentries)
    done = await session.post(path, identifier=made.identifier, timecode=made.timecode)
    assert done["type"] == "create_entry"
    await settle(hass)
    return shed, (set(entry.subentries) - known).pop()


async def change_subentries(session: Session, shed: str, anna: str) -> None:
    """Change a KitLock, whose form has to show its details, and a requester."""
    hass, entry = session.hass, session.entry
    flows = f"{FLOWS}/subentries/flow"
    form = await session.post_untold(flows, handler=[entry.entry_id, "kitlock"], subentry_id=shed)
    assert KITLOCK["identifier"] in str(form)
    done = await session.post(
        f"{flows}/{form['flow_id']}", **KITLOCK, text_identifier="BikeShed", clock_lost=True
    )
    assert done["reason"] == "reconfigure_successful"
    await settle(hass)
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"clock_is_lost_{shed}")
    form = await session.post(flows, handler=[entry.entry_id, "requester"], subentry_id=anna)
    done = await session.post(f"{flows}/{form['flow_id']}", **FORM, daily_limit=5)
    assert done["reason"] == "reconfigure_successful"
    await settle(hass)
    text = {"channel": "sms", "sender": FORM["sender"], "message": "BikeShed"}
    await session.act("answer_text_request", **text)  # its clock is lost: no code


LATE = {"start": "2026-10-18 10:00:00", "end": "2026-10-18 14:00:00"}


def keep_spares(session: Session) -> None:
    """Note the spare, which no answer holds: its code, its id and the hash of its seeds."""
    [spare] = session.entry.runtime_data.ledger_keeper.data.spares.values()
    session.keep(f"spare from {spare.start}", spare.code)
    session.keep(f"id of the spare from {spare.start}", spare.id)
    session.keep(f"hash of the spare from {spare.start}", spare.key)


async def make_codes(session: Session, shed: str, garage: str) -> None:
    """Make codes in every possible way, and send them, with success and failure."""
    hass, entry = session.hass, session.entry
    front = device_id(hass, entry, LOCK_1_ID)
    phones = ["notify.anna", "notify.broken"]
    words = "{name}: {netcode} opens {lock}"
    booked: dict[str, Any] = {
        "name": "Tom",
        "reference": "B1",
        "notify_entity_id": phones,
        "message": words,
    }
    for owner in (LOCK_1_ID, LOCK_2_ID, shed, garage):
        device = device_id(hass, entry, owner)
        await session.act("generate_netcode", device_id=device, **booked)
        await session.act("generate_netcode", device_id=device, **booked)  # the same again
        await session.act("plan_netcode", device_id=device, duration="03:00:00")
    later = {"start": "2026-10-14 10:00:00", "end": "2026-10-15 14:00:00"}
    await session.act("generate_netcode", device_id=front, **booked, **later, fit="tight")
    for sender, message in (("+447123456789", "BikeShed"), ("+447123456789", "Nope"), ("+1", "x")):
        asked = {"channel": "sms", "sender": sender, "message": message}
        await session.act("answer_text_request", **asked)

    calendar = entity_id(hass, "calendar", LOCK_1_ID, "netcodes")
    await hass.services.async_call(
        "calendar",
        "create_event",
        {
            "entity_id": calendar,
            "summary": "Plumber",
            "start_date_time": "2026-10-16 09:00:00",
            "end_date_time": "2026-10-16 10:00:00",
        },
        blocking=True,
    )
    several = [front, device_id(hass, entry, shed)]
    withdrawn = await session.act("generate_netcode", device_id=several, name="Nobody", **LATE)
    both = [code["id"] for code in withdrawn["codes"]]
    session.said("states", await session.act("send_netcode", id=both, notify_entity_id=phones))
    await session.fail("send_netcode", id=both, notify_entity_id=["notify.nobody"])
    session.said("states", await session.act("withdraw_netcode", id=both[1:]))
    await session.ask("calendar/event/delete", entity_id=calendar, uid=withdrawn["id"])
    netcodes = (await session.act("get_netcodes", reveal=True, include_expired=True))["netcodes"]
    assert {row["issued_by"] for row in netcodes} == {"action", "calendar", "text"}
    session.said("states", await session.act("get_netcodes"))  # not even here, without `reveal`
    events: Any = await hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": calendar, "duration": {"days": 7}},
        blocking=True,
        return_response=True,
    )
    assert events[calendar]["events"]
    session.said("states", events)
    for row in entry.runtime_data.ledger_keeper.data.rows():
        session.keep(f"hash of the seeds {row.key[:8]}", row.key)


async def change_clients(session: Session) -> None:
    """Change clients by action and by switch, and read clients and audit."""
    hass, entry = session.hass, session.entry
    front = device_id(hass, entry, LOCK_1_ID)
    periods = [{"starts": "09:00", "ends": "17:00"}]
    await session.act("add_client", device_id=front, email=STRANGER_EMAIL)
    await session.act("update_client", device_id=front, email=GUEST_EMAIL, active_periods=periods)
    await session.act("suspend_client", device_id=front, email=GUEST_EMAIL)
    await session.act("restore_client", device_id=front, email=SUSPENDED_EMAIL)
    await session.act("delete_client", device_id=front, email=STRANGER_EMAIL)
    switch = entity_id(hass, "switch", LOCK_1_ID, f"client_{GUEST_EMAIL}")
    for verb in ("turn_on", "turn_off"):
        await hass.services.async_call("switch", verb, {"entity_id": switch}, blocking=True)
    await session.act("get_clients", device_id=front)
    await session.act("get_audit", device_id=front)
    await session.act("get_durations", device_id=front)
    await session.act("get_durations", lock_model="KL1060", duration_id=0)
    await session.act("get_active_period_schema")


QUESTIONS = (
    "who opened the front door",
    "which codes are active",
    "which locks have a low battery",
    "how many NetCode calls are left",
)
ABOUT_NINA = (
    "say Nina's code again",
    "when does the code for Nina end",
    "withdraw the code for Nina",
)


async def ask_aloud(session: Session) -> None:
    """Ask Assist all questions, and for a code, which is spoken to the person who asks."""
    hass, entry = session.hass, session.entry
    await set_options(hass, entry, voice="read")
    for question in QUESTIONS:
        session.said("answers", await say(hass, question))
    await set_options(hass, entry, voice="issue", deliver_to=[])  # else it would be sent
    spoken = await say(hass, "make a code for Vera at the front door tomorrow from nine to twelve")
    (code,) = (
        row.code for row in entry.runtime_data.ledger_keeper.data.rows() if row.name == "Vera"
    )
    session.keep("code by voice", code)
    aloud = " ".join(code or "")
    assert aloud in spoken
    session.keep("spoken code", aloud)
    await set_options(hass, entry, voice="issue", deliver_to=["notify.anna"])
    sent = await say(hass, "make a code for Nina at the front door tomorrow from one to three")
    session.said("answers", sent)
    for question in ABOUT_NINA:
        answer = await say(hass, question)
        assert "Nina" in answer
        session.said("answers", answer)
    (code,) = (
        row.code for row in entry.runtime_data.ledger_keeper.data.rows() if row.name == "Nina"
    )
    session.keep("code by voice, sent", code)


async def ask_a_model(session: Session) -> None:
    """Let a language model use all tools; it gets no code that is sent to somebody."""
    hass, entry = session.hass, session.entry
    assert await async_setup_component(hass, "llm", {})
    expose(hass, LOCK_1_ID)
    for tool in sorted(READ):
        result = await call(hass, tool, **({"name": "Tom"} if tool.endswith("_end") else {}))
        assert not result.error
        session.said("answers", result.data)
    wish: dict[str, Any] = {"lock": "front door", "start": "2026-10-19T09:00:00", "minutes": 120}
    sent = await call(hass, ISSUE, **wish, name="Mona")
    assert sent.data["sent"] is True
    session.said("answers", sent.data)
    for tool in ("say_netcode", "netcode_end", "withdraw_netcode"):
        again = await call(hass, f"codelocks__{tool}", name="Mona")
        assert not again.error
        session.said("answers", again.data)
    await set_options(hass, entry, deliver_to=[])
    given = await call(hass, ISSUE, **wish | {"start": "2026-10-20T09:00:00"}, name="Lena")
    rows = {row.name: row.code for row in entry.runtime_data.ledger_keeper.data.rows()}
    assert given.data["code"] == rows["Lena"]
    session.keep("code by a model", rows["Lena"])
    session.keep("code by a model, sent", rows["Mona"])
    result = await call(hass, ISSUE, lock="front door", start="2020-01-01T00:00:00")
    assert result.error
    session.said("answers", result.data)
    await set_options(hass, entry, deliver_to=["notify.anna"])


FAULTS: list[dict[str, Any]] = [
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503, "body": f"cannot find {ACCESS_KEY} of {API_KEY}"},
    {"kind": "status", "status": 400, "body": f'{{"Message": "no {ACCESS_KEY}"}}'},
    {"kind": "drop"},
    {"kind": "cut"},
    {"kind": "truncated"},
    {"kind": "html"},
    {"kind": "wrong_shape"},
    {"kind": "throttle"},
    {"kind": "redirect", "location": f"http://127.0.0.1:9/{API_KEY}?accesskey={ACCESS_KEY}"},
    {"kind": "netcode_error"},
    {"kind": "wrong_value", "field": "DurationHours", "value": 77},
    {"kind": "missing_key", "field": "ActualNetcode"},
]
"""Faults; in some of them the cloud quotes the request."""
QUOTED = (KITLOCK["timecode"], KITLOCK["identifier"])


async def meet_failures(
    session: Session, sim: Simulator, freezer: FrozenDateTimeFactory, shed: str
) -> None:
    """Let everything go wrong: codes, clients, reads."""
    hass, entry = session.hass, session.entry
    front, keypad = device_id(hass, entry, LOCK_1_ID), device_id(hass, entry, shed)
    for day, fault in enumerate(FAULTS, 1):
        sim.faults.add(Fault(**fault))
        start = f"2026-11-{day:02} 10:00:00"
        if fault["kind"] != "wrong_shape":  # for one code, a list of one
            await session.fail("generate_netcode", device_id=keypad, start=start)
            await session.fail("generate_netcode", device_id=front, start=start)
        with suppress(HomeAssistantError):
            await act(hass, "suspend_client", device_id=front, email=GUEST_EMAIL)
        await pass_time(hass, freezer, timedelta(hours=7))
        sim.faults.clear()
        await pass_time(hass, freezer, timedelta(hours=7))
    for day, seed in enumerate(QUOTED, 20):
        path, body = f"*/{KITLOCK['timecode']}", json.dumps({"Message": f"No lock {seed}"})
        sim.faults.add(Fault(kind="status", status=400, path=path, body=body))
        await session.fail("generate_netcode", device_id=keypad, start=f"2026-11-{day} 10:00:00")
        sim.faults.clear()
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="99887766"))
    await session.act("generate_netcode", device_id=front, start="2026-11-20 10:00:00")
    sim.faults.clear()
    assert "code 99887766 of generate_netcode" in session.secrets
    sim.faults.add(Fault(kind="quota", path="/n/*", count=1))
    await session.fail("generate_netcode", device_id=front, start="2026-11-21 10:00:00")
    # Codes typed at the door, as an audit may show them.
    for code in [secret for name, secret in session.secrets.items() if name.startswith("code ")]:
        sim.world.lock(LOCK_1_ID).add_audit(f"Opened with code {code}", entry_type=f"PIN{code}")
    await read_again(hass, freezer)
    assert "****" in str(state_of(hass, "event", LOCK_1_ID, "activity").attributes["text"])


async def change_keys(session: Session, sim: Simulator, freezer: FrozenDateTimeFactory) -> None:
    """Lose the access key, and enter a new one; then change both."""
    hass, entry = session.hass, session.entry
    session.keep("new access key", NEW_ACCESS_KEY)
    session.keep("new API key", NEW_API_KEY)
    sim.world.change_access_key(ACCESS_KEY, NEW_ACCESS_KEY)
    await session.fail("get_audit", device_id=device_id(hass, entry, LOCK_1_ID))
    await settle(hass)
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    session.said("flows", flow)
    path = f"{FLOWS}/flow/{flow['flow_id']}"
    session.log_in()
    shown = await session.client.get(path)
    session.said("flows", await shown.text())
    again = await session.post_untold(path, api_key=API_KEY, access_key=ACCESS_KEY)
    assert again["errors"]
    done = await session.post(path, api_key=API_KEY, access_key=NEW_ACCESS_KEY)
    assert done["reason"] == "reauth_successful"
    await settle(hass)

    sim.world.add_key(NEW_API_KEY)
    form = await session.post(f"{FLOWS}/flow", handler=DOMAIN, entry_id=entry.entry_id)
    path = f"{FLOWS}/flow/{form['flow_id']}"
    new: dict[str, Any] = {
        "api_key": NEW_API_KEY,
        "access_key": NEW_ACCESS_KEY,
        "connection": {"url": sim.url},
    }
    assert (await session.post(path, **new))["reason"] == "reconfigure_successful"
    await settle(hass)
    await read_again(hass, freezer)


async def mend(session: Session) -> None:
    """Spend a pool, lose a clock, and go through the forms that fix these."""
    hass, entry = session.hass, session.entry
    flows = f"{FLOWS}/options/flow"
    form = await session.post(flows, handler=entry.entry_id)
    hass.config_entries.options.async_abort(form["flow_id"])
    flows = "/api/repairs/issues/fix"
    data = entry.runtime_data
    data.counter.correct(Pool.NETCODE, 100, month_start(dt_util.utcnow(), 1))
    await settle(hass)
    issue = f"netcode_spent_{entry.entry_id}"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue)
    form = await session.post(flows, handler=DOMAIN, issue_id=issue)
    await session.post(f"{flows}/{form['flow_id']}", plan="pro_3", netcode_used=7)
    await settle(hass)


async def test_no_secret_is_told(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    session: Session,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Use everything, then search everything."""
    entry = session.entry
    await add_phones(hass, Phone("Anna"), Phone("Broken", HomeAssistantError()))
    shed, garage = await add_locks(session, sim)
    anna = await add_requester(hass, entry)
    await set_options(
        hass,
        entry,
        calendar_issues=True,
        client_switches=True,
        deliver_to=["notify.anna"],
        history_days=2,
        spare_locks=[device_id(hass, entry, LOCK_2_ID)],
    )
    keep_spares(session)
    await make_codes(session, shed, garage)
    await change_clients(session)
    await ask_aloud(session)
    await ask_a_model(session)
    await change_subentries(session, shed, anna)
    await look_around(session, caplog)
    assert session.found() == []

    await meet_failures(session, sim, freezer, shed)
    await change_keys(session, sim, freezer)
    await mend(session)
    await restart(hass, freezer, entry)
    keep_spares(session)
    await look_around(session, caplog)
    assert session.found() == []
    assert "Opened with code ****" in str(session.places["logbook"])
    # The search works: a code that the user wants to be shown is found.
    await set_options(hass, entry, show_codes_in_calendar=True)
    front = device_id(hass, entry, LOCK_1_ID)
    await session.act("generate_netcode", device_id=front, name="Shown")
    await look_around(session, caplog)
    shown = {
        place for found in session.found() for place in session.places if f" in {place}:" in found
    }
    assert shown == {"states", "events", "log"}
    # Home Assistant records the summaries of calendars, but not the descriptions.
    assert "Shown" in str(session.places["recorder"])
    quiet = {
        "answers",
        "logbook",
        "recorder",
        "diagnostics",
        "health",
        "devices",
        "entities",
        "issues",
        "flows",
        "errors",
        "reprs",
        "page",
    }
    assert session.places.keys() == shown | quiet
    assert all(session.places.values())
