"""Adding, changing and removing calendars of bookings and regular visitors."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigSubentry
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.bookings.settings import (
    BookingsSettings,
    Fit,
    InviteAs,
    VisitorSettings,
    WholeDaysEnd,
)
from custom_components.codelocks.flows.bookings import BookingsFlow
from tests.codes import ENGLISH, add_kitlock, device_id, fill_in
from tests.conftest import AddAccount, settle
from tests.helpers import async_capture_events, get_schema_suggested_value
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Simulator

CALENDAR = "calendar.airbnb"


@pytest.fixture(autouse=True)
def calendar(hass: HomeAssistant) -> None:
    """Have a calendar of bookings."""
    hass.states.async_set(CALENDAR, "off")


async def open_form(hass: HomeAssistant, entry: CodelocksConfigEntry, kind: str) -> Any:
    """Open the form that adds a subentry."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, kind), context={"source": SOURCE_USER}
    )


async def reopen(hass: HomeAssistant, entry: CodelocksConfigEntry, subentry: ConfigSubentry) -> Any:
    """Open the form that changes a subentry."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, subentry.subentry_type),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": subentry.subentry_id},
    )


def bookings(locks: list[str], **sections: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filled form of bookings."""
    filled: dict[str, Any] = {
        "name": " Lake view ",
        "locks": locks,
        "calendar_entity_id": CALENDAR,
        "stay": {
            "check_in": "16:00:00",
            "check_out": "10:30:00",
            "whole_days_end": "last_day",
            "before": {"hours": 1},
            "after": {"minutes": 30},
            "fit": "tight",
        },
        "telling": {
            "lead": {"days": 3},
            "notify_entity_id": ["notify.guests"],
            "message": "{codes}",
            "tell_owner": ["notify.me"],
        },
        "more": {"ignore": ["Blocked"], "invite": "one_time", "keep_calls": 7},
    }
    for section, changes in sections.items():
        filled[section] = {**filled[section], **changes}
    return filled


def visitor(locks: list[str], **changes: Any) -> dict[str, Any]:
    """Return the filled form of a visitor."""
    return {
        "name": "Cleaner",
        "locks": locks,
        "days": ["mon", "thu"],
        "starts": "09:00:00",
        "ends": "12:00:00",
        "first_day": "2026-10-15",
        "last_day": "2026-12-31",
        "lead": {"hours": 6},
        "notify_entity_id": [],
        "tell_owner": [],
    } | changes


def subentry_of(entry: CodelocksConfigEntry, kind: str) -> ConfigSubentry:
    """Return the one subentry of a kind."""
    [subentry] = entry.get_subentries_of_type(kind)
    return subentry


