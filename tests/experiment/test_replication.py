"""A replication in which several threads share: each run is done once, and gives what it gives alone."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import weakref
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.engine import pages
from sim.engine.compiled import CompiledArea
from sim.engine.pages import Pages
from sim.engine.spares import Spares
from sim.experiment import replication
from sim.experiment.draws import Draws
from sim.experiment.plan import Plan
from sim.experiment.replication import Replication
from sim.experiment.task import Failure, Outcome, done, handed_in, never
from tests.experiment.tiny import all_alike, experiment, of, tiny

LONG = 60.0
"""Seconds after which threads that were to meet give up."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Four scenarios: three of the same world, and one of another, which has a warm-up of its own."""
    others = tiny("good-practice"), tiny(called="twin"), tiny(called="elsewhere", world__find_rate=0.02)
    return Plan((tiny(), *others), 5, 3, "compiled")


def told(outcomes: Iterable[Outcome | Failure]) -> dict[int, str]:
    """What each scenario gave, by its place."""
    outcomes = list(outcomes)
    assert all(isinstance(outcome, Outcome) for outcome in outcomes)
    return {outcome.place: repr(outcome) for outcome in outcomes}


@pytest.fixture(scope="module")
def alone(plan) -> dict[int, str]:
    """The first replication, done by one thread."""
    return told(done(Replication(plan, 0)))


def test_threads_that_share_a_replication_do_each_run_once(plan, alone, meeting, monkeypatch):
    """Two or five of them, always two at a time, with one warm-up for the three of the same world: the same outcomes, to the last digit."""
    begun, real = [], replication.open_area

    def open_area(*asked):
        begun.append(asked)
        time.sleep(0.3)  # the others come for it meanwhile
        return real(*asked)

    monkeypatch.setattr(replication, "open_area", open_area)
    for threads in (2, 5):
        shared = Replication(plan, 0)
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(lambda _, shared=shared: list(done(shared)), range(threads)))
        outcomes = [outcome for part in parts for outcome in part]
        assert len(outcomes) == len(plan.scenarios)
        assert told(outcomes) == alone
        assert len(begun) == 2
        begun.clear()
    assert alone[0] != alone[1]


def test_branches_that_share_memory_give_the_same(plan, alone, monkeypatch):
    """Whether a warm-up lends its memory makes no difference, in any thread, nor to what is made in that memory afterwards."""
    with monkeypatch.context() as patched:
        patched.setattr(pages, "_can_share", lambda: False)
        assert told(done(Replication(plan, 0))) == alone
        later = told(done(Replication(plan, 1)))
    real, shown = Pages.show, []
    monkeypatch.setattr(Pages, "show", lambda *asked: shown.append(real(*asked)) or shown[-1])
    kept = Spares()
    for number, wanted in ((0, alone), (1, later), (0, alone)):
        shared = Replication(plan, number, None, kept)
        with ThreadPoolExecutor(2) as pool:
            parts = pool.map(lambda _, shared=shared: list(done(shared)), range(2))
        assert told([outcome for part in parts for outcome in part]) == wanted
    assert any(shown) is sys.platform.startswith("linux")


def test_one_cohort_at_a_time_is_read_off(plan, alone, meeting, monkeypatch):
    """Threads that are done with simulating wait for each other there; what they read is the same."""
    at_once, most = [], []

    def reading(cohort):
        at_once.append(cohort)
        most.append(len(at_once))
        time.sleep(0.05)
        try:
            return plan.reading(cohort)
        finally:
            at_once.pop()

    shared = Replication(replace(plan, reading=reading), 0)
    with ThreadPoolExecutor(3) as pool:
        parts = list(pool.map(lambda _: list(done(shared)), range(3)))
    assert told([outcome for part in parts for outcome in part]) == alone
    assert most == [1] * len(plan.scenarios)


def test_what_was_only_warmed_up_is_given_back_once_nobody_branches_any_more(plan):
    """Not before the last of those who share is done: its memory may be shown."""
    kept = Spares()
    shared = Replication(plan, 0, [0, 1, 2], kept)
    places = [shared.take(), shared.take(), shared.take(), shared.take()]
    assert places == [0, 1, 2, None]
    with shared.cohort(1):
        with shared.cohort(0):
            pass
        assert kept.take(warmed_up=True) is None
    with shared.cohort(2):
        assert kept.take(warmed_up=True) is None
    assert kept.take(warmed_up=True) is not None


