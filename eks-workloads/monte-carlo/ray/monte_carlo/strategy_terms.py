"""The strategy of a simulation's terms: how often it trades, and what its trades come to."""

import numpy as np

from .faults import Fault, Fields
from .places import AMOUNT_MAX, DAY_MS, DAY_MS_MIN, MILLION, PAST_TRADES_MAX, TRADES_PER_DAY_MAX, T, Wholes


def read_strategy(fields: Fields, packed: Wholes, traded: Wholes) -> tuple[Wholes, Wholes]:
    packed[T.PER_DAY] = fields.whole("tradesPerDay", 1, TRADES_PER_DAY_MAX)
    packed[T.FIRST] = fields.whole("firstMs", 0, DAY_MS)
    packed[T.SLOT] = fields.whole("slotMs", 1, DAY_MS)
    day_over = int(packed[T.FIRST] + packed[T.PER_DAY] * packed[T.SLOT])
    if day_over > DAY_MS_MIN:
        raise Fault(fields.path("slotMs"), "must leave room for the trades of a short day")
    packed[T.HELD] = fields.whole("heldMs", 3, int(packed[T.SLOT]) - 1)
    trades = fields.group("trades")
    packed[T.KIND] = trades.choice("kind", "odds", "history")
    past = _odds(trades, packed) if packed[T.KIND] == 0 else _history(trades, packed)
    trades.done()
    worst_day = _worst_day(fields.group_or_none("worstDay"), packed, traded)
    fields.done()
    return past, worst_day


def _worst_day(fields: Fields | None, packed: Wholes, traded: Wholes) -> Wholes:
    if not fields:
        return np.zeros((3, 1), dtype=np.int64)
    packed[T.WORST_DAY] = fields.whole("day", 0, len(traded) - 1)
    if not traded[packed[T.WORST_DAY]]:
        raise Fault(fields.path("day"), "must be a day that is traded")
    packed[T.WORST_SLOT] = fields.whole("slotMs", 4, DAY_MS)
    packed[T.WORST_HELD] = fields.whole("heldMs", 3, int(packed[T.WORST_SLOT]) - 1)
    past = _closed(fields, (1, TRADES_PER_DAY_MAX))
    if int(packed[T.FIRST]) + past.shape[1] * int(packed[T.WORST_SLOT]) > DAY_MS_MIN:
        raise Fault(fields.path("slotMs"), "must leave room for the trades of a short day")
    fields.done()
    return past


def _odds(trades: Fields, packed: Wholes) -> Wholes:
    packed[T.WIN_PPM] = trades.whole("winPpm", 1, MILLION - 1)
    packed[T.WIN] = trades.whole("winCents", 1, AMOUNT_MAX)
    packed[T.LOSS] = trades.whole("lossCents", 1, AMOUNT_MAX)
    packed[T.ADVERSE] = trades.whole("adversePpm", 0, MILLION)
    packed[T.FAVOURABLE] = trades.whole("favourablePpm", 0, MILLION)
    return np.zeros((3, 1), dtype=np.int64)


def _history(trades: Fields, packed: Wholes) -> Wholes:
    packed[T.MEAN_BLOCK] = trades.whole("meanBlock", 1, 1_000)
    past = _closed(trades, (10, PAST_TRADES_MAX))
    if past[0].min() >= 0:
        raise Fault(trades.path("resultCents"), "must have a loss among them: nobody only wins")
    return past


def _closed(trades: Fields, counts: tuple[int, int]) -> Wholes:
    results = trades.wholes("resultCents", counts, (-AMOUNT_MAX, AMOUNT_MAX))
    count = (len(results), len(results))
    worsts = trades.wholes("worstCents", count, (-AMOUNT_MAX, 0))
    bests = trades.wholes("bestCents", count, (0, AMOUNT_MAX))
    for at, (worst, result, best) in enumerate(zip(worsts, results, bests, strict=True)):
        if not worst <= result <= best:
            raise Fault(f"{trades.path('resultCents')}[{at}]", "must lie between its worst and its best")
    return np.array([results, worsts, bests], dtype=np.int64)
