"""The dashboards' resource: one item of ours, and nobody else's is touched."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.codelocks.const import DOMAIN
from tests.conftest import AddAccount, settle
from tests.helpers import pass_time
from tests.simulator import Simulator

STORE = "lovelace_resources"
OTHER = {"id": "other", "type": "module", "url": "/hacsfiles/other.js?hacstag=1"}


def stored(*items: dict[str, str]) -> dict[str, Any]:
    """Return the file of the resources."""
    return {STORE: {"version": 1, "key": STORE, "data": {"items": [*items]}}}


def items(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return the resources."""
    return hass.data[LOVELACE_DATA].resources.async_items() or []


def ours(hass: HomeAssistant) -> list[str]:
    """Return the addresses of our cards."""
    return [item["url"] for item in items(hass) if "codelocks" in item["url"]]


async def test_one_item(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    hass_client_no_auth: ClientSessionGenerator,
    add_account: AddAccount,
) -> None:
    """It comes with the first account, others stay, and the file is there."""
    hass_storage.update(stored(OTHER))
    assert await async_setup_component(hass, "lovelace", {})
    await add_account()
    [url] = ours(hass)
    assert OTHER in items(hass)
    client = await hass_client_no_auth()
    answer = await client.get(url)
    assert answer.status == 200
    assert "max-age" in answer.headers["Cache-Control"]


async def test_an_update_changes_the_item(
    hass: HomeAssistant, hass_storage: dict[str, Any], add_account: AddAccount
) -> None:
    """The address of an older version becomes today's; a second item of ours goes."""
    old = "/codelocks_static/0123456789ab/codelocks-cards.js"
    hass_storage.update(
        stored(
            {"id": "a", "type": "module", "url": f"{old}?v=1"},
            OTHER,
            {"id": "b", "type": "js", "url": old},
        )
    )
    assert await async_setup_component(hass, "lovelace", {})
    await add_account()
    assert len(ours(hass)) == 1
    assert "0123456789ab" not in ours(hass)[0]
    assert [item["id"] for item in items(hass)] == ["a", "other"]


async def test_nothing_is_written_twice(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """A reload, a second account, and one of two that goes, leave the item as it is."""
    assert await async_setup_component(hass, "lovelace", {})
    entry = await add_account()
    before = items(hass)
    sim.world.add_key(second_key := "Second" + "0" * 44)
    second = await add_account(api_key=second_key, access_key="")
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    await hass.config_entries.async_remove(second.entry_id)
    await settle(hass)
    assert items(hass) == before
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)
    assert items(hass) == []


@pytest.mark.usefixtures("sim")
async def test_dashboards_that_come_later(hass: HomeAssistant, add_account: AddAccount) -> None:
    """Nothing waits for dashboards, and they get the item when they are there."""
    await add_account()
    assert LOVELACE_DATA not in hass.data
    assert await async_setup_component(hass, "lovelace", {})
    await settle(hass)
    assert len(ours(hass)) == 1


async def test_in_yaml(
    hass: HomeAssistant,
    hass_config_dir: str,
    freezer: FrozenDateTimeFactory,
    add_account: AddAccount,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Resources of YAML are the user's: an issue says the line, and goes when it is there."""
    config = {"lovelace": {"resource_mode": "yaml", "resources": []}}
    assert await async_setup_component(hass, "lovelace", config)
    entry = await add_account()
    issues = ir.async_get(hass)
    issue = issues.async_get_issue(DOMAIN, f"cards_in_yaml_{entry.entry_id}")
    assert issue
    assert issue.translation_placeholders
    url = issue.translation_placeholders["url"]
    client = await hass_client_no_auth()
    answer = await client.get(url)
    assert answer.status == 200
    # From there on every address has the version in it: nothing of two versions is mixed.
    assert answer.url.path.split("/")[2] not in url
    assert [one.headers["Cache-Control"] for one in answer.history] == ["no-store"]
    assert ours(hass) == []

    line = f"lovelace:\n  resource_mode: yaml\n  resources:\n    - url: {url}\n      type: module\n"
    path = Path(hass_config_dir) / "configuration.yaml"
    await hass.async_add_executor_job(path.write_text, line)
    await hass.services.async_call("lovelace", "reload_resources", blocking=True)
    await pass_time(hass, freezer, timedelta(minutes=1))
    assert ours(hass) == [url]
    assert not issues.async_get_issue(DOMAIN, f"cards_in_yaml_{entry.entry_id}")


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Let the test write its own configuration."""
    return hass_tmp_config_dir
