"""Work in the background: a thread for each job, a queue before them, progress, and a stop that keeps what is finished.

A job belongs to one browser tab (its session), so that tabs do not mix. Two tabs that ask for the same experiment take turns: the second finds it
done.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ..experiment.where import workers_by_default
from ..scenario.errors import ScenarioError, WorkFailed

LOG = logging.getLogger("sim.app")
FAULT = "Something went wrong inside the model. What was finished is kept. The window in which the app was started says more."
Work = Callable[["Job"], None]


@dataclass
class Job:
    """One piece of work. The page reads `state`, `said`, `done`, `asked`, `results` and `error`; the worker writes them."""

    id: str
    words: str
    """What is being done, for the reader."""
    state: str = "waiting"
    """waiting, working, done, stopped, failed"""
    said: str = ""
    """The step that is under way."""
    done: int = 0
    asked: int = 0
    results: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    """Grows with every result, so that a page can tell whether it has shown the latest."""
    error: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Is nothing more to be expected?"""
        return self.state in ("done", "stopped", "failed")

    def progress(self, done: int, asked: int) -> None:
        """What an experiment calls as it goes on. Raises KeyboardInterrupt if the job is to stop, which keeps what is finished."""
        self.done, self.asked = done, asked
        self.check()

    def check(self) -> None:
        """Raises KeyboardInterrupt if the job is to stop."""
        if self.stopping.is_set():
            raise KeyboardInterrupt

    def rest(self, seconds: float) -> None:
        """Leave the machine to the page for a moment. Raises KeyboardInterrupt if the job is to stop, as soon as that is asked for."""
        self.stopping.wait(seconds)
        self.check()

    def tell(self, words: str) -> None:
        """Say which step is under way."""
        self.check()
        self.said, self.done, self.asked = words, 0, 0

    def give(self, name: str, result: Any) -> None:
        """Leave a result for the page."""
        self.results[name] = result
        self.version += 1

    def stop(self) -> None:
        """Ask it to stop: heard in a moment while several cores simulate, else after the run under way, or of a crowd after the area under way."""
        self.stopping.set()


class Queue:
    """Every job of this process. At most as many work at once as there are cores; the others wait their turn."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most or workers_by_default()
        self._pool = ThreadPoolExecutor(self.most, thread_name_prefix="job")
        self._guard = threading.Lock()
        self._folders: dict[str, threading.Lock] = {}
        self._working = 0
        self._open: dict[str, Job] = {}

    def put(self, words: str, work: Work) -> Job:
        """Put a piece of work into the queue."""
        job = Job(uuid.uuid4().hex, words)
        with self._guard:
            self._open[job.id] = job
        self._pool.submit(self._do, job, work)
        return job

    def close(self) -> None:
        """Ask every job to stop, and begin no other: the app ends. What is finished is kept."""
        with self._guard:
            for job in self._open.values():
                job.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def workers(self) -> int:
        """How many threads an experiment may take now: the cores, shared among the jobs that work."""
        return max(1, self.most // max(1, self._working))

    @contextmanager
    def alone(self, experiment: str) -> Iterator[None]:
        """Only one job at a time writes the folder of an experiment."""
        with self._guard:
            lock = self._folders.setdefault(experiment, threading.Lock())
        with lock:
            yield

    def _do(self, job: Job, work: Work) -> None:
        with self._guard:
            self._working += 1
        job.state = "working"
        try:
            job.check()
            work(job)
            job.state = "stopped" if job.stopping.is_set() else "done"
        except KeyboardInterrupt:
            job.state = "stopped"
        except (ScenarioError, WorkFailed) as error:
            job.error, job.state = str(error), "failed"
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            job.error, job.state = f"{place}{error.strerror or error}", "failed"
        except Exception:
            LOG.exception("%s failed", job.words)
            job.error, job.state = FAULT, "failed"
        finally:
            job.version += 1
            with self._guard:
                self._working -= 1
                self._open.pop(job.id, None)


_QUEUE: list[Queue] = []
_FIRST = threading.Lock()


def queue() -> Queue:
    """The queue of this process."""
    with _FIRST:
        if not _QUEUE:
            _QUEUE.append(Queue())
    return _QUEUE[0]
