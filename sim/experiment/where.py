"""Where tasks run: threads for the compiled engine (it lets go of the interpreter lock), worker processes for SimPy, or a Dask cluster that exists.

The answer is the same at any number of workers and in any order: what a run gives depends on the run and on nothing else.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from ..engine.choice import Engine, can_begin
from .worker import Workers, begin

Call = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function at the top of a module, and its arguments."""

TURN = 0.0002
"""Seconds after which a thread that reads a cohort lets another have the interpreter, which mostly wants to go on with its simulation at once."""

LOOK = 0.2
"""Seconds between two looks around while workers are waited for: a run of a large area takes some, and whoever wants to stop should not."""

Progress = Callable[[int, int], None]
"""Called with (runs done, runs asked for); a run is one scenario in one replication. It may be called again with the same numbers,
after every run or every LOOK seconds. KeyboardInterrupt raised in it stops the work, and what is finished is kept: every run of this process, and
every task that came back from a worker of its own."""


def silent(done: int, asked: int) -> None:
    """No progress."""


def quiet() -> None:
    """No look around."""


def workers_by_default() -> int:
    """As many as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Where:
    """On this machine with so many workers, or on the Dask cluster at an address."""

    workers: int
    dask: str | None = None


def each(calls: Iterable[Call], engine: Engine, where: Where, look: Callable[[], None] | None = None) -> Iterator[Any]:
    """The result of every call, in the order in which they are finished. An error in a call is raised here, and ends the rest; so does what `look`
    raises, which is called when all that is finished was given, and every LOOK seconds while several workers of this machine are waited for."""
    look = look or quiet
    if where.dask is not None:
        from .cluster import each_on_cluster

        for result in each_on_cluster(calls, where.dask):
            yield result
            look()
        return
    waiting = iter(calls)
    if where.workers == 1 or not can_begin(engine):
        for function, arguments in waiting:
            yield function(*arguments)
            look()
            if where.workers > 1:
                break  # the code is compiled by now, and threads may begin
    if where.workers > 1:
        yield from _with_pool(waiting, engine, where.workers, look)


def _with_pool(calls: Iterator[Call], engine: Engine, workers: int, look: Callable[[], None]) -> Iterator[Any]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, TURN))
    pool = _pool(engine, workers)
    try:
        yield from _both_hands(pool, calls, workers, look)
    except BaseException:
        _stop(pool)
        raise
    finally:
        sys.setswitchinterval(before)
    pool.shutdown()


def _pool(engine: Engine, workers: int) -> Executor:
    if engine == "compiled":
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(workers, mp_context=Workers(), initializer=begin)


def _both_hands(pool: Executor, calls: Iterator[Call], workers: int, look: Callable[[], None]) -> Iterator[Any]:
    """Keep every worker busy with one call and another waiting, so that finished ones do not pile up."""
    at_work: set[Future[Any]] = set()
    more = True
    while more or at_work:
        while more and len(at_work) < 2 * workers:
            call = next(calls, None)
            if call is None:
                more = False
            else:
                at_work.add(pool.submit(call[0], *call[1]))
        if at_work:
            ready, at_work = wait(at_work, LOOK, FIRST_COMPLETED)
            for future in ready:
                yield future.result()
            look()


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
