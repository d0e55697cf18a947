"""
How long a run of trades has to be to keep what one has to do with the next: the mean length for the stationary
bootstrap of Politis and White (2004), with the correction of Patton, Politis and White (2009).
"""

import math

import numpy as np

from .compiled import unlocked
from .terms import Wholes


def mean_block_of(results: Wholes) -> int:
    """Rounded up: a run that is too long keeps more than it needs, one that is too short takes luck for skill."""
    return max(1, math.ceil(best_mean_block(results)))


@unlocked
def best_mean_block(results: Wholes) -> float:
    """
    Every sum is taken in order, so that each machine comes to the same. The band, the lags and their count are those
    of Patton's own program; of a short history only lags are looked at that leave two pairs of trades.
    """
    count = len(results)
    most = math.ceil(min(3 * math.sqrt(count), count / 3))
    mean = 0.0
    for at in range(count):
        mean += float(results[at])
    mean /= count
    apart = np.empty(count)
    for at in range(count):
        apart[at] = float(results[at]) - mean
    in_row = max(5, int(math.log10(count)))
    lags = min(math.ceil(math.sqrt(count)) + in_row, count - 2)
    band = 2 * math.sqrt(math.log10(count) / count)
    covariances = np.zeros(lags + 1)
    reach = lags
    quiet = 0
    for lag in range(lags + 1):
        product, later, earlier = 0.0, 0.0, 0.0
        for at in range(lag, count):
            product += apart[at] * apart[at - lag]
        for at in range(lag + 1, count):
            later += apart[at] * apart[at]
            earlier += apart[at - lag - 1] * apart[at - lag - 1]
        covariances[lag] = product / count
        if quiet == in_row:
            continue
        quiet = quiet + 1 if abs(product) < band * math.sqrt(later * earlier) else 0
        if quiet == in_row:
            # The first of a row of lags that tell nothing.
            reach = min(2 * max(lag - in_row + 1, 1), lags)
    spread = covariances[0]
    slope = 0.0
    for lag in range(1, reach + 1):
        weight = 1.0 if 2 * lag <= reach else 2 * (1 - lag / reach)
        slope += 2 * weight * lag * covariances[lag]
        spread += 2 * weight * covariances[lag]
    if spread == 0.0:
        return float(most)
    return min(float(most), float((slope / spread) ** 2 * count) ** (1 / 3))
