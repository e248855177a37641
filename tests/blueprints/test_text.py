"""The blueprints that answer text messages: the real files, fed with the channels' events."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.components.automation import DOMAIN as AUTOMATION
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import Blueprint, DomainBlueprints
from homeassistant.components.trace.const import DATA_TRACE
from homeassistant.core import Context, HomeAssistant, ServiceCall, callback
from homeassistant.setup import async_setup_component
from homeassistant.util import yaml as yaml_util
import pytest
from pytest_homeassistant_custom_component.common import (
    async_mock_service,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
)

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import add_kitlock, k3_code, netcode_calls, warning
from tests.conftest import settle
from tests.helpers import add_user
from tests.issuing.requesters import add_requester
from tests.simulator import LOCK_1_ID, Simulator

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "codelocks"
SOURCE = "https://github.com/codelocks-connect/homeassistant-codelocks/blob/main/"
FILES = ("codes_by_sms.yaml", "codes_by_telegram.yaml", "codes_by_webhook.yaml")
REPLY = f"{k3_code(LOCK_1_ID, '2026-10-12 10:00', 1)} opens Front door from 10:00 to 12:00"
NO_LOCK = warning("text_no_lock")
WORDS_OF_NO_LOCK = [
    "{{ states('sensor.x') }}",
    "1.50",
    "[]",
    "None",
    "{'a': 1}",
    "'\"\\",
    "FrontDoor1\x00",
    "]" * 100_000,
    "",
]
"""Identifiers that a template could take for something other than text."""
SECRET = "aSecretThatNobodyGuesses"


@contextmanager
def real_file(name: str) -> Iterator[None]:
    """Let Home Assistant find a blueprint of this repository."""
    load = DomainBlueprints._load_blueprint

    @callback
    def load_ours(self: DomainBlueprints, path: str) -> Blueprint:
        if path != name:
            return load(self, path)
        return Blueprint(
            yaml_util.load_yaml_dict(FOLDER / name),
            expected_domain=self.domain,
            path=path,
            schema=AUTOMATION_BLUEPRINT_SCHEMA,
        )

    with patch.object(DomainBlueprints, "_load_blueprint", load_ours):
        yield


async def automate(hass: HomeAssistant, name: str, **inputs: Any) -> None:
    """Make an automation from a blueprint, as a user does."""
    assert await async_setup_component(hass, "webhook", {})
    with real_file(name):
        assert await async_setup_component(
            hass,
            AUTOMATION,
            {AUTOMATION: {"id": "text", "use_blueprint": {"path": name, "input": inputs}}},
        )
        await settle(hass)
    [state] = hass.states.async_all(AUTOMATION)
    assert state.state == "on"


@pytest.mark.parametrize("name", FILES)
def test_file(name: str) -> None:
    """It names its source and its lowest version, and keeps no traces: they would hold codes."""
    loaded = yaml_util.load_yaml_dict(FOLDER / name)
    about = loaded["blueprint"]
    assert about["source_url"] == f"{SOURCE}blueprints/automation/codelocks/{name}"
    assert about["homeassistant"] == {"min_version": "2026.10.0"}
    assert loaded["trace"] == {"stored_traces": 0}


@pytest.fixture
async def event_of_a_user(hass: HomeAssistant) -> Context:
    """Have the context that a phone's event comes with."""
    return Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)


# SMS


@pytest.fixture
async def sent(hass: HomeAssistant, entry: CodelocksConfigEntry) -> list[ServiceCall]:
    """Add Anna, who may ask by SMS, and the notify action that the blueprint suggests."""
    await add_requester(hass, entry)
    calls: list[ServiceCall] = async_mock_service(hass, "notify", "twilio_sms")
    await automate(hass, "codes_by_sms.yaml")
    return calls


async def text_message(
    hass: HomeAssistant, body: Any, context: Context | None = None, **changes: Any
) -> None:
    """Fire what the Twilio integration fires for a message: the fields of its request."""
    data = {
        "ToCountry": "GB",
        "SmsMessageSid": "SM0123456789abcdef0123456789abcdef",
        "NumMedia": "0",
        "SmsStatus": "received",
        "Body": body,
        "To": "+447520633332",
        "From": "+447123456789",
        "AccountSid": "AC0123456789abcdef0123456789abcdef",
        "ApiVersion": "2010-04-01",
        "webhook_id": "0123456789abcdef",
    }
    hass.bus.async_fire("twilio_data_received", {**data, **changes}, context=context)
    await settle(hass)


