"""One request from its body to its result, whoever plays the chunks and however many at once."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .bodies import fields_of, seed_of
from .faults import Fault
from .summary import Summary
from .terms import Terms, terms_of

VERSION = 2
PATHS_MAX = 1_000_000
STEPS_MAX = 500_000_000
# The handling of a chunk costs about 20 ms: at 250 ms of work and more it stays under a tenth.
CHUNK_SECONDS_MIN = 0.25
CHUNK_PATHS_FIRST = 2_000
CHUNK_PATHS_MAX = 200_000


@dataclass(frozen=True)
class Request:
    terms: Terms
    seed: int
    paths: int


@dataclass(frozen=True)
class Chunk:
    """What came of some paths, and how long they took."""

    summary: Summary
    seconds: float


PlayChunk = Callable[[Request, int, int], Awaitable[Chunk]]


def request_of(body: bytes) -> Request:
    """Raises a fault that names the field and the rule."""
    fields = fields_of(body)
    terms = terms_of(fields.take("terms"))
    seed = seed_of(fields)
    paths = fields.whole("paths", 1, PATHS_MAX)
    fields.done()
    if paths * terms.steps > STEPS_MAX:
        raise Fault("paths", f"must be at most {STEPS_MAX // terms.steps} with {terms.steps} trades a path")
    return Request(terms, seed, paths)


async def simulate(request: Request, play_chunk: PlayChunk, workers: int) -> AsyncGenerator[dict[str, Any], None]:
    """
    Progress, then the result, which depends on neither chunks nor workers. Whoever stops listening cancels what is
    being played.
    """
    total = Summary.empty(request.terms)
    started, done, size = 0, 0, CHUNK_PATHS_FIRST
    playing: dict[asyncio.Task[Chunk], int] = {}
    try:
        while done < request.paths:
            while started < request.paths and len(playing) < workers:
                count = min(size, request.paths - started)
                playing[asyncio.ensure_future(play_chunk(request, started, count))] = count
                started += count
            finished, _ = await asyncio.wait(playing, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                count = playing.pop(task)
                chunk = task.result()
                total.add(chunk.summary)
                done += count
                size = next_size(count, chunk.seconds)
            yield {"type": "progress", "done": done, "of": request.paths}
    finally:
        for task in playing:
            task.cancel()
    yield {
        "type": "result",
        "version": VERSION,
        "seed": str(request.seed),
        "paths": request.paths,
        **total.told(request.terms),
    }


def next_size(count: int, seconds: float) -> int:
    """As many paths as take a little longer than the least that a chunk should."""
    per_second = count / max(seconds, 0.001)
    return max(1, min(CHUNK_PATHS_MAX, int(per_second * CHUNK_SECONDS_MIN * 1.2)))
