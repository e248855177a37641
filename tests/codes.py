"""What the NetCode tests share: locks to make codes for, and ways to ask for codes."""

from datetime import datetime
import json
from pathlib import Path
from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.const import DOMAIN
from tests.conftest import settle
from tests.helpers import device_of, in_sections
from tests.simulator import ACCESS_KEY, Call, Simulator, compute_netcode

COMPONENT = Path(__file__).parent.parent / "custom_components" / DOMAIN
ENGLISH: dict[str, Any] = json.loads((COMPONENT / "translations" / "en.json").read_text())

KITLOCK = {
    "name": "Bike shed",
    "lock_model": "KL1060C2",
    "timecode": "202603291005",
    "identifier": "451254",
    "clock": "utc",
}


async def kitlock_form(hass: HomeAssistant, entry: CodelocksConfigEntry, step: str) -> Any:
    """Open one of the two forms that add a KitLock."""
    menu = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "kitlock"), context={"source": SOURCE_USER}
    )
    assert menu["type"] is FlowResultType.MENU
    return await fill_in(hass, menu, {"next_step_id": step})


async def fill_in(hass: HomeAssistant, flow: Any, data: dict[str, Any]) -> Any:
    """Fill in the form of a subentry's flow."""
    result = await hass.config_entries.subentries.async_configure(flow["flow_id"], data)
    await settle(hass)
    return result


async def add_kitlock(hass: HomeAssistant, entry: CodelocksConfigEntry, **changes: Any) -> str:
    """Add a KitLock by its details; returns its owner."""
    known = set(entry.subentries)
    form = await kitlock_form(hass, entry, "details")
    result = await fill_in(hass, form, KITLOCK | changes)
    assert result["type"] is FlowResultType.CREATE_ENTRY, result
    return (set(entry.subentries) - known).pop()


async def change_kitlock(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str, **changes: Any
) -> Any:
    """Change a KitLock."""
    form = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "kitlock"),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": owner},
    )
    return await fill_in(hass, form, {**KITLOCK, "clock_lost": False, **changes})


async def set_options(hass: HomeAssistant, entry: CodelocksConfigEntry, **options: Any) -> None:
    """Change options of an account, which reloads it."""
    hass.config_entries.async_update_entry(entry, options={**entry.options, **options})
    await settle(hass)


async def use_up(hass: HomeAssistant, entry: CodelocksConfigEntry, used: int) -> None:
    """Correct the count of utility calls."""
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(
        flow["flow_id"], in_sections({**entry.options, "utility_used": used})
    )


def device_id(hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str) -> str:
    """Return the id of a device, which must exist."""
    device = device_of(hass, entry.entry_id, owner)
    assert device
    return device.id


async def act(
    hass: HomeAssistant, action: str, context: Context | None = None, **fields: Any
) -> dict[str, Any]:
    """Call an action and return its response."""
    response = await hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True, context=context
    )
    assert isinstance(response, dict)
    return response


async def refused(hass: HomeAssistant, action: str, **fields: Any) -> HomeAssistantError:
    """Call an action that is refused, and return the error."""
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, action, **fields)
    return caught.value


async def make(
    hass: HomeAssistant, entry: CodelocksConfigEntry, owner: str, **fields: Any
) -> dict[str, Any]:
    """Make a code for a lock."""
    return await act(hass, "generate_netcode", device_id=device_id(hass, entry, owner), **fields)


async def listed(hass: HomeAssistant, **fields: Any) -> list[dict[str, Any]]:
    """Return the codes that were issued."""
    netcodes: list[dict[str, Any]] = (await act(hass, "get_netcodes", **fields))["netcodes"]
    return netcodes


def wires(sim: Simulator) -> list[tuple[str, str]]:
    """Return start and duration id of each code requested from the cloud."""
    return [(call.query["start"], call.query["duration"]) for call in netcode_calls(sim)]


def netcode_calls(sim: Simulator) -> list[Call]:
    """Return the calls of the NetCode pool."""
    return [call for call in sim.calls if call.pool == "netcode"]


def paths(sim: Simulator, start: str) -> list[str]:
    """Return the utility calls whose path begins with `start`, each with its lock model."""
    return [
        f"{call.path.removeprefix('/u/1/')} {call.query.get('lockmodel', '')}"
        for call in sim.calls
        if call.path.startswith(f"/u/1/{start}")
    ]


def k3_code(lock_id: str, wire_start: str, duration_id: int) -> str:
    """Return the code that opens a K3 lock."""
    start = datetime.fromisoformat(wire_start)
    return compute_netcode(lock_id, ACCESS_KEY, "K3CONNECT", start, duration_id)


def kitlock_code(wire_start: str, duration_id: int, **changes: Any) -> str:
    """Return the code that opens a KitLock."""
    lock = KITLOCK | changes
    start = datetime.fromisoformat(wire_start)
    return compute_netcode(
        lock["timecode"], lock["identifier"], lock["lock_model"], start, duration_id
    )


def words(key: str, **placeholders: str) -> str:
    """Return one of our English sentences, as an exception says it."""
    sentence: str = ENGLISH["exceptions"][key]["message"]
    return sentence.rstrip(".").format(**placeholders)


def warning(key: str, **placeholders: str) -> str:
    """Return one of our English sentences, as a response says it."""
    sentence: str = ENGLISH["exceptions"][key]["message"]
    return sentence.format(**placeholders)
