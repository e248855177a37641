"""Home Assistant as a process of its own."""

import asyncio
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import os
import socket
import sys

from .console import DemoError, say
from .folder import HOST, DemoFolder

RESTART = 100
"""Home Assistant's exit code when somebody asked it to restart."""
STOP_TIMEOUT = 20
TAIL = 40


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        port: int = sock.getsockname()[1]
        return port


def require_free(port: int) -> None:
    """Refuse a port that is in use: Home Assistant would silently take another."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((HOST, port))
        except OSError as err:
            raise DemoError(f"port {port} is in use: {err.strerror}") from err


class HomeAssistant:
    """A Home Assistant that is started and stopped."""

    def __init__(self, folder: DemoFolder) -> None:
        """Take the folder that it runs in."""
        self._folder = folder
        self._process: Process | None = None

    async def start(self) -> None:
        """Start; its output goes to the folder's log."""
        with self._folder.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "homeassistant", "--config", str(self._folder.path)),
                *("--skip-pip", "--log-no-color"),
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
                cwd=self._folder.path,
                env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
                start_new_session=True,  # Ctrl-C is for the demo, which then stops it
            )

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process  # noqa: S101  # started
        return self._process.pid

    async def wait(self) -> int:
        """Wait until it ends and return its exit code."""
        assert self._process  # noqa: S101  # started
        return await self._process.wait()

    async def run(self) -> None:
        """Run it until it ends by itself; a restart is not the end."""
        while (code := await self.wait()) == RESTART:
            say("Home Assistant restarts")
            await self.start()
        if code:
            raise DemoError(f"Home Assistant ended with exit code {code}")

    async def stop(self) -> None:
        """Stop it, gently if possible."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_TIMEOUT)
        except TimeoutError:
            process.kill()
            await process.wait()

    def log_tail(self) -> str:
        """Return the last lines of its output."""
        lines = self._folder.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-TAIL:])


@asynccontextmanager
async def running(folder: DemoFolder) -> AsyncIterator[HomeAssistant]:
    """Run Home Assistant in a folder for as long as the context lasts."""
    process = HomeAssistant(folder)
    await process.start()
    try:
        yield process
    finally:
        await asyncio.shield(process.stop())
