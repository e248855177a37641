"""The records of the Codelocks Connect API, as read and as sent. `reading` defines the parsing.

Times are as the cloud gives them: aware if they carry an offset, else naive in the lock's zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from functools import lru_cache
import json
import re
from typing import Any, ClassVar, Self

from mashumaro import field_options

from .reading import (
    Model,
    first,
    integer,
    named,
    normal,
    objects,
    parse_json,
    required,
    text,
    word,
)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAX_LOCKS = 1000
"""Most locks read per account."""
MAX_CLIENTS = 5000
"""Most smart-phone clients read per lock, over all pages: a lock holds a few hundred."""
MAX_ROWS = 1000
"""Most rows read of any other list."""
MAX_ACTIVE_PERIODS = 10
"""Slots of a client's active periods, "0" to "9" (v1 documentation, Add Smart Phone Client)."""

K3_LOCK_MODEL = "K3CONNECT"
INITIALISED_MODELS = ("KL1060", "KL1060C2", "KL1550")
"""The models that `init`, `durations` and `duration` take (v1 documentation)."""
LOCK_MODELS = ("KL1060", "KL1060C2", "KL1060G3", "KL1550", K3_LOCK_MODEL)
"""The values of `lockmodel` that `netcode` takes (v1 documentation)."""

MAX_EMAIL = 254
"""Longest e-mail address that can receive mail, in characters (RFC 5321)."""

_LOCK_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
_NETCODE = re.compile(r"[0-9]{4,16}", re.ASCII)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?", re.ASCII)


class Pool(StrEnum):
    """The two monthly pools of calls."""

    NETCODE = "netcode"
    UTILITY = "utility"


class AccessType(StrEnum):
    """For how long a smart-phone client is invited."""

    STANDARD = "STANDARD"
    ONE_TIME = "ONE_TIME"


class AuditOrder(StrEnum):
    """Which entries a page of the audit starts with."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Model):
    """A K3/C3 smart lock."""

    seen: ClassVar[frozenset[str]] = frozenset(
        {
            "lockdescription",
            "locksecondaryid",
            "locktimecode",
            "modeldisplay",
            "modelprovider",
            "optional",
            "programs",
            "utcbased",
        }
    )

    lock_id: str = field(metadata=field_options(alias="lockid"))
    name: str | None = named("LockName")
    battery_status: str | None = named("BatteryStatus")
    battery_updated: datetime | None = named("BatteryUpdated")
    manufacturer: str | None = None
    model: str | None = named("ModelName")
    firmware_version: str | None = named("FirmwareVersion")
    time_zone: str | None = named("Timezone")
    time_zone_offset: str | None = named("TimezoneOffset")
    dst_start: datetime | None = named("DstStart")
    dst_end: datetime | None = named("DstEnd")
    dst_time: str | None = named("DstTime")
    pairing_date: datetime | None = named("PairingDate")
    location: str | None = named("LockLocation")
    sms_id: str | None = named("LockSmsId")
    """What a guest texts to ask for a code (seen, not documented)."""

    def __post_init__(self) -> None:
        """Refuse an id that does not fit into a URL's path."""
        if not self.lock_id or not _LOCK_ID.fullmatch(self.lock_id):
            raise ValueError("no usable LockId")

    @property
    def battery_percent(self) -> int | None:
        """The battery in percent, where the lock reports a number."""
        percent = integer((self.battery_status or "").rstrip("% "))
        return percent if percent is not None and 0 <= percent <= 100 else None


@dataclass(frozen=True, slots=True)
class LockList:
    """The readable locks of an account, and whether every row of the answer was readable."""

    locks: tuple[Lock, ...]
    complete: bool
    left_out: int = 0
    """The number of rows beyond MAX_LOCKS, which are not read."""


