"""Unique ids tell accounts apart: how those of 0.1.0 are replaced, and what it is for."""

from copy import deepcopy
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import KITLOCK, act, device_id, make
from tests.conftest import AddAccount, settle
from tests.helpers import read_again, value
from tests.issuing.requesters import ANNA
from tests.simulator import (
    ACCESS_KEY,
    ACCOUNT_EMAIL,
    API_KEY,
    LOCK_1_ID,
    LOCK_2_ID,
    Simulator,
)

FIRST_VERSION = Path(__file__).parent / "stored_0_1_0.json"
LOCK_ENTITIES = [
    ("sensor", "battery_status"),
    ("binary_sensor", "battery_low"),
    ("sensor", "battery_updated"),
    ("sensor", "last_activity"),
    ("event", "activity"),
    ("sensor", "active_clients"),
    ("sensor", "suspended_clients"),
    ("sensor", "active_netcodes"),
    ("calendar", "netcodes"),
]
"""The nine entities of a lock that reports no number for its battery."""
FIRST_IDS = [
    *(("sensor", f"account_{key}") for key in ("utility_calls_left", "netcode_calls_left")),
    ("sensor", "account_utility_forecast"),
    ("button", "account_refresh"),
    *((domain, f"{LOCK_1_ID}_{key}") for domain, key in LOCK_ENTITIES),
    *((domain, f"{LOCK_2_ID}_{key}") for domain, key in LOCK_ENTITIES),
    ("sensor", f"{LOCK_2_ID}_battery"),
    ("switch", f"{LOCK_1_ID}_client_anna.berger@example.com"),
    ("switch", f"{LOCK_1_ID}_client_cleaner@example.com"),
    ("switch", f"{LOCK_1_ID}_client_tom.keller@example.com"),
    ("sensor", "shed_active_netcodes"),
    ("calendar", "shed_netcodes"),
]
"""The entities as 0.1.0 registered them, by domain and unique id."""


def _key(unique_id: str) -> str:
    key = unique_id.partition("_")[2]
    return "client" if key.startswith("client_") else key


def _add_entry(hass: HomeAssistant, sim: Simulator) -> MockConfigEntry:
    def subentry(subentry_id: str, kind: str, data: Any) -> ConfigSubentryDataWithId:
        return ConfigSubentryDataWithId(
            subentry_id=subentry_id,
            subentry_type=kind,
            title=data["name"],
            unique_id=None,
            data=data,
        )

    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="account",
        title=ACCOUNT_EMAIL,
        unique_id=ACCOUNT_EMAIL.lower(),
        data={"api_key": API_KEY, "access_key": ACCESS_KEY, "url": sim.url},
        options={"client_switches": True},
        subentries_data=[subentry("shed", "kitlock", KITLOCK), subentry("anna", "requester", ANNA)],
    )
    entry.add_to_hass(hass)
    return entry


