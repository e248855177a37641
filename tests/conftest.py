"""A Home Assistant with an account of the simulated cloud, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
import logging
import sys
from typing import Any
from unittest.mock import patch

from aiohttp import ClientResponse
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.util import dt as dt_util
from hypothesis import settings
import pytest
from pytest_homeassistant_custom_component import patch_time

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.simulator import ACCESS_KEY, API_KEY, SMALL_NOW, Simulator, small_world

settings.register_profile("patient", deadline=None)  # a busy machine is nobody's fault
settings.load_profile("patient")

type AddAccount = Callable[..., Awaitable[CodelocksConfigEntry]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Have captured text that can be passed on: hostile names in the log may not be UTF-8."""
    report = yield
    report.sections = [
        (title, text.encode(errors="backslashreplace").decode()) for title, text in report.sections
    ]
    return report


@pytest.fixture(autouse=True)
async def enable_event_loop_debug(
    enable_event_loop_debug: None,  # noqa: ARG001 - it has to be there
) -> None:
    """Keep the checks of asyncio's debug mode, but not its records of where things are created.

    The loop knows by itself that it checks. Nearly always its mode is asked for by a future, a
    task or a handle that would record its stack, which took half the time of a test; only aiohttp
    asks in order to complain of a response that was left open.
    """
    complaint = ClientResponse.__del__.__code__
    loop = asyncio.get_running_loop()
    loop.get_debug = lambda: sys._getframe(1).f_code is complaint  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _silent_database() -> None:
    """Log only the database's warnings: the plugin turns on logging of every statement."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture(autouse=True, scope="session")
def disable_http_server() -> Iterator[None]:
    """Serve no HTTP, once per session: the plugin's fixture of this name patches for each test."""
    server = "homeassistant.components.http.HomeAssistantHTTP"
    with patch(f"{server}.async_bind"), patch(f"{server}.start"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _modules_known_by_size() -> Iterator[None]:
    """Let freezing the clock look only at modules that grew, not at all names in all modules."""
    with patch.object(
        patch_time,
        "ha_get_module_attributes_hash",
        lambda module: f"{id(module)}-{len(getattr(module, '__dict__', ()))}",
    ):
        yield


@pytest.fixture
async def hass(hass: HomeAssistant) -> HomeAssistant:
    """Return a Home Assistant that finds the integration, in London like the first lock."""
    hass.data.pop(DATA_CUSTOM_COMPONENTS)
    await hass.config.async_set_time_zone("Europe/London")
    return hass


@pytest.fixture
async def sim(
    socket_enabled: None,  # noqa: ARG001 - it has to be there
    freezer: FrozenDateTimeFactory,
) -> AsyncIterator[Simulator]:
    """Serve the small world, at the time it was made for."""
    freezer.move_to(SMALL_NOW)
    simulator = Simulator(world=small_world(), clock=dt_util.utcnow)
    await simulator.start()
    yield simulator
    await simulator.stop()


def keys(sim: Simulator, **changes: Any) -> dict[str, Any]:
    """Return the input for the first form."""
    return {
        "api_key": API_KEY,
        "access_key": ACCESS_KEY,
        "plan": "business_1",
        "connection": {"url": sim.url},
    } | changes


async def settle(hass: HomeAssistant) -> None:
    """Wait for everything under way, polling included."""
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.fixture
def add_account(hass: HomeAssistant, sim: Simulator) -> AddAccount:
    """Return a function that adds an account through the flow."""

    async def add(**changes: Any) -> CodelocksConfigEntry:
        flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
        result = await hass.config_entries.flow.async_configure(
            flow["flow_id"], keys(sim, **changes)
        )
        assert result["type"] is FlowResultType.CREATE_ENTRY, result
        await settle(hass)
        entry: CodelocksConfigEntry = result["result"]
        assert entry.state is ConfigEntryState.LOADED
        return entry

    return add


@pytest.fixture
async def entry(add_account: AddAccount) -> CodelocksConfigEntry:
    """Set up an account, with its first reads done."""
    return await add_account()
