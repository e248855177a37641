"""Who may ask for a code by text message, and how senders compare. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
import re
from typing import Any, Self
import unicodedata

from ..const import (
    CODES_BY_TEXT,
    CONF_CHANNEL,
    CONF_DAILY_LIMIT,
    CONF_LOCKS,
    CONF_SENDER,
    CONF_UNTIL,
)
from .pasted import visible

_SCHEME = re.compile(r"(?:whatsapp|tel|sms|smsto|callto):", re.IGNORECASE)
"""What stands before a phone number in links, and before the senders of some gateways.

Not any word: the number behind "messenger:" is another person's.
"""
_BETWEEN_DIGITS = re.compile(r"\(0\)|[\s().\-/\u2010-\u2015\u2212]")
"""How people break up a phone number; the international form has no "(0)"."""
_PHONE = re.compile(r"(?:\+|00)?([1-9][0-9]{6,14})", re.ASCII)
"""The international form: at most 15 digits (E.164); no country code begins with 0."""
_TELEGRAM = re.compile(r"[1-9][0-9]{0,19}", re.ASCII)
_LONGEST_SENDER = 255


class Channel(StrEnum):
    """The channel of a text message."""

    SMS = "sms"
    TELEGRAM = "telegram"
    OTHER = "other"


def phone_number(written: str) -> str | None:
    """Return the digits of a phone number in international form, None if it is not one.

    However it is pasted: as a link, with full-width digits, brackets, blanks or invisible marks.
    """
    number = _SCHEME.sub("", _plain(written), count=1).lstrip("'")  # a spreadsheet puts ' before it
    match = _PHONE.fullmatch(_BETWEEN_DIGITS.sub("", number))
    return match[1] if match else None


def _plain(written: str) -> str:
    """Return a text without invisible marks, its full-width characters in their usual form."""
    return unicodedata.normalize("NFKC", visible(written)).strip()


def sender_id(channel: Channel, sender: str) -> str | None:
    """Return a sender in comparable form, None if invalid.

    The form keeps it, and messages are compared by it. A value kept before is brought into it, too.
    """
    if len(sender.strip()) > _LONGEST_SENDER:
        return None
    if channel is Channel.SMS:
        return phone_number(sender)
    plain = _plain(sender)
    if channel is Channel.TELEGRAM:
        return plain if _TELEGRAM.fullmatch(plain) else None
    # Some other channels also identify senders by phone number.
    is_phone = plain.startswith("+") or _SCHEME.match(plain)
    # Anything else is what the channel says: two of its ids may differ in a full-width character.
    return (phone_number(plain) if is_phone else None) or visible(sender) or None


def same_sender(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two subentries are the same sender on the same channel.

    A hash in the unique id would not protect a phone number: it is short enough to try them all.
    """
    channel = Channel(one[CONF_CHANNEL])
    senders = [sender_id(channel, str(data[CONF_SENDER])) for data in (one, other)]
    return channel == other[CONF_CHANNEL] and senders[0] == senders[1] is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Somebody who may ask for a code by text message."""

    subentry_id: str
    name: str
    channel: Channel
    sender: str = field(repr=False)
    locks: frozenset[str]
    """Device ids; empty means all locks."""
    until: date | None
    daily_limit: int

    @classmethod
    def from_data(cls, subentry_id: str, name: str, data: Mapping[str, Any]) -> Self:
        """Read a subentry."""
        channel, until = Channel(data[CONF_CHANNEL]), data.get(CONF_UNTIL)
        return cls(
            subentry_id=subentry_id,
            name=name,
            channel=channel,
            # A sender that is no longer valid matches nobody.
            sender=sender_id(channel, str(data[CONF_SENDER])) or "",
            locks=frozenset(data.get(CONF_LOCKS) or ()),
            until=date.fromisoformat(until) if until else None,
            daily_limit=data.get(CONF_DAILY_LIMIT, CODES_BY_TEXT),
        )

    def is_sender(self, channel: Channel, sender: str, today: date) -> bool:
        """Return whether a message is from them, and they may still ask."""
        return (
            channel is self.channel
            and sender_id(channel, sender) == self.sender
            and (self.until is None or today <= self.until)
        )

    def may_open(self, device_id: str) -> bool:
        """Return whether they may ask for a code of a lock."""
        return not self.locks or device_id in self.locks
