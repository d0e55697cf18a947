"""
Goal: the kernel is the rules that judge accounts. Each line of the fixture is a simulation with what the reference
sampler of domain/simulation made of its paths; Jest checks that it still does.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from monte_carlo.kernel import play
from monte_carlo.state import OUTCOMES, RULES
from monte_carlo.terms import terms_of

LINES = (Path(__file__).parents[4] / "test/fixtures/simulation/expected.jsonl").read_text().splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_kernel_agrees_path_by_path(case: dict[str, Any]) -> None:
    rows, _ = play(terms_of(case["terms"]), int(case["seed"]), case["first"], len(case["rows"]))
    told = [[OUTCOMES[row[0]], RULES[row[1]], *row[2:]] for row in rows.tolist()]
    assert told == case["rows"]


def test_the_fixture_has_every_outcome_and_every_rule() -> None:
    ends = {(row[0], row[1]) for case in CASES for row in case["rows"]}
    assert ends == {("open", "none"), ("passed", "none"), *(("failed", rule) for rule in RULES[1:])}
