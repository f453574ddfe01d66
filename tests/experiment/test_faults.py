"""Whatever happens to the machine, what is finished stays, what is wrong is not kept, and the tables are those of an unbroken run."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pandas as pd
import pytest

import sim
from sim.cli.repeat import compared
from sim.experiment import book, execution, task, writing
from sim.experiment.archive import reopened, repeat
from sim.experiment.comparison import Result
from sim.experiment.reading import Only
from sim.experiment.replication import Replication
from sim.experiment.store import Store
from sim.experiment.study import carried_out, planned
from sim.scenario import ScenarioError
from sim.scenario.variant import variant
from tests.experiment.tiny import tiny

SHARES = (0.1, 0.5, 0.9)
ENGINE = "compiled"


def swept(out: Path | None, replications: int = 20, engine: str = ENGINE, **more) -> Result:
    """A small sweep: the baseline and three shares of desk-based search."""
    base = tiny()
    others = [variant(base, {"practice.desk_based_share": share}, f"desk {share:g}") for share in SHARES]
    how = {"replications": replications, "engine": engine, "workers": 1, "out": out, **more}
    return carried_out(Result, planned((base, *others), how, reading=Only(("P1", "T2", "W1"))), how)


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory) -> Path:
    """The folder of the same sweep, carried out in one go."""
    out = tmp_path_factory.mktemp("unbroken")
    assert swept(out).complete
    return out


def contents(folder: Path) -> dict[str, bytes]:
    """Every cell and table by its name; not the manifest, which tells of times."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.suffix in (".parquet", ".csv")}


def resumed(folder: Path, unbroken: Path) -> Result:
    """The sweep taken up again: at its end the folder holds what an unbroken run left, byte for byte."""
    result = swept(folder)
    assert result.complete
    assert contents(folder) == contents(unbroken)
    return result


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are ended by kill -9 on POSIX systems only")
def test_killed_at_fifty_moments(tmp_path, monkeypatch, unbroken):
    """kill -9 at fifty random moments, each time taken up again: nothing finished is lost, and the tables are those of an unbroken run."""
    monkeypatch.setattr(book, "KEEP_EVERY", 0.0)
    began = time.monotonic()
    swept(tmp_path / "timed")
    moments, whole, killed = Random(7), time.monotonic() - began, 0
    attempt = 0
    while killed < 50:
        folder = tmp_path / f"{attempt}"
        attempt += 1
        while killed < 50 and not _ends(folder, moments.uniform(0.0, 0.3 * whole)):
            killed += 1
    resumed(folder, unbroken)
    assert contents(tmp_path / "0") == contents(unbroken)


def _ends(folder: Path, moment: float) -> bool:
    """Let another process take up the sweep, and kill it at a moment. Did it end before?"""
    child = os.fork()
    if child == 0:
        try:
            swept(folder)
            os._exit(0)
        except BaseException:
            os._exit(1)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


