"""Each view and dialog, with names that nobody expects, is readable on any screen by anybody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Locator, Page, expect
import pytest

from script.demo_home.browser import Look
from script.demo_home.dashboard import BRITISH
from script.demo_home.registry import read_registry
from script.demo_home.session import Session, Socket, session
from script.demo_home.setting_up import ENTRIES, entries
from tests.browser.conftest import looking
from tests.browser.test_page import ANNA, VIEWS

LONG = "Donaudampfschifffahrtsgesellschaft" * 9
MARKUP = '<img src="x" onerror="document.title=1"><b>Bold</b> & "quoted" {n}'
DOOR = "\u05d3\u05dc\u05ea"
TURNED = f"{DOOR} \u202erevo dna\u2066 \U0001f6aa\U0001f468\u200d\U0001f467"
HARD = {"Office": LONG, "Wine cellar": MARKUP, "Front door": TURNED}
"""Names of 300 letters, with markup, with marks that turn what follows, and emoji."""
SHED = "Bike shed"
"""Its battery was changed, so its clock is lost."""
FOUND = """
async () => {
  const all = (node) => [...node.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const panel = all(document).find((one) => one.localName === "codelocks-panel");
  const isOut = (one) => {
    const { left, right, width } = one.getBoundingClientRect();
    const isFree = one.closest(".scroll, .hours, .vh, .find, .clip");
    return width && one.checkVisibility() && !isFree && (left < -1 || right > innerWidth + 1);
  };
  const turns = (one) =>
    [...one.childNodes].some(({ data }) => /[\\u202a-\\u202e\\u2066\\u2067]/.test(data ?? ""));
  const inside = all(panel.shadowRoot);
  const { violations } = await axe.run(panel);
  return [
    ...violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)]),
    ...inside.filter(isOut).map((one) => ["out of sight", one.outerHTML.slice(0, 120)]),
    ...inside.filter((one) => one.localName === "img").map((one) => ["drawn", one.outerHTML]),
    ...inside.filter(turns).map((one) => ["turns what follows", one.outerHTML]),
  ];
}
"""
"""Says what is wrong: by axe, what is drawn outside of the screen, and markup that became real."""
STILL = """
() => document.fonts.status === "loaded"
  && document.getAnimations().every((one) => one.playState !== "running")
