"""Sentences, heard by Home Assistant's own agent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
import logging
from typing import Any, override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, intent
from homeassistant.setup import async_setup_component
import pytest

from custom_components.codelocks.coordinator import CodelocksConfigEntry
from tests.conftest import settle
from tests.helpers import asked, device_of
from tests.phrases import EVERYDAY, LOCKS, PHRASES, everyday
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

REQUEST = "make a code for the plumber at the front door tomorrow from nine to twelve"


async def choose(hass: HomeAssistant, entry: CodelocksConfigEntry, **options: Any) -> None:
    """Set options of an account."""
    hass.config_entries.async_update_entry(entry, options={**entry.options, **options})
    await settle(hass)


@pytest.fixture
async def _agent(hass: HomeAssistant) -> None:
    """Have Home Assistant's own agent."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})


@pytest.fixture
async def talking(
    hass: HomeAssistant, _agent: None, entry: CodelocksConfigEntry
) -> CodelocksConfigEntry:
    """Have an account that gives out codes."""
    await choose(hass, entry, voice="issue")
    return entry


async def say(hass: HomeAssistant, sentence: str, language: str | None = None) -> str:
    """Say something, and return what is answered."""
    result = await conversation.async_converse(hass, sentence, None, Context(), language)
    return str(result.response.speech["plain"]["speech"])


async def speak(hass: HomeAssistant, entry: CodelocksConfigEntry, language: str) -> None:
    """Change the language, and call the locks as they are called in it."""
    devices = dr.async_get(hass)
    first, second, area = LOCKS[language]
    for owner, name in ((LOCK_1_ID, first), (LOCK_2_ID, second)):
        device = device_of(hass, entry.entry_id, owner)
        assert device
        devices.async_update_device(device.id, name_by_user=name)
    assert device
    area_id = ar.async_get(hass).async_get_or_create(area).id
    devices.async_update_device(device.id, area_id=area_id)
    await hass.config.async_update(language=language)
    await settle(hass)


def sentences(hass: HomeAssistant) -> list[str]:
    """Return the sentences that are listened for."""
    return get_agent_manager(hass).trigger_sentences


@contextmanager
def recorded(hass: HomeAssistant) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Record which intents are reached, instead of answering."""
    reached: list[tuple[str, dict[str, Any]]] = []

    class Recorder(intent.IntentHandler):
        def __init__(self, intent_type: str) -> None:
            self.intent_type = intent_type

        @override
        async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
            slots = {key: slot["value"] for key, slot in intent_obj.slots.items()}
            reached.append((intent_obj.intent_type, slots))
            response = intent_obj.create_response()
            response.async_set_speech("reached")
            return response

    ours = [one for one in intent.async_get(hass) if one.intent_type.startswith("Codelocks")]
    assert len(ours) == 5
    for handler in ours:
        intent.async_register(hass, Recorder(handler.intent_type))
    yield reached
    for handler in ours:
        intent.async_register(hass, handler)


@pytest.mark.parametrize("language", PHRASES)
async def test_phrases_reach_their_intents(
    hass: HomeAssistant, talking: CodelocksConfigEntry, language: str
) -> None:
    """What one would say is found, by one sentence, with what was said about lock, name and time."""
    await speak(hass, talking, language)
    assert len(PHRASES[language]) >= 30
    missed = []
    with recorded(hass) as reached:
        for sentence, intent_type, slots in PHRASES[language]:
            reached.clear()
            answer = await say(hass, sentence, language)
            if reached != [(intent_type, slots)]:
                missed.append((sentence, answer, list(reached)))
    assert missed == []


@pytest.mark.parametrize("language", EVERYDAY)
async def test_everyday_phrases_are_left_alone(
    hass: HomeAssistant, talking: CodelocksConfigEntry, language: str
) -> None:
    """What is about other things is not caught: there is no way back once a sentence matched."""
    await speak(hass, talking, language)
    phrases = everyday(language)
    assert len(phrases) >= (40 if language == "en" else 25)
    agent = get_agent_manager(hass).default_agent
    assert agent
    caught = []
    for sentence in phrases:
        heard = conversation.ConversationInput(
            text=sentence,
            context=Context(),
            conversation_id=None,
            device_id=None,
            satellite_id=None,
            language=language,
            agent_id=conversation.HOME_ASSISTANT_AGENT,
        )
        if await agent.async_recognize_sentence_trigger(heard):
            caught.append(sentence)
        with recorded(hass) as reached:
            await say(hass, sentence, language)
        assert reached == []
    assert caught == []
