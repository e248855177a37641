"""The command line of script/screenshot."""

import argparse
import asyncio
from pathlib import Path
import sys

from .browser import Look, browser, capture, open_page
from .console import DemoError, say
from .session import session


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="script/screenshot", description="A picture of a page of the running demo."
    )
    parser.add_argument("path", help="of the page, such as /config/devices/dashboard")
    parser.add_argument("output", type=Path, help="the PNG to write")
    parser.add_argument("--url", default="http://localhost:8123", help="of the demo")
    parser.add_argument("--size", type=_size, default=(1280, 900), help="WIDTHxHEIGHT")
    parser.add_argument("--scale", type=float, default=1, help="pixels for each pixel of the page")
    parser.add_argument("--dark", action="store_true", help="prefer the dark theme")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


async def take(chosen: argparse.Namespace) -> None:
    """Take the picture."""
    width, height = chosen.size
    look = Look(width=width, height=height, scale=chosen.scale, dark=chosen.dark)
    url = chosen.url + chosen.path
    async with (
        session(chosen.url) as user,
        browser() as chromium,
        await open_page(chromium, url, look, user) as page,
    ):
        png = await capture(page)
    chosen.output.write_bytes(png)
    say(f"{chosen.output}: {width}x{height}, {len(png) // 1024} kB")


def main() -> int:
    """Run; return the exit code."""
    try:
        asyncio.run(take(options()))
    except DemoError as err:
        say(f"failed: {err}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
