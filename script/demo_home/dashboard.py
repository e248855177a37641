"""The demo's dashboards: the one that builds itself, and one of our cards in their sizes."""

from typing import Any

from .console import DemoError
from .registry import Registry
from .session import Socket

URL_PATH = "codelocks-wall"
CARDS_PATH = "codelocks-cards"
CONFIG = {"strategy": {"type": "custom:codelocks"}}
SCRIPT = "/codelocks-cards.js"
BRITISH = {
    "language": "en-GB",
    "number_format": "language",
    "time_format": "language",
    "date_format": "language",
    "time_zone": "server",
    "first_weekday": "language",
}
"""The formats of the demo's user, who is in Bristol."""


async def install(socket: Socket, registry: Registry) -> None:
    """Create or rewrite the dashboards; the first is the user's default."""
    await _write(socket, URL_PATH, "Locks", CONFIG)
    locks = {lock.name: lock.id for lock in registry.locks}
    await _write(socket, CARDS_PATH, "Cards", _of_cards(locks))
    await socket.ask("frontend/set_user_data", key="core", value={"default_panel": URL_PATH})
    await socket.ask("frontend/set_user_data", key="language", value=BRITISH)


async def _write(socket: Socket, path: str, title: str, config: dict[str, Any]) -> None:
    """Create or rewrite a dashboard."""
    if path not in [one["url_path"] for one in await socket.ask("lovelace/dashboards/list")]:
        about = {"title": title, "icon": "mdi:lock-smart"}
        await socket.ask("lovelace/dashboards/create", url_path=path, **about)
    await socket.ask("lovelace/config/save", url_path=path, config=config)


def _of_cards(locks: dict[str, str]) -> dict[str, Any]:
    """Return a dashboard of our cards, full and as tiles."""
    make, lock = "custom:codelocks-make-code-card", "custom:codelocks-lock-card"
    front, office, room = locks["Front door"], locks["Office"], locks["Locker room"]
    tile: dict[str, Any] = {"size": "tile"}
    cleaner = tile | {"title": "Cleaner", "name": "Rosa, cleaner", "times": ["2h"]}
    cards = (
        (
            {"type": make, "locks": [front, office]},
            {"type": make, "locks": [front]} | tile,
            {"type": make, "locks": [office]} | cleaner,
        ),
        ({"type": lock, "device_id": front}, {"type": lock, "device_id": room, "show": "counts"}),
        (
            {"type": lock, "device_id": front} | tile,
            {"type": lock, "device_id": room} | tile,
            {"type": lock, "device_id": office, "grid_options": {"columns": 12}} | tile,
        ),
    )
    sections = [
        {"type": "grid", "cards": [{"type": "heading", "heading": title}, *some]}
        for title, some in zip(("Make a code", "Doors", "Doors, small"), cards, strict=True)
    ]
    view = {"title": "Cards", "path": "cards", "type": "sections", "max_columns": 3}
    return {"views": [view | {"sections": sections}]}


async def resource(socket: Socket) -> str:
    """Return the address of what loads cards and dashboard; raises if there is not exactly one."""
    found = [one["url"] for one in await socket.ask("lovelace/resources")]
    ours = [url for url in found if url.endswith(SCRIPT)]
    if len(ours) != 1:
        raise DemoError(f"the resources of dashboards have our cards {len(ours)} times: {found}")
    return str(ours[0])
