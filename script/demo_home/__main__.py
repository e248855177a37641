"""The command line of script/demo."""

import argparse
import asyncio
from pathlib import Path
import sys
from tempfile import TemporaryDirectory
from time import monotonic

from tests.simulator import ACCESS_KEY, API_KEY, Simulator

from . import populate
from .check import check
from .console import DemoError, say
from .folder import CHECKOUT, DemoFolder
from .home import INTERRUPTED, home, set_up, until_signal, while_running
from .process import free_port
from .session import PASSWORD, USER, session

PORT = 8123
SIMULATOR_PORT = 8124
CHECK_TIMEOUT = 240


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
    """Set up what is missing, and say where to look."""
    async with session(url) as user:
        await set_up(user, sim, folder)
    say(f"\nHome Assistant  {url}   user {USER}, password {PASSWORD}")
    say(f"simulator       {sim.url}   API key {API_KEY}, access key {ACCESS_KEY}")
    say("Ctrl-C ends both.")


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


def main() -> int:
    """Run the chosen command; return the exit code."""
    chosen = options()
    if chosen.check:
        return asyncio.run(until_signal(demo_check(chosen), interrupted=INTERRUPTED))
    return asyncio.run(until_signal(demo(chosen), interrupted=0))


if __name__ == "__main__":
    sys.exit(main())
