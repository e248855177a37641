"""The single funnel for requests and their answers.

It raises nothing but CodelocksErrors, none of which holds a secret, and repeats no request.
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
    CodelocksError,
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
NETCODE_VERSIONS = ("1", "2", "3")
"""Versions of NetCode calls: the first is documented, the last seen in April 2026."""
DEFAULT_NETCODE_VERSION = NETCODE_VERSIONS[0]
UTILITY_VERSION = "1"
"""The paths of later utility versions are not known."""

TIMEOUT = ClientTimeout(total=30, sock_connect=10)
_NOT_SENT = (
    ClientConnectorError,
    ConnectionTimeoutError,
    NonHttpUrlClientError,
    ValueError,  # not a URL
    RuntimeError,  # a closed session
)
MAX_BODY = 2 * 1024 * 1024
"""Longest answer that is read, in bytes: 500 locks take about 300 kB."""
MAX_RETRY_AFTER = 24 * 60 * 60
"""Longest wait that is accepted, in seconds, so that no date overflows."""
MAX_REASON = 200
"""Longest quotation of the API's own words, in characters: they end up in a sentence."""
MAX_REASONS = 5
"""Items of a list that are searched for a reason: a list of locks has none."""

_MOVED = "Missing Authentication Token"
"""The gateway's text with 403 for an unknown path: the key is not at fault."""
_LIMIT = re.compile(r"quota|\blimits?\b|limit[ _]?exceeded|throttl|too many", re.IGNORECASE)
"""Words about a limit: a 401 or 403 with them says nothing about a key."""
_SPENT = re.compile(r"quota|limit[ _]?exceeded", re.IGNORECASE)
"""The gateway's words for a spent quota ("Limit Exceeded"), unlike "Too Many Requests"."""
_SPEED = re.compile(r"\brate[ _]?limit|too many|per (?:second|minute)", re.IGNORECASE)
"""Words about a limit that is over soon."""
_PAGE = "text/html"
"""The content type of a proxy's or firewall's answer; the API never sends it."""
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
        on_answer: Callable[[Pool, CodelocksError | None], None],
        *,
        api_key: str,
        secrets: tuple[str, ...] = (),
        netcode_version: str = DEFAULT_NETCODE_VERSION,
    ) -> None:
        """Take what every request needs; `secrets` never appear in logs or errors."""
        self._session = session
        url = url.rstrip("/")
        self._urls = {
            Pool.NETCODE: f"{url}/n/{netcode_version}",
            Pool.UTILITY: f"{url}/u/{UTILITY_VERSION}",
        }
        self._on_request = on_request
        self._on_answer = on_answer
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
        """Make one request and return the parsed body of its answer, None if it is empty.

        An answer longer than `longest` bytes is refused.
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
        try:
            said = await _interpreted(answer, pool, clean)
        except CodelocksError as err:
            self._on_answer(pool, err)
            raise
        self._on_answer(pool, None)
        return said

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
        """Send exactly one request and read its whole answer.

        Our error is raised outside the handlers: aiohttp's errors quote the URL, keys included, and
        would stay attached to ours.
        """
        try:
            url = URL(f"{self._urls[pool]}/{path}", encoded=True)
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

    By default aiohttp resends a GET, PUT or DELETE when the connection drops: that is an uncounted
    call and, for a PUT or DELETE, a write done twice.
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
    """Read a whole answer, but never more than `longest` bytes."""
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
    """Return the value of an answer, or raise its error; a long one is parsed in a thread."""
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
    # An HTML page comes from a proxy or a firewall, which knows neither key.
    if not answer.is_page and not _LIMIT.search(words):
        if status == 401 and readable:
            raise CodelocksAccessKeyError(reason)
        if status == 403 and body is not None and words != _MOVED:
            raise CodelocksAuthError(reason)
    if status in (401, 403, 408) or status // 100 not in (2, 4):
        raise CodelocksConnectionError(reason, no_path=words == _MOVED)
    if status >= 400 or _says_error(body):
        raise CodelocksRejectedError(reason, status, readable=readable)
    if not readable:
        raise CodelocksResponseError("the answer is not JSON")
    return body


def _parse(document: bytes) -> tuple[bool, Any]:
    """Return whether a body is empty or JSON, and its value."""
    if not document.strip():
        return True, None
    try:
        return True, parse_json(document, MAX_BODY)
    except ValueError:
        return False, None


def _says_error(body: Any) -> bool:
    """Return whether a 200 holds an error, in one of the forms seen so far."""
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
