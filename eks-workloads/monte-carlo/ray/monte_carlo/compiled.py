"""Numba's decorators with types: what they decorate keeps its own."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    return cast(Function, njit(function))


def inlined(function: Function) -> Function:
    return cast(Function, njit(inline="always")(function))


def unlocked(function: Function) -> Function:
    """Lets the other threads of the process go on while it runs."""
    return cast(Function, njit(nogil=True)(function))
