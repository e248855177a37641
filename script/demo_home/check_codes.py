"""Trying out codes: for a guest of two doors, withdrawn, and while the cloud is down."""

from tests.simulator import Fault, Simulator

from .console import DemoError, say
from .phone import PHONE, read_messages
from .registry import Device, read_registry
from .session import Session, until
from .setting_up import change_options

UNKNOWN = ("unknown", "unavailable")


async def send_to_guest(user: Session, locks: list[Device]) -> list[str]:
    """Order a code for two locks, sent in one message, and withdraw it; return the codes."""
    answer = await user.act(
        "codelocks.generate_netcode",
        device_id=[lock.id for lock in locks],
        duration={"hours": 4},
        name="Check Guest",
        notify_entity_id=[PHONE],
    )
    codes = {code["lock_name"]: str(code["netcode"]) for code in answer["codes"]}
    names = [lock.name for lock in locks]
    if sorted(codes) != sorted(names) or answer["failed"]:
        raise DemoError(f"not one code for each of {names}: {answer}")
    if [(one["entity_id"], one["ok"]) for one in answer["deliveries"]] != [(PHONE, True)]:
        raise DemoError(f"not one good delivery: {answer['deliveries']}")
    messages = await read_messages(user)
    if len(messages) != 1 or not all(one in messages[0] for one in (*codes, *codes.values())):
        raise DemoError(f"the phone did not get one message with {names}: {messages}")
    say(f"ok  one order for {' and '.join(names)}; one message came to {PHONE}:")
    for line in messages[0].splitlines():
        say(f"      {line}")
    await _withdraw(user, [code["id"] for code in answer["codes"]])
    return list(codes.values())


async def _withdraw(user: Session, ids: list[str]) -> None:
    """Withdraw codes: the answer has to say until when they still open."""
    answer = await user.act("codelocks.withdraw_netcode", id=ids)
    rows = answer["netcodes"]
    if {row["id"] for row in rows if row["state"] == "withdrawn"} != {*ids}:
        raise DemoError(f"not all are withdrawn: {answer}")
    say("ok  withdrawn, and how to block what still opens:")
    for row in rows:
        say(f"      {row['lock_name']}, until {row['opens_until']}: {row['how_to_block']}")


async def use_spare(user: Session, sim: Simulator, lock: Device) -> str:
    """Keep a spare for a lock, and order a code while the cloud answers 503; return the code."""
    await change_options(user, spare_locks=[lock.id])
    sensor = await _until_spare(user, lock)
    until_when = (await user.states())[sensor]["state"]
    say(f"ok  a spare was made for {lock.name}: {sensor} {until_when}")
    fault = sim.faults.add(Fault(kind="status", status=503, path="/n/*"))
    try:
        answer = await user.act(
            "codelocks.generate_netcode",
            device_id=lock.id,
            duration={"hours": 2},
            name="Check Late Guest",
        )
    finally:
        sim.faults.clear(fault)
    if not fault.fired:
        raise DemoError("the cloud was not asked, so did not answer 503")
    if not answer["spare"] or not answer["warnings"]:
        raise DemoError(f"no spare with a warning was given: {answer}")
    say(f"ok  the cloud answers 503: a code ordered for {lock.name} is its spare (spare: true)")
    say(f"      {' '.join(answer['warnings'])}")
    return str(answer["netcode"])


async def _until_spare(user: Session, lock: Device) -> str:
    """Wait until a lock has a spare; return the sensor that tells."""
    sensors: list[str] = []

    async def is_made() -> bool:
        devices = (await read_registry(user)).locks
        sensors[:] = [
            sensor
            for device in devices
            if device.id == lock.id and (sensor := device.entities.get("spare_until"))
        ]
        states = await user.states()
        return any(states.get(one, {"state": "unknown"})["state"] not in UNKNOWN for one in sensors)

    await until(is_made, f"the spare of {lock.name}")
    return sensors[0]
