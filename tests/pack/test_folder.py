"""The folder of a pack: where it may be written, and what `--check` finds."""

from __future__ import annotations

import json

import pytest

from sim.report.pack import Pages, allowed, check, selection, write
from sim.report.pack.making import make
from sim.scenario.errors import Problem, ScenarioError
from tests.pack.content import KINDS, exercise, three

ABOUT = {"scenario": "baseline", "seed": 1}


@pytest.fixture
def folder(tmp_path):
    """A pack of three cases."""
    place = tmp_path / "pack"
    write(place, Pages(three(), "Simulated data.").files(), ABOUT)
    return place


def test_a_new_pack_is_whole(folder):
    """Nothing damaged, nothing missing, nothing else; the manifest says how it was made."""
    found = check(folder)
    assert found.whole
    assert found.other == ()
    assert found.manifest["scenario"] == "baseline"
    assert len(found.manifest["files"]) == 9


def test_damaged_missing_and_foreign_files_are_named(folder):
    """One changed letter is enough; a file that is not of the pack is told and does no harm."""
    (folder / "assets/pack.js").unlink()
    (folder / "case-2.html").write_text((folder / "case-2.html").read_text("utf-8").replace("Tuesday", "tuesday", 1), "utf-8")
    (folder / "note.txt").write_text("mine")
    found = check(folder)
    assert (found.damaged, found.missing, found.other, found.whole) == (("case-2.html",), ("assets/pack.js",), ("note.txt",), False)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "missing-sim training pack 1", "files": [{"path": "../secret", "sha256": ""}]}'])
def test_a_damaged_manifest_is_one_clear_error(folder, text):
    """Also one that leads out of the folder."""
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ScenarioError, match="damaged"):
        check(folder)


def test_a_folder_without_a_pack_is_told(tmp_path):
    """And so is one that is not there."""
    with pytest.raises(ScenarioError, match="holds no training pack"):
        check(tmp_path)
    with pytest.raises(ScenarioError, match="is no folder"):
        check(tmp_path / "nowhere")


def test_what_is_there_is_not_lost_unasked(folder, tmp_path):
    """A pack, or anything else, needs --replace; an empty folder and none do not."""
    with pytest.raises(ScenarioError, match="holds a training pack already"):
        allowed(folder, replace=False)
    (tmp_path / "other").mkdir()
    allowed(tmp_path / "other", replace=False)
    allowed(tmp_path / "new", replace=False)
    (tmp_path / "other/letter.txt").write_text("mine")
    with pytest.raises(ScenarioError, match="is not empty, and holds no training pack"):
        allowed(tmp_path / "other", replace=False)
    with pytest.raises(ScenarioError, match="is a file"):
        allowed(tmp_path / "other/letter.txt", replace=True)
    allowed(folder, replace=True)


def test_a_pack_that_replaces_another_leaves_what_is_not_of_it(folder):
    """Pages of the earlier pack go, other files stay."""
    (folder / "note.txt").write_text("mine")
    write(folder, Pages([exercise()], "Simulated data.").files(), ABOUT)
    found = check(folder)
    assert found.whole
    assert found.other == ("note.txt",)
    assert not (folder / "case-3.html").exists()


def test_a_pack_that_was_not_finished_is_no_pack(folder, monkeypatch):
    """The manifest comes last, and the earlier one is gone first."""
    monkeypatch.setattr("sim.report.pack.folder.put", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        write(folder, Pages(three(), "Simulated data.").files(), ABOUT)
    with pytest.raises(ScenarioError, match="holds no training pack"):
        check(folder)


def test_the_manifest_does_not_depend_on_the_hour(folder, tmp_path):
    """The same exercises give the same folder."""
    write(tmp_path / "again", Pages(three(), "Simulated data.").files(), ABOUT)
    assert json.loads((tmp_path / "again/manifest.json").read_text()) == json.loads((folder / "manifest.json").read_text())


def test_an_over_graded_and_a_correctly_low_case_are_always_there():
    """They are added with a notice; without need nothing is said."""
    known = [*KINDS, "not-recorded"]
    cases, notices = selection(["not-recorded", "not-recorded"], known)
    assert cases == ["not-recorded", "correctly-low", "over-graded"]
    assert notices == ["correctly-low and over-graded were added: a pack that shows mistakes one way alone would teach to grade the other way."]
    assert selection(["over-graded", "correctly-low"], known) == (["over-graded", "correctly-low"], [])
    assert selection(None, known) == (known, [])
    assert selection(["Over graded", " correctly_low"], known) == (["over-graded", "correctly-low"], [])


def test_a_case_that_was_asked_for_is_never_left_out(monkeypatch):
    """However its name is written: where an area has none of it that is one error, and nothing is simulated."""
    def none(*_):
        raise ScenarioError(Problem("", None, "--case", "no such case", "try another"))

    monkeypatch.setattr("sim.story.script.of_pack", none)
    with pytest.raises(ScenarioError) as refused:
        make("baseline", "small-force", 1, ["Not Recorded"], 100)
    assert len(refused.value.problems) == 3
    assert "in which it is more frequent: not-recorded" in str(refused.value)


def test_an_unknown_case_names_the_nearest():
    """And what is allowed where none is near."""
    with pytest.raises(ScenarioError, match=r'--cases: "over-grade" is no type of case; did you mean over-graded\?'):
        selection(["over-grade"], list(KINDS))
    with pytest.raises(ScenarioError, match=r"did you mean under-graded-with-exploitation\?"):
        selection(["under-graded"], list(KINDS))
    with pytest.raises(ScenarioError, match="allowed: under-graded-with-exploitation, correctly-low and over-graded"):
        selection(["xyz"], list(KINDS))
    with pytest.raises(ScenarioError, match="names no case"):
        selection([], list(KINDS))
