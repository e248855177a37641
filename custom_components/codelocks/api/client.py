"""One short method for each endpoint of the Codelocks Connect API.

Each makes one request (`clients`: one per page), and every request is reported to the hook, with
its pool, before it is sent. They raise only subclasses of CodelocksError, with one exception: a
wrong number of active periods is a ValueError, raised before anything is sent.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import batched
import json
from typing import Any

from aiohttp import ClientSession

from .errors import (
    CodelocksAccessKeyError,
    CodelocksError,
    CodelocksRejectedError,
    CodelocksResponseError,
)
from .models import (
    K3_LOCK_MODEL,
    MAX_CLIENTS,
    MAX_LOCKS,
    MAX_ROWS,
    AccessType,
    Account,
    ActivePeriod,
    AuditEntry,
    AuditOrder,
    Client,
    Duration,
    DurationDetails,
    Initialisation,
    Lock,
    LockList,
    Mode,
    Netcode,
    Pool,
    WriteResult,
    write_active_periods,
)
from .reading import (
    MAX_FIELDS,
    MAX_KEPT,
    Model,
    first,
    integer,
    normal,
    objects,
    parse_json,
    storable,
)
from .transport import DEFAULT_NETCODE_VERSION, DEFAULT_URL, Transport

type OnUnknown = Callable[[Iterable[str]], None]

CLIENTS_PER_PAGE = 50
"""The page size in the documentation's example."""
MAX_CLIENT_PAGES = 100
"""A list that never ends would spend the month's calls."""
READ_AT_ONCE = 100
"""Rows parsed before other tasks may run: a hundred clients take about 8 ms."""


