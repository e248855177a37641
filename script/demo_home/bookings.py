"""The demo's guests: two flats with a calendar each, and a cleaner, set up as a user does it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .console import DemoError
from .phone import PHONE
from .registry import Device
from .session import Session, until
from .setting_up import ENTRIES, FormError, entries

LAKE_VIEW, ATTIC = "Lake view", "Attic flat"
LAKE_VIEW_CALENDAR, ATTIC_CALENDAR = "calendar.lake_view_bookings", "calendar.attic_bookings"
SITE_LINK = "https://www.airbnb.com/hosting/reservations/details/{}"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """A booking: title, first night, day of departure, and what the booking site knows it by."""

    title: str
    first: date
    last: date
    number: str = ""


def ical(stays: Iterable[Stay]) -> str:
    """Return an iCal file as booking sites write it: whole days, a link, the phone's last digits.

    Airbnb's export calls each booking "Reserved", and blocked days "Airbnb (Not available)".
    """
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN", "VERSION:2.0"]
    for stay in stays:
        lines += [
            "BEGIN:VEVENT",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART;VALUE=DATE:{stay.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{stay.last:%Y%m%d}",
            f"SUMMARY:{stay.title}",
            f"UID:{stay.number or stay.first.isoformat()}@airbnb.com",
        ]
        if stay.number:
            link = SITE_LINK.format(stay.number)
            lines.append(
                f"DESCRIPTION:Reservation URL: {link}\\nPhone Number (Last 4 Digits): 0199"
            )
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


async def add_calendar(user: Session, name: str, file: str | None = None) -> None:
    """Add a local calendar, empty or with the events of an iCal file."""
    flow = f"{ENTRIES}/flow"
    form = await user.post(flow, handler="local_calendar")
    answer = await user.post(
        f"{flow}/{form['flow_id']}",
        calendar_name=name,
        **{"import": "import_ics_file" if file else "create_empty"},
    )
    if file:
        uploaded = await user.upload("/api/file_upload", "bookings.ics", file)
        answer = await user.post(f"{flow}/{form['flow_id']}", ics_file=uploaded["file_id"])
    if answer["type"] != "create_entry":
        raise DemoError(f"the calendar {name} was not added: {answer}")


async def book(user: Session, calendar: str, stay: Stay) -> None:
    """Enter a booking, as a host does by hand."""
    await user.act_only(
        "calendar.create_event",
        entity_id=calendar,
        summary=stay.title,
        start_date=stay.first.isoformat(),
        end_date=stay.last.isoformat(),
    )


async def change_booking(user: Session, calendar: str, title: str, first: date, last: date) -> None:
    """Move a booking, as a host does in the calendar."""
    start, end = date.today() - _DAY, date.today() + 90 * _DAY  # noqa: DTZ011 - of the demo's house
    events = await user.get(f"/api/calendars/{calendar}?start={start}T00:00:00&end={end}T00:00:00")
    [event] = [one for one in events if one["summary"] == title]
    async with user.socket() as socket:
        await socket.ask(
            "calendar/event/update",
            entity_id=calendar,
            uid=event["uid"],
            event={"summary": title, "dtstart": first.isoformat(), "dtend": last.isoformat()},
        )


async def follow(user: Session, kind: str, **filled: Any) -> None:
    """Go through the form of bookings or of a visitor; what is not filled in stays as it is."""
    entry = (await entries(user))[0]
    flow = f"{ENTRIES}/subentries/flow"
    form = await user.post(flow, handler=[entry["entry_id"], kind])
    answer = await user.post(f"{flow}/{form['flow_id']}", **_defaults(form["data_schema"], filled))
    if answer["type"] != "create_entry":
        raise FormError(answer.get("errors", {"form": str(answer)}))


def _defaults(fields: list[dict[str, Any]], filled: dict[str, Any]) -> dict[str, Any]:
    """Return a filled form: the given values, else the defaults, section by section."""
    found: dict[str, Any] = {}
    for field in fields:
        name = field["name"]
        if "schema" in field:
            found[name] = _defaults(field["schema"], filled.get(name, {}))
        elif name in filled or "default" in field:
            found[name] = filled.get(name, field.get("default"))
    return found


async def follow_bookings(
    user: Session, name: str, calendar: str, locks: Iterable[Device], **stay: Any
) -> None:
    """Follow a calendar for some locks; guests and owner share the demo's phone."""
    await follow(
        user,
        "bookings",
        name=name,
        calendar_entity_id=calendar,
        locks=[lock.id for lock in locks],
        stay=stay,
        telling={"notify_entity_id": [PHONE], "tell_owner": [PHONE]},
    )


async def codes_of(user: Session, name: str) -> list[dict[str, Any]]:
    """Return the codes for somebody that nobody withdrew."""
    rows: list[dict[str, Any]] = (await user.act("codelocks.get_netcodes"))["netcodes"]
    return [row for row in rows if row["name"] == name and row["state"] != "withdrawn"]


async def until_codes(user: Session, name: str, locks: Iterable[Device]) -> list[dict[str, Any]]:
    """Wait until somebody has a code for each of the locks; return them."""
    wanted = {lock.id for lock in locks}
    found: list[dict[str, Any]] = []

    async def made() -> bool:
        found[:] = await codes_of(user, name)
        return {row["device_id"] for row in found} == wanted

    await until(made, f"the codes for {name}")
    return found


async def populate(user: Session, locks: dict[str, Device], today: date) -> None:
    """Add two flats with their bookings, and a cleaner who comes on two days a week."""

    def stay(title: str, first: int, last: int, number: str = "") -> Stay:
        return Stay(title, today + first * _DAY, today + last * _DAY, number)

    site = [
        stay("Reserved", -2, 1, "HMA4KT2R9Q"),
        stay("Reserved", 1, 4, "HMB7ZP3X1C"),
        stay("Airbnb (Not available)", 4, 6),
        stay("Reserved", 8, 15, "HMC2WD8Y5N"),
    ]
    await add_calendar(user, "Lake view bookings", ical(site))
    await add_calendar(user, "Attic bookings")
    for one in (stay("Ines Duarte", 0, 3), stay("Okafor", 5, 7), stay("Lindqvist", 20, 29)):
        await book(user, ATTIC_CALENDAR, one)
    doors = [locks["Front door"], locks["Garden studio"]]
    await follow_bookings(user, LAKE_VIEW, LAKE_VIEW_CALENDAR, doors)
    await follow_bookings(
        user, ATTIC, ATTIC_CALENDAR, [locks["Front door"], locks["Bike shed"]], check_in="16:00:00"
    )
    await follow(
        user,
        "visitor",
        name="Cleaner",
        locks=[locks["Garden studio"].id],
        days=["mon", "thu"],
        starts="11:00:00",
        ends="14:00:00",
        notify_entity_id=[PHONE],
    )
    await until_codes(user, "Ines Duarte", [locks["Front door"], locks["Bike shed"]])
