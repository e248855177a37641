"""Every documented method: what is sent, and what comes back."""

from collections.abc import Mapping
from datetime import datetime, time
import inspect
import json
from typing import Any

from aiohttp import ClientSession
import pytest

from custom_components.codelocks.api import (
    ALWAYS,
    DEFAULT_URL,
    NETCODE_VERSIONS,
    AccessType,
    Account,
    ActivePeriod,
    AuditEntry,
    AuditOrder,
    Client,
    CodelocksAccessKeyError,
    CodelocksClient,
    CodelocksConnectionError,
    CodelocksRejectedError,
    CodelocksResponseError,
    Duration,
    DurationRule,
    Mode,
    Pool,
    WriteResult,
    client as module,
)
from tests.simulator import (
    ACCESS_KEY,
    API_KEY,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    STRANGER_EMAIL,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
    compute_netcode,
)
from tests.simulator.endpoints import ENDPOINTS, find

from .helpers import (
    IDENTIFIER,
    MASTER_CODE,
    METHODS,
    NETCODES,
    OF_ACCOUNT,
    START,
    TIME_CODE,
    answer,
    answer_text,
)

MORNINGS = ActivePeriod(starts=time(8), ends=time(12, 30), days=("mon", "fri"))
WEEKEND = ActivePeriod(starts=time(0), ends=time(23, 59), days=("sat", "sun"), enabled=False)


