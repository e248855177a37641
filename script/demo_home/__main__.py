"""The command line of script/demo."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
import signal
import sys
from tempfile import TemporaryDirectory
from time import monotonic

from tests.simulator import ACCESS_KEY, API_KEY, Simulator

from . import cloud, dashboard, populate
from .check import check
from .console import DemoError, say
from .folder import CHECKOUT, DemoFolder
from .process import HomeAssistant, free_port, require_free, running
from .registry import read_registry
from .session import PASSWORD, USER, Session, session
from .setting_up import add_entry, change_options, entries, wait_until_loaded, wait_until_read

PORT = 8123
SIMULATOR_PORT = 8124
CHECK_TIMEOUT = 240
INTERRUPTED = 130


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description="Home Assistant with the integration, against a simulated Codelocks Connect.",
    )
    add = parser.add_argument
    add("--check", action="store_true", help="try it out, say what was seen, and end")
    add("--fresh", action="store_true", help="forget what an earlier demo left in the folder")
    add("--folder", type=Path, help="of the configuration (.demo; with --check a temporary one)")
    add("--port", type=int, help=f"of Home Assistant ({PORT}; with --check a free one)")
    add("--simulator-port", type=int, help=f"({SIMULATOR_PORT}; with --check a free one)")
    return parser.parse_args()


async def demo(chosen: argparse.Namespace) -> None:
    """Run the demo until it is interrupted."""
    folder = DemoFolder(chosen.folder or CHECKOUT / ".demo")
    if chosen.fresh:
        folder.forget()
    port = chosen.port or PORT
    simulator_port = chosen.simulator_port or folder.notes.get("simulator_port", SIMULATOR_PORT)
    async with home(folder, port, simulator_port) as (home_assistant, sim):
        await while_running(home_assistant, _welcome(f"http://localhost:{port}", sim, folder))
        life = asyncio.create_task(populate.live(sim))
        try:
            await home_assistant.run()
        finally:
            life.cancel()


async def _welcome(url: str, sim: Simulator, folder: DemoFolder) -> None:
    """Set up what an earlier start did not, and tell where to look."""
    async with session(url) as user:
        await _set_up(user, sim, folder)
    say(f"\nHome Assistant  {url}   user {USER}, password {PASSWORD}")
    say(f"simulator       {sim.url}   API key {API_KEY}, access key {ACCESS_KEY}")
    say("Ctrl-C ends both.")


async def _set_up(user: Session, sim: Simulator, folder: DemoFolder) -> None:
    """Add the entry, the dashboard, and on the first start some life."""
    if not await entries(user):
        await add_entry(user, api_key=API_KEY, access_key=ACCESS_KEY, url=sim.url)
    await wait_until_loaded(user)
    registry = await wait_until_read(user, sim)
    if not folder.notes.get("populated"):
        await populate.first_start(user, sim, registry)
        await populate.add_kitlocks(user)
        await change_options(user, calendar_issues=True, client_switches=True, voice="issue")
        await wait_until_loaded(user)
        registry = await read_registry(user)
        await populate.issue_codes(user, sim, registry)
        folder.note(populated=True)
    async with user.socket() as socket:
        await dashboard.install(socket, registry, await user.states())


async def demo_check(chosen: argparse.Namespace) -> None:
    """Try the integration out in a Home Assistant of its own."""
    began = monotonic()
    with TemporaryDirectory(prefix="codelocks-check-") as temporary:
        folder = DemoFolder(chosen.folder or Path(temporary))
        if chosen.fresh:
            folder.forget()
        if folder.prepared:
            raise DemoError(f"--check needs a new folder, or --fresh: {folder.path}")
        port = chosen.port or free_port()
        async with (
            home(folder, port, chosen.simulator_port or free_port()) as (home_assistant, sim),
            asyncio.timeout(CHECK_TIMEOUT),
        ):
            work = _check(f"http://localhost:{port}", sim, folder, began)
            await while_running(home_assistant, work)
    say(f"ok  all in {monotonic() - began:.0f} s")


async def _check(url: str, sim: Simulator, folder: DemoFolder, began: float) -> None:
    async with session(url) as user:
        version = (await user.get("/api/config"))["version"]
        say(f"ok  Home Assistant {version} is up after {monotonic() - began:.0f} s")
        await check(user, sim, folder)


@asynccontextmanager
async def home(
    folder: DemoFolder, port: int, simulator_port: int
) -> AsyncIterator[tuple[HomeAssistant, Simulator]]:
    """Run the simulator and Home Assistant; a failure is told with the end of the log."""
    require_free(port)
    require_free(simulator_port)
    folder.prepare(port=port, simulator_port=simulator_port)
    sim = Simulator(world=cloud.load(folder.cloud, folder.born))
    await sim.start(simulator_port)
    say(f"Starting Home Assistant on port {port}, in {folder.path}")
    try:
        async with running(folder) as home_assistant:
            try:
                yield home_assistant, sim
            except (DemoError, TimeoutError) as err:
                say(f"--- the end of Home Assistant's log\n{home_assistant.log_tail()}\n---")
                raise DemoError(str(err) or "it took too long") from err
    finally:
        await sim.stop()
        cloud.save(folder.cloud, sim.world)


async def while_running(home_assistant: HomeAssistant, work: Coroutine[None, None, None]) -> None:
    """Do some work for which Home Assistant has to run."""
    task = asyncio.create_task(work)
    end = asyncio.create_task(home_assistant.wait())
    try:
        await asyncio.wait((task, end), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise DemoError(f"Home Assistant ended with exit code {end.result()}")
        task.result()
    finally:
        for one in (task, end):
            one.cancel()
        await asyncio.gather(task, end, return_exceptions=True)


async def run(chosen: argparse.Namespace) -> int:
    """Run what was asked for; a signal ends it in good order. Return the exit code."""
    task = asyncio.create_task(demo_check(chosen) if chosen.check else demo(chosen))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except DemoError as err:
        say(f"failed: {err}")
        return 1
    except asyncio.CancelledError:
        say("stopped")
        return INTERRUPTED if chosen.check else 0
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(run(options())))
