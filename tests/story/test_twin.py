"""A twin is the same case until the decision, and differs afterwards by nothing but what follows from it."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import numpy as np
import pytest

from sim.engine.interpreted import Area as Simpy
from sim.model.events import Event
from sim.model.words import NEVER, Work
from sim.report.twin import grade_labels
from sim.scenario import ScenarioError
from sim.story.case_type import TYPES
from sim.story.cases import Area
from sim.story.course import followed
from sim.story.decision import DECISIONS, grade_of
from sim.story.others import NOTABLE
from sim.story.timeline import Row
from sim.story.twin import Twin, before, chosen, endorsed_at, followed_until, pair_of, twin, twin_of
from tests.story.conftest import short, short_asked


@pytest.fixture(scope="module")
def twins(brief) -> dict[str, Twin]:
    """A twin of each type."""
    return {id: twin_of(brief, chosen(brief, kind)) for id, kind in TYPES.items()}


@pytest.mark.parametrize("id", TYPES)
def test_traces_are_identical_before_the_decision_and_differ_after_it(twins, id, brief):
    """To the byte."""
    told = twins[id]
    one, two = told.courses
    hour = told.decision.at(brief.tables["episodes"][told.case.episode], brief.asked.parameters)
    prefixes = [c.traced[c.traced["time"] < hour].tobytes() for c in (one, two)]
    assert prefixes[0] == prefixes[1]
    assert len(prefixes[0]) > 0
    assert one.traced.tobytes() != two.traced.tobytes()


@pytest.mark.parametrize("id", TYPES)
def test_what_happened_is_what_the_area_lived_through(twins, id, brief):
    """The course without a decision is the area's own run, up to its end."""
    c = twins[id].courses[0]
    mine = brief.tables["episodes"][c.episode]
    for column in ("reported", "first_action", "first_field", "located", "located_by", "first_grade", "recorded", "prevention"):
        if not (isinstance(mine[column], np.floating) and mine[column] >= c.until):
            assert c.row[column] == mine[column], column


@pytest.mark.parametrize("id", TYPES)
def test_luck_and_traits_are_the_same_in_both(twins, id):
    """What luck settled on leaving, and what the reference grades say."""
    one, two = (c.row for c in twins[id].courses)
    for column in ("left", "reported", "closes", "risk", "risk_informant", "truth_grade", "knowable_grade", "state"):
        assert one[column] == two[column], column


def test_the_decision_is_carried_out(twins):
    """Each type's decision shows in the records of its twin."""
    rows = {id: told.courses[1].row for id, told in twins.items()}
    one = rows["under-graded-with-exploitation"]
    assert one["first_grade"] == one["knowable_grade"]
    assert rows["correctly-low"]["first_grade"] == 3
    assert rows["over-graded"]["first_grade"] == rows["over-graded"]["knowable_grade"]
    assert rows["trigger-plan-not-read"]["plan_read"]
    assert rows["not-recorded"]["recorded"] < NEVER
    night = twins["nothing-overnight"].courses
    assert night[1].row["first_action"] < night[0].row["first_action"]


def test_who_else_is_told_only_where_it_is_material(twins):
    """Half an hour of waiting at the least, another finder, or harm; never the child itself; and only up to a day after the case."""
    seen = 0
    for told in twins.values():
        for other in told.waited:
            seen += 1
            assert np.isnan(other.hours) or other.who == "Other incidents" or abs(other.hours) >= NOTABLE
            assert other.as_happened != other.twin
    assert seen > 3


def test_frames_say_the_same_as_the_timelines(twins):
    """Every row of both courses; the child's episodes in both; who else."""
    told = twins["under-graded-with-exploitation"]
    assert list(told.timeline["text"]) == [row.text for line in (told.happened, told.changed) for row in line.rows]
    assert set(told.episodes["course"]) == {"as it happened", "twin"}
    first = told.episodes.groupby("course").first()
    assert first["occurrence"].nunique() == 1
    assert len(told.others) == len(told.waited)


def test_a_timeline_is_in_order_and_complete(twins):
    """Rows in order of time; left, reported, graded and located are there; search tasks are as many as the records hold."""
    for told in twins.values():
        for line, c in zip((told.happened, told.changed), told.courses, strict=True):
            assert [row.at for row in line.rows] == sorted(row.at for row in line.rows)
            texts = [row.text for row in line.rows]
            assert sum(text.startswith("The child is reported missing") for text in texts) == 1
            assert sum(text.startswith("Call-taker:") for text in texts) == 1
            tasks = c.tasks()
            ran = int(np.sum((tasks["work"] != Work.PREVENTION_INTERVIEW) & (tasks["started"] < NEVER)))
            assert sum(text.startswith(("Enquiries from a desk", "Visit in the field")) and "asked for" not in text for text in texts) == ran
            reviews = c.traced[(c.traced["event"] == Event.REVIEWED) & (c.traced["who"] == c.episode)]
            assert sum(text.startswith("Review:") for text in texts) == len(reviews)
            bar = line.exposure.bar
            assert bar[0].start == pytest.approx(float(c.row["left"]) - c.reported, abs=1e-3)
            assert bar[-1].until == pytest.approx(line.ends.at, abs=1e-3)
            assert all(a.until == b.start for a, b in pairwise(bar))
            assert line.exposure.hours == pytest.approx(sum(s.until - s.start for s in bar if s.level), abs=1e-2)


