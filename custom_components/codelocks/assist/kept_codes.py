"""The codes that a question is about: by the name of a person, a lock, or both.

Codes of one order belong together: somebody who has one for three doors has one code, to people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeassistant.helpers import config_validation as cv
import probatio

from ..account import CodelocksConfigEntry
from ..const import DOMAIN
from ..language.language import clean
from ..language.people import closest
from ..netcode.ledger import Issued
from .intent_base import CodelocksIntent, Question
from .locks import AskedLock, Declined

ATTR_NAME = "name"

SLOTS: Mapping[Any, Any] = {**CodelocksIntent.slots, probatio.Optional(ATTR_NAME): cv.string}
"""What may be said: for whom a code is, and at which lock."""


@dataclass(frozen=True, slots=True)
class AskedCode:
    """A code that is not over, and its lock."""

    lock: AskedLock
    row: Issued

    @property
    def name(self) -> str | None:
        """For whom it is."""
        return clean(self.row.name or "") or None

    def as_data(self) -> dict[str, Any]:
        """Return what any question may be answered with."""
        return {
            "lock": self.lock.name,
            "name": self.name,
            "start": self.row.start.astimezone(self.lock.zone).isoformat(),
            "end": self.row.end.astimezone(self.lock.zone).isoformat(),
        }


type AskedOrder = tuple[AskedCode, ...]
"""The codes of one order."""


async def async_asked_orders(question: Question, *, withdrawn: bool) -> list[AskedOrder]:
    """Return the orders that a question is about, by name and lock; raises Declined if none is.

    Of names that are alike, the one that was said counts. Withdrawn codes count if `withdrawn`.
    """
    said, lock = question.slots.get(ATTR_NAME, ""), question.lock()
    if not clean(said) and lock is None:
        raise Declined("whose_code")
    orders: dict[str, list[AskedCode]] = {}
    for code in _codes(question, withdrawn=withdrawn):
        orders.setdefault(code.row.order or code.row.id, []).append(code)
    found = [
        tuple(codes)
        for codes in orders.values()
        if lock is None or any(code.lock.key == lock.key for code in codes)
    ]
    if clean(said):
        names = [codes[0].row.name or "" for codes in found]
        # Apart from the loop: there may be thousands.
        places = await question.hass.async_add_executor_job(
            closest, said, names, question.speech.language
        )
        found = [found[at] for at in places]
    if not found:
        name = clean(said) or (lock.name if lock else "")
        raise Declined("no_code_of", name=name)
    return found


def _codes(question: Question, *, withdrawn: bool) -> Iterator[AskedCode]:
    """Yield the codes of all locks that are not over."""
    for lock in question.locks:
        for row in lock.entry.runtime_data.ledger_keeper.data.between(lock.owner, question.now):
            if withdrawn or not row.withdrawn:
                yield AskedCode(lock, row)


def the_order(question: Question, orders: Sequence[AskedOrder]) -> AskedOrder:
    """Return the only order; raises Declined, which names them, if there are several."""
    if len(orders) == 1:
        return orders[0]
    codes = [
        question.speech.say(
            "code",
            name=order[0].name or question.speech.say("nobody"),
            lock=order[0].lock.name,
            end=question.speech.end(order[-1].row.end, question.now_at(order[-1].lock)),
        )
        for order in orders
    ]
    listed = question.speech.listed(codes)
    raise Declined("which_code", count=len(orders), codes=listed)


def refuse_unless_allowed(question: Question, order: AskedOrder) -> None:
    """Refuse what may be done by voice only where codes may be made, by those who may make them."""
    if not any(lock.may_issue for lock in question.locks):
        raise Declined("read_only")
    for code in order:
        lock = code.lock
        if not lock.may_issue:
            raise Declined("read_only_lock", lock=lock.name)
        if not question.caller.may_issue(lock.entry, lock.owner):
            raise Declined("not_allowed_lock", lock=lock.name)


def is_whole(question: Question, order: AskedOrder) -> bool:
    """Return whether the locks that may be spoken about have all codes of an order."""
    order_id, known = order[0].row.order, {code.row.id for code in order}
    entries: list[CodelocksConfigEntry] = question.hass.config_entries.async_loaded_entries(DOMAIN)
    return order_id is None or all(
        row.id in known
        for entry in entries
        for row in entry.runtime_data.ledger_keeper.data.rows()
        if row.order == order_id and not row.withdrawn and question.now < row.end
    )


def by_lock(order: AskedOrder) -> list[tuple[AskedCode, ...]]:
    """Return the codes of each lock of an order: a chain of codes is one to those who use it."""
    locks: dict[str, list[AskedCode]] = {}
    for code in order:
        locks.setdefault(code.lock.key, []).append(code)
    return [tuple(codes) for codes in locks.values()]
