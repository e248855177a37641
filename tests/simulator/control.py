"""The simulator's own methods, under `/_sim/`: they look at the world and change it."""

from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from typing import Any

from .answers import Json
from .faults import Fault
from .locks import audit_record
from .state import State
from .world import ACCESS_KEY, API_KEY, Flags


def add_audit(
    sim: State,
    lock_id: str,
    text: str,
    *,
    entry_type: str = "Unlock",
    at: str | None = None,
    pending: bool = False,
) -> Json:
    """Add an audit entry; `pending` keeps it in the lock until `sync`."""
    lock = sim.world.lock(lock_id)
    when = datetime.fromisoformat(at) if at else None
    if when and when.tzinfo is None:
        when = when.replace(tzinfo=lock.zone)
    return audit_record(lock, lock.add_audit(text, entry_type=entry_type, at=when, pending=pending))


def sync(sim: State, lock_id: str) -> Json:
    """Upload a lock's pending entries."""
    lock = sim.world.lock(lock_id)
    return [audit_record(lock, entry) for entry in lock.sync()]


def add_lock(sim: State, name: str, **options: Any) -> Json:
    """Pair a lock; the options are those of `World.add_lock`."""
    for key in options.keys() & {"paired", "battery_updated"}:
        options[key] = date.fromisoformat(options[key])
    return {"id": sim.world.add_lock(name, **options).id}


def remove_lock(sim: State, lock_id: str) -> Json:
    """Take a lock from its account."""
    sim.world.remove_lock(sim.world.lock(lock_id).id)
    return {}


def rename_lock(sim: State, lock_id: str, name: str) -> Json:
    """Give a lock another name."""
    sim.world.lock(lock_id).name = name
    return {}


def set_battery(sim: State, lock_id: str, status: str) -> Json:
    """Let a lock report its battery."""
    sim.world.lock(lock_id).set_battery(status)
    return {}


def register(sim: State, email: str) -> Json:
    """Let somebody have a K3 account."""
    sim.world.register(email)
    return {}


def accept_client(sim: State, lock_id: str, email: str) -> Json:
    """Let somebody accept an invitation."""
    sim.world.lock(lock_id).accept_client(email)
    return {}


def set_quota(sim: State, pool: str, used: int | None = None, quota: int | None = None) -> Json:
    """Set the counts of a pool (`netcode` or `utility`)."""
    counts = {
        "netcode": sim.world.keys[API_KEY].netcode,
        "utility": sim.world.keys[API_KEY].utility,
    }[pool]
    counts.used = counts.used if used is None else used
    counts.quota = counts.quota if quota is None else quota
    return asdict(counts)


def set_plan(sim: State, plan: str) -> Json:
    """Subscribe to another plan."""
    sim.world.keys[API_KEY].set_plan(plan)
    return {}


def reset_month(sim: State) -> Json:
    """Start a new month of quotas."""
    sim.world.reset_month()
    return {}


def advance(sim: State, days: float = 0, hours: float = 0) -> Json:
    """Let time pass."""
    sim.world.advance(timedelta(days=days, hours=hours))
    return {"now": sim.world.now().isoformat()}


def set_flags(sim: State, **values: Any) -> Json:
    """Set flags."""
    known = {one.name for one in fields(Flags)}
    if unknown := values.keys() - known:
        raise ValueError(f"unknown: {sorted(unknown)}; known: {sorted(known)}")
    for name, value in values.items():
        setattr(sim.world.flags, name, value)
    return asdict(sim.world.flags)


def set_account(sim: State, spccm_status: str) -> Json:
    """Allow (ACTIVE) or forbid (INACTIVE) smart-phone clients."""
    sim.world.accounts[ACCESS_KEY].spccm_status = spccm_status
    return {}


def add_fault(sim: State, **values: Any) -> Json:
    """Add a fault; the fields are those of `Fault`."""
    return {"kind": sim.faults.add(Fault(**values)).kind}


def clear_faults(sim: State) -> Json:
    """End all faults."""
    sim.faults.clear()
    return {}


def clear_calls(sim: State) -> Json:
    """Forget all requests."""
    sim.clear_calls()
    return {}


def calls(sim: State) -> Json:
    """List all requests, in order."""
    return [asdict(call) | {"at": call.at.isoformat()} for call in sim.calls]


def summary(sim: State) -> Json:
    """Summarise the state of the world."""
    world = sim.world
    return {
        "now": world.now().isoformat(),
        "flags": asdict(world.flags),
        "keys": {
            key.key: {"netcode": asdict(key.netcode), "utility": asdict(key.utility)}
            for key in world.keys.values()
        },
        "accounts": [
            {
                "email": one.email,
                "access_key": one.access_key,
                "spccm_status": one.spccm_status,
                "locks": [*one.locks],
            }
            for one in world.accounts.values()
        ],
        "locks": {
            lock.id: {
                "name": lock.name,
                "battery": lock.battery,
                "audit": len(lock.audit),
                "pending": len(lock.pending),
                "clients": {client.email: client.status for client in lock.clients.values()},
            }
            for lock in world.locks()
        },
        "kitlocks": [asdict(lock) for lock in world.kitlocks],
        "faults": [
            {"kind": one.kind, "path": one.path, "method": one.method, "fired": one.fired}
            for one in sim.faults
        ],
    }


READS: dict[str, Callable[..., Json]] = {"calls": calls, "world": summary}
CHANGES: dict[str, Callable[..., Json]] = {
    "audit": add_audit,
    "sync": sync,
    "locks/add": add_lock,
    "locks/remove": remove_lock,
    "locks/rename": rename_lock,
    "battery": set_battery,
    "register": register,
    "clients/accept": accept_client,
    "account": set_account,
    "quota": set_quota,
    "plan": set_plan,
    "month/reset": reset_month,
    "advance": advance,
    "flags": set_flags,
    "faults/add": add_fault,
    "faults/clear": clear_faults,
    "calls/clear": clear_calls,
}


def answer(sim: State, method: str, name: str, data: dict[str, Any]) -> tuple[int, Json]:
    """Carry out one method; return the status and the answer."""
    known = {"GET": READS, "POST": CHANGES}.get(method, {})
    if (function := known.get(name)) is None:
        return 404, {"error": f"no {method} {name}", "GET": [*READS], "POST": [*CHANGES]}
    try:
        return 200, function(sim, **data)
    except (AttributeError, KeyError, TypeError, ValueError) as err:
        return 400, {"error": f"{type(err).__name__}: {err}"}
