"""A user of Home Assistant, over its HTTP and websocket API."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    FormData,
    WSMsgType,
)

from .console import DemoError

USER = "demo"
PASSWORD = "demo"  # noqa: S105  # as the README says
REQUEST_TIMEOUT = 30
START_TIMEOUT = 120

type State = dict[str, Any]


class Session:
    """A user, who logs in first."""

    def __init__(self, url: str, http: ClientSession, name: str, password: str) -> None:
        """Take the address, and who logs in."""
        self.url = url
        self._name = name
        self._password = password
        self.tokens: dict[str, Any] = {}
        self._http = http

    @property
    def client_id(self) -> str:
        """The client that tokens are for: the frontend of this address."""
        return f"{self.url}/"

    async def _request(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        """Make a request and return the status and the answer."""
        token = self.tokens.get("access_token")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        address = self.url + path
        try:
            async with self._http.request(method, address, headers=headers, **options) as response:
                is_json = response.content_type == "application/json"
                return response.status, await response.json() if is_json else await response.text()
        except (ClientError, TimeoutError) as err:
            raise DemoError(f"{method} {path}: {type(err).__name__} {err}") from err

    async def get(self, path: str) -> Any:
        """Read something."""
        return _good(path, *await self._request("GET", path))

    async def post(self, path: str, **data: Any) -> Any:
        """Send something."""
        return _good(path, *await self._request("POST", path, json=data))

    async def upload(self, path: str, name: str, text: str) -> Any:
        """Send a file."""
        form = FormData()
        form.add_field("file", text.encode(), filename=name, content_type="text/calendar")
        return _good(path, *await self._request("POST", path, data=form))

    async def log_in(self) -> None:
        """Log in once Home Assistant is up; create the user if it is the first."""
        await until(self._answers, "Home Assistant to answer", START_TIMEOUT)
        status, steps = await self._request("GET", "/api/onboarding")
        new = status == 200 and not all(one["done"] for one in steps if one["step"] == "user")
        data = {
            "grant_type": "authorization_code",
            "code": await (self._create_user() if new else self._authorize()),
            "client_id": self.client_id,
        }
        path = "/auth/token"
        self.tokens = _good(path, *await self._request("POST", path, data=data))
        await until(self._is_running, "Home Assistant to finish its start", START_TIMEOUT)

    async def _answers(self) -> bool:
        try:
            return (await self._request("GET", "/manifest.json"))[0] == 200
        except DemoError:
            return False

    async def _is_running(self) -> bool:
        return bool((await self.get("/api/config"))["state"] == "RUNNING")

    async def _create_user(self) -> str:
        """Do what the first page of a new Home Assistant does; return an authorization code."""
        answer = await self.post(
            "/api/onboarding/users",
            client_id=self.client_id,
            name=self._name.title(),
            username=self._name,
            password=self._password,
            language="en",
        )
        return str(answer["auth_code"])

    async def _authorize(self) -> str:
        """Do what the login page does; return an authorization code."""
        flow = await self.post(
            "/auth/login_flow",
            client_id=self.client_id,
            handler=["homeassistant", None],
            redirect_uri=f"{self.client_id}?auth_callback=1",
        )
        answer = await self.post(
            f"/auth/login_flow/{flow['flow_id']}",
            client_id=self.client_id,
            username=self._name,
            password=self._password,
        )
        if answer["type"] != "create_entry":
            raise DemoError(f"cannot log in as {self._name}: try --fresh")
        return str(answer["result"])

    async def states(self) -> dict[str, State]:
        """Return all states by entity id."""
        return {one["entity_id"]: one for one in await self.get("/api/states")}

    async def act(self, action: str, **data: Any) -> Any:
        """Call an action and return its response."""
        path = f"/api/services/{action.replace('.', '/')}?return_response"
        answer = _good(action, *await self._request("POST", path, json=data))
        return answer["service_response"]

    async def act_only(self, action: str, **data: Any) -> None:
        """Call an action that has no response."""
        path = f"/api/services/{action.replace('.', '/')}"
        _good(action, *await self._request("POST", path, json=data))

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[Socket]:
        """Open the websocket."""
        async with self._http.ws_connect(f"{self.url}/api/websocket", max_msg_size=0) as ws:
            socket = Socket(ws)
            await socket.authenticate(self.tokens["access_token"])
            yield socket


class Socket:
    """The websocket of a user: one command at a time."""

    def __init__(self, ws: ClientWebSocketResponse) -> None:
        """Take an open connection."""
        self._ws = ws
        self._ids = count(1)

    async def authenticate(self, token: str) -> None:
        """Say who we are."""
        await self._receive()
        await self._ws.send_json({"type": "auth", "access_token": token})
        if (await self._receive())["type"] != "auth_ok":
            raise DemoError("Home Assistant refused the token on its websocket")

    async def ask(self, command: str, **data: Any) -> Any:
        """Send a command and return its result."""
        number = next(self._ids)
        await self._ws.send_json({"id": number, "type": command, **data})
        while (message := await self._receive()).get("id") != number:
            pass
        if not message["success"]:
            raise DemoError(f"{command}: {message['error']['message']}")
        return message["result"]

    async def _receive(self) -> dict[str, Any]:
        async with asyncio.timeout(REQUEST_TIMEOUT):
            message = await self._ws.receive()
        if message.type is not WSMsgType.TEXT:
            raise DemoError("Home Assistant closed its websocket")
        data: dict[str, Any] = message.json()
        return data


@asynccontextmanager
async def session(url: str, name: str = USER, password: str = PASSWORD) -> AsyncIterator[Session]:
    """Connect to a Home Assistant that is up or comes up, and log in."""
    async with ClientSession(timeout=ClientTimeout(total=REQUEST_TIMEOUT)) as http:
        user = Session(url, http, name, password)
        await user.log_in()
        yield user


async def until(condition: Callable[[], Awaitable[bool]], what: str, seconds: float = 30) -> None:
    """Wait for a condition, looking a few times a second."""
    try:
        async with asyncio.timeout(seconds):
            while not await condition():  # noqa: ASYNC110  # there is no event to wait for
                await asyncio.sleep(0.2)
    except TimeoutError as err:
        raise DemoError(f"waited {seconds:.0f} s in vain for {what}") from err


def _good(what: str, status: int, answer: Any) -> Any:
    """Return an answer; raises if it is a refusal."""
    if status >= 400:
        reason = answer.get("message", answer) if isinstance(answer, dict) else answer
        raise DemoError(f"{what}: HTTP {status}: {reason}")
    return answer
