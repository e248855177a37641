"""The blueprints about smart-phone clients: the real files, as automations against the cloud."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
import shutil
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import parse_yaml
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.codes import device_id
from tests.conftest import settle
from tests.helpers import device_of, pass_time
from tests.simulator import (
    ACTIVE,
    GUEST_EMAIL,
    INVITED_EMAIL,
    LOCK_1_ID,
    LOCK_2_ID,
    SUSPENDED,
    SUSPENDED_EMAIL,
    Fault,
    Simulator,
)

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "codelocks"
SUSPEND = "suspend_clients.yaml"
TOGGLE = "input_boolean.away"
MEMORY = "input_text.memory"
AUTOMATION = "automation.under_test"

type Use = Callable[..., Awaitable[None]]

pytestmark = pytest.mark.parametrize("expected_lingering_timers", [True])


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Put the real files into the folder where Home Assistant looks for them."""
    folder = Path(hass_tmp_config_dir) / "blueprints" / "automation" / "codelocks"
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    return hass_tmp_config_dir


@pytest.fixture
def use(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Use:
    """Return a function that makes an automation from a blueprint, for both locks."""

    async def make(path: str, **inputs: Any) -> None:
        devices = [device_of(hass, entry.entry_id, lock) for lock in (LOCK_1_ID, LOCK_2_ID)]
        locks = [device.id for device in devices if device]
        blueprint = {"path": f"codelocks/{path}", "input": {"locks": locks} | inputs}
        config = {"alias": "Under test", "use_blueprint": blueprint}
        assert await async_setup_component(hass, "automation", {"automation": [config]})
        await hass.async_block_till_done()
        assert hass.states.is_state(AUTOMATION, "on")

    return make


def test_the_file() -> None:
    """The blueprint has its metadata."""
    text = (FOLDER / SUSPEND).read_text(encoding="utf-8")
    blueprint = parse_yaml(text)
    assert isinstance(blueprint, dict)
    about = blueprint["blueprint"]
    root = "https://github.com/codelocks-connect/homeassistant-codelocks/blob/main/blueprints"
    assert about["source_url"] == f"{root}/automation/codelocks/{SUSPEND}"
    assert about["homeassistant"] == {"min_version": "2026.10.0"}
    assert all("input" in section for section in about["input"].values())
    assert blueprint["trace"] == {"stored_traces": 0}


# Suspending for a while


async def helpers(hass: HomeAssistant, *, longest: int = 255, memory: str = "") -> None:
    """Set up the toggle and the memory."""
    booleans = {"away": {"initial": False}}
    texts = {"memory": {"max": longest, "initial": memory}}
    assert await async_setup_component(hass, "input_boolean", {"input_boolean": booleans})
    assert await async_setup_component(hass, "input_text", {"input_text": texts})


async def turn(hass: HomeAssistant, *, on: bool) -> None:
    """Turn the toggle, and wait until its effects are done."""
    service = "turn_on" if on else "turn_off"
    await hass.services.async_call("input_boolean", service, {"entity_id": TOGGLE}, blocking=True)
    await settle(hass)


def memory(hass: HomeAssistant) -> str:
    """Return what is remembered."""
    state = hass.states.get(MEMORY)
    assert state
    return state.state


def statuses(sim: Simulator, lock_id: str = LOCK_1_ID) -> dict[str, str]:
    """Return the clients' statuses."""
    return {client.email: client.status for client in sim.world.lock(lock_id).clients.values()}


EMAILS = [f" {GUEST_EMAIL.upper()}", SUSPENDED_EMAIL, INVITED_EMAIL, "nobody@example.com"]


async def suspending(hass: HomeAssistant, use: Use, sim: Simulator, **memory: Any) -> None:
    """Set up the automation, and forget the calls so far; the guest is on both locks."""
    sim.world.lock(LOCK_2_ID).add_client(GUEST_EMAIL)
    await helpers(hass, **memory)
    await use(SUSPEND, emails=EMAILS, while_on=TOGGLE, memory=MEMORY)
    sim.calls.clear()


async def next_hour(hass: HomeAssistant, freezer: FrozenDateTimeFactory, sim: Simulator) -> None:
    """Let time pass until the automation looks again; only its own calls are kept."""
    now = dt_util.utcnow()
    then = now.replace(minute=6, second=50, microsecond=0)
    then += timedelta(hours=1) if then <= now else timedelta()
    await pass_time(hass, freezer, then - now)
    sim.calls.clear()
    await pass_time(hass, freezer, timedelta(seconds=11))


async def test_it_suspends_and_restores_its_own(
    hass: HomeAssistant, sim: Simulator, use: Use
) -> None:
    """Clients who were suspended before stay so; afterwards the memory is empty."""
    await suspending(hass, use, sim)
    before = statuses(sim)

    await turn(hass, on=True)
    assert statuses(sim) == before | {GUEST_EMAIL: SUSPENDED}
    assert statuses(sim, LOCK_2_ID) == {GUEST_EMAIL: SUSPENDED}
    assert memory(hass).startswith("on:")
    assert len(memory(hass)) == len("on:") + 2 * 5 - 1

    await turn(hass, on=False)
    assert statuses(sim) == before
    assert statuses(sim, LOCK_2_ID) == {GUEST_EMAIL: ACTIVE}
    assert memory(hass) == ""
    assert len([call for call in sim.calls if call.method == "PATCH"]) == 4


async def test_looking_again_costs_no_call(
    hass: HomeAssistant, sim: Simulator, use: Use, freezer: FrozenDateTimeFactory
) -> None:
    """The hourly look costs no call, on or off."""
    await suspending(hass, use, sim)
    for on in (False, True, False):
        await turn(hass, on=on)
        await next_hour(hass, freezer, sim)
        assert not [call for call in sim.calls if call.method == "PATCH"]


async def test_a_restart_in_between(
    hass: HomeAssistant, sim: Simulator, use: Use, freezer: FrozenDateTimeFactory
) -> None:
    """The memory survives a restart, and missed changes are made up for."""
    await suspending(hass, use, sim)
    await turn(hass, on=True)
    kept = memory(hass)
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": AUTOMATION}, blocking=True
    )
    await turn(hass, on=False)  # the automation is off and misses it
    assert statuses(sim)[GUEST_EMAIL] == SUSPENDED
    await hass.services.async_call(
        "automation", "turn_on", {"entity_id": AUTOMATION}, blocking=True
    )
    assert memory(hass) == kept
    await next_hour(hass, freezer, sim)
    assert statuses(sim)[GUEST_EMAIL] == ACTIVE
    assert memory(hass) == ""


