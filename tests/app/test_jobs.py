"""Work in the background: progress, a stop, one message for an error, and no more at once than there are cores."""

from __future__ import annotations

import threading
import time

from sim.app.jobs import FAULT, Job, Queue
from sim.scenario.errors import Problem, ScenarioError


def over(job: Job) -> Job:
    until = time.monotonic() + 60
    while not job.over:
        assert time.monotonic() < until
        time.sleep(0.01)
    return job


def test_a_job_leaves_its_result_and_its_progress():
    def work(job: Job) -> None:
        job.tell("Counting")
        job.progress(1, 2)
        job.give("result", 7)

    job = over(Queue(1).put("Counting", work))
    assert (job.state, job.results, job.said, job.done, job.asked) == ("done", {"result": 7}, "Counting", 1, 2)
    assert job.version >= 1


def test_a_stop_is_heeded_at_the_next_progress_and_keeps_results():
    begun = threading.Event()

    def work(job: Job) -> None:
        job.give("result", "part")
        begun.set()
        while True:
            job.progress(1, 2)
            time.sleep(0.01)

    job = Queue(1).put("Long", work)
    assert begun.wait(60)
    job.stop()
    assert over(job).state == "stopped"
    assert job.results == {"result": "part"}


def test_a_job_that_waits_can_be_stopped_before_it_begins():
    gate, queue, ran = threading.Event(), Queue(1), []
    first = queue.put("First", lambda job: ran.append(gate.wait(60)))
    second = queue.put("Second", lambda job: ran.append("second"))
    second.stop()
    gate.set()
    over(first)
    assert over(second).state == "stopped"
    assert ran == [True]


def test_a_wrong_request_is_its_message_and_a_fault_is_told_without_details(caplog):
    def wrong(job: Job) -> None:
        raise ScenarioError(Problem("", None, "seed", "is odd", "allowed: even"))

    def broken(job: Job) -> None:
        raise RuntimeError("secret")

    queue = Queue(1)
    assert over(queue.put("Wrong", wrong)).error == "seed: is odd; allowed: even"
    assert over(queue.put("Broken", broken)).error == FAULT
    assert "secret" in caplog.text


def test_no_more_work_at_once_than_was_allowed():
    at_work, most, guard = [0], [0], threading.Lock()

    def work(job: Job) -> None:
        with guard:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        time.sleep(0.02)
        with guard:
            at_work[0] -= 1

    queue = Queue(2)
    for job in [queue.put(str(number), work) for number in range(8)]:
        over(job)
    assert most[0] <= 2


def test_one_folder_has_one_writer():
    inside, both = [0], []

    def work(job: Job) -> None:
        with queue.alone("folder"):
            inside[0] += 1
            both.append(inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    queue = Queue(4)
    for job in [queue.put(str(number), work) for number in range(4)]:
        over(job)
    assert both == [1, 1, 1, 1]
