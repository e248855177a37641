"""A plain client for the simulator's own tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import json
from typing import Any

from aiohttp import ClientSession

from .server import Simulator
from .world import ACCESS_KEY, API_KEY


class Api:
    """Requests, in short."""

    def __init__(self, sim: Simulator, session: ClientSession) -> None:
        """Keep the server and a session."""
        self.sim = sim
        self.session = session

    async def ask(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
        key: str = API_KEY,
    ) -> tuple[int, Any]:
        """Ask and return the status and the parsed body; None for an empty one."""
        headers = {"x-api-key": key} if key else {}
        async with self.session.request(
            method, f"{self.sim.url}{path}", params=query, data=form, headers=headers
        ) as response:
            assert response.content_type == "application/json"
            text = await response.text()
            return response.status, json.loads(text) if text else None

    async def get(self, path: str, **query: str) -> Any:
        """Read something that is there."""
        status, data = await self.ask("GET", path, query)
        assert status == 200, data
        return data

    async def account_get(self, path: str, **query: str) -> Any:
        """Read something of the K3 account."""
        return await self.get(path, accesskey=ACCESS_KEY, **query)

    async def write(self, method: str, path: str, **form: str) -> tuple[int, Any]:
        """Write with the access key."""
        return await self.ask(method, path, None, {"accesskey": ACCESS_KEY, **form})


@asynccontextmanager
async def serve(sim: Simulator) -> AsyncIterator[Api]:
    """Run a simulator with a client."""
    await sim.start()
    async with ClientSession() as session:
        yield Api(sim, session)
    await sim.stop()
