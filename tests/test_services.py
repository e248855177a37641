"""Actions that read: the audit, the active-period schema, and `refresh`."""

from datetime import timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import act, device_id
from tests.conftest import AddAccount
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

from .codes import set_options
from .conftest import settle
from .helpers import pass_time, restart


async def test_get_audit(hass: HomeAssistant, entry: CodelocksConfigEntry, sim: Simulator) -> None:
    """The newest entries come first, by the lock's clock; digits that may be a code are masked."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened with code 482913")
    lock = device_id(hass, entry, LOCK_1_ID)
    sim.clear_calls()

    answer = await act(hass, "get_audit", device_id=lock, limit=2)

    assert answer["entries"] == [
        {
            "id": 1007,
            "time": "2026-10-12T10:30:00+01:00",
            "type": "Unlock",
            "text": "Opened with code ****",
        },
        {
            "id": 1005,
            "time": "2026-10-12T09:30:00+01:00",
            "type": "Unlock",
            "text": "Opened by Anna Berger (phone)",
        },
    ]
    assert [call.query["perpage"] for call in sim.calls] == ["2"]


@pytest.mark.parametrize("tracked", [True, False])
async def test_get_audit_is_never_more_than_requested(
    hass: HomeAssistant, entry: CodelocksConfigEntry, sim: Simulator, *, tracked: bool
) -> None:
    """Even if the cloud returns a longer page."""
    await set_options(hass, entry, track_activity=tracked)
    rows = [{"AuditEntryID": 5000 - number, "EntryText": "x"} for number in range(100)]
    fault = Fault(kind="status", status=200, path="*/audit", body=json.dumps(rows), count=1)
    sim.faults.add(fault)

    answer = await act(hass, "get_audit", device_id=device_id(hass, entry, LOCK_1_ID), limit=5)

    assert [row["id"] for row in answer["entries"]] == [5000, 4999, 4998, 4997, 4996]


async def test_get_audit_is_fired_as_news(
    hass: HomeAssistant, entry: CodelocksConfigEntry, sim: Simulator
) -> None:
    """News in a user's call is not paid for twice: the event fires at once."""
    sim.world.lock(LOCK_1_ID).add_audit("Opened by Tom (phone)")

    await act(hass, "get_audit", device_id=device_id(hass, entry, LOCK_1_ID))
    await settle(hass)

    state = hass.states.get("event.front_door_activity")
    assert state
    assert state.attributes["text"] == "Opened by Tom (phone)"
    newest = hass.states.get("sensor.front_door_last_activity")
    assert newest
    assert newest.state == "2026-10-12T09:30:00+00:00"


async def test_a_page_with_a_gap_is_not_news_yet(
    hass: HomeAssistant, entry: CodelocksConfigEntry, sim: Simulator
) -> None:
    """A short page may lack entries before it: the next read fires all, in order."""
    for person in ("Ann", "Ben", "Cat"):
        sim.world.lock(LOCK_1_ID).add_audit(f"Opened by {person} (phone)")

    await act(hass, "get_audit", device_id=device_id(hass, entry, LOCK_1_ID), limit=2)
    await settle(hass)

    state = hass.states.get("event.front_door_activity")
    assert state
    assert state.state == "unknown"


async def test_get_audit_oldest_first_without_tracking(
    hass: HomeAssistant, add_account: Any, sim: Simulator
) -> None:
    """The audit can be read even if activity is not tracked."""
    entry = await add_account()
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, "track_activity": False, "track_clients": False}
    )
    await settle(hass)
    lock = device_id(hass, entry, LOCK_1_ID)

    answer = await act(hass, "get_audit", device_id=lock, limit=1, order="ascending")
    clients = await act(hass, "get_clients", device_id=lock)

    assert [row["text"] for row in answer["entries"]] == ["Auto-lock time set"]
    assert clients["count"] == 3
    assert await act(hass, "suspend_client", device_id=lock, email="anna.berger@example.com")
    assert [call.method for call in sim.calls[-2:]] == ["GET", "PATCH"]


@pytest.mark.usefixtures("entry", "sim")
async def test_get_active_period_schema(hass: HomeAssistant) -> None:
    """The API's JSON is returned parsed."""
    answer = await act(hass, "get_active_period_schema")
    assert set(answer["schema"]["sample"]) == set("0123456789")


