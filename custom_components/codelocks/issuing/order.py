"""Orders: codes for one lock or many, planned first, then made one after another, and told.

Every way to a code comes here. An order that is impossible at one of its locks is refused as a
whole before any code is made. A lock that then fails at the API is named in the outcome, beside
what was made at the others.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from homeassistant.core import DOMAIN as HOMEASSISTANT_DOMAIN, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.service import async_get_config_entry
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import CodelocksConnectionError
from ..const import DOMAIN, MAX_ORDERED_LOCKS
from ..errors import account_wide_error, invalid, translated
from ..localize import placeholders
from ..netcode.clocks import utc
from ..netcode.ledger import Issued
from ..netcode.windows import Window, WindowRequest
from .issue import IssuedCode, LockIssuing, Purpose, RequestSource
from .markup import stored_name, stored_reference
from .netcode_lock import NetcodeLock
from .plan import WindowRefusedError, async_plan
from .spares import async_note_failure, cannot_make, is_spent, spare_for
from .tell import async_tell

_ABOUT_THE_WISH = {"too_far", "end_before_start", "in_the_past"}
"""Refusals that no other lock would lift."""
_UNANSWERED = 2
"""Locks of an account that may go unanswered: the first may be the fault of the lock itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedLock:
    """A lock of an order, when it should open, and who is told its codes."""

    entry: CodelocksConfigEntry
    data: CodelocksData
    """Kept, since an entry that is unloaded meanwhile loses its `runtime_data`."""
    lock: NetcodeLock
    device_id: str
    request: WindowRequest
    recipients: tuple[str, ...] = ()
    """Notify entities. Locks with the same recipients share a message."""
    may_give_spare: bool = True
    """Whether its spare may be given where the cloud can make no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order for codes: for which locks and whom, and where it comes from."""

    locks: tuple[OrderedLock, ...]
    source: RequestSource
    name: str | None = None
    reference: str | None = None
    user_id: str | None = None
    """The user who orders, if one is known."""
    message: str | None = None
    """The user's words for the recipients."""
    adds: bool = False
    """Whether the codes carry on those of the same reference, and replace none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLock:
    """A lock of an order with the windows of its codes, or why these could not be planned."""

    ordered: OrderedLock
    windows: tuple[Window, ...] = ()
    error: HomeAssistantError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedLock:
    """A lock of an order that got no code, or not all of its chain."""

    ordered: OrderedLock
    error: HomeAssistantError


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A message about codes, and what became of it: a row for each notify entity."""

    codes: tuple[IssuedCode, ...]
    recipients: tuple[str, ...]
    deliveries: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an order: at least one code."""

    codes: tuple[IssuedCode, ...]
    """By lock, in the order of the order, and then by time."""
    failed: tuple[FailedLock, ...]
    told: tuple[Telling, ...]

    @property
    def deliveries(self) -> list[dict[str, Any]]:
        """The rows of all messages."""
        return [delivery for telling in self.told for delivery in telling.deliveries]


class OrderRefusedError(ServiceValidationError):
    """One of several locks makes an order impossible: the error names it, and says why."""

    def __init__(self, lock_name: str, refusal: WindowRefusedError) -> None:
        """Keep the lock's own refusal for texts in other words."""
        self.lock_name = lock_name
        self.refusal = refusal
        super().__init__(
            **translated(
                "lock_refused",
                **(refusal.translation_placeholders or {}),
                lock=lock_name,
                reason=str(refusal),
                reason_key=refusal.translation_key or "",
            )
        )


@dataclass(slots=True)
class _Failures:
    """What makes trying the other locks of an account pointless."""

    _by_entry: dict[str, HomeAssistantError] = field(default_factory=dict)
    _unanswered: Counter[str] = field(default_factory=Counter)

    def of(self, one: OrderedLock) -> HomeAssistantError | None:
        """Return why a lock is not tried, None if it is."""
        return self._by_entry.get(one.entry.entry_id)

    def note(self, one: OrderedLock, err: HomeAssistantError) -> None:
        """Take notice of a failure."""
        entry_id = one.entry.entry_id
        if not (reason := account_wide_error(err)):
            return
        if isinstance(err.__cause__, CodelocksConnectionError):
            self._unanswered[entry_id] += 1
            if self._unanswered[entry_id] < _UNANSWERED:
                return
        reason.__cause__ = err.__cause__
        self._by_entry[entry_id] = reason


