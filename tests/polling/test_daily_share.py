"""What users who are no administrators may have read in a day."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.core import Context, HomeAssistant
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.polling.daily_share import DailyShare
from tests.codes import act, device_id, refused, set_options
from tests.conftest import settle
from tests.helpers import FRESH, add_user, entity_id, pass_time, restart
from tests.simulator import LOCK_1_ID, Fault, Simulator

TODAY = date(2026, 10, 12)
ALL = 5
"""The list, and activity and clients of two locks."""

type Read = Callable[[], Awaitable[int]]


@pytest.mark.parametrize(
    ("stored", "polling_left", "left"),
    [
        (None, 800, 80),
        ({"day": "2026-10-12", "calls": 80, "used": 79}, 500, 1),
        ({"day": "2026-10-12", "calls": 80, "used": 85}, 500, 0),
        ({"day": "2026-10-11", "calls": 80, "used": 79}, 500, 50),
        ({"day": "2026-10-13", "calls": 80, "used": 79}, 500, 50),
        (None, 9, 0),
        ([], 100, 10),
        ({"day": 5}, 100, 10),
        ({"day": "2026-10-12", "calls": "many", "used": 0}, 100, 10),
        ({"day": "2026-10-12", "calls": float("inf"), "used": 0}, 100, 10),
    ],
)
def test_share(stored: Any, polling_left: int, left: int) -> None:
    """A tenth of what is left when the day's first call is made; what is spoilt begins anew."""
    share = DailyShare.of_day(TODAY, stored, polling_left)
    assert share.left == left
    assert DailyShare.of_day(TODAY, share.as_dict(), 0) == share
    assert share.charged().left == max(0, left - 1)


@pytest.fixture
async def anna(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Context:
    """Have a user with a share of nine calls a day, while nothing is polled."""
    await set_options(hass, entry, plan="custom", utility_quota=100, reserve_percent=0)
    hass.config_entries.async_update_entry(entry, pref_disable_polling=True)
    await settle(hass)
    return Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)


async def test_users_have_a_share(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    anna: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is for all of them, over restarts, for the button too; others are not held to it."""
    tom = Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)
    owner = Context(user_id=(await add_user(hass, GROUP_ID_ADMIN)).id)
    reads = []
    for context in (anna, tom):
        freezer.tick(FRESH)
        reads.append((await act(hass, "refresh", context))["read"])
        await restart(hass, freezer, entry)
    assert reads == [ALL, 9 - ALL]
    freezer.tick(FRESH)
    sim.clear_calls()
    error = await refused(hass, "refresh", context=anna)
    assert error.translation_key == "daily_share_spent"
    button = {"entity_id": entity_id(hass, "button", entry.entry_id, "refresh")}
    with pytest.raises(type(error)):
        await hass.services.async_call("button", "press", button, True, anna)
    assert not sim.calls
    assert (await act(hass, "refresh", owner))["read"] == ALL
    freezer.tick(FRESH)
    await hass.services.async_call("button", "press", button, True, Context())
    assert len(sim.calls) == 2 * ALL
    await pass_time(hass, freezer, timedelta(days=1))
    assert (await act(hass, "refresh", anna))["read"]


async def test_the_share_holds_for_many_at_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    anna: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What the first has spent is not there for the next."""
    freezer.tick(FRESH)
    front = {"device_id": device_id(hass, entry, LOCK_1_ID)}
    sim.clear_calls()
    asking = [act(hass, "refresh", anna, **which) for which in (front, {}) * 20]
    outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert len(sim.calls) == ALL
    reads = [outcome["read"] for outcome in outcomes if isinstance(outcome, dict)]
    assert sorted(reads)[-2:] == [2, 3]
    assert sum(reads) == ALL


async def test_polling_is_not_charged_to_who_woke_it(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """After a refresh polling goes on by itself, for nobody."""
    user = Context(user_id=(await add_user(hass, GROUP_ID_USER)).id)
    freezer.tick(FRESH)
    read = (await act(hass, "refresh", user))["read"]
    await pass_time(hass, freezer, timedelta(hours=1), 12)
    note = entry.runtime_data.store.note("daily_share")
    assert note["used"] == read
    assert len(sim.calls) > 2 * read


@pytest.mark.usefixtures("entry")
async def test_refresh_counts_its_own_calls(
    hass: HomeAssistant, sim: Simulator, freezer: FrozenDateTimeFactory
) -> None:
    """What others ask meanwhile is not read by it."""
    freezer.tick(FRESH)
    fault = sim.faults.add(Fault(kind="hang", path="*k3connect", count=1))
    refreshing = hass.async_create_task(act(hass, "refresh"))
    await act(hass, "get_durations", lock_model="KL1060")
    sim.faults.clear(fault)
    assert (await refreshing)["read"] == ALL
