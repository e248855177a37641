"""The blueprints that follow the entities of bookings, run from their real files."""

from typing import Any

from homeassistant.core import Event, HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from tests.bookings.flat import DAY, HOUR, MINUTE, Flat, booking, flat
from tests.conftest import settle

__all__ = ["flat"]

pytestmark = pytest.mark.usefixtures("our_blueprints")

OCCUPIED = "binary_sensor.flat_occupied"
NEXT = "sensor.flat_next_arrival"


async def automate(hass: HomeAssistant, blueprint: str, **inputs: Any) -> None:
    """Make an automation from a blueprint, about the flat."""
    use = {
        "path": f"codelocks/{blueprint}.yaml",
        "input": {"occupied": OCCUPIED, "next_arrival": NEXT} | inputs,
    }
    config = {"automation": [{"id": "17", "alias": "Ours", "use_blueprint": use}]}
    assert await async_setup_component(hass, "automation", config)
    await settle(hass)
    assert hass.states.is_state("automation.ours", "on"), "its configuration is valid"


def did(events: list[Event]) -> list[str]:
    """Return what was done so far, and forget it."""
    done = [event.data["what"] for event in events]
    events.clear()
    return done


async def test_heat_before_arrival(flat: Flat) -> None:
    """Warm once before each arrival, cool after departure, and not between two near guests."""
    events = async_capture_events(flat.hass, "test_heating")
    flat.calendar.set(
        booking("2026-10-13", "2026-10-15"), booking("2026-10-17", "2026-10-18", "Tom", "b")
    )
    await flat.follow()
    await automate(
        flat.hass,
        "heat_before_arrival",
        before={"hours": 5},
        warm=[{"event": "test_heating", "event_data": {"what": "{{ arrival }}"}}],
        empty=[{"event": "test_heating", "event_data": {"what": "cool"}}],
    )
    assert did(events) == []
    await flat.wait(DAY)  # 09:30 UTC, less than five hours before 15:00 in London
    assert did(events) == ["2026-10-13T14:00:00+00:00"]
    await flat.wait(DAY)
    assert did(events) == [], "it warms once"
    await flat.wait(2 * DAY)
    assert did(events) == ["cool"]

    # Tom comes four hours after the others have left.
    flat.calendar.set(
        booking("2026-10-16T09:00:00+00:00", "2026-10-17T10:00:00+00:00"),
        booking("2026-10-17", "2026-10-18", "Tom", "b"),
    )
    await flat.wait(12 * HOUR)
    did(events)
    await flat.wait(16 * HOUR)
    assert did(events) == ["2026-10-17T14:00:00+00:00"], "warm, and not cooled meanwhile"


async def test_heat_after_a_restart(flat: Flat) -> None:
    """Guests who are near when Home Assistant starts find it warm."""
    events = async_capture_events(flat.hass, "test_heating")
    flat.calendar.set(booking("2026-10-12", "2026-10-15"))
    await flat.follow()
    action = [{"event": "test_heating", "event_data": {"what": "warm"}}]
    await automate(flat.hass, "heat_before_arrival", before={"days": 1}, warm=action)
    flat.hass.bus.async_fire("homeassistant_start")
    await settle(flat.hass)
    assert len(did(events)) <= 1
    await flat.wait(DAY)
    assert did(events) == []


async def test_tell_the_cleaner(flat: Flat) -> None:
    """The flat is free, and until when; no code is in the message."""
    flat.calendar.set(
        booking("2026-10-12", "2026-10-13"), booking("2026-10-14", "2026-10-16", "Tom", "b")
    )
    await flat.follow(telling={"notify_entity_id": []})
    await automate(flat.hass, "tell_the_cleaner_after_departure", notify=["notify.guest"])
    await flat.wait(22 * HOUR)
    assert flat.told == []
    await flat.wait(3 * HOUR, MINUTE * 5)
    [said] = flat.told
    assert said.startswith("Flat is free. Next arrival: 2026-10-14 ")
    await flat.wait(DAY)
    assert len(flat.told) == 1


async def test_in_ones_own_words(flat: Flat) -> None:
    """Words of one's own, and a condition."""
    flat.calendar.set(booking("2026-10-12", "2026-10-13"))
    await flat.follow(telling={"notify_entity_id": []})
    await automate(
        flat.hass,
        "tell_the_cleaner_after_departure",
        notify=["notify.guest", "notify.host"],
        words="{flat}: clean, {next}",
        only_if=[
            {
                "condition": "template",
                "value_template": "{{ is_state('binary_sensor.flat_occupied', 'off') }}",
            }
        ],
    )
    await flat.wait(DAY + HOUR)
    assert flat.told == ["Flat: clean, -"]
    assert flat.host_told == flat.told
