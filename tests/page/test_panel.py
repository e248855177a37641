"""The page in the sidebar: there when, for whom, and with which files."""

from collections.abc import Iterator
import gzip
from http import HTTPStatus
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.components.frontend import DATA_PANELS, EVENT_PANELS_UPDATED, Panel
from homeassistant.config_entries import SOURCE_USER, ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from custom_components.codelocks.page.panel import CURRENT_CARDS, FILES, _version
from tests.codes import set_options
from tests.conftest import AddAccount, keys, settle
from tests.helpers import async_capture_events
from tests.simulator import Fault, Simulator


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Path]:
    """Serve files of our own."""
    (tmp_path / "codelocks-panel.js").write_text("// the page")
    with patch("custom_components.codelocks.page.panel.FILES", tmp_path):
        yield tmp_path


def panel(hass: HomeAssistant) -> Panel | None:
    """Return the page's place in the sidebar."""
    panels: dict[str, Panel] = hass.data.get(DATA_PANELS, {})
    return panels.get(DOMAIN)


async def test_there(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """It is there without any setting, for administrators.

    The account's cog wheel stays with the options: a page for it would take their place.
    """
    assert entry.options["sidebar"] is True
    found = panel(hass)
    assert found
    assert found.sidebar_title == "Codelocks"
    assert found.sidebar_icon == "mdi:dialpad"
    assert found.require_admin is True
    assert found.config_panel_domain is None
    assert entry.supports_options
    assert found.config
    custom: dict[str, Any] = found.config["_panel_custom"]
    assert custom["name"] == "codelocks-panel"
    assert custom["embed_iframe"] is False
    assert custom["module_url"].startswith("/codelocks_static/")


async def test_files(
    hass: HomeAssistant,
    files: Path,
    add_account: AddAccount,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Browsers may keep the files, for others have another address, which open pages ask for."""
    await add_account(access_key="")
    found = panel(hass)
    assert found
    assert found.config
    url = found.config["_panel_custom"]["module_url"]
    assert f"/{_version()}/" in url
    client = await hass_client_no_auth()
    answer = await client.get(url)
    assert answer.status == HTTPStatus.OK
    assert "max-age" in answer.headers["Cache-Control"]
    assert "javascript" in answer.headers["Content-Type"]
    assert await answer.text() == "// the page"
    answer = await client.head(CURRENT_CARDS, allow_redirects=False)
    assert answer.headers["Location"].split("/")[2] == _version()
    assert answer.headers["Cache-Control"] == "no-store"
    (files / "codelocks-panel.js").write_text("// a newer page")
    assert _version() not in url


@pytest.mark.parametrize(
    ("names", "limit"),
    [(("panel", "shared"), 60_000), (("panel", "shared", "cards", "elements"), 80_000)],
    ids=["page", "all"],
)
def test_what_browsers_load(names: tuple[str, ...], limit: int) -> None:
    """A phone on a slow line loads little; there are no other files."""
    found = {path.stem.removeprefix("codelocks-"): path for path in FILES.iterdir()}
    assert found.keys() == {"panel", "shared", "cards", "elements"}
    assert sum(len(gzip.compress(found[name].read_bytes())) for name in names) <= limit


async def test_option(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """It goes and comes with its option, and is for all users where they may make codes."""
    await set_options(hass, entry, users_may_issue=True)
    found = panel(hass)
    assert found
    assert found.require_admin is False
    await set_options(hass, entry, sidebar=False)
    assert panel(hass) is None
    await set_options(hass, entry, sidebar=True, users_may_issue=False)
    found = panel(hass)
    assert found
    assert found.require_admin is True


async def test_reload(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """Who has the page open is not thrown out by a reload."""
    events = async_capture_events(hass, EVENT_PANELS_UPDATED)
    await hass.config_entries.async_reload(entry.entry_id)
    await set_options(hass, entry, history_days=30)
    assert panel(hass)
    assert not events


async def test_off_and_on(hass: HomeAssistant, entry: CodelocksConfigEntry) -> None:
    """An account that is turned off has no page."""
    assert await hass.config_entries.async_unload(entry.entry_id)
    await settle(hass)
    assert panel(hass) is None
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert panel(hass)
    await hass.config_entries.async_set_disabled_by(entry.entry_id, ConfigEntryDisabler.USER)
    await settle(hass)
    assert panel(hass) is None


async def test_cannot_load(hass: HomeAssistant, sim: Simulator) -> None:
    """An account that does not load at the start has its page, which says so."""
    sim.faults.add(Fault(kind="status", status=503, path="*/k3connect"))
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    await hass.config_entries.flow.async_configure(flow["flow_id"], keys(sim))
    await settle(hass)
    [account] = hass.config_entries.async_entries(DOMAIN)
    assert account.state is ConfigEntryState.SETUP_RETRY
    found = panel(hass)
    assert found
    assert found.require_admin is True


async def test_two_accounts(
    hass: HomeAssistant, entry: CodelocksConfigEntry, add_account: AddAccount
) -> None:
    """It is there while one wants it, for all users where one lets them make codes."""
    other = await add_account(access_key="")
    await set_options(hass, other, users_may_issue=True)
    found = panel(hass)
    assert found
    assert found.require_admin is False
    await hass.config_entries.async_remove(other.entry_id)
    await settle(hass)
    found = panel(hass)
    assert found
    assert found.require_admin is True
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)
    assert panel(hass) is None


async def test_taken(hass: HomeAssistant, add_account: AddAccount) -> None:
    """A page that somebody made at the same address is left alone."""
    theirs = Panel("custom", "Mine", None, True, DOMAIN, None, False, None, True)
    hass.data[DATA_PANELS] = {DOMAIN: theirs}
    entry = await add_account()
    assert panel(hass) is theirs
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)
    assert panel(hass) is theirs
