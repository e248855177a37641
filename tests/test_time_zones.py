"""Zones by the names that clouds have for them, and codes that open at the right hour."""

from collections.abc import Awaitable, Callable
import json
from zoneinfo import ZoneInfo, available_timezones

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from hypothesis import given, settings, strategies as st
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.time_zones import WINDOWS_ZONES, async_named_zone
from tests.codes import act, device_id, k3_code, make, set_options, warning, wires, words
from tests.helpers import read_again, restart
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Fault, Simulator

type AddAccount = Callable[..., Awaitable[CodelocksConfigEntry]]

UNKNOWN = "zone_is_unknown"
WINDOWS = json.loads(WINDOWS_ZONES.read_text())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("EUROPE/LONDON", "Europe/London"),
        (" Europe/London ", "Europe/London"),
        ("America/New York", "America/New_York"),
        ("america/port-au-prince", "America/Port-au-Prince"),
        ("GMT Standard Time", "Europe/London"),
        ("gmt standard time", "Europe/London"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Romance Standard Time", "Europe/Paris"),
        ("Eastern Standard Time (Mexico)", "America/Cancun"),
        ("UTC-02", "Etc/GMT+2"),
        ("UTC", "UTC"),
        ("utc", "UTC"),
        ("gmt", "GMT"),
    ],
)
async def test_names(name: str, key: str) -> None:
    """Case does not count, and Windows' names are known."""
    assert await async_named_zone(name) == ZoneInfo(key)


async def test_all_of_windows_and_all_there_are() -> None:
    """None of the names stands for a zone that there is not, and none hides a zone."""
    for name, key in WINDOWS.items():
        expected = "UTC" if name == "UTC" else key
        assert await async_named_zone(name.upper()) == ZoneInfo(expected)
    for key in available_timezones() - {"Factory", "localtime"}:
        assert await async_named_zone(key.lower()) == ZoneInfo(key)


@pytest.mark.parametrize(
    "name",
    [
        *(None, "", " ", "Mars", "Nowhere/Land", "Europe", "Europe/", "BST", "+0100"),
        *("../etc/passwd", "/etc/localtime", "Europe/../Europe/London", "Europe/London\0"),
        *(
            "posix/Europe/London",
            "localtime",
            "tzdata.zi",
            "Factory",
            "x" * 1000,
            "\ud800",
            "Standard Time",
        ),
    ],
    ids=ascii,
)
async def test_names_of_nothing(name: str | None) -> None:
    """A name may be anything, even a path."""
    assert await async_named_zone(name) is None


@settings(deadline=None)
@given(st.text(max_size=30))
async def test_any_name(name: str) -> None:
    """It is a zone or none, and never an error."""
    zone = await async_named_zone(name)
    assert zone is None or zone.key in available_timezones()


def name_zone(sim: Simulator, name: str, offset: str | None = None) -> None:
    """Let the cloud name another zone for all locks, and another offset."""
    sim.faults.clear()
    for field, value in {"Timezone": name, "TimezoneOffset": offset}.items():
        if value is not None:
            sim.faults.add(
                Fault(kind="wrong_value", path="/u/1/k3connect", field=field, value=value)
            )


@pytest.mark.parametrize("name", ["GMT Standard Time", "europe/london"])
@pytest.mark.parametrize("offset", ["+0100", ""])
@pytest.mark.parametrize(
    ("wish", "wire"),
    [
        ("2026-10-20T14:00:00+01:00", "2026-10-20 14:00"),
        # after the change of clocks, which no offset tells of
        ("2026-10-28T14:00:00+00:00", "2026-10-28 14:00"),
        ("2027-07-01T14:00:00+01:00", "2027-07-01 14:00"),
    ],
)
async def test_a_code_opens_at_the_right_hour(
    hass: HomeAssistant,
    sim: Simulator,
    issue_registry: ir.IssueRegistry,
    add_account: AddAccount,
    name: str,
    offset: str,
    wish: str,
    wire: str,
) -> None:
    """However the zone of its lock is spelled, and wherever Home Assistant is."""
    await hass.config.async_set_time_zone("America/New_York")
    name_zone(sim, name, offset)
    entry = await add_account()
    answer = await make(hass, entry, LOCK_1_ID, start=wish)
    assert wires(sim) == [(wire, "0")]
    assert answer["netcode"] == k3_code(LOCK_1_ID, wire, 0)
    assert answer["warnings"] == []
    assert not issue_registry.issues


@pytest.mark.parametrize(
    ("name", "offset", "shown"),
    [
        ("Mars/North", None, "Mars/North"),
        ("Mars/North", "", "Mars/North"),
        ("", None, "+0200"),
        ("[Mars](http://evil.example)", "", "Mars (http: //evil.example)"),
    ],
)
async def test_a_zone_that_nobody_knows(
    hass: HomeAssistant,
    sim: Simulator,
    freezer: FrozenDateTimeFactory,
    issue_registry: ir.IssueRegistry,
    add_account: AddAccount,
    name: str,
    offset: str | None,
    shown: str,
) -> None:
    """Its codes carry a warning, and an issue stands; both heal when the zone is known."""
    name_zone(sim, name, offset)
    entry = await add_account()
    device = device_id(hass, entry, LOCK_2_ID)
    issue = issue_registry.async_get_issue("codelocks", f"{UNKNOWN}_{device}")
    assert issue
    assert issue.translation_key == UNKNOWN
    assert issue.translation_placeholders == {"lock": "Garden studio", "zone": shown}
    assert LOCK_2_ID not in str(issue)
    assert (await make(hass, entry, LOCK_2_ID))["warnings"] == [warning(UNKNOWN)]
    assert (await act(hass, "plan_netcode", device_id=device))["warnings"] == [warning(UNKNOWN)]

    await restart(hass, freezer, entry)
    assert len(issue_registry.issues) == 2, "of each lock one, also from what is stored"

    name_zone(sim, "W. Europe Standard Time")
    await read_again(hass, freezer)
    assert not issue_registry.issues
    assert (await make(hass, entry, LOCK_2_ID))["warnings"] == []

    name_zone(sim, name, offset)
    await read_again(hass, freezer)
    assert len(issue_registry.issues) == 2, "a zone that was known is not for ever"
    sim.world.remove_lock(LOCK_2_ID)
    await read_again(hass, freezer, 2)
    assert len(issue_registry.issues) == 1
    await hass.config_entries.async_remove(entry.entry_id)
    assert not issue_registry.issues


async def test_what_has_no_place_for_a_warning(
    hass: HomeAssistant, sim: Simulator, add_account: AddAccount
) -> None:
    """A calendar makes no code that may open at another hour: it says why."""
    name_zone(sim, "Mars/North")
    entry = await add_account()
    await set_options(hass, entry, calendar_issues=True)
    with pytest.raises(HomeAssistantError) as caught:
        await hass.services.async_call(
            "calendar",
            "create_event",
            {
                "entity_id": "calendar.garden_studio_netcodes",
                "summary": "Anna",
                "start_date_time": "2026-10-13 14:00:00",
                "end_date_time": "2026-10-13 15:00:00",
            },
            blocking=True,
        )
    assert str(caught.value) == words(UNKNOWN)
    assert not wires(sim)
