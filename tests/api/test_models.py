"""Parsing tolerates what has been seen of the API, and what nobody has seen yet."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, timezone
import json
import math
from typing import Any

from homeassistant.helpers.json import prepare_save_json
from homeassistant.util.json import json_loads
from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.codelocks.api import (
    Account,
    ActivePeriod,
    AuditEntry,
    Client,
    CodelocksClient,
    CodelocksError,
    CodelocksResponseError,
    Duration,
    DurationDetails,
    DurationRule,
    Initialisation,
    Lock,
    LockList,
    Mode,
    Netcode,
    WriteResult,
)
from custom_components.codelocks.api.reading import (
    MAX_TEXT,
    MAX_VALUES,
    Model,
    integer,
    parse_json,
    text,
    timestamp,
)
from tests.simulator import GUEST_EMAIL, LOCK_1_ID, SUSPENDED_EMAIL, Fault, Simulator

from .helpers import METHODS, WRITES, Method, answer, answer_text

LOCK: dict[str, Any] = {"LockId": LOCK_1_ID}


def parses(levels: int) -> bool:
    """Return whether Python's JSON parser takes this many nested objects."""
    try:
        json.loads('{"a":' * levels + "1" + "}" * levels)
    except RecursionError:
        return False
    return True


DEEP = bisect_left(range(200_000), True, key=lambda levels: not parses(levels)) * 9 // 10
"""Levels of nesting that the parser takes, but `str` and `repr` do not."""


def naive(*parts: int) -> datetime:
    """Return a time as most of the API's are: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def deep(levels: int = DEEP) -> Any:
    """Return an object within an object, and so on."""
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


# Values

NO_TEXTS = [None, True, False, [], {}, ["x"], {"a": "x"}, "", "  \t"]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("Front door", "Front door"),
        ("  Front door ", "Front door"),
        (5, "5"),
        (1.5, "1.5"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        ("Tür 🚪", "Tür 🚪"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("x" * 1_000_000, "x" * MAX_TEXT),
        *((value, None) for value in NO_TEXTS),
    ],
)
def test_texts(value: Any, read: str | None) -> None:
    """A text can be shown and stored, whatever was sent; anything else is None."""
    assert text(value) == read
    assert Lock.from_dict(LOCK | {"LockName": value}).name == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0, 0),
        (-3, -3),
        ("7", 7),
        (" 7 ", 7),
        ("-7", -7),
        (7.0, 7),
        ("7.0", 7),
        ("1e3", 1000),
        ((1 << 63) - 1, (1 << 63) - 1),
        (1 << 63, None),
        ("1" * 30, None),
        (1e30, None),
        (7.5, None),
        ("seven", None),
        ("0x10", None),
        (math.nan, None),
        (math.inf, None),
        ("NaN", None),
        *((value, None) for value in NO_TEXTS),
    ],
)
def test_numbers(value: Any, read: int | None) -> None:
    """Numbers also come as strings; one that no file could hold is None."""
    assert integer(value) == read
    assert AuditEntry.from_dict({"AuditEntryID": value}).entry_id == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2016-05-24T00:00:00", naive(2016, 5, 24)),
        ("2026-04-22 16:00:00", naive(2026, 4, 22, 16)),
        ("2026-04-22", naive(2026, 4, 22)),
        ("2026-04-22T16:00:00Z", datetime(2026, 4, 22, 16, tzinfo=UTC)),
        (
            "2026-04-22T16:00:00+01:00",
            datetime(2026, 4, 22, 16, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("1970-01-01T00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("1969-12-31", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59", None),
        ("0000-00-00 00:00:00", None),
        ("2026-02-30", None),
        ("2015/10/20/16:0", None),
        ("yesterday", None),
        (0, None),
        (math.nan, None),
        *((value, None) for value in NO_TEXTS),
    ],
)
def test_times(value: Any, read: datetime | None) -> None:
    """1970 means never; a time without an offset stays without one."""
    assert timestamp(value) == read
    assert Lock.from_dict(LOCK | {"BatteryUpdated": value}).battery_updated == read


@pytest.mark.parametrize(
    "document",
    ["[" * 1_000_000, "[" * 1_000_000 + "]" * 1_000_000, "", "{", '{"a":}', "1" * 5000],
    ids=lambda document: document[:10],
)
def test_json_that_cannot_be_read(document: str) -> None:
    """All of it raises the same kind of error."""
    with pytest.raises(ValueError):  # noqa: PT011 - only the type matters
        parse_json(document)


# Fields


@pytest.mark.parametrize(
    "row",
    [
        {"LockId": "a", "LockName": "b"},
        {"LockID": "a", "lockname": "b"},
        {"lock_id": "a", "lock_name": "b"},
        {"LOCKID": "a", "LOCKNAME": "b", "nobody": {"documented": ["this"]}},
    ],
)
def test_names_are_read_without_case_or_underscores(row: dict[str, Any]) -> None:
    """The API's spelling varies; undocumented fields are ignored."""
    assert Lock.from_dict(row) == Lock(lock_id="a", name="b")


