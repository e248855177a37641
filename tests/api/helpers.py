"""Every method of the client in one table, and ways to set the cloud's answer."""

from collections.abc import Awaitable, Callable
from datetime import datetime
import json
from typing import Any

from custom_components.codelocks.api import ALWAYS, CodelocksClient
from tests.simulator import GUEST_EMAIL, LOCK_1_ID, STRANGER_EMAIL, Fault, Simulator

TIME_CODE = "202603291005"
IDENTIFIER = "451254"
MASTER_CODE = "86420975"
START = datetime(2026, 10, 12, 14, 0)  # noqa: DTZ001 - the lock's own clock

type Method = Callable[[CodelocksClient], Awaitable[Any]]

READS: dict[str, Method] = {
    "initialise": lambda client: client.initialise("KL1060", master_code=MASTER_CODE),
    "durations": lambda client: client.durations("KL1060"),
    "modes": lambda client: client.modes("KL1060"),
    "duration": lambda client: client.duration(0, "KL1060"),
    "locks": lambda client: client.locks(),
    "lock": lambda client: client.lock(LOCK_1_ID),
    "account": lambda client: client.account(),
    "clients": lambda client: client.clients(LOCK_1_ID),
    "audit": lambda client: client.audit(LOCK_1_ID),
    "active_period_schema": lambda client: client.active_period_schema(),
}
WRITES: dict[str, Method] = {
    "add_client": lambda client: client.add_client(
        LOCK_1_ID, STRANGER_EMAIL, [ALWAYS], message="Hello"
    ),
    "update_client": lambda client: client.update_client(LOCK_1_ID, GUEST_EMAIL, [ALWAYS]),
    "suspend_client": lambda client: client.suspend_client(LOCK_1_ID, GUEST_EMAIL),
    "restore_client": lambda client: client.restore_client(LOCK_1_ID, GUEST_EMAIL),
    "delete_client": lambda client: client.delete_client(LOCK_1_ID, GUEST_EMAIL),
}
NETCODES: dict[str, Method] = {
    "kitlock_netcode": lambda client: client.kitlock_netcode(
        TIME_CODE, IDENTIFIER, lock_model="KL1060C2", start=START, duration_id=0
    ),
    "k3_netcode": lambda client: client.k3_netcode(LOCK_1_ID, start=START, duration_id=0),
}
METHODS = NETCODES | READS | WRITES
OF_ACCOUNT = [name for name in METHODS if name in WRITES] + [
    "k3_netcode",
    "locks",
    "lock",
    "account",
    "clients",
    "audit",
]
"""The methods that name the K3 account, and so need an access key."""


def answer(sim: Simulator, body: Any, status: int = 200) -> None:
    """Let the cloud answer every request with this, as JSON."""
    answer_text(sim, json.dumps(body), status)


def answer_text(sim: Simulator, body: str, status: int = 200) -> None:
    """Let the cloud answer every request with this."""
    sim.faults.clear()
    sim.faults.add(Fault(kind="status", status=status, body=body))
