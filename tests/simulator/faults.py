"""Faults on demand: what a network, a gateway or a changed API does to an answer."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
import dataclasses
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
import json
from random import Random
from typing import Any

from .answers import JSON_TYPE, Answer, gateway, reply


class FaultKind(StrEnum):
    """The kinds of faults."""

    # before (or with `after`, after) the request is carried out
    LATENCY = "latency"  # `seconds`
    HANG = "hang"  # until the fault is cleared
    DROP = "drop"  # the connection, without an answer
    # instead of the answer; the request is carried out only with `after`
    STATUS = "status"  # `status`, and optionally `body`, `content_type`, `retry_after`
    FIREWALL = "firewall"  # 403 with an HTML page
    QUOTA = "quota"  # 429 "Limit Exceeded"
    THROTTLE = "throttle"  # 429 "Too Many Requests"
    HTML = "html"  # 200 with an HTML page
    REDIRECT = "redirect"  # `status` (302) to `location`
    STATUS_ERROR = "status_error"  # 200 that says {"status": "error"}
    NETCODE_ERROR = "netcode_error"  # 200 that says {"netcode": "ERROR"}
    INVALID_ACCESS_KEY = "invalid_access_key"  # `status` (200) with the string "Invalid accesskey"
    HUGE = "huge"  # 200 with a list of `size` bytes
    # to the answer of a request that is carried out
    TRUNCATED = "truncated"  # half of the JSON, as if it were all
    CUT = "cut"  # half of the JSON, then the connection is gone
    WRONG_SHAPE = "wrong_shape"  # an object for a list, and the reverse
    WRONG_VALUE = "wrong_value"  # `field` is `value`
    MISSING_KEY = "missing_key"  # `field` is not there
    RENAMED_KEY = "renamed_key"  # `field` is called `value`


DELAYS = {FaultKind.LATENCY, FaultKind.HANG}
_BODIES = {401: "", 403: '{"message":"Forbidden"}', 504: '{"message":"Endpoint request timed out"}'}
_PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """A fault, the requests that it meets, and how often."""

    kind: str
    path: str = "*"  # pattern in the manner of a shell; `*` crosses slashes
    method: str = "*"
    count: int | None = None  # None: until cleared
    probability: float = 1.0
    after: bool = False  # carry out the request first, then fail
    seconds: float = 0.0
    status: int | None = None
    body: str | None = None
    content_type: str = JSON_TYPE
    retry_after: int | None = None
    location: str = "http://127.0.0.1:9/elsewhere"
    field: str = ""
    value: Any = None
    size: int = 16 * 1024 * 1024
    fired: int = 0
    met: asyncio.Event = dataclasses.field(
        default_factory=asyncio.Event, repr=False
    )  # a request came by
    cleared: asyncio.Event = dataclasses.field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        """Refuse an unknown kind."""
        FaultKind(self.kind)

    def meets(self, method: str, path: str) -> bool:
        """Tell whether a request matches, and the fault is not used up."""
        spent = self.count is not None and self.fired >= self.count
        return not spent and fnmatchcase(method, self.method) and fnmatchcase(path, self.path)

    async def wait(self) -> None:
        """Delay the answer; clearing the fault ends the delay."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None if self.kind == FaultKind.HANG else self.seconds):
                await self.cleared.wait()

    @property
    def carries_out(self) -> bool:
        """Tell whether the request is carried out before the fault shows."""
        return self.after or self.kind in _EDITS

    def apply(self, answer: Answer | None) -> Answer:
        """Return what is sent; `answer` is the true one, if the request was carried out."""
        if make := _REPLACEMENTS.get(FaultKind(self.kind)):
            return make(self)
        if answer is None or answer.status != 200:
            return answer or Answer()
        return _EDITS[FaultKind(self.kind)](self, answer)


def _status(fault: Fault) -> Answer:
    """Fail with a status."""
    status = fault.status or 500
    if status == 429 and fault.body is None:
        return _throttle(fault)
    body = (
        _BODIES.get(status, '{"message":"Internal server error"}')
        if fault.body is None
        else fault.body
    )
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return Answer(
        status=status, body=body.encode(), content_type=fault.content_type, headers=headers
    )


def _throttle(fault: Fault) -> Answer:
    """Say that there were too many requests."""
    return gateway(429, "Too Many Requests", fault.retry_after)


