"""Low batteries."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.helpers import assert_shape, read_again, value
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Simulator


async def test_shape(hass: HomeAssistant, sim: Simulator, snapshot: SnapshotAssertion) -> None:
    """All binary sensors of an account with two locks."""
    await assert_shape(hass, sim, snapshot, Platform.BINARY_SENSOR)


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("reported", "low"),
    [
        ("LOW", "on"),
        ("Critical", "on"),
        ("EMPTY", "on"),
        ("FULL", "off"),
        ("Good", "off"),
        ("0", "on"),
        ("20", "on"),
        ("20%", "on"),
        ("21", "off"),
        ("100", "off"),
        ("UNKNOWN", "unknown"),
        ("", "unknown"),
        ("Purple", "unknown"),
        ("101", "unknown"),
    ],
)
async def test_low(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    reported: str,
    low: str,
) -> None:
    """A battery is low by its number or its word, and unknown if neither says."""
    sim.world.lock(LOCK_1_ID).battery = reported
    await read_again(hass, freezer)
    assert value(hass, "binary_sensor", LOCK_1_ID, "battery_low") == low
    assert value(hass, "binary_sensor", LOCK_2_ID, "battery_low") == "unknown"
