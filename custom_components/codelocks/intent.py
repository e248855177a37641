"""What may be asked about the locks, by whatever way: the intents.

An answer has words to be heard, in the language of the question, and the same as data.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, intent
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey
import probatio as vol

from .api import AuditEntry, AuditOrder, Pool
from .asked import AskedLock, Declined, asked_entries, asked_locks, find, known
from .audit import event_type, masked
from .binary_sensor import battery_low
from .const import AUDIT_PAGE, CONF_DELIVER_TO, DOMAIN, MIN_READ_INTERVAL
from .coordinator import CodelocksConfigEntry
from .errors import api_errors, invalid
from .ledger import Issued
from .moments import DEFAULT_MINUTES
from .netcodes import Door, Made, Order, async_issue, async_tell, netcode_lock
from .quota import Outlook
from .said import NotUnderstood
from .speech import MAX_LISTED, Speech, clean, load_all, speech, spoken_code
from .spoken import when
from .texts import text
from .windows import Wish

ATTR_AREA = "area"
ATTR_END = "end"
ATTR_LOCK = "lock"
ATTR_MINUTES = "minutes"
ATTR_NAME = "name"
ATTR_START = "start"
ATTR_WHEN = "when"

INTENT_ISSUE_NETCODE = "CodelocksIssueNetcode"
INTENT_LAST_ENTRY = "CodelocksLastEntry"
INTENT_LOW_BATTERIES = "CodelocksLowBatteries"
INTENT_ACTIVE_NETCODES = "CodelocksActiveNetcodes"
INTENT_CALLS_LEFT = "CodelocksCallsLeft"

MAX_TEXT = 300
"""Characters of an error or an audit entry that are told."""
MAX_ROWS = 50
"""Codes that are told as data."""
MAX_MINUTES = 366 * 1440
"""No code is for longer than a year."""

_LAST_OPENED: HassKey[dict[str, tuple[datetime, AuditEntry | None]]] = HassKey(
    f"{DOMAIN}_last_opened"
)
"""By lock, when it was last asked for, and what was found: asking again soon costs no call."""


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents; whether an account answers, its option says."""
    await hass.async_add_executor_job(load_all)
    for handler in (IssueNetcode, LastEntry, LowBatteries, ActiveNetcodes, CallsLeft):
        intent.async_register(hass, handler())


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: in words, and as data."""

    text: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked, and of which locks it may be."""

    hass: HomeAssistant
    speech: Speech
    now: datetime
    slots: Mapping[str, Any]
    assistant: str | None

    @cached_property
    def locks(self) -> tuple[AskedLock, ...]:
        """The locks that may be asked about; raises Declined where there are none."""
        if not asked_entries(self.hass, None):
            raise Declined("off")
        if locks := asked_locks(self.hass, self.assistant):
            return locks
        raise Declined("no_locks")

    def lock(self) -> AskedLock | None:
        """Return the lock that is named, if one is; raises Declined where there is none such."""
        area: str | None = self.slots.get(ATTR_AREA)
        said: str | None = self.slots.get(ATTR_LOCK, area)
        return find(self.locks, self.speech, said, area) if said else None

    def lock_of(self, locks: Iterable[AskedLock]) -> AskedLock:
        """Return the lock that is named, or else the only one of some."""
        if lock := self.lock():
            return lock
        if len(choice := list(locks)) == 1:
            return choice[0]
        raise Declined("which_lock", known=known(choice or self.locks, self.speech))


class CodelocksIntent(intent.IntentHandler):
    """An intent that is answered in words, whatever happens."""

    slots: Mapping[Any, Any] = {
        vol.Optional(ATTR_LOCK): cv.string,
        vol.Optional(ATTR_AREA): cv.string,
    }

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """What may be said."""
        return dict(self.slots)

    @abstractmethod
    async def async_answer(self, question: Question) -> Answer:
        """Return the answer; raises Declined, NotUnderstood or HomeAssistantError."""

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Answer in the language of the question."""
        hass = intent_obj.hass
        slots = self.async_validate_slots(intent_obj.slots)
        question = Question(
            hass=hass,
            speech=speech(intent_obj.language),
            now=dt_util.now(),
            slots={key: slot["value"] for key, slot in slots.items()},
            assistant=intent_obj.assistant,
        )
        response = intent_obj.create_response()
        try:
            answer = await self.async_answer(question)
        except (Declined, NotUnderstood, HomeAssistantError) as err:
            code = intent.IntentResponseErrorCode.FAILED_TO_HANDLE
            response.async_set_error(code, reason(hass, err, question.speech))
            return response
        response.async_set_speech(answer.text)
        response.async_set_speech_slots(answer.data)
        return response


def reason(hass: HomeAssistant, err: Exception, spoken: Speech) -> str:
    """Return why something is not answered, in words: of the language, or Home Assistant's."""
    if isinstance(err, Declined):
        return spoken.say(err.key, **err.values)
    if isinstance(err, NotUnderstood):
        return spoken.say(err.key, rest=clean(getattr(err, "rest", "")))
    if not isinstance(err, HomeAssistantError) or isinstance(err, intent.IntentError):
        return spoken.say("failed")
    return _sentence(clean(_error(hass, err, spoken), MAX_TEXT))


