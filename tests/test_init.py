"""An account from setup to removal: calls, files, and locks that come and go."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
import gc
import json
from pathlib import Path
from traceback import walk_tb
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntryState,
    ConfigSubentryDataWithId,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.storage import Store
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util.file import WriteError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN, EVENT_ACTIVITY
from tests.codes import KITLOCK, device_id, k3_code, kitlock_code, listed, make, netcode_calls
from tests.conftest import AddAccount, keys, settle
from tests.helpers import (
    WRITTEN,
    asked,
    async_capture_events,
    async_fire_time_changed,
    device_of,
    entity_id,
    in_sections,
    pass_time,
    read_again,
    restart,
    state_of,
    value,
)
from tests.issuing.requesters import ANNA
from tests.simulator import (
    ACCESS_KEY,
    ACCOUNT_EMAIL,
    API_KEY,
    LOCK_1_ID,
    LOCK_2_ID,
    SMALL_NOW,
    Fault,
    Simulator,
)
from tests.simulator.locks import lock_record

type AddEntry = Callable[[], Awaitable[MockConfigEntry]]
type Storage = dict[str, Any]

FIRST_VERSION = Path(__file__).parent / "stored_0_1_0.json"
"""The files of 0.1.0, of an account that was used for half an hour. Never change them."""


def states(hass: HomeAssistant) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return all states with their attributes."""
    return {
        state.entity_id: (state.state, dict(state.attributes)) for state in hass.states.async_all()
    }


def files(hass_storage: Storage) -> Storage:
    """Return our files."""
    return {name: file for name, file in hass_storage.items() if name.startswith(f"{DOMAIN}.")}


