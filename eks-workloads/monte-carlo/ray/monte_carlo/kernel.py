"""Plays paths. A path's outcome follows from the terms, the seed and its number alone."""

import numpy as np

from .compiled import compiled, unlocked, words
from .limits import set_max_floor
from .philox import philox
from .places import MILLION, T, Wholes
from .rules import begin_day, close_trade, judge, missed, open_day, open_trade
from .state import BALANCE, COLUMNS, DAY, DRAWDOWN, OUTCOME, RULE, UNDER_WATER, S
from .terms import Terms

_WORD = 2**32
_OPEN, _FAILED = 0, 2
STATE_WORDS, TERM_WORDS = len(S), len(T)

BINS_PER_START = 500
# Up to three times the starting balance; the last bin holds what is above.
FAN_BINS = 3 * BINS_PER_START + 1


@compiled
def _begin(t: Wholes, s: Wholes) -> None:
    for place in range(STATE_WORDS):
        s[place] = 0
    s[S.BALANCE] = s[S.PEAK] = t[T.START_BALANCE]
    s[S.HIGH_WATER] = t[T.START_HIGH_WATER]
    s[S.DAYS_COUNTED] = t[T.START_DAYS]
    s[S.BEST_DAY] = t[T.START_BEST_DAY]
    s[S.WINNING_DAYS] = t[T.START_WINNING_DAYS]
    s[S.TRADES] = t[T.START_TRADES]
    s[S.WORST_TRADE] = t[T.START_WORST_TRADE]
    s[S.BEST_TRADE] = t[T.START_BEST_TRADE]
    s[S.ACTIVE_AT] = t[T.START_ACTIVE]
    s[S.DAY] = s[S.PEAK_DAY] = 1
    begin_day(t, s)
    set_max_floor(t, s)


@compiled
def _drawn_odds(t: Wholes, outcome: np.int64, against: np.int64) -> tuple[int, int, int]:
    """The result of a trade, and the worst and best that it stands at."""
    if outcome * MILLION < t[T.WIN_PPM] * _WORD:
        worst = ((against * t[T.LOSS]) >> 32) * t[T.ADVERSE] // MILLION
        return t[T.WIN], -int(worst), t[T.WIN]
    best = ((against * t[T.WIN]) >> 32) * t[T.FAVOURABLE] // MILLION
    return -t[T.LOSS], -t[T.LOSS], int(best)


