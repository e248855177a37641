"""The page in Chromium: how soon it can be used, and how long it holds the browser and the loop.

Home Assistant runs as the demo starts it, with a cloud of many locks and a ledger of many codes.
Browser times are of the wall clock, so the machine should have nothing else to do; the server's
are the CPU time of Home Assistant's process.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
import os
from pathlib import Path
import tempfile
from typing import Any

from playwright.async_api import Page

from custom_components.codelocks.netcode.ledger import Issued
from script.demo_home.browser import Look, browser, open_page
from script.demo_home.folder import DemoFolder
from script.demo_home.process import HomeAssistant, free_port, running
from script.demo_home.session import Session, session
from script.demo_home.setting_up import add_entry, entries, wait_until_loaded
from tests.simulator import ACCESS_KEY, API_KEY, Simulator, World, empty_world

SIZES = ((20, 1_000), (500, 10_000))
"""Locks and codes."""
USABLE_MS = 300
"""From its module being loaded until a code can be made, with the first of the sizes."""
TASK_MS = 100
"""The longest that the browser may be held while somebody scrolls, searches or news comes."""
SNAPSHOT_MS = 100
"""What all rows may cost the server."""
ROUNDS = 10
OPENED = 3
"""How often the page is opened; the least counts, for others use the machine, too."""
DESKTOP = Look(width=1280, height=900)
WATCH = """
(() => {
  const watched = (window.watched = { tasks: [], usable: 0 });
  const note = ({ startTime, duration }) => watched.tasks.push([startTime, duration]);
  new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type: "longtask", buffered: true });
  const inside = (node, ...names) => names.reduce((one, name) =>
    (one?.shadowRoot ?? one)?.querySelector(name), node);
  const look = () => {
    const button = inside(document, "home-assistant", "home-assistant-main",
      "partial-panel-resolver", "codelocks-panel", "codelocks-doors", "codelocks-door-tile",
      "button");
    if (button) watched.usable = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})()
"""
"""Notes when the first button can be pressed, and what held the browser for 50 ms or longer."""
LOADED = """
() => Math.max(...performance.getEntriesByType("resource")
  .filter(({ name }) => /codelocks-(panel|shared)/.test(name)).map((one) => one.responseEnd))
"""
LONGEST = """
(since) => Math.max(0, ...window.watched.tasks.filter(([start]) => start >= since)
  .map(([, duration]) => duration))
"""


@dataclass(slots=True, kw_only=True)
class Figures:
    """What was seen, in milliseconds and bytes."""

    locks: int
    codes: int
    usable: float
    snapshot: float
    """CPU time of the server for one page that is opened."""
    bytes_first: int
    bytes_change: int
    """Of the largest change."""
    held: dict[str, float] = field(default_factory=dict)
    """The longest task of the browser, by what was done; those under 50 ms count as 0."""


def _world(locks: int) -> World:
    world = empty_world()
    for number in range(locks):
        world.add_lock(f"Door {number + 1}", location=f"House {number // 10 + 1}")
    return world


def _ledger(world: World, codes: int) -> dict[str, Any]:
    """Return rows of codes as they are stored: a fifth is over, the rest opens now or later."""
    owners = [lock.id for lock in world.locks()]
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    rows = {}
    for number in range(codes):
        start = now + timedelta(hours=number * 500 // codes - 100)
        row = Issued(
            id=f"{number:032x}",
            owner=owners[number % len(owners)],
            key=f"{number:064x}",
            code=f"{number:06}",
            name=f"Guest {number + 1}",
            requested_start=start,
            requested_end=start + timedelta(hours=6),
            start=start,
            end=start + timedelta(hours=6),
            duration_id=5,
            issued_at=now,
            issued_by="action",
        )
        rows[row.id] = row.to_dict()
    return {"rows": rows}


@asynccontextmanager
async def _home(world: World, codes: int) -> AsyncIterator[tuple[HomeAssistant, Session]]:
    """Run a Home Assistant with these locks and codes; yields it, and its user."""
    port, sim = free_port(), Simulator(world=world)
    await sim.start()
    with tempfile.TemporaryDirectory() as path:
        folder = DemoFolder(Path(path) / "home")
        folder.prepare(port=port, simulator_port=sim.port)
        async with running(folder) as home_assistant:
            url = f"http://127.0.0.1:{port}"
            async with session(url) as user:
                await add_entry(user, api_key=API_KEY, access_key=ACCESS_KEY, url=sim.url)
                await wait_until_loaded(user)
                [entry] = await entries(user)
            await home_assistant.stop()
            key = f"codelocks.{entry['entry_id']}.ledger"
            stored = {"version": 1, "minor_version": 1, "key": key, "data": _ledger(world, codes)}
            (folder.path / ".storage" / key).write_text(json.dumps(stored))
            await home_assistant.start()
            async with session(url) as user:
                await wait_until_loaded(user)
                yield home_assistant, user
    await sim.stop()


def _cpu_ms(pid: int) -> float:
    """Return the CPU time of a process."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


