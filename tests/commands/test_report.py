"""`missing-sim report`: what a kept experiment looks like, written again from its folder; and requests that are wrong."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import sim
from sim.cli import app, exit_codes
from sim.experiment.archive import reopened
from tests.commands.shell import SMALL, missing_sim
from tests.experiment.tiny import tiny

ENDS = "allowed: the name of a file that ends in "


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A comparison that was kept."""
    out = tmp_path_factory.mktemp("kept") / "pair"
    done = missing_sim("compare", "baseline", "good-practice", *SMALL, "--replications", 2, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def said(capsys):
    """Call the command in this process: exit code, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left, exit_codes():
            app(["report", *map(str, arguments)], prog_name="missing-sim")
        return int(left.value.code or 0), *capsys.readouterr()

    return call


def test_help_has_an_example():
    """In a process of its own."""
    done = missing_sim("report", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example:\n    missing-sim report results/demo " in done.stdout


def test_the_report_is_written_again_as_it_was(folder, said):
    """Taken away and asked for again, it is the same page, in the same folder; nothing else is changed."""
    report = folder / "report.html"
    before = report.read_text("utf-8")
    others = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path != report}
    report.unlink()
    assert said(folder) == (0, f"Report: {report}\n", "")
    assert report.read_text("utf-8") == before
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path != report} == others


def test_only_what_is_asked_for_is_written(folder, said, tmp_path):
    """A page, a workbook and tables, in folders that are made for them; each named on standard output."""
    page, book, tables = tmp_path / "new" / "a.html", tmp_path / "b.XLSX", tmp_path / "c" / "d"
    code, out, err = said(folder, "--out", page, "--excel", book, "--tables", tables)
    assert (code, err) == (0, "")
    names = ["measures", "splits", "differences", "split_differences"]
    assert out == f"Report: {page}\nWorkbook: {book}\nTables: {', '.join(str(tables / f'{name}.csv') for name in names)}\n"
    assert page.read_text("utf-8").rstrip().endswith("</html>")
    assert openpyxl.load_workbook(book).sheetnames == ["Notes", "Measures", "Splits", "Differences", "Split differences"]
    assert said(folder, "--excel", tmp_path / "e.xlsx")[1] == f"Workbook: {tmp_path / 'e.xlsx'}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.XLSX", "c", "e.xlsx", "new"]


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_tables_are_those_of_the_experiment_with_where_they_come_from(folder, said, tmp_path, format):
    """Every number, and in every row: simulated, version, seed, replications, interval."""
    assert said(folder, "--tables", tmp_path, "--format", format)[0] == 0
    read = pd.read_csv if format == "csv" else pd.read_parquet
    for name, frame in reopened(folder).tables.items():
        found = read(tmp_path / f"{name}.{format}")
        assert list(found.columns) == [*frame.columns, "data", "model_version", "seed", "replications", "interval"]
        assert set(found["data"]) == {"simulated"}
        assert set(found["model_version"]) == {sim.__version__}
        for column in ("estimate", "low", "high"):
            pd.testing.assert_series_equal(found[column], frame[column], check_exact=True, check_dtype=False)
    assert {path.suffix for path in tmp_path.iterdir()} == {f".{format}"}


def test_json_names_the_files(folder, said, tmp_path):
    """One object: what was opened, whether it is finished, and what was written."""
    code, out, err = said(folder, "--excel", tmp_path / "a.xlsx", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == ["command", "version", "folder", "kind", "complete", "files", "notices"]
    assert (told["command"], told["kind"], told["complete"], told["notices"]) == ("report", "compare", True, [])
    assert told["files"] == [str(tmp_path / "a.xlsx")]


def test_other_kinds_have_reports_too(said, tmp_path):
    """A validation: its page and its workbook."""
    out = tmp_path / "validation"
    sim.validate(tiny(), replications=2, engine="simpy", workers=1, out=out)
    code, _, err = said(out, "--out", tmp_path / "a.html", "--excel", tmp_path / "a.xlsx")
    assert (code, err) == (0, "")
    assert "published band" in (tmp_path / "a.html").read_text("utf-8")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Notes", "Validation", "Study"]


def test_of_an_unfinished_experiment_what_there_is_is_shown(said, tmp_path):
    """The page, the workbook and the terminal say that runs are missing; the command has done its work and ends with 0."""

    def press(done: int, asked: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    out = tmp_path / "stopped"
    sim.compare(tiny(), tiny("good-practice"), replications=12, engine="simpy", workers=1, out=out, progress=press)
    code, told, err = said(out, "--out", tmp_path / "a.html", "--excel", tmp_path / "a.xlsx")
    assert (code, err) == (0, "")
    assert "Note: 20 of 24 runs are missing: the results are of the others." in told
    assert "20 of 24 runs are missing" in (tmp_path / "a.html").read_text("utf-8")
    notes = dict(openpyxl.load_workbook(tmp_path / "a.xlsx")["Notes"].iter_rows(values_only=True))
    assert "20 of 24 runs are missing" in notes["Notice"]


WRONG: list[tuple[list[str], str]] = [
    (["{tmp}/none"], "{tmp}/none: there is no such folder"),
    (["{tmp}"], "{tmp}: holds no experiment"),
    (["{tmp}/file"], "{tmp}/file: holds no experiment"),
    (["{folder}", "--out", "{tmp}"], "{tmp}: --out: is a folder; " + ENDS + ".html or .htm"),
    (["{folder}", "--out", "{tmp}/a.pdf"], 'a.pdf" has another ending; ' + ENDS + ".html or .htm"),
    (["{folder}", "--out", "{tmp}/a"], 'a" has another ending'),
    (["{folder}", "--excel", "{tmp}"], "{tmp}: --excel: is a folder; " + ENDS + ".xlsx"),
    (["{folder}", "--excel", "{tmp}/a.xls"], 'a.xls" has another ending; ' + ENDS + ".xlsx"),
    (["{folder}", "--tables", "{tmp}/file"], "{tmp}/file: --tables: is a file; allowed: a folder"),
    (["{folder}", "--tables", "{folder}"], "{folder}: --tables: is the folder of the experiment, whose own tables stay as they are"),
    (["{folder}", "--tables", "{tmp}/t", "--format", "excel"], '--format: "excel" is not known; allowed: csv or parquet'),
    (["{folder}", "--format", "csv"], "--format: is the format of tables, and none are asked for; name a folder with --tables"),
    (["{folder}", "--out", "/proc/none/a.html"], "/proc/none: --out: no such file or directory; allowed: a place that can be written to"),
    (["{folder}", "--excel", "{tmp}/file/a.xlsx"], "{tmp}/file: --excel: "),
    ([], "Missing argument 'FOLDER'"),
    (["{folder}", "--no-such-option"], "No such option"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_request_is_told_and_ends_with_2(said, folder, tmp_path, arguments, words):
    """The message says where, what and what is allowed; nothing is written, and no traceback shown."""
    (tmp_path / "file").write_text("not an experiment")
    places = {"tmp": str(tmp_path), "folder": str(folder)}
    code, out, err = said(*(argument.format(**places) for argument in arguments))
    assert (code, out) == (2, "")
    assert words.format(**places) in err
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_every_fault_of_a_request_is_told_at_once(said, folder, tmp_path):
    """A line each."""
    _, _, err = said(folder, "--out", "a.pdf", "--excel", "b.doc", "--tables", tmp_path / "t", "--format", "ods")
    assert [line.partition(":")[0] for line in err.splitlines()] == ["--out", "--excel", "--format"]


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"format": 999}'])
def test_a_manifest_that_cannot_be_read_is_told(said, folder, tmp_path, manifest):
    """The folder is named, and what to do."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "manifest.json").write_text(manifest)
    code, out, err = said(copy)
    assert (code, out) == (2, "")
    assert err.startswith(f"{copy}: ")
    assert "Traceback" not in err


def test_cells_that_are_damaged_are_left_out_and_counted(said, folder, tmp_path):
    """The rest is shown; with none left there is nothing to show, and the command that makes them again is named."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    cells = sorted((copy / "cells").glob("*.parquet"))
    cells[-1].write_bytes(cells[-1].read_bytes()[:-20])
    code, out, _ = said(copy, "--out", tmp_path / "a.html")
    assert code == 0
    assert "Note: 2 of 4 runs are missing: the results are of the others." in out
    assert "2 of 4 runs are missing" in (tmp_path / "a.html").read_text("utf-8")
    cells[0].write_bytes(b"")
    code, out, err = said(copy)
    assert (code, out) == (2, "")
    assert "none of its cells is finished; run the command again: missing-sim compare baseline good-practice" in err


def test_without_the_package_for_workbooks_the_way_to_get_it_is_told(said, folder, tmp_path, monkeypatch):
    """Before anything is opened or written."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    code, out, err = said(folder, "--excel", tmp_path / "a.xlsx", "--out", tmp_path / "a.html")
    assert (code, out) == (2, "")
    assert err == "--excel: XlsxWriter is not installed; in the repository: pip install -e '.[report]'\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_without_an_option(said, folder, monkeypatch):
    """None was given; the message names one that helps."""

    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("sim.experiment.keeping.prepare", refused)
    code, out, err = said(folder)
    assert (code, out) == (2, "")
    assert err == f"{folder}: permission denied; name another place for the report with --out\n"
