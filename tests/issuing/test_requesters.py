"""Adding and changing people who may ask for codes by text message, and KitLocks' identifiers."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.codes import (
    KITLOCK,
    add_kitlock,
    change_kitlock,
    device_id,
    fill_in,
    kitlock_form,
    set_options,
)
from tests.conftest import AddAccount, settle
from tests.helpers import get_schema_suggested_value
from tests.issuing.requesters import ANNA, FORM, add_requester, changing, requester_form
from tests.simulator import LOCK_1_ID, Simulator


async def change(
    hass: HomeAssistant, entry: CodelocksConfigEntry, subentry_id: str, **changes: Any
) -> Any:
    """Change somebody."""
    form = await changing(hass, entry, subentry_id)
    return await fill_in(hass, form, FORM | changes)


async def test_add(hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """By default they may ask for all locks, for ever, six times a day; this costs no call."""
    sim.clear_calls()
    anna = await add_requester(hass, entry)
    subentry = entry.subentries[anna]
    assert (subentry.title, subentry.subentry_type) == ("Anna", "requester")
    assert subentry.data == {**ANNA, "daily_limit": 6}
    assert subentry.unique_id is None, "a hash of a phone number would be soon undone"
    assert not sim.calls


async def test_add_with_all(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Everything is kept."""
    front = device_id(hass, entry, LOCK_1_ID)
    added = await add_requester(
        hass,
        entry,
        name=" Anna ",
        channel="telegram",
        sender=" 123456789 ",
        locks=[front],
        until="2026-12-31",
        daily_limit=2,
    )
    assert entry.subentries[added].data == {
        "name": "Anna",
        "channel": "telegram",
        "sender": "123456789",
        "locks": [front],
        "until": "2026-12-31",
        "daily_limit": 2,
    }


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"sender": "07123 456789"}, {"sender": "invalid_phone_number"}),
        ({"sender": "Anna"}, {"sender": "invalid_phone_number"}),
        ({"channel": "telegram", "sender": "@anna"}, {"sender": "invalid_telegram_id"}),
        ({"channel": "other", "sender": " "}, {"sender": "invalid_sender"}),
        ({"name": " "}, {"name": "name_required"}),
        ({"until": "2026-10-11"}, {"until": "until_is_over"}),
        ({"locks": ["nonsense"]}, {"locks": "not_a_lock"}),
        ({"name": "", "sender": "1"}, {"name": "name_required", "sender": "invalid_phone_number"}),
    ],
)
async def test_mistakes(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    changes: dict[str, Any],
    errors: dict[str, str],
) -> None:
    """A form says what is wrong, keeps the input, and can be corrected."""
    form = await fill_in(hass, await requester_form(hass, entry), FORM | changes)
    assert form["type"] is FlowResultType.FORM
    assert form["errors"] == errors
    for field, filled in (FORM | changes).items():
        assert get_schema_suggested_value(form["data_schema"].schema, field) == filled
    mended = await fill_in(hass, form, FORM)
    assert mended["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    "changes",
    [{"until": "tomorrow"}, {"daily_limit": 0}, {"channel": "pigeon"}, {"locks": [1]}],
)
async def test_values_that_no_form_sends(
    hass: HomeAssistant, entry: CodelocksConfigEntry, changes: dict[str, Any]
) -> None:
    """The schema itself refuses them."""
    with pytest.raises(InvalidData):
        await fill_in(hass, await requester_form(hass, entry), FORM | changes)


