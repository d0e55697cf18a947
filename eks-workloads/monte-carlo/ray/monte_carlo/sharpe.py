"""
The Sharpe ratio of single trades, and what is left of it once one knows how many strategies were tried (Bailey and
López de Prado, "The Deflated Sharpe Ratio", 2014).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()
_EULER = 0.5772156649015329
# A history of two values alone may bring the variance of its ratio to nothing, and with that a false certainty.
_VARIANCE_MIN = 1e-9


@dataclass(frozen=True)
class Moments:
    """`kurtosis` is 3 for a normal distribution."""

    count: int
    sharpe: float
    skewness: float
    kurtosis: float


def moments_of(results: list[int]) -> Moments:
    count = len(results)
    mean = sum(results) / count
    second, third, fourth = (math.fsum((each - mean) ** power for each in results) / count for power in (2, 3, 4))
    deviation = math.sqrt(second * count / (count - 1))
    return Moments(count, mean / deviation, third / second**1.5, fourth / second**2)


def best_by_luck(trials: int, variance: float) -> float:
    """The highest ratio that is to be expected of so many strategies without an edge, whose ratios vary so much."""
    if trials == 1:
        return 0.0
    high = _NORMAL.inv_cdf(1 - 1 / trials)
    higher = _NORMAL.inv_cdf(1 - 1 / (trials * math.e))
    return math.sqrt(variance) * ((1 - _EULER) * high + _EULER * higher)


def deflated_sharpe(moments: Moments, threshold: float) -> float:
    """The probability that the true ratio lies above the threshold."""
    sharpe = moments.sharpe
    variance = 1 - moments.skewness * sharpe + (moments.kurtosis - 1) / 4 * sharpe**2
    score = (sharpe - threshold) * math.sqrt((moments.count - 1) / max(variance, _VARIANCE_MIN))
    return _NORMAL.cdf(score)
