"""The page on experiments that last: its queries run as they stand, and give what the result gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sim
from tests.experiment.tiny import tiny

PAGE = Path(__file__).parents[2] / "docs" / "experiments.md"


def test_the_queries_of_the_page(tmp_path, monkeypatch):
    """Mean of a measure by scenario, and its paired difference, read from the cells by DuckDB."""
    monkeypatch.chdir(tmp_path)
    names = tiny(called="durham-2020-03"), tiny("good-practice")
    result = sim.compare(*names, replications=4, engine="simpy", workers=1, out="results/durham")
    found: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, found)
    hours, paired = found["hours"].set_index("scenario"), found["paired"]
    measures = result.measures.query("measure == 'T2'").set_index("scenario")
    assert hours["hours"].to_dict() == pytest.approx(measures["estimate"].to_dict())
    assert list(hours["replications"]) == [4, 4]
    difference = result.differences.set_index("measure").loc["T2", "estimate"]
    assert paired["difference"].mean() == pytest.approx(difference)
    assert list(paired["replication"]) == [0, 1, 2, 3]


def test_the_columns_that_the_readme_names():
    """Those of the frame of differences, in their order; two of them are there only where what is not known is drawn."""
    result = sim.compare(tiny(), tiny("good-practice"), replications=2, engine="simpy", workers=1)
    readme = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"result\.differences +# a pandas frame: (.*)", readme)
    always = [name for name in named.split(", ") if name not in ("luck", "unknown")]
    assert always == [name for name in result.differences.columns if name not in ("luck", "unknown")]
    assert "high, luck, unknown, n" in named
