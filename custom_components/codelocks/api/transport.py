"""The one way a request leaves and an answer comes back.

Nothing but a CodelocksError leaves here, and none of them holds a secret. Nothing is repeated.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
import logging
import re
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHandlerType,
    ClientMiddlewareType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    NonHttpUrlClientError,
    ServerDisconnectedError,
)
from yarl import URL

from .errors import (
    CodelocksAccessKeyError,
    CodelocksAuthError,
    CodelocksConnectionError,
    CodelocksQuotaError,
    CodelocksRejectedError,
    CodelocksResponseError,
    CodelocksThrottledError,
)
from .models import Pool
from .reading import normal, parse_json, text
from .words import quotable, quoted, redactor

_LOGGER = logging.getLogger(__name__)

DEFAULT_URL = "https://api-connect.codelocks.io"
API_VERSION = "1"
POOL_PATHS = {Pool.NETCODE: "n", Pool.UTILITY: "u"}

TIMEOUT = ClientTimeout(total=30, sock_connect=10)
_NOT_SENT = (
    ClientConnectorError,
    ConnectionTimeoutError,
    NonHttpUrlClientError,
    ValueError,  # a URL that is none
    RuntimeError,  # a session that is closed
)
MAX_BODY = 2 * 1024 * 1024
"""Longest answer that is read, in bytes: 500 locks take about 300 kB."""
MAX_RETRY_AFTER = 24 * 60 * 60
"""Longest wait that is believed, in seconds: no date overflows."""
MAX_REASON = 200
"""Longest quotation of the API's own words, in characters: they end up in a sentence."""
MAX_REASONS = 5
"""Items of a list that are looked at for words: a list of locks has none."""

_MOVED = "Missing Authentication Token"
"""What the API's gateway says with 403 of a path that it does not have: no fault of the key."""
_LIMIT = re.compile(r"quota|\blimits?\b|limit[ _]?exceeded|throttl|too many", re.IGNORECASE)
"""Words of a limit that was met: with them a 401 or 403 says nothing of a key."""
_SPENT = re.compile(r"quota|limit[ _]?exceeded", re.IGNORECASE)
"""What the API's gateway says of a spent quota ("Limit Exceeded"), unlike "Too Many Requests"."""
_SPEED = re.compile(r"\brate[ _]?limit|too many|per (?:second|minute)", re.IGNORECASE)
"""What makes a limit one that passes soon."""
_PAGE = "text/html"
"""What a proxy or a firewall answers with; the API never does."""
INLINE = 16 * 1024
"""Longest answer that is parsed in the event loop, in bytes: it takes a few milliseconds."""
_WRONG_ACCESS_KEY = re.compile(r"invalid\s*access\s*key", re.IGNORECASE)
_FAILED = ("error", "fail")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete answer."""

    status: int
    body: bytes
    is_page: bool = False
    retry_after: float | None = None


class Transport:
    """The request funnel of one API key."""

    def __init__(
        self,
        session: ClientSession,
        url: str,
        on_request: Callable[[Pool], None],
        *,
        api_key: str,
        secrets: tuple[str, ...] = (),
    ) -> None:
        """Take what every request needs; `secrets` never appear in what is logged or raised."""
        self._session = session
        self._url = url.rstrip("/")
        self._on_request = on_request
        self._api_key = api_key
        self._secrets = (api_key, *secrets)

    async def request(
        self,
        method: str,
        path: tuple[str, ...],
        params: Mapping[str, str | None] | None = None,
        *,
        form: Mapping[str, str] | None = None,
        pool: Pool = Pool.UTILITY,
        secrets: tuple[str, ...] = (),
        longest: int = MAX_BODY,
    ) -> Any:
        """Make one request and return what its answer says, None for an empty one.

        An answer of more than `longest` bytes is refused.
        """
        if not (self._api_key.isascii() and self._api_key.isprintable()):
            raise CodelocksAuthError("the API key has characters that no key has")
        clean = redactor(*self._secrets, *secrets)
        parts = "/".join(map(quoted, path))
        query = {key: value for key, value in (params or {}).items() if value is not None}
        answer = await self._send(
            method, pool, parts, query=query, form=form, clean=clean, longest=longest
        )
        _LOGGER.debug(
            "%s %s: HTTP %s, %s bytes", method, clean(parts), answer.status, len(answer.body)
        )
        return await _interpreted(answer, pool, clean)

    async def _send(
        self,
        method: str,
        pool: Pool,
        path: str,
        *,
        query: Mapping[str, str],
        form: Mapping[str, str] | None,
        clean: Callable[[str], str],
        longest: int,
    ) -> HttpAnswer:
        """Send one request, and only one, and read its answer whole.

        Ours is raised outside of the handlers: aiohttp's own errors quote the URL, keys included,
        and would stay attached to it.
        """
        try:
            url = URL(f"{self._url}/{POOL_PATHS[pool]}/{API_VERSION}/{path}", encoded=True)
            async with self._session.request(
                method,
                url,
                params=query,
                data=form,
                headers={"x-api-key": self._api_key, "Accept": "application/json"},
                timeout=TIMEOUT,
                allow_redirects=False,
                middlewares=(_once(lambda: self._on_request(pool)),),
            ) as response:
                return await _read(response, longest)
        except _NOT_SENT as err:
            error = CodelocksConnectionError(_words(err, clean), sent=False)
        except (ClientError, OSError) as err:
            error = CodelocksConnectionError(_words(err, clean))
        raise error


def _words(err: Exception, clean: Callable[[str], str]) -> str:
    """Return what an exception says, without secrets."""
    return quotable(f"{type(err).__name__}: {err}".rstrip(": "), clean, MAX_REASON)


def _once(report: Callable[[], None]) -> ClientMiddlewareType:
    """Return a middleware that reports the request and keeps aiohttp from repeating it.

    By itself aiohttp sends a GET, PUT or DELETE again when the connection drops: a call that nobody
    counted and, for a PUT or DELETE, a write done twice.
    """
    sent = False

    async def once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        nonlocal sent
        if sent:
            raise ServerDisconnectedError
        sent = True
        report()
        return await handler(request)

    return once


async def _read(response: ClientResponse, longest: int) -> HttpAnswer:
    """Read an answer whole, but never more than it may be."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > longest:
            raise CodelocksResponseError(f"the answer is longer than {longest} bytes")
    wait = response.headers.get("Retry-After", "")
    seconds = min(float(wait), MAX_RETRY_AFTER) if wait.isdecimal() else None
    is_page = response.content_type == _PAGE
    return HttpAnswer(response.status, bytes(body), is_page, seconds)


