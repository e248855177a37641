"""The intent that tells how many calls are left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override

from ..account import CodelocksConfigEntry
from ..api import Pool
from ..language.language import MAX_LISTED, clean
from .intent_base import CodelocksIntent, Question, SpokenAnswer
from .locks import Declined, asked_entries


class CallsLeft(CodelocksIntent):
    """Tells how many calls are left."""

    intent_type = "CodelocksCallsLeft"
    description = "Tells how many API calls are left this month"
    slots: Mapping[Any, Any] = {}

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
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
