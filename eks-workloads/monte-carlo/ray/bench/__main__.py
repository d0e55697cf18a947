"""
`python -m bench`: reads cases of the fixture's form, a line each, compares all of their paths with the reference's, and
tells as JSON how fast the kernel is on one core beside C and NumPy, and how much faster on two.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from monte_carlo import kernel
from monte_carlo.agreement import disagreement
from monte_carlo.places import T, Wholes
from monte_carlo.state import DAY
from monte_carlo.terms import Terms, terms_of

from . import vectorised
from .native import Native, has_compiler
from .scaling import scaling

Play = Callable[[Terms, int, int, int], tuple[Wholes, Wholes]]

ROUNDS = 3
PATHS = 50_000


def main() -> None:
    measured = int(sys.argv[1])
    compared, agrees, tiers = 0, True, []
    for nth, line in enumerate(sys.stdin):
        case = json.loads(line)
        differs = disagreement(case)
        if differs:
            print(differs, file=sys.stderr)
        compared += case["paths"]
        agrees = agrees and not differs
        if nth < measured:
            tiers.append(terms_of(case["terms"]))
    figures, same = speeds(tiers)
    print(json.dumps({**figures, "scaling": scaling(tiers[0]), "compared": compared, "agrees": agrees and same}))


def speeds(tiers: list[Terms]) -> tuple[dict[str, float], bool]:
    """Steps are the days that were lived through, each with its trades: rest days and pauses are counted as well."""
    with tempfile.TemporaryDirectory() as folder:
        plays: dict[str, Play] = {"numba": kernel.play, "numpy": vectorised.play}
        if has_compiler():
            plays["c"] = Native(Path(folder)).play
        seconds, steps, same = dict.fromkeys(plays, 0.0), 0, True
        for terms in tiers:
            rows, fan = kernel.play(terms, 1, 0, PATHS)
            steps += int(rows[:, DAY].sum()) * int(terms.rules[T.PER_DAY])
            for name, play in plays.items():
                least, (told, counted) = quickest(play, terms)
                seconds[name] += least
                same = same and np.array_equal(told, rows) and np.array_equal(counted, fan)
    ratios = {f"ratio{name.capitalize()}": seconds[name] / seconds["numba"] for name in plays if name != "numba"}
    speed = {
        "pathsPerSecond": round(len(tiers) * PATHS / seconds["numba"]),
        "stepsPerSecond": round(steps / seconds["numba"]),
    }
    return {**speed, **ratios}, same


def quickest(play: Play, terms: Terms) -> tuple[float, tuple[Wholes, Wholes]]:
    """In seconds of the processor; what others do on the machine makes no round quicker."""
    least = float("inf")
    for _ in range(1 if play is vectorised.play else ROUNDS):
        began = time.process_time()
        told = play(terms, 1, 0, PATHS)
        least = min(least, time.process_time() - began)
    return least, told


if __name__ == "__main__":
    main()
