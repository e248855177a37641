"""The locks of an action, and who may use it."""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType
import probatio

from ..account import CodelocksConfigEntry, CodelocksData, name_of
from ..const import DOMAIN
from ..errors import invalid
from ..issuing.netcode_lock import NetcodeLock, netcode_lock
from ..permission import async_caller

ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_MESSAGE = "message"

type Handler = Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]
type Actions = dict[str, tuple[Handler, VolDictType]]
"""Handler and fields of each action, by name."""

DEVICE: VolDictType = {probatio.Required(ATTR_DEVICE_ID): cv.string}
DEVICES: VolDictType = {
    probatio.Required(ATTR_DEVICE_ID): probatio.All(probatio.EnsureList(), [cv.string])
}


@dataclass(frozen=True, slots=True)
class Target:
    """A lock that an action addresses."""

    device_id: str
    entry: CodelocksConfigEntry
    data: CodelocksData
    """Kept, since an entry that is unloaded meanwhile loses its `runtime_data`."""
    lock: NetcodeLock


@callback
def target_of(hass: HomeAssistant, device_id: str, *, only_k3: bool = False) -> Target:
    """Return the lock of a device."""
    device, entry = service.async_get_device_and_config_entry(
        hass, DOMAIN, device_id, include_child_devices=False
    )
    for domain, owner in device.identifiers:
        lock = netcode_lock(entry, owner) if domain == DOMAIN else None
        if lock and (lock.is_k3 or not only_k3):
            return Target(device_id, entry, entry.runtime_data, lock)
    raise invalid("not_a_lock", device=name_of(device) or device_id)


@callback
def targets_of(call: ServiceCall) -> list[Target]:
    """Return the K3 locks of an action, each once."""
    targets = [
        target_of(call.hass, device_id, only_k3=True)
        for device_id in dict.fromkeys(call.data[ATTR_DEVICE_ID])
    ]
    if not targets:
        raise invalid("no_lock_chosen")
    return targets


async def async_check_permission(call: ServiceCall, targets: Iterable[Target]) -> None:
    """Refuse a starred action to users who may not use it for all of the locks."""
    caller = await async_caller(call.hass, call.context)
    if not all(caller.may_issue(target.entry, target.lock.owner) for target in targets):
        raise Unauthorized(context=call.context)


async def async_locks(call: ServiceCall) -> list[Target]:
    """Return the K3 locks of a starred action, if the caller may use it."""
    targets = targets_of(call)
    await async_check_permission(call, targets)
    return targets


async def async_lock(call: ServiceCall) -> Target:
    """Return the one K3 lock of a starred action, if the caller may use it."""
    target = target_of(call.hass, call.data[ATTR_DEVICE_ID], only_k3=True)
    await async_check_permission(call, [target])
    return target
