"""The simulated cloud over HTTP."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import parse_qsl

from aiohttp import web

from . import control
from .answers import FORBIDDEN, UNKNOWN_PATH, Answer, gateway
from .demo import small_world
from .endpoints import Ask, Endpoint, find
from .faults import DELAYS, Fault, FaultKind, Faults
from .state import Call, State
from .world import World


class Simulator(State):
    """A world behind a loopback server."""

    def __init__(
        self,
        *,
        seed: int = 1,
        world: World | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """Serve a world (the small one); the clock, if given, becomes the world's."""
        super().__init__(world or small_world(), Faults(seed))
        if clock:
            self.world.clock = clock
        self.url = ""
        self.port = 0
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen; with port 0 on any free one."""
        app = web.Application()
        app.router.add_route("*", "/_sim/{name:.+}", self._control)
        app.router.add_route("*", "/{path:.*}", self._serve)
        # No access log: it fails with a frozen clock.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.port = self._runner.addresses[0][1]
        self.url = f"http://{host}:{self.port}"

    async def stop(self) -> None:
        """Clear the faults, close everything; the world stays and `start` may follow."""
        self.faults.clear()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _control(self, request: web.Request) -> web.Response:
        """Serve the simulator's own methods."""
        name = request.match_info["name"]
        data = await request.json() if request.can_read_body else {}
        status, result = control.answer(self, request.method, name, data)
        return web.json_response(result, status=status)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """Serve the API: admit and count, then carry out, with the faults of the moment."""
        ask = Ask(
            query=list(request.query.items()),
            form=parse_qsl(await request.text(), keep_blank_values=True),
            content_type=request.content_type,
        )
        call = Call(
            at=self.world.now(),
            method=request.method,
            path=request.path,
            query=dict(ask.query),
            form=dict(ask.form),
        )
        self.calls.append(call)
        found = find(request.method, request.path)
        if found and not found[0].is_served(self.world):
            found = None
        refusal = self._admit(
            call, found[0] if found else None, request.headers.get("x-api-key", "")
        )

        def carry_out() -> Answer:
            if refusal or not found:
                return refusal or UNKNOWN_PATH
            endpoint, in_path = found
            return endpoint.answer(self.world, in_path, ask)

        return await self._with_faults(request, call, carry_out)

    def _admit(self, call: Call, endpoint: Endpoint | None, api_key: str) -> Answer | None:
        """Do what the gateway does: know the path, know the key, count the call."""
        if endpoint is None:
            return UNKNOWN_PATH
        call.pool = endpoint.pool
        if (key := self.world.keys.get(api_key)) is None:
            return FORBIDDEN
        call.counted = key.pool(endpoint.pool).spend()
        return (
            None if call.counted else gateway(429, "Limit Exceeded", self.world.flags.retry_after)
        )

    async def _with_faults(
        self, request: web.Request, call: Call, carry_out: Callable[[], Answer]
    ) -> web.StreamResponse:
        """Carry out a request (or not) and send its answer (or something else)."""
        taken = self.faults.take(call.method, call.path)
        call.fault = ", ".join(fault.kind for fault in taken) or None
        delays = [fault for fault in taken if fault.kind in DELAYS]
        fault = next((fault for fault in taken if fault.kind not in DELAYS), None)
        await _wait(delays, after=False)
        answer = carry_out() if fault is None or fault.carries_out else None
        await _wait(delays, after=True)
        if fault:
            answer = fault.apply(answer)
        return await _send(request, call, answer or Answer(), fault)


async def _wait(delays: list[Fault], *, after: bool) -> None:
    """Wait for the delays before, or after, the request is carried out."""
    await asyncio.gather(*(delay.wait() for delay in delays if delay.after == after))


async def _send(
    request: web.Request, call: Call, answer: Answer, fault: Fault | None
) -> web.StreamResponse:
    """Send an answer, or half of it, or nothing."""
    response = web.StreamResponse(status=answer.status, headers=answer.headers)
    response.content_type = answer.content_type
    response.content_length = len(answer.body)
    kind = fault.kind if fault else None
    if kind == FaultKind.DROP:
        _hang_up(request)
        return response
    call.status = answer.status
    body = answer.body[: len(answer.body) // 2] if kind == FaultKind.CUT else answer.body
    with suppress(ConnectionError):  # the client did not wait for the answer
        await response.prepare(request)
        await response.write(body)
    if kind == FaultKind.CUT:
        _hang_up(request)
    return response


def _hang_up(request: web.Request) -> None:
    """Close the connection under the request."""
    if request.transport:
        request.transport.close()
