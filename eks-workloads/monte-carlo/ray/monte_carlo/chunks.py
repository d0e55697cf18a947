"""A chunk is asked for until somebody has played it, but not for ever."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")
Events = AsyncGenerator[dict[str, Any], None]
log = logging.getLogger("ray.serve")

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


def failure_of(error: Exception) -> dict[str, Any]:
    """Whoever asked learns that it is not their doing; what it was is in the log."""
    log.error("a request failed", exc_info=error)
    return {"type": "error", "reason": "worker_lost" if isinstance(error, ChunkLost) else "chunk_failed"}


async def to_the_end(events: Events) -> Events:
    """The answer has begun as a success: what went wrong since is its last event."""
    try:
        async for event in events:
            yield event
    except Exception as error:
        yield failure_of(error)
    finally:
        await events.aclose()
