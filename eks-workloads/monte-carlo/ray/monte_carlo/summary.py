"""What many paths came to: whole counts, which add up to the same whatever the order and the chunks."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .kernel import BINS_PER_START, FAN_BINS, bin_width, play
from .places import T, Wholes
from .state import BALANCE, DAY, DRAWDOWN, OUTCOME, OUTCOMES, RULE, RULES, UNDER_WATER
from .terms import Terms

QUANTILES_PERCENT = (5, 25, 50, 75, 95)
DRAWDOWN_BINS = BINS_PER_START + 1


@dataclass
class Summary:
    """`ends` counts verdicts by outcome, rule and day; `fan` balances by day and bin."""

    ends: Wholes
    fan: Wholes
    drawdowns: Wholes
    under_water: Wholes
    balance_cents: int = 0

    @staticmethod
    def empty(terms: Terms) -> "Summary":
        days = terms.days
        return Summary(
            np.zeros((len(OUTCOMES), len(RULES), days + 2), dtype=np.int64),
            np.zeros((days, FAN_BINS), dtype=np.int64),
            np.zeros(DRAWDOWN_BINS, dtype=np.int64),
            np.zeros(days + 2, dtype=np.int64),
        )

    def add(self, other: "Summary") -> None:
        self.ends += other.ends
        self.fan += other.fan
        self.drawdowns += other.drawdowns
        self.under_water += other.under_water
        self.balance_cents += other.balance_cents

    def told(self, terms: Terms) -> dict[str, Any]:
        """As it stands in the result: every number is whole."""
        counts = self.ends.sum(axis=(1, 2))
        width = int(bin_width(int(terms.rules[T.STARTING])))
        return {
            **{outcome: int(count) for outcome, count in zip(OUTCOMES, counts, strict=True)},
            "ends": [
                {
                    "outcome": OUTCOMES[outcome],
                    "rule": RULES[rule],
                    "day": day,
                    "paths": int(self.ends[outcome, rule, day]),
                }
                for outcome, rule, day in np.argwhere(self.ends).tolist()
            ],
            "balanceSumCents": self.balance_cents,
            "binCents": width,
            "fan": [
                {str(percent): _quantile(counted, percent) * width for percent in QUANTILES_PERCENT}
                for counted in self.fan
            ],
            # A path that has ended stays in the fan: its last day is where every path ended.
            "finals": _counted(self.fan[-1]),
            "drawdowns": _counted(self.drawdowns),
            "underWaterDays": _counted(self.under_water),
        }


def _quantile(counted: Wholes, percent: int) -> int:
    """The lowest bin up to which at least so many per cent lie."""
    need = -(-int(counted.sum()) * percent // 100)
    return int(np.searchsorted(np.cumsum(counted), need))


def _counted(bins: Wholes) -> list[list[int]]:
    """Those that hold something: the bin, and how many are in it."""
    return [[int(at), int(bins[at])] for at in np.flatnonzero(bins)]


def summarize(terms: Terms, seed: int, first: int, count: int) -> Summary:
    """Plays paths and keeps what they came to, not the paths: memory does not grow with their number."""
    out, fan = play(terms, seed, first, count)
    summary = Summary.empty(terms)
    np.add.at(summary.ends, (out[:, OUTCOME], out[:, RULE], out[:, DAY]), 1)
    summary.fan += fan
    bins = np.minimum(out[:, DRAWDOWN] // bin_width(int(terms.rules[T.STARTING])), DRAWDOWN_BINS - 1)
    summary.drawdowns += np.bincount(bins, minlength=DRAWDOWN_BINS)
    summary.under_water += np.bincount(out[:, UNDER_WATER], minlength=terms.days + 2)
    summary.balance_cents = int(out[:, BALANCE].sum())
    return summary
