"""Making one lock's codes: from the ledger or by a call, checked against the plan, and recorded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
import logging
from uuid import uuid4

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..errors import api_errors, translated
from ..netcode.clocks import wall_time
from ..netcode.durations import CodeKind
from ..netcode.ledger import Issued
from ..netcode.spares import LENGTH
from ..netcode.windows import Window, WindowRequest, check_answer
from .code_warnings import (
    NOT_KEPT,
    CodeWarning,
    digits_warnings,
    known_warnings,
    not_kept_warning,
    shared_names,
    spare_warning,
    window_warnings,
)
from .netcode_lock import KeptCode, NetcodeLock
from .netcode_version import watching_version

_LOGGER = logging.getLogger(__name__)


class RequestSource(StrEnum):
    """Where an order comes from."""

    ACTION = "action"
    CALENDAR = "calendar"
    VOICE = "voice"
    TEXT = "text"
    BOOKING = "booking"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """For whom codes are made, and where the order comes from."""

    source: RequestSource
    name: str | None = None
    reference: str | None = None
    user_id: str | None = None
    """The user who had them made, if one is known."""
    order: str
    """What the codes of one order have in common."""
    adds: bool = False
    """Whether the codes carry on those of the same reference, and replace none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode(KeptCode):
    """A code that was made for an order."""

    device_id: str
    request: WindowRequest
    window: Window
    cached: bool
    """Whether it took no call."""
    replaces: tuple[str, ...] = ()
    is_kept: bool = True
    """Whether it is on the disk; if not, a restart forgets it."""
    shared_with: tuple[str, ...] = ()
    """The names of other people who have the same code."""
    warnings: tuple[CodeWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LockIssuing:
    """One lock's part of an order, while its codes are made; `data.issuing` is held."""

    hass: HomeAssistant
    entry: CodelocksConfigEntry
    lock: NetcodeLock
    device_id: str
    request: WindowRequest
    purpose: Purpose

    async def async_issue(self, windows: Sequence[Window], issued: list[IssuedCode]) -> None:
        """Make the codes of windows, and add each to `issued` as soon as it is made.

        If one fails, those before it are kept, and replace nothing of their booking.
        """
        keeper = self.entry.runtime_data.ledger_keeper
        for window in windows:
            code = await self._async_make(window)
            issued.append(code)
            if window is not windows[-1]:
                # Until the chain is complete, it replaces none of the booking's codes.
                ledger = keeper.data.keep(keeper.data.get(code.row.id) or code.row)
                issued[-1] = self._recorded(code, is_kept=await keeper.async_record(ledger))
        await self._async_complete(issued)

    async def async_give(self, spare: Issued, issued: list[IssuedCode]) -> None:
        """Give the lock's spare instead of the codes that are missing; it is a spare no longer."""
        hass, lock, purpose = self.hass, self.lock, self.purpose
        row = replace(
            spare,
            kept=False,
            spare=True,
            name=purpose.name,
            reference=purpose.reference,
            requested_start=self.request.start,
            requested_end=self.request.end or spare.end,
            issued_at=dt_util.utcnow(),
            issued_by=purpose.source.value,
            issued_user=purpose.user_id,
            order=purpose.order,
        )
        window = Window(
            duration_id=row.duration_id,
            mode=row.mode,
            sub_mode=row.sub_mode,
            kind=CodeKind.STANDARD,
            start=row.start.astimezone(lock.clock),
            end=row.end.astimezone(lock.clock),
            wire_start=wall_time(row.start, lock.clock),
            days=LENGTH.days,
            hours=0,
        )
        given = IssuedCode(
            lock=lock,
            row=row,
            device_id=self.device_id,
            request=self.request,
            window=window,
            cached=True,
            warnings=(
                spare_warning(hass, lock, row),
                *window_warnings(hass, lock, window),
                *digits_warnings(hass, self.entry, lock, row.code),
            ),
        )
        issued.append(given)
        await self._async_complete(issued)

    async def _async_complete(self, issued: list[IssuedCode]) -> None:
        """Record codes that serve the whole request, and what they replace of its booking."""
        keeper = self.entry.runtime_data.ledger_keeper
        # Take the rows as they are now: an older one may have been withdrawn meanwhile.
        rows = [keeper.data.get(code.row.id) or code.row for code in issued]
        replaces: tuple[str, ...] = ()
        if self.purpose.adds:
            ledger = keeper.data.keep(*rows)
        else:
            ledger, replaces = keeper.data.add(*rows)
        is_kept = await keeper.async_record(ledger)
        issued[:] = [
            self._recorded(replace(code, replaces=replaces), is_kept=is_kept) for code in issued
        ]

    def _recorded(self, code: IssuedCode, *, is_kept: bool) -> IssuedCode:
        """Return a code with the warning that it is not on the disk, as long as that is so."""
        warnings = tuple(one for one in code.warnings if one.key != NOT_KEPT)
        if not is_kept:
            warnings = (*warnings, not_kept_warning(self.hass))
        return replace(code, is_kept=is_kept, warnings=warnings)

    async def _async_make(self, window: Window) -> IssuedCode:
        """Make one code: from the ledger if possible, else by one NetCode call."""
        hass, lock, purpose = self.hass, self.lock, self.purpose
        key = lock.key(window)
        ledger, now = self.entry.runtime_data.ledger_keeper.data, dt_util.utcnow()
        same = ledger.same(key, now)
        code = next((row.code for row in same if row.code), None) or ledger.spare_code(key, now)
        is_known = code is not None
        if code is None:
            code = await async_fetch(hass, self.entry, lock, window)
        others, own = [], None
        for row in same:
            if (row.name, row.reference) != (purpose.name, purpose.reference):
                others.append(row)
            elif own is None and not row.withdrawn:
                own = row
        return IssuedCode(
            lock=lock,
            row=own or self._row(window, key, code),
            device_id=self.device_id,
            request=self.request,
            window=window,
            cached=is_known,
            shared_with=shared_names(hass, others),
            warnings=(
                *window_warnings(hass, lock, window),
                *known_warnings(hass, same, others),
                *digits_warnings(hass, self.entry, lock, code),
            ),
        )

    def _row(self, window: Window, key: str, code: str) -> Issued:
        purpose = self.purpose
        return Issued(
            id=uuid4().hex,
            owner=self.lock.owner,
            key=key,
            code=code,
            name=purpose.name,
            reference=purpose.reference,
            requested_start=self.request.start,
            requested_end=self.request.end or window.end,
            start=window.start,
            end=window.end,
            mode=window.mode,
            sub_mode=window.sub_mode,
            duration_id=window.duration_id,
            issued_at=dt_util.utcnow(),
            issued_by=purpose.source.value,
            issued_user=purpose.user_id,
            order=purpose.order,
            lock_model=self.lock.model,
        )


async def async_fetch(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, window: Window
) -> str:
    """Get a code from the API; raises if the answer differs from the plan."""
    data = entry.runtime_data
    with api_errors(hass, entry), watching_version(hass, entry, lock.owner):
        answer = await lock.async_fetch(data.client, window)
    data.store.set_spare_wait("", None)  # the cloud answers
    if differs := check_answer(window, answer, lock.seed):
        _LOGGER.debug("%s: not as planned: %s", lock.name, ", ".join(differs))
        raise HomeAssistantError(
            **translated("answer_differs_k3" if lock.is_k3 else "answer_differs_kitlock")
        )
    return answer.netcode
