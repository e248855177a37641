"""Trying the integration out in the running Home Assistant, over its own API."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
import re

from tests.simulator import ACCESS_KEY, ACTIVE, API_KEY, SUSPENDED, Simulator

from . import dashboard
from .check_bookings import follow_a_flat
from .check_codes import send_to_guest, use_spare
from .console import DemoError, say
from .folder import DemoFolder
from .registry import Device, Registry
from .session import Session, State, until
from .setting_up import FormError, add_entry, wait_until_loaded, wait_until_read

SECRETS = {"the API key": API_KEY, "the access key": ACCESS_KEY}
COMPLAINTS = (" ERROR ", "Detected that custom integration", "Detected blocking call")
VISITOR = "Opened by Check Visitor (phone)"


async def check(user: Session, sim: Simulator, folder: DemoFolder) -> None:
    """Go through the integration's main uses; raises if one does not work."""
    started = len(folder.log.read_text(errors="replace"))
    await _refuse_wrong_key(user, sim)
    await add_entry(user, api_key=API_KEY, access_key=ACCESS_KEY, url=sim.url)
    say(f"ok  entry: {await wait_until_loaded(user)} is loaded")
    registry = await wait_until_read(user, sim)
    await _show_entities(user, registry)
    await _load_cards(user)
    codes = [await _issue_code(user, registry.locks[0])]
    codes += await send_to_guest(user, registry.locks[:2])
    codes += await follow_a_flat(user, registry.locks[:2], sim.world.now().date())
    await _suspend_client(user, sim, registry)
    await _see_activity(user, sim, registry.locks[0])
    await _refresh(user, sim)
    codes.append(await use_spare(user, sim, registry.locks[2]))
    log = folder.log.read_text(errors="replace")
    _look_for_secrets(codes, {"the log": log, "a state": str(await user.states())})
    _look_for_complaints(log[started:])


async def _refuse_wrong_key(user: Session, sim: Simulator) -> None:
    """Type a wrong key: the form has to say so."""
    try:
        await add_entry(user, api_key="Wrong" + API_KEY[5:], access_key=ACCESS_KEY, url=sim.url)
    except FormError as err:
        if "invalid_api_key" not in err.errors.values():
            raise
        say("ok  a wrong API key: the form says invalid_api_key")
    else:
        raise DemoError("a wrong API key was taken")


async def _show_entities(user: Session, registry: Registry) -> None:
    """Print all entities; none may be unavailable."""
    states = await user.states()
    say(f"ok  entities of {len(registry.devices)} devices:")
    for device in registry.devices:
        for entity in sorted(device.entities.values()):
            state = states.get(entity, {}).get("state", "missing")
            say(f"      {device.name:<17} {entity:<48} {state}")
            if state in ("unavailable", "missing"):
                raise DemoError(f"{entity} is {state}")


async def _load_cards(user: Session) -> None:
    """Look for the dashboards' resource; its file must be there."""
    async with user.socket() as socket:
        url = await dashboard.resource(socket)
    script = str(await user.get(url))
    if "customCards" not in script:
        raise DemoError(f"{url} has no cards: {script[:100]}")
    say(f"ok  cards: dashboards load {url}")


async def _issue_code(user: Session, lock: Device) -> str:
    """Issue a NetCode for two hours; return it."""
    answer = await user.act(
        "codelocks.generate_netcode", device_id=lock.id, duration={"hours": 2}, name="Check"
    )
    netcode = str(answer["netcode"])
    start, end = (datetime.fromisoformat(answer[key]) for key in ("start", "end"))
    if not netcode.isdecimal() or end - start < timedelta(hours=2):
        raise DemoError(f"a strange answer to generate_netcode: {answer}")
    window = f"{start:%d %b %H:%M} to {end:%H:%M %z}"
    say(f"ok  NetCode for {lock.name}, {window}: {netcode} (the simulator's, it opens nothing)")
    return netcode


async def _suspend_client(user: Session, sim: Simulator, registry: Registry) -> None:
    """Suspend the first active client; the cloud and the sensor have to show it."""
    device, email = next(
        (device, client.email)
        for device in registry.locks
        for client in sim.world.lock(device.owner).clients.values()
        if client.status == ACTIVE
    )
    sensor = device.entities["suspended_clients"]
    before = int((await user.states())[sensor]["state"])
    await user.act("codelocks.suspend_client", device_id=[device.id], email=email)
    client = sim.world.lock(device.owner).client(email)
    if client is None or client.status != SUSPENDED:
        raise DemoError(f"the cloud does not know that {email} is suspended")
    await _until_state(user, sensor, lambda state: state["state"] == str(before + 1))
    say(f"ok  suspended {email} at {device.name}: {sensor} went from {before} to {before + 1}")


async def _see_activity(user: Session, sim: Simulator, lock: Device) -> None:
    """Let somebody come in; the event has to fire.

    Polling reads a lock at most every ten minutes. `get_audit` asks the cloud whenever a user
    wants, and news in its answer is news like any other.
    """
    sensor, event = lock.entities["last_activity"], lock.entities["activity"]
    before = (await user.states())[sensor]["state"]
    sim.world.lock(lock.owner).add_audit(VISITOR)
    answer = await user.act("codelocks.get_audit", device_id=lock.id, limit=10)
    if answer["entries"][0]["text"] != VISITOR:
        raise DemoError(f"get_audit does not begin with the newest entry: {answer}")
    await _until_state(user, event, lambda state: state["attributes"].get("text") == VISITOR)
    await _until_state(user, sensor, lambda state: state["state"] != before)
    told = (await user.states())[event]["attributes"]
    say(f"ok  activity: {event} fired {told['event_type']}, {told['text']!r}, at {told['time']}")


async def _refresh(user: Session, sim: Simulator) -> None:
    """Refresh: everything was read just now, so it costs no call."""
    before = len(sim.calls)
    answer = await user.act("codelocks.refresh")
    if answer["read"] or len(sim.calls) > before:
        raise DemoError(f"refresh read again what is fresh: {answer}")
    say(f"ok  refresh: all is fresh, {answer['utility_calls_left']} utility calls are left")


async def _until_state(user: Session, entity: str, fits: Callable[[State], bool]) -> None:
    async def fitting() -> bool:
        return fits((await user.states())[entity])

    await until(fitting, f"{entity} to change")


def _look_for_secrets(codes: Iterable[str], texts: dict[str, str]) -> None:
    """Look for secrets in states and in the log, including our debug lines."""
    for what, secret in (*SECRETS.items(), *(("a NetCode", code) for code in codes)):
        for where, text in texts.items():
            if re.search(rf"\b{secret}\b", text):
                raise DemoError(f"{what} is in {where}")
    lines = texts["the log"].count("custom_components.codelocks")
    say(f"ok  secrets: no key and no code in a state, or in {lines} lines of the log about us")


def _look_for_complaints(log: str) -> None:
    """Look for errors in the log since Home Assistant started."""
    if lines := [line for line in log.splitlines() if any(one in line for one in COMPLAINTS)]:
        raise DemoError("the log complains:\n" + "\n".join(lines))
    say("ok  log: no error")
