"""Cards and the dashboard that builds itself, on real dashboards."""

import asyncio
from collections.abc import Iterable
import re
from typing import Any

from playwright.async_api import Locator, Page, expect
import pytest

from script.demo_home.browser import Look
from script.demo_home.registry import read_registry
from script.demo_home.session import Socket, session
from script.demo_home.setting_up import add_kitlock, entries
from tests.browser.conftest import looking
from tests.browser.test_page import DOORS, check_not_kept, is_in_page
from tests.browser.test_states import STILL

LOCK = "codelocks-lock-card"
MAKE = "codelocks-make-code-card"
PHONE = Look(width=390, height=844)
DESKTOP = Look(width=1280, height=900)
DARK = Look(width=1280, height=900, dark=True)
TABLET = Look(width=1280, height=800, touch=True, locale="de-DE")
WALL = "/codelocks-wall/doors"
CARDS = "codelocks-tests"
VIEW = f"/{CARDS}/cards"
BOAT_HOUSE = {
    "name": "Boat house",
    "lock_model": "KL1060",
    "timecode": "261101120000",
    "identifier": "765432",
    "clock": "Europe/London",
}
WATCHER = ("watcher", "only looks")
"""A user who may not make codes."""
LOADED = """
() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/codelocks_"))
  .map(({ name, transferSize }) => [new URL(name).pathname, transferSize])
"""
"""The scripts of ours that were loaded: from where, and how many bytes went over the line."""
FOUND = """
async () => {
  const of = (node) => [...node.querySelectorAll("*")].flatMap((one) =>
    /^codelocks-/.test(one.localName) ? [one] : one.shadowRoot ? of(one.shadowRoot) : []);
  const cards = of(document);
  const found = [];
  for (const card of cards) found.push(...(await axe.run(card)).violations);
  return [cards.length, found.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])];
}
"""
"""Asks axe about each of our elements that stands in one of Home Assistant's."""


def card(kind: str, **config: Any) -> dict[str, Any]:
    """Return a card of ours."""
    return {"type": f"custom:{kind}", **config}


def full(page: Page, kind: str, name: str) -> Locator:
    """Return the card in which a name stands."""
    return page.locator(kind).filter(has_text=name)


async def put_cards(home: str, cards: Iterable[dict[str, Any]]) -> None:
    """Write a dashboard of cards, as a user does; other people's cards stand among them."""
    async with session(home) as user, user.socket() as socket:
        known = await socket.ask("lovelace/dashboards/list")
        if CARDS not in [one["url_path"] for one in known]:
            await socket.ask("lovelace/dashboards/create", url_path=CARDS, title="Cards")
        view = {"path": "cards", "type": "sections", "sections": [_section(cards)]}
        await socket.ask("lovelace/config/save", url_path=CARDS, config={"views": [view]})


def _section(cards: Iterable[dict[str, Any]]) -> dict[str, Any]:
    other = {"type": "markdown", "content": "Somebody else's"}
    return {"type": "grid", "cards": [*cards, other], "column_span": 4}


async def ids(home: str) -> dict[str, str]:
    """Return the ids of the locks' devices, by name."""
    async with session(home) as user:
        return {lock.name: lock.id for lock in (await read_registry(user)).locks}


async def tell(home: str, command: str, **data: Any) -> Any:
    """Send a command as the administrator."""
    async with session(home) as user, user.socket() as socket:
        return await socket.ask(command, **data)


def test_the_dashboard_follows(home: str) -> None:
    """It has all doors, and follows areas, and locks that come and go, while it is looked at."""
    asyncio.run(_the_dashboard_follows(home))


