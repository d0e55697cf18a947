"""Goal: an edge that is luck is called luck, a real one is not, and whoever sends what cannot be tested is told why."""

import asyncio
import itertools
import json
import math
from typing import Any

import numpy as np
import pytest
from arch.bootstrap import StationaryBootstrap, optimal_block_length

from monte_carlo.block_length import best_mean_block, mean_block_of
from monte_carlo.faults import Fault
from monte_carlo.resampling import Resamples, resample
from monte_carlo.sharpe import Moments, best_by_luck, deflated_sharpe, moments_of
from monte_carlo.terms import Wholes
from monte_carlo.validation import RESAMPLES, Validation, validate, validation_of

RESULTS = [-5000, 8000, -3000, 12000, -7000, 4000, 1000, -2000, 9000, -6000, 300, 2500]


def body(**changes: object) -> bytes:
    return json.dumps({"resultCents": RESULTS, "seed": "7", "trials": 3, **changes}).encode()


def series(count: int, carried: float, seed: int) -> Wholes:
    """Results that keep a share of the one before."""
    shocks = np.random.default_rng(seed).normal(100, 10_000, count)
    for at in range(1, count):
        shocks[at] += carried * shocks[at - 1]
    return shocks.round().astype(np.int64)


async def play(validation: Validation, first: int, count: int) -> Resamples:
    # Those that begin later end earlier: the order in which chunks come must not matter.
    for _ in range(10 - first % 7):
        await asyncio.sleep(0)
    return resample(validation.results, validation.seed, first, count)


def answer(workers: int = 2, **changes: object) -> dict[str, Any]:
    return asyncio.run(validate(validation_of(body(**changes)), play, workers))


@pytest.mark.parametrize("count", [30, 100, 1_000, 5_000])
@pytest.mark.parametrize("carried", [0.0, 0.3, 0.8, -0.4])
def test_the_mean_block_is_that_of_arch(count: int, carried: float) -> None:
    results = series(count, carried, count)
    expected = float(optimal_block_length(results)["stationary"].iloc[0])
    assert best_mean_block(results) == pytest.approx(expected, rel=1e-9)
    assert mean_block_of(results) == max(1, math.ceil(expected))


@pytest.mark.parametrize("count", range(10, 30))
def test_of_a_short_history_the_mean_block_is_bounded(count: int) -> None:
    for results in (series(count, 0.9, count), np.array(([-1, 1] * count)[:count], dtype=np.int64)):
        assert 1 <= mean_block_of(results) <= math.ceil(count / 3)


def drawdown_of(results: Wholes) -> int:
    balances = np.concatenate([[0], np.cumsum(results)])
    return int((np.maximum.accumulate(balances) - balances).max())


@pytest.mark.parametrize("carried", [0.0, 0.6])
def test_finals_and_drawdowns_are_those_of_archs_bootstrap(carried: float) -> None:
    results = series(150, carried, 1)
    ours = resample(results, 3, 0, RESAMPLES)
    bootstrap = StationaryBootstrap(mean_block_of(results), results, seed=np.random.default_rng(4))
    theirs = bootstrap.apply(lambda drawn: np.array([drawn.sum(), drawdown_of(drawn)]), RESAMPLES)
    for mine, other in ((ours.finals, theirs[:, 0]), (ours.drawdowns, theirs[:, 1])):
        for share in (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975):
            below = float(np.mean(other <= np.quantile(mine, share)))
            assert abs(below - share) < 3 * math.sqrt(2 * share * (1 - share) / RESAMPLES)


@pytest.mark.parametrize("count", [10, 11, 12])
def test_the_p_value_is_that_of_every_way_to_turn_the_signs(count: int) -> None:
    results = np.array(RESULTS[:count], dtype=np.int64)
    runs = np.add.reduceat(results, range(0, count, mean_block_of(results)))
    sums = [sum(sign * run for sign, run in zip(signs, runs, strict=True)) for signs in turned(len(runs))]
    exact = sum(each >= results.sum() for each in sums) / len(sums)
    tolerance = 3 * math.sqrt(exact * (1 - exact) / RESAMPLES) + 1 / RESAMPLES
    assert abs(answer(resultCents=RESULTS[:count])["pPpm"] / 1e6 - exact) < tolerance


def turned(count: int) -> list[tuple[int, ...]]:
    return list(itertools.product((1, -1), repeat=count))


def test_signs_are_turned_far_into_a_long_history() -> None:
    """Beyond 128 runs a second block of random bits is needed; the share of sums is that of a normal distribution."""
    results = series(700, 0.0, 9)
    assert len(results) // mean_block_of(results) > 128
    score = results.sum() / math.sqrt(float((results.astype(float) ** 2).sum()))
    expected = 0.5 * math.erfc(score / math.sqrt(2))
    assert abs(resample(results, 5, 0, RESAMPLES).as_good / RESAMPLES - expected) < 0.02


