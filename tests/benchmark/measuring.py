"""Measures what a piece of work costs Home Assistant's event loop, and its memory.

Time is the CPU time of the event loop's thread, so that other processes do not count, taken
callback by callback. Repeated work is given as a mean.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
import gc
import logging
from pathlib import Path
import tempfile
from time import thread_time
import tracemalloc
from typing import Any
from unittest.mock import patch

from homeassistant import loader
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import frame
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_test_home_assistant

type Work = Callable[[], Awaitable[Any]]


@dataclass(slots=True)
class Cost:
    """What a piece of work cost the event loop."""

    busy_ms: float = 0.0
    longest_ms: float = 0.0
    """The longest callback, without the interpreter's garbage collection in it."""
    collection_ms: float = 0.0
    """The longest garbage collection; it depends on all objects of the process, not only ours."""
    writes: int = 0
    """States that changed."""


@contextmanager
def _measured(hass: HomeAssistant) -> Iterator[Cost]:
    """Measure the event loop's callbacks, and count the states that change."""
    cost = Cost()
    run = asyncio.Handle._run
    collected = 0.0
    began = 0.0

    def collect(phase: str, _: dict[str, int]) -> None:
        nonlocal began, collected
        if phase == "start":
            began = thread_time()
            return
        took = (thread_time() - began) * 1000
        collected += took
        cost.collection_ms = max(cost.collection_ms, took)

    def timed(handle: asyncio.Handle) -> None:
        before = collected
        start = thread_time()
        run(handle)
        took = (thread_time() - start) * 1000 - (collected - before)
        cost.busy_ms += took
        cost.longest_ms = max(cost.longest_ms, took)

    @callback
    def count(_: Any) -> None:
        cost.writes += 1

    stop = hass.bus.async_listen(EVENT_STATE_CHANGED, count)
    gc.callbacks.append(collect)
    with patch.object(asyncio.Handle, "_run", timed):
        yield cost
    gc.callbacks.remove(collect)
    stop()


async def cost_of(hass: HomeAssistant, *works: Work) -> Cost:
    """Return what some pieces of work cost, one after the other.

    They run in their own task, so that all they do happens in measured callbacks.
    """

    async def work() -> None:
        for one in works:
            await one()
            await asyncio.sleep(0)  # each in its own callbacks

    with _measured(hass) as cost:
        await hass.loop.create_task(work())
        await hass.async_block_till_done(wait_background_tasks=True)
    await asyncio.sleep(0)  # ends the last callback that is measured
    return cost


async def mean_cost(hass: HomeAssistant, work: Work, runs: int) -> Cost:
    """Return what a piece of work costs on average when it is repeated."""
    await cost_of(hass, work)
    cost = await cost_of(hass, *([work] * runs))
    cost.busy_ms /= runs
    cost.writes = round(cost.writes / runs)
    return cost


def traced_bytes() -> int:
    """Return the bytes that Python's objects take, after a garbage collection."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@asynccontextmanager
async def home() -> AsyncIterator[HomeAssistant]:
    """Run a Home Assistant in a folder of its own."""
    logging.getLogger().setLevel(logging.CRITICAL)  # outages are made on purpose
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".storage").mkdir()
        async with async_test_home_assistant(config_dir=folder) as hass:
            hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
            frame.async_setup(hass)
            await async_setup_component(hass, "homeassistant", {})
            await async_setup_component(hass, "network", {})
            yield hass
            await hass.async_stop(force=True)
