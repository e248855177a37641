"""Bookings through weeks of living: whatever happens, each guest gets in, and hears of it once.

Bookings come, move, swap, merge and vanish for a while; calls, phones and the calendar fail; Home
Assistant restarts. What ought to be is reckoned here, by the test.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, override

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custom_components.codelocks.bookings.events import Event
from custom_components.codelocks.bookings.kept import NewsKind
from tests.bookings.house import BERLIN, DAY, HOUR, NEW_YORK, House, Lock, bookings, event

LINK = "Check-in: https://example.com/reservations?id={}"
HELP = "Questions? https://example.com/help"
ANCHOR = event("2027-08-01", "2027-08-02", "Anchor", description=HELP)
"""Shows at each reading that the link to the help page is no booking's own."""
SURE = 28 * DAY
"""So far ahead at least each stay is covered: a chain grows by weeks, up to 35 days."""

KINDS = st.sampled_from(["uid", "link", "help", "title"])
DAYS_AHEAD = st.sampled_from([0, 0, 1, 1, 2, 3, 8, 30])
NIGHTS = st.sampled_from([1, 1, 2, 5, 9, 45])


@dataclass
class Guest:
    """A booking as it really is."""

    title: str
    kind: str
    first: date
    nights: int
    hidden: bool = False
    """Missing from the calendar, though it stands."""
    missed: timedelta = field(default_factory=timedelta)
    """For how long readings have missed it."""
    withdrawn: bool = False
    """Whether the owner withdrew a code of it."""
    reached: dict[str, datetime] = field(default_factory=dict)
    """By lock until when it was once covered."""
    seen: tuple[date, int] | None = None
    """Its times at the last reading that had it."""

    @property
    def times(self) -> tuple[date, int]:
        """Its times as they are."""
        return self.first, self.nights

    def show(self) -> Event:
        """Be read: what was of other times is of no account."""
        if self.seen != self.times:
            self.seen, self.withdrawn, self.reached = self.times, False, {}
        return self.event()

    def event(self) -> Event:
        """Return what the calendar shows."""
        parts: dict[str, Any] = {
            "uid": {"uid": self.title},
            "link": {"description": LINK.format(self.title.split()[1])},
            "help": {"description": HELP},
            "title": {},
        }[self.kind]
        return event(self.first, self.first + self.nights * DAY, self.title, **parts)

    def stay(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return arrival and departure at a lock."""
        last = self.first + self.nights * DAY
        arrival = datetime(self.first.year, self.first.month, self.first.day, 15, tzinfo=zone)
        departure = datetime(last.year, last.month, last.day, 11, tzinfo=zone)
        return arrival.astimezone(UTC), departure.astimezone(UTC)


class BookingsMachine(RuleBasedStateMachine):
    """A flat with two doors, in two zones, and its calendar."""

    @initialize(fit=st.sampled_from(["auto", "tight"]), keep=st.sampled_from([0, 5]))
    def begin(self, fit: str, keep: int) -> None:
        """Start with an empty calendar."""
        doors = {"front": Lock("front", BERLIN), "shed": Lock("shed", NEW_YORK, digits=7)}
        doors["shed"].model = "KL1060C2"
        self.house = House(bookings(locks=["front", "shed"], fit=fit, keep_calls=keep), locks=doors)
        self.guests: list[Guest] = []
        self.left: list[Guest] = []
        """Those whose booking was cancelled."""
        self.taken: set[tuple[date, int]] = set()
        self.twice = False
        self.readable = True
        self.number = 0

    # What Home Assistant does

    def look(self) -> None:
        """Look once; nothing is told that is known."""
        house = self.house
        house.events = None
        if self.readable:
            shown = [guest.show() for guest in self.guests if not guest.hidden]
            house.events = [*shown, *(shown if self.twice else []), ANCHOR]
        known = {(one.subject, one.start, one.end) for one in house.kept.problems}
        begun = len(house.happened)
        house.look()
        # A phone may fail twice in a look: for codes that are over by now, and for new ones.
        new = [
            one
            for one in house.happened[begun:]
            if not one.over and one.kind is not NewsKind.NOT_SENT
        ]
        problems = [(one.subject, one.start, one.end) for one in new]
        assert len(problems) == len(set(problems))
        assert not known.intersection(problems), "told twice"

    def live(self, length: timedelta) -> None:
        """Let time pass, with a look every quarter of an hour."""
        end = self.house.now + length
        while self.house.now < end:
            self.house.now += HOUR / 4
            self.note_missing(HOUR / 4)
            self.look()
        self.note_covered()

    def note_missing(self, length: timedelta) -> None:
        """Note what this look will miss."""
        if self.readable:
            for guest in self.guests:
                guest.missed = guest.missed + length if guest.hidden else timedelta()

    def covered(self, guest: Guest, owner: str, start: datetime) -> datetime:
        """Return until when a guest can open a lock, from a time on."""
        rows = [row for row in self.house.rows(owner) if row.name == guest.title]
        for row in sorted(rows, key=lambda row: row.start):
            if row.start <= start:
                start = max(start, row.end)
        return start

    def note_covered(self) -> None:
        """Hold what is covered against what was: no code goes whose booking stands."""
        for guest in self.guests:
            for lock in self.house.locks.values():
                arrival, departure = guest.stay(lock.zone)
                now = max(arrival, self.house.now)
                reached = min(self.covered(guest, lock.owner, now), departure)
                before = min(guest.reached.get(lock.owner, now), departure)
                stands = guest.missed < 3 * HOUR and guest.seen == guest.times
                if stands and not guest.withdrawn:
                    assert reached >= before, f"{guest} lost a code"
                    guest.reached[lock.owner] = reached
                else:
                    guest.reached.pop(lock.owner, None)

    # What happens

    @rule(kind=KINDS, ahead=DAYS_AHEAD, nights=NIGHTS, before=st.booleans())
    def book(self, kind: str, ahead: int, nights: int, *, before: bool) -> None:
        """Let somebody book; the calendar may show it before others or after them."""
        first = self.house.now.date() + ahead * DAY
        if kind == "help" and not self.is_free(first, nights):
            return
        self.number += 1
        guest = Guest(f"Guest {self.number}", kind, first, nights)
        self.guests.insert(0 if before else len(self.guests), guest)

    def is_free(self, first: date, nights: int) -> bool:
        """Take times for a booking that only its times tell apart: nobody else has had them."""
        free = (first, nights) not in self.taken
        self.taken.add((first, nights))
        return free

    def pick(self, number: int) -> Guest:
        """Return some guest."""
        return self.guests[number % len(self.guests)]

    @precondition(lambda self: self.guests)
    @rule(number=st.integers(0, 9), ahead=DAYS_AHEAD, nights=NIGHTS)
    def move(self, number: int, ahead: int, nights: int) -> None:
        """Let a booking move, or change its length."""
        guest = self.pick(number)
        self.become(guest, self.house.now.date() + ahead * DAY, nights)

    def become(self, guest: Guest, first: date, nights: int) -> None:
        """Give a booking other times: one that is known by these is another one then."""
        if guest.times == (first, nights):
            return
        if guest.kind == "help" and not self.is_free(first, nights):
            return
        new = replace(guest, first=first, nights=nights)
        if guest.kind == "help" or (guest.kind == "title" and guest.first != first):
            self.number += 1
            new = replace(new, title=f"Guest {self.number}", missed=timedelta(), seen=None)
            self.leave(guest)
        self.guests[self.guests.index(guest)] = new

    @precondition(lambda self: len(self.guests) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(1, 9))
    def swap(self, one: int, other: int) -> None:
        """Let two guests swap their times."""
        first, second = self.pick(one), self.pick(one + other)
        if first is not second:
            times = first.times
            self.become(first, second.first, second.nights)
            self.become(second, *times)

    @precondition(lambda self: len(self.guests) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(1, 9))
    def merge(self, one: int, other: int) -> None:
        """Let two bookings become one, from the first arrival to the last departure."""
        first, second = self.pick(one), self.pick(one + other)
        if first is not second:
            begin = min(first.first, second.first)
            end = max(guest.first + guest.nights * DAY for guest in (first, second))
            self.cancel(self.guests.index(second))
            self.become(first, begin, (end - begin).days)

    @precondition(lambda self: self.guests)
    @rule(number=st.integers(0, 9))
    def cancel(self, number: int) -> None:
        """Let a booking be cancelled."""
        guest = self.pick(number)
        self.guests.remove(guest)
        self.leave(guest)

    def leave(self, guest: Guest) -> None:
        """Note a booking that is gone; moves that no reading saw do not count."""
        if guest.seen:
            first, nights = guest.seen
            self.left.append(replace(guest, first=first, nights=nights))

    @precondition(lambda self: self.guests)
    @rule(number=st.integers(0, 9))
    def vanish(self, number: int) -> None:
        """Let a booking be missing for a while, or be there again."""
        guest = self.pick(number)
        guest.hidden = not guest.hidden

    @precondition(lambda self: self.guests)
    @rule()
    def vanish_all(self) -> None:
        """Let the calendar be empty for a while."""
        for guest in self.guests:
            guest.hidden = True

    @rule()
    def show_twice(self) -> None:
        """Let the calendar show each event twice, or no more."""
        self.twice = not self.twice

    @rule()
    def be_unreadable(self) -> None:
        """Let the calendar be away, or back."""
        self.readable = not self.readable

    @rule(owner=st.sampled_from(["front", "shed"]), calls=st.integers(1, 5))
    def fail(self, owner: str, calls: int) -> None:
        """Let calls for a lock fail."""
        self.house.fails[owner] += calls

    @rule(entity_id=st.sampled_from(["notify.guest", "notify.me"]))
    def break_phone(self, entity_id: str) -> None:
        """Let a phone be out of reach, or back."""
        self.house.down ^= {entity_id}

    @rule(calls=st.sampled_from([0, 1, 3, 6, 100]))
    def have_calls(self, calls: int) -> None:
        """Let calls run out, or the month turn."""
        self.house.calls_left = calls

    @rule(problem=st.sampled_from([None, "clock_is_lost"]))
    def lose_clock(self, problem: str | None) -> None:
        """Let a lock lose its clock, or be set."""
        self.house.locks["shed"].clock_problem = problem

    @precondition(lambda self: self.house.rows())
    @rule(number=st.integers(0, 30))
    def withdraw(self, number: int) -> None:
        """Have the owner withdraw a code."""
        rows = self.house.rows()
        row = rows[number % len(rows)]
        self.house.ledger = self.house.ledger.withdraw(row.id)
        for guest in self.guests:
            if guest.title == row.name:
                guest.withdrawn = True

    @rule(hours=st.sampled_from([0.25, 0.25, 1, 2, 5, 30]))
    def pass_time(self, hours: float) -> None:
        """Let time pass."""
        self.live(hours * HOUR)

    @rule(asleep=st.sampled_from([timedelta(), HOUR, 5 * HOUR, 3 * DAY, 20 * DAY]))
    def restart(self, asleep: timedelta) -> None:
        """Stop, and start some time later."""
        self.house.restart()
        self.house.now += asleep
        self.note_missing(min(asleep, HOUR / 2))
        self.look()
        self.note_covered()

    # What holds

    @invariant()
    def nothing_is_paid_or_told_twice(self) -> None:
        """Ask for each code once, and send it once to each phone."""
        if not hasattr(self, "house"):
            return
        keys = [key for key, _ in self.house.calls]
        assert len(keys) == len(set(keys))
        sent = [(to, one) for to, ids in self.house.messages for one in ids]
        assert len(sent) == len(set(sent))

    @override
    def teardown(self) -> None:
        """Mend all: each live booking is covered and told, the cancelled ones are taken back."""
        if not hasattr(self, "house"):
            return
        house = self.house
        house.fails.clear()
        house.down.clear()
        house.calls_left = 1000
        house.locks["shed"].clock_problem = None
        self.readable = True
        for guest in self.guests:
            guest.hidden = False
        self.live(13 * HOUR)
        sent = {one for _, ids in house.messages for one in ids}
        for guest in self.guests:
            if not guest.withdrawn:
                for lock in house.locks.values():
                    self.check_served(guest, lock, sent)
        for guest in self.left:
            over = all(guest.stay(lock.zone)[1] <= house.now for lock in house.locks.values())
            rows = [row for row in house.rows() if row.name == guest.title]
            assert over or all(row.end <= house.now for row in rows), f"{guest} left"
        kinds = {one.kind for one in house.kept.problems}
        assert not kinds, "all is well"
        told = [one for one in house.told_owner if one.kind is NewsKind.CANCELLED]
        opened = [code for one in told for code in one.codes]
        assert all(one.codes for one in told)
        assert set(opened) <= {row.id for row in house.ledger.rows()}

    def check_served(self, guest: Guest, lock: Lock, sent: set[str]) -> None:
        """Assert that a guest whose time has come can open a lock, and knows the codes."""
        now = self.house.now
        arrival, departure = guest.stay(lock.zone)
        if not arrival - 2 * DAY <= now < departure:
            return
        begin, end = max(arrival, now), min(departure, now + SURE)
        assert self.covered(guest, lock.owner, begin) >= end, f"{guest} is not covered"
        rows = [row for row in self.house.rows(lock.owner) if row.name == guest.title]
        assert {row.id for row in rows if row.end > now} <= sent, f"{guest} was not told"


BookingsMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
test_bookings = BookingsMachine.TestCase
