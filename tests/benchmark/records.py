"""Ten thousand codes, and three hundred clients: how long reading and changing them takes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import process_time

from custom_components.codelocks.api import Client
from custom_components.codelocks.netcode.ledger import Issued, Ledger

NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
CODES = 10_000
OWNER = "06050408434e47533039303138303136"
RUNS = 20


def _ledger() -> Ledger:
    hour = timedelta(hours=1)
    return Ledger.of(
        Issued(
            id=f"{number:032x}",
            owner=OWNER,
            key=f"{number:064x}",
            code="123456",
            name=f"Guest {number}",
            requested_start=NOW + (number - CODES // 2) * hour,
            requested_end=NOW + (number - CODES // 2 + 2) * hour,
            start=NOW + (number - CODES // 2) * hour,
            end=NOW + (number - CODES // 2 + 2) * hour,
            duration_id=1,
            issued_at=NOW,
            issued_by="action",
        )
        for number in range(CODES)
    )


def _ms(work: Callable[[], object]) -> float:
    start = process_time()
    for _ in range(RUNS):
        work()
    return (process_time() - start) * 1000 / RUNS


def lines() -> str:
    """Return the table, in milliseconds and as a ratio to a pass over a plain list."""
    ledger = _ledger()
    month = NOW + timedelta(days=30)
    rows = [
        {
            "email": f"client{number}@example.com",
            "status": "ACTIVE",
            "accesstype": "STANDARD",
            "activeperiods": [{"0": {"enabled": True, "starts": "09:00", "ends": "17:00"}}],
        }
        for number in range(300)
    ]
    clients = tuple(map(Client.from_dict, rows))
    numbers = list(range(CODES))
    base = _ms(lambda: [number for number in numbers if number >= 0])
    parts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("a pass over a plain list", lambda: [number for number in numbers if number >= 0]),
        ("active_netcodes", lambda: ledger.active_codes(NOW, OWNER)),
        ("calendar month", lambda: ledger.between(OWNER, NOW, month)),
        ("list all with states", lambda: [row.state(NOW) for row in ledger.rows()]),
        ("300 clients: read", lambda: [Client.from_dict(row) for row in rows]),
        ("300 clients: count", lambda: sum(client.active is True for client in clients)),
    )
    head = f"\n{CODES} codes, 300 clients: ms, ratio to a pass over {CODES} numbers\n"
    return head + "".join(
        f"{name:<26} {(took := _ms(work)):>8.3f} {took / base:>8.2f}\n" for name, work in parts
    )
