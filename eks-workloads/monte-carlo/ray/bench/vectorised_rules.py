"""The rules of monte_carlo/rules.py over many paths at once."""

import numpy as np
from numpy.typing import NDArray

from monte_carlo.limits import NO_ROOM, PEAK
from monte_carlo.places import CENT, MILLION, NEVER, T, Wholes
from monte_carlo.state import S

Mask = NDArray[np.bool_]

_OPEN, _PASSED, _FAILED, _PAUSED, _CLOSE = 0, 1, 2, 3, 4
_DAILY, _MAX, _RISK, _INACTIVITY, _TIME_LIMIT, _CONSISTENCY = 1, 2, 3, 4, 5, 6


class Paths:
    """The state of paths, a row for each place; what they did not live to see leaves them as they were."""

    def __init__(self, t: list[int], count: int) -> None:
        self._t = t
        self.s = np.zeros((len(S), count), dtype=np.int64)
        self.alive: Mask = np.ones(count, dtype=np.bool_)
        self.verdict = np.zeros(count, dtype=np.int64)
        self.rule = np.zeros(count, dtype=np.int64)
        begun = {
            S.BALANCE: T.START_BALANCE,
            S.PEAK: T.START_BALANCE,
            S.DAY_BALANCE: T.START_BALANCE,
            S.HIGH_WATER: T.START_HIGH_WATER,
            S.DAYS_COUNTED: T.START_DAYS,
            S.BEST_DAY: T.START_BEST_DAY,
            S.WINNING_DAYS: T.START_WINNING_DAYS,
            S.TRADES: T.START_TRADES,
            S.WORST_TRADE: T.START_WORST_TRADE,
            S.BEST_TRADE: T.START_BEST_TRADE,
            S.ACTIVE_AT: T.START_ACTIVE,
        }
        for place, term in begun.items():
            self.s[place] = t[term]
        self.s[S.PEAK_DAY] = 1

    def keep(self, staying: Mask) -> None:
        self.s, self.alive = self.s[:, staying], self.alive[staying]
        self.verdict, self.rule = self.verdict[staying], self.rule[staying]

    def begin_day(self, day: int, at: int) -> None:
        t, s = self._t, self.s
        balance = s[S.BALANCE]
        if day > 0:
            result = balance - s[S.DAY_BALANCE]
            s[S.DAYS_COUNTED] += self._day_counts()
            np.maximum(s[S.BEST_DAY], result, out=s[S.BEST_DAY])
            s[S.WINNING_DAYS] += np.maximum(result, 0)
            if t[T.MODE] == 1:
                np.maximum(s[S.HIGH_WATER], balance, out=s[S.HIGH_WATER])
        s[S.DAY] = day + 1
        s[S.DAY_BALANCE] = s[S.DAY_PEAK] = balance
        s[S.DAY_ANCHOR] = t[T.STARTING] if t[T.DAILY] and t[T.DAILY_ANCHOR] == 0 else balance
        s[S.DAY_OPENED] = s[S.DAY_CLOSED] = s[S.PAUSED] = 0
        self._judge(self.alive.copy(), np.full(len(balance), at))

    def trade(self, at: int, held: int, trade: tuple[Wholes, Wholes, Wholes]) -> None:
        t, s = self._t, self.s
        result, worst, best = trade
        late, _ = self._missed(np.int64(at))
        self._end(self.alive & (late > 0), np.full_like(late, _FAILED), late)
        making: Mask = self.alive & (s[S.PAUSED] == 0)
        s[S.OPEN] = making
        s[S.FLOAT] = 0
        s[S.OPENED_AT] = at
        s[S.DAY_OPENED] += making
        if t[T.INACTIVITY_BY] != 2:
            s[S.ACTIVE_AT][making] = at
        self._judge(making, np.full(len(result), at))
        low, high = np.minimum(result, 0), np.maximum(result, 0)
        nth = np.zeros_like(result)
        for visit in (np.where(result > 0, worst, best), np.where(result > 0, best, worst)):
            going: Mask = self.alive & (s[S.OPEN] == 1) & ((visit < low) | (visit > high))
            nth += going
            np.copyto(s[S.FLOAT], visit, where=going)
            self._judge(going, at + held * nth // 3)
        closing: Mask = self.alive & (s[S.OPEN] == 1)
        np.copyto(s[S.FLOAT], result, where=closing)
        until = np.full(len(result), at + held)
        self._close(closing, until)
        self._judge(closing, until)

    def _judge(self, judged: Mask, at: Wholes) -> None:
        t, s = self._t, self.s
        pending, now = judged, at.copy()
        none = np.zeros(len(at), dtype=np.bool_)
        has_paused, has_closed, stood = none.copy(), none.copy(), none.copy()
        while pending.any():
            verdict, rule = self._verdict_of(now, stood)
            is_open: Mask = s[S.OPEN] == 1
            closes: Mask = is_open & ~has_closed & (t[T.DAILY_SEVERITY] == 2)
            pausing = pending & (verdict == _PAUSED) & ~has_paused & ((s[S.PAUSED] == 0) | closes)
            has_paused |= pausing
            s[S.PAUSED][pausing] = 1
            closing = pending & (verdict == _CLOSE) & ~has_closed
            has_closed |= closing
            self._close((pausing & closes) | closing, now)
            left = pending & ~pausing & ~closing
            self._follow(left)
            ended = left & ((verdict == _PASSED) | (verdict == _FAILED))
            self._end(ended, verdict, rule)
            self._close(ended & is_open, now)
            left &= ~ended
            touched = left & ~stood & self._is_touched()
            self._raise_marks(left)
            stood |= touched
            has_paused &= ~touched
            has_closed &= ~touched
            np.copyto(now, at + t[T.TOUCH_MS], where=touched)
            pending = pausing | closing | touched

    def _end(self, ended: Mask, verdict: Wholes, rule: Wholes) -> None:
        np.copyto(self.verdict, verdict, where=ended)
        np.copyto(self.rule, rule, where=ended)
        self.alive &= ~ended

    def _close(self, closing: Mask, at: Wholes) -> None:
        t, s = self._t, self.s
        result = np.where(closing, s[S.FLOAT], 0)
        s[S.BALANCE] += result
        s[S.FLOAT][closing] = 0
        s[S.OPEN][closing] = 0
        s[S.DAY_CLOSED] += closing
        s[S.TRADES] += closing & (at - s[S.OPENED_AT] >= t[T.TRADE_HELD])
        np.maximum(s[S.WORST_TRADE], -result, out=s[S.WORST_TRADE])
        np.maximum(s[S.BEST_TRADE], result, out=s[S.BEST_TRADE])
        if t[T.INACTIVITY_BY] != 1:
            np.copyto(s[S.ACTIVE_AT], at, where=closing)
        if t[T.MODE] == 2:
            np.maximum(s[S.HIGH_WATER], s[S.BALANCE], out=s[S.HIGH_WATER], where=closing)

    def _follow(self, judged: Mask) -> None:
        s = self.s
        equity = s[S.BALANCE] + s[S.FLOAT]
        rises: Mask = judged & (equity >= s[S.PEAK])
        np.copyto(s[S.PEAK], equity, where=rises)
        np.copyto(s[S.PEAK_DAY], s[S.DAY], where=rises)
        falls = judged & ~rises
        np.maximum(s[S.DRAWDOWN], s[S.PEAK] - equity, out=s[S.DRAWDOWN], where=falls)
        np.maximum(s[S.UNDER_WATER], s[S.DAY] - s[S.PEAK_DAY], out=s[S.UNDER_WATER], where=falls)

    def _raise_marks(self, judged: Mask) -> None:
        t, s = self._t, self.s
        equity = s[S.BALANCE] + s[S.FLOAT]
        if t[T.MODE] == 3:
            trailed = (s[S.BALANCE], equity, np.maximum(s[S.BALANCE], equity))[t[T.TRAILS]]
            np.maximum(s[S.HIGH_WATER], trailed, out=s[S.HIGH_WATER], where=judged)
        if t[T.DAILY_ANCHOR] == PEAK:
            np.maximum(s[S.DAY_PEAK], equity, out=s[S.DAY_PEAK], where=judged)

    def _is_broken(self, room: Wholes) -> Mask:
        return room <= 0 if self._t[T.TOUCH_BREAKS] else room < 0

    def _width(self, micros: int, ppm: int, cents: Wholes) -> Wholes:
        return np.full_like(cents, micros) if ppm < 0 else -((-cents * ppm) // 100)

    def _rooms(self) -> tuple[Wholes, Wholes, Wholes]:
        t, s = self._t, self.s
        equity = (s[S.BALANCE] + s[S.FLOAT]) * CENT
        daily = np.full_like(equity, NO_ROOM)
        if t[T.DAILY]:
            anchor = s[S.DAY_PEAK] if t[T.DAILY_ANCHOR] == PEAK else s[S.DAY_ANCHOR]
            daily = equity - anchor * CENT + self._width(t[T.DAILY_MICROS], t[T.DAILY_PPM], anchor)
        mark = s[S.HIGH_WATER]
        floor = np.minimum(mark * CENT - self._width(t[T.MAX_MICROS], t[T.MAX_PPM], mark), t[T.LOCK])
        largest = (s[S.BALANCE] * CENT if t[T.TESTED_ON] else equity) - floor
        closed = s[S.WORST_TRADE] * CENT
        worst = np.where(closed >= t[T.RISK], closed, 0)
        return daily, largest, t[T.RISK] - np.maximum(worst, -s[S.FLOAT] * CENT)

    def _missed(self, at: Wholes | np.int64) -> tuple[Wholes, Wholes]:
        t = self._t
        idle, over = self.s[S.ACTIVE_AT] + t[T.INACTIVITY], t[T.TIME_LIMIT]
        due = np.minimum(idle, over)
        return np.where(due > at, 0, np.where(over < idle, _TIME_LIMIT, _INACTIVITY)), due

    def _day_counts(self) -> Mask:
        t, s = self._t, self.s
        condition = t[T.DAY_COUNTS_IF]
        counted: Mask = np.ones(s.shape[1], dtype=np.bool_)
        if condition == 2:
            counted = (s[S.BALANCE] - s[S.DAY_BALANCE]) * CENT >= t[T.DAY_GAIN]
        elif condition < 2:
            counted = s[S.DAY_CLOSED if condition else S.DAY_OPENED] > 0
        return counted

    def _profit(self, cents: Wholes) -> Wholes:
        return cents - self._t[T.STARTING] - self._t[T.EXCLUDED]

    def _best_and_total(self) -> tuple[Wholes, Wholes]:
        t, s = self._t, self.s
        today = s[S.BALANCE] - s[S.DAY_BALANCE]
        best = np.maximum(s[S.BEST_TRADE], 0) if t[T.SHARE_PER] else np.maximum(s[S.BEST_DAY], today)
        return best, s[S.WINNING_DAYS] + np.maximum(today, 0) if t[T.SHARE_OF] else self._profit(s[S.BALANCE])

    def _gates(self) -> tuple[Mask, Mask, Mask]:
        t, s = self._t, self.s
        counted = s[S.BALANCE] + (s[S.FLOAT] if t[T.TARGET_COUNTS] == 2 else 0)
        target: Mask = self._profit(counted) * CENT >= t[T.TARGET]
        counts: Mask = s[S.TRADES] >= t[T.TRADES_MIN]
        if t[T.DAYS_MIN] > 0:
            counts = counts & (s[S.DAYS_COUNTED] + self._day_counts() >= t[T.DAYS_MIN])
        share: Mask = np.ones(s.shape[1], dtype=np.bool_)
        if t[T.SHARE] >= 0:
            best, total = self._best_and_total()
            share = (total > 0) & (best * MILLION <= t[T.SHARE] * total)
        return target, counts, share

    def _verdict_of(self, at: Wholes, stood: Mask) -> tuple[Wholes, Wholes]:
        """The last that is written wins: from what comes last to what comes first."""
        t, s = self._t, self.s
        daily, largest, risk = self._rooms()
        is_daily, is_max, is_risk = self._is_broken(daily), self._is_broken(largest), self._is_broken(risk)
        fails_daily = is_daily & (t[T.DAILY_SEVERITY] == 0)
        is_flat: Mask = s[S.OPEN] == 0
        verdict, rule = np.zeros_like(at), np.zeros_like(at)
        if t[T.TARGET] != NEVER and t[T.CLOSES_ALL] == 1:
            verdict[~is_flat & self._closes_at_target()] = _CLOSE
        if t[T.DAILY]:
            paused: Mask = s[S.PAUSED] == 1
            capped = (s[S.BALANCE] - s[S.DAY_BALANCE]) * CENT >= t[T.GAIN_CAP]
            asked = ~paused | (~is_flat & (t[T.DAILY_SEVERITY] == 2))
            verdict[asked & (paused | (is_daily & ~fails_daily) | capped)] = _PAUSED
        if t[T.TARGET] != NEVER:
            target, counts, share = self._gates()
            reached = ~(is_daily | is_max | is_risk) & target & counts & (is_flat | (t[T.TARGET_COUNTS] != 0))
            verdict[reached & share] = _PASSED
            if t[T.SHARE_FAILS] == 1:
                too_large = reached & ~share & (self._best_and_total()[1] > 0)
                verdict[too_large], rule[too_large] = _FAILED, _CONSISTENCY
        self._break(verdict, rule, at, stood)
        return verdict, rule

    def _break(self, verdict: Wholes, rule: Wholes, at: Wholes, stood: Mask) -> None:
        """What is overshot the furthest, and before it a deadline that was due earlier."""
        t, s = self._t, self.s
        daily, largest, risk = self._rooms()
        now: Mask = stood | (s[S.OPEN] == 0) | (t[T.TOUCH_MS] == 0)
        least = np.full_like(at, NO_ROOM)
        for_good = self._is_broken(t[T.RISK] - s[S.WORST_TRADE] * CENT)
        limits = (
            (_DAILY, daily, now & (t[T.DAILY_SEVERITY] == 0)),
            (_MAX, largest, now | (t[T.TESTED_ON] == 1)),
            (_RISK, risk, now | for_good),
        )
        broken: Mask = np.zeros(len(at), dtype=np.bool_)
        for name, room, counts in limits:
            first = counts & self._is_broken(room) & (room < least)
            np.copyto(least, room, where=first)
            rule[first] = name
            broken |= first
        late, due = self._missed(at)
        missed = (late > 0) & (~broken | (due < at))
        np.copyto(rule, late, where=missed)
        verdict[broken | missed] = _FAILED

    def _closes_at_target(self) -> Mask:
        t, s = self._t, self.s
        realized = self._profit(s[S.BALANCE])
        target, counts, share = self._gates()
        near: Mask = (realized + s[S.FLOAT]) * CENT >= t[T.TARGET]
        return near & ((realized * CENT < t[T.TARGET]) | (target & counts & share))

    def _is_touched(self) -> Mask:
        if self._t[T.TOUCH_MS] == 0:
            return np.zeros(self.s.shape[1], dtype=np.bool_)
        daily, largest, risk = (self._is_broken(room) for room in self._rooms())
        return (daily & (self._t[T.DAILY_SEVERITY] == 0)) | largest | risk
