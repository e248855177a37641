"""What a reading of the calendar changes in what is kept. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .codes import legacy_name
from .covering import Covering
from .decisions import World
from .doors import Doors, days_around
from .email_address import find_address
from .events import Event
from .identity import match, new_key
from .kept import Cover, Kept, KeptBooking, News, NewsKind
from .settings import BookingsSettings, InviteAs, Settings, VisitorSettings
from .stay import stay_at, visits
from .values import DAY

CANCELLED_AFTER = timedelta(hours=3)
LONGEST_GAP = timedelta(minutes=30)
"""At most this much of the time between two readings counts: nobody knows what was in between."""


def occurrences(settings: VisitorSettings, kept: Kept, now: datetime) -> tuple[Event, ...]:
    """Return the visits to look at: those under way, those to come, and those that are kept."""
    first, last = days_around(now, settings.lead)
    starts = (row.times[0] for row in kept.bookings)
    days = (start.date() if isinstance(start, datetime) else start for start in starts)
    return tuple(visits(settings, first, max([last, *days])))


@dataclass(slots=True, kw_only=True)
class Reading:
    """A successful reading of the calendar, or its absence."""

    settings: Settings
    world: World
    now: datetime
    doors: Doors
    covering: Covering
    news: list[News]
    """Bookings that this reading shows to be cancelled."""

    def update(self, kept: Kept) -> Kept:
        """Return what is kept after it, with the bookings whose time has come."""
        if self.world.events is None:
            since = min(kept.unreadable_since or self.now, self.now)
            return kept if since == kept.unreadable_since else replace(kept, unreadable_since=since)
        matched = match(self._bookings(self.world.events), kept.bookings, kept.shared)
        rows = {row.key: row for row in kept.bookings}
        for row, event in matched.pairs:
            rows[row.key] = self._with_address(row.seen(event), event)
        for row in matched.missing:
            rows[row.key] = self._missed(row)
        for event in matched.new:
            if self.doors.any_due(event.start, event.end, self.now):
                row = self._new(event, new_key(event, matched.shared, rows))
                rows[row.key] = row
        after = tuple(rows.values())
        self.covering.gone = sum(self._is_gone(row) for row in after)
        if (after, matched.shared, None) == (kept.bookings, kept.shared, kept.unreadable_since):
            return kept
        return replace(kept, bookings=after, shared=matched.shared, unreadable_since=None)

    def _bookings(self, events: tuple[Event, ...]) -> Iterable[Event]:
        """Return the events that are not blocked days."""
        if not isinstance(self.settings, BookingsSettings):
            return events
        ignores = self.settings.ignores
        return (event for event in events if not ignores(event.title))

    def _with_address(self, row: KeptBooking, event: Event) -> KeptBooking:
        if self.settings.invite is InviteAs.OFF or row.email is not None:
            return row
        return replace(row, email=find_address(event.description) or "")

    def _missed(self, row: KeptBooking) -> KeptBooking:
        """Return a booking that is missing from this reading.

        It is cancelled once missing for three hours.
        """
        unread = self.world.unread_after
        if unread and (row.start, row.end) >= unread:
            return row
        if row.cancelled or self.doors.over(*row.times, self.now):
            return row
        gap = min(max(self.now - (row.missing_at or self.now), timedelta()), LONGEST_GAP)
        seconds = row.missing_seconds + round(gap.total_seconds())
        row = replace(row, missing_at=self.now, missing_seconds=seconds)
        return self._cancel(row) if seconds >= CANCELLED_AFTER.total_seconds() else row

    def _is_gone(self, row: KeptBooking) -> bool:
        """Return whether a booking that had codes vanished within the last day."""
        at = row.missing_at
        return bool(at and at > self.now - DAY and any(cover.until for cover in row.covers))

    def _cancel(self, row: KeptBooking) -> KeptBooking:
        """Withdraw the codes of a booking, and tell the owner which still open."""
        codes = [code for cover in row.covers for code in (*cover.older, *cover.codes)]
        if opening := self.world.codes.live(codes, self.now):
            stay = self.doors.stay(*row.times)
            self.news.append(
                News(
                    kind=NewsKind.CANCELLED,
                    booking=row.key,
                    title=row.title,
                    start=stay.arrival,
                    end=stay.departure,
                    codes=opening,
                )
            )
        covers = tuple(map(self.covering.take_back, row.covers))
        return replace(row, covers=covers, cancelled=True)

    def _new(self, event: Event, key: str) -> KeptBooking:
        """Return a booking whose time has come, with the codes that it has already."""
        start, end = event.times
        row = KeptBooking(
            key=key,
            known_by=event.known_by,
            content=event.content,
            gist=event.gist,
            title=event.title,
            start=start,
            end=end,
        )
        row = self._with_address(row, event)
        references = [self.settings.reference(key), *self._legacy_names(event)]
        wishes = self.doors.wishes(event.start, event.end)
        for device_id, lock in self.doors.locks.items():
            wish = wishes[device_id]
            begin = max(wish.arrival, self.now)
            codes = self.world.codes.covering(lock.owner, references, begin, wish.departure)
            if codes:
                cover = Cover(
                    owner=lock.owner,
                    pairing=lock.pairing,
                    start=wish.arrival,
                    end=wish.departure,
                    fit=self.settings.fit,
                    until=wish.departure,
                    codes=codes,
                )
                row = replace(row.with_cover(cover), told=(*row.told, *codes))
        return row

    def _legacy_names(self, event: Event) -> tuple[str, ...]:
        """Return the keys under which codes of version 0.1.0's blueprints are filed."""
        if isinstance(self.settings, VisitorSettings):
            return (legacy_name(f"{event.uid} {self.settings.name}"),)
        stay = stay_at(self.world.zone, event.start, event.end, self.settings)
        keys = event.legacy_keys(stay.arrival.astimezone(self.world.zone))
        return tuple(map(legacy_name, keys))
