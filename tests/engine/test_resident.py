"""What is given back of the files of libraries: only what is as it was read, and it is there again when it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine.resident import as_read, let_go_of_libraries

TOLD = """\
7f0000000000-7f0000010000 r-xp 00000000 fe:00 12                         /usr/lib/a library.so.1.2
Size:                 64 kB
Rss:                  64 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me sd
7f0000010000-7f0000020000 r--p 00010000 fe:00 12                         /usr/lib/a library.so.1.2
Rss:                  64 kB
Anonymous:             4 kB
7f0000020000-7f0000030000 rw-p 00020000 fe:00 12                         /usr/lib/a library.so.1.2
Anonymous:             0 kB
7f0000030000-7f0000040000 r-xp 00000000 fe:00 13                         /usr/lib/gone.so (deleted)
Anonymous:             0 kB
7f0000040000-7f0000050000 r--s 00000000 fe:00 14                         /home/someone/table.sorted
Anonymous:             0 kB
7f0000050000-7f0000060000 r--p 00000000 00:00 0
Anonymous:             0 kB
7ffd00000000-7ffd00001000 r-xp 00000000 00:00 0                          [vdso]
Anonymous:             0 kB
7f0000060000-7f0000061000 r--p 00000000 fe:00 15                         /usr/lib/another.cpython-311-x86_64-linux-gnu.so
Rss:                   4 kB
Anonymous:             0 kB
"""
MEASURED = """
import json
from sim.engine.compiled import CompiledArea
from sim.engine.resident import let_go_of_libraries
from sim.experiment.plan import parameters
from sim.scenario import load

def resident():
    with open("/proc/self/status") as told:
        return {line.split(":")[0]: int(line.split()[1]) for line in told if line.startswith("Rss")}

import pyarrow.parquet
before = resident()
let_go_of_libraries()
after = resident()
area = CompiledArea(parameters(load("good-practice", {}, "small-force")), 1, 0)
area.run(1000.0)
print(json.dumps([before, after, resident(), area.events]))
"""


def test_only_what_is_as_the_file_has_it_is_given_back():
    """Not what was written to, nor what may be; nothing of a file that is no library, or that is gone from the disk."""
    assert list(as_read(TOLD.splitlines(keepends=True))) == [(0x7F0000000000, 0x7F0000010000), (0x7F0000060000, 0x7F0000061000)]


def test_what_was_given_back_is_there_when_it_is_needed():
    """Libraries work as before, and once the engine is ready the process holds little of their files. Its own numbers are not touched."""
    if not Path("/proc/self/smaps").exists():
        pytest.skip("only Linux tells")
    told = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True, timeout=500)
    before, after, ready, events = json.loads(told.stdout)
    assert events > 1000
    assert after["RssFile"] < before["RssFile"] / 3
    assert ready["RssFile"] < before["RssFile"] / 2
    assert after["RssAnon"] >= before["RssAnon"] - 1000


def test_nothing_is_asked_where_the_system_cannot_be_told(monkeypatch):
    """Elsewhere than on Linux everything stays as it is."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("builtins.open", None)
    let_go_of_libraries()