async def _snapshot_ms(user: Session, pid: int) -> float:
    """Return what a page costs the server when it is opened and no other one is."""
    before = _cpu_ms(pid)
    for _ in range(ROUNDS):
        async with user.socket() as socket:
            await socket.ask("codelocks/subscribe")
            await socket.ask("auth/current_user")  # after the rows
    opened = _cpu_ms(pid) - before
    before = _cpu_ms(pid)
    for _ in range(ROUNDS):
        async with user.socket() as socket:
            await socket.ask("auth/current_user")
    return (opened - (_cpu_ms(pid) - before)) / ROUNDS


class _Frames:
    """The sizes of what the page is told."""

    def __init__(self, page: Page) -> None:
        self.sizes: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._received))

    def _received(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode()
        if '"codes":[' in text:
            self.sizes.append(len(text))


async def _use(page: Page, user: Session) -> dict[str, float]:
    """Use the page; returns the longest task of the browser for each kind of use."""
    held = {}

    async def note(what: str, since: float) -> None:
        await page.wait_for_timeout(500)
        held[what] = float(await page.evaluate(LONGEST, since))

    async def now() -> float:
        await page.wait_for_timeout(500)
        return float(await page.evaluate("performance.now()"))

    async def scroll() -> None:
        await page.mouse.move(700, 500)
        for _ in range(30):
            await page.mouse.wheel(0, 900)
            await page.wait_for_timeout(30)

    since = await now()
    await scroll()
    await note("scroll doors", since)
    panel = page.locator("codelocks-panel")
    since = await now()
    await panel.get_by_role("link", name="Codes").click()
    await panel.get_by_role("searchbox").wait_for()
    await note("open codes", since)
    since = await now()
    await scroll()
    await note("scroll codes", since)
    since = await now()
    await panel.get_by_role("searchbox").press_sequentially("Guest 77", delay=60)
    await note("search codes", since)
    since = await now()
    ids = [row["id"] for row in (await user.act("codelocks.get_netcodes"))["netcodes"][:3]]
    for row_id in ids:
        await user.act("codelocks.withdraw_netcode", id=[row_id])
        await page.wait_for_timeout(1500)
    await note("news", since)
    return held


async def _open(page: Page, user: Session) -> float:
    """Open the page; returns how long after its modules were there it could be used."""
    await page.goto(f"{user.url}/codelocks")
    await page.wait_for_function("window.watched.usable")
    return float(await page.evaluate("window.watched.usable")) - float(await page.evaluate(LOADED))


async def _measure(locks: int, codes: int) -> Figures:
    async with _home(_world(locks), codes) as (home_assistant, user), browser() as chromium:
        snapshot = await _snapshot_ms(user, home_assistant.pid)
        page = await open_page(chromium, f"{user.url}/profile", DESKTOP, user)
        frames = _Frames(page)
        await page.add_init_script(WATCH)
        usable = min([await _open(page, user) for _ in range(OPENED)])
        first = frames.sizes[-1]
        frames.sizes.clear()
        held = await _use(page, user)
    return Figures(
        locks=locks,
        codes=codes,
        usable=usable,
        snapshot=snapshot,
        bytes_first=first,
        bytes_change=max(frames.sizes),
        held=held,
    )


def _table(figures: Figures) -> str:
    rows = {
        "usable after its modules are there": f"{figures.usable:.0f} ms",
        "all rows: CPU time of the server": f"{figures.snapshot:.0f} ms",
        "all rows": f"{figures.bytes_first / 1000:.0f} kB",
        "largest change": f"{figures.bytes_change / 1000:.0f} kB",
    }
    rows |= {f"longest task: {what}": f"{task:.0f} ms" for what, task in figures.held.items()}
    return f"\n{figures.locks} locks, {figures.codes} codes\n" + "".join(
        f"{what:<36}{figure:>10}\n" for what, figure in rows.items()
    )


def _missed(figures: Figures) -> str:
    found = {
        f"held the browser: {what}": (task, TASK_MS)
        for what, task in figures.held.items()
        if not what.startswith("open")
    }
    found["a snapshot"] = (figures.snapshot, SNAPSHOT_MS)
    if (figures.locks, figures.codes) == SIZES[0]:
        found["usable"] = (figures.usable, USABLE_MS)
    return "".join(
        f"missed: {figures.locks} locks: {what}: {value:.0f} > {most} ms\n"
        for what, (value, most) in found.items()
        if value > most
    )


def lines(sizes: Iterable[tuple[int, int]]) -> tuple[str, str]:
    """Return the tables, and what missed its target."""
    found = [asyncio.run(_measure(*size)) for size in sizes]
    return "".join(map(_table, found)), "".join(map(_missed, found))
