"""The world as a look sees it: the locks, accounts and codes of all accounts that are loaded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..account import CodelocksConfigEntry, CodelocksData
from ..api import INITIALISED_MODELS, Duration, DurationDetails, Pool
from ..const import CONF_CLOCK, DOMAIN
from ..issuing.netcode_lock import KeptCode, NetcodeLock, netcode_lock
from ..netcode.ledger import Ledger
from .account_waits import AccountWaits
from .codes import Codes
from .decisions import Account, LockFacts, World
from .doors import Doors
from .events import Event, hashed
from .kept import Kept
from .settings import Settings

_CODES: HassKey[tuple[tuple[Ledger, ...], Codes]] = HassKey(f"{DOMAIN}_booked_codes")
"""The codes of all accounts, and the ledgers that they were found in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLock:
    """A lock of an account that is loaded."""

    entry: CodelocksConfigEntry
    data: CodelocksData
    """Kept, since an entry that is unloaded meanwhile loses its `runtime_data`."""
    lock: NetcodeLock
    device_id: str

    @property
    def owner(self) -> str:
        """The lock id (K3) or the subentry id (KitLock)."""
        return self.lock.owner

    @property
    def place(self) -> tuple[str, str]:
        """Its account and owner: a lock may be in two accounts."""
        return self.entry.entry_id, self.owner

    @property
    def is_loaded(self) -> bool:
        """Whether its account still runs."""
        return self.entry.state is ConfigEntryState.LOADED

    @property
    def waits(self) -> AccountWaits:
        """What its account waits for."""
        return AccountWaits(self.entry, self.data)

    @property
    def pairing(self) -> str:
        """What its codes depend on, hashed. A KitLock's clock is set by hand, and may be wrong."""
        lock, subentry = self.lock, self.entry.subentries.get(self.owner)
        clock = str(subentry.data.get(CONF_CLOCK)) if subentry else ""
        return hashed(lock.seed, lock.identifier, lock.model.upper(), clock)


@callback
def account_of(hass: HomeAssistant, device_id: str) -> CodelocksConfigEntry | None:
    """Return the account of a lock's device, loaded or not."""
    device = dr.async_get(hass).async_get(device_id)
    entry = hass.config_entries.async_get_entry(device.config_entry_id) if device else None
    return entry if entry and entry.domain == DOMAIN else None


@callback
def find_lock(hass: HomeAssistant, device_id: str) -> FoundLock | None:
    """Return the lock of a device, None if it does not exist or its account is not loaded."""
    device, entry = dr.async_get(hass).async_get(device_id), account_of(hass, device_id)
    if device is None or entry is None or entry.state is not ConfigEntryState.LOADED:
        return None
    for domain, owner in device.identifiers:
        if domain == DOMAIN and (lock := netcode_lock(entry, owner)):
            return FoundLock(entry=entry, data=entry.runtime_data, lock=lock, device_id=device_id)
    return None


@callback
def find_locks(hass: HomeAssistant, settings: Settings, kept: Kept) -> dict[str, FoundLock]:
    """Return the locks of some settings, and those where guests are still clients."""
    device_ids = dict.fromkeys(settings.locks)
    owners = {one.owner for row in kept.bookings for one in row.invitations}
    if owners:
        for data in _loaded(hass):
            devices = map(data.device, owners & data.locks.data.by_id.keys())
            device_ids |= dict.fromkeys(device.id for device in devices if device)
    found = ((device_id, find_lock(hass, device_id)) for device_id in device_ids)
    return {device_id: lock for device_id, lock in found if lock}


def _loaded(hass: HomeAssistant) -> Iterator[CodelocksData]:
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        data: CodelocksData = entry.runtime_data
        yield data


@callback
def doors_of(hass: HomeAssistant, settings: Settings) -> Doors:
    """Return the zone of the first lock, for stays without their codes."""
    first = find_lock(hass, settings.locks[0]) if settings.locks else None
    zone = first.lock.zone if first else dt_util.get_default_time_zone()
    return Doors(settings=settings, locks={}, zone=zone)


