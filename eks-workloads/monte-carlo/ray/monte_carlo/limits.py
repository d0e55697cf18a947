"""
The limits of an account: floors, and the room above them. Amounts are in cents, limits and rooms in millionths of a
dollar, as in the rules: a share of an amount is rounded up there, and in cents it would be another number.
"""

from .compiled import compiled
from .places import CENT, T, Wholes
from .state import S

# The anchor of a daily loss that is the highest equity of the day.
PEAK = 4
# What a limit that does not exist leaves: far more than any room.
NO_ROOM = 2**62


@compiled
def width_of(micros: int, ppm: int, cents: int) -> int:
    """In millionths of a dollar; a share is rounded up, the last millionth is the trader's."""
    return micros if ppm < 0 else -((-cents * ppm) // 100)


@compiled
def is_broken(t: Wholes, room: int) -> bool:
    return room <= 0 if t[T.TOUCH_BREAKS] else room < 0


@compiled
def set_daily_floor(t: Wholes, s: Wholes) -> None:
    s[S.DAILY_FLOOR] = -NO_ROOM
    if t[T.DAILY]:
        anchor = s[S.DAY_PEAK] if t[T.DAILY_ANCHOR] == PEAK else s[S.DAY_ANCHOR]
        s[S.DAILY_FLOOR] = anchor * CENT - width_of(t[T.DAILY_MICROS], t[T.DAILY_PPM], anchor)


@compiled
def set_max_floor(t: Wholes, s: Wholes) -> None:
    mark = s[S.HIGH_WATER]
    floor = mark * CENT - width_of(t[T.MAX_MICROS], t[T.MAX_PPM], mark)
    s[S.MAX_FLOOR] = min(floor, t[T.LOCK])


@compiled
def raise_high_water(t: Wholes, s: Wholes, cents: int) -> None:
    if cents > s[S.HIGH_WATER]:
        s[S.HIGH_WATER] = cents
        set_max_floor(t, s)


@compiled
def daily_room(s: Wholes) -> int:
    return (s[S.BALANCE] + s[S.FLOAT]) * CENT - s[S.DAILY_FLOOR]


@compiled
def max_room(t: Wholes, s: Wholes) -> int:
    tested = s[S.BALANCE] + (0 if t[T.TESTED_ON] else s[S.FLOAT])
    return tested * CENT - s[S.MAX_FLOOR]


@compiled
def risk_room(t: Wholes, s: Wholes) -> int:
    """The worst open trade; a closed one counts once its loss has reached the limit, and then for good."""
    closed = s[S.WORST_TRADE] * CENT
    worst = closed if closed >= t[T.RISK] else 0
    return t[T.RISK] - max(worst, -s[S.FLOAT] * CENT)
