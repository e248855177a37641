"""What an account costs Home Assistant, beside a bare coordinator and two integrations of core.

Each has a Home Assistant of its own, in one run. `measuring` says how; `peers` what is compared.
"""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from time import monotonic
import tracemalloc
from unittest.mock import patch

from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.codelocks.polling.spending import spending

from .measuring import Cost, cost_of, home, mean_cost, traced_bytes
from .ours import Ours, counters_written, open_page
from .peers import Bare, Subject, Tedee, UnifiAccess

RUNS = 100
SUBJECTS: tuple[type[Subject], ...] = (Bare, Tedee, UnifiAccess, Ours)

# The targets, as `docs/benchmark.md` gives them.
LONGEST_MS = 50
"""Longest that the event loop may be held."""
MOST_KB = 9.5
"""Of memory for an entity, once everything was read."""
SETUP_RATIO, RESTART_RATIO = 1.25, 1.1
"""The most that a set-up may take of the loop's time for an entity, relative to a bare one."""
READ_MS = 0.5
"""The most that one read may take of the loop."""


@dataclass(slots=True)
class Figures:
    """What an integration cost."""

    name: str
    locks: int
    entities: int = 0
    kb_set_up: float = 0
    kb_read: float = 0
    """Of memory for an entity: before the first read, and after two."""
    costs: dict[str, Cost] = field(default_factory=dict)
    calls_at_start: int = 0
    calls_at_restart: int = 0
    written: dict[str, int] = field(default_factory=dict)
    written_within: float = 0
    """Seconds of reading in which the counters were written so often."""


