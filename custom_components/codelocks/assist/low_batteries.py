"""The intent that tells which batteries are low."""

from typing import override

from ..reading.battery import battery_low
from .intent_base import CodelocksIntent, Question, SpokenAnswer
from .locks import AskedLock, Declined


class LowBatteries(CodelocksIntent):
    """Tells which batteries are low."""

    intent_type = "CodelocksLowBatteries"
    description = "Tells which locks have a low battery, or how the battery of one lock is"

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Tell it of the lock that is named, or else of all; no call is made."""
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
