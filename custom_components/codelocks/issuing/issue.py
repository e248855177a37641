"""Making codes: each order is planned, served from the ledger or by a call, and recorded."""

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
import logging
from uuid import uuid4

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..api import Pool
from ..const import DOMAIN
from ..errors import api_errors, translated
from ..netcode.ledger import Issued
from ..netcode.windows import Window, WindowRequest, check_answer
from .code_warnings import digits_warnings, shared_warnings, window_warnings
from .netcode_lock import NetcodeLock
from .plan import async_plan

_LOGGER = logging.getLogger(__name__)


class RequestSource(StrEnum):
    """Where an order comes from."""

    ACTION = "action"
    CALENDAR = "calendar"
    VOICE = "voice"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order for a code: when, for whom, and where the order comes from."""

    request: WindowRequest
    source: RequestSource
    name: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode:
    """A code that was made for an order."""

    row: Issued
    window: Window
    cached: bool
    """Whether it took no call."""
    replaces: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def netcode(self) -> str:
        """The code."""
        return self.row.code or ""


async def async_issue(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, order: Order
) -> tuple[IssuedCode, ...]:
    """Make the codes of an order: one NetCode call for each that is not in the ledger.

    Codes are kept even if a later one of the chain fails or the caller is cancelled.
    """
    task = hass.async_create_task(_async_issue(hass, entry, lock, order), "NetCode")
    return await asyncio.shield(task)


async def _async_issue(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, order: Order
) -> tuple[IssuedCode, ...]:
    issued: list[IssuedCode] = []
    keeper = entry.runtime_data.ledger_keeper
    async with entry.runtime_data.issuing:
        async_get_config_entry(hass, DOMAIN, entry.entry_id)  # it may be unloaded by now
        for window in await async_plan(hass, entry, lock, order.request):
            if issued:
                # Until the chain is complete, it replaces none of the booking's codes.
                row = issued[-1].row
                await keeper.async_record(keeper.data.keep(keeper.data.get(row.id) or row))
            issued.append(await _async_make(hass, entry, lock, order, window))
        # Take the rows as they are now: an older one may have been withdrawn meanwhile.
        rows = [keeper.data.get(code.row.id) or code.row for code in issued]
        ledger, replaces = keeper.data.add(*rows)
        await keeper.async_record(ledger)
    return tuple(replace(code, replaces=replaces) for code in issued)


async def _async_make(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    lock: NetcodeLock,
    order: Order,
    window: Window,
) -> IssuedCode:
    """Make one code: from the ledger if possible, else by one NetCode call."""
    data = entry.runtime_data
    now = dt_util.utcnow()
    key = lock.key(window)
    same = data.ledger_keeper.data.same(key, now)
    code = next((row.code for row in same if row.code), None)
    if code is None:
        code = await _async_fetch(hass, entry, lock, window)
    others = [row for row in same if (row.name, row.reference) != (order.name, order.reference)]
    warnings = (
        *window_warnings(hass, lock, window),
        *shared_warnings(hass, others),
        *digits_warnings(hass, entry, lock, code),
    )
    for row in same:
        if row not in others and not row.withdrawn:
            return IssuedCode(row=row, window=window, cached=True, warnings=warnings)
    row = Issued(
        id=uuid4().hex,
        owner=lock.owner,
        key=key,
        code=code,
        name=order.name,
        reference=order.reference,
        requested_start=order.request.start,
        requested_end=order.request.end or window.end,
        start=window.start,
        end=window.end,
        mode=window.mode,
        sub_mode=window.sub_mode,
        duration_id=window.duration_id,
        issued_at=now,
        issued_by=order.source.value,
        lock_model=lock.model,
    )
    return IssuedCode(row=row, window=window, cached=bool(same), warnings=warnings)


async def _async_fetch(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, window: Window
) -> str:
    """Get a code from the API; raises if the answer differs from the plan."""
    data = entry.runtime_data
    with api_errors(hass, entry):
        answer = await lock.async_fetch(data.client, window)
    data.counter.answered(Pool.NETCODE, spent=False)
    if differs := check_answer(window, answer):
        _LOGGER.debug("%s: not as planned: %s", lock.name, ", ".join(differs))
        raise HomeAssistantError(
            **translated("answer_differs_k3" if lock.is_k3 else "answer_differs_kitlock")
        )
    return answer.netcode
