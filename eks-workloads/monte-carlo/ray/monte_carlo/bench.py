"""Reads cases a line, as the agreement test does: compares each path, and measures the first few on one core."""

import json
import sys
import time

from .agreement import disagreement
from .kernel import play
from .state import DAY
from .terms import T, terms_of


def main() -> None:
    measured, paths = (int(each) for each in sys.argv[1:3])
    compared, agrees, played, steps, seconds = 0, True, 0, 0, 0.0
    for nth, line in enumerate(sys.stdin):
        case = json.loads(line)
        terms = terms_of(case["terms"])
        differs = disagreement(case)
        if differs:
            print(differs, file=sys.stderr)
        compared += case["paths"]
        agrees = agrees and not differs
        if nth < measured:
            began = time.process_time()
            rows, _ = play(terms, 1, 0, paths)
            seconds += time.process_time() - began
            played += paths
            # The days that were lived through, each with its trades: rest days and pauses are counted as well.
            steps += int(rows[:, DAY].sum()) * int(terms.rules[T.PER_DAY])
    print(
        json.dumps(
            {
                "pathsPerSecond": round(played / seconds),
                "stepsPerSecond": round(steps / seconds),
                "compared": compared,
                "agrees": agrees,
            }
        )
    )


if __name__ == "__main__":
    main()
