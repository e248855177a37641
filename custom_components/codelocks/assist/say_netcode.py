"""The intent that says or sends somebody's code once more."""

from typing import Any, override

from ..const import CONF_DELIVER_TO
from ..issuing.netcode_lock import KeptCode, netcode_lock
from ..issuing.tell import async_tell
from ..language.language import clean, spoken_code
from .intent_base import CodelocksIntent, Question, SpokenAnswer
from .kept_codes import (
    SLOTS,
    AskedCode,
    async_asked_orders,
    refuse_unless_allowed,
    the_order,
)


class SayNetcode(CodelocksIntent):
    """Says a code again, or sends it to those who get the account's codes."""

    intent_type = "CodelocksSayNetcode"
    description = "Says somebody's code again, or sends it"
    slots = SLOTS

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Tell one order again; no call is made."""
        order = the_order(question, await async_asked_orders(question, withdrawn=False))
        refuse_unless_allowed(question, order)
        tellings: dict[tuple[str, ...], list[AskedCode]] = {}
        for code in order:
            options = code.lock.entry.runtime_data.options
            tellings.setdefault(tuple(options[CONF_DELIVER_TO]), []).append(code)
        words: list[str] = []
        rows: list[dict[str, Any]] = []
        for recipients, codes in tellings.items():
            sent = await _async_send(question, codes, recipients) if recipients else None
            words += [_sentence(question, code, sent) for code in codes]
            rows += [_row(code, sent) for code in codes]
        return SpokenAnswer(" ".join(words), rows[0] if len(rows) == 1 else {"codes": rows})


async def _async_send(
    question: Question, codes: list[AskedCode], recipients: tuple[str, ...]
) -> list[str]:
    """Send codes to the recipients of their account; returns the names of those that took them."""
    kept = [
        KeptCode(lock=lock, row=code.row)
        for code in codes
        if (lock := netcode_lock(code.lock.entry, code.lock.owner))
    ]
    deliveries = await async_tell(question.hass, kept, recipients)
    took = [row["entity_id"] for row in deliveries if row["ok"]]
    states = (question.hass.states.get(entity_id) for entity_id in took)
    return [clean(state.name) for state in states if state] or [""] * len(took)


def _sentence(question: Question, code: AskedCode, sent: list[str] | None) -> str:
    """Return the code as it is spoken, or to whom it was sent: then it is not spoken."""
    speech = question.speech
    key, values = "issued", {"code": spoken_code(code.row.code or "")}
    if sent is not None:
        names = [name or speech.say("somebody") for name in sent]
        key, values = ("resent", {"to": speech.listed(names)}) if names else ("not_resent", {})
    window = speech.window(code.row.start, code.row.end, question.now_at(code.lock))
    return speech.say(
        f"{key}_for" if code.name else key,
        name=code.name,
        lock=code.lock.name,
        window=window,
        **values,
    )


def _row(code: AskedCode, sent: list[str] | None) -> dict[str, Any]:
    """Return what is known about a code; the code itself only if it is said."""
    return code.as_data() | ({"code": code.row.code} if sent is None else {"sent": bool(sent)})
