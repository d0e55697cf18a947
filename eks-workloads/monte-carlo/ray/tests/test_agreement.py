"""
Goal: the kernel is the rules that judge accounts. Each line of the fixture is a simulation with what the reference
sampler of domain/simulation made of its paths: some in full, and a digest of all. Jest checks that it still does.
"""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from monte_carlo.agreement import disagreement, rows_told
from monte_carlo.kernel import play
from monte_carlo.state import RULES
from monte_carlo.terms import terms_of

LINES = (Path(__file__).parents[4] / "test/fixtures/simulation/expected.jsonl").read_text().splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_kernel_agrees_path_by_path(case: dict[str, Any]) -> None:
    told = disagreement(case)
    assert told is None, told


def test_a_path_that_differs_is_told_with_its_case() -> None:
    case = copy.deepcopy(CASES[0])
    case["rows"][1][3] += 1
    assert str(disagreement(case)).startswith(f"{case['name']}: path {case['first'] + 1} is ")
    unseen = {**CASES[0], "digest": "0" * 64}
    assert len(str(disagreement(unseen)).splitlines()) == 1 + unseen["paths"]


def test_the_fixture_has_enough_of_everything() -> None:
    tiers = [case for case in CASES if not case["name"].startswith("random")]
    random = [case for case in CASES if case["name"].startswith("random")]
    assert len(random) == 200
    assert all(case["paths"] >= 200 for case in random)
    assert all(case["paths"] == 2_000 for case in tiers)
    assert sum(case["terms"]["start"]["activeMs"] < 0 for case in random) > 50
    assert sum(case["terms"]["strategy"]["worstDay"] is not None for case in random) > 50


def test_the_paths_have_every_outcome_and_every_rule() -> None:
    ends = set()
    for case in CASES:
        rows, _ = play(terms_of(case["terms"]), int(case["seed"]), case["first"], 100)
        ends |= {tuple(json.loads(row)[:2]) for row in rows_told(rows)}
    assert ends == {("open", "none"), ("passed", "none"), *(("failed", rule) for rule in RULES[1:])}
