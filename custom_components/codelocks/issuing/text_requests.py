"""NetCodes by text message: the portal's request by SMS, on any channel.

An allowed sender texts a lock's identifier, and gets a code for two hours. Whatever is texted is
compared and nothing else: it is never looked at as a template, and no answer repeats it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
import logging

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import LONGEST_TEXT, OTHER_ANSWERS_BY_TEXT, SUBENTRY_REQUESTER
from ..localize import localized
from ..netcode.windows import WindowRequest
from ..polling.spending import counted
from ..reading.coordinator import CodelocksConfigEntry
from ..store import EntryStore, TextCount
from .issue import IssuedCode, NetcodeLock, Order, RequestSource, async_issue, netcode_lock
from .requesters import Channel, Requester

_LOGGER = logging.getLogger(__name__)

TWO_HOURS = timedelta(hours=2)
"""How long such a code is for (vendor's article on NetCodes by SMS)."""
_PASSES = {"cannot_connect", "throttled"}
"""Errors that a sender need only wait for."""


@dataclass(frozen=True, slots=True)
class TextReply:
    """What became of a text message; `reply` is what to send back, None for silence."""

    allowed: bool
    reply: str | None
    made: IssuedCode | None = None
    lock: NetcodeLock | None = None
    """Of what was made."""
    device_id: str | None = None


SILENCE = TextReply(allowed=False, reply=None)


@dataclass(frozen=True, slots=True)
class _Asking:
    """A requester of an account, on the day of a message."""

    entry: CodelocksConfigEntry
    store: EntryStore
    requester: Requester
    today: date

    @property
    def count(self) -> TextCount:
        """What they were answered today."""
        return self.store.texts(self.requester.subentry_id, self.today)

    def add(self, *, codes: int = 0, others: int = 0, failed: int = 0) -> None:
        """Count answers, and calls."""
        count = self.count
        count = TextCount(count.codes + codes, count.others + others, count.failed + failed)
        self.store.set_texts(self.requester.subentry_id, self.today, count)


@dataclass(frozen=True, slots=True)
class _Found:
    """A lock that a message asks for, and who asks."""

    asking: _Asking
    lock: NetcodeLock
    device_id: str


def parse(message: str) -> str | None:
    """Return the identifier that a message consists of, None if it is no identifier."""
    identifier = message.strip()
    return identifier if identifier.isprintable() and len(identifier.split()) == 1 else None


def window(now: datetime, clock: tzinfo) -> tuple[datetime, datetime]:
    """Return two hours from the current full hour of a lock's clock, in UTC."""
    shown = now.astimezone(clock)
    into = timedelta(minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)
    start = now.astimezone(UTC) - into
    return start, start + TWO_HOURS


async def async_answer(
    hass: HomeAssistant,
    entries: Iterable[CodelocksConfigEntry],
    channel: Channel,
    sender: str,
    message: str,
) -> TextReply:
    """Answer a text message: silence for whom no account allows."""
    today = dt_util.now().date()
    asking = [
        _Asking(entry, entry.runtime_data.store, requester, today)
        for entry in entries
        for requester in _requesters(entry)
        if requester.is_sender(channel, sender, today)
    ]
    if not asking:
        _LOGGER.debug("A text message by %s is from nobody who may ask for codes", channel)
        return SILENCE
    identifier = parse(message)
    found = [lock for one in asking for lock in _locks(one, identifier)]
    if len(found) == 1:
        return await _async_answer(hass, found[0])
    return _other(hass, asking[0], "text_many_locks" if found else "text_no_lock")


def _requesters(entry: CodelocksConfigEntry) -> Iterator[Requester]:
    for subentry in entry.get_subentries_of_type(SUBENTRY_REQUESTER):
        yield Requester.from_data(subentry.subentry_id, subentry.title, subentry.data)


def _locks(asking: _Asking, identifier: str | None) -> Iterator[_Found]:
    """Return the locks that an identifier names, of those that a requester may open."""
    entry, data = asking.entry, asking.entry.runtime_data
    for owner in data.owners if identifier else ():
        lock = netcode_lock(entry, owner)
        if lock is None or lock.text_identifier != identifier:
            continue
        device = data.device(owner)
        if device and asking.requester.may_open(device.id):
            yield _Found(asking, lock, device.id)


async def _async_answer(hass: HomeAssistant, found: _Found) -> TextReply:
    """Answer a request for a lock's code, within the day's limit.

    A code that is asked for again counts again: each answer may cost its host a text message.
    """
    asking, lock = found.asking, found.lock
    limit = asking.requester.daily_limit
    if asking.count.codes >= limit:
        return _other(hass, asking, "text_limit", allowed=False, limit=str(limit))
    # A code that does not open would only be found out at the door; what failed has cost calls.
    if lock.clock_problem or asking.count.failed >= limit:
        return _other(hass, asking, "text_ask_host")
    start, end = window(dt_util.utcnow(), lock.clock)
    order = Order(
        wish=WindowRequest(start=start, end=end),
        source=RequestSource.TEXT,
        name=asking.requester.name,
    )
    asking.add(codes=1)  # before anything is awaited: several messages may come at once
    try:
        with counted() as spent:  # not the calls of others meanwhile: they are not the sender's
            (made,) = await async_issue(hass, asking.entry, lock, order)
    except HomeAssistantError as err:
        asking.add(codes=-1, failed=int(spent.calls > 0))
        _LOGGER.warning("No code for a text message to %r: %s", lock.name, err)
        passes = err.translation_key in _PASSES
        return _other(hass, asking, "text_try_again" if passes else "text_ask_host")
    return TextReply(True, _words(hass, lock, made), made, lock, found.device_id)


def _words(hass: HomeAssistant, lock: NetcodeLock, made: IssuedCode) -> str:
    """Return the answer with a code; a lock's name is cut rather than the code or its times."""
    values = {
        "netcode": made.netcode,
        "start": f"{made.row.start.astimezone(lock.zone):%H:%M}",
        "end": f"{made.row.end.astimezone(lock.zone):%H:%M}",
    }
    room = LONGEST_TEXT - len(localized(hass, "text_code", lock="", **values))
    name = "".join(letter if letter.isprintable() else " " for letter in lock.name)
    return localized(hass, "text_code", lock=" ".join(name.split())[:room].rstrip(), **values)


def _other(
    hass: HomeAssistant, asking: _Asking, key: str, *, allowed: bool = True, **placeholders: str
) -> TextReply:
    """Return an answer without a code, until a day has seen enough of them.

    A phone that answers texts by itself would else keep the two of us talking at the host's cost.
    """
    left = OTHER_ANSWERS_BY_TEXT - asking.count.others
    if left <= 0:
        return SILENCE
    if left == 1:
        _LOGGER.warning("%r had too many answers, and gets no more today", asking.requester.name)
    asking.add(others=1)
    return TextReply(allowed, localized(hass, key, **placeholders))
