"""Keyed luck: a draw belongs to its decision, its child and its occurrence, and to nothing else."""

from __future__ import annotations

from math import expm1

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from sim.engine.hands import Hands
from sim.engine.profiles import gamma_quantiles
from sim.model import luck
from sim.model.luck import FAMILY, Decision

NUMBERS = {
    "ENTRY_AGE": 0, "AGE_SO_FAR": 1, "OUT_OF_AREA": 2, "VULNERABILITY": 3, "VULNERABILITY_HELD": 4, "REASON": 5, "FRAILTY": 6, "FINDABILITY": 7,
    "STATE_AT_START": 8, "ENTRY_GAP": 9,
    "STATE_THRESHOLD": 64, "STATE_WHICH_WAY": 65, "KIND": 66, "NETWORK": 67, "PARTNER_IDENTIFIES": 68,
    "LEAVING": 128, "OWN_RETURN": 129, "THIRD_PARTY": 130, "SEARCH": 131, "HARM": 132, "HARM_SEVERITY": 133, "EVER_REPORTED": 134,
    "REPORT_DELAY": 135, "TONIGHT_KNOWN": 136, "TONIGHT_HIDDEN": 137, "INFORMANT": 138, "SOCIAL_WORKER_ASKED": 139, "CALL_CHECKS_SYSTEMS": 140,
    "INSPECTOR_CHECKS_SYSTEMS": 141, "RECOGNISES_LINK": 142, "CALL_NOISE": 143, "INSPECTOR_NOISE": 144, "INSPECTOR_REASSESSES": 145,
    "PRACTICE_GRADE": 146, "PLAN_READ": 147, "PERPETRATOR_MET": 148, "FIND_IDENTIFIES": 149, "PREVENTION_DONE": 150, "PREVENTION_IN_PERSON": 151,
    "PREVENTION_DELAY": 152, "PREVENTION_DISCLOSES": 153, "PREVENTION_REASON": 154, "HARM_TOLD_PREVENTION": 155, "RECORDED": 156,
    "RECORD_DELAY": 157, "PLAN_WRITTEN": 158, "PATTERN_SEEN": 159, "FLAG_RAISED": 160, "REFERRED": 161, "REFERRAL_DELAY": 162, "NOTICE": 163,
    "SUSPECT": 164, "ARREST": 165, "VULNERABILITY_LEARNED": 166, "FAMILY_REFERS": 167, "PREVENTION_ADDRESSED": 168, "PERPETRATOR_ARREST": 169,
    "RHI_OFFERED": 192, "RHI_OFFER_DELAY": 193, "RHI_ACCEPTED": 194, "RHI_COMPLETED": 195, "RHI_ARRANGED": 196,
    "RHI_DISCLOSES": 197, "RHI_RED_FLAG": 198, "RHI_REASON": 199, "RHI_ADDRESSED": 200, "RHI_SHARED": 201,
    "RHI_SHARE_DELAY": 202, "RHI_REFERS": 203, "RHI_HARM_TOLD": 204, "RHI_VULNERABILITY": 205, "RHI_OFFERED_CHILD": 206,
    "DESK_BASED": 256, "OVERNIGHT": 257, "TASK_HOURS": 258, "LOST_AT_HANDOVER": 259, "REVIEW_DONE": 260, "REVIEW_CHECKS": 261,
    "REVIEW_CHALLENGE": 262, "REVIEW_NOISE": 263, "REVIEW_CORRECTS": 264, "REVIEW_LINK": 265, "REVIEW_SOCIAL": 266,
    "INCIDENT_GAP": 320, "INCIDENT_LINE": 321, "INCIDENT_HOURS": 322, "INCIDENT_POOL": 323,
    "FAMILY_GAP": 384, "MASH_HOURS": 385, "NO_FURTHER_ACTION": 386, "STRATEGY_DELAY": 387, "INTERIM_ACTION": 388, "ASSESSMENT_DAYS": 389,
    "CONFERENCE_DAYS": 390, "CONFERENCE_HELD": 391, "PROTECTION_GIVEN": 392, "PLAN_DAYS": 393, "STRATEGY_HELD": 394,
}  # fmt: skip
"""The number of every decision there has been. Add new ones at the end of their family; none of these may change or go."""

