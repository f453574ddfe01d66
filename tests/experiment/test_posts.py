"""Posts: what they cost by hand, how they are asked for, where they are put, and what they are said to buy."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sim
from sim.experiment.archive import reopened
from sim.experiment.bought import per_pounds, yearly
from sim.experiment.post import HOURS_OF_ONE, POSTS
from sim.experiment.posts import asked, checked, cost, gone_through, in_words, paths, people, spans, with_posts
from sim.outcomes.interval import Estimate, paired_interval
from sim.scenario import ScenarioError, load
from tests.experiment.tiny import tiny

HOW = {"replications": 3, "engine": "compiled", "workers": 1}
BASE = load("baseline")

BY_HAND = {
    "night-officers": (8 * 365, 8 * 365 * 52.0),  # 22:00 to 06:00
    "day-officers": (16 * 365, 16 * 365 * 52.0),
    "desk-night": (8 * 365, 8 * 365 * 38.0),
    "desk-day": (16 * 365, 16 * 365 * 38.0),
    "interviewers": (11 * 365, 11 * 365 * 34.0),  # 09:00 to 20:00, every day
    "mash-workers": (8.25 * 365 * 5 / 7, 8.25 * 365 * 5 / 7 * 42.0),  # 08:45 to 17:00, Monday to Friday
    "social-workers": (HOURS_OF_ONE, 17 * 365 / 7 * 70.0),  # 17 case slots, 70 pounds a week each
}


@pytest.mark.parametrize("name", POSTS)
def test_a_post_by_hand(name):
    """Hours on duty times the price of an hour, in the baseline; people by their 1,752 hours."""
    post, (hours, pounds) = POSTS[name], BY_HAND[name]
    assert post.cost(BASE.resources) == pytest.approx(pounds)
    assert post.people(BASE.resources) == pytest.approx(hours / 1752)
    assert HOURS_OF_ONE == 1752


def test_round_the_clock_takes_five():
    """A day officer and a night officer between them are one post on duty at all hours."""
    both = POSTS["night-officers"].people(BASE.resources) + POSTS["day-officers"].people(BASE.resources)
    assert both == pytest.approx(5.0)


def test_a_post_goes_with_the_shifts_of_the_scenario():
    """A longer night makes a night officer dearer and a day officer cheaper by the same hours."""
    longer = BASE.resources.model_copy(update={"night_starts": 21.0})
    assert POSTS["night-officers"].cost(longer) - POSTS["night-officers"].cost(BASE.resources) == pytest.approx(365 * 52.0)
    assert POSTS["day-officers"].cost(BASE.resources) - POSTS["day-officers"].cost(longer) == pytest.approx(365 * 52.0)


def test_posts_come_beside_those_that_are_there():
    """Each in its own shifts, and two kinds in one list beside each other; nothing else changes."""
    found = with_posts(BASE, {"night-officers": 2, "day-officers": 1, "desk-night": 3, "social-workers": 4})
    early, late, night = BASE.resources.response_units
    assert found.resources.response_units == (early + 1, late + 1, night + 2)
    assert found.resources.desk_staff == (*BASE.resources.desk_staff[:2], BASE.resources.desk_staff[2] + 3)
    assert found.resources.social_workers == BASE.resources.social_workers + 4
    assert found.model_copy(update={"name": BASE.name, "about": BASE.about, "resources": BASE.resources}) == BASE
    assert found.name == "baseline +2 night-officers +1 day-officers +3 desk-night +4 social-workers"
    assert found.about.title == f"{BASE.about.title} plus 2 night officers, 1 day officer, 3 desk posts at night and 4 social workers"


def test_a_long_title_leaves_room_for_the_posts():
    """The title of a scenario has 200 letters at most; the posts are never cut off."""
    long = BASE.model_copy(update={"about": BASE.about.model_copy(update={"title": "a" * 200})})
    title = with_posts(long, {"interviewers": 1}).about.title
    assert len(title) == 200
    assert title.endswith("a\N{HORIZONTAL ELLIPSIS} plus 1 interviewer")


def test_sets_add_up():
    """Costs and people of a set are those of its posts, as often as they are in it."""
    added = {"night-officers": 2, "interviewers": 1}
    assert cost(BASE, added) == pytest.approx(2 * 151_840 + 136_510)
    assert people(BASE, added) == pytest.approx((2 * 2920 + 4015) / 1752)
    assert cost(BASE, {"night-officers": 0}) == 0
    assert paths(["night-officers", "day-officers", "interviewers"]) == ["resources.response_units", "resources.interviewers"]


def test_posts_in_words():
    """As they are asked for, and as they are told."""
    assert asked(" night-officers = 2, interviewers=1") == {"night-officers": 2, "interviewers": 1}
    assert spans(["night-officers=0:4", "interviewers=0,2"]) == {"night-officers": "0:4", "interviewers": "0,2"}
    assert gone_through("interviewers", "0:3") == (0, 1, 2, 3)
    assert gone_through("interviewers", "2,0") == (0, 2)
    assert gone_through("interviewers", range(2)) == (0, 1)
    assert in_words({"night-officers": 1, "interviewers": 0, "mash-workers": 2}) == "1 night officer and 2 MASH workers"
    assert in_words({"night-officers": 0}) == "no posts"


WRONG = [
    (lambda: asked("night-oficers=2"), '"night-oficers" is not a post; did you mean night-officers'),
    (lambda: asked("astronauts=2"), "allowed: night-officers, day-officers, desk-night, desk-day, interviewers, mash-workers, social-workers"),
    (lambda: asked("interviewers"), '"interviewers" cannot be read'),
    (lambda: asked("interviewers=-1"), '"-1" is not a number of posts'),
    (lambda: asked("interviewers=1.5"), '"1.5" is not a number of posts'),
    (lambda: asked("interviewers=0"), "interviewers=0 is not allowed; allowed: a whole number from 1 to 1,000"),
    (lambda: asked("interviewers=1001"), "interviewers=1001 is not allowed"),
    (lambda: asked("interviewers=1,interviewers=2"), '"interviewers" is given twice'),
    (lambda: asked("interviewers=\u0664"), "is not a number of posts"),
    (lambda: checked({}), "no post is named"),
    (lambda: checked({"interviewers": True}), "interviewers=True is not allowed"),
    (lambda: spans(["interviewers=0:1", "interviewers=0:2"]), '"interviewers" is given twice'),
    (lambda: gone_through("interviewers", "2:1"), '"2:1" cannot be gone through'),
    (lambda: gone_through("interviewers", "0:1:2"), "cannot be gone through"),
    (lambda: gone_through("interviewers", "0:999999999"), "999,999,999 is not allowed"),
    (lambda: gone_through("interviewers", "1,1"), "a number is given twice"),
    (lambda: gone_through("interviewers", [-1, 2]), "-1 is not allowed"),
    (lambda: gone_through("interviewers", [0.5]), "allowed: whole numbers"),
    (lambda: gone_through("interviewers", []), "has no numbers"),
]


@pytest.mark.parametrize(("call", "words"), WRONG, ids=[words for _, words in WRONG])
def test_a_wrong_post_is_told(call, words):
    """One problem of --posts, with what is allowed."""
    with pytest.raises(ScenarioError) as told:
        call()
    assert words in str(told.value)
    assert str(told.value).startswith("--posts: ")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A comparison with two sets of posts, which are added to the last scenario, and its folder."""
    out = tmp_path_factory.mktemp("posts") / "kept"
    return sim.compare(tiny(), tiny("good-practice"), posts=["night-officers=1", {"interviewers": 1}], out=out, **HOW), out


