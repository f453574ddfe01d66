"""An exercise keeps to what was known then, and its paths are what the model says of every combination of choices."""

from __future__ import annotations

import json
from itertools import product

import pytest

from sim.story.case_type import TYPES
from sim.story.clock_words import clock_text, hours_text, part_of_day
from sim.story.script import exercise, setting
from sim.story.script import exercises as pack
from sim.story.twin import before, chosen
from tests.story.conftest import short

TOP = {
    "id", "title", "summary", "learner_title", "type", "type_words", "rarity", "provenance", "content_note", "synthetic", "brief", "points",
    "injects", "paths", "as_happened", "twin", "differs", "crowd", "waited", "debrief", "hindsight",
}  # fmt: skip


@pytest.mark.parametrize("id", TYPES)
def test_an_exercise_is_plain_json_with_every_part(exercises, id):
    """No number that JSON has no word for; every key that the pages read."""
    content = json.loads(json.dumps(exercises[id].as_dict(), allow_nan=False))
    assert set(content) == TOP
    assert set(content["points"][0]) == {"id", "kind", "at", "clock", "heading", "known", "question", "options", "as_happened"}
    line = content["as_happened"]["timeline"]
    assert set(line) == {"rows", "exposure", "ends", "later", "sums"}
    assert set(line["ends"]) == {"at", "clock", "words"}
    assert set(line["exposure"]["bar"][0]) == {"from", "until", "level", "words"}
    assert all(row["lane"] in ("child", "information", "grade", "police", "partner") for row in line["rows"])


@pytest.mark.parametrize("id", TYPES)
def test_every_combination_of_choices_has_its_path(exercises, id):
    """Four grades by two or three further decisions; the path of what was chosen is the case as it happened."""
    one = exercises[id]
    combinations = list(product(*([option.id for option in point.options] for point in one.points)))
    ids = [point.id for point in one.points]
    assert 3 <= len(one.points) <= 5
    assert one.points[0].id == "grade"
    assert len(one.points[0].options) == 4
    assert [dict(path.choices) for path in one.paths] == [dict(zip(ids, taken, strict=True)) for taken in combinations]
    assert one.path({point.id: point.as_happened for point in one.points}).timeline == one.as_happened.timeline
    with pytest.raises(KeyError):
        one.path({"grade": "none"})


@pytest.mark.parametrize("id", [id for id in TYPES if id != "information-not-used"])
def test_the_twin_is_one_of_the_paths(exercises, id):
    """The learner who decides as the twin does sees the twin."""
    one = exercises[id]
    assert one.path(one.twin.choices).timeline == one.twin.timeline
    differs = {name for name in one.twin.choices if one.twin.choices[name] != one.as_happened.choices[name]}
    assert len(differs) == 1


@pytest.mark.parametrize("id", TYPES)
def test_paths_are_not_all_the_same(exercises, id):
    """Choices have consequences in the model."""
    assert len({json.dumps(path) for path in (one["timeline"] for one in exercises[id].as_dict()["paths"])}) >= 8


@pytest.mark.parametrize("id", TYPES)
def test_points_come_in_order_and_show_only_what_was_known_then(exercises, id):
    """Each item of knowledge has a source and an hour not after the point, and no point tells what only the model knows."""
    one = exercises[id]
    assert [point.at for point in one.points] == sorted(point.at for point in one.points)
    for point in one.points:
        assert point.as_happened in {option.id for option in point.options}
        for known in point.known:
            assert known.source
            assert known.at <= point.at
            assert not any(word in known.text.lower() for word in ("exploited", "harmed", "true", "model", "returned of their own"))


@pytest.mark.parametrize("id", TYPES)
def test_injects_come_while_the_clock_runs(exercises, id):
    """After the first steps, in order, before the child is back, and each once."""
    one = exercises[id]
    times = [inject.at for inject in one.injects]
    assert times == sorted(times)
    assert all(1.0 < t < one.as_happened.timeline.ends.at for t in times)
    assert len({inject.id for inject in one.injects}) == len(times)


