"""Sentences for Home Assistant's own agent, in its language.

Home Assistant has no place for an integration's sentences, so they are registered as a conversation
trigger, like an automation's. Triggers come before everything else, language models included, and
once a sentence matches there is no way back. So they are narrow: a question about a lock names an
existing one, and a sentence without a lock says "code", "lock" or "NetCode".
"""

import asyncio
from collections.abc import Iterable
from functools import partial
import logging
from typing import Any

from homeassistant.const import CONF_COMMAND, CONF_PLATFORM, EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    intent,
)
from homeassistant.helpers.script import ScriptRunResult
from homeassistant.helpers.trigger import (
    async_initialize_triggers,
    async_validate_trigger_config,
)
from homeassistant.setup import async_when_setup
from homeassistant.util.hass_dict import HassKey

from ..account import CodelocksConfigEntry
from ..const import CONF_VOICE, DOMAIN, VOICE_OFF
from ..language.code_request import MAX_SENTENCE, NamedLock, understand
from ..language.language import Speech, clean, language_of, load_all, speech
from ..language.lock_names import Names, mentions, pattern
from ..language.people import person_said
from ..language.time_model import NotUnderstood
from .active_netcodes import ActiveNetcodes
from .calls_left import CallsLeft
from .intent_base import ATTR_AREA, ATTR_LOCK, reason
from .issue_netcode import ATTR_LOCKS, ATTR_WHEN, IssueNetcode
from .kept_codes import ATTR_NAME
from .last_entry import LastEntry
from .locks import asked_locks, names_of
from .low_batteries import LowBatteries
from .netcode_end import NetcodeEnd
from .say_netcode import SayNetcode
from .withdraw_netcode import WithdrawNetcode

_LOGGER = logging.getLogger(__name__)

CONVERSATION_DOMAIN = "conversation"
"""Not imported: its requirements are installed only where it is set up."""
INTENTS = {
    "issue_netcode": IssueNetcode.intent_type,
    "say_netcode": SayNetcode.intent_type,
    "withdraw_netcode": WithdrawNetcode.intent_type,
    "netcode_end": NetcodeEnd.intent_type,
    "last_entry": LastEntry.intent_type,
    "low_batteries": LowBatteries.intent_type,
    "active_netcodes": ActiveNetcodes.intent_type,
    "calls_left": CallsLeft.intent_type,
}
"""The intents, by the keys of their sentences in a language's file."""
MAX_NAMES = 200
"""Lock names in the sentences: matching takes time, and this is enough for a large house."""
MAX_NAME_LENGTH = 60
_NAME = "<name>"
_EVENTS = (
    EVENT_CORE_CONFIG_UPDATE,
    ar.EVENT_AREA_REGISTRY_UPDATED,
    dr.EVENT_DEVICE_REGISTRY_UPDATED,
    er.EVENT_ENTITY_REGISTRY_UPDATED,
)
"""These may change the language or the name of a lock."""

_RENAMING = {"aliases", "area_id", "device_id", "disabled_by", "name", "name_by_user"}
"""Changes in the registries by which a lock may get another name, or be in another area."""

_LISTENER: HassKey[Listener] = HassKey(f"{DOMAIN}_voice")