def naive(*parts: int) -> datetime:
    """Return a time as most of the API's are: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def only_call(
    sim: Simulator,
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> None:
    """Check the only request, down to the last parameter."""
    (call,) = sim.calls
    assert (call.method, call.path) == (method, path)
    assert call.query == (query or {})
    assert call.form == (form or {})


# NetCode


async def test_kitlock_netcode(sim: Simulator, client: CodelocksClient, told: list[Pool]) -> None:
    """A NetCode of a KitLock: the time code in the path, the identifier in the query."""
    sim.world.flags.expires = True
    netcode = await client.kitlock_netcode(
        TIME_CODE, IDENTIFIER, lock_model="KL1060C2", start=START, duration_id=4
    )
    only_call(
        sim,
        "GET",
        f"/n/1/netcode/{TIME_CODE}",
        query={
            "start": "2026-10-12 14:00",
            "duration": "4",
            "lockmodel": "KL1060C2",
            "identifier": IDENTIFIER,
        },
    )
    assert told == [Pool.NETCODE]
    assert netcode.netcode == compute_netcode(TIME_CODE, IDENTIFIER, "KL1060C2", START, 4)
    assert (netcode.start, netcode.hours, netcode.days) == (START, 5, 0)
    assert (netcode.mode, netcode.sub_mode) == ("standard", "alltime")
    assert netcode.expires == naive(2026, 10, 12, 19)


async def test_k3_netcode(sim: Simulator, client: CodelocksClient, told: list[Pool]) -> None:
    """A NetCode of a K3 lock: the access key takes the place of the identifier."""
    netcode = await client.k3_netcode(LOCK_1_ID, start=naive(2026, 10, 13), duration_id=13)
    only_call(
        sim,
        "GET",
        f"/n/1/netcode/{LOCK_1_ID}",
        query={
            "start": "2026-10-13 00:00",
            "duration": "13",
            "lockmodel": "K3CONNECT",
            "identifier": ACCESS_KEY,
        },
    )
    assert told == [Pool.NETCODE]
    assert (netcode.start, netcode.hours, netcode.days) == (naive(2026, 10, 13), 0, 2)
    assert netcode.expires is None


@pytest.mark.parametrize("version", NETCODE_VERSIONS)
async def test_versions_of_netcode_calls(
    sim: Simulator, session: ClientSession, version: str
) -> None:
    """The version is in the path of NetCode calls and in no other; the code is the same."""
    client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=sim.url, netcode_version=version)
    netcode = await client.kitlock_netcode(
        TIME_CODE, IDENTIFIER, lock_model="KL1060C2", start=START, duration_id=4
    )
    await client.durations("KL1060")
    paths = [call.path for call in sim.calls]
    assert paths == [f"/n/{version}/netcode/{TIME_CODE}", "/u/1/durations"]
    assert netcode.netcode == compute_netcode(TIME_CODE, IDENTIFIER, "KL1060C2", START, 4)
    assert (netcode.hours, netcode.days, netcode.mode) == (5, 0, "standard")
    if version == "3":
        assert netcode.start is None
        assert netcode.expires == naive(2026, 10, 12, 19)
        assert netcode.time_code == "2026/03/29/10:05"
    else:
        assert (netcode.start, netcode.expires) == (START, None)


async def test_a_version_that_is_not_served(sim: Simulator, session: ClientSession) -> None:
    """The gateway has no such path: that is no rejected key."""
    sim.world.flags.netcode_versions = ("1",)
    client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=sim.url, netcode_version="2")
    with pytest.raises(CodelocksConnectionError) as caught:
        await client.k3_netcode(LOCK_1_ID, start=START, duration_id=0)
    assert caught.value.no_path
    assert not sim.calls[0].counted


async def test_an_error_that_quotes_the_time_code(sim: Simulator, client: CodelocksClient) -> None:
    """It is a seed of codes, in the spelling of version 3, too."""
    answer(sim, {"message": "no lock of 2026/03/29/10:05"}, 404)
    with pytest.raises(CodelocksRejectedError) as caught:
        await client.kitlock_netcode(
            TIME_CODE, IDENTIFIER, lock_model="KL1060C2", start=START, duration_id=4
        )
    assert str(caught.value) == "no lock of **REDACTED**"


async def test_leading_zeros_of_a_netcode_stay(sim: Simulator, client: CodelocksClient) -> None:
    """A code is a text, not a number."""
    answer(sim, {"ActualNetcode": "087246"})
    assert (await client.k3_netcode(LOCK_1_ID, start=START, duration_id=0)).netcode == "087246"


# KitLocks


async def test_initialise(sim: Simulator, client: CodelocksClient, told: list[Pool]) -> None:
    """The sequence that initialises a KitLock, by default with a random identifier."""
    made = await client.initialise("KL1060", master_code=MASTER_CODE, time_zone="Europe/London")
    only_call(
        sim,
        "GET",
        "/u/1/init",
        query={
            "lockmodel": "KL1060",
            "mastercode": MASTER_CODE,
            "timezone": "Europe/London",
            "randomid": "true",
        },
    )
    assert told == [Pool.UTILITY]
    (kitlock,) = sim.world.kitlocks
    assert made.sequence == f"#{MASTER_CODE} . 20 . 2610120930 . {kitlock.identifier} .."
    assert made.sequence_format == "#Master . 20 . YYMMDDHHmm . Identifier .."
    assert "blue flash" in (made.format_description or "")
    assert made.time_code == "202610120930"
    assert made.default_master_code == "11335577"


async def test_initialise_with_defaults(sim: Simulator, client: CodelocksClient) -> None:
    """What is not given is not sent."""
    made = await client.initialise("KL1550", random_identifier=False)
    only_call(sim, "GET", "/u/1/init", query={"lockmodel": "KL1550", "randomid": "false"})
    assert "11335577" in made.sequence
    assert "123456" in made.sequence


# Durations


async def test_durations(sim: Simulator, client: CodelocksClient) -> None:
    """The durations of a lock model, with the ids that `netcode` takes."""
    durations = await client.durations("KL1060")
    only_call(sim, "GET", "/u/1/durations", query={"lockmodel": "KL1060", "operation": "DURATIONS"})
    assert durations[0] == Duration(
        duration_id=0,
        mode="standard",
        sub_mode="alltime",
        days=0,
        hours=1,
        lock_models="KL1060,KL1060C2,KL1550",
    )
    assert [duration.duration_id for duration in durations[:19]] == list(range(19))


async def test_durations_with_the_key_that_was_seen(
    sim: Simulator, client: CodelocksClient
) -> None:
    """The API has been seen to send DurationId where its documentation says DurationID."""
    documented = await client.durations("KL1060")
    sim.world.flags.seen_duration_key = True
    assert await client.durations("KL1060") == documented


async def test_modes(sim: Simulator, client: CodelocksClient) -> None:
    """The modes of a lock model."""
    modes = await client.modes("KL1550")
    only_call(sim, "GET", "/u/1/durations", query={"lockmodel": "KL1550", "operation": "MODES"})
    assert Mode(mode="standard", sub_mode="alltime", lock_models="KL1060,KL1060C2,KL1550") in modes


async def test_duration(sim: Simulator, client: CodelocksClient) -> None:
    """One duration with its rules; each part comes as a list of one object."""
    details = await client.duration(12, "KL1060")
    only_call(sim, "GET", "/u/1/duration/12", query={"lockmodel": "KL1060"})
    assert (details.duration_id, details.lock_model) == (12, "KL1060")
    assert (details.length.days, details.length.hours) == (1, 0)
    assert (details.mode.name, details.mode.sub_mode) == ("standard", "alltime")
    assert details.rules == (
        DurationRule(apply_dst=0, convert_to_utc=0, restricted_start_time="00:00"),
    )


# K3 locks


async def test_locks(sim: Simulator, client: CodelocksClient, told: list[Pool]) -> None:
    """The locks of the account, in one call."""
    found = await client.locks()
    only_call(sim, "GET", "/u/1/k3connect", query={"accesskey": ACCESS_KEY})
    assert told == [Pool.UTILITY]
    assert found.complete
    front, studio = found.locks
    assert (front.lock_id, front.name) == (LOCK_1_ID, "Front door")
    assert (front.manufacturer, front.model, front.firmware_version) == (
        "CODELOCKS",
        "CL5510",
        "1.0.2",
    )
    assert (front.battery_status, front.battery_updated) == ("FULL", naive(2026, 10, 11))
    assert (front.time_zone, front.time_zone_offset) == ("Europe/London", "+0100")
    assert (front.dst_start, front.dst_end) == (naive(2026, 3, 29), naive(2026, 10, 25))
    assert (front.dst_time, front.pairing_date) == ("01:00", naive(2024, 3, 1))
    assert front.sms_id == "FrontDoor1"
    assert front.location is None, "the list does not tell it"
    assert (studio.lock_id, studio.time_zone) == (LOCK_2_ID, "Europe/Berlin")
    assert (studio.battery_status, studio.battery_updated) == ("UNKNOWN", None)


@pytest.mark.parametrize("spelling", ["list", "false", "204", "404"])
async def test_no_locks(sim: Simulator, client: CodelocksClient, spelling: Any) -> None:
    """There are four ways to say that an account has no locks."""
    sim.world.account.locks.clear()
    sim.world.flags.no_locks = spelling
    found = await client.locks()
    assert found.locks == ()
    assert found.complete


async def test_lock(sim: Simulator, client: CodelocksClient) -> None:
    """A single lock has what the list does not: its location."""
    lock = await client.lock(LOCK_1_ID)
    only_call(sim, "GET", f"/u/1/k3connect/{LOCK_1_ID}", query={"accesskey": ACCESS_KEY})
    assert (lock.lock_id, lock.location) == (LOCK_1_ID, "Main house")


async def test_account(sim: Simulator, client: CodelocksClient) -> None:
    """The account; its one object comes in a list."""
    account = await client.account()
    only_call(sim, "GET", "/u/1/k3connect/account", query={"accesskey": ACCESS_KEY})
    assert account == Account(email="Host@Example.com", client_management="ACTIVE")


@pytest.mark.parametrize(
    ("rows", "read", "left_out"), [(1_000, 1_000, 0), (1_003, 1_000, 3), (20_000, 1_000, 19_000)]
)
async def test_locks_beyond_all_measure(
    sim: Simulator, client: CodelocksClient, rows: int, read: int, left_out: int
) -> None:
    """The first thousand rows are read, and the list says that it is not complete."""
    answer(sim, [{"LockId": f"lock{number}"} for number in range(rows)])
    for _ in range(2):
        found = await client.locks()
        assert [lock.lock_id for lock in found.locks] == [f"lock{n}" for n in range(read)]
        assert (found.complete, found.left_out) == (not left_out, left_out)


@pytest.mark.parametrize("rows", [1, 20_000, 699_000])
async def test_rows_of_nothing(sim: Simulator, client: CodelocksClient, rows: int) -> None:
    """They are an error; two megabytes of them are refused before they are made."""
    answer_text(sim, f"[{'{},' * (rows - 1)}{{}}]")
    with pytest.raises(CodelocksResponseError, match=r"no usable|not JSON"):
        await client.locks()


async def test_locks_in_the_place_of_too_many(sim: Simulator, client: CodelocksClient) -> None:
    """Whether a list is complete depends on its own rows, also where the first are as before."""
    rows = [{"LockId": f"lock{number}"} for number in range(1_001)]
    answer(sim, rows)
    assert not (await client.locks()).complete
    answer(sim, rows[:1_000])
    assert (await client.locks()).complete


@pytest.mark.parametrize("levels", [10, 5_000])
async def test_deep_rows_are_compared(sim: Simulator, client: CodelocksClient, levels: int) -> None:
    """A list is held against the one before it, however deeply its rows are nested."""
    nested = '{"a":' * levels + "1" + "}" * levels
    for _ in range(3):
        answer_text(sim, f'[{{"LockId":"lock1","other":{nested}}}]')
        assert [lock.lock_id for lock in (await client.locks()).locks] == ["lock1"]


# Smart-phone clients


async def test_clients(sim: Simulator, client: CodelocksClient) -> None:
    """The clients of a lock, in one call while they fit on a page."""
    anna, cleaner, tom = await client.clients(LOCK_1_ID)
    only_call(
        sim,
        "GET",
        f"/u/1/k3connect/{LOCK_1_ID}/clients",
        query={"accesskey": ACCESS_KEY, "page": "1", "perpage": "50"},
    )
    assert anna == Client(
        email=GUEST_EMAIL, status="ACTIVE", access_type="STANDARD", active_periods=(ALWAYS,)
    )
    assert (cleaner.email, cleaner.active) == (SUSPENDED_EMAIL, False)
    assert cleaner.active_periods == (
        ActivePeriod(starts=time(8), ends=time(18), days=("mon", "tue", "wed", "thu", "fri")),
    )
    assert (tom.email, tom.access_type, tom.active) == (INVITED_EMAIL, "ONE_TIME", None)


async def test_no_clients(sim: Simulator, client: CodelocksClient) -> None:
    """A lock without clients costs one call."""
    assert await client.clients(LOCK_2_ID) == ()
    assert len(sim.calls) == 1


def crowd(sim: Simulator, count: int) -> set[str]:
    """Put this many clients on the second lock."""
    emails = {f"guest{number}@example.com" for number in range(count)}
    for email in emails:
        sim.world.lock(LOCK_2_ID).add_client(email)
    return emails


@pytest.mark.parametrize(
    ("count", "pages"), [(49, 1), (50, 1), (51, 2), (100, 2), (101, 3)], ids=str
)
async def test_all_clients_in_as_few_calls_as_there_are_pages(
    sim: Simulator, client: CodelocksClient, told: list[Pool], count: int, pages: int
) -> None:
    """The count in the answer tells when all are read, so a full last page costs no extra call."""
    emails = crowd(sim, count)
    assert {one.email for one in await client.clients(LOCK_2_ID)} == emails
    assert [call.query["page"] for call in sim.calls] == [str(page) for page in range(1, pages + 1)]
    assert len(told) == pages


async def test_clients_when_pages_are_shorter_than_requested(
    sim: Simulator, client: CodelocksClient
) -> None:
    """A short page is not the last one while the count says that there are more."""
    emails = crowd(sim, 25)
    sim.world.flags.max_per_page = 10
    assert {one.email for one in await client.clients(LOCK_2_ID)} == emails
    assert len(sim.calls) == 3


@pytest.mark.parametrize(("count", "pages"), [(49, 1), (50, 2), (120, 3)])
async def test_clients_without_a_count(
    sim: Simulator, client: CodelocksClient, count: int, pages: int
) -> None:
    """Without a count, a page that is not full is the last."""
    emails = crowd(sim, count)
    sim.faults.add(Fault(kind="missing_key", field="count"))
    assert {one.email for one in await client.clients(LOCK_2_ID)} == emails
    assert len(sim.calls) == pages


async def test_an_unreadable_client_does_not_hide_the_next_page(
    sim: Simulator, client: CodelocksClient
) -> None:
    """A page is full by the number of its rows, readable or not."""
    emails = crowd(sim, 60)
    page = [{"email": email} for email in sorted(emails)[:49]] + [{"email": None}]
    sim.faults.add(Fault(kind="status", status=200, body=json.dumps(page), count=1))
    sim.faults.add(Fault(kind="missing_key", field="count"))
    found = {one.email for one in await client.clients(LOCK_2_ID)}
    assert len(sim.calls) == 2
    assert found >= set(sorted(emails)[:49])


async def test_a_page_without_news_is_the_last(sim: Simulator, client: CodelocksClient) -> None:
    """An API that always returns the same page does not use up the month's calls."""
    answer(sim, {"count": 999, "clients": [{"email": GUEST_EMAIL}]})
    assert [one.email for one in await client.clients(LOCK_1_ID)] == [GUEST_EMAIL]
    assert len(sim.calls) == 2