async def _set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up an entry."""
    if not await hass.config_entries.async_setup(entry.entry_id):
        raise RuntimeError(f"{entry.domain}: {entry.reason}")


async def _warm_up(hass: HomeAssistant, kind: type[Subject]) -> None:
    """Import and load all that the first entry of an integration needs."""
    subject = kind(1)
    entry = subject.entry()
    entry.add_to_hass(hass)
    subject.prepare(hass)
    with subject.answering() if isinstance(subject, Ours) else nullcontext():
        await _set_up(hass, entry)
        await hass.async_block_till_done(wait_background_tasks=True)
        await hass.config_entries.async_remove(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)


async def measured(kind: type[Subject], locks: int, *, traced: bool) -> Figures:
    """Take an integration through its life: set up, read, down, up again, unloaded, restarted.

    Memory is measured in separate runs: tracing it makes everything slower.
    """
    found = Figures(kind.name, locks)
    async with home() as hass:
        await _warm_up(hass, kind)
        hass.set_state(CoreState.starting)  # nothing is read before Home Assistant has started
        subject = kind(locks)
        subject.prepare(hass)
        entry = subject.entry()
        entry.add_to_hass(hass)
        with subject.answering() if isinstance(subject, Ours) else nullcontext():
            before = traced_bytes() if traced else 0
            found.costs["set-up"] = await cost_of(hass, partial(_set_up, hass, entry))
            registry = er.async_get(hass)
            known = er.async_entries_for_config_entry(registry, entry.entry_id)
            found.entities = sum(not one.disabled for one in known)
            found.kb_set_up = (traced_bytes() - before) / found.entities / 1024 if traced else 0
            await _live(hass, subject, entry, found)
            found.kb_read = (traced_bytes() - before) / found.entities / 1024 if traced else 0
            if not traced:
                await _end(hass, subject, entry, found)
    return found


async def _start(hass: HomeAssistant) -> None:
    """Let Home Assistant have started: polling begins."""
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)


async def _live(
    hass: HomeAssistant, subject: Subject, entry: MockConfigEntry, found: Figures
) -> None:
    """Start Home Assistant, and read everything: for the first time, and as it was."""
    calls = subject.calls if isinstance(subject, Ours) else 0
    found.costs["start"] = await cost_of(hass, partial(_start, hass))
    with counters_written(hass) as written, spending():  # as a turn of polling
        began = monotonic()
        found.costs["nothing new"] = await cost_of(hass, *subject.reads(entry))
        found.written_within = monotonic() - began
    found.written = dict(written)
    if isinstance(subject, Ours):
        found.calls_at_start = subject.calls - calls - len(list(subject.reads(entry)))


async def _end(
    hass: HomeAssistant, subject: Subject, entry: MockConfigEntry, found: Figures
) -> None:
    """Read news, lose the connection, get it back, unload and set up again."""
    subject.news()
    found.costs["all new"] = await cost_of(hass, *subject.reads(entry))
    if isinstance(subject, Ours):
        await _one_lock(hass, subject, entry, found)
    subject.is_down = True
    found.costs["unavailable"] = await cost_of(hass, *subject.outage(entry))
    subject.is_down = False
    found.costs["back"] = await cost_of(hass, *subject.outage(entry))
    unload = partial(hass.config_entries.async_unload, entry.entry_id)
    found.costs["unload"] = await cost_of(hass, unload)
    calls = subject.calls if isinstance(subject, Ours) else 0
    hass.set_state(CoreState.starting)
    found.costs["restart"] = await cost_of(hass, partial(_set_up, hass, entry))
    found.costs["start again"] = await cost_of(hass, partial(_start, hass))
    found.calls_at_restart = subject.calls - calls if isinstance(subject, Ours) else 0


async def _one_lock(
    hass: HomeAssistant, subject: Ours, entry: MockConfigEntry, found: Figures
) -> None:
    """Read one lock and the list again and again, and open the page."""
    data, lock_id = entry.runtime_data, subject.lock_ids[0]
    first = data.activity[lock_id]
    found.costs["page"] = await cost_of(hass, partial(open_page, hass))
    found.costs["list, nothing new"] = await mean_cost(hass, data.locks.async_refresh, RUNS)
    found.costs["lock, nothing new"] = await mean_cost(hass, first.async_refresh, RUNS)

    async def read_news() -> None:
        subject.open(lock_id)
        await first.async_refresh()

    found.costs["lock, one new"] = await mean_cost(hass, read_news, RUNS)


def _apart(kind: type[Subject], locks: int, *, traced: bool) -> Figures:
    """Measure in a process of its own: what others left behind would be freed in between."""
    with get_context("fork").Pool(1) as pool:
        return pool.apply(_measured_here, (kind, locks), {"traced": traced})


def _measured_here(kind: type[Subject], locks: int, *, traced: bool) -> Figures:
    if not traced:
        return asyncio.run(measured(kind, locks, traced=False))
    tracemalloc.start()
    # Once they are written, the registries keep what they wrote of each entity, 1.3 kB: whoever is
    # measured for longer would have that, too.
    registries = (er.EntityRegistry, dr.DeviceRegistry)
    with ExitStack() as stack:
        for registry in registries:
            stack.enter_context(patch.object(registry, "async_schedule_save", lambda _: None))
        return asyncio.run(measured(kind, locks, traced=True))


def lines(sizes: tuple[int, ...]) -> tuple[str, str]:
    """Return the tables, and the targets that were missed."""
    table = _HEAD
    missed = ""
    for locks in sizes:
        timed = [_apart(kind, locks, traced=False) for kind in SUBJECTS]
        for kind, found in zip(SUBJECTS, timed, strict=True):
            traced = _apart(kind, locks, traced=True)
            found.kb_set_up, found.kb_read = traced.kb_set_up, traced.kb_read
        bare, ours = timed[0], timed[-1]
        table += "".join(_row(found, bare) for found in timed) + _blocks(timed) + _ours(ours) + "\n"
        missed += "".join(f"missed: {locks} locks: {line}\n" for line in _missed(ours, bare))
    return table, missed


_HEAD = """
What an entity costs. kB: of memory (tracemalloc, after a garbage collection), set up and once read;
the rest is CPU time of the event loop in us, and its ratio to the bare coordinator's.
"""
_OF_ENTITY = ("set-up", "restart", "nothing new", "all new")
_STARTS = ("start", "start again")
"""When polling begins: with all first reads, and with none."""
_BLOCKS = ("set-up", "nothing new", "all new", "unavailable", "back", "unload", "restart", "page")


def _us(found: Figures, part: str) -> float:
    return found.costs[part].busy_ms * 1000 / found.entities


def _row(found: Figures, bare: Figures) -> str:
    head = ""
    if found is bare:
        head = f"\n{found.locks:>5} {'locks':<14} entities  kB set up  kB read"
        head += "".join(f"  {part:>17}" for part in _OF_ENTITY) + "\n"
    parts = (
        f"  {_us(found, part):>10.1f} {_us(found, part) / _us(bare, part):>6.2f}"
        for part in _OF_ENTITY
    )
    sizes = f"{found.kb_set_up:>9.1f} {found.kb_read:>8.1f}"
    return f"{head}{'':>5} {found.name:<14} {found.entities:>8}  {sizes}{''.join(parts)}\n"


def _blocks(timed: list[Figures]) -> str:
    rows = f"\n{'':>5} longest block  " + "".join(f"{part:>13}" for part in _BLOCKS) + "\n"
    for found in timed:
        costs = (found.costs.get(part) for part in _BLOCKS)
        row = "".join(f"{cost.longest_ms:>13.1f}" if cost else " " * 13 for cost in costs)
        rows += f"{'':>5} {found.name:<15}{row}\n"
    return rows


def _ours(ours: Figures) -> str:
    parts = ("list, nothing new", "lock, nothing new", "lock, one new")
    rows = "".join(
        f"{'':>5} {part:<18} {ours.costs[part].busy_ms:>6.2f} ms, {ours.costs[part].writes} states"
        f" written, longest block {ours.costs[part].longest_ms:.1f} ms\n"
        for part in parts
    )
    reads = 2 * ours.locks + 1
    each = ours.costs["nothing new"].busy_ms / reads
    starts = ", ".join(f"{ours.costs[part].busy_ms:.0f} ms ({part})" for part in _STARTS)
    return (
        f"\n{rows}{'':>5} polling begins: {starts}\n"
        f"{'':>5} {reads} reads of everything: {each:.2f} ms each;"
        f" the counters were written {ours.written.get('states', 0)} times as states,"
        f" {ours.written.get('files', 0)} times to their file in {ours.written_within:.1f} s\n"
        f"{'':>5} calls at the first start: {ours.calls_at_start},"
        f" at a restart: {ours.calls_at_restart};"
        f" longest garbage collection {max(c.collection_ms for c in ours.costs.values()):.0f} ms\n"
    )


def _missed(ours: Figures, bare: Figures) -> Iterator[str]:
    """Yield the targets that an account missed."""
    ratios = {part: _us(ours, part) / _us(bare, part) for part in ("set-up", "restart")}
    often = int(ours.written_within) + 1
    targets: tuple[tuple[str, float, float], ...] = (
        ("calls at a restart", ours.calls_at_restart, 0),
        ("kB of memory for an entity", ours.kb_read, MOST_KB),
        ("set-up, relative to a bare one", ratios["set-up"], SETUP_RATIO),
        ("restart, relative to a bare one", ratios["restart"], RESTART_RATIO),
        ("ms for a read", ours.costs["lock, nothing new"].busy_ms, READ_MS),
        ("states of the calls left", ours.written.get("states", 0), often),
        ("files of the calls left", ours.written.get("files", 0), often),
        ("states written by the same list", ours.costs["list, nothing new"].writes, 1),
        ("states written by the same audit", ours.costs["lock, nothing new"].writes, 1),
        *(
            (f"ms of {part} in one go", cost.longest_ms, LONGEST_MS)
            for part, cost in ours.costs.items()
        ),
    )
    for what, figure, most in targets:
        if figure > most:
            yield f"{what}: {figure:.2f}, not {most}"