def _page(status: int, title: str) -> Answer:
    """Show a page for people."""
    return Answer(status=status, body=_PAGE.format(title).encode(), content_type="text/html")


def _wrong_shape(_: Fault, answer: Answer) -> Answer:
    """Turn a list into an object, and the reverse."""
    data = json.loads(answer.body)
    turned = (
        (data[0] if data and isinstance(data[0], dict) else {})
        if isinstance(data, list)
        else [data]
    )
    return reply(turned, answer.status)


def _edit_objects(answer: Answer, edit: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
    """Change every object in an answer, including nested ones."""

    def walk(data: Any) -> Any:
        if isinstance(data, dict):
            return edit({key: walk(value) for key, value in data.items()})
        return [walk(item) for item in data] if isinstance(data, list) else data

    return replace(answer, body=json.dumps(walk(json.loads(answer.body))).encode())


def _wrong_value(fault: Fault, answer: Answer) -> Answer:
    """Give a field another value."""
    return _edit_objects(
        answer, lambda data: data | ({fault.field: fault.value} if fault.field in data else {})
    )


def _missing_key(fault: Fault, answer: Answer) -> Answer:
    """Leave a field out."""
    return _edit_objects(
        answer, lambda data: {key: value for key, value in data.items() if key != fault.field}
    )


def _renamed_key(fault: Fault, answer: Answer) -> Answer:
    """Call a field something else."""
    return _edit_objects(
        answer,
        lambda data: {
            str(fault.value) if key == fault.field else key: value for key, value in data.items()
        },
    )


def _half(_: Fault, answer: Answer) -> Answer:
    """Keep the first half of the body."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


_REPLACEMENTS: dict[FaultKind, Callable[[Fault], Answer]] = {
    FaultKind.STATUS: _status,
    FaultKind.FIREWALL: lambda _: _page(403, "Request blocked"),
    FaultKind.QUOTA: lambda fault: gateway(429, "Limit Exceeded", fault.retry_after),
    FaultKind.THROTTLE: _throttle,
    FaultKind.HTML: lambda _: _page(200, "Down for maintenance"),
    FaultKind.REDIRECT: lambda fault: Answer(
        status=fault.status or 302, headers={"Location": fault.location}
    ),
    FaultKind.STATUS_ERROR: lambda fault: reply(
        {"status": "error", "message": fault.body or "Something went wrong"}
    ),
    FaultKind.NETCODE_ERROR: lambda _: reply({"netcode": "ERROR", "status": "ok"}),
    FaultKind.INVALID_ACCESS_KEY: lambda fault: reply("Invalid accesskey", fault.status or 200),
    FaultKind.HUGE: lambda fault: Answer(body=b"[" + b" " * fault.size + b"]"),
    FaultKind.DROP: lambda _: Answer(),
}
_EDITS: dict[FaultKind, Callable[[Fault, Answer], Answer]] = {
    FaultKind.TRUNCATED: _half,
    FaultKind.CUT: lambda _, answer: answer,
    FaultKind.WRONG_SHAPE: _wrong_shape,
    FaultKind.WRONG_VALUE: _wrong_value,
    FaultKind.MISSING_KEY: _missing_key,
    FaultKind.RENAMED_KEY: _renamed_key,
}


class Faults:
    """The current faults."""

    def __init__(self, seed: int) -> None:
        """Start without any."""
        self._random = Random(seed)  # noqa: S311
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        """Go through the faults that were not cleared."""
        return iter(self._faults)

    def add(self, fault: Fault) -> Fault:
        """Add a fault and return it."""
        self._faults.append(fault)
        return fault

    def clear(self, fault: Fault | None = None) -> None:
        """End a fault, or all; hanging requests go on."""
        for ended in [fault] if fault else self._faults:
            ended.cleared.set()
        self._faults = [one for one in self._faults if not one.cleared.is_set()]

    def take(self, method: str, path: str) -> list[Fault]:
        """Return the faults of one request: all delays, and the first of the others."""
        taken: list[Fault] = []
        for fault in self._faults:
            decided = any(one.kind not in DELAYS for one in taken)
            if not fault.meets(method, path) or (decided and fault.kind not in DELAYS):
                continue
            if fault.probability < 1 and self._random.random() >= fault.probability:
                continue
            fault.fired += 1
            fault.met.set()
            taken.append(fault)
        return taken
