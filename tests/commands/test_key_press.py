"""A key press (Ctrl-C) while replications run: what is finished is kept and told, and no process is left behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.commands.shell import ROOT, SMALL

pty = pytest.importorskip("pty")
ASKED = 100_000
FIRST_DONE = rb"[1-9]\d*/[12]00000"
NONE_DONE = rb" 0/[12]00000\S* \S*0:00:0[1-9]"
"""A second and more into the first."""
SOME_WHOLE = rb"([3-9]|\d\d+)/200000"
"""As many runs as two cores cannot have finished without a replication being whole."""
BEYOND = "a scenario's own values are of all its runs, differences of runs in pairs"
KEPT = rf"The run was stopped after (\d+) of 100000 replications(?:: the results are of those| and (1 run of another|\d+ runs of others): {BEYOND})\."


def heeds_keys() -> None:
    """What a shell does for a command in front; tests that were started behind would pass on that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """The command with a terminal for standard error, in a process group of its own, as a shell starts it."""

    def __init__(self, *arguments: object) -> None:
        self._ours, theirs = pty.openpty()
        asked = [sys.executable, "-m", "sim", *map(str, arguments), "--replications", str(ASKED)]
        settings = os.environ | {"MISSING_SIM_RESULTS": "off", "TERM": "xterm", "COLUMNS": "100"}
        self.process = subprocess.Popen(
            asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True, start_new_session=True, env=settings, preexec_fn=heeds_keys
        )
        os.close(theirs)
        self.seen = b""

    def wait_for(self, pattern: bytes) -> None:
        """Read the screen until it shows this."""
        while not re.search(pattern, self.seen):
            self.seen += os.read(self._ours, 65536)

    def press(self) -> tuple[int, str, float]:
        """What a terminal does on Ctrl-C: every process of the group is told. Gives exit code, standard output, and seconds until the end."""
        pressed = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        out, _ = self.process.communicate(timeout=60)
        code = self.process.returncode
        took = time.monotonic() - pressed
        self.read_on()
        return code, out, took

    def read_on(self) -> None:
        """Read the screen to its end."""
        while self._more():
            pass

    def _more(self) -> bool:
        try:
            read = os.read(self._ours, 65536)
        except OSError:
            return False
        self.seen += read
        return bool(read)

    def group(self) -> list[int]:
        """Processes of the group that are still at work."""
        return [pid for pid, _ in self._listed()]

    def workers(self) -> list[int]:
        """Those that were started to work."""
        return [pid for pid, command in self._listed() if "spawn_main" in command]

    def _listed(self) -> list[tuple[int, str]]:
        found = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 3) for line in found.splitlines()]
        return [(int(row[0]), row[-1]) for row in rows if int(row[1]) == self.process.pid and not row[2].startswith("Z")]

    def gone(self, seconds: float = 10.0) -> bool:
        """Is no process of the group left, at the latest after so many seconds?"""
        until = time.monotonic() + seconds
        while self.group() and time.monotonic() < until:
            time.sleep(0.05)
        return not self.group()

    def end(self) -> None:
        """Whatever happened, leave nothing behind."""
        for pid in self.group():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        os.close(self._ours)


@pytest.fixture
def terminal() -> Iterator:
    """Start the command: `terminal("run", ...)`."""
    started: list[Terminal] = []

    def start(*arguments: object) -> Terminal:
        started.append(Terminal(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_finished_is_kept(terminal, tmp_path, workers):
    """The command ends within seconds with exit code 1, says how many replications it kept, and the tables are of those; workers are gone."""
    out = tmp_path / "out"
    one = terminal("compare", "baseline", "good-practice", *SMALL, "--engine", "simpy", "--workers", workers, "--out", out)
    one.wait_for(SOME_WHOLE)
    assert len(one.group()) >= workers
    code, said, took = one.press()
    assert code == 1
    assert took < 20
    kept = re.search(KEPT, said)
    assert kept, said
    assert "Child-hours exposed" in said
    assert b"Traceback" not in one.seen
    told = json.loads((out / "manifest.json").read_text())
    assert (told["replications"], told["complete"]) == (int(kept[1]) + (kept[2] is not None), False)
    assert all(not path.name.startswith(".") for path in out.iterdir())
    assert {"measures.csv", "differences.csv", "report.html"} <= {path.name for path in out.iterdir()}
    assert one.gone()


def test_a_stopped_validation_is_told_in_json(terminal, tmp_path):
    """For machines: exit code 1, still one object, and a notice in it."""
    area = tmp_path / "small.toml"
    area.write_text(
        'extends = "small-force"\n[about]\ntitle = "A small place"\nsummary = "For tests."\nkind = "area"\n'
        "[area]\nchildren = [300, 30, 15, 15]\nreports_per_year = 200\n[run]\nwarm_up_days = 40\nwindow_days = 40\nrun_on_days = 20\n"
    )
    one = terminal("validate", "--area", area, "--engine", "simpy", "--workers", 1, "--json")
    one.wait_for(FIRST_DONE)
    code, said, _ = one.press()
    assert code == 1
    told = json.loads(said)
    assert re.fullmatch(KEPT, told["notices"][0])
    assert told["replications"] < ASKED


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_is_kept_before_the_first(terminal, tmp_path, workers):
    """Exit code 1, one sentence, no traceback, neither file nor folder, and no process."""
    one = terminal("run", "baseline", "--area", "london", "--engine", "simpy", "--workers", workers, "--out", tmp_path / "out")
    one.wait_for(NONE_DONE)
    code, said, took = one.press()
    assert (code, said) == (1, "")
    assert took < 20
    assert b"Stopped before the first replication was finished: nothing was kept." in one.seen
    assert b"Traceback" not in one.seen
    assert list(tmp_path.iterdir()) == []
    assert one.gone()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_command(terminal, sign):
    """A command that is ended from outside, even at once, leaves no worker at work."""
    one = terminal("run", "baseline", *SMALL, "--engine", "simpy", "--workers", 2)
    one.wait_for(FIRST_DONE)
    assert len(one.group()) >= 3
    os.kill(one.process.pid, sign)
    assert one.process.wait(20) == -sign
    assert one.gone()


def test_a_worker_that_is_ended_from_outside_is_told(terminal):
    """The work has failed: exit code 1, what may be the matter, no traceback, and no process."""
    one = terminal("run", "baseline", *SMALL, "--engine", "simpy", "--workers", 2)
    one.wait_for(FIRST_DONE)
    os.kill(one.workers()[0], signal.SIGKILL)
    assert one.process.wait(30) == 1
    one.read_on()
    assert b"A worker process was ended from outside" in one.seen
    assert b"Traceback" not in one.seen
    assert one.gone()
