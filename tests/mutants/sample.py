"""Which mutants are tried: as many of each file as it has room for mistakes, every file and every operator among them, the same for the same seed."""

from __future__ import annotations

import random
from functools import cache
from itertools import zip_longest
from pathlib import Path

from tests.mutants.mutant import ROOT, Mutant, mutants_of, rule_files

COUNT = 180
SEED = 1
FEWEST = 3
"""Mutants of the smallest file."""


def shares(sizes: dict[str, int], count: int) -> dict[str, int]:
    """How many of `count` each file gets, in proportion to its size: FEWEST at least, the largest remainders first."""
    total = sum(sizes.values())
    exact = {file: count * size / total for file, size in sizes.items()}
    given = {file: min(max(int(exact[file]), FEWEST), sizes[file]) for file in sizes}
    for file in sorted(sizes, key=lambda file: int(exact[file]) - exact[file]):
        if sum(given.values()) < count and given[file] < sizes[file]:
            given[file] += 1
    return given


def in_turn(mutants: list[Mutant], luck: random.Random) -> list[Mutant]:
    """The mutants of one file, shuffled, one operator after the other, so that the rare ones come as soon as the frequent ones."""
    by_operator: dict[str, list[Mutant]] = {}
    for mutant in luck.sample(mutants, len(mutants)):
        by_operator.setdefault(mutant.operator, []).append(mutant)
    rounds = zip_longest(*by_operator.values())
    return [mutant for one_each in rounds for mutant in one_each if mutant is not None]


@cache
def every(root: Path = ROOT) -> dict[str, list[Mutant]]:
    """Every mutant of every rule file. Made once, which takes some seconds."""
    return {file: list(mutants_of(file, root)) for file in rule_files(root)}


def sample(count: int = COUNT, seed: int = SEED, root: Path = ROOT) -> list[Mutant]:
    """`count` mutants (a few more if the smallest files need it), by file and line."""
    given = shares({file: len(mutants) for file, mutants in every(root).items()}, count)
    chosen = [mutant for file, mutants in every(root).items() for mutant in in_turn(mutants, random.Random(f"{seed}:{file}"))[: given[file]]]
    return sorted(chosen, key=lambda mutant: (mutant.file, mutant.line, mutant.name))