async def _the_dashboard_follows(home: str) -> None:
    async with looking(home, WALL, DESKTOP) as page:
        doors = page.locator(LOCK)
        await expect(doors).to_have_count(len(DOORS))
        cold = await page.evaluate(LOADED)
        await page.goto(home + WALL)
        await expect(doors).to_have_count(len(DOORS))
        hot = await page.evaluate(LOADED)
        assert sorted(path for path, _ in hot) == sorted(path for path, _ in cold)
        assert min(size for _, size in cold) > max(size for _, size in hot) == 0
        headings = page.locator("hui-heading-card")
        await expect(headings).to_have_text(
            ["Codes", "Doors", "Activity", "Calls left this month", "Batteries"]
        )
        area = await tell(home, "config/area_registry/create", name="Courtyard")
        office, area_id = (await ids(home))["Office"], area["area_id"]
        device = "config/device_registry/update"
        await tell(home, device, device_id=office, area_id=area_id)
        await expect(headings.filter(has_text="Courtyard")).to_be_visible()
        await expect(headings.filter(has_text="Elsewhere")).to_be_visible()
        await tell(home, "config/area_registry/delete", area_id=area_id)
        await expect(headings.filter(has_text="Courtyard")).to_have_count(0)
        async with session(home) as user:
            await add_kitlock(user, {"next_step_id": "details"}, BOAT_HOUSE)
            await expect(full(page, LOCK, "Boat house")).to_be_visible()
            async with user.socket() as socket:
                await remove_kitlock(socket, (await entries(user))[0]["entry_id"], "Boat house")
        await expect(full(page, LOCK, "Boat house")).to_have_count(0)
        await expect(doors).to_have_count(len(DOORS))


async def remove_kitlock(socket: Socket, entry_id: str, title: str) -> None:
    """Remove a KitLock."""
    found = await socket.ask("config_entries/subentries/list", entry_id=entry_id)
    [subentry_id] = [one["subentry_id"] for one in found if one["title"] == title]
    await socket.ask("config_entries/subentries/delete", entry_id=entry_id, subentry_id=subentry_id)


def test_a_code_on_the_card(home: str) -> None:
    """A code is made on the card, and gone after a minute; a door's card shows for whom."""
    asyncio.run(_a_code_on_the_card(home))


async def _a_code_on_the_card(home: str) -> None:
    office = (await ids(home))["Office"]
    await put_cards(
        home,
        [
            card(MAKE, title="The office", locks=[office]),
            card(LOCK, device_id=office),
            card(LOCK, device_id=office, size="tile", grid_options={"columns": 12}),
            card(MAKE, title="Each Friday", size="tile", name="Rosa", times=["2h"], locks=[office]),
        ],
    )
    async with looking(home, VIEW, PHONE) as page:
        make = full(page, MAKE, "The office")
        await make.get_by_label("For whom").fill("Window cleaner")
        await make.get_by_role("radio", name="2 h").check()
        await expect(make.get_by_role("status")).to_contain_text("Opens today")
        await page.clock.install()
        await make.get_by_role("button", name="Make a code").click()
        made = page.locator(MAKE).filter(has_text="Window cleaner")
        code = re.sub(r"\D", "", await made.locator("output").inner_text())
        assert len(code) == 6
        assert await is_in_page(page, code)
        await check_not_kept(page, [code])
        for kind in ("Window cleaner", "1 code now"):
            await expect(full(page, LOCK, kind)).to_be_visible()
        await page.clock.fast_forward(61_000)
        await expect(made.get_by_label("Hidden", exact=True)).to_be_visible()
        assert not await is_in_page(page, code)
        tile = full(page, MAKE, "Each Friday")
        await expect(tile).to_contain_text("2 h, Office")
        await tile.get_by_role("button").click()
        form = page.get_by_role("dialog")
        await expect(form.get_by_label("For whom")).to_have_value("Rosa")
        await expect(form.get_by_role("radio", name="2 h")).to_be_checked()


def test_a_tablet_on_the_wall(home: str) -> None:
    """Who may not make codes sees the doors, and is offered nothing; at the sizes of tablets."""
    asyncio.run(_a_tablet_on_the_wall(home))


