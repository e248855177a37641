"""Bookings and visitors on the page: who comes next, and who may see it."""

from itertools import pairwise
from typing import Any

from homeassistant.auth.const import GROUP_ID_READ_ONLY, GROUP_ID_USER
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.bookings.flat import DAY, HOUR, MINUTE, Flat, booking, flat
from tests.codes import device_id, set_options
from tests.helpers import add_user, read_again
from tests.page.test_contract import TYPES, Contract
from tests.page.watching import Page, in_a_second, open_page
from tests.simulator import LOCK_1_ID, Fault

__all__ = ["flat"]

STAY = ("2026-10-14", "2026-10-17")


def visits(page: Page) -> list[tuple[str, str]]:
    """Return who comes, and how things stand."""
    [order] = page.shown["orders"]
    return [(visit["title"], visit["state"]) for visit in order["next"]]


async def test_a_calendar(flat: Flat, hass_ws_client: WebSocketGenerator) -> None:
    """From waiting to departure; each change is told, and fits the page's types."""
    types = Contract(TYPES.read_text())
    flat.calendar.set(booking(*STAY), booking("2026-11-01", "2026-11-03", "Ben", uid="b"))
    owner = await flat.follow()
    page = await open_page(flat.hass, hass_ws_client)

    async def shown() -> dict[str, Any]:
        nonlocal page
        await page.client.close()
        page = await open_page(flat.hass, hass_ws_client)
        assert types.misfits(page.shown, "Snapshot") == []
        visit: dict[str, Any] = page.shown["orders"][0]["next"][0]
        return visit

    [order] = page.shown["orders"]
    assert order["subentry_id"] == owner
    assert (order["kind"], order["name"]) == ("bookings", "Flat")
    assert order["device_ids"] == [device_id(flat.hass, flat.entry, LOCK_1_ID)]
    assert order["calendar_entity_id"] == "calendar.flat"
    assert order["read_at"] == "2026-10-12T10:30:00+01:00"
    assert (order["unreadable_since"], order["visits"]) == (None, None)
    assert visits(page) == [("Anna", "waits"), ("Ben", "waits")]
    assert (await shown())["code_at"] == "2026-10-12T15:00:00+01:00"
    await flat.wait(5 * HOUR)
    visit = await shown()
    assert (visit["state"], visit["code_at"]) == ("sent", None)
    assert visit["sent_at"].startswith("2026-10-12T15:")
    assert visit["codes"] == [code["id"] for code in page.shown["codes"]]
    await flat.wait(2 * DAY)
    assert (await shown())["state"] == "here"
    flat.sim.world.lock(LOCK_1_ID).add_audit("Opened by Anna", entry_type="Unlock")
    await read_again(flat.hass, flat.freezer)
    assert (await shown())["arrived_at"].startswith("2026-10-14T15:")
    await flat.wait(4 * DAY, HOUR)
    await shown()
    assert visits(page) == [("Ben", "waits")]


async def test_a_booking_that_moves_far_away(
    flat: Flat, hass_ws_client: WebSocketGenerator
) -> None:
    """Its codes were withdrawn: new ones come, and no guest has them yet."""
    flat.calendar.set(booking("2026-10-13", "2026-10-16"))
    await flat.follow()
    page = await open_page(flat.hass, hass_ws_client)
    assert visits(page) == [("Anna", "sent")]
    flat.calendar.set(booking("2026-10-20", "2026-10-23"))
    await page.client.close()
    await flat.wait(16 * MINUTE)
    page = await open_page(flat.hass, hass_ws_client)
    assert visits(page) == [("Anna", "waits")]
    [visit] = page.shown["orders"][0]["next"]
    assert (visit["codes"], visit["sent_at"]) == ([], None)
    assert visit["code_at"] == "2026-10-18T15:00:00+01:00"


