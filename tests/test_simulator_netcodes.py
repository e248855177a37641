"""NetCodes, initialisation and durations of the simulator, against the documentation."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
import json

import pytest

from tests.simulator import (
    ACCESS_KEY,
    LOCK_1_ID,
    Simulator,
    compute_netcode,
)
from tests.simulator.asking import Api, serve

pytestmark = pytest.mark.usefixtures("socket_enabled")

NOW = datetime(2026, 7, 15, 12, 34, 56, tzinfo=UTC)
CODE = f"/n/1/netcode/{LOCK_1_ID}"
KIT_CODE = "/n/1/netcode/202011161623"
KIT = {
    "start": "2026-10-01 16:00",
    "duration": "4",
    "lockmodel": "KL1060C2",
    "identifier": "451254",
}
K3 = {
    "start": "2026-10-01 16:00",
    "duration": "4",
    "lockmodel": "K3CONNECT",
    "identifier": ACCESS_KEY,
}
BAD_ID = {"Message": '["[Invalid Data] ID (Expected: 12 or 32 characters)"]'}


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """Start the small world."""
    async with serve(Simulator(clock=lambda: NOW)) as client:
        yield client


async def test_netcode_for_a_k3_lock(api: Api) -> None:
    """The answer is as recorded; minutes are dropped."""
    data = await api.get(CODE, **{**K3, "start": "2016-05-26 14:22", "duration": "0"})
    code = data.pop("ActualNetcode")
    assert data == {
        "Startdate": "2016-05-26T14:00:00",
        "DurationHours": 1,
        "DurationDays": 0,
        "Mode": "standard",
        "SubMode": "alltime",
        "Timecode": None,
        "Resultstatus": None,
        "LockId": LOCK_1_ID,
    }
    assert code == compute_netcode(
        LOCK_1_ID, ACCESS_KEY, "K3CONNECT", datetime.fromisoformat("2016-05-26T14:00"), 0
    )


@pytest.mark.parametrize(
    ("model", "digits"),
    [("K3CONNECT", 6), ("KL1060", 6), ("KL1550", 6), ("KL1060C2", 7), ("KL1060G3", 7)],
)
async def test_netcode_digits(api: Api, model: str, digits: int) -> None:
    """A code is a string of the model's length; a wrong model is no error."""
    code = (await api.get(KIT_CODE, **{**KIT, "lockmodel": model}))["ActualNetcode"]
    assert isinstance(code, str)
    assert len(code) == digits
    assert code.isdecimal()


async def test_netcode_depends_on_all_parameters(api: Api) -> None:
    """Same parameters, same code; any other, another code."""
    first = (await api.get(KIT_CODE, **KIT))["ActualNetcode"]
    assert (await api.get(KIT_CODE, **KIT))["ActualNetcode"] == first
    for change in (
        {"start": "2026-10-01 17:00"},
        {"duration": "5"},
        {"lockmodel": "KL1060"},
        {"identifier": "451255"},
    ):
        assert (await api.get(KIT_CODE, **(KIT | change)))["ActualNetcode"] != first
    assert (await api.get("/n/1/netcode/202011161624", **KIT))["ActualNetcode"] != first
    assert api.sim.world.key.netcode.used == 7


async def test_netcode_keeps_leading_zeros(api: Api) -> None:
    """A code may begin with 0."""
    first = datetime.fromisoformat("2026-10-01T00:00")
    start = (first + timedelta(hours=hours) for hours in range(500))
    hit = next(
        at
        for at in start
        if compute_netcode(LOCK_1_ID, ACCESS_KEY, "K3CONNECT", at, 4).startswith("0")
    )
    data = await api.get(CODE, **(K3 | {"start": f"{hit:%Y-%m-%d %H:%M}"}))
    assert data["ActualNetcode"].startswith("0")
    assert len(data["ActualNetcode"]) == 6


