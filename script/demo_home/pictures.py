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
from playwright.async_api import Browser, Page

from .browser import READY, SETTLE, Look, browser, capture, open_page
from .console import say
from .folder import CHECKOUT, DemoFolder
from .home import INTERRUPTED, home, set_up, until_signal, while_running
from .process import free_port
from .session import Session, session

DOCS = CHECKOUT / "docs"
BRAND = CHECKOUT / "custom_components" / "codelocks" / "brand"
WALL = "/codelocks-wall/doors"
CARDS = "/codelocks-cards/cards"
PHONE = 440
"""Pixels across."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done on a page: pressed, or filled in."""

    selector: str
    """Of the first that is shown; it leads into shadow trees."""
    text: str = ""
    """What is filled in; a line's end is the Enter key."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the demo: its page, its settings, and the steps before it."""

    name: str
    path: str
    """Names of locks in braces stand for the ids of their devices."""
    look: Look
    steps: tuple[Step, ...] = ()


PICTURES = (
    Picture("page", "/codelocks", Look(height=760)),
    Picture("page_phone", "/codelocks", Look(width=PHONE, height=860)),
    Picture("bookings", "/codelocks/bookings", Look(height=860)),
    Picture("dashboard", WALL, Look(height=1500)),
    Picture("dashboard_dark", WALL, Look(width=PHONE, height=860, dark=True)),
    Picture(
        "add_dashboard",
        "/config/lovelace/dashboards",
        Look(height=860),
        (Step("ha-button:has-text('Add dashboard')"),),
    ),
    Picture(
        "dashboard_settings",
        WALL,
        Look(height=560),
        (Step("role=button[name='Edit dashboard']"),),
    ),
    Picture(
        "add_card",
        f"{CARDS}?edit=1",
        Look(height=900),
        (
            Step("hui-section button.add"),
            Step("ha-tab-group-tab:has-text('By card')"),
            Step("hui-card-picker input", "codelocks"),
        ),
    ),
    Picture("calendar", "/calendar", Look(height=800)),
    Picture("device", "/config/devices/device/{Front door}", Look(height=985)),
    Picture(
        "config_flow",
        "/config/integrations/dashboard/add?domain=codelocks",
        Look(width=PHONE, height=680),
        (
            Step("ha-dialog-footer ha-button[slot=primaryAction]"),
            Step("ha-form ha-selector:nth-of-type(1) input", "a key of your own"),
            Step("ha-form ha-selector:nth-of-type(2) input", "and another"),
        ),
    ),
    Picture(
        "cards",
        CARDS,
        Look(height=560),
        (
            Step("codelocks-make-code-card input[maxlength]", "Plumber"),
            Step("codelocks-make-code-card .chip:has-text('Front door')"),
            Step("codelocks-make-code-card .chip:has-text('2 h')"),
            Step("codelocks-make-code-card .btn.wide"),
        ),
    ),
    Picture(
        "assist",
        f"{WALL}?conversation=1",
        Look(width=PHONE, height=620),
        (
            Step("ha-assist-chat input", "who opened the front door last\n"),
            Step(
                "ha-assist-chat input",
                "make a code for the plumber at the front door tomorrow from nine to twelve\n",
            ),
        ),
    ),
)
"""All pictures in docs/pictures except the brand's. The last two use a call each."""

DRAWINGS = {
    "icon": Look(width=256, height=256),
    "logo": Look(width=680, height=192),
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
    async with browser() as chromium:
        for name, look in DRAWINGS.items():
            url = (DOCS / f"{name}.svg").as_uri()
            for dark in (False, True):
                for scale in (1, 2):
                    seen = replace(look, dark=dark, scale=scale)
                    async with await open_page(chromium, url, seen) as page:
                        png = await capture(page, transparent=True)
                    file = f"{'dark_' * dark}{name}{'@2x' * (scale == 2)}.png"
                    write(BRAND / file, Image.open(BytesIO(png)))


async def take_demo(pictures: Iterable[Picture]) -> None:
    """Take pictures in a demo of their own."""
    with TemporaryDirectory(prefix="codelocks-pictures-") as temporary:
        folder = DemoFolder(Path(temporary))
        port = free_port()
        async with home(folder, port, free_port()) as (home_assistant, sim):

            async def work() -> None:
                async with session(f"http://127.0.0.1:{port}") as user, browser() as chromium:
                    registry = await set_up(user, sim, folder)
                    places = {lock.name: lock.id for lock in registry.locks}
                    for picture in pictures:
                        await take_one(chromium, user, picture, places)

            await while_running(home_assistant, work())


async def take_one(
    chromium: Browser, user: Session, picture: Picture, places: dict[str, str]
) -> None:
    """Open the page, do the steps, and take the picture."""
    url = user.url + picture.path.format_map(places)
    async with await open_page(chromium, url, picture.look, user) as page:
        for step in picture.steps:
            await do(page, step)
        await page.wait_for_function(READY)
        image = Image.open(BytesIO(await capture(page))).convert("RGB")
    write(DOCS / "pictures" / f"{picture.name}.png", image)


async def do(page: Page, step: Step) -> None:
    """Press what a step leads to, or fill it in; then let the page answer."""
    place = page.locator(step.selector).filter(visible=True).first
    if step.text:
        await place.fill(step.text.rstrip("\n"))
    else:
        await place.click()
    if step.text.endswith("\n"):
        await place.press("Enter")
    await page.wait_for_timeout(SETTLE)


def write(path: Path, image: Image.Image) -> None:
    """Write a picture, as small as it can be."""
    image.save(path, optimize=True)
    say(f"{path.relative_to(CHECKOUT)}: {image.width}x{image.height}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    sys.exit(asyncio.run(until_signal(take(options()), interrupted=INTERRUPTED)))
