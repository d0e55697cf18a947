"""Philox4x32-10 (Salmon, Moraes, Dror and Shaw, 2011), word for word as domain/simulation/philox.ts has it."""

from typing import Any

from numba import uint32, uint64

from .compiled import inlined

_M0 = uint64(0xD2511F53)
_M1 = uint64(0xCD9E8D57)
_W0 = uint32(0x9E3779B9)
_W1 = uint32(0xBB67AE85)
_LOW = uint64(0xFFFFFFFF)
_HALF = uint64(32)


@inlined
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[Any, Any, Any, Any]:
    """Four words of 32 bits from a counter and a key, all of them without a sign."""
    a, b, c, d = uint32(c0), uint32(c1), uint32(c2), uint32(c3)
    key0, key1 = uint32(k0), uint32(k1)
    for _ in range(10):
        product0 = _M0 * uint64(a)
        product1 = _M1 * uint64(c)
        a, b, c, d = (
            uint32(uint32(product1 >> _HALF) ^ b ^ key0),
            uint32(product1 & _LOW),
            uint32(uint32(product0 >> _HALF) ^ d ^ key1),
            uint32(product0 & _LOW),
        )
        key0 = uint32(key0 + _W0)
        key1 = uint32(key1 + _W1)
    return a, b, c, d
