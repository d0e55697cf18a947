"""How many simulations run at once: whoever comes above that is told to come again."""

from collections.abc import Iterator
from contextlib import contextmanager


class Full(Exception):  # noqa: N818 - a refusal, answered as 429
    pass


class Admission:
    def __init__(self, most: int) -> None:
        self._most = most
        self.running = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        if self.running >= self._most:
            raise Full
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
