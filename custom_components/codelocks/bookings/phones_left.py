"""Tells the owner which phones still open when bookings are no longer followed."""

from homeassistant.core import HomeAssistant

from ..issuing.delivery import async_deliver
from .guest_book import GuestBook
from .kept import News, NewsKind
from .owner_message import owner_message
from .settings import InviteAs
from .waits import Reason
from .world import doors_of, kept_codes


async def async_tell_of_phones_left(hass: HomeAssistant, book: GuestBook) -> None:
    """Tell whose clients nobody deletes any more; the guest may still be in the flat."""
    doors = doors_of(hass, book.settings)
    left = []
    for row in book.kept.bookings:
        stay = doors.stay(*row.times)
        left += [
            News(
                kind=NewsKind.STILL_INVITED,
                booking=row.key,
                title=row.title,
                start=stay.arrival,
                end=stay.departure,
                place=one.owner,
                reason=Reason.NOT_FOLLOWED,
            )
            for one in row.invitations
            if one.sent and one.ours and one.invite_as is InviteAs.STANDARD
        ]
    while left:
        text, told = owner_message(hass, book.settings.name, doors.zone, left, kept_codes)
        await async_deliver(hass, book.settings.tell_owner, text, secrets=())
        left = left[len(told) :]
