"""Fills a new demo, so that there is something to look at, and keeps it alive."""

import asyncio
from datetime import timedelta
from random import Random

from tests.simulator import DEMO_KITLOCKS, Simulator

from .registry import Registry
from .session import Session
from .setting_up import add_kitlock, wait_until_loaded

PAUSE = (120, 420)
"""Seconds between two visitors."""
VISITORS = (
    ("Unlock", "Opened by Anna Berger (phone)"),
    ("NetCode", "Opened with NetCode"),
    ("Unlock", "Opened by Coach Rivera (phone)"),
    ("Access denied", "Outside active period"),
    ("Unlock", "Opened by Jonas Berger (phone)"),
)
CODES = (
    ("Front door", "Plumber", 0, None, 2),
    ("Garden studio", "Guest June", 1, 15, 44),
    ("Garden studio", "Family Novak", 4, 15, 116),
    ("Office", "Window cleaner", 3, 9, 4),
    ("Office", "Auditor", 7, 8, 10),
    ("Bike shed", "Courier", 0, None, 3),
    ("Bike shed", "Bike repair", 2, 10, 3),
    ("Pool lockers", "Aqua class", 1, 18, 2),
    ("Pool lockers", "Aqua class", 8, 18, 2),
)
"""The lock, for whom, in how many days, at what hour (or the current one), for how many hours."""


async def let_somebody_come(user: Session, sim: Simulator, registry: Registry) -> None:
    """Let somebody come to each lock, one after the other, and let the integration read it."""
    locks = [lock for lock in registry.locks if "activity" in lock.entities]
    for minutes, lock, (kind, text) in zip((18, 15, 11, 7, 3), locks, VISITORS, strict=True):
        earlier = sim.world.now() - timedelta(minutes=minutes)
        sim.world.lock(lock.owner).add_audit(text, entry_type=kind, at=earlier)
        await user.act("codelocks.get_audit", device_id=lock.id)


async def add_kitlocks(user: Session) -> None:
    """Add two KitLocks: one by its details, one as it is initialised."""
    shed = DEMO_KITLOCKS[0]
    await add_kitlock(
        user,
        {"next_step_id": "details"},
        {
            "name": shed.name,
            "lock_model": shed.lock_model,
            "timecode": shed.timecode,
            "identifier": shed.identifier,
            "clock": shed.time_zone,
        },
    )
    await wait_until_loaded(user)
    await add_kitlock(
        user,
        {"next_step_id": "initialise"},
        {
            "name": "Pool lockers",
            "lock_model": "KL1060",
            "master_code": "24681357",
            "time_zone": "Europe/London",
        },
    )
    await wait_until_loaded(user)


async def issue_codes(user: Session, sim: Simulator, registry: Registry) -> None:
    """Fill the calendar: guests and helpers, over some weeks."""
    locks = {lock.name: lock for lock in registry.locks}
    today = sim.world.now().replace(minute=0, second=0, microsecond=0)
    for lock, name, days, hour, hours in CODES:
        start = (today + timedelta(days=days)).replace(hour=today.hour if hour is None else hour)
        await user.act(
            "codelocks.generate_netcode",
            device_id=locks[lock].id,
            name=name,
            start=start.isoformat(),
            duration={"hours": hours},
        )


async def live(sim: Simulator) -> None:
    """Let somebody come every few minutes; the integration sees it at its next read."""
    random = Random()  # noqa: S311  # no secret
    while True:
        await asyncio.sleep(random.uniform(*PAUSE))
        kind, text = random.choice(VISITORS)
        random.choice(sim.world.locks()).add_audit(text, entry_type=kind)
