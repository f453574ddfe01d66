"""A child: enters with its traits, leaves at a rate that is inverted piece by piece, and turns 18. Every hour counts alike here unless said."""

from __future__ import annotations

from math import exp, sqrt

import pytest

from sim.model import child as children
from sim.model.events import Event
from sim.model.luck import Decision, normal
from sim.model.words import NEVER, NOBODY, Home, Reason, State
from tests.model.rules.stage import KEY, MIDDLE, MONDAY_10, UNIT, Stage
from tests.model.small import YEAR, Overrides

T = MONDAY_10
WEEK, MONTH = 168.0, 672.0
RATES: Overrides = {
    "world.leaving_per_year": [1.0, 8.76, 2.0, 3.0],
    "world.exploited_leaving_factor": 5.0,
    "world.groomed_leaving_factor": 3.0,
    "world.protection_against_leaving": 0.25,
    "world.reason_addressed_effect": 0.5,
    "world.recency_first_week": 4.0,
    "world.recency_first_month": 2.0,
    "world.brought_back_factor": 1.5,
    "world.groomed_per_year_at_home": 0.0,
    "world.episodes_a_year_limit": 2,
}
FOSTER: dict[str, int] = {"home": Home.FOSTER_CARE}
"""8.76 times a year is once in a thousand hours."""


@pytest.fixture
def s() -> Stage:
    return Stage(RATES)


@pytest.fixture
def c(s) -> int:
    return s.child(home=Home.FOSTER_CARE, leaving_updated=T, leaving_left=1.0)


# the rate


def test_the_rate_is_that_of_the_home_times_frailty(s, c):
    """0.001 an hour at frailty 1, twice that at 2."""
    assert children.constant_rate(s.w, s.p, c, T) == pytest.approx(0.001)
    s.w.children[c].frailty = 2.0
    assert children.constant_rate(s.w, s.p, c, T) == pytest.approx(0.002)


@pytest.mark.parametrize(("state", "factor"), [(State.NONE, 1.0), (State.GROOMED, 3.0), (State.EXPLOITED, 5.0)])
def test_those_who_exploit_draw_a_child_away(s, c, state, factor):
    """The true state has its factor."""
    s.w.children[c].state = state
    assert children.constant_rate(s.w, s.p, c, T) == pytest.approx(0.001 * factor)


def test_protection_and_an_addressed_reason_lower_the_rate_until_they_end(s, c):
    """A quarter less under protection, half with the reason addressed, both together 0.375; nothing from the hour at which they end."""
    s.w.children[c].protected_until = T + 1.0
    assert children.constant_rate(s.w, s.p, c, T) == pytest.approx(0.00075)
    s.w.children[c].addressed_until = T + 1.0
    assert children.constant_rate(s.w, s.p, c, T) == pytest.approx(0.000375)
    assert children.constant_rate(s.w, s.p, c, T + 1.0) == pytest.approx(0.001)


def test_a_return_raises_the_rate_for_a_week_and_less_for_a_month(s, c):
    """Fourfold in the first week, twofold to day 28, then as ever; half as much again of the rise after police brought the child back."""
    s.w.children[c].returned = T
    times = (T, T + WEEK - 1.0, T + WEEK, T + MONTH - 1.0, T + MONTH)
    assert [children.recency(s.w, s.p, c, t) for t in times] == [4.0, 4.0, 2.0, 2.0, 1.0]
    s.w.children[c].brought_back = True
    assert [children.recency(s.w, s.p, c, t) for t in times] == [5.5, 5.5, 2.5, 2.5, 1.0]


def test_the_rate_next_changes_at_the_first_of_week_month_and_ends(s, c):
    """After a return first the week, then the month, then never; protection or an addressed reason that ends before comes first."""
    child = s.w.children[c]
    child.returned = T
    assert [children.next_change(s.w, c, t) for t in (T, T + WEEK, T + MONTH)] == [T + WEEK, T + MONTH, NEVER]
    child.protected_until = T + 10.0
    assert [children.next_change(s.w, c, t) for t in (T, T + 10.0)] == [T + 10.0, T + WEEK]
    child.addressed_until = T + 5.0
    assert [children.next_change(s.w, c, t) for t in (T, T + 5.0, T + 10.0)] == [T + 5.0, T + 10.0, T + WEEK]
    child.protected_until = child.addressed_until = T + WEEK + 50.0
    assert children.next_change(s.w, c, T) == T + WEEK
    assert children.next_change(s.w, c, T + WEEK) == T + WEEK + 50.0


