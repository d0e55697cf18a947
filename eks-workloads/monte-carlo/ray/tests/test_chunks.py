"""Goal: a worker that dies costs a request time, never its answer; one that nobody can play is said to be lost."""

import asyncio

import pytest

from monte_carlo.chunks import ATTEMPTS, ChunkLost, insist


class Died(Exception):  # noqa: N818
    pass


def asked(outcomes: list[object]) -> tuple[object, int]:
    left = list(outcomes)

    async def ask() -> object:
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome == "silence":
            await asyncio.Event().wait()
        return outcome

    try:
        answer: object = asyncio.run(insist(ask, (Died,), 0.01))
    except Exception as error:
        answer = error
    return answer, len(outcomes) - len(left)


def test_another_worker_plays_what_one_died_over() -> None:
    assert asked([Died(), Died(), "played"]) == ("played", ATTEMPTS)


def test_a_chunk_that_kills_every_worker_is_given_up() -> None:
    answer, attempts = asked([Died()] * 9)
    assert isinstance(answer, ChunkLost)
    assert attempts == ATTEMPTS


def test_what_fails_by_itself_is_not_tried_again() -> None:
    fault = ValueError("of our own")
    assert asked([fault, "played"]) == (fault, 1)


@pytest.mark.parametrize("outcomes", [["silence"], [Died(), "silence"]])
def test_nobody_waits_for_ever(outcomes: list[object]) -> None:
    answer, _ = asked(outcomes)
    assert isinstance(answer, ChunkLost)
