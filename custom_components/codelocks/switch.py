"""A switch for each smart-phone client of a lock who accepted: on while the client may open.

A switch shows only what the cloud confirmed: each change is followed by a read.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account import CodelocksConfigEntry
from .api import Client
from .clients.changes import Change, async_write, restoring, suspending
from .const import CONF_CLIENT_SWITCHES, MAX_CLIENT_SWITCHES
from .entity import LockEntity, unique_id_of
from .permission import async_caller
from .polling.spending import spending
from .reading.clients import ClientsCoordinator
from .reading.issues import async_check_clients

PARALLEL_UPDATES = 1

KEY = "client_"
CLIENT = SwitchEntityDescription(
    key=KEY, translation_key="client", entity_category=EntityCategory.CONFIG
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: CodelocksConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches, or remove them if the option was turned off."""
    roster = Roster(hass, entry, async_add_entities)
    if not entry.runtime_data.options[CONF_CLIENT_SWITCHES]:
        roster.clear()
        return
    roster.follow()
    entry.async_on_unload(entry.runtime_data.locks.async_add_listener(roster.follow))


class Roster:
    """Keeps the switches in step with the clients of all locks."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: CodelocksConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        """Start without a switch."""
        self._hass = hass
        self._entry = entry
        self._add = async_add_entities
        self._followed: dict[str, ClientsCoordinator] = {}
        self._added: set[str] = set()

    @callback
    def follow(self) -> None:
        """Follow the clients of all locks, including new locks."""
        clients = self._entry.runtime_data.clients
        for lock_id, coordinator in clients.items():
            if self._followed.get(lock_id) is not coordinator:
                self._followed[lock_id] = coordinator
                self._entry.async_on_unload(coordinator.async_add_listener(self._update))
        self._update()

    @callback
    def clear(self) -> None:
        """Remove all switches."""
        self._remove(self._registered())
        async_check_clients(self._hass, self._entry, 0)

    @callback
    def _update(self) -> None:
        """Add switches of clients who accepted, and remove those of clients who are gone."""
        switches = dict(self._switches())
        registered = self._registered()
        gone = {
            key: entity_id
            for key, entity_id in registered.items()
            if key not in switches and self._may_remove(key)
        }
        self._remove(gone)
        self._added &= switches.keys()
        # Switches that existed before a restart come first: the number is limited.
        waiting = sorted(
            (
                key
                for key, (_, client) in switches.items()
                if key not in self._added and not client.invited  # nothing to suspend yet
            ),
            key=lambda key: key not in registered,
        )
        new = waiting[: MAX_CLIENT_SWITCHES - len(self._added)]
        self._added |= set(new)
        if new:
            self._add([ClientSwitch(*switches[key]) for key in new])
        async_check_clients(self._hass, self._entry, len(switches))

    def _switches(self) -> Iterator[tuple[str, tuple[ClientsCoordinator, Client]]]:
        """Yield all clients with their coordinators, by unique id of the switch."""
        for lock_id, coordinator in self._entry.runtime_data.clients.items():
            if coordinator.data is not None:
                for email, client in coordinator.data.by_email.items():
                    key = unique_id_of(self._entry, lock_id, f"{KEY}{email}")
                    yield key, (coordinator, client)

    def _registered(self) -> dict[str, str]:
        """Return the entity ids of registered switches, by unique id."""
        entities = er.async_entries_for_config_entry(er.async_get(self._hass), self._entry.entry_id)
        return {
            entity.unique_id: entity.entity_id
            for entity in entities
            if entity.domain == Platform.SWITCH and f"_{KEY}" in entity.unique_id
        }

    def _may_remove(self, key: str) -> bool:
        """Return whether the clients of a switch's lock were read, or the lock is gone."""
        lock_id = key.removeprefix(f"{self._entry.entry_id}_").partition(f"_{KEY}")[0]
        coordinator = self._entry.runtime_data.clients.get(lock_id)
        return coordinator is None or coordinator.data is not None

    def _remove(self, switches: dict[str, str]) -> None:
        registry = er.async_get(self._hass)
        for entity_id in switches.values():
            registry.async_remove(entity_id)


class ClientSwitch(LockEntity[ClientsCoordinator], SwitchEntity):
    """Whether a client may open a lock: off is suspended."""

    def __init__(self, coordinator: ClientsCoordinator, client: Client) -> None:
        """Create the switch of a client."""
        email = client.email.lower()
        super().__init__(coordinator, coordinator.lock_id, replace(CLIENT, key=f"{KEY}{email}"))
        self._email = email
        self._attr_translation_placeholders = {"email": client.email}

    @property
    def _client(self) -> Client | None:
        return self.coordinator.find(self._email)

    @property
    @override
    def available(self) -> bool:
        """Whether the lock is available and has the client, who accepted the invitation."""
        client = self._client
        return super().available and client is not None and not client.invited

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether the client may open; unknown where the status is a word that we do not know."""
        return self._client.active if self._client else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """The client's status as the cloud reports it."""
        return {"status": self._client.status if self._client else None}

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Restore the client."""
        await self._async_change(restoring(self._email))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Suspend the client."""
        await self._async_change(suspending(self._email))

    async def _async_change(self, change: Change) -> None:
        caller = await async_caller(self.hass, self._context)
        with spending(uses_reserve=caller.uses_reserve):
            await async_write(self.hass, self.coordinator.config_entry, self.owner, change)