uniforms = st.floats(0.0, 1.0, exclude_max=True)


def philox(seed: int, replication: int, family: int, entity: int, occurrence: int) -> np.ndarray:
    """A whole family of uniforms straight from NumPy."""
    bits = np.random.Philox(key=[seed, replication], counter=[family * FAMILY // 4, entity, occurrence, 0])
    return np.random.Generator(bits).random(FAMILY)


def test_no_decision_ever_changes_its_number():
    """A stored number is the key of a draw: were it to move, every result since would change without a word."""
    assert {name: int(Decision[name]) for name in NUMBERS} == NUMBERS


def test_every_decision_is_in_the_table():
    """A new decision is written into the table with its number on the day it comes, and so is pinned from then on."""
    assert set(Decision.__members__) == set(NUMBERS)


def test_no_two_decisions_share_a_draw():
    """Each name is a number of its own (a second name for a number would be an alias, and not a member)."""
    assert len(Decision.__members__) == len(list(Decision))


def test_decisions_fill_their_families_without_gaps():
    """Within a family numbers run from its first place on, so that a hand is as short as it can be."""
    families: dict[int, list[int]] = {}
    for decision in Decision:
        families.setdefault(decision // FAMILY, []).append(decision % FAMILY)
    for places in families.values():
        assert sorted(places) == list(range(len(places)))


@given(
    st.integers(0, 2**63 - 1), st.integers(0, 100_000), st.sampled_from(list(Decision)), st.integers(0, 2**40), st.integers(0, 2**40),
)  # fmt: skip
def test_a_draw_is_numpys_philox_at_its_place(seed, replication, decision, entity, occurrence):
    """Key (seed, replication), counter (block of the family, entity, occurrence, 0), and the decision's place in the family: the very same bits."""
    dealt = philox(seed, replication, decision // FAMILY, entity, occurrence)
    assert Hands(seed, replication).uniform(decision, entity, occurrence) == dealt[decision % FAMILY]


def test_a_draw_does_not_depend_on_what_was_drawn_before():
    """Asked for forwards, backwards or twice, after a thousand other draws or none, each draw is the same."""
    asked = [(decision, entity, occurrence) for decision in Decision for entity in (0, 7, 1 << 21) for occurrence in (0, 3, 4096)]
    forwards = Hands(5, 2)
    backwards = Hands(5, 2)
    first = [forwards.uniform(*one) for one in asked]
    last = [backwards.uniform(*one) for one in reversed(asked)]
    assert first == last[::-1]
    assert first == [forwards.uniform(*one) for one in asked]


def test_a_hand_that_was_forgotten_is_dealt_again(monkeypatch):
    """Memory stays flat: when too many hands are held all are forgotten, and the next draw is the same as before."""
    hands = Hands(1, 1)
    before = [hands.uniform(Decision.LEAVING, child, 1) for child in range(50)]
    monkeypatch.setattr("sim.engine.hands.HELD", 3)
    assert [hands.uniform(Decision.LEAVING, child, 1) for child in range(50)] == before
    assert len(hands._held) <= 50


def test_a_longer_family_deals_the_same_to_those_who_were_there():
    """One more decision in each family makes hands longer and changes no draw."""
    hands = Hands(9, 4)
    longer = Hands(9, 4)
    longer._need = {family: min(length + 9, FAMILY) for family, length in hands._need.items()}
    for decision in Decision:
        assert hands.uniform(decision, 11, 2) == longer.uniform(decision, 11, 2)


def test_children_episodes_replications_and_seeds_have_luck_of_their_own():
    """Changing any one part of the key changes the draw; draws over children look uniform and unrelated from one decision to the next."""
    hands = Hands(1, 0)
    one = hands.uniform(Decision.SEARCH, 5, 1)
    others = [
        hands.uniform(Decision.SEARCH, 6, 1), hands.uniform(Decision.SEARCH, 5, 2), hands.uniform(Decision.HARM, 5, 1),
        Hands(2, 0).uniform(Decision.SEARCH, 5, 1), Hands(1, 1).uniform(Decision.SEARCH, 5, 1),
    ]  # fmt: skip
    assert len({one, *others}) == 6
    search = [hands.uniform(Decision.SEARCH, child, 1) for child in range(4000)]
    harm = [hands.uniform(Decision.HARM, child, 1) for child in range(4000)]
    assert stats.kstest(search, "uniform").pvalue > 0.001
    assert abs(np.corrcoef(search, harm)[0, 1]) < 4.0 / np.sqrt(4000)


@given(uniforms)
def test_exponential_is_the_inverse_of_its_distribution(u):
    """1 - exp(-x) gives back the uniform."""
    x = luck.exponential(u)
    assert x >= 0.0
    assert -expm1(-x) == pytest.approx(u, rel=1e-15, abs=1e-300)


def test_normal_agrees_with_scipy():
    """To 1e-14 of its value, from the smallest uniform to the largest."""
    small = 10.0 ** -np.arange(1.0, 15.9, 0.01)
    u = np.concatenate([np.linspace(2.0**-53, 1.0 - 2.0**-53, 200_001), small, 1.0 - small])
    ours = np.array([luck.normal(float(one)) for one in u])
    theirs = np.where(u < 0.5, stats.norm.ppf(u), -stats.norm.ppf(1.0 - u))
    assert np.max(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-300)) < 1e-14


def test_normal_is_finite_and_rises_everywhere():
    """Also at u = 0, which luck can deal, and at the largest uniform below 1."""
    u = [0.0, 2.0**-53, 1e-12, 0.01, 0.075, 0.0750001, 0.3, 0.5, 0.7, 0.9249999, 0.925, 0.99, 1.0 - 2.0**-53]
    values = [luck.normal(one) for one in u]
    assert np.all(np.isfinite(values))
    assert values == sorted(values)
    assert luck.normal(0.5) == 0.0


@given(st.floats(0.01, 1000.0), st.floats(0.0, 3.0), uniforms.filter(lambda u: u > 1e-15))
@example(1.0, 3.0, 1.0 - 2.0**-53)
def test_lognormal_is_described_by_its_median_and_spread(median, spread, u):
    """Half lie below the median, and the logarithm has the spread as its standard deviation; nothing is longer than LONGEST."""
    standard = stats.norm.ppf(u) if u < 0.5 else -stats.norm.ppf(1.0 - u)
    assert luck.lognormal(0.5, median, spread) == pytest.approx(median)
    assert luck.lognormal(u, median, spread) == pytest.approx(min(median * np.exp(spread * standard), luck.LONGEST), rel=1e-9)


@given(uniforms)
def test_a_quantile_table_is_read_in_straight_lines(u):
    """Between two places of the table the value lies on the line between them; at a place it is the value written there."""
    table = [float(k) * k for k in range(1001)]
    value = luck.quantile(table, u)
    below = int(u * 1000.0)
    assert table[below] <= value <= table[below + 1]
    assert value == pytest.approx(np.interp(u * 1000.0, range(1001), table), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.0, 50.0])
def test_findability_is_a_gamma_with_mean_one(shape):
    """The table is that of the gamma, and children drawn from it are on average as findable as findability 1, to 1%."""
    table = gamma_quantiles(shape)
    places = np.linspace(0.001, 0.999, 999)
    assert len(table) == 1001
    assert np.allclose(table[1:-1], stats.gamma.ppf(places, shape, scale=1.0 / shape), rtol=1e-8)
    drawn = [luck.quantile(table, u) for u in (np.arange(100_000) + 0.5) / 100_000]
    assert np.mean(drawn) == pytest.approx(1.0, abs=0.01)
