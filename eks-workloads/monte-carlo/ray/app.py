"""
The Ray Serve application. `serve run app:app` serves POST /simulate, GET /health and GET /ready.

MONTE_CARLO_WORKERS: how many processes play chunks; MONTE_CARLO_REQUESTS: how many simulations run at once.
"""

import json
import os
import time
from collections.abc import AsyncGenerator
from contextlib import ExitStack

from ray import serve
from ray.serve.handle import DeploymentHandle
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from monte_carlo.admission import Admission, Full
from monte_carlo.faults import Fault
from monte_carlo.simulation import BODY_BYTES_MAX, Chunk, request_of, simulate
from monte_carlo.simulation import Request as Simulation
from monte_carlo.summary import summarize
from monte_carlo.warm_up import warm_up

WORKERS = int(os.environ.get("MONTE_CARLO_WORKERS", "2"))
REQUESTS = int(os.environ.get("MONTE_CARLO_REQUESTS", "4"))


@serve.deployment(name="chunks", num_replicas=WORKERS, max_ongoing_requests=1, ray_actor_options={"num_cpus": 1})
class Chunks:
    def __init__(self) -> None:
        warm_up()

    def play(self, simulation: Simulation, first: int, count: int) -> Chunk:
        began = time.perf_counter()
        summary = summarize(simulation.terms, simulation.seed, first, count)
        return Chunk(summary, time.perf_counter() - began)

    def is_warm(self) -> bool:
        return True


@serve.deployment(name="simulations", max_ongoing_requests=1_000, ray_actor_options={"num_cpus": 0})
class Simulations:
    def __init__(self, chunks: DeploymentHandle) -> None:
        self._chunks = chunks
        self._admission = Admission(REQUESTS)

    async def __call__(self, request: Request) -> Response:
        match (request.method, request.url.path):
            case ("GET", "/health"):
                return JSONResponse({"status": "alive", "running": self._admission.running})
            case ("GET", "/ready"):
                return await self._ready()
            case ("POST", "/simulate"):
                return await self._simulate(request)
            case (_, "/health" | "/ready" | "/simulate"):
                return refusal(405, "method_not_allowed", "method", "must be POST for /simulate, GET for the others")
        return refusal(404, "not_found", "path", "must be /simulate, /health or /ready")

    async def _ready(self) -> Response:
        try:
            await self._chunks.is_warm.remote()
        except Exception:
            return JSONResponse({"status": "starting"}, status_code=503)
        return JSONResponse({"status": "ready"})

    async def _simulate(self, request: Request) -> Response:
        # A place is taken before anything is read, so that a crowd costs nothing.
        with ExitStack() as held:
            try:
                held.enter_context(self._admission.place())
                simulation = request_of(await body_of(request))
            except Full:
                answer = refusal(429, "too_many_simulations", "simulate", f"runs at most {REQUESTS} at once")
                answer.headers["retry-after"] = "5"
                return answer
            except Fault as fault:
                return refusal(422, "simulation_invalid", fault.field, fault.rule)
            except ClientDisconnect:
                return Response(status_code=499)
            place = held.pop_all()
        return HeldResponse(self._lines(simulation), place)

    async def _lines(self, simulation: Simulation) -> AsyncGenerator[str, None]:
        events = simulate(simulation, self._play, WORKERS)
        try:
            async for event in events:
                yield json.dumps(event, separators=(",", ":")) + "\n"
        finally:
            # A client that has gone ends this generator here: what is being played for it is cancelled.
            await events.aclose()

    async def _play(self, simulation: Simulation, first: int, count: int) -> Chunk:
        response = self._chunks.play.remote(simulation, first, count)
        try:
            chunk: Chunk = await response
        except BaseException:
            response.cancel()
            raise
        return chunk


class HeldResponse(StreamingResponse):
    """Gives its place back when it ends, also where its client went before the first line."""

    def __init__(self, lines: AsyncGenerator[str, None], place: ExitStack) -> None:
        super().__init__(lines, media_type="application/x-ndjson")
        self._lines = lines
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._place.close()
            await self._lines.aclose()


async def body_of(request: Request) -> bytes:
    """No more of it is read than may be sent."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_BYTES_MAX:
            break
    return bytes(body)


def refusal(status: int, kind: str, field: str, rule: str) -> JSONResponse:
    content = {"type": kind, "field": field, "rule": rule}
    return JSONResponse(content, status_code=status, media_type="application/problem+json")


app = Simulations.bind(Chunks.bind())