# the threshold


def test_time_at_home_uses_up_the_threshold_piece_by_piece(s, c):
    """200 hours after a return: 168 at four times 0.001, 32 at twice; spent once."""
    s.w.children[c].returned = T
    for _ in range(2):
        children.spend(s.w, s.p, c, T + 200.0)
    assert s.w.children[c].leaving_left == pytest.approx(1.0 - 0.168 * 4.0 - 0.032 * 2.0)
    assert s.w.children[c].leaving_updated == T + 200.0


def test_settling_spends_only_at_home(s, c):
    """A child who is away uses nothing up."""
    s.w.children[c].missing = True
    children.settle(s.w, s.p, c, T + 100.0)
    assert s.w.children[c].leaving_left == 1.0
    s.w.children[c].missing = False
    children.settle(s.w, s.p, c, T + 100.0)
    assert s.w.children[c].leaving_left == pytest.approx(0.9)


def test_the_child_leaves_where_the_threshold_is_used_up(s, c):
    """A threshold of 1 at 0.001 an hour: a thousand hours from now, under the next version."""
    s.w.children[c].leaving_version = 6
    children.retime_leaving(s.w, s.p, c, T)
    assert s.due(Event.LEFT) == [(pytest.approx(T + 1000.0), c, 7)]


def test_the_threshold_is_used_up_across_changes_of_the_rate(s, c):
    """After a return: 0.672 in the first week, 1.008 in the rest of the month, the last 0.32 at 0.001 an hour."""
    s.w.children[c].returned = T
    s.w.children[c].leaving_left = 2.0
    children.retime_leaving(s.w, s.p, c, T)
    assert s.due(Event.LEFT) == [(pytest.approx(T + MONTH + 320.0), c, 1)]


def test_within_the_first_week_the_child_leaves_at_the_raised_rate(s, c):
    """0.4 at 0.004 an hour are 100 hours; exactly a week's worth ends with the week."""
    s.w.children[c].returned = T
    s.w.children[c].leaving_left = 0.4
    children.retime_leaving(s.w, s.p, c, T)
    assert s.due(Event.LEFT) == [(pytest.approx(T + 100.0), c, 1)]


def test_a_child_whose_rate_is_nought_for_a_while_leaves_after_it(s, c):
    """Protection that forbids leaving altogether, for 50 hours: a thousand hours after it ends."""
    s = Stage(RATES, {"world.protection_against_leaving": 1.0})
    c = s.child(home=Home.FOSTER_CARE, leaving_updated=T, leaving_left=1.0, protected_until=T + 50.0)
    children.retime_leaving(s.w, s.p, c, T)
    assert s.due(Event.LEFT) == [(pytest.approx(T + 1050.0), c, 1)]


def test_what_is_overspent_counts_as_used_up_now(s, c):
    """A threshold below 0 (by rounding): the child leaves now, not before."""
    s.w.children[c].leaving_left = -0.5
    children.retime_leaving(s.w, s.p, c, T)
    assert s.due(Event.LEFT) == [(T, c, 1)]


def test_nobody_leaves_after_turning_18_or_while_away(s, c):
    """Born 18 years less 999 hours ago: the thousandth hour is too late. Away: only the version moves on."""
    s.w.children[c].born = T + 999.0 - 18.0 * YEAR
    children.retime_leaving(s.w, s.p, c, T)
    s.w.children[c].born = T - 15.0 * YEAR
    s.w.children[c].missing = True
    children.retime_leaving(s.w, s.p, c, T)
    assert s.agenda.lines == []
    assert s.w.children[c].leaving_version == 2


@pytest.mark.parametrize(("missing", "gone", "leaving", "state"), [(False, NEVER, 1, 1), (True, NEVER, 0, 1), (False, T, 0, 0)])
def test_a_change_moves_the_childs_own_clocks(s, c, missing, gone, leaving, state):
    """Protection or a learned reason: both clocks are set anew at home, only the state's away, none for one who has left at 18."""
    s.put(s.w.children[c], {"missing": missing, "gone": gone})
    children.changed(s.w, s.p, c, T)
    assert (s.w.children[c].leaving_version, s.w.children[c].state_version) == (leaving, state)


# the yearly limit


