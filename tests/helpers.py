"""What many tests do: let time pass, and look things up."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from aiohttp import connector
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.auth.models import User
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
    get_schema_suggested_value,
    snapshot_platform,
)
from pytest_homeassistant_custom_component.syrupy import (
    HomeAssistantSnapshotExtension,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.flows.options import OPTIONS
from tests.conftest import settle
from tests.simulator import ACCESS_KEY, ACCOUNT_EMAIL, API_KEY, Call, Simulator

__all__ = [
    "WRITTEN",
    "add_user",
    "asked",
    "assert_shape",
    "async_capture_events",
    "async_fire_time_changed",
    "days_go_by",
    "device_of",
    "entity_id",
    "full_disk",
    "get_schema_suggested_value",
    "in_sections",
    "only_platform",
    "pass_time",
    "read_again",
    "restart",
    "set_clock",
    "shown_in_sections",
    "state_of",
    "value",
]

FRESH = timedelta(minutes=11)
"""After this anything may be read again."""
WRITTEN = timedelta(seconds=11)
"""After this changes are in the files."""


async def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, step: timedelta, times: int = 1
) -> None:
    """Let time pass in steps, and all that is due at each happen."""
    for _ in range(times):
        freezer.tick(step)
        async_fire_time_changed(hass)
        await settle(hass)


def set_clock(hass: HomeAssistant, freezer: FrozenDateTimeFactory, to: datetime) -> None:
    """Set the clock, as a user or the network does: the loop's own time is never set."""
    loop, run_on = hass.loop, type(hass.loop).time
    before = loop.time()
    freezer.move_to(to)
    ahead = run_on(loop) - before
    loop.time = lambda: run_on(loop) - ahead  # type: ignore[method-assign]
    # Connections are left alone for as long. What freezes the clock puts it back.
    connector.monotonic = loop.time  # type: ignore[attr-defined]


async def days_go_by(hass: HomeAssistant, freezer: FrozenDateTimeFactory, days: int) -> None:
    """Let days go by, the last one hour by hour: by then the clock is relied on."""
    await pass_time(hass, freezer, timedelta(days=days - 1))
    await pass_time(hass, freezer, timedelta(hours=1), 25)


async def read_again(hass: HomeAssistant, freezer: FrozenDateTimeFactory, times: int = 1) -> None:
    """Read everything, once each time, whatever the schedule, and whether or not it works.

    It raises only if polling may spend no more.
    """
    for _ in range(times):
        await pass_time(hass, freezer, FRESH)
        try:
            await hass.services.async_call(DOMAIN, "refresh", {}, blocking=True)
        except HomeAssistantError as err:
            if err.translation_key == "polling_budget_spent":
                raise
        # The rest of a new lock is read at once.
        await pass_time(hass, freezer, timedelta(seconds=1))


async def restart(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
    meanwhile: Callable[[], Awaitable[None]] | None = None,
    *,
    back: timedelta = timedelta(),
) -> None:
    """Restart Home Assistant, as far as the account can tell: only its files are left.

    `meanwhile` may change the files; `back` sets the clock back.
    """
    await pass_time(hass, freezer, WRITTEN)
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass.data.pop(f"{DOMAIN}_call_counters")
    hass.data.pop(f"{DOMAIN}_unwritten", None)
    if meanwhile:
        await meanwhile()
    freezer.tick(-back)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)


@contextmanager
def full_disk() -> Iterator[list[str]]:
    """Let no file of ours be written; yields those that were tried."""
    tried: list[str] = []
    write = Store._async_write_data

    async def fail(store: Store[Any], data: dict[str, Any]) -> None:
        if not store.key.startswith(DOMAIN):
            await write(store, data)
            return
        tried.append(store.key)
        raise WriteError("No space left on device")

    with patch.object(Store, "_async_write_data", fail):
        yield tried


async def only_platform(hass: HomeAssistant, sim: Simulator, platform: Platform) -> str:
    """Set up an account with one platform; returns its entry id, which is always the same."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="account",
        title=ACCOUNT_EMAIL,
        unique_id=ACCOUNT_EMAIL.lower(),
        data={"api_key": API_KEY, "access_key": ACCESS_KEY, "url": sim.url},
    )
    entry.add_to_hass(hass)
    with patch("custom_components.codelocks.PLATFORMS", [platform]):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await settle(hass)
    return str(entry.entry_id)


async def assert_shape(
    hass: HomeAssistant, sim: Simulator, snapshot: SnapshotAssertion, platform: Platform
) -> None:
    """Compare all entities of a platform with what they were."""
    entry_id = await only_platform(hass, sim, platform)
    as_core_does = snapshot.use_extension(HomeAssistantSnapshotExtension)
    await snapshot_platform(hass, er.async_get(hass), as_core_does, entry_id)


async def add_user(hass: HomeAssistant, *groups: str) -> User:
    """Add a user of some groups; the first one of all would own Home Assistant."""
    if not await hass.auth.async_get_owner():
        await hass.auth.async_create_user("Owner", group_ids=[GROUP_ID_ADMIN])
    return await hass.auth.async_create_user("Somebody", group_ids=list(groups))


def entity_id(hass: HomeAssistant, platform: str, owner: str, key: str) -> str | None:
    """Return the entity of an owner, if there is one. The lock must not be in two accounts."""
    registry = er.async_get(hass)
    unique_ids = [
        f"{entry.entry_id}_{owner}_{key}" for entry in hass.config_entries.async_entries(DOMAIN)
    ]
    found = [registry.async_get_entity_id(platform, DOMAIN, one) for one in unique_ids]
    return next(filter(None, found), None)


def state_of(hass: HomeAssistant, platform: str, owner: str, key: str) -> State:
    """Return the whole state of an entity, which must exist."""
    found = entity_id(hass, platform, owner, key)
    assert found, f"no {platform} {key}"
    state = hass.states.get(found)
    assert state, f"{found} has no state"
    return state


def value(hass: HomeAssistant, platform: str, owner: str, key: str) -> str:
    """Return the state of an entity, which must exist."""
    return state_of(hass, platform, owner, key).state


def in_sections(options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return options as their form takes them: by section."""
    return {
        str(key): {
            str(field): options[field] for field in part.schema.schema if str(field) in options
        }
        for key, part in OPTIONS.schema.items()
    }


def shown_in_sections(form: Any) -> dict[str, Any]:
    """Return the values that the form of the options shows, without the sections."""
    return {
        str(field): field.description["suggested_value"]
        for part in form["data_schema"].schema.values()
        for field in part.schema.schema
        if field.description and "suggested_value" in field.description
    }


def device_of(hass: HomeAssistant, entry_id: str, owner: str) -> dr.DeviceEntry | None:
    """Return the device of an owner, if there is one."""
    return dr.async_get(hass).async_get_device_by_identifier((DOMAIN, owner), entry_id)


def asked(calls: Simulator | Iterable[Call]) -> list[str]:
    """Return the requests to the cloud, in short: each path without the common part."""
    listed = calls.calls if isinstance(calls, Simulator) else calls
    return [call.path.removeprefix("/u/1/") for call in listed]