async def test_sms(hass: HomeAssistant, sim: Simulator, sent: list[ServiceCall]) -> None:
    """The code goes back to the number that asked, with its plus."""
    await text_message(hass, "FrontDoor1")
    assert [call.data for call in sent] == [{"target": ["+447123456789"], "message": REPLY}]
    assert len(netcode_calls(sim)) == 1


@pytest.mark.parametrize("words", WORDS_OF_NO_LOCK, ids=lambda words: words[:8])
async def test_sms_of_no_lock(
    hass: HomeAssistant, sim: Simulator, sent: list[ServiceCall], words: str
) -> None:
    """Whatever an allowed sender writes is words, and answered plainly."""
    await text_message(hass, words)
    assert [call.data["message"] for call in sent] == [NO_LOCK]
    assert not netcode_calls(sim)


@pytest.mark.parametrize("identifier", ["1.50", "+12", "[1]", "None", "'", "{{lock}}"])
async def test_sms_of_an_odd_identifier(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sent: list[ServiceCall],
    identifier: str,
) -> None:
    """An identifier that a template could misread still finds its lock."""
    await add_kitlock(hass, entry, text_identifier=identifier)
    await text_message(hass, identifier)
    assert "opens Bike shed from 10:00 to 12:00" in sent[0].data["message"]


async def test_sms_by_whatsapp(hass: HomeAssistant, sent: list[ServiceCall]) -> None:
    """The same number by WhatsApp is the same person; the reply goes back the way it came."""
    await text_message(hass, "FrontDoor1.", From="whatsapp:+447123456789")
    assert [call.data for call in sent] == [
        {"target": ["whatsapp:+447123456789"], "message": REPLY}
    ]