async def test_a_failure_is_made_up_for(
    hass: HomeAssistant, sim: Simulator, use: Use, freezer: FrozenDateTimeFactory
) -> None:
    """In both directions, only what failed is tried again in the next hour."""
    await suspending(hass, use, sim)
    sim.faults.add(Fault(kind="status", status=503, method="PATCH", path=f"*{LOCK_1_ID}*", count=1))
    await turn(hass, on=True)
    assert statuses(sim)[GUEST_EMAIL] == ACTIVE
    assert memory(hass).startswith("part:")
    await next_hour(hass, freezer, sim)
    assert statuses(sim)[GUEST_EMAIL] == SUSPENDED
    assert memory(hass).startswith("on:")
    assert len([call for call in sim.calls if call.method == "PATCH"]) == 1

    sim.faults.add(Fault(kind="status", status=503, method="PATCH", path=f"*{LOCK_1_ID}*", count=1))
    await turn(hass, on=False)
    assert statuses(sim, LOCK_2_ID)[GUEST_EMAIL] == ACTIVE
    assert memory(hass).startswith("off:")
    assert len(memory(hass)) == len("off:") + 4
    await next_hour(hass, freezer, sim)
    assert statuses(sim)[GUEST_EMAIL] == ACTIVE
    assert memory(hass) == ""


async def test_a_lock_that_cannot_be_read(
    hass: HomeAssistant, sim: Simulator, use: Use, freezer: FrozenDateTimeFactory
) -> None:
    """The other locks are done, and this one is tried again."""
    await suspending(hass, use, sim)
    sim.faults.add(Fault(kind="status", status=503, path=f"*{LOCK_1_ID}/clients", count=1))
    await turn(hass, on=True)
    assert statuses(sim, LOCK_2_ID)[GUEST_EMAIL] == SUSPENDED
    assert statuses(sim)[GUEST_EMAIL] == ACTIVE
    await next_hour(hass, freezer, sim)
    assert statuses(sim)[GUEST_EMAIL] == SUSPENDED
    assert memory(hass).startswith("on:")


async def test_it_gives_up_in_time(
    hass: HomeAssistant, sim: Simulator, use: Use, freezer: FrozenDateTimeFactory
) -> None:
    """After six hours of failures it spends no more calls until the toggle changes."""
    await suspending(hass, use, sim)
    sim.faults.add(Fault(kind="status", status=400, method="PATCH"))
    await turn(hass, on=True)
    for _ in range(6):
        await next_hour(hass, freezer, sim)
        assert any(call.method == "PATCH" for call in sim.calls)
    await next_hour(hass, freezer, sim)
    await next_hour(hass, freezer, sim)
    assert not any(call.method == "PATCH" for call in sim.calls)
    sim.faults.clear()
    await turn(hass, on=False)
    assert memory(hass) == ""


async def test_clients_that_were_not_restored_are_not_forgotten(
    hass: HomeAssistant, sim: Simulator, use: Use
) -> None:
    """A second absence begins before everybody was restored: after it, all are restored."""
    await suspending(hass, use, sim)
    await turn(hass, on=True)
    fault = sim.faults.add(Fault(kind="status", status=503, method="PATCH"))
    await turn(hass, on=False)
    assert memory(hass).startswith("off:")
    sim.faults.clear(fault)
    await turn(hass, on=True)
    assert memory(hass).startswith("on:")
    await turn(hass, on=False)
    assert statuses(sim)[GUEST_EMAIL] == statuses(sim, LOCK_2_ID)[GUEST_EMAIL] == ACTIVE
    assert statuses(sim)[SUSPENDED_EMAIL] == SUSPENDED
    assert memory(hass) == ""


async def test_a_memory_that_is_too_short(
    hass: HomeAssistant, sim: Simulator, use: Use, caplog: pytest.LogCaptureFixture
) -> None:
    """A notice says so, and nobody is suspended who could not be restored."""
    await suspending(hass, use, sim, longest=12)
    await turn(hass, on=True)
    assert statuses(sim)[GUEST_EMAIL] == ACTIVE
    assert memory(hass) == ""
    assert "too short" in caplog.text


# Without a user


@pytest.mark.usefixtures("sim")
async def test_the_actions_answer_automations(
    hass: HomeAssistant, entry: CodelocksConfigEntry
) -> None:
    """An automation has no user, and may use the actions for administrators."""
    device = device_id(hass, entry, LOCK_1_ID)
    response = await hass.services.async_call(
        DOMAIN,
        "suspend_client",
        {"device_id": device, "email": GUEST_EMAIL},
        blocking=True,
        context=Context(),
        return_response=True,
    )
    assert response
