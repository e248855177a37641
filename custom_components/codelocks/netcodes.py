"""NetCodes: the one way a code is made."""

from homeassistant.util import dt as dt_util

from .api import Duration
from .coordinator import CodelocksData


async def async_get_durations(data: CodelocksData, lock_model: str) -> tuple[Duration, ...]:
    """Return the durations of a lock model: the stored ones, or for one call the API's."""
    now = dt_util.utcnow()
    if durations := data.store.durations(lock_model, now):
        return durations
    durations = await data.client.durations(lock_model)
    data.store.set_durations(lock_model, durations, now)
    return durations
