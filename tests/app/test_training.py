"""What the Train page makes: an exercise from its first decision to the debrief, and a pack that is whole when it is unpacked."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import make_dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from sim.app import exercise, train, training
from sim.app.choice import library
from sim.app.jobs import Job
from sim.report.pack.case import LAYERS, Case
from sim.scenario import ScenarioError
from sim.story.asked import asked
from sim.story.case_type import TYPES
from sim.story.crowd import Crowd
from sim.story.pair import MEASURES
from tests.pack.content import exercise as told
from tests.pack.content import timeline


class Played:
    """A session that takes whatever is decided."""

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}
        line = timeline("low", False, False)
        self.timeline = make_dataclass("Line", line)(**line)

    @property
    def point(self):
        left = [one["id"] for one in told()["points"] if one["id"] not in self.taken]
        return SimpleNamespace(id=left[0]) if left else None

    def decide(self, option: str) -> None:
        self.taken[self.point.id] = option


@pytest.fixture
def ready(monkeypatch) -> training.Exercise:
    """An exercise that needs no simulation, behind the button that starts one."""
    pairs = np.zeros((40, len(MEASURES), 2))
    pairs[:10, :, 1] = 5.0
    kind = TYPES["under-graded-with-exploitation"]
    found = training.Exercise(Case(1, told()), Played(), Crowd(kind, asked("baseline"), "as the type says", pairs, tuple(range(5)) * 8, 37, 1480))
    monkeypatch.setattr(training, "prepare", lambda *_: lambda job: job.give("exercise", found))
    return found


def refused_as_a_place_of_cases(name: str) -> bool:
    try:
        return not asked(name)
    except ScenarioError:
        return True


def decide(desk) -> None:
    next(one for one in desk.at.button if one.label == "Decide, and let the clock run").click()
    desk.look()


def test_an_exercise_asks_for_reasons_can_be_left_and_shows_many_pairs_before_the_debrief(desk, ready):
    """No case is of a real force. Who steps out sees nothing of the case, and comes back to it; what was decided can be saved."""
    desk.open("train")
    offered = desk.at.selectbox(key="train/live/name").options
    assert offered == [words for name, words in library().items() if not refused_as_a_place_of_cases(name)]
    assert len(offered) < len(library())
    assert train.NOT_LISTED in desk.words
    desk.press("train/go").wait("train/job")
    id = desk.job("train/job").id
    assert exercise.HIDDEN not in desk.words
    desk.press(f"{id}/out/out")
    assert exercise.HIDDEN in desk.words
    assert "You have stepped out" in desk.words
    desk.press(f"{id}/out/in")
    assert exercise.HIDDEN not in desk.words
    decide(desk)
    assert "Choose one of the options" in desk.words
    assert "Write your reasons" in desk.words
    for point in told()["points"]:
        assert ready.session.point.id == point["id"]
        desk.at.radio(key=f"{id}/{point['id']}/choice").set_value(point["as_happened"])
        for reasons in (" \n", "=known to the carer"):
            desk.at.text_area(key=f"{id}/{point['id']}/reason").set_value(reasons)
            decide(desk)
            assert (point["id"] in ready.session.taken) is bool(reasons.strip())
    assert LAYERS[2] not in desk.words
    for _ in range(2):
        desk.press(f"{id}/{exercise.STEP}/next")
    assert "In 30 of 40 such pairs the changed decision made no difference" in desk.words
    assert LAYERS[2] in desk.words
    assert LAYERS[3] not in desk.words
    for _ in range(2):
        desk.press(f"{id}/{exercise.STEP}/next")
    assert [one.label for one in desk.at.get("download_button")] == ["Save your decisions (CSV)"]
    reasons = {one["id"]: desk.at.session_state[f"{id}/{one['id']}/kept"] for one in told()["points"][:2]}
    rows = list(csv.DictReader(io.StringIO(exercise.decisions(ready, reasons).decode("utf-8-sig"))))
    assert [row["choice"] for row in rows] == ["Low", "No", "No"]
    assert [row["reasons"] for row in rows] == ["'=known to the carer", "'=known to the carer", ""]
    assert [row["decided"] for row in rows] == ["by the learner", "by the learner", "as it happened"]
    assert all(row["data"] == "simulated case" and "seed 1" in row["case"] for row in rows)


@pytest.mark.slow
def test_the_zip_of_a_pack_holds_pages_that_fetch_nothing(results):
    job = Job("1", "Test")
    training.pack(["correctly-low", "over-graded"], "baseline", None, 100)(job)
    archive = zipfile.ZipFile(io.BytesIO(job.results["pack"]))
    names = archive.namelist()
    assert {"training/index.html", "training/facilitator.html", "training/assets/pack.js"} <= set(names)
    assert all(name.startswith("training/") and ".." not in name for name in names)
    assert b'src="http' not in archive.read("training/index.html")
