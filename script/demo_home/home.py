"""A Home Assistant of our own with a simulated cloud: how it runs, and how it is furnished."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
import signal

from tests.simulator import ACCESS_KEY, API_KEY, Simulator

from . import bookings, cloud, dashboard, populate
from .console import DemoError, say
from .folder import DemoFolder
from .phone import PHONE
from .process import HomeAssistant, require_free, running
from .registry import Registry, read_registry
from .session import Session
from .setting_up import add_entry, change_options, entries, wait_until_loaded, wait_until_read

INTERRUPTED = 130


@asynccontextmanager
async def home(
    folder: DemoFolder, port: int, simulator_port: int
) -> AsyncIterator[tuple[HomeAssistant, Simulator]]:
    """Run the simulator and Home Assistant; a failure shows the end of the log."""
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
    """Do some work while Home Assistant runs; fail if that stops."""
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


async def set_up(user: Session, sim: Simulator, folder: DemoFolder) -> Registry:
    """Add the entry, the dashboard, and on the first start some activity; return the registry."""
    if not await entries(user):
        await add_entry(user, api_key=API_KEY, access_key=ACCESS_KEY, url=sim.url)
    await wait_until_loaded(user)
    registry = await wait_until_read(user, sim)
    if not folder.notes.get("populated"):
        await populate.add_kitlocks(user)
        await change_options(
            user,
            calendar_issues=True,
            client_switches=True,
            deliver_to=[PHONE],
            spare_locks=[lock.id for lock in registry.locks if lock.name == populate.SPARE_LOCK],
            voice="issue",
        )
        await wait_until_loaded(user)
        registry = await read_registry(user)
        await populate.let_somebody_come(user, sim, registry)
        await populate.issue_codes(user, sim, registry)
        await populate.send_to_guest(user, sim, registry)
        names = {lock.name: lock for lock in registry.locks}
        await bookings.populate(user, names, sim.world.now().date())
        registry = await read_registry(user)
        folder.note(populated=True)
    async with user.socket() as socket:
        await dashboard.install(socket, registry)
    return registry


async def until_signal(work: Coroutine[None, None, None], *, interrupted: int) -> int:
    """Do some work, which a signal ends properly; return the exit code."""
    task = asyncio.create_task(work)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except DemoError as err:
        say(f"failed: {err}")
        return 1
    except asyncio.CancelledError:
        say("stopped")
        return interrupted
    return 0
