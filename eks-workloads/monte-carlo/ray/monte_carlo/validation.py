"""Is it luck? One request to validate a strategy by its closed trades, from its body to its answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .block_length import mean_block_of
from .bodies import fields_of, seed_of
from .faults import Fault
from .resampling import Resamples
from .sharpe import best_by_luck, deflated_sharpe, moments_of
from .terms import AMOUNT_MAX, MILLION, PAST_TRADES_MAX, Wholes

VERSION = 1
TRADES_MIN = 10
TRIALS_MAX = 10_000
RESAMPLES = 10_000
# About a quarter of a second of work: what is cancelled ends that soon, and the next in the queue has its turn.
CHUNK_TRADES = 20_000_000


@dataclass(frozen=True)
class Validation:
    """Results in cents, net of fees and in order; how many strategies were tried before this one was shown."""

    results: Wholes
    seed: int
    trials: int


PlayResamples = Callable[[Validation, int, int], Awaitable[Resamples]]


def validation_of(body: bytes) -> Validation:
    """Raises a fault that names the field and the rule."""
    fields = fields_of(body)
    results = fields.wholes("resultCents", (TRADES_MIN, PAST_TRADES_MAX), (-AMOUNT_MAX, AMOUNT_MAX))
    seed = seed_of(fields)
    trials = fields.whole("trials", 1, TRIALS_MAX)
    fields.done()
    if min(results) == max(results):
        raise Fault("resultCents", "must not all be the same: without variance there is nothing to test")
    if min(results) >= 0:
        raise Fault("resultCents", "must have a loss among them: nobody only wins")
    if max(results) <= 0:
        raise Fault("resultCents", "must have a win among them: there is no edge to test")
    return Validation(np.array(results, dtype=np.int64), seed, trials)


async def validate(validation: Validation, play: PlayResamples, workers: int) -> dict[str, Any]:
    """The answer, which depends on neither chunks nor workers. Whoever stops waiting cancels what is being played."""
    size = max(1, min(RESAMPLES, CHUNK_TRADES // len(validation.results)))
    room = asyncio.Semaphore(workers)

    async def played(first: int) -> Resamples:
        async with room:
            return await play(validation, first, min(size, RESAMPLES - first))

    tasks = [asyncio.ensure_future(played(first)) for first in range(0, RESAMPLES, size)]
    try:
        parts = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return await asyncio.to_thread(answer_of, validation, Resamples.joined(parts))


def answer_of(validation: Validation, resamples: Resamples) -> dict[str, Any]:
    """What is not whole is rounded against the strategy."""
    results: list[int] = validation.results.tolist()
    trades, total = len(results), sum(results)
    finals, drawdowns = np.sort(resamples.finals), np.sort(resamples.drawdowns)
    moments = moments_of(results)
    threshold = best_by_luck(validation.trials, 1 / (trades - 1))
    return {
        "type": "validation",
        "version": VERSION,
        "trades": trades,
        "trials": validation.trials,
        "seed": str(validation.seed),
        "resamples": RESAMPLES,
        "meanBlock": mean_block_of(validation.results),
        "meanCents": total // trades,
        "meanLowCents": _quantile(finals, 25) // trades,
        "meanHighCents": _quantile(finals, 975) // trades,
        "pPpm": -(-(1 + resamples.as_good) * MILLION // (1 + RESAMPLES)),
        "finalLowCents": _quantile(finals, 50),
        "finalMedianCents": _quantile(finals, 500),
        "finalHighCents": _quantile(finals, 950),
        "drawdownMedianCents": _quantile(drawdowns, 500),
        "drawdownHighCents": _quantile(drawdowns, 950),
        "sharpePpm": int(moments.sharpe * MILLION // 1),
        "deflatedSharpePpm": int(deflated_sharpe(moments, threshold) * MILLION // 1),
    }


def _quantile(ordered: Wholes, per_mille: int) -> int:
    """The lowest of them up to which at least so many per mille lie."""
    return int(ordered[-(-len(ordered) * per_mille // 1_000) - 1])
