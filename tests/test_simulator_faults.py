"""The simulator's faults, its own methods, and its worlds."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientError, ClientPayloadError, ClientSession, ServerDisconnectedError
import pytest

from tests.simulator import (
    ACCESS_KEY,
    API_KEY,
    GUEST_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    STRANGER_EMAIL,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
    demo_world,
    small_world,
)

pytestmark = pytest.mark.usefixtures("socket_enabled")

HEADERS = {"x-api-key": API_KEY}
CLIENT = {"accesskey": ACCESS_KEY, "clientemail": GUEST_EMAIL}


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    """Start the small world."""
    simulator = Simulator(world=small_world())
    await simulator.start()
    yield simulator
    await simulator.stop()


async def locks(sim: Simulator) -> tuple[int, str, str]:
    """Read the locks; return status, content type and text."""
    async with (
        ClientSession() as session,
        session.get(
            f"{sim.url}/u/1/k3connect",
            params={"accesskey": ACCESS_KEY},
            headers=HEADERS,
            allow_redirects=False,
        ) as response,
    ):
        return response.status, response.content_type, await response.text()


async def delete_client(sim: Simulator) -> int:
    """Delete a client."""
    url = f"{sim.url}/u/1/k3connect/{LOCK_1_ID}/client"
    async with (
        ClientSession() as session,
        session.delete(url, data=CLIENT, headers=HEADERS) as response,
    ):
        return response.status


async def control(sim: Simulator, method: str, /, **data: Any) -> Any:
    """Use one of the simulator's own methods."""
    async with (
        ClientSession() as session,
        session.post(f"{sim.url}/_sim/{method}", json=data) as response,
    ):
        assert response.status == 200, await response.text()
        return await response.json()


async def look(sim: Simulator, name: str) -> Any:
    """Read from the simulator's own methods."""
    async with ClientSession() as session, session.get(f"{sim.url}/_sim/{name}") as response:
        assert response.status == 200
        return await response.json()


JSON = "application/json"


@pytest.mark.parametrize(
    ("fault", "status", "content_type", "text"),
    [
        ({"kind": "status", "status": 502}, 502, JSON, '{"message":"Internal server error"}'),
        ({"kind": "status", "status": 401}, 401, JSON, ""),
        ({"kind": "status", "status": 403}, 403, JSON, '{"message":"Forbidden"}'),
        (
            {"kind": "status", "status": 200, "body": "oops", "content_type": "text/plain"},
            200,
            "text/plain",
            "oops",
        ),
        ({"kind": "firewall"}, 403, "text/html", "<h1>Request blocked</h1>"),
        ({"kind": "html"}, 200, "text/html", "<html>"),
        ({"kind": "quota"}, 429, JSON, '{"message":"Limit Exceeded"}'),
        ({"kind": "throttle"}, 429, JSON, '{"message":"Too Many Requests"}'),
        (
            {"kind": "status_error"},
            200,
            JSON,
            '{"status":"error","message":"Something went wrong"}',
        ),
        ({"kind": "netcode_error"}, 200, JSON, '{"netcode":"ERROR","status":"ok"}'),
        ({"kind": "invalid_access_key", "status": 400}, 400, JSON, '"Invalid accesskey"'),
        ({"kind": "redirect"}, 302, JSON, ""),
        ({"kind": "wrong_shape"}, 200, JSON, '{"LockId":'),
        ({"kind": "wrong_value", "field": "LockName", "value": 5}, 200, JSON, '"LockName": 5'),
        (
            {"kind": "renamed_key", "field": "LockName", "value": "Name"},
            200,
            JSON,
            '"Name": "Front door"',
        ),
    ],
)
async def test_answers(
    sim: Simulator, fault: dict[str, Any], status: int, content_type: str, text: str
) -> None:
    """Faults that change one answer; the next is normal again."""
    sim.faults.add(Fault(**fault, count=1))
    got = await locks(sim)
    assert got[:2] == (status, content_type)
    assert text in got[2]
    assert (await locks(sim))[0] == 200
    assert [call.fault for call in sim.calls] == [fault["kind"], None]
    assert sim.world.key.utility.used == 2


