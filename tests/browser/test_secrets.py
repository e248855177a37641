"""All that shows codes is used once; then each code is looked for where it must never be."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
import json
from pathlib import Path
import re
from typing import Any

from playwright.async_api import Locator, Page, WebSocket, expect

from script.demo_home.phone import TITLE, read_messages
from script.demo_home.session import Session, session, until
from tests.browser.conftest import looking
from tests.browser.test_cards import MAKE, VIEW, card, full, ids, put_cards
from tests.browser.test_page import PHONE, make_for_two_doors

NAME = "Locksmith"
DOORS = ("Front door", "Office")
MAY_ANSWER = {"codelocks.generate_netcode", "codelocks/reveal"}
"""What is answered with a code, and nothing else is."""
ITS_PHONE = "persistent_notification/subscribe"
"""Tells the demo's user what arrived at the phone."""
MARK = "input_text.all_is_written"
MINUTE = 61_000
DOM = """
() => {
  const all = (node) => [...node.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  return all(document).map((one) => [one.value, [...one.attributes].map(({ value }) => value),
    one.shadowRoot?.textContent,
    ...[...one.childNodes].filter((node) => node.nodeType !== 1).map((node) => node.data)]);
}
"""
"""All texts, attributes and values of all elements, hidden ones and comments too."""
KEPT = """
async () => {
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const kept = [];
  for (const { name } of await indexedDB.databases()) {
    const base = await asked(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      kept.push(name, store, await asked(base.transaction(store).objectStore(store).getAll()));
    }
    base.close();
  }
  const caches = await globalThis.caches?.keys() ?? [];
  return [Object.entries(localStorage), Object.entries(sessionStorage), kept, caches,
    history.state, location.href, document.title, document.cookie, window.name];
}
"""
"""What the browser keeps, or shows outside of the page."""
HIDE = """
(state) => {
  Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
"""
"""Hides the tab, or shows it again."""


class Watch:
    """All that goes out of a page: console, addresses, and what is said on the websocket."""

    def __init__(self, page: Page) -> None:
        """Watch from now on."""
        self.said: list[str] = []
        self.sent: list[str] = []
        self.asked: dict[tuple[int, int], str] = {}
        self.received: list[tuple[int, dict[str, Any]]] = []
        self._sockets = 0
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.sent.append(f"{request.url} {request.post_data}"))
        page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        self._sockets += 1
        number = self._sockets
        socket.on("framesent", lambda frame: self._send(number, str(frame)))
        socket.on("framereceived", lambda frame: self._receive(number, str(frame)))

    def _send(self, number: int, frame: str) -> None:
        self.sent.append(frame)
        message = json.loads(frame)
        asked = message["type"]
        if asked == "call_service":
            asked = f"{message['domain']}.{message['service']}"
        self.asked[number, message.get("id", 0)] = asked

    def _receive(self, number: int, frame: str) -> None:
        told = json.loads(frame)
        self.received += [(number, one) for one in (told if isinstance(told, list) else [told])]

    def who_told(self, code: str) -> set[tuple[str, str]]:
        """Return which answers and events a code was in: what was asked for, and the kind."""
        return {
            (self.asked[number, message["id"]], message["type"])
            for number, message in self.received
            if is_in(code, json.dumps(message))
        }


def is_in(code: str, text: str | bytes) -> bool:
    """Tell whether a code stands in a text, in groups of digits or not; not within a number."""
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    spaced = r"[\s\xa0\u2009\u202f-]*".join(code)
    return re.search(rf"(?<![0-9A-Fa-f.]){spaced}(?![0-9A-Fa-f])", text) is not None


async def shown(where: Locator) -> list[str]:
    """Return the codes that are shown somewhere."""
    await expect(where.locator("output").first).to_contain_text(re.compile(r"\d"))
    return [re.sub(r"\D", "", text) for text in await where.locator("output").all_inner_texts()]


async def in_page(page: Page, codes: Iterable[str]) -> list[str]:
    """Look through all of the page; return the codes that are in it."""
    await page.evaluate("new Promise(requestAnimationFrame)")
    text = json.dumps(await page.evaluate(DOM), ensure_ascii=False)
    return [code for code in codes if is_in(code, text)]


def test_a_code_is_nowhere_else(home: str, folder: Path) -> None:
    """It is shown for a minute to who asks, sent to whom was named, and in nothing that is kept."""
    asyncio.run(_a_code_is_nowhere_else(home, folder))