def _register(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Fill the registries as 0.1.0 left them, after their owner had made them his own."""
    devices, entities = dr.async_get(hass), er.async_get(hass)
    cellar = ar.async_get(hass).async_create("Cellar")
    for owner in ("account", LOCK_1_ID, LOCK_2_ID, "shed"):
        subentry = "shed" if owner == "shed" else None
        device = devices.async_get_or_create(
            config_entry_id="account",
            config_subentry_id=subentry,
            identifiers={(DOMAIN, owner)},
            name=owner,
        )
        devices.async_update_device(device.id, name_by_user=f"My {owner}", area_id=cellar.id)
        for number, (domain, unique_id) in enumerate(FIRST_IDS):
            if unique_id.partition("_")[0] == owner:
                entity = entities.async_get_or_create(
                    domain,
                    DOMAIN,
                    unique_id,
                    config_entry=entry,
                    config_subentry_id=subentry,
                    device_id=device.id,
                    translation_key=_key(unique_id),
                    suggested_object_id=f"mine_{number}",
                )
                entities.async_update_entity_options(
                    entity.entity_id, "conversation", {"should_expose": True}
                )
                entities.async_update_entity(
                    entity.entity_id,
                    name=f"Name {number}",
                    area_id=cellar.id,
                    aliases=[f"alias {number}"],
                    disabled_by=er.RegistryEntryDisabler.USER if number % 5 == 0 else None,
                )


OURS = ("entity_id", "id", "device_id", "name", "area_id", "aliases", "disabled_by", "created_at")


def _known(hass: HomeAssistant) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what users made of their entities, by domain and unique id."""
    registry = er.async_get(hass)
    return {
        (entity.domain, entity.unique_id): {
            **{name: getattr(entity, name) for name in OURS},
            "exposed": entity.options["conversation"],
        }
        for entity in er.async_entries_for_config_entry(registry, "account")
    }


def _devices(hass: HomeAssistant) -> dict[str, tuple[Any, ...]]:
    """Return the ids of the devices, and what users made of them."""
    found = dr.async_entries_for_config_entry(dr.async_get(hass), "account")
    return {
        identifier: (device.id, device.name_by_user, device.area_id, device.disabled_by)
        for device in found
        for _, identifier in device.identifiers
    }


@pytest.fixture
def first_version(
    hass: HomeAssistant,
    sim: Simulator,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> MockConfigEntry:
    """Return the account that 0.1.0 left, with its files and registries."""
    freezer.move_to(datetime(2026, 10, 12, 10, 5, tzinfo=UTC))
    hass_storage |= {file["key"]: deepcopy(file) for file in json.loads(FIRST_VERSION.read_text())}
    entry = _add_entry(hass, sim)
    _register(hass, entry)
    return entry


async def test_what_users_made_of_their_entities_stays(
    hass: HomeAssistant, sim: Simulator, first_version: MockConfigEntry
) -> None:
    """Only the unique ids change: no entity, device, name, area or choice is lost or doubled."""
    entities, devices = _known(hass), _devices(hass)
    assert await hass.config_entries.async_setup("account")
    await settle(hass)
    assert first_version.state is ConfigEntryState.LOADED
    assert (first_version.version, first_version.minor_version) == (1, 2)
    assert _known(hass) == {
        (domain, f"account_{unique_id}"): known for (domain, unique_id), known in entities.items()
    }
    assert _devices(hass) == devices
    assert sim.calls == []
    assert hass.states.get("binary_sensor.mine_5") is None, "it is disabled, as it was"
    assert hass.states.get("sensor.mine_4")


async def test_what_names_a_device_stays_valid(
    hass: HomeAssistant, first_version: MockConfigEntry
) -> None:
    """Automations, blueprints and senders name devices by ids."""
    shed = _devices(hass)["shed"][0]
    anna = first_version.subentries["anna"]
    hass.config_entries.async_update_subentry(first_version, anna, data={**ANNA, "locks": [shed]})
    shed_with_text = {**KITLOCK, "text_identifier": "Shed1"}
    kitlock = first_version.subentries["shed"]
    hass.config_entries.async_update_subentry(first_version, kitlock, data=shed_with_text)
    assert await hass.config_entries.async_setup("account")
    await settle(hass)
    answer = await act(
        hass, "answer_text_request", channel="sms", sender="+447123456789", message="Shed1"
    )
    assert (answer["allowed"], answer["device_id"]) == (True, shed)
    assert (await act(hass, "generate_netcode", device_id=shed))["device_id"] == shed


@pytest.mark.parametrize("replaced", [0, 1, 7, len(FIRST_IDS)])
async def test_a_crash_on_the_way(
    hass: HomeAssistant, first_version: MockConfigEntry, replaced: int
) -> None:
    """Where some were replaced before a crash, the rest is, and none twice."""
    expected = {(domain, f"account_{unique_id}") for domain, unique_id in FIRST_IDS}
    registry = er.async_get(hass)
    entities = er.async_entries_for_config_entry(registry, "account")
    for entity in entities[:replaced]:
        registry.async_update_entity(entity.entity_id, new_unique_id=f"account_{entity.unique_id}")
    assert await hass.config_entries.async_setup("account")
    await settle(hass)
    assert set(_known(hass)) == expected
    assert first_version.minor_version == 2


async def test_after_a_return_to_the_first_version(
    hass: HomeAssistant, first_version: MockConfigEntry
) -> None:
    """It registered its own entities again: these are left as they are, and setup works."""
    unique_id = f"account_{LOCK_1_ID}_activity"
    newer = er.async_get(hass).async_get_or_create(
        "event", DOMAIN, unique_id, config_entry=first_version, translation_key="activity"
    )
    assert await hass.config_entries.async_setup("account")
    await settle(hass)
    assert first_version.state is ConfigEntryState.LOADED
    found = er.async_get(hass).async_get_entity_id("event", DOMAIN, unique_id)
    assert found == newer.entity_id


def _entities_of(hass: HomeAssistant, entry: CodelocksConfigEntry) -> set[tuple[str, str]]:
    """Return the entities of the first lock in an account, by domain and key."""
    device = device_id(hass, entry, LOCK_1_ID)
    found = er.async_entries_for_device(er.async_get(hass), device, include_disabled_entities=True)
    return {
        (entity.domain, entity.unique_id.removeprefix(f"{entry.entry_id}_{LOCK_1_ID}_"))
        for entity in found
    }


async def test_a_lock_in_two_accounts(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    caplog: pytest.LogCaptureFixture,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Each account has its own device of it, with all entities, and codes of its own."""
    lock = sim.world.lock(LOCK_1_ID)
    sim.world.add_account("second0key", email="cleaning@example.com").locks[LOCK_1_ID] = lock
    second = await add_account(access_key="second0key")
    devices = {device_id(hass, one, LOCK_1_ID) for one in (entry, second)}
    assert len(devices) == 2
    for one in (entry, second):
        assert _entities_of(hass, one) == set(LOCK_ENTITIES)
    assert "does not generate unique IDs" not in caplog.text

    await make(hass, second, LOCK_1_ID)
    counts = {
        hass.states.get(entity.entity_id).state  # type: ignore[union-attr] # they exist
        for device in devices
        for entity in er.async_entries_for_device(er.async_get(hass), device)
        if entity.translation_key == "active_netcodes"
    }
    assert counts == {"0", "1"}

    lock.add_audit("Opened by Anna", entry_type="Unlock")
    await read_again(hass, freezer)
    told = [state for state in hass.states.async_all("event") if "Anna" in str(state.attributes)]
    assert len(told) == 2


@pytest.mark.parametrize("order", [("leave", "join"), ("join", "leave")])
async def test_a_lock_that_moves_to_another_account(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
    order: tuple[str, str],
) -> None:
    """The new account has all its entities, whichever account is read first."""
    lock = sim.world.lock(LOCK_1_ID)
    sim.world.add_account("second0key", email="cleaning@example.com")
    second = await add_account(access_key="second0key")
    for move in order:
        if move == "leave":
            del sim.world.account.locks[LOCK_1_ID]
        else:
            sim.world.accounts["second0key"].locks[LOCK_1_ID] = lock
        await read_again(hass, freezer, times=2)
    assert _entities_of(hass, second) == set(LOCK_ENTITIES)
    assert not [
        entity
        for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        if LOCK_1_ID in entity.unique_id
    ]
    assert value(hass, "event", LOCK_1_ID, "activity") == "unknown"