async def test_a_list_that_never_ends(
    sim: Simulator, client: CodelocksClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading stops at the maximum number of pages."""
    monkeypatch.setattr(module, "MAX_CLIENT_PAGES", 3)
    crowd(sim, 10)
    sim.world.flags.max_per_page = 1
    assert len(await client.clients(LOCK_2_ID)) == 3


async def test_clients_beyond_all_measure(sim: Simulator, client: CodelocksClient) -> None:
    """Of pages that are longer than asked for, the first 5,000 clients are read, and no more."""
    pages = [
        [{"email": f"guest{page}_{number}@example.com"} for number in range(3_000)]
        for page in range(4)
    ]
    for page in pages:
        sim.faults.add(Fault(kind="status", status=200, body=json.dumps(page), count=1))
    found = await client.clients(LOCK_2_ID)
    assert [one.email for one in found] == [row["email"] for row in [*pages[0], *pages[1]]][:5_000]
    assert len(sim.calls) == 2


async def test_an_address_beyond_all_measure(sim: Simulator, client: CodelocksClient) -> None:
    """It is nobody's, and would be an entity's id."""
    longest = f"{'x' * 242}@example.com"
    answer(sim, [{"email": longest}, {"email": f"x{longest}"}])
    assert [one.email for one in await client.clients(LOCK_2_ID)] == [longest]


def slot(period: ActivePeriod) -> dict[str, Any]:
    """Spell a slot of active periods as the documentation does."""
    return {
        "enabled": period.enabled,
        "starts": f"{period.starts:%H:%M}",
        "ends": f"{period.ends:%H:%M}",
        **{day: day in period.days for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    }


async def test_add_client(sim: Simulator, client: CodelocksClient) -> None:
    """An invitation: a form with ten slots of active periods, the unused ones disabled."""
    result = await client.add_client(
        LOCK_1_ID,
        STRANGER_EMAIL,
        [MORNINGS, WEEKEND],
        access_type=AccessType.ONE_TIME,
        message="Welcome, Maria (flat 3).",
    )
    (call,) = sim.calls
    periods = json.loads(call.form.pop("activeperiods"))
    only_call(
        sim,
        "POST",
        f"/u/1/k3connect/{LOCK_1_ID}/client",
        form={
            "accesskey": ACCESS_KEY,
            "clientemail": STRANGER_EMAIL,
            "accesstype": "ONE_TIME",
            "message": "Welcome, Maria (flat 3).",
        },
    )
    assert list(periods) == [str(number) for number in range(10)]
    assert (periods["0"], periods["1"]) == (slot(MORNINGS), slot(WEEKEND))
    assert [periods[str(number)]["enabled"] for number in range(2, 10)] == [False] * 8
    assert result == WriteResult(result="Invitation sent")
    added = sim.world.lock(LOCK_1_ID).client(STRANGER_EMAIL)
    assert added
    assert (added.status, added.access_type) == ("INVITED", "ONE_TIME")


async def test_a_client_is_standard_by_default(sim: Simulator, client: CodelocksClient) -> None:
    """A one-time invitation has to be requested."""
    await client.add_client(LOCK_1_ID, STRANGER_EMAIL, [ALWAYS], message="Hello")
    assert sim.calls[0].form["accesstype"] == "STANDARD"


async def test_update_client(sim: Simulator, client: CodelocksClient) -> None:
    """Other active periods for a client."""
    result = await client.update_client(LOCK_1_ID, GUEST_EMAIL, [MORNINGS])
    (call,) = sim.calls
    assert json.loads(call.form.pop("activeperiods"))["0"] == slot(MORNINGS)
    only_call(
        sim,
        "PUT",
        f"/u/1/k3connect/{LOCK_1_ID}/client",
        form={"accesskey": ACCESS_KEY, "clientemail": GUEST_EMAIL},
    )
    assert result == WriteResult(result="Client updated", lock_id=LOCK_1_ID, email=GUEST_EMAIL)
    anna = (await client.clients(LOCK_1_ID))[0]
    assert anna.active_periods == (MORNINGS,), "what was written is read again"


async def test_ten_periods_fit(client: CodelocksClient) -> None:
    """All ten slots can be in use."""
    periods = [ActivePeriod(starts=time(hour), ends=time(hour, 30)) for hour in range(10)]
    await client.update_client(LOCK_1_ID, GUEST_EMAIL, periods)
    assert (await client.clients(LOCK_1_ID))[0].active_periods == tuple(periods)


@pytest.mark.parametrize("count", [0, 11])
async def test_a_wrong_number_of_periods_is_the_callers_mistake(
    sim: Simulator, client: CodelocksClient, count: int
) -> None:
    """It is a ValueError, before any call."""
    with pytest.raises(ValueError, match=f"1 to 10 active periods, not {count}"):
        await client.update_client(LOCK_1_ID, GUEST_EMAIL, [ALWAYS] * count)
    assert not sim.calls


async def test_suspend_and_restore_client(sim: Simulator, client: CodelocksClient) -> None:
    """A client is suspended, and restored."""
    path = f"/u/1/k3connect/{LOCK_1_ID}/client"
    form = {"accesskey": ACCESS_KEY, "clientemail": GUEST_EMAIL}
    suspended = await client.suspend_client(LOCK_1_ID, GUEST_EMAIL)
    only_call(sim, "PATCH", path, form=form | {"action": "SUSPEND"})
    assert suspended.result == "Client suspended"
    assert (await client.clients(LOCK_1_ID))[0].active is False
    sim.clear_calls()
    restored = await client.restore_client(LOCK_1_ID, GUEST_EMAIL)
    only_call(sim, "PATCH", path, form=form | {"action": "RESTORE"})
    assert restored.result == "Client restored"
    assert (await client.clients(LOCK_1_ID))[0].active is True


async def test_delete_client(sim: Simulator, client: CodelocksClient) -> None:
    """A client is deleted: a DELETE with a form."""
    await client.delete_client(LOCK_1_ID, GUEST_EMAIL)
    only_call(
        sim,
        "DELETE",
        f"/u/1/k3connect/{LOCK_1_ID}/client",
        form={"accesskey": ACCESS_KEY, "clientemail": GUEST_EMAIL},
    )
    assert sim.world.lock(LOCK_1_ID).client(GUEST_EMAIL) is None


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"result": null}'])
async def test_an_empty_answer_to_a_write_is_a_success(
    sim: Simulator, client: CodelocksClient, body: str
) -> None:
    """The write was carried out, though the answer says nothing."""
    sim.faults.add(Fault(kind="status", status=200, body=body))
    assert await client.delete_client(LOCK_1_ID, GUEST_EMAIL) == WriteResult()


@pytest.mark.parametrize("body", [False, True, 0, "Client not found", ["Client not found"]])
async def test_a_write_whose_answer_has_another_shape_is_an_error(
    sim: Simulator, client: CodelocksClient, body: Any
) -> None:
    """Nobody knows what such an answer means."""
    answer(sim, body)
    with pytest.raises(CodelocksResponseError, match="no usable WriteResult"):
        await client.delete_client(LOCK_1_ID, GUEST_EMAIL)


# Audit


async def test_audit(sim: Simulator, client: CodelocksClient) -> None:
    """The newest entries first, by default; times are by the lock's own clock."""
    entries = await client.audit(LOCK_1_ID)
    only_call(
        sim,
        "GET",
        f"/u/1/k3connect/{LOCK_1_ID}/audit",
        query={
            "accesskey": ACCESS_KEY,
            "page": "1",
            "perpage": "50",
            "pageorder": "descending",
        },
    )
    assert entries[0] == AuditEntry(
        entry_id=1005,
        lock_id=LOCK_1_ID,
        time=naive(2026, 10, 12, 9, 30),
        entry_type="Unlock",
        text="Opened by Anna Berger (phone)",
    )
    assert [entry.entry_id for entry in entries] == [1005, 1004, 1003, 1002, 1001]


async def test_audit_pages(sim: Simulator, client: CodelocksClient) -> None:
    """One page a call, in either order."""
    entries = await client.audit(LOCK_1_ID, page=2, per_page=2, order=AuditOrder.ASCENDING)
    only_call(
        sim,
        "GET",
        f"/u/1/k3connect/{LOCK_1_ID}/audit",
        query={"accesskey": ACCESS_KEY, "page": "2", "perpage": "2", "pageorder": "ascending"},
    )
    assert [entry.entry_id for entry in entries] == [1003, 1004]
    assert await client.audit(LOCK_1_ID, page=9) == ()


# The schema of active periods


async def test_active_period_schema(sim: Simulator, client: CodelocksClient) -> None:
    """The API's own schema: JSON within a string, parsed."""
    schema = await client.active_period_schema()
    only_call(sim, "GET", "/u/1/k3connect/help/spcconfig")
    assert set(schema) == {"sample", "schema"}
    assert schema["sample"]["0"] == slot(ALWAYS)


@pytest.mark.parametrize(
    ("body", "schema"),
    [
        ({"activeperiods": {"0": {}}}, {"0": {}}),
        ({"0": {"starts": "HH:MM"}}, {"0": {"starts": "HH:MM"}}),
        (["a", "list"], ["a", "list"]),
        ('{"0": 1}', {"0": 1}),
    ],
)
async def test_active_period_schema_in_other_shapes(
    sim: Simulator, client: CodelocksClient, body: Any, schema: Any
) -> None:
    """A schema that did not come in a string is taken as it is."""
    answer(sim, body)
    assert await client.active_period_schema() == schema


async def test_active_period_schema_that_is_not_json(
    sim: Simulator, client: CodelocksClient
) -> None:
    """A text that is not JSON is an error."""
    answer(sim, {"activeperiods": "see the manual"})
    with pytest.raises(CodelocksResponseError, match="not JSON"):
        await client.active_period_schema()


@pytest.mark.parametrize(
    "schema",
    [
        '{"a": 100000000000000000000}',
        '{"a": -9223372036854775809}',
        f'{{"a": {"9" * 4000}}}',
        '{"a": 1e999}',
        '{"a": NaN}',
        '{"a": [-Infinity]}',
        '{"a": "\\ud800"}',
        '{"\\udfff": 1}',
        f"{'[' * 300}{']' * 300}",
        f"{'[' * 21}{']' * 21}",
        f'"{"x" * 65536}"',
        f'"{"\u00e4" * 40000}"',
    ],
    ids=lambda schema: schema[:30],
)
@pytest.mark.parametrize("within", ["{}", '{{"activeperiods": {}}}', "text"])
async def test_active_period_schema_that_no_file_could_hold(
    sim: Simulator, client: CodelocksClient, schema: str, within: str
) -> None:
    """It is kept as it came, so it is refused: else nothing would ever be written again."""
    whole = json.dumps({"activeperiods": schema}) if within == "text" else within.format(schema)
    answer_text(sim, whole)
    with pytest.raises(CodelocksResponseError, match=r"can be stored|longer than"):
        await client.active_period_schema()


async def test_the_most_that_a_schema_may_be(sim: Simulator, client: CodelocksClient) -> None:
    """Up to there it is kept as it is."""
    schema = {"a": [2**63 - 1, -(2**63) + 1, 1.5e300, "\U0001f6aa", None, True], "b": "x" * 60_000}
    answer(sim, schema)
    assert await client.active_period_schema() == schema
    nested = json.loads("[" * 20 + "]" * 20)
    answer(sim, nested)
    assert await client.active_period_schema() == nested


# All methods


def test_the_table_of_methods_is_complete() -> None:
    """Tests over the table cover every method."""
    methods = inspect.getmembers(CodelocksClient, inspect.iscoroutinefunction)
    assert {name for name, _ in methods if not name.startswith("_")} == set(METHODS)


async def test_every_method_of_the_documentation(sim: Simulator, client: CodelocksClient) -> None:
    """The client uses every method of the API, and all that it sends is accepted."""
    for method in METHODS.values():
        await method(client)
    used = {found[0] for call in sim.calls if (found := find(call.method, call.path))}
    of_version_1 = {one for one in ENDPOINTS if not one.path.startswith(("/n/2", "/n/3"))}
    assert used == of_version_1
    assert {call.status for call in sim.calls} == {200}


@pytest.mark.parametrize("name", METHODS)
async def test_each_request_is_reported_with_its_pool(
    sim: Simulator, client: CodelocksClient, told: list[Pool], name: str
) -> None:
    """The hook is told the pool that the API takes the call from."""
    await METHODS[name](client)
    assert [pool.value for pool in told] == [call.pool for call in sim.calls]
    assert sim.world.key.netcode.used == told.count(Pool.NETCODE)
    assert sim.world.key.utility.used == told.count(Pool.UTILITY)


@pytest.mark.parametrize("name", METHODS)
async def test_the_api_key_is_sent_only_in_its_header(
    sim: Simulator, client: CodelocksClient, name: str
) -> None:
    """URLs and forms are logged along the way more often than headers."""
    await METHODS[name](client)
    assert all(call.counted for call in sim.calls), "the header was there"
    assert API_KEY not in repr(sim.calls)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("access_key", [None, ""])
async def test_without_an_access_key(
    sim: Simulator,
    session: ClientSession,
    told: list[Pool],
    access_key: str | None,
    name: str,
) -> None:
    """Methods that need no K3 account work; the others fail before any call."""
    client = CodelocksClient(session, API_KEY, access_key, url=sim.url, on_request=told.append)
    if name in OF_ACCOUNT:
        with pytest.raises(CodelocksAccessKeyError, match="no access key"):
            await METHODS[name](client)
        assert not sim.calls
        assert not told
    else:
        await METHODS[name](client)
        assert len(sim.calls) == len(told) == 1


async def test_ids_are_quoted(sim: Simulator, client: CodelocksClient) -> None:
    """An id cannot change the path."""
    answer(sim, {"LockId": "x"})
    await client.lock("../account?x=1&y#z %2e/é\ud800")
    (call,) = sim.calls
    assert call.path == "/u/1/k3connect/../account?x=1&y#z %2e/é?"
    assert call.query == {"accesskey": ACCESS_KEY}


async def test_a_url_with_a_slash_at_its_end(sim: Simulator, session: ClientSession) -> None:
    """People paste addresses with and without it."""
    client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=f"{sim.url}/")
    assert (await client.account()).email == "Host@Example.com"


def test_the_default_address_is_that_of_the_documentation() -> None:
    """HTTPS only."""
    assert DEFAULT_URL == "https://api-connect.codelocks.io"


async def test_unknown_keys_are_told(sim: Simulator, session: ClientSession) -> None:
    """By the name of the record and their own; nothing of what the simulator says is unknown."""
    told: set[str] = set()
    client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=sim.url, on_unknown=told.update)
    for version in NETCODE_VERSIONS:
        sim.world.flags.expires = sim.world.flags.start_data = version == "2"
        other = CodelocksClient(
            session, API_KEY, ACCESS_KEY, url=sim.url, netcode_version=version,
            on_unknown=told.update,
        )  # fmt: skip
        for method in NETCODES.values():
            await method(other)
    for method in METHODS.values():
        await method(client)
    assert not told
    answer(sim, [{"LockId": LOCK_1_ID, "LockColour": "red"}, {"LockId": LOCK_2_ID, "Door": 1}, 7])
    await client.locks()
    assert told == {"Lock.LockColour", "Lock.Door"}
    answer(sim, {"email": "a@example.com", "Tier": "gold"})
    await client.account()
    assert told == {"Lock.LockColour", "Lock.Door", "Account.Tier"}
