"""
The Ray Serve application. `serve run app:app` serves POST /simulate, POST /validate, GET /health and GET /ready.

MONTE_CARLO_WORKERS: how many processes play chunks; MONTE_CARLO_REQUESTS: how many requests run at once.
"""

import json
import logging
import os
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack
from typing import Any

from ray import serve
from ray.exceptions import RayActorError, WorkerCrashedError
from ray.serve.handle import DeploymentHandle
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from monte_carlo.admission import Admission, Full
from monte_carlo.bodies import BODY_BYTES_MAX
from monte_carlo.chunks import ChunkLost, insist
from monte_carlo.faults import Fault
from monte_carlo.loopback import listen_on_loopback
from monte_carlo.resampling import Resamples, resample
from monte_carlo.simulation import Chunk, request_of, simulate
from monte_carlo.simulation import Request as Simulation
from monte_carlo.summary import summarize
from monte_carlo.validation import Validation, validate, validation_of
from monte_carlo.warm_up import warm_up

WORKERS = int(os.environ.get("MONTE_CARLO_WORKERS", "2"))
REQUESTS = int(os.environ.get("MONTE_CARLO_REQUESTS", "4"))
log = logging.getLogger("ray.serve")

Work = Callable[[bytes, ExitStack], Awaitable[Response]]


@serve.deployment(name="chunks", num_replicas=WORKERS, max_ongoing_requests=1, ray_actor_options={"num_cpus": 1})
class Chunks:
    def __init__(self) -> None:
        listen_on_loopback()
        warm_up()

    def play(self, simulation: Simulation, first: int, count: int) -> Chunk:
        began = time.perf_counter()
        summary = summarize(simulation.terms, simulation.seed, first, count)
        return Chunk(summary, time.perf_counter() - began)

    def resample(self, validation: Validation, first: int, count: int) -> Resamples:
        return resample(validation.results, validation.seed, first, count)

    def is_warm(self) -> bool:
        return True


@serve.deployment(name="simulations", max_ongoing_requests=1_000, ray_actor_options={"num_cpus": 0})
class Simulations:
    def __init__(self, chunks: DeploymentHandle) -> None:
        listen_on_loopback()
        self._chunks = chunks
        self._admission = Admission(REQUESTS)

    async def __call__(self, request: Request) -> Response:
        match (request.method, request.url.path):
            case ("GET", "/health"):
                return JSONResponse({"status": "alive", "running": self._admission.running})
            case ("GET", "/ready"):
                return await self._ready()
            case ("POST", "/simulate"):
                return await self._admitted(request, "simulation_invalid", self._simulate)
            case ("POST", "/validate"):
                return await self._admitted(request, "validation_invalid", self._validate)
            case (_, "/health" | "/ready" | "/simulate" | "/validate"):
                rule = "must be POST for /simulate and /validate, GET for the others"
                return refusal(405, "method_not_allowed", "method", rule)
        return refusal(404, "not_found", "path", "must be /simulate, /validate, /health or /ready")

    async def _ready(self) -> Response:
        try:
            await self._chunks.is_warm.remote()
        except Exception:
            return JSONResponse({"status": "starting"}, status_code=503)
        return JSONResponse({"status": "ready"})

    async def _admitted(self, request: Request, invalid: str, work: Work) -> Response:
        # A place is taken before anything is read, so that a crowd costs nothing.
        with ExitStack() as place:
            try:
                place.enter_context(self._admission.place())
                return await work(await body_of(request), place)
            except Full:
                answer = refusal(429, "too_many_simulations", "requests", f"must be at most {REQUESTS} at once")
                answer.headers["retry-after"] = "5"
                return answer
            except Fault as fault:
                return refusal(422, invalid, fault.field, fault.rule)
            except ClientDisconnect:
                return Response(status_code=499)

    async def _simulate(self, body: bytes, place: ExitStack) -> Response:
        simulation = request_of(body)
        return HeldResponse(self._lines(simulation), place.pop_all())

    async def _validate(self, body: bytes, _: ExitStack) -> Response:
        validation = validation_of(body)
        try:
            answer = await validate(validation, self._resample, WORKERS)
        except Exception as error:
            return JSONResponse(failure_of(error), status_code=503, headers={"retry-after": "5"})
        return Response(json_of(answer), media_type="application/json")

    async def _lines(self, simulation: Simulation) -> AsyncGenerator[str, None]:
        events = simulate(simulation, self._play, WORKERS)
        try:
            async for event in events:
                yield json_of(event)
        except Exception as error:
            # The answer has begun with a 200: what went wrong is its last line.
            yield json_of(failure_of(error))
        finally:
            # A client that has gone ends this generator here: what is being played for it is cancelled.
            await events.aclose()

    async def _play(self, simulation: Simulation, first: int, count: int) -> Chunk:
        chunk: Chunk = await self._asked("play", simulation, first, count)
        return chunk

    async def _resample(self, validation: Validation, first: int, count: int) -> Resamples:
        resamples: Resamples = await self._asked("resample", validation, first, count)
        return resamples

    async def _asked(self, method: str, *work: object) -> Any:  # noqa: ANN401 - each method answers with its own
        """A chunk follows from what is asked alone: when its worker dies, another one plays it again."""

        async def ask() -> object:
            response = getattr(self._chunks, method).remote(*work)
            try:
                return await response
            except BaseException:
                response.cancel()
                raise

        return await insist(ask, (RayActorError, WorkerCrashedError))


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


def json_of(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":")) + "\n"


def failure_of(error: Exception) -> dict[str, str]:
    """Whoever asked learns that it is not their doing; what it was is in the log."""
    log.error("a request failed", exc_info=error)
    return {"type": "error", "reason": "worker_lost" if isinstance(error, ChunkLost) else "chunk_failed"}


def refusal(status: int, kind: str, field: str, rule: str) -> JSONResponse:
    content = {"type": kind, "field": field, "rule": rule}
    return JSONResponse(content, status_code=status, media_type="application/problem+json")


app = Simulations.bind(Chunks.bind())  # type: ignore[attr-defined]