async def test_missing_key_and_truncation(sim: Simulator) -> None:
    """Keys go, bodies end early."""
    sim.faults.add(Fault(kind="missing_key", field="LockName", count=1))
    assert "LockName" not in (await locks(sim))[2]
    whole = (await locks(sim))[2]
    sim.faults.add(Fault(kind="truncated", count=1))
    assert (await locks(sim))[2] == whole[: len(whole) // 2]
    sim.faults.add(Fault(kind="cut", count=1))
    with pytest.raises(ClientPayloadError):
        await locks(sim)
    sim.faults.add(Fault(kind="huge", size=1_000_000, count=1))
    assert len((await locks(sim))[2]) == 1_000_002


async def test_retry_after(sim: Simulator) -> None:
    """A throttle may say how long to wait."""
    sim.faults.add(Fault(kind="throttle", retry_after=7))
    async with (
        ClientSession() as session,
        session.get(f"{sim.url}/u/1/init", headers=HEADERS) as response,
    ):
        assert response.headers["Retry-After"] == "7"


@pytest.mark.parametrize(("fault", "left"), [({}, 3), ({"after": True}, 2)])
async def test_dropped_connection(sim: Simulator, fault: dict[str, Any], left: int) -> None:
    """The connection drops before, or after, the request is carried out."""
    sim.faults.add(Fault(kind="drop", method="DELETE", **fault))
    with pytest.raises(ServerDisconnectedError):
        await delete_client(sim)
    assert len(sim.world.lock(LOCK_1_ID).clients) == left
    assert sim.calls[-1].status is None
    assert (await locks(sim))[0] == 200


async def test_failure_after_carrying_out(sim: Simulator) -> None:
    """A 502 does not mean that nothing happened."""
    sim.faults.add(Fault(kind="status", status=502, after=True, path="*/client"))
    assert await delete_client(sim) == 502
    assert sim.world.lock(LOCK_1_ID).client(GUEST_EMAIL) is None


async def test_hang(sim: Simulator) -> None:
    """A request hangs until the fault is cleared, even one that is used up."""
    fault = sim.faults.add(Fault(kind="hang", count=1))
    task = asyncio.create_task(locks(sim))
    await fault.met.wait()
    assert (await locks(sim))[0] == 200
    assert not task.done()
    sim.faults.clear()
    assert (await task)[0] == 200


async def test_hang_ends_with_the_server(sim: Simulator) -> None:
    """A hanging request does not keep the server from stopping."""
    fault = sim.faults.add(Fault(kind="hang"))
    task = asyncio.create_task(locks(sim))
    await fault.met.wait()
    port = sim.port
    await sim.stop()
    with pytest.raises(ClientError):
        await locks(sim)
    await sim.start(port)
    assert (await locks(sim))[0] == 200
    await asyncio.gather(task, return_exceptions=True)


async def test_chance_follows_the_seed() -> None:
    """A fault may be random, the same for the same seed; delays combine with others."""
    runs = []
    for seed in (1, 1, 2):
        sim = Simulator(seed=seed)
        sim.faults.add(Fault(kind="latency", seconds=0))
        sim.faults.add(Fault(kind="status", probability=0.5))
        await sim.start()
        runs.append([(await locks(sim))[0] for _ in range(12)])
        assert "latency" in {*str(sim.calls[0].fault).split(", ")}
        await sim.stop()
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {200, 500}


async def test_control_changes_the_world(sim: Simulator) -> None:
    """Locks, audit, batteries and clients by JSON."""
    new = await control(
        sim, "locks/add", name="Shed", time_zone="Europe/Paris", battery="40", paired="2025-01-02"
    )
    lock = sim.world.lock(new["id"])
    await control(sim, "locks/rename", lock_id=lock.id, name="Barn")
    await control(sim, "locks/remove", lock_id=LOCK_2_ID)
    assert [one.name for one in sim.world.locks()] == ["Front door", "Barn"]
    entry = await control(sim, "audit", lock_id=lock.id, text="Opened", at="2026-08-01T12:00:00")
    assert entry["DateEntered"] == "2026-08-01T12:00:00"
    await control(sim, "audit", lock_id=lock.id, text="Later", pending=True)
    assert [one["EntryText"] for one in await control(sim, "sync", lock_id=lock.id)] == ["Later"]
    await control(sim, "advance", days=10)
    assert lock.battery == "37"
    await control(sim, "battery", lock_id=lock.id, status="LOW")
    assert lock.battery == "LOW"
    lock.add_client(STRANGER_EMAIL, status="INVITED")
    await control(sim, "clients/accept", lock_id=lock.id, email=STRANGER_EMAIL)
    await control(sim, "register", email="new@example.com")
    assert sim.world.is_registered("New@Example.com")
    await control(sim, "account", spccm_status="INACTIVE")
    world = await look(sim, "world")
    assert world["locks"][lock.id]["clients"] == {STRANGER_EMAIL: "ACTIVE"}
    assert world["accounts"][0]["spccm_status"] == "INACTIVE"
    assert sim.calls == []
    assert sim.world.key.utility.used == 0


async def test_control_of_quota_faults_and_flags(sim: Simulator) -> None:
    """The rest of the simulator's own methods."""
    assert await control(sim, "quota", pool="utility", used=998) == {"quota": 1000, "used": 998}
    await control(sim, "faults/add", kind="status", status=503, path="/u/1/*", count=1)
    assert [(await locks(sim))[0] for _ in range(3)] == [503, 200, 429]
    calls = await look(sim, "calls")
    assert [call["status"] for call in calls] == [503, 200, 429]
    assert calls[0]["query"] == {"accesskey": ACCESS_KEY}
    await control(sim, "month/reset")
    await control(sim, "plan", plan="pro_3")
    await control(sim, "faults/add", kind="html")
    await control(sim, "faults/clear")
    assert (await locks(sim))[0] == 200
    await control(sim, "flags", undocumented_fields=False)
    assert "LockSmsId" not in (await locks(sim))[2]
    await control(sim, "calls/clear")
    assert sim.calls == []
    assert sim.world.key.utility.quota == 2000


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("locks/rename", {"lock_id": "none", "name": "x"}, 400),
        ("faults/add", {"kind": "unheard of"}, 400),
        ("flags", {"nonsense": True}, 400),
        ("audit", {"nonsense": True}, 400),
        ("nonsense", {}, 404),
    ],
)
async def test_control_mistakes(
    sim: Simulator, name: str, data: dict[str, Any], status: int
) -> None:
    """Mistakes are reported, not carried out."""
    async with (
        ClientSession() as session,
        session.post(f"{sim.url}/_sim/{name}", json=data) as response,
    ):
        assert response.status == status
        assert "error" in await response.json()