async def test_what_needs_the_host(flat: Flat, hass_ws_client: WebSocketGenerator) -> None:
    """Problems, a calendar that cannot be read, and a cancelled booking whose code still opens."""
    types = Contract(TYPES.read_text())
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    flat.guest._error = RuntimeError()
    await flat.follow()
    page = await open_page(flat.hass, hass_ws_client)
    assert visits(page) == [("Anna", "problem")]
    [visit] = page.shown["orders"][0]["next"]
    assert visit["problem"]
    assert len(visit["codes"]) == 1
    flat.calendar.set()
    await page.client.close()
    await flat.wait(4 * HOUR)
    page = await open_page(flat.hass, hass_ws_client)
    assert visits(page) == [("Anna", "cancelled")]
    await page.client.close()
    flat.calendar.error = RuntimeError()
    await flat.wait(HOUR)
    page = await open_page(flat.hass, hass_ws_client)
    assert page.shown["orders"][0]["unreadable_since"]
    assert types.misfits(page.shown, "Snapshot") == []


async def test_a_visitor(flat: Flat, hass_ws_client: WebSocketGenerator) -> None:
    """The days and hours, and the next visits."""
    types = Contract(TYPES.read_text())
    await flat.follow("visitor")
    page = await open_page(flat.hass, hass_ws_client)
    [order] = page.shown["orders"]
    assert order["visits"] == {"days": ["tue", "fri"], "starts": "09:00", "ends": "12:00"}
    assert (order["kind"], order["read_at"], order["calendar_entity_id"]) == ("visitor", None, None)
    assert [state for _, state in visits(page)][:2] == ["sent", "waits"]
    assert len(order["next"]) == 10
    assert types.misfits(page.shown, "Snapshot") == []


async def test_orders_come_and_go(flat: Flat, hass_ws_client: WebSocketGenerator) -> None:
    """A new calendar, another title, its end."""
    page = await open_page(flat.hass, hass_ws_client)
    assert page.shown["orders"] == []
    owner = await flat.follow()
    await in_a_second(flat.hass, flat.freezer, page)
    assert page.names("orders") == ["Flat"]
    subentry = flat.entry.subentries[owner]
    flat.hass.config_entries.async_update_subentry(flat.entry, subentry, title="Attic")
    await in_a_second(flat.hass, flat.freezer, page)
    await in_a_second(flat.hass, flat.freezer, page)
    assert page.names("orders") == ["Attic"]
    flat.hass.config_entries.async_remove_subentry(flat.entry, owner)
    await in_a_second(flat.hass, flat.freezer, page)
    await in_a_second(flat.hass, flat.freezer, page)
    assert page.shown["orders"] == []


@pytest.mark.parametrize(
    ("group", "allowed", "seen"),
    [
        (GROUP_ID_USER, False, 0),
        (GROUP_ID_USER, True, 1),
        (GROUP_ID_READ_ONLY, True, 0),
    ],
)
async def test_who_may_see_them(
    flat: Flat, hass_ws_client: WebSocketGenerator, group: str, *, allowed: bool, seen: int
) -> None:
    """Who may not make codes for all of the locks is not told who comes."""
    await set_options(flat.hass, flat.entry, users_may_issue=allowed)
    flat.calendar.set(booking(*STAY))
    await flat.follow()
    page = await open_page(flat.hass, hass_ws_client, await add_user(flat.hass, group))
    assert len(page.shown["orders"]) == seen


async def test_many_bookings(flat: Flat, hass_ws_client: WebSocketGenerator) -> None:
    """The next twenty, those who are here first."""
    days = [f"2026-10-{day:02}" for day in range(11, 31)]
    flat.calendar.set(
        *(
            booking(first, last, f"{first} {number}", uid=f"{first} {number}")
            for first, last in pairwise(days)
            for number in range(2)
        )
    )
    flat.sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    await flat.follow()
    page = await open_page(flat.hass, hass_ws_client)
    shown = visits(page)
    assert len(shown) == 20
    assert [title for title, _ in shown[:2]] == ["2026-10-11 0", "2026-10-11 1"]


async def test_no_code_is_told(flat: Flat, hass_ws_client: WebSocketGenerator) -> None:
    """Nor what codes are made from."""
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    await flat.follow()
    await flat.wait(2 * MINUTE)
    page = await open_page(flat.hass, hass_ws_client)
    rows = list(flat.entry.runtime_data.ledger_keeper.data.rows())
    assert rows
    assert rows[0].code
    assert rows[0].code not in repr(page.shown)
    assert rows[0].key not in repr(page.shown)
