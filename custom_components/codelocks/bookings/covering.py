"""The codes of a booking at a lock: which are missing, and which to withdraw. Pure."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..netcode.clocks import utc
from ..netcode.durations import ImpossibleWindow
from ..netcode.windows import WindowRequest, plan
from .decisions import Issue, LockFacts, Restore, Withdraw, World
from .kept import Cover, KeptBooking
from .settings import Fit, Settings
from .stay import Stay, chain_part
from .waits import Reason, Wait, longer_wait

MAX_PLANS = 10
"""Plans in one round: each takes some of the loop's time. First plans that are left come with the
next round, others with the next look."""
FREE_MOVES = 5
"""Moves of a booking that are followed at once; after each more, codes wait longer."""
FREE_TO_GO = 10
"""Bookings that may come and go in a day; with each ten more, those of new ones wait longer.
A calendar that shifts its events at each reading would spend the calls of a month in a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A lock of a booking whose codes are due, and not made."""

    device_id: str
    arrival: datetime
    reason: str
    hopeless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one order would make."""

    start: datetime
    end: datetime
    tight: bool
    calls: int


@dataclass(slots=True, kw_only=True)
class Covering:
    """Goes through the bookings of a look, and gathers what their codes need."""

    settings: Settings
    world: World
    now: datetime
    withdraw: list[Withdraw] = field(default_factory=list)
    restore: list[Restore] = field(default_factory=list)
    issue: list[Issue] = field(default_factory=list)
    put_off: bool = False
    """Whether a first plan waits for the next round."""
    plans: int = 0
    gone: int = 0
    """How many bookings with codes vanished within a day."""
    spent: Counter[str] = field(default_factory=Counter)
    """Calls by account that this look decided to make."""

    def take_back(self, cover: Cover) -> Cover:
        """Withdraw the codes of a booking that is cancelled, or moved far away.

        Also those that a crash left: what is kept is written before the ledger.
        """
        if cover.taken_back is not None:
            known = {code for withdraw in self.withdraw for code in withdraw.codes}
            left = self.world.codes.live(cover.taken_back, self.now)
            if left := tuple(code for code in left if code not in known):
                self.withdraw.append(Withdraw(codes=left))
            return cover
        codes = self.world.codes.live((*cover.older, *cover.codes), self.now)
        if codes:
            self.withdraw.append(Withdraw(codes=codes))
        own = tuple(code for code in codes if code in cover.codes)
        return replace(cover, taken_back=own, older=(), wait=None)

    def cover(
        self, row: KeptBooking, device_id: str, lock: LockFacts, wish: Stay
    ) -> tuple[Cover | None, Pending | None]:
        """Return the codes of a standing booking at a lock, and why they are not made yet."""
        due = wish.arrival - self.settings.lead <= self.now
        cover = row.cover(lock.owner)
        if cover is None or not self._fits(cover, lock, wish):
            if not due:
                return (self.take_back(cover) if cover else None), None
            cover = self._begin(row, cover, lock, wish)
        elif cover.taken_back is not None:
            cover = self._bring_back(cover)
        if cover.older and cover.until is not None:
            cover = self._replace_older(cover)
        if cover.complete or not due:
            return cover, None
        return self._order(row, device_id, lock, cover)

    def _fits(self, cover: Cover, lock: LockFacts, wish: Stay) -> bool:
        return (cover.start, cover.end, cover.pairing) == (
            wish.arrival,
            wish.departure,
            lock.pairing,
        )

    def _begin(self, row: KeptBooking, before: Cover | None, lock: LockFacts, wish: Stay) -> Cover:
        """Return a cover without codes; those of other times open until it has some."""
        older = (*before.older, *before.codes) if before else ()
        return Cover(
            owner=lock.owner,
            pairing=lock.pairing,
            start=wish.arrival,
            end=wish.departure,
            fit=self.settings.fit,
            older=self.world.codes.live(older, self.now),
            wait=self._calm_wait(row, before, wish),
        )

    def _calm_wait(self, row: KeptBooking, before: Cover | None, wish: Stay) -> Wait | None:
        """Return how long codes wait for the calendar to come to rest."""
        times = row.moves - FREE_MOVES if before else self.gone // FREE_TO_GO
        if times <= 0:
            return None
        earlier = Wait(tries=times - 1, until=None, reason="")
        return longer_wait(earlier, Reason.CHANGES_OFTEN, self.now, wish.arrival)

    def _bring_back(self, cover: Cover) -> Cover:
        """Restore the codes withdrawn with the booking; they still open anyway."""
        rows = (self.world.codes.by_id.get(code) for code in cover.taken_back or ())
        codes = tuple(row.id for row in rows if row and row.code and self.now < row.end)
        if codes:
            self.restore.append(Restore(codes=codes))
        return replace(cover, taken_back=None)

    def _replace_older(self, cover: Cover) -> Cover:
        others = [code for code in cover.older if code not in cover.codes]
        if codes := self.world.codes.live(others, self.now):
            self.withdraw.append(Withdraw(codes=codes))
        return replace(cover, older=())

    def _order(
        self, row: KeptBooking, device_id: str, lock: LockFacts, cover: Cover
    ) -> tuple[Cover, Pending | None]:
        """Order what is missing, or say why not."""
        if cover.until is not None and self._next_part(cover, lock) is None:
            return cover, None  # the rest of its chain is too far away
        if cover.until is None and cover.fit is not self.settings.fit:
            cover = replace(cover, fit=self.settings.fit, wait=None)
        reason, hopeless = self._held_up(row, cover, lock)
        if not reason:
            self.plans += 1
            planned = self._plan(cover, lock)
            if isinstance(planned, _Part):
                self.spent[lock.account] += planned.calls
                self.issue.append(self._issue(row, device_id, lock, cover, planned))
                return cover, None
            cover = replace(cover, wait=planned)
            reason, hopeless = planned.reason, planned.hopeless
        if reason == Reason.NOT_YET:
            return cover, None
        return cover, Pending(
            device_id=device_id, arrival=cover.start, reason=reason, hopeless=hopeless
        )

    def _held_up(self, row: KeptBooking, cover: Cover, lock: LockFacts) -> tuple[str, bool]:
        """Return why nothing can be ordered now, and whether waiting is hopeless; "" if it can."""
        account, wait = self.world.accounts.get(lock.account), cover.wait
        if account is None:
            return Reason.LOCK_GONE, False
        if lock.durations is None:
            return Reason.DURATIONS_UNKNOWN, False
        is_full = self.plans >= MAX_PLANS
        if wait and (is_full or self._waits(row, wait, lock)):
            return wait.reason, wait.hopeless
        if account.wait and not account.wait.over(self.now):
            return Reason.ACCOUNT_RESTS, False
        if is_full:
            self.put_off = True
            return Reason.NOT_YET, False
        return "", False

    def _waits(self, row: KeptBooking, wait: Wait, lock: LockFacts) -> bool:
        """Return whether it has to wait longer; what came and is gone waits until it is back."""
        if wait.reason == Reason.CHANGES_OFTEN and row.missing_at is not None:
            return True
        return not (wait.over(self.now) or self._affordable(wait, lock))

    def _available(self, lock: LockFacts) -> int:
        """Return how many calls may be made."""
        left = self.world.accounts[lock.account].calls_left
        return max(left - self.settings.keep_calls - self.spent[lock.account], 0)

    def _affordable(self, wait: Wait, lock: LockFacts) -> bool:
        """Return whether it waits for calls, and there are enough by now."""
        return wait.reason == Reason.CALLS_TOO_FEW and wait.needs <= self._available(lock)

    def _plan(self, cover: Cover, lock: LockFacts) -> _Part | Wait:
        """Return what to order, or how long to wait."""

        def wait(reason: str, *, hopeless: bool = False, needs: int = 0) -> Wait:
            return longer_wait(
                cover.wait, reason, self.now, cover.start, hopeless=hopeless, needs=needs
            )

        try:
            part = self._part(cover, lock)
        except ImpossibleWindow as err:
            return wait(err.reason, hopeless=True)
        if part is None:
            return wait(Reason.NOT_YET)
        if part.calls > self._available(lock):
            return wait(Reason.CALLS_TOO_FEW, needs=part.calls)
        return part

    def _next_part(self, cover: Cover, lock: LockFacts) -> tuple[datetime, datetime] | None:
        return chain_part(Stay(cover.start, cover.end), cover.until, lock.clock, self.now)

    def _part(self, cover: Cover, lock: LockFacts) -> _Part | None:
        """Return what to order: one code, or the next part of a chain; raises ImpossibleWindow."""
        if cover.until is None and cover.fit is not Fit.TIGHT:
            try:
                return self._planned(lock, cover.start, cover.end, tight=False)
            except ImpossibleWindow:
                if cover.fit is Fit.SINGLE:
                    raise
        part = self._next_part(cover, lock)
        return self._planned(lock, *part, tight=True) if part else None

    def _planned(self, lock: LockFacts, start: datetime, end: datetime, *, tight: bool) -> _Part:
        request = WindowRequest(start=start, end=end, fit="tight" if tight else None)
        windows = plan(request, lock.durations or (), lock.clock, self.now, lock.rules)
        calls = sum(
            not self.world.codes.known(lock.key(window), self.now)
            for window in windows
            if utc(window.end) > self.now
        )
        return _Part(start=start, end=end, tight=tight, calls=calls)

    def _issue(
        self, row: KeptBooking, device_id: str, lock: LockFacts, cover: Cover, part: _Part
    ) -> Issue:
        return Issue(
            booking=row.key,
            device_id=device_id,
            owner=lock.owner,
            pairing=lock.pairing,
            start=part.start,
            end=part.end,
            tight=part.tight,
            name=row.title or self.settings.name,
            reference=self.settings.reference(row.key),
            adds=cover.until is not None,
            changed=bool(cover.older),
            calls=part.calls,
            arrival=cover.start,
        )
