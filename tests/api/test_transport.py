"""The funnel: which error each failure becomes, one request per call, and no secret anywhere."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
import json
import logging
import traceback
from typing import Any
from urllib.parse import quote, quote_plus

from aiohttp import ClientSession, ClientTimeout, TCPConnector
import pytest
from yarl import URL

from custom_components.codelocks.api import (
    CodelocksAccessKeyError,
    CodelocksAuthError,
    CodelocksClient,
    CodelocksConnectionError,
    CodelocksError,
    CodelocksQuotaError,
    CodelocksRejectedError,
    CodelocksResponseError,
    CodelocksThrottledError,
    Pool,
    transport,
)
from tests.simulator import (
    ACCESS_KEY,
    API_KEY,
    GUEST_EMAIL,
    LOCK_1_ID,
    STRANGER_EMAIL,
    Fault,
    Simulator,
)

from .helpers import (
    IDENTIFIER,
    MASTER_CODE,
    METHODS,
    TIME_CODE,
    WRITES,
    Method,
    answer,
    answer_text,
)

DAY = 24 * 60 * 60


async def failure(method: Method, client: CodelocksClient) -> CodelocksError:
    """Return the error of a call, which is exactly one of the client's kinds."""
    with pytest.raises(CodelocksError) as caught:
        await method(client)
    assert type(caught.value).__module__.endswith("codelocks.api.errors")
    return caught.value


# What each failure becomes

FORBIDDEN = '{"message":"Forbidden"}'


