"""Blueprints are read from the checkout."""

from collections.abc import AsyncIterator
from pathlib import Path

from homeassistant.components.blueprint.models import DomainBlueprints
from homeassistant.core import HomeAssistant
import pytest

from tests.conftest import settle

BLUEPRINTS = Path(__file__).parents[2] / "blueprints"


@pytest.fixture
async def our_blueprints(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """Let Home Assistant read blueprints from the checkout; no automation outlives its test."""
    folder = property(lambda blueprints: BLUEPRINTS / blueprints.domain)
    monkeypatch.setattr(DomainBlueprints, "blueprint_folder", folder)
    yield
    if hass.services.has_service("automation", "turn_off"):
        turn_off = {"entity_id": "all"}
        await hass.services.async_call("automation", "turn_off", turn_off, blocking=True)
        await settle(hass)