@pytest.mark.parametrize("spelling", ["DurationId", "DurationID", "durationid"])
def test_duration_ids(spelling: str) -> None:
    """Both spellings have been seen."""
    assert Duration.from_dict({spelling: "0"}) == Duration(duration_id=0)
    assert DurationDetails.from_dict({spelling: 3}) == DurationDetails(duration_id=3)


WRONG: list[Any] = [None, True, 7, 7.5, "word", [], {}, [[]], {"a": {}}, "\ud800", math.nan, 10**40]

COMPLETE: dict[type[Model], dict[str, Any]] = {
    Lock: {
        "LockId": LOCK_1_ID,
        "LockName": "Front door",
        "BatteryStatus": "FULL",
        "BatteryUpdated": "2016-05-24T00:00:00",
        "Manufacturer": "CODELOCKS",
        "ModelName": "CL5510",
        "FirmwareVersion": "1.0.2",
        "Timezone": "Europe/London",
        "TimezoneOffset": "+0100",
        "DstStart": "2016-03-27T00:00:00",
        "DstEnd": "2016-10-30T00:00:00",
        "DstTime": "01:00",
        "PairingDate": "2016-05-24T00:00:00+02:00",
        "LockLocation": "Main house",
        "LockSmsId": "FRONT",
    },
    Account: {"email": "Host@Example.com", "spccmstatus": "ACTIVE"},
    Client: {
        "email": GUEST_EMAIL,
        "lockid": LOCK_1_ID,
        "status": "ACTIVE",
        "accesstype": "STANDARD",
        "activeperiods": [
            {"0": {"enabled": True, "starts": "09:00", "ends": "17:00", "mon": True}}
        ],
    },
    WriteResult: {"result": "Client updated", "lockid": LOCK_1_ID, "email": GUEST_EMAIL},
    AuditEntry: {
        "AuditEntryID": 5,
        "LockID": LOCK_1_ID,
        "DateEntered": "2026-10-12T08:30:00",
        "EntryType": "Unlock",
        "EntryText": "Opened",
    },
    Mode: {"Mode": "standard", "SubMode": "alltime", "LockModels": "KL1060"},
    Duration: {
        "DurationID": 4,
        "Mode": "standard",
        "SubMode": "alltime",
        "DurationDays": 0,
        "DurationHours": 5,
        "LockModels": "KL1060",
    },
    DurationDetails: {
        "LockModel": "KL1060",
        "DurationID": 4,
        "Rules": [{"ApplyDST": 1, "ConvertToUTC": 0, "RestrictedStartTime": "00:00"}],
        "Duration": [{"Days": 0, "Hours": 5}],
        "Mode": [{"Name": "standard", "SubMode": "alltime"}],
    },
    Netcode: {
        "Startdate": "2016-05-26T14:00:00",
        "DurationHours": 1,
        "DurationDays": 0,
        "Mode": "standard",
        "SubMode": "alltime",
        "ActualNetcode": "178627",
        "Expires": "2016-05-26 15:00:00",
        "Timecode": "202603291005",
        "LockId": "202603291005",
    },
    Initialisation: {
        "DefaultMastercode": "11335577",
        "InitSeqFormat": "#Master . 20",
        "InitSeqFormatDesc": "Wait for the flash.",
        "InitSeq": "#11335577 . 20 . 2610120930 . 451254 ..",
        "TimeCode": "202610120930",
    },
}
"""A record of each kind, with every field."""
REQUIRED = {
    Lock: "LockId",
    Account: "email",
    Client: "email",
    Mode: "Mode",
    Duration: "DurationID",
    Netcode: "ActualNetcode",
    Initialisation: "InitSeq",
}
"""The required fields of each kind of record."""


