"""Worlds of locks: when news of each arrives in the cloud, and how often it should.

Times are hours since the start, a Monday at 00:00. Each world is made from a seed, for a number
of locks, and knows its own rates, which the best plan is given.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp
from random import Random

WEEK = 168
DAY = 24
MEAN = 0.25
"""Entries per hour of a usual lock: six a day."""
PROMPT = 0.1
LATE = 8.0
"""Hours from entry to upload, on average."""


@dataclass
class Lock:
    """A lock's habits: entries per hour for each hour of the week, and periods that differ."""

    rates: list[float]
    quiet: tuple[float, float] = (0, 0)
    """From when to when (hours) there are fewer entries..."""
    left: float = 1
    """...namely this share of them."""
    arrivals: list[float] = field(default_factory=list)
    """When entries reached the cloud, earliest first..."""
    happened: list[float] = field(default_factory=list)
    """...and when each had happened at the lock."""

    def rates_at(self, hour: float) -> list[float]:
        """Return the rates at this time."""
        if self.quiet[0] <= hour < self.quiet[1]:
            return [rate * self.left for rate in self.rates]
        return self.rates


type World = list[Lock]


def _habits(random: Random) -> list[float]:
    """Return a week of somebody: two busy times a day, quiet nights, good days and bad."""
    peaks = [(random.gauss(8.5, 1.5), 1.5), (random.gauss(18, 2.5), 2.5)]
    heights = [random.uniform(0.3, 1), random.uniform(0.3, 1)]
    days = [random.lognormvariate(0, 0.3) for _ in range(5)]
    days += [random.lognormvariate(-0.3, 0.8) for _ in range(2)]
    shape = [
        days[hour // DAY]
        * (
            0.03
            + sum(
                height * exp(-(((hour % DAY + 0.5 - peak) / width) ** 2) / 2)
                for height, (peak, width) in zip(heights, peaks, strict=True)
            )
        )
        for hour in range(WEEK)
    ]
    mean = sum(shape) / WEEK
    return [part / mean for part in shape]


def _happenings(random: Random, lock: Lock, hours: int, size: float) -> list[float]:
    """Return the times of a Poisson process at the lock's rates, thinned by the size of each."""
    times = []
    for hour in range(hours):
        rate = lock.rates_at(hour)[hour % WEEK] / size
        at = random.expovariate(rate) if rate else 1.0
        while at < 1:
            times.append(hour + at)
            at += random.expovariate(rate)
    return times


def _group(random: Random, mean: float) -> int:
    """Draw a geometrically distributed size with this mean."""
    size = 1
    while random.random() > 1 / mean:
        size += 1
    return size


def even(random: Random, locks: int, hours: int) -> World:
    """Make every lock and every hour alike."""
    world = [Lock([MEAN] * WEEK) for _ in range(locks)]
    for lock in world:
        lock.arrivals = _happenings(random, lock, hours, 1)
    return _happened(random, world, PROMPT)


def _people(random: Random, locks: int) -> World:
    return [
        Lock([MEAN * level * part for part in _habits(random)])
        for level in (random.lognormvariate(0, 1) for _ in range(locks))
    ]


def _in_bursts(random: Random, world: World, hours: int) -> World:
    """Let three entries come at a time, in the same twenty minutes, uploaded at once."""
    for lock in world:
        lock.arrivals = sorted(
            at + (random.expovariate(3) if index else 0)
            for at in _happenings(random, lock, hours, 3)
            for index in range(_group(random, 3))
        )
    return _happened(random, world, PROMPT)


def _happened(random: Random, world: World, delay: float) -> World:
    for lock in world:
        lock.happened = [at - random.expovariate(1 / delay) for at in lock.arrivals]
    return world


def uneven(random: Random, locks: int, hours: int) -> World:
    """Make busy and quiet locks, with daily and weekly habits, and entries in bursts."""
    return _in_bursts(random, _people(random, locks), hours)


def untimed(random: Random, locks: int, hours: int) -> World:
    """Set the clocks of the locks back by a year: entries do not tell when they happened."""
    world = uneven(random, locks, hours)
    for lock in world:
        lock.happened = [at - 365 * DAY for at in lock.happened]
    return world


def batches(random: Random, locks: int, hours: int) -> World:
    """Give the same people phones that upload eight entries at a time, some hours late."""
    world = _people(random, locks)
    for lock in world:
        lock.arrivals = [
            at for at in _happenings(random, lock, hours, 8) for _ in range(_group(random, 8))
        ]
    return _happened(random, world, LATE)


def silent(random: Random, locks: int, hours: int) -> World:
    """Silence the busiest lock from day ten to day thirty-one."""
    world = _people(random, locks)
    busiest = max(world, key=lambda lock: sum(lock.rates))
    busiest.quiet, busiest.left = (10 * DAY, 31 * DAY), 0
    return _in_bursts(random, world, hours)


def holiday(random: Random, locks: int, hours: int) -> World:
    """Send everybody away from day 19 to day 26: a tenth is left."""
    world = _people(random, locks)
    for lock in world:
        lock.quiet, lock.left = (19 * DAY, 26 * DAY), 0.1
    return _in_bursts(random, world, hours)


def family(random: Random, locks: int, hours: int) -> World:
    """Let one to five people of each house leave and come home, on their own days and hours."""
    world = []
    for _ in range(locks):
        rates = [0.003] * WEEK
        for _ in range(random.randint(1, 5)):
            leaves, returns = random.uniform(6.5, 10), random.uniform(14, 21)
            width = random.uniform(0.4, 1.5)
            goes = [random.random() < (0.85 if day < 5 else 0.4) for day in range(7)]
            for hour in range(WEEK):
                if goes[hour // DAY]:
                    both = _bell(hour % DAY, leaves, width) + _bell(hour % DAY, returns, width)
                    rates[hour] += 0.36 * both / width
        world.append(Lock(rates))
    for lock in world:
        lock.arrivals = _happenings(random, lock, hours, 1)
    return _happened(random, world, PROMPT)


def courses(random: Random, locks: int, hours: int) -> World:
    """Let many come at once to a few fixed hours of the week, and hardly anybody at others."""
    world = []
    for _ in range(locks):
        rates = [random.choice((0.005, 0.02, 0.05))] * WEEK
        for _ in range(random.randint(1, 6)):
            begins = random.randrange(7) * DAY + random.randrange(7, 22)
            for hour in range(begins, begins + random.randint(1, 3)):
                rates[hour % WEEK] += random.uniform(1, 6)
        world.append(Lock(_scaled(rates, MEAN * random.lognormvariate(0, 0.7))))
    for lock in world:
        lock.arrivals = sorted(
            at + (random.uniform(0, 0.3) if index else 0)
            for at in _happenings(random, lock, hours, 4)
            for index in range(_group(random, 4))
        )
    return _happened(random, world, PROMPT)


def rental(random: Random, locks: int, hours: int) -> World:
    """Let guests come and go by their bookings, which know no days of the week.

    The rates are what many flats have on average: no plan can know the bookings.
    """
    count = [0] * DAY
    weeks = 1000
    for at in _stays(Random(0), weeks * WEEK):  # noqa: S311 - a simulation
        count[int(at) % DAY] += 1
    rates = [number / weeks / 7 for number in count] * 7
    world = [Lock(rates) for _ in range(locks)]
    for lock in world:
        lock.arrivals = _stays(random, hours)
    return _happened(random, world, PROMPT)


def _stays(random: Random, hours: int) -> list[float]:
    times = []
    day = random.randrange(3)
    while day < hours / DAY:
        leaves = day + random.choice((2, 2, 3, 4, 7))
        times.append(day * DAY + random.gauss(17, 1.5))
        times += [
            at * DAY + random.gauss(usual, 1.5)
            for at in range(day, leaves)
            for usual in (10, 13, 18.5, 21.5)
            if random.random() < 0.7
        ]
        times += [leaves * DAY + random.uniform(9.5, 11), leaves * DAY + random.uniform(12, 14)]
        day = leaves + random.choice((0, 0, 0, 1, 2, 4))
    return sorted(at for at in times if 0 <= at < hours)


def unseen_office(random: Random, locks: int, hours: int) -> World:
    """Open the doors of one office: everybody at the same hours, on weekdays, one by one."""
    peaks = ((8, 0.8, 1.0), (12.5, 0.7, random.uniform(0.2, 0.8)), (17.3, 1.0, 0.8))
    shape = [
        (0.02 if hour >= 5 * DAY else 1)
        * (0.01 + sum(height * _bell(hour % DAY, peak, width) for peak, width, height in peaks))
        for hour in range(WEEK)
    ]
    world = [Lock(_scaled(shape, MEAN * random.uniform(0.3, 3))) for _ in range(locks)]
    for lock in world:
        lock.arrivals = _happenings(random, lock, hours, 1)
    return _happened(random, world, PROMPT)


def unseen_club(random: Random, locks: int, hours: int) -> World:
    """Meet on two or three evenings a week, many at once; somebody cleans now and then."""
    world = []
    for _ in range(locks):
        evenings = random.sample(range(7), random.choice((2, 3)))
        begins = random.uniform(17, 20)
        shape = [
            0.01 + (_bell(hour % DAY, begins, 0.7) if hour // DAY in evenings else 0)
            for hour in range(WEEK)
        ]
        world.append(Lock(_scaled(shape, MEAN * random.lognormvariate(0, 0.7))))
    for lock in world:
        lock.arrivals = sorted(
            at + (random.uniform(0, 0.4) if index else 0)
            for at in _happenings(random, lock, hours, 6)
            for index in range(_group(random, 6))
        )
    return _happened(random, world, PROMPT)


def unseen_evening(random: Random, locks: int, hours: int) -> World:
    """Let the phone of one person upload everything when it comes home, about the same time."""
    world = []
    for _ in range(locks):
        home, mean = random.uniform(16, 22), MEAN * random.lognormvariate(0, 0.7)
        days = [random.uniform(0.2, 1.5) for _ in range(7)]
        rates = [days[hour // DAY] * (0.002 + _bell(hour % DAY, home, 0.7)) for hour in range(WEEK)]
        lock = Lock(_scaled(rates, mean))
        for day in range(hours // DAY):
            come = day * DAY + random.gauss(home, 0.6)
            size = sum(lock.rates[day % 7 * DAY : (day % 7 + 1) * DAY])
            found = sorted(come - random.uniform(0.2, 12) for _ in range(_poisson(random, size)))
            lock.happened += found
            lock.arrivals += [come] * len(found)
        world.append(lock)
    return world


def _bell(hour: float, peak: float, width: float) -> float:
    return exp(-(((hour + 0.5 - peak) / width) ** 2) / 2)


def _scaled(shape: list[float], mean: float) -> list[float]:
    total = sum(shape)
    return [mean * WEEK * part / total for part in shape]


def _poisson(random: Random, mean: float) -> int:
    count, at = 0, random.expovariate(1)
    while at < mean:
        count, at = count + 1, at + random.expovariate(1)
    return count


WORLDS: dict[str, Callable[[Random, int, int], World]] = {
    "even": even,
    "uneven": uneven,
    "untimed": untimed,
    "batches": batches,
    "silent": silent,
    "holiday": holiday,
    "family": family,
    "courses": courses,
    "rental": rental,
    "unseen_office": unseen_office,
    "unseen_club": unseen_club,
    "unseen_evening": unseen_evening,
}
"""Nothing was tuned with the unseen ones: they show what the tuning is worth elsewhere."""
