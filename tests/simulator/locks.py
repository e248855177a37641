"""K3 locks with their audit and smart-phone clients."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from .answers import Json

INVITED = "INVITED"
ACTIVE = "ACTIVE"
SUSPENDED = "SUSPENDED"
NEVER = "1970-01-01T00:00:00"
LOW_CHARGE = 20

type Periods = Mapping[str, Mapping[str, bool | str]]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _slot(*, enabled: bool) -> Mapping[str, bool | str]:
    """Return an active period of whole days, or one that is not used."""
    slot: dict[str, bool | str] = {"enabled": enabled, "starts": "00:00", "ends": "23:59"}
    slot.update(dict.fromkeys(WEEKDAYS, enabled))
    return slot


ALWAYS: Periods = {str(number): _slot(enabled=number == 0) for number in range(10)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of a lock's audit; `at` is aware."""

    id: int
    at: datetime
    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Somebody who may open a lock by phone."""

    email: str
    status: str = INVITED
    access_type: str = "STANDARD"
    periods: Periods = field(default_factory=lambda: ALWAYS)


@lru_cache
def clock_changes(zone: str, year: int) -> tuple[date, date] | None:
    """Return the days on which summer time starts and ends in a year, or None."""
    info = ZoneInfo(zone)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(-1, 366)]
    noons = [datetime.combine(day, time(12), info).utcoffset() or timedelta() for day in days]
    moves = [
        (after - before, day)
        for (before, after), day in zip(pairwise(noons), days[1:], strict=True)
    ]
    starts = [day for move, day in moves if move > timedelta()]
    ends = [day for move, day in moves if move < timedelta()]
    return (starts[0], ends[0]) if starts and ends else None


def midnight(day: date) -> str:
    """Spell a day as the cloud does: naive, at midnight."""
    return f"{day.isoformat()}T00:00:00"


@dataclass(slots=True, kw_only=True, eq=False)
class Lock:
    """A K3 lock as the cloud knows it, and (`pending`) what only the lock itself knows yet."""

    id: str
    name: str
    now: Callable[[], datetime]
    next_id: Callable[[], int]
    model: str = "CL5510"
    firmware: str = "1.0.2"
    time_zone: str = "Europe/London"  # empty: the cloud has none
    location: str = ""
    sms_id: str = ""
    paired: date = date(2024, 3, 1)
    battery: str = "FULL"
    charge: float = 100
    fade_per_day: float = 0.3
    battery_updated: date | None = None
    audit: list[AuditEntry] = field(default_factory=list)
    pending: list[AuditEntry] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give the battery a charge and a date that fit its status."""
        self.set_battery(self.battery, self.battery_updated)

    @property
    def zone(self) -> tzinfo:
        """The zone of the lock's clock."""
        return ZoneInfo(self.time_zone) if self.time_zone else UTC

    def local(self, at: datetime | None = None) -> datetime:
        """Return an instant (now) on the lock's clock."""
        return (at or self.now()).astimezone(self.zone)

    def add_audit(
        self,
        text: str,
        *,
        entry_type: str = "Unlock",
        at: datetime | None = None,
        pending: bool = False,
    ) -> AuditEntry:
        """Add an entry: to the audit, or (`pending`) to the lock's own memory until `sync`."""
        entry = AuditEntry(
            id=0 if pending else self.next_id(), at=at or self.now(), type=entry_type, text=text
        )
        (self.pending if pending else self.audit).append(entry)
        return entry

    def sync(self) -> list[AuditEntry]:
        """Upload what is pending, as a phone near the lock does; ids are given on arrival."""
        batch = [replace(entry, id=self.next_id()) for entry in self.pending]
        self.pending.clear()
        self.audit.extend(batch)
        return batch

    def add_client(
        self,
        email: str,
        *,
        status: str = ACTIVE,
        access_type: str = "STANDARD",
        periods: Periods = ALWAYS,
    ) -> Client:
        """Put a client on the lock, or replace them; writes no audit entry."""
        client = Client(email=email, status=status, access_type=access_type, periods=periods)
        self.clients[email.casefold()] = client
        return client

    def client(self, email: str) -> Client | None:
        """Find a client by e-mail, whatever its case."""
        return self.clients.get(email.casefold())

    def change_client(
        self, email: str, *, status: str | None = None, periods: Periods | None = None
    ) -> None:
        """Change what is given of a client who exists."""
        old = self.clients[email.casefold()]
        self.clients[email.casefold()] = replace(
            old, status=status or old.status, periods=periods or old.periods
        )

    def accept_client(self, email: str) -> None:
        """Let somebody accept the invitation."""
        self.change_client(email, status=ACTIVE)
        self.add_audit(f"Invitation accepted by {email}", entry_type="Client")

    def set_battery(self, status: str, updated: date | None = None) -> None:
        """Let the lock report a battery: a word, or percent as a numeric string."""
        self.battery = status
        if status.isdecimal():
            self.charge = float(status)
        elif status != "UNKNOWN":
            self.charge = LOW_CHARGE / 2 if status == "LOW" else 100
        self.battery_updated = None if status == "UNKNOWN" else updated or self.local().date()

    def fade(self, span: timedelta) -> None:
        """Drain the battery; a lock that never reported stays silent."""
        self.charge = max(0.0, self.charge - self.fade_per_day * (span / timedelta(days=1)))
        if self.battery.isdecimal():
            self.battery = str(round(self.charge))
        elif self.battery == "FULL" and self.charge < LOW_CHARGE:
            self.battery = "LOW"
        if self.battery != "UNKNOWN":
            self.battery_updated = self.local().date()


