"""What an account costs Home Assistant, beside a bare coordinator with as many plain sensors.

Both run in the same Home Assistant. The cloud's answers come from memory, below the request funnel,
so that parsing counts but waiting does not. Time is the CPU time of the event loop's thread, so
that other processes do not count, taken callback by callback. Repeated work is given as a mean.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
import gc
import json
import logging
from pathlib import Path
import tempfile
from time import thread_time
import tracemalloc
from typing import Any, override
from unittest.mock import patch
from urllib.parse import urlsplit

from homeassistant import loader
from homeassistant.components.sensor import SensorEntity
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import frame
from homeassistant.helpers.entity_component import EntityComponent
from homeassistant.helpers.update_coordinator import CoordinatorEntity, DataUpdateCoordinator
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_test_home_assistant,
)

from custom_components.codelocks.api import Pool, transport
from custom_components.codelocks.const import DOMAIN

RUNS = 100
TENTH = 0.1
"""The most that a refresh without news may cost, relative to one of as many plain sensors."""
LONGEST_MS = 50
"""Longest that the event loop may be held."""
ENTITIES_PER_LOCK = 8
"""Enabled ones: battery status and low, activity, last activity, two counts, codes, calendar."""


@dataclass(slots=True)
class Cost:
    """What a piece of work cost the event loop."""

    busy_ms: float = 0.0
    longest_ms: float = 0.0
    """The longest callback, without the interpreter's garbage collection in it."""
    collection_ms: float = 0.0
    """The longest garbage collection; it depends on all objects of the process, not only ours."""
    writes: int = 0


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


async def _cost(hass: HomeAssistant, *works: Callable[[], Awaitable[Any]]) -> Cost:
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


async def _mean(hass: HomeAssistant, work: Callable[[], Awaitable[Any]]) -> Cost:
    """Return what a piece of work costs on average when it is repeated."""
    await _cost(hass, work)
    cost = await _cost(hass, *([work] * RUNS))
    cost.busy_ms /= RUNS
    cost.writes = round(cost.writes / RUNS)
    return cost


@dataclass(slots=True)
class Cloud:
    """The answers of a cloud with this many locks."""

    locks: int
    entries: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    calls: int = 0
    next_id: int = 1
    bodies: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """Earlier answers, by path and content: making them must not be measured."""

    def __post_init__(self) -> None:
        """Give every lock one entry."""
        for lock_id in self.lock_ids:
            self.news(lock_id)

    @property
    def lock_ids(self) -> list[str]:
        """The ids of the locks."""
        return [f"{number:032x}" for number in range(1, self.locks + 1)]

    def news(self, lock_id: str) -> None:
        """Let something happen at a lock."""
        entry = {
            "AuditEntryID": self.next_id,
            "LockID": lock_id,
            "DateEntered": dt_util.now().replace(tzinfo=None).isoformat(),
            "EntryType": "Unlock",
            "EntryText": "Opened by Anna Berger (phone)",
        }
        self.next_id += 1
        self.entries.setdefault(lock_id, []).insert(0, entry)

    async def answer(self, path: str) -> transport.HttpAnswer:
        """Answer one request."""
        self.calls += 1
        await asyncio.sleep(0)
        key = (path, self.next_id)
        if key not in self.bodies:
            self.bodies[key] = self._body(path)
        return transport.HttpAnswer(200, self.bodies[key])

    def _body(self, path: str) -> bytes:
        parts = urlsplit(path).path.split("/")
        body: Any
        match parts:
            case ["k3connect"]:
                body = [self._lock(lock_id) for lock_id in self.lock_ids]
            case ["k3connect", lock_id, "audit"]:
                body = self.entries[lock_id][:50]
            case _:
                body = []
        return json.dumps(body).encode()

    def _lock(self, lock_id: str) -> dict[str, Any]:
        return {
            "LockId": lock_id,
            "LockName": f"Door {int(lock_id, 16)}",
            "BatteryStatus": "FULL",
            "BatteryUpdated": "2026-10-01T00:00:00",
            "Manufacturer": "CODELOCKS",
            "ModelName": "CL5510",
            "FirmwareVersion": "1.0.2",
            "Timezone": "Europe/London",
            "TimezoneOffset": "+0100",
        }


