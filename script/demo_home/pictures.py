"""The command line of script/pictures."""

import argparse
import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
import sys
from tempfile import TemporaryDirectory
from time import monotonic

from PIL import Image

from .browser import READY, Look, Page, browser
from .console import say
from .folder import CHECKOUT, DemoFolder
from .home import INTERRUPTED, home, set_up, until_signal, while_running
from .process import free_port
from .session import session

DOCS = CHECKOUT / "docs"
BRAND = CHECKOUT / "custom_components" / "codelocks" / "brand"
WALL = "/codelocks-wall/locks"
PHONE = 440
"""Pixels across."""

type Step = str | tuple[str, ...]
"""A string is typed; a list of selectors leads to an element, which is pressed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the demo: its page, its settings, and the steps before it."""

    name: str
    path: str
    """Names of locks in braces stand for the ids of their devices."""
    look: Look
    steps: tuple[Step, ...] = ()


PICTURES = (
    Picture("dashboard", WALL, Look(height=1140)),
    Picture("dashboard_dark", WALL, Look(height=1140, dark=True)),
    Picture("calendar", "/calendar", Look(height=800)),
    Picture("device", "/config/devices/device/{Front door}", Look(height=985)),
    Picture(
        "config_flow",
        "/config/integrations/dashboard/add?domain=codelocks",
        Look(width=PHONE, height=680),
        (
            ("ha-dialog-footer ha-button[slot=primaryAction]",),
            ("ha-form", "ha-selector:nth-of-type(1)", "input"),
            "a key of your own",
            ("ha-form", "ha-selector:nth-of-type(2)", "input"),
            "and another",
        ),
    ),
    Picture(
        "make_a_code",
        WALL,
        Look(width=PHONE, height=890),
        (
            ("hui-button-card",),
            ("ha-more-info-dialog", "ha-picker-field"),
            ("ha-picker-combo-box", "#list-item-1"),
            ("ha-more-info-dialog", "ha-selector-text", "input"),
            "Plumber",
            ("ha-more-info-dialog", "ha-settings-row:nth-of-type(4) ha-checkbox"),
            ("ha-more-info-dialog", "ha-selector-duration", "#hour"),
            "3",
        ),
    ),
    Picture(
        "assist",
        f"{WALL}?conversation=1",
        Look(width=PHONE, height=620),
        (
            ("ha-assist-chat", "input"),
            "who opened the front door last\n",
            "make a code for the plumber at the front door tomorrow from nine to twelve\n",
        ),
    ),
)
"""All pictures in docs/pictures except the brand's. The last one uses a call."""

DRAWINGS = {
    "icon": Look(width=256, height=256, transparent=True),
    "logo": Look(width=680, height=192, transparent=True),
}
"""The brand's pictures, from docs, in the sizes that Home Assistant serves."""


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="script/pictures", description="The pictures of the documentation and of the brand."
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--brand", action="store_true", help="only those of the brand")
    only.add_argument("--only", choices=[one.name for one in PICTURES], help="this one alone")
    return parser.parse_args()


async def take(chosen: argparse.Namespace) -> None:
    """Take the pictures."""
    began = monotonic()
    if not chosen.only:
        await take_brand()
    if not chosen.brand:
        await take_demo([one for one in PICTURES if chosen.only in (None, one.name)])
    say(f"all in {monotonic() - began:.0f} s")


async def take_brand() -> None:
    """Take the pictures of the brand: light and dark, at single and double resolution."""
    async with browser() as page:
        for name, look in DRAWINGS.items():
            for dark in (False, True):
                for scale in (1, 2):
                    await page.open(
                        (DOCS / f"{name}.svg").as_uri(), replace(look, dark=dark, scale=scale)
                    )
                    file = f"{'dark_' * dark}{name}{'@2x' * (scale == 2)}.png"
                    write(BRAND / file, Image.open(BytesIO(await page.capture())))


async def take_demo(pictures: Iterable[Picture]) -> None:
    """Take pictures in a demo of their own."""
    with TemporaryDirectory(prefix="codelocks-pictures-") as temporary:
        folder = DemoFolder(Path(temporary))
        port = free_port()
        async with home(folder, port, free_port()) as (home_assistant, sim):

            async def work() -> None:
                # By number: as localhost the frontend would have a service worker, and reload once
                # that is ready, whatever is being filled in.
                async with session(f"http://127.0.0.1:{port}") as user, browser() as page:
                    registry = await set_up(user, sim, folder)
                    await page.log_in(user)
                    places = {lock.name: lock.id for lock in registry.locks}
                    for picture in pictures:
                        await take_one(page, user.url + picture.path.format_map(places), picture)

            await while_running(home_assistant, work())


async def take_one(page: Page, url: str, picture: Picture) -> None:
    """Open the page, do the steps, and take the picture."""
    await page.open(url, picture.look)
    await page.wait(READY, f"{url} to be complete")
    for step in picture.steps:
        if isinstance(step, str):
            await page.write(step)
        else:
            await page.press(*step)
    await page.wait(READY, f"{picture.name} to be complete")
    image = Image.open(BytesIO(await page.capture())).convert("RGB")
    write(DOCS / "pictures" / f"{picture.name}.png", image)


def write(path: Path, image: Image.Image) -> None:
    """Write a picture, as small as it can be."""
    image.save(path, optimize=True)
    say(f"{path.relative_to(CHECKOUT)}: {image.width}x{image.height}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(asyncio.run(until_signal(take(options()), interrupted=INTERRUPTED)))
