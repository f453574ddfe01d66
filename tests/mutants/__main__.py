"""The command: `python -m tests.mutants` tries the committed sample of mutants and writes what became of them.

    python -m tests.mutants                          # all, about an hour of CPU time
    python -m tests.mutants --only police.py         # one file; the rows of the others stay
    python -m tests.mutants --quick                  # only tests that look at one rule at a time
    python -m tests.mutants --again                  # those that survived, or whose file has changed
    python -m tests.mutants --count 40 --seed 2 --out elsewhere.csv
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.mutants import page
from tests.mutants.mutant import Mutant, digest
from tests.mutants.record import OUTCOME, SURVIVORS, Row, Survivor, kill_rate, read_rows, read_survivors, row, survivors, write
from tests.mutants.sample import COUNT, SEED, every, sample
from tests.mutants.trial import QUICK, STAGES, snapshot_of, try_out, usual_times


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Change one rule at a time and see whether a test fails.")
    parser.add_argument("--count", type=int, default=COUNT, help=f"how many mutants (default {COUNT})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"which (default {SEED})")
    parser.add_argument("--only", metavar="FILE", help="only the mutants of this file, such as police.py")
    parser.add_argument("--again", action="store_true", help="only those that survived last time, were not tried, or whose file has changed")
    parser.add_argument("--quick", action="store_true", help="only tests that look at one rule at a time: a few seconds for each mutant")
    parser.add_argument("--out", type=Path, default=OUTCOME, help="where to write the table of outcomes")
    return parser.parse_args()


def wanted(mutants: list[Mutant], asked: argparse.Namespace, known: dict[str, Row], sources: dict[str, str]) -> list[Mutant]:
    """Those to be tried now."""
    if asked.only:
        mutants = [mutant for mutant in mutants if Path(mutant.file).name == Path(asked.only).name]
    if asked.again:
        done = {name for name, one in known.items() if one.outcome != "survived" and one.source == sources[one.file]}
        mutants = [mutant for mutant in mutants if mutant.name not in done]
    return mutants


def main() -> None:
    asked = options()
    known = {one.mutant: one for one in read_rows(asked.out)}
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        snapshot = snapshot_of(Path(folder))
        mutants = sample(asked.count, asked.seed, snapshot)
        sources = {Path(mutant.file).name: digest((snapshot / mutant.file).read_text(encoding="utf-8")) for mutant in mutants}
        todo = wanted(mutants, asked, known, sources)
        print("The tests with the rules as they are:", end=" ", flush=True)
        usual = usual_times(snapshot, QUICK if asked.quick else len(STAGES))
        print(" + ".join(f"{seconds:.0f}" for seconds in usual), "seconds")
        for number, mutant in enumerate(todo, 1):
            outcome = try_out(mutant, snapshot, usual)
            known[mutant.name] = row(mutant, outcome, sources[Path(mutant.file).name])
            place = f"{Path(mutant.file).name}:{mutant.line} {mutant.rule}, {mutant.operator}"
            print(f"{number}/{len(todo)} {outcome.verdict} after {outcome.seconds:.0f} s  {place}  {outcome.by}", flush=True)
            write(asked.out, [known[one.name] for one in mutants if one.name in known], Row)
    report(asked.out)


def report(out: Path) -> None:
    """Print the rate; bring the survivors' table and the page up to date with the committed sample."""
    rows = read_rows(out)
    print(f"{kill_rate(rows):.1%} of {len(rows)} mutants killed:", dict(Counter(one.outcome for one in rows)))
    if out == OUTCOME:
        left = survivors(rows, read_survivors())
        write(SURVIVORS, left, Survivor)
        page.write(rows, left, sum(len(mutants) for mutants in every().values()))
    for one in rows:
        if one.outcome == "survived":
            print(f"survived: {one.mutant} {one.file}:{one.line} {one.rule}: {one.before}  ->  {one.after}")


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"{(time.monotonic() - started) / 60:.0f} minutes")
