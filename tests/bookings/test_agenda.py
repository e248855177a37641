"""Reading a calendar: whatever it gives, and whatever it does not."""

import asyncio
from datetime import date, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.codelocks.bookings import agenda
from custom_components.codelocks.bookings.agenda import MAX_EVENTS, Agenda
from tests.bookings.flat import DAY, GuestCalendar, add_calendar, booking, remove_calendars


@pytest.fixture
async def calendar(hass: HomeAssistant) -> Any:
    """Add the calendar `calendar.flat`."""
    yield await add_calendar(hass)
    await remove_calendars(hass)


async def test_what_is_read(hass: HomeAssistant, calendar: GuestCalendar) -> None:
    """With uid and recurrence id, from the day before yesterday to more than a year ahead."""
    now = dt_util.utcnow()
    calendar.events = [booking("2026-10-13", "2026-10-15", recurrence_id="r", description="words")]
    found = await Agenda(hass, "calendar.flat").async_events(now)
    assert found
    [event] = found
    assert (event.uid, event.recurrence_id, event.title) == ("a", "r", "Anna")
    assert (event.start, event.end) == (date(2026, 10, 13), date(2026, 10, 15))
    assert event.description == "words"
    assert calendar.asked == [(now - 2 * DAY, now + 400 * DAY)]


@pytest.mark.parametrize(
    "error", [HomeAssistantError("no"), RuntimeError("a bug"), TimeoutError(), KeyError("x")]
)
async def test_a_calendar_that_raises(
    hass: HomeAssistant, calendar: GuestCalendar, error: Exception
) -> None:
    """It cannot be read."""
    calendar.error = error
    assert await Agenda(hass, "calendar.flat").async_events(dt_util.utcnow()) is None


async def test_calendars_that_are_not_there(hass: HomeAssistant, calendar: GuestCalendar) -> None:
    """Missing, unavailable, of another kind."""
    now = dt_util.utcnow()
    assert await Agenda(hass, "calendar.gone").async_events(now) is None
    assert await Agenda(hass, "light.flat").async_events(now) is None
    assert await Agenda(hass, "").async_events(now) is None
    calendar._attr_available = False
    assert await Agenda(hass, "calendar.flat").async_events(now) is None


async def test_home_assistant_without_calendars(hass: HomeAssistant) -> None:
    """None was ever set up."""
    assert await Agenda(hass, "calendar.flat").async_events(dt_util.utcnow()) is None


async def test_a_calendar_that_hangs(
    hass: HomeAssistant, calendar: GuestCalendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it for ever."""
    never = asyncio.Event()

    async def hang(*_: Any) -> list[Any]:
        await never.wait()
        return []

    monkeypatch.setattr(agenda, "TIMEOUT", timedelta())
    monkeypatch.setattr(calendar, "async_get_events", hang)
    assert await Agenda(hass, "calendar.flat").async_events(dt_util.utcnow()) is None


@pytest.mark.parametrize("given", [None, 7, [[]], "text", {"a": 1}])
async def test_what_is_no_list_of_events(
    hass: HomeAssistant, calendar: GuestCalendar, monkeypatch: pytest.MonkeyPatch, given: Any
) -> None:
    """An odd answer is no booking, and never an error."""

    async def give(*_: Any) -> Any:
        return given

    monkeypatch.setattr(calendar, "async_get_events", give)
    found = await Agenda(hass, "calendar.flat").async_events(dt_util.utcnow())
    assert not found
    assert (found is None) is (given in (None, 7))


async def test_too_many_events(
    hass: HomeAssistant, calendar: GuestCalendar, freezer: FrozenDateTimeFactory
) -> None:
    """The earliest count: who comes in years can wait."""
    freezer.move_to("2026-10-12")
    first = date(2026, 10, 13)
    calendar.events = [
        booking(
            (first + timedelta(days=number)).isoformat(),
            (first + timedelta(days=number + 1)).isoformat(),
            uid=str(number),
        )
        for number in range(MAX_EVENTS + 20)
    ][::-1]
    found = await Agenda(hass, "calendar.flat").async_events(dt_util.utcnow())
    assert found
    assert len(found) == MAX_EVENTS
    assert found[0].start == first


async def test_what_is_as_before_is_not_read_again(
    hass: HomeAssistant, calendar: GuestCalendar
) -> None:
    """An event that changed is, even where it is changed in its place."""
    agenda = Agenda(hass, "calendar.flat")
    calendar.events = [booking("2026-10-13", "2026-10-15"), booking("2026-10-15", "2026-10-16")]
    first = await agenda.async_events(dt_util.utcnow())
    calendar.events[1].summary = "Ben"
    second = await agenda.async_events(dt_util.utcnow())
    assert first
    assert second
    assert second[0] is first[0]
    assert [event.title for event in second] == ["Anna", "Ben"]
    calendar.events[0].summary = ["odd"]  # type: ignore[assignment] # whatever it gives
    third = await agenda.async_events(dt_util.utcnow())
    assert third
    assert [event.title for event in third] == ["", "Ben"]
