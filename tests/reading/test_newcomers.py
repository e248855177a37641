"""New locks of an account: believed at once while they are few, and else once they stay."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from custom_components.codelocks.api import Lock, LockList
from custom_components.codelocks.reading.newcomers import AT_ONCE, MOST, Newcomers
from tests.helpers import device_of, read_again
from tests.simulator import LOCK_1_ID, LOCK_2_ID, Simulator

NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def listed(*numbers: int, complete: bool = True) -> LockList:
    """Return a list of locks."""
    return LockList(tuple(Lock(lock_id=f"lock{n}") for n in numbers), complete=complete)


def names(*numbers: int) -> set[str]:
    """Return the ids of locks."""
    return {f"lock{n}" for n in numbers}


def test_the_first_list_is_believed() -> None:
    """However long it is: it is what the account is set up for."""
    found = listed(*range(1000))
    assert Newcomers().admit(None, found, NOW) is found


def test_few_are_there_at_once() -> None:
    """They come with the list that first has them."""
    newcomers = Newcomers()
    found = listed(*range(AT_ONCE + 1))
    assert newcomers.admit(names(0), found, NOW) is found
    # Of that day, the next has to wait.
    known = names(*range(AT_ONCE + 1))
    more = listed(*range(AT_ONCE + 2))
    assert newcomers.admit(known, more, NOW) == listed(*range(AT_ONCE + 1), complete=False)
    assert newcomers.admit(known, more, NOW + timedelta(hours=1)) is more
    # On the day after, few are there at once again.
    later = listed(*range(AT_ONCE + 3))
    assert newcomers.admit(names(*range(AT_ONCE + 2)), later, NOW + DAY) is later


def test_many_have_to_stay() -> None:
    """Of a crowd each has to be in two lists in a row."""
    newcomers = Newcomers()
    crowd = range(1, AT_ONCE + 5)
    assert newcomers.admit(names(0), listed(0, *crowd), NOW) == listed(0, complete=False)
    # One was only in the first, one is only in the second.
    second = newcomers.admit(names(0), listed(0, *crowd[1:], 99), NOW)
    assert second == listed(0, *crowd[1:], complete=False)
    third = listed(0, *crowd, 99)
    assert newcomers.admit(names(0, *crowd[1:]), third, NOW) == listed(
        0, *crowd[1:], 99, complete=False
    )


def test_what_a_day_holds() -> None:
    """The others have their turn on the next day."""
    newcomers = Newcomers()
    crowd = listed(*range(MOST + 50))
    assert newcomers.admit(names(), crowd, NOW).locks == ()
    first = newcomers.admit(names(), crowd, NOW)
    assert first == listed(*range(MOST), complete=False)
    known = names(*range(MOST))
    assert newcomers.admit(known, crowd, NOW + timedelta(hours=23)).locks == first.locks
    assert newcomers.admit(known, crowd, NOW + DAY) is crowd


def test_a_clock_that_is_set_back() -> None:
    """What was counted in a future that is none does not count."""
    newcomers = Newcomers()
    newcomers.admit(names(), listed(*range(AT_ONCE)), NOW + 1000 * DAY)
    found = listed(*range(AT_ONCE + 5))
    assert newcomers.admit(names(*range(AT_ONCE)), found, NOW) is found


async def test_other_locks_in_each_list(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A cloud that names sixty other locks each time leaves nothing behind, and takes none away."""
    entities = len(er.async_get(hass).entities)
    for _ in range(5):
        for lock_id in list(sim.world.account.locks):
            sim.world.remove_lock(lock_id)
        for number in range(60):
            sim.world.add_lock(f"Cabin {number}")
        await read_again(hass, freezer)
    assert len(er.async_get(hass).entities) == entities
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert len(devices) == 3
    assert device_of(hass, entry.entry_id, LOCK_1_ID)
    assert device_of(hass, entry.entry_id, LOCK_2_ID)
    assert caplog.text.count("60 new locks must be in the next list, too") == 1

    # They stay: now they are there.
    await read_again(hass, freezer)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert len(devices) == 63