def test_what_is_known_is_what_the_records_hold(place):
    """Flags, history and vulnerability by the child's record just before the grade; who looked, by the luck of the episode."""
    looked = 0
    for number in range(10):
        case = place.case(TYPES["information-not-used"], number)
        teller, _ = setting(place, case)
        area = before(place, case)
        child = area.world.children[case.child]
        h = teller.held
        assert h.vulnerability_police == bool(child.vulnerability_police)
        assert (h.flag_police is not None) == (0 <= area.now - child.flag_police <= 120 * 24)
        assert h.recorded == sum(0 <= area.now - t <= 90 * 24 for t in child.recorded_recently)
        told = " ".join(known.text for known in teller.at_the_call())
        assert ("not been looked at" in told) == (not h.call_checks)
        looked += h.call_checks
    assert 0 < looked < 10


def test_no_learner_sees_what_the_case_is_about(exercises):
    """Brief and learner's title give away neither type nor outcome; no name, sex, or place."""
    for one in exercises.values():
        shown = " ".join([one.learner_title, *one.brief, *(known.text for known in one.points[0].known)]).lower()
        for word in ("exploit", "graded", " he ", " she ", "girl", "boy", " his ", " her ", one.as_happened.timeline.ends.words.lower()):
            if word == "exploit" and "flag for possible exploitation" in shown:
                continue
            assert word not in shown, (one.id, word)


def test_the_same_request_gives_the_same_exercise(brief, exercises):
    """To the last character, and by the number of its case."""
    number = chosen(brief, TYPES["over-graded"]).number
    again = exercise("over-graded", short(), number=number)
    assert json.dumps(again.as_dict()) == json.dumps(exercises["over-graded"].as_dict())


def test_a_pack_has_one_exercise_of_each_type_with_its_crowd():
    """The crowd is of the same scenario; a case that is found in a later replication says so."""
    found = pack(short(), types=("over-graded", "nothing-overnight"), pairs=20, workers=1)
    assert [one.id for one in found] == ["over-graded", "nothing-overnight"]
    for one in found:
        assert one.crowd["pairs"] == 20
        json.dumps(one.as_dict(), allow_nan=False)
        assert "scenario baseline, area of its own, seed 1, replication " in one.provenance

def test_a_case_is_chosen_for_what_can_be_seen(brief):
    """Not always the first; the choice is told in the debrief."""
    numbers = {id: chosen(brief, kind).number for id, kind in TYPES.items()}
    assert any(numbers.values())


def test_a_child_who_was_not_exposed_has_no_exposed_hours(exercises):
    """Not in the bar, which is one piece, and not in the figures; whoever was exposed has them split by day and night."""
    lines = [one.as_happened.timeline for one in exercises.values()]
    told = {line.exposure.hours > 0: (line, {one.label: one.value for one in line.sums}) for line in lines}
    line, figures = told[False]
    assert [(span.level, span.words) for span in line.exposure.bar] == [(0, "not exposed")]
    assert figures["Hours exposed (known only to the model)"] == "none"
    line, figures = told[True]
    assert {span.level for span in line.exposure.bar} <= {1, 2}
    assert figures["Hours exposed (known only to the model)"] == hours_text(line.exposure.hours)


WHEN = [
    (33.5, 33.0, "Tuesday, 09:30"),
    (0.0, 0.0, "Monday, 00:00"),
    (23.9999, 1.0, "Tuesday, 00:00"),
    (9 * 24.0, 1.0, "Wednesday, 00:00, 9 days later"),
]
PARTS = [(3.0, "early hours of Monday"), (23.0, "Monday night"), (24.0 + 4.6, "early hours of Tuesday"), (30.0, "Tuesday morning")]
HOURS = [(0.3, "18 min"), (1.0, "1.0 h"), (47.9, "47.9 h"), (72.0, "3.0 days"), (float("inf"), "not by the end of the run")]


@pytest.mark.parametrize(("t", "reported", "text"), WHEN)
def test_the_clock_in_words(t, reported, text):
    """The day of the week and the time to the minute; days are counted where the week has passed."""
    assert clock_text(t, reported) == text


@pytest.mark.parametrize(("t", "text"), PARTS)
def test_the_part_of_a_day_is_that_of_its_date(t, text):
    """What follows midnight is not called the night of the new day, which is still to come."""
    assert part_of_day(t) == text


@pytest.mark.parametrize(("hours", "text"), HOURS)
def test_hours_in_words(hours, text):
    """Minutes below one, days from two days on."""
    assert hours_text(hours) == text
