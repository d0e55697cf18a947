"""Goal: whoever sends what the kernel cannot play is told which field and why, and nothing unknown is passed over."""

import json
from typing import Any

import pytest

from monte_carlo.bodies import BODY_BYTES_MAX
from monte_carlo.faults import Fault
from monte_carlo.simulation import request_of
from monte_carlo.terms import terms_of

from .examples import HISTORY, example

NOT_WITHIN = {**HISTORY, "bestCents": [0] * 10}
ONLY_WINS = {**HISTORY, "resultCents": [1] * 10, "worstCents": [0] * 10, "bestCents": [1] * 10}
WORST = {"day": 3, "heldMs": 600, "slotMs": 1_000, "resultCents": [-1], "worstCents": [-1], "bestCents": [0]}
TOO_FEW = {**HISTORY, "resultCents": [-1] * 9}


def fault_of(terms: object) -> str:
    with pytest.raises(Fault) as raised:
        terms_of(terms)
    return f"{raised.value.field}: {raised.value.rule}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 1}, "terms.version: must be a whole number from 2 to 2"),
        ({"rules__activity__timeLimitMs": 1}, "terms.rules.activity.timeLimitMs: is not known here"),
        ({"start__balanceCents": 10**13}, "terms.start.balanceCents: must be a whole number from -9000000000000"),
        ({"start__highWaterCents": None}, "terms.start.highWaterCents: must be a whole number"),
        ({"start__activeMs": 1}, "terms.start.activeMs: must be a whole number from -9007199254740992 to 0"),
        ({"start__timeLimitMs": 1.5}, "terms.start.timeLimitMs: must be a whole number"),
        ({"start__luck": 1}, "terms.start.luck: is not known here"),
        ({"start__winningDaysCents": 9 * 10**12}, "terms.strategy.trades: must keep a path below"),
        (
            {"strategy__worstDay": {**WORST, "day": 20}},
            "terms.strategy.worstDay.day: must be a whole number from 0 to 19",
        ),
        ({"strategy__worstDay": {**WORST, "slotMs": 8 * 3_600_000 * 3}}, "terms.strategy.worstDay.slotMs: must leave"),
        (
            {"strategy__worstDay": {**WORST, "heldMs": 1_000}},
            "terms.strategy.worstDay.heldMs: must be a whole number from 3 to 999",
        ),
        ({"strategy__worstDay": {**WORST, "bestCents": [-1]}}, "terms.strategy.worstDay.bestCents[0]: must be"),
        ({"rules__lossLayers": []}, "terms.rules.lossLayers: is not known here"),
        ({"rules__startingCents": 1.5}, "terms.rules.startingCents: must be a whole"),
        ({"rules__startingCents": True}, "terms.rules.startingCents: must be a whole"),
        ({"rules__startingCents": float("nan")}, "terms.rules.startingCents: must be a whole"),
        ({"rules__maxLoss__mode": "hopeful"}, "terms.rules.maxLoss.mode: must be one of static, trailing_eod"),
        ({"rules__maxLoss__width": {}}, "terms.rules.maxLoss.width.micros: is missing"),
        ({"rules__maxLoss__width": {"micros": 1, "ppm": 1}}, "terms.rules.maxLoss.width.micros: is not known here"),
        ({"rules__activity__dayCountsIf": "size"}, "terms.rules.activity.dayCountsIf: must be one of opened"),
        ({"rules__touchBreaks": 1}, "terms.rules.touchBreaks: must be true or false"),
        ({"calendar__startsMs": [0]}, "terms.calendar.startsMs: must be a list of 21 to 21"),
        ({"calendar__trades": [1]}, "terms.calendar.trades[0]: must be true or false"),
        ({"strategy__tradesPerDay": 51}, "terms.strategy.tradesPerDay: must be a whole number from 1 to 50"),
        ({"strategy__slotMs": 8 * 3_600_000}, "terms.strategy.slotMs: must leave room for the trades"),
        ({"strategy__trades__winPpm": 1_000_000}, "terms.strategy.trades.winPpm: must be a whole number from 1"),
        ({"strategy__trades": TOO_FEW}, "terms.strategy.trades.resultCents: must be a list of 10"),
        ({"strategy__trades": NOT_WITHIN}, "terms.strategy.trades.resultCents[1]: must lie between"),
        ({"strategy__trades": ONLY_WINS}, "terms.strategy.trades.resultCents: must have a loss"),
        ({"strategy__trades": None}, "terms.strategy.trades: must be an object"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], told: str) -> None:
    assert fault_of(example(**change)).startswith(told)


def test_a_day_that_is_none_is_refused() -> None:
    terms = example()
    terms["calendar"]["startsMs"][3] += 40 * 3_600_000
    assert "startsMs: must begin with 0 and go on by days" in fault_of(terms)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"seed": 1}, "seed: must be text of a whole number"),
        ({"seed": "18446744073709551616"}, "seed: must be text"),
        ({"seed": "-1"}, "seed: must be text"),
        ({"paths": 0}, "paths: must be a whole number from 1"),
        ({"paths": 1_000_001}, "paths: must be a whole number from 1 to 1000000"),
        ({"workers": 9}, "workers: is not known here"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(Fault) as raised:
        request_of(json.dumps({"terms": example(), "seed": "1", "paths": 10, **change}).encode())
    assert str(raised.value).startswith(told)


def test_a_worst_day_is_one_that_is_traded() -> None:
    terms = example(strategy__worstDay=WORST)
    terms["calendar"]["trades"][3] = False
    assert fault_of(terms) == "terms.strategy.worstDay.day: must be a day that is traded"


def test_a_request_is_bounded_by_its_trades() -> None:
    terms = example(365, strategy__tradesPerDay=50, strategy__slotMs=1_500_000)
    body = json.dumps({"terms": terms, "seed": "1", "paths": 1_000_000}).encode()
    with pytest.raises(Fault, match=r"paths: must be at most 27397 with 18250 trades a path"):
        request_of(body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{", "body: must be JSON"),
        (b"\xff", "body: must be JSON"),
        (b"[" * 100_000, "body: must be JSON"),
        (b"[]", "body: must be an object"),
        (b" " * (BODY_BYTES_MAX + 1), "body: must be at most 1000000 bytes"),
    ],
)
def test_a_body_that_is_none_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(Fault) as raised:
        request_of(body)
    assert str(raised.value).startswith(told)
