"""Guests who open with a phone: whom to invite to K3 locks, and whose client to delete. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from .decisions import Invite, LockFacts, Uninvite
from .kept import Invitation, KeptBooking
from .settings import InviteAs
from .stay import Stay
from .waits import Reason, Wait

MAX_ADDRESSES = 5
"""Addresses that are invited for one booking: each costs calls, and its client is deleted again."""


def wanted_invitations(
    row: KeptBooking, locks: Iterable[LockFacts], invite_as: InviteAs
) -> KeptBooking:
    """Return a booking whose time has come with an invitation for each K3 lock.

    An invitation to another address is withdrawn. Those that were sent stay as they were sent.
    """
    email = row.email
    if invite_as is InviteAs.OFF or not email:
        return row
    by_lock = {
        invitation.owner: invitation for invitation in row.invitations if invitation.email == email
    }
    for invitation in row.invitations:
        if invitation.email != email:
            row = _leaving(row, invitation)
    owners = [lock.owner for lock in locks if lock.takes_phones]
    if owners and not by_lock:
        row = replace(row, addresses=min(row.addresses, MAX_ADDRESSES) + 1)
    too_many = Wait(tries=1, until=None, reason=Reason.CHANGES_OFTEN, hopeless=True)
    wait = too_many if row.addresses > MAX_ADDRESSES else None
    for owner in owners:
        known = by_lock.get(owner)
        if known is None:
            new = Invitation(owner=owner, email=email, invite_as=invite_as, wait=wait)
            row = row.with_invitation(new)
        elif known.leaving:
            row = row.with_invitation(replace(known, leaving=False, wait=None))
    return row


def no_invitations(row: KeptBooking) -> KeptBooking:
    """Return a booking that is over, cancelled or far away: its clients are to be deleted."""
    for invitation in row.invitations:
        row = _leaving(row, invitation)
    return row


def _leaving(row: KeptBooking, invitation: Invitation) -> KeptBooking:
    """Withdraw an invitation: the client it made is to be deleted, unless it is a one-time one."""
    if invitation.leaving:
        return row
    if invitation.sent and invitation.ours and invitation.invite_as is InviteAs.STANDARD:
        return row.with_invitation(replace(invitation, leaving=True, wait=None))
    return row.without_invitation(invitation)


def hand_over(rows: dict[str, KeptBooking]) -> None:
    """Keep the client of a guest who has another booking, which deletes it later."""
    staying = {
        (invitation.owner, invitation.email.casefold()): (row.key, invitation)
        for row in rows.values()
        for invitation in row.invitations
        if invitation.sent and not invitation.leaving
    }
    for row in [row for row in rows.values() if row.invitations]:
        for invitation in row.invitations:
            if invitation.leaving and (
                heir := staying.get((invitation.owner, invitation.email.casefold()))
            ):
                key, other = heir
                rows[row.key] = rows[row.key].without_invitation(invitation)
                rows[key] = rows[key].with_invitation(replace(other, ours=True))


def due_invitations(
    row: KeptBooking, stay: Stay, reachable: Mapping[str, bool], now: datetime
) -> tuple[list[Invite], list[Uninvite]]:
    """Return whom to invite and whose client to delete now; `reachable` by the locks' owners."""
    able = [
        invitation
        for invitation in row.invitations
        if reachable.get(invitation.owner)
        and (invitation.wait is None or invitation.wait.over(now))
    ]
    invite = [
        Invite(
            booking=row.key,
            owner=invitation.owner,
            email=invitation.email,
            invite_as=invitation.invite_as,
            arrival=stay.arrival,
        )
        for invitation in able
        if not invitation.sent
    ]
    uninvite = [
        Uninvite(
            booking=row.key,
            owner=invitation.owner,
            email=invitation.email,
            departure=stay.departure,
        )
        for invitation in able
        if invitation.leaving
    ]
    return invite, uninvite