@pytest.mark.parametrize("damage", ["truncated", "emptied", "a bit flipped", "not Parquet", "of another experiment"])
def test_a_damaged_cell_is_simulated_again(tmp_path, unbroken, damage):
    """It is found by its checksum, told of, and done again; the others are kept."""
    swept(tmp_path)
    path = sorted((tmp_path / "cells").iterdir())[3]
    whole = path.read_bytes()
    if damage == "of another experiment":
        other = tmp_path.parent / f"{tmp_path.name}-other"
        swept(other, seed=8)
        (other_cell,) = [cell for cell in (other / "cells").iterdir() if cell.name[:12] == path.name[:12]]
        path.unlink()
        (path.parent / other_cell.name).write_bytes(other_cell.read_bytes())
    else:
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 4
        path.write_bytes({"truncated": whole[: len(whole) // 2], "emptied": b"", "a bit flipped": bytes(flipped), "not Parquet": b"hello"}[damage])
    heard: list[tuple[int, int]] = []
    result = swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard[0] == (70, 80)
    assert any("was damaged or incomplete; it is simulated again" in notice for notice in result.notices)
    assert contents(tmp_path) == contents(unbroken)
    assert swept(tmp_path).notices == ()


def test_a_deleted_manifest_is_written_again(tmp_path, unbroken):
    """The cells tell what they belong to: nothing is simulated again."""
    swept(tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(ScenarioError, match=r"manifest\.json is missing"):
        reopened(tmp_path)
    heard: list[tuple[int, int]] = []
    swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard == [(80, 80)]
    assert json.loads((tmp_path / "manifest.json").read_text())["complete"] is True
    assert contents(tmp_path) == contents(unbroken)


def test_without_its_manifest_a_folder_is_not_given_to_another_experiment(tmp_path):
    """The cells tell what they belong to: they stay, until they are given up. Nothing of another seed is taken for ours."""
    swept(tmp_path, seed=8)
    (tmp_path / "manifest.json").unlink()
    before = contents(tmp_path)
    with pytest.raises(ScenarioError, match="has lost its manifest, and holds finished cells of another experiment; allowed: another folder"):
        swept(tmp_path)
    assert contents(tmp_path) == before
    assert swept(tmp_path, replace=True).of("baseline", "P1") == swept(None).of("baseline", "P1")


def test_a_full_disk_is_told_and_loses_nothing(tmp_path, monkeypatch, unbroken):
    """The third cell finds no space: the error names the place, and the same command goes on from the two that were finished."""
    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 3:  # the manifest, and two cells
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device; what was finished before is kept") as told:
        swept(tmp_path)
    assert told.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert len(contents(tmp_path)) == 2
    assert not list(tmp_path.rglob("*.part"))
    heard: list[tuple[int, int]] = []
    swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard[0] == (20, 80)
    assert contents(tmp_path) == contents(unbroken)


def test_a_folder_that_cannot_be_written_is_an_error_before_the_work(tmp_path):
    """A file stands where the folder of the cells belongs: nothing is simulated."""
    (tmp_path / "cells").write_text("mine")
    heard: list[tuple[int, int]] = []
    with pytest.raises(OSError, match="cells"):
        swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard == []


def test_a_home_that_cannot_be_written_is_done_without(tmp_path):
    """Nobody asked for that folder by name: the work is done, and a notice says that it is not kept."""
    (tmp_path / "results").write_text("mine")
    result = swept(None, home=tmp_path / "results")
    assert result.complete
    assert result.folder is None
    assert "this experiment is not kept" in result.notices[-1]


def failing(monkeypatch, when) -> None:
    """Let simulations fail for which `when(scenario's name, replication)` is true."""
    real = Replication.cohort

    @contextmanager
    def cohort(self, place):
        with real(self, place) as found:
            if when(self.plan.scenarios[place].name, self.number):
                raise ArithmeticError("the lines before the desk grew without end")
            yield found

    monkeypatch.setattr(Replication, "cohort", cohort)


def test_a_cell_that_fails_is_told_and_the_others_go_on(tmp_path, monkeypatch, unbroken):
    """Its replication is left out of its scenario only; the folder says why; the same command tries it again."""
    failing(monkeypatch, lambda name, number: (name, number) == ("desk 0.5", 13))
    result = swept(tmp_path)
    assert not result.complete
    assert result.replications == 20
    assert result.differences.query("measure == 'P1'").set_index("scenario")["n"].to_dict() == {"desk 0.1": 20, "desk 0.5": 19, "desk 0.9": 20}
    (notice,) = result.notices
    assert notice == (
        "1 run failed and is left out: desk 0.5, replication 13: "
        "ArithmeticError: the lines before the desk grew without end"
    )
    (row,) = [row for row in json.loads((tmp_path / "manifest.json").read_text())["cells"] if row["status"] == "failed"]
    assert (row["scenario"], row["first"], row["last"]) == ("desk 0.5", 10, 19)
    assert "grew without end" in row["error"]
    (kept,) = (tmp_path / "failed").iterdir()
    assert json.loads(kept.read_text())["replication"] == 13
    monkeypatch.undo()
    assert resumed(tmp_path, unbroken).notices == ()
    assert not list((tmp_path / "failed").iterdir())


def test_nothing_goes_on_where_nothing_works(tmp_path, monkeypatch):
    """If the very first replication fails in every scenario, the work ends at once and leaves nothing behind."""
    failing(monkeypatch, lambda name, number: True)
    for workers, replications in ((1, 20), (2, 1), (3, 2)):
        with pytest.raises(book.NothingDone, match="baseline could not be simulated: ArithmeticError"):
            swept(tmp_path / "new", workers=workers, replications=replications)
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("late", [0.0, 0.3])
def test_one_replication_in_which_nothing_works_is_left_out(monkeypatch, workers, late):
    """So it is with any number of workers, and whether it fails at once or later than others are finished."""
    real = Replication.cohort

    @contextmanager
    def cohort(self, place):
        if self.number == 0:
            time.sleep(late)
            raise ArithmeticError("a draw that fits nothing")
        with real(self, place) as found:
            yield found

    monkeypatch.setattr(Replication, "cohort", cohort)
    result = swept(None, workers=workers, replications=4)
    assert result.values.finished.tolist() == [[False, True, True, True]] * 4
    assert result.notices == ("4 runs failed and are left out; the first: baseline, replication 0: ArithmeticError: a draw that fits nothing",)


@pytest.mark.parametrize("always", [True, False])
def test_what_fails_is_tried_again_at_each_look_at_the_precision_and_counted_once(tmp_path, monkeypatch, always):
    """If it works the second time, nothing is said of the first."""
    tried = []

    def when(name: str, number: int) -> bool:
        if (name, number) != ("good-practice", 3):
            return False
        tried.append(number)
        return always or len(tried) == 1

    failing(monkeypatch, when)
    how = {"replications": 30, "engine": ENGINE, "workers": 1, "out": tmp_path}
    result = sim.compare(tiny(), tiny("good-practice"), precision={"P1": 1e-6}, **how)
    assert len(tried) > 1
    assert result.complete is not always
    failed = "1 run failed and is left out: good-practice, replication 3: ArithmeticError: the lines before the desk grew without end"
    assert (failed in result.notices) is always
    assert any("failed" in notice for notice in result.notices) is always
    states = {row["status"] for row in json.loads((tmp_path / "manifest.json").read_text())["cells"]}
    assert ("failed" in states) is always


def test_where_nothing_is_missing_no_engine_is_read(tmp_path, monkeypatch, unbroken):
    """The same command again, on two threads of a process in which no code is there yet."""
    whole = swept(tmp_path, replications=2)
    monkeypatch.setattr(execution, "can_begin", lambda engine: False)
    monkeypatch.setattr(execution, "open_area", lambda *_: pytest.fail("an area was begun"))
    assert swept(tmp_path, replications=2, workers=2).of("baseline", "P1") == whole.of("baseline", "P1")


def test_a_key_press_keeps_what_is_finished_of_a_cell(tmp_path, unbroken):
    """Stopped within a block: the replications that were finished are in the folder and in the tables, and the rest is done later."""

    def press(done: int, asked: int) -> None:
        if done >= 16:
            raise KeyboardInterrupt

    stopped = swept(tmp_path, progress=press)
    assert (stopped.replications, stopped.complete) == (4, False)
    assert stopped.notices == ("The run was stopped after 4 of 20 replications: the results are of those. The same command goes on from there.",)
    opened = reopened(tmp_path)
    assert opened.replications == 4
    assert opened.notices[-1].startswith("64 of 80 runs are missing")
    heard: list[tuple[int, int]] = []
    swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard[0] == (16, 80)
    assert contents(tmp_path) == contents(unbroken)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("how", ["progress", "signal"])
def test_a_stop_loses_no_run_that_is_finished(monkeypatch, workers, how):
    """Also of a task of many scenarios, which is far from its end; how far that is was told."""
    finished, heard, real = [], [], task._outcome

    def outcome(replication, place):
        if how == "signal" and len(finished) == 5:
            finished.append("pressed")
            os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.15)
        found = real(replication, place)
        finished.append(place)
        return found

    def progress(done: int, asked: int) -> None:
        heard.append(done)
        if how == "progress" and done >= 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(task, "_outcome", outcome)
    base = tiny()
    others = [variant(base, {"practice.desk_based_share": share / 20}, f"desk {share}") for share in range(20)]
    asked = {"replications": 1, "engine": ENGINE, "workers": workers, "progress": progress}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that were started behind would pass over it
    try:
        result = carried_out(Result, planned((base, *others), asked, reading=Only(("P1",))), asked)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not result.complete
    kept = int(result.values.finished.sum())
    assert 4 <= kept < 21
    assert result.notices == (f"The run was stopped after {kept} of 21 runs: the results are of those.",)
    assert any(0 < done < 21 for done in heard)


def test_a_stop_tells_of_whole_replications_and_of_runs_beyond(tmp_path):
    """Both are kept, and the same command goes on from there."""

    def press(done: int, asked: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    stopped = swept(tmp_path, progress=press)
    said = "The run was stopped after 1 of 20 replications and 2 runs of others: "
    said += "a scenario's own values are of all its runs, differences of runs in pairs. The same command goes on from there."
    assert stopped.notices == (said,)
    assert stopped.differences.query("measure == 'W1'")["n"].tolist() == [2, 1, 1]


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from sim.experiment import book
from tests.experiment.test_faults import swept
book.KEEP_EVERY = 0.0
assert swept(Path({folder!r}), engine="simpy", replications=4).complete
"""


def test_two_processes_on_one_folder(tmp_path):
    """Both end well, and the folder is that of one."""
    root = str(Path(__file__).parents[2])
    script = SCRIPT.format(root=root, folder=str(tmp_path / "both"))
    two = [subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in two:
        _, said = process.communicate(timeout=300)
        assert (process.returncode, said) == (0, "")
    swept(tmp_path / "one", replications=4)
    assert contents(tmp_path / "both") == contents(tmp_path / "one")


def test_leftovers_of_a_killed_process_are_cleared_later(tmp_path):
    """Not at once: another process may be writing them. Names that are not ours stay."""
    swept(tmp_path, replications=2)
    old, new, mine = (tmp_path / "cells" / name for name in (".a.part", ".b.part", "notes.txt"))
    for path in (old, new, mine):
        path.write_text("half")
    os.utime(old, (0, 0))
    swept(tmp_path, replications=2)
    assert [path.exists() for path in (old, new, mine)] == [False, True, True]


def test_a_folder_holds_one_experiment(tmp_path):
    """Another one is refused, in words that name both ways out; with `replace` it takes the folder, and what is not ours stays."""
    swept(tmp_path, replications=2, command="missing-sim sweep baseline")
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ScenarioError, match=r"holds another experiment \(missing-sim sweep baseline\); allowed: another folder, or --replace"):
        swept(tmp_path, replications=2, seed=8)
    replaced = swept(tmp_path, replications=2, seed=8, replace=True)
    assert replaced.of("baseline", "P1") == swept(None, replications=2, seed=8).of("baseline", "P1")
    assert len(list((tmp_path / "cells").iterdir())) == 4
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_more_replications_are_added_to_a_folder(tmp_path, unbroken):
    """Only what is missing is simulated; and fewer are read out of it without losing the others."""
    swept(tmp_path, replications=7)
    heard: list[tuple[int, int]] = []
    swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard[0] == (28, 80)
    assert contents(tmp_path) == contents(unbroken)
    few = swept(tmp_path, replications=7)
    assert few.measures.equals(swept(None, replications=7).measures)
    resumed(tmp_path, unbroken)


def test_episodes_are_of_the_replications_that_were_asked_for(tmp_path):
    """Also where a cell holds more of them than this time are wanted: in the file, in the result, and when it is opened again."""
    for replications in (3, 2):
        found = sim.run(tiny(), replications=replications, engine="simpy", workers=1, out=tmp_path, episodes=True)
    fresh = sim.run(tiny(), replications=2, engine="simpy", workers=1, episodes=True).episodes
    assert set(fresh["replication"]) == {0, 1}
    for episodes in (found.episodes, reopened(tmp_path).episodes, pd.read_parquet(tmp_path / "episodes.parquet")):
        pd.testing.assert_frame_equal(episodes, fresh)


def test_a_refused_experiment_leaves_the_folder_as_it_is(tmp_path):
    """Not even a folder for its episodes."""
    sim.run(tiny(), replications=1, engine="simpy", workers=1, out=tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ScenarioError, match="holds another experiment"):
        sim.run(tiny(), replications=1, engine="simpy", workers=1, out=tmp_path, episodes=True)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_experiment_is_repeated_from_its_folder(tmp_path, unbroken):
    """From its manifest alone, in another folder: the same cells and tables, byte for byte."""
    again = repeat(unbroken, {"engine": ENGINE, "workers": 1, "out": tmp_path})
    assert contents(tmp_path) == contents(unbroken)
    assert compared(unbroken, again).startswith("Every table is the same")
    assert compared(tmp_path / "nowhere", again).startswith("Not the same")


def test_engines_share_a_folder(tmp_path, unbroken):
    """The same bytes from both: what one has simulated the other need not."""
    swept(tmp_path, replications=5, engine="simpy")
    resumed(tmp_path, unbroken)


def test_an_opened_experiment_is_the_one_that_was_kept(tmp_path):
    """The same tables, without simulating anything; of a comparison with episodes these too."""
    kept = sim.compare(tiny(), tiny("good-practice"), replications=3, engine="simpy", workers=1, out=tmp_path, episodes=True)
    opened = reopened(tmp_path)
    assert isinstance(opened, Result)
    assert opened.episodes.equals(kept.episodes)
    assert {name: frame.to_csv() for name, frame in opened.tables.items()} == {name: frame.to_csv() for name, frame in kept.tables.items()}
    assert (opened.complete, opened.notices) == (True, ())


def test_an_experiment_is_opened_where_its_engine_is_not(tmp_path, monkeypatch, unbroken):
    """Nothing is simulated, so Numba need not be there, nor is it loaded; provenance names the engine that was used. Repeated there, SimPy runs."""
    monkeypatch.setattr("sim.engine.choice.obstacle", lambda: "Numba is not installed")
    assert reopened(unbroken).plan.engine == "compiled"
    monkeypatch.setattr("sim.experiment.archive.carried_out", lambda kind, plan, how, request: plan)
    assert repeat(unbroken, {}).engine == "simpy"
    assert repeat(unbroken, {"engine": "simpy"}).engine == "simpy"
    with pytest.raises(ScenarioError, match="Numba is not installed"):
        repeat(unbroken, {"engine": "compiled"})
    told = "import sys, sim; sim.reopened(sys.argv[1]); print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told, str(unbroken)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_engine_that_nobody_knows_is_one_error(tmp_path, unbroken):
    """In a manifest that was changed by hand."""
    manifest = json.loads((unbroken / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"engine": "steam"}))
    with pytest.raises(ScenarioError, match=r"does not describe an experiment of this version \(no engine is called steam\)"):
        reopened(tmp_path)


@pytest.mark.parametrize(("every", "times"), [(60.0, 1), (-1.0, 8)])
def test_what_was_read_to_keep_cells_is_given_back(tmp_path, monkeypatch, every, times):
    """After each cell, but not again within LET_GO_EVERY; not at all where nothing is kept."""
    given_back: list[int] = []
    monkeypatch.setattr(book, "let_go_of_libraries", lambda: given_back.append(1))
    monkeypatch.setattr(book, "LET_GO_EVERY", every)
    swept(None)
    assert not given_back
    swept(tmp_path)
    assert len(given_back) == times


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_key_press_while_a_cell_is_written_loses_nothing(tmp_path, monkeypatch, unbroken, call):
    """Whichever cell it is: what was finished is in the folder, and nothing that is missing there is said to be done."""
    real, calls = Store.put, []

    def put(self, cell, found):
        calls.append(cell)
        if len(calls) == call:
            raise KeyboardInterrupt
        real(self, cell, found)

    monkeypatch.setattr(Store, "put", put)
    result = swept(tmp_path)
    monkeypatch.undo()
    finished = int(result.values.finished.sum())
    assert 0 < finished < 80
    assert not result.complete
    heard: list[tuple[int, int]] = []
    again = swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard[0] == (finished, 80)
    assert again.complete
    assert contents(tmp_path) == contents(unbroken)


def test_a_key_press_while_the_last_cell_is_written_changes_nothing(tmp_path, monkeypatch, unbroken):
    """All is finished by then, and all of it is kept."""
    real, calls = Store.put, []

    def put(self, cell, found):
        calls.append(cell)
        if len(calls) == 8:
            raise KeyboardInterrupt
        real(self, cell, found)

    monkeypatch.setattr(Store, "put", put)
    assert swept(tmp_path).complete
    assert contents(tmp_path) == contents(unbroken)


def test_a_worker_that_is_gone_takes_nothing_with_it(tmp_path, monkeypatch):
    """What came back from workers before is kept."""

    def each(calls, engine, where, look):
        for number, (function, arguments) in enumerate(calls):
            if number == 2:
                raise BrokenProcessPool("a worker is gone")
            yield function(*arguments)

    monkeypatch.setattr(execution, "each", each)
    with pytest.raises(BrokenProcessPool):
        swept(tmp_path)
    monkeypatch.undo()
    heard: list[tuple[int, int]] = []
    swept(tmp_path, progress=lambda *told: heard.append(told))
    assert heard[0] == (8, 80)
