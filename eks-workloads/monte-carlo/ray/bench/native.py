"""kernel.c and its rules, built where there is a C compiler."""

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np

from monte_carlo.kernel import FAN_BINS
from monte_carlo.places import T, Wholes
from monte_carlo.state import COLUMNS
from monte_carlo.terms import Terms

SOURCE, RULES = (Path(__file__).with_name(name) for name in ("kernel.c", "rules.h"))
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror")


class Course(ctypes.Structure):
    """As the source has it."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("starts", "traded", "past", "worst_day")),
        *((name, ctypes.c_int64) for name in ("days", "past_count", "worst_count")),
        *((name, ctypes.c_uint32) for name in ("key0", "key1")),
    )


def has_compiler() -> bool:
    return shutil.which("cc") is not None


def places_of(source: str) -> list[str]:
    """The names that the source gives to the places of terms, in their order."""
    found = re.search(r"places\.py, which .*?\nenum \{(.*?)\};", source, re.DOTALL)
    return re.findall(r"\w+", found.group(1)) if found else []


class Native:
    def __init__(self, folder: Path) -> None:
        if places_of(RULES.read_text()) != [place.name for place in T]:
            raise ValueError("rules.h has the terms at other places")
        library = folder / "kernel.so"
        subprocess.run(["cc", *FLAGS, "-o", str(library), str(SOURCE)], check=True)
        self._library = ctypes.CDLL(str(library))

    def play(self, terms: Terms, seed: int, first: int, count: int) -> tuple[Wholes, Wholes]:
        out = np.zeros((count, COLUMNS), dtype=np.int64)
        fan = np.zeros((terms.days, FAN_BINS), dtype=np.int64)
        arrays = (terms.starts, terms.traded, terms.past, terms.worst_day)
        counts = (terms.days, terms.past.shape[1], terms.worst_day.shape[1])
        course = Course(*(array.ctypes.data for array in arrays), *counts, seed & 0xFFFFFFFF, seed >> 32)
        self._library.play(
            ctypes.c_void_p(terms.rules.ctypes.data),
            ctypes.byref(course),
            ctypes.c_int64(first),
            ctypes.c_int64(count),
            ctypes.c_void_p(out.ctypes.data),
            ctypes.c_void_p(fan.ctypes.data),
            ctypes.c_int64(FAN_BINS),
        )
        return out, fan
