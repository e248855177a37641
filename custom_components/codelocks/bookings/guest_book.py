"""A guest book: the bookings of one calendar, or the visits of one visitor, and what is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, callback

from ..account import CodelocksConfigEntry
from ..const import SUBENTRY_BOOKINGS, SUBENTRY_VISITOR
from .expected import Arrivals
from .kept import Kept
from .kept_file import BookingsFile, Record
from .outcomes import tried_afresh
from .settings import BookingsSettings, Settings, VisitorSettings

KINDS: Mapping[str, type[BookingsSettings | VisitorSettings]] = {
    SUBENTRY_BOOKINGS: BookingsSettings,
    SUBENTRY_VISITOR: VisitorSettings,
}


class Happening(StrEnum):
    """What the event entity of bookings tells."""

    CODE_MADE = "code_made"
    CODE_CHANGED = "code_changed"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    PROBLEM = "problem"


type HappeningListener = Callable[[Happening, dict[str, Any]], None]


@dataclass(slots=True, eq=False)
class GuestBook:
    """What is known of a subentry. Only its watch writes it, and heirs of clients."""

    entry: CodelocksConfigEntry
    subentry: ConfigSubentry
    file: BookingsFile
    record: Record = field(init=False)
    settings: Settings = field(init=False)
    arrivals: Arrivals | None = None
    """Who is expected; None until the calendar was read once."""
    read_at: datetime | None = None
    """When the calendar was last read, since the account was set up."""
    _listeners: list[CALLBACK_TYPE] = field(default_factory=list)
    _happening_listeners: list[HappeningListener] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take up what is kept; what was refused is tried afresh if the entry was changed."""
        self.record = self.file.record(self.subentry_id)
        self.settings = _settings(self.subentry)
        changed_at = self.entry.modified_at.isoformat()
        if self.record.of_entry != changed_at:
            kept = tried_afresh(self.record.kept)
            self.record = replace(self.record, kept=kept, of_entry=changed_at)

    @property
    def subentry_id(self) -> str:
        """The id of the subentry."""
        return self.subentry.subentry_id

    @property
    def kept(self) -> Kept:
        """What is kept."""
        return self.record.kept

    def take_over(self, subentry: ConfigSubentry) -> bool:
        """Take over the settings of a subentry; returns whether they are others than before."""
        self.subentry = subentry
        settings = _settings(subentry)
        if settings == self.settings:
            return False
        self.settings = settings
        self.record = replace(self.record, kept=tried_afresh(self.kept))
        return True

    @callback
    def set_kept(self, kept: Kept) -> bool:
        """Take over what is kept; returns whether it changed, and is to be saved."""
        if kept is self.kept:
            return False
        self.record = replace(self.record, kept=kept)
        return True

    @callback
    def note_sent(self, key: str, now: datetime) -> None:
        """Note that a guest was told codes."""
        self.record = replace(self.record, sent_at={**self.record.sent_at, key: now})

    @callback
    def note_arrived(self, key: str, moment: datetime) -> None:
        """Note that a guest was heard to arrive."""
        self.record = replace(self.record, arrived_at={**self.record.arrived_at, key: moment})

    async def async_save(self) -> bool:
        """Write what is kept; returns whether it is on the disk."""
        if self.subentry_id not in self.entry.subentries:
            return True  # it was removed: nothing is kept of it
        return await self.file.async_save(self.subentry_id, self.record)

    async def async_keep(self, kept: Kept) -> None:
        """Take over what is kept, and write it if it changed."""
        if self.set_kept(kept):
            await self.async_save()

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call a listener each time something may have changed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_on_happening(self, listener: HappeningListener) -> CALLBACK_TYPE:
        """Call a listener for each happening."""
        self._happening_listeners.append(listener)
        return lambda: self._happening_listeners.remove(listener)

    @callback
    def async_tell_listeners(self) -> None:
        """Tell entities and pages that something may have changed."""
        for listener in list(self._listeners):
            listener()

    @callback
    def async_tell_happening(self, happening: Happening, attributes: dict[str, Any]) -> None:
        """Tell what happened."""
        for listener in list(self._happening_listeners):
            listener(happening, attributes)


def _settings(subentry: ConfigSubentry) -> Settings:
    kind = KINDS[subentry.subentry_type]
    return kind.from_data(subentry.subentry_id, subentry.title, subentry.data)