async def test_netcode_of_days(api: Api) -> None:
    """Days start at midnight."""
    data = await api.get(CODE, **(K3 | {"duration": "13", "start": "2026-10-01 00:00"}))
    assert (data["DurationDays"], data["DurationHours"]) == (2, 0)
    status, _ = await api.ask("GET", CODE, K3 | {"duration": "13"})
    assert status == 400
    api.sim.world.flags.hours_of_days = True
    data = await api.get(CODE, **(K3 | {"duration": "13", "start": "2026-10-01 00:00"}))
    assert data["DurationHours"] == 48


async def test_netcode_extras(api: Api) -> None:
    """Expires and Startdata are documented, but have not always been seen."""
    api.sim.world.flags.expires = True
    api.sim.world.flags.start_data = True
    data = await api.get(CODE, **(K3 | {"start": "2026-10-01 16:30"}))
    assert data["Expires"] == "2026-10-01 21:00:00"
    assert data["Startdata"]["original"] == "2026-10-01 16:30"
    assert data["Startdata"]["datetime"]["timezone"] == "Europe/London"
    assert set(data["Startdata"]) == {
        *(
            "datetime",
            "original",
            "date_ymd",
            "date_dmy",
            "date_mdy",
            "time_his",
            "time_hi",
            "time_h",
            "timezone",
        )
    }


@pytest.mark.parametrize(
    ("path", "change", "status"),
    [
        (CODE, {"start": "2026-10-01T16:00"}, 400),
        (CODE, {"start": "2026-10-01 24:00"}, 400),
        (CODE, {"start": "2026-02-30 16:00"}, 400),
        (CODE, {"start": "2026-10-01 16:00:00"}, 400),
        (CODE, {"duration": "99"}, 400),
        (CODE, {"duration": "-1"}, 400),
        (CODE, {"duration": "one"}, 400),
        (CODE, {"lockmodel": "KL9999"}, 400),
        (CODE, {"lockmodel": "k3connect"}, 400),
        (CODE, {"identifer": ACCESS_KEY}, 400),
        (CODE, {"identifier": ACCESS_KEY.upper()}, 401),
        ("/n/1/netcode/06050408434e47533039303138303199", {}, 404),
        (KIT_CODE, KIT | {"identifier": "12345"}, 400),
        (KIT_CODE, KIT | {"lockmodel": "KL1060G3", "duration": "12"}, 422),
        ("/n/1/netcode/202013161623", KIT, 400),
    ],
)
async def test_netcode_refusals(api: Api, path: str, change: dict[str, str], status: int) -> None:
    """Every parameter is checked."""
    assert (await api.ask("GET", path, K3 | change))[0] == status


async def test_seen_error_bodies(api: Api) -> None:
    """The bodies that were recorded, and the gateway's defaults."""
    assert await api.ask("GET", "/n/1/netcode/123", K3) == (400, BAD_ID)
    assert await api.ask("GET", CODE, K3 | {"identifier": "nobody0000"}) == (401, None)
    assert await api.ask("GET", CODE, K3, key="wrong") == (403, {"message": "Forbidden"})
    assert await api.ask("GET", CODE, K3, key="") == (403, {"message": "Forbidden"})
    unknown = (403, {"message": "Missing Authentication Token"})
    assert await api.ask("GET", "/u/2/k3connect", {"accesskey": ACCESS_KEY}) == unknown
    assert await api.ask("POST", "/u/1/k3connect", {"accesskey": ACCESS_KEY}) == unknown
    refused = {"message": "Generate netcode failed with ERROR status"}
    assert await api.ask("GET", KIT_CODE, KIT | {"lockmodel": "KL1060G3", "duration": "12"}) == (
        422,
        refused,
    )


@pytest.mark.parametrize("name", ["start", "duration", "lockmodel", "identifier"])
async def test_missing_parameters(api: Api, name: str) -> None:
    """A missing or empty parameter is a 404, with a JSON list in a string."""
    for query in ({key: value for key, value in K3.items() if key != name}, K3 | {name: ""}):
        status, data = await api.ask("GET", CODE, query)
        assert status == 404
        assert json.loads(data["Message"]) == [f"[Missing required parameter] {name}"]


