"""A frontier: combinations of posts, what they cost, which of them nothing beats, and what cannot be told apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.experiment import frontier as room
from sim.experiment.archive import reopened
from sim.experiment.frontier import BEATEN, CLOSE, EMPTY, ON, Frontier, frontier
from sim.experiment.plan import Plan
from sim.experiment.posts import with_posts
from sim.experiment.reading import Only
from sim.experiment.values import Values
from sim.outcomes.interval import paired_interval
from sim.outcomes.split import Part
from sim.report.frontier_words import message, rivals, summary
from sim.report.kinds import caveats, exhibits, text, title
from sim.scenario import ScenarioError, load
from tests.experiment.tiny import tiny

HOW = {"replications": 3, "engine": "compiled", "workers": 1}
NIGHT, RHI = 151_840.0, 136_510.0
"""What a night officer and an interviewer cost a year in the baseline."""


def made(values: dict[tuple[int, int], list[float]], budget: float | None = None, measure: str = "T2") -> Frontier:
    """A frontier of night officers and interviewers with these values of one measure in each replication."""
    base = load("baseline")
    through = {name: sorted({one[place] for one in values}) for place, name in enumerate(("night-officers", "interviewers"))}
    order = [(0, 0), *[(a, b) for a in through["night-officers"] for b in through["interviewers"] if a or b]]
    scenarios = (base, *(with_posts(base, dict(zip(through, one, strict=True))) for one in order[1:]))
    plan = Plan(scenarios, 1, len(values[0, 0]), "simpy", reading=Only((measure,)))
    held = Values(plan)
    for place, one in enumerate(order):
        for number, value in enumerate(values[one]):
            held.fill(place, number, [Part(measure, "", "", value, 1)])
    return Frontier(plan, held, True, (), {"posts": through, "budget": budget})


GRID = {
    (0, 0): [5.0, 6.0, 7.0, 8.0],
    (0, 1): [5.1, 6.2, 7.1, 8.2],  # dearer than no posts and clearly worse
    (1, 0): [4.0, 5.1, 6.0, 7.1],  # clearly better than no posts
    (1, 1): [4.5, 4.4, 6.5, 7.0],  # dearer than one night officer, and not told from it
}


def test_what_nothing_beats_by_hand():
    """Hours: no posts and one night officer are on the frontier; an interviewer is beaten; both together are close."""
    found = made(GRID)
    assert found.costs == pytest.approx([0.0, RHI, NIGHT, NIGHT + RHI])
    assert found.frontier("T2") == [0, 2]
    assert [found.standing("T2", place) for place in range(4)] == [ON, BEATEN, ON, CLOSE]
    assert found.best("T2") == 2
    assert found.rivals("T2") == [3]


def test_a_budget_bounds_the_best_and_not_the_frontier():
    """With less than a night officer costs, no posts is the best; the frontier is that of all combinations."""
    found = made(GRID, budget=140_000)
    assert (found.frontier("T2"), found.best("T2"), found.rivals("T2")) == ([0, 2], 0, [])
    assert [found.within(place) for place in range(4)] == [True, True, False, False]
    assert made(GRID, budget=NIGHT).best("T2") == 2


def test_where_more_is_better_the_frontier_turns():
    """Of a share, the same numbers put an interviewer on the frontier instead."""
    assert made(GRID, measure="C6").frontier("C6") == [0, 1]


def test_the_same_for_less_beats():
    """Posts that change nothing in any replication are beaten by no posts."""
    same = {one: [5.0, 6.0, 7.0] for one in GRID}
    found = made(same)
    assert found.frontier("T2") == [0]
    assert [found.standing("T2", place) for place in range(1, 4)] == [BEATEN] * 3


def test_what_was_not_measured_stands_nowhere():
    """A combination with nothing to measure is on no frontier and beats nothing."""
    found = made(GRID | {(1, 0): [float("nan")] * 4})
    assert found.standing("T2", 2) == EMPTY
    assert found.frontier("T2") == [0, 3]


def test_nothing_beats_the_frontier_whatever_the_values():
    """For random values: no combination of equal or lower cost has a better mean than one on the frontier, and off it one has."""
    luck = np.random.Generator(np.random.Philox(key=[4, 2]))
    for _ in range(20):
        found = made({(a, b): list(luck.normal(size=3)) for a in range(4) for b in range(3)})
        on, means = found.frontier("T2"), [float(np.mean(found.worth("T2", place))) for place in range(12)]
        for place in range(12):
            better = [other for other in range(12) if found.costs[other] <= found.costs[place] and means[other] < means[place]]
            assert (place in on) == (not better)


def test_sentences_say_what_is_sure():
    """The best with its cost and difference; what cannot be told from it; and where none is clearly better, that."""
    found = made(GRID, budget=300_000)
    assert message(found, "T2").startswith("Within £300,000 a year, the best mean of time to first field action comes with 1 night officer for £151")
    assert rivals(found, "T2") == (
        "The best mean within £300,000 a year is that of 1 night officer; 1 night officer and 1 interviewer cannot be told from it."
    )
    assert summary(found, "T2").startswith("Of four combinations, two are beaten by none at equal or lower cost in time to first field action: no p")
    unclear = made(GRID | {(1, 0): [9.0, 1.0, 7.0, 8.0], (1, 1): [9.0, 1.0, 8.0, 8.0]})
    assert message(unclear, "T2") == "Of these combinations of posts, none is clearly better than no posts for time to first field action"
    assert "nothing can be said" in message(replace(found, values=found.values.first(1), plan=replace(found.plan, replications=1)), "T2")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Six combinations, two measures, simulated, with their folder."""
    out = tmp_path_factory.mktemp("frontier") / "kept"
    found = frontier(tiny(), {"night-officers": "0:2", "interviewers": [0, 1]}, budget=300_000, measures=("T2", "P1"), out=out, **HOW)
    return found, out