async def _a_code_is_nowhere_else(home: str, folder: Path) -> None:
    doors = await ids(home)
    await put_cards(home, [card(MAKE, title=DOORS[1], locks=[doors[DOORS[1]]])])
    async with looking(home, "/home", PHONE) as page, session(home) as user:
        watch = Watch(page)
        await page.clock.install()
        await page.goto(f"{home}/codelocks")
        panel = page.locator("codelocks-panel")
        codes = await make_and_send(page, panel, user)
        await show_in_list(page, panel, codes)
        await show_at_door(page, panel, codes)
        codes += await make_on_card(page, home)
        kept = json.dumps(await page.evaluate(KEPT), ensure_ascii=False)
        await written(user, folder)
        states = json.dumps(await user.states())
        log = json.dumps(await logbook(user))
    assert "hassTokens" in kept
    assert MARK in log
    assert any("plan_netcode" in sent for sent in watch.sent)
    for code in codes:
        assert {asked for asked, kind in watch.who_told(code) if kind == "result"} <= MAY_ANSWER
        assert {asked for asked, kind in watch.who_told(code) if kind == "event"} <= {ITS_PHONE}
        assert any(kind == "result" for _, kind in watch.who_told(code))
        texts = {"kept": kept, "states": states, "logbook": log}
        texts |= {"console": "\n".join(watch.said), "sent": "\n".join(watch.sent)}
        assert [where for where, text in texts.items() if is_in(code, text)] == []
        assert [name for name, data in files(folder).items() if is_in(code, data)] == []


async def make_and_send(page: Page, panel: Locator, user: Session) -> list[str]:
    """Make for two doors, copy and send; a minute later nothing is left of it."""
    codes = await make_for_two_doors(page, panel, NAME)
    assert await in_page(page, codes) == codes
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Send to…").click()
    await form.get_by_role("button", name=TITLE).click()
    await expect(form.get_by_text(f"Sent to {TITLE}")).to_be_visible()
    message = (await read_messages(user))[-1]
    assert [code for code in codes if not is_in(code, message)] == []
    await form.get_by_role("button", name="Copy the code of Office").click()
    assert await page.evaluate("navigator.clipboard.readText()") in codes
    await page.clock.fast_forward(MINUTE)
    await expect(form.get_by_label("Hidden", exact=True)).to_have_count(len(codes))
    assert await in_page(page, codes) == []
    await form.get_by_role("button", name="Show the code of Office").click()
    assert await shown(form) == codes
    await page.get_by_role("button", name="Done").click()
    await expect(form).to_have_count(0)
    assert await in_page(page, codes) == []
    return codes


async def show_in_list(page: Page, panel: Locator, codes: list[str]) -> None:
    """Show one in *Codes*, then all of its order; it goes as its view is left."""
    await panel.get_by_role("link", name="Codes").click()
    await panel.get_by_role("button", name=f"Show the code of {NAME}").first.click()
    assert (await shown(panel))[0] in codes
    await panel.get_by_label(f"More about {NAME}").first.click()
    await page.get_by_role("menuitem", name="Show 2 codes").click()
    dialog = page.get_by_role("dialog")
    assert sorted(await shown(dialog)) == sorted(codes)
    await dialog.get_by_role("button", name="Done").click()
    await panel.get_by_role("link", name="Doors", exact=True).click()
    await expect(panel.get_by_role("link", name=DOORS[0])).to_be_visible()
    assert await in_page(page, codes) == []


async def show_at_door(page: Page, panel: Locator, codes: list[str]) -> None:
    """Show one in a door's view; it goes as the tab is hidden."""
    await panel.get_by_role("link", name=DOORS[0]).click()
    await panel.get_by_role("button", name=f"Show the code of {NAME}").click()
    assert await in_page(page, codes) == await shown(panel)
    await page.evaluate(HIDE, "hidden")
    await expect(panel.locator("output")).to_have_count(0)
    assert await in_page(page, codes) == []
    await page.evaluate(HIDE, "visible")


async def make_on_card(page: Page, home: str) -> list[str]:
    """Make one on a card; a minute later it is gone there, too."""
    await page.goto(home + VIEW)
    make = full(page, MAKE, DOORS[1])
    await make.get_by_label("For whom").fill(NAME)
    await make.get_by_role("radio", name="1 h").check()
    await make.get_by_role("button", name="Make a code").click()
    made = full(page, MAKE, NAME)
    codes = await shown(made)
    await page.clock.fast_forward(MINUTE)
    await expect(made.get_by_label("Hidden", exact=True)).to_be_visible()
    assert await in_page(page, codes) == []
    return codes


async def written(user: Session, folder: Path) -> None:
    """Wait until the recorder has written what happened until now."""
    for state in ("not yet", "now"):
        await user.post(f"/api/states/{MARK}", state=state)

    async def is_written() -> bool:
        return any(MARK.encode() in data for name, data in files(folder).items() if "v2.db" in name)

    await until(is_written, "the recorder to write")


async def logbook(user: Session) -> list[Any]:
    """Return all that the logbook says."""
    async with user.socket() as socket:
        found: list[Any] = await socket.ask("logbook/get_events", start_time="2020-01-01T00:00:00Z")
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Return what Home Assistant has written, but the private files that keep codes."""
    found = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if not _keeps_codes(name) and path.is_file():
            with suppress(FileNotFoundError):  # a file that was being written
                found[name] = path.read_bytes()
    assert "home-assistant_v2.db" in found
    return found


def _keeps_codes(name: str) -> bool:
    """Tell the integration's own files, and what the simulated cloud made."""
    return name.startswith(".storage/codelocks.") or name == "cloud.json"
