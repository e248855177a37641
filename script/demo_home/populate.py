"""What the first start of a demo does, so that there is something to look at, and what follows."""

import asyncio
from datetime import timedelta
from random import Random

from tests.simulator import Simulator

from .registry import Registry
from .session import Session

PAUSE = (120, 420)
"""Seconds between two visitors."""
VISITORS = (
    ("Unlock", "Opened by Anna Berger (phone)"),
    ("NetCode", "Opened with NetCode"),
    ("Unlock", "Opened by Coach Rivera (phone)"),
    ("Access denied", "Outside active period"),
    ("Unlock", "Opened by Jonas Berger (phone)"),
)
CODES = (("Plumber", 0, None, 2), ("Guest June", 1, 15, 12), ("Window cleaner", 3, 9, 4))
"""For whom, how many days from now, at what hour (the present one), for how many hours."""


async def first_start(user: Session, sim: Simulator, registry: Registry) -> None:
    """Let somebody come to each lock, let the integration hear of it, and issue a few codes."""
    for lock, (kind, text) in zip(registry.locks, VISITORS, strict=True):
        earlier = sim.world.now() - timedelta(minutes=3)
        sim.world.lock(lock.owner).add_audit(text, entry_type=kind, at=earlier)
        await user.act("codelocks.get_audit", device_id=lock.id)
    for lock, (name, days, hour, hours) in zip(registry.locks, CODES, strict=False):
        now = sim.world.now()
        start = (now + timedelta(days=days)).replace(hour=now.hour if hour is None else hour)
        await user.act(
            "codelocks.generate_netcode",
            device_id=lock.id,
            name=name,
            start=start.replace(minute=0, second=0, microsecond=0).isoformat(),
            duration={"hours": hours},
        )


async def live(sim: Simulator) -> None:
    """Let somebody come every few minutes; the integration hears of it when it reads next."""
    random = Random()  # noqa: S311  # no secret
    while True:
        await asyncio.sleep(random.uniform(*PAUSE))
        kind, text = random.choice(VISITORS)
        random.choice(sim.world.locks()).add_audit(text, entry_type=kind)
