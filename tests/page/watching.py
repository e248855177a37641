"""A page that is open: a websocket that is told what changes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import CLIENT_ID
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.conftest import settle
from tests.helpers import add_user, pass_time

SECOND = timedelta(seconds=1)

type Row = dict[str, Any]


@dataclass
class Page:
    """A page, with what it was told so far."""

    hass: HomeAssistant
    client: Any
    subscription: int = 0
    told: list[Row] = field(default_factory=list)
    """The events, in order."""
    shown: dict[str, list[Row]] = field(default_factory=dict)
    """The rows, as the page has them by now."""

    async def ask(self, kind: str, **fields: Any) -> Row:
        """Send a command and return its whole answer; events that came before it are noted."""
        await self.client.send_json_auto_id({"type": kind, **fields})
        while (answer := await self.client.receive_json())["type"] == "event":
            self._note(answer)
        return dict(answer)

    async def news(self) -> list[Row]:
        """Return the events that came since the last time."""
        known = len(self.told)
        await settle(self.hass)
        # What was sent before the answer to a ping has come by then.
        await self.client.send_json_auto_id({"type": "ping"})
        while (answer := await self.client.receive_json())["type"] != "pong":
            self._note(answer)
        return self.told[known:]

    def _note(self, answer: Row) -> None:
        assert answer["type"] == "event", answer
        assert answer["id"] == self.subscription
        self.told.append(answer["event"])
        self.shown |= answer["event"]

    def lock(self, name: str) -> Row:
        """Return the row of a lock."""
        [row] = [row for row in self.shown["locks"] if row["name"] == name]
        return row

    def names(self, key: str, of: str = "name") -> list[Any]:
        """Return the names of all rows of a key, or another of their fields."""
        return [row[of] for row in self.shown[key]]


async def connect(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, user: User | None = None
) -> Page:
    """Open a websocket, as an administrator or as somebody else."""
    login = await hass.auth.async_create_refresh_token(
        user or await add_user(hass, GROUP_ID_ADMIN), CLIENT_ID
    )
    return Page(hass, await hass_ws_client(hass, hass.auth.async_create_access_token(login)))


async def open_page(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, user: User | None = None
) -> Page:
    """Open the page, and wait for its snapshot."""
    page = await connect(hass, hass_ws_client, user)
    answer = await page.ask("codelocks/subscribe")
    assert answer["success"], answer
    page.subscription = answer["id"]
    [snapshot] = await page.news()
    assert snapshot.keys() == {"accounts", "locks", "codes", "orders"}
    return page


async def in_a_second(hass: HomeAssistant, freezer: FrozenDateTimeFactory, page: Page) -> list[Row]:
    """Let a second pass; returns what the page is told then."""
    await pass_time(hass, freezer, SECOND)
    return await page.news()
