"""The clocks that end an episode, start the next and bring harm, against closed forms and numeric integration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from sim.model import clock
from sim.model.luck import Decision
from sim.model.words import Located
from tests.model.small import (
    ALWAYS_REPORTED,
    FLAT,
    NO_EXPLOITATION,
    NO_INTERVIEWS,
    NO_REFERRALS,
    NO_SEARCH,
    QUIET,
    YEAR,
    Overrides,
    after,
    area,
    parameters,
)

OWN: Overrides = {"world.own_return_median": 20.0, "world.own_return_spread": 1.2, "world.own_return_rare_weight": 1.0}
THIRD: Overrides = {"world.third_party_rate": 0.4, "world.third_party_fade_hours": 3.0}
OFTEN: Overrides = {
    "world.leaving_per_year": [25.0] * 4,
    "world.frailty_spread": [0.5] * 4,
    "world.recency_first_week": 1.0,
    "world.recency_first_month": 1.0,
}
ALONE = QUIET | NO_EXPLOITATION | NO_INTERVIEWS | NO_REFERRALS
"""Nothing happens but leaving, returning and searching."""


def own_later(t):
    """Share of own returns later than `t` hours."""
    return stats.lognorm.sf(t, 1.2, scale=20.0)


def third_later(t):
    """Share of third parties later than `t` hours: exp of minus 0.4 ln(1 + t / 3)."""
    return (1.0 + np.asarray(t) / 3.0) ** -0.4


def own_first() -> float:
    """Share of episodes that end by own return, by integration."""
    return integrate.quad(lambda x: third_later(np.exp(x)) * stats.norm.pdf(x, np.log(20.0), 1.2), -5.0, 12.0)[0]


@pytest.fixture(scope="module")
def unsearched():
    """About 6,000 episodes that police do not end, with the ends that luck has in store for them."""
    return after(300.0, ALONE, NO_SEARCH, OWN, THIRD, OFTEN, ALWAYS_REPORTED)["episodes"]


def test_without_search_the_time_away_is_the_earlier_of_two_clocks(unsearched):
    """Time to the end: its distribution is the product of both clocks' (Kolmogorov and Smirnov), at every decile to 2 points."""
    hours = unsearched["closes"] - unsearched["left"]
    assert len(hours) > 5_000
    assert stats.kstest(hours, lambda t: 1.0 - own_later(t) * third_later(t)).pvalue > 0.001
    for share in np.arange(0.1, 1.0, 0.1):
        t = np.quantile(hours, share)
        assert 1.0 - own_later(t) * third_later(t) == pytest.approx(share, abs=0.02)


def test_without_search_own_returns_and_third_parties_share_the_ends_as_integrated(unsearched):
    """The share that ends by own return agrees with integration to four standard errors, early and late alike."""
    expected = own_first()
    own = unsearched["closes_by"] == Located.OWN_RETURN
    assert np.mean(own) == pytest.approx(expected, abs=4.0 * np.sqrt(expected * (1.0 - expected) / len(own)))
    early = unsearched["closes"] - unsearched["left"] < 6.0
    by_then = integrate.quad(lambda x: third_later(np.exp(x)) * stats.norm.pdf(x, np.log(20.0), 1.2), -8.0, np.log(6.0))[0]
    of_those = by_then / (1.0 - own_later(6.0) * third_later(6.0))
    assert np.mean(own[early]) == pytest.approx(of_those, abs=4.0 * np.sqrt(of_those * (1.0 - of_those) / np.sum(early)))


def test_an_episode_that_police_do_not_end_ends_when_luck_has_it(unsearched):
    """Whoever is located came back at that hour and in that way; nobody is located by police; open are those whose hour is still to come."""
    ended = np.isfinite(unsearched["located"])
    assert np.array_equal(unsearched["located"][ended], unsearched["closes"][ended])
    assert np.array_equal(unsearched["located_by"][ended], unsearched["closes_by"][ended])
    assert np.all(unsearched["closes"][~ended] >= 300.0 * 24.0)
    assert set(unsearched["located_by"][ended]) == {Located.OWN_RETURN, Located.THIRD_PARTY}


def test_a_child_back_before_the_report_is_never_reported(unsearched):
    """With everyone reported after a lognormal delay of median half an hour, the share reported is that of delays shorter than the time away."""
    spread = parameters().world.report_delay_spread
    expected = integrate.quad(lambda x: own_later(np.exp(x)) * third_later(np.exp(x)) * stats.norm.pdf(x, np.log(0.5), spread), -9.0, 9.0)[0]
    settled = unsearched[unsearched["left"] < 299.0 * 24.0]
    reported = np.isfinite(settled["reported"])
    assert np.mean(reported) == pytest.approx(expected, abs=4.0 * np.sqrt(expected * (1.0 - expected) / len(settled)))
    assert np.all(settled["reported"][reported] <= settled["located"][reported])


