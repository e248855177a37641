"""Locks, clients, audit and quota of the simulator, against the documentation, over real HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
import json
from typing import Any

import pytest

from tests.simulator import (
    ACCESS_KEY,
    ACCOUNT_EMAIL,
    ALWAYS,
    API_KEY,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    STRANGER_EMAIL,
    SUSPENDED_EMAIL,
    Simulator,
)
from tests.simulator.asking import Api, serve

pytestmark = pytest.mark.usefixtures("socket_enabled")

NOW = datetime(2026, 7, 15, 12, 34, 56, tzinfo=UTC)
LOCK = f"/u/1/k3connect/{LOCK_1_ID}"
CLIENT = f"{LOCK}/client"
CODE = f"/n/1/netcode/{LOCK_1_ID}"
K3 = {
    "start": "2026-10-01 16:00",
    "duration": "4",
    "lockmodel": "K3CONNECT",
    "identifier": ACCESS_KEY,
}
PAGE = {"page": "1", "perpage": "10"}
BAD_ID = {"Message": '["[Invalid Data] ID (Expected: 12 or 32 characters)"]'}


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """Start the small world."""
    async with serve(Simulator(clock=lambda: NOW)) as client:
        yield client


async def test_locks(api: Api) -> None:
    """All documented fields; the location only on the single lock."""
    front, studio = await api.account_get("/u/1/k3connect")
    assert front["LockId"] == LOCK_1_ID
    expected = {
        "LockName": "Front door",
        "BatteryStatus": "FULL",
        "Manufacturer": "CODELOCKS",
        "Timezone": "Europe/London",
        "TimezoneOffset": "+0100",
        "DstStart": "2026-03-29T00:00:00",
        "DstEnd": "2026-10-25T00:00:00",
        "DstTime": "01:00",
        "PairingDate": "2024-03-01T00:00:00",
    }
    assert {key: front[key] for key in expected} == expected
    assert "LockLocation" not in front
    assert (studio["BatteryStatus"], studio["BatteryUpdated"]) == ("UNKNOWN", "1970-01-01T00:00:00")
    assert await api.account_get(LOCK) == {**front, "LockLocation": "Main house"}
    api.sim.world.flags.undocumented_fields = False
    assert "LockSmsId" not in await api.account_get(LOCK)


async def test_unknown_locks(api: Api) -> None:
    """Malformed ids, and ids that do not exist."""
    key = {"accesskey": ACCESS_KEY}
    assert await api.ask("GET", "/u/1/k3connect/123", key) == (400, BAD_ID)
    nobody = "f" * 32
    assert await api.ask("GET", f"/u/1/k3connect/{nobody}", key) == (
        404,
        {"Message": '["No lock found."]'},
    )
    assert await api.ask("GET", LOCK, {"accesskey": "x"}) == (401, None)


@pytest.mark.parametrize(
    ("setting", "status", "body"),
    [("list", 200, []), ("false", 200, False), ("404", 404, {"Message": '["No locks found."]'})],
)
async def test_no_locks(api: Api, setting: Any, status: int, body: Any) -> None:
    """The answer is one of those that have been seen for "no locks"."""
    api.sim.world.account.locks.clear()
    api.sim.world.flags.no_locks = setting
    assert await api.ask("GET", "/u/1/k3connect", {"accesskey": ACCESS_KEY}) == (status, body)


async def test_no_locks_without_content(api: Api) -> None:
    """It may also be an answer without a body."""
    api.sim.world.account.locks.clear()
    api.sim.world.flags.no_locks = "204"
    assert await api.ask("GET", "/u/1/k3connect", {"accesskey": ACCESS_KEY}) == (204, None)


async def test_account_and_help(api: Api) -> None:
    """The account is an object in a list; the help is JSON in a string."""
    assert await api.account_get("/u/1/k3connect/account") == [
        {"email": ACCOUNT_EMAIL, "spccmstatus": "ACTIVE"}
    ]
    data = await api.get("/u/1/k3connect/help/spcconfig")
    assert json.loads(data["activeperiods"])["sample"] == ALWAYS


async def test_clients(api: Api) -> None:
    """All clients are counted, some are listed; none is an empty array."""
    data = await api.account_get(f"{LOCK}/clients", page="1", perpage="2")
    assert data["count"] == 3
    assert [(one["email"], one["status"]) for one in data["clients"]] == [
        (GUEST_EMAIL, "ACTIVE"),
        (SUSPENDED_EMAIL, "SUSPENDED"),
    ]
    assert data["clients"][0]["activeperiods"] == [ALWAYS]
    data = await api.account_get(f"{LOCK}/clients", page="2", perpage="2")
    assert [(one["status"], one["accesstype"], one["lockid"]) for one in data["clients"]] == [
        ("INVITED", "ONE_TIME", LOCK_1_ID)
    ]
    assert await api.account_get(f"/u/1/k3connect/{LOCK_2_ID}/clients", **PAGE) == []


INVITATION = {
    "clientemail": STRANGER_EMAIL,
    "activeperiods": json.dumps(ALWAYS),
    "accesstype": "STANDARD",
    "message": "This is a test message.",
}


def periods_with(key: str, value: object) -> str:
    """Spell active periods, the first with one value changed."""
    return json.dumps({**ALWAYS, "0": {**ALWAYS["0"], key: value}})


async def test_client_life(api: Api) -> None:
    """Invited, accepted, suspended, restored, changed, deleted; the audit shows it."""
    lock = api.sim.world.lock(LOCK_1_ID)
    before = len(lock.audit)
    assert await api.write("POST", CLIENT, **INVITATION) == (200, {"result": "Invitation sent"})
    who = {"clientemail": STRANGER_EMAIL.upper()}
    assert (await api.write("PATCH", CLIENT, **who, action="SUSPEND"))[0] == 400  # not accepted yet
    lock.accept_client(STRANGER_EMAIL)
    echo = {"lockid": LOCK_1_ID, "email": STRANGER_EMAIL}
    for action, result, status in (
        ("SUSPEND", "suspended", "SUSPENDED"),
        ("RESTORE", "restored", "ACTIVE"),
    ):
        answer = await api.write("PATCH", CLIENT, **who, action=action)
        assert answer == (200, {"result": f"Client {result}", **echo})
        client = lock.client(STRANGER_EMAIL)
        assert client
        assert client.status == status
    periods = json.dumps({key: {**slot, "starts": "08:30"} for key, slot in ALWAYS.items()})
    answer = await api.write("PUT", CLIENT, **who, activeperiods=periods)
    assert answer == (200, {"result": "Client updated", **echo})
    listed = (await api.account_get(f"{LOCK}/clients", **PAGE))["clients"][-1]
    assert listed["activeperiods"][0]["0"]["starts"] == "08:30"
    assert await api.write("DELETE", CLIENT, **who) == (200, {"result": "Client deleted"})
    assert lock.client(STRANGER_EMAIL) is None
    assert len(lock.audit) == before + 6


@pytest.mark.parametrize(
    "change",
    [
        {"message": "x" * 501},
        {"message": "Hello!"},
        {"accesstype": "ALWAYS"},
        {"clientemail": "nobody"},
        {"clientemail": "unregistered@example.com"},
        {"clientemail": INVITED_EMAIL},
        {"activeperiods": "not json"},
        {"activeperiods": "[]"},
        {"activeperiods": json.dumps({key: ALWAYS[key] for key in "012345678"})},
        {"activeperiods": periods_with("starts", "9:00")},
        {"activeperiods": periods_with("ends", "24:00")},
        {"activeperiods": periods_with("mon", "true")},
        {"activeperiods": periods_with("extra", 1)},
        {"extra": "1"},
    ],
)
async def test_invitation_refusals(api: Api, change: dict[str, str]) -> None:
    """Every field of an invitation is checked; a bad one changes nothing."""
    assert (await api.write("POST", CLIENT, **(INVITATION | change)))[0] == 400
    assert len(api.sim.world.lock(LOCK_1_ID).clients) == 3


async def test_client_refusals(api: Api) -> None:
    """Missing fields, wrong actions, unknown clients, wrong content, a forbidden account."""
    assert (await api.write("POST", CLIENT, clientemail=STRANGER_EMAIL))[0] == 404
    assert (await api.write("PATCH", CLIENT, clientemail=GUEST_EMAIL, action="STOP"))[0] == 400
    assert (await api.write("DELETE", CLIENT, clientemail=STRANGER_EMAIL))[0] == 400
    guest = {"accesskey": ACCESS_KEY, "clientemail": GUEST_EMAIL}
    assert (await api.ask("DELETE", CLIENT, guest))[0] == 400
    async with api.session.delete(
        f"{api.sim.url}{CLIENT}", json=guest, headers={"x-api-key": API_KEY}
    ) as response:
        assert response.status == 400
    api.sim.world.account.spccm_status = "INACTIVE"
    assert (await api.write("DELETE", CLIENT, clientemail=GUEST_EMAIL))[0] == 400
    assert api.sim.world.lock(LOCK_1_ID).client(GUEST_EMAIL)


async def test_client_error_in_a_200(api: Api) -> None:
    """A refusal may hide in a 200."""
    api.sim.world.flags.client_errors = "200"
    answer = await api.write("POST", CLIENT, **(INVITATION | {"clientemail": GUEST_EMAIL}))
    assert answer == (200, {"status": "error", "message": "Client already exists"})


async def test_audit(api: Api) -> None:
    """Pages in either order, times on the lock's clock, batches of late entries."""
    page = {"pageorder": "descending", "page": "1", "perpage": "2"}
    rows = await api.account_get(f"{LOCK}/audit", **page)
    assert set(rows[0]) == {"AuditEntryID", "LockID", "DateEntered", "EntryType", "EntryText"}
    assert rows[0]["AuditEntryID"] > rows[1]["AuditEntryID"]
    assert [row["DateEntered"] for row in rows] == ["2026-10-12T09:30:00", "2026-10-12T07:30:00"]
    everything = await api.account_get(
        f"{LOCK}/audit", pageorder="ascending", page="1", perpage="50"
    )
    assert everything[-1] == rows[0]
    assert len(everything) == 5
    assert await api.account_get(f"{LOCK}/audit", **(page | {"page": "4"})) == []

    lock = api.sim.world.lock(LOCK_1_ID)
    for text in ("first", "second"):
        lock.add_audit(text, pending=True)
    assert await api.account_get(f"{LOCK}/audit", **page) == rows
    lock.sync()
    rows = await api.account_get(f"{LOCK}/audit", **page)
    assert [row["EntryText"] for row in rows] == ["second", "first"]
    assert rows[0]["DateEntered"] == "2026-07-15T13:34:56"
    api.sim.world.flags.max_per_page = 1
    assert len(await api.account_get(f"{LOCK}/audit", **page)) == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"page": "0"}, 400),
        ({"perpage": "0"}, 400),
        ({"page": "one"}, 400),
        ({"pageorder": "DESC"}, 400),
        ({"pageorder": ""}, 404),
        ({"limit": "5"}, 400),
    ],
)
async def test_audit_refusals(api: Api, change: dict[str, str], status: int) -> None:
    """Paging is checked."""
    query = {"accesskey": ACCESS_KEY, "pageorder": "ascending", **PAGE, **change}
    assert (await api.ask("GET", f"{LOCK}/audit", query))[0] == status


async def test_quota(api: Api) -> None:
    """Two pools; failures count, strangers do not, and a spent pool says so."""
    key = api.sim.world.key
    assert (key.netcode.quota, key.utility.quota) == (100, 1000)
    await api.ask("GET", "/u/1/k3connect", {"accesskey": "wrong"})
    await api.ask("GET", "/u/1/k3connect", {"accesskey": ACCESS_KEY}, key="stranger")
    await api.ask("GET", "/u/1/nothing")
    await api.get(CODE, **K3)
    assert (key.netcode.used, key.utility.used) == (1, 1)
    key.utility.used = key.utility.quota - 1
    await api.account_get("/u/1/k3connect")
    spent = (429, {"message": "Limit Exceeded"})
    assert await api.ask("GET", "/u/1/k3connect", {"accesskey": ACCESS_KEY}) == spent
    assert key.utility.used == key.utility.quota
    await api.get(CODE, **K3)
    api.sim.world.reset_month()
    await api.account_get("/u/1/k3connect")
    key.set_plan("enterprise_2")
    assert (key.netcode.left, key.utility.left) == (12000, 2999)