async def test_init(api: Api) -> None:
    """The sequence holds the master code, the time in UTC and the identifier."""
    query = {
        "lockmodel": "Kl1060",
        "mastercode": "12345678",
        "timezone": "Europe/London",
        "randomid": "true",
    }
    data = await api.get("/u/1/init", **query)
    lock = api.sim.world.kitlocks[0]
    assert data["DefaultMastercode"] == "11335577"
    assert data["InitSeqFormat"] == "#Master . 20 . YYMMDDHHmm . Identifier .."
    assert data["InitSeq"] == f"#12345678 . 20 . 2607151234 . {lock.identifier} .."
    assert data["TimeCode"] == lock.timecode == "202607151234"
    assert 100000 <= int(lock.identifier) <= 999999
    assert set(data) == {
        "DefaultMastercode",
        "InitSeqFormat",
        "InitSeqFormatDesc",
        "InitSeq",
        "TimeCode",
    }
    query = KIT | {"lockmodel": lock.lock_model, "identifier": lock.identifier}
    code = await api.get(f"/n/1/netcode/{lock.timecode}", **query)
    assert code["ActualNetcode"] == lock.netcode(datetime.fromisoformat("2026-10-01T16:00"), 4)


async def test_init_defaults(api: Api) -> None:
    """Without parameters: factory master code and default identifier."""
    assert (await api.get("/u/1/init"))["InitSeq"] == "#11335577 . 20 . 2607151234 . 123456 .."
    c2 = await api.get("/u/1/init", lockmodel="KL1060C2", randomid="true")
    assert "Group ID + Member ID" in c2["InitSeqFormat"]
    for bad in (
        {"lockmodel": "KL1060G3"},
        {"mastercode": "1234"},
        {"timezone": "Mars"},
        {"randomid": "yes"},
    ):
        assert (await api.ask("GET", "/u/1/init", bad))[0] == 400


async def test_durations(api: Api) -> None:
    """The known ids, the documented key, and the one that has been seen."""
    rows = await api.get("/u/1/durations", lockmodel="KL1550", operation="DURATIONS")
    table = {row["DurationID"]: (row["DurationDays"], row["DurationHours"]) for row in rows}
    assert [table[number] for number in (0, 11, 12, 18)] == [(0, 1), (0, 12), (1, 0), (7, 0)]
    assert set(rows[0]) == {
        "DurationID",
        "Mode",
        "SubMode",
        "DurationDays",
        "DurationHours",
        "LockModels",
    }
    api.sim.world.flags.seen_duration_key = True
    assert "DurationId" in (await api.get("/u/1/durations"))[0]
    modes = await api.get("/u/1/durations", lockmodel="KL1060", operation="modes")
    assert {
        "Mode": "standard",
        "SubMode": "alltime",
        "LockModels": "KL1060,KL1060C2,KL1550",
    } in modes
    for bad in ({"lockmodel": "K3CONNECT"}, {"lockmodel": "KL1060G3"}, {"operation": "ALL"}):
        assert (await api.ask("GET", "/u/1/durations", bad))[0] == 400


async def test_every_listed_duration_works(api: Api) -> None:
    """What `durations` lists, `duration` explains and `netcode` takes."""
    api.sim.world.key.netcode.quota = 1000
    for model in ("KL1060", "KL1060C2", "KL1550"):
        for row in await api.get("/u/1/durations", lockmodel=model):
            one = await api.get(f"/u/1/duration/{row['DurationID']}", lockmodel=model)
            assert one["LockModel"] == model
            assert one["Duration"] == [{"Days": row["DurationDays"], "Hours": row["DurationHours"]}]
            assert one["Mode"] == [{"Name": row["Mode"], "SubMode": row["SubMode"]}]
            assert set(one["Rules"][0]) == {"ApplyDST", "ConvertToUTC", "RestrictedStartTime"}
            query = KIT | {
                "lockmodel": model,
                "duration": str(row["DurationID"]),
                "start": "2026-10-01 00:00",
            }
            code = await api.get(KIT_CODE, **query)
            assert (code["Mode"], code["DurationDays"]) == (row["Mode"], row["DurationDays"])
    assert (await api.ask("GET", "/u/1/duration/99"))[0] == 400
