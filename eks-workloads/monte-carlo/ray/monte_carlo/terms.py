"""A simulation's terms (domain/simulation/kernel-terms.ts) as the kernel reads them: arrays of whole numbers."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .faults import Fault, Fields, whole
from .places import (
    AMOUNT_MAX,
    BALANCE_CENTS_MAX,
    DAY_MS_MAX,
    DAY_MS_MIN,
    DAYS_MAX,
    LIMIT_MS_MAX,
    MICROS_MAX,
    MILLION,
    NEVER,
    PAST_TRADES_MAX,
    SPAN_MS_MAX,
    STARTING_CENTS_MAX,
    T,
    Wholes,
)
from .strategy_terms import read_strategy

# Whoever reads the terms takes what they are bounded by from here.
__all__ = ["AMOUNT_MAX", "MILLION", "PAST_TRADES_MAX", "VERSION", "T", "Terms", "Wholes", "terms_of"]

VERSION = 2


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
    past, worst_day = read_strategy(fields.group("strategy"), packed, traded)
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
    packed[T.TARGET] = packed[T.GAIN_CAP] = NEVER
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
        packed[T.GAIN_CAP] = _or_never(daily.whole_or_none("gainCapMicros", 1, MICROS_MAX))
        daily.done()
    packed[T.RISK] = _or_never(fields.whole_or_none("riskPerTradeMicros", 1, LIMIT_MS_MAX))
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
    packed[T.LOCK] = _or_never(fields.whole_or_none("lockMicros", 0, LIMIT_MS_MAX))
    fields.done()


def _read_activity(fields: Fields, packed: Wholes) -> None:
    packed[T.TRADES_MIN] = fields.whole("tradesMin", 0, 1_000)
    packed[T.TRADE_HELD] = fields.whole("tradeHeldMsMin", 0, LIMIT_MS_MAX)
    packed[T.DAYS_MIN] = fields.whole("daysMin", 0, 365)
    packed[T.DAY_COUNTS_IF] = fields.choice("dayCountsIf", "opened", "closed", "gain", "calendar")
    packed[T.DAY_GAIN] = fields.whole("dayGainMicros", 0, LIMIT_MS_MAX)
    packed[T.INACTIVITY] = _or_never(fields.whole_or_none("inactivityMs", 1, LIMIT_MS_MAX))
    packed[T.INACTIVITY_BY] = fields.choice("inactivityBy", "fill", "opened", "closed")
    fields.done()


def _or_never(value: int) -> int:
    return NEVER if value < 0 else value


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
