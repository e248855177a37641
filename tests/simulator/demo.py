"""Worlds to start from: an empty one, a small stable one for tests, and a lively one to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from .locks import ACTIVE, ALWAYS, INVITED, SUSPENDED, WEEKDAYS, Lock, Periods
from .netcodes import KitLock
from .world import World

SMALL_NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
LOCK_1_ID = "06050408434e47533039303138303136"
LOCK_2_ID = "06040408434e47533039303539303230"
GUEST_EMAIL = "anna.berger@example.com"
SUSPENDED_EMAIL = "Cleaner@Example.com"
INVITED_EMAIL = "tom.keller@example.com"
STRANGER_EMAIL = "maria.rossi@example.com"  # registered, a client nowhere

OFFICE_HOURS: Periods = {
    key: {**slot, "starts": "08:00", "ends": "18:00", "sat": False, "sun": False}
    if key == "0"
    else slot
    for key, slot in ALWAYS.items()
}

DEMO_KITLOCKS = (
    KitLock(
        name="Bike shed",
        lock_model="KL1060C2",
        timecode="202603291005",
        identifier="451254",
        time_zone="Europe/London",
    ),
    KitLock(
        name="Pool lockers",
        lock_model="KL1060",
        timecode="202511161623",
        identifier="738291",
        time_zone="UTC",
    ),
)


def empty_world(*, seed: int = 1) -> World:
    """Return a world with an API key and an account, and nothing else."""
    return World(seed=seed)


def small_world(now: datetime = SMALL_NOW) -> World:
    """Return two locks in two zones, the first with three clients and five entries.

    `now` only dates the past; the clock is the real one, unless set.
    """
    world = World()
    world.register(GUEST_EMAIL, SUSPENDED_EMAIL, INVITED_EMAIL, STRANGER_EMAIL)
    front = world.add_lock(
        "Front door", lock_id=LOCK_1_ID, location="Main house", sms_id="FrontDoor1"
    )
    front.set_battery("FULL", now.date() - timedelta(days=1))
    front.add_client(GUEST_EMAIL, status=ACTIVE)
    front.add_client(SUSPENDED_EMAIL, status=SUSPENDED, periods=OFFICE_HOURS)
    front.add_client(INVITED_EMAIL, status=INVITED, access_type="ONE_TIME")
    lines = (
        (50, "Settings changed", "Auto-lock time set"),
        (26, "Unlock", "Opened by Anna Berger (phone)"),
        (5, "Access denied", "Invalid code"),
        (3, "NetCode", "Opened with NetCode"),
        (1, "Unlock", "Opened by Anna Berger (phone)"),
    )
    for hours, kind, text in lines:
        front.add_audit(text, entry_type=kind, at=now - timedelta(hours=hours))
    studio = world.add_lock(
        "Garden studio",
        lock_id=LOCK_2_ID,
        model="CL4510",
        time_zone="Europe/Berlin",
        battery="UNKNOWN",
    )
    studio.add_audit("Opened by Host (phone)", at=now - timedelta(hours=30))
    return world


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habit:
    """How a lock of the demo is used: entries a day by weekday, and a weight for each hour."""

    people: Sequence[str]
    weekdays: float
    weekends: float
    hours: Sequence[int]
    netcodes: float = 0.2  # share of openings


_HOME = [0] * 6 + [1, 6, 8, 4, 3, 3, 4, 3, 3, 4, 6, 9, 9, 6, 4, 3, 2, 1]
_OFFICE = [0] * 7 + [4, 10, 8, 4, 3, 6, 6, 4, 3, 4, 6, 3, 1, 0, 0, 0, 0]
_EVENING = [0] * 11 + [1, 2, 1, 0, 0, 1, 3, 6, 8, 7, 4, 2, 1]
_FAMILY = ("Anna Berger", "Jonas Berger", "Lena Hoffmann")
_STAFF = ("Priya Nair", "Marc Dubois", "Sophie Laurent", "Daniel Novak", "Ingrid Larsen")
_CREW = ("Coach Rivera", "Tom Keller", "Maria Rossi", "Yuki Tanaka")
_HABITS = (
    _Habit(people=_FAMILY, weekdays=8, weekends=11, hours=_HOME),
    _Habit(people=("Anna Berger", "Guest"), weekdays=2, weekends=5, hours=_HOME, netcodes=0.7),
    _Habit(people=_STAFF, weekdays=14, weekends=0.6, hours=_OFFICE, netcodes=0.1),
    _Habit(
        people=("Jonas Berger", "Sommelier"), weekdays=1, weekends=2, hours=_EVENING, netcodes=0.0
    ),
    _Habit(people=_CREW, weekdays=9, weekends=12, hours=_EVENING, netcodes=0.5),
)
_WEEKS = 6
_ODDITIES = (
    ("Access denied", "Invalid code"),
    ("Access denied", "Outside active period"),
    ("Settings changed", "Opening time set to 6 seconds"),
    ("Sync", "Lock synchronised"),
    ("Sync", "Clock set"),
    ("Unlock", "Opened with code 482913"),  # digits, to be masked
)


def demo_world(now: datetime | None = None, seed: int = 1) -> World:
    """Return five locks with six weeks of life behind them; stable for `now` and seed."""
    now = now or datetime.now(UTC)
    world = World(seed=seed)
    world.flags.anyone_registered = True
    world.kitlocks.extend(DEMO_KITLOCKS)
    locks = _demo_locks(world, now.date())
    _add_people(locks)
    lines = sorted(
        (at, number, kind, text)
        for number, (lock, habit) in enumerate(zip(locks, _HABITS, strict=True))
        for at, kind, text in _life(lock, habit, now, world.random)
    )
    for at, number, kind, text in lines:
        locks[number].add_audit(text, entry_type=kind, at=at)
    return world


def _demo_locks(world: World, today: date) -> list[Lock]:
    """Add five locks; the cellar's never reported, the locker room's runs low."""
    week = today - timedelta(days=6)
    yesterday = today - timedelta(days=1)
    return [
        world.add_lock(
            "Front door",
            firmware="1.2.4",
            location="Main house",
            sms_id="FRONT",
            battery_updated=yesterday,
        ),
        world.add_lock(
            "Garden studio",
            model="CL4510",
            firmware="1.0.2",
            location="Garden",
            sms_id="STUDIO",
            battery="64",
        ),
        world.add_lock(
            "Office", model="CL5520", firmware="2.1.0", location="First floor", battery_updated=week
        ),
        world.add_lock(
            "Wine cellar",
            model="CL4520",
            firmware="1.0.0",
            time_zone="Europe/Paris",
            location="",
            battery="UNKNOWN",
        ),
        world.add_lock(
            "Locker room", firmware="1.1.7", location="Club", battery="11", battery_updated=week
        ),
    ]


def _add_people(locks: Sequence[Lock]) -> None:
    """Give the locks clients in every state, and in one that no list of states has."""
    front, studio, office, _, lockers = locks
    front.add_client("anna.berger@example.com")
    front.add_client("jonas.berger@example.com")
    front.add_client("cleaner@example.com", status=SUSPENDED, periods=OFFICE_HOURS)
    studio.add_client("anna.berger@example.com")
    studio.add_client("guest.june@example.com", status=INVITED, access_type="ONE_TIME")
    for number, person in enumerate(_STAFF):
        email = f"{person.lower().replace(' ', '.')}@example.com"
        office.add_client(email, status=SUSPENDED if number == 3 else ACTIVE, periods=OFFICE_HOURS)
    lockers.add_client("coach.rivera@example.com")
    lockers.add_client("tom.keller@example.com", status=INVITED)
    lockers.add_client("yuki.tanaka@example.com", status="EXPIRED")


def _life(
    lock: Lock, habit: _Habit, now: datetime, random: Random
) -> list[tuple[datetime, str, str]]:
    """Make up what happened at a lock, on its own clock, until now."""
    lines = []
    today = now.astimezone(lock.zone).date()
    for day in (today - timedelta(days=back) for back in range(_WEEKS * 7, -1, -1)):
        rate = habit.weekends if day.weekday() >= WEEKDAYS.index("sat") else habit.weekdays
        for _ in range(_how_many(rate, random)):
            hour = random.choices(range(24), weights=habit.hours)[0]
            clock = time(hour, random.randrange(60), random.randrange(60), tzinfo=lock.zone)
            lines.append((datetime.combine(day, clock).astimezone(UTC), *_event(habit, random)))
    if lock.battery_updated:
        lines.append((now - timedelta(hours=20), "Battery", f"Battery {lock.battery.lower()}"))
    lines.append((now - timedelta(days=9), "Client added", f"Client added: {habit.people[0]}"))
    lines.append((now - timedelta(days=4), *_ODDITIES[-1]))
    return [line for line in lines if line[0] <= now]


def _how_many(rate: float, random: Random) -> int:
    """Draw a count around a rate: never far off, and 0 often enough when the rate is small."""
    return sum(random.random() < rate / 20 for _ in range(20))


def _event(habit: _Habit, random: Random) -> tuple[str, str]:
    """Make up one entry: type and text."""
    if random.random() < 0.08:
        return random.choice(_ODDITIES)
    if random.random() < habit.netcodes:
        return "NetCode", "Opened with NetCode"
    return "Unlock", f"Opened by {random.choice(habit.people)} (phone)"