@pytest.mark.parametrize(
    ("fault", "error", "text"),
    [
        # 403 with a JSON body: the API key
        ({"kind": "status", "status": 403}, CodelocksAuthError, "Forbidden"),
        ({"kind": "status", "status": 403, "body": '"Forbidden"'}, CodelocksAuthError, "Forbidden"),
        ({"kind": "status", "status": 403, "body": "{}"}, CodelocksAuthError, "HTTP 403"),
        # any other 403: a moved path, a firewall's page
        (
            {
                "kind": "status",
                "status": 403,
                "body": '{"message":"Missing Authentication Token"}',
            },
            CodelocksConnectionError,
            "Missing Authentication Token",
        ),
        ({"kind": "firewall"}, CodelocksConnectionError, "HTTP 403"),
        ({"kind": "status", "status": 403, "body": ""}, CodelocksConnectionError, "HTTP 403"),
        (
            {"kind": "status", "status": 403, "body": "{}", "content_type": "text/html"},
            CodelocksConnectionError,
            "HTTP 403",
        ),
        # 401, or a text that means it: the access key
        ({"kind": "status", "status": 401}, CodelocksAccessKeyError, "HTTP 401"),
        ({"kind": "invalid_access_key"}, CodelocksAccessKeyError, "Invalid accesskey"),
        (
            {"kind": "invalid_access_key", "status": 400},
            CodelocksAccessKeyError,
            "Invalid accesskey",
        ),
        (
            {
                "kind": "status",
                "status": 400,
                "body": r'{"Message":"[\"[Invalid Data] Invalid Access Key\"]"}',
            },
            CodelocksAccessKeyError,
            "Invalid Access Key",
        ),
        (
            {"kind": "status", "status": 200, "body": '{"error":"INVALID ACCESSKEY"}'},
            CodelocksAccessKeyError,
            "INVALID ACCESSKEY",
        ),
        # a page or other words are a proxy's
        (
            {
                "kind": "status",
                "status": 401,
                "body": "<html>Log in</html>",
                "content_type": "text/html",
            },
            CodelocksConnectionError,
            "HTTP 401",
        ),
        (
            {"kind": "status", "status": 401, "body": "", "content_type": "text/html"},
            CodelocksConnectionError,
            "HTTP 401",
        ),
        (
            {"kind": "status", "status": 401, "body": "Log in", "content_type": "text/plain"},
            CodelocksConnectionError,
            "HTTP 401",
        ),
        (
            {"kind": "status", "status": 401, "body": '{"message":"Unauthorized"}'},
            CodelocksAccessKeyError,
            "Unauthorized",
        ),
        # 401 or 403 that speaks of a limit: not the keys
        *(
            ({"kind": "status", "status": status, "body": json.dumps({"message": words})}, *meant)
            for status in (401, 403)
            for words, *meant in (
                ("Quota exceeded", CodelocksQuotaError, "Quota exceeded"),
                ("Limit Exceeded", CodelocksQuotaError, "Limit Exceeded"),
                ("LimitExceededException", CodelocksQuotaError, "LimitExceeded"),
                ("Your plan's limit", CodelocksConnectionError, "limit"),
                ("Too Many Requests", CodelocksConnectionError, "Too Many"),
                ("Rate limit exceeded", CodelocksConnectionError, "Rate limit"),
                ("Request was throttled", CodelocksConnectionError, "throttled"),
            )
        ),
        (
            {"kind": "status", "status": 403, "body": '{"message":"Unlimited access denied"}'},
            CodelocksAuthError,
            "Unlimited access denied",
        ),
        (
            {"kind": "status", "status": 429, "body": '{"message":"Monthly quota reached"}'},
            CodelocksQuotaError,
            "Monthly quota",
        ),
        (
            {"kind": "status", "status": 429, "body": '{"message":"Rate limit exceeded"}'},
            CodelocksThrottledError,
            "Rate limit",
        ),
        # 429: a spent quota, or too fast
        ({"kind": "quota"}, CodelocksQuotaError, "Limit Exceeded"),
        ({"kind": "throttle"}, CodelocksThrottledError, "Too Many Requests"),
        ({"kind": "status", "status": 429, "body": ""}, CodelocksThrottledError, "HTTP 429"),
        # refused
        ({"kind": "status", "status": 400, "body": ""}, CodelocksRejectedError, "HTTP 400"),
        (
            {"kind": "status", "status": 400, "body": '{"Message":"Bad start"}'},
            CodelocksRejectedError,
            "Bad start",
        ),
        (
            {"kind": "status", "status": 404, "body": '{"message":"No lock found."}'},
            CodelocksRejectedError,
            "No lock found.",
        ),
        (
            {"kind": "status", "status": 422, "body": '{"message":"Generate netcode failed"}'},
            CodelocksRejectedError,
            "Generate netcode failed",
        ),
        ({"kind": "status_error"}, CodelocksRejectedError, "Something went wrong"),
        ({"kind": "netcode_error"}, CodelocksRejectedError, "HTTP 200"),
        # no usable answer
        ({"kind": "status", "status": 500}, CodelocksConnectionError, "Internal server error"),
        ({"kind": "status", "status": 502}, CodelocksConnectionError, "Internal server error"),
        ({"kind": "status", "status": 504}, CodelocksConnectionError, "timed out"),
        (
            {"kind": "status", "status": 503, "body": "<html>", "content_type": "text/html"},
            CodelocksConnectionError,
            "HTTP 503",
        ),
        (
            {"kind": "status", "status": 500, "body": '"Invalid accesskey"'},
            CodelocksConnectionError,
            "Invalid accesskey",
        ),
        ({"kind": "status", "status": 408, "body": ""}, CodelocksConnectionError, "HTTP 408"),
        ({"kind": "drop"}, CodelocksConnectionError, "ServerDisconnectedError"),
        ({"kind": "cut"}, CodelocksConnectionError, "ClientPayloadError"),
        # not as documented
        ({"kind": "html"}, CodelocksResponseError, "not JSON"),
        ({"kind": "truncated"}, CodelocksResponseError, "not JSON"),
        ({"kind": "status", "status": 200, "body": "oops"}, CodelocksResponseError, "not JSON"),
        ({"kind": "status", "status": 200, "body": "7"}, CodelocksResponseError, "no usable Lock"),
        ({"kind": "missing_key", "field": "LockId"}, CodelocksResponseError, "no usable Lock"),
        (
            {"kind": "wrong_value", "field": "LockId", "value": "a/b"},
            CodelocksResponseError,
            "no usable Lock",
        ),
        ({"kind": "huge"}, CodelocksResponseError, "longer than 2097152 bytes"),
        (
            {"kind": "status", "status": 200, "body": f"[{'{},' * 70_000}{{}}]"},
            CodelocksResponseError,
            "not JSON",
        ),
    ],
)
async def test_errors(
    sim: Simulator,
    client: CodelocksClient,
    told: list[Pool],
    fault: dict[str, Any],
    error: type[CodelocksError],
    text: str,
) -> None:
    """Each failure has its kind and says why; each costs one request, which is reported."""
    sim.faults.add(Fault(**fault))
    err = await failure(METHODS["lock"], client)
    assert type(err) is error
    assert text in str(err)
    assert len(sim.calls) == len(told) == 1


