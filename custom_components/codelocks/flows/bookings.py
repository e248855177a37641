"""Adding and changing a calendar of bookings."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.calendar import DOMAIN as CALENDAR_DOMAIN
from homeassistant.data_entry_flow import section
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TimeSelector,
)
from homeassistant.helpers.typing import VolDictType
import probatio

from ..bookings.settings import DEFAULT_IGNORE, LONGEST_BUFFER, Fit, InviteAs, WholeDaysEnd
from ..bookings.values import read_length
from ..const import (
    CONF_AFTER,
    CONF_BEFORE,
    CONF_CALENDAR_ENTITY_ID,
    CONF_CHECK_IN,
    CONF_CHECK_OUT,
    CONF_FIT,
    CONF_IGNORE,
    CONF_INVITE,
    CONF_KEEP_CALLS,
    CONF_LOCKS,
    CONF_WHOLE_DAYS_END,
    DOMAIN,
    SUBENTRY_BOOKINGS,
)
from .fields import whole_number
from .guests import LENGTH, WHO, GuestsFlow, overlap, telling, telling_error

STAY, TELLING, MORE = "stay", "telling", "more"
"""The sections, by which the fields are stored."""


def _choice(options: type[Fit | InviteAs | WholeDaysEnd], key: str) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(options=[option.value for option in options], translation_key=key)
    )


def _calendar(exclude: list[str]) -> EntitySelector:
    return EntitySelector(EntitySelectorConfig(domain=CALENDAR_DOMAIN, exclude_entities=exclude))


_STAY: VolDictType = {
    probatio.Required(CONF_CHECK_IN, default="15:00:00"): TimeSelector(),
    probatio.Required(CONF_CHECK_OUT, default="11:00:00"): TimeSelector(),
    probatio.Required(CONF_WHOLE_DAYS_END, default=WholeDaysEnd.NEXT_DAY.value): _choice(
        WholeDaysEnd, CONF_WHOLE_DAYS_END
    ),
    probatio.Required(CONF_BEFORE, default={"hours": 0}): LENGTH,
    probatio.Required(CONF_AFTER, default={"hours": 0}): LENGTH,
    probatio.Required(CONF_FIT, default=Fit.AUTO.value): _choice(Fit, "stay_fit"),
}
_MORE: VolDictType = {
    probatio.Optional(CONF_IGNORE, default=[*DEFAULT_IGNORE]): TextSelector(
        TextSelectorConfig(multiple=True)
    ),
    probatio.Required(CONF_INVITE, default=InviteAs.OFF.value): _choice(InviteAs, CONF_INVITE),
    probatio.Required(CONF_KEEP_CALLS, default=5): whole_number(0, 10_000),
}


class BookingsFlow(GuestsFlow):
    """Adds and changes a calendar of bookings."""

    schema = probatio.Schema(
        {
            **WHO,
            probatio.Required(CONF_CALENDAR_ENTITY_ID): _calendar([]),
            probatio.Required(STAY): section(probatio.Schema(_STAY), {"collapsed": False}),
            probatio.Required(TELLING): section(probatio.Schema(telling(2)), {"collapsed": False}),
            probatio.Required(MORE): section(probatio.Schema(_MORE), {"collapsed": True}),
        }
    )

    @override
    def form_schema(self) -> probatio.Schema:
        """Leave out the calendars of the locks, which hold the codes that are made."""
        own = [
            entity.entity_id
            for entity in er.async_get(self.hass).entities.values()
            if entity.platform == DOMAIN and entity.domain == CALENDAR_DOMAIN
        ]
        fields = self.schema.schema.items()
        return probatio.Schema(
            {
                key: _calendar(own) if key == CONF_CALENDAR_ENTITY_ID else field
                for key, field in fields
            }
        )

    @override
    def errors(self, data: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong, by field or section."""
        stay = data[STAY]
        found = {
            CONF_CALENDAR_ENTITY_ID: self._calendar_error(data, known),
            STAY: (
                "buffer_too_long"
                if max(read_length(stay[key]) for key in (CONF_BEFORE, CONF_AFTER)) > LONGEST_BUFFER
                else None
            ),
            TELLING: telling_error(data[TELLING]),
        }
        return {where: error for where, error in found.items() if error}

    def _calendar_error(self, data: Mapping[str, Any], known: Mapping[str, Any]) -> str | None:
        """Return why a calendar cannot be followed; one that is gone for a while may stay."""
        calendar = data[CONF_CALENDAR_ENTITY_ID]
        if self._is_followed(calendar, data[CONF_LOCKS]):
            return "already_followed"
        if calendar == known.get(CONF_CALENDAR_ENTITY_ID):
            return None
        exists = er.async_get(self.hass).async_get(calendar) or self.hass.states.get(calendar)
        return None if exists else "calendar_not_found"

    def _is_followed(self, calendar: str, locks: list[str]) -> bool:
        """Return whether another subentry makes codes for the same bookings and locks."""
        return any(
            subentry.data[CONF_CALENDAR_ENTITY_ID] == calendar
            and overlap(subentry.data[CONF_LOCKS], locks)
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for subentry in entry.get_subentries_of_type(SUBENTRY_BOOKINGS)
            if subentry.subentry_id != self.own_id
        )