@pytest.mark.parametrize("model", COMPLETE)
def test_a_field_of_the_wrong_type_is_none(model: type[Model]) -> None:
    """The other fields are unaffected."""
    good = model.from_dict(COMPLETE[model]).to_dict()
    for name in COMPLETE[model].keys() - {REQUIRED.get(model)}:
        for wrong in WRONG:
            read = model.from_dict(COMPLETE[model] | {name: wrong}).to_dict()
            differing = {key for key in good if read[key] != good[key]}
            assert len(differing) <= 1, (name, wrong, differing)


@pytest.mark.parametrize("model", COMPLETE)
def test_a_missing_field_is_none(model: type[Model]) -> None:
    """Only required fields have to be there."""
    for name in COMPLETE[model]:
        row = {key: value for key, value in COMPLETE[model].items() if key != name}
        if name == REQUIRED.get(model):
            with pytest.raises(LookupError):
                model.from_dict(row)
        else:
            model.from_dict(row)


@pytest.mark.parametrize("model", REQUIRED)
def test_a_record_without_a_required_field(model: type[Model]) -> None:
    """A required field of the wrong type counts as missing, too."""
    wrong: Any
    for wrong in (None, True, [], {}, "", "\t"):
        with pytest.raises(ValueError, match="no usable"):
            model.from_dict(COMPLETE[model] | {REQUIRED[model]: wrong})


@pytest.mark.parametrize("lock_id", ["a/b", "..", "a b", "é", "?", "x" * 65, "\uff11"])
def test_lock_ids_that_do_not_fit_into_a_path(lock_id: str) -> None:
    """Ids become part of paths, unique ids and file contents."""
    with pytest.raises(ValueError, match="no usable LockId"):
        Lock.from_dict({"LockId": lock_id})


@pytest.mark.parametrize(
    "code", ["123", "1" * 17, "12a4", "ERROR", "\uff11\uff12\uff13\uff14", "12 34", "-123"]
)
def test_netcodes_that_no_keypad_takes(code: str) -> None:
    """A code is 4 to 16 digits: 6, 7 and 12 have been seen."""
    with pytest.raises(ValueError, match="no usable ActualNetcode"):
        Netcode.from_dict({"ActualNetcode": code})


@pytest.mark.parametrize(
    ("status", "percent"),
    [
        ("64", 64),
        ("64%", 64),
        ("64 %", 64),
        (64, 64),
        ("0", 0),
        ("100", 100),
        ("101", None),
        ("-1", None),
        ("FULL", None),
        ("%", None),
        (None, None),
        (math.nan, None),
    ],
)
def test_battery_percent(status: Any, percent: int | None) -> None:
    """The battery is a number only where the lock reports one."""
    assert Lock.from_dict(LOCK | {"BatteryStatus": status}).battery_percent == percent


@pytest.mark.parametrize(
    ("status", "active"),
    [
        ("ACTIVE", True),
        ("Accepted", True),
        ("suspended", False),
        ("INVITED", None),
        ("inactive", None),
        (None, None),
        (7, None),
    ],
)
def test_whether_a_client_is_active(status: Any, active: bool | None) -> None:  # noqa: FBT001
    """An unknown status is neither on nor off."""
    assert Client.from_dict({"email": "a@b.c", "status": status}).active is active


def test_the_parts_of_a_duration_without_their_lists() -> None:
    """Each is documented as a list of one object, but may also be that object itself."""
    unlisted = {
        key: value[0] if isinstance(value, list) else value
        for key, value in COMPLETE[DurationDetails].items()
    }
    details = DurationDetails.from_dict(unlisted)
    assert details == DurationDetails.from_dict(COMPLETE[DurationDetails])
    assert (details.length.hours, details.mode.name) == (5, "standard")
    assert details.rules == (
        DurationRule(apply_dst=1, convert_to_utc=0, restricted_start_time="00:00"),
    )


