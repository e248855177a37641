"""The demo's dashboard: the one that builds itself of the locks that there are."""

from .console import DemoError
from .session import Socket

URL_PATH = "codelocks-wall"
CONFIG = {"strategy": {"type": "custom:codelocks"}}
CARDS = "/codelocks-cards.js"
BRITISH = {
    "language": "en-GB",
    "number_format": "language",
    "time_format": "language",
    "date_format": "language",
    "time_zone": "server",
    "first_weekday": "language",
}
"""The formats of the demo's user, who is in Bristol."""


async def install(socket: Socket) -> None:
    """Create or rewrite the dashboard, which is the user's default."""
    if URL_PATH not in [one["url_path"] for one in await socket.ask("lovelace/dashboards/list")]:
        await socket.ask(
            "lovelace/dashboards/create", url_path=URL_PATH, title="Locks", icon="mdi:lock-smart"
        )
    await socket.ask("lovelace/config/save", url_path=URL_PATH, config=CONFIG)
    await socket.ask("frontend/set_user_data", key="core", value={"default_panel": URL_PATH})
    await socket.ask("frontend/set_user_data", key="language", value=BRITISH)


async def resource(socket: Socket) -> str:
    """Return the address of what loads cards and dashboard; raises if there is not exactly one."""
    found = [one["url"] for one in await socket.ask("lovelace/resources")]
    ours = [url for url in found if url.endswith(CARDS)]
    if len(ours) != 1:
        raise DemoError(f"the resources of dashboards have our cards {len(ours)} times: {found}")
    return str(ours[0])
