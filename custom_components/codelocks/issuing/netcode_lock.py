"""The lock that codes are made for: a K3 lock or a KitLock, as the API wants it."""

from dataclasses import dataclass, field
from datetime import tzinfo

from homeassistant.util import dt as dt_util

from ..account import CodelocksConfigEntry
from ..api import K3_LOCK_MODEL, CodelocksClient, Netcode
from ..const import CONF_ACCESS_KEY
from ..netcode.kitlock import ClockProblem, KitLock
from ..netcode.ledger import code_key
from ..netcode.windows import Window
from ..reading.zones import has_unknown_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class NetcodeLock:
    """A lock that codes can be made for."""

    owner: str
    """The lock id (K3) or the subentry id (KitLock)."""
    name: str
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
        return code_key(
            lock=self.seed,
            identifier=self.identifier,
            lock_model=self.model,
            wire_start=window.wire_start,
            duration_id=window.duration_id,
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


def netcode_lock(entry: CodelocksConfigEntry, owner: str) -> NetcodeLock | None:
    """Return a lock of an account, None if the account has no such lock."""
    data = entry.runtime_data
    if kitlock := data.kitlocks.get(owner):
        return _from_kitlock(kitlock)
    if (lock := data.locks.data.by_id.get(owner)) is None:
        return None
    zone = data.locks.zone(owner)
    return NetcodeLock(
        owner=owner,
        name=lock.name or owner,
        model=K3_LOCK_MODEL,
        clock=zone,
        zone=zone,
        seed=owner,
        identifier=entry.data[CONF_ACCESS_KEY],
        clock_problem=ClockProblem.ZONE if has_unknown_zone(data, lock) else None,
        text_identifier=lock.sms_id or "",
    )


def _from_kitlock(kitlock: KitLock) -> NetcodeLock:
    return NetcodeLock(
        owner=kitlock.subentry_id,
        name=kitlock.name,
        model=kitlock.model,
        clock=kitlock.clock,
        zone=kitlock.zone or dt_util.get_default_time_zone(),
        seed=kitlock.time_code,
        identifier=kitlock.identifier,
        clock_problem=kitlock.clock_problem,
        text_identifier=kitlock.text_identifier,
    )
