"""Dashboards and their resources in YAML, and a tab that is open while Codelocks is updated."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import json
from pathlib import Path
import shutil
from typing import Any

from playwright.async_api import Page, expect

from custom_components.codelocks.page.panel import CARDS, CURRENT_CARDS
from script.demo_home.browser import Look, browser, open_page
from script.demo_home.folder import CHECKOUT, DemoFolder
from script.demo_home.process import HomeAssistant, free_port, running
from script.demo_home.session import Session, session
from script.demo_home.setting_up import ENTRIES, add_entry, entries, wait_until_loaded
from tests.browser.conftest import PATIENCE
from tests.browser.test_cards import LOADED, LOCK
from tests.simulator import ACCESS_KEY, API_KEY, Simulator

DESKTOP = Look(width=1280, height=900)
DOORS = 2
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
                await add_entry(user, api_key=API_KEY, access_key=ACCESS_KEY, url=sim.url)
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


def test_yaml_and_an_update(chromium: None, tmp_path: Path) -> None:  # noqa: ARG001 - it is needed
    """One line of YAML loads all, and an open tab says that there is a newer version."""
    asyncio.run(_yaml_and_an_update(DemoFolder(tmp_path / "home")))


async def _yaml_and_an_update(folder: DemoFolder) -> None:
    async with yaml_home(folder) as (home_assistant, url), browser() as chromium:
        async with session(url) as user:
            assert await _issues(user) == []
            page = await open_page(chromium, f"{url}/wall-yaml/doors", DESKTOP, user)
            expect.set_options(timeout=PATIENCE)
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
