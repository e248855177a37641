"""NetCodes: equal requests, equal codes. The real algorithm is neither known here nor needed."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from .answers import Json
from .tables import DEFAULT_MASTERCODE, DIGITS, SAME_ALGORITHM, UTILITY_MODELS, Duration

INIT_FORMATS = {
    "KL1060": "#Master . 20 . YYMMDDHHmm . Identifier ..",
    "KL1060C2": "#Master . 20 . YYMMDDHHmm . Group ID + Member ID ..",
    "KL1550": "#Master . 20 . YYMMDDHHmm . Identifier ..",
}


def compute_netcode(
    lock_id: str, identifier: str, lock_model: str, start: datetime, duration: int
) -> str:
    """Return the code, leading zeros and all; `start` is the (floored) wall clock."""
    family = SAME_ALGORITHM.get(lock_model, lock_model)
    seed = f"{lock_id}|{identifier}|{family}|{start:%Y-%m-%d %H:%M}|{duration}"
    digits = DIGITS[lock_model]
    return f"{int(sha256(seed.encode()).hexdigest(), 16) % 10**digits:0{digits}d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLock:
    """A KitLock that was initialised: what its codes are computed from."""

    name: str = ""
    lock_model: str
    timecode: str
    identifier: str
    time_zone: str = ""

    def netcode(self, start: datetime, duration: int) -> str:
        """Return the code that opens this lock; `start` is a wall clock time of the lock."""
        return compute_netcode(self.timecode, self.identifier, self.lock_model, start, duration)


def floor_to_hour(start: datetime) -> datetime:
    """Drop the minutes, as was seen: 14:22 becomes 14:00."""
    return start.replace(minute=0)


def netcode_record(
    lock_id: str, code: str, start: datetime, duration: Duration, *, hours_of_days: bool
) -> dict[str, Json]:
    """Spell a NetCode as it was recorded for K3; a KitLock's time code stands in both id fields."""
    hours = int(duration.length / timedelta(hours=1)) if hours_of_days else duration.hours
    return {
        "Startdate": start.isoformat(),
        "DurationHours": hours,
        "DurationDays": duration.days,
        "Mode": duration.mode,
        "SubMode": duration.sub_mode,
        "Timecode": lock_id if len(lock_id) == 12 else None,
        "ActualNetcode": code,
        "Resultstatus": None,
        "LockId": lock_id,
    }


def netcode_record_3(
    lock_id: str, identifier: str, code: str, start: datetime, duration: Duration
) -> dict[str, Json]:
    """Spell a NetCode as version 3 was seen to for a KitLock; for K3 locks it is invented.

    `Expires` is on the lock's clock here; what it really is on is not known.
    """
    is_kitlock = len(lock_id) == 12
    return {
        "ActualNetcode": code,
        "DurationDays": duration.days,
        "DurationHours": duration.hours,
        "Mode": duration.mode,
        "SubMode": duration.sub_mode,
        "Timecode": f"{parse_timecode(lock_id):%Y/%m/%d/%H:%M}" if is_kitlock else None,
        "LockID": identifier if is_kitlock else lock_id,
        "Expires": f"{start + duration.length:%Y-%m-%d %H:%M:%S}",
    }


def parse_timecode(timecode: str) -> datetime:
    """Read the 12 digits of a time code."""
    return datetime.strptime(timecode, "%Y%m%d%H%M")  # noqa: DTZ007 - a wall clock's


def start_data(original: str, start: datetime, zone: str) -> dict[str, Json]:
    """Spell the documented Startdata."""
    return {
        "datetime": {
            "date": f"{start:%Y-%m-%d %H:%M:%S}.000000",
            "timezone_type": "3",
            "timezone": zone,
        },
        "original": original,
        "date_ymd": f"{start:%Y-%m-%d}",
        "date_dmy": f"{start:%d-%m-%Y}",
        "date_mdy": f"{start:%m-%d-%Y}",
        "time_his": f"{start:%H:%M:%S}",
        "time_hi": f"{start:%H:%M}",
        "time_h": f"{start:%H}",
        "timezone": zone,
    }


def init_record(model: str, master: str, identifier: str, now: datetime) -> dict[str, Json]:
    """Spell an initialisation sequence; always in UTC. A dot is a wait for the blue flash."""
    utc = now.astimezone(UTC)
    return {
        "DefaultMastercode": DEFAULT_MASTERCODE,
        "InitSeqFormat": INIT_FORMATS[model],
        "InitSeqFormatDesc": "# then the master code, 20, the date and time in UTC, the identifier."
        " Wait for the blue flash at each dot.",
        "InitSeq": f"#{master} . 20 . {utc:%y%m%d%H%M} . {identifier} ..",
        "TimeCode": f"{utc:%Y%m%d%H%M}",
    }


def duration_record(row: Duration, id_key: str) -> dict[str, Json]:
    """Spell a row of `durations`."""
    return {
        id_key: row.id,
        "Mode": row.mode,
        "SubMode": row.sub_mode,
        "DurationDays": row.days,
        "DurationHours": row.hours,
        "LockModels": _models(row.models),
    }


def _models(names: AbstractSet[str]) -> str:
    """List the models that these methods are documented for."""
    return ",".join(sorted(names & set(UTILITY_MODELS)))


def mode_records(rows: list[Duration]) -> list[dict[str, Json]]:
    """Spell the unique modes of some durations."""
    models: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        models.setdefault((row.mode, row.sub_mode), set()).update(row.models)
    return [
        {"Mode": mode, "SubMode": sub_mode, "LockModels": _models(names)}
        for (mode, sub_mode), names in models.items()
    ]


def rule_record(row: Duration, model: str) -> dict[str, Json]:
    """Spell one duration with its rules; those of the long rental are invented, not to be all 0."""
    special = int(row.sub_mode == "urm")
    return {
        "LockModel": model,
        "DurationID": row.id,
        "Rules": [
            {
                "ApplyDST": special,
                "ConvertToUTC": special,
                "RestrictedStartTime": row.restricted_start,
            }
        ],
        "Duration": [{"Days": row.days, "Hours": row.hours}],
        "Mode": [{"Name": row.mode, "SubMode": row.sub_mode}],
    }
