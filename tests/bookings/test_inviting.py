"""Guests who open with a phone: invited before, deleted after, and nobody else."""

import json
from typing import Any

import pytest

from custom_components.codelocks.bookings import outcomes
from custom_components.codelocks.bookings.kept import Kept, NewsKind
from custom_components.codelocks.bookings.reconcile import reconcile
from custom_components.codelocks.bookings.waits import Reason, longer_wait
from tests.bookings.house import DAY, HOUR, NOON, QUARTER, House, Lock, bookings, event

ANNA = "anna@example.com"


def stay(email: str = ANNA, last: str = "2026-10-16", uid: str = "a", **parts: Any) -> Any:
    """Return a booking with an address."""
    return event("2026-10-13", last, uid=uid, description=f"E-mail: {email}", **parts)


def house(*events: Any, **data: Any) -> House:
    """Return a house with a K3 lock and a KitLock."""
    settings = bookings(**{"locks": ["front", "shed"], "invite": "standard"} | data)
    locks = {"front": Lock("front"), "shed": Lock("shed", model="KL1060")}
    return House(settings, locks=locks, events=list(events))


@pytest.mark.parametrize(("invite", "left"), [("standard", 0), ("one_time", 1)])
def test_invited(invite: str, left: int) -> None:
    """To the K3 locks, once; a standard client is deleted after departure."""
    one = house(stay(), invite=invite)
    one.look()
    assert one.clients == {("front", ANNA): invite}
    one.wait(HOUR)
    one.restart()
    one.wait(2 * DAY)
    assert len(one.clients) == 1
    one.wait(2 * DAY)
    assert len(one.clients) == left
    one.wait(5 * DAY, step=6 * HOUR)
    assert one.told_owner == []
    assert len(one.clients) == left


@pytest.mark.parametrize("invite", ["standard", "one_time"])
def test_cancelled(invite: str) -> None:
    """A cancelled booking takes the client along, one that moves far away, too."""
    one = house(stay(), invite=invite)
    one.look()
    one.events = []
    one.wait(4 * HOUR)
    assert len(one.clients) == (invite == "one_time")
    one.events = [stay()]
    one.look()
    assert len(one.clients) == 1
    one.events = [event("2026-12-13", "2026-12-16", uid="a", description=ANNA)]
    one.look()
    assert len(one.clients) == (invite == "one_time")


def test_not_asked_for() -> None:
    """No address, no invitation; nor with the setting off."""
    one = house(event("2026-10-13", "2026-10-16", description="Two cats"))
    one.look()
    assert one.clients == {}
    one = house(stay(), invite="off")
    one.look()
    assert one.clients == {}
    one.settings = bookings(locks=["front", "shed"], invite="standard")
    one.look()
    assert one.clients == {("front", ANNA): "standard"}, "as soon as it is on"


def test_a_client_who_was_there() -> None:
    """Somebody who could open before can open after."""
    one = house(stay())
    one.clients[("front", ANNA)] = "family"
    one.wait(5 * DAY, step=HOUR)
    assert one.clients == {("front", ANNA): "family"}


def test_another_address() -> None:
    """The guest's new address is invited, the old one deleted."""
    one = house(stay())
    one.look()
    one.events = [stay("ben@example.com")]
    one.look()
    assert one.clients == {("front", "ben@example.com"): "standard"}


def test_addresses_that_change_at_each_reading() -> None:
    """A few are followed; then nobody new is invited, and the owner hears why, once."""
    one = house(stay())
    before = one.clients.copy()
    decisions = []
    for number in range(40):
        one.events = [stay(f"guest{number}@example.com")]
        decisions += one.look()
        one.now += QUARTER
    assert sum(len(step.invite) for step in decisions) == 5
    assert sum(len(step.uninvite) for step in decisions) == 5
    assert one.clients == before
    assert [(news.kind, news.reason) for news in one.told_owner] == [
        (NewsKind.NOT_INVITED, Reason.CHANGES_OFTEN)
    ]


