"""A flat whose guests come by a calendar of Home Assistant, with phones for guests and the host."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, override

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.calendar import DATA_COMPONENT, CalendarEntity, CalendarEvent
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import device_id, listed, netcode_calls
from tests.conftest import settle
from tests.helpers import pass_time
from tests.issuing.test_delivery import Phone, add_phones
from tests.simulator import LOCK_1_ID, Simulator

MINUTE = timedelta(minutes=1)
QUARTER = 15 * MINUTE
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class GuestCalendar(CalendarEntity):
    """A calendar that gives its events, unless it fails."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, name: str = "Flat") -> None:
        """Begin without events."""
        self._attr_name = name
        self._attr_unique_id = name
        self.events: list[CalendarEvent] = []
        self.error: Exception | None = None
        self.asked: list[tuple[datetime, datetime]] = []
        self.meanwhile: Callable[[], None] | None = None

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The first event."""
        return self.events[0] if self.events else None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the events."""
        self.asked.append((start_date, end_date))
        if self.meanwhile:
            self.meanwhile()
        if self.error:
            raise self.error
        return list(self.events)

    def set(self, *events: CalendarEvent) -> None:
        """Change the events, as another program does: Home Assistant hears of it."""
        self.events = list(events)
        self.async_write_ha_state()


def booking(
    first: str, last: str, title: str = "Anna", uid: str | None = "a", **more: Any
) -> CalendarEvent:
    """Return a booking of some nights, or with times."""
    times: list[date] = [
        datetime.fromisoformat(one) if len(one) > 10 else date.fromisoformat(one)
        for one in (first, last)
    ]
    return CalendarEvent(start=times[0], end=times[1], summary=title, uid=uid, **more)


async def add_calendar(hass: HomeAssistant, name: str = "Flat") -> GuestCalendar:
    """Add the calendar `calendar.flat`."""
    assert await async_setup_component(hass, "calendar", {})
    calendar = GuestCalendar(name)
    await hass.data[DATA_COMPONENT].async_add_entities([calendar])
    await settle(hass)
    return calendar


async def remove_calendars(hass: HomeAssistant) -> None:
    """Remove the calendars, which have timers."""
    for calendar in list(hass.data[DATA_COMPONENT].entities):
        if isinstance(calendar, GuestCalendar):
            await calendar.async_remove()


@dataclass
class Flat:
    """A flat with a K3 lock."""

    hass: HomeAssistant
    sim: Simulator
    freezer: FrozenDateTimeFactory
    entry: CodelocksConfigEntry
    calendar: GuestCalendar
    guest: Phone = field(default_factory=lambda: Phone("Guest"))
    host: Phone = field(default_factory=lambda: Phone("Host"))

    async def follow(self, kind: str = "bookings", **changes: Any) -> str:
        """Add a subentry as its form stores it; returns its id."""
        subentry = ConfigSubentry(
            data=MappingProxyType(self.data(kind, **changes)),
            subentry_type=kind,
            title="Flat" if kind == "bookings" else "Cleaner",
            unique_id=None,
        )
        self.hass.config_entries.async_add_subentry(self.entry, subentry)
        await settle(self.hass)
        return subentry.subentry_id

    def data(self, kind: str, **changes: Any) -> dict[str, Any]:
        """Return what a subentry stores, with some changes."""
        known: dict[str, Any] = {
            "locks": [device_id(self.hass, self.entry, LOCK_1_ID)],
            "telling": {
                "lead": {"days": 2 if kind == "bookings" else 1},
                "notify_entity_id": ["notify.guest"],
                "tell_owner": ["notify.host"],
            },
        }
        if kind == "bookings":
            known |= {"calendar_entity_id": "calendar.flat", "stay": {}, "more": {}}
        else:
            known |= {"days": ["tue", "fri"], "starts": "09:00:00", "ends": "12:00:00"}
        for name, value in changes.items():
            old = known.get(name)
            both = isinstance(old, dict) and isinstance(value, dict)
            known[name] = old | value if both else value
        return known

    async def change(self, subentry_id: str, **changes: Any) -> None:
        """Change a subentry."""
        subentry = self.entry.subentries[subentry_id]
        data = self.data(subentry.subentry_type, **changes)
        self.hass.config_entries.async_update_subentry(self.entry, subentry, data=data)
        await settle(self.hass)

    async def wait(self, length: timedelta, step: timedelta = QUARTER) -> None:
        """Let time pass."""
        times, rest = divmod(length, step)
        await pass_time(self.hass, self.freezer, step, times)
        if rest:
            await pass_time(self.hass, self.freezer, rest)

    async def look(self) -> None:
        """Let the next look come."""
        await self.wait(QUARTER + MINUTE)

    async def codes(self) -> list[dict[str, Any]]:
        """Return the codes that nobody withdrew, by start."""
        return [row for row in await listed(self.hass) if row["state"] != "withdrawn"]

    async def windows(self) -> list[tuple[str, str]]:
        """Return when they open, as the lock's clock shows it."""
        return [(row["start"][5:13], row["end"][5:13]) for row in await self.codes()]

    @property
    def calls(self) -> int:
        """How many NetCode calls were made."""
        return len(netcode_calls(self.sim))

    @property
    def told(self) -> list[str]:
        """What the guest was told."""
        return [message for message, _ in self.guest.messages]

    @property
    def host_told(self) -> list[str]:
        """What the host was told."""
        return [message for message, _ in self.host.messages]

    async def crash(self, hass_storage: dict[str, Any], left: dict[str, Any]) -> None:
        """Start Home Assistant again with the files that a crash left."""
        assert await self.hass.config_entries.async_unload(self.entry.entry_id)
        self.hass.data.pop(f"{DOMAIN}_call_counters")
        self.hass.data.pop(f"{DOMAIN}_unwritten", None)
        hass_storage.clear()
        hass_storage.update(left)
        assert await self.hass.config_entries.async_setup(self.entry.entry_id)
        await settle(self.hass)


async def make_flat(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory, entry: CodelocksConfigEntry
) -> Flat:
    """Return a flat in an account."""
    flat = Flat(hass, sim, freezer, entry, await add_calendar(hass))
    await add_phones(hass, flat.guest, flat.host)
    return flat


@pytest.fixture
async def flat(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    entry: CodelocksConfigEntry,
) -> AsyncIterator[Flat]:
    """Return a flat with a calendar and two phones."""
    flat = await make_flat(hass, sim, freezer, entry)
    yield flat
    await remove_calendars(hass)
