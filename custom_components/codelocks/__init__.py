"""Codelocks Connect: K3 smart locks and KitLocks in Home Assistant."""

import asyncio
from datetime import UTC, datetime
from functools import partial

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    UpdateListenerType,
)
from homeassistant.const import CONF_API_KEY, CONF_URL, Platform
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryError,
    ConfigEntryNotReady,
    HomeAssistantError,
    UnsupportedStorageVersionError,
)
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

from .account import CodelocksConfigEntry, CodelocksData
from .api import DEFAULT_NETCODE_VERSION, DEFAULT_URL, CodelocksClient, CodelocksError
from .assist.sentences import async_follow_voice
from .bookings.following import (
    async_add_bookings,
    async_follow_bookings,
    async_start_bookings,
    async_stop_bookings,
)
from .bookings.kept_file import BookingsFile
from .const import (
    CONF_ACCESS_KEY,
    CONF_HISTORY_DAYS,
    CONF_NETCODE_VERSION,
    DEFAULT_OPTIONS,
    DOMAIN,
)
from .entity import async_remove_entities
from .errors import KEY_ERRORS, translated, translation
from .issuing.code_warnings import async_check_codes
from .issuing.netcode_version import async_check_version
from .issuing.spares import Spares
from .ledger_keeper import LedgerKeeper
from .ledger_store import LedgerStore, async_separate_ledger
from .page.panel import async_setup_panel
from .page.resources import Resource
from .page.websocket import async_setup_websocket
from .polling.call_counter import CallCounter, async_get_call_counter
from .polling.one_question import Questions
from .polling.poller import Poller
from .polling.quota import Quota
from .reading.devices import (
    async_add_account,
    async_add_kitlocks,
    async_follow_kitlocks,
    async_follow_locks,
    async_load_kitlocks,
    async_remove_untracked,
)
from .reading.issues import (
    async_check_clocks,
    async_drop_gone,
    async_follow_names,
    async_follow_owners,
    async_follow_quota,
    async_forget_issues,
    async_note_writing,
)
from .reading.locks import LocksCoordinator
from .reading.records import LocksRecord
from .reading.unknown_words import KEYS, note_unknown
from .reading.zones import async_follow_zones
from .renames import async_follow_renames
from .services import async_setup_services
from .store import EntryStore
from .wall_clock import LOOK_AGAIN

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.SENSOR,
    Platform.SWITCH,
]


QUESTIONS = "questions"
"""The store's note of the questions that failed."""

_UNIQUE_IDS_NAME_THE_ACCOUNT = 2
"""The minor version of entries since which they do."""

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up what is there even while no account is loaded: actions, the page, the cards."""
    async_setup_services(hass)
    async_setup_websocket(hass)
    Resource(hass, await async_setup_panel(hass))
    async_follow_renames(hass)
    return True


async def async_migrate_entry(hass: HomeAssistant, entry: CodelocksConfigEntry) -> bool:
    """Bring an entry of an older version up to date."""
    if entry.minor_version < _UNIQUE_IDS_NAME_THE_ACCOUNT:
        _name_account_in_unique_ids(hass, entry)
        hass.config_entries.async_update_entry(entry, minor_version=_UNIQUE_IDS_NAME_THE_ACCOUNT)
    return True


@callback
def _name_account_in_unique_ids(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Replace the unique ids of 0.1.0: of a lock in two accounts they were the same in both.

    After a crash some may be replaced already. The account's own began with its id before, too.
    """
    registry, account = er.async_get(hass), f"{entry.entry_id}_"
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        unique_id = f"{account}{entity.unique_id}"
        is_old = (
            not entity.unique_id.startswith(account)
            or entity.unique_id == f"{account}{entity.translation_key}"
        )
        if is_old and not registry.async_get_entity_id(entity.domain, DOMAIN, unique_id):
            registry.async_update_entity(entity.entity_id, new_unique_id=unique_id)


async def async_setup_entry(hass: HomeAssistant, entry: CodelocksConfigEntry) -> bool:
    """Set up an account, without a call if there is something stored."""
    apply_changes = _update_listener(entry)
    store, ledger_store, bookings_file, counter = await _async_load(hass, entry)
    options = DEFAULT_OPTIONS | entry.options
    quota = Quota.from_options(options)
    data = CodelocksData(
        client=CodelocksClient(
            async_get_clientsession(hass),
            entry.data[CONF_API_KEY],
            entry.data.get(CONF_ACCESS_KEY, ""),
            url=entry.data.get(CONF_URL, DEFAULT_URL),
            netcode_version=entry.data.get(CONF_NETCODE_VERSION, DEFAULT_NETCODE_VERSION),
            on_request=partial(counter.spend, quota),
            on_answer=counter.answered,
            on_unknown=partial(note_unknown, store, KEYS),
        ),
        counter=counter,
        options=options,
        quota=quota,
        store=store,
        ledger_keeper=LedgerKeeper(hass, entry, ledger_store, options[CONF_HISTORY_DAYS], store),
        kitlocks=await async_load_kitlocks(entry),
        questions=Questions(
            store.note(QUESTIONS), partial(store.set_note, QUESTIONS), entry.modified_at.isoformat()
        ),
    )
    data.locks = LocksCoordinator(hass, entry, data)
    entry.runtime_data = data
    await _async_first_locks(entry)
    async_add_account(hass, entry)
    async_add_kitlocks(hass, entry)
    async_check_clocks(hass, entry)
    ledger_store.async_follow_writing(partial(async_note_writing, hass, entry))
    await async_follow_locks(hass, entry)
    async_follow_owners(hass, entry)
    async_follow_names(hass, entry)
    async_follow_zones(hass, entry)
    async_remove_untracked(hass, entry)
    async_follow_quota(hass, entry)
    counter.look_at_clock(dt_util.utcnow())
    entry.async_on_unload(async_track_time_interval(hass, counter.look_at_clock, LOOK_AGAIN))
    async_check_codes(hass, entry)
    async_check_version(hass, entry)
    data.poller = Poller(hass, entry, data.readers, data, store)
    async_add_bookings(hass, entry, bookings_file)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(entry.add_update_listener(apply_changes))
    if entry.data.get(CONF_ACCESS_KEY, ""):
        entry.async_on_unload(counter.async_join(data.poller.async_replan))
    async_follow_voice(hass, entry)
    data.ledger_keeper.async_start()
    spares = Spares(hass, entry)

    @callback
    def start(_: HomeAssistant) -> None:
        """Start polling once automations listen: earlier events would reach none of them."""
        data.poller.async_start()
        spares.async_start()
        async_start_bookings(hass, entry)

    entry.async_on_unload(async_at_started(hass, start))

    async def finish() -> None:
        """Keep a code that is being made, before Home Assistant stops."""
        await async_stop_bookings(hass, entry)
        async with data.issuing:
            pass

    entry.async_on_unload(hass.async_add_shutdown_job(HassJob(finish)))
    return True


