"""What goes wrong while codes are made: the page says what was made, and what to do next."""

import asyncio
from datetime import UTC, datetime, timedelta
import re

from playwright.async_api import Locator, Page, expect

from script.demo_home.session import session
from script.demo_home.setting_up import change_options
from tests.browser.conftest import Cloud, looking
from tests.browser.test_page import DESKTOP, PHONE, check_not_kept, is_in_page

CUT = 'document.querySelector("home-assistant").hass.connection.socket.close()'
"""Closes the connection to Home Assistant."""
NETCODES = "/n/*"
ALL, SOME = 10_000, 20
"""Calls that were used."""
SLOW = {"kind": "latency", "path": NETCODES, "seconds": 1}


async def make(
    page: Page, panel: Locator, doors: list[str], name: str, when: str = "2 h"
) -> Locator:
    """Fill in the form for some doors and press *Make*; return the dialog."""
    tile = panel.locator("codelocks-door-tile").filter(has_text=doors[0])
    await tile.get_by_role("button", name="Make a code").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("For whom").fill(name)
    for door in await form.get_by_role("checkbox").all():
        label = await door.locator("xpath=..").inner_text()
        await door.set_checked(label.strip() in doors)
    await form.get_by_role("radio", name=when).check()
    await form.get_by_role("button", name=re.compile("^Make (a code|. codes)$")).click()
    return form


async def close(page: Page) -> None:
    """Close the dialog."""
    await page.get_by_role("button", name="Done").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def codes_asked(cloud: Cloud, doors: list[str]) -> list[str]:
    """Return for which of these doors the cloud was asked for a code, in order."""
    locks = (await cloud.look("world"))["locks"]
    asked = [call for call in await cloud.look("calls") if call["pool"] == "netcode"]
    names = [locks.get(call["path"].split("/")[-1], {}).get("name") for call in asked]
    return [name for name in names if name in doors]


def test_an_order_that_goes_wrong(home: str, cloud: Cloud) -> None:
    """One door fails, the cloud is down, a spare is given, too long, no calls left."""
    asyncio.run(_an_order_that_goes_wrong(home, cloud))


async def _an_order_that_goes_wrong(home: str, cloud: Cloud) -> None:
    async with looking(home, "/codelocks", PHONE) as page:
        panel = page.locator("codelocks-panel")
        await one_door_fails(page, panel, cloud)
        await the_cloud_is_down(page, panel, cloud)
        await a_spare_is_given(page, panel, cloud)
        await it_is_too_long(page, panel)
        await no_calls_are_left(home, panel)


async def one_door_fails(page: Page, panel: Locator, cloud: Cloud) -> None:
    """One of two doors gets none: it is tried again alone."""
    await cloud.tell("faults/add", kind="status", status=503, path=NETCODES, count=1)
    form = await make(page, panel, ["Wine cellar", "Locker room"], "Painter")
    await expect(form.get_by_role("alert")).to_contain_text(
        "1 of 2 codes was made. The cloud did not answer for Wine cellar. The try was counted."
    )
    await expect(form.locator("output")).to_have_count(1)
    await form.get_by_role("button", name="Try Wine cellar again").click()
    await expect(form.locator("output")).to_have_count(2)
    await expect(form.get_by_text("2 codes made.")).to_be_visible()
    await expect(form.get_by_role("textbox")).to_have_value(
        re.compile("^Wine cellar: ", re.MULTILINE)
    )
    await close(page)


async def the_cloud_is_down(page: Page, panel: Locator, cloud: Cloud) -> None:
    """Nothing is made; it is tried again where it is said."""
    await cloud.tell("faults/add", kind="status", status=503, path=NETCODES, count=1)
    form = await make(page, panel, ["Pool lockers"], "Swimmer")
    await expect(form.get_by_role("alert")).to_contain_text("The Codelocks cloud does not answer.")
    await form.get_by_role("button", name="Try again").click()
    await expect(form.locator("output")).to_have_count(1)
    await close(page)


async def a_spare_is_given(page: Page, panel: Locator, cloud: Cloud) -> None:
    """Give the spare of a door: it opens longer, and that is said."""
    await cloud.tell("faults/add", kind="status", status=503, path=NETCODES, count=1)
    form = await make(page, panel, ["Garden studio"], "Roofer")
    note = form.get_by_role("status").filter(has_text="This is the spare code of Garden studio.")
    await expect(note).to_contain_text("The spare opens longer than you asked for.")
    await expect(form.get_by_text("You asked for: ")).to_be_visible()
    await close(page)
    await panel.get_by_role("link", name="Codes").click()
    row = panel.locator(".row").filter(has_text="Roofer").first
    await expect(row.get_by_text("Spare, opens longer")).to_be_visible()
    await panel.get_by_role("link", name="Doors").click()


async def it_is_too_long(page: Page, panel: Locator) -> None:
    """No code is as long as that: the longest is one tap away, and costs no call to ask."""
    tile = panel.locator("codelocks-door-tile").filter(has_text="Office")
    await tile.get_by_role("button", name="Make a code").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("radio", name="Other times…").check()
    last = datetime.now(UTC) + timedelta(days=30)
    await form.locator("input[type=date]").last.fill(f"{last:%Y-%m-%d}")
    refused = form.get_by_role("alert")
    await expect(refused).to_have_text(
        re.compile("^\\s*That is too long: one code lasts at most 7")
    )
    await form.get_by_role("button", name="Use 7 days").click()
    await expect(refused).to_have_count(0)
    await expect(form.get_by_role("status").filter(has_text="Opens")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def no_calls_are_left(home: str, panel: Locator) -> None:
    """All codes of the month are used: said on top, with what is still possible."""
    spent = panel.get_by_role("status").filter(has_text="No codes left this month.")
    async with session(home) as user:
        await change_options(user, netcode_used=ALL)
        await expect(spent).to_contain_text("Codes that were made still open.")
        await expect(spent.get_by_role("button")).to_have_text("Change plan or counts")
        await change_options(user, netcode_used=SOME)
        await expect(spent).to_have_count(0)


def test_the_connection_breaks_in_the_middle(home: str, cloud: Cloud) -> None:
    """What was made is looked up before *again* is offered; nothing is paid twice."""
    asyncio.run(_the_connection_breaks_in_the_middle(home, cloud))


async def _the_connection_breaks_in_the_middle(home: str, cloud: Cloud) -> None:
    async with looking(home, "/codelocks", DESKTOP) as page:
        panel = page.locator("codelocks-panel")
        doors = ["Front door", "Office"]
        before = await codes_asked(cloud, doors)
        await cloud.tell("faults/add", **SLOW, count=2)
        form = await make(page, panel, doors, "Inspector", "Tomorrow")
        await expect(form.get_by_text("Making 2 codes…")).to_be_visible()
        await page.evaluate(CUT)
        lost = form.get_by_role("status").filter(has_text="The connection broke")
        await expect(lost).to_contain_text("Looking what was made, so that nothing is paid twice…")
        await expect(form.get_by_role("button", name="Make 2 codes")).to_be_disabled()
        await expect(form.get_by_text("2 codes made.")).to_be_visible()
        codes = [re.sub(r"\D", "", text) for text in await form.locator("output").all_inner_texts()]
        assert len(codes) == 2
        assert await codes_asked(cloud, doors) == before + doors
        await check_not_kept(page, codes)
        await close(page)
        assert not await is_in_page(page, codes[0])
