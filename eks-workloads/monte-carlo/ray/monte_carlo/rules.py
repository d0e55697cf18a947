"""The rules of domain/assessment over whole cents."""

from .compiled import compiled
from .limits import (
    NO_ROOM,
    PEAK,
    daily_room,
    is_broken,
    max_room,
    raise_high_water,
    risk_room,
    set_daily_floor,
)
from .places import CENT, MILLION, NEVER, T, Wholes
from .state import S

# Verdicts; the rule of a failure is its place in RULES.
_OPEN, _PASSED, _FAILED, _PAUSED, _CLOSE = 0, 1, 2, 3, 4
_DAILY, _MAX, _RISK, _INACTIVITY, _TIME_LIMIT, _CONSISTENCY = 1, 2, 3, 4, 5, 6

_EOD, _CLOSED, _INTRADAY = 1, 2, 3
_REALIZED_FLAT, _EQUITY = 0, 2
_TRAILS_BALANCE, _TRAILS_EQUITY = 0, 1
_INITIAL = 0
_FAIL, _CLOSES = 0, 2
_COUNTS_OPENED, _COUNTS_CLOSED, _COUNTS_GAIN = 0, 1, 2
_BY_OPENED, _BY_CLOSED = 1, 2


@compiled
def missed(t: Wholes, s: Wholes, at: int) -> tuple[int, int]:
    """The deadline that has come, the earliest first, and when it was due; 0 where none has."""
    idle, over = s[S.ACTIVE_AT] + t[T.INACTIVITY], t[T.TIME_LIMIT]
    if min(idle, over) > at:
        return 0, 0
    return (_TIME_LIMIT, over) if over < idle else (_INACTIVITY, idle)


@compiled
def day_counts(t: Wholes, s: Wholes) -> bool:
    condition = t[T.DAY_COUNTS_IF]
    if condition == _COUNTS_OPENED:
        return s[S.DAY_OPENED] > 0
    if condition == _COUNTS_CLOSED:
        return s[S.DAY_CLOSED] > 0
    if condition == _COUNTS_GAIN:
        return (s[S.BALANCE] - s[S.DAY_BALANCE]) * CENT >= t[T.DAY_GAIN]
    return True


@compiled
def profit_of(t: Wholes, cents: int) -> int:
    """Without the wins that the rules left out before the path began."""
    return cents - t[T.STARTING] - t[T.EXCLUDED]


@compiled
def _best_and_total(t: Wholes, s: Wholes) -> tuple[int, int]:
    today = s[S.BALANCE] - s[S.DAY_BALANCE]
    won = s[S.WINNING_DAYS] + max(today, 0)
    best = max(s[S.BEST_TRADE], 0) if t[T.SHARE_PER] else max(s[S.BEST_DAY], today)
    return best, won if t[T.SHARE_OF] else profit_of(t, s[S.BALANCE])


@compiled
def _gates(t: Wholes, s: Wholes) -> tuple[bool, bool, bool]:
    """Whether the target is met (and nothing open, where that is asked), the counts are, and the share is."""
    counted = s[S.BALANCE] + (s[S.FLOAT] if t[T.TARGET_COUNTS] == _EQUITY else 0)
    target = profit_of(t, counted) * CENT >= t[T.TARGET]
    counts = s[S.TRADES] >= t[T.TRADES_MIN]
    if t[T.DAYS_MIN] > 0:
        counts = counts and s[S.DAYS_COUNTED] + (1 if day_counts(t, s) else 0) >= t[T.DAYS_MIN]
    share = True
    if t[T.SHARE] >= 0:
        best, total = _best_and_total(t, s)
        share = total > 0 and best * MILLION <= t[T.SHARE] * total
    return target, counts, share


