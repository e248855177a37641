"""What a lock offers: its durations with their modes, lengths and rules. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
import re

from ..api import Duration, DurationDetails

LONGEST = timedelta(days=3653)
"""Longer durations are treated as invalid: within ten years no date overflows."""

FALLBACK_DURATIONS = tuple(
    Duration(
        duration_id=number,
        mode="standard",
        sub_mode="alltime",
        days=max(0, number - 11),
        hours=number + 1 if number < 12 else 0,
    )
    for number in range(19)
)
"""For models that `durations` refuses: the ids seen in use, for 1 to 12 hours and 1 to 7 days."""

_DIGITS = {"K3CONNECT": 6, "KL1060": 6, "KL1060C2": 7, "KL1060G3": 7}

EVERY_HOUR = tuple(time(hour) for hour in range(24))
MIDNIGHT = (time(0),)

_TIME_OF_DAY = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(:00)?", re.ASCII)
_NO_LETTER = re.compile(r"[\W_]")
_WORD = re.compile(r"[^\s,;|\[\]\"']+")

type Possible = str | timedelta | datetime | tuple[datetime, ...]
"""What is possible instead: a text, a length, or aware moments for the caller to format."""


class ImpossibleWindow(ValueError):  # noqa: N818 - reads as what was asked for
    """No window fits the request.

    `reason` is a stable key; `possible` says what would work:

    - `too_far`, `end_before_start`, `in_the_past`, `no_durations`: nothing
    - `mode_needed` (no standard code on offer), `mode_unknown`, `tight_standard_only`: `modes`
    - `duration_unknown`: `durations` (ids)
    - `restricted_start`: `starts` (moments on the day of the request)
    - `too_long`: `longest` (a length), `latest_end` (a moment)
    - `too_long_for_mode`: the same and the `modes` that are long enough
    - `not_tight`: `shortest` (a length)
    """

    def __init__(self, reason: str, **possible: Possible) -> None:
        """Keep the key and what is possible."""
        super().__init__(reason)
        self.reason = reason
        self.possible = possible


class CodeKind(IntEnum):
    """What a mode means, least surprising first; the API has no fixed names for modes."""

    STANDARD = 0
    SINGLE_USE = 1
    """Locks a guest out after one entry."""
    HOURS_24 = 2
    END_DATE = 3
    MEDIUM_RENTAL = 4
    """ACC: ends the running rental code, and has to be used within a day of its start."""
    LONG_RENTAL = 5
    """URM: ends the running rental code."""
    OTHER = 6


_KIND_BY_WORD = {
    CodeKind.MEDIUM_RENTAL: re.compile(r"medium|\bacc(mode)?\b"),
    CodeKind.LONG_RENTAL: re.compile(r"long|rental|\burm"),
    CodeKind.END_DATE: re.compile(r"\bend ?(date)?\b"),
    CodeKind.HOURS_24: re.compile(r"\b24"),
    CodeKind.SINGLE_USE: re.compile(r"single|\bone|\bonce"),
    CodeKind.STANDARD: re.compile(r"standard|multi"),
}
"""The first match in "mode sub-mode" decides: a single-use rental is a rental."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A duration of a lock model: its mode, its length and when it may start."""

    duration_id: int
    mode: str | None
    sub_mode: str | None
    kind: CodeKind
    days: int
    hours: int
    starts: tuple[time, ...]
    """Times of day on the lock's clock, ascending."""
    unread_rule: str | None = None
    """A rule on starts that could not be read, and so is not followed."""

    @property
    def length(self) -> timedelta:
        """Its length in wall time."""
        return timedelta(days=self.days, hours=self.hours)

    @property
    def usual_starts(self) -> tuple[time, ...]:
        """When it may start without a rule: days at midnight, hours on the hour."""
        return MIDNIGHT if self.days else EVERY_HOUR

    @property
    def label(self) -> str:
        """The name of its mode, as users see it."""
        return "/".join(filter(None, (self.mode, self.sub_mode))) or "standard"


def digits(lock_model: str) -> int | None:
    """Return how many digits a lock model's NetCodes have, None if unknown."""
    return _DIGITS.get(lock_model.upper())


