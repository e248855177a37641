"""The intent that makes a code, and says it or sends it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, override

from homeassistant.helpers import config_validation as cv
import probatio

from ..api import Pool
from ..const import CONF_DELIVER_TO
from ..errors import invalid
from ..issuing.issue import IssuedCode, Order, RequestSource, async_issue
from ..issuing.netcode_lock import netcode_lock
from ..issuing.plan import requested_times
from ..issuing.tell import async_tell
from ..language.code_request import when
from ..language.language import clean, spoken_code
from ..netcode.windows import WindowRequest
from .intent_base import MAX_TEXT, CodelocksIntent, Question, SpokenAnswer, refuse_spent, sentence
from .locks import AskedLock, Declined

ATTR_END = "end"
ATTR_MINUTES = "minutes"
ATTR_NAME = "name"
ATTR_START = "start"
ATTR_WHEN = "when"

MAX_MINUTES = 366 * 1440
"""No code lasts longer than a year."""


class IssueNetcode(CodelocksIntent):
    """Makes a code, and says it or sends it."""

    intent_type = "CodelocksIssueNetcode"
    description = "Makes a door code for a lock and a time"
    slots: Mapping[Any, Any] = {
        **CodelocksIntent.slots,
        probatio.Optional(ATTR_NAME): cv.string,
        probatio.Optional(ATTR_WHEN): cv.string,
        probatio.Optional(ATTR_START): cv.datetime,
        probatio.Optional(ATTR_END): cv.datetime,
        probatio.Optional(ATTR_MINUTES): probatio.All(
            probatio.Coerce(float), probatio.Range(1, MAX_MINUTES)
        ),
    }

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Make a code, if the lock's account allows it; refuse the impossible before any call."""
        able = [lock for lock in question.locks if lock.may_issue]
        if not able:
            raise Declined("read_only")
        able = [lock for lock in able if question.caller.may_issue(lock.entry, lock.owner)]
        if not able:
            raise Declined("not_allowed")
        lock = question.lock_of(able)
        if not lock.may_issue:
            raise Declined("read_only_lock", lock=lock.name)
        if lock not in able:
            raise Declined("not_allowed_lock", lock=lock.name)
        order = Order(
            request=_window_request(question, lock),
            source=RequestSource.VOICE,
            name=clean(question.slots.get(ATTR_NAME, "")) or None,
        )
        target = netcode_lock(lock.entry, lock.owner)
        if target is None:
            raise invalid("not_a_lock", device=lock.name)
        refuse_spent(lock, Pool.NETCODE, question.now)
        recipients = lock.entry.runtime_data.options[CONF_DELIVER_TO]
        made = (await async_issue(question.hass, lock.entry, target, order))[0]
        if not recipients:
            return _told(question, lock, made)
        told = await async_tell(question.hass, target, made, recipients)
        reached = [one["entity_id"] for one in told if one["ok"]]
        return _sent(question, lock, made, reached)


def _window_request(question: Question, lock: AskedLock) -> WindowRequest:
    """Return when the code should open: as people say it at the lock, or as a program gives it."""
    slots = question.slots
    if slots.keys().isdisjoint((ATTR_START, ATTR_END, ATTR_MINUTES)):
        start, end = when(slots.get(ATTR_WHEN, ""), question.speech, question.now_at(lock))
    else:
        length = timedelta(minutes=slots[ATTR_MINUTES]) if ATTR_MINUTES in slots else None
        start, end = requested_times(slots.get(ATTR_START), slots.get(ATTR_END), length)
    return WindowRequest(start=start, end=end)


def _issued(lock: AskedLock, made: IssuedCode) -> dict[str, Any]:
    """Return what is known about a code, except the code itself."""
    return {
        "lock": lock.name,
        "name": made.row.name,
        "start": made.row.start.astimezone(lock.zone).isoformat(),
        "end": made.row.end.astimezone(lock.zone).isoformat(),
        "warnings": [clean(warning, MAX_TEXT) for warning in made.warnings],
    }


def _words(
    question: Question, key: str, lock: AskedLock, made: IssuedCode, **values: object
) -> str:
    """Return an answer in words, with the window and the warnings of a code."""
    window = question.speech.window(made.row.start, made.row.end, question.now_at(lock))
    if made.row.name and key in ("issued", "sent"):
        key, values = f"{key}_for", values | {"name": made.row.name}
    said = question.speech.say(key, lock=lock.name, window=window, **values)
    return " ".join([said, *(sentence(clean(warning, MAX_TEXT)) for warning in made.warnings)])


def _told(question: Question, lock: AskedLock, made: IssuedCode) -> SpokenAnswer:
    """Return the answer that says the code."""
    code = spoken_code(made.netcode)
    words = _words(question, "issued", lock, made, code=code)
    return SpokenAnswer(words, _issued(lock, made) | {"code": made.netcode})


def _sent(
    question: Question, lock: AskedLock, made: IssuedCode, reached: list[str]
) -> SpokenAnswer:
    """Return the answer that the code was sent, without the code."""
    data = _issued(lock, made) | {"sent": bool(reached)}
    if not reached:
        return SpokenAnswer(_words(question, "not_sent", lock, made), data)
    states = (question.hass.states.get(entity_id) for entity_id in reached)
    names = [clean(state.name) for state in states if state]
    to = question.speech.listed(names or [question.speech.say("somebody")])
    return SpokenAnswer(_words(question, "sent", lock, made, to=to), data)
