"""The page, as somebody uses it who is asked for a code at the door."""

import asyncio
import json
import re

from playwright.async_api import Locator, Page, expect
import pytest

from script.demo_home.browser import Look
from tests.browser.conftest import looking

PHONE = Look(width=390, height=844)
DESKTOP = Look(width=1280, height=900)
DOORS = ["Bike shed", "Front door", "Garden studio", "Locker room"]
DOORS += ["Office", "Pool lockers", "Wine cellar"]
ANNA = "anna.berger@example.com"
VIEWS = ("doors", "codes", "people", "bookings", "calls")
KEPT = """
() => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), history.state, location.href,
  document.title, document.cookie,
])
"""
"""What the browser keeps, or shows outside of the page."""
TEXT = """
() => {
  const all = (node) => [...node.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  return all(document).map((one) => [one.value, one.ariaLabel, ...[...one.childNodes]
    .filter((node) => node.nodeType === 3).map((node) => node.data)].join(" ")).join(" ");
}
"""
"""All texts of all elements, hidden ones too."""


class Taps:
    """Counts what is pressed."""

    def __init__(self) -> None:
        """Begin with nothing pressed."""
        self.count = 0

    async def on(self, what: Locator) -> None:
        """Press something."""
        self.count += 1
        await what.click()


async def open_from_sidebar(page: Page) -> Locator:
    """Open the page as a user does; return it."""
    entry = page.locator("ha-sidebar [href='/codelocks']").first
    if not await entry.is_visible():
        await page.locator("ha-menu-button").first.click()
    await entry.click()
    panel = page.locator("codelocks-panel")
    await expect(panel.get_by_role("link", name="Front door")).to_be_visible()
    return panel


async def make_for_two_doors(page: Page, panel: Locator, name: str) -> list[str]:
    """Make codes for two doors with few taps and one word; return the codes."""
    taps = Taps()
    tile = panel.locator("codelocks-door-tile").filter(has_text="Front door")
    await taps.on(tile.get_by_role("button", name="Make a code"))
    form = page.get_by_role("dialog")
    for door in DOORS:  # some may be chosen as the last time
        box = form.get_by_role("checkbox", name=door)
        if await box.is_checked() != (door in ("Front door", "Office")):
            await taps.on(box)
    await taps.on(form.get_by_role("radio", name="2 h"))
    await form.get_by_label("For whom").fill(name)
    await taps.on(form.get_by_role("button", name="Make and copy"))
    await expect(page.get_by_role("heading", name=f"For {name}")).to_be_visible()
    await expect(form.get_by_text("2 codes made.")).to_be_visible()
    assert taps.count <= 5
    copied = await page.evaluate("navigator.clipboard.readText()")
    codes = re.findall(r"^(?:Front door|Office): (\d+)$", copied, re.MULTILINE)
    assert len(codes) == 2
    shown = [re.sub(r"\D", "", text) for text in await form.locator("output").all_inner_texts()]
    assert shown == codes
    return codes


async def check_not_kept(page: Page, codes: list[str]) -> None:
    """Look where a code must never be."""
    kept = await page.evaluate(KEPT)
    assert json.loads(kept)
    assert not any(code in kept for code in codes)


async def is_in_page(page: Page, code: str) -> bool:
    """Return whether a code is anywhere in the page's elements, in groups of digits or not."""
    return code in re.sub(r"(?<=\d)\s+(?=\d)", "", await page.evaluate(TEXT))


@pytest.mark.parametrize(
    ("look", "name"), [(PHONE, "Electrician"), (DESKTOP, "Gardener")], ids=["phone", "desktop"]
)
def test_a_code_for_two_doors(home: str, look: Look, name: str) -> None:
    """A code is made, copied, found again, shown, hidden and withdrawn."""
    asyncio.run(_a_code_for_two_doors(home, look, name))


async def _a_code_for_two_doors(home: str, look: Look, name: str) -> None:
    async with looking(home, "/home", look) as page:
        panel = await open_from_sidebar(page)
        tiles = panel.locator("codelocks-door-tile")
        await expect(tiles).to_have_count(len(DOORS))
        assert await tiles.get_by_role("heading").all_inner_texts() == DOORS
        codes = await make_for_two_doors(page, panel, name)
        await check_not_kept(page, codes)
        await page.get_by_role("button", name="Done").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await panel.get_by_role("link", name="Codes").click()
        await expect(panel.get_by_label(f"More about {name}")).to_have_count(2)
        assert not await is_in_page(page, codes[0])
        await panel.get_by_role("button", name=f"Show the code of {name}").first.click()
        await expect(panel.locator("output")).to_have_count(1)
        assert await is_in_page(page, codes[0])
        await check_not_kept(page, codes)
        await panel.get_by_role("button", name="Hide").click()
        await expect(panel.locator("output")).to_have_count(0)
        assert not await is_in_page(page, codes[0])
        await panel.get_by_label(f"More about {name}").first.click()
        await page.get_by_role("menuitem", name="Withdraw…").click()
        question = page.get_by_role("alertdialog").or_(page.get_by_role("dialog"))
        await expect(question).to_contain_text(f"Withdraw the code of {name}?")
        await expect(question).to_contain_text("the cloud cannot take a code back")
        await question.get_by_role("button", name="Withdraw", exact=True).click()
        await expect(panel.get_by_role("status")).to_contain_text("Withdrawn, opens until")