# Active periods

OFFICE = ActivePeriod(starts=time(9), ends=time(17, 30), days=("mon", "tue"))
SLOT: dict[str, Any] = {
    "enabled": True,
    "starts": "09:00",
    "ends": "17:30",
    "mon": True,
    "tue": True,
    "wed": False,
}
OFF = {**SLOT, "enabled": False}


def periods(value: Any) -> tuple[ActivePeriod, ...]:
    """Return the active periods that a client with this value has."""
    return Client.from_dict({"email": "a@b.c", "activeperiods": value}).active_periods


@pytest.mark.parametrize(
    "value",
    [
        [{"0": SLOT, "1": OFF}],
        {"0": SLOT, "1": OFF},
        [SLOT, OFF],
        SLOT,
        [{"0": SLOT}, {"1": OFF}],
        json.dumps([{"0": SLOT}]),
        json.dumps({"0": SLOT}),
        {key.upper(): value for key, value in SLOT.items()},
        [{"0": {key.title(): value for key, value in SLOT.items()}}],
    ],
    ids=[
        "as documented",
        "an object of slots",
        "a list of slots",
        "one slot",
        "an object for each slot",
        "JSON text",
        "JSON text of an object",
        "one slot in other letters",
        "slots in other letters",
    ],
)
def test_forms_of_active_periods(value: Any) -> None:
    """The documentation shows two forms; every form that can be recognised is read."""
    assert periods(value) == (OFFICE,)


@pytest.mark.parametrize(
    "change",
    [
        {"starts": "9:00"},
        {"starts": "09:00:00", "ends": "17:30:59"},
        {"enabled": "true"},
        {"enabled": 1},
        {"enabled": "1", "mon": "True", "tue": 1, "wed": "false"},
        {"wed": None},
        {"wed": "no"},
        {"wed": []},
        {"holiday": True},
    ],
)
def test_values_of_active_periods(change: dict[str, Any]) -> None:
    """Times with and without leading zero or seconds, booleans as words and numbers."""
    assert periods([{"0": SLOT | change}]) == (OFFICE,)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "no JSON",
        "[" * 200_000,
        7,
        True,
        [],
        {},
        [[]],
        [[SLOT]],
        {"0": None},
        {"0": []},
        [{"0": OFF}],
        [{"0": {}}],
        [{"0": SLOT | {"starts": "24:00"}}],
        [{"0": SLOT | {"starts": "25:00"}}],
        [{"0": SLOT | {"ends": "09:60"}}],
        [{"0": SLOT | {"ends": None}}],
        [{"0": SLOT | {"ends": "noon"}}],
        [{"0": SLOT | {"enabled": "yes"}}],
        [{"0": SLOT | {"enabled": deep()}}],
    ],
    ids=lambda _: "",
)
def test_no_active_periods(value: Any) -> None:
    """What cannot be read, or is not in use, is left out; the client stays."""
    assert periods(value) == ()


def test_an_unreadable_slot_is_left_out() -> None:
    """The other slots are read."""
    assert periods([{"0": {"starts": "?"}, "1": SLOT, "2": ["x"]}]) == (OFFICE,)


# Storage

_OWN_NAMES = {name for row in COMPLETE.values() for name in row} | set(SLOT)
_ENVELOPES = {"clients", "count", "message", "error", "result", "netcode", "0", "9"}
names = st.text(max_size=5) | st.sampled_from(sorted(_OWN_NAMES | _ENVELOPES))
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(1 << 70), 1 << 70)
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Nd", "No", "Zl"]), max_size=8)
    | st.datetimes().map(str)
    | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
    | st.sampled_from(["", "0", "12", "2026-10-12 14:00", "ACTIVE", "error", "[1]", '{"a":1}']),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=12,
)
"""Any JSON, more often such as the API's."""


def written_and_read(value: Any) -> Any:
    """Return what comes back from a file of Home Assistant's."""
    mode, document = prepare_save_json(value, encoder=None)
    assert mode == "wb"
    assert isinstance(document, bytes)
    return json_loads(document)


def stored(record: Model) -> Any:
    """Return a record as it comes back from a file; strict JSON in UTF-8 would do as well."""
    written = written_and_read(record.to_dict())
    strict = json.dumps(record.to_dict(), allow_nan=False, ensure_ascii=False).encode()
    assert json.loads(strict) == written
    return written


