"""
The two things that chance is asked of a history: what it would have come to with other trades of its kind (the
stationary bootstrap), and how often trades without an edge do as well (signs turned by runs).
"""

from dataclasses import dataclass

import numpy as np

from .block_length import mean_block_of
from .compiled import unlocked
from .philox import philox
from .terms import Wholes

_WORD = 2**32
_LOW = 0xFFFFFFFF
# The second word of the counter: a simulation has 0 there, and nothing is drawn twice.
_DRAWS = 1
_SIGNS = 2


@dataclass(frozen=True)
class Resamples:
    """Final profits and deepest drawdowns in cents, one each; how many turned histories did as well as the true one."""

    finals: Wholes
    drawdowns: Wholes
    as_good: int

    @staticmethod
    def joined(parts: list["Resamples"]) -> "Resamples":
        return Resamples(
            np.concatenate([part.finals for part in parts]),
            np.concatenate([part.drawdowns for part in parts]),
            sum(part.as_good for part in parts),
        )


def resample(results: Wholes, seed: int, first: int, count: int) -> Resamples:
    """The resamples from `first` on. Each follows from the seed and its own number, whoever makes it."""
    block = mean_block_of(results)
    finals = np.empty(count, dtype=np.int64)
    drawdowns = np.empty(count, dtype=np.int64)
    key = np.array([seed & _LOW, seed >> 32], dtype=np.int64)
    _draw(results, block, key, first, finals, drawdowns)
    runs = np.add.reduceat(results, np.arange(0, len(results), block))
    return Resamples(finals, drawdowns, int(_as_good(runs, key, first, count)))


@unlocked
def _draw(results: Wholes, block: int, key: Wholes, first: int, finals: Wholes, drawdowns: Wholes) -> None:
    count = len(results)
    for row in range(len(finals)):
        balance, peak, deepest, last = 0, 0, 0, 0
        ends, which, next_ends, next_which = philox(0, _DRAWS, first + row, 0, key[0], key[1])
        for at in range(count):
            if at % 2 == 1:
                ends, which = next_ends, next_which
            elif at > 0:
                ends, which, next_ends, next_which = philox(at // 2, _DRAWS, first + row, 0, key[0], key[1])
            if at == 0 or np.int64(ends) * block < _WORD:
                last = int(np.int64(which) * count >> 32)
            else:
                last = last + 1 if last + 1 < count else 0
            balance += results[last]
            peak = max(peak, balance)
            deepest = max(deepest, peak - balance)
        finals[row] = balance
        drawdowns[row] = deepest


@unlocked
def _as_good(runs: Wholes, key: Wholes, first: int, count: int) -> int:
    """Turns the sign of each run with the chance of a half; counts the sums that reach the true one."""
    true = runs.sum()
    good = 0
    for row in range(count):
        total = np.int64(0)
        for block in range(0, len(runs), 128):
            words = philox(block // 128, _SIGNS, first + row, 0, key[0], key[1])
            for at in range(block, min(block + 128, len(runs))):
                place = at - block
                word = words[place // 32]
                total += -runs[at] if (np.int64(word) >> (place % 32)) & 1 else runs[at]
        good += total >= true
    return good
