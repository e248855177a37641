"""One look: what `reconcile` decides is carried out, round by round, until nothing is left to do.

Each step is on the disk before the next begins: a crash repeats at most the one under way.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..api import CodelocksRejectedError, Pool
from ..errors import UnexpectedError, error_from, error_key
from ..issuing.delivery import async_deliver, members_of
from ..issuing.tell import async_tell
from ..localize import localized
from ..reading.audit import masked
from . import outcomes
from .decisions import Decisions, Invite, Issue, TellGuest, Uninvite, World
from .doors import Doors
from .events import Event
from .guest_book import GuestBook, Happening
from .guests_phones import OUTCOME_UNKNOWN, async_delete, async_invite, async_is_client
from .kept import Kept, News, NewsKind
from .making import Made, async_make, async_read_durations, turn_to_make
from .owner_message import owner_message
from .reading import occurrences
from .reconcile import reconcile
from .settings import Settings, VisitorSettings
from .stay import Stay
from .world import FoundLock, async_mark, doors_of, find_lock, find_locks, kept_codes, world_of

MAX_ROUNDS = 100
"""What fails has to wait, so it ends by itself; this is for what nobody thought of."""

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Look:
    """A look at one guest book."""

    hass: HomeAssistant
    book: GuestBook
    events: tuple[Event, ...] | None
    """What the calendar says; None if it cannot be read. A visitor has none."""
    unread_after: tuple[str, str] | None
    """The times of the last event, where the calendar has more than are read."""
    is_ending: Callable[[], bool]
    """Whether to do no more: Home Assistant stops, or the account is unloaded."""
    others: Callable[[], Iterable[GuestBook]]
    locks: dict[str, FoundLock] = field(default_factory=dict)
    """The locks that this round knows, by device id."""
    _asked: set[tuple[str, str]] = field(default_factory=set)
    """The lock models whose durations were asked for, by account."""

    async def async_carry_out(self) -> None:
        """Decide and do, until there is nothing left to do, or no way to."""
        for _ in range(MAX_ROUNDS):
            if self.is_ending() or not await self._async_do(await self._async_decide()):
                return
        _LOGGER.error("%s: looking at bookings does not come to an end", self.book.settings.name)

    def world(self) -> World:
        """Return what there is now."""
        book, now = self.book, dt_util.utcnow()
        self.locks = find_locks(self.hass, book.settings, book.kept)
        events = self.events
        if isinstance(book.settings, VisitorSettings):
            events = occurrences(book.settings, book.kept, now)
        return world_of(
            self.hass,
            book.settings,
            self.locks,
            events,
            now,
            unread_after=self.unread_after,
        )

    async def _async_decide(self) -> Decisions:
        """Decide, and take over what is kept; durations that are missing are read first."""
        while True:
            world, now = self.world(), dt_util.utcnow()
            decisions = reconcile(self._settings(), self.book.kept, world, now)
            missing = self._without_durations(world, decisions.kept)
            if missing is None:
                return decisions
            self._asked.add((missing.entry.entry_id, missing.lock.model))
            await async_read_durations(self.hass, missing)

    def _settings(self) -> Settings:
        """Return the settings, with members for groups of notify entities: each has its errors."""
        settings = self.book.settings
        chosen = settings.notify_entity_ids
        ids = [
            member
            for entity_id in chosen
            for member in members_of(self.hass, [entity_id]) or [entity_id]
        ]
        rows = self.book.kept.bookings
        ids += [entity_id for row in rows for entity_id in row.unsent if entity_id in chosen]
        return replace(settings, notify_entity_ids=tuple(dict.fromkeys(ids)))

    def _without_durations(self, world: World, kept: Kept) -> FoundLock | None:
        """Return a lock that is to get codes, and the durations of whose model are not known."""
        now = dt_util.utcnow()
        for device_id in self.book.settings.locks:
            found, facts = self.locks.get(device_id), world.locks.get(device_id)
            if found is None or facts is None or facts.durations is not None:
                continue
            if (found.entry.entry_id, facts.model) in self._asked:
                continue
            covers = (row.cover(facts.owner) for row in kept.bookings if not row.cancelled)
            if any(cover and cover.is_wanted and now < cover.end for cover in covers):
                return found
        return None

    async def _async_do(self, decisions: Decisions) -> bool:
        """Carry out decisions; returns whether to decide again."""
        hass, book = self.hass, self.book
        changed = book.set_kept(decisions.kept)
        await async_mark(hass, restore=[one for row in decisions.restore for one in row.codes])
        if changed:
            await book.async_save()
        await async_mark(hass, withdraw=[one for row in decisions.withdraw for one in row.codes])
        for news in decisions.happened:
            self._tell_news(news)
        await self._async_issue_all(decisions.issue)
        done = bool(decisions.withdraw or decisions.restore or decisions.issue or decisions.more)
        if decisions.more:
            await asyncio.sleep(0)
        for invite in decisions.invite:
            done |= not self.is_ending() and await self._async_invite(invite)
        for uninvite in decisions.uninvite:
            done |= not self.is_ending() and await self._async_uninvite(uninvite)
        for tell in decisions.tell_guest:
            done |= not self.is_ending() and await self._async_tell_guest(tell)
        if decisions.tell_owner and not self.is_ending():
            await self._async_tell_owner(decisions.tell_owner)
            done = True
        return done

    # Codes

    async def _async_issue_all(self, issues: Iterable[Issue]) -> None:
        """Make codes, and tell of each booking that has its codes."""
        made: dict[str, Happening] = {}
        for issue in issues:
            if await self._async_issue(issue):
                if issue.changed:
                    made[issue.booking] = Happening.CODE_CHANGED
                made.setdefault(issue.booking, Happening.CODE_MADE)
        for key, happening in made.items():
            if row := self.book.kept.get(key):
                stay = self._doors().stay(*row.times)
                self._tell_happening(happening, row.title, stay)

    async def _async_issue(self, issue: Issue) -> bool:
        """Make the codes of a booking at a lock; returns whether they are all made."""
        found = find_lock(self.hass, issue.device_id)
        if found is None or found.pairing != issue.pairing:
            return False  # it changed meanwhile: the next look decides
        async with turn_to_make(self.hass, found.entry):
            if self.is_ending() or not self._may_call(found, issue):
                return False
            try:
                made = await async_make(self.hass, found, issue, self.book.settings)
            except Exception as err:  # noqa: BLE001 - one booking's failure must not stop the others
                made = Made(error=_unexpected(err))
            return await self._async_note_made(found, issue, made)

    def _may_call(self, found: FoundLock, issue: Issue) -> bool:
        """Return whether its account may be called: others may have used it meanwhile."""
        now, wait = dt_util.utcnow(), found.waits.get()
        left = found.data.calls_left(Pool.NETCODE, now) - self.book.settings.keep_calls
        rests = wait is not None and not wait.over(now)
        return found.is_loaded and not rests and issue.calls <= max(left, 0)

    async def _async_note_made(self, found: FoundLock, issue: Issue, made: Made) -> bool:
        """Keep what became of an order; returns whether all its codes are made."""
        now, book, err = dt_util.utcnow(), self.book, made.error
        if err is None:
            if made.by_spare:
                await found.waits.async_rest(now)
            else:
                await found.waits.async_works()
            await book.async_keep(outcomes.issued(book.kept, issue, made.codes, now))
            return True
        if not found.is_loaded:
            return False  # its codes are in the ledger: when it is back they take no call
        rests = await found.waits.async_failed(issue.owner, err, now)
        if made.codes or not rests:
            kept = outcomes.failed(
                book.kept, issue, _words(err), now, made=made.codes, never_again=made.never_again
            )
            await book.async_keep(kept)
        return False

    # Phones

    def _found(self, owner: str) -> FoundLock | None:
        found = next((one for one in self.locks.values() if one.owner == owner), None)
        return found if found and found.is_loaded else None

    async def _async_invite(self, invite: Invite) -> bool:
        """Invite a guest; returns whether that was tried."""
        book, found = self.book, self._found(invite.owner)
        if found is None:
            return False
        begun = outcomes.is_begun(book.kept, invite)
        try:
            if await async_is_client(self.hass, found, invite.email):
                ours = begun
            else:
                begun = True
                await book.async_keep(outcomes.invitation_begun(book.kept, invite))
                await async_invite(self.hass, found, invite.email, invite.invite_as)
                ours = True
        except Exception as err:  # noqa: BLE001 - one guest's failure must not stop the others
            error = err if isinstance(err, HomeAssistantError) else _unexpected(err)
            begun = begun and error.translation_key == OUTCOME_UNKNOWN
            await self._async_note_failed(found, invite, error, begun=begun)
        else:
            await book.async_keep(outcomes.invited(book.kept, invite, ours=ours))
        return True

    async def _async_uninvite(self, uninvite: Uninvite) -> bool:
        """Delete a client, unless it is another calendar's guest, too; returns if it was tried."""
        book, found = self.book, self._found(uninvite.owner)
        if found is None:
            return False
        for other in self.others():
            if heir := outcomes.inherited(other.kept, uninvite.owner, uninvite.email):
                await other.async_keep(heir)
                await book.async_keep(outcomes.uninvited(book.kept, uninvite))
                return True
        try:
            await async_delete(self.hass, found, uninvite.email)
        except Exception as err:  # noqa: BLE001 - one guest's failure must not stop the others
            error = err if isinstance(err, HomeAssistantError) else _unexpected(err)
            await self._async_note_failed(found, uninvite, error)
        else:
            await book.async_keep(outcomes.uninvited(book.kept, uninvite))
        return True

    async def _async_note_failed(
        self,
        found: FoundLock,
        decision: Invite | Uninvite,
        err: HomeAssistantError,
        *,
        begun: bool = False,
    ) -> None:
        now = dt_util.utcnow()
        await found.waits.async_failed(found.owner, err, now)
        kept = outcomes.invitation_failed(
            self.book.kept,
            decision,
            _words(err),
            now,
            never_again=isinstance(err.__cause__, CodelocksRejectedError),
            begun=begun,
        )
        await self.book.async_keep(kept)

    # Words

    async def _async_tell_guest(self, tell: TellGuest) -> bool:
        """Send codes in one message; returns whether that was tried."""
        hass, book = self.hass, self.book
        codes = kept_codes(hass, tell.codes)
        if len(codes) != len(tell.codes):
            return False  # an account was unloaded meanwhile
        rows = await async_tell(hass, codes, tell.entity_ids, book.settings.message)
        errors = {row["entity_id"]: str(row["error"]) for row in rows if not row["ok"]}
        if not rows:  # groups without members
            errors = dict.fromkeys(tell.entity_ids, localized(hass, "notify_entity_unavailable"))
        now = dt_util.utcnow()
        if any(row["ok"] for row in rows):
            book.note_sent(tell.booking, now)
        book.set_kept(outcomes.told(book.kept, tell, errors, now))
        await book.async_save()
        return True

    async def _async_tell_owner(self, news: tuple[News, ...]) -> None:
        """Send news in one message, as far as they fit; the next round sends the rest.

        To nobody in vain as long as somebody gets it.
        """
        hass, book = self.hass, self.book
        zone = self._doors().zone
        text, news = owner_message(hass, book.settings.name, zone, news, kept_codes)
        rows = await async_deliver(hass, book.settings.tell_owner, text, secrets=())
        errors = [str(row["error"]) for row in rows if not row["ok"]]
        error = None
        if len(errors) == len(rows):
            error = next(iter(errors), localized(hass, "notify_entity_unavailable"))
        await book.async_keep(outcomes.owner_told(book.kept, news, dt_util.utcnow(), error))

    def _tell_news(self, news: News) -> None:
        """Tell of a problem that began, or of a cancelled booking."""
        if news.over or news.kind is NewsKind.ENDED_EARLY:
            return
        is_cancelled = news.kind is NewsKind.CANCELLED
        happening = Happening.CANCELLED if is_cancelled else Happening.PROBLEM
        stay = Stay(news.start, news.end) if news.start and news.end else None
        reason = None if is_cancelled else news.kind.value
        self._tell_happening(happening, news.title, stay, reason)

    def _tell_happening(
        self, happening: Happening, title: str, stay: Stay | None, reason: str | None = None
    ) -> None:
        self.book.async_tell_happening(
            happening, happening_attributes(self._doors(), title, stay, reason)
        )

    def _doors(self) -> Doors:
        return doors_of(self.hass, self.book.settings)


def happening_attributes(
    doors: Doors, title: str, stay: Stay | None, reason: str | None = None
) -> dict[str, Any]:
    """Return what an event tells; its times are those at the first lock."""
    return {
        "title": title or None,
        "start": stay.arrival.astimezone(doors.zone).isoformat() if stay else None,
        "end": stay.departure.astimezone(doors.zone).isoformat() if stay else None,
        "reason": reason,
    }


def _unexpected(err: Exception) -> HomeAssistantError:
    """Log an error that nobody expected, without its words, and return one for the owner."""
    unexpected = UnexpectedError(err)
    _LOGGER.error("Bookings: unexpected error", exc_info=unexpected)
    return error_from(error_key(unexpected), str(unexpected))


def _words(err: HomeAssistantError) -> str:
    """Return the words of an error, to be kept and told: no code is in them."""
    return masked(str(err)) or ""
