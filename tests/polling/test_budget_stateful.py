"""The budget over months: whatever happens, polling takes no more than its share.

The counts, the schedule and the learnt rates are used as the poller uses them, without a Home
Assistant. The test counts every call a second time, with its own idea of the month.
"""

from calendar import monthrange
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
import json
from zoneinfo import ZoneInfo

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custom_components.codelocks.api import Pool
from custom_components.codelocks.polling.arrival_rates import Rates
from custom_components.codelocks.polling.quota import Quota, Usage
from custom_components.codelocks.polling.read_planner import MIN_GAP
from custom_components.codelocks.polling.schedule import Plan, Read, ReadKind, make_plan, next_reads

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BEGIN = datetime(2026, 10, 25, tzinfo=UTC)  # the clocks of Europe change
ZONE = ZoneInfo("Europe/London")
LOCKS = ("a", "b", "c", "d")
STEADY_DAYS = 3
"""So many days in a row, and what the clock shows is relied on."""

FAILED = 0
OUTCOMES = st.lists(st.sampled_from([1, 1, 1, 2, 5, FAILED]), min_size=1, max_size=6)
"""How many pages each read takes, in turn; zero means that it fails, which still costs a call."""


@dataclass
class Truth:
    """The calls really made this month, as counted by the test."""

    known: int = 0
    """As the integration should count them: with users' corrections, without lost counts."""
    polled: int = 0
    forgiven: int = 0
    """Calls that a crash or a user made it forget: this many more may be made."""
    netcode: int = 0


@dataclass
class File:
    """The stored data: the counts, the learnt rates, and when each was last read."""

    usage: str = "null"
    rates: str = "null"
    read_at: dict[Read, datetime] = field(default_factory=dict)
    truth: Truth = field(default_factory=Truth)
    turned: int = 0
    """The month in which it was written."""