def test_grades_after_reviews_are_those_of_the_records(place):
    """The last grade that a timeline tells is the one in the record."""
    for number in range(12):
        case = place.case(TYPES["information-not-used"], number)
        for c in pair_of(place, case, DECISIONS["checked=yes"], 30.0):
            last = c.regrades[-1][1] if c.regrades else grade_of(c.row)
            assert last == c.row["grade"]


def test_both_engines_tell_the_same_twin():
    """SimPy and compiled, to the last row of both timelines."""
    places = [Area(short_asked(engine, warm_up_days=30, window_days=40, run_on_days=40), trace=True) for engine in ("compiled", "simpy")]
    told = [twin_of(place, place.case(TYPES["over-graded"], 0), None, 10.0) for place in places]
    assert isinstance(before(places[1], told[1].case), Simpy)
    assert told[0].timeline.equals(told[1].timeline)
    assert told[0].others.equals(told[1].others)
    assert told[0].differs == told[1].differs


def test_no_decision_is_no_difference(place):
    """Both courses without a decision are alike in every table, and nobody is touched."""
    case = place.case(TYPES["correctly-low"], 0)
    until = followed_until(place, place.tables["episodes"][case.episode], 20.0)
    one, two = (followed(before(place, case), case.episode, (), endorsed_at(place, case), until) for _ in range(2))
    assert one.traced.tobytes() == two.traced.tobytes()


def test_nothing_above_the_courses_tells_what_is_not_yet_known(twins):
    """The text opens with the course; the kind of case, which is hindsight, stands below both."""
    for told in twins.values():
        lines = told.text.splitlines()
        assert lines[0] == "As it happened"
        assert lines.index("What kind of case this is") > lines.index("What differs")
        assert told.text.count(told.case.type.title) == 1


def test_text_and_figure_say_that_one_pair_is_no_claim(twins):
    """The text names both courses, hindsight and where it comes from; the figure stands by itself with its provenance."""
    told = twins["over-graded"]
    for words in ("As it happened", "The twin: the episode is graded", "What differs", "Who else", "One pair shows", "those who decided", "seed 1"):
        assert words in told.text
    figure = told.figure()
    assert "Simulated data" in str(figure.layout.annotations)
    assert figure.layout.title.text


def test_labels_of_grades_never_lie_upon_each_other():
    """A grade is named where it is new; one that is too near goes into the label before it, and no grade that was given is lost."""
    told = ((0.3, "Call-taker: medium"), (1.0, "Inspector: medium stands"), (1.5, "Review: changed to high"), (3.0, "Review: no change"),
            (20.0, "Review: changed to low"))  # fmt: skip
    rows = [Row("grade", at, None, "", text) for at, text in told]
    assert grade_labels(rows, 0.3) == [(0.3, "medium, high"), (20.0, "low")]
    assert grade_labels(rows, 0.01) == [(0.3, "medium"), (1.5, "high"), (20.0, "low")]


def test_what_differs_says_why_a_child_was_back_sooner(twins):
    """By the search that there was up to then, counted in either course."""
    told = twins["nothing-overnight"]
    ends = min(float(c.row["located"]) for c in told.courses)
    begun = [int(np.sum((c.tasks()["work"] != Work.PREVENTION_INTERVIEW) & (c.tasks()["started"] < ends))) for c in told.courses]
    [why] = [text for text in told.differs if text.startswith("Why:")]
    parts = [re.findall(r"(one|\d+) (?:enquir|visit)", part) for part in why.split(" in the twin")]
    counted = [sum(int({"one": "1"}.get(word, word)) for word in part) for part in parts]
    assert begun[1] > begun[0]
    assert counted == begun[::-1]


def test_a_decision_that_changes_nothing_is_an_error(place):
    """The same grade again, or a record where there is one."""
    case = place.case(TYPES["correctly-low"], 0)
    with pytest.raises(ScenarioError, match="grade=low changes nothing: it is what happened"):
        twin_of(place, case, DECISIONS["grade=low"])


@pytest.mark.parametrize("days", [0.0, -3.0, 5000.0, float("nan")])
def test_a_follow_up_beyond_the_run_is_an_error(place, days):
    """It says how long it may be."""
    case = place.case(TYPES["correctly-low"], 0)
    with pytest.raises(ScenarioError, match=r"--follow-days: .* allowed: more than 0, up to \d+"):
        twin_of(place, case, None, days)


def test_an_unknown_decision_names_the_nearest():
    """As a type does."""
    with pytest.raises(ScenarioError, match="did you mean grade=high"):
        twin(short(), case="correctly-low", decision="grade=hihg")


def test_a_twin_of_a_county_takes_less_than_a_second():
    """Of the processor's time, from the request to both timelines, on the compiled engine: the quicker of two."""
    spent = []
    for _ in range(2):
        begun = time.process_time()
        told = twin("baseline", case="under-graded-with-exploitation", number=0, area="county", engine="compiled")
        spent.append(time.process_time() - begun)
    assert told.case.asked.area == "county"
    assert min(spent) < 1.0


def test_the_public_twin_takes_a_scenario_that_is_loaded():
    """With a number, a decision and days of its own."""
    told = twin(short(), case="over-graded", number=0, decision="deploy=desk", follow_days=10)
    assert told.decision.id == "deploy=desk"
    assert told.case.number == 0
