"""The intent that tells which codes are active."""

from typing import Any, override

from ..language.language import clean
from ..netcode.ledger import Issued
from .intent_base import CodelocksIntent, Question, SpokenAnswer
from .locks import AskedLock

MAX_ROWS = 50
"""Codes that are told as data."""


class ActiveNetcodes(CodelocksIntent):
    """Tells which codes are active: whose and until when, never what they are."""

    intent_type = "CodelocksActiveNetcodes"
    description = "Tells for whom codes open a lock now, and until when; not the codes"

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Tell it of the lock that is named, or else of all; no call is made."""
        lock = question.lock()
        rows = [
            (one, row)
            for one in ([lock] if lock else question.locks)
            for row in sorted(
                one.entry.runtime_data.ledger_keeper.data.active_at(question.now, one.owner),
                key=lambda row: (row.name or "", row.end),
            )
        ]
        data = [_active(one, row) for one, row in rows[:MAX_ROWS]]
        say = question.speech.say
        if not rows:
            words = say("no_codes_at", lock=lock.name) if lock else say("no_codes")
            return SpokenAnswer(words, {"codes": []})
        codes = question.speech.listed(
            say(
                "code_at" if lock else "code",
                name=clean(row.name or "") or say("nobody"),
                lock=one.name,
                end=question.speech.end(row.end, question.now_at(one)),
            )
            for one, row in rows
        )
        return SpokenAnswer(say("codes", codes=codes), {"codes": data, "count": len(rows)})


def _active(lock: AskedLock, row: Issued) -> dict[str, Any]:
    return {
        "lock": lock.name,
        "name": clean(row.name or "") or None,
        "start": row.start.astimezone(lock.zone).isoformat(),
        "end": row.end.astimezone(lock.zone).isoformat(),
    }
