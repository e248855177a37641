"""The intent that withdraws somebody's code: it is marked, and opens until its end all the same."""

from typing import override

from ..issuing.netcode_lock import netcode_lock
from ..issuing.withdraw import async_withdraw, how_to_block
from ..language.language import clean
from ..ledger_keeper import LedgerKeeper
from .intent_base import MAX_TEXT, CodelocksIntent, Question, SpokenAnswer, sentence
from .kept_codes import (
    SLOTS,
    AskedCode,
    async_asked_orders,
    by_lock,
    is_whole,
    refuse_unless_allowed,
    the_order,
)
from .locks import Declined


class WithdrawNetcode(CodelocksIntent):
    """Withdraws a code, and says until when it still opens."""

    intent_type = "CodelocksWithdrawNetcode"
    description = "Withdraws somebody's code, which still opens until its end"
    slots = SLOTS

    @override
    async def async_answer(self, question: Question) -> SpokenAnswer:
        """Withdraw one order as a whole; no call is made."""
        order = the_order(question, await async_asked_orders(question, withdrawn=False))
        refuse_unless_allowed(question, order)
        if not is_whole(question, order):
            raise Declined("part_of_order")
        ids: dict[LedgerKeeper, list[str]] = {}
        for code in order:
            ids.setdefault(code.lock.entry.runtime_data.ledger_keeper, []).append(code.row.id)
        for keeper, of_account in ids.items():
            await async_withdraw(keeper, of_account)
        at_locks = by_lock(order)
        words = [_sentence(question, codes) for codes in at_locks]
        hints = [_how_to_block(question, codes[0]) for codes in at_locks]
        words += [sentence(hint) for hint in dict.fromkeys(hints) if hint]
        data = [
            codes[-1].as_data() | {"how_to_block": hint}
            for codes, hint in zip(at_locks, hints, strict=True)
        ]
        return SpokenAnswer(" ".join(words), {"withdrawn": data})


def _sentence(question: Question, codes: tuple[AskedCode, ...]) -> str:
    """Return that the codes of a lock are withdrawn, and open all the same."""
    code = codes[-1]
    return question.speech.say(
        "withdrawn_for" if code.name else "withdrawn",
        name=code.name,
        lock=code.lock.name,
        end=question.speech.end(code.row.end, question.now_at(code.lock)),
    )


def _how_to_block(question: Question, code: AskedCode) -> str | None:
    lock = netcode_lock(code.lock.entry, code.lock.owner)
    words = how_to_block(question.hass, lock) if lock else None
    return clean(words, MAX_TEXT) if words else None
