"""What changes while somebody looks: another tab, a lock that goes, a connection that breaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from playwright.async_api import Locator, Page, WebSocketRoute, expect

from script.demo_home.session import session
from script.demo_home.setting_up import add_kitlock, change_options, entries, wait_until_loaded
from tests.browser.conftest import looking
from tests.browser.test_cards import BOAT_HOUSE, remove_kitlock, tell
from tests.browser.test_page import DESKTOP, DOORS, PHONE
from tests.browser.test_trouble import CUT, close, make

NEIGHBOUR = "Neighbour"
GUARD = ("guard", "sees only")
"""A user who may look at everything, and change nothing."""
FRESH = timedelta(minutes=11)
"""After so long a door may be read again."""


def test_what_changes_while_somebody_looks(home: str) -> None:
    """Two tabs follow each other, and a lock goes while its view is open."""
    asyncio.run(_what_changes_while_somebody_looks(home))


async def _what_changes_while_somebody_looks(home: str) -> None:
    async with (
        looking(home, "/codelocks", PHONE) as page,
        looking(home, "/codelocks/codes", DESKTOP) as other,
    ):
        panel, codes = page.locator("codelocks-panel"), other.locator("codelocks-panel")
        await two_tabs(page, panel, other, codes)
        await a_lock_goes(home, panel)
        await read_now(page, panel)
        await no_connection(page, panel)


async def two_tabs(page: Page, panel: Locator, other: Page, codes: Locator) -> None:
    """Make a code in one tab, withdraw it in the other; each shows what the other did."""
    await make(page, panel, ["Pool lockers"], NEIGHBOUR, "1 h")
    await close(page)
    await codes.get_by_label(f"More about {NEIGHBOUR}").click()
    await other.get_by_role("menuitem", name="Withdraw…").click()
    await other.get_by_role("dialog").get_by_role("button", name="Withdraw", exact=True).click()
    tile = panel.locator("codelocks-door-tile").filter(has_text="Pool lockers")
    await expect(tile).to_contain_text(f"{NEIGHBOUR}, withdrawn")
    await expect(tile).to_contain_text("still until")


async def a_lock_goes(home: str, panel: Locator) -> None:
    """Look at a door that is removed: its view says so, and leads back."""
    async with session(home) as user, user.socket() as socket:
        await add_kitlock(user, {"next_step_id": "details"}, BOAT_HOUSE)
        await panel.get_by_role("link", name="Boat house").click()
        await expect(panel.get_by_role("heading", name="Who may open")).to_be_visible()
        await remove_kitlock(socket, (await entries(user))[0]["entry_id"], "Boat house")
    gone = panel.get_by_role("status").filter(has_text="Boat house is no longer in the account.")
    await expect(gone).to_contain_text("Its codes open until their end.")
    await gone.get_by_role("button", name="Back to all doors").click()
    await expect(panel.locator("codelocks-door-tile")).to_have_count(len(DOORS))


async def read_now(page: Page, panel: Locator) -> None:
    """Read a door: the price is said before, and what was found after."""
    await page.clock.set_fixed_time(datetime.now(UTC) + FRESH)
    await panel.get_by_role("link", name="Front door").click()
    await expect(panel.get_by_text("reading calls")).to_contain_text("Takes up to 3 of")
    await panel.get_by_role("button", name="Read now").click()
    await expect(panel.get_by_text("Nothing new.")).to_be_visible()
    await panel.get_by_role("link", name="Back").click()


async def no_connection(page: Page, panel: Locator) -> None:
    """Lose the connection: what is shown stays, with its time, and nothing can be made."""
    button = panel.get_by_role("button", name="Make a code: Office")
    await expect(button).to_be_enabled()
    await page.context.set_offline(True)
    await page.evaluate(CUT)
    lost = panel.get_by_role("status").filter(has_text="No connection to Home Assistant.")
    await expect(lost).to_contain_text("What you see is from")
    await expect(panel.locator("codelocks-door-tile")).to_have_count(len(DOORS))
    await expect(button).to_be_disabled()
    await page.context.set_offline(False)
    await expect(lost).to_have_count(0)
    await expect(button).to_be_enabled()


def test_before_there_is_something(home: str) -> None:
    """While it loads it says so, and a user who may use no lock is told whom to ask."""
    asyncio.run(_before_there_is_something(home))


async def _before_there_is_something(home: str) -> None:
    async with guard(home), looking(home, "/codelocks", PHONE, *GUARD) as page:
        panel = page.locator("codelocks-panel")
        await expect(
            panel.get_by_role("heading", name="You may not see codes here")
        ).to_be_visible()
        await expect(panel).to_contain_text("“All users may use all actions”")
        await expect(panel.get_by_role("button", name="Make a code")).to_have_count(0)
        may_go = asyncio.Event()
        await page.route_web_socket("**/api/websocket", lambda route: hold(route, may_go))
        await page.reload()
        await expect(panel.locator("[aria-busy=true]")).to_be_visible()
        may_go.set()
        await expect(
            panel.get_by_role("heading", name="You may not see codes here")
        ).to_be_visible()


def hold(route: WebSocketRoute, may_go: asyncio.Event) -> None:
    """Pass on what the server says, the snapshot when it may go."""
    server = route.connect_to_server()
    waiting: set[asyncio.Task[None]] = set()

    async def send_later(message: str | bytes) -> None:
        await may_go.wait()
        route.send(message)

    def receive(message: str | bytes) -> None:
        if '"accounts"' in str(message):
            waiting.add(asyncio.create_task(send_later(message)))
        else:
            route.send(message)

    server.on_message(receive)


@asynccontextmanager
async def guard(home: str) -> AsyncIterator[None]:
    """Open the page to all users, and have one who may only look."""
    name, password = GUARD
    made = await tell(home, "config/auth/create", name=name, group_ids=["system-read-only"])
    login = {"username": name, "password": password, "user_id": made["user"]["id"]}
    await tell(home, "config/auth_provider/homeassistant/create", **login)
    async with session(home) as user:
        await change_options(user, users_may_issue=True)
        await wait_until_loaded(user)
        try:
            yield
        finally:
            await change_options(user, users_may_issue=False)
            await wait_until_loaded(user)
