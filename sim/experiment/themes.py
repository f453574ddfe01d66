"""What the values of a scenario are about, as a planner would part them: search, grading, interviews and so on.

A theme begins at a value and goes on to where the next begins, in the order of the schema: the headings in `sim/scenario/world.py` and `practice.py`,
some of them together.
"""

from __future__ import annotations

from functools import cache

from ..scenario.ranges import ranges

STARTS = {
    "area.nation": "the area",
    "world.leaving_per_year": "going missing and being reported",
    "world.own_return_median": "returns without police",
    "world.find_rate": "search",
    "world.risk_vulnerability": "risk and harm",
    "world.groomed_per_year_at_home": "exploitation",
    "world.partner_identifies_months": "interviews and records",
    "world.assessment_days": "social care",
    "practice.desk_based_share": "search",
    "practice.under_graded_share": "grading",
    "practice.desk_based_share_high": "search",
    "practice.review_hours": "grading",
    "practice.prevention_done_share": "interviews and records",
    "practice.delay_spread": "social care",
    "practice.notice_share": "exploitation",
    "resources.desk_staff": "people on duty",
    "run.warm_up_days": "the run",
}
"""The value at which a theme begins; one may begin again."""


@cache
def themes() -> dict[str, str]:
    """The theme of every value of a scenario, by its path."""
    found, theme = {}, ""
    for path in ranges():
        theme = STARTS.get(path, theme)
        found[path] = theme
    return found