async def test_the_account_is_not_a_lock(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Its device cannot be chosen."""
    account = device_id(hass, entry, entry.entry_id)
    form = await fill_in(hass, await requester_form(hass, entry), {**FORM, "locks": [account]})
    assert form["errors"] == {"locks": "not_a_lock"}


async def test_a_lock_of_another_account(
    hass: HomeAssistant, entry: CodelocksConfigEntry, add_account: AddAccount
) -> None:
    """Each account has its own people."""
    other = await add_account(access_key="")
    front = device_id(hass, entry, LOCK_1_ID)
    form = await fill_in(hass, await requester_form(hass, other), {**FORM, "locks": [front]})
    assert form["errors"] == {"locks": "not_a_lock"}


async def test_twice(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The same sender is refused, however the number is written, but not on another channel."""
    await add_requester(hass, entry)
    again = {**FORM, "name": "Anna again", "sender": "0044 7123 456789"}
    result = await fill_in(hass, await requester_form(hass, entry), again)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")
    await add_requester(hass, entry, channel="other", sender="447123456789")


async def test_twice_by_a_value_of_before(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A sender that was kept as it was pasted is the same sender, and can still be changed."""
    anna = await add_requester(hass, entry)
    hass.config_entries.async_update_subentry(
        entry, entry.subentries[anna], data={**ANNA, "sender": "+44 7123 456789"}
    )
    again = await fill_in(hass, await requester_form(hass, entry), FORM)
    assert (again["type"], again["reason"]) == (FlowResultType.ABORT, "already_configured")
    await change(hass, entry, anna, name="Anna B")
    assert entry.subentries[anna].data["sender"] == "447123456789"


async def test_reconfigure(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Everything can be changed, and changed back."""
    front = device_id(hass, entry, LOCK_1_ID)
    anna = await add_requester(hass, entry, locks=[front], until="2026-12-31")
    form = await changing(hass, entry, anna)
    shown = {**ANNA, "locks": [front], "until": "2026-12-31", "daily_limit": 6}
    for field, filled in shown.items():
        assert get_schema_suggested_value(form["data_schema"].schema, field) == filled

    result = await fill_in(
        hass, form, {**FORM, "name": "Anna B", "sender": "+49 30 123456", "daily_limit": 3}
    )

    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert entry.subentries[anna].title == "Anna B"
    assert entry.subentries[anna].data == {
        "name": "Anna B",
        "channel": "sms",
        "sender": "4930123456",
        "locks": [],
        "daily_limit": 3,
    }
    await add_requester(hass, entry)  # the old number is free again


async def test_reconfigure_mistakes(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A sender who already exists, and mistakes, are refused as in the first form."""
    anna = await add_requester(hass, entry)
    await add_requester(hass, entry, name="Tom", sender="+4930123456")
    result = await change(hass, entry, anna, sender="+4930123456")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")
    assert (await change(hass, entry, anna, sender="1"))["errors"] == {
        "sender": "invalid_phone_number"
    }
    assert entry.subentries[anna].data["sender"] == "447123456789"


@pytest.mark.usefixtures("sim")
async def test_reconfigure_what_is_over(
    hass: HomeAssistant, entry: CodelocksConfigEntry, freezer: Any
) -> None:
    """A lock that is gone and a day in the past may stay: everything else can still be changed."""
    owner = await add_kitlock(hass, entry)
    shed = device_id(hass, entry, owner)
    anna = await add_requester(hass, entry, locks=[shed], until="2026-10-12")
    hass.config_entries.async_remove_subentry(entry, owner)
    await settle(hass)
    freezer.move_to("2026-10-13T12:00:00+01:00")

    result = await change(hass, entry, anna, name="Anna B", locks=[shed], until="2026-10-12")

    assert result["reason"] == "reconfigure_successful"
    assert entry.subentries[anna].data["locks"] == [shed]


# A KitLock's identifier


async def test_text_identifier(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """It is optional, and can be changed and removed."""
    owner = await add_kitlock(hass, entry, text_identifier=" \u200eBikeShed\u200b ")
    assert entry.subentries[owner].data["text_identifier"] == "BikeShed"
    form = await changing(hass, entry, owner)
    shown = get_schema_suggested_value(form["data_schema"].schema, "text_identifier")
    assert shown == "BikeShed"
    for changes in ({"text_identifier": "Shed"}, {}):
        result = await change_kitlock(hass, entry, owner, **changes)
        assert result["reason"] == "reconfigure_successful"
        assert entry.subentries[owner].data.get("text_identifier") == changes.get("text_identifier")


@pytest.mark.parametrize(
    ("identifier", "error"),
    [
        ("Bike shed", "invalid_text_identifier"),
        ("Bike\x00shed", "invalid_text_identifier"),
        ("FrontDoor1", "text_identifier_taken"),  # a K3 lock's
        ("Shed", "text_identifier_taken"),  # another KitLock's
        ("\u201cShed\u201d", "text_identifier_taken"),  # a message could mean either
        ("FrontDoor1.", "text_identifier_taken"),
    ],
)
async def test_text_identifier_mistakes(
    hass: HomeAssistant, entry: CodelocksConfigEntry, identifier: str, error: str
) -> None:
    """It is one word, and belongs to one lock."""
    shed = await add_kitlock(hass, entry, text_identifier="Shed")
    other = {**KITLOCK, "name": "Attic", "identifier": "451255"}
    form = await kitlock_form(hass, entry, "details")
    form = await fill_in(hass, form, {**other, "text_identifier": identifier})
    assert form["errors"] == {"text_identifier": error}
    mended = await fill_in(hass, form, {**other, "text_identifier": "Attic"})
    assert mended["type"] is FlowResultType.CREATE_ENTRY

    own = await change_kitlock(hass, entry, shed, text_identifier="Shed")
    assert own["reason"] == "reconfigure_successful"
    taken = await change_kitlock(hass, entry, shed, text_identifier="Attic")
    assert taken["errors"] == {"text_identifier": "text_identifier_taken"}


async def test_text_identifier_while_not_loaded(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """The K3 locks' identifiers are not known then."""
    await set_options(hass, entry)
    await hass.config_entries.async_unload(entry.entry_id)
    form = await kitlock_form(hass, entry, "details")
    result = await fill_in(hass, form, {**KITLOCK, "text_identifier": "FrontDoor1"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
