"""Diagnostics: useful to a maintainer, and to no burglar."""

from datetime import timedelta
from http import HTTPStatus
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import KITLOCK, add_kitlock, device_id, make, set_options, use_up
from tests.conftest import AddAccount, settle
from tests.helpers import asked, device_of, pass_time, read_again, restart
from tests.issuing.requesters import add_requester
from tests.simulator import (
    ACCESS_KEY,
    ACCOUNT_EMAIL,
    API_KEY,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
)

RECORD_1, RECORD_2 = f"k3connect/{LOCK_1_ID}", f"k3connect/{LOCK_2_ID}"
SECRETS = {
    "API key": API_KEY,
    "access key": ACCESS_KEY,
    "time code": KITLOCK["timecode"],
    "identifier": KITLOCK["identifier"],
    "text identifier": "BikeShed",
    "text identifier of a K3 lock": "FrontDoor1",
    "account": ACCOUNT_EMAIL,
    "client": GUEST_EMAIL,
    "suspended client": SUSPENDED_EMAIL,
    "invited client": INVITED_EMAIL,
    "lock": LOCK_1_ID,
    "other lock": LOCK_2_ID,
    "name of a lock": "Front door",
    "name of another lock": "Garden studio",
    "name of a KitLock": "Bike shed",
    "place": "Main house",
    "requester": "Anna",
    "phone number": "7123456789",
    "who is told": "notify.anna",
    "who has a code": "Plumber",
    "booking": "BOOKING-77",
    "audit": "Opened",
    "name in the audit": "Berger",
    "day of pairing": "2024-03-01",
}


