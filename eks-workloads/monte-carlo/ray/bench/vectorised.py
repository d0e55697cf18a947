"""
The kernel once more, as NumPy plays it: every path of a chunk at once, a row of the state for each place, and masks in
place of branches. The same generator, the same rules, the same outcomes.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from monte_carlo.kernel import FAN_BINS, bin_width
from monte_carlo.places import MILLION, T, Wholes
from monte_carlo.state import BALANCE, COLUMNS, DAY, DRAWDOWN, OUTCOME, RULE, UNDER_WATER, S
from monte_carlo.terms import Terms

from .vectorised_rules import Mask, Paths

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
# As many paths at once as keep the state near the processor.
_CHUNK = 4_096


def play(terms: Terms, seed: int, first: int, count: int) -> tuple[Wholes, Wholes]:
    """The outcomes of paths, a row each, and how many ended each day in which bin."""
    out = np.empty((count, COLUMNS), dtype=np.int64)
    fan = np.zeros((terms.days, FAN_BINS), dtype=np.int64)
    for start in range(0, count, _CHUNK):
        rows = out[start : start + _CHUNK]
        Chunk(terms, seed, np.arange(first + start, first + start + len(rows), dtype=np.uint64)).play(rows, fan)
    return out, fan


class Chunk:
    def __init__(self, terms: Terms, seed: int, numbers: NDArray[np.uint64]) -> None:
        self._terms = terms
        self._t = [int(term) for term in terms.rules]
        self._key = (seed & 0xFFFFFFFF, seed >> 32)
        self._numbers = numbers
        self._last = np.full(len(numbers), -1, dtype=np.int64)
        self._rows = np.arange(len(numbers))
        self._paths = Paths(self._t, len(numbers))

    def play(self, out: Wholes, fan: Wholes) -> None:
        terms, t = self._terms, self._t
        width = int(bin_width(t[T.STARTING]))
        ends = np.full(len(out), t[T.START_BALANCE], dtype=np.int64)
        for day in range(terms.days):
            began = int(terms.starts[day])
            self._paths.begin_day(day, began)
            if terms.traded[day]:
                self._trade_day(day, began)
            ends[self._rows] = self._paths.s[S.BALANCE]
            self._leave(out)
            fan[day] += np.bincount(np.clip(ends // width, 0, FAN_BINS - 1), minlength=FAN_BINS)
        self._paths.begin_day(terms.days, int(terms.starts[terms.days]))
        self._paths.s[S.DAY] = terms.days + 1
        self._leave(out, everybody=True)

    def _trade_day(self, day: int, began: int) -> None:
        t, worst_day = self._t, self._terms.worst_day
        is_worst = day == t[T.WORST_DAY]
        for slot in range(t[T.PER_DAY]):
            trade = self._drawn(day * t[T.PER_DAY] + slot)
            if not is_worst:
                self._paths.trade(began + t[T.FIRST] + slot * t[T.SLOT], t[T.HELD], trade)
        for slot in range(worst_day.shape[1] if is_worst else 0):
            given = [np.full(len(self._rows), worst_day[row, slot]) for row in range(3)]
            times = began + t[T.FIRST] + slot * t[T.WORST_SLOT], t[T.WORST_HELD]
            self._paths.trade(*times, (given[0], given[1], given[2]))

    def _drawn(self, nth: int) -> tuple[Wholes, Wholes, Wholes]:
        t, past = self._t, self._terms.past
        outcome, against, index, run = philox(nth, self._numbers, self._key)
        if t[T.KIND] == 0:
            wins = outcome * MILLION < t[T.WIN_PPM] << 32
            worst = -(((against * t[T.LOSS]) >> 32) * t[T.ADVERSE] // MILLION)
            best = ((against * t[T.WIN]) >> 32) * t[T.FAVOURABLE] // MILLION
            result = np.where(wins, t[T.WIN], -t[T.LOSS])
            return result, np.where(wins, worst, -t[T.LOSS]), np.where(wins, t[T.WIN], best)
        count = past.shape[1]
        begins = (self._last < 0) | (run * t[T.MEAN_BLOCK] < 1 << 32)
        self._last = np.where(begins, (index * count) >> 32, (self._last + 1) % count)
        return past[0, self._last], past[1, self._last], past[2, self._last]

    def _leave(self, out: Wholes, everybody: bool = False) -> None:
        """Tells what became of paths that have ended, and goes on without them."""
        paths = self._paths
        leaving: Mask = ~paths.alive | everybody
        if not leaving.any():
            return
        rows, s = self._rows[leaving], paths.s[:, leaving]
        out[rows, OUTCOME], out[rows, RULE] = paths.verdict[leaving], paths.rule[leaving]
        places: dict[int, Any] = {DAY: S.DAY, BALANCE: S.BALANCE, DRAWDOWN: S.DRAWDOWN, UNDER_WATER: S.UNDER_WATER}
        for column, place in places.items():
            out[rows, column] = s[place]
        staying = ~leaving
        self._rows, self._numbers, self._last = self._rows[staying], self._numbers[staying], self._last[staying]
        paths.keep(staying)


def philox(nth: int, numbers: NDArray[np.uint64], key: tuple[int, int]) -> list[Wholes]:
    a, b = np.full_like(numbers, nth), np.zeros_like(numbers)
    c, d = numbers & _LOW, numbers >> _HALF
    key0, key1 = key
    for _ in range(10):
        product0, product1 = np.uint64(0xD2511F53) * a, np.uint64(0xCD9E8D57) * c
        a, c = (product1 >> _HALF) ^ b ^ np.uint64(key0), (product0 >> _HALF) ^ d ^ np.uint64(key1)
        b, d = product1 & _LOW, product0 & _LOW
        key0, key1 = (key0 + 0x9E3779B9) & 0xFFFFFFFF, (key1 + 0xBB67AE85) & 0xFFFFFFFF
    return [word.astype(np.int64) for word in (a, b, c, d)]