def _error(hass: HomeAssistant, err: HomeAssistantError, spoken: Speech) -> str:
    """Return an error's text: the spoken one, or the translated one."""
    key, values = err.translation_key, err.translation_placeholders or {}
    if err.translation_domain != DOMAIN or not key:
        return str(err)
    if words := spoken.errors.get(key.removesuffix("_for_mode")):
        if latest_end := values.get("latest_end"):
            moment = datetime.fromisoformat(latest_end)
            values = {**values, "latest_end": spoken.end(moment, dt_util.now())}
        return words.format(**values)
    return text(hass, key, **values)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _spent(lock: AskedLock, pool: Pool, now: datetime) -> bool:
    """Return whether a pool is known to be spent: asking would be a call for nothing."""
    data = lock.entry.runtime_data
    counter = data.counter
    outlook = data.quota.outlook(counter.usage, pool, now, counter.refused.get(pool))
    return outlook is Outlook.SPENT


class IssueNetcode(CodelocksIntent):
    """Makes a code, and says it or sends it."""

    intent_type = INTENT_ISSUE_NETCODE
    description = "Makes a door code for a lock and a time"
    slots = {  # noqa: RUF012 - not changed
        **CodelocksIntent.slots,
        vol.Optional(ATTR_NAME): cv.string,
        vol.Optional(ATTR_WHEN): cv.string,
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_MINUTES): vol.All(vol.Coerce(float), vol.Range(1, MAX_MINUTES)),
    }

    @override
    async def async_answer(self, question: Question) -> Answer:
        """Make a code, if the lock's account allows it; what cannot be is refused before a call."""
        able = [lock for lock in question.locks if lock.may_issue]
        if not able:
            raise Declined("read_only")
        lock = question.lock_of(able)
        if not lock.may_issue:
            raise Declined("read_only_lock", lock=lock.name)
        order = Order(
            wish=_wish(question),
            door=Door.VOICE,
            name=clean(question.slots.get(ATTR_NAME, "")) or None,
        )
        target = netcode_lock(lock.entry, lock.owner)
        if target is None:
            raise invalid("not_a_lock", device=lock.name)
        if _spent(lock, Pool.NETCODE, question.now):
            raise invalid("quota_exceeded")
        made = (await async_issue(question.hass, lock.entry, target, order))[0]
        recipients = lock.entry.runtime_data.options[CONF_DELIVER_TO]
        if not recipients:
            return _told(question, lock, made, order.name)
        told = await async_tell(question.hass, target, made, recipients)
        reached = [one["entity_id"] for one in told if one["ok"]]
        return _sent(question, lock, made, reached)


def _wish(question: Question) -> Wish:
    """Return when the code should open; raises what is wrong with it."""
    try:
        start, end = _times(question)
    except OverflowError:  # beyond the ends of the calendar
        raise invalid("too_far") from None
    if end <= start:
        raise invalid("end_before_start")
    if end <= question.now:
        raise invalid("in_the_past")
    return Wish(start=start, end=end)


def _times(question: Question) -> tuple[datetime, datetime]:
    slots = question.slots
    if slots.keys().isdisjoint((ATTR_START, ATTR_END, ATTR_MINUTES)):
        return when(slots.get(ATTR_WHEN, ""), question.speech, question.now)
    if ATTR_END in slots and ATTR_MINUTES in slots:
        raise invalid("duration_and_end")
    start = dt_util.as_local(slots.get(ATTR_START, question.now))
    if ATTR_END in slots:
        return start, dt_util.as_local(slots[ATTR_END])
    length = timedelta(minutes=slots.get(ATTR_MINUTES, DEFAULT_MINUTES))
    return start, dt_util.as_local(dt_util.as_utc(start) + length)


def _issued(question: Question, lock: AskedLock, made: Made) -> dict[str, Any]:
    """Return what is known of a code but the code."""
    zone = question.now.tzinfo
    return {
        "lock": lock.name,
        "name": made.row.name,
        "start": made.row.start.astimezone(zone).isoformat(),
        "end": made.row.end.astimezone(zone).isoformat(),
        "warnings": [clean(warning, MAX_TEXT) for warning in made.warnings],
    }


