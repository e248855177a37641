"""The page's *People*, as somebody uses it who lets others in by phone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import re

from playwright.async_api import Locator, Page, expect

from script.demo_home.session import session
from tests.browser.conftest import Cloud, looking
from tests.browser.test_page import ANNA, DESKTOP, Taps

NINA = "nina.weber@example.com"
DOORS = ("Front door", "Garden studio")
"""Those that Anna opens."""
EVENINGS = {"from": "18:00:00", "to": "22:30:00"}
BUSY = {"kind": "status_error", "method": "PUT", "count": 1}


def row(panel: Locator, email: str) -> Locator:
    """Return the row of somebody."""
    return panel.locator("tbody tr").filter(has_text=email)


def cell(panel: Locator, email: str, door: str) -> Locator:
    """Return what opens the menu of somebody at a door."""
    return row(panel, email).get_by_label(f"{email}, {door},")


async def choose(page: Page, opener: Locator, item: str) -> None:
    """Open a menu and choose from it."""
    await opener.click()
    await page.get_by_role("menuitem", name=item, exact=True).click()


@asynccontextmanager
async def schedule_helper(home: str) -> AsyncIterator[None]:
    """Have a schedule helper."""
    async with session(home) as user, user.socket() as socket:
        days = {day: [EVENINGS] for day in ("monday", "tuesday")}
        helper = await socket.ask("schedule/create", name="Club evenings", **days)
        try:
            yield
        finally:
            await socket.ask("schedule/delete", schedule_id=helper["id"])


def test_somebody_is_let_in_by_phone(home: str, cloud: Cloud) -> None:
    """Invited, given hours, of a schedule helper too, suspended, restored and deleted."""
    asyncio.run(_somebody_is_let_in_by_phone(home, cloud))


async def _somebody_is_let_in_by_phone(home: str, cloud: Cloud) -> None:
    async with schedule_helper(home), looking(home, "/codelocks/people", DESKTOP) as page:
        panel = page.locator("codelocks-panel")
        await expect(row(panel, ANNA)).to_be_visible()
        await invite(page, panel)
        await change_hours(page, panel)
        await take_from_helper(page, panel)
        await suspend_everywhere(page, panel)
        await refuse(page, panel, cloud)
        await delete(page, panel)


async def told(panel: Locator, text: str) -> None:
    """Wait for a notice."""
    await expect(panel.get_by_role("status").filter(has_text=text)).to_be_visible()


async def invite(page: Page, panel: Locator) -> None:
    """Let somebody open two doors."""
    await panel.get_by_role("button", name="Invite somebody").click()
    form = page.get_by_role("dialog")
    await expect(form).to_contain_text("Type the e-mail address")
    await form.get_by_label(re.compile("^E-mail of the phone.s owner")).fill(NINA)
    for door in DOORS:
        await form.get_by_role("checkbox", name=door).check()
    await expect(form).to_contain_text(f"An e-mail goes to {NINA}.")
    await form.get_by_role("button", name="Invite to 2 doors").click()
    await told(panel, f"{NINA} is invited to 2 doors.")
    await expect(row(panel, NINA).get_by_text("not accepted")).to_have_count(2)


async def change_hours(page: Page, panel: Locator) -> None:
    """Give somebody hours in the rows beneath the picture of a week."""
    await choose(page, cell(panel, ANNA, "Front door"), "Hours")
    form = page.get_by_role("dialog")
    await expect(form).to_contain_text("For Front door.")
    for day in ("Sat", "Sun"):
        await form.get_by_role("checkbox", name=day).uncheck()
    await form.get_by_role("combobox", name="From").select_option("9:00")
    await form.get_by_role("combobox", name="To", exact=True).select_option("13:00")
    await expect(form.get_by_role("img", name="Mon to Fri 9:00 to 13:00")).to_be_visible()
    await form.get_by_role("button", name="Save for 1 door").click()
    await told(panel, f"The hours of {ANNA} are changed at 1 door.")
    await expect(cell(panel, ANNA, "Front door")).to_contain_text(re.compile("Mon to Fri 9.13"))


async def take_from_helper(page: Page, panel: Locator) -> None:
    """Take the hours of a schedule helper, for all doors of somebody."""
    await choose(page, row(panel, ANNA).get_by_label(f"More about {ANNA}"), "Hours")
    form = page.get_by_role("dialog")
    await expect(form).to_contain_text("The hours differ by door.")
    await choose(page, form.get_by_text("From a schedule helper"), "Club evenings")
    await expect(form.get_by_role("img", name="Mon and Tue 18:00 to 22:30")).to_be_visible()
    await form.get_by_role("button", name="Save for 2 doors").click()
    await told(panel, f"The hours of {ANNA} are changed at 2 doors.")
    for door in DOORS:
        await expect(cell(panel, ANNA, door)).to_contain_text(re.compile("Mon and Tue 18.22:30"))


async def suspend_everywhere(page: Page, panel: Locator) -> None:
    """Suspend somebody who leaves, in three taps from the sidebar's page, and restore them."""
    taps = Taps()
    await taps.on(panel.get_by_role("link", name="People"))
    await taps.on(row(panel, ANNA).get_by_label(f"More about {ANNA}"))
    await taps.on(page.get_by_role("menuitem", name="Suspend everywhere"))
    await told(panel, f"{ANNA} is suspended at 2 doors.")
    assert taps.count == 3
    await expect(row(panel, ANNA)).to_contain_text("Suspended everywhere")
    await panel.get_by_role("button", name="Restore", exact=True).click()
    await told(panel, f"{ANNA} is restored at 2 doors.")
    await expect(row(panel, ANNA)).not_to_contain_text("Suspended")


async def refuse(page: Page, panel: Locator, cloud: Cloud) -> None:
    """Let one door refuse: what was changed, what was not and why stands in the dialog."""
    await cloud.tell("faults/add", **BUSY)
    await choose(page, row(panel, ANNA).get_by_label(f"More about {ANNA}"), "Hours")
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name=re.compile("^Remove these hours")).click()
    await form.get_by_role("button", name="Add hours").click()
    await form.get_by_role("button", name="Save for 2 doors").click()
    await expect(form.get_by_role("alert")).to_contain_text(
        "Changed at Garden studio; not at Front door: "
    )
    await form.get_by_role("button", name="Save for 1 door").click()
    await told(panel, f"The hours of {ANNA} are changed at 1 door.")


async def delete(page: Page, panel: Locator) -> None:
    """Delete somebody, which is asked first."""
    await choose(page, row(panel, NINA).get_by_label(f"More about {NINA}"), "Delete…")
    question = page.get_by_role("dialog")
    await expect(question).to_contain_text(f"Delete {NINA} from 2 doors?")
    await expect(question).to_contain_text("Front door and Garden studio. To let them in again")
    await question.get_by_role("button", name="Delete").click()
    await told(panel, f"{NINA} is deleted from 2 doors.")
    await expect(row(panel, NINA)).to_have_count(0)
