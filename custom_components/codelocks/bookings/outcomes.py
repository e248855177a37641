"""What came of what a look decided, written into what is kept. Pure."""

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

    `never_again` where trying again would be refused again.
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
    """Note that a guest was told codes; `errors` by the notify entities that did not take it."""
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
    return replace(kept, news=tuple(one for one in kept.news if one not in sent), news_wait=None)


def invited(kept: Kept, invite: Invite, *, ours: bool) -> Kept:
    """Note that a guest is a client; `ours` if the invitation made it one."""
    one = _invitation(kept, invite)
    if one is None:
        return kept
    return _with_invitation(kept, invite, replace(one, sent=True, ours=ours, wait=None))


def invitation_failed(
    kept: Kept,
    decision: Invite | Uninvite,
    reason: str,
    now: datetime,
    *,
    never_again: bool = False,
) -> Kept:
    """Note that a guest could not be invited, or a client not be deleted."""
    one = _invitation(kept, decision)
    if one is None:
        return kept
    moment = decision.arrival if isinstance(decision, Invite) else decision.departure
    wait = longer_wait(one.wait, reason, now, moment, never_again=never_again)
    return _with_invitation(kept, decision, replace(one, wait=wait))


def uninvited(kept: Kept, decision: Uninvite) -> Kept:
    """Note that a client is deleted."""
    row, one = kept.get(decision.booking), _invitation(kept, decision)
    return kept.with_booking(row.without_invitation(one)) if row and one else kept


def _invitation(kept: Kept, decision: Invite | Uninvite) -> Invitation | None:
    row = kept.get(decision.booking)
    found = (
        one
        for one in (row.invitations if row else ())
        if (one.owner, one.email) == (decision.owner, decision.email)
    )
    return next(found, None)


def _with_invitation(kept: Kept, decision: Invite | Uninvite, changed: Invitation) -> Kept:
    row = kept.get(decision.booking)
    return kept.with_booking(row.with_invitation(changed)) if row else kept
