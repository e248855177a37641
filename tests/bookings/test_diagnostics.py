"""What the diagnostics tell of bookings: counts and states, and nobody's name."""

import json
from typing import Any

from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.bookings.flat import Flat, booking


async def test_counts_and_states(flat: Flat, hass_client: ClientSessionGenerator) -> None:
    """A phone that takes nothing, and a guest whom the cloud does not know."""
    assert await async_setup_component(flat.hass, "diagnostics", {})
    flat.calendar.set(
        booking("2026-10-13", "2026-10-15", "Anna Berger", description="anna@example.com"),
        booking("2026-10-13", "2026-10-16", "Ben Keller", uid="b"),
        booking("2026-12-13", "2026-12-16", "Chris", uid="c"),
    )
    flat.guest._error = RuntimeError()
    await flat.follow(more={"invite": "standard"})
    found: dict[str, Any] = await get_diagnostics_for_config_entry(
        flat.hass, hass_client, flat.entry
    )
    [row] = found["bookings"]
    assert (row["kind"], row["locks"], row["lead_hours"], row["recipients"]) == (
        "bookings",
        1,
        48,
        1,
    )
    assert (row["expected"], row["kept"], row["cancelled"]) == (3, 2, 0)
    assert row["covers"] == {"complete": 2}
    assert row["invitations"] == {"waits": 1}
    assert row["unsent"] == 2
    assert row["problems"] == {"not_sent": 2, "not_invited": 1}
    codes = [one.code for one in flat.entry.runtime_data.ledger_keeper.data.rows() if one.code]
    said = json.dumps(found)
    assert codes
    for secret in (*codes, "Anna", "Ben", "Chris", "anna@", "calendar.flat", "notify.guest"):
        assert secret not in said
