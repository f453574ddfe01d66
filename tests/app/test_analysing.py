"""Requests of the Analyse page: their size is told before, capped, and equal to what the command would do."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from sim.app import analysing
from sim.app.chosen import Chosen
from sim.app.limits import MOST_RUNS, steps, within
from sim.scenario import ScenarioError, load


@pytest.fixture(scope="module")
def usual():
    return load("baseline", area="small-force")


def request(scenario, method="sweep", **more):
    levers = {"night-officers": "0:2", "interviewers": "0:1"} if method == "frontier" else {"practice.desk_based_share": "0.1:0.9:4"}
    given = {"amount": 3, "measures": ("T2",), "levers": levers} | more
    return analysing.Request(method, Chosen(scenario), "small-force", **given)


def test_the_size_of_a_request(usual):
    two = {"practice.desk_based_share": "0.1:0.9:4", "practice.overnight_activity": "0.2,0.4"}
    parameters = ("practice.desk_based_share", "practice.overnight_activity")
    assert request(usual).runs == (4 + 1) * 3
    assert request(usual, "heat", levers=two).runs == (8 + 1) * 3
    assert request(usual, "tornado", parameters=parameters).runs == (2 * 2 + 1) * 3
    assert request(usual, "morris", parameters=parameters).runs == (2 + 2) * 3
    assert request(usual, "sobol", parameters=parameters, amount=16).runs == (2 + 3) * 16
    assert request(usual, "frontier").runs == 3 * 2 * 3


def test_too_much_is_refused_with_the_cap(usual):
    with pytest.raises(ScenarioError, match=f"at most {MOST_RUNS:,}"):
        analysing.work(request(usual, amount=MOST_RUNS))
    with pytest.raises(ScenarioError, match="70 combinations are asked for; allowed: at most 64"):
        analysing.work(request(usual, "frontier", levers={"night-officers": "0:9", "desk-day": "0:6"}))
    within("", MOST_RUNS)


def test_the_command_is_a_command_of_this_program(usual, capsys):
    """What the page shows is taken by the command line: options and values parse (the command is stopped before it simulates)."""
    import click
    import typer

    from sim.cli import app

    root = typer.main.get_command(app)
    parameters = ("practice.desk_based_share",)
    for method in analysing.METHODS:
        asked = request(usual, method, parameters=() if method in analysing.SWEEPS else parameters, amount=8, budget=300_000)
        words = shlex.split(asked.command)[1:]
        command = root
        while hasattr(command, "commands") and words[0] in command.commands:
            command = command.commands[words.pop(0)]
        command.make_context(command.name, words, resilient_parsing=False)
    assert click is not None


def test_the_python_is_python(usual):
    for method in analysing.METHODS:
        compile(request(usual, method).python, "shown", "exec")


def test_a_file_of_ones_own_is_named_by_its_path(usual):
    chosen = Chosen(usual.model_copy(update={"name": "our-nights"}), "a file")
    for method in analysing.METHODS:
        asked = replace(request(usual, method), chosen=chosen)
        assert " ./our-nights.toml --" in asked.command
        assert "('./our-nights.toml', " in asked.python


def test_an_answer_is_shown_again_as_it_gets_surer():
    assert steps(10) == (4, 10)
    assert steps(50) == (4, 10, 20, 50)
    assert steps(3) == (3,)


@pytest.mark.slow
@pytest.mark.parametrize("method", list(analysing.METHODS))
def test_each_analysis_gives_findings_that_can_be_shown(usual, method, results):
    """The job behind the page leaves findings with exhibits, of as many runs as the page said at the most."""
    from sim.app.jobs import Job
    from sim.report import kinds

    levers = {"night-officers": "0:1"} if method == "frontier" else {"practice.desk_based_share": "0.1:0.9:2"}
    levers |= {"practice.overnight_activity": "0.2,0.9"} if method == "heat" else {}
    parameters = () if method in (*analysing.SWEEPS, "frontier") else ("practice.desk_based_share", "practice.overnight_activity")
    budget = 400_000 if method == "frontier" else None
    asked = request(usual, method, levers=levers, parameters=parameters, amount=8 if method == "sobol" else 2, budget=budget)
    job = Job("1", "Test")
    analysing.work(asked)(job)
    assert kinds.exhibits(job.results["findings"])
    assert 0 < job.done <= asked.runs
