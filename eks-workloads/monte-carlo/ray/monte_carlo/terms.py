"""A simulation's terms (domain/simulation/kernel-terms.ts) as the kernel reads them: arrays of whole numbers."""

from dataclasses import dataclass
from enum import IntEnum, auto
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .faults import Fault, Fields, whole

Wholes = NDArray[np.int64]

CENT = 10_000
MILLION = 1_000_000
DAYS_MAX = 365
TRADES_PER_DAY_MAX = 50
PAST_TRADES_MAX = 10_000
AMOUNT_MAX = 2**31 - 1
BALANCE_CENTS_MAX = 9_000_000_000_000
STARTING_CENTS_MAX = 10_000_000_000
MICROS_MAX = STARTING_CENTS_MAX * CENT
DAY_MS = 86_400_000
# A day on which the clocks go forward, by the two hours that some zones have seen.
DAY_MS_MIN = 22 * 3_600_000
DAY_MS_MAX = 49 * 3_600_000
SPAN_MS_MAX = 400 * DAY_MS
LIMIT_MS_MAX = 2**53
# When a deadline is due that does not exist; what is added to it still fits.
NEVER = 2**61
VERSION = 2


class T(IntEnum):
    """Places in the array of terms. A width has an amount or a share, the other is -1; so has what is null."""

    STARTING = 0
    TARGET = auto()
    TARGET_COUNTS = auto()
    CLOSES_ALL = auto()
    MODE = auto()
    MAX_MICROS = auto()
    MAX_PPM = auto()
    TRAILS = auto()
    TESTED_ON = auto()
    LOCK = auto()
    DAILY = auto()
    DAILY_ANCHOR = auto()
    DAILY_MICROS = auto()
    DAILY_PPM = auto()
    DAILY_SEVERITY = auto()
    GAIN_CAP = auto()
    RISK = auto()
    TRADES_MIN = auto()
    TRADE_HELD = auto()
    DAYS_MIN = auto()
    DAY_COUNTS_IF = auto()
    DAY_GAIN = auto()
    INACTIVITY = auto()
    INACTIVITY_BY = auto()
    TIME_LIMIT = auto()
    SHARE = auto()
    SHARE_OF = auto()
    SHARE_PER = auto()
    SHARE_FAILS = auto()
    TOUCH_BREAKS = auto()
    TOUCH_MS = auto()
    PER_DAY = auto()
    HELD = auto()
    FIRST = auto()
    SLOT = auto()
    KIND = auto()
    WIN_PPM = auto()
    WIN = auto()
    LOSS = auto()
    ADVERSE = auto()
    FAVOURABLE = auto()
    MEAN_BLOCK = auto()
    START_BALANCE = auto()
    START_HIGH_WATER = auto()
    START_DAYS = auto()
    START_BEST_DAY = auto()
    START_WINNING_DAYS = auto()
    START_TRADES = auto()
    START_WORST_TRADE = auto()
    START_BEST_TRADE = auto()
    EXCLUDED = auto()
    START_ACTIVE = auto()
    WORST_DAY = auto()
    WORST_HELD = auto()
    WORST_SLOT = auto()


@dataclass(frozen=True)
class Terms:
    """
    What the kernel plays. `past` and `worst_day` have a row each of results, worsts and bests; one zero each where
    there is none.
    """

    rules: Wholes
    starts: Wholes
    traded: Wholes
    past: Wholes
    worst_day: Wholes

    @property
    def days(self) -> int:
        return len(self.traded)

    @property
    def steps(self) -> int:
        """The trades of one path."""
        worst = self.worst_day.shape[1] if self.rules[T.WORST_DAY] >= 0 else 0
        return self.days * int(self.rules[T.PER_DAY]) + worst


def terms_of(value: object) -> Terms:
    """Raises a fault that names the first field that is missing, unknown, or not what it has to be."""
    fields = Fields(value, "terms")
    fields.whole("version", VERSION, VERSION)
    packed = np.full(len(T), -1, dtype=np.int64)
    _read_rules(fields.group("rules"), packed)
    starts, traded = _calendar(fields.group("calendar"))
    _read_start(fields.group("start"), packed)
    past, worst_day = _strategy(fields.group("strategy"), packed, traded)
    fields.done()
    terms = Terms(packed, starts, traded, past, worst_day)
    moves = [int(packed[T.WIN]), int(packed[T.LOSS]), *(int(cents) for cents in np.abs(past).max(axis=1))]
    most = max(int(packed[T.STARTING]), *(abs(int(packed[place])) for place in START_AMOUNTS))
    if most + terms.steps * max(moves) + worst_day.shape[1] * int(np.abs(worst_day).max()) > BALANCE_CENTS_MAX:
        raise Fault("terms.strategy.trades", f"must keep a path below {BALANCE_CENTS_MAX} cents")
    return terms


START_AMOUNTS = (
    T.START_BALANCE,
    T.START_HIGH_WATER,
    T.START_BEST_DAY,
    T.START_WINNING_DAYS,
    T.START_WORST_TRADE,
    T.START_BEST_TRADE,
    T.EXCLUDED,
)


