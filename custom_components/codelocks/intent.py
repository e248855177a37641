"""The intents: what may be asked about the locks.

Those that make a code or may call the cloud have files of their own; the others answer from what
is known.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from .api import Pool
from .assist.intent_base import CodelocksIntent, Question, SpokenAnswer
from .assist.issue_netcode import IssueNetcode
from .assist.last_entry import LastEntry
from .assist.locks import AskedLock, Declined, asked_entries
from .binary_sensor import battery_low
from .language.language import MAX_LISTED, clean, load_all
from .netcode.ledger import Issued
from .reading.coordinator import CodelocksConfigEntry

MAX_ROWS = 50
"""Codes that are listed as data."""


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents; each account's option says whether it answers."""
    await hass.async_add_executor_job(load_all)
    for handler in (IssueNetcode, LastEntry, LowBatteries, ActiveNetcodes, CallsLeft):
        intent.async_register(hass, handler())


class LowBatteries(CodelocksIntent):
    """Tells which batteries are low."""

    intent_type = "CodelocksLowBatteries"
    description = "Tells which locks have a low battery, or how the battery of one lock is"

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Answer for the named lock, or else for all; no call is made."""
        if lock := question.lock():
            return _one_battery(question, lock)
        locks = [lock for lock in question.locks if lock.is_k3]
        low = [lock.name for lock in locks if _battery_low(lock)]
        unknown = [lock.name for lock in locks if _battery_low(lock) is None]
        say, listed = question.speech.say, question.speech.listed
        words = say("batteries_low", locks=listed(low)) if low else say("batteries_fine")
        if unknown:
            words = f"{words} {say('batteries_unknown', locks=listed(unknown))}"
        return SpokenAnswer(words, {"low": low, "unknown": unknown})


def _battery_low(lock: AskedLock) -> bool | None:
    found = lock.entry.runtime_data.locks.lock(lock.owner)
    return battery_low(found) if found else None


def _one_battery(question: Question, lock: AskedLock) -> SpokenAnswer:
    if not lock.is_k3:
        raise Declined("no_battery", lock=lock.name)
    found = lock.entry.runtime_data.locks.lock(lock.owner)
    percent = found.battery_percent if found else None
    low = _battery_low(lock)
    key = {True: "battery_low", False: "battery_fine", None: "battery_unknown"}[low]
    key = key if percent is None else "battery_percent"
    words = question.speech.say(key, lock=lock.name, percent=percent)
    return SpokenAnswer(words, {"lock": lock.name, "low": low, "percent": percent})


class ActiveNetcodes(CodelocksIntent):
    """Tells which codes are active: whose and until when, never the codes themselves."""

    intent_type = "CodelocksActiveNetcodes"
    description = "Tells for whom codes open a lock now, and until when; not the codes"

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Answer for the named lock, or else for all; no call is made."""
        lock = question.lock()
        rows = [
            (one, row)
            for one in ([lock] if lock else question.locks)
            for row in sorted(
                one.entry.runtime_data.ledger_keeper.data.active_at(question.now, one.owner),
                key=lambda row: (row.name or "", row.end),
            )
        ]
        data = [_active(question, one, row) for one, row in rows[:MAX_ROWS]]
        say = question.speech.say
        if not rows:
            words = say("no_codes_at", lock=lock.name) if lock else say("no_codes")
            return SpokenAnswer(words, {"codes": []})
        codes = question.speech.listed(
            say(
                "code_at" if lock else "code",
                name=clean(row.name or "") or say("nobody"),
                lock=one.name,
                end=question.speech.end(row.end, question.now),
            )
            for one, row in rows
        )
        return SpokenAnswer(say("codes", codes=codes), {"codes": data, "count": len(rows)})


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

    intent_type = "CodelocksCallsLeft"
    description = "Tells how many API calls are left this month"
    slots: Mapping[Any, Any] = {}

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Answer for each account; no call is made."""
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
        if len(data) == 1:
            del data[0]["account"]  # its e-mail address, which tells a model nothing
        return SpokenAnswer(words, {"accounts": data})


def _calls(entry: CodelocksConfigEntry, now: datetime) -> dict[str, Any]:
    data = entry.runtime_data
    return {
        "account": clean(entry.title),
        "netcode": data.calls_left(Pool.NETCODE, now),
        "utility": data.calls_left(Pool.UTILITY, now),
        "resets_at": data.quota.resets_at(now).astimezone(now.tzinfo),
    }