@compiled
def _trade(t: Wholes, s: Wholes, times: tuple[int, int], trade: tuple[int, int, int]) -> tuple[int, int]:
    """
    One trade from its opening to its close, or until a rule ends it: against its result first. Its times are when it
    opens, and for how long it is open.
    """
    at, held = times
    result, worst, best = trade
    # What time has broken by now comes before anything is traded.
    late, _ = missed(t, s, at)
    if late:
        return _FAILED, late
    if s[S.PAUSED]:
        return _OPEN, 0
    open_trade(t, s, at)
    verdict, rule = judge(t, s, at)
    nth = 0
    for turn in range(2):
        visit = worst if (turn == 0) == (result > 0) else best
        if visit >= min(result, 0) and visit <= max(result, 0):
            continue
        if s[S.OPEN] == 0:
            return verdict, rule
        nth += 1
        s[S.FLOAT] = visit
        verdict, rule = judge(t, s, at + held * nth // 3)
    if s[S.OPEN] == 0:
        return verdict, rule
    s[S.FLOAT] = result
    close_trade(t, s, at + held)
    return judge(t, s, at + held)


@compiled
def _play(
    t: Wholes,
    starts: Wholes,
    traded: Wholes,
    past: Wholes,
    worst_day: Wholes,
    s: Wholes,
    ends: Wholes,
    key: Wholes,
    path: int,
) -> tuple[int, int]:
    """Leaves in `ends` the balance at the end of each day that was lived through."""
    _begin(t, s)
    key0, key1 = key
    low, high = path & 0xFFFFFFFF, path >> 32
    last = -1
    per_day = t[T.PER_DAY]
    for day in range(traded.shape[0]):
        s[S.DAY] = day + 1
        if day > 0:
            open_day(t, s)
        verdict, rule = judge(t, s, starts[day])
        if verdict:
            return verdict, rule
        for slot in range(per_day if traded[day] else 0):
            # What is drawn does not depend on what is made: a pause leaves trades out, it does not shift them.
            outcome, against, index, run = philox(day * per_day + slot, 0, low, high, key0, key1)
            trade = (0, 0, 0)
            if t[T.KIND] == 0:
                trade = _drawn_odds(t, np.int64(outcome), np.int64(against))
            else:
                count = past.shape[1]
                if last < 0 or np.int64(run) * t[T.MEAN_BLOCK] < _WORD:
                    last = (np.int64(index) * count) >> 32
                else:
                    last = (last + 1) % count
                trade = (past[0, last], past[1, last], past[2, last])
            # Nor by the worst day, which leaves out what is drawn for it.
            if day == t[T.WORST_DAY]:
                continue
            verdict, rule = _trade(t, s, (starts[day] + t[T.FIRST] + slot * t[T.SLOT], t[T.HELD]), trade)
            if verdict:
                return verdict, rule
        for slot in range(worst_day.shape[1] if day == t[T.WORST_DAY] else 0):
            trade = (worst_day[0, slot], worst_day[1, slot], worst_day[2, slot])
            verdict, rule = _trade(t, s, (starts[day] + t[T.FIRST] + slot * t[T.WORST_SLOT], t[T.WORST_HELD]), trade)
            if verdict:
                return verdict, rule
        ends[day] = s[S.BALANCE]
    s[S.DAY] = traded.shape[0] + 1
    open_day(t, s)
    return judge(t, s, int(starts[traded.shape[0]]))


@unlocked
def _play_all(
    terms: Wholes,
    starts: Wholes,
    traded: Wholes,
    past: Wholes,
    worst_day: Wholes,
    key: Wholes,
    first: int,
    out: Wholes,
    fan: Wholes,
) -> None:
    s, t = words(STATE_WORDS), words(TERM_WORDS)
    for place in range(TERM_WORDS):
        t[place] = terms[place]
    days, bins = fan.shape
    width = bin_width(t[T.STARTING])
    ends = np.zeros(days, dtype=np.int64)
    for row in range(out.shape[0]):
        verdict, rule = _play(t, starts, traded, past, worst_day, s, ends, key, first + row)
        out[row, OUTCOME] = verdict
        out[row, RULE] = rule
        out[row, DAY] = s[S.DAY]
        out[row, BALANCE] = s[S.BALANCE]
        out[row, DRAWDOWN] = s[S.DRAWDOWN]
        out[row, UNDER_WATER] = s[S.UNDER_WATER]
        # A path that has ended stays in the fan with what it ended with.
        for day in range(days):
            end = ends[day] if day + 1 < s[S.DAY] else s[S.BALANCE]
            fan[day, min(max(end // width, 0), bins - 1)] += 1


@compiled
def bin_width(starting: int) -> int:
    """Balances and drawdowns are counted in steps of a 500th of the starting balance, which no chunk can move."""
    return (starting + BINS_PER_START - 1) // BINS_PER_START


def play(terms: Terms, seed: int, first: int, count: int) -> tuple[Wholes, Wholes]:
    """The outcomes of paths `first` to before `first + count`, a row each, and how many ended each day in which bin."""
    out = np.empty((count, COLUMNS), dtype=np.int64)
    fan = np.zeros((terms.days, FAN_BINS), dtype=np.int64)
    key = np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.int64)
    _play_all(terms.rules, terms.starts, terms.traded, terms.past, terms.worst_day, key, first, out, fan)
    return out, fan