@asynccontextmanager
async def home() -> AsyncIterator[HomeAssistant]:
    """Run a Home Assistant in a folder of its own."""
    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".storage").mkdir()
        async with async_test_home_assistant(config_dir=folder) as hass:
            hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)
            frame.async_setup(hass)
            await async_setup_component(hass, "homeassistant", {})
            await async_setup_component(hass, "network", {})
            yield hass
            await hass.async_stop(force=True)


class Bare(CoordinatorEntity[DataUpdateCoordinator[int]], SensorEntity):
    """A plain sensor."""

    def __init__(self, coordinator: DataUpdateCoordinator[int], number: int) -> None:
        """Take the coordinator."""
        super().__init__(coordinator)
        self._attr_unique_id = f"bare_{number}"
        self._attr_name = f"Bare {number}"

    @property
    @override
    def native_value(self) -> int:
        """The coordinator's number."""
        return self.coordinator.data


async def bare(hass: HomeAssistant, entities: int) -> tuple[Cost, Cost, float]:
    """Set up a bare coordinator with plain sensors; returns set-up, refresh, bytes an entity."""
    number = 0

    async def update() -> int:
        nonlocal number
        number += 1
        return number

    coordinator = DataUpdateCoordinator[int](
        hass, logging.getLogger("bare"), config_entry=None, name="bare", update_method=update
    )
    await coordinator.async_refresh()
    component = EntityComponent[SensorEntity](logging.getLogger("bare"), "sensor", hass)
    before = _memory()

    async def add() -> None:
        await component.async_add_entities([Bare(coordinator, n) for n in range(entities)])

    setup = await _cost(hass, add)
    size = (_memory() - before) / entities
    return setup, await _mean(hass, coordinator.async_refresh), size


def _memory() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def _entry() -> MockConfigEntry:
    data = {"api_key": "k" * 40, "access_key": "a" * 10, "url": "http://127.0.0.1"}
    return MockConfigEntry(
        domain=DOMAIN,
        title="bench@example.com",
        unique_id="bench@example.com",
        data=data,
        options={"plan": "custom", "netcode_quota": 100, "utility_quota": 10_000_000},
    )


@dataclass(slots=True)
class Account:
    """What an account with so many locks cost."""

    locks: int
    setup: Cost
    list_again: Cost
    nothing_new: Cost
    one_new: Cost
    all_new: Cost
    bytes_per_entity: float
    calls_at_start: int
    calls_at_restart: int


