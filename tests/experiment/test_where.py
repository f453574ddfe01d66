"""Where replications run makes no difference to what comes of them; and a run that is stopped keeps what is finished."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import wait
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

import sim
from sim.engine import choice
from sim.experiment import task, where
from sim.experiment.comparison import Result
from sim.experiment.execution import Execution
from sim.experiment.plan import parameters
from sim.experiment.study import planned
from sim.experiment.where import Where, each
from tests.experiment.tiny import TINY, all_alike, experiment, of, tiny

FRAMES = ("measures", "differences", "splits", "split_differences", "episodes")


def assert_same(a: Result, b: Result) -> None:
    """Equal tables, and the same floats in every replication."""
    for frame in FRAMES:
        assert_frame_equal(getattr(a, frame), getattr(b, frame), check_exact=True)
    for name in a.names:
        assert all_alike(of(a, name), of(b, name))


def test_two_processes_give_what_one_gives(pair):
    """SimPy in two worker processes: the same tables as in this process."""
    assert_same(pair, sim.compare(tiny(), tiny("good-practice"), replications=4, engine="simpy", workers=2, episodes=True))


@pytest.mark.slow
def test_threads_and_engines_give_what_one_gives(pair):
    """The compiled engine, in one thread and in two: the same floats as SimPy in one process."""
    for workers in (1, 2):
        assert_same(pair, sim.compare(tiny(), tiny("good-practice"), replications=4, engine="compiled", workers=workers, episodes=True))


def test_a_plain_script_may_use_workers(tmp_path):
    """A script without `if __name__ == "__main__"` is not run again by each worker."""
    script = tmp_path / "plain.py"
    script.write_text(
        f"import sim\nprint('once')\nresult = sim.run('baseline', replications=2, engine='simpy', workers=2, overrides={TINY!r})\n"
        "print(result.replications)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "once\n2\n", "")


def tenfold(number: int) -> int:
    """Work that takes no time."""
    return 10 * number


def failing(number: int) -> int:
    """Work that cannot be done."""
    if number == 3:
        raise ArithmeticError("the third")
    return number


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("calls", [0, 1, 9])
def test_every_call_is_done_once(engine, workers, calls):
    """In whatever order they are finished; nothing to do is no error."""
    done = list(each(((tenfold, (number,)) for number in range(calls)), engine, Where(workers)))
    assert sorted(done) == [10 * number for number in range(calls)]


def by_main() -> bool:
    """Who is at work here?"""
    return threading.current_thread() is threading.main_thread()


@pytest.mark.parametrize("begun", [False, True])
def test_one_call_goes_first_only_where_the_engine_has_yet_to_be_read(monkeypatch, begun):
    """Threads begin at once where its code is there already: else one replication of ten would be simulated while the others wait."""
    monkeypatch.setattr(where, "can_begin", lambda engine: begun)
    assert sum(each(((by_main, ()) for _ in range(5)), "compiled", Where(2))) == (0 if begun else 1)


def test_an_engine_that_has_begun_is_known():
    """After its first area; SimPy needs nothing."""
    choice.open_area("compiled", parameters(tiny()), 1, 0)
    assert choice.can_begin("compiled")
    assert choice.can_begin("simpy")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_call_is_not_swallowed(workers):
    """What goes wrong in a worker is raised here."""
    with pytest.raises(ArithmeticError, match="the third"):
        list(each(((failing, (number,)) for number in range(1000)), "simpy", Where(workers)))


def test_a_stop_does_not_wait_for_the_runs_that_are_at_work(monkeypatch):
    """Threads may need seconds for a run of a large area; whoever looks around meanwhile is heard, and what they raise ends the rest."""
    gate, looked = threading.Event(), []

    def look() -> None:
        looked.append(gate.is_set())
        if len(looked) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(where, "can_begin", lambda engine: True)
    monkeypatch.setattr(where, "LOOK", 0.01)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(each(((gate.wait, (60,)) for _ in range(5)), "compiled", Where(2), look))
    finally:
        gate.set()
    assert looked == [False, False]


def test_a_stop_keeps_all_that_is_finished(monkeypatch):
    """Of two that are finished at once, none is lost: whoever looks around is asked after both were given."""
    both, given = threading.Barrier(2), []

    def look() -> None:
        if given:
            raise KeyboardInterrupt

    monkeypatch.setattr(where, "can_begin", lambda engine: True)
    monkeypatch.setattr(where, "wait", lambda futures, seconds, until: wait(futures))
    with pytest.raises(KeyboardInterrupt):
        given.extend(each(((both.wait, (60,)) for _ in range(8)), "compiled", Where(2), look))
    assert len(given) == 4


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_is_heard_between_the_runs_of_a_task(monkeypatch, workers):
    """One worker gives what it has finished of its task; threads, whose results nobody waits for, begin no other run."""
    plan = planned([tiny(), tiny("good-practice"), tiny("no-overnight")], {"replications": 2, "engine": "compiled"})
    execution, begun, gate, told = Execution.begin(plan), [], threading.Event(), []
    read, before = task._outcome, set(threading.enumerate())

    def gated(*of: Any) -> Any:
        begun.append(of)
        if workers > 1:
            gate.wait(60)
        return read(*of)

    def press(done: int, asked: int) -> None:
        told.append(done)
        if begun:
            raise KeyboardInterrupt

    monkeypatch.setattr(where, "can_begin", lambda engine: True)
    monkeypatch.setattr(where, "LOOK", 0.01)
    monkeypatch.setattr(task, "_outcome", gated)
    execution.go_on(Where(workers), press)
    gate.set()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert execution.stopped
    assert int(execution.values.finished.sum()) == (1 if workers == 1 else 0)
    assert len(begun) <= workers


def test_an_error_in_progress_is_no_failure_of_a_run():
    """Also where it is raised within a task."""
    execution, told = Execution.begin(planned([tiny(), tiny("good-practice")], {"replications": 1, "engine": "compiled"})), []

    def wrong(done: int, asked: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise ArithmeticError("of progress")

    with pytest.raises(ArithmeticError, match="of progress"):
        execution.go_on(Where(1), wrong)
    assert not execution.failures
    assert told == [0, 1]


def test_progress_counts_runs():
    """One scenario in one replication is a run: of none, then of each, in order."""
    heard: list[tuple[int, int]] = []
    sim.compare(tiny(), tiny("good-practice"), replications=3, engine="simpy", workers=1, progress=lambda *told: heard.append(told))
    assert list(dict.fromkeys(heard)) == [(done, 6) for done in range(7)]


def test_a_key_press_after_the_last_one_loses_nothing():
    """All were finished: the run is complete."""

    def press(done: int, asked: int) -> None:
        if done == asked:
            raise KeyboardInterrupt

    result = sim.run(tiny(), replications=3, engine="simpy", workers=1, progress=press)
    assert (result.replications, result.complete, result.notices) == (3, True, ())


@pytest.mark.parametrize("workers", [1, 2])
def test_a_key_press_keeps_what_is_finished(workers):
    """Stopped after two: at least those two, and the run does not count as complete."""

    def press(done: int, asked: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    result = sim.run(tiny(), replications=50, engine="simpy", workers=workers, progress=press)
    assert 2 <= result.replications < 50
    assert not result.complete


def test_a_stopped_run_says_so():
    """The result holds the finished replications, is not complete, and a notice says how many of how many."""

    def press(done: int, asked: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    result = sim.run(tiny(), replications=5, engine="simpy", workers=1, progress=press)
    assert (result.replications, result.complete) == (2, False)
    assert result.notices == ("The run was stopped after 2 of 5 replications: the results are of those.",)
    assert_frame_equal(result.measures, experiment(tiny(), replications=2).measures)


def test_a_run_that_is_stopped_at_once_has_no_result():
    """Before the first replication is finished there is nothing to keep."""

    def press(done: int, asked: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sim.run(tiny(), replications=2, engine="simpy", workers=1, progress=press)


def test_workers_are_found_by_default():
    """Without a wish, as many as there are cores."""
    from sim.experiment.where import workers_by_default

    assert workers_by_default() >= 1