@compiled
def verdict_of(t: Wholes, s: Wholes, at: int, stood: bool) -> tuple[int, int]:
    """The verdict and the rule of a failure. `stood`: the price has been touching limits for as long as they ask."""
    daily, largest, risk = daily_room(s), max_room(t, s), risk_room(t, s)
    is_daily, is_max, is_risk = is_broken(t, daily), is_broken(t, largest), is_broken(t, risk)
    fails_daily = is_daily and t[T.DAILY_SEVERITY] == _FAIL
    counts_now = stood or s[S.OPEN] == 0 or t[T.TOUCH_MS] == 0
    rule, room = 0, NO_ROOM
    if fails_daily and counts_now:
        rule, room = _DAILY, daily
    if is_max and (counts_now or t[T.TESTED_ON]) and largest < room:
        rule, room = _MAX, largest
    if is_risk and (counts_now or is_broken(t, t[T.RISK] - s[S.WORST_TRADE] * CENT)) and risk < room:
        rule, room = _RISK, risk
    late, due = missed(t, s, at)
    if late and (rule == 0 or due < at):
        return _FAILED, late
    if rule:
        return _FAILED, rule
    is_flat = s[S.OPEN] == 0
    if t[T.TARGET] != NEVER:
        target, counts, share = _gates(t, s)
        flat = is_flat or t[T.TARGET_COUNTS] != _REALIZED_FLAT
        if not (is_daily or is_max or is_risk) and target and counts and flat:
            if share:
                return _PASSED, 0
            if t[T.SHARE_FAILS] == 1 and _best_and_total(t, s)[1] > 0:
                return _FAILED, _CONSISTENCY
    if t[T.DAILY]:
        closes = t[T.DAILY_SEVERITY] == _CLOSES
        is_paused = s[S.PAUSED] == 1
        if not is_paused or (closes and not is_flat):
            acts = is_daily and not fails_daily
            day = (s[S.BALANCE] - s[S.DAY_BALANCE]) * CENT
            if is_paused or acts or day >= t[T.GAIN_CAP]:
                return _PAUSED, 0
    if not is_flat and t[T.CLOSES_ALL] == 1 and _closes_at_target(t, s):
        return _CLOSE, 0
    return _OPEN, 0


@compiled
def _closes_at_target(t: Wholes, s: Wholes) -> bool:
    realized = profit_of(t, s[S.BALANCE])
    if (realized + s[S.FLOAT]) * CENT < t[T.TARGET]:
        return False
    if realized * CENT < t[T.TARGET]:
        return True
    target, counts, share = _gates(t, s)
    return target and counts and share


@compiled
def close_trade(t: Wholes, s: Wholes, at: int) -> None:
    """Closes the open trade at what it stands at."""
    result = s[S.FLOAT]
    s[S.BALANCE] += result
    s[S.FLOAT] = 0
    s[S.OPEN] = 0
    s[S.DAY_CLOSED] += 1
    if at - s[S.OPENED_AT] >= t[T.TRADE_HELD]:
        s[S.TRADES] += 1
    s[S.WORST_TRADE] = max(s[S.WORST_TRADE], -result)
    s[S.BEST_TRADE] = max(s[S.BEST_TRADE], result)
    if t[T.INACTIVITY_BY] != _BY_OPENED:
        s[S.ACTIVE_AT] = at
    if t[T.MODE] == _CLOSED:
        raise_high_water(t, s, s[S.BALANCE])


@compiled
def open_trade(t: Wholes, s: Wholes, at: int) -> None:
    s[S.OPEN] = 1
    s[S.FLOAT] = 0
    s[S.OPENED_AT] = at
    s[S.DAY_OPENED] += 1
    if t[T.INACTIVITY_BY] != _BY_CLOSED:
        s[S.ACTIVE_AT] = at


@compiled
def open_day(t: Wholes, s: Wholes) -> None:
    """Counts the day that is over, and takes what the next one counts from; nothing is open between days."""
    balance = s[S.BALANCE]
    result = balance - s[S.DAY_BALANCE]
    if day_counts(t, s):
        s[S.DAYS_COUNTED] += 1
    s[S.BEST_DAY] = max(s[S.BEST_DAY], result)
    s[S.WINNING_DAYS] += max(result, 0)
    if t[T.MODE] == _EOD:
        raise_high_water(t, s, balance)
    begin_day(t, s)


