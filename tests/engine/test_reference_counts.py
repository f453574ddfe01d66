"""The engine is compiled without Numba's reference counts, by an option that Numba does not document: with them, the bytes are the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sim.engine.shelf import VARIABLE

COUNTED = """
import numba, numba.extending

def counting(function):
    def with_counts(*arguments, **options):
        for given in (options, options.get("jit_options", {})):
            if "_nrt" in given:
                given["_nrt"] = True
        return function(*arguments, **options)
    return with_counts

numba.njit = counting(numba.njit)
numba.extending.register_jitable = counting(numba.extending.register_jitable)
numba.extending.overload = counting(numba.extending.overload)

from sim.engine import compiled
from tests.engine.equality import Case, differ
from tests.engine.test_equality import BUSY, EXTREMES, LIVELY, WORSE

print(compiled.run.targetoptions["_nrt"], compiled.PLACE)
for case in (Case(BUSY, WORSE, 3, 2, 60, 64), *(Case(LIVELY | extreme, WORSE, 5, 1, 30, 64) for extreme in EXTREMES.values())):
    print(differ(case) or "equal")
"""


@pytest.mark.slow
def test_reference_counts_change_nothing():
    """A busy area and every extreme, branched and switched, compiled with them in a process of its own that keeps nothing."""
    nothing_kept = os.environ | {VARIABLE: "off"}
    done = subprocess.run([sys.executable, "-c", COUNTED], env=nothing_kept, capture_output=True, text=True, timeout=500, check=False)
    said = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert said[0] == "True None"
    assert len(said) > 10
    assert set(said[1:]) == {"equal"}