def test_differences_are_paired_with_no_posts(kept):
    """Every combination less the scenario as it is, replication by replication."""
    found, _ = kept
    assert found.names[0] == "baseline"
    assert len(found.names) == 6
    row = found.differences.query("measure == 'P1' and `night-officers` == 2 and interviewers == 0").iloc[0]
    gap = paired_interval(found.worth("P1", 0), found.worth("P1", found.names.index(row["scenario"])))
    assert (row["estimate"], row["low"], row["high"]) == (gap.estimate, gap.low, gap.high)
    assert row["cost_a_year"] == pytest.approx(2 * NIGHT)


def test_points_are_in_the_order_of_their_cost(kept):
    """By measure as they were asked for, each combination once, with where it stands."""
    points = kept[0].points
    assert list(dict.fromkeys(points["measure"])) == ["T2", "P1"]
    for _, rows in points.groupby("measure"):
        assert rows["cost_a_year"].is_monotonic_increasing
        assert len(rows) == 6
    assert set(points["standing"]) <= {ON, BEATEN, CLOSE}
    assert points.query("cost_a_year == 0")["standing"].tolist() == [ON, ON]


def test_it_is_kept_and_opened_again(kept):
    """A kind of findings like the others: with the same tables, from the folder alone."""
    found, out = kept
    again = reopened(out)
    assert isinstance(again, sim.Frontier)
    assert again.budget == 300_000
    for name, frame in found.tables.items():
        assert again.tables[name].to_csv() == frame.to_csv()
        assert (out / f"{name}.csv").exists()


def test_it_has_figures_and_words(kept):
    """An exhibit for each measure, with every combination in its table and as a dot; prices and the assumption on people in the caveats."""
    found, _ = kept
    for one, measure in zip(exhibits(found), found.measures, strict=True):
        assert one.name == f"frontier-{measure}"
        assert len(one.table) == 6
        assert sum(len(trace.x) for trace in one.figure.data[1:]) == 6
        assert any("budget £300,000" in note.text for note in one.figure.layout.annotations)
    assert "1 night officer, on duty every night, £151,840" in " ".join(caveats(found))
    assert "5 people, 1,752 hours each (assumption)" in text(found).replace("\n", " ")
    assert max(map(len, text(found).splitlines())) <= 100
    assert title(found).startswith("What posts cost and what they buy: ")


def test_no_posts_is_always_among_them(monkeypatch):
    """Asked for or not, once; 64 combinations are allowed with it, and no more."""
    plans = []
    monkeypatch.setattr(room, "carried_out", lambda kind, plan, *_: plans.append(plan))
    frontier(tiny(), {"night-officers": "1:2"}, **HOW)
    frontier(tiny(), {"night-officers": "0:63"}, **HOW)
    assert [len(plan.scenarios) for plan in plans] == [3, 64]
    with pytest.raises(ScenarioError, match="65 combinations are asked for; allowed: at most 64"):
        frontier(tiny(), {"night-officers": "1:64"}, **HOW)


WRONG = [
    ({"night-officers": "0:900", "day-officers": "0:900", "interviewers": "0:900"}, {}, "combinations are asked for"),
    ({}, {}, "no post is named"),
    ({"interviewers": "0"}, {}, "there is no combination but no posts"),
    ({"interviewers": "0:1"}, {"measures": ("N.episodes",)}, "neither side of N.episodes is better"),
    ({"interviewers": "0:1"}, {"measures": ("P0",)}, '"P0" is not a measure'),
    ({"interviewers": "0:1"}, {"budget": -1.0}, "--budget: -1 is not allowed"),
    ({"interviewers": "0:1"}, {"budget": float("nan")}, "--budget: nan is not allowed"),
    ({"interviewers": "0:1"}, {"effect": "ever"}, "'ever' is not known"),
]


@pytest.mark.parametrize(("posts", "more", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_a_wrong_request_is_told(monkeypatch, posts, more, words):
    """Before anything is simulated, and at once however many combinations it names."""
    monkeypatch.setattr(room, "carried_out", lambda *_: pytest.fail("it was simulated"))
    with pytest.raises(ScenarioError) as told:
        frontier(tiny(), posts, **more, **HOW)
    assert words in str(told.value)


def test_values_are_drawn_as_in_a_comparison(tmp_path):
    """Each combination under the same draws, with intervals that hold them; the posts are held."""
    from tests.experiment.test_posterior import written

    found = frontier(tiny(), {"night-officers": "0:1"}, measures=("T2",), posterior=written(tmp_path), **(HOW | {"replications": 4}))
    assert found.plan.draws.held == {"resources.response_units"}
    assert found.drawn == [0, 1, 0, 1]
    assert {"luck", "unknown"} <= set(found.differences.columns)
