"""A disk that is full, a folder that cannot be written: nothing that was paid for is lost."""

from collections.abc import Iterator
from datetime import timedelta
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.assist.talking import call_it, say, set_up_agent
from tests.codes import act, listed, make, set_options, warning, words
from tests.helpers import WRITTEN, entity_id, full_disk, pass_time, restart, value
from tests.issuing.requesters import add_requester
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Simulator

type Storage = dict[str, Any]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
REQUEST = "make a code for the plumber at the front door tomorrow from nine to twelve"
NOT_KEPT = warning("made_not_kept")


def kept(hass_storage: Storage, entry: CodelocksConfigEntry) -> dict[str, Any]:
    """Return the codes that are in the file."""
    file = hass_storage.get(f"{DOMAIN}.{entry.entry_id}.ledger", {"data": {"rows": {}}})
    return {row["id"]: row["code"] for row in file["data"]["rows"].values()}


async def test_a_code_on_a_full_disk(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The answer has the code and says that it is not kept; a minute after, it is."""
    with full_disk():
        answer = await make(hass, entry, LOCK_1_ID)
        assert answer["netcode"]
        assert answer["warnings"] == [NOT_KEPT]
        assert [row["id"] for row in await listed(hass)] == [answer["id"]]
        assert value(hass, "sensor", LOCK_1_ID, "active_netcodes") == "1"
    assert kept(hass_storage, entry) == {}
    await pass_time(hass, freezer, MINUTE)
    assert kept(hass_storage, entry) == {answer["id"]: answer["netcode"]}
    assert (await make(hass, entry, LOCK_2_ID))["warnings"] == []


async def test_a_chain_on_a_full_disk(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Each code of it says so."""
    with full_disk():
        answer = await make(hass, entry, LOCK_1_ID, duration={"hours": 30}, fit="tight")
    assert len(answer["codes"]) > 1
    assert all(code["warnings"].count(NOT_KEPT) == 1 for code in answer["codes"])


async def test_half_a_chain_on_a_full_disk(
    hass: HomeAssistant, entry: CodelocksConfigEntry, sim: Simulator
) -> None:
    """What was made before the chain failed says so, too."""
    sim.world.key.netcode.used = sim.world.key.netcode.quota - 1
    with full_disk():
        answer = await make(hass, entry, LOCK_1_ID, duration={"hours": 30}, fit="tight")
    [code] = answer["codes"]
    assert answer["failed"]
    assert code["warning_keys"] == ["made_not_kept"]


async def test_the_next_change_is_tried(
    hass: HomeAssistant, entry: CodelocksConfigEntry, hass_storage: Storage
) -> None:
    """The next code takes those before it along."""
    with full_disk():
        first = await make(hass, entry, LOCK_1_ID)
    second = await make(hass, entry, LOCK_2_ID)
    assert second["warnings"] == []
    assert kept(hass_storage, entry).keys() == {first["id"], second["id"]}


async def test_reload_on_a_full_disk(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    hass_storage: Storage,
    freezer: FrozenDateTimeFactory,
) -> None:
    """While Home Assistant runs, nothing is lost: what could not be written is known after it."""
    with full_disk():
        answer = await make(hass, entry, LOCK_1_ID)
        for _ in range(2):
            assert await hass.config_entries.async_reload(entry.entry_id)
            assert [row["id"] for row in await listed(hass)] == [answer["id"]]
        used = entry.runtime_data.counter.usage
    await pass_time(hass, freezer, HOUR)
    assert kept(hass_storage, entry) == {answer["id"]: answer["netcode"]}
    await restart(hass, freezer, entry)
    assert [row["id"] for row in await listed(hass)] == [answer["id"]]
    assert entry.runtime_data.counter.usage.days == used.days


async def test_waits_between_writings_grow(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A disk that is full for a day costs few lines in the log."""
    with full_disk() as tried:
        await make(hass, entry, LOCK_1_ID)
        await pass_time(hass, freezer, MINUTE, 24 * 60)
        codes = tried.count(f"{DOMAIN}.{entry.entry_id}.ledger")
    assert 40 <= codes <= 60
    assert caplog.text.count("Error writing config for codelocks") == len(tried)


def not_written(hass: HomeAssistant) -> list[dict[str, str] | None]:
    """Return whose codes cannot be written, as the repair issues say."""
    return [
        issue.translation_placeholders
        for issue in ir.async_get(hass).issues.values()
        if issue.translation_key == "codes_not_written"
    ]


@pytest.mark.parametrize("way", ["an action", "a text", "a voice", "an event"])
async def test_the_owner_is_told(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    way: str,
) -> None:
    """However a code is made: an issue stands until it is on the disk, also over a reload."""
    await set_options(hass, entry, voice="issue", calendar_issues=True)
    await set_up_agent(hass)
    await add_requester(hass, entry)
    await call_it(hass, entry, LOCK_1_ID, "Front door")
    assert not_written(hass) == []
    with full_disk():
        if way == "an action":
            await make(hass, entry, LOCK_1_ID)
        elif way == "a text":
            fields: Storage = {
                "channel": "sms",
                "sender": "+447123456789",
                "message": "FrontDoor1",
            }
            assert (await act(hass, "answer_text_request", **fields))["allowed"]
        elif way == "a voice":
            await say(hass, REQUEST)
        else:
            with pytest.raises(HomeAssistantError):
                await make_by_event(hass)
        assert not_written(hass) == [{"account": entry.title}]
        assert await hass.config_entries.async_reload(entry.entry_id)
        assert not_written(hass) == [{"account": entry.title}]
    await pass_time(hass, freezer, HOUR)
    assert not_written(hass) == []
    assert len(await listed(hass)) == 1


async def test_an_account_that_is_unloaded_while_the_disk_is_full(
    hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Its codes are written all the same, and the issue goes."""
    with full_disk():
        await make(hass, entry, LOCK_1_ID)
        assert await hass.config_entries.async_unload(entry.entry_id)
        assert not_written(hass) == [{"account": entry.title}]
    await pass_time(hass, freezer, HOUR)
    assert not_written(hass) == []


async def test_an_account_that_is_removed_while_the_disk_is_full(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """Its issue goes with it."""
    with full_disk():
        await make(hass, entry, LOCK_1_ID)
        await hass.config_entries.async_remove(entry.entry_id)
        assert not_written(hass) == []


async def make_by_event(hass: HomeAssistant) -> None:
    """Make a code by an event in the lock's calendar."""
    event = {
        "entity_id": entity_id(hass, "calendar", LOCK_1_ID, "netcodes"),
        "summary": "Plumber",
        "start_date_time": "2026-10-13 14:00:00",
        "end_date_time": "2026-10-13 15:00:00",
    }
    await hass.services.async_call("calendar", "create_event", event, blocking=True)


async def test_an_event_on_a_full_disk(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A calendar has no warnings: it fails, with the same words."""
    await set_options(hass, entry, calendar_issues=True)
    with full_disk(), pytest.raises(Exception, match=words("made_not_kept")):
        await make_by_event(hass)
    assert [row["name"] for row in await listed(hass)] == ["Plumber"]


async def test_a_voice_on_a_full_disk(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Who asks aloud hears it."""
    await set_options(hass, entry, voice="issue")
    await set_up_agent(hass)
    await call_it(hass, entry, LOCK_1_ID, "Front door")
    with full_disk():
        answer = await say(hass, REQUEST)
    assert answer.endswith(NOT_KEPT)


async def test_a_text_on_a_full_disk(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The guest can do nothing about it, and has the code; the host's log says so."""
    await add_requester(hass, entry)
    sim.world.lock(LOCK_1_ID)
    identifier = entry.runtime_data.locks.data.by_id[LOCK_1_ID].sms_id
    assert identifier
    with full_disk():
        answer = await act(
            hass,
            "answer_text_request",
            channel="sms",
            sender="+447123456789",
            message=identifier,
        )
    assert answer["allowed"]
    assert "could not be written down" in caplog.text


async def test_half_a_character(
    hass: HomeAssistant, entry: CodelocksConfigEntry, hass_storage: Storage
) -> None:
    """A name that no file can hold, as a template may make, is kept without that."""
    answer = await make(hass, entry, LOCK_1_ID, name="Anna \ud83d", reference="\udc00")
    assert answer["warnings"] == []
    assert answer["name"] == "Anna"
    assert kept(hass_storage, entry) == {answer["id"]: answer["netcode"]}
    again = await make(hass, entry, LOCK_1_ID, name="Anna \ud83d", reference="\udc00")
    assert (again["cached"], again["id"]) == (True, answer["id"])


async def test_with_an_error_of_the_disk_that_nobody_expected(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """However writing fails, who paid for a code has it."""
    with patch.object(Store, "_async_write_data", side_effect=PermissionError("no")):
        answer = await make(hass, entry, LOCK_1_ID)
    assert answer["warnings"] == [NOT_KEPT]
    assert answer["netcode"]


class TestOnDisk:
    """With real files."""

    @pytest.fixture
    def hass_config_dir(self, hass_tmp_config_dir: str) -> str:
        """Have a folder of our own."""
        return hass_tmp_config_dir

    @pytest.fixture
    def hass_storage(self) -> Iterator[Storage]:
        """Let files be written."""
        yield {}  # noqa: PT022 - as the fixture that it replaces

    @pytest.mark.parametrize("obstacle", ["a folder in its place", "no folder for it"])
    async def test_a_file_that_cannot_be_written(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        freezer: FrozenDateTimeFactory,
        obstacle: str,
    ) -> None:
        """It is written as soon as it can be, and only for its owner."""
        folder = Path(hass.config.path(".storage"))
        aside = folder.with_name("aside")
        file = folder / f"{DOMAIN}.{entry.entry_id}.ledger"
        await pass_time(hass, freezer, WRITTEN)

        def put_in_the_way() -> None:
            if obstacle == "no folder for it":
                folder.rename(aside)
                folder.touch()
            else:
                file.mkdir()

        def take_out_of_the_way() -> None:
            if obstacle == "no folder for it":
                folder.unlink()
                aside.rename(folder)
            else:
                file.rmdir()

        def rows() -> dict[str, Any]:
            assert file.stat().st_mode & 0o777 == 0o600
            stored: dict[str, Any] = json.loads(file.read_bytes())["data"]["rows"]
            return stored

        await hass.async_add_executor_job(put_in_the_way)
        answer = await make(hass, entry, LOCK_1_ID)
        assert answer["warnings"] == [NOT_KEPT]
        await hass.async_add_executor_job(take_out_of_the_way)
        await pass_time(hass, freezer, MINUTE)
        assert (await hass.async_add_executor_job(rows)).keys() == {answer["id"]}

    async def test_an_account_that_is_removed(
        self, hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: FrozenDateTimeFactory
    ) -> None:
        """What could not be written is not written after its account is gone."""
        with full_disk():
            await make(hass, entry, LOCK_1_ID)
            await hass.config_entries.async_remove(entry.entry_id)
        await pass_time(hass, freezer, HOUR)
        folder = Path(hass.config.path(".storage"))
        names = await hass.async_add_executor_job(lambda: [file.name for file in folder.iterdir()])
        assert any(name.startswith(f"{DOMAIN}.calls.") for name in names)
        assert not [name for name in names if entry.entry_id in name]