@compiled
def begin_day(t: Wholes, s: Wholes) -> None:
    balance = s[S.BALANCE]
    s[S.DAY_BALANCE] = balance
    s[S.DAY_PEAK] = balance
    s[S.DAY_ANCHOR] = t[T.STARTING] if t[T.DAILY] and t[T.DAILY_ANCHOR] == _INITIAL else balance
    s[S.DAY_OPENED] = 0
    s[S.DAY_CLOSED] = 0
    s[S.PAUSED] = 0
    set_daily_floor(t, s)


@compiled
def judge(t: Wholes, s: Wholes, at: int) -> tuple[int, int]:
    """Judges at this moment, and does what a rule asks for without failing; marks rise after the test."""
    if _is_quiet(t, s, at):
        _follow(s)
        _raise_marks(t, s)
        return _OPEN, 0
    return _judge_closely(t, s, at)


@compiled
def _is_quiet(t: Wholes, s: Wholes, at: int) -> bool:
    """
    Whether no limit, no target and no deadline is reached, as in nine of ten judgements. All is looked at without a
    branch, which costs less than to look at one after another.
    """
    limits = (daily_room(s) > 0) & (max_room(t, s) > 0) & (risk_room(t, s) > 0)
    target = profit_of(t, s[S.BALANCE] + max(s[S.FLOAT], 0)) * CENT < t[T.TARGET]
    pause = (s[S.PAUSED] == 0) & ((s[S.BALANCE] - s[S.DAY_BALANCE]) * CENT < t[T.GAIN_CAP])
    return limits & target & pause & (min(s[S.ACTIVE_AT] + t[T.INACTIVITY], t[T.TIME_LIMIT]) > at)


@compiled
def _judge_closely(t: Wholes, s: Wholes, at: int) -> tuple[int, int]:
    has_paused, has_closed, stood = False, False, False
    now = at
    while True:
        verdict, rule = verdict_of(t, s, now, stood)
        if verdict == _PAUSED and not has_paused:
            closes = t[T.DAILY_SEVERITY] == _CLOSES and s[S.OPEN] == 1 and not has_closed
            if s[S.PAUSED] == 0 or closes:
                has_paused = True
                s[S.PAUSED] = 1
                if closes:
                    close_trade(t, s, now)
                continue
        if verdict == _CLOSE and not has_closed:
            has_closed = True
            close_trade(t, s, now)
            continue
        _follow(s)
        if verdict in (_PASSED, _FAILED):
            if s[S.OPEN] == 1:
                close_trade(t, s, now)
            return verdict, rule
        is_touched = not stood and _is_touched(t, s)
        _raise_marks(t, s)
        if not is_touched:
            return _OPEN, 0
        # The price stands for as long as a limit has to be touched.
        stood, has_paused, has_closed = True, False, False
        now = at + t[T.TOUCH_MS]


@compiled
def _is_touched(t: Wholes, s: Wholes) -> bool:
    if t[T.TOUCH_MS] == 0:
        return False
    fails_daily = t[T.DAILY_SEVERITY] == _FAIL and is_broken(t, daily_room(s))
    return fails_daily or is_broken(t, max_room(t, s)) or is_broken(t, risk_room(t, s))


@compiled
def _raise_marks(t: Wholes, s: Wholes) -> None:
    equity = s[S.BALANCE] + s[S.FLOAT]
    if t[T.MODE] == _INTRADAY:
        trailed = equity
        if t[T.TRAILS] == _TRAILS_BALANCE:
            trailed = s[S.BALANCE]
        elif t[T.TRAILS] != _TRAILS_EQUITY:
            trailed = max(s[S.BALANCE], equity)
        raise_high_water(t, s, trailed)
    if t[T.DAILY_ANCHOR] == PEAK and equity > s[S.DAY_PEAK]:
        s[S.DAY_PEAK] = equity
        set_daily_floor(t, s)


@compiled
def _follow(s: Wholes) -> None:
    equity = s[S.BALANCE] + s[S.FLOAT]
    if equity >= s[S.PEAK]:
        s[S.PEAK] = equity
        s[S.PEAK_DAY] = s[S.DAY]
        return
    s[S.DRAWDOWN] = max(s[S.DRAWDOWN], s[S.PEAK] - equity)
    s[S.UNDER_WATER] = max(s[S.UNDER_WATER], s[S.DAY] - s[S.PEAK_DAY])
