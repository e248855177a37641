"""Making the codes of a booking, by an order as everybody else does."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..account import CodelocksConfigEntry
from ..api import CodelocksRejectedError
from ..const import DOMAIN
from ..errors import api_errors
from ..issuing.catalogue import async_get_durations
from ..issuing.issue import RequestSource
from ..issuing.order import Order, OrderedLock, async_order
from ..issuing.plan import WindowRefusedError
from ..netcode.windows import WindowRequest
from ..polling.spending import counted
from .account_waits import is_of_the_cloud
from .decisions import Issue
from .settings import Settings
from .world import FoundLock

SPARE_BEFORE = timedelta(hours=12)
"""A spare opens at once and longer: until so long before arrival, making is tried again instead.
Longer than an account waits, so that one more try comes before the guest."""
_REFUSED_ANSWERS = ("answer_differs_k3", "answer_differs_kitlock")
"""The same request would be answered the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of an order."""

    codes: tuple[str, ...] = ()
    """Ids in the ledger; with an error, the first of a chain."""
    error: HomeAssistantError | None = None
    by_spare: bool = False
    """Whether the cloud failed, and a spare was given."""

    @property
    def never_again(self) -> bool:
        """Whether the same order would be refused again."""
        return self.error is not None and (
            isinstance(self.error, WindowRefusedError)
            or isinstance(self.error.__cause__, CodelocksRejectedError)
            or self.error.translation_key in _REFUSED_ANSWERS
        )


_TURNS: HassKey[dict[str, asyncio.Lock]] = HassKey(f"{DOMAIN}_bookings_turns")


@callback
def turn_to_make(hass: HomeAssistant, entry: CodelocksConfigEntry) -> asyncio.Lock:
    """Return what is held while codes of an account are made.

    So that all calendars know of a failure, and of calls that were made, before the next call.
    """
    return hass.data.setdefault(_TURNS, {}).setdefault(entry.entry_id, asyncio.Lock())


async def async_make(
    hass: HomeAssistant, found: FoundLock, issue: Issue, settings: Settings
) -> Made:
    """Make the codes of a booking at a lock."""
    request = WindowRequest(start=issue.start, end=issue.end, fit="tight" if issue.tight else None)
    ordered = OrderedLock(
        entry=found.entry,
        data=found.data,
        lock=found.lock,
        device_id=found.device_id,
        request=request,
        may_give_spare=dt_util.utcnow() >= issue.arrival - SPARE_BEFORE,
    )
    order = Order(
        locks=(ordered,),
        source=RequestSource(settings.kind),
        name=issue.name,
        reference=issue.reference,
        adds=issue.adds,
    )
    try:
        with counted() as spent:
            outcome = await async_order(hass, order)
    except HomeAssistantError as err:
        return Made(error=err)
    return Made(
        codes=tuple(code.row.id for code in outcome.codes),
        error=outcome.failed[0].error if outcome.failed else None,
        by_spare=spent.calls > 0 and any(code.row.spare for code in outcome.codes),
    )


async def async_read_durations(hass: HomeAssistant, found: FoundLock) -> None:
    """Read the durations of a lock's model: one call, unless it failed recently.

    A model that cannot be read waits by itself.
    """
    about, now = found.lock.model, dt_util.utcnow()
    waits = found.waits
    if any(wait and not wait.over(now) for wait in (waits.get(), waits.get(about))):
        return
    try:
        with api_errors(hass, found.entry):
            await async_get_durations(found.data, found.lock.model)
    except HomeAssistantError as err:
        if is_of_the_cloud(err) and not await waits.async_failed(found.owner, err, now):
            await waits.async_failed_about(about, err, now)
    else:
        await waits.async_works(about)