async def async_order(hass: HomeAssistant, order: Order) -> Outcome:
    """Make the codes of an order, and tell them: one NetCode call for each that is new.

    Raises if the order is impossible, or if no code could be made at all. Once the first call is
    on its way, codes are made, kept and told even if the caller is cancelled.
    """
    failures = _Failures()
    planned = await _async_plan_each(hass, order.locks, failures, is_order=True)
    task = hass.async_create_task(_async_carry_out(hass, order, planned, failures), "NetCode order")
    return await asyncio.shield(task)


async def async_plan_order(
    hass: HomeAssistant, locks: Sequence[OrderedLock]
) -> tuple[PlannedLock, ...]:
    """Return what an order would make; makes no NetCode call.

    Raises if the order is impossible, or if no lock could be planned at all.
    """
    planned = await _async_plan_each(hass, locks, _Failures(), is_order=False)
    errors = [plan.error for plan in planned if plan.error]
    if len(errors) == len(planned):
        raise errors[0]
    return planned


@callback
def _check_locks(locks: Sequence[OrderedLock]) -> None:
    """Refuse no lock, too many, and one that is there twice."""
    if not locks:
        raise invalid("no_lock_chosen")
    if len(locks) > MAX_ORDERED_LOCKS:
        raise invalid("too_many_locks", most=str(MAX_ORDERED_LOCKS))
    seen: set[tuple[str, str]] = set()
    for one in locks:
        key = one.entry.entry_id, one.lock.owner
        if key in seen:
            raise invalid("lock_twice", lock=one.lock.name)
        seen.add(key)


async def _async_plan_each(
    hass: HomeAssistant, locks: Sequence[OrderedLock], failures: _Failures, *, is_order: bool
) -> tuple[PlannedLock, ...]:
    """Plan each lock; raises if one is impossible."""
    _check_locks(locks)
    planned: list[PlannedLock] = []
    plans: dict[Any, tuple[Window, ...]] = {}
    unread: dict[tuple[str, str], HomeAssistantError] = {}
    for one in locks:
        lock = one.lock
        alike = one.entry.entry_id, lock.model, lock.clock, one.request
        # Durations are a model's: what could not be read is not asked for again.
        model = one.entry.entry_id, lock.model
        error = None if alike in plans else failures.of(one) or unread.get(model)
        if error is None and alike not in plans:
            try:
                # With two equal orders at once, the second has the durations of the first.
                async with one.data.issuing if is_order else nullcontext():
                    async_get_config_entry(hass, DOMAIN, one.entry.entry_id)  # or is it unloaded?
                    plans[alike] = await async_plan(hass, one.entry, lock, one.request)
            except WindowRefusedError as err:
                if len(locks) == 1 or err.reason in _ABOUT_THE_WISH:
                    raise
                raise OrderRefusedError(lock.name, err) from err
            except HomeAssistantError as err:
                failures.note(one, err)
                error = unread[model] = err
        planned.append(PlannedLock(ordered=one, windows=plans.get(alike, ()), error=error))
    return tuple(planned)


async def _async_carry_out(
    hass: HomeAssistant, order: Order, planned: Sequence[PlannedLock], failures: _Failures
) -> Outcome:
    """Make and tell the codes of a planned order."""
    purpose = Purpose(
        source=order.source,
        name=stored_name(order.name or ""),
        reference=stored_reference(order.reference or ""),
        user_id=order.user_id,
        order=uuid4().hex,
        adds=order.adds,
    )
    codes: list[IssuedCode] = []
    failed: list[FailedLock] = []
    with _shutdown(hass) as is_stopping:
        for plan in planned:
            one = plan.ordered
            issued: list[IssuedCode] = []
            error = None
            try:
                if is_stopping():
                    raise _not_loaded(one)
                await _async_issue(hass, plan, purpose, issued, failures)
            except HomeAssistantError as err:
                error = err
            codes += issued
            if error:
                failed.append(FailedLock(ordered=one, error=error))
    if not codes:
        raise failed[0].error
    told = await _async_tell(hass, order, codes)
    return Outcome(codes=tuple(codes), failed=tuple(failed), told=told)


