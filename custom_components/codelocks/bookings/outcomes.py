"""Records in what is kept what came of a look's decisions. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from .decisions import Invite, Issue, TellGuest, Uninvite
from .kept import Cover, Invitation, Kept, News
from .waits import longer_wait


def issued(kept: Kept, issue: Issue, codes: Iterable[str], now: datetime) -> Kept:
    """Note the codes that were made, by their ids in the ledger."""
    found = _cover(kept, issue)
    if found is None:
        return kept
    known = found.codes if issue.adds else ()
    cover = replace(found, until=issue.end, codes=tuple(dict.fromkeys((*known, *codes))), wait=None)
    return _with_cover(kept, issue, cover, now)


def failed(
    kept: Kept,
    issue: Issue,
    reason: str,
    now: datetime,
    *,
    made: Iterable[str] = (),
    never_again: bool = False,
) -> Kept:
    """Note that codes could not be made, or only the first of a chain: it has to wait.

    `never_again` if trying again would be refused again.
    """
    found = _cover(kept, issue)
    if found is None:
        return kept
    cover = replace(
        found,
        codes=tuple(dict.fromkeys((*found.codes, *made))),
        wait=longer_wait(found.wait, reason, now, issue.arrival, never_again=never_again),
    )
    return _with_cover(kept, issue, cover, now)


def _cover(kept: Kept, issue: Issue) -> Cover | None:
    row = kept.get(issue.booking)
    return row.cover(issue.owner) if row else None


def _with_cover(kept: Kept, issue: Issue, cover: Cover, now: datetime) -> Kept:
    row = kept.get(issue.booking)
    if row is None:
        return kept
    fresh = any(code not in row.told for code in cover.codes)
    made_at = (row.made_at or now) if fresh else row.made_at
    return kept.with_booking(replace(row.with_cover(cover), made_at=made_at))


def told(kept: Kept, tell: TellGuest, errors: Mapping[str, str], now: datetime) -> Kept:
    """Note that a guest was told codes.

    `errors` maps each notify entity that failed to its error.
    """
    row = kept.get(tell.booking)
    if row is None:
        return kept
    current = {code for cover in row.covers for code in cover.codes}
    unsent: dict[str, tuple[str, ...]] = {}
    for entity_id in dict.fromkeys((*row.unsent, *errors)):
        before = row.unsent.get(entity_id, ())
        if entity_id in errors:
            left = dict.fromkeys((*before, *tell.codes))
        elif entity_id in tell.entity_ids:
            left = dict.fromkeys(code for code in before if code not in tell.codes)
        else:
            left = dict.fromkeys(before)
        if codes := tuple(code for code in left if code in current):
            unsent[entity_id] = codes
    wait = row.unsent_wait
    if errors:
        wait = longer_wait(wait, next(iter(errors.values())), now, tell.arrival)
    return kept.with_booking(
        replace(
            row,
            told=tuple(dict.fromkeys(code for code in (*row.told, *tell.codes) if code in current)),
            made_at=None,
            unsent=unsent,
            unsent_wait=wait if unsent else None,
        )
    )


def owner_told(kept: Kept, news: Iterable[News], now: datetime, error: str | None = None) -> Kept:
    """Note that the owner was told news, or could not be."""
    if error is not None:
        return replace(kept, news_wait=longer_wait(kept.news_wait, error, now))
    sent = set(news)
    return replace(kept, news=tuple(item for item in kept.news if item not in sent), news_wait=None)


def invitation_begun(kept: Kept, invite: Invite) -> Kept:
    """Note that an invitation is being sent: a crash, or a lost answer, may leave a client."""
    invitation = _invitation(kept, invite)
    if invitation is None:
        return kept
    return _with_invitation(kept, invite, replace(invitation, begun=True))


def is_begun(kept: Kept, invite: Invite) -> bool:
    """Return whether an earlier invitation may have been sent."""
    invitation = _invitation(kept, invite)
    return invitation is not None and invitation.begun


def invited(kept: Kept, invite: Invite, *, ours: bool) -> Kept:
    """Note that a guest is a client; `ours` if the invitation made it one."""
    invitation = _invitation(kept, invite)
    if invitation is None:
        return kept
    done = replace(invitation, sent=True, ours=ours, begun=False, wait=None)
    return _with_invitation(kept, invite, done)


def invitation_failed(
    kept: Kept,
    decision: Invite | Uninvite,
    reason: str,
    now: datetime,
    *,
    never_again: bool = False,
    begun: bool = False,
) -> Kept:
    """Note that a guest could not be invited, or a client could not be deleted.

    `begun` if the invitation may have been sent all the same.
    """
    invitation = _invitation(kept, decision)
    if invitation is None:
        return kept
    moment = decision.arrival if isinstance(decision, Invite) else decision.departure
    wait = longer_wait(invitation.wait, reason, now, moment, never_again=never_again)
    return _with_invitation(kept, decision, replace(invitation, wait=wait, begun=begun))


def uninvited(kept: Kept, decision: Uninvite) -> Kept:
    """Note that a client is deleted."""
    row, invitation = kept.get(decision.booking), _invitation(kept, decision)
    return kept.with_booking(row.without_invitation(invitation)) if row and invitation else kept


def inherited(kept: Kept, owner: str, email: str) -> Kept | None:
    """Return what is kept if a guest is to be a client of a lock for longer, else None.

    The client, which another calendar made, is theirs from now on: deleted when they leave.
    """
    for row in kept.bookings:
        for one in row.invitations:
            is_same = (one.owner, one.email.casefold()) == (owner, email.casefold())
            if is_same and not one.leaving:
                heir = replace(one, sent=True, ours=True, wait=None)
                return kept.with_booking(row.with_invitation(heir))
    return None


def _invitation(kept: Kept, decision: Invite | Uninvite) -> Invitation | None:
    row = kept.get(decision.booking)
    found = (
        invitation
        for invitation in (row.invitations if row else ())
        if (invitation.owner, invitation.email) == (decision.owner, decision.email)
    )
    return next(found, None)


def _with_invitation(kept: Kept, decision: Invite | Uninvite, changed: Invitation) -> Kept:
    row = kept.get(decision.booking)
    return kept.with_booking(row.with_invitation(changed)) if row else kept


def tried_afresh(kept: Kept) -> Kept:
    """Return what is kept without what was refused for good: something was changed since."""
    rows = []
    for row in kept.bookings:
        covers = tuple(
            replace(cover, wait=None) if cover.wait and cover.wait.until is None else cover
            for cover in row.covers
        )
        invitations = tuple(
            replace(one, wait=None) if one.wait and one.wait.until is None else one
            for one in row.invitations
        )
        rows.append(replace(row, covers=covers, invitations=invitations))
    return replace(kept, bookings=tuple(rows))
