"""The mutants themselves, and the committed table of what became of them. To try them all: `python -m tests.mutants`."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path

import pytest

from tests.mutants import page
from tests.mutants.mutant import MODEL, ROOT, digest, is_rule, mutants_of, rule_files
from tests.mutants.operators import OPERATORS
from tests.mutants.record import Row, kill_rate, read_rows, read_survivors, shown, stale, survivors
from tests.mutants.sample import COUNT, SEED, every, sample, shares
from tests.mutants.trial import STAGES, asked_of, failed

LEAST = 0.9
"""The share of the committed sample that must be killed."""
KINDS = {"equivalent", "only speed", "not observable"}


@cache
def committed() -> list[Row]:
    return read_rows()


# the mutants


def test_every_file_with_a_rule_in_it_has_mutants_by_most_operators():
    """A file that is added to the model is found by itself; no rule is so short that nothing can be wrong with it."""
    with_rules = {str(path.relative_to(ROOT)) for path in (ROOT / MODEL).glob("*.py") if "\n@rule\n" in path.read_text(encoding="utf-8")}
    assert set(every()) == with_rules
    for file, mutants in every().items():
        assert len(mutants) >= 15, file
        assert len({mutant.operator for mutant in mutants}) >= 3, file
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert {mutant.rule for mutant in mutants} == {node.name for node in tree.body if is_rule(node) and isinstance(node, ast.FunctionDef)}


def test_a_mutant_is_another_program_that_compiles():
    """The file of each differs from the source and from every other mutant's, in what Python reads, and has a name of its own."""
    names = [mutant.name for mutants in every().values() for mutant in mutants]
    assert len(set(names)) == len(names)
    for file, mutants in every().items():
        source = ast.dump(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        for mutant in mutants[::25]:
            compile(mutant.mutated, file, "exec")
            assert ast.dump(ast.parse(mutant.mutated)) != source, mutant


def test_the_mutants_are_the_same_each_time():
    """The same file gives the same mutants by the same names, and the same seed the same sample; another seed another."""
    assert list(mutants_of("sim/model/work.py")) == every()["sim/model/work.py"]
    names = [mutant.name for mutant in sample(40, 5)]
    assert names == [mutant.name for mutant in sample(40, 5)]
    assert set(names) != {mutant.name for mutant in sample(40, 6)}


def test_the_sample_has_every_file_and_every_operator():
    """Each file has about its share by size, and three at the least."""
    chosen = sample()
    assert {mutant.file for mutant in chosen} == set(every())
    assert {mutant.operator for mutant in chosen} == set(OPERATORS)
    assert COUNT <= len(chosen) <= COUNT + len(every())
    assert len({mutant.name for mutant in chosen}) == len(chosen)
    assert shares({"small": 1, "middle": 99, "large": 300}, 40) == {"small": 1, "middle": 9, "large": 30}


RULE = '''
from math import exp
from .rule import rule
from .words import Grade

@rule
def first(a: float, b: float, c: int) -> float:
    """Nothing in here is changed: 1 + 1."""
    if not a < b and c == 0:
        a += 2
    return max(a, b)

@rule
def second(c: int) -> int:
    first(1.5, 2.5, c)
    return Grade.LOW

def no_rule() -> int:
    return 3
'''


def test_each_operator_makes_the_changes_that_it_says(tmp_path):
    """By hand, for two short rules: what is no rule is left alone, and so is a docstring."""
    (tmp_path / MODEL).mkdir(parents=True)
    (tmp_path / MODEL / "rule.py").write_text("def rule(f): ...", encoding="utf-8")
    (tmp_path / MODEL / "words.py").write_text("", encoding="utf-8")
    (tmp_path / MODEL / "short.py").write_text(RULE, encoding="utf-8")
    made = sorted((mutant.rule, mutant.operator, mutant.after) for mutant in mutants_of("sim/model/short.py", tmp_path))
    assert made == sorted([
        ("first", "condition", "True"), ("first", "condition", "False"), ("first", "connective", "not a < b or c == 0"),
        ("first", "negation", "a < b"), ("first", "boundary", "a <= b"), ("first", "comparison", "a >= b"), ("first", "comparison", "c != 0"),
        ("first", "constant", "1"),
        ("first", "constant", "3"), ("first", "arithmetic", "a -= 2"), ("first", "deletion", "pass"), ("first", "extreme", "min"),
        ("first", "result", "return (max(a, b)) + 1"), ("second", "arguments", "first(2.5, 1.5, c)"), ("second", "constant", "2.5"),
        ("second", "constant", "3.5"), ("second", "deletion", "pass"), ("second", "member", "Grade.MEDIUM"),
    ])  # fmt: skip


def test_comments_do_not_make_a_trial_stale():
    """A rule that says the same to Python has the same digest; one that says something else has another."""
    other = RULE.replace('"""Nothing in here is changed: 1 + 1."""', '"""Another text."""  # and a remark')
    assert digest(RULE) == digest(other)
    assert digest(RULE) != digest(RULE.replace("a += 2", "a += 3"))


# the trial


def test_no_stage_asks_the_tests_that_compare_the_engines():
    """Both engines run the same wrong rule. Every stage is there, the mutant's own tests come first."""
    paths = [path for stage in STAGES for path in stage]
    assert not [path for path in paths if "equality" in path or path in ("tests/engine", "tests/experiment", "tests")]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert asked_of(STAGES[0], "sim/model/police.py", ROOT) == ["tests/model/rules/test_police.py", "tests/model/rules"]
    assert failed("1 failed\nFAILED tests/a.py::test_b[1] - assert 1 == 2\n") == "tests/a.py::test_b[1]"


LIVE = [
    ("search.py", "rate *= p.world.night_search_factor", "rate /= p.world.night_search_factor", "test_search.py"),
    ("police.py", "episode.grade == Grade.NO_APPARENT_RISK", "episode.grade != Grade.NO_APPARENT_RISK", "test_police.py"),
    ("pools.py", "roster.busy -= 1", "pass", "test_pools.py"),
]


def killed(mutated: dict[str, str], tests: str, folder: Path) -> bool:
    """Do these tests fail in a tree of their own with these files changed?"""
    for part in ("sim", "scenarios"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "model", folder / "tests" / "model", ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py", "tests/dealing.py"):
        shutil.copy(ROOT / part, folder / part)
    for file, text in mutated.items():
        (folder / file).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"tests/model/rules/{tests}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.returncode == 1


@pytest.mark.parametrize(("file", "before", "after", "tests"), LIVE, ids=[one[0] for one in LIVE])
def test_a_live_mutant_is_killed(file, before, after, tests, tmp_path):
    """Three that the program makes, each killed by the tests of its file in a tree of its own."""
    [mutant] = [one for one in every()[str(MODEL / file)] if (one.before, one.after) == (before, after)][:1]
    assert killed({mutant.file: mutant.mutated}, tests, tmp_path)


def test_without_a_mutant_the_same_trial_kills_nobody(tmp_path):
    """The tests fail for the mutant and not for the tree that they run in."""
    assert not killed({}, "test_search.py", tmp_path)


# the committed table


def test_nine_in_ten_of_the_committed_sample_are_killed():
    """By tests other than the equality of the engines. Killed ones name the test that did it."""
    rows = committed()
    assert len(rows) >= 150
    assert {one.outcome for one in rows} <= {"killed", "timed out", "survived"}
    assert kill_rate(rows) >= LEAST
    assert all(one.by.startswith("tests/") == (one.outcome != "survived") for one in rows)
    assert not [one for one in rows if "equality" in one.by]
    assert {one.operator for one in rows} == set(OPERATORS)


def test_every_survivor_has_a_reason():
    """Written by hand: the same behaviour, only speed, or nothing that anyone could see; none is left open."""
    listed = read_survivors()
    assert [one.mutant for one in listed] == [one.mutant for one in survivors(committed(), listed)]
    for one in listed:
        assert one.kind in KINDS, one
        assert len(one.reason.split()) >= 5, one


def test_the_page_says_what_the_tables_say():
    """docs/mutants.md is written from both tables; the count of all mutants alone may be of an earlier day."""
    written = page.PAGE.read_text(encoding="utf-8")
    made = int(written.split(" of them), draws")[0].rpartition("(")[2].replace(",", ""))
    assert written == page.text(committed(), read_survivors(), made)


def test_the_committed_table_is_of_the_committed_sample_or_says_that_it_is_stale():
    """As long as no rule has changed, its rows are the sample by the committed seed, neither more nor less. A changed rule makes the table stale:
    that is said, with the command that mends it, and fails nothing."""
    old = stale(committed())
    if old:
        warnings.warn(f"rules have changed since their mutants were tried ({', '.join(old)}): python -m tests.mutants --again", stacklevel=1)
    else:
        chosen = sample(COUNT, SEED)
        assert {one.mutant for one in committed()} == {mutant.name for mutant in chosen}
        texts = {mutant.name: (shown(mutant.before, mutant.after), shown(mutant.after, mutant.before)) for mutant in chosen}
        assert {one.mutant: (one.before, one.after) for one in committed()} == texts


def test_a_changed_rule_makes_the_table_stale(tmp_path):
    """A tree in which one rule of one file says something else is stale in that file alone; a comment makes none."""
    shutil.copytree(ROOT / MODEL, tmp_path / MODEL)
    sources = {Path(file).name: digest((ROOT / file).read_text(encoding="utf-8")) for file in rule_files()}
    rows = [Row("", file, 1, "", "", "", "", "killed", "", source) for file, source in sources.items()]
    work = tmp_path / MODEL / "work.py"
    work.write_text(work.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    assert stale(rows, tmp_path) == []
    work.write_text(work.read_text(encoding="utf-8").replace("max(t - row.requested, 1.0)", "max(t - row.requested, 2.0)"), encoding="utf-8")
    assert stale(rows, tmp_path) == ["work.py"]
