"""The integration's devices and entities, as Home Assistant names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .session import Session

DOMAIN = "codelocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device of the integration, with its entities that are not disabled."""

    id: str
    name: str
    owner: str
    """The first half of its entities' unique ids: a lock id, a subentry id or an entry id."""
    is_service: bool
    entities: dict[str, str]
    """Entity ids by key: the second half of the unique id."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All devices of the integration, in the order of their names."""

    devices: tuple[Device, ...]

    @property
    def account(self) -> Device:
        """The account's device."""
        return next(device for device in self.devices if device.is_service)

    @property
    def locks(self) -> list[Device]:
        """The locks' devices."""
        return [device for device in self.devices if not device.is_service]


async def read_registry(user: Session) -> Registry:
    """Ask Home Assistant."""
    async with user.socket() as socket:
        devices = await socket.ask("config/device_registry/list")
        entities = await socket.ask("config/entity_registry/list")
    enabled = [one for one in entities if not one["disabled_by"]]
    found = [_device(one, owner, enabled) for one in devices if (owner := _owner(one))]
    return Registry(tuple(sorted(found, key=lambda device: device.name)))


def _owner(device: dict[str, Any]) -> str | None:
    """Return our identifier of a device, None for other integrations' devices."""
    return next((str(name) for domain, name in device["identifiers"] if domain == DOMAIN), None)


def _device(device: dict[str, Any], owner: str, entities: Iterable[dict[str, Any]]) -> Device:
    """Put a device and its entities together."""
    return Device(
        id=device["id"],
        name=device["name_by_user"] or device["name"],
        owner=owner,
        is_service=device["entry_type"] == "service",
        entities={
            one["unique_id"].removeprefix(f"{one['config_entry_id']}_{owner}_"): one["entity_id"]
            for one in entities
            if one["device_id"] == device["id"]
        },
    )