class BudgetMachine(RuleBasedStateMachine):
    """An account that is polled, used and restarted."""

    @initialize(
        calls=st.integers(1, 150),
        reserve=st.sampled_from([0, 20, 33, 100]),
        reset_day=st.sampled_from([1, 26, 29, 31]),
        locks=st.sets(st.sampled_from(LOCKS), min_size=1),
        clients=st.booleans(),
    )
    def begin(
        self, calls: int, reserve: int, reset_day: int, locks: set[str], *, clients: bool
    ) -> None:
        """Start with an unknown account."""
        self.quota = Quota({Pool.NETCODE: 10, Pool.UTILITY: calls}, reset_day, reserve)
        self.budget = calls * (100 - reserve) // 100
        self.now = BEGIN
        self.locks = locks
        self.clients = clients
        self.truth = Truth()
        self.turned = 0
        self.made: dict[Read, datetime] = {}
        """When each was last tried, as far as it is remembered."""
        self.file = File()
        self.begin_to_count_days(STEADY_DAYS)
        self.load()

    # What Home Assistant does

    def load(self) -> None:
        """Start from the file, which has no failed reads."""
        self.usage = Usage.from_dict(json.loads(self.file.usage))
        self.rates = Rates.from_dict(json.loads(self.file.rates), ZONE)
        self.read_at = dict(self.file.read_at)
        self.tries = dict(self.file.read_at)
        self.made = dict(self.file.read_at)
        self.plan: Plan | None = None
        self.drop_what_left()

    def drop_what_left(self) -> None:
        """Forget locks that are not in the account."""
        for reads in (self.read_at, self.tries, self.made):
            for read in [read for read in reads if read.lock_id and read not in self.readers()]:
                del reads[read]
        for lock_id in set(LOCKS) - self.locks:
            self.rates.forget(lock_id)

    def readers(self) -> list[Read]:
        """Return all that polling reads."""
        kinds = (ReadKind.ACTIVITY, ReadKind.CLIENTS) if self.clients else (ReadKind.ACTIVITY,)
        return [Read(ReadKind.LOCKS)] + [Read(kind, lock) for kind in kinds for lock in self.locks]

    def polling_left(self) -> int:
        """Return what polling may spend, which agrees with the test's count.

        After a jump of the clock it may be less for two days: a month may seem to have turned.
        """
        left = self.quota.polling_left(self.usage, self.now)
        most = max(0, self.budget - self.truth.known)
        assert left == most or (left < most and self.days_in_a_row < STEADY_DAYS)
        return left

    def spend(self, *, polled: bool) -> None:
        """Make a call."""
        self.usage = self.usage.spend(Pool.UTILITY, self.now)
        self.truth.known += 1
        self.truth.polled += polled

    def ensure_plan(self) -> Plan:
        """Return the current plan: a new one each day, and when locks come or go."""
        if self.plan is None or self.now >= self.plan.renew:
            self.plan = make_plan(
                self.now,
                self.quota.resets_at(self.now),
                self.polling_left(),
                zone=ZONE,
                beliefs=self.rates.learn(self.now),
                activity=self.locks,
                clients=self.locks if self.clients else (),
                last_reads=self.read_at,
            )
            assert self.now < self.plan.renew <= min(self.now + DAY, self.quota.resets_at(self.now))
        return self.plan

    def read(self, read: Read, pages: int) -> None:
        """Make a read, of as many pages as there are and the budget allows."""
        assert read not in self.made or self.now - self.made[read] >= MIN_GAP, "twice"
        self.made[read] = self.tries[read] = self.now
        for _ in range(max(1, pages)):
            if not self.polling_left():
                break
            self.spend(polled=True)
        if pages != FAILED:
            self.found(read, [self.now - number * HOUR for number in range(pages)])

    def found(self, read: Read, times: Sequence[datetime]) -> None:
        """Learn from a read that worked."""
        if read.kind is ReadKind.ACTIVITY and (since := self.read_at.get(read)):
            self.rates.observe(read.lock_id, since, self.now, times)
        self.read_at[read] = self.now

    def move(self, to: datetime, *, asleep: bool = False) -> None:
        """Let time pass; a month turns on the first midnight of its day."""
        day = self.now.date()
        if asleep and to.date() - day > DAY:
            self.begin_to_count_days()
        while day < to.date():
            day += DAY
            if not asleep:
                self.look_at_clock(day)
            if day.day == min(self.quota.reset_day, monthrange(day.year, day.month)[1]):
                self.turned += 1
                self.truth = Truth()
        self.now = to

    def begin_to_count_days(self, known: int = 0) -> None:
        """Count the days that the clock showed one after the other."""
        self.days_in_a_row = known
        self.shown: date | None = None

    def look_at_clock(self, day: date) -> None:
        """Look at the clock, as Home Assistant does every hour."""
        self.usage = self.usage.looked(datetime.combine(day, time(), UTC))
        self.days_in_a_row += day != self.shown
        self.shown = day

    def live(self, end: datetime, outcomes: Sequence[int]) -> None:
        """Make each read when it is due, until the end."""
        made = 0
        while True:
            plan = self.ensure_plan()
            left = self.polling_left()
            turns = next_reads(plan, self.tries, self.now, left)
            assert left or not turns
            at, read = turns[0] if turns else (plan.renew, None)
            wake = min(at, self.quota.resets_at(self.now))
            if wake > end:
                break
            self.move(wake)
            if read and wake == at and wake < plan.renew:
                assert self.polling_left()
                self.read(read, outcomes[made % len(outcomes)])
                made += 1
        self.move(end)

    # What happens

    @rule(hours=st.sampled_from([1, 5, 24, 72]), outcomes=OUTCOMES)
    def pass_time(self, hours: int, outcomes: list[int]) -> None:
        """Let time pass, and make all reads that are due."""
        self.live(self.now + hours * HOUR, outcomes)

    @rule(outcomes=OUTCOMES, before=st.sampled_from([1, 30, 600]))
    def pass_the_turn(self, outcomes: list[int], before: int) -> None:
        """Let the month turn while running, after some days off."""
        turn = self.quota.resets_at(self.now)
        if turn - before * HOUR / 60 > self.now:
            self.restart(asleep=turn - before * HOUR / 60 - self.now)
        self.live(turn + HOUR, outcomes)

    @rule(calls=st.integers(1, 40))
    def use(self, calls: int) -> None:
        """Let a user make calls, which ignore the budget."""
        for _ in range(calls):
            self.spend(polled=False)
        self.usage = self.usage.spend(Pool.NETCODE, self.now)
        self.truth.netcode += 1

    @rule(data=st.data())
    def look(self, data: st.DataObject) -> None:
        """Let a user read a lock, just read or not, which delays the next read."""
        read = data.draw(st.sampled_from(sorted(self.readers())))
        self.spend(polled=False)
        self.made[read] = self.tries[read] = self.now
        self.found(read, [])

    @rule(used=st.integers(0, 150))
    def correct(self, used: int) -> None:
        """Let a user correct the count."""
        self.usage = self.usage.corrected(Pool.UTILITY, used, self.now, self.month_begins())
        self.truth.forgiven += max(0, self.truth.known - used)
        self.truth.known = used

    def month_begins(self) -> datetime:
        """Return the midnight at which this month began."""
        day = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        while day.day != min(self.quota.reset_day, monthrange(day.year, day.month)[1]):
            day -= DAY
        return day

    @rule()
    def write(self) -> None:
        """Write all."""
        self.file = File(
            json.dumps(self.usage.as_dict()),
            json.dumps(self.rates.to_dict()),
            dict(self.read_at),
            copy(self.truth),
            self.turned,
        )

    @rule(asleep=st.sampled_from([timedelta(), 5 * HOUR / 60, 3 * DAY, 40 * DAY]))
    def restart(self, asleep: timedelta) -> None:
        """Shut down properly, and start some time later."""
        self.write()
        self.move(self.now + asleep, asleep=True)
        self.load()
        self.look_at_clock(self.now.date())
        assert self.rates.to_dict() == json.loads(self.file.rates)

    @rule()
    def crash(self) -> None:
        """Crash: the counts lack what was not written."""
        same_month = self.file.turned == self.turned
        known = self.file.truth.known if same_month else 0
        self.truth.forgiven += max(0, self.truth.known - known)
        self.truth.known = known
        self.truth.netcode = self.file.truth.netcode if same_month else 0
        self.load()
        self.begin_to_count_days()
        self.look_at_clock(self.now.date())

    @rule()
    def renew(self) -> None:
        """Renew the plan early."""
        self.plan = None

    @rule(lock_id=st.sampled_from(LOCKS))
    def come(self, lock_id: str) -> None:
        """Let a lock join, if it is not there."""
        self.locks.add(lock_id)
        self.plan = None

    @precondition(lambda self: len(self.locks) > 1)
    @rule()
    def go(self) -> None:
        """Let a lock leave the account."""
        self.locks.remove(max(self.locks))
        self.plan = None
        self.drop_what_left()

    # Invariants

    @invariant()
    def the_counts_are_right(self) -> None:
        """Each call is counted once, in its pool and month."""
        if not hasattr(self, "usage"):
            return
        assert self.quota.used(self.usage, Pool.UTILITY, self.now) == self.truth.known
        assert self.quota.used(self.usage, Pool.NETCODE, self.now) == self.truth.netcode

    @invariant()
    def polling_keeps_to_its_share(self) -> None:
        """Check that polling spends no more than the budget allows, plus forgotten calls."""
        if hasattr(self, "usage"):
            assert self.truth.polled <= self.budget + self.truth.forgiven


BudgetMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_budget = BudgetMachine.TestCase
