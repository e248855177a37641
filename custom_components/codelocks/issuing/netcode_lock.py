"""The lock that codes are made for: a K3 lock or a KitLock, as the API wants it."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..api import K3_LOCK_MODEL, CodelocksClient, Netcode
from ..const import CONF_ACCESS_KEY
from ..netcode.clocks import wall_time
from ..netcode.kitlock import ClockProblem, KitLock
from ..netcode.ledger import Issued, code_key
from ..netcode.windows import Window
from ..reading.zones import has_unknown_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class NetcodeLock:
    """A lock that codes can be made for."""

    owner: str
    """The lock id (K3) or the subentry id (KitLock)."""
    name: str
    """What Home Assistant calls it, so a user's own name counts."""
    model: str
    clock: tzinfo
    """What the lock's clock shows; the API takes times of this clock."""
    zone: tzinfo
    """The zone of the people at the lock; all times of an answer are in this zone."""
    seed: str = field(repr=False)
    """How the API identifies the lock: the lock id (K3) or the time code (KitLock)."""
    identifier: str = field(repr=False)
    """The access key (K3) or the identifier (KitLock)."""
    clock_problem: ClockProblem | None = None
    text_identifier: str = ""
    """The text by which a guest asks for a code; empty if not offered."""

    @property
    def is_k3(self) -> bool:
        """Whether it is a K3 lock."""
        return self.model == K3_LOCK_MODEL

    def key(self, window: Window) -> str:
        """Return the ledger's key for this lock's code of a window."""
        return self._key(window.wire_start, window.duration_id)

    def key_at(self, start: datetime, duration_id: int) -> str:
        """Return the ledger's key for this lock's code that starts at a moment."""
        return self._key(wall_time(start, self.clock), duration_id)

    def _key(self, wire_start: datetime, duration_id: int) -> str:
        return code_key(
            lock=self.seed,
            identifier=self.identifier,
            lock_model=self.model,
            wire_start=wire_start,
            duration_id=duration_id,
        )

    async def async_fetch(self, client: CodelocksClient, window: Window) -> Netcode:
        """Get the code of a window from the API: one NetCode call."""
        start, duration_id = window.wire_start, window.duration_id
        if self.is_k3:
            return await client.k3_netcode(self.seed, start=start, duration_id=duration_id)
        return await client.kitlock_netcode(
            self.seed,
            self.identifier,
            lock_model=self.model,
            start=start,
            duration_id=duration_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCode:
    """A code of the ledger, and the lock that it opens."""

    lock: NetcodeLock
    row: Issued

    @property
    def netcode(self) -> str:
        """The code; empty once it is erased."""
        return self.row.code or ""


def netcode_lock(entry: CodelocksConfigEntry, owner: str) -> NetcodeLock | None:
    """Return a lock of an account, None if the account has no such lock."""
    data = entry.runtime_data
    if kitlock := data.kitlocks.get(owner):
        return _from_kitlock(kitlock, data.lock_name(owner))
    if (lock := data.locks.data.by_id.get(owner)) is None:
        return None
    zone = data.locks.zone(owner)
    return NetcodeLock(
        owner=owner,
        name=data.lock_name(owner),
        model=K3_LOCK_MODEL,
        clock=zone,
        zone=zone,
        seed=owner,
        identifier=entry.data[CONF_ACCESS_KEY],
        clock_problem=ClockProblem.ZONE if has_unknown_zone(data, lock) else None,
        text_identifier=lock.sms_id or "",
    )


def _from_kitlock(kitlock: KitLock, name: str) -> NetcodeLock:
    return NetcodeLock(
        owner=kitlock.subentry_id,
        name=name,
        model=kitlock.model,
        clock=kitlock.clock,
        zone=kitlock.zone or dt_util.get_default_time_zone(),
        seed=kitlock.time_code,
        identifier=kitlock.identifier,
        clock_problem=kitlock.clock_problem,
        text_identifier=kitlock.text_identifier,
    )
