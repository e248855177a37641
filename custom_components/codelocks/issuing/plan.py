"""Planning: from a request to the windows of the codes that serve it, before any NetCode call."""

from datetime import datetime, timedelta, tzinfo

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..api import INITIALISED_MODELS, DurationDetails
from ..const import DEFAULT_DURATION
from ..errors import api_errors, invalid, translated
from ..localize import moment_words
from ..netcode.clocks import utc
from ..netcode.durations import ImpossibleWindow, Possible
from ..netcode.windows import DAY, HOUR, Window, WindowRequest, check_times, plan
from .catalogue import async_get_durations, async_get_rules
from .netcode_lock import NetcodeLock

_STATED_IN_HOURS = {"too_long": "too_long_hours", "too_long_for_mode": "too_long_for_mode_hours"}
"""People say "7 days" but "12 h": each unit has a text of its own."""


class WindowRefusedError(ServiceValidationError):
    """No window fits a request. The text has times in the lock's zone."""

    def __init__(self, hass: HomeAssistant, refusal: ImpossibleWindow, zone: tzinfo) -> None:
        """Format what is possible instead; `latest_end` stays a moment for other texts."""
        self.reason = refusal.reason
        latest_end = refusal.possible.get("latest_end")
        self.latest_end = latest_end.astimezone(zone) if isinstance(latest_end, datetime) else None
        key = self.reason
        if "longest" in refusal.possible and not _in_days(refusal.possible["longest"]):
            key = _STATED_IN_HOURS[key]
        texts = {name: _text(hass, value, zone) for name, value in refusal.possible.items()}
        if self.latest_end:
            texts["latest_at"] = self.latest_end.isoformat()  # for the page's button
        super().__init__(**translated(key, **texts))


def _in_days(value: Possible) -> bool:
    """Return whether people state a length in days: whole days, from two on."""
    return isinstance(value, timedelta) and value > DAY and not value % DAY


def _text(hass: HomeAssistant, value: Possible, zone: tzinfo) -> str:
    """Return a value as text: a length as a number of days or hours, moments in a zone."""
    match value:
        case timedelta():
            return str(value // (DAY if _in_days(value) else HOUR))
        case datetime():
            return moment_words(hass, value, zone)
        case tuple():
            return ", ".join(sorted(f"{moment.astimezone(zone):%H:%M}" for moment in value))
    return value


def requested_times(
    start: datetime | None, end: datetime | None, duration: timedelta | None
) -> tuple[datetime, datetime]:
    """Return start and end of a request: by default from now and for an hour."""
    if end is not None and duration is not None:
        raise invalid("duration_and_end")
    try:
        start = dt_util.as_local(start or dt_util.now())
        if end is None:
            end = dt_util.as_utc(start) + (DEFAULT_DURATION if duration is None else duration)
        return start, dt_util.as_local(end)
    except OverflowError:  # beyond the ends of the calendar
        raise invalid("too_far") from None


async def async_plan(
    hass: HomeAssistant, entry: CodelocksConfigEntry, lock: NetcodeLock, request: WindowRequest
) -> tuple[Window, ...]:
    """Return the windows of the codes that serve a request; makes no NetCode call.

    The rules of a duration are read when a plan first uses it, and may change the plan.
    """
    data, now = entry.runtime_data, dt_util.utcnow()
    details: dict[int, DurationDetails] = {}
    try:
        check_times(request, now)
        with api_errors(hass, entry):
            durations = await async_get_durations(data, lock.model)
        while True:
            windows = plan(request, durations, lock.clock, now, details)
            # Codes of a chain that are over already are not worth a call.
            windows = tuple(window for window in windows if utc(window.end) > now)
            unknown = {window.duration_id for window in windows} - details.keys()
            if not unknown or lock.model not in INITIALISED_MODELS:
                return windows
            with api_errors(hass, entry):
                for duration_id in sorted(unknown):
                    details[duration_id] = await async_get_rules(data, lock.model, duration_id)
    except ImpossibleWindow as err:
        raise WindowRefusedError(hass, err, lock.zone) from err