@pytest.mark.parametrize("model", COMPLETE)
def test_records_are_stored_whole(model: type[Model]) -> None:
    """No field is lost on the way into a file and back."""
    record = model.from_dict(COMPLETE[model])
    assert all(value is not None for value in record.to_dict().values()), "none is left out here"
    assert model.from_dict(stored(record)) == record


def test_words_of_clients_are_short() -> None:
    """There may be thousands of clients, and their state is a word."""
    client = Client.from_dict(
        {"email": "a@b.c", "status": "x" * 99 + " yes", "accesstype": "z" * 999}
    )
    assert (client.status, client.access_type) == ("x" * 99, "z" * 100)
    assert Client.from_dict(stored(client)) == client


@pytest.mark.parametrize("model", COMPLETE)
def test_whatever_was_read_can_be_stored(model: type[Model]) -> None:
    """A record is the same when read back from a file, whatever the cloud put into its fields."""
    fields = COMPLETE[model].keys() - {REQUIRED.get(model)}

    @settings(max_examples=60, deadline=None)
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(sorted(fields), anything)))
    def check(row: dict[str, Any]) -> None:
        record = model.from_dict(COMPLETE[model] | row)
        assert model.from_dict(stored(record)) == record
        assert repr(record)

    check()


# Lists, over HTTP

ROWS: dict[str, dict[str, Any]] = {
    "durations": COMPLETE[Duration],
    "modes": COMPLETE[Mode],
    "locks": COMPLETE[Lock],
    "clients": COMPLETE[Client],
    "audit": COMPLETE[AuditEntry],
}
"""The methods that return a list, each with a row."""
RECORDS: dict[str, dict[str, Any]] = {
    "kitlock_netcode": COMPLETE[Netcode],
    "k3_netcode": COMPLETE[Netcode],
    "initialise": COMPLETE[Initialisation],
    "duration": COMPLETE[DurationDetails],
    "lock": COMPLETE[Lock],
    "account": COMPLETE[Account],
} | dict.fromkeys(WRITES, COMPLETE[WriteResult])
"""The methods that return one record."""


SHAPED = {name: METHODS[name] for name in [*ROWS, *RECORDS] if name not in WRITES} | {
    "add_client": METHODS["add_client"]
}
"""The methods with different shapes of answers: all but the schema, and only one write."""


async def listed(client: CodelocksClient, name: str) -> tuple[Any, ...]:
    """Return the records that a method returns."""
    result = await METHODS[name](client)
    return result.locks if isinstance(result, LockList) else tuple(result)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    "shape",
    [
        lambda row: [row],
        lambda row: {"count": 1, "rows": [row]},
        lambda row: [{"count": 1, "rows": [row]}],
        lambda row: {"others": [], "rows": [row]},
    ],
    ids=["a list", "in an envelope", "that in a list", "among others"],
)
async def test_lists_in_other_shapes(
    sim: Simulator, client: CodelocksClient, name: str, shape: Callable[[Any], Any]
) -> None:
    """The list is found wherever it is."""
    answer(sim, [ROWS[name]])
    expected = await listed(client, name)
    assert len(expected) == 1
    answer(sim, shape(ROWS[name]))
    assert await listed(client, name) == expected


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    "shape",
    [lambda row: row, lambda row: {"status": "ok", "rows": row}],
    ids=["an object", "in an envelope"],
)
async def test_a_row_without_its_list(
    sim: Simulator, client: CodelocksClient, name: str, shape: Callable[[Any], Any]
) -> None:
    """The row is found, except in an audit: the rest of the page would be lost for good."""
    answer(sim, [ROWS[name]])
    expected = await listed(client, name)
    answer(sim, shape(ROWS[name]))
    if name == "audit":
        with pytest.raises(CodelocksResponseError):
            await listed(client, name)
    else:
        assert await listed(client, name) == expected