@pytest.fixture
async def used(
    hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> tuple[CodelocksConfigEntry, str, dict[str, str]]:
    """Set up an account with a bit of everything; returns its KitLock and its secrets."""
    shed = await add_kitlock(hass, entry, text_identifier="BikeShed")
    await add_requester(hass, entry)
    await set_options(hass, entry, deliver_to=["notify.anna"])
    fields = {"name": "Plumber", "reference": "BOOKING-77"}
    codes = [
        (await make(hass, entry, shed, **fields))["netcode"],
        (await make(hass, entry, LOCK_1_ID, **fields))["netcode"],
        (await make(hass, entry, LOCK_1_ID, name="Somebody else"))["netcode"],
    ]
    await read_again(hass, freezer)
    keys = [row.key for row in entry.runtime_data.ledger_keeper.data.rows()]
    return entry, shed, SECRETS | {f"code {n}": secret for n, secret in enumerate(codes + keys)}


def assert_nothing_given_away(file: Any, secrets: dict[str, str]) -> None:
    """Check a file for secrets, ignoring case."""
    text = json.dumps(file, ensure_ascii=False).lower()
    assert "codelocks" in text
    assert [name for name, secret in secrets.items() if secret.lower() in text] == []


async def download(client: ClientSessionGenerator, path: str) -> Any:
    """Return a whole file, as it is attached to an issue."""
    answer = await (await client()).get(f"/api/diagnostics/config_entry/{path}")
    assert answer.status == HTTPStatus.OK
    return await answer.json()


def named(found: Any, names: dict[str, str]) -> Any:
    """Return a file with names instead of the devices' random ids."""
    text = json.dumps(found)
    for device, name in names.items():
        text = text.replace(device, name)
    return json.loads(text)


async def test_entry(
    hass: HomeAssistant,
    used: tuple[CodelocksConfigEntry, str, dict[str, str]],
    snapshot: SnapshotAssertion,
    hass_client: ClientSessionGenerator,
) -> None:
    """The content of a file."""
    entry, shed, _ = used
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    # The schedule's numbers are tested elsewhere.
    plan = found["polling"].pop("plan")
    locks = {device_id(hass, entry, owner) for owner in (LOCK_1_ID, LOCK_2_ID)}
    assert plan["activity"].keys() == locks
    assert all(reads["left"] <= reads["reads"] for reads in plan["activity"].values())
    assert plan["made"] < plan["renew"]
    names = {
        device_id(hass, entry, owner): name
        for owner, name in ((LOCK_1_ID, "lock 1"), (LOCK_2_ID, "lock 2"), (shed, "shed"))
    }
    assert named(found, names) == snapshot.use_extension(HomeAssistantSnapshotExtension)


async def test_devices(
    hass: HomeAssistant,
    used: tuple[CodelocksConfigEntry, str, dict[str, str]],
    hass_client: ClientSessionGenerator,
) -> None:
    """A device's file has the account's part and its own, as in the account's file."""
    entry, shed, secrets = used
    front = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert front
    await get_diagnostics_for_device(hass, hass_client, entry, front)  # takes a call
    whole: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    for owner, kind in ((LOCK_1_ID, "lock"), (shed, "kitlock"), (entry.entry_id, None)):
        device = device_of(hass, entry.entry_id, owner)
        assert device
        found: Any = await get_diagnostics_for_device(hass, hass_client, entry, device)
        assert found["device"] == device.id
        assert found["entry"] == whole["entry"]
        assert found["calls"] == whole["calls"]
        assert found["entities"]
        assert {"lock", "kitlock"} & found.keys() == ({kind} if kind else set())
        if kind == "lock":
            assert found["lock"].pop("own_record") == {"only_there": ["locklocation"]}
        if kind:
            assert found[kind] == whole[f"{kind}s"][device.id]
        assert_nothing_given_away(
            await download(hass_client, f"{entry.entry_id}/device/{device.id}"), secrets
        )


async def test_nothing_is_given_away(
    hass: HomeAssistant,
    used: tuple[CodelocksConfigEntry, str, dict[str, str]],
    hass_client: ClientSessionGenerator,
) -> None:
    """No secret is in the whole file, including what Home Assistant adds."""
    entry, _, secrets = used
    assert await async_setup_component(hass, "diagnostics", {})
    assert_nothing_given_away(await download(hass_client, entry.entry_id), secrets)


async def test_failures(
    hass: HomeAssistant,
    sim: Simulator,
    used: tuple[CodelocksConfigEntry, str, dict[str, str]],
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
) -> None:
    """Failures are shown by their kinds, without the cloud's own words: they may name anybody."""
    entry, _, secrets = used
    lock = device_id(hass, entry, LOCK_1_ID)
    words = json.dumps({"Message": f"No entries of {GUEST_EMAIL} at {LOCK_1_ID}"})
    sim.faults.add(Fault(kind="status", status=422, path=f"*/{LOCK_1_ID}/audit", body=words))
    sim.faults.add(Fault(kind="html", path=f"*/{LOCK_1_ID}/clients"))
    await read_again(hass, freezer)
    sim.faults.add(Fault(kind="status", status=503, path=f"*/{LOCK_2_ID}/audit", body=""))
    await read_again(hass, freezer)
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    first, second = found["locks"].values()
    assert first["activity"]["error"] == {"kind": "rejected", "cause": None, "status": 422}
    assert first["clients"]["error"] == {"kind": "invalid_response", "cause": None, "status": None}
    assert second["activity"]["error"] == {
        "kind": "cannot_connect",
        "cause": "HTTP 503",
        "status": None,
    }
    assert found["polling"]["failures_in_a_row"] == 1
    assert found["polling"]["lock_failures"][f"activity {lock}"] >= 1
    assert len(found["polling"]["again"]) == 1
    assert_nothing_given_away(await download(hass_client, entry.entry_id), secrets)


async def test_own_record_of_a_lock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
) -> None:
    """It is read once for each lock and never by itself; failures wait; restarts cost nothing."""

    async def own_record(lock_id: str) -> Any:
        device = device_of(hass, entry.entry_id, lock_id)
        assert device
        file: Any = await get_diagnostics_for_device(hass, hass_client, entry, device)
        return file["lock"]["own_record"]

    def records_read() -> list[str]:
        return [path for path in asked(sim) if path in (RECORD_1, RECORD_2)]

    assert not records_read()
    left = entry.runtime_data.polling_calls_left(dt_util.utcnow())
    sim.faults.add(Fault(kind="status", status=503, path=f"*/{LOCK_1_ID}"))
    for _ in range(3):
        assert await own_record(LOCK_1_ID) == {"error": "cannot_connect"}
    assert records_read() == [RECORD_1]
    assert entry.runtime_data.polling_calls_left(dt_util.utcnow()) == left - 1
    await restart(hass, freezer, entry)
    assert await own_record(LOCK_1_ID) == {"error": "cannot_connect"}
    assert records_read() == [RECORD_1]

    sim.faults.clear()
    await pass_time(hass, freezer, timedelta(minutes=11))
    for _ in range(3):
        assert await own_record(LOCK_1_ID) == {"only_there": ["locklocation"]}
        assert await own_record(LOCK_2_ID) == {"only_there": []}
        await restart(hass, freezer, entry)
    assert records_read() == [RECORD_1, RECORD_1, RECORD_2]


