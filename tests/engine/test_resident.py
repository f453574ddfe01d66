"""What is given back of the files of libraries: only what is as it was read, and it is there again when it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine.resident import as_read, let_go_of_libraries


def told(first: int, may: str, file: str, there: int = 64, anonymous: int = 0, swap: int = 0, flags: str = "rd ex mr mw me") -> str:
    """A piece of 64 KB as Linux tells of it."""
    return (
        f"{first:x}-{first + 0x10000:x} {may} 00000000 fe:00 12                         {file}\n"
        f"Size:                 64 kB\nRss:                  {there} kB\nAnonymous:            {anonymous} kB\n"
        f"Swap:                 {swap} kB\nSwapPss:              0 kB\nVmFlags: {flags}\n"
    )


MEASURED = """
import io, json
import numpy, pyarrow
from pyarrow import parquet
from sim.engine.compiled import CompiledArea
from sim.experiment.plan import parameters
from sim.scenario import load

def read():
    with open("/proc/self/status") as told:
        return next(int(line.split()[1]) for line in told if line.startswith("RssFile"))

before = read()
area = CompiledArea(parameters(load("good-practice", {}, "small-force")), 1, 0)
after = read()
area.run(1000.0)
table = pyarrow.table({"a": pyarrow.array([1, 2, 3])})
sink = io.BytesIO()
parquet.write_table(table, sink)
print(json.dumps([before, after, area.events, parquet.read_table(sink).equals(table)]))
"""


@pytest.mark.parametrize(
    ("piece", "given_back"),
    [
        (told(0x7F0000000000, "r-xp", "/usr/lib/a library.so.1.2"), True),
        (told(0x7F0000000000, "r--p", "/usr/lib/another.cpython-311-x86_64-linux-gnu.so", there=4), True),
        (told(0x7F0000000000, "r--p", "/usr/lib/a.so", anonymous=4), False),
        (told(0x7F0000000000, "r--p", "/usr/lib/a.so", swap=4), False),
        (told(0x7F0000000000, "r--p", "/usr/lib/a.so", flags="rd mr mw me ac"), False),
        (told(0x7F0000000000, "rw-p", "/usr/lib/a.so"), False),
        (told(0x7F0000000000, "r--p", "/usr/lib/a.so", there=0), False),
        (told(0x7F0000000000, "r-xp", "/usr/lib/gone.so (deleted)"), False),
        (told(0x7F0000000000, "r--s", "/home/someone/table.sorted"), False),
        (told(0x7F0000000000, "r--p", ""), False),
        (told(0x7F0000000000, "r-xp", "[vdso]"), False),
        (told(0x7F0000000000, "r-xp", "/usr/lib/a.so").replace("Swap:", "Swapped:"), False),
    ],
)
def test_only_what_is_as_the_file_has_it_is_given_back(piece, given_back):
    """Not what was written to, on disk or in memory, nor what may be, or once might; nothing of a library that is only being loaded, of a file that
    is none or is gone from the disk; and nothing if Linux does not say all of it."""
    after = told(0x7F0000100000, "r-xp", "/usr/lib/last.so")
    last = (0x7F0000100000, 0x7F0000110000)
    expected = [(0x7F0000000000, 0x7F0000010000), last] if given_back else [last]
    assert list(as_read((piece + after).splitlines(keepends=True))) == expected


def test_what_was_given_back_is_there_when_it_is_needed():
    """Once the engine is ready, a process holds a third of what it had read of its files, and its libraries work as before."""
    if not Path("/proc/self/smaps").exists():
        pytest.skip("only Linux tells")
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True, timeout=500)
    before, after, events, same = json.loads(done.stdout)
    assert after < before / 3
    assert events > 1000
    assert same


def test_nothing_is_asked_where_the_system_cannot_be_told(monkeypatch):
    """Elsewhere than on Linux everything stays as it is, and so it does where the system does not answer."""
    monkeypatch.setattr("builtins.open", None)
    monkeypatch.setattr(sys, "platform", "win32")
    let_go_of_libraries()

    def refused(*_, **__):
        raise PermissionError(13, "refused", "/proc/self/smaps")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("builtins.open", refused)
    let_go_of_libraries()
