"""The calendar of a lock: its issued codes, with the times at which they open."""

from datetime import date, datetime, tzinfo
from typing import Any, override

from homeassistant.components.calendar import (
    EVENT_END,
    EVENT_RRULE,
    EVENT_START,
    EVENT_SUMMARY,
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEntityFeature,
    CalendarEvent,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry
from .const import CONF_CALENDAR_ISSUES, CONF_DELIVER_TO, CONF_SHOW_CODES_IN_CALENDAR
from .entity import NetcodeEntity, async_add_netcode_entities
from .errors import invalid, translated
from .issuing.issue import IssuedCode, RequestSource
from .issuing.markup import one_line
from .issuing.netcode_lock import KeptCode, netcode_lock
from .issuing.order import Order, OrderedLock, async_order
from .issuing.withdraw import async_notify, async_notify_withdrawn, async_withdraw
from .localize import localized, moment_words, plain
from .netcode.ledger import Issued, State
from .netcode.windows import WindowRequest
from .permission import async_entity_caller
from .polling.spending import spending

PARALLEL_UPDATES = 1

NETCODES = CalendarEntityDescription(key="netcodes", translation_key="netcodes")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the calendars."""
    await async_add_netcode_entities(
        entry, async_add_entities, lambda owner: NetcodesCalendar(entry, owner, NETCODES)
    )


class NetcodesCalendar(NetcodeEntity, CalendarEntity):
    """The codes of a lock. A new event makes a code, if the option allows it."""

    @property
    @override
    def supported_features(self) -> CalendarEntityFeature:
        """Deleting is always possible, creating only with the option."""
        if self._entry.runtime_data.options[CONF_CALENDAR_ISSUES]:
            return CalendarEntityFeature.CREATE_EVENT | CalendarEntityFeature.DELETE_EVENT
        return CalendarEntityFeature.DELETE_EVENT

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The active code, or else the next one."""
        coming = self.coordinator.data.between(self.owner, dt_util.utcnow())
        return self._event(coming[0], self._location) if coming else None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the codes that open within a period."""
        location = self._location
        return [
            self._event(row, location)
            for row in self.coordinator.data.between(self.owner, start_date, end_date)
        ]

    @property
    def _location(self) -> str | None:
        """The lock's name: one view may show many calendars."""
        lock = netcode_lock(self._entry, self.owner)
        return lock.name if lock else None

    def _event(self, row: Issued, location: str | None) -> CalendarEvent:
        now = dt_util.utcnow()
        # Home Assistant shows events in its own zone, so the description is in that zone, too.
        zone = dt_util.get_default_time_zone()
        name = row.name or localized(self.hass, "nobody_named")
        withdrawn = row.state(now) is State.WITHDRAWN
        lines = [
            localized(
                self.hass,
                "calendar_description",
                start=moment_words(self.hass, row.requested_start, zone),
                end=moment_words(self.hass, row.requested_end, zone, after=row.requested_start),
            )
        ]
        if withdrawn:
            lines.append(localized(self.hass, "calendar_withdrawn_description"))
        if row.code and self._entry.runtime_data.options[CONF_SHOW_CODES_IN_CALENDAR]:
            lines.append(localized(self.hass, "calendar_code", netcode=row.code))
        return CalendarEvent(
            start=row.start.astimezone(zone),
            end=row.end.astimezone(zone),
            summary=localized(self.hass, "calendar_withdrawn", name=name) if withdrawn else name,
            description="\n".join(lines),
            location=location,
            uid=row.id,
        )

    @override
    async def async_create_event(self, **kwargs: Any) -> None:
        """Issue a code for the time of an event, and send it to those who are to get it."""
        options = self._entry.runtime_data.options
        if not options[CONF_CALENDAR_ISSUES]:
            raise invalid("calendar_does_not_issue")
        if kwargs.get(EVENT_RRULE):
            raise invalid("calendar_recurrence")
        lock = netcode_lock(self._entry, self.owner)
        if lock is None:
            raise invalid("not_a_lock", device=self.owner)
        if lock.clock_problem:  # A calendar cannot show a warning.
            raise invalid(lock.clock_problem)
        device = self._entry.runtime_data.device(self.owner)
        ordered = OrderedLock(
            entry=self._entry,
            data=self._entry.runtime_data,
            lock=lock,
            device_id=device.id if device else self.owner,
            request=WindowRequest(
                start=_event_moment(kwargs[EVENT_START], lock.zone),
                end=_event_moment(kwargs[EVENT_END], lock.zone),
            ),
            recipients=tuple(options[CONF_DELIVER_TO]),
        )
        name = kwargs[EVENT_SUMMARY].strip() or None
        caller = await async_entity_caller(self.hass, self._context)
        order = Order(
            locks=(ordered,),
            source=RequestSource.CALENDAR,
            name=name,
            user_id=caller.user_id,
        )
        with spending(uses_reserve=caller.uses_reserve):
            outcome = await async_order(self.hass, order)
        for code in outcome.codes:
            self._notify_warnings(code)
        if not all(code.is_kept for code in outcome.codes):
            raise HomeAssistantError(**translated("made_not_kept"))
        failed = dict.fromkeys(row["entity_id"] for row in outcome.deliveries if not row["ok"])
        if failed:
            raise HomeAssistantError(**translated("made_not_sent", names=", ".join(failed)))

    def _notify_warnings(self, code: IssuedCode) -> None:
        """Show what a user should know about a code that was made here."""
        if code.warnings:
            name = plain(one_line(code.row.name or ""))
            lines = filter(None, [name, *(warning.text for warning in code.warnings)])
            async_notify(self.hass, code, "warnings", lines)

    @override
    async def async_delete_event(
        self, uid: str, recurrence_id: str | None = None, recurrence_range: str | None = None
    ) -> None:
        """Mark a code withdrawn: it cannot be revoked, so it stays listed until its end."""
        row = self.coordinator.data.get(uid)
        if row is None or row.owner != self.owner:
            raise invalid("unknown_netcode")
        await async_withdraw(self.coordinator, [uid])
        lock = netcode_lock(self._entry, self.owner)
        if lock and row.end > dt_util.utcnow():
            async_notify_withdrawn(self.hass, KeptCode(lock=lock, row=row))


def _event_moment(value: date | datetime, zone: tzinfo) -> datetime:
    """Return the time of an event; a whole day begins at midnight at the lock."""
    if isinstance(value, datetime):
        return dt_util.as_local(value)
    return datetime(value.year, value.month, value.day, tzinfo=zone)