async def account(hass: HomeAssistant, locks: int) -> Account:
    """Set up an account, refresh it with no, one and all locks new, and restart it."""
    cloud = Cloud(locks)
    entry = _entry()
    entry.add_to_hass(hass)

    async def send(
        funnel: transport.Transport, _: str, pool: Pool, path: str, **__: Any
    ) -> transport.HttpAnswer:
        funnel._on_request(pool)
        return await cloud.answer(path)

    with patch.object(transport.Transport, "_send", send):
        before = _memory()
        setup = await _cost(hass, partial(hass.config_entries.async_setup, entry.entry_id))
        size = (_memory() - before) / (locks * ENTITIES_PER_LOCK)
        data = entry.runtime_data
        first = data.activity[cloud.lock_ids[0]]
        start = cloud.calls
        again = await _mean(hass, data.locks.async_refresh)
        nothing = await _mean(hass, first.async_refresh)

        async def read_news() -> None:
            cloud.news(cloud.lock_ids[0])
            await first.async_refresh()

        one = await _mean(hass, read_news)
        for lock_id in cloud.lock_ids:
            cloud.news(lock_id)
        all_new = await _cost(
            hass, *(coordinator.async_refresh for coordinator in data.activity.values())
        )
        calls = cloud.calls
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        restart = cloud.calls - calls
        await hass.config_entries.async_remove(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    return Account(locks, setup, again, nothing, one, all_new, size, start, restart)


type Pair = tuple[Account, Cost, Cost, float]
"""An account, and the bare coordinator's set-up, refresh and bytes an entity."""


async def _pairs(sizes: tuple[int, ...], *, memory: bool) -> list[Pair]:
    """Return what accounts of some sizes cost, each with its bare coordinator.

    Memory is measured in separate runs: tracing it makes everything slower.
    """
    found = []
    if memory:
        tracemalloc.start()
    for locks in sizes:
        async with home() as hass:
            ours = await account(hass, locks)
            found.append((ours, *await bare(hass, locks * ENTITIES_PER_LOCK)))
    tracemalloc.stop()
    return found


def lines(sizes: tuple[int, ...]) -> tuple[str, str]:
    """Return the table (event-loop time, writes, longest block, calls at a restart, memory).

    Also return the missed targets.
    """
    timed = asyncio.run(_pairs(sizes, memory=False))
    traced = asyncio.run(_pairs(sizes, memory=True))
    head = (
        "\nEvent loop: busy for so many ms, states written, longest block and longest garbage "
        "collection in ms;\nratio: of the busy time to that of a refresh (or the set-up) of a bare "
        "coordinator with as many plain sensors.\n\n"
        f"{'locks':>5} {'':<22} {'ms':>8} {'writes':>7} {'block':>7} {'gc':>7}  ratio\n"
    )
    table = head + "".join(_rows(*both) for both in zip(timed, traced, strict=True))
    return table, "".join(f"missed: {line}\n" for pair in timed for line in _missed(pair))


def _missed(pair: Pair) -> Iterator[str]:
    """Yield the targets that an account missed."""
    ours, _, refresh, _ = pair
    if ours.calls_at_restart:
        yield f"{ours.locks} locks: a restart took {ours.calls_at_restart} calls"
    for name, cost in (("list", ours.list_again), ("lock", ours.nothing_new)):
        if cost.writes > 1:  # the sensor of the calls left
            yield f"{ours.locks} locks: nothing new in a {name} wrote {cost.writes} states"
        ratio = cost.busy_ms / refresh.busy_ms
        if ratio > TENTH and ours.locks > 1:  # of one lock's few sensors no call can be a tenth
            yield f"{ours.locks} locks: nothing new in a {name} costs {ratio:.3f}"
    parts = (ours.setup, ours.list_again, ours.nothing_new, ours.one_new, ours.all_new)
    if (longest := max(cost.longest_ms for cost in parts)) > LONGEST_MS:
        yield f"{ours.locks} locks: the event loop was held for {longest:.0f} ms"


def _rows(timed: Pair, traced: Pair) -> str:
    ours, setup, refresh, _ = timed
    parts = (
        ("bare: set-up", setup, setup),
        ("bare: refresh", refresh, refresh),
        ("set-up", ours.setup, setup),
        ("list, nothing new", ours.list_again, refresh),
        ("one lock, nothing new", ours.nothing_new, refresh),
        ("one lock, one new", ours.one_new, refresh),
        ("all locks, all new", ours.all_new, refresh),
    )
    rows = [
        f"{ours.locks:>5} {name:<22} {cost.busy_ms:>8.1f} {cost.writes:>7} {cost.longest_ms:>7.1f}"
        f" {cost.collection_ms:>7.1f}  {cost.busy_ms / base.busy_ms:.3f}\n"
        for name, cost, base in parts
    ]
    size, base_size = traced[0].bytes_per_entity, traced[3]
    rows.append(
        f"{ours.locks:>5} calls at the first start: {ours.calls_at_start}, at a restart: "
        f"{ours.calls_at_restart}; memory of an entity: {size / 1024:.1f} kB, "
        f"ratio {size / base_size:.2f}\n"
    )
    return "".join(rows)
