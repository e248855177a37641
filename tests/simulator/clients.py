"""Smart-phone clients: the five methods."""

from collections.abc import Mapping, Sequence

from . import checks
from .answers import Answer, Json, RefusedError, invalid, reply
from .locks import ACTIVE, INVITED, SUSPENDED, Client, Lock, client_record
from .world import World

type Params = Mapping[str, str]


def page_of[T](world: World, params: Params, rows: Sequence[T]) -> Sequence[T]:
    """Return the requested page; empty after the end."""
    page = checks.number("Page", params["page"], 1)
    size = checks.number("Per Page", params["perpage"], 1)
    size = min(size, world.flags.max_per_page or size)
    return rows[(page - 1) * size : page * size]


def list_clients(world: World, params: Params) -> Answer:
    """List a lock's clients; an empty array when there are none, as documented."""
    lock = world.find_lock(params["accesskey"], checks.k3_id(params["id"]))
    rows = page_of(world, params, list(lock.clients.values()))
    if not lock.clients:
        return reply([])
    return reply(
        {"count": len(lock.clients), "clients": [client_record(lock, client) for client in rows]}
    )


def create_client(world: World, params: Params) -> Answer:
    """Invite somebody."""
    lock = _writable_lock(world, params)
    email = checks.email(params["clientemail"])
    periods = checks.active_periods(params["activeperiods"])
    access_type = checks.one_of("Access Type", params["accesstype"], ("STANDARD", "ONE_TIME"))
    checks.message(params["message"])
    if not world.is_registered(email):
        raise _refused(world, "Client is not a registered K3 Connect account")
    if lock.client(email):
        raise _refused(world, "Client already exists")
    lock.add_client(email, status=INVITED, access_type=access_type, periods=periods)
    lock.add_audit(f"Client invited: {email}", entry_type="Client")
    return reply({"result": "Invitation sent"})


def update_client(world: World, params: Params) -> Answer:
    """Give a client other active periods."""
    lock = _writable_lock(world, params)
    periods = checks.active_periods(params["activeperiods"])
    client = _existing(world, lock, params)
    lock.change_client(client.email, periods=periods)
    return _changed(lock, client, "updated")


def switch_client(world: World, params: Params) -> Answer:
    """Suspend or restore a client, even twice, unless the invitation was never accepted."""
    lock = _writable_lock(world, params)
    action = checks.one_of("Action", params["action"], ("SUSPEND", "RESTORE"))
    client = _existing(world, lock, params)
    if client.status not in (ACTIVE, SUSPENDED):
        raise _refused(world, "Client has not accepted the invitation")
    lock.change_client(client.email, status=SUSPENDED if action == "SUSPEND" else ACTIVE)
    return _changed(lock, client, "suspended" if action == "SUSPEND" else "restored")


def delete_client(world: World, params: Params) -> Answer:
    """Take a client from the lock."""
    lock = _writable_lock(world, params)
    client = _existing(world, lock, params)
    del lock.clients[client.email.casefold()]
    lock.add_audit(f"Client deleted: {client.email}", entry_type="Client")
    return reply({"result": "Client deleted"})


def _writable_lock(world: World, params: Params) -> Lock:
    """Return the lock, if its account may have clients at all."""
    lock = world.find_lock(params["accesskey"], checks.k3_id(params["id"]))
    if world.enter(params["accesskey"]).spccm_status != "ACTIVE":
        raise invalid("Smart Phone Client Management is not active")
    return lock


def _existing(world: World, lock: Lock, params: Params) -> Client:
    """Return the requested client, or refuse."""
    client = lock.client(checks.email(params["clientemail"]))
    if client is None:
        raise _refused(world, "Client not found")
    return client


def _changed(lock: Lock, client: Client, what: str) -> Answer:
    """Note a change in the audit, and answer as documented."""
    lock.add_audit(f"Client {what}: {client.email}", entry_type="Client")
    result: dict[str, Json] = {"result": f"Client {what}", "lockid": lock.id, "email": client.email}
    return reply(result)


def _refused(world: World, text: str) -> RefusedError:
    """Refuse a client write, in the way that the world is set to."""
    if world.flags.client_errors == "200":
        return RefusedError(reply({"status": "error", "message": text}))
    return invalid(text)