@pytest.mark.parametrize("share", [0.0, 0.4])
def test_the_share_ever_reported_is_what_the_scenario_says(share):
    """With no delay to speak of, that share of episodes is reported; with a share of 0 nothing is, and police do nothing at all."""
    at_once = {"world.report_delay_median": [1e-6] * 4, "world.report_delay_spread": 0.0}
    tables = after(150.0, ALONE, OFTEN, at_once, {"world.reported_share": [share] * 4})
    episodes = tables["episodes"]
    assert np.mean(np.isfinite(episodes["reported"])) == pytest.approx(share, abs=4.0 * np.sqrt(share * (1.0 - share) / len(episodes)) + 1e-3)
    if share == 0.0:
        assert len(tables["tasks"]) == 0


def test_own_returns_are_rare_in_the_hours_that_say_so():
    """Time away in which the hours from one to six count a fifth is lognormal, so that few come home in them."""
    rare = {"world.own_return_rare_weight": 0.2, "world.own_return_rare_from": 1.0, "world.own_return_rare_until": 6.0}
    episodes = after(200.0, ALONE, NO_SEARCH, OWN, rare, {"world.third_party_rate": 0.0}, OFTEN)["episodes"]
    counted = [clock.weighted(row["closes"], 1.0, 6.0, 0.2) - clock.weighted(row["left"], 1.0, 6.0, 0.2) for row in episodes]
    assert stats.kstest(counted, lambda t: stats.lognorm.cdf(t, 1.2, scale=20.0)).pvalue > 0.001
    hour = episodes["closes"] % 24.0
    assert np.mean((hour > 1.0) & (hour < 6.0)) < 0.5 * 5.0 / 24.0


def test_police_find_the_child_when_what_counts_of_their_effort_reaches_its_threshold():
    """a x findability x ln(1 + raw / b) equals the dealt exponential for every child that police found, and is below it for every other."""
    it = area(ALONE, OFTEN, ALWAYS_REPORTED, {"world.find_rate": 0.6})
    it.run(60.0 * 24.0)
    tables = it.tables()
    episodes = tables["episodes"][np.isfinite(tables["episodes"]["located"])]
    children = tables["children"][episodes["child"]]
    counts = 0.6 * children["findability"] * np.log1p(episodes["raw"] / it.parameters.world.search_fade_hours)
    whose = zip(children["key"], episodes["occurrence"], strict=True)
    needed = np.array([-np.log1p(-it.luck.uniform(Decision.SEARCH, int(key), int(n))) for key, n in whose])
    found = episodes["located_by"] >= Located.POLICE_DESK
    assert np.sum(found) > 200
    assert np.sum(~found) > 200
    assert np.allclose(counts[found], needed[found], rtol=1e-9)
    assert np.all(counts[~found] < needed[~found])


def test_effort_is_the_hours_of_the_tasks_that_ran():
    """With every hour alike and no plan, raw effort is desk hours plus the set number of times the field hours, task by task."""
    alike = {"world.night_search_factor": 1.0, "world.trigger_plan_factor": 1.0, "world.field_to_desk_ratio": 3.0}
    tables = after(60.0, ALONE, OFTEN, ALWAYS_REPORTED, alike)
    tasks = tables["tasks"]
    done = tasks[(tasks["work"] <= 1) & np.isfinite(tasks["ended"])]
    raw = np.zeros(len(tables["episodes"]))
    np.add.at(raw, done["episode"], (done["ended"] - done["started"]) * np.where(done["work"] == 1, 3.0, 1.0))
    ended = np.isfinite(tables["episodes"]["located"])
    assert np.sum(raw[ended] > 0.0) > 200
    assert np.allclose(tables["episodes"]["raw"][ended], raw[ended], atol=1e-6)