def test_a_child_goes_missing_so_often_a_year_and_no_more(s, c):
    """Two are allowed; the third waits for the child's next year to begin, under a new version; that year counts from nought."""
    child = s.w.children[c]
    child.year_starts = T
    child.leaving_version = 4
    assert [children.over_limit(s.w, s.p, c, T + hour) for hour in (0.0, 1.0, 2.0)] == [False, False, True]
    assert s.due(Event.LEFT) == [(T + YEAR, c, 5)]
    assert not children.over_limit(s.w, s.p, c, T + YEAR)
    assert (child.year_count, child.year_starts) == (1, T + YEAR)
    assert not children.over_limit(s.w, s.p, c, T + 3.5 * YEAR)
    assert (child.year_count, child.year_starts) == (1, T + 3.0 * YEAR)


# the state, and the end


@pytest.mark.parametrize(("columns", "moves"), [({}, True), ({"state_version": 9}, False), ({"gone": T}, False)])
def test_the_state_moves_unless_the_event_was_superseded(s, c, columns, moves):
    """Version 3 holds: the state moves on and the threshold is settled first. Another version, or a child who has left: nothing."""
    s.put(s.w.children[c], {"state_version": 3} | columns)
    assert children.state_changed(s.w, s.p, c, 3, T + 100.0) == moves
    assert s.w.children[c].state == (State.GROOMED if moves else State.NONE)
    assert s.w.children[c].leaving_left == pytest.approx(0.9 if moves else 1.0)
    assert s.w.children[c].leaving_version == (1 if moves else 0)


def test_a_state_that_moves_while_the_child_is_away_sets_no_leaving(s, c):
    """The clock of leaving stands still."""
    s.w.children[c].missing = True
    assert children.state_changed(s.w, s.p, c, 0, T)
    assert s.w.children[c].leaving_version == 0


def test_at_18_the_child_leaves_the_population_and_its_network(s, c):
    """Gone from now, nothing that was due for it holds any more, the network no longer lists it; the trace has a line."""
    s.put(s.w.children[c], {"state": State.EXPLOITED, "network": 1})
    s.put(s.w.networks[1], {"first_member": c, "members": 1})
    children.aged_out(s.w, s.p, c, T)
    child = s.w.children[c]
    assert (child.gone, child.leaving_version, child.state_version, child.network) == (T, 1, 1, NOBODY)
    assert (s.w.networks[1].members, s.w.networks[1].first_member) == (0, NOBODY)
    assert s.noted() == [(T, Event.AGED_OUT, c, NOBODY)]


# entering

ENTERING: Overrides = {
    "area.out_of_area_share": [0.1, 0.3, 0.0, 0.0],
    "area.children": [0, 40, 0, 0],
    "world.vulnerability_held_share": [0.1, 0.6, 0.0, 0.0],
    "world.reason_mix": [0.4, 0.25, 0.35],
    "world.frailty_spread": [0.5, 0.8, 0.0, 0.0],
    "world.exploited_at_start": [0.0, 0.1, 0.0, 0.0],
    "world.groomed_at_start": [0.0, 0.2, 0.0, 0.0],
}


def enter(at_start: bool = False, **luck: float) -> tuple[Stage, int]:
    """A child of a foster home with the key 70 enters at T with this luck in its traits."""
    s = Stage(RATES, ENTERING)
    s.child(key=1)
    named = {"ENTRY_AGE": 0.5, "AGE_SO_FAR": 0.25, "VULNERABILITY": 0.8, "FRAILTY": MIDDLE, "FINDABILITY": 0.3} | luck
    for name, u in named.items():
        s.lucky(Decision[name], u, occurrence=0)
    s.lucky(Decision.LEAVING, UNIT, occurrence=1)
    s.lucky(Decision.STATE_THRESHOLD, UNIT, occurrence=0)
    c = children.new_child(s.w, s.p, T, Home.FOSTER_CARE, KEY, at_start)
    assert c == 1
    assert s.w.now.children == 2
    return s, c


def test_a_newcomer_is_between_10_and_17_and_leaves_at_18():
    """Luck 0.5: 13 and a half; the 18th birthday is on the agenda."""
    s, c = enter()
    child = s.w.children[c]
    assert (T - child.born) / YEAR == pytest.approx(13.5)
    assert s.due(Event.AGED_OUT) == [(child.born + 18.0 * YEAR, c, 0)]
    assert (child.key, child.home, child.entered, child.year_starts, child.state) == (KEY, Home.FOSTER_CARE, T, T, State.NONE)


