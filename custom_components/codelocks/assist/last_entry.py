"""The intent that tells who came in last."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.hass_dict import HassKey

from ..api import AuditEntry, AuditOrder, Pool
from ..const import AUDIT_PAGE, DOMAIN, MIN_READ_INTERVAL
from ..errors import api_errors
from ..language.language import clean
from ..netcode.clocks import has_been
from ..reading.audit import event_type, masked
from .intent_base import MAX_TEXT, CodelocksIntent, Question, SpokenAnswer, refuse_spent, sentence
from .locks import AskedLock, Declined

type _AskedFor = tuple[datetime | None, AuditEntry | None]
"""When a lock's newest opening was last asked for, and what was found."""

_LAST_OPENED: HassKey[dict[str, _AskedFor]] = HassKey(f"{DOMAIN}_last_opened")
"""By the lock's key: asking again soon costs no call."""


class LastEntry(CodelocksIntent):
    """Tells who came in last."""

    intent_type = "CodelocksLastEntry"
    description = "Tells who opened a lock last, and when"

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Answer for the named lock, or else for the one that was opened last."""
        k3_locks = [lock for lock in question.locks if lock.is_k3]
        lock = question.lock() or _opened_last(question.hass, k3_locks, question.now)
        lock = lock or question.lock_of(k3_locks)
        if not lock.is_k3:
            raise Declined("no_activity", lock=lock.name)
        entry = await _async_last_opened(question.hass, lock, question.now)
        moment = _entry_moment(lock, entry) if entry else None
        if entry is None or moment is None:
            return SpokenAnswer(
                question.speech.say("no_entry", lock=lock.name), {"lock": lock.name}
            )
        said = clean(masked(entry.text) or "", MAX_TEXT)
        words = question.speech.say(
            "last_entry" if said else "last_entry_plain",
            lock=lock.name,
            moment=question.speech.moment(moment, question.now_at(lock)),
            text=said,
        )
        local = moment.astimezone(lock.zone)
        data = {"lock": lock.name, "time": local.isoformat(), "text": said or None}
        return SpokenAnswer(sentence(words), data)


def _entry_moment(lock: AskedLock, entry: AuditEntry) -> datetime | None:
    return lock.entry.runtime_data.locks.moment(entry.time, lock.owner)


def _known_opening(hass: HomeAssistant, lock: AskedLock, now: datetime) -> AuditEntry | None:
    """Return the newest opening that is known without a call."""
    activity = lock.entry.runtime_data.activity.get(lock.owner)
    newest = activity.data.newest if activity and activity.data else None
    return _newest_opening(lock, filter(None, (newest, _asked_for(hass, lock)[1])), now)


def _asked_for(hass: HomeAssistant, lock: AskedLock) -> _AskedFor:
    return hass.data.setdefault(_LAST_OPENED, {}).get(lock.key, (None, None))


def _newest_opening(
    lock: AskedLock, entries: Iterable[AuditEntry], now: datetime
) -> AuditEntry | None:
    """Return the newest opening whose time is known and plausible."""
    dated = [
        (moment, entry)
        for entry in entries
        if event_type(entry) == "opened"
        and (moment := _entry_moment(lock, entry))
        and has_been(moment, now)
    ]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None


def _opened_last(
    hass: HomeAssistant, locks: Iterable[AskedLock], now: datetime
) -> AskedLock | None:
    """Return which lock was opened last, as far as is known without a call."""
    dated = [
        (moment, lock.key, lock)
        for lock in locks
        if (entry := _known_opening(hass, lock, now)) and (moment := _entry_moment(lock, entry))
    ]
    return max(dated)[-1] if dated else None


async def _async_last_opened(
    hass: HomeAssistant, lock: AskedLock, now: datetime
) -> AuditEntry | None:
    """Return the newest opening: the known one if it is fresh, else for one utility call."""
    data = lock.entry.runtime_data
    activity = data.activity.get(lock.owner)
    opening = _known_opening(hass, lock, now)
    asked_at = _asked_for(hass, lock)[0]
    if opening and activity and activity.data and activity.data.newest == opening:
        asked_at = activity.attempted_at
    if asked_at and timedelta() <= now - asked_at < MIN_READ_INTERVAL:
        return opening

    async def ask() -> AuditEntry | None:
        refuse_spent(lock, Pool.UTILITY, now)
        if activity:
            page = await activity.async_get_entries(AUDIT_PAGE, AuditOrder.DESCENDING)
        else:
            page = await data.client.audit(lock.owner, per_page=AUDIT_PAGE)
        found = _newest_opening(lock, page, now) or opening
        hass.data[_LAST_OPENED][lock.key] = (now, found)
        return found

    try:
        with api_errors(hass, lock.entry):
            return await data.questions.async_ask(f"last_opened {lock.owner}", ask)
    except HomeAssistantError:
        if opening:
            return opening
        raise
