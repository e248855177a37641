"""A headless Chromium, driven through its DevTools protocol."""

import asyncio
from asyncio.subprocess import DEVNULL, Process
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
import json
import os
from pathlib import Path
import re
import shutil
from tempfile import TemporaryDirectory
from time import time
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from .console import DemoError
from .session import Session, until

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CLOSE_TIMEOUT = 5
SETTLE = 1.5
"""Seconds for pictures to load and animations to end, once all requests are done."""
READY = """
(() => {
  const busy = new Set(["HASS-LOADING-SCREEN", "HA-SPINNER", "HA-FADE-IN", "HA-INIT-PAGE"]);
  const isShown = (one) => busy.has(one.tagName) && one.getClientRects().length;
  const waits = (node) => [...node.querySelectorAll("*")].some(
    (one) => isShown(one) || (one.shadowRoot && waits(one.shadowRoot)));
  const root = document.querySelector("home-assistant")?.shadowRoot;
  const isUp = root?.querySelector("home-assistant-main")
    && !document.querySelector("#ha-launch-screen");
  return Boolean(isUp) && document.readyState === "complete" && !waits(document);
})()
"""

FIND = """
(() => {
  const find = (node, wanted) => {
    for (const tree of [node.shadowRoot, node].filter(Boolean))
      for (const one of tree.querySelectorAll("*")) {
        if (one.matches(wanted) && one.getClientRects().length) return one;
        const within = one.shadowRoot && find(one.shadowRoot, wanted);
        if (within) return within;
      }
    return null;
  };
  const found = %s.reduce((node, wanted) => node && find(node, wanted), document);
  const box = found?.getBoundingClientRect();
  return box && [box.x + box.width / 2, box.y + box.height / 2];
})()
"""
"""The middle of a visible element for a selector, even in shadow trees; a list leads inwards."""
ENTER = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is looked at."""

    width: int = 1280
    height: int = 900
    scale: float = 1
    dark: bool = False
    transparent: bool = False


class Page:
    """A page of the browser."""

    def __init__(self, ws: ClientWebSocketResponse) -> None:
        """Take the page's DevTools connection."""
        self._ws = ws
        self._ids = count(1)

    async def log_in(self, user: Session) -> None:
        """Let the frontend find the user's tokens when it starts, and hide its sidebar."""
        tokens = user.tokens | {
            "hassUrl": user.url,
            "clientId": user.client_id,
            "expires": int((time() + user.tokens["expires_in"]) * 1000),
        }
        store = (
            f"localStorage.hassTokens = {json.dumps(json.dumps(tokens))};"
            """localStorage.dockedSidebar = '"always_hidden"';"""
        )
        await self._do("Page.enable")
        await self._do("Page.addScriptToEvaluateOnNewDocument", source=store)

    async def picture(self, url: str, look: Look) -> bytes:
        """Open a page of Home Assistant and return a PNG of it."""
        await self.open(url, look)
        await self.wait(READY, f"{url} to be complete")
        return await self.capture()

    async def open(self, url: str, look: Look) -> None:
        """Open any page."""
        await self._do(
            "Emulation.setDeviceMetricsOverride",
            width=look.width,
            height=look.height,
            deviceScaleFactor=look.scale,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if look.dark else "light"}
        await self._do("Emulation.setEmulatedMedia", features=[scheme])
        clear = {"color": {"r": 0, "g": 0, "b": 0, "a": 0}} if look.transparent else {}
        await self._do("Emulation.setDefaultBackgroundColorOverride", **clear)
        await self._do("Page.navigate", url=url)
        await self.wait("document.readyState === 'complete'", f"{url} to load")

    async def wait(self, condition: str, what: str) -> None:
        """Wait until a script returns something true."""

        async def fulfilled() -> bool:
            return bool(await self.evaluate(condition))

        await until(fulfilled, what)

    async def press(self, *selectors: str) -> None:
        """Click the middle of an element, once it is visible and does not move."""
        find = FIND % json.dumps(selectors)
        places = []

        async def still() -> bool:
            places.append(await self.evaluate(find))
            await asyncio.sleep(SETTLE)
            return bool(places[-1]) and places[-1] == await self.evaluate(find)

        await until(still, f"{' '.join(selectors)} to be shown")
        x, y = places[-1]
        for event in ("mousePressed", "mouseReleased"):
            await self._do(
                "Input.dispatchMouseEvent", type=event, x=x, y=y, button="left", clickCount=1
            )

    async def write(self, text: str) -> None:
        """Type text at the cursor; a newline is the Enter key."""
        await asyncio.sleep(SETTLE)
        for part in re.split("(\n)", text):
            if part == "\n":
                await self._do("Input.dispatchKeyEvent", type="keyDown", **ENTER)
                await self._do("Input.dispatchKeyEvent", type="keyUp", **ENTER)
            elif part:
                await self._do("Input.insertText", text=part)

    async def capture(self) -> bytes:
        """Return a PNG of the page, once it is still."""
        await asyncio.sleep(SETTLE)
        return b64decode((await self._do("Page.captureScreenshot", format="png"))["data"])

    async def evaluate(self, script: str) -> Any:
        """Run a script in the page and return its value; promises are awaited."""
        answer = await self._do(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        return answer["result"].get("value")

    async def close(self) -> None:
        """Close the browser: gently, so that none of its processes writes any more."""
        await self._do("Browser.close")

    async def _do(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; other messages of the page are ignored."""
        number = next(self._ids)
        await self._ws.send_json({"id": number, "method": method, "params": params})
        async for message in self._ws:
            if message.type is WSMsgType.TEXT and (answer := message.json()).get("id") == number:
                if "error" in answer:
                    raise DemoError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
        raise DemoError("the browser closed the connection")


@asynccontextmanager
async def browser() -> AsyncIterator[Page]:
    """Run a browser with an empty profile and yield its page."""
    with TemporaryDirectory(prefix="codelocks-browser-", ignore_cleanup_errors=True) as profile:
        process = await _start(Path(profile))
        try:
            async with ClientSession() as http:
                address = await _page_address(http, Path(profile))
                async with http.ws_connect(address, max_msg_size=0) as ws:
                    page = Page(ws)
                    yield page
                    await page.close()
        finally:
            await _end(process)


async def _start(profile: Path) -> Process:
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise DemoError("found no Chromium on this machine")
    return await asyncio.create_subprocess_exec(
        program,
        "--headless=new",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # not available to root
        f"--user-data-dir={profile}",
        "--remote-debugging-port=0",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--lang=en-GB",
        "about:blank",
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )


async def _end(process: Process) -> None:
    """Wait for a browser that closes; end one that does not."""
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), CLOSE_TIMEOUT)
    if process.returncode is None:
        process.terminate()
        await process.wait()


async def _page_address(http: ClientSession, profile: Path) -> str:
    """Return the address of the first page's DevTools connection."""
    note = profile / "DevToolsActivePort"

    async def listening() -> bool:
        return note.exists() and "\n" in note.read_text()

    await until(listening, "the browser to start")
    port = note.read_text().splitlines()[0]
    async with http.get(f"http://127.0.0.1:{port}/json/list") as response:
        pages = await response.json()
    return next(str(one["webSocketDebuggerUrl"]) for one in pages if one["type"] == "page")
