"""One look: who arrives when, and what is kept -> what to do. Pure.

What was done is kept, so a look that is repeated, also after a restart, repeats nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from .covering import Covering, Pending
from .decisions import Decisions, Invite, TellGuest, Uninvite, World
from .doors import Doors
from .inviting import due_invitations, hand_over, no_invitations, wanted_invitations
from .kept import MAX_NEWS, Kept, KeptBooking, News, NewsKind
from .reading import Reading
from .settings import Settings
from .stay import Stay
from .telling import (
    UNREADABLE,
    Standing,
    news_of,
    problems,
    still_invited,
    tell_guest,
    with_problems,
)
from .values import DAY
from .waits import Reason

FORGOTTEN_AFTER = 3 * DAY
"""How long after departure a booking is kept, in case a clock was wrong."""
CLIENTS_FORGOTTEN_AFTER = 30 * DAY
"""The same while one of its clients could not be deleted."""


def reconcile(settings: Settings, kept: Kept, world: World, now: datetime) -> Decisions:
    """Return what is to be done for a calendar of bookings, or for a visitor."""
    return _Look(settings, world, now).decide(kept)


@dataclass(slots=True)
class _Look:
    """What a look has found so far."""

    settings: Settings
    world: World
    now: datetime
    doors: Doors = field(init=False)
    covering: Covering = field(init=False)
    news: list[News] = field(default_factory=list)
    rows: dict[str, KeptBooking] = field(default_factory=dict)
    """The bookings to keep, as this look leaves them."""

    def __post_init__(self) -> None:
        """Find the locks."""
        self.doors = Doors.of(self.settings, self.world)
        self.covering = Covering(settings=self.settings, world=self.world, now=self.now)

    def decide(self, kept: Kept) -> Decisions:
        """Return the decisions."""
        reading = Reading(
            settings=self.settings,
            world=self.world,
            now=self.now,
            doors=self.doors,
            covering=self.covering,
            news=self.news,
        )
        kept = reading.update(kept)
        standing, ended = self._go_through(kept.bookings)
        invite, uninvite = self._invitations([*standing, *ended])
        rows = tuple(self.rows[row.key] for row in kept.bookings if row.key in self.rows)
        if rows != kept.bookings:
            kept = replace(kept, bookings=rows)
        if self.news:
            kept = replace(kept, news=(*kept.news, *self.news)[-MAX_NEWS:])
        work = self.covering
        tells: list[TellGuest] = []
        settled = not (work.issue or work.put_off or invite or uninvite)
        if settled:
            kept = self._with_problems(kept, standing, ended)
            codes = self.world.codes
            for booking in standing:
                tells += tell_guest(booking, self.settings, codes, self.now)
        if kept.news and not self.settings.tell_owner:
            kept = replace(kept, news=())
        waits = kept.news_wait is not None and not kept.news_wait.over(self.now)
        return Decisions(
            kept=kept,
            withdraw=tuple(work.withdraw),
            restore=tuple(work.restore),
            happened=tuple(self.news),
            issue=tuple(work.issue),
            invite=tuple(invite),
            uninvite=tuple(uninvite),
            tell_guest=tuple(tells),
            tell_owner=kept.news if settled and not waits else (),
            more=work.put_off,
        )

    def _go_through(self, bookings: Iterable[KeptBooking]) -> tuple[list[Standing], list[Standing]]:
        """Return the bookings that stand and those that do not, by arrival, with what they need."""
        arrivals = [(self.doors.stay(*row.times), row) for row in bookings]
        standing, ended = [], []
        for stay, row in sorted(arrivals, key=lambda arrival: arrival[0].arrival):
            wishes = self.doors.wishes(*row.times)
            over = all(wish.departure <= self.now for wish in wishes.values())
            if row.cancelled or over:
                ended.append(self._end(row, stay, wishes))
            else:
                standing.append(self._stand(row, stay, wishes))
        hand_over(self.rows)
        return self._as_left(standing), self._as_left(ended)

    def _as_left(self, found: Iterable[Standing]) -> list[Standing]:
        """Return bookings as this look leaves them; those to be forgotten are unchanged."""
        return [
            replace(booking, row=self.rows.get(booking.row.key, booking.row)) for booking in found
        ]

    def _end(self, row: KeptBooking, stay: Stay, wishes: dict[str, Stay]) -> Standing:
        """Have the clients of a cancelled or past booking deleted; forget the booking later."""
        row = no_invitations(row)
        if row.cancelled:
            for cover in row.covers:
                self.covering.take_back(cover)
        else:
            row = self._without_later_codes(row, stay)
        ends = [wish.departure for wish in wishes.values()] + [cover.end for cover in row.covers]
        end = max(ends, default=stay.departure)
        patience = CLIENTS_FORGOTTEN_AFTER if row.invitations else FORGOTTEN_AFTER
        comes_back_with = row.invitations or any(cover.codes for cover in row.covers)
        if self.now < end + patience and (comes_back_with or not row.cancelled):
            self.rows[row.key] = row
        return Standing(row=row, stay=stay, locks={})

    def _without_later_codes(self, row: KeptBooking, stay: Stay) -> KeptBooking:
        """Withdraw the codes of a booking whose end was moved into the past, and tell the owner.

        Those of a stay that ended in its time go on to the end of their hours or days.
        """
        covers = [
            cover for cover in row.covers if cover.end > self.now and cover.taken_back is None
        ]
        codes = [code for cover in covers for code in (*cover.older, *cover.codes)]
        if opening := self.world.codes.live(codes, self.now):
            ended = Standing(row=row, stay=stay, locks={})
            news = news_of(ended, NewsKind.ENDED_EARLY, "", "")
            self.news.append(replace(news, codes=opening))
        for cover in covers:
            row = row.with_cover(self.covering.take_back(cover))
        return row

    def _stand(self, row: KeptBooking, stay: Stay, wishes: dict[str, Stay]) -> Standing:
        """Cover a booking at each of its locks."""
        pending: list[Pending] = []
        for device_id, wish in wishes.items():
            if self.now >= wish.departure:
                continue
            if lock := self.doors.locks.get(device_id):
                cover, wait = self.covering.cover(row, device_id, lock, wish)
                if cover is not None and cover is not row.cover(lock.owner):
                    row = row.with_cover(cover)
                pending += [wait] if wait else []
            elif self._has_codes(row, device_id):
                continue
            elif self.doors.is_due(wish, self.now):
                gone = Pending(device_id=device_id, arrival=wish.arrival, reason=Reason.LOCK_GONE)
                pending.append(gone)
        if any(self.doors.is_due(wish, self.now) for wish in wishes.values()):
            row = wanted_invitations(row, self.doors.locks.values(), self.settings.invite)
        else:
            row = no_invitations(row)
        self.rows[row.key] = row
        return Standing(row=row, stay=stay, locks=self.doors.locks, pending=tuple(pending))

    def _has_codes(self, row: KeptBooking, device_id: str) -> bool:
        """Return whether a lock whose account is not loaded has all codes: they open anyway."""
        cover = row.cover(self.world.unloaded.get(device_id, ""))
        return cover is not None and cover.complete

    def _invitations(self, found: Iterable[Standing]) -> tuple[list[Invite], list[Uninvite]]:
        """Return whom to invite and whose client to delete, where the account may be called."""
        reachable: dict[str, bool] = {}
        for lock in self.world.locks.values():
            account = self.world.accounts.get(lock.account)
            rests = account is None or (account.wait and not account.wait.over(self.now))
            reachable[lock.owner] = not rests
        invite: list[Invite] = []
        uninvite: list[Uninvite] = []
        for booking in found:
            if booking.row.invitations and booking.row.key in self.rows:
                new, gone = due_invitations(booking.row, booking.stay, reachable, self.now)
                invite += new
                uninvite += gone
        return invite, uninvite

    def _with_problems(self, kept: Kept, standing: list[Standing], ended: list[Standing]) -> Kept:
        found = list(problems(standing, self.settings, self.world.codes, self.now))
        for booking in ended:
            found += still_invited(booking.row, booking.stay)
        since = kept.unreadable_since
        if since and self.now >= since + UNREADABLE:
            found.append(News(kind=NewsKind.CALENDAR_UNREADABLE, start=since))
        covered = [booking.row.key for booking in standing if not booking.pending]
        kept, news = with_problems(kept, found, covered)
        self.news += news
        return kept
