"""The simulated cloud of a demo, which outlives a restart."""

from dataclasses import asdict
from datetime import datetime
from itertools import count
import json
from pathlib import Path
from typing import Any

from tests.simulator import AuditEntry, Client, Lock, World, demo_world


def load(path: Path, born: datetime) -> World:
    """Return the demo's world as it was saved, or as it was when it was born."""
    world = demo_world(now=born)
    if path.exists():
        saved = json.loads(path.read_text())
        for lock in world.locks():
            _restore(lock, saved["locks"][lock.id])
        for name, used in saved["used"].items():
            world.key.pool(name).used = used
        newest = max(entry.id for lock in world.locks() for entry in lock.audit)
        world._ids = count(newest + 1)  # noqa: SLF001  # the world continues where it stopped
    return world


def save(path: Path, world: World) -> None:
    """Save the world."""
    saved = {
        "locks": {lock.id: _saved(lock) for lock in world.locks()},
        "used": {name: world.key.pool(name).used for name in ("netcode", "utility")},
    }
    path.write_text(json.dumps(saved, default=str))


def _saved(lock: Lock) -> dict[str, Any]:
    return {
        "battery": lock.battery,
        "audit": [asdict(entry) for entry in lock.audit],
        "clients": [asdict(client) for client in lock.clients.values()],
    }


def _restore(lock: Lock, saved: dict[str, Any]) -> None:
    lock.set_battery(saved["battery"], lock.battery_updated)
    lock.audit[:] = [
        AuditEntry(**row | {"at": datetime.fromisoformat(row["at"])}) for row in saved["audit"]
    ]
    lock.clients = {row["email"].casefold(): Client(**row) for row in saved["clients"]}
