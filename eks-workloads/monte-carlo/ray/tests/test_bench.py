"""Goal: what the kernel is measured against does the same work: the same outcomes of the same paths."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import native, vectorised
from monte_carlo import kernel
from monte_carlo.terms import terms_of

LINES = (Path(__file__).parents[4] / "test/fixtures/simulation/expected.jsonl").read_text().splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
PATHS = 60


def test_numpy_plays_the_same_paths() -> None:
    differing = [case["name"] for case in CASES if not plays_the_same(vectorised.play, case)]
    assert differing == []


@pytest.mark.skipif(not native.has_compiler(), reason="there is no C compiler here")
def test_c_plays_the_same_paths(tmp_path: Path) -> None:
    play = native.Native(tmp_path).play
    assert [case["name"] for case in CASES if not plays_the_same(play, case)] == []


def plays_the_same(play: Any, case: dict[str, Any]) -> bool:  # noqa: ANN401
    asked = terms_of(case["terms"]), int(case["seed"]), case["first"], PATHS
    (rows, fan), (expected, counted) = play(*asked), kernel.play(*asked)
    return np.array_equal(rows, expected) and np.array_equal(fan, counted)
