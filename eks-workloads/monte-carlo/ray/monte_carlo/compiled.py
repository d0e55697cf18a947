"""
Numba's decorators with types: what they decorate keeps its own. And whole numbers on the stack.

What is compiled is kept on disk only where NUMBA_CACHE_DIR names a folder. Numba looks at the file of a function, not
at those of what it calls: that folder has to be another one for other sources.
"""

import operator
import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic, overload

Function = TypeVar("Function", bound=Callable[..., Any])

_KEPT = "NUMBA_CACHE_DIR" in os.environ


def compiled(function: Function) -> Function:
    """It becomes a part of its caller, so that the compiler sees at once all that is done to a path."""
    return cast(Function, njit(forceinline=True, error_model="numpy", cache=_KEPT)(function))


def inlined(function: Function) -> Function:
    return cast(Function, njit(inline="always")(function))


def unlocked(function: Function) -> Function:
    """Lets the other threads of the process go on while it runs."""
    return cast(Function, njit(nogil=True, error_model="numpy", cache=_KEPT)(function))


def _words(_typing: Any, count: Any) -> Any:  # noqa: ANN401 - Numba's own types have no types
    def codegen(_context: Any, builder: Any, _signature: Any, _args: Any) -> Any:  # noqa: ANN401
        return cgutils.alloca_once(builder, ir.IntType(64), size=count.literal_value)  # type: ignore[no-untyped-call]

    return _WORDS(count), codegen


_WORDS: Any = types.CPointer(types.int64)  # type: ignore[no-untyped-call]

# So many whole numbers on the stack of the function that it is called in. They are counted by no reference and overlap
# no array, so the compiler may keep them in registers: with arrays in their place the kernel took twice as long.
words = cast(Callable[[int], Any], intrinsic(prefer_literal=True)(_words))


def _is_place(pointer: Any, place: Any) -> bool:  # noqa: ANN401
    return isinstance(pointer, types.CPointer) and isinstance(place, types.IntEnumMember)


@overload(operator.getitem, jit_options={"forceinline": True})
def _word_at(pointer: Any, place: Any) -> Any:  # noqa: ANN401
    """Words are read and set by the names of their places, as arrays are."""

    def word(pointer: Any, place: Any) -> Any:  # noqa: ANN401
        return pointer[place.value]

    return word if _is_place(pointer, place) else None


@overload(operator.setitem, jit_options={"forceinline": True})
def _set_word(pointer: Any, place: Any, value: Any) -> Any:  # noqa: ANN401
    def put(pointer: Any, place: Any, value: Any) -> None:  # noqa: ANN401
        pointer[place.value] = value

    return put if _is_place(pointer, place) else None
