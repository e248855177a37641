"""What a lock offers: its durations with their modes and rules, made usable. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import IntEnum
import re

from ..api import Duration, DurationDetails

LONGEST = timedelta(days=3653)
"""Longer durations are taken for garbage: ten years, so that no date overflows."""

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
"""For models that `durations` refuses, the ids seen in the wild: 1 to 12 hours, 1 to 7 days."""

_DIGITS = {"K3CONNECT": 6, "KL1060": 6, "KL1060C2": 7, "KL1060G3": 7}

EVERY_HOUR = tuple(time(hour) for hour in range(24))
MIDNIGHT = (time(0),)

_TIME_OF_DAY = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(:00)?", re.ASCII)
_NO_LETTER = re.compile(r"[\W_]")
_WORD = re.compile(r"[^\s,;|\[\]\"']+")


class ImpossibleWindow(ValueError):  # noqa: N818 - names what is refused, as its callers say it
    """No window fits the wish.

    `reason` is a stable key; `placeholders` are texts that say what is possible instead:

    - `too_far`, `end_before_start`, `in_the_past`, `no_durations`: none
    - `mode_needed` (nothing standard on offer), `mode_unknown`, `tight_standard_only`: `modes`
    - `duration_unknown`: `durations` (ids)
    - `restricted_start`: `starts` (times of day in the lock's clock)
    - `too_long`: `longest` (hours), `latest_end` (ISO, with offset)
    - `too_long_for_mode`: the same and `modes`, those that could serve
    - `not_tight`: `shortest` (hours)
    """

    def __init__(self, reason: str, **placeholders: str) -> None:
        """Keep the key and what is possible."""
        super().__init__(reason)
        self.reason = reason
        self.placeholders = placeholders


class CodeKind(IntEnum):
    """What a mode means, from the one that surprises least; the API has no fixed names for them."""

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
"""The first that is found in "mode sub-mode" decides: a single-use rental is a rental."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A duration of a lock model: what it is called, how long it is and when it may start."""

    duration_id: int
    mode: str | None
    sub_mode: str | None
    kind: CodeKind
    days: int
    hours: int
    starts: tuple[time, ...]
    """The times of day of the lock's clock, ascending."""
    unread_rule: str | None = None
    """A rule on starts that could not be read, and so is not followed."""

    @property
    def length(self) -> timedelta:
        """How long it is on the wall."""
        return timedelta(days=self.days, hours=self.hours)

    @property
    def usual_starts(self) -> tuple[time, ...]:
        """When it may start if no rule says otherwise: days at midnight, hours on the hour."""
        return MIDNIGHT if self.days else EVERY_HOUR

    @property
    def label(self) -> str:
        """Its mode, to be shown."""
        return "/".join(filter(None, (self.mode, self.sub_mode))) or "standard"


def digits(lock_model: str) -> int | None:
    """Return how many digits a lock model's NetCodes have, where that is known."""
    return _DIGITS.get(lock_model.upper())


def kind_of(mode: str | None, sub_mode: str | None) -> CodeKind:
    """Return what a mode means by the words in its name; one without a name is standard."""
    words = f"{mode or 'standard'} {sub_mode or ''}".lower().replace("_", " ")
    found = (kind for kind, pattern in _KIND_BY_WORD.items() if pattern.search(words))
    return next(found, CodeKind.OTHER)


def mode_key(name: str | None) -> str | None:
    """Return a mode's name as it is compared: without case, spaces and signs."""
    return _NO_LETTER.sub("", name).casefold() if name else None


def labels(offers: Iterable[Offer]) -> str:
    """Return the modes of some offers, to be shown."""
    return ", ".join(sorted({offer.label for offer in offers}))


def days_and_hours(days: int | None, hours: int | None) -> tuple[int, int]:
    """Return a length in days and hours; some answers give the same length in both."""
    days, hours = max(days or 0, 0), max(hours or 0, 0)
    return (days, 0) if hours == days * 24 else (days, hours)


def on_offer(
    durations: Iterable[Duration], details: Mapping[int, DurationDetails]
) -> tuple[Offer, ...]:
    """Return the durations whose length is known; raises ImpossibleWindow if there are none."""
    rows = (_offer(row, details.get(row.duration_id, DurationDetails())) for row in durations)
    longest = LONGEST // timedelta(hours=1)
    offers = tuple(row for row in rows if 0 < row.days * 24 + row.hours <= longest)
    if not offers:
        raise ImpossibleWindow("no_durations")
    return offers


def _offer(row: Duration, details: DurationDetails) -> Offer:
    """Return a duration with its rules; one of unknown length has zero days and hours."""
    mode, sub_mode = row.mode or details.mode.name, row.sub_mode or details.mode.sub_mode
    kind = kind_of(mode, sub_mode)
    known = row if row.days or row.hours else details.length
    days, hours = days_and_hours(known.days, known.hours)
    if kind is CodeKind.HOURS_24:  # Starts on any hour, also where its length is called one day.
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
    """Return the times of day that the rules allow as a start (empty: any), or a rule unread.

    The format is not documented: times of day are understood, alone or as a list.
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


def asked_for(
    offers: tuple[Offer, ...], mode: str | None, sub_mode: str | None, duration_id: int | None
) -> tuple[Offer, ...]:
    """Return the offers of the kind that is asked for, by default standard multi-use.

    Where the question leaves several kinds open, the one that surprises least is meant.
    Raises ImpossibleWindow.
    """
    mode, sub_mode = mode_key(mode), mode_key(sub_mode)
    pool = [
        offer
        for offer in offers
        if mode in (None, mode_key(offer.mode or "standard"))
        and sub_mode in (None, mode_key(offer.sub_mode or "alltime"))
    ]
    if not pool:
        raise ImpossibleWindow("mode_unknown", modes=labels(offers))
    if duration_id is not None:
        ids = sorted({offer.duration_id for offer in pool})
        pool = [offer for offer in pool if offer.duration_id == duration_id]
        if not pool:
            raise ImpossibleWindow("duration_unknown", durations=", ".join(map(str, ids)))
    kind = min(offer.kind for offer in pool)
    if kind is not CodeKind.STANDARD and (mode, sub_mode, duration_id) == (None, None, None):
        raise ImpossibleWindow("mode_needed", modes=labels(pool))
    return tuple(offer for offer in pool if offer.kind is kind)
