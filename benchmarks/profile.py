"""Where the compiled engine spends its time: a sampling profile by rule, with Linux's `perf`.

    python -m benchmarks.profile                 # the county, full model
    python -m benchmarks.profile --size london

`perf` knows nothing of code that is compiled while a program runs, but reads names from /tmp/perf-<process>.map if there is such a file. The names
and places of the rules stand in the machine code that the cache keeps. What LLVM has put into a caller counts as the caller's: much of the
calendar and of the luck counts as `run` and as the rules that push and draw.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from .measures import DAY, parameters
from .speed import AREAS
from .table import table

LENGTH = 1185.0 * DAY
"""Hours of a replication: warm-up, window and run-on of the library's scenarios."""
PERIODS = 997
"""Samples a second; prime, so that it does not beat with anything."""


def machine_code() -> bytes:
    """The object file of `run`, from the cache of compiled code. Raises FileNotFoundError if nothing is kept."""
    from sim.engine import compiled

    if compiled.PLACE is None:
        raise FileNotFoundError("no compiled code is kept on this machine, so its rules cannot be told apart")
    for kept in sorted(compiled.PLACE.rglob("*.nbc")):
        whole = kept.read_bytes()
        start = whole.find(b"\x7fELF")
        if start >= 0:
            return whole[start:]
    raise FileNotFoundError(f"no machine code in {compiled.PLACE}")


def functions(code: bytes) -> dict[str, tuple[int, int]]:
    """Every function of an ELF object: where it begins in its section, and its length. Names are mangled."""
    sections_at, size, count = struct.unpack_from("<Q", code, 40)[0], *struct.unpack_from("<HH", code, 58)
    headers = [struct.unpack_from("<IIQQQQIIQQ", code, sections_at + size * number) for number in range(count)]
    found: dict[str, tuple[int, int]] = {}
    for header in headers:
        if header[1] != 2:  # the table of symbols
            continue
        names_at = headers[header[6]][4]
        for place in range(header[4], header[4] + header[5], 24):
            name, kind, _, _, value, length = struct.unpack_from("<IBBHQQ", code, place)
            if kind & 15 == 2 and length:
                end = code.index(b"\0", names_at + name)
                found[code[names_at + name : end].decode()] = (value, length)
    return found


def write_map(_made: Any) -> None:
    """Tell `perf` where each rule lies in this process, once an area has been made and the code is in place."""
    from sim.engine import compiled
    from sim.engine.linking import plain_name

    (ready,) = compiled.run.overloads.values()
    name = ready.fndesc.llvm_func_name
    known = functions(machine_code())
    base = ready.library.get_pointer_to_function(name) - known[name][0]
    lines = [f"{base + start:x} {length:x} {plain_name(mangled)}" for mangled, (start, length) in known.items()]
    Path(f"/tmp/perf-{os.getpid()}.map").write_text("\n".join(lines) + "\n")


def run(size: str, replications: int) -> None:
    """What is sampled: replications of the library's length, one after another."""
    from sim.engine.choice import open_area
    from sim.scenario import load

    chosen = parameters(load("baseline", area=AREAS[size]))
    write_map(open_area("compiled", chosen, 1, 0))
    for replication in range(replications):
        open_area("compiled", chosen, 1, replication).run(LENGTH)
    print(os.getpid())


def shares(report: str) -> dict[str, float]:
    """Percent by symbol, from the text of `perf report`."""
    found: dict[str, float] = {}
    for line in report.splitlines():
        match = re.match(r"\s*([\d.]+)%\s+\[[.k]\]\s+(\S+)", line)
        if match:
            found[match[2]] = found.get(match[2], 0.0) + float(match[1])
    return found


def sampled(size: str, replications: int) -> dict[str, float]:
    """Percent of CPU time by rule of a run in a process of its own, start-up included. Raises FileNotFoundError without `perf`."""
    if shutil.which("perf") is None:
        raise FileNotFoundError("this needs Linux's `perf`")
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "perf.data")
        command = [sys.executable, "-m", "benchmarks.profile", "--size", size, "--replications", str(replications), "--run"]
        record = ["perf", "record", "--quiet", "--event", "cpu-clock", "--freq", str(PERIODS), "--output", data, *command]
        process = subprocess.run(record, check=True, capture_output=True, text=True).stdout.split()[-1]
        told = subprocess.run(
            ["perf", "report", "--input", data, "--stdio", "--sort", "symbol"], check=True, capture_output=True, text=True
        ).stdout
    Path(f"/tmp/perf-{process}.map").unlink()
    return shares(told)


def event_mix(size: str, days: float) -> dict[str, float]:
    """Percent of all events by name, counted step by step under SimPy after as many days."""
    from sim.engine.interpreted import Area
    from sim.scenario import load

    area = Area(parameters(load("baseline", area=AREAS[size])), 1, 0)
    area.run(days * DAY)
    counts: Counter[str] = Counter()
    while area.now < 2.0 * days * DAY:
        counts[area.step()[1].name.lower()] += 1
    return {name: 100.0 * number / counts.total() for name, number in counts.most_common()}


def main(arguments: list[str] | None = None) -> None:
    """Sample, and print the rules that take most."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description="Where the compiled engine spends its time.")
    parser.add_argument("--size", choices=list(AREAS), default="county")
    parser.add_argument("--replications", type=int, default=60, help="replications (60): enough that start-up hardly counts")
    parser.add_argument("--rows", type=int, default=30, help="rules to show (30)")
    parser.add_argument("--run", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.run:
        run(given.size, given.replications)
        return
    mix = event_mix(given.size, 100.0 if given.size != "london" else 15.0)
    print(table(f"Events, {given.size}", ("event", "% of events"), list(mix.items())[:15]) + "\n")
    found = sampled(given.size, given.replications)
    ours = {name: share for name, share in found.items() if name.startswith("sim.")}
    rows = [(name, share) for name, share in sorted(ours.items(), key=lambda item: -item[1])[: given.rows]]
    rest = sum(found.values()) - sum(ours.values())
    rows.append(("all else: Python, NumPy, the mathematical library, the system", rest))
    print(table(f"Compiled engine, {given.size}, {given.replications} replications", ("rule", "% of CPU time"), rows))
    others = sorted(((share, name) for name, share in found.items() if name not in ours), reverse=True)[:8]
    print("Of all else: " + ", ".join(f"{name} {share:.1f}%" for share, name in others))


if __name__ == "__main__":
    main()
