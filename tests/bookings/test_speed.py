"""What looks cost while there is nothing new."""

from datetime import date, timedelta
from time import thread_time

from tests.bookings.flat import QUARTER, Flat, add_calendar, booking
from tests.codes import netcode_calls
from tests.helpers import pass_time

NIGHTS = timedelta(days=3)


async def test_five_hundred_bookings(flat: Flat) -> None:
    """Twenty calendars cost under 20 ms of the loop, and no call."""
    days = [date(2026, 10, 13) + number * timedelta(days=4) for number in range(25)]
    for number in range(20):
        calendar = await add_calendar(flat.hass, f"Flat {number}")
        calendar.events = [
            booking(
                day.isoformat(),
                (day + NIGHTS).isoformat(),
                f"Guest {number} {day}",
                uid=f"{number} {day}",
                description=f"https://example.com/reservation?{number}-{day}\n" + "x" * 500,
            )
            for day in days
        ]
        await flat.follow(calendar_entity_id=f"calendar.flat_{number}")
    assert len(flat.told) == 20
    calls = len(netcode_calls(flat.sim))
    times = []
    for _ in range(8):  # some of them with other things to do
        begun = thread_time()
        await pass_time(flat.hass, flat.freezer, QUARTER + timedelta(seconds=1))
        times.append(thread_time() - begun)
    assert min(times) < 0.02, times
    assert len(netcode_calls(flat.sim)) == calls
    assert len(flat.told) == 20