@pytest.mark.parametrize("name", METHODS)
async def test_every_method_fails_alike(
    sim: Simulator, client: CodelocksClient, told: list[Pool], name: str
) -> None:
    """All methods go through the one funnel."""
    kinds = {
        403: CodelocksAuthError,
        401: CodelocksAccessKeyError,
        429: CodelocksThrottledError,
        400: CodelocksRejectedError,
        502: CodelocksConnectionError,
    }
    for status, kind in kinds.items():
        answer(sim, {"message": "No"}, status)
        assert type(await failure(METHODS[name], client)) is kind
    answer_text(sim, "<html>")
    assert type(await failure(METHODS[name], client)) is CodelocksResponseError
    assert len(sim.calls) == len(told) == len(kinds) + 1


async def test_a_wrong_api_key(sim: Simulator, session: ClientSession) -> None:
    """The gateway's answer to a wrong key."""
    client = CodelocksClient(session, "wrong", ACCESS_KEY, url=sim.url)
    assert type(await failure(METHODS["locks"], client)) is CodelocksAuthError


async def test_a_wrong_access_key(sim: Simulator, session: ClientSession) -> None:
    """The API's answer to a wrong access key: 401 without a body."""
    client = CodelocksClient(session, API_KEY, ACCESS_KEY.upper(), url=sim.url)
    assert type(await failure(METHODS["locks"], client)) is CodelocksAccessKeyError


async def test_a_spent_quota(sim: Simulator, client: CodelocksClient, told: list[Pool]) -> None:
    """The pools are spent separately, and the error says which one is."""
    sim.world.key.netcode.quota = 0
    err = await failure(METHODS["k3_netcode"], client)
    assert isinstance(err, CodelocksQuotaError)
    assert err.pool is Pool.NETCODE
    await client.locks()
    sim.world.key.utility.quota = 0
    err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksQuotaError)
    assert err.pool is Pool.UTILITY
    assert told == [Pool.NETCODE, Pool.UTILITY, Pool.UTILITY]


async def test_a_rejection_keeps_what_the_api_said(client: CodelocksClient) -> None:
    """The words have been seen as a JSON list inside a string."""
    with pytest.raises(CodelocksRejectedError) as caught:
        await client.lock("too-short")
    assert caught.value.reason == "[Invalid Data] ID (Expected: 12 or 32 characters)"
    assert str(caught.value) == caught.value.reason
    assert (caught.value.status, caught.value.readable) == (400, True)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"Message": "plain"}, "plain"),
        ({"message": "plain"}, "plain"),
        ({"error": "Lock not found", "message": "Please check."}, "Lock not found: Please check."),
        ({"message": '["first","second"]'}, "first: second"),
        ({"message": ["first", "second"]}, "first: second"),
        ({"message": '{"message":"within"}'}, "within"),
        ({"message": {"error": {"message": "deep"}}}, "deep"),
        ({"message": "[not JSON"}, "[not JSON"),
        ({"message": 5}, "5"),
        ("just words", "just words"),
        ({"message": "x" * 1000}, "x" * 200),
        ({"message": ""}, "HTTP 400"),
        ({"message": None}, "HTTP 400"),
        ({"message": True}, "HTTP 400"),
        ({"other": "words"}, "HTTP 400"),
        ([[[[["too deep"]]]]], "HTTP 400"),
        ({"message": "a lone \ud800 surrogate"}, "a lone ? surrogate"),
        (
            {"message": "no\n2026-10-12 ERROR \x1b[2J forged\u200b"},
            "no ****-10-12 ERROR [2J forged",
        ),
        ({"message": "code 48 29 13, 4-8-2-9, \u2460\u2461\u2462\u2463"}, "code ****, ****, ****"),
    ],
)
async def test_reasons(sim: Simulator, client: CodelocksClient, body: Any, reason: str) -> None:
    """The API's own words are found wherever they have been seen, and wherever they may be."""
    answer(sim, body, 400)
    assert str(await failure(METHODS["lock"], client)) == reason


