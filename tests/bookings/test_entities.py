"""The entities of a calendar of bookings: who stays, who comes next, and what happens."""

from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from tests.bookings.flat import HOUR, MINUTE, Flat, booking
from tests.codes import device_id, set_options
from tests.conftest import settle
from tests.helpers import async_capture_events, device_of, pass_time, read_again, state_of, value
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault

TODAY = ("2026-10-12", "2026-10-14")
"""From 15:00 today, 14:00 UTC, to 11:00 the day after tomorrow."""


TOLD = ("event_type", "title", "start", "reason", "name")


def happened(events: list[Any]) -> list[dict[str, Any]]:
    """Return what an event entity told, each thing once: a reload repeats the last state."""
    states = [event.data["new_state"] for event in events]
    told = {
        state.state: {key: state.attributes.get(key) for key in TOLD}
        for state in states
        if state and state.entity_id == "event.flat_booking" and state.attributes.get("title")
    }
    return list(told.values())


@pytest.mark.parametrize("key", ["occupied", "next_arrival", "booking"])
async def test_shape(flat: Flat, snapshot: SnapshotAssertion, key: str) -> None:
    """What they are called and belong to."""
    owner = await flat.follow()
    registry = er.async_get(flat.hass)
    entities = er.async_entries_for_config_entry(registry, flat.entry.entry_id)
    [entity] = [one for one in entities if one.translation_key == key]
    assert entity.config_subentry_id == owner
    assert entity.unique_id == f"{flat.entry.entry_id}_{owner}_{key}"
    state = flat.hass.states.get(entity.entity_id)
    assert state
    assert snapshot(extension_class=HomeAssistantSnapshotExtension) == {
        "entity_id": entity.entity_id,
        "device_class": entity.original_device_class,
        "name": entity.original_name,
        "icon": entity.original_icon,
        "state": state.state,
        "attributes": dict(state.attributes),
    }


async def test_the_device(flat: Flat) -> None:
    """A service under the account. A visitor has neither device nor entities."""
    before = len(flat.hass.states.async_all())
    await flat.follow("visitor")
    assert len(flat.hass.states.async_all()) == before
    owner = await flat.follow()
    device = device_of(flat.hass, flat.entry.entry_id, owner)
    assert device
    account = device_of(flat.hass, flat.entry.entry_id, flat.entry.entry_id)
    assert account
    assert (device.name, device.entry_type) == ("Flat", dr.DeviceEntryType.SERVICE)
    assert device.via_device_id == account.id


async def test_who_stays_and_who_comes(flat: Flat) -> None:
    """To the minute, buffers not counted; a booking that is missing for a while still counts."""
    flat.calendar.set(booking(*TODAY), booking("2026-10-16", "2026-10-18", "Ben", uid="b"))
    owner = await flat.follow(stay={"before": {"hours": 2}, "after": {"hours": 2}})

    def shown() -> tuple[str, str]:
        return (
            value(flat.hass, "binary_sensor", owner, "occupied"),
            value(flat.hass, "sensor", owner, "next_arrival"),
        )

    assert shown() == ("off", "2026-10-12T14:00:00+00:00")
    await pass_time(flat.hass, flat.freezer, 4 * HOUR + 29 * MINUTE)
    assert shown()[0] == "off"
    await pass_time(flat.hass, flat.freezer, MINUTE)
    assert shown() == ("on", "2026-10-16T14:00:00+00:00")
    flat.calendar.set()
    await flat.wait(2 * HOUR)
    assert shown()[0] == "on"
    flat.calendar.set(booking(*TODAY))
    await flat.wait(HOUR)
    assert shown() == ("on", "unknown")
    await flat.wait(41 * HOUR - MINUTE, HOUR)
    assert shown()[0] == "on"
    await flat.wait(MINUTE)
    assert shown()[0] == "off"


