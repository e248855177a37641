"""Adding a KitLock, by its details or by initialising it, and changing one."""

import json
import logging
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import (
    ENGLISH,
    KITLOCK,
    add_kitlock,
    change_kitlock,
    device_id,
    fill_in,
    kitlock_code,
    kitlock_form,
    make,
    paths,
)
from tests.conftest import AddAccount, settle
from tests.helpers import WRITTEN, device_of, get_schema_suggested_value, pass_time
from tests.simulator import Fault, Simulator

type Storage = dict[str, Any]

TEXTS = ENGLISH["config_subentries"]["kitlock"]
MASTER_CODE = "86420975"
INITIALISE = {
    "name": "Garage",
    "lock_model": "KL1060C2",
    "master_code": MASTER_CODE,
    "time_zone": "Europe/London",
}


@pytest.fixture
async def account(add_account: AddAccount) -> CodelocksConfigEntry:
    """Add an account without K3 locks."""
    return await add_account(access_key="")


def subentry_of(entry: CodelocksConfigEntry) -> ConfigSubentry:
    """Return the one KitLock of an account."""
    [subentry] = entry.subentries.values()
    return subentry


def suggested(form: Any, field: str) -> Any:
    """Return the value that a form suggests."""
    return get_schema_suggested_value(form["data_schema"].schema, field)


# By its details


async def test_details(hass: HomeAssistant, sim: Simulator, account: CodelocksConfigEntry) -> None:
    """A lock is added with its details from the portal, without a call."""
    calls = len(sim.calls)
    menu_choice = await kitlock_form(hass, account, "details")
    assert menu_choice["type"] is FlowResultType.FORM
    assert menu_choice["step_id"] == "details"
    assert menu_choice["errors"] == {}

    result = await fill_in(hass, menu_choice, KITLOCK)

    assert result["type"] is FlowResultType.CREATE_ENTRY
    subentry = subentry_of(account)
    assert subentry.title == "Bike shed"
    assert subentry.subentry_type == "kitlock"
    assert dict(subentry.data) == KITLOCK
    assert len(sim.calls) == calls


async def test_blanks(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """Blanks from copying are dropped."""
    await add_kitlock(hass, account, **{key: f" {text}\n" for key, text in KITLOCK.items()
                                        if key != "lock_model"})  # fmt: skip
    assert dict(subentry_of(account).data) == KITLOCK


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"name": " "}, {"name": "name_required"}),
        ({"timecode": "20260329100"}, {"timecode": "invalid_timecode"}),
        ({"timecode": "2026032910055"}, {"timecode": "invalid_timecode"}),
        ({"timecode": "20260329100x"}, {"timecode": "invalid_timecode"}),
        ({"timecode": "202613291005"}, {"timecode": "invalid_timecode"}),
        ({"timecode": "202603292505"}, {"timecode": "invalid_timecode"}),
        ({"timecode": "٢٠٢٦٠٣٢٩١٠٠٥"}, {"timecode": "invalid_timecode"}),
        ({"timecode": ""}, {"timecode": "invalid_timecode"}),
        ({"identifier": "4512"}, {"identifier": "invalid_identifier"}),
        ({"identifier": "4512546"}, {"identifier": "invalid_identifier"}),
        ({"identifier": "45125a"}, {"identifier": "invalid_identifier"}),
        ({"identifier": "451 254"}, {"identifier": "invalid_identifier"}),
        ({"clock": "Mars"}, {"clock": "invalid_time_zone"}),
        ({"clock": "Europe"}, {"clock": "invalid_time_zone"}),
        ({"clock": ""}, {"clock": "clock_required"}),
        ({"clock": "../../etc/passwd"}, {"clock": "invalid_time_zone"}),
        ({"clock": "Europe/London\x00"}, {"clock": "invalid_time_zone"}),
        (
            {"name": "", "timecode": "1", "identifier": "2", "clock": "3"},
            {
                "name": "name_required",
                "timecode": "invalid_timecode",
                "identifier": "invalid_identifier",
                "clock": "invalid_time_zone",
            },
        ),
    ],
)
async def test_errors_of_details(
    hass: HomeAssistant,
    account: CodelocksConfigEntry,
    changes: dict[str, str],
    errors: dict[str, str],
) -> None:
    """Each field says what is wrong; the input is kept and can be corrected."""
    form = await fill_in(hass, await kitlock_form(hass, account, "details"), KITLOCK | changes)
    assert form["type"] is FlowResultType.FORM
    assert form["errors"] == errors
    assert all(TEXTS["error"][error] for error in errors.values())
    assert {key: suggested(form, key) for key in KITLOCK} == KITLOCK | changes
    result = await fill_in(hass, form, KITLOCK)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert dict(subentry_of(account).data) == KITLOCK