def lock_record(lock: Lock, *, single: bool, undocumented: bool) -> dict[str, Json]:
    """Spell a lock; the location is documented for the single one only."""
    local = lock.local()
    changes = clock_changes(lock.time_zone, local.year) if lock.time_zone else None
    record: dict[str, Json] = {
        "LockId": lock.id,
        "LockName": lock.name,
        "BatteryStatus": lock.battery,
        "BatteryUpdated": midnight(lock.battery_updated) if lock.battery_updated else NEVER,
        "Manufacturer": "CODELOCKS",
        "ModelName": lock.model,
        "FirmwareVersion": lock.firmware,
        "Timezone": lock.time_zone,
        "TimezoneOffset": local.strftime("%z") if lock.time_zone else "",
        "DstStart": midnight(changes[0]) if changes else NEVER,
        "DstEnd": midnight(changes[1]) if changes else NEVER,
        "DstTime": "01:00" if changes else "00:00",
        "PairingDate": midnight(lock.paired),
    }
    if undocumented:
        record |= _undocumented(lock)
    if single:
        record["LockLocation"] = lock.location
    return record


def _undocumented(lock: Lock) -> dict[str, Json]:
    """Spell the fields that were seen but are documented nowhere; their contents are invented."""
    return {
        "LockDescription": "",
        "LockSecondaryId": None,
        "LockTimecode": None,
        "LockSmsId": lock.sms_id,
        "UtcBased": "0",
        "Optional": None,
        "Programs": None,
        "ModelProvider": "K3CONNECT",
        "ModelDisplay": f"{lock.model} Smart Lock",
    }


def audit_record(lock: Lock, entry: AuditEntry) -> dict[str, Json]:
    """Spell an audit entry: its time is the lock's clock, without offset."""
    at = lock.local(entry.at).replace(tzinfo=None)
    return {
        "AuditEntryID": entry.id,
        "LockID": lock.id,
        "DateEntered": at.isoformat(timespec="seconds"),
        "EntryType": entry.type,
        "EntryText": entry.text,
    }


def client_record(lock: Lock, client: Client) -> dict[str, Json]:
    """Spell a client; the active periods are one object in a list."""
    return {
        "email": client.email,
        "lockid": lock.id,
        "status": client.status,
        "accesstype": client.access_type,
        "activeperiods": [client.periods],
    }