async def test_the_schema_is_requested_once_a_month(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Any user may ask, and would spend everybody's calls."""

    async def calls() -> int:
        sim.clear_calls()
        answers = [await act(hass, "get_active_period_schema") for _ in range(3)]
        assert all(answer == answers[0] for answer in answers)
        return sum(call.path.endswith("/spcconfig") for call in sim.calls)

    assert await calls() == 1
    await restart(hass, freezer, entry)
    assert await calls() == 0
    await pass_time(hass, freezer, timedelta(days=31))
    assert await calls() == 1


async def test_refresh_reads_what_is_not_fresh(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Nothing is read again within ten minutes; after that, the list and the chosen locks are."""
    lock = device_id(hass, entry, LOCK_1_ID)
    sim.clear_calls()
    assert await act(hass, "refresh") == {"read": 0, "utility_calls_left": 994}

    freezer.tick(timedelta(minutes=11))
    assert await act(hass, "refresh", device_id=lock) == {"read": 3, "utility_calls_left": 991}
    paths = [call.path.removeprefix("/u/1/k3connect") for call in sim.calls]
    assert paths == ["", f"/{LOCK_1_ID}/audit", f"/{LOCK_1_ID}/clients"]

    # What is due of the other lock is read once, by polling or by us; the list is fresh.
    await act(hass, "refresh")
    await settle(hass)
    others = sorted(call.path.rsplit("/", 1)[-1] for call in sim.calls[3:])
    assert others == ["audit", "clients"]
    assert {LOCK_2_ID in call.path for call in sim.calls[3:]} == {True}


async def test_a_failed_read_is_a_read(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It cost a call, so it is not tried again within ten minutes either."""
    lock = device_id(hass, entry, LOCK_1_ID)
    sim.faults.add(Fault(kind="status", status=404, path="*/audit"))
    freezer.tick(timedelta(minutes=11))
    assert (await act(hass, "refresh", device_id=lock))["read"] == 3
    assert (await act(hass, "refresh", device_id=lock))["read"] == 0


async def test_refresh_leaves_the_reserve_alone(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The reserve is not spent on reading, and the error says so."""
    options = {**entry.options, "reserve_percent": 100}
    hass.config_entries.async_update_entry(entry, options=options)
    await settle(hass)
    freezer.tick(timedelta(minutes=11))
    sim.clear_calls()

    with pytest.raises(ServiceValidationError, match="lower the reserve") as err:
        await act(hass, "refresh")

    assert err.value.translation_key == "polling_budget_spent"
    assert not sim.calls
    # A user's own questions may use the reserve.
    assert await act(hass, "get_clients", device_id=device_id(hass, entry, LOCK_1_ID))


async def test_refresh_of_two_accounts(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    add_account: AddAccount,
    freezer: FrozenDateTimeFactory,
) -> None:
    """One that may spend nothing does not stop the other from being read."""
    sim.world.add_account("second0key", email="second@example.com")
    await add_account(access_key="second0key")
    await set_options(hass, entry, reserve_percent=100)
    freezer.tick(timedelta(minutes=11))
    sim.clear_calls()
    assert (await act(hass, "refresh"))["read"] == 1
    assert [call.query["accesskey"] for call in sim.calls] == ["second0key"]


async def test_refresh_that_reads_nothing(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """If nothing requested could be read, the action fails, and says why."""
    freezer.tick(timedelta(minutes=11))
    sim.faults.add(Fault(kind="status", status=404, path=f"*/{LOCK_1_ID}/*"))
    front = device_id(hass, entry, LOCK_1_ID)
    with pytest.raises(HomeAssistantError, match="Codelocks refuses this"):
        await act(hass, "refresh", device_id=front)
    freezer.tick(timedelta(minutes=11))
    assert (await act(hass, "refresh"))["read"], "another lock could be read"


async def test_a_spent_pool_is_an_issue(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Even if a user's own request finds it out."""
    sim.faults.add(Fault(kind="quota", path="/u/*", count=1))
    with pytest.raises(HomeAssistantError):
        await act(hass, "get_audit", device_id=device_id(hass, entry, LOCK_1_ID))
    assert issue_registry.async_get_issue(DOMAIN, f"utility_spent_{entry.entry_id}")


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("get_audit", {}, "not_a_lock"),
        ("get_clients", {}, "not_a_lock"),
        ("generate_netcode", {}, "not_a_lock"),
        ("suspend_client", {"email": "anna@example.com"}, "not_a_lock"),
    ],
)
async def test_the_account_is_not_a_lock(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    sim: Simulator,
    action: str,
    data: dict[str, Any],
    key: str,
) -> None:
    """Choosing the account's own device gives an error, and costs nothing."""
    sim.clear_calls()
    with pytest.raises(ServiceValidationError, match=r"Host@Example.com is not a lock") as err:
        await act(hass, action, device_id=device_id(hass, entry, entry.entry_id), **data)
    assert err.value.translation_key == key
    assert not sim.calls


@pytest.mark.usefixtures("entry")
async def test_no_lock_chosen(hass: HomeAssistant) -> None:
    """An empty list is refused."""
    with pytest.raises(ServiceValidationError, match="Choose at least one lock"):
        await act(hass, "suspend_client", device_id=[], email="anna@example.com")


@pytest.mark.usefixtures("entry")
async def test_get_durations_needs_a_lock_or_a_model(hass: HomeAssistant) -> None:
    """Without either, it is refused."""
    with pytest.raises(ServiceValidationError, match="Choose a lock or a lock model"):
        await act(hass, "get_durations")