@callback
def _unloaded(hass: HomeAssistant, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the locks of settings whose account is not loaded: device id and owner."""
    registry = dr.async_get(hass)
    for device_id in settings.locks:
        entry, device = account_of(hass, device_id), registry.async_get(device_id)
        if entry and device and entry.state is not ConfigEntryState.LOADED:
            for domain, owner in device.identifiers:
                if domain == DOMAIN:
                    yield device_id, owner


@callback
def world_of(
    hass: HomeAssistant,
    settings: Settings,
    locks: Mapping[str, FoundLock],
    events: tuple[Event, ...] | None,
    now: datetime,
    *,
    unread_after: tuple[str, str] | None = None,
) -> World:
    """Return what a look sees."""
    offers: dict[tuple[str, str], _Offer] = {}
    return World(
        events=events,
        unread_after=unread_after,
        locks={device_id: _facts(found, offers, now) for device_id, found in locks.items()},
        accounts={
            found.entry.entry_id: Account(
                calls_left=found.data.calls_left(Pool.NETCODE, now), wait=found.waits.get()
            )
            for found in {found.entry.entry_id: found for found in locks.values()}.values()
        },
        codes=codes_of(hass),
        unloaded=dict(_unloaded(hass, settings)),
        zone=dt_util.get_default_time_zone(),
    )


type _Offer = tuple[tuple[Duration, ...] | None, dict[int, DurationDetails]]


def _facts(found: FoundLock, offers: dict[tuple[str, str], _Offer], now: datetime) -> LockFacts:
    lock = found.lock
    key = found.entry.entry_id, lock.model
    if key not in offers:
        offers[key] = _offer(found, now)
    durations, rules = offers[key]
    return LockFacts(
        owner=lock.owner,
        account=found.entry.entry_id,
        model=lock.model,
        zone=lock.zone,
        clock=lock.clock,
        pairing=found.pairing,
        key=lock.key,
        durations=durations,
        rules=rules,
        takes_phones=lock.is_k3,
        clock_problem=lock.clock_problem,
    )


def _offer(found: FoundLock, now: datetime) -> _Offer:
    """Return the durations of a lock's model and their rules, as far as they are stored."""
    store, model = found.data.store, found.lock.model
    durations = store.durations(model, now)
    ids = [one.duration_id for one in durations or ()] if model in INITIALISED_MODELS else []
    rules = ((one, store.duration_details(model, one, now)) for one in ids)
    return durations, {one: details for one, details in rules if details}


@callback
def codes_of(hass: HomeAssistant) -> Codes:
    """Return the codes of all accounts; they are gone through only when one has changed."""
    ledgers = tuple(data.ledger_keeper.data for data in _loaded(hass))
    known = hass.data.get(_CODES)
    if known and list(map(id, known[0])) == list(map(id, ledgers)):
        return known[1]
    codes = Codes.of(ledgers)
    hass.data[_CODES] = ledgers, codes
    return codes


async def async_mark(
    hass: HomeAssistant, *, withdraw: Iterable[str] = (), restore: Iterable[str] = ()
) -> None:
    """Mark codes of any accounts as withdrawn, or as not withdrawn; takes no call."""
    gone, back = set(withdraw), set(restore)
    for data in list(_loaded(hass)):
        keeper = data.ledger_keeper
        known = keeper.data
        ledger = known.restore(*back).withdraw(*(one for one in sorted(gone) if known.get(one)))
        if ledger is not known:
            await keeper.async_record(ledger)


@callback
def kept_codes(hass: HomeAssistant, code_ids: Iterable[str]) -> list[KeptCode]:
    """Return codes by their ids, each with its lock; those of accounts not loaded are left out."""
    found = []
    for code_id in code_ids:
        for entry in hass.config_entries.async_loaded_entries(DOMAIN):
            row = entry.runtime_data.ledger_keeper.data.get(code_id)
            lock = netcode_lock(entry, row.owner) if row else None
            if row and lock:
                found.append(KeptCode(lock=lock, row=row))
    return found
