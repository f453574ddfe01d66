"""What is loaded, and when: help answers at once, and scenarios are read without numerical packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import app

ROOT = Path(__file__).parents[2]
NUMERICAL = {"numpy", "pandas", "numba", "scipy", "pyarrow", "simpy"}
DRAWING = {"plotly", "jinja2"}


def loaded(code: str) -> set[str]:
    """The packages in memory after `code` ran in a process of its own."""
    report = "import sys; print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    program = f"import atexit\natexit.register(lambda: exec({report!r}))\n{code}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_large(arguments):
    """Help and version are printed before any large package is loaded."""
    modules = loaded(f"import sys\nsys.argv[1:] = {arguments}\nfrom sim.cli import main\nmain()")
    assert "typer" in modules
    assert modules & (NUMERICAL | DRAWING | {"pydantic"}) == set()


@pytest.mark.parametrize("name", [command.name or command.callback.__name__ for command in app.registered_commands if command.callback])
def test_help_on_a_command_loads_no_numerical_package(name):
    """The same holds for each command's own page, but for pydantic, which the parser of options uses itself."""
    modules = loaded(f"import sys\nsys.argv[1:] = [{name!r}, '--help']\nfrom sim.cli import main\nmain()")
    assert modules & (NUMERICAL | DRAWING) == set()


def test_help_answers_at_once():
    """Help takes less than 0.4 seconds of processor time, at the best of three."""

    def seconds() -> float:
        process = subprocess.Popen([sys.executable, "-m", "sim", "--help"], cwd=ROOT, stdout=subprocess.DEVNULL)
        usage = os.wait4(process.pid, 0)[2]
        return usage.ru_utime + usage.ru_stime

    assert min(seconds() for _ in range(3)) < 0.4


def test_reading_a_scenario_loads_no_numerical_package():
    """A scenario is loaded and compared without any of them."""
    modules = loaded("from sim.scenario import *\ndifferences(load('baseline'), load('baseline'))\njson_schema()")
    assert "pydantic" in modules
    assert modules & NUMERICAL == set()


def test_reading_and_keeping_draws_loads_no_pandas(tmp_path):
    """Pandas would take as much memory as two simulated counties. What is kept is what was read, number for number."""
    code = f"""
from pathlib import Path
from sim.experiment.draws import keep, kept
from sim.experiment.posterior import posterior
place = Path({str(tmp_path / "draws.parquet")!r})
keep(posterior(), place)
again = kept(place, "")
assert again.names == posterior().names
assert len(again.rows) > 0 and (again.rows == posterior().rows).all()
"""
    modules = loaded(code)
    assert "pyarrow" in modules
    assert "pandas" not in modules


def test_the_public_names_are_sorted_and_complete():
    """`__all__` of the scenario package lists every public name it has, in order."""
    import sim.scenario as package

    public = {name for name, value in vars(package).items() if not name.startswith("_") and not isinstance(value, type(sys))}
    assert set(package.__all__) == public - {"annotations"}
    assert package.__all__ == sorted(package.__all__)