async def test_nothing_is_known_before_the_calendar_was_read(flat: Flat) -> None:
    """It may be away at the start; what was known before stays."""
    flat.calendar.error = RuntimeError()
    owner = await flat.follow()
    assert value(flat.hass, "binary_sensor", owner, "occupied") == "unknown"
    flat.calendar.error = None
    flat.calendar.set(booking("2026-10-11", "2026-10-14"))
    await flat.wait(2 * MINUTE, MINUTE)
    assert value(flat.hass, "binary_sensor", owner, "occupied") == "on"
    flat.calendar.error = RuntimeError()
    await flat.wait(HOUR)
    assert value(flat.hass, "binary_sensor", owner, "occupied") == "on"


async def test_what_happens(flat: Flat) -> None:
    """Codes made and changed, a problem, a cancellation."""
    events = async_capture_events(flat.hass, EVENT_STATE_CHANGED)
    flat.calendar.set(booking("2026-10-13", "2026-10-15"))
    locks = [device_id(flat.hass, flat.entry, one) for one in (LOCK_1_ID, LOCK_2_ID)]
    await flat.follow(locks=locks)
    flat.calendar.set(booking("2026-10-13", "2026-10-16"))
    await flat.wait(2 * MINUTE, MINUTE)
    flat.sim.faults.add(Fault(kind="status", status=422, path="/n/1/netcode/*"))
    flat.calendar.set(booking("2026-10-13", "2026-10-17"))
    await flat.wait(2 * MINUTE, MINUTE)
    flat.calendar.set()
    await flat.wait(4 * HOUR)
    told = happened(events)
    assert [(one["event_type"], one["reason"]) for one in told] == [
        ("code_made", None),
        ("code_changed", None),
        ("problem", "no_code"),
        ("problem", "no_code"),
        ("cancelled", None),
    ]
    assert {one["title"] for one in told} == {"Anna"}
    assert {one["start"] for one in told} == {"2026-10-13T15:00:00+01:00"}


async def test_an_arrival(flat: Flat) -> None:
    """The first opening in the stay, with the name that the code was made for."""
    flat.calendar.set(booking(*TODAY))
    await flat.follow()
    [code] = await flat.codes()
    front = flat.sim.world.lock(LOCK_1_ID)
    row = flat.entry.runtime_data.ledger_keeper.data.get(code["id"])
    assert row
    events = async_capture_events(flat.hass, EVENT_STATE_CHANGED)
    front.add_audit("Opened by the cleaner", entry_type="Unlock")
    await read_again(flat.hass, flat.freezer)
    assert happened(events) == [], "before the stay"
    await flat.wait(5 * HOUR)
    front.add_audit("Wrong code", entry_type="Access denied")
    front.add_audit(f"Opened with NetCode {row.code}", entry_type="NetCode")
    front.add_audit("Opened by Anna", entry_type="Unlock")
    await read_again(flat.hass, flat.freezer)
    [arrived] = happened(events)
    assert (arrived["event_type"], arrived["title"], arrived["name"]) == ("arrived", "Anna", "Anna")
    await set_options(flat.hass, flat.entry, history_days=30)  # it is loaded again
    front.add_audit("Opened by Anna", entry_type="Unlock")
    await read_again(flat.hass, flat.freezer)
    assert happened(events) == [arrived]


async def test_no_code_is_in_states_or_events(flat: Flat) -> None:
    """Not in any attribute either."""
    events = async_capture_events(flat.hass, EVENT_STATE_CHANGED)
    flat.calendar.set(booking(*TODAY))
    await flat.follow()
    codes = [row.code for row in flat.entry.runtime_data.ledger_keeper.data.rows()]
    assert codes
    said = repr([event.data for event in events]) + repr(flat.hass.states.async_all())
    assert not [code for code in codes if code and code in said]


async def test_another_name(flat: Flat) -> None:
    """The device follows the title, and the entities stay."""
    owner = await flat.follow()
    subentry = flat.entry.subentries[owner]
    flat.hass.config_entries.async_update_subentry(flat.entry, subentry, title="Attic")
    await settle(flat.hass)
    device = device_of(flat.hass, flat.entry.entry_id, owner)
    assert device
    assert device.name == "Attic"
    assert state_of(flat.hass, "binary_sensor", owner, "occupied").name == "Attic Occupied"