@pytest.mark.parametrize(
    "body",
    [
        {"error": "Lock not found", "message": "Please check the identifier provided."},
        {"status": "error"},
        {"Status": "ERROR", "message": "no"},
        {"status": "failed"},
        {"netcode": "ERROR", "status": "ok"},
        {"ActualNetcode": "ERROR"},
        {"result": "Error: no such client"},
        {"result": "Failure"},
        {"message": "Internal error"},
        [{"status": "error", "message": "in a list"}],
    ],
)
@pytest.mark.parametrize("name", ["kitlock_netcode", "lock", "delete_client"])
async def test_a_200_that_says_error(
    sim: Simulator, client: CodelocksClient, name: str, body: Any
) -> None:
    """An error inside a 200 is an error, in any of its forms."""
    answer(sim, body)
    err = await failure(METHODS[name], client)
    assert isinstance(err, CodelocksRejectedError)
    assert err.status == 200


@pytest.mark.parametrize("body", [{"error": None}, {"error": ""}, {"status": "ok"}, {"error": 0}])
async def test_a_200_that_says_no_error(
    sim: Simulator, client: CodelocksClient, body: dict[str, Any]
) -> None:
    """An empty error field is no error."""
    answer(sim, body | {"result": "Client deleted"})
    assert (await client.delete_client(LOCK_1_ID, GUEST_EMAIL)).result == "Client deleted"


async def test_no_locks_is_not_any_404(sim: Simulator, client: CodelocksClient) -> None:
    """A page from another server does not mean "no locks", nor does another refusal."""
    answer_text(sim, "<html>Not here</html>", 404)
    err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksRejectedError)
    assert not err.readable
    answer(sim, {"message": "Bad"}, 400)
    assert type(await failure(METHODS["locks"], client)) is CodelocksRejectedError


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0),
        ("7", 7),
        ("-7", None),
        ("soon", None),
        ("1e3", None),
        ("Mon, 12 Oct 2026 10:00:00 GMT", None),
        ("86401", DAY),
        ("9" * 400, DAY),
    ],
)
async def test_retry_after(
    sim: Simulator, client: CodelocksClient, header: Any, seconds: float | None
) -> None:
    """How long to wait, if the API says; never longer than a day."""
    sim.faults.add(Fault(kind="throttle", retry_after=header))
    err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksThrottledError)
    assert err.retry_after == seconds


async def test_keys_that_are_words_of_the_api(sim: Simulator, session: ClientSession) -> None:
    """Redacting the text of an error does not change its kind."""
    client = CodelocksClient(session, "Token", "accesskey", url=sim.url)
    answer(sim, {"message": "Missing Authentication Token"}, 403)
    assert type(await failure(METHODS["locks"], client)) is CodelocksConnectionError
    answer(sim, "Invalid accesskey")
    assert type(await failure(METHODS["locks"], client)) is CodelocksAccessKeyError


# The network


async def test_no_connection(sim: Simulator, client: CodelocksClient, told: list[Pool]) -> None:
    """If nobody listens, nothing was carried out. The hook is told before a request is sent."""
    await sim.stop()
    err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert not err.sent
    assert told == [Pool.UTILITY]