@pytest.mark.parametrize("name", RECORDS)
async def test_records_in_other_shapes(sim: Simulator, client: CodelocksClient, name: str) -> None:
    """An object in a list, as the account is documented, and the reverse."""
    answer(sim, RECORDS[name])
    expected = await METHODS[name](client)
    for shape in ([RECORDS[name]], [None, RECORDS[name]], [RECORDS[name], {}]):
        answer(sim, shape)
        assert await METHODS[name](client) == expected


@pytest.mark.parametrize("name", sorted(METHODS.keys() - {"active_period_schema"}))
async def test_the_reverse_of_every_documented_shape(
    sim: Simulator, client: CodelocksClient, name: str
) -> None:
    """The simulator swaps lists and objects in its answers; of a list, the first object is left."""
    if name in WRITES:
        sim.faults.add(Fault(kind="wrong_shape"))
        assert (await METHODS[name](client)).result
        return
    sim.world.random.seed(1)
    expected = await METHODS[name](client)
    sim.world.random.seed(1)
    sim.faults.add(Fault(kind="wrong_shape"))
    if name == "audit":
        with pytest.raises(CodelocksResponseError):
            await METHODS[name](client)
        return
    turned = await METHODS[name](client)
    if isinstance(expected, LockList):
        assert turned == LockList(expected.locks[:1], complete=False)
    elif isinstance(expected, tuple):
        assert turned == (expected if name == "clients" else expected[:1])
    else:
        assert turned == expected


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("body", ["[]", "null", "false", "", "  ", '{"rows":[]}'])
async def test_empty_lists(sim: Simulator, client: CodelocksClient, name: str, body: str) -> None:
    """An empty list, in all forms that have been seen and some more."""
    answer_text(sim, body)
    assert await listed(client, name) == ()


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("body", ["true", "0", "7", '"none"', "{}", '{"rows":7}', "[null]", "[[]]"])
async def test_answers_that_are_not_lists(
    sim: Simulator, client: CodelocksClient, name: str, body: str
) -> None:
    """Another shape is not taken for an empty list, so nothing is removed because of it."""
    answer_text(sim, body)
    with pytest.raises(CodelocksResponseError, match=r"no list of|no usable"):
        await METHODS[name](client)


@pytest.mark.parametrize("name", sorted(RECORDS.keys() - WRITES.keys()))
@pytest.mark.parametrize("body", ["", "null", "false", "7", '"word"', "{}", "[]", "[[]]", '["x"]'])
async def test_answers_that_are_not_records(
    sim: Simulator, client: CodelocksClient, name: str, body: str
) -> None:
    """A missing record is an error."""
    answer_text(sim, body)
    with pytest.raises(CodelocksResponseError, match="no usable"):
        await METHODS[name](client)


@pytest.mark.parametrize("broken", [None, 7, [], {}, {"LockName": "No id"}, {"LockId": "a/b"}])
async def test_an_unreadable_lock_is_left_out(
    sim: Simulator, client: CodelocksClient, broken: Any
) -> None:
    """The others are listed, and the list is marked as not complete."""
    answer(sim, [broken, LOCK])
    assert await client.locks() == LockList((Lock(lock_id=LOCK_1_ID),), complete=False)


async def test_a_lock_whose_id_was_renamed(sim: Simulator, client: CodelocksClient) -> None:
    """A list without a readable row is an error, not an account without locks."""
    sim.faults.add(Fault(kind="renamed_key", field="LockId", value="Identifier"))
    with pytest.raises(CodelocksResponseError, match="no usable Lock"):
        await client.locks()


async def test_a_field_of_the_wrong_type_costs_no_lock(
    sim: Simulator, client: CodelocksClient
) -> None:
    """A field of the wrong type is None; the lock and the account are unaffected."""
    sim.faults.add(Fault(kind="wrong_value", field="BatteryUpdated", value={"date": []}))
    found = await client.locks()
    assert found.complete
    assert [lock.name for lock in found.locks] == ["Front door", "Garden studio"]
    assert [lock.battery_updated for lock in found.locks] == [None, None]


async def test_an_unreadable_client_is_left_out(sim: Simulator, client: CodelocksClient) -> None:
    """One row without an e-mail address does not hide the others."""
    rows = [{"email": SUSPENDED_EMAIL}, {"email": None, "status": "ACTIVE"}, "x"]
    answer(sim, {"count": 3, "clients": rows})
    assert await client.clients(LOCK_1_ID) == (Client(email=SUSPENDED_EMAIL),)