def test_time_at_home_weighted_by_the_rate_is_unit_exponential():
    """Base x frailty x hour and weekday x recency (two steps, more after police): from return to leaving that adds up to the dealt exponential."""
    recency = {"world.recency_first_week": 6.0, "world.recency_first_month": 3.0, "world.brought_back_factor": 1.5, "world.find_rate": 0.5}
    often = {"world.leaving_per_year": [8.0] * 4, "world.frailty_spread": [0.7] * 4, "world.leaving_by_day": [1.0, 1.0, 2.0, 1.0, 3.0, 0.5, 0.0]}
    it = area(ALONE, ALWAYS_REPORTED, recency, often)
    it.run(150.0 * 24.0)
    tables = it.tables()
    episodes, children = tables["episodes"], tables["children"]
    ends = {(int(row["child"]), int(row["occurrence"])): (row["located"], row["located_by"]) for row in episodes}
    week = it.world.leaving_week
    checked = 0
    for row in episodes:
        child = children[row["child"]]
        n = int(row["occurrence"])
        back, by = ends.get((int(row["child"]), n - 1), (child["entered"], Located.STILL_MISSING))
        rise = 1.5 if by >= Located.POLICE_DESK else 1.0
        edges = [back, back + 168.0, back + 672.0, np.inf] if n > 1 else [back, np.inf]
        factors = [1.0 + 5.0 * rise, 1.0 + 2.0 * rise, 1.0] if n > 1 else [1.0]
        spent = 0.0
        for start, end, factor in zip(edges[:-1], edges[1:], factors, strict=True):
            if start < row["left"]:
                spent += factor * (clock.profile(week, min(end, row["left"])) - clock.profile(week, start))
        spent *= 8.0 / YEAR * child["frailty"]
        assert spent == pytest.approx(-np.log1p(-it.luck.uniform(Decision.LEAVING, int(child["key"]), n)), rel=1e-6, abs=1e-9)
        checked += 1
    assert checked > 1_000


def test_harm_comes_when_exposure_reaches_its_threshold():
    """Hours away, nights thrice, at the rate of the child's true risk: the dealt exponential for those who came to harm, less for the others."""
    harm = {"world.harm_per_hour": 0.01, "world.night_exposure_weight": 3.0, "resources.night_starts": 22.0, "resources.night_ends": 6.0}
    it = area(ALONE, OFTEN, ALWAYS_REPORTED, harm)
    it.run(60.0 * 24.0)
    tables = it.tables()
    world = it.parameters.world
    harmed = 0
    for row in tables["episodes"]:
        if not np.isfinite(row["located"]):
            continue
        child = tables["children"][row["child"]]
        age = (row["left"] - child["born"]) / YEAR
        risk = world.risk_vulnerability * child["vulnerability"] + world.risk_age * (age - 14.0) + row["risk_informant"] + row["risk_hidden"]
        threshold = -np.log1p(-it.luck.uniform(Decision.HARM, int(child["key"]), int(row["occurrence"])))
        end = min(row["harmed"], row["located"])
        exposed = clock.weighted(end, 22.0, 6.0, 3.0) - clock.weighted(row["left"], 22.0, 6.0, 3.0)
        spent = 0.01 * np.exp(risk) * exposed
        if np.isfinite(row["harmed"]):
            assert spent == pytest.approx(threshold, rel=1e-6)
            assert row["severity"] in (1, 2, 3)
            harmed += 1
        else:
            assert spent <= threshold * (1.0 + 1e-9)
            assert row["severity"] == 0
    assert harmed > 100


def test_children_come_at_the_rate_that_keeps_the_number_of_the_area():
    """Over ten years the number here stays within four standard deviations of that at the start, and their mean age within two months."""
    it = area(ALONE, FLAT, {"world.leaving_per_year": [0.0] * 4, "area.children": [2000, 0, 0, 0]})
    for year in (0.0, 3.0, 6.0, 10.0):
        it.run(year * YEAR)
        rows = it.tables()["children"]
        here = rows[np.isinf(rows["gone"])]
        age = (year * YEAR - here["born"]) / YEAR
        assert len(here) == pytest.approx(2000, abs=4.0 * np.sqrt(2000))
        assert np.all((age >= 10.0) & (age <= 18.0 + 1e-9))
        if year == 0.0:
            first = np.mean(age)
        assert np.mean(age) == pytest.approx(first, abs=0.15)


def test_the_cap_on_episodes_holds_in_every_year_of_a_child():
    """A child who would leave day after day leaves as often as the model allows in each year since it was entered, and no more."""
    restless = {"world.leaving_per_year": [400.0] * 4, "world.frailty_spread": [0.0] * 4, "world.episodes_a_year_limit": 20}
    tables = after(900.0, ALONE, FLAT, restless, {"area.children": [3, 0, 0, 0]})
    for c in range(3):
        left = tables["episodes"]["left"][tables["episodes"]["child"] == c]
        counts = np.bincount((left // YEAR).astype(int), minlength=3)
        assert np.all(counts <= 20)
        assert counts[0] == 20
