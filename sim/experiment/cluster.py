"""Calls on a Dask cluster that exists: the same functions with the same arguments, so the same bytes as on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..scenario.errors import Problem, ScenarioError, WorkFailed

if TYPE_CHECKING:
    from .where import Call

ADDRESS = re.compile(r"(tcp|tls)://[^\s/:]+:\d+")
WAIT = 15.0
"""Seconds in which a scheduler has to answer."""
AHEAD = 2
"""Calls for each thread of the cluster that are sent ahead."""


def each_on_cluster(calls: Iterable[Call], address: str) -> Iterator[Any]:
    """The result of every call, in the order in which they are finished; what a lost worker had is done again by another.

    Raises ScenarioError if no scheduler or none with workers answers at the address, a worker cannot load this package, or Dask is not installed;
    WorkFailed if workers are lost again and again.
    """
    try:
        distributed: Any = import_module("distributed")  # its own annotations are too few for a strict check
    except ImportError:
        raise ScenarioError(Problem("", None, "--dask", "Dask is not installed", "in the repository: pip install -e '.[cluster]'")) from None
    if not ADDRESS.fullmatch(address):
        raise ScenarioError(Problem("", None, "--dask", f'"{address}" is not an address', "allowed: that of a running scheduler, tcp://HOST:PORT"))
    try:
        client = distributed.Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        allowed = "allowed: the address of a running scheduler, tcp://HOST:PORT"
        raise ScenarioError(Problem("", None, "--dask", f"no scheduler answers at {address} ({type(error).__name__})", allowed)) from None
    waiting = iter(calls)
    with client:
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError:
            what = f"the scheduler at {address} has no workers"
            raise ScenarioError(Problem("", None, "--dask", what, "start one: dask worker HOST:PORT")) from None
        first = next(waiting, None)
        if first is None:
            return
        at_work = distributed.as_completed([client.submit(first[0], *first[1], pure=False)], loop=client.loop)
        for future in at_work:
            for _ in range(max(1, AHEAD * sum(client.nthreads().values()) - at_work.count())):
                call = next(waiting, None)
                if call is not None:
                    at_work.add(client.submit(call[0], *call[1], pure=False))
            try:
                result = future.result()
            except import_module("distributed.scheduler").KilledWorker:
                said = "The Dask cluster lost one worker after another over the same run, perhaps for want of memory."
                raise WorkFailed(said) from None
            except ImportError as error:
                allowed = "install the same version of missing-sim on every worker"
                raise ScenarioError(Problem("", None, "--dask", f"a worker cannot load the model: {error}", allowed)) from None
            yield result
            future.release()
