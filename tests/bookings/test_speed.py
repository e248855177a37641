"""What looks cost while there is nothing new."""

from datetime import date, timedelta
import os
import sys
from time import thread_time

from tests.bookings.flat import QUARTER, Flat, add_calendar, booking
from tests.codes import netcode_calls
from tests.helpers import pass_time

NIGHTS = timedelta(days=3)
MOST_MS = float(os.environ.get("CODELOCKS_LOOK_MS", "inf"))
"""What a look may take. Only `script/benchmark bookings` asks: the machine should be idle."""


async def test_five_hundred_bookings(flat: Flat) -> None:
    """Twenty calendars cost no call, and little of the loop."""
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

    async def cost(step: timedelta) -> float:
        """Return what a step takes of the loop; some have other things to do, too."""
        times = []
        for _ in range(8):
            begun = thread_time()
            await pass_time(flat.hass, flat.freezer, step)
            times.append(thread_time() - begun)
        return min(times)

    idle = await cost(timedelta(seconds=1))
    took = await cost(QUARTER + timedelta(seconds=1)) - idle
    sys.stdout.write(
        "A look with nothing new at 500 bookings in 20 calendars: "
        f"{took * 1000:.1f} ms of the event loop, {len(netcode_calls(flat.sim)) - calls} calls\n"
    )
    assert took * 1000 < MOST_MS
    assert len(netcode_calls(flat.sim)) == calls
    assert len(flat.told) == 20