async def _a_tablet_on_the_wall(home: str) -> None:
    name, password = WATCHER
    watcher = await tell(home, "config/auth/create", name=name, group_ids=["system-users"])
    login = {"username": name, "password": password, "user_id": watcher["user"]["id"]}
    await tell(home, "config/auth_provider/homeassistant/create", **login)
    async with looking(home, WALL, TABLET, *WATCHER) as page:
        await expect(page.locator(LOCK)).to_have_count(len(DOORS))
        make = page.locator(MAKE)
        await expect(make).to_contain_text("Dieser Benutzer darf keine Codes erstellen.")
        await expect(make.locator("button, input")).to_have_count(0)
        await expect(page.locator(LOCK).get_by_role("button")).to_have_count(0)
        await expect(page.locator(LOCK).get_by_role("link")).to_have_count(0)
        # Who may open is not told to this user: not even that nobody may.
        await expect(page.get_by_text("Jetzt öffnet kein Code")).to_have_count(0)
        news = re.compile(r"Letzte Neuigkeit:\s+(Abgelehnt|Opened)")
        await expect(full(page, LOCK, "Office")).to_contain_text(news)
        for width, height in ((1280, 800), (800, 480)):
            await page.set_viewport_size({"width": width, "height": height})
            for box in [await one.bounding_box() for one in await page.locator(LOCK).all()]:
                assert box
                assert box["x"] + box["width"] <= width
                assert box["width"] > 300


@pytest.mark.parametrize("look", [PHONE, DARK], ids=["phone, light", "desktop, dark"])
def test_what_is_wrong_is_a_sentence(home: str, axe: str, look: Look) -> None:
    """Nothing on a card takes the view down, nor keeps somebody out."""
    asyncio.run(_what_is_wrong_is_a_sentence(home, axe, look))


async def _what_is_wrong_is_a_sentence(home: str, axe: str, look: Look) -> None:
    locks = await ids(home)
    cards = [
        card(LOCK, device_id=locks["Locker room"]),
        card(LOCK, device_id=locks["Office"], size="tile"),
        card(MAKE),
        card(MAKE, size="tile"),
        card(LOCK, device_id="sold"),
        card(LOCK, device_id="sold", size="tile"),
        card(LOCK),
        card(MAKE, locks=["sold"]),
        card(LOCK, device_id=locks["Office"], size="round"),
        card(MAKE, times=["next_month"]),
        card(MAKE, locks={"area": "cellar"}, size="tile"),
    ]
    await put_cards(home, cards)
    async with looking(home, VIEW, look) as page:
        await page.evaluate(axe)
        await expect(page.get_by_text("This door is gone.")).to_have_count(4)
        await expect(page.get_by_text("needs a newer version of Codelocks")).to_have_count(3)
        await expect(page.get_by_text("Somebody else's")).to_be_visible()
        await expect(full(page, LOCK, "Battery 11%")).to_be_visible()
        await expect(page.locator("hui-error-card")).to_have_count(0)
        await page.wait_for_function(STILL)
        assert await page.evaluate(FOUND) == [len(cards), []]


def test_where_users_choose(home: str) -> None:
    """Both cards are offered with a preview, the dashboard in *Add dashboard*, with settings."""
    asyncio.run(_where_users_choose(home))


async def _where_users_choose(home: str) -> None:
    await put_cards(home, [])
    async with looking(home, f"{VIEW}?edit=1", DESKTOP) as page:
        await page.locator("hui-section button.add").first.click()
        await page.get_by_role("tab", name="By card").click()
        picker = page.locator("hui-card-picker")
        await picker.locator("input").first.fill("codelocks")
        await expect(picker.locator(LOCK)).to_contain_text("Bike shed")
        await expect(picker.locator(MAKE)).to_contain_text("Wine cellar")
        await picker.locator(".card", has_text="Codelocks door").locator(".overlay").first.click()
        editor = page.locator("hui-dialog-edit-card")
        await expect(editor.locator("ha-form").first).to_contain_text("Door")
        await expect(editor.locator(LOCK)).to_contain_text("Bike shed")
        await page.goto(f"{home}/config/lovelace/dashboards")
        await page.get_by_role("button", name="Add dashboard").last.click()
        await page.get_by_text("It follows locks as they come and go.").click()
        title = page.get_by_role("textbox", name="Title*")
        await expect(title).to_have_value("Doors")
        await page.get_by_role("button", name="Create").click()
        await expect(page.get_by_role("button", name="Create")).to_have_count(0)
        await page.goto(f"{home}/dashboard-doors")
        await expect(page.locator(LOCK)).to_have_count(len(DOORS))
        await page.get_by_role("button", name="Edit dashboard").first.click()
        await page.get_by_role("checkbox", name="Batteries").click()
        await page.get_by_role("button", name="Save").click()
        headings = page.locator("hui-heading-card")
        await expect(headings).to_have_text(["Codes", "Doors", "Activity", "Calls left this month"])
