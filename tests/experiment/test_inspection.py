"""Each published finding stands against its own counterfactual: what is set against it instead is refused, before anything is simulated."""

from __future__ import annotations

from itertools import combinations

import pytest

import sim
from sim.experiment import inspection
from sim.experiment.archive import reopened, repeat
from sim.experiment.execution import Execution
from sim.experiment.inspection import apart, several
from sim.experiment.posts import with_posts
from sim.report import text
from sim.scenario import Scenario, ScenarioError, load
from sim.scenario.about import About
from sim.scenario.variant import variant
from tests.experiment.tiny import tiny

DURHAM, LATER, MERSEYSIDE = (load(name) for name in ("durham-2020-03", "durham-2020-05", "merseyside-2019"))
BASELINE, GOOD, DESK = (load(name) for name in ("baseline", "good-practice", "desk-based"))


def called(name: str, scenario: Scenario, **about: str) -> Scenario:
    """A file of one's own with these values; with another `about`, if one is given."""
    other = About(title=name, summary="", **about) if about else scenario.about
    return scenario.model_copy(update={"name": name, "about": other})


WHAT_IF = called("what-if", DURHAM, kind="finding", counterfactual="durham-2020-03")
ANOTHER_WHAT_IF = called("another-what-if", MERSEYSIDE, kind="finding", counterfactual="durham-2020-03")
OWN_CHANGES = called("own-changes", DURHAM, kind="practice", counterfactual="durham-2020-03")
ALONE = called("alone", DURHAM, kind="finding")


@pytest.mark.parametrize(
    ("a", "b", "refused"),
    [
        (DURHAM, MERSEYSIDE, True),
        (DURHAM, LATER, True),
        (DURHAM, called("copy", MERSEYSIDE), True),
        (WHAT_IF, MERSEYSIDE, True),
        (ALONE, DURHAM, True),
        (ALONE, called("another", MERSEYSIDE, kind="finding"), True),
        (WHAT_IF, called("of-merseyside", DURHAM, kind="finding", counterfactual="merseyside-2019"), True),
        (OWN_CHANGES, MERSEYSIDE, True),
        (OWN_CHANGES, DURHAM, False),
        (OWN_CHANGES, WHAT_IF, False),
        (OWN_CHANGES, GOOD, False),
        (WHAT_IF, ANOTHER_WHAT_IF, False),
        (DURHAM, BASELINE, False),
        (DURHAM, GOOD, False),
        (DURHAM, DESK, False),
        (MERSEYSIDE, called("own", DURHAM, kind="practice"), False),
        (DURHAM, called("copy", DURHAM), False),
        (DURHAM, WHAT_IF, False),
        (DURHAM, called("by-path", DURHAM, kind="finding", counterfactual="./durham-2020-03.toml"), False),
        (DURHAM, called("restated", MERSEYSIDE, kind="finding", finding=f" {DURHAM.about.finding}\n"), False),
        (DURHAM, variant(DURHAM, {"practice.overnight_activity": 0.3}, "moved"), False),
        (DURHAM, with_posts(DURHAM, {"night-officers": 2}), False),
    ],
    ids=lambda one: one.name if isinstance(one, Scenario) else "",
)
def test_which_findings_are_apart(a, b, refused):
    """Two findings, two dates of one force among them, unless one is a what-if on the other; either way round."""
    assert apart(a, b) == apart(b, a) == several([BASELINE, a, b]) == refused
    if refused:
        wrong = f"{b.name}: is about a published finding, and {a.name} about another: .*; allowed: each against its own"
        with pytest.raises(ScenarioError, match=wrong):
            inspection.check([(BASELINE, a), (a, b)])


def test_what_is_allowed_is_named():
    """As commands where all are of the library; files of one's own by what each of them names."""
    told = {pair: str(inspection.refusal(*pair, inspection._allowed(*pair))) for pair in combinations((DURHAM, MERSEYSIDE, WHAT_IF, ALONE), 2)}
    both = "durham-2020-03 merseyside-2019"
    assert f"(missing-sim compare baseline {both}, missing-sim failings {both}, or missing-sim explain with" in told[DURHAM, MERSEYSIDE]
    assert "(merseyside-2019 against baseline, what-if against durham-2020-03); a what-if on a finding names it" in told[MERSEYSIDE, WHAT_IF]
    assert "alone against a scenario that is no finding)" in told[DURHAM, ALONE]


class Begun(Exception):
    """Something would have been simulated."""


POSTS = {"posts": ["night-officers=2"]}
REQUESTS = {
    "compare": (lambda: sim.compare(DURHAM, GOOD, MERSEYSIDE), True),
    "compare, to a precision": (lambda: sim.compare(DURHAM, LATER, precision={"T2": 1.0}, fixed=True), True),
    "compare with posts": (lambda: sim.compare(DURHAM, MERSEYSIDE, **POSTS), True),
    "explain": (lambda: sim.explain(DURHAM, MERSEYSIDE, orders=1), True),
    "failings": (lambda: sim.failings(ALONE, baseline=DURHAM), True),
    "compare, baseline first": (lambda: sim.compare("baseline", "durham-2020-03", "merseyside-2019"), False),
    "compare with practice": (lambda: sim.compare(DURHAM, GOOD, DESK), False),
    "compare with itself and posts": (lambda: sim.compare(ALONE, **POSTS), False),
    "explain by practice": (lambda: sim.explain(DURHAM, GOOD, orders=1), False),
    "explain by its own": (lambda: sim.explain(WHAT_IF, DURHAM.model_copy(update={"practice": GOOD.practice}), orders=1), False),
    "failings, each by itself": (lambda: sim.failings("durham-2020-03", "merseyside-2019"), False),
    "sweep": (lambda: sim.sweep(ALONE, {"practice.overnight_activity": [0.1, 0.3]}), False),
    "frontier": (lambda: sim.frontier(ALONE, {"night-officers": "0:1"}), False),
    "tornado": (lambda: sim.sensitivity(ALONE, "tornado", parameters=["practice.overnight_activity"]), False),
}


@pytest.mark.parametrize(("request_", "refused"), REQUESTS.values(), ids=REQUESTS)
def test_where_a_difference_of_findings_would_be_taken(monkeypatch, request_, refused):
    """It is refused before the first run, and nothing else is."""

    def begin(*_):
        raise Begun

    monkeypatch.setattr(Execution, "go_on", begin)
    with pytest.raises(ScenarioError if refused else Begun) as caught:
        request_()
    assert refused == ("published finding" in str(caught.value))


def test_one_that_was_kept_before_is_opened_and_not_repeated(tmp_path, monkeypatch):
    """With the notice that its difference says nothing of the forces."""
    how = {"replications": 1, "engine": "simpy", "workers": 1, "fixed": True}
    short = {"run__warm_up_days": 5.0, "run__window_days": 5.0, "run__run_on_days": 2.0}
    with monkeypatch.context() as before:
        before.setattr(inspection, "check", lambda sides: None)
        sim.compare(tiny("durham-2020-03", **short), tiny("met-2016", **short), out=tmp_path / "kept", **how)
    assert "A difference between two findings says nothing of the forces" in text(reopened(tmp_path / "kept")).replace("\n", " ")
    with pytest.raises(ScenarioError, match="met-2016: is about a published finding"):
        repeat(tmp_path / "kept", {"out": tmp_path / "again"})
    assert not (tmp_path / "again").exists()
