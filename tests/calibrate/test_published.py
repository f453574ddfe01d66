"""Published figures: each is in the evidence, and each counts what its source counted, by areas small enough to count by hand."""

from __future__ import annotations

import csv
import math
import warnings
from pathlib import Path

import numpy as np
import pytest

from sim.calibrate import published
from sim.calibrate.published import FIGURES, QUANTILES, Figure
from sim.model.records import Child, Episode, Interview, Roster, Task
from sim.model.words import Grade, Home, Located, Pool, State, Work

EVIDENCE = Path(__file__).parents[2] / "calibration" / "evidence.csv"
COMPLEMENT = {"RK14"}
"""The source gives the misses; the figure is the rest."""
BETWEEN = {"CR12 CR08", "RK01 RK04", "RK02 RK05", "HM07 HM10", "CS05 CS12"}
"""Two sources that differ: the figure lies between them."""
DERIVED = {"RP02 RP03", "RK13 HM03", "HM01 HM03", "PO07 PO04"}
"""Computed from two sources; each has a test of its own below."""


@pytest.fixture(scope="module")
def evidence() -> dict[str, dict[str, str]]:
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def by_id(id: str) -> Figure:
    (figure,) = (figure for figure in FIGURES if figure.id == id)
    return figure


# the evidence


def test_every_figure_is_in_the_evidence(evidence):
    """Each id is one of evidence.csv, and none is used twice."""
    assert {id for figure in FIGURES for id in figure.id.split()} <= set(evidence)
    assert len({figure.id for figure in FIGURES}) == len(FIGURES)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_figure_is_what_the_evidence_says(evidence, figure):
    """With one id the value of that row (or 100 less it, for misses); with two, a value between them or derived from them. Always in its band."""
    values = [float(evidence[id]["value"]) for id in figure.id.split()]
    if figure.id in BETWEEN:
        assert min(values) < figure.published < max(values)
    elif figure.id not in DERIVED:
        (value,) = values
        assert figure.published == (100.0 - value if figure.id in COMPLEMENT else value)
    assert figure.low <= figure.published <= figure.high
    assert figure.low < figure.high


def test_figures_derived_from_two_rows(evidence):
    """The share of incidents of the 4% most often missing; harm midway between two recordings of it; precision from none to what all ages give;
    hours within what an officer's year can mean."""

    def value(id: str) -> float:
        return float(evidence[id]["value"])

    assert by_id("RP02 RP03").published == value("RP03")
    assert f"top {value('RP02'):g}%" in by_id("RP02 RP03").quantity
    assert by_id("HM01 HM03").published == pytest.approx((100 - value("HM01") + value("HM03")) / 2)
    assert 0 < by_id("RK13 HM03").published < 100 - value("RK13") < by_id("RK13 HM03").high
    assert by_id("PO07 PO04").low < by_id("PO07 PO04").published < value("PO04") * 1800


def test_quantiles_are_those_of_their_rows(evidence):
    """The percentile of each is in the row's own words."""
    for id, (percent, hours) in QUANTILES.items():
        words = evidence[id]["quantity"]
        assert f"{percent}th percentile" in words or (percent == 50 and "median" in words)
        assert float(evidence[id]["value"]) == hours


# what each counts

CARE = Child(home=Home.CHILDRENS_HOME)


def stays(*children: int, **fields) -> list[Episode]:
    """An episode for each child named, reported an hour apart, located two hours after."""
    return [Episode(child=child, reported=10.0 + hour, located=12.0 + hour, **fields) for hour, child in enumerate(children)]


@pytest.fixture
def mixed(cohort):
    """Children 0, 1, 2 in families and 3, 4 in care, missing 1, 1, 2, 1 and 5 times; one more report lies outside the window."""
    children = [Child(), Child(), Child(), CARE, CARE]
    return cohort(children=children, episodes=[*stays(0, 1, 2, 2, 3, 4, 4, 4, 4, 4), Episode(child=0, reported=1000.0)])


def test_incidents_per_child(mixed):
    """Ten by five children; six by two in care."""
    assert published.incidents_per_child(mixed) == 2.0
    assert published.care_incidents_per_child(mixed) == 3.0


def test_shares_of_children_in_care(mixed):
    """Six of ten incidents, two of five children."""
    assert published.care_share_of_incidents(mixed) == pytest.approx(60.0)
    assert published.care_share_of_children(mixed) == pytest.approx(40.0)


