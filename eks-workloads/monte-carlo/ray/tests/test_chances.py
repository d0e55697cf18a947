"""Goal: what can be computed with a pencil comes out, within three standard errors."""

import math
from typing import Any

import numpy as np
import pytest

from monte_carlo.kernel import play
from monte_carlo.state import OUTCOME
from monte_carlo.terms import terms_of

from .examples import example

PATHS = 20_000
STEP = 100_000
ACTIVITY = {"tradesMin": 0, "daysMin": 0}


def walk(up: int, down: int, chance: float, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Steps of 1,000 dollars on 100,000 until `up` steps are won or `down` lost, and no other rule."""
    micros = STEP * 10_000
    return example(
        60,
        rules__startingCents=100 * STEP,
        rules__target={"profitMicros": up * micros, "counts": "realized_flat", "closesAll": False},
        rules__maxLoss__width={"micros": down * micros},
        rules__dailyLoss=None,
        rules__riskPerTradeMicros=None,
        rules__activity={**example()["rules"]["activity"], **ACTIVITY},
        strategy__tradesPerDay=40,
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