@pytest.mark.parametrize("kind", ["drop", "cut"])
async def test_a_lost_answer(sim: Simulator, client: CodelocksClient, kind: str) -> None:
    """If the answer is lost, it is unknown whether the request was carried out."""
    sim.faults.add(Fault(kind=kind, after=True))
    err = await failure(METHODS["suspend_client"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert err.sent


@pytest.mark.parametrize("url", ["http://[::1", "https://", "http://host:99999", "ftp://host"])
async def test_an_invalid_url(session: ClientSession, told: list[Pool], url: str) -> None:
    """A wrong address is an error like any other; nothing is sent, so nothing is counted."""
    client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=url, on_request=told.append)
    err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert not err.sent
    assert not told


async def test_a_closed_session(
    client: CodelocksClient, session: ClientSession, told: list[Pool]
) -> None:
    """When Home Assistant stops, its session is closed while reads are still under way."""
    await session.close()
    err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert not err.sent
    assert not told


@pytest.mark.parametrize("api_key", ["kéy", "key\nx-other: 1", "key\x00", "key\ud800"])
async def test_an_api_key_that_no_header_can_carry(
    sim: Simulator, session: ClientSession, told: list[Pool], api_key: str
) -> None:
    """Such a key is rejected without a request."""
    client = CodelocksClient(session, api_key, ACCESS_KEY, url=sim.url, on_request=told.append)
    assert type(await failure(METHODS["locks"], client)) is CodelocksAuthError
    assert not sim.calls
    assert not told


async def test_an_access_key_that_no_form_can_carry(
    sim: Simulator, session: ClientSession, told: list[Pool]
) -> None:
    """A lone surrogate cannot be sent; the error does not hold the key."""
    access_key = "2ym1989\ud800dzx"
    client = CodelocksClient(session, API_KEY, access_key, url=sim.url, on_request=told.append)
    err = await failure(METHODS["delete_client"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert not err.sent
    assert_clean(everything(err), access_key, "2ym1989")
    assert not sim.calls
    assert not told


async def test_a_server_that_hangs(
    sim: Simulator,
    client: CodelocksClient,
    told: list[Pool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Waiting ends, and then it is unknown whether the request was carried out."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.05))
    sim.faults.add(Fault(kind="hang"))
    err = await failure(METHODS["suspend_client"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert err.sent
    assert str(err) == "TimeoutError"
    assert len(sim.calls) == len(told) == 1


def test_timeouts() -> None:
    """An answer may take half a minute: the API's gateway gives up a little earlier."""
    assert transport.TIMEOUT.total == 30
    assert transport.TIMEOUT.sock_connect == 10


@asynccontextmanager
async def no_free_connection(
    sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ClientSession]:
    """Return a session whose only connection is in use, so that connecting times out."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(connect=0.05))
    async with ClientSession(connector=TCPConnector(limit=1)) as session:
        taken = sim.faults.add(Fault(kind="hang", path="/taken"))
        task = asyncio.create_task(session.get(f"{sim.url}/taken"))
        await asyncio.wait_for(taken.met.wait(), 5)
        yield session
        sim.faults.clear()
        await task


async def test_a_connection_that_takes_too_long(
    sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that got no connection was not sent."""
    async with no_free_connection(sim, monkeypatch) as session:
        client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=sim.url)
        err = await failure(METHODS["locks"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert not err.sent
    assert str(err).startswith("ConnectionTimeoutError")


async def test_cancelling_is_not_an_error(sim: Simulator, client: CodelocksClient) -> None:
    """A cancelled call stays cancelled: it does not raise a client error."""
    hang = sim.faults.add(Fault(kind="hang"))
    task = asyncio.create_task(client.locks())
    await asyncio.wait_for(hang.met.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(("length", "fits"), [(1000, True), (1001, False)])
async def test_the_longest_answer(
    sim: Simulator,
    client: CodelocksClient,
    monkeypatch: pytest.MonkeyPatch,
    length: int,
    fits: bool,  # noqa: FBT001
) -> None:
    """A body is read up to the limit, and refused above it."""
    monkeypatch.setattr(transport, "MAX_BODY", 1000)
    sim.faults.add(Fault(kind="huge", size=length - 2))
    if fits:
        assert (await client.locks()).locks == ()
    else:
        assert type(await failure(METHODS["locks"], client)) is CodelocksResponseError


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("name", ["locks", "k3_netcode", "delete_client"])
async def test_redirects_are_not_followed(
    sim: Simulator, client: CodelocksClient, name: str, status: int
) -> None:
    """The key is only for the API."""
    sim.faults.add(Fault(kind="redirect", status=status, location=f"{sim.url}/elsewhere"))
    err = await failure(METHODS[name], client)
    assert isinstance(err, CodelocksConnectionError)
    assert str(err) == f"HTTP {status}"
    assert len(sim.calls) == 1


# One request for each call


@pytest.mark.parametrize("name", METHODS)
async def test_a_call_is_one_request_even_if_the_connection_drops(
    sim: Simulator, client: CodelocksClient, told: list[Pool], name: str
) -> None:
    """Nothing is repeated, on a new connection or on a reused one."""
    for _ in range(2):
        drop = sim.faults.add(Fault(kind="drop", after=True))
        err = await failure(METHODS[name], client)
        assert isinstance(err, CodelocksConnectionError)
        assert err.sent
        assert len(sim.calls) == len(told) == 1
        sim.faults.clear(drop)
        await client.account()
        sim.clear_calls()
        told.clear()


async def test_aiohttp_alone_repeats_requests(sim: Simulator, session: ClientSession) -> None:
    """By default aiohttp repeats what it considers harmless: here, a call that is paid for."""
    sim.faults.add(Fault(kind="drop", count=1))
    headers = {"x-api-key": API_KEY}
    url = f"{sim.url}/u/1/k3connect"
    async with session.get(url, params={"accesskey": ACCESS_KEY}, headers=headers) as response:
        assert response.status == 200
    assert len(sim.calls) == 2


# No secret anywhere

SECRETS = {
    "API key": API_KEY,
    "access key": ACCESS_KEY,
    "time code": TIME_CODE,
    "identifier": IDENTIFIER,
    "master code": MASTER_CODE,
    "e-mail": GUEST_EMAIL,
}
OWN = {
    "kitlock_netcode": (TIME_CODE, IDENTIFIER),
    "initialise": (MASTER_CODE,),
    "add_client": (STRANGER_EMAIL,),
} | dict.fromkeys(WRITES.keys() - {"add_client"}, (GUEST_EMAIL,))
"""The secrets of a single method; the keys are secrets of all."""


def forms(secret: str) -> set[str]:
    """Return how a secret may be spelled, in lower case."""
    quoted = {quote(secret, errors="replace"), quote(secret, "", errors="replace")}
    plus = {quote_plus(secret, errors="replace")}
    query = {str(URL.build(query={"": secret}))[2:]}
    return {form.lower() for form in {secret, repr(secret)[1:-1]} | quoted | plus | query}


def assert_clean(text: str, *secrets: str) -> None:
    """Check that no secret is in a text, however it is spelled."""
    for secret in secrets:
        for form in forms(secret):
            assert form not in text.lower(), secret


def chain(err: BaseException | None) -> Iterator[BaseException]:
    """Return an error with all its causes and contexts."""
    while err:
        yield err
        yield from chain(err.__cause__)
        err = err.__context__


def everything(err: BaseException) -> str:
    """Return all that an error reveals."""
    parts = ["".join(traceback.format_exception(err))]
    for one in chain(err):
        parts += [str(one), repr(one), repr(one.args), repr(getattr(one, "__dict__", None))]
    return "\n".join(parts)


def echo(*secrets: str) -> str:
    """Return words of the API that repeat all secrets, in all forms."""
    return " ".join(
        part for secret in secrets for form in forms(secret) for part in (form, form.upper())
    )


@pytest.mark.parametrize("name", METHODS)
async def test_no_secret_in_what_the_api_says(
    sim: Simulator, client: CodelocksClient, name: str
) -> None:
    """If the API quotes a request, the quotation does not get into our errors."""
    own = (API_KEY, ACCESS_KEY, *OWN.get(name, ()))
    for status in (200, 400, 401, 403, 422, 429, 500):
        answer(sim, {"status": "error", "message": echo(*own)}, status)
        err = await failure(METHODS[name], client)
        assert "**REDACTED**" in str(err)
        assert_clean(everything(err), *own)


async def test_no_code_of_another_request(sim: Simulator, client: CodelocksClient) -> None:
    """If the cloud mentions another lock's code, we do not quote it."""
    answer(
        sim, {"message": f"no lock {IDENTIFIER}/{TIME_CODE}, code 4829 or 482913, room 101"}, 400
    )
    err = await failure(METHODS["locks"], client)
    assert str(err) == "no lock ****/****, code **** or ****, room 101"


@pytest.mark.parametrize("name", METHODS)
async def test_no_secret_in_errors_of_the_network(
    sim: Simulator, client: CodelocksClient, name: str
) -> None:
    """The HTTP library's errors quote the URL; none of it remains, not even in the context."""
    for kind in ("drop", "cut"):
        sim.faults.clear()
        sim.faults.add(Fault(kind=kind))
        assert_clean(everything(await failure(METHODS[name], client)), *SECRETS.values())
    await sim.stop()
    assert_clean(everything(await failure(METHODS[name], client)), *SECRETS.values())


async def test_no_secret_in_a_timeout_that_quotes_the_url(
    sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret is redacted even as it is spelled in a URL's query."""
    access_key = "2y+m1 9/8?9&d=zx%41é@:;,'\ud800"
    async with no_free_connection(sim, monkeypatch) as session:
        client = CodelocksClient(session, API_KEY, access_key, url=sim.url)
        err = await failure(METHODS["locks"], client)
        assert str(err).endswith("/u/1/k3connect?accesskey=**REDACTED**")
        assert_clean(everything(err), access_key)
        for name in ("kitlock_netcode", "initialise"):
            err = await failure(METHODS[name], client)
            assert "http://127.0.0.1:****/" in str(err), "the URL is quoted"
            assert_clean(everything(err), *SECRETS.values())


@asynccontextmanager
async def garbage(answer: bytes) -> AsyncIterator[str]:
    """Serve something that is not HTTP at all."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnope\r\n",
        b"HTTP/1.1 999999 OK\r\n\r\n",
    ],
    ids=["another protocol", "long header", "no gzip", "no chunks", "no status"],
)
async def test_answers_that_are_not_http(session: ClientSession, answer: bytes) -> None:
    """Any such answer is a failed connection, and the URL is not quoted."""
    async with garbage(answer) as url:
        client = CodelocksClient(session, API_KEY, ACCESS_KEY, url=url)
        err = await failure(METHODS["kitlock_netcode"], client)
    assert isinstance(err, CodelocksConnectionError)
    assert err.sent
    assert_clean(everything(err), *SECRETS.values())


@pytest.mark.parametrize("name", METHODS)
async def test_no_secret_in_the_log(
    sim: Simulator, client: CodelocksClient, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """The log says what was requested and with what result, but has no secrets or NetCodes."""
    caplog.set_level(logging.DEBUG)
    result = await METHODS[name](client)
    assert f"{sim.calls[0].method} " in caplog.text
    assert "HTTP 200" in caplog.text
    if name.endswith("netcode"):
        assert_clean(caplog.text + repr(result), result.netcode)
    if name == "initialise":
        assert_clean(repr(result), MASTER_CODE, result.sequence, result.time_code)
    answer(sim, {"message": echo(*SECRETS.values())}, 400)
    await failure(METHODS[name], client)
    sim.faults.clear()
    sim.faults.add(Fault(kind="drop"))
    await failure(METHODS[name], client)
    assert_clean(caplog.text, *SECRETS.values())


@pytest.mark.parametrize("key", ["", "x"])
async def test_short_keys_leave_errors_readable(
    sim: Simulator, session: ClientSession, key: str
) -> None:
    """Only the secret itself is redacted; without a key, nothing is."""
    client = CodelocksClient(session, key, key, url=sim.url)
    answer(sim, {"message": "No way"}, 400)
    assert str(await failure(METHODS["durations"], client)) == "No way"


def test_a_hook_is_optional(session: ClientSession) -> None:
    """The client works without one."""
    hook: Callable[..., Any] = CodelocksClient(session, API_KEY)._transport._on_request
    assert hook(Pool.UTILITY) is None
