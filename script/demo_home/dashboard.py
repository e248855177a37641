"""The example dashboard: what a host would pin to the wall, made of built-in cards."""

from collections.abc import Iterable
from typing import Any

from .registry import Device, Registry
from .session import Socket, State

URL_PATH = "codelocks-wall"
BRITISH = {
    "language": "en-GB",
    "number_format": "language",
    "time_format": "language",
    "date_format": "language",
    "time_zone": "server",
    "first_weekday": "language",
}
"""The formats of the demo's user, who is in Bristol."""
WIDE = {"grid_options": {"columns": 12}}

type Card = dict[str, Any]


async def install(socket: Socket, registry: Registry, states: dict[str, State]) -> None:
    """Create or rewrite the dashboard, which is the user's default."""
    if URL_PATH not in [one["url_path"] for one in await socket.ask("lovelace/dashboards/list")]:
        await socket.ask(
            "lovelace/dashboards/create", url_path=URL_PATH, title="Locks", icon="mdi:lock-smart"
        )
    config = dashboard(registry, states)
    await socket.ask("lovelace/config/save", url_path=URL_PATH, config=config)
    await socket.ask("frontend/set_user_data", key="core", value={"default_panel": URL_PATH})
    await socket.ask("frontend/set_user_data", key="language", value=BRITISH)


def dashboard(registry: Registry, states: dict[str, State]) -> dict[str, Any]:
    """Return the dashboard: the codes, a section for each lock, what happened, the calls left."""
    kitlocks = [lock for lock in registry.locks if "activity" not in lock.entities]
    sections = [
        _section(_codes_cards(registry)) | {"row_span": 3},
        *(_section(_lock_cards(lock)) for lock in registry.locks if lock not in kitlocks),
        *([_section(_kitlock_cards(kitlocks))] if kitlocks else []),
        _section(_account_cards(registry.account, states)),
        _section(_log_cards(registry)) | {"column_span": 2},
    ]
    view = {
        "title": "Locks",
        "path": "locks",
        "type": "sections",
        "max_columns": 3,
        "dense_section_placement": True,
        "badges": _badges(registry),
        "sections": sections,
    }
    return {"views": [view]}


def _section(cards: Iterable[Card]) -> Card:
    return {"type": "grid", "cards": list(cards)}


def _badges(registry: Registry) -> list[Card]:
    """Return the weak batteries: each is shown only while it is low."""
    return [
        {
            "type": "entity",
            "entity": entity,
            "name": lock.name,
            "show_name": True,
            "show_state": False,
            "color": "red",
            "visibility": [{"condition": "state", "entity": entity, "state": "on"}],
        }
        for lock in registry.locks
        if (entity := lock.entities.get("battery_low"))
    ]


def _lock_cards(lock: Device) -> list[Card]:
    """Return the cards of a lock: how it is, what happened, and who may enter."""
    battery = "battery" if "battery" in lock.entities else "battery_status"
    entities = [lock.entities.get(key) for key in ("last_activity", battery)]
    badges = [{"type": "entity", "entity": entity} for entity in entities if entity]
    return [
        {
            "type": "heading",
            "heading": lock.name,
            "icon": "mdi:door-closed-lock",
            "badges": badges,
        },
        *_tile(lock, "activity", "Latest news", state_content=["text"], **WIDE),
        *_tile(lock, "active_netcodes", "Codes now"),
        *_tile(lock, "active_clients", "Active phones"),
    ]


def _kitlock_cards(kitlocks: Iterable[Device]) -> list[Card]:
    """Return the codes of the KitLocks: all that is known about them."""
    return [
        {"type": "heading", "heading": "KitLocks, codes now", "icon": "mdi:locker"},
        *(tile for lock in kitlocks for tile in _tile(lock, "active_netcodes", lock.name)),
    ]


def _tile(device: Device, key: str, name: str, **options: Any) -> list[Card]:
    """Return a tile, or none if the device has no such entity."""
    if (entity := device.entities.get(key)) is None:
        return []
    return [{"type": "tile", "entity": entity, "name": name, **options}]


def _account_cards(account: Device, states: dict[str, State]) -> list[Card]:
    """Return the calls left, and the refresh button."""
    return [
        {"type": "heading", "heading": "Calls left this month", "icon": "mdi:counter"},
        *_gauge(account, "utility_calls_left", "Utility", states),
        *_gauge(account, "netcode_calls_left", "NetCodes", states),
        *_tile(account, "refresh", "Look for news", hide_state=True, **WIDE),
    ]


def _gauge(account: Device, key: str, name: str, states: dict[str, State]) -> list[Card]:
    """Return a gauge of the calls left, which turns red towards the end."""
    if (entity := account.entities.get(key)) is None:
        return []
    quota = states[entity]["attributes"]["quota"]
    severity = {"green": quota * 2 // 5, "yellow": quota // 5, "red": 0}
    gauge = {"type": "gauge", "entity": entity, "name": name, "min": 0, "max": quota}
    return [gauge | {"severity": severity, "grid_options": {"columns": 6}}]


def _codes_cards(registry: Registry) -> list[Card]:
    """Return the calendar of issued codes."""
    return [
        {"type": "heading", "heading": "Codes", "icon": "mdi:calendar-lock"},
        {
            "type": "button",
            "name": "Make a code",
            "icon": "mdi:key-plus",
            "tap_action": {"action": "navigate", "navigation_path": "/codelocks"},
            "grid_options": {"columns": 12, "rows": 2},
        },
        {
            "type": "calendar",
            "entities": _entities(registry, "netcodes"),
            "initial_view": "listWeek",
            "grid_options": {"columns": 12, "rows": 6},
        },
    ]


def _log_cards(registry: Registry) -> list[Card]:
    """Return the log of all locks."""
    return [
        {"type": "heading", "heading": "Activity", "icon": "mdi:history"},
        {
            "type": "logbook",
            "target": {"entity_id": _entities(registry, "activity")},
            "hours_to_show": 48,
            "grid_options": {"columns": "full", "rows": 6},
        },
    ]


def _entities(registry: Registry, key: str) -> list[str]:
    """Return the entities of a key of all locks."""
    return [entity for lock in registry.locks if (entity := lock.entities.get(key))]
