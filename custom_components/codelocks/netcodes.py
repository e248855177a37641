"""NetCodes: the one way a code is planned and made."""

from dataclasses import dataclass, field
from datetime import tzinfo
from uuid import uuid4

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from .api import (
    K3_LOCK_MODEL,
    CodelocksClient,
    CodelocksRejectedError,
    Duration,
    Netcode,
)
from .coordinator import CodelocksConfigEntry, CodelocksData
from .errors import api_errors, translated
from .texts import text
from .windows import (
    FALLBACK_DURATIONS,
    ImpossibleWindow,
    Kind,
    Window,
    Wish,
    check_answer,
    digits,
    plan,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetcodeLock:
    """A lock that codes can be made for."""

    owner: str
    """The lock id (K3) or the subentry id (KitLock)."""
    device_id: str
    name: str
    model: str
    clock: tzinfo
    lock_id: str | None = None

    async def async_request(self, client: CodelocksClient, window: Window) -> Netcode:
        """Ask the API for the code of a window: one NetCode call."""
        return await client.k3_netcode(
            self.owner, start=window.wire_start, duration_id=window.duration_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A code that was made, and what the user should know of it."""

    id: str
    window: Window
    netcode: str = field(repr=False)
    warnings: tuple[str, ...] = ()


def k3_lock(data: CodelocksData, device_id: str, lock_id: str) -> NetcodeLock:
    """Return a K3 lock of an account."""
    lock = data.locks.data.by_id[lock_id]
    return NetcodeLock(
        owner=lock_id,
        device_id=device_id,
        name=lock.name or lock_id,
        model=K3_LOCK_MODEL,
        clock=data.locks.zone(lock_id),
        lock_id=lock_id,
    )


async def async_get_durations(data: CodelocksData, lock_model: str) -> tuple[Duration, ...]:
    """Return the durations of a lock model: the stored ones, or for one call the API's.

    A model that the API does not list, or refuses, has those that were seen in the wild.
    """
    now = dt_util.utcnow()
    if durations := data.store.durations(lock_model, now):
        return durations
    try:
        durations = await data.client.durations(lock_model)
    except CodelocksRejectedError:
        durations = ()
    durations = durations or FALLBACK_DURATIONS
    data.store.set_durations(lock_model, durations, now)
    return durations


async def async_plan(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, wish: Wish
) -> tuple[Window, ...]:
    """Return the windows of the codes that a wish takes; spends no NetCode call."""
    with api_errors(hass, entry):
        durations = await async_get_durations(entry.runtime_data, lock.model)
    try:
        return plan(wish, durations, lock.clock, dt_util.utcnow())
    except ImpossibleWindow as err:
        raise ServiceValidationError(**translated(err.reason, **err.placeholders)) from err


async def async_issue(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, wish: Wish
) -> tuple[Issued, ...]:
    """Make the codes that a wish takes: one NetCode call each."""
    issued = []
    for window in await async_plan(hass, entry, lock, wish):
        with api_errors(hass, entry):
            answer = await lock.async_request(entry.runtime_data.client, window)
        if differs := check_answer(window, answer):
            raise HomeAssistantError(**translated("answer_differs", what=", ".join(differs)))
        issued.append(
            Issued(
                id=uuid4().hex,
                window=window,
                netcode=answer.netcode,
                warnings=_warnings(hass, lock, window, answer),
            )
        )
    return tuple(issued)


def _warnings(
    hass: HomeAssistant, lock: NetcodeLock, window: Window, answer: Netcode
) -> tuple[str, ...]:
    """Return what the user should know of a code."""
    warnings = []
    expected, found = digits(lock.model), len(answer.netcode)
    if expected and found != expected:
        warnings.append(text(hass, "digits_do_not_fit", expected=str(expected), found=str(found)))
    if window.kind in (Kind.MEDIUM_RENTAL, Kind.LONG_RENTAL):
        warnings.append(text(hass, "ends_running_code"))
    if window.kind is Kind.SINGLE_USE:
        warnings.append(text(hass, "opens_once"))
    return tuple(warnings)
