"""The intent that tells until when somebody's code opens."""

from typing import Any, override

from .active_netcodes import MAX_ROWS
from .intent_base import CodelocksIntent, Question, SpokenAnswer
from .kept_codes import SLOTS, AskedCode, async_asked_orders, by_lock

MAX_SENTENCES = 3
"""Codes that are told one by one: nobody listens to more."""


class NetcodeEnd(CodelocksIntent):
    """Tells until when a code opens, never what it is."""

    intent_type = "CodelocksNetcodeEnd"
    description = "Tells until when somebody's code opens a lock; not the code"
    slots = SLOTS

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Tell it of each code that may be meant; no call is made."""
        orders = await async_asked_orders(question, withdrawn=True)
        at_locks = [codes for order in orders for codes in by_lock(order)]
        words = [_sentence(question, codes) for codes in at_locks[:MAX_SENTENCES]]
        if more := len(at_locks) - MAX_SENTENCES:
            words += [f"{question.speech.say('more', count=more)}."] if more > 0 else []
        data = [_data(code) for codes in at_locks for code in codes]
        return SpokenAnswer(" ".join(words), {"codes": data[:MAX_ROWS], "count": len(data)})


def _sentence(question: Question, codes: tuple[AskedCode, ...]) -> str:
    """Return when the codes of a lock open: one, or a chain of them."""
    first, say, now = codes[0], question.speech.say, question.now_at(codes[0].lock)
    start, end = first.row.start, max(code.row.end for code in codes)
    key = "ends" if start <= question.now else "opens"
    words = say(
        f"{key}_for" if first.name else key,
        name=first.name,
        lock=first.lock.name,
        end=question.speech.end(end, now),
        window=question.speech.window(start, end, now),
    )
    is_withdrawn = all(code.row.withdrawn for code in codes)
    return f"{words} {say('was_withdrawn')}" if is_withdrawn else words


def _data(code: AskedCode) -> dict[str, Any]:
    return code.as_data() | {"withdrawn": code.row.withdrawn}