@lru_cache(maxsize=64)
def kind_of(mode: str | None, sub_mode: str | None) -> CodeKind:
    """Return what a mode means, from the words in its name; no name means standard."""
    words = f"{mode or 'standard'} {sub_mode or ''}".lower().replace("_", " ")
    found = (kind for kind, pattern in _KIND_BY_WORD.items() if pattern.search(words))
    return next(found, CodeKind.OTHER)


def mode_key(name: str | None) -> str | None:
    """Return a mode's name for comparison: without case, spaces and punctuation."""
    return _NO_LETTER.sub("", name).casefold() if name else None


def mode_names(offers: Iterable[Offer]) -> str:
    """Return the modes of some offers, as users see them."""
    return ", ".join(sorted({offer.label for offer in offers}))


def days_and_hours(days: int | None, hours: int | None) -> tuple[int, int]:
    """Return a length as days and hours; some answers repeat the same length in both fields."""
    days, hours = max(days or 0, 0), max(hours or 0, 0)
    return (days, 0) if hours == days * 24 else (days, hours)


def on_offer(
    durations: Iterable[Duration], details: Mapping[int, DurationDetails]
) -> tuple[Offer, ...]:
    """Return the durations of known length; raises ImpossibleWindow if there are none."""
    rows = (_offer(row, details.get(row.duration_id, DurationDetails())) for row in durations)
    longest = LONGEST // timedelta(hours=1)
    offers = tuple(row for row in rows if 0 < row.days * 24 + row.hours <= longest)
    if not offers:
        raise ImpossibleWindow("no_durations")
    return offers


def _offer(row: Duration, details: DurationDetails) -> Offer:
    """Return a duration with its rules; an unknown length is zero days and hours."""
    mode, sub_mode = row.mode or details.mode.name, row.sub_mode or details.mode.sub_mode
    kind = kind_of(mode, sub_mode)
    known = row if row.days or row.hours else details.length
    days, hours = days_and_hours(known.days, known.hours)
    if kind is CodeKind.HOURS_24:  # Starts on any hour, even if its length says one day.
        days, hours = 0, days * 24 + hours or 24
    starts, unread_rule = _start_rule(details)
    return Offer(
        duration_id=row.duration_id,
        mode=mode,
        sub_mode=sub_mode,
        kind=kind,
        days=days,
        hours=hours,
        starts=starts or (MIDNIGHT if days else EVERY_HOUR),
        unread_rule=unread_rule,
    )


def _start_rule(details: DurationDetails) -> tuple[tuple[time, ...], str | None]:
    """Return the allowed times of day (empty: any), or the first rule that is unreadable.

    The format is undocumented; we read a time of day or a list of them.
    """
    starts: set[time] = set()
    for rule in details.rules:
        for word in _WORD.findall(rule.restricted_start_time or ""):
            if word.lower() == "midnight":
                starts.add(time(0))
            elif match := _TIME_OF_DAY.fullmatch(word):
                starts.add(time(int(match[1]), int(match[2])))
            else:
                return (), rule.restricted_start_time
    return tuple(sorted(starts)), None


def matching_offers(
    offers: tuple[Offer, ...], mode: str | None, sub_mode: str | None, duration_id: int | None
) -> tuple[Offer, ...]:
    """Return the offers that match a mode and id, by default the standard multi-use ones.

    If several kinds match, the least surprising one is taken. Raises ImpossibleWindow.
    """
    mode, sub_mode = mode_key(mode), mode_key(sub_mode)
    pool = [
        offer
        for offer in offers
        if mode in (None, mode_key(offer.mode or "standard"))
        and sub_mode in (None, mode_key(offer.sub_mode or "alltime"))
    ]
    if not pool:
        raise ImpossibleWindow("mode_unknown", modes=mode_names(offers))
    if duration_id is not None:
        ids = sorted({offer.duration_id for offer in pool})
        pool = [offer for offer in pool if offer.duration_id == duration_id]
        if not pool:
            raise ImpossibleWindow("duration_unknown", durations=", ".join(map(str, ids)))
    kind = min(offer.kind for offer in pool)
    if kind is not CodeKind.STANDARD and (mode, sub_mode, duration_id) == (None, None, None):
        raise ImpossibleWindow("mode_needed", modes=mode_names(pool))
    return tuple(offer for offer in pool if offer.kind is kind)
