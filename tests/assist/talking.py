"""What the voice tests share: an agent to talk to, and a recorder of intents."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, override

from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, intent
from homeassistant.setup import async_setup_component

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import device_id
from tests.conftest import settle
from tests.language.phrases import LOCKS
from tests.simulator import LOCK_1_ID, LOCK_2_ID


async def set_up_agent(hass: HomeAssistant) -> None:
    """Set up Home Assistant's own agent."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await settle(hass)


async def say(hass: HomeAssistant, sentence: str, language: str | None = None) -> str:
    """Say something, and return the answer."""
    result = await conversation.async_converse(hass, sentence, None, Context(), language)
    return str(result.response.speech["plain"]["speech"])


def sentences(hass: HomeAssistant) -> list[str]:
    """Return the registered sentences."""
    return get_agent_manager(hass).trigger_sentences


async def call_it(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str, name: str, area: str | None = None
) -> None:
    """Give a lock another name and an area."""
    area_id = ar.async_get(hass).async_get_or_create(area).id if area else None
    dr.async_get(hass).async_update_device(
        device_id(hass, entry, owner), name_by_user=name, area_id=area_id
    )
    await settle(hass)


async def speak(hass: HomeAssistant, entry: CodelocksConfigEntry, language: str) -> None:
    """Change the language, and name the locks as people do in it."""
    first, second, area = LOCKS[language]
    await call_it(hass, entry, LOCK_1_ID, first)
    await call_it(hass, entry, LOCK_2_ID, second, area)
    await hass.config.async_update(language=language)
    await settle(hass)


class Recorder(intent.IntentHandler):
    """Records what reaches an intent, instead of answering."""

    def __init__(self, intent_type: str, reached: list[tuple[str, dict[str, Any]]]) -> None:
        """Replace an intent."""
        self.intent_type = intent_type
        self._reached = reached

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Record it."""
        slots = {key: slot["value"] for key, slot in intent_obj.slots.items()}
        self._reached.append((intent_obj.intent_type, slots))
        response = intent_obj.create_response()
        response.async_set_speech("reached")
        return response


@contextmanager
def recorded(hass: HomeAssistant) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Record which intents are reached."""
    reached: list[tuple[str, dict[str, Any]]] = []
    ours = [one for one in intent.async_get(hass) if one.intent_type.startswith("Codelocks")]
    assert len(ours) == 8
    for handler in ours:
        intent.async_register(hass, Recorder(handler.intent_type, reached))
    yield reached
    for handler in ours:
        intent.async_register(hass, handler)
