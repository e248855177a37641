"""Others' words are plain text wherever Home Assistant shows Markdown."""

import ast
from collections.abc import Awaitable, Callable
import logging
from pathlib import Path

from homeassistant.config_entries import SOURCE_REAUTH, SOURCE_RECONFIGURE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from hypothesis import given, strategies as st
import pytest

from custom_components import codelocks
from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.localize import placeholders, plain
from tests.codes import make, set_options, warning
from tests.helpers import device_of
from tests.simulator import LOCK_1_ID, Fault, Simulator

type AddAccount = Callable[..., Awaitable[CodelocksConfigEntry]]

EVIL = "![x](http://evil.example/p.png)"
PLAIN = "! x (http: //evil.example/p.png)"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (EVIL, PLAIN),
        ("[Fix it](https://evil.example)", "Fix it (https: //evil.example)"),
        ("http://evil.example", "http: //evil.example"),
        ("see WWW.evil.example", "see WWW .evil.example"),
        ("<img src=x onerror=alert(1)>", "img src=x onerror=alert(1)"),
        ("<ha-icon icon='mdi:key'>", "ha-icon icon='mdi:key'"),
        ("`code` ~~gone~~ **bold** *it*", "code gone bold it"),
        ("_it_ and __bold__", "it and bold"),
        ("a | b", "a b"),
        ("# Heading", "Heading"),
        ("- item", "item"),
        ("a\n# b\n\n- c", "a # b - c"),
        ("anna_b@example.com", "anna_b@example.com"),
        ("Door #2 (left) - 1st floor", "Door #2 (left) - 1st floor"),
        ("Tür & Tor", "Tür & Tor"),
        ("", ""),
    ],
)
def test_plain(words: str, shown: str) -> None:
    """No link, picture, HTML, code or emphasis; what is a name stays one."""
    assert plain(words) == shown
    assert placeholders(name=words) == {"name": shown}


@given(st.text(st.sampled_from("[]()<>!`*_~#|\\-+= \n:/w.ahtp")))
def test_anything_is_plain(words: str) -> None:
    """No markup is left."""
    shown = plain(words)
    assert not set(shown) & set("[]<>`*~|\\\n")
    assert "://" not in shown
    assert "www." not in shown
    assert plain(shown) == shown


def test_all_placeholders_are_plain() -> None:
    """Whatever is filled into an issue or a form is made plain by the one function for that."""
    root = Path(codelocks.__file__).parent
    looked_at = issues = 0
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and path.name != "errors.py":
                issues += ast.unparse(node.func).endswith("async_create_issue")
                for keyword in node.keywords:
                    if keyword.arg in ("translation_placeholders", "description_placeholders"):
                        looked_at += 1
                        assert is_plain(keyword.value), f"{path.name}:{keyword.value.lineno}"
    assert issues == 1, "all others are created by async_set_issue"
    assert looked_at >= 6


def is_plain(node: ast.expr) -> bool:
    """Return whether placeholders are made plain; a sequence of keys has its own function."""
    if isinstance(node, ast.Dict):
        return all(map(is_plain, node.values))
    names = (
        "placeholders",
        "localize.placeholders",
        "_showable",
        "reason.translation_placeholders",
        "self.placeholders",  # constants of a class
    )
    return ast.unparse(node.func if isinstance(node, ast.Call) else node) in names


async def test_an_account_of_a_strange_name(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    add_account: AddAccount,
) -> None:
    """Its title is plain: Home Assistant puts that into texts of its own, such as for reauth."""
    sim.world.account.email = f"{EVIL}@example.com"
    entry = await add_account()
    assert entry.title == f"{PLAIN}@example.com"
    assert entry.unique_id == f"{EVIL}@example.com"
    for source, data in ((SOURCE_RECONFIGURE, None), (SOURCE_REAUTH, {**entry.data})):
        flow = await hass.config_entries.flow.async_init(
            DOMAIN, context={"source": source, "entry_id": entry.entry_id}, data=data
        )
        assert (flow["description_placeholders"] or {})["account"] == entry.title
    await set_options(hass, entry, plan="custom", netcode_quota=0, utility_quota=0)
    named = [
        issue.translation_placeholders["account"]
        for issue in issue_registry.issues.values()
        if issue.domain == DOMAIN and issue.translation_placeholders
    ]
    assert set(named) == {entry.title}


async def test_a_guest_and_a_lock_of_strange_names(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """A warning names the others, and a notification the lock: as plain text."""
    sim.world.lock(LOCK_1_ID).name = EVIL
    entry = await add_account()
    await make(hass, entry, LOCK_1_ID, name=EVIL)
    assert (await make(hass, entry, LOCK_1_ID, name="Anna"))["warnings"] == [
        warning("shared_code", names=PLAIN)
    ]


async def test_a_lock_of_a_name_that_forges_the_log(
    hass: HomeAssistant,
    sim: Simulator,
    add_account: AddAccount,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What is shown and logged of it is one line that can be seen."""
    caplog.set_level(logging.DEBUG, logger="custom_components.codelocks")
    forged = "Front\r\n2026-10-12 10:00:00 ERROR \x1b[31mforged\u202e\u200b"
    sim.world.lock(LOCK_1_ID).name = forged
    sim.world.account.email = "a\nERROR\x1b[2J@example.com"
    sim.faults.add(Fault(kind="wrong_value", path="*/k3connect", field="Timezone", value="Ma\nrs"))
    entry = await add_account()
    sim.faults.add(Fault(kind="wrong_value", path="/n/*", field="Startdate", value="2026-01-01"))
    with pytest.raises(HomeAssistantError):
        await make(hass, entry, LOCK_1_ID)
    device = device_of(hass, entry.entry_id, LOCK_1_ID)
    assert device
    assert device.name == "Front 2026-10-12 10:00:00 ERROR [31mforged"
    assert entry.title == "a ERROR 2J@example.com"
    ours = [record.getMessage() for record in caplog.records if DOMAIN in record.name]
    assert any("forged" in message for message in ours)
    assert all(message.isprintable() for message in ours)