def _check_email(email: str | None) -> None:
    """Refuse an address that cannot receive mail; raises ValueError."""
    if not email or len(email) > MAX_EMAIL:
        raise ValueError("no usable email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Model):
    """A K3 account."""

    email: str
    client_management: str | None = named("spccmstatus")
    """Whether smart-phone clients can be managed; its values are not documented."""

    def __post_init__(self) -> None:
        """Refuse an account without a usable e-mail address."""
        _check_email(self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivePeriod:
    """When, on which days of the week, a client may open a lock."""

    starts: time
    ends: time
    days: tuple[str, ...] = DAYS
    enabled: bool = True

    @classmethod
    def from_wire(cls, slot: Any) -> Self:
        """Read one slot; raises ValueError."""
        if not isinstance(slot, dict):
            raise ValueError("an active period is not an object")  # noqa: TRY004 - one error type
        slot = {normal(key): value for key, value in slot.items()}
        return cls(
            starts=_clock_time(slot.get("starts")),
            ends=_clock_time(slot.get("ends")),
            days=tuple(day for day in DAYS if _true(slot.get(day))),
            enabled=_true(slot.get("enabled")),
        )

    def to_wire(self) -> dict[str, object]:
        """Write one slot."""
        return dict(_wire(self))


@lru_cache(maxsize=1000)
def _wire(period: ActivePeriod) -> dict[str, object]:
    """Return a slot as the API takes it; cached: there may be 50,000, and most are the same."""
    return {
        "enabled": period.enabled,
        "starts": f"{period.starts:%H:%M}",
        "ends": f"{period.ends:%H:%M}",
    } | {day: day in period.days for day in DAYS}


@lru_cache(maxsize=1000)
def _shared(period: ActivePeriod) -> ActivePeriod:
    """Return the first of periods that are equal: most clients have one of a few."""
    return period


UNUSED_PERIOD = ActivePeriod(starts=time(0, 0), ends=time(23, 59), days=(), enabled=False)
ALWAYS = ActivePeriod(starts=time(0, 0), ends=time(23, 59))


def _clock_time(value: Any) -> time:
    """Return a time of day; raises ValueError."""
    if not (match := _TIME.fullmatch(text(value) or "")):
        raise ValueError("not a time of day")
    return time(int(match[1]), int(match[2]))


def _true(value: Any) -> bool:
    """Return a boolean that may come as a word or a number."""
    return value is True or (text(value) or "").lower() in ("true", "1")


def read_active_periods(value: Any) -> tuple[ActivePeriod, ...]:
    """Read the slots in use, from any of the API's forms.

    These are a JSON text, an object of slots, and a list of either objects of slots (documented)
    or slots. An unreadable slot is left out, and so is a whole text that is not JSON.
    """
    if isinstance(value, str):
        try:
            value = parse_json(value)
        except ValueError:
            return ()
    slots: list[Any] = []
    for part in objects(value)[:MAX_ACTIVE_PERIODS]:
        slots += [part] if "starts" in map(normal, part) else objects([*part.values()])
    periods = []
    for slot in slots[:MAX_ACTIVE_PERIODS]:
        try:
            period = ActivePeriod.from_wire(slot)
        except ValueError:
            continue
        if period.enabled:
            periods.append(_shared(period))
    return tuple(periods)


def write_active_periods(periods: Iterable[ActivePeriod]) -> str:
    """Write periods as the API's JSON: all ten slots, those without a period disabled."""
    used = tuple(periods)
    if not 0 < len(used) <= MAX_ACTIVE_PERIODS:
        raise ValueError(f"1 to {MAX_ACTIVE_PERIODS} active periods, not {len(used)}")
    slots = used + (UNUSED_PERIOD,) * (MAX_ACTIVE_PERIODS - len(used))
    return json.dumps({str(number): slot.to_wire() for number, slot in enumerate(slots)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Model):
    """A smart-phone client of a lock."""

    seen: ClassVar[frozenset[str]] = frozenset({"lockid"})

    email: str
    status: str | None = field(default=None, metadata=field_options(deserialize=word))
    access_type: str | None = field(
        default=None, metadata=field_options(alias="accesstype", deserialize=word)
    )
    active_periods: tuple[ActivePeriod, ...] = field(
        default=(),
        metadata=field_options(
            alias="activeperiods",
            deserialize=read_active_periods,
            serialize=lambda periods: [period.to_wire() for period in periods],
        ),
    )

    def __post_init__(self) -> None:
        """Refuse a client without a usable e-mail address."""
        _check_email(self.email)

    @property
    def active(self) -> bool | None:
        """Whether the client may open the lock; None if its status does not say."""
        status = (self.status or "").lower()
        if status in ("active", "accepted"):
            return True
        return False if status == "suspended" else None

    @property
    def invited(self) -> bool:
        """Whether the client has not accepted the invitation yet."""
        return (self.status or "").lower() == "invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteResult(Model):
    """The answer to adding or changing a client."""

    result: str | None = None
    lock_id: str | None = named("lockid")
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(Model):
    """A line of a lock's audit. None of its fields has a documented set of values."""

    entry_id: int | None = named("AuditEntryID")
    lock_id: str | None = named("LockID")
    time: datetime | None = named("DateEntered")
    entry_type: str | None = named("EntryType")
    text: str | None = named("EntryText")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode(Model):
    """A mode that a lock model offers."""

    mode: str
    sub_mode: str | None = named("SubMode")
    lock_models: str | None = named("LockModels")

    def __post_init__(self) -> None:
        """Refuse a mode without a name."""
        required(self.mode, "Mode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Model):
    """A duration that a lock model offers, by the id that `netcode` takes."""

    duration_id: int = field(metadata=field_options(alias="durationid"))
    mode: str | None = None
    sub_mode: str | None = named("SubMode")
    days: int | None = named("DurationDays")
    hours: int | None = named("DurationHours")
    lock_models: str | None = named("LockModels")

    def __post_init__(self) -> None:
        """Refuse a duration without an id: it could not be requested."""
        required(self.duration_id, "DurationID")


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationRule(Model):
    """A rule of a duration; neither the meaning nor the values are documented."""

    apply_dst: int | None = named("ApplyDST")
    convert_to_utc: int | None = named("ConvertToUTC")
    restricted_start_time: str | None = named("RestrictedStartTime")


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationLength(Model):
    """How long a duration is."""

    days: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationMode(Model):
    """The mode of a duration."""

    name: str | None = None
    sub_mode: str | None = named("SubMode")


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationDetails(Model):
    """One duration with its rules."""

    duration_id: int | None = named("DurationID")
    lock_model: str | None = named("LockModel")
    length: DurationLength = field(
        default=DurationLength(),
        metadata=field_options(
            alias="duration", deserialize=lambda value: DurationLength.from_dict(first(value))
        ),
    )
    mode: DurationMode = field(
        default=DurationMode(),
        metadata=field_options(deserialize=lambda value: DurationMode.from_dict(first(value))),
    )
    rules: tuple[DurationRule, ...] = field(
        default=(),
        metadata=field_options(
            deserialize=lambda value: tuple(
                DurationRule.from_dict(row) for row in objects(value)[:MAX_ROWS]
            )
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Netcode(Model):
    """A NetCode and the window that the API gives for it, in the lock's own clock.

    Version 3 was seen to leave out the start, and to tell `Expires` instead.
    """

    seen: ClassVar[frozenset[str]] = frozenset({"resultstatus", "startdata"})

    netcode: str = field(repr=False, metadata=field_options(alias="actualnetcode"))
    start: datetime | None = named("Startdate")
    hours: int | None = named("DurationHours")
    days: int | None = named("DurationDays")
    mode: str | None = None
    sub_mode: str | None = named("SubMode")
    expires: datetime | None = None
    """Its time zone is unknown."""
    time_code: str | None = field(
        default=None, repr=False, metadata=field_options(alias="timecode")
    )
    """Of the KitLock, spelled `202604221226` or, in version 3, `2026/04/22/12:26`."""
    lock_id: str | None = field(default=None, repr=False, metadata=field_options(alias="lockid"))
    """A K3 lock's id; for a KitLock its time code, and in version 3 six digits."""

    def __post_init__(self) -> None:
        """Refuse a code that no keypad can take."""
        if not self.netcode or not _NETCODE.fullmatch(self.netcode):
            raise ValueError("no usable ActualNetcode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialisation(Model):
    """The sequence that makes a KitLock accept NetCodes; it must be typed at once."""

    sequence: str = field(repr=False, metadata=field_options(alias="initseq"))
    sequence_format: str | None = named("InitSeqFormat")
    format_description: str | None = named("InitSeqFormatDesc")
    time_code: str | None = field(
        default=None, repr=False, metadata=field_options(alias="timecode")
    )
    default_master_code: str | None = field(
        default=None, repr=False, metadata=field_options(alias="defaultmastercode")
    )

    def __post_init__(self) -> None:
        """Refuse an answer with nothing to type."""
        required(self.sequence, "InitSeq")
