"""One question is one call, however many ask at once, and one that failed waits ten minutes."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_READ_ONLY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import intent
import pytest

from custom_components.codelocks.account import CodelocksConfigEntry
from tests.assist.talking import set_up_agent
from tests.codes import act, device_id, refused, set_options
from tests.helpers import add_user, asked, restart
from tests.simulator import LOCK_1_ID, Fault, Simulator

type Ask = Callable[[HomeAssistant, CodelocksConfigEntry, Context], Awaitable[Any]]

TEN_MINUTES = timedelta(minutes=10)
MODEL: dict[str, Any] = {"lock_model": "KL1060C2"}


async def durations(hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context) -> Any:
    """Ask for the durations of a model."""
    return await act(hass, "get_durations", context, **MODEL)


async def schema(hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context) -> Any:
    """Ask for the schema of active periods."""
    return await act(hass, "get_active_period_schema", context)


async def plan(hass: HomeAssistant, entry: CodelocksConfigEntry, context: Context) -> Any:
    """Ask what a code of a lock would be."""
    return await act(hass, "plan_netcode", context, device_id=device_id(hass, entry, LOCK_1_ID))


async def last_entry(hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context) -> Any:
    """Ask who came in last."""
    slots = {"lock": {"value": "Front door"}}
    answer = await intent.async_handle(hass, "test", "CodelocksLastEntry", slots, context=context)
    if answer.response_type is intent.IntentResponseType.ERROR:
        raise HomeAssistantError(answer.speech["plain"]["speech"])
    return answer.speech_slots


QUESTIONS: dict[str, tuple[Ask, str]] = {
    "durations": (durations, "*durations*"),
    "schema": (schema, "*spcconfig*"),
    "a plan": (plan, "*durations*"),
    "who came last": (last_entry, f"*{LOCK_1_ID}/audit*"),
}
SHARED: dict[str, dict[str, Any]] = {
    "get_clients": {},
    "get_audit": {"limit": 20},
}
"""Actions that read anew each time, but once for all who ask at once."""


@pytest.fixture
async def reader(hass: HomeAssistant, entry: CodelocksConfigEntry) -> Context:
    """Have somebody who may only read, and an account that does not know who came last."""
    await set_up_agent(hass)
    await set_options(hass, entry, voice="read", track_activity=False)
    return Context(user_id=(await add_user(hass, GROUP_ID_READ_ONLY)).id)


async def many(
    times: int, ask: Ask, hass: HomeAssistant, entry: CodelocksConfigEntry, context: Context
) -> list[Any]:
    """Ask the same at once."""
    asking = (ask(hass, entry, context) for _ in range(times))
    return await asyncio.gather(*asking, return_exceptions=True)


@pytest.mark.parametrize("ask", [ask for ask, _ in QUESTIONS.values()], ids=QUESTIONS)
async def test_all_at_once(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, reader: Context, ask: Ask
) -> None:
    """200 who ask a cold question cost one call, and all get its answer."""
    sim.clear_calls()
    answers = await many(200, ask, hass, entry, reader)
    assert len(sim.calls) == 1
    assert all(answer == answers[0] for answer in answers)
    assert answers[0] == await ask(hass, entry, Context())
    assert len(sim.calls) == 1


@pytest.mark.parametrize(("ask", "path"), QUESTIONS.values(), ids=QUESTIONS)
async def test_while_the_cloud_is_down(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    reader: Context,
    freezer: FrozenDateTimeFactory,
    ask: Ask,
    path: str,
) -> None:
    """A failure is everybody's for ten minutes, an administrator's too, and then asked again."""
    fault = sim.faults.add(Fault(kind="status", status=503, path=path))
    owner = Context(user_id=(await add_user(hass, GROUP_ID_ADMIN)).id)
    sim.clear_calls()
    for context in (reader, Context(), owner):
        answers = await many(100, ask, hass, entry, context)
        assert {type(answer) for answer in answers} == {HomeAssistantError}
        assert len({str(answer) for answer in answers}) == 1
        freezer.tick(timedelta(minutes=3))
    assert len(sim.calls) == 1
    sim.faults.clear(fault)
    freezer.tick(timedelta(seconds=59))
    with pytest.raises(HomeAssistantError):
        await ask(hass, entry, Context())
    freezer.tick(timedelta(seconds=1))
    assert await ask(hass, entry, reader)
    assert len(sim.calls) == 2


async def test_each_duration_has_rules(
    hass: HomeAssistant, sim: Simulator, entry: CodelocksConfigEntry, reader: Context
) -> None:
    """The rules of each are a question of their own."""
    await durations(hass, entry, reader)
    sim.clear_calls()
    asking = [act(hass, "get_durations", reader, **MODEL, duration_id=one) for one in (0, 1) * 50]
    await asyncio.gather(*asking)
    assert sorted(asked(sim)) == ["duration/0", "duration/1"]


@pytest.mark.parametrize("followed", [True, False])
@pytest.mark.parametrize("action", SHARED)
async def test_what_is_read_anew_is_shared_at_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    action: str,
    *,
    followed: bool,
) -> None:
    """Who asks meanwhile gets the same; who asks later gets what is then, after a failure too."""
    await set_options(hass, entry, track_activity=followed, track_clients=followed)
    front = {"device_id": device_id(hass, entry, LOCK_1_ID), **SHARED[action]}

    async def ask(hass: HomeAssistant, _entry: CodelocksConfigEntry, context: Context) -> Any:
        return await act(hass, action, context, **front)

    sim.clear_calls()
    answers = await many(100, ask, hass, entry, Context())
    assert len(sim.calls) == 1
    assert all(answer == answers[0] for answer in answers)
    fault = sim.faults.add(Fault(kind="status", status=503))
    answers = await many(100, ask, hass, entry, Context())
    assert {type(answer) for answer in answers} == {HomeAssistantError}
    assert len(sim.calls) == 2
    sim.faults.clear(fault)
    await ask(hass, entry, Context())
    assert len(sim.calls) == 3


@pytest.mark.usefixtures("entry")
async def test_a_refusal_stays_one(hass: HomeAssistant, sim: Simulator) -> None:
    """Who did not ask himself hears the API's words all the same."""
    sim.faults.add(Fault(kind="status", status=400, body='{"message":"No such thing"}'))
    for _ in range(2):
        error = await refused(hass, "get_durations", **MODEL)
        assert isinstance(error, ServiceValidationError)
        assert str(error) == "Codelocks refuses this: No such thing"