@contextmanager
def _shutdown(hass: HomeAssistant) -> Iterator[Callable[[], bool]]:
    """Tell whether Home Assistant begins to stop.

    It waits for the code that is being made, and would cut off the call for the next.
    """
    stopping = asyncio.Event()

    @callback
    def stop() -> None:
        stopping.set()

    remove = hass.async_add_shutdown_job(HassJob(stop, "NetCode order"))
    try:
        yield stopping.is_set
    finally:
        remove()


def _not_loaded(one: OrderedLock) -> HomeAssistantError:
    """Return the error of Home Assistant's for an account that is not there any more."""
    return ServiceValidationError(
        translation_domain=HOMEASSISTANT_DOMAIN,
        translation_key="service_config_entry_not_loaded",
        translation_placeholders=placeholders(domain=DOMAIN, entry_title=one.entry.title),
    )


async def _async_issue(
    hass: HomeAssistant,
    plan: PlannedLock,
    purpose: Purpose,
    issued: list[IssuedCode],
    failures: _Failures,
) -> None:
    """Make the codes of one lock, which are added to `issued` as they are made.

    Where the cloud can make none, the lock's spare is given instead, if there is one that will do.
    """
    one = plan.ordered
    async with one.data.issuing:
        async_get_config_entry(hass, DOMAIN, one.entry.entry_id)  # it may be unloaded by now
        now = dt_util.utcnow()
        windows = [window for window in plan.windows if utc(window.end) > now]
        making = LockIssuing(
            hass=hass,
            entry=one.entry,
            lock=one.lock,
            device_id=one.device_id,
            request=one.request,
            purpose=purpose,
        )
        given = _spare_if_spent(one, windows, now)
        if given is None:
            try:
                await _async_make(making, plan, windows, issued, failures)
            except HomeAssistantError as err:
                left, now = windows[len(issued) :], dt_util.utcnow()
                if one.may_give_spare and cannot_make(err):
                    given = spare_for(one.entry, one.lock.owner, one.request, left, now)
                if given is None:
                    raise
                async_note_failure(one.entry, one.lock.owner, err, now)
        if given:
            await making.async_give(given, issued)


async def _async_make(
    making: LockIssuing,
    plan: PlannedLock,
    windows: Sequence[Window],
    issued: list[IssuedCode],
    failures: _Failures,
) -> None:
    """Make the codes of one lock by the cloud, unless it is known to fail."""
    one = plan.ordered
    if error := plan.error or failures.of(one):
        raise error
    if not windows:  # it was over before its turn came
        raise invalid("in_the_past")
    try:
        await making.async_issue(windows, issued)
    except HomeAssistantError as err:
        failures.note(one, err)
        raise


@callback
def _spare_if_spent(one: OrderedLock, windows: Sequence[Window], now: datetime) -> Issued | None:
    """Return the spare to give without a call: the API said that the calls are spent."""
    ledger = one.data.ledger_keeper.data
    keys = [one.lock.key(window) for window in windows]
    if all(ledger.same(key, now) or ledger.spare_code(key, now) for key in keys):
        return None  # no call is needed
    if not (one.may_give_spare and is_spent(one.data, now)):
        return None
    return spare_for(one.entry, one.lock.owner, one.request, windows, now)


async def _async_tell(
    hass: HomeAssistant, order: Order, codes: Sequence[IssuedCode]
) -> tuple[Telling, ...]:
    """Send one message to each set of recipients, about all codes that are for them."""
    recipients = {one.device_id: one.recipients for one in order.locks}
    of_recipients: dict[tuple[str, ...], list[IssuedCode]] = {}
    for code in codes:
        of_recipients.setdefault(recipients[code.device_id], []).append(code)
    tellings = []
    for entity_ids, told in of_recipients.items():
        deliveries = []
        if entity_ids:
            deliveries = await async_tell(hass, told, entity_ids, order.message)
        tellings.append(Telling(codes=tuple(told), recipients=entity_ids, deliveries=deliveries))
    return tuple(tellings)
