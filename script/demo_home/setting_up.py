"""Setting the integration up, as a user does it in the browser."""

from typing import Any

from tests.simulator import Simulator

from .console import DemoError
from .registry import DOMAIN, Registry, read_registry
from .session import Session, until

PLAN = "business_1"
"""The simulator's plan, the smallest."""
ENTRIES = "/api/config/config_entries"
FAILED = ("setup_error", "setup_retry", "migration_error")


class FormError(DemoError):
    """The form was shown again, with errors."""

    def __init__(self, errors: dict[str, str]) -> None:
        """Take the errors by field."""
        super().__init__(f"the form says: {errors}")
        self.errors = errors


async def entries(user: Session) -> list[dict[str, Any]]:
    """Return the integration's config entries."""
    found: list[dict[str, Any]] = await user.get(f"{ENTRIES}/entry?domain={DOMAIN}")
    return found


async def add_entry(user: Session, *, api_key: str, access_key: str, url: str) -> None:
    """Go through the config flow."""
    form = await user.post(f"{ENTRIES}/flow", handler=DOMAIN)
    if form["type"] != "form":
        raise DemoError(f"the config flow does not begin with a form: {form}")
    answer = await user.post(
        f"{ENTRIES}/flow/{form['flow_id']}",
        api_key=api_key,
        access_key=access_key,
        plan=PLAN,
        connection={"url": url},
    )
    if answer["type"] == "form":
        raise FormError(answer["errors"])
    if answer["type"] != "create_entry":
        raise DemoError(f"the config flow ended with {answer.get('reason', answer)}")


async def add_kitlock(user: Session, *steps: dict[str, Any]) -> None:
    """Go through the flow that adds a KitLock: the choice, then the input of each step."""
    entry = (await entries(user))[0]
    flow = f"{ENTRIES}/subentries/flow"
    answer = await user.post(flow, handler=[entry["entry_id"], "kitlock"])
    for step in steps:
        answer = await user.post(f"{flow}/{answer['flow_id']}", **step)
        if answer.get("errors"):
            raise FormError(answer["errors"])
    if answer["type"] == "form":  # confirm what was read out of the sequence
        read = {
            field["name"]: field["description"]["suggested_value"]
            for field in answer["data_schema"]
        }
        answer = await user.post(f"{flow}/{answer['flow_id']}", **read)
    if answer["type"] != "create_entry":
        raise DemoError(f"the flow of the KitLock ended with {answer}")


async def change_options(user: Session, **changes: Any) -> None:
    """Go through the options."""
    entry = (await entries(user))[0]
    flow = f"{ENTRIES}/options/flow"
    form = await user.post(flow, handler=entry["entry_id"])
    filled = {
        section["name"]: {
            name: changes.get(name, field.get("description", {}).get("suggested_value"))
            for field in section["schema"]
            if (name := field["name"]) in changes
            or "suggested_value" in field.get("description", {})
        }
        for section in form["data_schema"]
    }
    answer = await user.post(f"{flow}/{form['flow_id']}", **filled)
    if answer["type"] != "create_entry":
        raise FormError(answer.get("errors", {}))


async def reload(user: Session) -> None:
    """Reload the entry."""
    entry = (await entries(user))[0]
    await user.post(f"{ENTRIES}/entry/{entry['entry_id']}/reload")
    await wait_until_loaded(user)


async def wait_until_loaded(user: Session) -> str:
    """Wait until the entry is loaded; return its title."""

    async def loaded() -> bool:
        entry = (await entries(user))[0]
        if entry["state"] in FAILED:
            raise DemoError(f"the config entry: {entry['state']}, {entry['reason']}")
        return bool(entry["state"] == "loaded")

    await until(loaded, "the config entry to load")
    return str((await entries(user))[0]["title"])


async def wait_until_read(user: Session, sim: Simulator) -> Registry:
    """Wait until every lock of the cloud is there and its activity is known."""
    names = {lock.name for lock in sim.world.locks()}

    async def complete() -> bool:
        registry = await read_registry(user)
        states = await user.states()
        known = {
            lock.name
            for lock in registry.locks
            if (entity := lock.entities.get("last_activity"))
            and states.get(entity, {}).get("state") not in (None, "unknown", "unavailable")
        }
        return known == names

    await until(complete, "all locks with their last activity")
    return await read_registry(user)