async def test_no_clock_is_chosen_for_the_user(
    hass: HomeAssistant, account: CodelocksConfigEntry
) -> None:
    """A wrong clock gives codes that open at other hours: most locks do not show UTC."""
    form = await kitlock_form(hass, account, "details")
    assert suggested(form, "clock") is None
    filled = {key: value for key, value in KITLOCK.items() if key != "clock"}
    form = await fill_in(hass, form, filled)
    assert form["errors"] == {"clock": "clock_required"}
    assert TEXTS["error"]["clock_required"]
    assert (await fill_in(hass, form, KITLOCK))["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(("step", "details"), [("details", KITLOCK), ("initialise", INITIALISE)])
async def test_no_model_is_chosen_for_the_user(
    hass: HomeAssistant,
    sim: Simulator,
    account: CodelocksConfigEntry,
    step: str,
    details: dict[str, str],
) -> None:
    """A wrong model gives codes that do not open, so it has to be chosen before a call is spent."""
    form = await kitlock_form(hass, account, step)
    assert suggested(form, "lock_model") is None
    calls = len(sim.calls)
    filled = {key: value for key, value in details.items() if key != "lock_model"}
    form = await fill_in(hass, form, filled)
    assert form["errors"] == {"lock_model": "model_required"}
    assert TEXTS["error"]["model_required"]
    assert len(sim.calls) == calls
    assert (await fill_in(hass, form, details))["type"] is not FlowResultType.ABORT


@pytest.mark.parametrize("model", ["K3CONNECT", "KL1000", ""])
async def test_model_that_is_not_a_kitlock(
    hass: HomeAssistant, account: CodelocksConfigEntry, model: str
) -> None:
    """Only models for which the API computes codes are on the list."""
    form = await kitlock_form(hass, account, "details")
    with pytest.raises(InvalidData):
        await fill_in(hass, form, KITLOCK | {"lock_model": model})


async def test_twice(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """The same lock twice is refused, whatever it is called."""
    await add_kitlock(hass, account)
    form = await kitlock_form(hass, account, "details")
    result = await fill_in(hass, form, KITLOCK | {"name": "Another", "timecode": "202603291005 "})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert TEXTS["abort"]["already_configured"]
    assert len(account.subentries) == 1


async def test_same_identifier(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """Locks with the same identifier, or initialised in the same minute, are different locks."""
    await add_kitlock(hass, account)
    await add_kitlock(hass, account, timecode="202603291006")
    await add_kitlock(hass, account, identifier="451255")
    assert len(account.subentries) == 3


async def test_no_unique_id(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """There is none: even a hash of the seeds of its codes would soon be reversed."""
    await add_kitlock(hass, account)
    assert subentry_of(account).unique_id is None


# By initialising it


async def test_initialise(hass: HomeAssistant, sim: Simulator, account: CodelocksConfigEntry) -> None:  # fmt: skip  # noqa: E501
    """The sequence is shown, to be typed at the lock; the user confirms what was read out of it."""
    form = await kitlock_form(hass, account, "initialise")
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "initialise"
    sim.clear_calls()

    form = await fill_in(hass, form, INITIALISE)

    assert [(call.path, call.query) for call in sim.calls] == [
        (
            "/u/1/init",
            {
                "lockmodel": "KL1060C2",
                "mastercode": MASTER_CODE,
                "timezone": "Europe/London",
                "randomid": "true",
            },
        )
    ]
    lock = sim.world.kitlocks[-1]
    assert form["type"] is FlowResultType.FORM
    assert form["step_id"] == "sequence"
    placeholders = form["description_placeholders"]
    assert placeholders["sequence"] == f"#{MASTER_CODE} . 20 . 2610120930 . {lock.identifier} .."
    assert placeholders["format"] == "#Master . 20 . YYMMDDHHmm . Group ID + Member ID .."
    assert placeholders["name"] == "Garage"
    assert "blue flash" in placeholders["explanation"]
    shown = TEXTS["step"]["sequence"]["description"].format(**placeholders)
    assert placeholders["sequence"] in shown
    confirmed = {"identifier": lock.identifier, "timecode": "202610120930"}
    assert {key: suggested(form, key) for key in confirmed} == confirmed

    result = await fill_in(hass, form, confirmed)

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert dict(subentry_of(account).data) == {
        "name": "Garage", "lock_model": "KL1060C2", "clock": "utc", **confirmed,
    }  # fmt: skip
    assert len(sim.calls) == 1
    answer = await make(hass, account, subentry_of(account).subentry_id)
    assert answer["netcode"] == kitlock_code("2026-10-12 09:00", 1, **confirmed)


async def test_master_code_is_not_kept(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: Any,
    hass_storage: Storage,
    account: CodelocksConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is in no file, no entry and no log, even if the API quotes it."""
    caplog.set_level(logging.DEBUG)
    form = await kitlock_form(hass, account, "initialise")
    body = json.dumps({"message": f"mastercode {MASTER_CODE} is wrong"})
    sim.faults.add(Fault(kind="status", status=400, body=body, count=1))
    form = await fill_in(hass, form, INITIALISE)
    assert form["errors"] == {"base": "rejected"}
    form = await fill_in(hass, form, INITIALISE)
    lock = sim.world.kitlocks[-1]
    await fill_in(hass, form, {"identifier": lock.identifier, "timecode": lock.timecode})
    await pass_time(hass, freezer, WRITTEN)
    assert await hass.config_entries.async_reload(account.entry_id)  # writes all files

    assert MASTER_CODE not in json.dumps(account.as_dict(), default=str)
    assert f"{DOMAIN}.{account.entry_id}" in hass_storage
    assert MASTER_CODE not in json.dumps(hass_storage, default=str)
    log = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if record.name.startswith(("homeassistant", "custom_components"))
    )
    assert "GET init: HTTP 200" in log
    for secret in (MASTER_CODE, lock.identifier, lock.timecode):
        assert secret not in log


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"master_code": "1234567"}, {"master_code": "invalid_master_code"}),
        ({"master_code": "123456789"}, {"master_code": "invalid_master_code"}),
        ({"master_code": "1234567x"}, {"master_code": "invalid_master_code"}),
        ({"time_zone": "Mars"}, {"time_zone": "invalid_time_zone"}),
        ({"time_zone": "Europe"}, {"time_zone": "invalid_time_zone"}),
        ({"name": "  "}, {"name": "name_required"}),
    ],
)
async def test_mistakes_before_the_call(
    hass: HomeAssistant,
    sim: Simulator,
    account: CodelocksConfigEntry,
    changes: dict[str, str],
    errors: dict[str, str],
) -> None:
    """Mistakes that the user can correct are found before a call is spent."""
    form = await kitlock_form(hass, account, "initialise")
    form = await fill_in(hass, form, INITIALISE | changes)
    assert (form["step_id"], form["errors"]) == ("initialise", errors)
    assert all(TEXTS["error"][error] for error in errors.values())
    assert paths(sim, "init") == []
    form = await fill_in(hass, form, INITIALISE)
    assert form["step_id"] == "sequence"


@pytest.mark.parametrize(
    ("fault", "error", "reauth"),
    [
        ({"kind": "status", "status": 503}, "cannot_connect", False),
        ({"kind": "drop"}, "cannot_connect", False),
        ({"kind": "throttle"}, "throttled", False),
        ({"kind": "quota"}, "quota_exceeded", False),
        ({"kind": "html"}, "invalid_response", False),
        ({"kind": "missing_key", "field": "InitSeq"}, "invalid_response", False),
        ({"kind": "status", "status": 422, "body": '{"message":"no"}'}, "rejected", False),
        ({"kind": "status", "status": 403}, "invalid_api_key", True),
        ({"kind": "invalid_access_key"}, "invalid_access_key", True),
    ],
)
async def test_errors_of_the_call(
    hass: HomeAssistant,
    sim: Simulator,
    account: CodelocksConfigEntry,
    fault: dict[str, Any],
    error: str,
    reauth: bool,  # noqa: FBT001 - a table
) -> None:
    """Each has its own message, and the user can try again."""
    form = await kitlock_form(hass, account, "initialise")
    sim.faults.add(Fault(count=1, **fault))
    form = await fill_in(hass, form, INITIALISE)
    assert (form["step_id"], form["errors"]) == ("initialise", {"base": error})
    assert TEXTS["error"][error]
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert [flow["context"]["source"] for flow in flows] == [SOURCE_REAUTH] * reauth
    form = await fill_in(hass, form, INITIALISE)
    assert form["step_id"] == "sequence"


@pytest.mark.parametrize(
    ("layout", "sequence", "identifier"),
    [
        pytest.param(
            "#Master . 50 . YYMMDDHHmm . Identifier(100000-999999) ..",
            "#12345678 . 50 . 2610120930 . 451254 ..",
            "451254",
            id="CL5510",
        ),
        pytest.param(
            "#Master . 20 . YYmmDDhhMM . 6-digit ID ..",
            "#11335577 . 20 . 1811291624 . 123456 ..",
            "123456",
            id="KL1000 C2",
        ),
        pytest.param(
            "#Master . 20 . YYMMDD . HHmm . Lock ID ..",
            "#11335577 . 20 . 261012 . 0930 . 738291 ..",
            "738291",
            id="KL1000 G3: the date has six digits, too",
        ),
        pytest.param(
            "#Master . 20 . Lock ID . YYMMDD . HHmm ..",
            "#11335577 . 20 . 738291 . 261012 . 0930 ..",
            "738291",
            id="the format says where",
        ),
        pytest.param(
            None, "#11335577 . 20 . 261012 . 0930 . 738291 ..", "738291", id="no format: the last"
        ),
        pytest.param("", "#11335577.20.2610120930.738291..", "738291", id="without blanks"),
        pytest.param(
            "#Master . 20 . Valid until . Group ID + Member ID ..",
            "#11335577 . 20 . 261012 . 738291 ..",
            "738291",
            id="a word that holds id",
        ),
        pytest.param("Who knows", "#11335577 20 2610120930 73829", "73829", id="five digits"),
        pytest.param("Identifier", "#11335577202610120930738291", None, id="all in one"),
        pytest.param("... Identifier ..", "ABC", None, id="no digits"),
    ],
)
async def test_identifier_in_the_sequence(
    hass: HomeAssistant,
    sim: Simulator,
    account: CodelocksConfigEntry,
    layout: str | None,
    sequence: str,
    identifier: str | None,
) -> None:
    """The answer has no field for it, so it is read out of the sequence and suggested."""
    answer = {"InitSeqFormat": layout, "InitSeq": sequence, "TimeCode": "202610120930"}
    sim.faults.add(Fault(kind="status", status=200, path="*/init", body=json.dumps(answer)))
    form = await fill_in(hass, await kitlock_form(hass, account, "initialise"), INITIALISE)
    assert form["description_placeholders"]["sequence"] == sequence
    assert suggested(form, "identifier") == identifier
    assert suggested(form, "timecode") == "202610120930"


async def test_identifier_is_corrected(
    hass: HomeAssistant, sim: Simulator, account: CodelocksConfigEntry
) -> None:
    """A user who typed something else can correct it; a mistake there costs no second call."""
    form = await fill_in(hass, await kitlock_form(hass, account, "initialise"), INITIALISE)
    sequence = form["description_placeholders"]["sequence"]
    wrong = {"identifier": "12", "timecode": "202699999999"}
    form = await fill_in(hass, form, wrong)
    assert form["step_id"] == "sequence"
    assert form["errors"] == {"identifier": "invalid_identifier", "timecode": "invalid_timecode"}
    assert form["description_placeholders"]["sequence"] == sequence, "it can still be typed"
    assert {key: suggested(form, key) for key in wrong} == wrong
    right = {"identifier": "654321", "timecode": "202610120931"}
    assert (await fill_in(hass, form, right))["type"] is FlowResultType.CREATE_ENTRY
    assert subentry_of(account).data.items() >= right.items()
    assert len(paths(sim, "init")) == 1


async def test_answer_without_time_code(
    hass: HomeAssistant, sim: Simulator, account: CodelocksConfigEntry
) -> None:
    """It is in the sequence, too, where the user finds it."""
    sim.faults.add(Fault(kind="missing_key", path="*/init", field="TimeCode"))
    form = await fill_in(hass, await kitlock_form(hass, account, "initialise"), INITIALISE)
    assert suggested(form, "timecode") is None
    identifier = suggested(form, "identifier")
    filled = {"identifier": identifier, "timecode": "202610120930"}
    assert (await fill_in(hass, form, filled))["type"] is FlowResultType.CREATE_ENTRY


async def test_initialised_before(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """A sequence of a lock that was already added is refused, too."""
    await add_kitlock(hass, account)
    form = await fill_in(hass, await kitlock_form(hass, account, "initialise"), INITIALISE)
    known = {key: KITLOCK[key] for key in ("identifier", "timecode")}
    result = await fill_in(hass, form, known)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")


async def test_markdown_in_the_answer(
    hass: HomeAssistant, sim: Simulator, account: CodelocksConfigEntry
) -> None:
    """The API's words are shown as text: they cannot put a link or a picture into the form."""
    answer = {
        "InitSeq": "#1 . 20 . [451254](http://evil) `<img src=x>`",
        "InitSeqFormat": "**Master** [x](y)",
        "InitSeqFormatDesc": "![x](http://evil/x.png)\n# Big",
        "TimeCode": "202610120930",
    }
    sim.faults.add(Fault(kind="status", status=200, path="*/init", body=json.dumps(answer)))
    form = await fill_in(hass, await kitlock_form(hass, account, "initialise"), INITIALISE)
    for shown in ("sequence", "format", "explanation"):
        assert not set("[]()`<>!\n_\\/:") & set(form["description_placeholders"][shown])


async def test_initialising_needs_a_model_of_the_api(
    hass: HomeAssistant, account: CodelocksConfigEntry
) -> None:
    """Other models are initialised in the portal."""
    form = await kitlock_form(hass, account, "initialise")
    with pytest.raises(InvalidData):
        await fill_in(hass, form, INITIALISE | {"lock_model": "KL1060G3"})


async def test_account_that_does_not_work(
    hass: HomeAssistant, account: CodelocksConfigEntry
) -> None:
    """Then a lock cannot be initialised, but still be added by its details."""
    await hass.config_entries.async_unload(account.entry_id)
    result = await kitlock_form(hass, account, "initialise")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "entry_not_loaded")
    assert TEXTS["abort"]["entry_not_loaded"]
    await add_kitlock(hass, account)
    assert subentry_of(account).title == "Bike shed"


async def test_account_that_stops_working(
    hass: HomeAssistant, account: CodelocksConfigEntry
) -> None:
    """The same if the account stops working while the form is open."""
    form = await kitlock_form(hass, account, "initialise")
    await hass.config_entries.async_unload(account.entry_id)
    result = await fill_in(hass, form, INITIALISE)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "entry_not_loaded")


# Changing it


async def test_reconfigure(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """Everything can be changed; the lock stays the same one."""
    owner = await add_kitlock(hass, account)
    before = device_id(hass, account, owner)
    changes = {
        "name": "Boat house",
        "lock_model": "KL1060",
        "timecode": "202511161623",
        "identifier": "738291",
        "clock": "Asia/Kolkata",
        "clock_lost": True,
    }

    result = await change_kitlock(hass, account, owner, **changes)

    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert result["translation_domain"] == "homeassistant", "which has the sentence"
    subentry = subentry_of(account)
    assert subentry.subentry_id == owner
    assert subentry.title == "Boat house"
    assert dict(subentry.data) == changes
    after = device_of(hass, account.entry_id, owner)
    assert after
    assert (after.id, after.name, after.model) == (before, "Boat house", "KL1060")
    answer = await make(hass, account, owner, start="2026-10-13T12:00:00+00:00")
    assert answer["netcode"] == kitlock_code("2026-10-13 17:00", 1, **changes)
    assert answer["lock_name"] == "Boat house"


async def test_reconfigure_shows_what_is_there(
    hass: HomeAssistant, account: CodelocksConfigEntry
) -> None:
    """The form is filled in, and shows the time to set the clock to."""
    owner = await add_kitlock(hass, account, clock="America/New_York")
    await change_kitlock(hass, account, owner, clock="America/New_York", clock_lost=True)
    form = await hass.config_entries.subentries.async_init(
        (account.entry_id, "kitlock"),
        context={"source": "reconfigure", "subentry_id": owner},
    )
    assert form["step_id"] == "reconfigure"
    shown = {key: suggested(form, key) for key in (*KITLOCK, "clock_lost")}
    assert shown == {**KITLOCK, "clock": "America/New_York", "clock_lost": True}
    assert form["description_placeholders"] == {"utc": "09:30"}


@pytest.mark.parametrize("typed", ["utc", "UTC", " Utc "])
async def test_utc_in_words(hass: HomeAssistant, account: CodelocksConfigEntry, typed: str) -> None:
    """It is written as people do, however it was typed."""
    owner = await add_kitlock(hass, account, clock=typed)
    assert subentry_of(account).data["clock"] == "utc"
    form = await hass.config_entries.subentries.async_init(
        (account.entry_id, "kitlock"),
        context={"source": "reconfigure", "subentry_id": owner},
    )
    assert suggested(form, "clock") == "UTC"


async def test_errors_of_reconfigure(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """The same mistakes are found, and can be corrected."""
    owner = await add_kitlock(hass, account)
    form = await change_kitlock(hass, account, owner, timecode="1", clock="Mars", name="")
    assert form["errors"] == {
        "timecode": "invalid_timecode", "clock": "invalid_time_zone", "name": "name_required",
    }  # fmt: skip
    assert dict(subentry_of(account).data) == KITLOCK
    result = await fill_in(hass, form, {**KITLOCK, "name": "Boat house", "clock_lost": False})
    assert result["reason"] == "reconfigure_successful"
    assert subentry_of(account).title == "Boat house"


async def test_reconfigure_to_another_lock(
    hass: HomeAssistant, account: CodelocksConfigEntry
) -> None:
    """A lock cannot take the details of another one."""
    await add_kitlock(hass, account)
    owner = await add_kitlock(hass, account, name="Pool", identifier="738291")
    result = await change_kitlock(hass, account, owner, name="Pool")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")
    assert account.subentries[owner].data["identifier"] == "738291"


async def test_reconfigure_nothing(hass: HomeAssistant, account: CodelocksConfigEntry) -> None:
    """Changing nothing is not a mistake."""
    owner = await add_kitlock(hass, account)
    for _ in range(2):
        result = await change_kitlock(hass, account, owner)
        assert result["reason"] == "reconfigure_successful"
    await settle(hass)
    assert dict(subentry_of(account).data) == {**KITLOCK, "clock_lost": False}
