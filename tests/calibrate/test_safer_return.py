"""The virtual study: which children it reads, what it finds, and that it says how many there were."""

from __future__ import annotations

import dataclasses
import math

import pytest

from sim.calibrate.measure import exploitation
from sim.calibrate.safer_return import CHILDREN, EVERYONE, READINGS, safer_return
from sim.calibrate.validation import FOUND, STUDY, Published
from sim.engine.layout import rows
from sim.model.records import Child, Episode, Identification, Interview
from sim.model.words import Exploitation, Grade
from sim.scenario import ScenarioError

YEARS = 8760.0
TWELVE = -12 * YEARS


def held(child: int, **told: bool) -> Interview:
    return Interview(child=child, returned=20.0, offered=25.0, done=60.0, **told)


@pytest.fixture
def area(cohort):
    """Seven children.

    0: low, then medium, both interviewed; tells of sexual exploitation in the second, a red flag in the first.
    1: high and interviewed first, a red flag in it; then medium and interviewed, tells of criminal exploitation.
    2: medium without an interview, then low with one: nothing told.
    3: high only, tells of sexual exploitation. 4: medium, the interview never held.
    5: medium and interviewed, nine years old. 6: no grade, interviewed.
    """
    children = [Child(key=key, born=TWELVE) for key in range(7)]
    children[1].kind = Exploitation.CRIMINAL
    children[5].born = -9 * YEARS
    interviews = [
        held(0, red_flags=True),
        held(0, disclosed=True),
        held(1, red_flags=True),
        held(1, disclosed=True),
        held(2),
        held(3, disclosed=True, red_flags=True),
        Interview(child=4, returned=20.0, offered=25.0),
        held(5, disclosed=True),
        held(6, disclosed=True),
    ]
    spans = (
        (0, Grade.LOW, 0),
        (0, Grade.MEDIUM, 1),
        (1, Grade.HIGH, 2),
        (1, Grade.MEDIUM, 3),
        (2, Grade.MEDIUM, -1),
        (2, Grade.LOW, 4),
        (3, Grade.HIGH, 5),
        (4, Grade.MEDIUM, 6),
        (5, Grade.MEDIUM, 7),
        (6, -1, 8),
    )
    episodes = [Episode(child=child, reported=10.0 + n, located=20.0 + n, first_grade=grade, rhi=rhi) for n, (child, grade, rhi) in enumerate(spans)]
    return cohort(children=children, interviews=interviews, episodes=episodes)


def test_any_low_or_medium_episode(area):
    """Children 0, 1 and 2: one tells of sexual and one of criminal exploitation, one has a red flag. Child 1's flag was after a high grade, which the
    study did not read."""
    study = safer_return(area, "any")
    assert (study.n, study.qualified) == (3, 3)
    assert (study.sexual, study.other, study.red_flag) == pytest.approx((100 / 3, 100 / 3, 100 / 3))
    assert study.episodes_per_child == pytest.approx(2.0)
    assert study.interviews_per_child == pytest.approx(4 / 3)


def test_all_episodes_low_or_medium(area):
    """Children 0 and 2."""
    study = safer_return(area, "all")
    assert (study.n, study.sexual, study.other, study.red_flag) == (2, 50.0, 0.0, 50.0)


def test_the_first_episode(area):
    """Child 0 alone, and only its first interview: the flag, and not yet what it told later."""
    study = safer_return(area, "first")
    assert (study.n, study.sexual, study.red_flag) == (1, 0.0, 100.0)
    assert (study.episodes_per_child, study.interviews_per_child) == (2.0, 1.0)


def test_nobody_qualifies(cohort):
    """No children, and not a number rather than 0."""
    study = safer_return(cohort(episodes=[Episode(child=0, reported=10.0)]))
    assert (study.n, study.qualified) == (0, 0)
    assert all(math.isnan(getattr(study, name)) for name in ("sexual", "red_flag", "other", "episodes_per_child", "interviews_per_child"))


@pytest.fixture
def many(cohort):
    """Three hundred children who all qualify, each with one interview; every third tells."""

    def make(first: int = 0):
        keys = range(first, 300)
        children = [Child(key=key, born=TWELVE) for key in keys]
        interviews = [held(row, disclosed=key % 3 == 0) for row, key in enumerate(keys)]
        episodes = [Episode(child=row, reported=10.0, located=20.0, first_grade=Grade.LOW, rhi=row) for row in range(len(keys))]
        return cohort(children=children, interviews=interviews, episodes=episodes)

    return make


def test_the_sample_is_as_large_as_the_published_one(many):
    """214 of the 300, the same every time, and about a third of them tell; everyone, if so asked; all of them, where there are fewer."""
    study = safer_return(many())
    assert (study.n, study.qualified) == (CHILDREN, 300)
    assert study == safer_return(many())
    assert 25.0 < study.sexual < 42.0
    assert study.sexual != pytest.approx(100 / 3)
    assert safer_return(many(), children=EVERYONE).sexual == pytest.approx(100 / 3)
    assert safer_return(many(), children=10).n == 10
    assert safer_return(many(150)).n == 150


def test_the_sample_is_keyed_by_child(many):
    """Without the first fifty children the others are asked for in the same order: who was among the first ten still is."""
    few, fewer = safer_return(many(), children=300), safer_return(many(50), children=250)
    assert few.n - fewer.n == 50
    from sim.calibrate.safer_return import _uniform

    assert [_uniform(key) for key in (3, 200)] == [_uniform(key) for key in (3, 200)]
    assert len({_uniform(key) for key in range(1000)}) == 1000
    assert sum(_uniform(key) for key in range(1000)) / 1000 == pytest.approx(0.5, abs=0.05)


def test_wrong_requests(many):
    """One clear error, with what is allowed."""
    with pytest.raises(ScenarioError, match="allowed: any, all, first"):
        safer_return(many(), "some")
    with pytest.raises(ScenarioError, match="at least 1"):
        safer_return(many(), children=0)


def test_targets_read_everyone(many):
    """Only the published sample is small: a target is counted over all who qualify."""
    assert exploitation.study_sexual(many(), "any") == pytest.approx(100 / 3)
    assert exploitation.study_episodes(many(), "any") == 1.0


def test_a_simulated_area(simulated):
    """A stricter reading reads fewer children; findings are shares; the same for a second reader."""
    studies = {reading: safer_return(simulated, reading, EVERYONE) for reading in READINGS}
    assert studies["any"].n > studies["first"].n > 0
    assert studies["any"].n > studies["all"].n > 0
    assert studies["all"].episodes_per_child < studies["any"].episodes_per_child
    for study in studies.values():
        assert 0.0 <= study.sexual + study.other <= 200.0
        assert study.interviews_per_child >= 1.0


def test_validation_keeps_every_reading(simulated):
    """A part for each finding in each reading, with the number of children it is taken over."""
    parts = [part for part in Published()(simulated) if part.split == STUDY]
    assert [(part.group, part.measure) for part in parts] == [(reading, name) for reading in READINGS for name in FOUND]
    assert all(part.n == next(p.value for p in parts if p.group == part.group and p.measure == "n") for part in parts)


@pytest.mark.parametrize(("identified", "share"), [(-5000.0, 200 / 3), (59.0, 200 / 3), (60.5, 100 / 3)])
def test_past_victims_are_counted(area, identified, share):
    """Child 2 tells of nothing; it counts as a past victim if agencies had identified exploitation before its interview, at hour 60."""
    known = [Identification(child=2, time=identified)]
    tables = area.tables | {"identifications": rows(known, Identification)}
    assert safer_return(dataclasses.replace(area, tables=tables), "any").sexual == pytest.approx(share)
