"""Which engine runs, and what is said about it."""

from __future__ import annotations

import logging
import sys

import pytest

import sim
from sim.engine import choice
from sim.engine.choice import LARGE, SMALL, choose, obstacle
from tests.experiment.tiny import tiny

NO_NUMBA = "Numba is not installed"


@pytest.mark.parametrize(
    ("wanted", "years", "engine"),
    [("auto", LARGE - 0.1, "simpy"), ("auto", LARGE, "compiled"), ("compiled", 0.1, "compiled"), ("simpy", 1000.0, "simpy")],
)
def test_large_runs_are_compiled(monkeypatch, wanted, years, engine):
    """Unless an engine is asked for, SimPy runs what is small and the compiled engine what is worth its start. There is nothing to say."""
    monkeypatch.setattr(choice, "obstacle", lambda: "")
    monkeypatch.setattr(choice, "is_kept", lambda: False)
    assert choose(wanted, years) == (engine, "")


@pytest.mark.parametrize(("years", "engine"), [(SMALL - 0.1, "simpy"), (SMALL, "compiled"), (LARGE, "compiled")])
def test_once_it_is_compiled_it_runs_all_but_the_smallest(monkeypatch, years, engine):
    """Reading the code takes less time than a year under SimPy; for the smallest runs nobody looks whether it is there."""
    monkeypatch.setattr(choice, "obstacle", lambda: "")
    monkeypatch.setattr(choice, "is_kept", lambda: True)
    assert choose("auto", years) == (engine, "")


@pytest.mark.parametrize(("wanted", "years", "said"), [("auto", 0.1, False), ("auto", LARGE, True), ("simpy", 99.0, False)])
def test_without_numba_simpy_runs(monkeypatch, wanted, years, said):
    """And it is said wherever the compiled engine would have run."""
    monkeypatch.setattr(choice, "obstacle", lambda: NO_NUMBA)
    engine, notice = choose(wanted, years)
    assert engine == "simpy"
    assert bool(notice) is said
    assert not said or notice.startswith(NO_NUMBA)


def test_the_compiled_engine_by_name_is_refused_without_numba(monkeypatch):
    """Whoever asks for it by name is told why it cannot be, in one line, before anything is computed."""
    monkeypatch.setattr(choice, "obstacle", lambda: NO_NUMBA)
    with pytest.raises(sim.ScenarioError) as told:
        sim.run(tiny(), replications=1, engine="compiled", workers=1)
    assert str(told.value) == "engine: compiled cannot be used here: Numba is not installed; allowed: auto, simpy (with the same results)"


def test_the_notice_reaches_the_reader(monkeypatch):
    """The result carries it, once."""
    monkeypatch.setattr(choice, "obstacle", lambda: NO_NUMBA)
    monkeypatch.setattr(choice, "LARGE", 0.0)
    monkeypatch.setattr(choice, "SMALL", 0.0)
    result = sim.run(tiny(), replications=1, workers=1)
    assert result.plan.engine == "simpy"
    assert result.notices == ("Numba is not installed: the SimPy engine runs instead, with the same results, more slowly.",)
    assert sim.validate(tiny(), replications=1, workers=1).notices == result.notices


def test_what_stands_in_the_way_is_named(monkeypatch, tmp_path):
    """Numba is missing, switched off, or does not fit what else is installed. Small runs do not even look."""
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert obstacle() == "NUMBA_DISABLE_JIT is set"
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "0")
    (tmp_path / "numba.py").write_text("raise ImportError('Numba needs another NumPy')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    assert obstacle() == "Numba cannot be loaded (Numba needs another NumPy)"
    assert choose("auto", 1.0) == ("simpy", "")
    monkeypatch.setitem(sys.modules, "numba", None)
    assert obstacle() == NO_NUMBA
    monkeypatch.undo()
    assert obstacle() == ""


@pytest.mark.parametrize("ready", [True, False])
def test_compiling_is_said_before_it_takes_its_time(monkeypatch, caplog, ready):
    """When the engine has yet to be compiled, and only then."""
    from sim.engine import compiled

    monkeypatch.setattr(compiled, "is_ready", lambda: ready)
    monkeypatch.setattr(compiled, "CompiledArea", lambda *arguments, into, lends: arguments)
    with caplog.at_level(logging.INFO, logger="sim"):
        choice.open_area("compiled", None, 1, 0)
    assert [record.getMessage() for record in caplog.records] == (
        [] if ready else ["Compiling the engine for this machine, once; this takes some 20 seconds, on a slow machine a minute."]
    )


def test_that_nothing_is_kept_is_said(monkeypatch, caplog):
    """A cache that is off or cannot be written costs every run the time to compile: it says why."""
    from sim.engine import compiled

    monkeypatch.setattr(compiled, "is_ready", lambda: False)
    monkeypatch.setattr(compiled, "PLACE", None)
    monkeypatch.setattr(compiled, "CompiledArea", lambda *arguments, into, lends: arguments)
    monkeypatch.setenv("MISSING_SIM_CACHE", "off")
    with caplog.at_level(logging.INFO, logger="sim"):
        choice.open_area("compiled", None, 1, 0)
    (said,) = [record.getMessage() for record in caplog.records]
    assert "for this run only (MISSING_SIM_CACHE is off)" in said
