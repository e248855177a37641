"""Who is told what: codes to the guest, problems and their end to the owner, each once. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..netcode.durations import digits
from ..netcode.ledger import Issued
from .codes import Codes
from .covering import Pending
from .decisions import LockFacts, TellGuest
from .kept import MAX_NEWS, Kept, KeptBooking, News, NewsKind
from .settings import Settings
from .stay import Stay
from .values import DAY
from .waits import Reason

HOUR = timedelta(hours=1)
PATIENCE = HOUR
"""How long codes that are made wait for those of other doors: a guest gets one message."""
NO_PATIENCE = 3 * HOUR
"""So long before arrival nothing waits any more."""
UNREADABLE = DAY
"""How long a calendar may be away before its owner hears of it."""
STILL_INVITED_TRIES = 3

TOLD_OVER = (NewsKind.CALENDAR_UNREADABLE, NewsKind.NO_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A booking that is neither cancelled nor over, with what this look found."""

    row: KeptBooking
    stay: Stay
    """Without buffers, at the first lock."""
    locks: Mapping[str, LockFacts]
    """Its locks by their device ids."""
    pending: tuple[Pending, ...] = ()


def unreliable(lock: LockFacts, code: Issued) -> str | None:
    """Return why a code may not open, if so."""
    if lock.clock_problem:
        return lock.clock_problem
    expected = digits(lock.model)
    if code.code is not None and expected not in (None, len(code.code)):
        return "digits"
    return None


def tell_guest(
    booking: Standing, settings: Settings, codes: Codes, now: datetime
) -> list[TellGuest]:
    """Return what a guest is to be told now: a code once, and only one that can be relied on."""
    row, stay = booking.row, booking.stay
    if not settings.notify_entity_ids:
        return []
    found: list[str] = []
    for lock in booking.locks.values():
        cover = row.cover(lock.owner)
        if cover is None or (cover.until is None and now < cover.start - HOUR):
            continue
        rows = (codes.by_id[one] for one in codes.live(cover.codes, now))
        found += [one.id for one in rows if not unreliable(lock, one)]
    fresh = tuple(one for one in found if one not in row.told)
    wait_for_others = (
        booking.pending
        and now < stay.arrival - NO_PATIENCE
        and row.made_at is not None
        and row.made_at <= now < row.made_at + PATIENCE
    )
    tells = []
    if fresh and not wait_for_others:
        current = {one for cover in row.covers for one in cover.codes}
        changed = any(one not in current for one in row.told)
        tells.append(
            TellGuest(
                booking=row.key,
                codes=fresh,
                entity_ids=settings.notify_entity_ids,
                arrival=stay.arrival,
                changed=changed,
            )
        )
    if row.unsent_wait is None or row.unsent_wait.over(now):
        tells += _again(booking, settings, found)
    return tells


def _again(booking: Standing, settings: Settings, found: Iterable[str]) -> Iterator[TellGuest]:
    """Return what did not reach some of the notify entities."""
    row = booking.row
    for entity_id, unsent in row.unsent.items():
        codes = tuple(one for one in unsent if one in found)
        if codes and entity_id in settings.notify_entity_ids:
            yield TellGuest(
                booking=row.key,
                codes=codes,
                entity_ids=(entity_id,),
                arrival=booking.stay.arrival,
            )


def problems(
    bookings: Iterable[Standing],
    settings: Settings,
    codes: Codes,
    now: datetime,
) -> Iterator[News]:
    """Return the problems that bookings have now."""
    short = 0
    for booking in bookings:
        short += any(one.reason == Reason.CALLS_TOO_FEW for one in booking.pending)
        yield from _without_code(booking, now)
        yield from _unreliable_codes(booking, codes, now)
        yield from _not_sent(booking, settings, codes, now)
        yield from _not_invited(booking, now)
    if short:
        yield News(kind=NewsKind.CALLS_TOO_FEW, reason=str(short))


def news_of(booking: Standing, kind: NewsKind, place: str, reason: str) -> News:
    """Return news of a booking."""
    return News(
        kind=kind,
        booking=booking.row.key,
        title=booking.row.title,
        start=booking.stay.arrival,
        end=booking.stay.departure,
        place=place,
        reason=reason,
    )


def _without_code(booking: Standing, now: datetime) -> Iterator[News]:
    for one in booking.pending:
        if one.hopeless or now >= one.arrival - HOUR:
            yield news_of(booking, NewsKind.NO_CODE, one.device_id, one.reason)


def _unreliable_codes(booking: Standing, codes: Codes, now: datetime) -> Iterator[News]:
    for device_id, lock in booking.locks.items():
        cover = booking.row.cover(lock.owner)
        rows = [codes.by_id[one] for one in codes.live(cover.codes, now)] if cover else []
        if reason := next(filter(None, (unreliable(lock, one) for one in rows)), None):
            yield news_of(booking, NewsKind.UNRELIABLE, device_id, reason)


def _not_sent(booking: Standing, settings: Settings, codes: Codes, now: datetime) -> Iterator[News]:
    row = booking.row
    for entity_id, unsent in row.unsent.items():
        if entity_id in settings.notify_entity_ids and codes.live(unsent, now):
            reason = row.unsent_wait.reason if row.unsent_wait else ""
            yield news_of(booking, NewsKind.NOT_SENT, entity_id, reason)


def _not_invited(booking: Standing, now: datetime) -> Iterator[News]:
    for one in booking.row.invitations:
        late = now >= booking.stay.arrival - HOUR
        if not one.sent and one.wait and (late or one.wait.hopeless):
            yield news_of(booking, NewsKind.NOT_INVITED, one.owner, one.wait.reason)


def still_invited(row: KeptBooking, stay: Stay) -> Iterator[News]:
    """Return the clients that could not be deleted: they still open."""
    for one in row.invitations:
        if one.leaving and one.wait and one.wait.tries >= STILL_INVITED_TRIES:
            booking = Standing(row=row, stay=stay, locks={})
            yield news_of(booking, NewsKind.STILL_INVITED, one.owner, one.wait.reason)


def with_problems(
    kept: Kept, found: Iterable[News], covered: Iterable[str]
) -> tuple[Kept, tuple[News, ...]]:
    """Return what is kept with the problems of now, and what is new.

    Each is told once while it lasts. `covered`: the bookings that stand and have all their codes.
    """
    now = {one.subject: one for one in found}
    before = {one.subject: one for one in kept.problems}
    covered = set(covered)
    news = [one for subject, one in now.items() if subject not in before]
    lasting = [one for subject, one in before.items() if subject in now]
    for subject, one in before.items():
        concerns = one.booking is None or one.booking in covered
        if subject not in now and one.kind in TOLD_OVER and concerns:
            news.append(replace(one, over=True, reason=""))
    begun = [one for one in news if not one.over]
    if not news and len(lasting) == len(before):
        return kept, ()
    waiting = (*kept.news, *news)[-MAX_NEWS:]
    return replace(kept, problems=(*lasting, *begun), news=waiting), tuple(news)