def _words(question: Question, key: str, made: Made, **values: object) -> str:
    window = question.speech.window(made.row.start, made.row.end, question.now)
    if made.row.name and key in ("issued", "sent"):
        key, values = f"{key}_for", values | {"name": made.row.name}
    said = question.speech.say(key, window=window, **values)
    return " ".join([said, *(_sentence(clean(warning, MAX_TEXT)) for warning in made.warnings)])


def _told(question: Question, lock: AskedLock, made: Made, name: str | None) -> Answer:
    """Return the answer that says the code."""
    code = spoken_code(made.netcode)
    words = _words(question, "issued", made, lock=lock.name, code=code)
    return Answer(words, _issued(question, lock, made) | {"code": made.netcode})


def _sent(question: Question, lock: AskedLock, made: Made, reached: list[str]) -> Answer:
    """Return the answer that says that the code was sent, and nothing of it."""
    data = _issued(question, lock, made) | {"sent": bool(reached)}
    if not reached:
        return Answer(_words(question, "not_sent", made, lock=lock.name), data)
    states = (question.hass.states.get(entity_id) for entity_id in reached)
    names = [clean(state.name) for state in states if state]
    to = question.speech.listed(names or [question.speech.say("somebody")])
    return Answer(_words(question, "sent", made, lock=lock.name, to=to), data)


class LastEntry(CodelocksIntent):
    """Tells who came in last."""

    intent_type = INTENT_LAST_ENTRY
    description = "Tells who opened a lock last, and when"

    @override
    async def async_answer(self, question: Question) -> Answer:
        """Tell it of the lock that is named, or else of the one that was opened last."""
        k3_locks = [lock for lock in question.locks if _is_k3(lock)]
        lock = question.lock() or _opened_last(question.hass, k3_locks)
        lock = lock or question.lock_of(k3_locks)
        if not _is_k3(lock):
            raise Declined("no_activity", lock=lock.name)
        entry = await _async_last_opened(question.hass, lock, question.now)
        moment = _moment(lock, entry) if entry else None
        if entry is None or moment is None:
            return Answer(question.speech.say("no_entry", lock=lock.name), {"lock": lock.name})
        said = clean(masked(entry.text) or "", MAX_TEXT)
        words = question.speech.say(
            "last_entry" if said else "last_entry_plain",
            lock=lock.name,
            moment=question.speech.moment(moment, question.now),
            text=said,
        )
        local = moment.astimezone(question.now.tzinfo)
        data = {"lock": lock.name, "time": local.isoformat(), "text": said or None}
        return Answer(_sentence(words), data)


def _is_k3(lock: AskedLock) -> bool:
    return lock.owner in lock.entry.runtime_data.locks.data.by_id


def _moment(lock: AskedLock, entry: AuditEntry) -> datetime | None:
    return lock.entry.runtime_data.locks.moment(entry.time, lock.owner)


def _known_opening(hass: HomeAssistant, lock: AskedLock) -> AuditEntry | None:
    """Return the newest opening that is known without asking."""
    activity = lock.entry.runtime_data.activity.get(lock.owner)
    entries = [
        activity.data.newest if activity and activity.data else None,
        hass.data.setdefault(_LAST_OPENED, {}).get(lock.key, (None, None))[1],
    ]
    return _newest_opening(lock, [entry for entry in entries if entry])


def _newest_opening(lock: AskedLock, entries: Iterable[AuditEntry]) -> AuditEntry | None:
    dated = [
        (moment, entry)
        for entry in entries
        if event_type(entry) == "opened" and (moment := _moment(lock, entry))
    ]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None


def _opened_last(hass: HomeAssistant, locks: Iterable[AskedLock]) -> AskedLock | None:
    """Return which lock was opened last, as far as it is known without asking."""
    dated = [
        (moment, lock.key, lock)
        for lock in locks
        if (entry := _known_opening(hass, lock)) and (moment := _moment(lock, entry))
    ]
    return max(dated)[-1] if dated else None


async def _async_last_opened(
    hass: HomeAssistant, lock: AskedLock, now: datetime
) -> AuditEntry | None:
    """Return the newest opening: what is fresh as it is known, else for one utility call."""
    data = lock.entry.runtime_data
    activity = data.activity.get(lock.owner)
    cache = hass.data.setdefault(_LAST_OPENED, {})
    opening = _known_opening(hass, lock)
    asked_at = cache[lock.key][0] if lock.key in cache else None
    if opening and activity and activity.data and activity.data.newest == opening:
        asked_at = activity.attempted_at
    if asked_at and now - asked_at < MIN_READ_INTERVAL:
        return opening
    try:
        if _spent(lock, Pool.UTILITY, now):
            raise invalid("quota_exceeded")
        with api_errors(hass, lock.entry):
            if activity:
                page = await activity.async_get_entries(AUDIT_PAGE, AuditOrder.DESCENDING)
            else:
                page = await data.client.audit(lock.owner, per_page=AUDIT_PAGE)
    except HomeAssistantError:
        if opening:
            return opening
        raise
    opening = _newest_opening(lock, page) or opening
    cache[lock.key] = (now, opening)
    return opening


