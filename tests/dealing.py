"""In which order files of tests are dealt to workers: what takes longest first, so that nobody is left with a long file at the end.

The first file compiles the engine, and looks at the rules that it compiled on the way; the second needs no engine, so that two workers do not both
compile it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LONGEST = (
    "engine/test_explain.py",
    "pack/test_windows.py",
    "app/test_browser.py",
    "engine/test_reference_counts.py",
    "engine/test_equality.py",
    "pack/test_exercise.py",
    "commands/test_results.py",
    "experiment/test_faults.py",
    "docs/test_blocks.py",
    "engine/test_cache.py",
    "commands/test_story.py",
    "experiment/test_cluster.py",
    "commands/test_key_press.py",
    "app/test_tasks.py",
    "commands/test_sensitivity.py",
    "engine/test_orders.py",
    "commands/test_explain.py",
    "calibrate/test_coverage.py",
    "calibrate/test_calibration.py",
    "commands/test_choose.py",
    "report/test_word.py",
    "experiment/test_where.py",
    "engine/test_branching.py",
    "story/test_live.py",
    "story/test_crowd.py",
    "commands/test_doctor.py",
    "docs/test_site.py",
    "app/test_training.py",
    "commands/test_pack.py",
    "experiment/test_stocks.py",
    "engine/test_library.py",
    "benchmarks/test_plain_agrees.py",
    "benchmarks/test_turns.py",
)
"""Files that take ten seconds and more, or as long as that for a few tests, the longest first."""


def in_order(files: Iterable[str]) -> list[str]:
    """Files, each named once for each of its tests: those of LONGEST, then those with most tests."""
    tests = Counter(files)
    last = len(LONGEST)

    def place(file: str) -> tuple[int, int]:
        return next((number for number, end in enumerate(LONGEST) if file.endswith(f"tests/{end}")), last), -tests[file]

    return sorted(tests, key=place)