def _read_start(fields: Fields, packed: Wholes) -> None:
    most = BALANCE_CENTS_MAX
    packed[T.START_BALANCE] = fields.whole("balanceCents", -most, most)
    packed[T.START_HIGH_WATER] = fields.whole("highWaterCents", -most, most)
    packed[T.START_DAYS] = fields.whole("daysCounted", 0, LIMIT_MS_MAX)
    packed[T.START_BEST_DAY] = fields.whole("bestDayCents", 0, most)
    packed[T.START_WINNING_DAYS] = fields.whole("winningDaysCents", 0, most)
    packed[T.START_TRADES] = fields.whole("tradesCounted", 0, LIMIT_MS_MAX)
    packed[T.START_WORST_TRADE] = fields.whole("worstTradeCents", 0, most)
    packed[T.START_BEST_TRADE] = fields.whole("bestTradeCents", 0, most)
    packed[T.EXCLUDED] = fields.whole("excludedCents", 0, most)
    # Since the path began, as every time: an account that has been running was active before.
    packed[T.START_ACTIVE] = fields.whole("activeMs", -LIMIT_MS_MAX, 0)
    limit = fields.take("timeLimitMs")
    packed[T.TIME_LIMIT] = (
        NEVER if limit is None else whole(limit, fields.path("timeLimitMs"), -LIMIT_MS_MAX, LIMIT_MS_MAX)
    )
    fields.done()


def _read_rules(fields: Fields, packed: Wholes) -> None:
    packed[T.STARTING] = fields.whole("startingCents", 1, STARTING_CENTS_MAX)
    target = fields.group_or_none("target")
    if target:
        packed[T.TARGET] = target.whole("profitMicros", 1, MICROS_MAX)
        packed[T.TARGET_COUNTS] = target.choice("counts", "realized_flat", "realized", "equity")
        packed[T.CLOSES_ALL] = target.flag("closesAll")
        target.done()
    _read_max_loss(fields.group("maxLoss"), packed)
    daily = fields.group_or_none("dailyLoss")
    packed[T.DAILY] = daily is not None
    if daily:
        packed[T.DAILY_ANCHOR] = daily.choice("anchor", "initial", "balance", "equity", "higher", "peak")
        packed[T.DAILY_MICROS], packed[T.DAILY_PPM] = _width(daily.group("width"))
        packed[T.DAILY_SEVERITY] = daily.choice("severity", "fail", "pause", "close")
        packed[T.GAIN_CAP] = daily.whole_or_none("gainCapMicros", 1, MICROS_MAX)
        daily.done()
    packed[T.RISK] = fields.whole_or_none("riskPerTradeMicros", 1, LIMIT_MS_MAX)
    _read_activity(fields.group("activity"), packed)
    share = fields.group_or_none("consistency")
    if share:
        packed[T.SHARE] = share.whole("sharePpm", 1, MILLION)
        packed[T.SHARE_OF] = share.choice("of", "net", "winning_days")
        packed[T.SHARE_PER] = share.choice("per", "day", "trade")
        packed[T.SHARE_FAILS] = share.choice("severity", "gate", "fail")
        share.done()
    packed[T.TOUCH_BREAKS] = fields.flag("touchBreaks")
    packed[T.TOUCH_MS] = fields.whole("touchMs", 0, 60_000)
    fields.done()


def _read_max_loss(fields: Fields, packed: Wholes) -> None:
    packed[T.MODE] = fields.choice("mode", "static", "trailing_eod", "trailing_closed", "trailing_intraday")
    packed[T.MAX_MICROS], packed[T.MAX_PPM] = _width(fields.group("width"))
    packed[T.TRAILS] = fields.choice("trails", "balance", "equity", "higher")
    packed[T.TESTED_ON] = fields.choice("testedOn", "equity", "balance")
    packed[T.LOCK] = fields.whole_or_none("lockMicros", 0, LIMIT_MS_MAX)
    fields.done()


def _read_activity(fields: Fields, packed: Wholes) -> None:
    packed[T.TRADES_MIN] = fields.whole("tradesMin", 0, 1_000)
    packed[T.TRADE_HELD] = fields.whole("tradeHeldMsMin", 0, LIMIT_MS_MAX)
    packed[T.DAYS_MIN] = fields.whole("daysMin", 0, 365)
    packed[T.DAY_COUNTS_IF] = fields.choice("dayCountsIf", "opened", "closed", "gain", "calendar")
    packed[T.DAY_GAIN] = fields.whole("dayGainMicros", 0, LIMIT_MS_MAX)
    inactivity = fields.whole_or_none("inactivityMs", 1, LIMIT_MS_MAX)
    packed[T.INACTIVITY] = NEVER if inactivity < 0 else inactivity
    packed[T.INACTIVITY_BY] = fields.choice("inactivityBy", "fill", "opened", "closed")
    fields.done()


def _width(fields: Fields) -> tuple[int, int]:
    if fields.has("ppm"):
        ppm = fields.whole("ppm", 1, MILLION)
        fields.done()
        return -1, ppm
    micros = fields.whole("micros", 1, MICROS_MAX)
    fields.done()
    return micros, -1


def _calendar(fields: Fields) -> tuple[Wholes, Wholes]:
    items = fields.items("trades", 1, DAYS_MAX)
    traded = [_flag(item, f"{fields.path('trades')}[{at}]") for at, item in enumerate(items)]
    count = len(traded) + 1
    starts = fields.wholes("startsMs", (count, count), (0, SPAN_MS_MAX))
    fields.done()
    lengths = [until - since for since, until in pairwise(starts)]
    if starts[0] != 0 or not all(DAY_MS_MIN <= length <= DAY_MS_MAX for length in lengths):
        raise Fault(fields.path("startsMs"), "must begin with 0 and go on by days of 22 to 49 hours")
    return np.array(starts, dtype=np.int64), np.array(traded, dtype=np.int64)


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise Fault(path, "must be true or false")
    return value


def _strategy(fields: Fields, packed: Wholes, traded: Wholes) -> tuple[Wholes, Wholes]:
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
