"""Checks of parameters, as strict as the documentation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
import json
import re
from typing import Any
from zoneinfo import available_timezones

from .answers import invalid
from .locks import WEEKDAYS, Periods
from .tables import DURATIONS, UTILITY_MODELS, Duration

BAD_ID = "ID (Expected: 12 or 32 characters)"  # seen
MESSAGE = re.compile(r"[0-9A-Za-z _,\-.()]{1,500}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
START = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {TIME.pattern}")
TIMECODE = re.compile(r"[0-9]{8}([01][0-9]|2[0-3])[0-5][0-9]")
SLOTS = [str(number) for number in range(10)]
SLOT_KEYS = {"enabled", "starts", "ends", *WEEKDAYS}


def one_of(name: str, value: str, allowed: Sequence[str], *, any_case: bool = False) -> str:
    """Return the allowed value that is meant."""
    for candidate in allowed:
        if value == candidate or (any_case and value.casefold() == candidate.casefold()):
            return candidate
    raise invalid(f"{name} (Expected: {', '.join(allowed)})")


def utility_model(params: Mapping[str, str]) -> str | None:
    """Return the lock model, if given; in any case: `Kl1060` is a documented example."""
    model = params.get("lockmodel")
    return None if model is None else one_of("Lock Model", model, UTILITY_MODELS, any_case=True)


def number(name: str, value: str, least: int = 0) -> int:
    """Return a whole number."""
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < least:
        raise invalid(f"{name} (Expected: a number from {least})")
    return int(value)


def k3_id(value: str) -> str:
    """Return a K3 lock id."""
    if not re.fullmatch(r"[0-9A-Za-z]{32}", value):
        raise invalid(BAD_ID)
    return value


def timecode(value: str) -> str:
    """Return a KitLock's time code: 12 digits that are a date and time."""
    if not TIMECODE.fullmatch(value):
        raise invalid(BAD_ID)
    parse_time("ID", f"{value[:8]}T{value[8:]}")
    return value


def parse_time(name: str, value: str) -> datetime:
    """Return a naive date and time: a wall clock's."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise invalid(f"{name} (Expected: a date and time)") from None


def start_time(value: str) -> datetime:
    """Return the start of a NetCode, as it was asked for."""
    if not START.fullmatch(value):
        raise invalid("Start (Expected: yyyy-MM-dd hh:mm)")
    return parse_time("Start", value)


def known_duration(value: str, model: str) -> Duration:
    """Return a duration that the model offers."""
    row = DURATIONS.get(number("Duration ID", value))
    if row is None or model not in row.models:
        raise invalid(f"Duration ID (not available for {model})")
    return row


def time_zone(value: str) -> str:
    """Return the name of a time zone."""
    if value not in available_timezones():
        raise invalid("Timezone")
    return value


def digits(name: str, value: str, count: int) -> str:
    """Return a number of so many digits, as it was written."""
    if not re.fullmatch(rf"[0-9]{{{count}}}", value):
        raise invalid(f"{name} (Expected: {count} digits)")
    return value


def email(value: str) -> str:
    """Return an e-mail address."""
    if not EMAIL.fullmatch(value):
        raise invalid("Client Email")
    return value


def message(value: str) -> str:
    """Return a message that may be sent with an invitation."""
    if not MESSAGE.fullmatch(value):
        raise invalid("Message (Expected: up to 500 of 0-9 A-Z _,-.())")
    return value


def active_periods(value: str) -> Periods:
    """Return active periods: all ten of them, each complete."""
    try:
        data = json.loads(value)
    except ValueError:
        raise invalid("Active Periods (Expected: JSON)") from None
    if not isinstance(data, dict) or sorted(data) != SLOTS:
        raise invalid('Active Periods (Expected: "0" to "9")')
    for name, slot in data.items():
        if not _is_slot(slot):
            raise invalid(f"Active Periods ({name})")
    return data


def _is_slot(slot: Any) -> bool:
    """Tell whether this is one complete active period."""
    return (
        isinstance(slot, dict)
        and set(slot) == SLOT_KEYS
        and all(
            isinstance(slot[key], str) and TIME.fullmatch(slot[key]) for key in ("starts", "ends")
        )
        and all(isinstance(slot[key], bool) for key in ("enabled", *WEEKDAYS))
    )
