"""Virtual measurements of children and of time away, by areas small enough to count by hand."""

from __future__ import annotations

import math

import pytest

from sim.calibrate.measure import children, duration, survey
from sim.model.records import Child, Episode
from sim.model.words import Home

YEARS = 8760.0
DAY = 24.0
CARE = Child(home=Home.CHILDRENS_HOME)


def test_long_episodes_per_child(cohort):
    """Of three children two had episodes of a day or more, three between them; one to the hour counts."""
    hours = {0: (30.0, 5.0, 24.0), 1: (100.0,), 2: (2.0,)}
    episodes = [Episode(child=child, reported=10.0 * n, located=10.0 * n + h) for child, spans in hours.items() for n, h in enumerate(spans)]
    c = cohort(children=[CARE, CARE, Child()], episodes=episodes)
    assert children.incidents_per_child(c, "care", 24.0) == pytest.approx(1.5)
    assert math.isnan(children.incidents_per_child(c, "home", 24.0))


def test_incidents_in_short_spells(cohort):
    """Two spells of ten days: child 0 has two reports in the first and one in the second, child 1 one in the second; what is left over of the window
    does not count. Four reports, three pairs of child and spell."""
    days = ((0, 1.0), (0, 9.0), (0, 11.0), (1, 19.0), (1, 21.0))
    c = cohort(children=[Child(), Child()], closes=25 * DAY, episodes=[Episode(child=child, reported=day * DAY) for child, day in days])
    assert children.incidents_per_child_in(c, 10.0) == pytest.approx(4 / 3)
    assert math.isnan(children.incidents_per_child_in(c, 30.0))


def test_groups(cohort):
    """Three of four incidents are of children in care; of these two in a children's home, one of which is out of area."""
    rows = [Child(), Child(home=Home.FOSTER_CARE), CARE, Child(home=Home.CHILDRENS_HOME, out_of_area=True)]
    c = cohort(children=rows, episodes=[Episode(child=child, reported=10.0) for child in range(4)])
    assert children.share_of_incidents(c, "care") == pytest.approx(75.0)
    assert children.share_of_incidents(c, "childrens_home", "care") == pytest.approx(200 / 3)
    assert children.share_of_incidents(c, "care_out_of_area", "childrens_home") == pytest.approx(50.0)
    assert children.share_of_incidents(c, "home") == pytest.approx(25.0)


def test_older_children(cohort):
    """16 to the day counts; of two incidents of children in care one was at 16 or 17."""
    rows = [Child(born=100.0 - 16 * YEARS, home=Home.FOSTER_CARE), Child(born=101.0 - 16 * YEARS, home=Home.FOSTER_CARE), Child(born=-17 * YEARS)]
    c = cohort(children=rows, episodes=[Episode(child=child, reported=100.0) for child in range(3)])
    assert children.share_of_incidents_from_age(c, 16.0, "care") == pytest.approx(50.0)
    assert children.share_of_incidents_from_age(c, 16.0) == pytest.approx(200 / 3)


def test_incidents_of_repeaters(cohort):
    """Five of six incidents are of the two children with two or more, three of the one with three; first ones count."""
    c = cohort(children=[Child()] * 3, episodes=[Episode(child=child, reported=10.0) for child in (0, 1, 1, 2, 2, 2)])
    assert children.incidents_of_repeaters(c, 2) == pytest.approx(500 / 6)
    assert children.incidents_of_repeaters(c, 3) == pytest.approx(50.0)


def test_earlier_reports(cohort):
    """Reports before the window are looked at, as far back as so many days; what came later, or was never reported, is not."""
    times = ((0, 100.0), (0, 1000.0), (1, 1000.0), (1, 1001.0), (2, 1500.0), (3, math.inf), (3, 1200.0))
    c = cohort(children=[Child()] * 4, opens=900.0, closes=2000.0, episodes=[Episode(child=child, reported=time) for child, time in times])
    assert children.with_earlier_report(c, 900.0 / DAY) == pytest.approx(40.0)
    assert children.with_earlier_report(c, 30.0) == pytest.approx(20.0)


def test_still_missing(cohort):
    """100 hours of a window of 1,000: a tenth of a child on a given day, of one child in care reported in the year. Episodes that were open before
    count for what lies in the window; who is still missing counts to its close; other children do not."""
    spans = ((0, -50.0, 30.0), (0, 500.0, 530.0), (0, 960.0, math.inf), (1, 100.0, 900.0))
    episodes = [Episode(child=child, reported=reported, located=located) for child, reported, located in spans]
    assert duration.still_missing(cohort(children=[CARE, Child()], episodes=episodes), "care") == pytest.approx(10.0)


def test_missing_over(cohort):
    """Two of three: one of 169 hours and one who is still missing."""
    episodes = [Episode(child=0, reported=10.0, located=10.0 + hours) for hours in (168.0, 169.0, math.inf)]
    assert duration.missing_over(cohort(episodes=episodes), 168.0) == pytest.approx(200 / 3)


@pytest.fixture
def told(cohort):
    """Under 16: child 0 was away from 20:00 to 3:00, then over a night, reported and harmed; child 1 over a night, harmed and reported, and then once
    more, not; child 2 for an hour. Child 3 is 17, and an episode before the window is nobody's."""
    rows = [Child(born=-12 * YEARS)] * 3 + [Child(born=-17 * YEARS)]
    episodes = [
        Episode(child=0, left=-30.0, located=50.0, harmed=1.0),
        Episode(child=0, left=20.0, located=27.0, harmed=21.0),
        Episode(child=1, left=22.0, located=30.0, reported=23.0, harmed=25.0),
        Episode(child=2, left=30.0, located=31.0),
        Episode(child=3, left=30.0, located=99.0, reported=40.0),
        Episode(child=0, left=44.0, located=55.0, reported=45.0, harmed=50.0),
        Episode(child=1, left=46.0, located=math.inf),
    ]
    return cohort(children=rows, episodes=episodes)


def test_overnight(told):
    """Three of five, at ages under 16: away at four in the morning."""
    assert survey.stayed_overnight(told) == pytest.approx(60.0)


def test_the_last_night_away(told):
    """Of two children, one was not reported, and one came to harm, in the last episode over a night."""
    assert survey.overnight_unreported(told) == pytest.approx(50.0)
    assert survey.harmed_last_time(told) == pytest.approx(50.0)
    assert survey.overnight_unreported(told, 18.0) == pytest.approx(100 / 3)
