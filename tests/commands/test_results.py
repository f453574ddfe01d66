"""What `run`, `compare` and `validate` print and write: for people, for machines, and on disk."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.calibrate.targets import targets
from sim.outcomes.catalogue import MEASURES
from tests.commands.shell import SMALL, missing_sim

HEAD = ["command", "version", "engine", "seed", "replications", "scenarios"]


def strict(text: str) -> dict:
    """One JSON object, without NaN or Infinity."""

    def never(constant: str):
        raise AssertionError(constant)

    told = json.loads(text, parse_constant=never)
    assert isinstance(told, dict)
    return told


@pytest.fixture(scope="module")
def compared(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One comparison with everything asked for, in a process of its own."""
    out = tmp_path_factory.mktemp("compared") / "new" / "folder"
    return missing_sim("compare", "baseline", "good-practice", *SMALL, "--replications", 2, "--out", out, "--episodes", "--json"), out


@pytest.mark.parametrize("command", ["run", "compare", "validate"])
def test_help_has_an_example(command):
    """Each help page is printed with exit code 0, and shows how to call the command."""
    done = missing_sim(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Example:\n    missing-sim {command} " in done.stdout


def test_json_of_a_comparison(compared):
    """One object with the documented keys; a row for each measure of each scenario, and of each difference. Standard error is silent."""
    done, _ = compared
    assert (done.returncode, done.stderr) == (0, "")
    told = strict(done.stdout)
    assert list(told) == [*HEAD, "measures", "differences", "notices"]
    assert [told[key] for key in HEAD] == ["compare", sim.__version__, "simpy", 1, 2, ["baseline", "good-practice"]]
    assert [(row["scenario"], row["measure"]) for row in told["measures"]] == [(name, id) for name in told["scenarios"] for id in MEASURES]
    assert all({"scenario", "measure", "estimate", "low", "high", "unit"} <= row.keys() for row in told["measures"])
    assert [(row["baseline"], row["scenario"], row["measure"]) for row in told["differences"]] == [
        ("baseline", "good-practice", id) for id in MEASURES
    ]
    assert all({"estimate", "low", "high"} <= row.keys() for row in told["differences"])
    assert told["notices"] == []


def test_a_comparison_leaves_its_files_and_no_others(compared):
    """Report, tables, manifest, and the episodes that were asked for; folders are made as needed."""
    _, out = compared
    tables = ["differences.csv", "episodes.parquet", "measures.csv", "split_differences.csv", "splits.csv"]
    assert sorted(path.name for path in out.iterdir()) == sorted([*tables, "cells", "draws.parquet", "episodes", "manifest.json", "report.html"])
    assert [len(list((out / kind).iterdir())) for kind in ("cells", "episodes")] == [2, 2]
    assert json.loads((out / "manifest.json").read_text())["tables"] == ["measures.csv", "splits.csv", *tables[:1], tables[3], tables[1]]
    assert sorted(path.name for path in out.parent.iterdir()) == ["folder"]
    assert (out / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert len(pd.read_parquet(out / "episodes.parquet")) > 50


def test_tables_and_json_agree(compared):
    """What is in the files is what is printed."""
    done, out = compared
    told = strict(done.stdout)
    for name in ("measures", "differences"):
        table, printed = pd.read_csv(out / f"{name}.csv"), pd.DataFrame(told[name])
        for column in ("estimate", "low", "high"):
            pd.testing.assert_series_equal(table[column], printed[column], rtol=1e-9, check_dtype=False)


def test_the_manifest_says_what_was_asked(compared):
    """The command as it was typed, the version, and both scenarios as they were in effect."""
    _, out = compared
    told = json.loads((out / "manifest.json").read_text())
    assert told["command"].startswith("missing-sim compare baseline good-practice --")
    assert (told["version"], told["complete"], told["engine"]) == (sim.__version__, True, "simpy")
    assert [(scenario["name"], scenario["area"]["reports_per_year"]) for scenario in told["scenarios"]] == [("baseline", 200), ("good-practice", 200)]


def test_json_of_a_run_has_no_differences():
    """One scenario: the same keys without `differences`; with one replication there are estimates and no limits."""
    told = strict(missing_sim("run", "baseline", *SMALL, "--replications", 1, "--seed", 5, "--json").stdout)
    assert list(told) == [*HEAD, "measures", "notices"]
    assert (told["command"], told["seed"], told["replications"], told["scenarios"]) == ("run", 5, 1, ["baseline"])
    assert any(row["estimate"] is not None for row in told["measures"])
    assert all(row["low"] is None and row["high"] is None for row in told["measures"])


def test_json_of_a_validation(tmp_path):
    """Every figure with its band, what was simulated, and whether that is inside; the same table is left in the folder."""
    area = tmp_path / "small.toml"
    area.write_text(
        'extends = "small-force"\n[about]\ntitle = "A small place"\nsummary = "For tests."\nkind = "area"\n'
        "[area]\nchildren = [300, 30, 15, 15]\nreports_per_year = 200\n[run]\nwarm_up_days = 40\nwindow_days = 40\nrun_on_days = 20\n"
    )
    done = missing_sim("validate", "--area", area, "--engine", "simpy", "--workers", 1, "--replications", 2, "--json", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    told = strict(done.stdout)
    assert list(told) == [*HEAD, "validation", "study", "misses", "notices"]
    assert [row["id"] for row in told["validation"]] == [figure.id for figure in targets()]
    assert all({"id", "quantity", "published", "low", "high", "simulated", "inside"} <= row.keys() for row in told["validation"])
    assert told["misses"] == [row["id"] for row in told["validation"] if row["kind"] == "emergent" and not row["inside"]]
    left = {"cells", "draws.parquet", "manifest.json", "report.html", "study.csv", "validation.csv"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == left
    assert list(pd.read_csv(tmp_path / "out" / "validation.csv")["id"]) == [figure.id for figure in targets()]


def test_one_replication_is_said_to_have_no_interval():
    """It works, and the reader is told."""
    done = missing_sim("run", "baseline", *SMALL, "--replications", 1)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 replication" in done.stdout
    assert "no interval" in done.stdout
    assert "Child-hours exposed" in done.stdout


@pytest.mark.parametrize("name", ["trace.csv", "trace.parquet"])
def test_a_trace_can_be_read(tmp_path, name):
    """Every event of the run in one table, in a folder that is made for it."""
    path = tmp_path / "new" / name
    done = missing_sim("run", "baseline", *SMALL, "--replications", 2, "--trace", path)
    assert (done.returncode, done.stderr) == (0, "")
    log = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
    assert {"entity_id", "event_type", "event", "time", "resource_id", "run_number"} <= set(log.columns)
    assert set(log["run_number"]) == {0, 1}
    assert [found.name for found in path.parent.iterdir()] == [name]


def test_the_seed_changes_the_answer():
    """Another seed, other luck; the same seed, the same bytes."""
    said = [missing_sim("run", "baseline", *SMALL, "--replications", 1, "--seed", seed, "--json").stdout for seed in (1, 1, 2)]
    assert said[0] == said[1]
    assert strict(said[0])["measures"] != strict(said[2])["measures"]


@pytest.mark.parametrize("engine", ["simpy", pytest.param("compiled", marks=pytest.mark.slow)])
def test_workers_do_not_change_the_answer(engine):
    """One or two: the same bytes, whatever the engine."""
    asked = ("compare", "baseline", "desk-based", *SMALL, "--engine", engine, "--replications", 3, "--json")
    one, two = (missing_sim(*asked, "--workers", workers).stdout for workers in (1, 2))
    assert one == two
    assert strict(one)["engine"] == engine


def test_the_shortest_way_to_an_answer():
    """`--area` lays a place over each scenario, and the answer names the scenarios by their titles."""
    done = missing_sim("compare", "baseline", "no-overnight", *SMALL, "--area", "small-force", "--replications", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Child-hours exposed" in done.stdout
    assert "no-overnight" in done.stdout
