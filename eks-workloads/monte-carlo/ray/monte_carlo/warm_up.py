"""Compiles the kernels before anybody waits for them, the simulation's for both kinds of strategy."""

import json
from pathlib import Path

import numpy as np

from .resampling import resample
from .summary import summarize
from .terms import terms_of

_TERMS = Path(__file__).with_name("warm-up.json")


def warm_up() -> None:
    summarize(terms_of(json.loads(_TERMS.read_text())), 0, 0, 10)
    resample(np.array([-1, 1] * 5, dtype=np.int64), 0, 0, 10)
