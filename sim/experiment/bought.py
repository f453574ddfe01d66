"""What posts buy: each headline measure with the posts less the same scenario without them, paired by replication, beside what they cost a year.

For each 100,000 pounds a year that is the difference over the cost, on average over these posts: the next 100,000 may buy less, or more. It is told
only where the interval of the difference excludes 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..outcomes.catalogue import HEADLINES, MEASURES
from ..outcomes.interval import Estimate, paired_interval, verdict
from ..outcomes.measure import NAN
from .comparison import Result, difference_unit, interval
from .post import DAYS
from .posts import cost, in_words, people

if TYPE_CHECKING:
    import pandas as pd

    from ..scenario.scenario import Scenario

POUNDS = 100_000.0
SPENT = "W8"
"""The cost of the hours that were worked: told beside the cost of the posts, not as something that is bought."""
TOTALS = ("child-hours", "h", "£")
"""Units of what adds up over the measured period, if it is workload or exposure; all others are rates or means."""


def bought(result: Result) -> pd.DataFrame:
    """A row for each set of posts and headline measure, and for the cost of hours worked; no rows for a comparison without posts."""
    import pandas as pd

    return pd.DataFrame([row for told in result.request.get("posts", ()) for row in _rows(result, told)])


def _rows(result: Result, told: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    name, beside, added = told["scenario"], told["beside"], told["added"]
    scenario = result.plan.scenarios[result.names.index(beside)]
    paid = cost(scenario, added)
    for id in (*HEADLINES, SPENT):
        measure = MEASURES[id]
        found = paired_interval(result.of(beside, id), result.of(name, id), draws=result.drawn)
        yield {
            "scenario": name,
            "beside": beside,
            "posts": in_words(added),
            "people": people(scenario, added),
            "cost_a_year": paid,
            "measure": id,
            "label": measure.label,
            **interval(found, result.drawn),
            "unit": difference_unit(measure.unit),
            "verdict": verdict(found, measure.direction),
            **per_pounds(found, id, paid, scenario),
        }


def per_pounds(found: Estimate, measure: str, paid: float, scenario: Scenario) -> dict[str, float]:
    """The difference for each 100,000 pounds a year, with its interval; nan unless that excludes 0 and the posts cost something."""
    clear = found.low > 0.0 or found.high < 0.0
    if not clear or paid <= 0.0 or measure == SPENT:
        return {"per_100k": NAN, "per_100k_low": NAN, "per_100k_high": NAN}
    scale = POUNDS / paid * (yearly(measure, scenario.run.window_days))
    return {"per_100k": found.estimate * scale, "per_100k_low": found.low * scale, "per_100k_high": found.high * scale}


def yearly(measure: str, window_days: float) -> float:
    """What a total of the measured period is multiplied by to be that of a year; 1 for a rate or a mean."""
    known = MEASURES[measure]
    total = known.unit in TOTALS and (known.unit != "h" or known.group == "Workload and cost")
    return DAYS / window_days if total else 1.0