async def test_access_key_can_change(sim: Simulator) -> None:
    """A changed access key locks the old one out."""
    sim.world.change_access_key(ACCESS_KEY, "another999")
    assert (await locks(sim))[0] == 401


def test_battery_fades() -> None:
    """Words turn to LOW; silence stays silence."""
    world = small_world()
    front, studio = world.locks()
    world.advance(timedelta(days=300))
    assert (front.battery, studio.battery, studio.battery_updated) == ("LOW", "UNKNOWN", None)
    front.set_battery("55")
    world.advance(timedelta(days=1000))
    assert front.battery == "0"


def test_demo_world() -> None:
    """Five locks with a past; the same for the same seed."""
    now = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
    worlds = [demo_world(now, seed) for seed in (1, 1, 2)]
    texts = [
        [(one.id, one.at, one.text) for lock in world.locks() for one in lock.audit]
        for world in worlds
    ]
    assert texts[0] == texts[1] != texts[2]
    assert [lock.id for lock in worlds[0].locks()] == [lock.id for lock in worlds[1].locks()]
    locks_ = worlds[0].locks()
    names = ["Front door", "Garden studio", "Office", "Wine cellar", "Locker room"]
    assert [lock.name for lock in locks_] == names
    assert [lock.battery for lock in locks_] == ["FULL", "64", "FULL", "UNKNOWN", "11"]
    assert len({lock.firmware for lock in locks_}) == 5
    for lock in locks_:
        assert len(lock.audit) > 20
        assert all(now - timedelta(weeks=7) < one.at <= now for one in lock.audit)
        assert [one.id for one in lock.audit] == sorted(one.id for one in lock.audit)
    statuses = {client.status for lock in locks_ for client in lock.clients.values()}
    assert statuses == {"ACTIVE", "INVITED", "SUSPENDED", "EXPIRED"}
    assert any("482913" in one.text for one in locks_[0].audit)
    assert SUSPENDED_EMAIL.casefold() in {email for lock in locks_ for email in lock.clients}
