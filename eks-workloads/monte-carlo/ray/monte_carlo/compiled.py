"""
Numba's decorators with types: what they decorate keeps its own.

What is compiled is kept on disk only where NUMBA_CACHE_DIR names a folder. Numba looks at the file of a function, not
at those of what it calls: that folder has to be another one for other sources.
"""

import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

_KEPT = "NUMBA_CACHE_DIR" in os.environ


def compiled(function: Function) -> Function:
    return cast(Function, njit(cache=_KEPT)(function))


def inlined(function: Function) -> Function:
    return cast(Function, njit(inline="always")(function))


def unlocked(function: Function) -> Function:
    """Lets the other threads of the process go on while it runs."""
    return cast(Function, njit(nogil=True, cache=_KEPT)(function))
