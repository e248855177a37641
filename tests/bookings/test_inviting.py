"""Guests who open with a phone: invited before, deleted after, and nobody else."""

from typing import Any

import pytest

from custom_components.codelocks.bookings.waits import longer_wait
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
