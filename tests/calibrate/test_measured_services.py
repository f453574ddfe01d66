"""Virtual measurements of interviews and of social care, by areas small enough to count by hand; and what a measurement may be asked."""

from __future__ import annotations

import math

import pytest

from sim.calibrate.measure import exploitation, interview, social_care
from sim.calibrate.measure.registry import MEASUREMENTS, complete, wrong
from sim.calibrate.sizing import SIZE
from sim.calibrate.targets import targets
from sim.model import clock
from sim.model.records import Case, Child, Episode, Identification, Interview
from sim.model.words import Home

DAY = 24.0
FAR = Child(home=Home.CHILDRENS_HOME, out_of_area=True)


def test_interviews_of_a_group(cohort):
    """Of two located episodes out of area one was covered; the child at home does not count, nor does who is still missing."""
    interviews = [Interview(child=0, returned=20.0, offered=25.0, done=30.0), Interview(child=1, returned=20.0, offered=25.0)]
    episodes = [
        Episode(child=0, reported=10.0, located=20.0, rhi=0),
        Episode(child=0, reported=50.0, located=60.0),
        Episode(child=0, reported=70.0),
        Episode(child=1, reported=10.0, located=20.0, rhi=1),
    ]
    c = cohort(children=[FAR, Child()], interviews=interviews, episodes=episodes)
    assert interview.episodes_interviewed(c, "care_out_of_area") == pytest.approx(50.0)
    assert interview.episodes_interviewed(c, "home") == 0.0


def test_offers_per_episode(cohort):
    """Two offers for four episodes at home; an interview that was never offered, one of another group, and one of another year do not count."""
    interviews = [
        *[Interview(child=0, returned=time, offered=time + 5) for time in (20.0, 40.0)],
        Interview(child=0, returned=60.0),
        Interview(child=0, returned=-60.0, offered=-50.0),
        Interview(child=1, returned=20.0, offered=30.0),
    ]
    episodes = [*[Episode(child=0, reported=10.0)] * 4, Episode(child=1, reported=10.0)]
    assert interview.offers_per_episode(cohort(children=[Child(), FAR], interviews=interviews, episodes=episodes), "home") == pytest.approx(50.0)


def test_interviews_per_child(cohort):
    """Three held with two children; a fourth was not held, and the third child had none."""
    interviews = [Interview(child=child, returned=10.0, done=20.0) for child in (0, 0, 1)] + [Interview(child=2, returned=10.0)]
    assert interview.interviews_per_child(cohort(children=[Child()] * 3, interviews=interviews)) == pytest.approx(1.5)


def test_known_exploitation(cohort):
    """One of two children with an episode: identified ten days before the window. Another was so 400 days before, a third has no episode."""
    found = [Identification(child=0, time=-10 * DAY), Identification(child=1, time=-400 * DAY), Identification(child=2, time=5.0)]
    c = cohort(children=[Child()] * 3, identifications=found, episodes=[Episode(child=child, reported=10.0) for child in (0, 0, 1)])
    assert exploitation.known_share(c, 365.0) == pytest.approx(50.0)


def test_no_further_action(cohort):
    """One of two decisions on children in the model; another family's case has none, and one decision is still to come."""
    cases = [Case(child=0, decided=10.0), Case(child=0, decided=20.0, accepted=True), Case(decided=10.0), Case(child=0)]
    assert social_care.no_further_action(cohort(cases=cases)) == pytest.approx(50.0)


@pytest.mark.parametrize("started", [0.0, 30.0, 100.0, 5 * DAY - 1.0])
def test_working_days(cohort, started):
    """Weekends do not count: the days that the model lets pass are the days that are counted."""
    for days in (0.5, 1.0, 4.0, 14.0, 33.0):
        ended = clock.after_working_days(started, days)
        assert social_care.assessment_days(cohort(closes=5000.0, cases=[Case(started=started, assessed=ended)]), 50) == pytest.approx(days)


def test_assessments_are_of_all_families_and_end_in_the_window(cohort):
    """The median of 1, 2 and 3 days is 2, other families among them; one that ended after the window is the next year's."""
    ends = [*(Case(child=child, started=0.0, assessed=days * DAY) for child, days in ((0, 1), (-1, 2), (0, 3))), Case(started=0.0, assessed=2000.0)]
    assert social_care.assessment_days(cohort(cases=ends), 50) == pytest.approx(2.0)


def test_conferences(cohort):
    """One of two strategy discussions led to a conference, two working days after the start."""
    cases = [Case(child=0, strategy=10.0, started=0.0, conference=48.0), Case(child=0, strategy=10.0), Case(child=0)]
    c = cohort(cases=cases)
    assert social_care.conference_share(c) == pytest.approx(50.0)
    assert social_care.conference_days(c, 50) == pytest.approx(2.0)


def test_re_referrals(cohort):
    """Two of four referrals in the window follow another of the same child within ten days, the earlier one perhaps before the window; with a
    concern, one of two. Other families are no one child."""
    times = ((0, -100.0, False), (0, 100.0, True), (1, 50.0, True), (2, 50.0, False), (2, 60.0, False), (-1, 50.0, True), (-1, 60.0, True))
    c = cohort(children=[Child()] * 3, cases=[Case(child=child, referred=time, concern=concern) for child, time, concern in times])
    assert social_care.re_referred(c, 10.0) == pytest.approx(50.0)
    assert social_care.re_referred(c, 10.0, concern=True) == pytest.approx(50.0)
    assert social_care.re_referred(c, 1.0) == pytest.approx(25.0)


def test_every_measurement_is_used():
    """None is there for nothing; each says what it counts."""
    assert set(MEASUREMENTS) == {target.measurement for target in (*targets(), SIZE)}
    assert all((measurement.__doc__ or "").strip() for measurement in MEASUREMENTS.values())


def test_what_a_measurement_may_be_asked():
    """A name it has, arguments it takes, words it knows; what is left out stands at its default."""
    assert wrong("top_share", {"percent": 4}) is None
    assert wrong("top_share", {}) == ("top_share needs percent", "give it in arguments")
    assert "is not a measurement" in (wrong("median_age", {}) or ("",))[0]
    assert 'way = "alone" is not allowed' in (wrong("ended_by", {"way": "alone"}) or ("",))[0]
    assert complete("resolved_in", {"hours": 48}) == {"hours": 48, "group": "all"}


def test_a_simulated_year_has_them_all(simulated):
    """Sixty days of a simulated county give a number for every target but the one that needs a summer."""
    values = {target.id: target.of(simulated) for target in targets()}
    assert [id for id, value in values.items() if math.isnan(value)] == ["EP39"]
