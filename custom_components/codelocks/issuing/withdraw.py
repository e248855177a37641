"""Withdrawing codes: a mark in the ledger, and the truth that they still open until their end."""

from collections.abc import Iterable

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN
from ..ledger_keeper import LedgerKeeper
from ..localize import localized, moment_words, plain
from ..netcode.keypad import keypad
from .markup import one_line
from .netcode_lock import KeptCode, NetcodeLock


async def async_withdraw(keeper: LedgerKeeper, row_ids: Iterable[str]) -> None:
    """Mark codes of an account withdrawn. It makes no call: the cloud cannot take a code back."""
    await keeper.async_record(keeper.data.withdraw(*row_ids))


def how_to_block(hass: HomeAssistant, lock: NetcodeLock) -> str | None:
    """Return how a code of a lock is blocked before its end, None if that is not known."""
    method = keypad(lock.model).block_by
    return localized(hass, method) if method else None


@callback
def async_notify_withdrawn(hass: HomeAssistant, code: KeptCode) -> None:
    """Show a notification that a withdrawn code still opens: a calendar has no other answer."""
    lock = code.lock
    words = localized(
        hass,
        "withdrawn_still_opens",
        name=one_line(code.row.name or "") or localized(hass, "nobody_named"),
        lock=one_line(lock.name),
        end=moment_words(hass, code.row.end, lock.zone),
    )
    lines = filter(None, [words, how_to_block(hass, lock)])
    async_notify(hass, code, "withdrawn", lines)


@callback
def async_notify(hass: HomeAssistant, code: KeptCode, about: str, lines: Iterable[str]) -> None:
    """Show a notification about a code. It is shown as Markdown: the lines are plain already."""
    persistent_notification.async_create(
        hass,
        "\n\n".join(lines),
        title=plain(one_line(code.lock.name)),
        notification_id=f"{DOMAIN}_{about}_{code.row.id}",
    )