class LowBatteries(CodelocksIntent):
    """Tells which batteries are low."""

    intent_type = INTENT_LOW_BATTERIES
    description = "Tells which locks have a low battery, or how the battery of one lock is"

    @override
    async def async_answer(self, question: Question) -> Answer:
        """Tell it of the lock that is named, or else of all; no call is made."""
        if lock := question.lock():
            return _one_battery(question, lock)
        locks = [lock for lock in question.locks if _is_k3(lock)]
        low = [lock.name for lock in locks if _battery_low(lock)]
        unknown = [lock.name for lock in locks if _battery_low(lock) is None]
        say, listed = question.speech.say, question.speech.listed
        words = say("batteries_low", locks=listed(low)) if low else say("batteries_fine")
        if unknown:
            words = f"{words} {say('batteries_unknown', locks=listed(unknown))}"
        return Answer(words, {"low": low, "unknown": unknown})


def _battery_low(lock: AskedLock) -> bool | None:
    found = lock.entry.runtime_data.locks.lock(lock.owner)
    return battery_low(found) if found else None


def _one_battery(question: Question, lock: AskedLock) -> Answer:
    if not _is_k3(lock):
        raise Declined("no_battery", lock=lock.name)
    found = lock.entry.runtime_data.locks.lock(lock.owner)
    percent = found.battery_percent if found else None
    low = _battery_low(lock)
    key = {True: "battery_low", False: "battery_fine", None: "battery_unknown"}[low]
    key = key if percent is None else "battery_percent"
    words = question.speech.say(key, lock=lock.name, percent=percent)
    return Answer(words, {"lock": lock.name, "low": low, "percent": percent})


class ActiveNetcodes(CodelocksIntent):
    """Tells which codes are active: whose and until when, never what they are."""

    intent_type = INTENT_ACTIVE_NETCODES
    description = "Tells for whom codes open a lock now, and until when; not the codes"

    @override
    async def async_answer(self, question: Question) -> Answer:
        """Tell it of the lock that is named, or else of all; no call is made."""
        lock = question.lock()
        rows = [
            (one, row)
            for one in ([lock] if lock else question.locks)
            for row in sorted(
                one.entry.runtime_data.book.data.active_at(question.now, one.owner),
                key=lambda row: (row.name or "", row.end),
            )
        ]
        data = [_active(question, one, row) for one, row in rows[:MAX_ROWS]]
        say = question.speech.say
        if not rows:
            words = say("no_codes_at", lock=lock.name) if lock else say("no_codes")
            return Answer(words, {"codes": []})
        codes = question.speech.listed(
            say(
                "code_at" if lock else "code",
                name=clean(row.name or "") or say("nobody"),
                lock=one.name,
                end=question.speech.end(row.end, question.now),
            )
            for one, row in rows
        )
        return Answer(say("codes", codes=codes), {"codes": data, "count": len(rows)})


def _active(question: Question, lock: AskedLock, row: Issued) -> dict[str, Any]:
    zone = question.now.tzinfo
    return {
        "lock": lock.name,
        "name": clean(row.name or "") or None,
        "start": row.start.astimezone(zone).isoformat(),
        "end": row.end.astimezone(zone).isoformat(),
    }


class CallsLeft(CodelocksIntent):
    """Tells how many calls are left."""

    intent_type = INTENT_CALLS_LEFT
    description = "Tells how many API calls are left this month"
    slots: Mapping[Any, Any] = {}

    @override
    async def async_answer(self, question: Question) -> Answer:
        """Tell it of each account; no call is made."""
        entries = asked_entries(question.hass, question.assistant)
        if not entries:
            raise Declined("no_locks" if asked_entries(question.hass, None) else "off")
        accounts = [_calls(entry, question.now) for entry in entries[:MAX_LISTED]]
        key = "calls_left" if len(accounts) == 1 else "calls_left_of"
        today = question.now.date()
        words = " ".join(
            question.speech.say(
                key,
                **account | {"day": question.speech.day(account["resets_at"].date(), today)},
            )
            for account in accounts
        )
        data = [account | {"resets_at": account["resets_at"].isoformat()} for account in accounts]
        return Answer(words, {"accounts": data})


def _calls(entry: CodelocksConfigEntry, now: datetime) -> dict[str, Any]:
    data = entry.runtime_data
    return {
        "account": clean(entry.title),
        "netcode": data.quota.left(data.counter.usage, Pool.NETCODE, now),
        "utility": data.quota.left(data.counter.usage, Pool.UTILITY, now),
        "resets_at": data.quota.resets_at(now).astimezone(now.tzinfo),
    }
