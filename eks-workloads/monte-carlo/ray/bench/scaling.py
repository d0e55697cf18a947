"""What a second worker brings. It is a module of its own, for workers import what they play."""

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from monte_carlo.simulation import Chunk, Request, simulate
from monte_carlo.summary import summarize
from monte_carlo.terms import Terms

ROUNDS = 3
PATHS = 500_000


def scaling(terms: Terms) -> float:
    """What two processes play in a second, by twice what one does; chunks and their sums as the service has them."""
    alone, together = (min(asyncio.run(rounds(terms, workers))) for workers in (1, 2))
    return alone / together / 2


async def rounds(terms: Terms, workers: int) -> list[float]:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:

        async def play_chunk(of: Request, first: int, count: int) -> Chunk:
            return await loop.run_in_executor(pool, chunk_of, of, first, count)

        async def seconds(paths: int) -> float:
            began = time.perf_counter()
            async for _ in simulate(Request(terms, 1, paths), play_chunk, workers):
                pass
            return time.perf_counter() - began

        # Each process compiles before anything is measured.
        await asyncio.gather(*(play_chunk(Request(terms, 1, 2_000), 0, 2_000) for _ in range(4 * workers)))
        return [await seconds(PATHS) for _ in range(ROUNDS)]


def chunk_of(of: Request, first: int, count: int) -> Chunk:
    began = time.perf_counter()
    summary = summarize(of.terms, of.seed, first, count)
    return Chunk(summary, time.perf_counter() - began)