"""
"""Whether nothing moves or fades any more: colours are looked at."""


@asynccontextmanager
async def hard_home(home: str, language: str) -> AsyncIterator[None]:
    """Give the home such names, a KitLock whose clock is lost, and its user a language."""
    async with session(home) as user, user.socket() as socket:
        locks = {lock.name: lock.id for lock in (await read_registry(user)).locks}
        await _speak(socket, language)
        await _lose_clock(user, socket, lost=True)
        for door, name in HARD.items():
            await _rename(socket, locks[door], name)
        try:
            yield
        finally:
            for door in HARD:
                await _rename(socket, locks[door], None)
            await _lose_clock(user, socket, lost=False)
            await _speak(socket, BRITISH["language"])


async def _rename(socket: Socket, device_id: str, name: str | None) -> None:
    await socket.ask("config/device_registry/update", device_id=device_id, name_by_user=name)


async def _speak(socket: Socket, language: str) -> None:
    value = BRITISH | {"language": language}
    await socket.ask("frontend/set_user_data", key="language", value=value)


async def _lose_clock(user: Session, socket: Socket, *, lost: bool) -> None:
    """Go through the form of the KitLock."""
    entry_id = (await entries(user))[0]["entry_id"]
    known = await socket.ask("config_entries/subentries/list", entry_id=entry_id)
    [shed] = [one["subentry_id"] for one in known if one["title"] == SHED]
    flow = f"{ENTRIES}/subentries/flow"
    form = await user.post(flow, handler=[entry_id, "kitlock"], subentry_id=shed)
    filled = {
        field["name"]: field["description"]["suggested_value"]
        for field in form["data_schema"]
        if "suggested_value" in field.get("description", {})
    }
    await user.post(f"{flow}/{form['flow_id']}", **filled | {"clock_lost": lost})


async def states(page: Page) -> AsyncIterator[str]:
    """Go through all views and dialogs; yields the name of each when it is there."""
    panel, dialog = page.locator("codelocks-panel"), page.get_by_role("dialog")
    for index, view in enumerate(VIEWS):
        await panel.locator("nav.tabs a").nth(index).click()
        await expect(panel.locator(f"codelocks-{view}")).to_be_visible()
        yield view
    async for state in _at_a_door(page, panel, dialog):
        yield state
    async for state in _making(page, panel, dialog):
        yield state
    await panel.locator("nav.tabs a").nth(VIEWS.index("people")).click()
    await panel.locator("button.btn.fill:visible").first.click()
    await expect(dialog.locator("input").first).to_be_visible()
    yield "invite"
    await page.keyboard.press("Escape")


async def _at_a_door(page: Page, panel: Locator, dialog: Locator) -> AsyncIterator[str]:
    await panel.locator("nav.tabs a").first.click()
    await panel.locator("codelocks-door-tile", has_text=SHED).locator("h2 a").click()
    await expect(panel.locator("codelocks-door .note.warn")).to_be_visible()
    yield "clock lost"
    await panel.locator("codelocks-door .row.link").click()
    await expect(dialog.locator(".key").first).to_be_visible()
    yield "coach"
    await page.keyboard.press("Escape")
    await panel.locator("header a.ib").click()
    await panel.locator("codelocks-door-tile", has_text=DOOR).locator("h2 a").click()
    who = panel.locator("codelocks-who")
    await expect(panel.locator("codelocks-timeline ol")).to_be_visible()
    yield "door"
    await who.locator(".row", has_text=ANNA).locator("summary").click()
    yield "menu"
    await page.get_by_role("menuitem").first.click()
    await expect(dialog.locator("codelocks-week")).to_be_visible()
    yield "hours"
    await page.keyboard.press("Escape")
    await who.locator("summary").first.click()
    await page.get_by_role("menuitem").last.click()
    await expect(dialog.locator(".danger, .btn.fill").first).to_be_visible()
    yield "question"
    await page.keyboard.press("Escape")
    await panel.locator("header a.ib").click()


async def _making(page: Page, panel: Locator, dialog: Locator) -> AsyncIterator[str]:
    await panel.locator("codelocks-door-tile", has_text="Bold").locator("button.mk").click()
    await expect(dialog.locator(".preview .b").first).to_be_visible()
    yield "make"
    await dialog.locator("input[name=when]").last.check()
    await expect(dialog.locator("input[type=date]").last).to_be_visible()
    yield "other times"
    await dialog.locator("input").first.fill(MARKUP)
    await dialog.locator("input[name=when]").first.check()
    await dialog.locator(".foot .btn.fill").click()
    await expect(dialog.locator("output").first).to_be_visible()
    await dialog.locator("[aria-expanded]").click()
    yield "result"
    await dialog.locator(".foot .btn.tonal").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text(MARKUP).first).to_be_visible()


@pytest.mark.parametrize(
    ("look", "language"),
    [(Look(width=1280, height=900), "en-GB"), (Look(width=320, height=640, dark=True), "de")],
    ids=["desktop, light, English", "small phone, dark, German"],
)
def test_nobody_is_kept_out(home: str, axe: str, look: Look, language: str) -> None:
    """All can be read, reached and named on a small phone and a desktop, in light and dark."""
    found = asyncio.run(_found(home, axe, look, language))
    assert len(found) > 12
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


async def _found(home: str, axe: str, look: Look, language: str) -> dict[str, Any]:
    """Return what is wrong, by view and dialog."""
    found: dict[str, Any] = {}
    async with hard_home(home, language), looking(home, "/codelocks", look) as page:
        await page.evaluate(axe)
        async for state in states(page):
            await page.wait_for_function(STILL)
            found[state] = await page.evaluate(FOUND)
            assert await page.title() not in {*HARD.values(), "1"}
    return found
