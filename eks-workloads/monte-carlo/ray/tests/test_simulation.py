"""Goal: a result follows from the seed alone, and a client that goes takes its work with it."""

import asyncio
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from monte_carlo.admission import Admission, Full
from monte_carlo.kernel import play
from monte_carlo.simulation import CHUNK_PATHS_MAX, Chunk, Request, next_size, simulate
from monte_carlo.state import BALANCE
from monte_carlo.summary import Summary, summarize
from monte_carlo.terms import terms_of

from .examples import HISTORY, example

PATHS = 9_000


def request_for(seed: int = 5) -> Request:
    return Request(terms_of(example(strategy__trades=HISTORY)), seed, PATHS)


async def told(request: Request, workers: int, seconds: float) -> list[str]:
    async def play_chunk(of: Request, first: int, count: int) -> Chunk:
        # Those that begin later end earlier: the order in which chunks come must not matter.
        for _ in range(10 - first % 7):
            await asyncio.sleep(0)
        return Chunk(summarize(of.terms, of.seed, first, count), seconds)

    return [json.dumps(event) async for event in simulate(request, play_chunk, workers)]


def test_the_same_seed_gives_the_same_bytes_whatever_the_workers_and_the_chunks() -> None:
    runs = [asyncio.run(told(request_for(), workers, seconds)) for workers, seconds in [(1, 0.25), (2, 0.25), (3, 9.0)]]
    assert len({len(run) for run in runs}) > 1
    assert len({run[-1] for run in runs}) == 1
    assert asyncio.run(told(request_for(6), 1, 0.25))[-1] != runs[0][-1]


@pytest.mark.parametrize("size", [1, 7, 333, 2_999])
def test_no_size_of_chunks_changes_a_count(size: int) -> None:
    request = Request(terms_of(example(strategy__trades=HISTORY)), 5, 3_000)
    total = Summary.empty(request.terms)
    for first in reversed(range(0, request.paths, size)):
        total.add(summarize(request.terms, request.seed, first, min(size, request.paths - first)))
    assert total.told(request.terms) == summarize(request.terms, request.seed, 0, request.paths).told(request.terms)


def test_no_number_of_processes_changes_a_byte() -> None:
    async def told_by(processes: int) -> str:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:

            async def play_chunk(of: Request, first: int, count: int) -> Chunk:
                loop = asyncio.get_running_loop()
                return Chunk(await loop.run_in_executor(pool, summarize, of.terms, of.seed, first, count), 0.25)

            return [json.dumps(event) async for event in simulate(request_for(), play_chunk, processes)][-1]

    alone, together = asyncio.run(told_by(1)), asyncio.run(told_by(2))
    assert alone == together == asyncio.run(told(request_for(), 1, 9.0))[-1]


def test_progress_rises_to_the_end_and_the_counts_add_up() -> None:
    *progress, result = [json.loads(line) for line in asyncio.run(told(request_for(), 2, 0.25))]
    done = [event["done"] for event in progress]
    assert done == sorted(set(done))
    assert done[-1] == PATHS
    assert result["passed"] + result["failed"] + result["open"] == PATHS
    assert sum(end["paths"] for end in result["ends"]) == PATHS
    assert sum(count for _, count in result["drawdowns"]) == PATHS
    assert sum(count for _, count in result["finals"]) == PATHS
    assert all(day["5"] <= day["50"] <= day["95"] for day in result["fan"])


def test_final_balances_are_counted_in_the_bins_of_the_result() -> None:
    request = request_for()
    result = summarize(request.terms, request.seed, 0, PATHS).told(request.terms)
    rows, _ = play(request.terms, request.seed, 0, PATHS)
    bins, counts = np.unique(rows[:, BALANCE] // result["binCents"], return_counts=True)
    assert result["finals"] == [list(pair) for pair in zip(bins.tolist(), counts.tolist(), strict=True)]


def test_whoever_stops_listening_cancels_what_is_played() -> None:
    cancelled: list[int] = []

    async def play_chunk(of: Request, first: int, count: int) -> Chunk:
        if first == 0:
            return Chunk(summarize(of.terms, of.seed, first, count), 0.25)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(first)
            raise
        raise AssertionError

    async def leave() -> None:
        events = simulate(request_for(), play_chunk, 2)
        assert (await anext(events))["type"] == "progress"
        await events.aclose()
        await asyncio.sleep(0)

    asyncio.run(leave())
    assert cancelled == [2_000]


def test_a_chunk_that_fails_fails_the_simulation() -> None:
    async def play_chunk(_: Request, first: int, _count: int) -> Chunk:
        raise RuntimeError(f"lost {first}")

    async def listen() -> None:
        async for _ in simulate(request_for(), play_chunk, 2):
            pass

    with pytest.raises(RuntimeError, match="lost"):
        asyncio.run(listen())


@pytest.mark.parametrize(
    ("count", "seconds", "size"), [(2_000, 0.02, 30_000), (1_000, 10.0, 30), (1, 1e9, 1), (10**6, 0.0, CHUNK_PATHS_MAX)]
)
def test_chunks_take_a_quarter_of_a_second_and_more(count: int, seconds: float, size: int) -> None:
    assert next_size(count, seconds) == size


def test_a_place_is_given_back_also_by_one_that_fails() -> None:
    admission = Admission(1)
    with admission.place(), pytest.raises(Full), admission.place():
        pass
    with pytest.raises(RuntimeError), admission.place():
        raise RuntimeError
    assert admission.running == 0
