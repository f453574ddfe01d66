"""A frontier as people look at it: costs against each measure with message, summary and table, and the same for a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ..experiment.frontier import EMPTY, Frontier
from ..experiment.post import HOURS_OF_ONE, PEOPLE_ROUND_THE_CLOCK, POSTS
from ..experiment.posts import people
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER
from . import notes
from .exhibit import Exhibit
from .frontier_chart import Mix, frontier_chart
from .frontier_words import against_best, for_pounds, message, named, pounds, row_of, summary
from .makeup import sure
from .numbers import places_for
from .phrases import capital, unit_of
from .provenance import line, titles, with_intervals
from .rows import Row
from .sentence import ONE_RUN, said, signed
from .terminal import WIDTH, columns
from .units import wording

if TYPE_CHECKING:
    import pandas as pd

BY_CHANCE = "The best of several combinations looks a little better than it is, as luck helped to make it the best."


def title(found: Frontier) -> str:
    """What was done, as the title of a report."""
    return f"What posts cost and what they buy: {titles(found)[found.names[0]]}"


def priced(found: Frontier) -> str:
    """What the cost of a post is, and what it is not."""
    r = found.plan.baseline.resources
    each = "; ".join(f"1 {POSTS[name].one}, on duty {POSTS[name].duty}, {pounds(POSTS[name].cost(r))}" for name in found.posts)
    return (
        f"Costs are those of the posts, a year, in pounds of {r.price_year}: {each}. "
        "All hours on duty are paid for, worked on missing children or not. "
        f"A post on duty round the clock is taken to need {PEOPLE_ROUND_THE_CLOCK:g} people, {HOURS_OF_ONE:,.0f} hours each (assumption)."
    )


def caveats(found: Frontier) -> list[str]:
    """What to know before it is used."""
    first, *rest = notes.caveats(found)
    return [f"{first} {BY_CHANCE}", priced(found), *rest]


def exhibits(found: Frontier) -> list[Exhibit]:
    """One for each measure."""
    return [_exhibit(found, measure) for measure in found.measures]


def _exhibit(found: Frontier, measure: str) -> Exhibit:
    mixes, unit = _mixes(found, measure), f"{capital(wording(MEASURES[measure]).unit)}, {MEASURES[measure].direction}"
    parts = f"number of {' + '.join(POSTS[name].many for name in found.posts)}"
    return Exhibit(
        name=f"frontier-{measure}",
        message=message(found, measure),
        summary=summary(found, measure),
        figure=frontier_chart(mixes, unit, parts, found.budget),
        table=_table(found, measure),
        subtitle=f"{MEASURES[measure].label} against what the posts cost a year, {with_intervals(found)}",
        narrow=frontier_chart(mixes, unit, parts, found.budget, narrow=True),
    )


def in_order(found: Frontier, measure: str) -> list[int]:
    """Every combination, the cheapest first and of equal cost the better mean."""
    return sorted(range(len(found.names)), key=lambda place: (round(found.costs[place], 2), -found.gain(measure, place), place))


def _mixes(found: Frontier, measure: str) -> list[Mix]:
    none = _mean(found, measure, 0)
    told = []
    for place in in_order(found, measure):
        standing = found.standing(measure, place)
        if standing == EMPTY:
            continue
        gap = found.difference(measure, place)
        label = "+".join(str(number) for number in found.combinations[place].values())
        told.append(Mix(found.costs[place], none + gap.estimate, none + gap.low, none + gap.high, label, standing))
    return told


def _mean(found: Frontier, measure: str, place: int) -> float:
    rows = found.result.measures
    return float(rows[(rows["scenario"] == found.names[place]) & (rows["measure"] == measure)]["estimate"].iloc[0])


def _table(found: Frontier, measure: str) -> pd.DataFrame:
    """Every combination: posts, people, cost, the measure and its difference from no posts, and where it stands."""
    import pandas as pd

    unit, rows = wording(MEASURES[measure]).unit, []
    for place in in_order(found, measure):
        gap, mean = row_of(found, measure, place), _mean(found, measure, place)
        places = max(places_for(gap["estimate"], gap["low"], gap["high"]), 0) if place and gap["estimate"] == gap["estimate"] else 2
        row: dict[str, object] = {"Posts": capital(named(found, place))}
        row |= {"People": round(people(found.plan.baseline, found.combinations[place]), 1), "Pounds a year": round(found.costs[place])}
        row |= {f"{MEASURES[measure].label} ({unit})": round(mean, places), f"Difference from no posts ({unit_of(measure)})": _signed(gap, place)}
        row |= {"Verdict": said(gap) if place else "no posts", "For each £100,000 a year": for_pounds(found, measure, place) if place else "no posts"}
        row |= {"Standing": found.standing(measure, place), "Against the best mean": against_best(found, measure, place)}
        if found.budget is not None:
            row["Within the budget"] = "yes" if found.within(place) else "no"
        rows.append(row)
    return pd.DataFrame(rows)


def _signed(gap: Row, place: int) -> str:
    return signed(gap) if place else "no posts"


def text(found: Frontier) -> str:
    """What a terminal shows: a block for each measure."""
    blocks = [_block(found, measure) for measure in found.measures]
    foot = [*wrap(priced(found), WIDTH), *wrap(line(found), WIDTH), *wrap(sure(found), WIDTH)]
    return "\n\n".join([*blocks, "\n".join(foot)])


def _block(found: Frontier, measure: str) -> str:
    known = MEASURES[measure]
    order = in_order(found, measure)
    rows = [_printed(found, measure, place) for place in order]
    beyond = [row for row, place in zip(rows, order, strict=True) if not found.within(place)]
    if beyond:
        rows.insert(len(rows) - len(beyond), ("Beyond the budget:", "", "", "", ""))
    head = ("Posts", "A year", f"{capital(unit_of(measure))} less no posts", "Verdict", "Standing")
    table = columns(head, rows, (28, 10, 25, 13, 16), "<>><<")
    side = "higher" if known.direction == HIGHER else "lower"
    lead = wrap(f"{message(found, measure)}.", WIDTH)
    return "\n".join([*lead, "", *table, "", *wrap(f"{known.label}: {side} is better. {summary(found, measure)}", WIDTH)])


def _printed(found: Frontier, measure: str, place: int) -> tuple[str, str, str, str, str]:
    """One combination on a terminal."""
    gap = row_of(found, measure, place)
    verdict = "no interval" if said(gap) == ONE_RUN else said(gap)
    return capital(named(found, place)), pounds(found.costs[place]), _signed(gap, place), verdict if place else "", found.standing(measure, place)
