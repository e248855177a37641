"""The intent that makes codes, and says them or sends them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, override

from homeassistant.helpers import config_validation as cv
import probatio

from ..api import Pool
from ..const import CONF_DELIVER_TO
from ..errors import invalid
from ..issuing.issue import IssuedCode, RequestSource
from ..issuing.netcode_lock import netcode_lock
from ..issuing.order import FailedLock, Order, OrderedLock, Outcome, Telling, async_order
from ..issuing.plan import requested_times
from ..issuing.spares import spare_for
from ..language.code_request import when
from ..language.language import clean, spoken_code
from ..netcode.windows import WindowRequest
from .intent_base import (
    ATTR_AREA,
    ATTR_LOCK,
    MAX_TEXT,
    CodelocksIntent,
    Question,
    SpokenAnswer,
    reason,
    refuse_spent,
    sentence,
)
from .kept_codes import ATTR_NAME
from .locks import AskedLock, Declined, find

ATTR_END = "end"
ATTR_LOCKS = "locks"
ATTR_MINUTES = "minutes"
ATTR_START = "start"
ATTR_WHEN = "when"

MAX_MINUTES = 366 * 1440
"""No code lasts longer than a year."""


class IssueNetcode(CodelocksIntent):
    """Makes codes for one lock or several, and says them or sends them."""

    intent_type = "CodelocksIssueNetcode"
    description = "Makes door codes for one lock or several, and a time"
    slots: Mapping[Any, Any] = {
        **CodelocksIntent.slots,
        probatio.Optional(ATTR_LOCKS): [
            probatio.Any(
                cv.string,
                {
                    probatio.Required(ATTR_LOCK): cv.string,
                    probatio.Optional(ATTR_AREA): cv.string,
                },
            )
        ],
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
        """Make codes, if the locks' accounts allow it; refuse the impossible before any call."""
        able = [lock for lock in question.locks if lock.may_issue]
        if not able:
            raise Declined("read_only")
        able = [lock for lock in able if question.caller.may_issue(lock.entry, lock.owner)]
        if not able:
            raise Declined("not_allowed")
        locks = _locks(question) or [question.lock_of(able)]
        for lock in locks:
            if not lock.may_issue:
                raise Declined("read_only_lock", lock=lock.name)
            if lock not in able:
                raise Declined("not_allowed_lock", lock=lock.name)
        ordered = {lock.key: _ordered(question, lock) for lock in locks}
        for lock in locks:
            one = ordered[lock.key]
            if not spare_for(lock.entry, lock.owner, one.request, (), question.now):
                refuse_spent(lock, Pool.NETCODE, question.now)
        order = Order(
            locks=tuple(ordered.values()),
            source=RequestSource.VOICE,
            name=clean(question.slots.get(ATTR_NAME, "")) or None,
            user_id=question.caller.user_id,
        )
        outcome = await async_order(question.hass, order)
        by_device = {one.device_id: lock for one, lock in zip(order.locks, locks, strict=True)}
        return _Answer(question, by_device, outcome).spoken()


def _locks(question: Question) -> list[AskedLock]:
    """Return the locks of a list, each once."""
    found: dict[str, AskedLock] = {}
    for named in question.slots.get(ATTR_LOCKS, []):
        words = {ATTR_LOCK: named} if isinstance(named, str) else named
        area = words.get(ATTR_AREA)
        lock = find(question.locks, question.speech, words[ATTR_LOCK], area)
        found[lock.key] = lock
    return list(found.values())


def _ordered(question: Question, lock: AskedLock) -> OrderedLock:
    """Return a lock as it is ordered; its codes go to those whom its account names."""
    data = lock.entry.runtime_data
    target, device = netcode_lock(lock.entry, lock.owner), data.device(lock.owner)
    if target is None or device is None:
        raise invalid("not_a_lock", device=lock.name)
    return OrderedLock(
        entry=lock.entry,
        data=data,
        lock=target,
        device_id=device.id,
        request=_window_request(question, lock),
        recipients=tuple(data.options[CONF_DELIVER_TO]),
    )


def _window_request(question: Question, lock: AskedLock) -> WindowRequest:
    """Return when the code should open: as people say it at the lock, or as a program gives it."""
    slots = question.slots
    if slots.keys().isdisjoint((ATTR_START, ATTR_END, ATTR_MINUTES)):
        start, end = when(slots.get(ATTR_WHEN, ""), question.speech, question.now_at(lock))
    else:
        length = timedelta(minutes=slots[ATTR_MINUTES]) if ATTR_MINUTES in slots else None
        start, end = requested_times(slots.get(ATTR_START), slots.get(ATTR_END), length)
    return WindowRequest(start=start, end=end)