def test_top_share(mixed):
    """The most often missing 20% (one of five) have five of ten; 40% have seven; a per cent too small for one child is one child."""
    assert published.top_share(20)(mixed) == pytest.approx(50.0)
    assert published.top_share(40)(mixed) == pytest.approx(70.0)
    assert published.top_share(1)(mixed) == pytest.approx(50.0)


def test_times_between(mixed):
    """Missing once: two of three at home, one of two in care; two to five times: one of three, one of two."""
    assert published.times_between(1, 1, care=False)(mixed) == pytest.approx(200 / 3)
    assert published.times_between(1, 1, care=True)(mixed) == pytest.approx(50.0)
    assert published.times_between(2, 5, care=False)(mixed) == pytest.approx(100 / 3)


def test_first_repeats(cohort):
    """Of three children with a second report, two were back within 28 days of the end of the first; a third report does not count."""
    month = 28 * 24.0
    rows = [(0, 0.0, 10.0), (0, 10.0 + month, 700.0), (1, 5.0, 6.0), (1, 6.1 + month, 800.0), (1, 810.0, 811.0), (2, 1.0, 2.0), (2, 3.0, 4.0)]
    episodes = [Episode(child=child, reported=reported, located=located) for child, reported, located in [*rows, (3, 9.0, 10.0)]]
    assert published.first_repeats_in_four_weeks(cohort(children=[Child()] * 4, episodes=episodes)) == pytest.approx(200 / 3)


def test_hours_quantile(cohort):
    """At ages 12 to 14 only: of 1, 2, 3 and never, the median is 2 and the 90th percentile is never."""
    years = 8760.0
    children = [Child(born=-13 * years), Child(born=-15.5 * years), Child(born=-11.5 * years)]
    episodes = [Episode(child=0, reported=10.0, located=10.0 + hours) for hours in (1.0, 3.0, 2.0, math.inf)]
    c = cohort(children=children, episodes=[*episodes, Episode(child=1, reported=10.0, located=99.0), Episode(child=2, reported=10.0, located=99.0)])
    assert published.hours_quantile(50)(c) == 2.0
    assert published.hours_quantile(90)(c) == math.inf


def test_resolved_in(cohort):
    """Two of four within 48 hours, one of them to the hour; of those in care one of two. Still missing is not resolved."""
    episodes = [Episode(child=child, reported=10.0, located=10.0 + hours) for child, hours in ((0, 48.0), (0, 48.1), (1, 1.0), (1, math.inf))]
    c = cohort(children=[Child(), CARE], episodes=episodes)
    assert published.resolved_in(48)(c) == pytest.approx(50.0)
    assert published.resolved_in(48, care_only=True)(c) == pytest.approx(50.0)
    assert published.resolved_in(0.5)(c) == 0.0


def test_ended_by(cohort):
    """Of four located, one returned and two were found by police at a desk or in the field; who is still missing is left out."""
    ways = (Located.OWN_RETURN, Located.POLICE_DESK, Located.POLICE_FIELD, Located.THIRD_PARTY, Located.STILL_MISSING)
    c = cohort(episodes=[Episode(child=0, reported=10.0, located_by=way) for way in ways])
    assert published.ended_by(Located.OWN_RETURN)(c) == pytest.approx(25.0)
    assert published.ended_by(Located.POLICE_DESK, Located.POLICE_FIELD)(c) == pytest.approx(50.0)


@pytest.fixture
def harms(cohort):
    """Ten graded, four of them high; recorded harm in one high and two others; and one that ended before a grade, with harm."""
    graded = [(Grade.HIGH, True), *[(Grade.HIGH, False)] * 3, *[(Grade.MEDIUM, True)] * 2, *[(Grade.MEDIUM, False)] * 4]
    episodes = [Episode(child=0, reported=10.0, first_grade=grade, harm_recorded=20.0 if harm else math.inf) for grade, harm in graded]
    return cohort(episodes=[*episodes, Episode(child=0, reported=10.0, harm_recorded=20.0, harmed=15.0)])


def test_grades_and_recorded_harm(harms):
    """High 4 of 10, medium 6; harm 3 of 10; sensitivity 1 of 3; precision 1 of 4. What was never graded is in none of them."""
    assert published.graded(Grade.HIGH)(harms) == pytest.approx(40.0)
    assert published.graded(Grade.MEDIUM)(harms) == pytest.approx(60.0)
    assert published.recorded_harm(harms) == pytest.approx(30.0)
    assert published.sensitivity(harms) == pytest.approx(100 / 3)
    assert published.precision(harms) == pytest.approx(25.0)