async def _async_load(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> tuple[EntryStore, LedgerStore, BookingsFile, CallCounter]:
    """Read the files. One of a newer version is left alone: it holds codes that open doors."""
    store, ledger_store = EntryStore(hass, entry.entry_id), LedgerStore(hass, entry.entry_id)
    bookings_file = BookingsFile(hass, entry.entry_id)
    try:
        await store.async_load()
        await ledger_store.async_load()
        await bookings_file.async_load()
        counter = await async_get_call_counter(hass, entry.data[CONF_API_KEY])
    except UnsupportedStorageVersionError as err:
        raise ConfigEntryError(**translated("newer_version")) from err
    await async_separate_ledger(store, ledger_store)
    store.resume_waits(entry.modified_at)
    return store, ledger_store, bookings_file, counter


async def _async_first_locks(entry: CodelocksConfigEntry) -> None:
    """Get a lock list: an empty one without an access key, else the stored one or a new one."""
    locks = entry.runtime_data.locks
    if not entry.data.get(CONF_ACCESS_KEY, ""):
        locks.data = LocksRecord(datetime.min.replace(tzinfo=UTC), ())
    elif locks.data is None:
        await _async_read_first_locks(entry)
    else:
        await locks.async_load_zones(locks.data)


async def _async_read_first_locks(entry: CodelocksConfigEntry) -> None:
    """Read the list of a new account.

    Home Assistant retries at least every ten minutes, and at each restart. Each retry would be a
    call, so while the cloud is down most of them are answered from here.
    """
    data, now = entry.runtime_data, dt_util.utcnow()
    locks, store = data.locks, data.store
    waits = store.waits
    if waits.error and waits.not_before(now) > now:
        raise _not_ready(waits.error)
    try:
        await locks.async_config_entry_first_refresh()
    except ConfigEntryNotReady, ConfigEntryAuthFailed:
        if locks.error is None:  # Home Assistant is stopping
            raise
        waits.fail(locks.error, now)
        store.keep_waits()
        await store.async_save()
        raise
    waits.note(locks.read, None, now)
    store.keep_waits()


def _not_ready(error: CodelocksError) -> HomeAssistantError:
    """Return what Home Assistant is told while an account waits.

    Always a new exception: raising the same one again makes its traceback grow.
    """
    kind = ConfigEntryAuthFailed if isinstance(error, KEY_ERRORS) else ConfigEntryNotReady
    return kind(**translation(error))


def _update_listener(entry: CodelocksConfigEntry) -> UpdateListenerType:
    """Return what applies changes of an entry that is being set up.

    Changed keys and options reload the account. Subentries are taken over as it runs: a reload
    would make all entities unavailable, and each return would look like news.
    """
    keys, options = entry.data, entry.options
    following = asyncio.Lock()

    async def apply(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
        if (entry.data, entry.options) != (keys, options):
            await hass.config_entries.async_reload(entry.entry_id)
            return
        async with following:  # the subentries of a later change must not be overwritten
            if await async_follow_kitlocks(hass, entry):
                async_add_account(hass, entry)  # its title may have changed
                async_check_clocks(hass, entry)
                async_drop_gone(hass, entry)
                async_check_codes(hass, entry)
                async_follow_bookings(hass, entry)

    return apply


async def async_unload_entry(hass: HomeAssistant, entry: CodelocksConfigEntry) -> bool:
    """Unload an account, and leave its state on the disk for the next start.

    A code that is being made has been paid for, so this waits for it and keeps it.
    """
    data = entry.runtime_data
    data.poller.async_stop()
    await async_stop_bookings(hass, entry)
    async with data.issuing:
        data.ledger_keeper.async_stop()
        await async_remove_entities(hass, entry)
        unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
        if unloaded:
            await data.store.async_close()
            await data.ledger_keeper.async_close()
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Delete an account's stored data; the calls of its key stay counted."""
    async_forget_issues(hass, entry)
    await EntryStore(hass, entry.entry_id).async_remove()
    await LedgerStore(hass, entry.entry_id).async_remove()
    await BookingsFile(hass, entry.entry_id).async_remove()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: CodelocksConfigEntry, device: DeviceEntry
) -> bool:
    """Let a user remove a device whose lock the account no longer has."""
    if entry.state is not ConfigEntryState.LOADED:
        return False  # it is not known which locks there are
    owners = {owner for domain, owner in device.identifiers if domain == DOMAIN}
    data = entry.runtime_data
    return owners.isdisjoint({entry.entry_id, *data.owners, *entry.subentries})
