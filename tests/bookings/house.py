"""A small house for the tests of bookings: locks, a ledger, a cloud that may fail, phones.

It carries decisions out as Home Assistant does, without one, and notes what it did.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count
import json
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.codelocks.bookings import outcomes
from custom_components.codelocks.bookings.codes import Codes
from custom_components.codelocks.bookings.decisions import (
    Account,
    Decisions,
    Invite,
    Issue,
    LockFacts,
    TellGuest,
    Uninvite,
    World,
)
from custom_components.codelocks.bookings.events import Event, read_event
from custom_components.codelocks.bookings.kept import Kept, News
from custom_components.codelocks.bookings.reading import occurrences
from custom_components.codelocks.bookings.reconcile import reconcile
from custom_components.codelocks.bookings.settings import (
    BookingsSettings,
    Settings,
    VisitorSettings,
)
from custom_components.codelocks.bookings.waits import Wait, longer_wait
from custom_components.codelocks.netcode.clocks import utc
from custom_components.codelocks.netcode.durations import FALLBACK_DURATIONS
from custom_components.codelocks.netcode.ledger import Issued, Ledger, code_key
from custom_components.codelocks.netcode.windows import Window, WindowRequest, plan

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
"""A Monday."""
MINUTE = timedelta(minutes=1)
QUARTER = 15 * MINUTE
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Lock:
    """A lock of the house."""

    owner: str
    zone: tzinfo = BERLIN
    model: str = "K3CONNECT"
    account: str = "account"
    seed: str = "seed"
    digits: int = 6
    clock_problem: str | None = None
    durations: Any = FALLBACK_DURATIONS

    def key(self, window: Window) -> str:
        """Return what a code depends on."""
        return code_key(
            lock=self.owner,
            identifier=self.seed,
            lock_model=self.model,
            wire_start=window.wire_start,
            duration_id=window.duration_id,
        )

    def facts(self) -> LockFacts:
        """Return what bookings see of it."""
        return LockFacts(
            owner=self.owner,
            account=self.account,
            model=self.model,
            zone=self.zone,
            clock=self.zone,
            pairing=self.seed,
            key=self.key,
            durations=self.durations,
            takes_phones=self.model == "K3CONNECT",
            clock_problem=self.clock_problem,
        )


def bookings(**data: Any) -> BookingsSettings:
    """Return the settings of a calendar with one lock, one phone and an owner."""
    known = {"locks": ["front"], "notify_entity_id": ["notify.guest"], "tell_owner": ["notify.me"]}
    known["calendar_entity_id"] = "calendar.flat"  # type: ignore[assignment] # one text
    return BookingsSettings.from_data("sub", "Flat", {**known, **data})


def visitor(**data: Any) -> VisitorSettings:
    """Return the settings of a visitor on Tuesdays and Fridays."""
    known = {
        "locks": ["front"],
        "days": ["tue", "fri"],
        "starts": "09:00:00",
        "ends": "12:00:00",
        "notify_entity_id": ["notify.guest"],
        "tell_owner": ["notify.me"],
    }
    return VisitorSettings.from_data("sub", "Cleaner", {**known, **data})


def event(start: Any, end: Any, title: str | None = "Anna", **parts: Any) -> Event:
    """Return an event as a calendar gives it."""
    found = read_event(start=start, end=end, title=title, **parts)
    assert found
    return found


@dataclass
class House:
    """A house whose guests come by a calendar, or regularly."""

    settings: Settings
    now: datetime = NOON
    locks: dict[str, Lock] = field(default_factory=lambda: {"front": Lock("front")})
    unloaded: dict[str, str] = field(default_factory=dict)
    """Owners of locks whose account is away, by device id."""
    zone: tzinfo = BERLIN
    events: list[Event] | None = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    ledger: Ledger = field(default_factory=Ledger)
    calls_left: int = 100
    account_wait: Wait | None = None
    fails: Counter[str] = field(default_factory=Counter)
    """By the owner of a lock how many calls to come will fail."""
    cloud_down: bool = False
    """Whether all calls fail, and by whose fault is known."""
    fails_after: int | None = None
    """After how many calls one fails."""
    refuses: bool = False
    """Whether the cloud refuses what it is asked, for ever."""
    down: set[str] = field(default_factory=set)
    """Notify entities that take nothing."""
    clients: dict[tuple[str, str], str] = field(default_factory=dict)
    calls: list[tuple[str, datetime]] = field(default_factory=list)
    """The key of each code that was asked for, and when."""
    failed_calls: list[datetime] = field(default_factory=list)
    messages: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """By notify entity the ids of the codes that it was sent."""
    changed: list[bool] = field(default_factory=list)
    told_owner: list[News] = field(default_factory=list)
    happened: list[News] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    """By a decision."""
    ids: Iterable[int] = field(default_factory=count)

    # What Home Assistant does

    def world(self) -> World:
        """Return what a look sees."""
        events = self.events
        if isinstance(self.settings, VisitorSettings):
            events = list(occurrences(self.settings, self.kept, self.now))
        return World(
            events=None if events is None else tuple(events),
            locks={device_id: lock.facts() for device_id, lock in self.locks.items()},
            accounts={"account": Account(calls_left=self.calls_left, wait=self.account_wait)},
            codes=Codes.of([self.ledger]),
            unloaded=self.unloaded,
            zone=self.zone,
        )

    def look(self) -> list[Decisions]:
        """Look until nothing is left to do; that comes to an end."""
        made = []
        for _ in range(300):
            decisions = reconcile(self.settings, self.kept, self.world(), self.now)
            made.append(decisions)
            self.carry_out(decisions)
            if decisions.nothing:
                return made
        raise AssertionError("it never ends")

    def carry_out(self, decisions: Decisions) -> None:
        """Do what was decided, in its order; no problem is told while it lasts."""
        lasting = {one.subject for one in self.kept.problems}
        assert not [one for one in decisions.happened if one.subject in lasting and not one.over]
        self.kept = decisions.kept
        self.happened += decisions.happened
        for withdraw in decisions.withdraw:
            assert withdraw.codes
            self.withdrawn += withdraw.codes
            for row_id in withdraw.codes:
                self.ledger = self.ledger.withdraw(row_id)
        for restore in decisions.restore:
            self.ledger = self.ledger.restore(*restore.codes)
        self.make_all(decisions.issue)
        for invite in decisions.invite:
            self.invite(invite)
        for gone in decisions.uninvite:
            self.uninvite(gone)
        for tell in decisions.tell_guest:
            self.tell(tell)
        if decisions.tell_owner:
            error = "no signal" if "notify.me" in self.down else None
            if error is None:
                self.told_owner += decisions.tell_owner
            self.kept = outcomes.owner_told(self.kept, decisions.tell_owner, self.now, error)

    def make_all(self, issues: Iterable[Issue]) -> None:
        """Make codes in turn; none is tried after a failure that is the cloud's."""
        for issue in issues:
            if self.cloud_down:
                self.failed_calls.append(self.now)
                self.account_wait = longer_wait(self.account_wait, "503", self.now)
                return
            self.make(issue)

    def make(self, issue: Issue) -> None:
        """Make codes as the integration does: what is in the ledger takes no call."""
        lock = self.locks[issue.device_id]
        request = WindowRequest(
            start=issue.start, end=issue.end, fit="tight" if issue.tight else None
        )
        windows = plan(request, lock.durations, lock.zone, self.now)
        rows: list[Issued] = []
        spent = 0
        for window in (window for window in windows if utc(window.end) > self.now):
            key = lock.key(window)
            same = self.ledger.same(key, self.now)
            if not same:
                if self.refuses or self._fails(issue.owner):
                    self.failed_calls.append(self.now)
                    self.ledger = self.ledger.keep(*rows)
                    made = [row.id for row in rows]
                    self.kept = outcomes.failed(
                        self.kept, issue, "503", self.now, made=made, never_again=self.refuses
                    )
                    return
                assert self.calls_left, "a call that there is not"
                self.calls_left -= 1
                spent += 1
                self.calls.append((key, self.now))
            rows.append(self._row(issue, lock, window, same))
        assert spent <= issue.calls
        self.ledger = self.ledger.keep(*rows) if issue.adds else self.ledger.add(*rows)[0]
        self.kept = outcomes.issued(self.kept, issue, [row.id for row in rows], self.now)

    def _fails(self, owner: str) -> bool:
        """Return whether the next call fails."""
        if self.fails_after is not None:
            self.fails_after -= 1
            if self.fails_after < 0:
                self.fails_after = None
                return True
        fails = self.fails[owner] > 0
        self.fails[owner] -= fails
        return fails

    def _row(self, issue: Issue, lock: Lock, window: Window, same: tuple[Issued, ...]) -> Issued:
        for row in same:
            if (row.name, row.reference, row.withdrawn) == (issue.name, issue.reference, False):
                return row
        return Issued(
            id=f"{next(iter(self.ids))}",
            owner=issue.owner,
            key=lock.key(window),
            code="1234567"[: lock.digits],
            name=issue.name,
            reference=issue.reference,
            requested_start=issue.start,
            requested_end=issue.end,
            start=window.start,
            end=window.end,
            duration_id=window.duration_id,
            issued_at=self.now,
            issued_by="booking",
            lock_model=lock.model,
        )

    def tell(self, tell: TellGuest) -> None:
        """Send codes to notify entities."""
        self.changed.append(tell.changed)
        errors = {}
        for entity_id in tell.entity_ids:
            if entity_id in self.down:
                errors[entity_id] = "no signal"
            else:
                self.messages.append((entity_id, tell.codes))
        self.kept = outcomes.told(self.kept, tell, errors, self.now)

    def invite(self, invite: Invite) -> None:
        """Make a client, or find that there is one."""
        if self.fails["invite"] > 0:
            self.fails["invite"] -= 1
            self.kept = outcomes.invitation_failed(self.kept, invite, "503", self.now)
            return
        who = invite.owner, invite.email
        ours = who not in self.clients
        self.clients.setdefault(who, invite.invite_as)
        self.kept = outcomes.invited(self.kept, invite, ours=ours)

    def uninvite(self, gone: Uninvite) -> None:
        """Delete a client."""
        if self.fails["uninvite"] > 0:
            self.fails["uninvite"] -= 1
            self.kept = outcomes.invitation_failed(self.kept, gone, "503", self.now)
            return
        del self.clients[gone.owner, gone.email]
        self.kept = outcomes.uninvited(self.kept, gone)

    def restart(self) -> None:
        """Have what is kept from the disk."""
        stored = json.dumps(self.kept.to_dict())
        kept = Kept.from_dict(json.loads(stored))
        assert kept == self.kept
        self.kept = kept

    # What tests do

    def wait(self, length: timedelta, step: timedelta = QUARTER) -> None:
        """Let time pass, with a look every quarter of an hour."""
        end = self.now + length
        while self.now < end:
            self.now += min(step, end - self.now)
            self.look()

    def row(self, row_id: str) -> Issued:
        """Return a code."""
        found = self.ledger.get(row_id)
        assert found
        return found

    def rows(self, owner: str | None = None) -> list[Issued]:
        """Return the codes that nobody withdrew."""
        return [row for row in self.ledger.rows(owner) if not row.withdrawn]

    def windows(self, owner: str | None = None) -> list[tuple[str, str]]:
        """Return when they open, by the clock of Berlin."""
        return [
            (f"{row.start.astimezone(BERLIN):%m-%d %H}", f"{row.end.astimezone(BERLIN):%m-%d %H}")
            for row in self.rows(owner)
        ]

    def news(self) -> list[tuple[str, bool, str]]:
        """Return what the owner was told: what kind, whether it is over, why."""
        return [(one.kind.value, one.over, one.reason) for one in self.told_owner]