def test_a_set_of_posts_adds_a_scenario(kept):
    """The last that is named, with more on duty; the one only, if there is but one."""
    result, _ = kept
    assert result.names == ["baseline", "good-practice", "good-practice +1 night-officers", "good-practice +1 interviewers"]
    alone = sim.compare(tiny(), posts=["night-officers=1"], **HOW)
    assert alone.names == ["baseline", "baseline +1 night-officers"]


def test_what_is_bought_is_told_against_the_scenario_without(kept):
    """Paired with the scenario that the posts were added to, and not with the baseline."""
    result, _ = kept
    row = result.bought.set_index(["scenario", "measure"]).loc[("good-practice +1 night-officers", "T2")]
    found = paired_interval(result.of("good-practice", "T2"), result.of("good-practice +1 night-officers", "T2"))
    assert (row["estimate"], row["low"], row["high"]) == (found.estimate, found.low, found.high)
    assert row["cost_a_year"] == pytest.approx(151_840)
    assert row["beside"] == "good-practice"
    assert "bought" in result.tables
    assert "bought" not in sim.compare(tiny(), tiny("good-practice"), **HOW).tables


def test_it_is_kept_and_opened_again(kept):
    """With the same table, byte for byte."""
    result, out = kept
    again = reopened(out)
    assert again.bought.to_csv() == result.bought.to_csv()
    assert (out / "bought.csv").exists()


def test_for_each_100_000_pounds_only_where_it_is_clear():
    """Thirty fewer (20 to 40) for 300,000 pounds are ten fewer for each 100,000; an interval that holds 0 gives none, nor does the cost itself."""
    clear, unclear = Estimate(-30.0, -40.0, -20.0, 9), Estimate(-30.0, -70.0, 10.0, 9)
    assert list(per_pounds(clear, "T2", 300_000, BASE).values()) == pytest.approx([-10.0, -40 / 3, -20 / 3])
    for found, measure, paid in ((unclear, "T2", 3e5), (clear, "W8", 3e5), (clear, "T2", 0.0)):
        assert all(value != value for value in per_pounds(found, measure, paid, BASE).values())


def test_totals_are_those_of_a_year():
    """Child-hours and officer hours of half a year count twice; shares and means stay."""
    half = 365 / 2
    assert [yearly(id, half) for id in ("P1", "W1")] == [2.0, 2.0]
    assert [yearly(id, half) for id in ("P2", "T2", "C6")] == [1.0, 1.0, 1.0]
    run = BASE.model_copy(update={"run": BASE.run.model_copy(update={"window_days": half})})
    assert per_pounds(Estimate(-1.0, -2.0, -0.5, 9), "P1", 100_000, run)["per_100k"] == -2.0


def test_the_same_set_twice_is_told():
    """Before anything is simulated."""
    with pytest.raises(ScenarioError, match="1 interviewer: asked for twice"):
        sim.compare(tiny(), posts=["interviewers=1", {"interviewers": 1}], **HOW)


def test_posts_are_held_where_values_are_drawn(tmp_path):
    """What is set from outside is never drawn; everything else that is unknown is."""
    from tests.experiment.test_posterior import written

    result = sim.compare(tiny(), posts=["night-officers=1"], posterior=written(tmp_path), **(HOW | {"replications": 4}))
    assert result.plan.draws.held == {"resources.response_units"}
    assert {"luck", "unknown"} <= set(result.bought.columns)
    assert replace(result.plan, draws=None).scenarios[1].resources.response_units == (1, 1, 2)
