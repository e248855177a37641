"""Guests who open with a phone: whom to invite to the K3 locks, and whose client goes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from .decisions import Invite, LockFacts, Uninvite
from .kept import Invitation, KeptBooking
from .settings import InviteAs
from .stay import Stay


def wanted_invitations(
    row: KeptBooking, locks: Iterable[LockFacts], invite_as: InviteAs
) -> KeptBooking:
    """Return a booking whose time has come with an invitation for each K3 lock.

    One of another address goes. Those that were sent stay as they were sent.
    """
    email = row.email
    if invite_as is InviteAs.OFF or not email:
        return row
    by_lock = {one.owner: one for one in row.invitations if one.email == email}
    for one in row.invitations:
        if one.email != email:
            row = _leaving(row, one)
    for owner in (lock.owner for lock in locks if lock.takes_phones):
        known = by_lock.get(owner)
        if known is None:
            new = Invitation(owner=owner, email=email, invite_as=invite_as)
            row = row.with_invitation(new)
        elif known.leaving:
            row = row.with_invitation(replace(known, leaving=False, wait=None))
    return row


def no_invitations(row: KeptBooking) -> KeptBooking:
    """Return a booking that is over, cancelled or far away: its clients are to go."""
    for one in row.invitations:
        row = _leaving(row, one)
    return row


def _leaving(row: KeptBooking, one: Invitation) -> KeptBooking:
    """Let an invitation go: a client that this booking made is deleted, a one-time one is not."""
    if one.leaving:
        return row
    if one.sent and one.ours and one.invite_as is InviteAs.STANDARD:
        return row.with_invitation(replace(one, leaving=True, wait=None))
    return row.without_invitation(one)


def hand_over(rows: dict[str, KeptBooking]) -> None:
    """Let a guest who has another booking keep the client: that booking deletes it then."""
    staying = {
        (one.owner, one.email.casefold()): (row.key, one)
        for row in rows.values()
        for one in row.invitations
        if one.sent and not one.leaving
    }
    for row in [row for row in rows.values() if row.invitations]:
        for one in row.invitations:
            if one.leaving and (heir := staying.get((one.owner, one.email.casefold()))):
                key, other = heir
                rows[row.key] = rows[row.key].without_invitation(one)
                rows[key] = rows[key].with_invitation(replace(other, ours=True))


def due_invitations(
    row: KeptBooking, stay: Stay, reachable: Mapping[str, bool], now: datetime
) -> tuple[list[Invite], list[Uninvite]]:
    """Return whom to invite and whose client to delete now; `reachable` by the locks' owners."""
    able = [
        one
        for one in row.invitations
        if reachable.get(one.owner) and (one.wait is None or one.wait.over(now))
    ]
    invite = [
        Invite(
            booking=row.key,
            owner=one.owner,
            email=one.email,
            invite_as=one.invite_as,
            arrival=stay.arrival,
        )
        for one in able
        if not one.sent
    ]
    uninvite = [
        Uninvite(booking=row.key, owner=one.owner, email=one.email, departure=stay.departure)
        for one in able
        if one.leaving
    ]
    return invite, uninvite