async def _interpreted(answer: HttpAnswer, pool: Pool, clean: Callable[[str], str]) -> Any:
    """Return what an answer says; a long one is read in a thread."""
    if len(answer.body) <= INLINE:
        return _interpret(answer, pool, clean)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, _interpret, answer, pool, clean)


def _interpret(answer: HttpAnswer, pool: Pool, clean: Callable[[str], str]) -> Any:
    """Return what an answer says, or raise what it means."""
    readable, body = _parse(answer.body)
    status, words = answer.status, _reason(body) or f"HTTP {answer.status}"
    reason = quotable(words, clean, MAX_REASON)
    if status < 500 and _WRONG_ACCESS_KEY.search(words):
        raise CodelocksAccessKeyError(reason)
    if status in (401, 403, 429) and _SPENT.search(words) and not _SPEED.search(words):
        raise CodelocksQuotaError(reason, pool)
    if status == 429:
        raise CodelocksThrottledError(reason, answer.retry_after)
    # A page is a proxy's or a firewall's; it knows neither of the keys.
    if not answer.is_page and not _LIMIT.search(words):
        if status == 401 and readable:
            raise CodelocksAccessKeyError(reason)
        if status == 403 and body is not None and words != _MOVED:
            raise CodelocksAuthError(reason)
    if status in (401, 403, 408) or status // 100 not in (2, 4):
        raise CodelocksConnectionError(reason)
    if status >= 400 or _says_error(body):
        raise CodelocksRejectedError(reason, status, readable=readable)
    if not readable:
        raise CodelocksResponseError("the answer is not JSON")
    return body


def _parse(document: bytes) -> tuple[bool, Any]:
    """Return whether a body is empty or JSON, and what it says."""
    if not document.strip():
        return True, None
    try:
        return True, parse_json(document, MAX_BODY)
    except ValueError:
        return False, None


def _says_error(body: Any) -> bool:
    """Return whether a 200 holds an error, in one of the forms that were seen."""
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    if not isinstance(body, dict):
        return False
    fields = {normal(key): value for key, value in body.items()}
    words = (
        text(fields.get(key)) or "" for key in ("status", "netcode", "actualnetcode", "result")
    )
    return (
        bool(fields.get("error"))
        or fields.keys() == {"message"}
        or any(word.lower().startswith(_FAILED) for word in words)
    )


def _reason(value: Any, depth: int = 4) -> str | None:
    """Return the API's own words: `Message` or `message`, `error`, or a JSON list in a string."""
    if depth == 0:
        return None
    if isinstance(value, str) and value.startswith(("[", "{")):
        try:
            return _reason(parse_json(value), depth - 1)
        except ValueError:
            pass
    if isinstance(value, dict):
        fields = {normal(key): part for key, part in value.items()}
        value = [fields[key] for key in ("error", "message", "result") if fields.get(key)]
    if isinstance(value, list):
        words = (_reason(part, depth - 1) for part in value[:MAX_REASONS])
        return ": ".join(filter(None, words)) or None
    return text(value)