def test_the_next_booking_of_the_same_guest() -> None:
    """The client stays until the last of the guest's bookings is over."""
    one = house(stay(last="2026-10-15"), stay(uid="b"))
    one.wait(3 * DAY, step=HOUR)
    assert one.now < NOON + 4 * DAY
    assert len(one.clients) == 1
    one.wait(3 * DAY, step=HOUR)
    assert one.clients == {}


def test_an_invitation_that_fails() -> None:
    """Tried again with growing waits; an hour before arrival the owner hears of it."""
    one = house(stay())
    one.fails["invite"] = 1
    one.look()
    assert (one.clients, one.told_owner) == ({}, [])
    one.wait(QUARTER)
    assert len(one.clients) == 1
    one = house(stay())
    one.fails["invite"] = 10**6
    one.wait(26 * HOUR)
    assert one.news() == [("not_invited", False, "503")]
    assert 10**6 - one.fails["invite"] < 20
    assert len(one.messages) == 1, "the codes are told all the same"


def test_a_client_who_cannot_be_deleted() -> None:
    """The owner hears of it: the guest still opens. It is tried for weeks."""
    one = house(stay(last="2026-10-14"))
    one.look()
    one.fails["uninvite"] = 10**6
    one.wait(3 * DAY)
    assert one.news() == [("still_invited", False, "503")]
    one.restart()
    one.fails.clear()
    one.wait(DAY)
    assert one.clients == {}
    one.wait(3 * DAY, step=HOUR)
    assert one.kept.bookings == ()
    assert len(one.news()) == 1


def test_an_account_that_rests() -> None:
    """Nobody is invited while its account is not called."""
    one = house(stay())
    one.account_wait = longer_wait(None, "503", NOON, NOON + DAY)
    one.look()
    assert one.clients == {}


def test_an_invitation_that_may_have_been_sent() -> None:
    """Whether it was is asked before the next one: a client who is there came of it."""
    one = house(stay())
    decisions = reconcile(one.settings, one.kept, one.world(), one.now)
    kept, [decision] = decisions.kept, decisions.invite
    assert not outcomes.is_begun(kept, decision)
    kept = outcomes.invitation_begun(kept, decision)
    kept = Kept.from_dict(json.loads(json.dumps(kept.to_dict())))
    assert outcomes.is_begun(kept, decision)
    unknown = outcomes.invitation_failed(kept, decision, "504", NOON, begun=True)
    assert outcomes.is_begun(unknown, decision)
    assert not outcomes.is_begun(outcomes.invitation_failed(kept, decision, "400", NOON), decision)
    assert not outcomes.is_begun(outcomes.invited(kept, decision, ours=True), decision)


def test_a_guest_of_another_calendar() -> None:
    """Who takes a client over deletes it later; who is leaving takes none."""
    one = house(stay())
    one.look()
    assert outcomes.inherited(one.kept, "front", "somebody@example.com") is None
    assert outcomes.inherited(one.kept, "shed", ANNA) is None
    heir = outcomes.inherited(one.kept, "front", ANNA.upper())
    assert heir
    [invitation] = heir.bookings[0].invitations
    assert (invitation.sent, invitation.ours) == (True, True)
    one.fails["uninvite"] = 1
    one.wait(4 * DAY, step=HOUR)
    one.kept = heir
    one.fails["uninvite"] = 99
    one.wait(HOUR)
    assert outcomes.inherited(one.kept, "front", ANNA) is None


def test_what_was_refused_is_tried_afresh_when_something_is_changed() -> None:
    """Not before."""
    one = house(stay())
    one.refuses = True
    one.look()
    before = len(one.failed_calls)
    one.wait(DAY)
    assert len(one.failed_calls) == before
    one.kept = outcomes.tried_afresh(one.kept)
    one.look()
    assert len(one.failed_calls) == 2 * before
