"""What the kernel remembers of an account on its path: places in an array of whole numbers, amounts in cents."""

from enum import IntEnum, auto


class S(IntEnum):
    """
    `FLOAT` is what the open trade would bring; without one (`OPEN` is 0) it is 0. The floors are in millionths of a
    dollar, and set when what they count from moves.
    """

    BALANCE = 0
    OPEN = auto()
    FLOAT = auto()
    OPENED_AT = auto()
    HIGH_WATER = auto()
    DAY_PEAK = auto()
    DAY_ANCHOR = auto()
    DAY_BALANCE = auto()
    DAY_OPENED = auto()
    DAY_CLOSED = auto()
    PAUSED = auto()
    DAYS_COUNTED = auto()
    BEST_DAY = auto()
    WINNING_DAYS = auto()
    TRADES = auto()
    WORST_TRADE = auto()
    BEST_TRADE = auto()
    ACTIVE_AT = auto()
    DAY = auto()
    PEAK = auto()
    PEAK_DAY = auto()
    DRAWDOWN = auto()
    UNDER_WATER = auto()
    DAILY_FLOOR = auto()
    MAX_FLOOR = auto()


# Results: their places in a row of outcomes, and what the first two hold.
OUTCOME, RULE, DAY, BALANCE, DRAWDOWN, UNDER_WATER = range(6)
COLUMNS = 6
OUTCOMES = ("open", "passed", "failed")
RULES = ("none", "daily_loss", "max_drawdown", "risk_per_trade", "inactivity", "time_limit", "consistency")
