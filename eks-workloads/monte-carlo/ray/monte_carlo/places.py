"""The places of a simulation's terms in an array of whole numbers, and the bounds of what stands there."""

from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

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
# Where a limit, a target and a deadline are that do not exist: nothing reaches it, and what is added to it still fits.
NEVER = 2**61


class T(IntEnum):
    """
    Places in the array of terms. A width has an amount or a share, the other is -1; a limit, a target or a deadline
    that is null is NEVER.
    """

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