@callback
def async_follow_voice(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Listen for an account while it is loaded, if its option says so."""
    if entry.runtime_data.options[CONF_VOICE] == VOICE_OFF:
        return
    if (listener := hass.data.get(_LISTENER)) is None:
        listener = hass.data[_LISTENER] = Listener(hass)
    entry.async_on_unload(listener.async_join(entry.entry_id))
    # Its locks can be asked about once it is loaded, which is after this.
    entry.async_on_unload(entry.async_on_state_change(listener.async_follow))


class Listener:
    """Keeps the sentences registered while any account answers: once for all accounts."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start without an account."""
        self._hass = hass
        self._entries: set[str] = set()
        self._ready = False
        """Whether the conversation agent is set up."""
        self._stop_following: list[CALLBACK_TYPE] = []
        self._unregister: CALLBACK_TYPE | None = None
        self._registered: tuple[str | None, frozenset[str]] | None = None
        self._registering = asyncio.Lock()
        self._is_due = False
        """Whether the names are about to be collected: that takes milliseconds."""

    @callback
    def async_join(self, entry_id: str) -> CALLBACK_TYPE:
        """Also listen for an account; returns a callback that ends it."""
        if not self._entries:
            self._stop_following = [
                self._hass.bus.async_listen(event, self._follow) for event in _EVENTS
            ]
        self._entries.add(entry_id)
        if self._ready:
            self.async_follow()
        else:
            async_when_setup(self._hass, CONVERSATION_DOMAIN, self._async_agent_is_ready)
        return partial(self._leave, entry_id)

    async def _async_agent_is_ready(self, hass: HomeAssistant, component: str) -> None:
        self._ready = True
        self.async_follow()

    @callback
    def _leave(self, entry_id: str) -> None:
        self._entries.discard(entry_id)
        if self._entries:
            self.async_follow()
            return
        while self._stop_following:
            self._stop_following.pop()()
        self._forget()

    @callback
    def _forget(self) -> None:
        if self._unregister:
            self._unregister()
        self._unregister = self._registered = None

    @callback
    def _follow(self, event: Event[Any]) -> None:
        if _may_rename(self._hass, event):
            self.async_follow()

    @callback
    def async_follow(self) -> None:
        """Register the sentences again if they are out of date: once for all that happens now."""
        if self._ready and self._entries and not self._is_due:
            self._is_due = True
            self._hass.async_create_task(
                self._async_register(), f"{DOMAIN} sentences", eager_start=False
            )

    def _known_names(self) -> Names:
        return names_of(asked_locks(self._hass))

    def _wanted(self) -> tuple[str | None, frozenset[str]]:
        names = sorted(self._known_names().locks)[:MAX_NAMES]
        return language_of(self._hass.config.language), frozenset(names)

    async def _async_register(self) -> None:
        """Replace the registered sentences with the current ones."""
        async with self._registering:
            try:
                await self._hass.async_add_executor_job(load_all)
            finally:
                self._is_due = False
            wanted = self._wanted()
            if not self._entries or wanted == self._registered:
                return
            self._forget()
            self._registered = wanted
            language, names = wanted
            if language is None:
                _LOGGER.debug("There are no sentences for the language of Home Assistant")
                return
            spoken = speech(language)
            # What names sound like is kept: of hundreds it takes longer than a sentence may.
            await self._hass.async_add_executor_job(self._known_names().by_sound, spoken)
            unregister = [
                await self._async_register_intent(spoken, key, sentences)
                for key, sentences in sentences_of(spoken, names).items()
            ]
            self._unregister = partial(_call_all, unregister)
            if not self._entries:
                self._forget()

    async def _async_register_intent(
        self, spoken: Speech, key: str, sentences: list[str]
    ) -> CALLBACK_TYPE | None:
        config = [{CONF_PLATFORM: CONVERSATION_DOMAIN, CONF_COMMAND: sentences}]
        return await async_initialize_triggers(
            self._hass,
            await async_validate_trigger_config(self._hass, config),
            partial(self._async_heard, spoken, INTENTS[key]),
            DOMAIN,
            f"{DOMAIN} {key}",
            _LOGGER.log,
        )

    async def _async_heard(
        self,
        spoken: Speech,
        intent_type: str,
        run_variables: dict[str, Any],
        context: Context | None = None,
    ) -> ScriptRunResult:
        """Answer a sentence. The answer goes only to the person who asked, not into a trace."""
        try:
            words = await self._async_answer(spoken, intent_type, run_variables["trigger"])
        except Exception as err:  # raised, it would leave the user without an answer
            if not isinstance(err, intent.IntentError | NotUnderstood):
                _LOGGER.exception("A question could not be answered")
            words = reason(self._hass, err, spoken)
        return ScriptRunResult(words, None, {})

    async def _async_answer(self, spoken: Speech, intent_type: str, trigger: dict[str, Any]) -> str:
        slots = self._slots(spoken, intent_type, trigger)
        response = await intent.async_handle(
            self._hass,
            DOMAIN,
            intent_type,
            {key: {"value": value} for key, value in slots.items()},
            context=_context(trigger),
            language=spoken.language,
            device_id=trigger["device_id"],
            satellite_id=trigger["satellite_id"],
        )
        return str(response.speech["plain"]["speech"])

    def _slots(self, spoken: Speech, intent_type: str, trigger: dict[str, Any]) -> dict[str, Any]:
        """Return what was said, as the intent's slots; raises NotUnderstood."""
        locks = asked_locks(self._hass)
        names, sentence = names_of(locks), str(trigger["sentence"])
        found: dict[str, Any]
        if intent_type == IssueNetcode.intent_type:
            if not any(lock.may_issue for lock in locks):
                return {}  # whatever it means, it is declined
            asked = understand(sentence, names, spoken)
            first = asked.locks[0] if len(asked.locks) == 1 else None
            found = {
                ATTR_LOCK: first and first.lock,
                ATTR_AREA: first and first.area,
                ATTR_NAME: asked.name,
                ATTR_WHEN: asked.when,
            }
            if len(asked.locks) > 1:
                found[ATTR_LOCKS] = [_slot(lock) for lock in asked.locks]
        elif "person" in trigger["slots"]:
            found = _somebody(spoken, trigger["slots"], names)
        else:
            found = _named(spoken, sentence, names, trigger["slots"])
        return {key: value for key, value in found.items() if value}


def _named(spoken: Speech, sentence: str, names: Names, slots: dict[str, Any]) -> dict[str, Any]:
    """Return the lock that a question names: an existing one, or else what was said."""
    sentence = clean(sentence, MAX_SENTENCE)
    found = mentions(sentence, names, spoken, is_question=True)
    named = [sentence[one.start : one.end] for one in found]
    return {
        ATTR_LOCK: named[0] if named else slots.get("lock"),
        ATTR_AREA: named[1] if len(named) > 1 else None,
    }


def _somebody(spoken: Speech, slots: dict[str, Any], names: Names) -> dict[str, Any]:
    """Return whose code is meant, and at which lock, if one is said."""
    said = clean(f"{slots['person']} {slots.get('place', '')}", MAX_SENTENCE)
    found = mentions(said, names, spoken, is_question=True)
    named = [said[one.start : one.end] for one in found]
    return {
        ATTR_NAME: person_said(said, found, spoken),
        ATTR_LOCK: named[0] if named else None,
        ATTR_AREA: named[1] if len(named) > 1 else None,
    }


def _slot(lock: NamedLock) -> dict[str, str]:
    """Return one of several locks, as a slot."""
    return {ATTR_LOCK: lock.lock} | ({ATTR_AREA: lock.area} if lock.area else {})


def _context(trigger: dict[str, Any]) -> Context:
    """Return the context of a sentence: who said it, where that is known."""
    said = trigger["user_input"]["context"]
    return Context(user_id=said["user_id"], parent_id=said["parent_id"], id=said["id"])


@callback
def _may_rename(hass: HomeAssistant, event: Event[Any]) -> bool:
    """Return whether an event may change the language, or the name of one of our locks."""
    changes = event.data
    if event.event_type == EVENT_CORE_CONFIG_UPDATE:
        return "language" in changes
    if "changes" in changes and _RENAMING.isdisjoint(changes["changes"]):
        return False
    if entity_id := changes.get("entity_id"):
        entity = er.async_get(hass).async_get(entity_id)
        return entity is not None and entity.platform == DOMAIN
    device = dr.async_get(hass).async_get(changes.get("device_id", ""))
    # We cannot tell whose a removed device was, and any area may hold one of our locks.
    return device is None or any(domain == DOMAIN for domain, *_ in device.identifiers)


@callback
def _call_all(callbacks: Iterable[CALLBACK_TYPE | None]) -> None:
    for one in callbacks:
        if one:
            one()


def sentences_of(spoken: Speech, names: Iterable[str]) -> dict[str, list[str]]:
    """Return a language's sentences with the names of the locks in them."""
    short = (name for name in names if len(name) <= MAX_NAME_LENGTH)
    usable = sorted({pattern(name, spoken) for name in short} - {""})
    choice = f"({'|'.join(usable)})"
    return {
        key: [
            sentence.replace(_NAME, choice)
            for sentence in sentences
            if usable or _NAME not in sentence
        ]
        for key, sentences in spoken.sentences.items()
    }
