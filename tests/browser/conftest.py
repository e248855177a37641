"""A Home Assistant as the demo starts it, and a Chromium that looks at it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
import os
from pathlib import Path
import shutil
import subprocess
import sys
from typing import Any, NoReturn

from aiohttp import ClientSession
from playwright.async_api import Page, expect
import pytest
from pytest_socket import enable_socket

from script.demo_home.browser import NAMES, Look, browser, open_page
from script.demo_home.process import free_port
from script.demo_home.session import session

CHECKOUT = Path(__file__).parents[2]
AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
READY = "Ctrl-C ends both."
"""The last thing that the demo says when it is up."""
PATIENCE = 10_000
"""Milliseconds that a page has for what is waited for."""


def _miss(what: str) -> NoReturn:
    """Skip, and say so; where everything must run it is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"no tests in the browser: {what}")
    pytest.skip(f"NOT TESTED in the browser: {what}")


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Talk to this machine."""


@pytest.fixture(scope="session")
def chromium() -> None:
    """Need a Chromium."""
    if not any(map(shutil.which, NAMES)):
        _miss("there is no Chromium; on Debian it is the package chromium")


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script that looks for what keeps people out."""
    if not AXE.exists():
        _miss("axe is not there; run npm ci in the folder frontend")
    return AXE.read_text()


class Cloud:
    """The simulated cloud behind Home Assistant, which can be told what goes wrong."""

    def __init__(self, port: int) -> None:
        """Take the port that it serves."""
        self.port = port

    async def tell(self, what: str, **values: Any) -> Any:
        """Change something; the simulator's README says what there is."""
        address = f"http://127.0.0.1:{self.port}/_sim/{what}"
        async with ClientSession() as http, http.post(address, json=values) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def look(self, what: str) -> Any:
        """Read what it was asked, or what it knows."""
        address = f"http://127.0.0.1:{self.port}/_sim/{what}"
        async with ClientSession() as http, http.get(address) as answer:
            return await answer.json()


@pytest.fixture(scope="session")
def cloud() -> Cloud:
    """Return the cloud of the demo."""
    enable_socket()  # the plugin has its fixture for one test only
    return Cloud(free_port())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the demo's Home Assistant runs."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def home(
    chromium: None,  # noqa: ARG001 - without it nothing is started
    cloud: Cloud,
    folder: Path,
) -> Iterator[str]:
    """Run the demo; return the address of its Home Assistant."""
    port = free_port()
    command = (sys.executable, "-P", "-m", "script.demo_home", "--folder", str(folder))
    ports = ("--port", str(port), "--simulator-port", str(cloud.port))
    with subprocess.Popen(  # noqa: S603 - our own program
        [*command, *ports],
        cwd=CHECKOUT,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        assert demo.stdout
        said = []
        for line in demo.stdout:
            said.append(line)
            if READY in line:
                break
        else:
            pytest.fail("the demo did not start:\n" + "".join(said))
        yield f"http://127.0.0.1:{port}"
        demo.terminate()
        demo.communicate(timeout=30)


@asynccontextmanager
async def looking(home: str, path: str, look: Look, *login: str) -> AsyncIterator[Page]:
    """Look at a page of Home Assistant, as its user or another; an error in scripts fails."""
    errors: list[str] = []
    async with session(home, *login) as user, browser() as chromium:
        page = await open_page(chromium, home + path, look, user)
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=home)
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        yield page
        assert [error for error in errors if "codelocks" in error] == []
