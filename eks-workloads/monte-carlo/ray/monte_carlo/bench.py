"""Reads cases a line, as the agreement test does: compares each path, and measures the first few on one core."""

import json
import sys
import time

from .kernel import play
from .state import DAY, OUTCOMES, RULES
from .terms import T, terms_of


def main() -> None:
    measured, paths = (int(each) for each in sys.argv[1:3])
    compared, agrees, played, steps, seconds = 0, True, 0, 0, 0.0
    for nth, line in enumerate(sys.stdin):
        case = json.loads(line)
        terms = terms_of(case["terms"])
        rows, _ = play(terms, int(case["seed"]), case["first"], len(case["rows"]))
        told = [[OUTCOMES[row[0]], RULES[row[1]], *row[2:]] for row in rows.tolist()]
        compared += len(told)
        agrees = agrees and told == case["rows"]
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
