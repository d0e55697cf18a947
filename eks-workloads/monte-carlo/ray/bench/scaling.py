"""What a second worker brings. It is a module of its own, for workers import what they play."""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from monte_carlo.simulation import Chunk, Request, simulate
from monte_carlo.summary import summarize
from monte_carlo.terms import Terms

ROUNDS = 3
# Long enough for the last chunk, which one of two workers plays alone, to be a small part.
PATHS = 2_000_000


def scaling(terms: Terms) -> float:
    """What two processes play in a second, by twice what one does; chunks and their sums as the service has them."""
    return asyncio.run(_scaling(terms))


async def _scaling(terms: Terms) -> float:
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context) as one, ProcessPoolExecutor(2, context) as two:
        for pool, workers in ((one, 1), (two, 2)):
            # Each process compiles before anything is measured.
            await asyncio.gather(*(_seconds(pool, 1, Request(terms, 1, 2_000)) for _ in range(4 * workers)))
        # In turns: what else the machine does is then the same for both.
        timed = [
            (await _seconds(one, 1, Request(terms, 1, PATHS)), await _seconds(two, 2, Request(terms, 1, PATHS)))
            for _ in range(ROUNDS)
        ]
    alone = min(seconds for seconds, _ in timed)
    together = min(seconds for _, seconds in timed)
    return alone / together / 2


async def _seconds(pool: ProcessPoolExecutor, workers: int, request: Request) -> float:
    async def play_chunk(of: Request, first: int, count: int) -> Chunk:
        return await asyncio.get_running_loop().run_in_executor(pool, chunk_of, of, first, count)

    began = time.perf_counter()
    async for _ in simulate(request, play_chunk, workers):
        pass
    return time.perf_counter() - began


def chunk_of(of: Request, first: int, count: int) -> Chunk:
    began = time.perf_counter()
    summary = summarize(of.terms, of.seed, first, count)
    return Chunk(summary, time.perf_counter() - began)