async def test_calls_of_a_new_account(sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """Setup reads everything once, and nothing else."""
    assert entry.state is ConfigEntryState.LOADED
    assert sorted(asked(sim)) == sorted(
        [
            "k3connect/account",
            "k3connect",
            *(f"k3connect/{lock}/audit" for lock in (LOCK_1_ID, LOCK_2_ID)),
            *(f"k3connect/{lock}/clients" for lock in (LOCK_1_ID, LOCK_2_ID)),
        ]
    )


async def test_reload(hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """A reload costs no call, and entities have their values at once."""
    before, calls = states(hass), len(sim.calls)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert states(hass) == before
    await settle(hass)
    assert len(sim.calls) == calls
    assert states(hass) == before


async def test_restart(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A restart with fresh data costs no call; values and counts come from the files."""
    calls = len(sim.calls)
    await pass_time(hass, freezer, WRITTEN)
    before = states(hass)
    await restart(hass, freezer, entry)
    assert states(hass) == before
    assert state_of(hass, "sensor", entry.entry_id, "utility_calls_left").attributes["used"] == 6
    assert len(sim.calls) == calls


async def test_restart_during_an_outage(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Without the cloud, a restart shows what was last known."""
    await sim.stop()
    await restart(hass, freezer, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"


async def test_unload(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """After unloading nothing is read any more, and the entities are unavailable."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert entry.state.value == "not_loaded"
    calls = len(sim.calls)
    await pass_time(hass, freezer, timedelta(hours=12), 4)
    assert len(sim.calls) == calls
    assert {state.state for state in hass.states.async_all()} == {"unavailable"}


async def test_unload_during_a_read(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A read that is under way ends with the account, and does no harm."""
    before = states(hass)
    hanging = sim.faults.add(Fault(kind="hang"))
    freezer.tick(timedelta(hours=12))
    async_fire_time_changed(hass)
    await hanging.met.wait()
    assert await hass.config_entries.async_unload(entry.entry_id)
    sim.faults.clear()
    await settle(hass)

    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    known = states(hass)
    for entity in (
        "sensor.front_door_active_clients",
        "sensor.front_door_last_activity",
        "event.front_door_activity",
    ):
        assert known[entity] == before[entity]


async def test_removal(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
) -> None:
    """Removal deletes the account's files; the calls of its key stay counted."""
    await make(hass, entry, LOCK_1_ID)
    await pass_time(hass, freezer, WRITTEN)
    assert len(files(hass_storage)) == 3
    assert await hass.config_entries.async_remove(entry.entry_id)
    await pass_time(hass, freezer, WRITTEN)
    (kept,) = files(hass_storage)
    assert kept.startswith(f"{DOMAIN}.calls.")
    assert not dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert not er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)

    calls = len(sim.calls)
    again = await add_account()
    assert len(sim.calls) > calls
    left = state_of(hass, "sensor", again.entry_id, "utility_calls_left")
    assert left.attributes["used"] == len(sim.calls) - len(netcode_calls(sim))


async def test_keys_are_in_no_file(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Neither key is in the content or the name of any of our files."""
    await pass_time(hass, freezer, WRITTEN)
    ours = files(hass_storage)
    assert f"{DOMAIN}.{entry.entry_id}" in ours
    written = json.dumps(ours)
    assert LOCK_1_ID in written
    assert API_KEY not in written
    assert ACCESS_KEY not in written


def subentry(subentry_id: str, kind: str, data: Mapping[str, Any]) -> ConfigSubentryDataWithId:
    """Return a subentry as it is stored."""
    return ConfigSubentryDataWithId(
        subentry_id=subentry_id,
        subentry_type=kind,
        title=data["name"],
        unique_id=None,
        data=data,
    )


def stored(hass: HomeAssistant, pattern: str) -> Path:
    """Return our only file that matches."""
    (file,) = Path(hass.config.path(".storage")).glob(pattern)
    return file


@pytest.fixture
def first_version(hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory) -> AddEntry:
    """Return what adds the account that 0.1.0 left, with its cloud as it was then."""
    freezer.move_to(datetime(2026, 10, 12, 10, 5, tzinfo=UTC))
    lock = sim.world.lock(LOCK_1_ID)
    lock.add_audit("Opened by Anna Berger (phone)", entry_type="Unlock", at=SMALL_NOW)
    minutes = timedelta(minutes=22, seconds=2)
    sim.world.lock(LOCK_2_ID).add_audit(
        "Opened by Host (phone)", entry_type="Unlock", at=SMALL_NOW + minutes
    )

    async def add() -> MockConfigEntry:
        entry = MockConfigEntry(
            domain=DOMAIN,
            entry_id="account",
            title=ACCOUNT_EMAIL,
            unique_id=ACCOUNT_EMAIL.lower(),
            data={"api_key": API_KEY, "access_key": ACCESS_KEY, "url": sim.url},
            subentries_data=[
                subentry("shed", "kitlock", KITLOCK),
                subentry("anna", "requester", ANNA),
            ],
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await settle(hass)
        return entry

    return add


FIRST_CODES = {
    ("Front door", k3_code(LOCK_1_ID, "2026-10-12 11:00", 1)),
    ("Front door", k3_code(LOCK_1_ID, "2026-10-12 11:00", 2)),
    ("Bike shed", kitlock_code("2026-10-12 10:00", 2)),
}
"""The codes that 0.1.0 made."""


async def codes(hass: HomeAssistant) -> set[tuple[str, str]]:
    """Return the codes that are listed, by lock."""
    return {(row["lock_name"], row["netcode"]) for row in await listed(hass, reveal=True)}


async def test_files_of_the_first_version(
    hass: HomeAssistant,
    sim: Simulator,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    first_version: AddEntry,
) -> None:
    """Later versions read all that 0.1.0 wrote: nothing is requested or fired again."""
    written: list[dict[str, Any]] = json.loads(FIRST_VERSION.read_text())
    hass_storage |= {file["key"]: deepcopy(file) for file in written}
    told = async_capture_events(hass, EVENT_ACTIVITY)
    entry = await first_version()

    assert sim.calls == []
    assert {row["state"] for row in await listed(hass)} == {"active"}
    assert await codes(hass) == FIRST_CODES
    assert value(hass, "sensor", "shed", "active_netcodes") == "1"
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "2026-10-12T09:30:00+00:00"
    for pool, used in (("netcode", 3), ("utility", 23)):
        left = state_of(hass, "sensor", entry.entry_id, f"{pool}_calls_left")
        assert left.attributes["used"] == used

    assert await hass.config_entries.async_unload(entry.entry_id)
    counts, account = (file["data"] for file in written)
    rows = account.pop("ledger")
    now = freezer().replace(tzinfo=UTC)
    account["account"]["clock"] = dict.fromkeys(("trusted", "last"), now.isoformat())
    counts["clock"] = [now.date().isoformat()]
    ours = files(hass_storage)
    assert ours.pop("codelocks.account.ledger")["data"] == {"rows": rows}
    assert ours.pop("codelocks.account")["data"] == account
    assert [file["data"] for file in ours.values()] == [counts]
    assert await hass.config_entries.async_setup(entry.entry_id)
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Tom", entry_type="Unlock")
    await read_again(hass, freezer, 2)
    assert [event.data["text"] for event in told] == ["Opened by Tom"]


async def test_a_crash_while_codes_move(
    hass: HomeAssistant,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    first_version: AddEntry,
) -> None:
    """Codes that stand in both files are listed once, and as the newer file has them."""
    written = {file["key"]: file for file in json.loads(FIRST_VERSION.read_text())}
    hass_storage |= deepcopy(written)
    entry = await first_version()
    withdrawn = (await listed(hass))[0]["id"]
    keeper = entry.runtime_data.ledger_keeper
    await keeper.async_record(keeper.data.withdraw(withdrawn))
    lost = (await listed(hass))[1]["id"]

    async def crash() -> None:
        hass_storage["codelocks.account"] = deepcopy(written["codelocks.account"])
        del hass_storage["codelocks.account.ledger"]["data"]["rows"][lost]

    await restart(hass, freezer, entry, crash)
    rows = await listed(hass)
    assert await codes(hass) == FIRST_CODES
    assert {row["id"]: row["state"] == "withdrawn" for row in rows} == {
        row["id"]: row["id"] == withdrawn for row in rows
    }
    assert len(hass_storage["codelocks.account.ledger"]["data"]["rows"]) == 3
    assert "ledger" not in hass_storage["codelocks.account"]["data"]


async def test_codes_that_cannot_be_moved(
    hass: HomeAssistant,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    first_version: AddEntry,
) -> None:
    """While their new file cannot be written, codes stay in the old one, and are known."""
    written = {file["key"]: file for file in json.loads(FIRST_VERSION.read_text())}
    hass_storage |= deepcopy(written)
    write = Store._async_write_data

    async def full(store: Store[Any], data: dict[str, Any]) -> None:
        if store.key.endswith(".ledger"):
            raise WriteError("No space left on device")
        await write(store, data)

    with patch.object(Store, "_async_write_data", full):
        entry = await first_version()
        assert await codes(hass) == FIRST_CODES
        await restart(hass, freezer, entry)
        assert await codes(hass) == FIRST_CODES
        assert "codelocks.account.ledger" not in hass_storage
        old = hass_storage["codelocks.account"]["data"]["ledger"]
        assert old == written["codelocks.account"]["data"]["ledger"]

    await restart(hass, freezer, entry)
    assert await codes(hass) == FIRST_CODES
    assert hass_storage["codelocks.account.ledger"]["data"]["rows"] == old
    assert "ledger" not in hass_storage["codelocks.account"]["data"]


class TestOnDisk:
    """With real files."""

    @pytest.fixture
    def hass_config_dir(self, hass_tmp_config_dir: str) -> str:
        """Use a temporary folder."""
        return hass_tmp_config_dir

    @pytest.fixture
    def hass_storage(self) -> Iterator[Storage]:
        """Let files be written."""
        yield {}  # noqa: PT022 - like the fixture that it replaces

    async def test_files_are_private(
        self, hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
    ) -> None:
        """Only the owner may read the stored files."""
        await make(hass, entry, LOCK_1_ID)
        await pass_time(hass, freezer, WRITTEN)

        def modes() -> dict[str, int]:
            ours = Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*")
            return {file.name: file.stat().st_mode & 0o777 for file in ours}

        found = await hass.async_add_executor_job(modes)
        assert f"{DOMAIN}.{entry.entry_id}" in found
        assert list(found.values()) == [0o600, 0o600, 0o600]

    async def test_broken_files(
        self,
        hass: HomeAssistant,
        sim: Simulator,
        entry: CodelocksConfigEntry,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        """Invalid JSON files are replaced with data from the cloud."""
        await pass_time(hass, freezer, WRITTEN)

        def spoil() -> None:
            for file in Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*"):
                file.write_text('{"version": 1, "data": {"acc')

        calls = len(sim.calls)
        await restart(hass, freezer, entry, lambda: hass.async_add_executor_job(spoil))
        assert entry.state is ConfigEntryState.LOADED
        assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
        used = state_of(hass, "sensor", entry.entry_id, "utility_calls_left").attributes["used"]
        assert used == len(sim.calls) - calls == 5

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"\x00" * 4096, id="zeros, as after a power cut"),
            pytest.param(b"\xff\xfe", id="no text"),
            pytest.param(b"null", id="null"),
            pytest.param(b"[1]", id="a list"),
            pytest.param(b'"x"', id="a word"),
            pytest.param(b"{}", id="an empty object"),
            pytest.param(b'{"version": 1, "minor_version": 1}', id="no data"),
            pytest.param(b'{"version": null, "data": {}}', id="no version"),
            pytest.param(b'{"version": 0, "data": {}}', id="a version that never was"),
        ],
    )
    async def test_files_that_are_not_stores(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        freezer: FrozenDateTimeFactory,
        content: bytes,
    ) -> None:
        """Whatever is in the files, the account is set up; what may be of use is moved aside."""
        await pass_time(hass, freezer, WRITTEN)
        folder = Path(hass.config.path(".storage"))

        def spoil() -> None:
            for file in folder.glob(f"{DOMAIN}.*"):
                file.write_bytes(content)

        def aside() -> list[Path]:
            return list(folder.glob(f"{DOMAIN}.*.corrupt.*"))

        await restart(hass, freezer, entry, lambda: hass.async_add_executor_job(spoil))
        assert entry.state is ConfigEntryState.LOADED
        assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
        kept = await hass.async_add_executor_job(aside)
        assert len(kept) == (0 if content == b"{}" else 2)
        assert all(file.read_bytes() == content for file in kept)
        assert all(file.stat().st_mode & 0o777 == 0o600 for file in kept)

        await hass.config_entries.async_remove(entry.entry_id)
        left = await hass.async_add_executor_job(aside)
        assert not [file for file in left if entry.entry_id in file.name], "it may hold codes"

    @pytest.mark.parametrize("which", ["the account's", "the codes", "the counts"])
    async def test_newer_version(
        self,
        hass: HomeAssistant,
        sim: Simulator,
        entry: CodelocksConfigEntry,
        freezer: FrozenDateTimeFactory,
        which: str,
    ) -> None:
        """Files of a newer version are left alone, and the user is told; no call is made."""
        await make(hass, entry, LOCK_1_ID)
        await pass_time(hass, freezer, WRITTEN)
        assert await hass.config_entries.async_unload(entry.entry_id)
        hass.data.pop(f"{DOMAIN}_call_counters")
        patterns = {"the counts": "*.calls.*", "the codes": f"{DOMAIN}.*.ledger"}
        file = stored(hass, patterns.get(which, f"{DOMAIN}.{entry.entry_id}"))
        written = file.read_bytes()
        newer = written.replace(b'"version": 1', b'"version": 2', 1)
        assert newer != written
        file.write_bytes(newer)
        sim.clear_calls()

        assert not await hass.config_entries.async_setup(entry.entry_id)
        await pass_time(hass, freezer, timedelta(hours=1), 3)
        assert entry.state is ConfigEntryState.SETUP_ERROR
        assert entry.error_reason_translation_key == "newer_version"
        assert "made by a newer version" in str(entry.reason)
        assert file.read_bytes() == newer
        assert not sim.calls

        file.write_bytes(written)  # the update, or the backup
        assert await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
        assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"

    async def test_newer_counts_end_a_flow(
        self,
        hass: HomeAssistant,
        sim: Simulator,
        entry: CodelocksConfigEntry,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        """The forms need the counts, too: they say why nothing can be changed."""
        await pass_time(hass, freezer, WRITTEN)
        assert await hass.config_entries.async_unload(entry.entry_id)
        hass.data.pop(f"{DOMAIN}_call_counters")
        file = stored(hass, f"{DOMAIN}.calls.*")
        file.write_bytes(b'{"version": 2, "minor_version": 1, "data": {"x": 1}}')
        sim.clear_calls()
        options = await hass.config_entries.options.async_init(entry.entry_id)
        assert (options["type"], options["reason"]) == (FlowResultType.ABORT, "newer_version")
        form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
        result = await hass.config_entries.flow.async_configure(
            form["flow_id"], keys(sim, access_key="another")
        )
        assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "newer_version")
        assert not sim.calls
        assert b'"x": 1' in file.read_bytes()

    async def test_nothing_of_the_cloud_spoils_the_codes(
        self, hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
    ) -> None:
        """They are known, though the file of what was read cannot be read, or is gone."""
        made = await make(hass, entry, LOCK_1_ID)
        file = Path(hass.config.path(".storage", f"{DOMAIN}.{entry.entry_id}"))

        async def spoil() -> None:
            await hass.async_add_executor_job(file.write_bytes, b"\xff")

        async def lose() -> None:
            await hass.async_add_executor_job(file.unlink)

        for meanwhile in (spoil, lose):
            await restart(hass, freezer, entry, meanwhile)
            assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"
            [row] = await listed(hass, reveal=True)
            assert (row["id"], row["netcode"]) == (made["id"], made["netcode"])

    @pytest.mark.parametrize("ending", ["", ".ledger"])
    async def test_newer_minor_version(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        freezer: FrozenDateTimeFactory,
        ending: str,
    ) -> None:
        """A newer minor version is read, and its additions are kept."""
        await make(hass, entry, LOCK_1_ID)
        await pass_time(hass, freezer, WRITTEN)
        file = Path(hass.config.path(".storage", f"{DOMAIN}.{entry.entry_id}{ending}"))

        def add() -> None:
            stored = json.loads(file.read_bytes())
            stored["minor_version"] = 7
            stored["data"]["novelty"] = {"x": 1}
            file.write_text(json.dumps(stored))

        await restart(hass, freezer, entry, lambda: hass.async_add_executor_job(add))
        assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
        await make(hass, entry, LOCK_2_ID)
        assert await hass.config_entries.async_unload(entry.entry_id)
        kept = json.loads(await hass.async_add_executor_job(file.read_bytes))
        assert kept["data"]["novelty"] == {"x": 1}


def change(part: str, key: str, **values: Any) -> Callable[[Any], Any]:
    """Return a function that changes something in the file; `...` removes it."""

    def spoil(data: Storage) -> Storage:
        changed = data[part][key] | values
        data[part][key] = {name: new for name, new in changed.items() if new is not ...}
        return data

    return spoil


def everywhere(strange: Any) -> Callable[[Any], Any]:
    """Return a function that replaces every record with something strange."""
    return lambda data: {part: dict.fromkeys(records, strange) for part, records in data.items()}


ROWS = [5, None, {}, {"lockid": None}, "x"]
SPOILT: dict[str, Callable[[Any], Any]] = {
    "a list for all": lambda _: [1],
    "nothing": lambda _: None,
    "other types": lambda data: dict.fromkeys(data, "x"),
    "numbers": everywhere(7),
    "empty records": everywhere({}),
    "lists": everywhere([]),
    "no rows": change("account", "locks", locks=ROWS),
    "a spoilt row": change("account", "locks", locks=[{"lockid": LOCK_2_ID}, {"lockid": ["x"]}]),
    "rows in an object": change("account", "locks", locks={"x": {}}),
    "no missing": change("account", "locks", missing=...),
    "missing null": change("account", "locks", missing=None),
    "no time": change("account", "locks", read_at=...),
    "naive time": change("account", "locks", read_at="2026-10-12T09:00:00"),
    "time of another type": change("account", "locks", read_at=20261012),
    "no cursor": change("activity", LOCK_1_ID, cursor=...),
    "strange cursor": change("activity", LOCK_1_ID, cursor={"newest_id": "x", "latest": 1}),
    "strange newest": change("activity", LOCK_1_ID, newest=[1]),
    "strange waiting": change("activity", LOCK_1_ID, waiting=[1, [], None]),
    "strange clients": change("clients", LOCK_1_ID, clients=[1, {}, None]),
    "clients of another type": change("clients", LOCK_1_ID, clients=1),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
async def test_strange_stored_data(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    spoil: Callable[[Storage], Any],
) -> None:
    """Only the unreadable is lost: the account is set up, and the rest comes from the cloud."""

    async def spoil_file() -> None:
        file = hass_storage[f"{DOMAIN}.{entry.entry_id}"]
        file["data"] = spoil(file["data"])

    await restart(hass, freezer, entry, spoil_file)
    assert entry.state is ConfigEntryState.LOADED
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert device_of(hass, entry.entry_id, LOCK_2_ID)
    activity = value(hass, "event", LOCK_1_ID, "activity")

    sim.world.lock(LOCK_1_ID).set_battery("LOW")
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "low"
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
    assert value(hass, "sensor", LOCK_1_ID, "last_activity") == "2026-10-12T08:30:00+00:00"
    assert value(hass, "event", LOCK_1_ID, "activity") == activity, "history is no news"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda codes: {key: {**row, "end": "9999-12-31T00:00:00Z"} for key, row in codes.items()},
        lambda codes: {f"not {key}": row for key, row in codes.items()},
    ],
    ids=["beyond the calendar", "under another key"],
)
async def test_strange_stored_codes(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    spoil: Callable[[Storage], Any],
) -> None:
    """An odd row of the ledger neither stops the setup nor loses later codes."""
    await make(hass, entry, LOCK_1_ID)

    async def spoil_file() -> None:
        file = hass_storage[f"{DOMAIN}.{entry.entry_id}.ledger"]
        file["data"]["rows"] = spoil(file["data"]["rows"])

    await restart(hass, freezer, entry, spoil_file)
    assert entry.state is ConfigEntryState.LOADED
    made = await make(hass, entry, LOCK_2_ID)
    assert made["id"] in {row["id"] for row in await listed(hass)}
    await restart(hass, freezer, entry)
    assert made["id"] in {row["id"] for row in await listed(hass)}


async def test_a_stored_count_beyond_reason(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is reduced to one that can be stored, so that later counts are kept."""

    async def spoil() -> None:
        (name,) = (name for name in files(hass_storage) if ".calls." in name)
        hass_storage[name]["data"]["utility"]["2026-10-12"] = 1e300

    await restart(hass, freezer, entry, spoil)
    counts = entry.runtime_data.counter.usage.as_dict()["utility"]
    assert counts == {"2026-10-12": 10**9}


@pytest.mark.parametrize(
    "counts", [None, [], {}, {"utility": 5}, {"utility": {"x": "y"}}, {"other": {}}]
)
async def test_strange_stored_counts(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
    counts: Any,
) -> None:
    """Unreadable counts start at zero."""

    async def spoil() -> None:
        (name,) = (name for name in files(hass_storage) if ".calls." in name)
        hass_storage[name]["data"] = counts

    await restart(hass, freezer, entry, spoil)
    assert value(hass, "sensor", entry.entry_id, "utility_calls_left") == "1000"


async def test_data_from_the_future(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """If the clock was wrong and is set back, reading goes on now, not only in that future."""
    freezer.tick(timedelta(days=700))
    await pass_time(hass, freezer, timedelta(hours=12))
    assert entry.state is ConfigEntryState.LOADED
    await restart(hass, freezer, entry, back=timedelta(days=700))
    sim.clear_calls()
    await pass_time(hass, freezer, timedelta(hours=12), 4)
    assert "k3connect" in asked(sim)
    assert f"k3connect/{LOCK_1_ID}/audit" in asked(sim)
    assert f"k3connect/{LOCK_1_ID}/clients" in asked(sim)


async def test_a_new_lock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A lock that joins the account appears without a restart, with all its data."""
    lock = sim.world.add_lock("Cellar", battery="64")
    lock.add_client("someone@example.com")
    lock.add_audit("Opened by Anna")
    await read_again(hass, freezer)
    device = device_of(hass, entry.entry_id, lock.id)
    account = device_id(hass, entry, entry.entry_id)
    assert device
    assert (device.name, device.model, device.sw_version) == ("Cellar", "CL5510", "1.0.2")
    assert (device.manufacturer, device.serial_number) == ("CODELOCKS", lock.id)
    assert device.via_device_id == account
    assert value(hass, "sensor", lock.id, "battery") == "64"
    assert value(hass, "sensor", lock.id, "active_clients") == "1"
    assert value(hass, "sensor", lock.id, "last_activity") != "unknown"
    assert value(hass, "event", lock.id, "activity") == "unknown"


async def test_a_lock_that_leaves(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A lock is removed when two complete reads in a row lack it, with everything of it."""
    sim.world.remove_lock(LOCK_1_ID)
    await read_again(hass, freezer)
    assert device_of(hass, entry.entry_id, LOCK_1_ID)
    for platform, key in (
        ("sensor", "battery_status"),
        ("sensor", "last_activity"),
        ("sensor", "active_clients"),
        ("binary_sensor", "battery_low"),
        ("event", "activity"),
    ):
        assert value(hass, platform, LOCK_1_ID, key) == "unavailable"
    assert value(hass, "sensor", LOCK_2_ID, "active_clients") == "0"

    await read_again(hass, freezer)
    assert device_of(hass, entry.entry_id, LOCK_1_ID) is None
    assert entity_id(hass, "sensor", LOCK_1_ID, "battery_status") is None
    assert device_of(hass, entry.entry_id, LOCK_2_ID)
    await pass_time(hass, freezer, WRITTEN)
    assert LOCK_1_ID not in json.dumps(hass_storage[f"{DOMAIN}.{entry.entry_id}"])
    sim.clear_calls()
    await pass_time(hass, freezer, timedelta(days=1))
    assert not any(LOCK_1_ID in path for path in asked(sim))


async def test_a_lock_that_was_missing_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A lock that was missing from one read is unchanged when it is back."""
    lock = sim.world.lock(LOCK_1_ID)
    before = device_of(hass, entry.entry_id, LOCK_1_ID)
    for _ in range(3):
        sim.world.remove_lock(LOCK_1_ID)
        await read_again(hass, freezer)
        assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "unavailable"
        sim.world.account.locks[LOCK_1_ID] = lock
        await read_again(hass, freezer)
        assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
        assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"
    assert device_of(hass, entry.entry_id, LOCK_1_ID) == before


async def test_more_locks_than_are_followed(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Known locks stay, the first new ones are added, and a warning says so once."""
    monkeypatch.setattr("custom_components.codelocks.reading.locks.MAX_LOCKS", 3)
    sim.world.remove_lock(LOCK_1_ID)
    added = [sim.world.add_lock(f"Cabin {number}").id for number in range(4)]
    await read_again(hass, freezer, 3)
    owners = (LOCK_1_ID, LOCK_2_ID, *added)
    followed = [owner for owner in owners if device_of(hass, entry.entry_id, owner)]
    assert followed == [LOCK_1_ID, LOCK_2_ID, added[0]]
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert caplog.text.count("of 5 locks only 3 are followed") == 1


async def test_a_missing_lock_stays_missing_over_a_restart(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A restart is not a read: the lock is still unavailable, and is removed by the next read."""
    sim.world.remove_lock(LOCK_1_ID)
    await read_again(hass, freezer)
    await restart(hass, freezer, entry)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "unavailable"
    await read_again(hass, freezer)
    assert device_of(hass, entry.entry_id, LOCK_1_ID) is None


async def test_a_lock_that_returns_later(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A lock that left and joins again gets its entities again."""
    lock = sim.world.lock(LOCK_1_ID)
    sim.world.remove_lock(LOCK_1_ID)
    await read_again(hass, freezer, 2)
    assert device_of(hass, entry.entry_id, LOCK_1_ID) is None
    sim.world.account.locks[LOCK_1_ID] = lock
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"
    assert value(hass, "sensor", LOCK_1_ID, "active_clients") == "1"


@pytest.mark.parametrize("form", ["list", "false", "204", "404"])
async def test_forms_of_no_locks(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    form: Any,
) -> None:
    """The cloud has four ways to say "no locks"; each is a complete read."""
    sim.world.flags.no_locks = form
    locks = dict(sim.world.account.locks)
    sim.world.account.locks.clear()
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "unavailable"
    sim.world.account.locks.update(locks)
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"

    sim.world.account.locks.clear()
    await read_again(hass, freezer, 2)
    left = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert [device.identifiers for device in left] == [{(DOMAIN, entry.entry_id)}]


@pytest.mark.parametrize("form", ["list", "false", "204", "404"])
async def test_an_account_without_locks(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, form: Any
) -> None:
    """An account may have no locks yet."""
    sim.world.flags.no_locks = form
    sim.world.account.locks.clear()
    entry = await add_account()
    assert asked(sim) == ["k3connect/account", "k3connect"]
    assert value(hass, "sensor", entry.entry_id, "utility_calls_left") == "998"


async def test_unreadable_rows(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A list with an unreadable row removes no device; the readable rows count."""
    first = sim.world.lock(LOCK_1_ID)
    first.set_battery("LOW")
    rows = [lock_record(first, single=False, undocumented=True), {"LockId": 5.5}]
    sim.faults.add(Fault(kind="status", status=200, path="*/k3connect", body=json.dumps(rows)))
    await read_again(hass, freezer, 3)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "low"
    assert device_of(hass, entry.entry_id, LOCK_2_ID)
    assert value(hass, "sensor", LOCK_2_ID, "active_clients") == "0"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="html", path="*/k3connect"),
        Fault(kind="status", status=500, path="*/k3connect"),
        Fault(kind="status", status=404, body="<html>", path="*/k3connect"),
        Fault(kind="missing_key", field="LockId", path="*/k3connect"),
        Fault(kind="status_error", path="*/k3connect"),
        Fault(kind="truncated", path="*/k3connect"),
    ],
    ids=["HTML", "500", "404 of something else", "no ids", "error in a 200", "half"],
)
async def test_failed_lists(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    fault: Fault,
) -> None:
    """A list that cannot be read removes no device, however often."""
    sim.faults.add(fault)
    await read_again(hass, freezer, 3)
    sim.faults.clear()
    assert device_of(hass, entry.entry_id, LOCK_1_ID)
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"


async def test_a_renamed_lock(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A new name or firmware in the cloud updates the device; a user's own name stays."""
    registry = dr.async_get(hass)
    mine = device_of(hass, entry.entry_id, LOCK_2_ID)
    assert mine
    registry.async_update_device(mine.id, name_by_user="My studio")
    for lock_id, name in ((LOCK_1_ID, "Back door"), (LOCK_2_ID, "Shed")):
        lock = sim.world.lock(lock_id)
        lock.name, lock.firmware = name, "2.0.0"
    await read_again(hass, freezer)
    renamed = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert renamed
    assert (renamed.name, renamed.sw_version) == ("Back door", "2.0.0")
    assert state_of(hass, "sensor", LOCK_1_ID, "battery_status").name == "Back door Battery status"
    mine = device_of(hass, entry.entry_id, LOCK_2_ID)
    assert mine
    assert (mine.name, mine.name_by_user) == ("Shed", "My studio")


async def test_a_lock_without_a_name(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """Without name, model or firmware, a lock still has its device."""
    for field in ("LockName", "ModelName", "FirmwareVersion", "Manufacturer"):
        sim.faults.add(Fault(kind="wrong_value", field=field, value=[], path="*/k3connect"))
    sim.world.lock(LOCK_1_ID).name = ""
    entry = await add_account()
    device = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert device
    assert device.name == LOCK_1_ID


async def test_removing_devices_by_hand(
    hass: HomeAssistant, entry: CodelocksConfigEntry, hass_ws_client: Any
) -> None:
    """A user may remove the device of a lock that the account no longer has, and no other."""
    assert await async_setup_component(hass, "config", {})
    gone = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, "06" * 16)}
    )
    lock = device_of(hass, entry.entry_id, LOCK_1_ID)
    account = device_of(hass, entry.entry_id, entry.entry_id)
    assert lock
    assert account
    client = await hass_ws_client(hass)
    for device in (lock, account):
        answer = await client.remove_device(device.id)
        assert not answer["success"]
    answer = await client.remove_device(gone.id)
    assert answer["success"]
    assert dr.async_get(hass).async_get(gone.id) is None

    await hass.config_entries.async_unload(entry.entry_id)
    answer = await client.remove_device(lock.id)
    assert not answer["success"]
    assert "rejected by integration" in answer["error"]["message"]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "drop"}, "cannot_connect"),
        ({"kind": "status", "status": 500}, "cannot_connect"),
        ({"kind": "html"}, "invalid_response"),
        ({"kind": "quota"}, "quota_exceeded"),
        ({"kind": "throttle"}, "throttled"),
        ({"kind": "status", "status": 400}, "rejected"),
    ],
)
async def test_a_first_read_that_fails(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    fault: dict[str, Any],
    reason: str,
) -> None:
    """A new account whose first read fails says why, and is read again without a burst.

    Home Assistant retries the setup more often than a cloud that is down should be asked.
    """
    sim.faults.add(Fault(path="*/k3connect", **fault))
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], keys(sim))
    await settle(hass)
    entry = result["result"]
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == reason
    texts = await async_get_translations(hass, "en", "exceptions", {DOMAIN})
    sentence = texts[f"component.{DOMAIN}.exceptions.{reason}.message"]
    assert (entry.reason or "").startswith(sentence.split("(")[0].split("{")[0])

    sim.faults.clear()
    calls = len(sim.calls)
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert entry.state.value == "setup_retry"
    assert entry.error_reason_translation_key == reason
    assert len(sim.calls) == calls

    await pass_time(hass, freezer, timedelta(minutes=6))
    assert entry.state.value == "loaded"
    assert value(hass, "sensor", LOCK_1_ID, "battery_status") == "full"


