"""What was read of an account, as it is shown and kept. Pure: frozen, replaced by what is read."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from ..api import AuditEntry, Client, Lock
from .audit import Cursor


@dataclass(frozen=True)
class LocksRecord:
    """The lock list as it was last read."""

    read_at: datetime = field(compare=False)
    locks: tuple[Lock, ...]
    missing: frozenset[str] = frozenset()
    """Locks that were not in the last complete list."""

    @cached_property
    def by_id(self) -> dict[str, Lock]:
        """The locks by their ids."""
        return {lock.lock_id: lock for lock in self.locks}


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """What is known of a lock's audit."""

    read_at: datetime = field(compare=False)
    cursor: Cursor
    newest: AuditEntry | None = None
    waiting: tuple[AuditEntry, ...] = ()
    """News, oldest first, that the event entity could not tell yet."""


@dataclass(frozen=True)
class ClientsRecord:
    """A lock's smart-phone clients as they were last read."""

    read_at: datetime = field(compare=False)
    clients: tuple[Client, ...]

    @cached_property
    def by_email(self) -> dict[str, Client]:
        """The clients by their e-mail addresses in lower case."""
        return {client.email.lower(): client for client in self.clients}
