"""The public interface: what `import sim` offers, and what it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import sim

LARGE = {"numpy", "pandas", "numba", "scipy", "simpy", "pydantic", "plotly", "typer"}


def test_the_list_is_complete_and_sorted():
    """`__all__` holds every name that can be loaded and the version, in order; `dir` shows the same."""
    assert sim.__all__ == sorted(sim.__all__)
    assert set(sim.__all__) == {*sim._HOMES, "__version__"}
    assert dir(sim) == sim.__all__


@pytest.mark.parametrize("name", sim.__all__)
def test_each_name_loads(name):
    """From its home, always the same object, with a docstring."""
    value = getattr(sim, name)
    assert value is getattr(sim, name)
    assert value.__doc__


def test_an_unknown_name_is_an_attribute_error():
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'nothing'"):
        _ = sim.nothing


def test_importing_loads_nothing_large():
    """`import sim` answers at once."""
    code = "import sys, sim; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stdout.split()) & LARGE == set()