class CodelocksClient:
    """A client of one API key and, for K3 locks, one access key."""

    def __init__(
        self,
        session: ClientSession,
        api_key: str,
        access_key: str | None = None,
        *,
        url: str = DEFAULT_URL,
        netcode_version: str = DEFAULT_NETCODE_VERSION,
        on_request: Callable[[Pool], None] = lambda _: None,
        on_answer: Callable[[Pool, CodelocksError | None], None] = lambda _, __: None,
        on_unknown: OnUnknown = lambda _: None,
    ) -> None:
        """Take a session, the keys, and hooks: told the pool of every request, and of every answer.

        With the answer comes the error that it means, None if the request worked. `on_unknown` is
        told the names of keys that are not known, as `Lock.SomeKey`.
        """
        self._transport = Transport(
            session,
            url,
            on_request,
            on_answer,
            api_key=api_key,
            secrets=(access_key or "",),
            netcode_version=netcode_version,
        )
        self._on_unknown = on_unknown
        self._access_key = access_key or ""
        self._lock_rows = b""
        self._lock_list = LockList((), complete=True)
        """What `_lock_rows` is the hash of: most answers are the same as the previous one."""

    # NetCode

    async def kitlock_netcode(
        self, time_code: str, identifier: str, *, lock_model: str, start: datetime, duration_id: int
    ) -> Netcode:
        """Generate a NetCode for a KitLock. `start` is naive, in the lock's own clock."""
        # Both are seeds of the lock's codes, so as secret as the keys.
        spelled = "{}/{}/{}/{}:{}".format(  # by version 3
            time_code[:4], *(time_code[at : at + 2] for at in range(4, 12, 2))
        )
        secrets = (time_code, spelled, identifier)
        return await self._netcode(time_code, identifier, lock_model, start, duration_id, secrets)

    async def k3_netcode(self, lock_id: str, *, start: datetime, duration_id: int) -> Netcode:
        """Generate a NetCode for a K3 lock. `start` is naive, in the lock's own clock."""
        access_key = self._account_params["accesskey"]
        return await self._netcode(lock_id, access_key, K3_LOCK_MODEL, start, duration_id)

    async def _netcode(
        self,
        lock: str,
        identifier: str,
        lock_model: str,
        start: datetime,
        duration_id: int,
        secrets: tuple[str, ...] = (),
    ) -> Netcode:
        params = {
            "start": f"{start:%Y-%m-%d %H:%M}",
            "duration": str(duration_id),
            "lockmodel": lock_model,
            "identifier": identifier,
        }
        body = await self._transport.request(
            "GET", ("netcode", lock), params, pool=Pool.NETCODE, secrets=secrets
        )
        return _one(Netcode, body, self._on_unknown)

    # KitLocks

    async def initialise(
        self,
        lock_model: str,
        *,
        master_code: str | None = None,
        time_zone: str | None = None,
        random_identifier: bool = True,
    ) -> Initialisation:
        """Return the sequence that initialises a KitLock.

        It sets the lock's clock, so it must be typed at once (v1 documentation, Initialisation).
        """
        params = {
            "lockmodel": lock_model,
            "mastercode": master_code,
            "timezone": time_zone,
            "randomid": "true" if random_identifier else "false",
        }
        body = await self._get("init", params=params, secrets=(master_code or "",))
        return _one(Initialisation, body, self._on_unknown)

    # Durations

    async def durations(self, lock_model: str) -> tuple[Duration, ...]:
        """Return the durations of a lock model."""
        params = {"lockmodel": lock_model, "operation": "DURATIONS"}
        body = await self._get("durations", params=params)
        return await _readable(Duration, _rows(Duration, body), self._on_unknown)

    async def modes(self, lock_model: str) -> tuple[Mode, ...]:
        """Return the modes of a lock model."""
        params = {"lockmodel": lock_model, "operation": "MODES"}
        body = await self._get("durations", params=params)
        return await _readable(Mode, _rows(Mode, body), self._on_unknown)

    async def duration(self, duration_id: int, lock_model: str) -> DurationDetails:
        """Return one duration of a lock model with its rules."""
        body = await self._get("duration", str(duration_id), params={"lockmodel": lock_model})
        return _one(DurationDetails, body, self._on_unknown)

    # K3 locks

    async def locks(self) -> LockList:
        """Return the locks of the account.

        "No locks" has been seen as an empty list, false and a 404; an empty answer means the same.
        A single lock outside a list may not be all of them.
        """
        try:
            rows = _place(Lock, await self._get("k3connect", params=self._account_params))
        except CodelocksRejectedError as err:
            if err.status != 404 or not err.readable:
                raise
            rows = []
        count = len(rows) if isinstance(rows, list) else 1
        if isinstance(rows, list):
            del rows[MAX_LOCKS:]
        said = sha256(json.dumps((rows, count), default=repr).encode()).digest()
        if said != self._lock_rows:
            listed = rows if isinstance(rows, list) else [rows]
            locks = await _readable(Lock, listed, self._on_unknown, MAX_LOCKS)
            complete = isinstance(rows, list) and len(locks) == count
            left_out = max(0, count - MAX_LOCKS)
            self._lock_list = LockList(locks, complete=complete, left_out=left_out)
            self._lock_rows = said
        return self._lock_list

    async def lock(self, lock_id: str) -> Lock:
        """Return one lock, with its location, which only this endpoint returns."""
        body = await self._get("k3connect", lock_id, params=self._account_params)
        return _one(Lock, body, self._on_unknown)

    async def account(self) -> Account:
        """Return the K3 account of the access key."""
        body = await self._get("k3connect", "account", params=self._account_params)
        return _one(Account, body, self._on_unknown)

    # Smart-phone clients

    async def clients(
        self, lock_id: str, before_another: Callable[[], None] = lambda: None
    ) -> tuple[Client, ...]:
        """Return all clients of a lock, in as few requests as there are pages.

        `before_another` is called before each further page; it may raise to stop.
        """
        clients: dict[str, Client] = {}
        for page in range(1, MAX_CLIENT_PAGES + 1):
            if page > 1:
                before_another()
            params = {"page": str(page), "perpage": str(CLIENTS_PER_PAGE)}
            body = await self._get(
                "k3connect", lock_id, "clients", params=params | self._account_params
            )
            rows = _rows(Client, body)
            found = {
                client.email.lower(): client
                for client in await _readable(Client, rows, self._on_unknown, MAX_CLIENTS)
            }
            news = found.keys() - clients.keys()
            clients |= found
            total = _total(body)
            last = len(rows) < CLIENTS_PER_PAGE if total is None else len(clients) >= total
            if last or not news or len(clients) >= MAX_CLIENTS:
                break
        return tuple(clients.values())[:MAX_CLIENTS]

    async def add_client(
        self,
        lock_id: str,
        email: str,
        active_periods: Iterable[ActivePeriod],
        *,
        access_type: AccessType = AccessType.STANDARD,
        message: str,
    ) -> WriteResult:
        """Invite a registered user to a lock."""
        return await self._write_client(
            "POST",
            lock_id,
            email,
            activeperiods=write_active_periods(active_periods),
            accesstype=access_type.value,
            message=message,
        )

    async def update_client(
        self, lock_id: str, email: str, active_periods: Iterable[ActivePeriod]
    ) -> WriteResult:
        """Change when a client may open a lock."""
        periods = write_active_periods(active_periods)
        return await self._write_client("PUT", lock_id, email, activeperiods=periods)

    async def suspend_client(self, lock_id: str, email: str) -> WriteResult:
        """Suspend a client of a lock."""
        return await self._write_client("PATCH", lock_id, email, action="SUSPEND")

    async def restore_client(self, lock_id: str, email: str) -> WriteResult:
        """Restore a suspended client of a lock."""
        return await self._write_client("PATCH", lock_id, email, action="RESTORE")

    async def delete_client(self, lock_id: str, email: str) -> WriteResult:
        """Delete a client of a lock."""
        return await self._write_client("DELETE", lock_id, email)

    async def active_period_schema(self) -> Any:
        """Return the API's own schema of active periods, parsed."""
        path = ("k3connect", "help", "spcconfig")
        body = await self._transport.request("GET", path, longest=MAX_KEPT)
        schema = body.get("activeperiods", body) if isinstance(body, dict) else body
        try:
            return storable(parse_json(schema) if isinstance(schema, str) else schema)
        except ValueError:
            raise CodelocksResponseError("the schema is not JSON that can be stored") from None

    # Audit

    async def audit(
        self,
        lock_id: str,
        *,
        page: int = 1,
        per_page: int = 50,
        order: AuditOrder = AuditOrder.DESCENDING,
        most: int | None = None,
    ) -> tuple[AuditEntry, ...]:
        """Return one page of a lock's audit, as the cloud last heard it from a phone or gateway.

        If the page is longer than requested, only the first `most` entries are taken (by default
        `per_page`). A single entry outside a list is refused: the rest of its page would be lost.
        """
        params = {"page": str(page), "perpage": str(per_page), "pageorder": order.value}
        body = await self._get("k3connect", lock_id, "audit", params=params | self._account_params)
        if not isinstance(rows := _place(AuditEntry, body), list):
            raise CodelocksResponseError("the answer is one entry without its list")
        return await _readable(AuditEntry, rows, self._on_unknown, most or per_page)

    # What the methods share

    @property
    def _account_params(self) -> dict[str, str]:
        """The parameter that names the K3 account; raises if there is no access key."""
        if not self._access_key:
            raise CodelocksAccessKeyError("no access key")
        return {"accesskey": self._access_key}

    async def _get(
        self,
        *path: str,
        params: Mapping[str, str | None] | None = None,
        secrets: tuple[str, ...] = (),
    ) -> Any:
        return await self._transport.request("GET", path, params, secrets=secrets)

    async def _write_client(
        self, method: str, lock_id: str, email: str, **form: str
    ) -> WriteResult:
        form = {**self._account_params, "clientemail": email, **form}
        path = ("k3connect", lock_id, "client")
        body = await self._transport.request(method, path, form=form, secrets=(email,))
        # An empty answer means success.
        if body in (None, [], {}):
            return WriteResult()
        return _one(WriteResult, body, self._on_unknown)


