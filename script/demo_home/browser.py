"""The machine's Chromium, driven by Playwright, and pages of Home Assistant in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
import shutil
from time import time

from playwright.async_api import (
    Browser,
    Error,
    Page,
    StorageState,
    ViewportSize,
    async_playwright,
)

from .console import DemoError
from .session import Session

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SETTLE = 1500
"""Milliseconds for pictures to load and animations to end, once nothing is loading any more."""
READY = """
() => {
  const busy = new Set(["HASS-LOADING-SCREEN", "HA-SPINNER", "HA-FADE-IN", "HA-INIT-PAGE"]);
  const isShown = (one) => busy.has(one.tagName) && one.getClientRects().length;
  const waits = (node) => [...node.querySelectorAll("*")].some(
    (one) => isShown(one) || (one.shadowRoot && waits(one.shadowRoot)));
  const root = document.querySelector("home-assistant")?.shadowRoot;
  const isUp = root?.querySelector("home-assistant-main")
    && !document.querySelector("#ha-launch-screen");
  return Boolean(isUp) && document.readyState === "complete" && !waits(document);
}
"""
"""Whether a page of Home Assistant is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a page is looked at."""

    width: int = 1280
    height: int = 900
    scale: float = 1
    dark: bool = False
    touch: bool = False
    locale: str = "en-GB"


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Run the browser; what goes wrong with it is for the demo's user."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise DemoError("found no Chromium; on Debian it is the package chromium")
    try:
        async with (
            async_playwright() as playwright,
            await playwright.chromium.launch(executable_path=program, args=FLAGS) as chromium,
        ):
            yield chromium
    except Error as err:
        raise DemoError(f"the browser: {err}") from err


async def open_page(chromium: Browser, url: str, look: Look, user: Session | None = None) -> Page:
    """Open a page in a profile of its own; a user of Home Assistant is logged in there."""
    page = await chromium.new_page(
        viewport=ViewportSize(width=look.width, height=look.height),
        device_scale_factor=look.scale,
        color_scheme="dark" if look.dark else "light",
        has_touch=look.touch,
        locale=look.locale,
        # The frontend loads itself anew when its service worker is ready, whatever is filled in.
        service_workers="block",
        storage_state=_frontend_of(user) if user else None,
    )
    await page.goto(url)
    if user:
        await page.wait_for_function(READY)
    return page


async def capture(page: Page, *, transparent: bool = False) -> bytes:
    """Return a PNG of a page, once it is still."""
    await page.wait_for_timeout(SETTLE)
    return await page.screenshot(omit_background=transparent)


def _frontend_of(user: Session) -> StorageState:
    """Return what the frontend keeps of a user: the tokens, and that there is no sidebar."""
    tokens = user.tokens | {
        "hassUrl": user.url,
        "clientId": user.client_id,
        "expires": int((time() + user.tokens["expires_in"]) * 1000),
    }
    kept = {"hassTokens": tokens, "dockedSidebar": "always_hidden"}
    return {
        "origins": [
            {
                "origin": user.url,
                "localStorage": [
                    {"name": name, "value": json.dumps(value)} for name, value in kept.items()
                ],
            }
        ]
    }