async def test_bookings(hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """What is filled in is what the bookings are followed by; it takes no call."""
    locks = [device_id(hass, entry, LOCK_1_ID), device_id(hass, entry, LOCK_2_ID)]
    sim.calls.clear()
    result = await fill_in(hass, await open_form(hass, entry, "bookings"), bookings(locks))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    subentry = subentry_of(entry, "bookings")
    assert subentry.title == "Lake view"
    settings = BookingsSettings.from_data(subentry.subentry_id, subentry.title, subentry.data)
    assert settings.locks == tuple(locks)
    assert settings.calendar_entity_id == CALENDAR
    assert (f"{settings.check_in}", f"{settings.check_out}") == ("16:00:00", "10:30:00")
    assert settings.whole_days_end is WholeDaysEnd.LAST_DAY
    assert (settings.before.seconds, settings.after.seconds) == (3600, 1800)
    assert (settings.fit, settings.invite) == (Fit.TIGHT, InviteAs.ONE_TIME)
    assert settings.lead.days == 3
    assert settings.notify_entity_ids == ("notify.guests",)
    assert (settings.message, settings.tell_owner) == ("{codes}", ("notify.me",))
    assert settings.ignores("BLOCKED")
    assert settings.keep_calls == 7
    assert not sim.calls


async def test_what_the_forms_start_with(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """The defaults are those that a subentry without these values has."""
    form = await open_form(hass, entry, "bookings")
    sections: dict[str, Any] = {section: {} for section in ("stay", "telling", "more")}
    filled = form["data_schema"](
        {"name": "-", "locks": [], "calendar_entity_id": CALENDAR} | sections
    )
    assert BookingsSettings.from_data("id", "-", filled) == BookingsSettings.from_data(
        "id", "-", {"calendar_entity_id": CALENDAR}
    )
    form = await open_form(hass, entry, "visitor")
    filled = form["data_schema"]({"name": "-", "locks": [], "days": []})
    assert VisitorSettings.from_data("id", "-", filled) == VisitorSettings.from_data("id", "-", {})


async def test_visitor(hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry) -> None:
    """A visitor has days and hours, and perhaps a first and a last day."""
    locks = [device_id(hass, entry, LOCK_1_ID)]
    sim.calls.clear()
    result = await fill_in(hass, await open_form(hass, entry, "visitor"), visitor(locks))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    subentry = subentry_of(entry, "visitor")
    settings = VisitorSettings.from_data(subentry.subentry_id, subentry.title, subentry.data)
    assert settings.name == "Cleaner"
    assert settings.days == {0, 3}
    assert (f"{settings.starts}", f"{settings.ends}") == ("09:00:00", "12:00:00")
    assert (f"{settings.first_day}", f"{settings.last_day}") == ("2026-10-15", "2026-12-31")
    assert settings.lead.seconds == 6 * 3600
    assert not sim.calls


@pytest.mark.parametrize(
    ("filled", "errors"),
    [
        (bookings([]), {"locks": "lock_required"}),
        (bookings(["gone"]), {"locks": "not_a_lock"}),
        (bookings(["account"]), {"locks": "not_a_lock"}),
        (bookings(["front"]) | {"name": "  "}, {"name": "name_required"}),
        (
            bookings(["front"]) | {"calendar_entity_id": "calendar.nowhere"},
            {"calendar_entity_id": "calendar_not_found"},
        ),
        (bookings(["front"], stay={"before": {"hours": 169}}), {"stay": "buffer_too_long"}),
        (bookings(["front"], stay={"after": {"hours": 169}}), {"stay": "buffer_too_long"}),
        (bookings(["front"], telling={"lead": {"days": 367}}), {"telling": "lead_too_long"}),
        (
            bookings(["front"], telling={"message": "Welcome!"}),
            {"telling": "message_without_code"},
        ),
        (visitor(["front"], days=[]), {"days": "day_required"}),
        (visitor(["front"], last_day="2026-10-14"), {"last_day": "last_before_first"}),
        (visitor(["front"], lead={"days": 367}), {"lead": "lead_too_long"}),
        (visitor(["front"], message="Come in"), {"message": "message_without_code"}),
        (visitor([], name=""), {"name": "name_required", "locks": "lock_required"}),
    ],
)
async def test_what_is_refused(
    hass: HomeAssistant, entry: CodelocksConfigEntry, filled: dict[str, Any], errors: dict[str, str]
) -> None:
    """Each mistake is shown where it is, and the form can be mended."""
    ids = {
        "front": device_id(hass, entry, LOCK_1_ID),
        "account": device_id(hass, entry, entry.entry_id),
    }
    filled = {**filled, "locks": [ids.get(lock, lock) for lock in filled["locks"]]}
    kind = "bookings" if "stay" in filled else "visitor"
    form = await fill_in(hass, await open_form(hass, entry, kind), filled)
    assert form["type"] is FlowResultType.FORM
    assert form["errors"] == errors
    assert set(errors.values()) <= ENGLISH["config_subentries"][kind]["error"].keys()
    right = (bookings if kind == "bookings" else visitor)([ids["front"]])
    assert (await fill_in(hass, form, right))["type"] is FlowResultType.CREATE_ENTRY


async def test_the_calendar_of_a_lock_is_not_offered(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """It holds the codes that are made, so it can neither be chosen nor followed."""
    own = {one for one in hass.states.async_entity_ids("calendar") if one.endswith("_netcodes")}
    assert own
    form = await open_form(hass, entry, "bookings")
    field = form["data_schema"].schema["calendar_entity_id"]
    assert set(field.config["exclude_entities"]) == own
    assert list(form["data_schema"].schema) == list(BookingsFlow.schema.schema)
    front = [device_id(hass, entry, LOCK_1_ID)]
    with pytest.raises(InvalidData):
        await fill_in(hass, form, bookings(front) | {"calendar_entity_id": own.pop()})


async def test_no_day_is_chosen_beforehand(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """All seven are shown, each a tap; without a default the first would be chosen: Monday."""
    form = await open_form(hass, entry, "visitor")
    assert form["data_schema"].schema["days"].config["mode"] == "list"
    filled = visitor([device_id(hass, entry, LOCK_1_ID)])
    del filled["days"]
    assert form["data_schema"](filled)["days"] == []


async def test_the_same_bookings_twice(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """A calendar is followed once for a lock: two would buy each code twice."""
    front, garden = device_id(hass, entry, LOCK_1_ID), device_id(hass, entry, LOCK_2_ID)
    first = bookings([front])
    await fill_in(hass, await open_form(hass, entry, "bookings"), first)
    form = await fill_in(hass, await open_form(hass, entry, "bookings"), bookings([garden, front]))
    assert form["errors"] == {"calendar_entity_id": "already_followed"}
    result = await fill_in(hass, form, bookings([garden]))
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("kind", ["bookings", "visitor"])
async def test_changed(hass: HomeAssistant, entry: CodelocksConfigEntry, kind: str) -> None:
    """The form shows what is stored; what is gone meanwhile may stay, and all can be changed."""
    filled = (bookings if kind == "bookings" else visitor)([device_id(hass, entry, LOCK_1_ID)])
    await fill_in(hass, await open_form(hass, entry, kind), filled)
    subentry = subentry_of(entry, kind)
    gone = {**subentry.data, "locks": ["gone"]}
    hass.config_entries.async_update_subentry(entry, subentry, data=gone)
    hass.states.async_remove(CALENDAR)
    form = await reopen(hass, entry, subentry)
    schema = form["data_schema"].schema
    assert get_schema_suggested_value(schema, "name") == filled["name"].strip()
    assert get_schema_suggested_value(schema, "locks") == ["gone"]
    changed = {**filled, "name": "Attic", "locks": ["gone"]}
    result = await fill_in(hass, form, changed)
    assert result["reason"] == "reconfigure_successful"
    assert subentry_of(entry, kind).title == "Attic"
    assert subentry_of(entry, kind).data == changed


@pytest.mark.parametrize("kind", ["bookings", "visitor"])
async def test_nothing_else_is_touched(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount, kind: str
) -> None:
    """Adding, changing and removing one writes no state of another entity, and makes no call."""
    entry = await add_account()
    shed = await add_kitlock(hass, entry)
    others = set(hass.states.async_entity_ids())
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)
    sim.calls.clear()
    filled = (bookings if kind == "bookings" else visitor)([device_id(hass, entry, shed)])
    await fill_in(hass, await open_form(hass, entry, kind), filled)
    subentry = subentry_of(entry, kind)
    form = await reopen(hass, entry, subentry)
    await fill_in(hass, form, {**filled, "name": "Another"})
    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    await settle(hass)
    assert not others.intersection(event.data["entity_id"] for event in changes)
    assert not sim.calls
