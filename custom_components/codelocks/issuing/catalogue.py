"""The API's durations, their rules and the schema of active periods, read once a month."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.util import dt as dt_util

from ..account import CodelocksData
from ..api import (
    INITIALISED_MODELS,
    CodelocksRejectedError,
    CodelocksResponseError,
    Duration,
    DurationDetails,
)
from ..const import DURATIONS_KEPT
from ..netcode.durations import FALLBACK_DURATIONS

_UNEXPECTED_KEPT = timedelta(days=1)
"""How long to keep an unexpectedly empty answer: it may be a hiccup of the API."""


async def async_get_durations(data: CodelocksData, lock_model: str) -> tuple[Duration, ...]:
    """Return the durations of a lock model: the stored ones, or the API's for one call.

    A model that the API neither lists nor accepts gets the durations seen in use.
    """
    now = dt_util.utcnow()

    async def ask() -> tuple[Duration, ...]:
        is_listed = lock_model in INITIALISED_MODELS
        try:
            durations = await data.client.durations(lock_model)
        except CodelocksRejectedError:
            if is_listed:
                raise
            durations = ()
        read_at = _expires_soon(now) if is_listed and not durations else now
        data.store.set_durations(lock_model, durations or FALLBACK_DURATIONS, read_at)
        return durations or FALLBACK_DURATIONS

    return await data.questions.async_ask(
        f"durations {lock_model}", ask, lambda: data.store.durations(lock_model, now)
    )


async def async_get_rules(
    data: CodelocksData, lock_model: str, duration_id: int
) -> DurationDetails:
    """Return a duration's rules: the stored ones, or the API's for one call, if there are any."""
    now = dt_util.utcnow()

    async def ask() -> DurationDetails:
        read_at = now
        try:
            details = await data.client.duration(duration_id, lock_model)
        except CodelocksRejectedError:
            details, read_at = DurationDetails(), _expires_soon(now)
        data.store.set_duration_details(lock_model, duration_id, details, read_at)
        return details

    return await data.questions.async_ask(
        f"rules {lock_model} {duration_id}",
        ask,
        lambda: data.store.duration_details(lock_model, duration_id, now),
    )


async def async_get_schema(data: CodelocksData) -> Any:
    """Return the schema of active periods: the stored one, or the API's for one call."""
    now = dt_util.utcnow()

    async def ask() -> Any:
        schema = await data.client.active_period_schema()
        if schema is None:  # it could not be told from one that was never read
            raise CodelocksResponseError("the schema is empty")
        data.store.set_schema(schema, now)
        return schema

    return await data.questions.async_ask("schema", ask, lambda: data.store.schema(now))


def _expires_soon(now: datetime) -> datetime:
    """Return a time of reading with which an answer is kept for a day only."""
    return now - DURATIONS_KEPT + _UNEXPECTED_KEPT
