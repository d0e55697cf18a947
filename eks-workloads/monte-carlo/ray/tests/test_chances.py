"""Goal: what can be computed with a pencil comes out, within three standard errors."""

import math
from typing import Any

import numpy as np
import pytest

from monte_carlo.kernel import play
from monte_carlo.state import DAY, OUTCOME, OUTCOMES
from monte_carlo.terms import terms_of

from .examples import example

PATHS = 20_000
STEP = 100_000
PER_DAY = 40
ACTIVITY = {"tradesMin": 0, "daysMin": 0}


def walk(up: int | None, down: int, chance: float, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Steps of 1,000 dollars on 100,000 until `up` steps are won or `down` lost, and no other rule."""
    target = up and {"profitMicros": up * STEP * 10_000, "counts": "realized_flat", "closesAll": False}
    return example(
        60,
        rules__startingCents=100 * STEP,
        rules__target=target,
        start__balanceCents=100 * STEP,
        start__highWaterCents=100 * STEP,
        rules__maxLoss__width={"micros": down * STEP * 10_000},
        rules__dailyLoss=None,
        rules__riskPerTradeMicros=None,
        rules__activity={**example()["rules"]["activity"], **ACTIVITY},
        strategy__tradesPerDay=PER_DAY,
        strategy__slotMs=1_800_000,
        strategy__trades={
            "kind": "odds",
            "winPpm": round(chance * 1_000_000),
            "winCents": STEP,
            "lossCents": STEP,
            "adversePpm": 0,
            "favourablePpm": 0,
        },
        **changes,
    )


def passed(terms: dict[str, Any], seed: int) -> float:
    rows, _ = play(terms_of(terms), seed, 0, PATHS)
    outcomes = np.bincount(rows[:, OUTCOME], minlength=3)
    assert outcomes[0] == 0, "every path ends"
    return float(outcomes[1] / PATHS)


def within(seen: float, expected: float) -> bool:
    return abs(seen - expected) < 3 * math.sqrt(expected * (1 - expected) / PATHS)


@pytest.mark.parametrize(("up", "down", "chance"), [(8, 10, 0.5), (5, 10, 0.48), (8, 4, 0.55)])
def test_gamblers_ruin(up: int, down: int, chance: float) -> None:
    odds = (1 - chance) / chance
    expected = down / (up + down) if chance == 0.5 else (1 - odds**down) / (1 - odds ** (up + down))
    assert within(passed(walk(up, down, chance), 11), expected)


@pytest.mark.parametrize(("up", "down"), [(4, 4), (6, 3)])
def test_a_floor_that_trails_every_close(up: int, down: int) -> None:
    """From each new peak a fair walk wins the next step before it loses `down` with the chance d / (d + 1)."""
    terms = walk(up, down, 0.5, rules__maxLoss__mode="trailing_closed", rules__maxLoss__trails="balance")
    assert within(passed(terms, 12), (down / (down + 1)) ** up)


@pytest.mark.parametrize("won", [-6, 3])
def test_gamblers_ruin_from_where_an_account_stands(won: int) -> None:
    up, down = 8, 10
    terms = walk(up, down, 0.5)
    terms["start"]["balanceCents"] += won * STEP
    assert within(passed(terms, 13), (down + won) / (up + down))


@pytest.mark.parametrize(("down", "days"), [(5, 1), (12, 3), (20, 10)])
def test_a_barrier_is_hit_by_a_day(down: int, days: int) -> None:
    """By reflection: a fair walk of n steps has been at -d with the chance P(S <= -d) + P(S < -d)."""
    rows, _ = play(terms_of(walk(None, down, 0.5)), 14, 0, PATHS)
    hit = (rows[:, OUTCOME] == OUTCOMES.index("failed")) & (rows[:, DAY] <= days)
    steps = days * PER_DAY
    # So many steps down make a sum of -d or less.
    least = [-(-(steps + low) // 2) for low in (down, down + 1)]
    expected = sum(math.comb(steps, k) for first in least for k in range(first, steps + 1)) / 2**steps
    assert within(float(np.mean(hit)), expected)