def test_a_run_that_fails_leaves_the_others_their_warm_up(plan, alone, monkeypatch):
    """One scenario is told as failed, and the others give what they gave."""
    real = replication.follow

    def follow(area, plan, parameters):
        if threading.current_thread().name == "ill-fated":
            raise ArithmeticError("without end")
        return real(area, plan, parameters)

    monkeypatch.setattr(replication, "follow", follow)
    shared, found = Replication(plan, 0), []
    ill_fated = threading.Thread(target=lambda: found.extend(done(shared, lambda: True)), name="ill-fated")
    ill_fated.start()
    ill_fated.join()
    assert found == [Failure(0, 0, "ArithmeticError: without end")]
    assert told(done(shared)) == {place: outcome for place, outcome in alone.items() if place != 0}


def test_a_warm_up_that_fails_is_tried_once(plan, alone, monkeypatch):
    """Whoever shares it fails with what it failed of, and nobody holds the area; what has a warm-up of its own goes on."""
    real, failed = CompiledArea.run, []

    def run(self, until):
        if not failed:
            failed.append(weakref.ref(self))
            raise ArithmeticError("without end")
        return real(self, until)

    monkeypatch.setattr(CompiledArea, "run", run)
    outcomes = []
    for outcome in done(Replication(plan, 0)):
        assert failed[0]() is None
        outcomes.append(outcome)
    assert outcomes[:3] == [Failure(place, 0, "ArithmeticError: without end") for place in range(3)]
    assert told(outcomes[3:]) == {3: alone[3]}


def test_a_warm_up_that_had_no_memory_is_tried_again(plan, alone, monkeypatch):
    """For the next scenario there may be some."""
    real, failed = CompiledArea.run, []

    def run(self, until):
        if not failed:
            failed.append(self)
            raise MemoryError("nothing left")
        return real(self, until)

    monkeypatch.setattr(CompiledArea, "run", run)
    outcomes = list(done(Replication(plan, 0)))
    assert outcomes[0] == Failure(0, 0, "MemoryError: nothing left")
    assert told(outcomes[1:]) == {place: outcome for place, outcome in alone.items() if place != 0}


@pytest.mark.parametrize("places", [[0], [0, 1, 2]])
def test_a_baseline_that_comes_first_is_drawn_once(plan, monkeypatch, places):
    """Its own values are those of the warm-up."""
    drawn, asked, real = replace(plan, draws=Draws(("world.find_rate",), np.array([[0.2]]), "a draw by hand")), [], Draws.applied
    monkeypatch.setattr(Draws, "applied", lambda self, scenario, number: asked.append(scenario.name) or real(self, scenario, number))
    list(done(Replication(drawn, 0, places)))
    assert asked == [drawn.scenarios[place].name for place in places]


def test_a_scenario_that_a_draw_does_not_fit_fails_alone(plan, monkeypatch):
    """The others are simulated as if it were not there. Without a baseline only what has a warm-up of its own is left."""
    drawn = replace(plan, draws=Draws(("world.find_rate",), np.array([[0.2]]), "a draw by hand"))
    wanted, real = told(done(Replication(drawn, 0))), Draws.applied
    for ill_fated, others in ((1, {0, 2, 3}), (0, {3})):
        name = drawn.scenarios[ill_fated].name

        def applied(self, scenario, number, name=name):
            if scenario.name == name:
                raise ArithmeticError("does not fit")
            return real(self, scenario, number)

        monkeypatch.setattr(Draws, "applied", applied)
        outcomes = list(done(Replication(drawn, 0)))
        failed = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
        assert {failure.place for failure in failed} == set(range(4)) - others
        assert {failure.error for failure in failed} == {"ArithmeticError: does not fit"}
        assert told([outcome for outcome in outcomes if outcome not in failed]) == {place: wanted[place] for place in others}


def test_a_branch_for_which_there_is_no_memory_is_told(plan, monkeypatch):
    """Whoever wanted it fails; what has a warm-up of its own goes on."""

    def branch(self, into=None):
        raise MemoryError("nothing left")

    monkeypatch.setattr(CompiledArea, "branch", branch)
    outcomes = list(done(Replication(plan, 0)))
    assert [isinstance(outcome, Failure) for outcome in outcomes] == [True, True, True, False]