def test_without_an_edge_one_history_in_twenty_looks_like_one_at_five_per_cent() -> None:
    shown = sum(resample(series_without_edge(seed), seed, 0, 500).as_good <= 25 for seed in range(400))
    assert abs(shown - 20) < 3 * math.sqrt(400 * 0.05 * 0.95)


def series_without_edge(seed: int) -> Wholes:
    return np.random.default_rng(seed).normal(0, 10_000, 80).round().astype(np.int64)


@pytest.mark.parametrize(
    ("trials", "skewness", "kurtosis", "expected"),
    [(100, -3, 10, 0.9004), (46, -3, 10, 0.9505), (88, 0, 3, 0.9505)],
)
def test_the_example_of_the_paper(trials: int, skewness: float, kurtosis: float, expected: float) -> None:
    """A ratio of 2.5 a year over 1,250 days, ratios of trials with a variance of a half a year."""
    days = 250
    threshold = best_by_luck(trials, 0.5 / days)
    moments = Moments(1_250, 2.5 / math.sqrt(days), skewness, kurtosis)
    assert deflated_sharpe(moments, threshold) == pytest.approx(expected, abs=1e-4)
    assert best_by_luck(100, 0.5 / days) == pytest.approx(0.1132, abs=1e-4)


def test_moments_of_a_history_that_a_pencil_can_do() -> None:
    moments = moments_of([-1, -1, -1, 1, 1, 1, 1, 1])
    # A share p of 5/8 wins: the mean is 2p - 1, the variance 4pq.
    p, q = 5 / 8, 3 / 8
    assert moments.sharpe == pytest.approx((p - q) / math.sqrt(4 * p * q * 8 / 7))
    assert moments.skewness == pytest.approx((q - p) / math.sqrt(p * q))
    assert moments.kurtosis == pytest.approx(1 / (p * q) - 3)


def test_more_attempts_leave_less() -> None:
    assert best_by_luck(1, 1.0) == 0
    left = [answer(trials=trials)["deflatedSharpePpm"] for trials in (1, 2, 3, 10, 100, 10_000)]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)


def test_the_same_body_gives_the_same_bytes_whatever_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.dumps(answer(1))
    assert json.dumps(answer(1, seed="8")) != whole
    monkeypatch.setattr("monte_carlo.validation.CHUNK_TRADES", 12 * 1_700)
    assert json.dumps(answer(1)) == json.dumps(answer(3)) == whole


def test_every_number_is_whole_and_in_its_order() -> None:
    told = answer()
    assert told["type"] == "validation"
    assert all(isinstance(value, int) for name, value in told.items() if name not in ("type", "seed"))
    assert told["meanCents"] == sum(RESULTS) // len(RESULTS)
    assert told["meanLowCents"] < told["meanCents"] < told["meanHighCents"]
    assert told["finalLowCents"] < told["finalMedianCents"] < told["finalHighCents"]
    assert 0 < told["drawdownMedianCents"] < told["drawdownHighCents"]


def test_whoever_stops_waiting_cancels_what_is_played() -> None:
    begun: list[int] = []
    ended: list[int] = []

    async def never(_: Validation, first: int, _count: int) -> Resamples:
        begun.append(first)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(first)
        raise AssertionError

    async def leave() -> None:
        long = validation_of(body(resultCents=[-1, 2] * 5_000))
        waiting = asyncio.ensure_future(validate(long, never, 2))
        while len(begun) < 2:
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        await asyncio.sleep(0)

    asyncio.run(leave())
    assert begun == ended == [0, 2_000]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"resultCents": RESULTS[:9]}, "resultCents: must be a list of 10 to 10000"),
        ({"resultCents": [*RESULTS, 1.5]}, "resultCents[12]: must be a whole number from"),
        ({"resultCents": [*RESULTS, float("nan")]}, "resultCents[12]: must be a whole number from"),
        ({"resultCents": [*RESULTS, 1e300]}, "resultCents[12]: must be a whole number from"),
        ({"resultCents": [*RESULTS, 2**31]}, "resultCents[12]: must be a whole number from"),
        ({"resultCents": [*RESULTS, True]}, "resultCents[12]: must be a whole number from"),
        ({"resultCents": [-5] * 10}, "resultCents: must not all be the same"),
        ({"resultCents": [0, 1] * 5}, "resultCents: must have a loss among them"),
        ({"resultCents": [0, -1] * 5}, "resultCents: must have a win among them"),
        ({"trials": 0}, "trials: must be a whole number from 1 to 10000"),
        ({"trials": 10_001}, "trials: must be a whole number from 1 to 10000"),
        ({"seed": 7}, "seed: must be text of a whole number"),
        ({"resamples": 5}, "resamples: is not known here"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(Fault) as raised:
        validation_of(body(**change))
    assert str(raised.value).startswith(told)
