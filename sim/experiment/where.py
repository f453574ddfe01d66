"""Where replications run: threads for the compiled engine (it lets go of the interpreter lock), worker processes for SimPy. The answer is the same
at any number
of workers and in any order: a replication depends on its number and on nothing else.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from typing import Any, TypeVar

from .plan import Plan
from .worker import Workers, begin

T = TypeVar("T")
Work = Callable[[Plan, int], T]
"""What is done with each replication of a plan: a function at the top of a module, given its number."""

Progress = Callable[[int, int], None]
"""Called with (replications done, replications asked for)."""


def silent(done: int, asked: int) -> None:
    """No progress."""


def workers_by_default() -> int:
    """As many as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Work[T], plan: Plan, workers: int, progress: Progress = silent) -> tuple[list[T], bool]:
    """Do `work` for every replication of a plan. The results in order of number, and whether all were done: a key press (KeyboardInterrupt)
    stops the run and keeps what is finished."""
    done: dict[int, T] = {}
    progress(0, plan.replications)
    with contextlib.suppress(KeyboardInterrupt):
        for number, result in _each(work, plan, min(workers, plan.replications)):
            done[number] = result
            progress(len(done), plan.replications)
    return [done[number] for number in sorted(done)], len(done) == plan.replications


def _each(work: Work[T], plan: Plan, workers: int) -> Iterator[tuple[int, T]]:
    first = 0
    if plan.engine == "compiled" or workers == 1:
        yield 0, work(plan, 0)
        first = 1
    if workers == 1:
        for number in range(first, plan.replications):
            yield number, work(plan, number)
        return
    pool = _pool(plan, workers)
    try:
        yield from _both_hands(pool, work, plan, first, workers)
    except BaseException:
        _stop(pool)
        raise
    pool.shutdown()


def _pool(plan: Plan, workers: int) -> Executor:
    if plan.engine == "compiled":
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(workers, mp_context=Workers(), initializer=begin)


def _both_hands(pool: Executor, work: Work[T], plan: Plan, first: int, workers: int) -> Iterator[tuple[int, T]]:
    """Keep every worker busy with one replication and another waiting, so that finished ones do not pile up."""
    waiting: dict[Future[Any], int] = {}
    numbers = iter(range(first, plan.replications))
    for number in numbers:
        waiting[pool.submit(work, plan, number)] = number
        if len(waiting) >= 2 * workers:
            break
    while waiting:
        ready = next(as_completed(waiting))
        yield waiting.pop(ready), ready.result()
        following = next(numbers, None)
        if following is not None:
            waiting[pool.submit(work, plan, following)] = following


def _stop(pool: Executor) -> None:
    processes = list(getattr(pool, "_processes", None) or {})
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        _end(process)


def _end(process: int) -> None:
    """End a worker process that is still at work on what nobody waits for."""
    import signal

    with contextlib.suppress(OSError):
        os.kill(process, signal.SIGTERM)
