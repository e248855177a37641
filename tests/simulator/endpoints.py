"""The methods of the API: one row each, with all parameters that it knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
import json
import re

from . import checks, clients, netcodes
from .answers import Answer, Json, RefusedError, complaint, gateway, invalid, missing, reply
from .locks import ALWAYS, audit_record, lock_record
from .netcodes import KitLock
from .tables import (
    DEFAULT_IDENTIFIER,
    DEFAULT_MASTERCODE,
    DIGITS,
    DURATIONS,
    Duration,
    durations_for,
)
from .world import PoolName, World

type Params = Mapping[str, str]

FORM_TYPE = "application/x-www-form-urlencoded"
NETCODE_FAILED = gateway(422, "Generate netcode failed with ERROR status")  # seen
NO_LOCKS = {
    "list": reply([]),
    "false": Answer(body=b"false"),
    "204": Answer(status=204),
    "404": complaint(404, "No locks found."),
}


def get_netcode(world: World, params: Params) -> Answer:
    """Compute a NetCode and spell it as versions 1 and 2 do.

    That the model is the lock's own is not checked, as in reality.
    """
    lock_id, zone, start, row, code = _netcode(world, params)
    record = netcodes.netcode_record(
        lock_id, code, start, row, hours_of_days=world.flags.hours_of_days
    )
    if world.flags.expires:
        record["Expires"] = f"{start + row.length:%Y-%m-%d %H:%M:%S}"
    if world.flags.start_data:
        record["Startdata"] = netcodes.start_data(params["start"], start, zone)
    return reply(record)


def get_netcode_3(world: World, params: Params) -> Answer:
    """Compute a NetCode and spell it as version 3 does; bad parameters are a 422."""
    try:
        lock_id, _, start, row, code = _netcode(world, params)
    except RefusedError as refused:
        if refused.answer.status != 400:
            raise
        raise RefusedError(replace(refused.answer, status=422)) from None
    return reply(netcodes.netcode_record_3(lock_id, params["identifier"], code, start, row))


def _netcode(world: World, params: Params) -> tuple[str, str, datetime, Duration, str]:
    """Check a request; return the lock, its zone, the start, the duration and the code."""
    lock_id, identifier = params["id"], params["identifier"]
    model = checks.one_of("Lock Model", params["lockmodel"], tuple(DIGITS))
    zone = "UTC"
    if len(lock_id) == 32:
        zone = world.find_lock(identifier, checks.k3_id(lock_id)).time_zone
    else:
        checks.timecode(lock_id)
        checks.digits("Identifier", identifier, 6)
    row = DURATIONS.get(checks.number("Duration ID", params["duration"]))
    if row and model == "KL1060G3" and model not in row.models:
        raise RefusedError(NETCODE_FAILED)
    row = checks.known_duration(params["duration"], model)
    start = checks.start_time(params["start"])
    if row.restricted_start and f"{start:%H:%M}" != row.restricted_start:
        raise invalid(f"Start (Expected: {row.restricted_start})")
    start = netcodes.floor_to_hour(start)
    code = netcodes.compute_netcode(lock_id, identifier, model, start, row.id)
    return lock_id, zone, start, row, code


def get_init(world: World, params: Params) -> Answer:
    """Return an initialisation sequence, and remember the lock that it makes."""
    model = checks.utility_model(params) or "KL1060"
    master = checks.digits("Master Code", params.get("mastercode", DEFAULT_MASTERCODE), 8)
    zone = checks.time_zone(params["timezone"]) if "timezone" in params else ""
    random_id = checks.one_of("Random ID", params.get("randomid", "false"), ("true", "false"))
    # For KL1060C2 three digits of group, which never start with 0, and three of member.
    identifier = (
        str(world.random.randrange(100000, 1000000)) if random_id == "true" else DEFAULT_IDENTIFIER
    )
    record = netcodes.init_record(model, master, identifier, world.now())
    world.kitlocks.append(
        KitLock(
            lock_model=model,
            timecode=str(record["TimeCode"]),
            identifier=identifier,
            time_zone=zone,
        )
    )
    return reply(record)


def get_durations(world: World, params: Params) -> Answer:
    """List durations or modes."""
    rows = durations_for(checks.utility_model(params))
    operations = ("DURATIONS", "MODES")
    operation = checks.one_of(
        "Operation", params.get("operation", "DURATIONS"), operations, any_case=True
    )
    if operation == "MODES":
        return reply(netcodes.mode_records(rows))
    id_key = "DurationId" if world.flags.seen_duration_key else "DurationID"
    return reply([netcodes.duration_record(row, id_key) for row in rows])


def get_duration(_: World, params: Params) -> Answer:
    """Return one duration with its rules."""
    model = checks.utility_model(params) or "KL1060"
    return reply(netcodes.rule_record(checks.known_duration(params["id"], model), model))


def list_locks(world: World, params: Params) -> Answer:
    """List the locks of an account."""
    locks = world.enter(params["accesskey"]).locks.values()
    if not locks:
        return NO_LOCKS[world.flags.no_locks]
    undocumented = world.flags.undocumented_fields
    return reply([lock_record(lock, single=False, undocumented=undocumented) for lock in locks])


def get_lock(world: World, params: Params) -> Answer:
    """Return one lock."""
    lock = world.find_lock(params["accesskey"], checks.k3_id(params["id"]))
    return reply(lock_record(lock, single=True, undocumented=world.flags.undocumented_fields))


def get_account(world: World, params: Params) -> Answer:
    """Return the account: one object in a list, as documented."""
    account = world.enter(params["accesskey"])
    return reply([{"email": account.email, "spccmstatus": account.spccm_status}])


def get_audit(world: World, params: Params) -> Answer:
    """Return a page of a lock's audit, in the order of the entries' ids."""
    lock = world.find_lock(params["accesskey"], checks.k3_id(params["id"]))
    order = checks.one_of("Page Order", params["pageorder"], ("ascending", "descending"))
    entries = sorted(lock.audit, key=lambda entry: entry.id, reverse=order == "descending")
    return reply([audit_record(lock, entry) for entry in clients.page_of(world, params, entries)])


def get_spc_config(_world: World, _params: Params) -> Answer:
    """Return the sample and schema of active periods: JSON within a string."""
    slot: dict[str, Json] = {
        key: {"type": "string", "pattern": "^HH:MM$"}
        if key in ("starts", "ends")
        else {"type": "boolean"}
        for key in ALWAYS["0"]
    }
    schema: dict[str, Json] = {
        "type": "object",
        "required": checks.SLOTS,
        "additionalProperties": {"type": "object", "required": list(slot), "properties": slot},
    }
    return reply({"activeperiods": json.dumps({"sample": ALWAYS, "schema": schema})})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a request carries."""

    query: list[tuple[str, str]]
    form: list[tuple[str, str]]
    content_type: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method of the API."""

    method: str
    path: str
    handler: Callable[[World, Params], Answer]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def pool(self) -> PoolName:
        """The quota that pays."""
        return "netcode" if self.path.startswith("/n/") else "utility"

    def is_served(self, world: World) -> bool:
        """Tell whether the gateway knows the path: a version may not be served."""
        _, _, version, _ = self.path.split("/", 3)
        return self.pool == "utility" or version in world.flags.netcode_versions

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """Return the parameters in the path, or None if another method is meant."""
        pattern = self.path.replace("{id}", "(?P<id>[^/]+)")
        found = re.fullmatch(pattern, path) if method == self.method else None
        return found.groupdict() if found else None

    def answer(self, world: World, in_path: Params, ask: Ask) -> Answer:
        """Answer a request that passed the gateway."""
        try:
            return self.handler(world, {**self._check(ask), **in_path})
        except RefusedError as refused:
            return refused.answer

    def _check(self, ask: Ask) -> Params:
        """Return the parameters: reads have a query, writes a form, and nothing else is taken."""
        reads = self.method == "GET"
        if not reads and ask.content_type != FORM_TYPE:
            raise invalid(f"Content-Type (Expected: {FORM_TYPE})")
        given, other = (ask.query, ask.form) if reads else (ask.form, ask.query)
        params = dict(given)
        if lacking := [name for name in self.required if not params.get(name)]:
            raise missing(lacking)
        if unknown := [
            name for name, _ in [*given, *other] if name not in self.required + self.optional
        ]:
            raise invalid(f"Unknown parameter {', '.join(unknown)}")
        if other or len(params) != len(given):
            raise invalid("Misplaced or repeated parameter")
        return params


_ACCESS = ("accesskey",)
_CLIENT = ("accesskey", "clientemail")
_PAGE = ("accesskey", "page", "perpage")
_LOCK = "/u/1/k3connect/{id}"
_NETCODE = ("start", "duration", "lockmodel", "identifier")

# Fixed paths before those with an id.
ENDPOINTS = (
    Endpoint("GET", "/n/1/netcode/{id}", get_netcode, _NETCODE),
    Endpoint("GET", "/n/2/netcode/{id}", get_netcode, _NETCODE),
    Endpoint("GET", "/n/3/netcode/{id}", get_netcode_3, _NETCODE),
    Endpoint("GET", "/u/1/init", get_init, (), ("lockmodel", "mastercode", "timezone", "randomid")),
    Endpoint("GET", "/u/1/durations", get_durations, (), ("lockmodel", "operation")),
    Endpoint("GET", "/u/1/duration/{id}", get_duration, (), ("lockmodel",)),
    Endpoint("GET", "/u/1/k3connect", list_locks, _ACCESS),
    Endpoint("GET", "/u/1/k3connect/account", get_account, _ACCESS),
    Endpoint("GET", "/u/1/k3connect/help/spcconfig", get_spc_config),
    Endpoint("GET", _LOCK, get_lock, _ACCESS),
    Endpoint("GET", f"{_LOCK}/clients", clients.list_clients, _PAGE),
    Endpoint("GET", f"{_LOCK}/audit", get_audit, (*_PAGE, "pageorder")),
    Endpoint(
        "POST",
        f"{_LOCK}/client",
        clients.create_client,
        (*_CLIENT, "activeperiods", "accesstype", "message"),
    ),
    Endpoint("PUT", f"{_LOCK}/client", clients.update_client, (*_CLIENT, "activeperiods")),
    Endpoint("PATCH", f"{_LOCK}/client", clients.switch_client, (*_CLIENT, "action")),
    Endpoint("DELETE", f"{_LOCK}/client", clients.delete_client, _CLIENT),
)


def find(method: str, path: str) -> tuple[Endpoint, dict[str, str]] | None:
    """Return the requested method of the API, and the parameters in the path."""
    for endpoint in ENDPOINTS:
        if (in_path := endpoint.match(method, path)) is not None:
            return endpoint, in_path
    return None
