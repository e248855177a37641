"""Trying bookings out: codes made from a site's file, a booking that moves, one put off."""

from datetime import date, timedelta

from .bookings import (
    LAKE_VIEW,
    LAKE_VIEW_CALENDAR,
    Stay,
    add_calendar,
    change_booking,
    codes_of,
    follow_bookings,
    ical,
    until_codes,
)
from .console import DemoError, say
from .phone import read_messages
from .registry import Device
from .session import Session, until
from .setting_up import reload

_DAY = timedelta(days=1)
GUEST = "Reserved"


async def follow_a_flat(user: Session, locks: list[Device], today: date) -> list[str]:
    """Follow a calendar from an iCal file, move a booking, put it off; return the codes."""
    first = Stay(GUEST, today + _DAY, today + 3 * _DAY, "HMB7ZP3X1C")
    blocked = Stay("Airbnb (Not available)", today + 3 * _DAY, today + 5 * _DAY)
    await add_calendar(user, "Lake view bookings", ical([first, blocked]))
    before = len(await read_messages(user))
    await follow_bookings(user, LAKE_VIEW, LAKE_VIEW_CALENDAR, locks)
    made = await until_codes(user, GUEST, locks)
    message = await _next_message(user, before)
    say(f"ok  bookings: codes for {LAKE_VIEW}, from an iCal file; one message to the guest:")
    for line in message.splitlines():
        say(f"      {line}")

    await change_booking(user, LAKE_VIEW_CALENDAR, GUEST, today + _DAY, today + 4 * _DAY)
    await reload(user)  # the start looks at once; a changed calendar is read once a minute
    old = {row["id"] for row in made}

    async def moved() -> bool:
        rows = await codes_of(user, GUEST)
        return len(rows) == len(locks) and old.isdisjoint(row["id"] for row in rows)

    await until(moved, "the codes of the booking that moved")
    await _next_message(user, before + 1)
    say("ok  it stays a day longer: new codes replace the old ones, and the guest is told once")

    await change_booking(user, LAKE_VIEW_CALENDAR, GUEST, today + 40 * _DAY, today + 42 * _DAY)
    await reload(user)

    async def taken_back() -> bool:
        return not await codes_of(user, GUEST)

    await until(taken_back, "the codes of the booking that was put off")
    say("ok  it is put off by weeks: its codes are withdrawn")
    answer = await user.act("codelocks.get_netcodes", reveal=True, include_expired=True)
    return [str(row["netcode"]) for row in answer["netcodes"] if row["name"] == GUEST]


async def _next_message(user: Session, before: int) -> str:
    """Wait for one more message on the phone, and return it."""
    messages: list[str] = []

    async def arrived() -> bool:
        messages[:] = await read_messages(user)
        return len(messages) > before

    await until(arrived, "the guest's message")
    if len(messages) != before + 1:
        raise DemoError(f"the guest was told more than once: {messages[before:]}")
    return messages[-1]