async def test_own_record_without_calls(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """The reserve is not for it."""
    await use_up(hass, entry, 900)
    sim.clear_calls()
    front = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert front
    file: Any = await get_diagnostics_for_device(hass, hass_client, entry, front)
    assert file["lock"]["own_record"] == {"error": "polling_budget_spent"}
    assert not sim.calls


async def test_unknown_words(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
    hass_client: ClientSessionGenerator,
) -> None:
    """What nobody has documented is in the file, by name; it outlives a restart."""
    lock = sim.world.lock(LOCK_1_ID)
    lock.set_battery("HALF")
    lock.add_audit("Anna was here", entry_type="Beep")
    sim.world.lock(LOCK_2_ID).add_client("somebody@example.com", status="PENDING")
    sim.faults.add(
        Fault(kind="renamed_key", path="/u/1/k3connect", field="LockSmsId", value="LockColour")
    )
    entry = await add_account()
    lock.set_battery(GUEST_EMAIL)
    lock.add_audit("Anna was here", entry_type="Code 123456")
    sim.world.lock(LOCK_2_ID).add_client("other@example.com", status="since 20261012")
    await read_again(hass, freezer, 2)

    async def file() -> Any:
        return await get_diagnostics_for_config_entry(hass, hass_client, entry)

    expected = {
        "keys": ["Lock.LockColour"],
        "battery": ["HALF"],
        "audit": ["Beep"],
        "client_status": ["PENDING"],
    }
    found = await file()
    assert found["unknown_words"] == expected
    private = {"battery": GUEST_EMAIL, "status": "20261012", "type": "123456", "text": "Anna"}
    assert [name for name, word in private.items() if word in json.dumps(found)] == []
    sim.faults.clear()
    await restart(hass, freezer, entry)
    assert (await file())["unknown_words"] == expected


async def test_issues_are_quoted(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    hass_client: ClientSessionGenerator,
) -> None:
    """Home Assistant adds the issues, persistent ones in full: they have no lock ids."""
    entry = await add_account()
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="ActualNetcode", value="99887766"))
    answer = await make(hass, entry, LOCK_1_ID)
    assert answer["netcode"] == "99887766"
    assert await async_setup_component(hass, "diagnostics", {})
    file = await download(hass_client, entry.entry_id)
    assert file["issues"], "the code has more digits than the lock takes"
    secrets = {key: SECRETS[key] for key in ("API key", "access key", "account", "lock")}
    assert_nothing_given_away(file, secrets | {"code": "99887766"})


@pytest.mark.usefixtures("freezer")
async def test_an_account_that_is_not_set_up(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """What is known is still in the file: such an account is when one is needed."""
    sim.world.change_access_key(ACCESS_KEY, "newkey0000")
    lock = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert lock
    assert await hass.config_entries.async_unload(entry.entry_id)
    await settle(hass)
    assert entry.state is ConfigEntryState.NOT_LOADED
    found: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert found.keys() == {"entry", "clock"}
    assert found["entry"]["state"] == "not_loaded"
    assert await get_diagnostics_for_device(hass, hass_client, entry, lock) == found
    assert_nothing_given_away(await download(hass_client, entry.entry_id), SECRETS)