async def test_the_same_client_twice_is_one(sim: Simulator, client: CodelocksClient) -> None:
    """E-mail addresses are compared without case; the last row counts."""
    rows = [{"email": "A@b.c", "status": "INVITED"}, {"email": "a@B.C", "status": "ACTIVE"}]
    answer(sim, {"count": 2, "clients": rows})
    (one,) = await client.clients(LOCK_1_ID)
    assert one.active


@pytest.mark.parametrize(
    "document",
    ["[" * DEEP + "]" * DEEP, '{"a":' * DEEP + "1" + "}" * DEEP],
    ids=["lists", "objects"],
)
async def test_deep_nesting(sim: Simulator, client: CodelocksClient, document: str) -> None:
    """Too deep for the parser, and too deep only for what follows it."""
    for method in SHAPED.values():
        for body in (document, f'[{{"message":{document}}}]', document[: len(document) // 2]):
            answer_text(sim, body)
            await a_model_or_an_error(method, client)


async def test_deep_nesting_in_a_field(sim: Simulator, client: CodelocksClient) -> None:
    """The field is None, as long as the whole answer is not too long."""
    levels = min(DEEP, MAX_VALUES // 3)
    nested = '{"a":' * levels + "1" + "}" * levels
    slot = json.dumps(SLOT)[:-1] + f',"wed":{nested}}}'
    answer_text(sim, f'[{{"email":"a@b.c","status":{nested},"activeperiods":[{{"0":{slot}}}]}}]')
    assert await client.clients(LOCK_1_ID) == (Client(email="a@b.c", active_periods=(OFFICE,)),)


# Whatever comes


async def a_schema_or_an_error(client: CodelocksClient) -> None:
    """Check that what is answered as it came is written and read as it is."""
    try:
        schema = await client.active_period_schema()
    except CodelocksError:
        return
    assert written_and_read({"schema": schema}) == {"schema": schema}


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=anything, in_text=st.booleans())
async def test_any_schema_can_be_stored(
    sim: Simulator,
    client: CodelocksClient,
    body: Any,
    in_text: bool,  # noqa: FBT001 - a property's argument
) -> None:
    """Whatever the cloud calls a schema, the account's file can still be written."""
    answer(sim, {"activeperiods": json.dumps(body) if in_text else body})
    await a_schema_or_an_error(client)


async def a_model_or_an_error(method: Method, client: CodelocksClient) -> None:
    """Check that a call ends in a model or in one of the client's errors."""
    try:
        result = await method(client)
    except CodelocksError:
        return
    rows = result.locks if isinstance(result, LockList) else result
    for record in rows if isinstance(rows, tuple) else (rows,):
        assert isinstance(record, Model)
        assert type(record).from_dict(stored(record)) == record


@pytest.mark.parametrize("name", SHAPED)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=anything)
async def test_any_json_ends_in_a_model_or_an_error(
    sim: Simulator, client: CodelocksClient, name: str, body: Any
) -> None:
    """No input from the network may crash callers of the client, or break the store."""
    answer(sim, body)
    await a_model_or_an_error(METHODS[name], client)


@pytest.mark.parametrize("name", METHODS)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    status=st.sampled_from([200, 201, 202, 300, 400, 401, 403, 404, 408, 422, 429, 500, 503, 599]),
    body=st.text() | anything.map(json.dumps) | st.text().map(lambda words: f'[{{"a":"{words}'),
)
async def test_any_answer_ends_in_a_model_or_an_error(
    sim: Simulator, client: CodelocksClient, name: str, status: int, body: str
) -> None:
    """The same for any status, and for bodies that are not JSON."""
    answer_text(sim, body.encode(errors="replace").decode(), status)
    if name == "active_period_schema":  # it returns the JSON as it is
        await a_schema_or_an_error(client)
    else:
        await a_model_or_an_error(METHODS[name], client)


@pytest.mark.parametrize("model", COMPLETE)
def test_known_keys(model: type[Model]) -> None:
    """All that a record has is known, by the names of the API."""
    assert {key.lower().replace("_", "") for key in COMPLETE[model]} <= model.known_keys()
    assert "somethingelse" not in model.known_keys()
