"""NetCodes by text message: the portal's request by SMS, on any channel.

An allowed sender texts a lock's identifier and gets a code for two hours. A message is only ever
compared: it is never rendered as a template, and no reply repeats it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
import logging

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..const import OTHER_ANSWERS_BY_TEXT, SUBENTRY_REQUESTER
from ..localize import localized, moment_words
from ..netcode.windows import WindowRequest
from ..polling.spending import counted
from ..store import EntryStore, TextCount
from .issue import IssuedCode, RequestSource
from .markup import one_line, without_markup
from .message import filled
from .netcode_lock import NetcodeLock, netcode_lock
from .order import Order, OrderedLock, async_order
from .pasted import identifier
from .requesters import Channel, Requester
from .sms import LONGEST_GSM, fits_one_message

_LOGGER = logging.getLogger(__name__)

TWO_HOURS = timedelta(hours=2)
"""The length of such a code (vendor's article on NetCodes by SMS)."""
_TEMPORARY = {"cannot_connect", "throttled"}
"""Errors that pass: the sender may try again."""


@dataclass(frozen=True, slots=True)
class TextReply:
    """The answer to a text message; without `reply` nothing is sent back."""

    allowed: bool
    reply: str | None
    code: IssuedCode | None = None


NO_REPLY = TextReply(allowed=False, reply=None)


@dataclass(frozen=True, slots=True)
class _Sender:
    """A requester of an account, on the day of the message."""

    entry: CodelocksConfigEntry
    store: EntryStore
    requester: Requester
    today: date

    @property
    def count(self) -> TextCount:
        """The answers they had today."""
        return self.store.texts(self.requester.subentry_id, self.today)

    def add(self, *, codes: int = 0, others: int = 0, failed: int = 0) -> None:
        """Count answers, and failures that cost a call."""
        count = self.count
        count = TextCount(count.codes + codes, count.others + others, count.failed + failed)
        self.store.set_texts(self.requester.subentry_id, self.today, count)


@dataclass(frozen=True, slots=True)
class _Match:
    """A sender, and the lock that the message asks for."""

    sender: _Sender
    lock: NetcodeLock
    device_id: str


def window(now: datetime, clock: tzinfo) -> tuple[datetime, datetime]:
    """Return two hours from the current full hour of a lock's clock, in UTC."""
    wall = now.astimezone(clock)
    past = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    start = now.astimezone(UTC) - past
    return start, start + TWO_HOURS


async def async_answer(
    hass: HomeAssistant,
    entries: Iterable[CodelocksConfigEntry],
    channel: Channel,
    sender: str,
    message: str,
) -> TextReply:
    """Answer a text message. Unknown senders get no reply."""
    today = dt_util.now().date()
    senders = [
        _Sender(entry, entry.runtime_data.store, requester, today)
        for entry in entries
        for requester in _requesters(entry)
        if requester.is_sender(channel, sender, today)
    ]
    if not senders:
        _LOGGER.debug("A text message by %s is from an unknown sender", channel)
        return NO_REPLY
    matches = _matches(senders, message)
    if len(matches) == 1:
        return await _async_answer(hass, matches[0])
    return _reply_without_code(hass, senders[0], "text_many_locks" if matches else "text_no_lock")


def _requesters(entry: CodelocksConfigEntry) -> Iterator[Requester]:
    for subentry in entry.get_subentries_of_type(SUBENTRY_REQUESTER):
        yield Requester.from_data(subentry.subentry_id, subentry.title, subentry.data)


def _matches(senders: Iterable[_Sender], message: str) -> list[_Match]:
    """Return the locks that a message asks for, if its sender may open them.

    Words that are exactly one lock's identifier mean that lock, even if they are alike another's.
    """
    wanted, written = identifier(message), message.strip()
    alike = [
        (sender, lock)
        for sender in senders
        for lock in (_locks(sender.entry) if wanted else ())
        if identifier(lock.text_identifier) == wanted
    ]
    exact = [(sender, lock) for sender, lock in alike if lock.text_identifier == written]
    found = []
    for sender, lock in exact or alike:
        device = sender.entry.runtime_data.device(lock.owner)
        if device and sender.requester.may_open(device.id):
            found.append(_Match(sender, lock, device.id))
    return found


def _locks(entry: CodelocksConfigEntry) -> Iterator[NetcodeLock]:
    for owner in entry.runtime_data.owners:
        if lock := netcode_lock(entry, owner):
            yield lock


async def _async_answer(hass: HomeAssistant, match: _Match) -> TextReply:
    """Answer a request for a lock's code, within the daily limit.

    A repeated request counts again: each reply may cost the host a text message.
    """
    sender, lock = match.sender, match.lock
    limit = sender.requester.daily_limit
    if sender.count.codes >= limit:
        return _reply_without_code(hass, sender, "text_limit", allowed=False, limit=str(limit))
    # With a wrong clock the code would fail at the door. Failed requests have also cost calls.
    if lock.clock_problem or sender.count.failed >= limit:
        return _reply_without_code(hass, sender, "text_ask_host")
    start, end = window(dt_util.utcnow(), lock.clock)
    ordered = OrderedLock(
        entry=sender.entry,
        data=sender.entry.runtime_data,
        lock=lock,
        device_id=match.device_id,
        request=WindowRequest(start=start, end=end),
    )
    name = sender.requester.name
    order = Order(locks=(ordered,), source=RequestSource.TEXT, name=name)
    sender.add(codes=1)  # before the first await: several messages may come at once
    try:
        with counted() as spent:  # not the calls of others meanwhile: they are not the sender's
            code = (await async_order(hass, order)).codes[0]
    except HomeAssistantError as err:
        sender.add(codes=-1, failed=int(spent.calls > 0))
        _LOGGER.warning("No code for a text message to %r: %s", lock.name, err)
        is_temporary = err.translation_key in _TEMPORARY
        key = "text_try_again" if is_temporary else "text_ask_host"
        return _reply_without_code(hass, sender, key)
    if not code.is_kept:
        _LOGGER.warning("The code for a text message to %r could not be written down", lock.name)
    return TextReply(True, _text(hass, sender.requester.channel, code), code)


def _text(hass: HomeAssistant, channel: Channel, code: IssuedCode) -> str:
    """Return the reply with a code: one text message, or without markup on other channels.

    A long name of a lock is cut, never the code or its times.
    """
    values = {"netcode": code.netcode}
    for key, moment in (("start", code.row.start), ("end", code.row.end)):
        # A spare opens for days, so its hours alone would tell nothing.
        values[key] = (
            moment_words(hass, moment, code.lock.zone)
            if code.row.spare
            else f"{moment.astimezone(code.lock.zone):%H:%M}"
        )
    words = localized(hass, "text_code")
    name, is_sms = one_line(code.lock.name), channel is Channel.SMS
    name = name if is_sms else without_markup(name)
    for length in range(min(len(name), LONGEST_GSM), -1, -1):
        text = filled(words, {**values, "lock": name[:length].rstrip()})
        if fits_one_message(text) if is_sms else len(text) <= LONGEST_GSM:
            break
    return text


def _reply_without_code(
    hass: HomeAssistant, sender: _Sender, key: str, *, allowed: bool = True, **placeholders: str
) -> TextReply:
    """Return a reply without a code, up to a daily limit.

    Without the limit, a phone with an auto-reply would keep us texting at the host's cost.
    """
    left = OTHER_ANSWERS_BY_TEXT - sender.count.others
    if left <= 0:
        return NO_REPLY
    if left == 1:
        _LOGGER.warning("%r had too many answers, and gets no more today", sender.requester.name)
    sender.add(others=1)
    return TextReply(allowed, localized(hass, key, **placeholders))
