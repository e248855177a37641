"""The single funnel for requests and their answers.

It raises nothing but CodelocksErrors, none of which holds a secret, and repeats no request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
import logging
import re
from typing import Any
from urllib.parse import quote, quote_plus

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

_LOGGER = logging.getLogger(__name__)

DEFAULT_URL = "https://api-connect.codelocks.io"
API_VERSION = "1"
POOL_PATHS = {Pool.NETCODE: "n", Pool.UTILITY: "u"}

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
_SPENT = "limit exceeded"
"""The gateway's text with 429 for a spent quota, unlike "Too Many Requests"."""
_WRONG_ACCESS_KEY = re.compile(r"invalid\s*access\s*key", re.IGNORECASE)
_FAILED = ("error", "fail")
_DIGITS = re.compile(r"\d{4,}")
"""Digits that may be a code, or a seed of codes, which the cloud knows from another request."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A complete answer."""

    status: int
    body: bytes
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
        """Take what every request needs; `secrets` never appear in logs or errors."""
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
    ) -> Any:
        """Make one request and return the parsed body of its answer, None if it is empty."""
        if not (self._api_key.isascii() and self._api_key.isprintable()):
            raise CodelocksAuthError("the API key has characters that no key has")
        clean = _redactor(*self._secrets, *secrets)
        parts = "/".join(map(_quoted, path))
        query = {key: value for key, value in (params or {}).items() if value is not None}
        answer = await self._send(method, pool, parts, query=query, form=form, clean=clean)
        _LOGGER.debug(
            "%s %s: HTTP %s, %s bytes", method, clean(parts), answer.status, len(answer.body)
        )
        return _interpret(answer, pool, clean)

    async def _send(
        self,
        method: str,
        pool: Pool,
        path: str,
        *,
        query: Mapping[str, str],
        form: Mapping[str, str] | None,
        clean: Callable[[str], str],
    ) -> HttpAnswer:
        """Send exactly one request and read its whole answer.

        Our error is raised outside the handlers: aiohttp's errors quote the URL, keys included, and
        would stay attached to ours.
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
                return await _read(response)
        except _NOT_SENT as err:
            error = CodelocksConnectionError(_words(err, clean), sent=False)
        except (ClientError, OSError) as err:
            error = CodelocksConnectionError(_words(err, clean))
        raise error


def _redactor(*secrets: str) -> Callable[[str], str]:
    """Return a function that removes secrets from a text, even if they are URL-quoted."""
    forms = {
        form
        for secret in secrets
        if secret
        for form in (
            secret,
            _quoted(secret),
            quote_plus(secret, errors="replace"),
            _in_query(secret),
        )
    }
    longest_first = sorted(forms, key=len, reverse=True)
    # Without case: the API may spell an e-mail address differently.
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)
    return lambda words: pattern.sub("**REDACTED**", words)


def _quoted(part: str) -> str:
    """Return a text as it appears in a URL's path."""
    return quote(part, safe="", errors="replace")


def _in_query(value: str) -> str:
    """Return a text as aiohttp puts it into a URL's query, and so into its errors."""
    return URL.build(query={"": value}).raw_query_string[1:]


def _words(err: Exception, clean: Callable[[str], str]) -> str:
    """Return what an exception says, without secrets."""
    return _quotable(f"{type(err).__name__}: {err}".rstrip(": "), clean)


def _quotable(words: str, clean: Callable[[str], str]) -> str:
    """Return the cloud's words on one line, shortened, without secrets or what may be one."""
    line = " ".join(clean(words).split())
    return _DIGITS.sub("****", "".join(filter(str.isprintable, line)))[:MAX_REASON]


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


async def _read(response: ClientResponse) -> HttpAnswer:
    """Read a whole answer, but never more than MAX_BODY."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > MAX_BODY:
            raise CodelocksResponseError(f"the answer is longer than {MAX_BODY} bytes")
    wait = response.headers.get("Retry-After", "")
    seconds = min(float(wait), MAX_RETRY_AFTER) if wait.isdecimal() else None
    return HttpAnswer(response.status, bytes(body), seconds)


def _interpret(answer: HttpAnswer, pool: Pool, clean: Callable[[str], str]) -> Any:
    """Return what an answer says, or raise what it means."""
    readable, body = _parse(answer.body)
    words = _reason(body) or f"HTTP {answer.status}"
    reason = _quotable(words, clean)
    if answer.status == 401 or (answer.status < 500 and _WRONG_ACCESS_KEY.search(words)):
        raise CodelocksAccessKeyError(reason)
    if answer.status == 429:
        if _SPENT in words.lower():
            raise CodelocksQuotaError(reason, pool)
        raise CodelocksThrottledError(reason, answer.retry_after)
    if answer.status == 403 and body is not None and words != _MOVED:
        raise CodelocksAuthError(reason)
    if answer.status in (403, 408) or answer.status // 100 not in (2, 4):
        raise CodelocksConnectionError(reason)
    if answer.status >= 400 or _says_error(body):
        raise CodelocksRejectedError(reason, answer.status, readable=readable)
    if not readable:
        raise CodelocksResponseError("the answer is not JSON")
    return body


def _parse(document: bytes) -> tuple[bool, Any]:
    """Return whether a body is empty or JSON, and its value."""
    if not document.strip():
        return True, None
    try:
        return True, parse_json(document)
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
