"""A chunk is asked for until somebody has played it, but not for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Answer = TypeVar("Answer")

ATTEMPTS = 3
# A chunk takes a quarter of a second, and a new worker about ten to start: whoever waits longer waits for nothing.
SECONDS_MAX = 120.0


class ChunkLost(Exception):  # noqa: N818 - told to whoever asked, as the reason of an error
    pass


async def insist(
    ask: Callable[[], Awaitable[Answer]], deaths: tuple[type[Exception], ...], seconds: float = SECONDS_MAX
) -> Answer:
    """Asks again when a worker died over it. What fails by itself would fail again, and is raised at once."""
    for _ in range(ATTEMPTS):
        try:
            return await asyncio.wait_for(ask(), seconds)
        except TimeoutError:
            raise ChunkLost(f"no answer within {seconds} s") from None
        except deaths:
            continue
    raise ChunkLost(f"{ATTEMPTS} workers died over it")