def test_the_four_are_tied_together(harms):
    """Share graded high x precision = prevalence x sensitivity: both are the share that is high and harmed."""
    left = published.graded(Grade.HIGH)(harms) * published.precision(harms)
    assert left == pytest.approx(published.recorded_harm(harms) * published.sensitivity(harms))
    assert left / 100 == pytest.approx(10.0)


def test_true_harm_counts_all(harms):
    """One of eleven came to harm, recorded or not, graded or not."""
    assert published.true_harm(harms) == pytest.approx(100 / 11)


def test_flags_and_exploitation(cohort):
    """Flags by episode, exploitation by child: one of four episodes; one of two children, whatever it was at another episode."""
    episodes = [*stays(0, flagged=True, state=State.EXPLOITED), *stays(0, 0, state=State.GROOMED), *stays(1)]
    c = cohort(children=[Child(), Child()], episodes=episodes)
    assert published.flagged(c) == pytest.approx(25.0)
    assert published.exploited_share(c) == pytest.approx(50.0)


def test_interviews(cohort):
    """Four located episodes of three children and four interviews: two children offered one, two episodes covered, one of two held within 72 hours,
    one of three offers declined. One child had no interview to be offered."""
    interviews = [
        Interview(child=0, returned=100.0, offered=110.0, accepted=True, done=172.0),
        Interview(child=0, returned=200.0, offered=210.0, accepted=True, done=272.5),
        Interview(child=1, returned=100.0, offered=110.0, accepted=False),
        Interview(child=2, returned=100.0),
    ]
    episodes = [Episode(child=child, reported=90.0, located=100.0, rhi=rhi) for child, rhi in ((0, 0), (0, 1), (1, 2), (2, 3), (3, -1))]
    c = cohort(children=[Child()] * 4, interviews=interviews, episodes=[*episodes, Episode(child=3, reported=90.0)])
    assert published.children_offered(c) == pytest.approx(200 / 3)
    assert published.episodes_interviewed(c) == pytest.approx(40.0)
    assert published.interviews_in_72_hours(c) == pytest.approx(50.0)
    assert published.offers_declined(c) == pytest.approx(100 / 3)


def test_officer_hours(cohort):
    """Desk and field work that started in the window, up to the end of follow-up, by report: 3 + 2 hours by two. Other work and other days do not
    count."""
    tasks = [
        Task(work=Work.DESK_ENQUIRY, pool=Pool.DESK, episode=0, started=10.0, ended=13.0),
        Task(work=Work.FIELD_VISIT, pool=Pool.RESPONSE, episode=1, started=998.0, ended=1000.0),
        Task(work=Work.FIELD_VISIT, pool=Pool.RESPONSE, episode=1, started=1000.0, ended=1001.0),
        Task(work=Work.OTHER_INCIDENT, pool=Pool.RESPONSE, episode=0, started=10.0, ended=99.0),
        Task(work=Work.FIELD_VISIT, pool=Pool.RESPONSE, episode=1),
    ]
    assert published.officer_hours(cohort(episodes=stays(0, 0), tasks=tasks)) == pytest.approx(2.5)


def test_caseload(cohort, parameters):
    """Slots in use by worker, over the window: those noted, and those since the last note."""
    slots = 3 * parameters.resources.social_workers
    idle = [Roster()] * int(Pool.SOCIAL_WORKER)
    at_close = [*idle, Roster(updated=600.0, busy=slots, busy_hours=[400.0 * slots, 100.0 * slots, 100.0 * slots])]
    assert published.caseload(cohort(at_open=[*idle, Roster()], at_close=at_close)) == pytest.approx(3.0)


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure.id != "SC15"], ids=lambda figure: figure.id)
def test_nothing_to_count_is_nan(cohort, figure):
    """An area without reports: not a number rather than 0, and no warning. Only the caseload does not need a report."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        assert math.isnan(figure.of(cohort()))


def test_tolerances():
    """In the figure's own unit, or in per cent of it."""
    assert published.points(40, 4) == (40, 36, 44)
    assert published.percent(40, 10) == pytest.approx((40, 36, 44))
