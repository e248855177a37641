"""A question about the locks, and its answer: what all intents share.

An answer has words to be spoken, in the language of the question, and the same as data.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, intent
from homeassistant.util import dt as dt_util
import probatio

from ..api import Pool
from ..const import DOMAIN
from ..errors import invalid
from ..issuing.plan import WindowRefusedError
from ..language.language import Speech, clean, speech
from ..language.time_model import NotUnderstood
from ..localize import localized
from ..permission import Caller, async_caller
from ..polling.quota import Outlook
from ..polling.spending import spending
from .locks import AskedLock, Declined, asked_entries, asked_locks, find, known

ATTR_AREA = "area"
ATTR_LOCK = "lock"

MAX_TEXT = 300
"""Characters of an error or an audit entry that go into an answer."""


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """An answer: in words, and as data."""

    text: str
    data: dict[str, Any]
    """JSON."""


@dataclass(frozen=True)
class Question:
    """A question, and the locks that it may be about."""

    hass: HomeAssistant
    speech: Speech
    """The language of the question."""
    now: datetime
    """In the zone of Home Assistant; what is said about a lock is in the lock's, see `now_at`."""
    slots: Mapping[str, Any]
    """What was said, by the keys of the intent's `slots`."""
    assistant: str | None
    """Whose exposed locks may be asked about; None for all locks."""
    caller: Caller
    """Who asks."""

    @cached_property
    def locks(self) -> tuple[AskedLock, ...]:
        """The locks that may be asked about; raises Declined if there are none."""
        if not asked_entries(self.hass, None):
            raise Declined("off")
        if locks := asked_locks(self.hass, self.assistant):
            return locks
        raise Declined("no_locks")

    def now_at(self, lock: AskedLock) -> datetime:
        """Return `now` in a lock's zone, in which times about the lock are heard and said."""
        return self.now.astimezone(lock.zone)

    def lock(self) -> AskedLock | None:
        """Return the named lock, if any is named; raises Declined if no lock has that name."""
        area: str | None = self.slots.get(ATTR_AREA)
        said: str | None = self.slots.get(ATTR_LOCK, area)
        return find(self.locks, self.speech, said, area) if said else None

    def lock_of(self, locks: Iterable[AskedLock]) -> AskedLock:
        """Return the named lock, or else the only one of `locks`; raises Declined otherwise."""
        if lock := self.lock():
            return lock
        if len(choice := list(locks)) == 1:
            return choice[0]
        raise Declined("which_lock", known=known(choice or self.locks, self.speech))


class CodelocksIntent(intent.IntentHandler):
    """An intent that is answered in words, whatever happens.

    A subclass has an `intent_type`, a `description`, and what may be said in its `slots`.
    """

    slots: Mapping[Any, Any] = {
        probatio.Optional(ATTR_LOCK): cv.string,
        probatio.Optional(ATTR_AREA): cv.string,
    }

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """What may be said."""
        return dict(self.slots)

    @abstractmethod
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Return the answer; raises Declined, NotUnderstood or HomeAssistantError."""

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Answer in the language of the question."""
        hass = intent_obj.hass
        slots = self.async_validate_slots(intent_obj.slots)
        caller = await async_caller(hass, intent_obj.context)
        question = Question(
            hass=hass,
            speech=speech(intent_obj.language),
            now=dt_util.now(),
            slots={key: slot["value"] for key, slot in slots.items()},
            assistant=intent_obj.assistant,
            caller=caller,
        )
        response = intent_obj.create_response()
        try:
            with spending(uses_reserve=caller.uses_reserve):
                answer = await self.async_answer(question)
        except (Declined, NotUnderstood, HomeAssistantError) as err:
            code = intent.IntentResponseErrorCode.FAILED_TO_HANDLE
            response.async_set_error(code, reason(hass, err, question.speech))
            return response
        response.async_set_speech(answer.text)
        response.async_set_speech_slots(answer.data)
        return response


def reason(hass: HomeAssistant, err: Exception, spoken: Speech) -> str:
    """Return why something is not answered, in words of the language or of Home Assistant."""
    if isinstance(err, Declined):
        return spoken.say(err.key, **err.values)
    if isinstance(err, NotUnderstood):
        return spoken.say(err.key, rest=clean(err.rest))
    if not isinstance(err, HomeAssistantError) or isinstance(err, intent.IntentError):
        return spoken.say("failed")
    return sentence(clean(_error(hass, err, spoken), MAX_TEXT))


def _error(hass: HomeAssistant, err: HomeAssistantError, spoken: Speech) -> str:
    """Return an error's text: the spoken one if there is one, else the translated one."""
    key, values = err.translation_key, err.translation_placeholders or {}
    if err.translation_domain != DOMAIN or not key:
        return str(err)
    reason_key = err.reason if isinstance(err, WindowRefusedError) else key
    if words := spoken.errors.get(reason_key.removesuffix("_for_mode")):
        if isinstance(err, WindowRefusedError) and (latest_end := err.latest_end):
            now = dt_util.now(latest_end.tzinfo)
            values = {**values, "latest_end": spoken.end(latest_end, now)}
        return words.format(**values)
    return localized(hass, key, **values)


def sentence(words: str) -> str:
    """Return words with a full stop, unless they end in a punctuation mark."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def refuse_spent(lock: AskedLock, pool: Pool, now: datetime) -> None:
    """Raise if a lock's pool is known to be spent: asking would waste a call."""
    if lock.entry.runtime_data.outlook(pool, now) is Outlook.SPENT:
        raise invalid("quota_exceeded")
