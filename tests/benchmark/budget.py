"""Part (b): calls spent against calls allowed, over random months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import fmean

from custom_components.codelocks.polling.arrival_rates import Rates
from custom_components.codelocks.polling.schedule import Plan, Read, ReadKind, make_plan, next_reads

QUOTAS = (1000, 2000, 3000)


@dataclass
class Month:
    """What was spent, and what could have been."""

    quota: int
    reserve: int
    polled: int = 0
    by_users: int = 0
    over: int = 0
    """Calls that polling made although only the reserve was left."""

    @property
    def budget(self) -> int:
        """What polling may still spend."""
        return self.quota - self.polled - self.by_users - self.reserve


def month(seed: int) -> Month:
    """Live through one month, from a reset to the next, with restarts and users' calls."""
    random = Random(seed)  # noqa: S311 - a simulation
    quota = random.choice(QUOTAS)
    spent = Month(quota, int(quota * random.choice((0.05, 0.2, 0.2, 0.5))))
    spent.by_users = int(quota * random.choice((0, 0, random.random())))
    ids = [f"{seed:016x}{index:016x}" for index in range(random.choice((1, 3, 8, 20, 60, 150)))]
    rates = Rates(UTC)
    last: dict[Read, datetime] = {}
    now = datetime(2026, random.randint(1, 12), random.randint(1, 28), tzinfo=UTC)
    until = now + timedelta(days=random.randint(28, 31))
    now += timedelta(hours=random.choice((0, 0, random.random() * 600)))
    plan: Plan | None = None
    while now < until:
        if plan is None or now >= plan.renew or random.random() < 0.01:
            plan = _plan(random, now, until, spent, ids, rates, last)
        if random.random() < 0.05:
            spent.by_users += random.choice((1, 2, len(ids)))
        turns = next_reads(plan, last, now, spent.budget)
        if not turns:
            now = plan.renew
            continue
        now, read = turns[0]
        now += timedelta(seconds=random.random() * 30)
        _spend(random, now, read, spent, rates, last)
        if random.random() < 0.005:
            now += timedelta(hours=random.random() * 100)  # Home Assistant was off
    return spent


def _plan(
    random: Random,
    now: datetime,
    until: datetime,
    spent: Month,
    ids: list[str],
    rates: Rates,
    last: dict[Read, datetime],
) -> Plan:
    """Plan again, with locks that come and go, and sometimes after a restart."""
    if random.random() < 0.2:
        rates = Rates.from_dict(rates.to_dict(), UTC)
    here = [lock_id for lock_id in ids if random.random() < 0.98]
    return make_plan(
        now,
        until,
        spent.budget,
        zone=UTC,
        beliefs=rates.learn(now),
        activity=here,
        clients=here,
        last_reads=last,
    )


def _spend(
    random: Random,
    now: datetime,
    read: Read,
    spent: Month,
    rates: Rates,
    last: dict[Read, datetime],
) -> None:
    """Make the read, and read its further pages while the budget allows."""
    for page in range(random.choice((1, 1, 1, 1, 1, 1, 2, 4))):
        if page and spent.budget < 1:
            break
        spent.polled += 1
        spent.over += spent.budget < 0
    if read.kind is ReadKind.ACTIVITY and read in last:
        times = [now - random.random() * timedelta(days=1) for _ in range(random.randint(0, 5))]
        rates.observe(read.lock_id, last[read], now, times)
    last[read] = now


def lines(months: Sequence[Month]) -> str:
    """Return the table's lines."""
    allowed = [max(0, month.quota - month.reserve - month.by_users) for month in months]
    used = [
        month.polled / may
        for month, may in zip(months, allowed, strict=True)
        if may and may >= month.polled
    ]
    return (
        f"\nBudget: {len(months)} random months (locks, plans, resets, restarts, users' calls)\n"
        f"  months in which polling took from the reserve: {sum(m.over > 0 for m in months)}\n"
        f"  polling spent of what was allowed: {fmean(used):.2f} on average,"
        f" {min(used):.2f} at least, {max(used):.2f} at most\n"
    )
