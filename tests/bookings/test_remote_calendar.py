"""Exports of booking sites, through Home Assistant's own remote calendar."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.test_utils import TestServer
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.bookings.flat import HOUR, Flat
from tests.conftest import settle

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Booking site//EN\r\n"
END = "END:VCALENDAR\r\n"
"""Lines end as RFC 5545 wants it."""


def export(*events: str) -> str:
    """Return a file with events, each given by its lines."""
    texts = [event.strip().replace("\n", "\r\n") for event in events]
    return HEAD + "".join(f"BEGIN:VEVENT\r\n{text}\r\nEND:VEVENT\r\n" for text in texts) + END


ANNA = """
DTSTAMP:20261001T000000Z
DTSTART;VALUE=DATE:20261013
DTEND;VALUE=DATE:20261015
SUMMARY:Reserved
UID:{uid}
DESCRIPTION:Reservation URL: https://example.com/hosting/reservations/detai
 ls/HMANNA\\nPhone Number (Last 4 Digits): 1234
"""
BLOCKED = """
DTSTAMP:20261001T000000Z
DTSTART;VALUE=DATE:20261015
DTEND;VALUE=DATE:20261017
SUMMARY:Airbnb (Not available)
UID:{uid}
"""


class Site:
    """A booking site whose export can be changed."""

    text = export()
    status = 200

    async def answer(self, _: web.Request) -> web.Response:
        """Give the export."""
        return web.Response(text=self.text, content_type="text/calendar", status=self.status)


@pytest.fixture
async def site(flat: Flat) -> AsyncIterator[Site]:
    """Run a site, and follow its calendar."""
    site = Site()
    app = web.Application()
    app.router.add_get("/flat.ics", site.answer)
    async with TestServer(app) as server:
        entry = MockConfigEntry(
            domain="remote_calendar",
            data={"calendar_name": "Site", "url": str(server.make_url("/flat.ics"))},
        )
        entry.add_to_hass(flat.hass)
        assert await flat.hass.config_entries.async_setup(entry.entry_id)
        await settle(flat.hass)
        yield site
        assert await flat.hass.config_entries.async_unload(entry.entry_id)


async def read(flat: Flat, site: Site, text: str) -> None:
    """Have an export read."""
    site.text = text
    [entry] = flat.hass.config_entries.async_entries("remote_calendar")
    await entry.runtime_data.async_refresh()
    await settle(flat.hass)


async def test_other_ids_at_each_export(flat: Flat, site: Site) -> None:
    """A guest gets one code, told once; blocked days get none."""
    await read(flat, site, export(ANNA.format(uid="0"), BLOCKED.format(uid="00")))
    await flat.follow(calendar_entity_id="calendar.site")
    assert (flat.calls, len(flat.told)) == (1, 1)
    assert await flat.windows() == [("10-13T00", "10-16T00")]
    for number in range(1, 5):
        await read(flat, site, export(ANNA.format(uid=number), BLOCKED.format(uid=f"{number}b")))
        await flat.look()
    await flat.wait(6 * HOUR)
    assert (flat.calls, len(flat.told), flat.host_told) == (1, 1, [])


@pytest.mark.parametrize(
    "end",
    ["", "DTEND;VALUE=DATE:20261013\n", "DTEND;VALUE=DATE:20261014\n", "DURATION:P1D\n"],
)
async def test_a_night_however_it_is_written(flat: Flat, site: Site, end: str) -> None:
    """Without an end, or with the day of its start as end, it is one night."""
    lines = f"DTSTAMP:20261001T000000Z\nDTSTART;VALUE=DATE:20261013\n{end}SUMMARY:Ben\nUID:b"
    await read(flat, site, export(lines))
    await flat.follow(calendar_entity_id="calendar.site")
    assert [code["name"] for code in await flat.codes()] == ["Ben"]
    assert await flat.windows() == [("10-13T00", "10-15T00")]


async def test_times_in_zones(flat: Flat, site: Site) -> None:
    """Events with times have their own, in whatever zone they are written."""
    times = (
        "DTSTART:20261013T130000Z\nDTEND:20261013T150000Z",
        "DTSTART;TZID=America/New_York:20261013T120000\nDTEND;TZID=America/New_York:20261013T140000",
        "DTSTART:20261013T200000\nDTEND:20261013T220000",
    )
    events = [
        f"DTSTAMP:20261001T000000Z\n{time}\nSUMMARY:G{number}\nUID:{number}"
        for number, time in enumerate(times)
    ]
    await read(flat, site, export(*events))
    await flat.follow(calendar_entity_id="calendar.site")
    found = {code["name"]: datetime.fromisoformat(code["start"]) for code in await flat.codes()}
    assert found == {
        "G0": datetime(2026, 10, 13, 13, tzinfo=UTC),
        "G1": datetime(2026, 10, 13, 16, tzinfo=UTC),
        "G2": datetime(2026, 10, 13, 20, tzinfo=dt_util.get_default_time_zone()),
    }


async def test_a_series_with_an_exception(flat: Flat, site: Site) -> None:
    """Each of the events that repeat is a booking; one that is moved alone moves alone."""
    series = (
        "DTSTAMP:20261001T000000Z\nDTSTART;TZID=Europe/Berlin:20261013T100000\nDTEND;TZID=Europe/Berlin:20261013T120000\n"
        "RRULE:FREQ=DAILY;COUNT=3\nSUMMARY:Class\nUID:s"
    )
    moved = (
        "DTSTAMP:20261001T000000Z\nRECURRENCE-ID;TZID=Europe/Berlin:20261014T100000\n"
        "DTSTART;TZID=Europe/Berlin:20261014T160000\nDTEND;TZID=Europe/Berlin:20261014T180000\nSUMMARY:Class\nUID:s"
    )
    await read(flat, site, export(series))
    await flat.follow(calendar_entity_id="calendar.site", telling={"lead": {"days": 7}})
    assert (flat.calls, len(flat.told)) == (3, 3)
    await flat.look()
    await read(flat, site, export(series, moved))
    await flat.look()
    assert (flat.calls, len(flat.told)) == (4, 4)
    assert len(await flat.codes()) == 3
    without = series.replace("SUMMARY", "EXDATE;TZID=Europe/Berlin:20261015T100000\nSUMMARY")
    await read(flat, site, export(without, moved))
    await flat.wait(4 * HOUR)
    assert len(await flat.codes()) == 2
    assert (flat.calls, len(flat.told), len(flat.host_told)) == (4, 4, 1)


@pytest.mark.parametrize(
    "spoilt",
    [
        "DTSTART;VALUE=DATE:20261013\nDTEND:20261014T100000Z\nSUMMARY:Odd",
        "DTSTART:20261013T100000Z\nDTEND:20261013T100000Z\nSUMMARY:Odd",
        "no line of a calendar",
    ],
)
async def test_an_export_with_a_spoilt_event(flat: Flat, site: Site, spoilt: str) -> None:
    """Whether it is read without that event or not at all, guests keep their codes."""
    await read(flat, site, export(ANNA.format(uid="a")))
    await flat.follow(calendar_entity_id="calendar.site")
    odd = f"DTSTAMP:20261001T000000Z\nUID:x\n{spoilt}"
    await read(flat, site, export(ANNA.format(uid="a"), odd))
    await flat.wait(6 * HOUR)
    names = [code["name"] for code in await flat.codes()]
    assert "Reserved" in names
    assert flat.host_told == []


async def test_a_site_that_is_down(flat: Flat, site: Site) -> None:
    """Nothing is cancelled, and the owner hears of it after a day."""
    await read(flat, site, export(ANNA.format(uid="a")))
    await flat.follow(calendar_entity_id="calendar.site")
    site.status = 500
    await read(flat, site, "")
    await flat.wait(25 * HOUR, HOUR)
    assert (len(await flat.codes()), len(flat.told), len(flat.host_told)) == (1, 1, 1)
    site.status = 200
    await read(flat, site, export(ANNA.format(uid="a")))
    await flat.look()
    assert (flat.calls, len(flat.host_told)) == (1, 2)
