"""What every request has in common: a bounded body of JSON, and a seed."""

import json

from .faults import Fault, Fields

BODY_BYTES_MAX = 1_000_000


def fields_of(body: bytes) -> Fields:
    if len(body) > BODY_BYTES_MAX:
        raise Fault("body", f"must be at most {BODY_BYTES_MAX} bytes")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise Fault("body", "must be JSON") from None
    return Fields(value, "")


def seed_of(fields: Fields) -> int:
    seed = fields.take("seed")
    # 64 bits do not fit into a number of JSON everywhere: it is decimal text.
    if not isinstance(seed, str) or not seed.isascii() or not seed.isdigit() or len(seed) > 20 or int(seed) >= 2**64:
        raise Fault("seed", "must be text of a whole number from 0 to 18446744073709551615")
    return int(seed)
