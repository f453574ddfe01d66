"""Which engine runs, and what is said about it."""

from __future__ import annotations

import logging

import pytest

import sim
from sim.engine import choice
from sim.engine.choice import LARGE, choose
from tests.experiment.tiny import tiny


@pytest.mark.parametrize(
    ("wanted", "years", "engine"),
    [("auto", LARGE - 0.1, "simpy"), ("auto", LARGE, "compiled"), ("compiled", 0.1, "compiled"), ("simpy", 1000.0, "simpy")],
)
def test_large_runs_are_compiled(monkeypatch, wanted, years, engine):
    """Unless an engine is asked for, SimPy runs what is small and the compiled engine what is worth its start. There is nothing to say."""
    monkeypatch.setattr(choice, "has_numba", lambda: True)
    assert choose(wanted, years) == (engine, "")


@pytest.mark.parametrize(("wanted", "years", "said"), [("auto", 0.1, False), ("auto", LARGE, True), ("compiled", 0.1, True), ("simpy", 99.0, False)])
def test_without_numba_simpy_runs(monkeypatch, wanted, years, said):
    """And it is said wherever the compiled engine would have run."""
    monkeypatch.setattr(choice, "has_numba", lambda: False)
    engine, notice = choose(wanted, years)
    assert engine == "simpy"
    assert bool(notice) is said
    assert not said or "Numba is not installed" in notice


def test_the_notice_reaches_the_reader(monkeypatch):
    """The result carries it, once."""
    monkeypatch.setattr(choice, "has_numba", lambda: False)
    result = sim.run(tiny(), replications=1, engine="compiled", workers=1)
    assert result.plan.engine == "simpy"
    assert result.notices == ("Numba is not installed: the SimPy engine runs instead, with the same results, more slowly.",)
    assert sim.validate(tiny(), replications=1, engine="compiled", workers=1).notices == result.notices


@pytest.mark.parametrize("ready", [True, False])
def test_compiling_is_said_before_it_takes_its_time(monkeypatch, caplog, ready):
    """When the engine has yet to be compiled, and only then."""
    from sim.engine import compiled

    monkeypatch.setattr(compiled, "is_ready", lambda: ready)
    monkeypatch.setattr(compiled, "CompiledArea", lambda *arguments: arguments)
    with caplog.at_level(logging.INFO, logger="sim"):
        choice.open_area("compiled", None, 1, 0)
    assert [record.getMessage() for record in caplog.records] == (
        [] if ready else ["Compiling the engine for this machine, once; this takes about a minute."]
    )