async def test_sms_silence(
    hass: HomeAssistant,
    sim: Simulator,
    sent: list[ServiceCall],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Strangers, calls and receipts get no answer, and are not logged."""
    await text_message(hass, "FrontDoor1", From="+447123456780")
    await text_message(hass, "FrontDoor1", From="messenger:447123456789")
    await text_message(hass, None)
    hass.bus.async_fire("twilio_data_received", {"CallSid": "CA1", "From": "+447123456789"})
    hass.bus.async_fire("twilio_data_received", {"webhook_id": "0123456789abcdef"})
    await settle(hass)
    assert not sent
    assert not netcode_calls(sim)
    assert not [line for line in caplog.records if "automation" in line.name and line.levelno > 20]


async def test_sms_of_two_senders(
    hass: HomeAssistant, sim: Simulator, sent: list[ServiceCall]
) -> None:
    """The reply goes to the number that was checked: a second one cannot hide behind it."""
    await text_message(hass, "FrontDoor1", From="+447123456789" + " " * 300 + ",+4479999999999")
    assert not sent
    assert netcode_calls(sim) == []


async def test_sms_keeps_no_trace(hass: HomeAssistant, sent: list[ServiceCall]) -> None:
    """A trace would keep the code."""
    await text_message(hass, "FrontDoor1")
    assert sent
    assert REPLY not in str(hass.data[DATA_TRACE])
    traces = hass.data[DATA_TRACE].get("automation.text")
    assert not traces or not traces.runs


async def test_sms_only_if(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A user's own condition and action, here for one of several numbers."""
    await add_requester(hass, entry)
    calls = async_mock_service(hass, "rest_command", "send")
    await automate(
        hass,
        "codes_by_sms.yaml",
        only_if=[
            {
                "condition": "template",
                "value_template": "{{ trigger.event.data.To == '+447520633332' }}",
            }
        ],
        send=[
            {"action": "rest_command.send", "data": {"to": "{{ to }}", "body": "{{ reply }}"}},
        ],
    )
    await text_message(hass, "FrontDoor1", To="+4917717870120")
    assert not calls
    await text_message(hass, "FrontDoor1")
    assert [call.data for call in calls] == [{"to": ["+447123456789"], "body": REPLY}]


async def test_sms_of_a_user(
    hass: HomeAssistant, sim: Simulator, sent: list[ServiceCall], event_of_a_user: Context
) -> None:
    """The app lets any user fire events: such a one is no message."""
    await text_message(hass, "FrontDoor1", context=event_of_a_user)
    assert not sent
    assert not netcode_calls(sim)


# Telegram


@pytest.fixture
async def telegrams(hass: HomeAssistant, entry: CodelocksConfigEntry) -> list[ServiceCall]:
    """Add Anna, who may ask by Telegram, and the bot's action."""
    await add_requester(hass, entry, channel="telegram", sender="123456789")
    calls: list[ServiceCall] = async_mock_service(hass, "telegram_bot", "send_message")
    await automate(hass, "codes_by_telegram.yaml")
    return calls


async def telegram(
    hass: HomeAssistant, text: Any, context: Context | None = None, **changes: Any
) -> None:
    """Fire what the Telegram bot integration fires for a text."""
    data = {
        "id": 42,
        "chat_id": 123456789,
        "date": "2026-10-12T09:30:00+00:00",
        "message_thread_id": None,
        "text": text,
        "user_id": 123456789,
        "from_first": "Anna",
        "from_last": "FrontDoor1",
        "bot": {
            "config_entry_id": "01M4QQ54E01E1F7JZRWFAT6PSV",
            "id": 987654321,
            "first_name": "Door",
            "last_name": None,
            "username": "door_bot",
        },
    }
    hass.bus.async_fire("telegram_text", {**data, **changes}, context=context)
    await settle(hass)


async def test_telegram(hass: HomeAssistant, sim: Simulator, telegrams: list[ServiceCall]) -> None:
    """The code goes back to the chat, by the same bot, as plain text."""
    await telegram(hass, "FrontDoor1")
    assert [call.data for call in telegrams] == [
        {
            "config_entry_id": "01M4QQ54E01E1F7JZRWFAT6PSV",
            "chat_id": 123456789,
            "message": REPLY,
            "parse_mode": "plain_text",
        }
    ]
    assert len(netcode_calls(sim)) == 1


@pytest.mark.parametrize(
    "date",
    [
        datetime.fromisoformat("2026-10-12T09:20:00+00:00"),  # as the bot has it
        datetime.fromisoformat("2026-10-12T09:40:00+00:00"),
        datetime.fromisoformat("2026-10-12T11:25:00+02:00"),
        1791797400,
    ],
)
async def test_telegram_of_ten_minutes_ago(
    hass: HomeAssistant, telegrams: list[ServiceCall], date: Any
) -> None:
    """Who asked a moment before Home Assistant was back gets an answer."""
    await telegram(hass, "FrontDoor1", date=date)
    assert [call.data["message"] for call in telegrams] == [REPLY]


@pytest.mark.parametrize("words", WORDS_OF_NO_LOCK, ids=lambda words: words[:8])
async def test_telegram_of_no_lock(
    hass: HomeAssistant, sim: Simulator, telegrams: list[ServiceCall], words: str
) -> None:
    """Whatever an allowed sender writes is words, and answered plainly."""
    await telegram(hass, words)
    assert [call.data["message"] for call in telegrams] == [NO_LOCK]
    assert not netcode_calls(sim)


@pytest.mark.parametrize(
    "changes",
    [
        {"user_id": 123456780, "chat_id": 123456780},  # a stranger
        {"chat_id": -100123456789},  # a group, where all would read the code
        {"user_id": None},  # a channel's post
        {"text": None},
        # Sent while Home Assistant was off, or by a clock that is wrong.
        {"date": datetime.fromisoformat("2026-10-12T09:19:59+00:00")},
        {"date": "2026-10-12T09:19:59+00:00"},
        {"date": "2026-10-12T09:40:01+00:00"},
        {"date": 0},
        {"date": "yesterday"},
        {"date": []},
        {"date": None},
    ],
)
async def test_telegram_silence(
    hass: HomeAssistant, sim: Simulator, telegrams: list[ServiceCall], changes: dict[str, Any]
) -> None:
    """These get no answer."""
    await telegram(hass, **{"text": "FrontDoor1"} | changes)
    assert not telegrams
    assert not netcode_calls(sim)


async def test_telegram_of_a_user(
    hass: HomeAssistant, sim: Simulator, telegrams: list[ServiceCall], event_of_a_user: Context
) -> None:
    """The app lets any user fire events: such a one is no message."""
    await telegram(hass, "FrontDoor1", context=event_of_a_user)
    assert not telegrams
    assert not netcode_calls(sim)


# A webhook


@pytest.fixture
async def answers(hass: HomeAssistant, entry: CodelocksConfigEntry) -> list[ServiceCall]:
    """Add Anna, who may ask by her host's own gateway."""
    await add_requester(hass, entry, channel="other", sender="@anna:example.org")
    calls: list[ServiceCall] = async_mock_service(hass, "rest_command", "send")
    await automate(
        hass,
        "codes_by_webhook.yaml",
        webhook_id="aWebhookThatNobodyGuesses",
        secret=SECRET,
        send=[
            {"action": "rest_command.send", "data": {"to": "{{ to[0] }}", "body": "{{ reply }}"}},
        ],
    )
    return calls


async def post(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, **body: Any
) -> None:
    """Send a gateway's request, over HTTP."""
    client = await hass_client_no_auth()
    response = await client.post("/api/webhook/aWebhookThatNobodyGuesses", **body)
    assert response.status == HTTPStatus.OK
    assert await response.text() == ""
    await settle(hass)


@pytest.mark.parametrize("form", ["json", "data"])
async def test_webhook(
    hass: HomeAssistant,
    sim: Simulator,
    answers: list[ServiceCall],
    hass_client_no_auth: ClientSessionGenerator,
    form: str,
) -> None:
    """JSON or a form: the answer goes out by the user's own action."""
    body = {"secret": SECRET, "sender": "@anna:example.org", "message": "FrontDoor1"}
    await post(hass, hass_client_no_auth, **{form: body})
    assert [call.data for call in answers] == [{"to": "@anna:example.org", "body": REPLY}]
    assert len(netcode_calls(sim)) == 1


@pytest.mark.parametrize(
    "sent",
    [
        "2026-10-12T09:20:00+00:00",
        "2026-10-12T09:25:00Z",
        "2026-10-12 10:25",
        "1791797400",
        "",
        None,
    ],
)
async def test_webhook_of_a_moment_ago(
    hass: HomeAssistant,
    answers: list[ServiceCall],
    hass_client_no_auth: ClientSessionGenerator,
    sent: str | None,
) -> None:
    """A gateway may say when a message was sent."""
    body = {"secret": SECRET, "sender": "@anna:example.org", "message": "FrontDoor1", "sent": sent}
    await post(hass, hass_client_no_auth, json=body)
    assert [call.data["body"] for call in answers] == [REPLY]


@pytest.mark.parametrize(
    "words", [*WORDS_OF_NO_LOCK, None, 1.5, [], {"a": {}}], ids=lambda words: str(words)[:8]
)
async def test_webhook_of_no_lock(
    hass: HomeAssistant,
    sim: Simulator,
    answers: list[ServiceCall],
    hass_client_no_auth: ClientSessionGenerator,
    words: Any,
) -> None:
    """Whatever an allowed sender writes is words, and answered plainly."""
    body = {"secret": SECRET, "sender": "@anna:example.org", "message": words}
    await post(hass, hass_client_no_auth, json=body)
    assert [call.data["body"] for call in answers] == [NO_LOCK]
    assert not netcode_calls(sim)


NOT_LISTENED_TO: tuple[Any, ...] = (
    {"secret": "another", "sender": "@anna:example.org", "message": "FrontDoor1"},
    {"secret": "", "sender": "@anna:example.org", "message": "FrontDoor1"},
    {"secret": None, "sender": "@anna:example.org", "message": "FrontDoor1"},
    {"secret": [SECRET], "sender": "@anna:example.org", "message": "FrontDoor1"},
    {"sender": "@anna:example.org", "message": "FrontDoor1"},
    {"secret": SECRET, "sender": "@tom:example.org", "message": "FrontDoor1"},
    {"secret": SECRET, "message": "FrontDoor1"},
    {"secret": SECRET, "sender": "@anna:example.org"},
    *(
        {"secret": SECRET, "sender": "@anna:example.org", "message": "FrontDoor1", "sent": sent}
        for sent in ("2026-10-12T09:19:59+00:00", "2026-10-12 10:19", 1, "long ago", [1], {"a": 1})
    ),
    [],
    "text",
    None,
)


async def test_webhook_silence(
    hass: HomeAssistant,
    sim: Simulator,
    answers: list[ServiceCall],
    hass_client_no_auth: ClientSessionGenerator,
    subtests: pytest.Subtests,
) -> None:
    """Requests without the secret are ignored."""
    for body in NOT_LISTENED_TO:
        with subtests.test(body=body):
            await post(hass, hass_client_no_auth, json=body)
            assert not answers
            assert not netcode_calls(sim)


@pytest.mark.usefixtures("sim")
async def test_webhook_with_a_short_secret(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """A secret that could be guessed is refused."""
    await add_requester(hass, entry, channel="other", sender="@anna:example.org")
    calls = async_mock_service(hass, "rest_command", "send")
    await automate(
        hass,
        "codes_by_webhook.yaml",
        webhook_id="aWebhookThatNobodyGuesses",
        secret="short",
        send=[{"action": "rest_command.send"}],
    )
    body = {"secret": "short", "sender": "@anna:example.org", "message": "FrontDoor1"}
    await post(hass, hass_client_no_auth, json=body)
    assert not calls
