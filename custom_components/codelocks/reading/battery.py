"""Whether a battery is low. Pure."""

from typing import Final

from ..api import Lock

LOW_BATTERY: Final = 20
"""Percent from which on a battery counts as low."""
BATTERY_IS_LOW: Final[dict[str, bool]] = {
    "critical": True,
    "empty": True,
    "low": True,
    "full": False,
    "good": False,
    "high": False,
    "medium": False,
    "normal": False,
    "ok": False,
}
"""What a reported word says. Only "full" and "unknown" were seen; other words tell neither."""


def battery_low(lock: Lock) -> bool | None:
    """Return whether a battery is low: by its number, or its word, or None where neither tells."""
    if lock.battery_percent is not None:
        return lock.battery_percent <= LOW_BATTERY
    return BATTERY_IS_LOW.get((lock.battery_status or "").lower())
