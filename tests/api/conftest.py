"""A client of the simulated cloud, without Home Assistant and with a running clock."""

from collections.abc import AsyncIterator

from aiohttp import ClientSession
import pytest

from custom_components.codelocks.api import CodelocksClient, Pool
from tests.simulator import ACCESS_KEY, API_KEY, SMALL_NOW, Simulator, small_world


@pytest.fixture
async def sim(
    socket_enabled: None,  # noqa: ARG001 - it has to be there
) -> AsyncIterator[Simulator]:
    """Serve the small world at the time it was made for; only the world's own clock is frozen."""
    simulator = Simulator(world=small_world(), clock=lambda: SMALL_NOW)
    simulator.world.key.set_plan("enterprise_2")
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    """Open a session."""
    async with ClientSession() as session:
        yield session


@pytest.fixture
def told() -> list[Pool]:
    """Return what the client's hook is told: the pool of each request."""
    return []


@pytest.fixture
def client(sim: Simulator, session: ClientSession, told: list[Pool]) -> CodelocksClient:
    """Return a client of the simulator."""
    return CodelocksClient(session, API_KEY, ACCESS_KEY, url=sim.url, on_request=told.append)
