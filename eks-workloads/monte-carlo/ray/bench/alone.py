"""`python -m bench.alone`: seconds that the kernel takes for a request of the service, in one process, once warm."""

import sys
import time

from monte_carlo.simulation import Request, request_of
from monte_carlo.summary import summarize

ROUNDS = 3


def main() -> None:
    request = request_of(sys.stdin.buffer.read())
    summarize(request.terms, request.seed, 0, 1)
    print(min(seconds_of(request) for _ in range(ROUNDS)))


def seconds_of(request: Request) -> float:
    began = time.perf_counter()
    summarize(request.terms, request.seed, 0, request.paths)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
