"""The actions for codes that are in the ledger: withdraw them, and send them again."""

from collections.abc import Iterable
from typing import Any, cast

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
import probatio

from ..account import CodelocksConfigEntry, CodelocksData
from ..const import DOMAIN
from ..errors import invalid
from ..issuing.delivery import async_check_recipients
from ..issuing.markup import stored_reference
from ..issuing.netcode_lock import KeptCode, netcode_lock
from ..issuing.rows import async_user_names, code_row, iso, not_mine
from ..issuing.tell import async_tell
from ..issuing.withdraw import async_withdraw, how_to_block
from ..localize import moment_words
from ..netcode.ledger import Issued
from .targets import ATTR_MESSAGE, Actions, Target, async_check_permission, target_of

ATTR_ID = "id"
ATTR_NOTIFY_ENTITY_ID = "notify_entity_id"
ATTR_REFERENCE = "reference"

type _Found = tuple[Target, Issued]
"""A code of the ledger, and its lock."""


async def _async_by_id(call: ServiceCall, row_ids: Iterable[str]) -> list[_Found]:
    """Return codes by their ids, each once, if the caller may use them.

    Raises a validation error if one is not known.
    """
    hass, found = call.hass, []
    for row_id in dict.fromkeys(row_ids):
        entries: list[CodelocksConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
        rows = ((entry, entry.runtime_data.ledger_keeper.data.get(row_id)) for entry in entries)
        entry, row = next((pair for pair in rows if pair[1]), (None, None))
        target = _target(entry, row.owner) if entry and row else None
        if row is None or target is None:
            raise invalid("netcode_unknown", id=row_id)
        found.append((target, row))
    if not found:
        raise invalid("no_netcode_chosen")
    await async_check_permission(call, [target for target, _ in found])
    return found


@callback
def _target(entry: CodelocksConfigEntry, owner: str) -> Target | None:
    """Return a lock of an account, None if it is gone."""
    data: CodelocksData = entry.runtime_data
    device, lock = data.device(owner), netcode_lock(entry, owner)
    return Target(device.id, entry, data, lock) if device and lock else None


async def _async_by_reference(call: ServiceCall) -> list[_Found]:
    """Return the codes of a booking at locks, if the caller may use them.

    Raises a validation error if there are none, but only to those who may know that.
    """
    device_ids = call.data.get(ATTR_DEVICE_ID)
    reference = stored_reference(call.data.get(ATTR_REFERENCE, ""))
    if not device_ids or not reference:
        raise invalid("device_and_reference")
    now = dt_util.utcnow()
    targets = [target_of(call.hass, device_id) for device_id in dict.fromkeys(device_ids)]
    await async_check_permission(call, targets)
    found = [
        (target, row)
        for target in targets
        for row in target.data.ledger_keeper.data.booked(target.lock.owner, reference, now)
    ]
    if not found:
        names = ", ".join(target.lock.name for target in targets)
        raise invalid("reference_unknown", reference=reference, locks=names)
    return found


@callback
def _refuse_over(hass: HomeAssistant, found: Iterable[_Found]) -> None:
    """Refuse codes that are over, erased ones among them."""
    now = dt_util.utcnow()
    for target, row in found:
        if row.end <= now or row.code is None:
            raise invalid(
                "netcode_over",
                lock=target.lock.name,
                end=moment_words(hass, row.end, target.lock.zone),
            )


async def _withdraw_netcode(call: ServiceCall) -> ServiceResponse:
    """Mark codes withdrawn; says until when they still open, and how to block them."""
    hass, row_ids = call.hass, call.data.get(ATTR_ID)
    if row_ids is None:
        found = await _async_by_reference(call)
    elif ATTR_DEVICE_ID in call.data or ATTR_REFERENCE in call.data:
        raise invalid("id_or_reference")
    else:
        found = await _async_by_id(call, row_ids)
    _refuse_over(hass, found)
    of_entry: dict[str, list[_Found]] = {}
    for target, row in found:
        of_entry.setdefault(target.entry.entry_id, []).append((target, row))
    for of_one in of_entry.values():
        await async_withdraw(of_one[0][0].data.ledger_keeper, [row.id for _, row in of_one])
    users = await async_user_names(hass, [row for _, row in found])
    return cast(
        ServiceResponse,
        {"netcodes": [_withdrawn(hass, target, row, users) for target, row in found]},
    )


def _withdrawn(
    hass: HomeAssistant, target: Target, row: Issued, users: dict[str, str | None]
) -> dict[str, Any]:
    """Return a code that is withdrawn now, as a row."""
    ledger, lock = target.data.ledger_keeper.data, target.lock
    code = KeptCode(lock=lock, row=ledger.get(row.id) or row)
    others, user = not_mine(row, ledger.sharing(row.key)), users.get(row.issued_user or "")
    return {
        **code_row(hass, target.device_id, code, others, dt_util.utcnow(), user),
        "opens_until": iso(row.end, lock.zone),
        "how_to_block": how_to_block(hass, lock),
    }


async def _send_netcode(call: ServiceCall) -> ServiceResponse:
    """Send codes that were made before, in one message."""
    hass, recipients = call.hass, call.data[ATTR_NOTIFY_ENTITY_ID]
    found = await _async_by_id(call, call.data[ATTR_ID])
    _refuse_over(hass, found)
    if not recipients:
        raise invalid("no_recipient_chosen")
    async_check_recipients(hass, recipients)
    codes = [KeptCode(lock=target.lock, row=row) for target, row in found]
    deliveries = await async_tell(hass, codes, recipients, call.data.get(ATTR_MESSAGE))
    return cast(ServiceResponse, {"deliveries": deliveries})


_IDS = probatio.All(probatio.EnsureList(), [cv.string])

ACTIONS: Actions = {
    "withdraw_netcode": (
        _withdraw_netcode,
        {
            probatio.Optional(ATTR_ID): _IDS,
            probatio.Optional(ATTR_DEVICE_ID): _IDS,
            probatio.Optional(ATTR_REFERENCE): cv.string,
        },
    ),
    "send_netcode": (
        _send_netcode,
        {
            probatio.Required(ATTR_ID): _IDS,
            probatio.Required(ATTR_NOTIFY_ENTITY_ID): cv.entity_ids,
            probatio.Optional(ATTR_MESSAGE): cv.string,
        },
    ),
}
