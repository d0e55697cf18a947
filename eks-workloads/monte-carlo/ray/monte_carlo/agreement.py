"""What the kernel makes of a case of the fixture, in the words of the reference (test/fixtures/simulation)."""

import hashlib
import json
from typing import Any

from .kernel import play
from .places import Wholes
from .state import OUTCOMES, RULES
from .terms import terms_of


def rows_told(rows: Wholes) -> list[str]:
    """A row each: outcome, rule, day, balance, drawdown, days under water."""
    return [json.dumps([OUTCOMES[row[0]], RULES[row[1]], *row[2:]], separators=(",", ":")) for row in rows.tolist()]


def digest_of(told: list[str]) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def disagreement(case: dict[str, Any]) -> str | None:
    """Which row differs, or, where no row of the fixture does, that the digest of all rows is another."""
    rows, _ = play(terms_of(case["terms"]), int(case["seed"]), case["first"], case["paths"])
    told = rows_told(rows)
    for nth, row in enumerate(case["rows"]):
        expected = json.dumps(row, separators=(",", ":"))
        if told[nth] != expected:
            return f"{case['name']}: path {case['first'] + nth} is {told[nth]}, and by the reference {expected}"
    if digest_of(told) != case["digest"]:
        listed = "\n".join(f"{case['first'] + nth} {row}" for nth, row in enumerate(told))
        return f"{case['name']}: the digest of {case['paths']} paths differs; the kernel's rows:\n{listed}"
    return None