async def test_a_set_up_that_has_to_wait_leaves_nothing_behind(
    hass: HomeAssistant, sim: Simulator
) -> None:
    """An exception that is kept and raised again would grow with each try."""

    def longest() -> int:
        raised = [one for one in gc.get_objects() if isinstance(one, ConfigEntryNotReady)]
        return max(len([*walk_tb(one.__traceback__)]) for one in raised)

    sim.faults.add(Fault(kind="status", status=500, path="*/k3connect"))
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], keys(sim))
    await settle(hass)
    lengths = []
    for _ in range(4):
        await hass.config_entries.async_reload(result["result"].entry_id)
        lengths.append(longest())
    assert lengths[1:] == lengths[:-1]


async def test_two_accounts_on_one_key(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Entries that share an API key share its counts, and what polling may spend."""
    sim.world.add_account("second0key", email="second@example.com")
    second = await add_account(access_key="second0key")
    keyless = await add_account(access_key="")

    def used(of: CodelocksConfigEntry) -> int:
        return int(state_of(hass, "sensor", of.entry_id, "utility_calls_left").attributes["used"])

    assert used(entry) == used(second) == used(keyless) == len(sim.calls)
    await read_again(hass, freezer)
    assert used(entry) == used(second) == used(keyless) == len(sim.calls)

    await pass_time(hass, freezer, timedelta(hours=12), 36)
    assert sim.world.key.utility.used <= 800


async def test_an_account_that_polls_nothing(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An account with only KitLocks takes no share: the other one may spend the last call."""
    await add_account(access_key="")
    form = await hass.config_entries.options.async_init(entry.entry_id)
    used = in_sections({**entry.options, "utility_used": 799})
    await hass.config_entries.options.async_configure(form["flow_id"], used)
    freezer.tick(timedelta(minutes=11))
    sim.clear_calls()
    await hass.services.async_call(DOMAIN, "refresh", {}, blocking=True)
    assert len(sim.calls) == 1


@pytest.mark.usefixtures("sim")
async def test_what_is_no_longer_tracked(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Turning an option off removes its entities; turning it on brings them back."""
    options = {**entry.options, "track_activity": False, "track_clients": False}
    hass.config_entries.async_update_entry(entry, options=options)
    await settle(hass)
    assert hass.states.get("event.front_door_activity") is None
    assert hass.states.get("sensor.front_door_active_clients") is None
    assert hass.states.get("sensor.front_door_battery_status") is not None

    options = {**entry.options, "track_activity": True, "track_clients": True}
    hass.config_entries.async_update_entry(entry, options=options)
    await settle(hass)
    assert hass.states.get("event.front_door_activity") is not None
    assert hass.states.get("sensor.front_door_active_clients") is not None


async def test_a_battery_that_reports_a_word_after_a_restart(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Once a lock has reported a percentage, its entity stays, and is Unknown."""
    sim.world.lock(LOCK_1_ID).set_battery("64")
    await read_again(hass, freezer)
    assert value(hass, "sensor", LOCK_1_ID, "battery") == "64"
    sim.world.lock(LOCK_1_ID).set_battery("FULL")
    await read_again(hass, freezer)
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert value(hass, "sensor", LOCK_1_ID, "battery") == "unknown"