def test_what_cannot_be_given_back_takes_nothing_with_it(plan, alone, monkeypatch):
    """What was read off stays; the memory is not used again."""

    def let_go(self, share):
        raise MemoryError("nothing left")

    monkeypatch.setattr(CompiledArea, "let_go", let_go)
    kept = Spares()
    assert told(done(Replication(plan, 0, None, kept))) == alone
    assert (kept.take(), kept.take(warmed_up=True)) == (None, None)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells, and shows pages")
def test_nothing_is_left_of_what_was_lent(plan):
    """However many replications, the files of one are open; once they are over and nobody keeps spares, none is, and no page of one is held."""
    gc.collect()  # what tests before this one left
    before, during = len(os.listdir("/proc/self/fd")), []
    kept = Spares()
    for number in range(3):
        list(done(Replication(plan, number, None, kept)))
        during.append(len(os.listdir("/proc/self/fd")) - before)
    assert 0 < during[-1] <= 4  # for each of two tables the file, and Python's own hold of it
    del kept
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before
    assert "memfd:missing-sim" not in Path("/proc/self/maps").read_text()


def test_whoever_helps_stops_when_it_is_enough(plan):
    """After the run that is under way, whatever is left, and in whichever replication."""
    both, found = [Replication(plan, number) for number in (0, 1)], []
    handed_in(both, lambda: len(found) >= 2, found.append)
    assert [(outcome.place, outcome.number) for outcome in found] == [(0, 0), (1, 0)]
    handed_in(both, never, found.append)
    assert len(found) == 8
    assert all(one.is_taken for one in both)


@pytest.fixture
def meeting(monkeypatch) -> Iterator[threading.Barrier]:
    """Every run waits until another is at work as well."""
    barrier, real = threading.Barrier(2, timeout=LONG), replication.follow

    def follow(area, plan, parameters):
        barrier.wait()
        return real(area, plan, parameters)

    monkeypatch.setattr(replication, "follow", follow)
    yield barrier
    barrier.abort()


def test_whoever_would_only_wait_helps(meeting):
    """Two scenarios, replicated once: both threads are at work on them at once. Alone, one would wait in vain for the other."""
    result = experiment(tiny(), tiny("good-practice"), replications=1, workers=2)
    assert result.complete
    assert meeting.broken is False


@pytest.mark.parametrize("replications", [1, 2])
def test_one_scenario_that_fails_at_once_does_not_end_the_work(monkeypatch, replications):
    """However often, though nothing else is finished yet: the baseline, which other threads are at, still is."""
    real, failed = Replication.cohort, threading.Semaphore(0)

    def cohort(self, place):
        if self.plan.scenarios[place].name == "good-practice":
            failed.release()
            raise ArithmeticError("without end")
        assert failed.acquire(timeout=LONG)
        time.sleep(0.3)  # the failures come in first
        return real(self, place)

    monkeypatch.setattr(Replication, "cohort", cohort)
    result = experiment(tiny(), tiny("good-practice"), replications=replications, workers=replications + 1)
    assert not result.complete
    assert "good-practice" in result.notices[0]
    assert "ArithmeticError: without end" in result.notices[0]
    monkeypatch.undo()
    assert all_alike(of(result, "baseline"), of(experiment(tiny(), replications=replications), "baseline"))


def test_helpers_begin_with_what_waits_longest(monkeypatch):
    """Also where it was begun long before the end: with three replications, the first of them slow, both threads are at it in the end."""
    real, seen = Replication.cohort, {}

    def cohort(self, place):
        seen.setdefault(threading.current_thread().name, []).append((self.number, place))
        time.sleep(0.25 if self.number == 0 else 0.0)
        return real(self, place)

    others = [tiny(called=f"twin {number}") for number in range(7)]
    experiment(tiny(), replications=1)  # the engine is there
    monkeypatch.setattr(Replication, "cohort", cohort)
    assert experiment(tiny(), *others, replications=6, workers=2).complete
    assert len([runs for runs in seen.values() if sum(number == 0 for number, _ in runs) > 1]) == 2
