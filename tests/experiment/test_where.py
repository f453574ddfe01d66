"""Where replications run makes no difference to what comes of them; and a run that is stopped keeps what is finished."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pandas.testing import assert_frame_equal

import sim
from sim.experiment.comparison import Result
from sim.experiment.plan import Plan
from sim.experiment.where import spread
from tests.experiment.tiny import TINY, experiment, tiny

FRAMES = ("measures", "differences", "splits", "split_differences", "episodes")


def assert_same(a: Result, b: Result) -> None:
    """Equal tables, and the same floats in every replication."""
    for frame in FRAMES:
        assert_frame_equal(getattr(a, frame), getattr(b, frame), check_exact=True)
    assert repr([[o.values for o in replication] for replication in a.outcomes]) == repr([[o.values for o in r] for r in b.outcomes])


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


def plan(replications: int) -> Plan:
    return Plan((tiny(),), seed=1, replications=replications, engine="simpy")


def tenfold(plan: Plan, replication: int) -> int:
    """Work that takes no time."""
    return 10 * replication


def failing(plan: Plan, replication: int) -> int:
    """Work that cannot be done."""
    if replication == 3:
        raise ArithmeticError("the third replication")
    return replication


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order_and_are_counted(workers):
    """In the order of their numbers, however they were finished, and `progress` hears of each."""
    heard: list[tuple[int, int]] = []
    done, complete = spread(tenfold, plan(9), workers, lambda *told: heard.append(told))
    assert (done, complete) == ([10 * number for number in range(9)], True)
    assert heard == [(number, 9) for number in range(10)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_key_press_keeps_what_is_finished(workers):
    """Stopped after four: at least those four, none twice, and the run does not count as complete."""

    def press(done: int, asked: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    done, complete = spread(tenfold, plan(1000), workers, press)
    assert len(done) == 4
    assert not complete
    assert done == sorted(set(done))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_replication_is_not_swallowed(workers):
    """What goes wrong in a worker is raised here."""
    with pytest.raises(ArithmeticError, match="the third replication"):
        spread(failing, plan(1000), workers)


def test_a_key_press_after_the_last_one_loses_nothing():
    """All were finished: the run is complete."""

    def press(done: int, asked: int) -> None:
        if done == asked:
            raise KeyboardInterrupt

    assert spread(tenfold, plan(3), 1, press) == ([0, 10, 20], True)


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