class _Answer:
    """The answer about what became of an order, in words and as data."""

    def __init__(
        self, question: Question, locks: Mapping[str, AskedLock], outcome: Outcome
    ) -> None:
        """Take an order's outcome; `locks` are those asked for, by device id."""
        self._question = question
        self._locks = locks
        self._outcome = outcome

    def spoken(self) -> SpokenAnswer:
        """Return the answer: for one lock by itself, for several as a list."""
        words: list[str] = []
        rows: list[dict[str, Any]] = []
        for telling in self._outcome.told:
            words += self._told(telling)
            rows += [self._row(code, telling) for code in telling.codes]
        warnings = (one.text for code in self._outcome.codes for one in code.warnings)
        words += [sentence(clean(warning, MAX_TEXT)) for warning in dict.fromkeys(warnings)]
        failed = [
            {"lock": self._name(lock.ordered.device_id), "error": self._reason(lock)}
            for lock in self._outcome.failed
        ]
        words += [
            sentence(self._say("no_code_for", lock=one["lock"], reason=one["error"]))
            for one in failed
        ]
        if len(self._locks) == 1:
            return SpokenAnswer(" ".join(words), rows[0])
        data: dict[str, Any] = {"codes": rows} | ({"failed": failed} if failed else {})
        return SpokenAnswer(" ".join(words), data)

    def _say(self, key: str, **values: object) -> str:
        return self._question.speech.say(key, **values)

    def _name(self, device_id: str) -> str:
        return self._locks[device_id].name

    def _window(self, code: IssuedCode) -> str:
        now = self._question.now_at(self._locks[code.device_id])
        return self._question.speech.window(code.row.start, code.row.end, now)

    def _reason(self, failed: FailedLock) -> str:
        return reason(self._question.hass, failed.error, self._question.speech)

    def _told(self, telling: Telling) -> list[str]:
        """Return the sentences about codes that were told together: said here, or sent."""
        codes, reached = telling.codes, _reached(telling)
        key, values = "issued", {}
        if telling.recipients:
            key = "sent" if reached else "not_sent"
            values = {"to": self._names_of(reached)} if reached else {}
        if (name := codes[0].row.name) and key != "not_sent":
            key, values = f"{key}_for", values | {"name": name}
        if len(codes) == 1:
            (code,) = codes
            return [
                self._say(
                    key,
                    lock=self._name(code.device_id),
                    window=self._window(code),
                    code=spoken_code(code.netcode),
                    **values,
                )
            ]
        listed = self._listed_codes(codes)
        locks = self._all(dict.fromkeys(self._name(code.device_id) for code in codes))
        return [
            self._say(f"several_{key}", locks=locks, codes=listed, **values),
            *self._work(codes),
        ]

    def _listed_codes(self, codes: Sequence[IssuedCode]) -> str:
        return self._all(
            self._say("code_of", lock=self._name(code.device_id), code=spoken_code(code.netcode))
            for code in codes
        )

    def _work(self, codes: Sequence[IssuedCode]) -> list[str]:
        """Return when codes work: once if it is the same for all."""
        windows = {self._window(code): code for code in codes}
        if len(windows) == 1:
            return [self._say("they_work", window=window) for window in windows]
        return [
            self._say("works_at", lock=self._name(code.device_id), window=self._window(code))
            for code in codes
        ]

    def _all(self, things: Iterable[str]) -> str:
        """Return all things as a spoken list: no code may be left out."""
        *firsts, final = things
        return f"{', '.join(firsts)} {self._say('and')} {final}" if firsts else final

    def _names_of(self, entity_ids: Iterable[str]) -> str:
        states = (self._question.hass.states.get(entity_id) for entity_id in entity_ids)
        names = [clean(state.name) for state in states if state]
        return self._question.speech.listed(names or [self._say("somebody")])

    def _row(self, code: IssuedCode, telling: Telling) -> dict[str, Any]:
        """Return what is known about a code; the code itself only if it is said."""
        lock = self._locks[code.device_id]
        row: dict[str, Any] = {
            "lock": lock.name,
            "name": code.row.name,
            "start": code.row.start.astimezone(lock.zone).isoformat(),
            "end": code.row.end.astimezone(lock.zone).isoformat(),
            "warnings": [clean(warning.text, MAX_TEXT) for warning in code.warnings],
        }
        if telling.recipients:
            return row | {"sent": bool(_reached(telling))}
        return row | {"code": code.netcode}


def _reached(telling: Telling) -> list[str]:
    """Return the notify entities that took a message."""
    return [delivery["entity_id"] for delivery in telling.deliveries if delivery["ok"]]
