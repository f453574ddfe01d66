"""A real Dask cluster on this machine, one scheduler and two workers: the same bytes as without it, also if a worker is killed half-way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim
from sim.experiment import identity
from sim.scenario import ScenarioError
from tests.experiment.tiny import tiny

ROOT = Path(__file__).parents[2]
REPLICATIONS = 6


class Cluster:
    """Processes that end with the test."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "scheduler.json"
        self._log = (folder / "log.txt").open("w")
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self._wait(self._told.exists)
        self.address: str = json.loads(self._told.read_text())["address"]
        self.workers = [self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1") for _ in range(2)]

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        asked = [sys.executable, "-m", "dask", what, "--scheduler-file", str(self._told), *options]
        return subprocess.Popen(asked, cwd=ROOT, stdout=self._log, stderr=self._log)

    def _wait(self, ready) -> None:
        until = time.monotonic() + 60.0
        while not ready():
            assert time.monotonic() < until, Path(self._log.name).read_text()
            time.sleep(0.05)

    def end(self) -> None:
        """Kill what still runs."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait(30)
        self._log.close()


@pytest.fixture
def cluster(tmp_path) -> Iterator[Cluster]:
    """A scheduler with two workers."""
    started = Cluster(tmp_path)
    yield started
    started.end()


def test_a_cluster_gives_what_this_machine_gives(cluster, tmp_path):
    """Cells and tables are the same bytes; a worker that is killed half-way makes no difference."""
    heard: list[int] = []

    def kill_one(done: int, asked: int) -> None:
        heard.append(done)
        if done >= 4 and cluster.workers[0].poll() is None:
            os.kill(cluster.workers[0].pid, signal.SIGKILL)

    names = (tiny(), tiny("good-practice"))
    there = sim.compare(*names, replications=REPLICATIONS, engine="simpy", dask=cluster.address, out=tmp_path / "there", progress=kill_one)
    assert cluster.workers[0].wait(30) == -signal.SIGKILL
    assert there.complete
    assert heard[-1] == 2 * REPLICATIONS
    sim.compare(*names, replications=REPLICATIONS, engine="simpy", workers=1, out=tmp_path / "here")
    files = [path.relative_to(tmp_path / "here") for path in (tmp_path / "here").rglob("*") if path.suffix in (".parquet", ".csv")]
    assert len(files) == 6
    for file in files:
        assert (tmp_path / "there" / file).read_bytes() == (tmp_path / "here" / file).read_bytes()


def test_a_cluster_may_have_more_to_do_than_hands(cluster):
    """More replications than are sent ahead, and scenarios that do not share a warm-up."""
    other = tiny(called="elsewhere", area__reports_per_year=150.0)
    found = sim.compare(tiny(), other, replications=9, engine="simpy", dask=cluster.address)
    assert found.complete
    assert found.measures.equals(sim.compare(tiny(), other, replications=9, engine="simpy", workers=1).measures)


def test_workers_with_another_model_are_refused(cluster, monkeypatch):
    """Their cells would be kept beside those of this version as if they were the same."""
    monkeypatch.setattr(identity, "code", lambda: "another version")
    with pytest.raises(ScenarioError, match="a worker has another version of the model"):
        sim.run(tiny(), replications=1, engine="simpy", workers=1, dask=cluster.address)


def test_a_cluster_without_workers(cluster, monkeypatch):
    """It is told, and not waited for without end."""
    monkeypatch.setattr("sim.experiment.cluster.WAIT", 2.0)
    for worker in cluster.workers:
        worker.kill()
        worker.wait(30)
    time.sleep(1.0)
    with pytest.raises(ScenarioError, match=r"--dask: the scheduler at .* has no workers"):
        sim.run(tiny(), replications=1, engine="simpy", dask=cluster.address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "http://127.0.0.1:1", ""])
def test_where_no_scheduler_answers(address, monkeypatch):
    """One clear error, before anything is simulated."""
    monkeypatch.setattr("sim.experiment.cluster.WAIT", 1.0)
    with pytest.raises(ScenarioError, match=r"--dask: (no scheduler answers at|.* is not an address)"):
        sim.run(tiny(), replications=1, engine="simpy", dask=address)


def test_without_dask_the_extra_is_named(monkeypatch):
    """A plain installation has none."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ScenarioError, match=r"Dask is not installed; in the repository: pip install -e '\.\[cluster\]'"):
        sim.run(tiny(), replications=1, engine="simpy", dask="tcp://127.0.0.1:8786")
