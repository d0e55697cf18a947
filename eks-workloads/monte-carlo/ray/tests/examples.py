"""Terms that tests begin with and change."""

import copy
import json
from pathlib import Path
from typing import Any

EXAMPLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "monte_carlo/warm-up.json").read_text())
DAY_MS = 86_400_000


def example(days: int = 20, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any value may be wrong
    """`rules__maxLoss__mode='static'` changes one field by its path."""
    terms = copy.deepcopy(EXAMPLE)
    terms["calendar"] = {"startsMs": [DAY_MS * day for day in range(days + 1)], "trades": [True] * days}
    for path, value in changes.items():
        *groups, name = path.split("__")
        group = terms
        for each in groups:
            group = group[each]
        group[name] = value
    return terms


HISTORY: dict[str, Any] = {
    "kind": "history",
    "meanBlock": 3,
    "resultCents": [-5000, 8000, -3000, 12000, -7000, 4000, 1000, -2000, 9000, -6000],
    "worstCents": [-5000, -100, -3000, 0, -7000, -500, 0, -2500, 0, -6000],
    "bestCents": [0, 8000, 200, 12000, 0, 4500, 1000, 0, 9000, 300],
}