async def test_what_a_failure_leads_to_is_done_once(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    reader: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A rejected key asks for new ones; with them the question is asked at once."""
    fault = sim.faults.add(Fault(kind="status", status=403, body='{"message":"Forbidden"}'))
    await many(50, durations, hass, entry, reader)
    flows = hass.config_entries.flow.async_progress()
    assert [flow["context"]["source"] for flow in flows] == ["reauth"]
    sim.faults.clear(fault)
    freezer.tick(timedelta(seconds=1))
    await set_options(hass, entry, history_days=30)  # as new keys do, it loads the account anew
    assert await durations(hass, entry, reader)


@pytest.mark.usefixtures("entry")
async def test_an_empty_schema(hass: HomeAssistant, sim: Simulator) -> None:
    """It is no answer, and it is not asked for again at once."""
    sim.faults.add(Fault(kind="status", status=200, body="null", path="*spcconfig*"))
    sim.clear_calls()
    for _ in range(3):
        error = await refused(hass, "get_active_period_schema")
        assert error.translation_key == "invalid_response"
    assert len(sim.calls) == 1


# Over a restart


async def test_a_failure_is_kept(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Restarts do not ask again, and ten minutes are ten minutes."""
    sim.faults.add(Fault(kind="status", status=503, path="*durations*"))
    sim.clear_calls()
    await refused(hass, "get_durations", **MODEL)
    for _ in range(2):
        await restart(hass, freezer, entry)
        error = await refused(hass, "get_durations", **MODEL)
        assert error.translation_key == "cannot_connect"
    assert len([call for call in sim.calls if "durations" in call.path]) == 1
    freezer.tick(TEN_MINUTES)
    await refused(hass, "get_durations", **MODEL)
    assert len([call for call in sim.calls if "durations" in call.path]) == 2


async def test_a_failure_of_the_future(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A clock that was wrong does not make a failure last."""
    sim.faults.add(Fault(kind="status", status=503, path="*durations*", count=1))
    freezer.tick(timedelta(days=2))
    await refused(hass, "get_durations", **MODEL)
    await restart(hass, freezer, entry, back=timedelta(days=2))
    assert await act(hass, "get_durations", **MODEL)


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        [],
        "failures",
        {"failures": []},
        {"failures": {"durations KL1060C2": None}},
        {"failures": {"durations KL1060C2": {"at": "soon", "key": "rejected", "reason": ""}}},
        {"failures": {"durations KL1060C2": {"at": "2026-10-12T09:30:00", "key": 1}}},
        {"failures": {"durations KL1060C2": {"at": "2026-10-12", "key": "x", "reason": ""}}},
    ],
    ids=str,
)
async def test_what_was_kept_is_spoilt(
    hass: HomeAssistant,
    sim: Simulator,
    entry: CodelocksConfigEntry,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    spoilt: Any,
) -> None:
    """It is as if nothing had failed."""
    fault = sim.faults.add(Fault(kind="status", status=503, path="*durations*"))
    await refused(hass, "get_durations", **MODEL)

    async def spoil() -> None:
        notes = hass_storage[f"codelocks.{entry.entry_id}"]["data"]["notes"]
        valid_for = notes["questions"]["valid_for"]
        notes["questions"] = (
            spoilt | {"valid_for": valid_for} if isinstance(spoilt, dict) else spoilt
        )

    await restart(hass, freezer, entry, spoil)
    sim.faults.clear(fault)
    assert await act(hass, "get_durations", **MODEL)
