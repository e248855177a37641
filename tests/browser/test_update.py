"""Dashboards and their resources in YAML, and a tab that is open while Codelocks is updated."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import json
from pathlib import Path
import re
import shutil
from typing import Any

from playwright.async_api import Page, expect

from custom_components.codelocks.page.panel import CARDS, CURRENT_CARDS
from script.demo_home.browser import Look, browser, open_page
from script.demo_home.folder import CHECKOUT, DemoFolder
from script.demo_home.process import HomeAssistant, free_port, running
from script.demo_home.session import Session, session
from script.demo_home.setting_up import ENTRIES, add_entry, add_kitlock, entries, wait_until_loaded
from tests.browser.conftest import PATIENCE
from tests.browser.test_cards import BOAT_HOUSE, LOADED, LOCK
from tests.browser.test_states import FOUND, STILL
from tests.simulator import ACCESS_KEY, API_KEY, Simulator

DESKTOP = Look(width=1280, height=900)
DOORS = 3
"""A KitLock, and the two of the account."""
IN_YAML = f"""
lovelace:
  resource_mode: yaml
  resources:
    - url: {CURRENT_CARDS}
      type: module
  dashboards:
    wall-yaml:
      mode: yaml
      filename: wall.yaml
      title: Wall
"""
WALL = "strategy:\n  type: custom:codelocks\n"
UPDATED = "Codelocks Connect was updated."
RESTART = 60_000
"""Milliseconds that a Home Assistant may take to be back."""


@asynccontextmanager
async def yaml_home(folder: DemoFolder) -> AsyncIterator[tuple[HomeAssistant, str]]:
    """Run a Home Assistant with a copy of the integration; yields it with its address."""
    port, sim_port = free_port(), free_port()
    folder.prepare(port=port, simulator_port=sim_port)
    with (folder.path / "configuration.yaml").open("a") as config:
        config.write(IN_YAML)
    (folder.path / "wall.yaml").write_text(WALL)
    copy = integration(folder)
    copy.unlink()  # a link to the checkout
    shutil.copytree(CHECKOUT / "custom_components" / "codelocks", copy)
    sim = Simulator()
    await sim.start(sim_port)
    try:
        async with running(folder) as home_assistant:
            url = f"http://127.0.0.1:{port}"
            async with session(url) as user:
                await add_entry(user, api_key=API_KEY, access_key="", url=sim.url)
                await wait_until_loaded(user)
            yield home_assistant, url
    finally:
        await sim.stop()


def integration(folder: DemoFolder) -> Path:
    """Return the folder of the integration."""
    return folder.path / "custom_components" / "codelocks"


def update(folder: DemoFolder) -> None:
    """Put another version of the cards there."""
    file = integration(folder) / "page" / "static" / CARDS
    file.write_text(file.read_text() + "// newer\n")


def set_version(folder: DemoFolder, version: int) -> None:
    """Let the file of the account be one of that version."""
    storage = folder.path / ".storage"
    [file] = [path for path in storage.glob("codelocks.*") if path.name.count(".") == 1]
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": version}))


def version_of(loaded: list[tuple[str, int]]) -> str:
    """Return the version of the scripts that were loaded: one, wherever they are found."""
    [version] = {path.split("/")[2] for path, _ in loaded if path != CURRENT_CARDS}
    assert CURRENT_CARDS in [path for path, _ in loaded]
    return version


async def cold_and_hot(page: Page) -> str:
    """Look at the dashboard twice; returns the version of its scripts."""
    await expect(page.locator(LOCK)).to_have_count(DOORS)
    cold = await page.evaluate(LOADED)
    assert sum(size for _, size in cold) > 10_000
    await page.goto(page.url)
    await expect(page.locator(LOCK)).to_have_count(DOORS)
    await expect(page.locator(LOCK).get_by_text("Front door")).to_be_visible()
    hot = await page.evaluate(LOADED)
    assert sorted(path for path, _ in hot) == sorted(path for path, _ in cold)
    assert {size for path, size in hot if path != CURRENT_CARDS} == {0}
    return version_of(hot)


async def the_first_lock(page: Page, axe: str, user: Session) -> None:
    """Begin with KitLocks only; an account of Codelocks comes later."""
    panel = page.locator("codelocks-panel")
    tiles = panel.locator("codelocks-door-tile")
    await expect(panel.get_by_role("heading", name="Add your first lock")).to_be_visible()
    await expect(panel.get_by_role("button", name="Add KitLock")).to_be_visible()
    await page.evaluate(axe)
    await page.wait_for_function(STILL)
    assert await page.evaluate(FOUND) == []
    await panel.get_by_role("button", name="Add KitLock").click()
    await expect(page.get_by_text("Press “Add KitLock” on this page.").first).to_be_visible()
    await page.go_back()
    await add_kitlock(user, {"next_step_id": "details"}, BOAT_HOUSE)
    await expect(tiles).to_have_text(re.compile("Boat house.*This lock sends no news", re.DOTALL))
    entry_id, flow = (await entries(user))[0]["entry_id"], f"{ENTRIES}/flow"
    form = await user.post(flow, handler="codelocks", entry_id=entry_id)
    connection = next(one for one in form["data_schema"] if one["name"] == "connection")
    filled = {one["name"]: one["description"]["suggested_value"] for one in connection["schema"]}
    keys = {"api_key": API_KEY, "access_key": ACCESS_KEY}
    await user.post(f"{flow}/{form['flow_id']}", **keys, connection=filled)
    await expect(tiles).to_have_count(DOORS)


def test_from_the_first_lock_to_an_update(chromium: None, axe: str, tmp_path: Path) -> None:  # noqa: ARG001 - it is needed
    """Begin with nothing, load all by one line of YAML, and hear of a newer version."""
    asyncio.run(_from_the_first_lock_to_an_update(DemoFolder(tmp_path / "home"), axe))


async def _from_the_first_lock_to_an_update(folder: DemoFolder, axe: str) -> None:
    async with yaml_home(folder) as (home_assistant, url), browser() as chromium:
        expect.set_options(timeout=PATIENCE)
        async with session(url) as user:
            view = await open_page(chromium, f"{url}/codelocks", DESKTOP, user)
            await the_first_lock(view, axe, user)
            await view.get_by_role("link", name="Calls").click()
            assert await _issues(user) == []
            page = await open_page(chromium, f"{url}/wall-yaml/doors", DESKTOP, user)
        before = await cold_and_hot(page)
        await expect(page.get_by_text(UPDATED)).to_have_count(0)

        await home_assistant.stop()
        update(folder)
        set_version(folder, 99)
        await home_assistant.start()
        await expect(page.get_by_text(UPDATED)).to_be_visible(timeout=RESTART)
        async with session(url) as user:  # wait until it is up
            await page.get_by_role("button", name="Reload").click()
            await expect(page.get_by_text("is not connected").first).to_be_visible()
            await expect(page.get_by_text(UPDATED)).to_have_count(0)
            await expect(page.locator(LOCK)).to_have_count(DOORS)
            assert version_of(await page.evaluate(LOADED)) != before
            # The page stays where it was, though its account does not load.
            assert view.url == f"{url}/codelocks/calls"
            await view.get_by_role("link", name="Doors").click()
            await expect(view.get_by_text("is not connected").first).to_be_visible()

            set_version(folder, 1)
            entry = (await entries(user))[0]
            await user.post(f"{ENTRIES}/entry/{entry['entry_id']}/reload")
            await expect(page.get_by_text("is not connected")).to_have_count(0)
            await expect(page.locator(LOCK)).to_have_count(DOORS)


async def _issues(user: Session) -> list[dict[str, Any]]:
    """Return what has to be repaired of ours."""
    async with user.socket() as socket:
        found = (await socket.ask("repairs/list_issues"))["issues"]
    return [issue for issue in found if issue["domain"] == "codelocks"]