def test_at_the_start_ages_are_those_of_a_population_that_has_always_been_there():
    """Who stays longer is met more often: with luck 0.5 the square of the stay is half way between 64 and 1; a quarter of that stay is over."""
    s, c = enter(at_start=True)
    stay = sqrt(64.0 - 0.5 * 63.0)
    assert (T - s.w.children[c].born) / YEAR == pytest.approx(18.0 - stay + 0.25 * stay)


def test_traits_follow_from_luck():
    """Vulnerability is a standard normal; frailty a lognormal of mean 1; findability from its table; the first threshold a unit exponential."""
    s, c = enter(FRAILTY=0.9)
    child = s.w.children[c]
    assert child.vulnerability == normal(0.8)
    assert child.frailty == pytest.approx(exp(0.8 * normal(0.9) - 0.32))
    assert child.findability == pytest.approx(0.6)
    assert (child.leaving_left, child.leaving_updated) == (pytest.approx(1.0), T)
    assert s.due(Event.LEFT) == [(pytest.approx(T + 1000.0 / child.frailty), c, 1)]


@pytest.mark.parametrize(("u", "reason"), [(0.39, Reason.PUSH), (0.4, Reason.PULL), (0.64, Reason.PULL), (0.65, Reason.EXPLOITATION)])
def test_the_reason_for_leaving_is_one_of_three_by_their_shares(u, reason):
    """0.4 at home, 0.25 elsewhere, the rest exploitation."""
    s, c = enter(REASON=u)
    assert s.w.children[c].reason == reason


@pytest.mark.parametrize(("u", "outside"), [(0.29, True), (0.3, False)])
def test_a_share_lives_outside_the_area(u, outside):
    """Below the home's share."""
    s, c = enter(OUT_OF_AREA=u)
    assert s.w.children[c].out_of_area == outside


@pytest.mark.parametrize(("u", "held"), [(0.59, True), (0.6, False)])
def test_social_care_knows_the_vulnerability_of_a_share_from_the_start(u, held):
    """And what it knows is standard practice; police know nothing yet."""
    s, c = enter(VULNERABILITY_HELD=u)
    child = s.w.children[c]
    assert (child.vulnerability_social, child.vulnerability_standard, child.vulnerability_police) == (held, held, False)


@pytest.mark.parametrize(
    ("u", "frailty", "state"),
    [
        (0.085, MIDDLE, State.EXPLOITED), (0.086, MIDDLE, State.GROOMED), (0.255, MIDDLE, State.GROOMED), (0.256, MIDDLE, State.NONE),
        (0.223, 0.9999999, State.EXPLOITED), (0.224, 0.9999999, State.GROOMED), (0.68, 0.9999999, State.NONE),
    ],
)  # fmt: skip
def test_the_state_at_the_start_is_likelier_for_a_child_who_leaves_often(u, frailty, state):
    """Shares of 0.1 and 0.2 times the root of the frailty: which is exp(-0.16) for the middle one, and of 5 at the most."""
    s, c = enter(at_start=True, STATE_AT_START=u, FRAILTY=frailty)
    assert s.w.children[c].state == state


def test_newcomers_keep_the_size_of_the_home_group():
    """Forty children who stay 4.5 years on average: one comes each 985.5 hours, and each names the next; its key tells home and number."""
    s = Stage(RATES, ENTERING)
    first, second = 1 * children.KEYS + children.KEYS // 2 + 7, 1 * children.KEYS + children.KEYS // 2 + 8
    s.lucky(Decision.ENTRY_GAP, UNIT, occurrence=0, entity=second)
    children.entered(s.w, s.p, Home.FOSTER_CARE, 7, T)
    assert (s.w.children[0].key, s.w.now.entrants, s.w.children[0].state) == (first, 1, State.NONE)
    assert s.due(Event.ENTERED) == [(pytest.approx(T + 4.5 * YEAR / 40.0), Home.FOSTER_CARE, 8)]


def test_nobody_comes_to_a_home_group_that_has_no_children():
    """A home group of none stays so."""
    s = Stage(RATES, ENTERING)
    children.next_entry(s.w, s.p, T, Home.FAMILY, 0)
    assert s.agenda.lines == []