def _place[M: Model](model: type[M], body: Any) -> Any:
    """Return the list of rows, or the single row that came without a list, wherever it is.

    That is at the top, as documented, or in an envelope, which may itself be in a list. "No rows"
    has been seen as false.
    """
    if body is None or body is False:
        return []
    places = (body, *first(body).values())
    for place in places:
        if any(model.key() in map(normal, row) for row in objects(place)[:MAX_CLIENTS]):
            return place
    for place in places:
        if isinstance(place, list):
            return place
    raise CodelocksResponseError(f"the answer is no list of {model.__name__}")


def _rows[M: Model](model: type[M], body: Any) -> list[Any]:
    """Return the rows of a list, wherever it is; a single row makes a list of one."""
    place = _place(model, body)
    return place if isinstance(place, list) else [place]


async def _readable[M: Model](
    model: type[M], rows: list[Any], on_unknown: OnUnknown, most: int = MAX_ROWS
) -> tuple[M, ...]:
    """Return the readable rows, without the broken ones; raises if all are broken.

    If there are too many, the first are read. Long lists let other tasks run in between.
    """
    rows = rows[:most]
    found: list[M] = []
    for some in batched(rows, READ_AT_ONCE, strict=False):
        found += filter(None, (_try(model, row) for row in some))
        _tell_unknown(model, some, on_unknown)
        if len(rows) > READ_AT_ONCE:
            await asyncio.sleep(0)
    if rows and not found:
        raise CodelocksResponseError(f"the answer has no usable {model.__name__}")
    return tuple(found)


def _one[M: Model](model: type[M], body: Any, on_unknown: OnUnknown) -> M:
    """Return the requested record, even if it came in a list."""
    if not (row := first(body)) or (record := _try(model, row)) is None:
        raise CodelocksResponseError(f"the answer has no usable {model.__name__}")
    _tell_unknown(model, (row,), on_unknown)
    return record


def _tell_unknown(model: type[Model], rows: Iterable[Any], on_unknown: OnUnknown) -> None:
    """Tell the names of keys that the records do not have."""
    # Most rows have the same keys.
    spelled = {key for row in objects([*rows]) for key in row}
    if unknown := {key for key in spelled if normal(key) not in model.known_keys()}:
        on_unknown({f"{model.__name__}.{key}" for key in unknown})


def _try[M: Model](model: type[M], row: Any) -> M | None:
    """Return a record, or None if it lacks a required field."""
    if not isinstance(row, dict) or len(row) > MAX_FIELDS:
        return None
    try:
        return model.from_dict(row)
    except LookupError, ValueError:
        return None


def _total(body: Any) -> int | None:
    """Return how many clients there are on all pages, if the answer says."""
    return integer(first(body).get("count"))
