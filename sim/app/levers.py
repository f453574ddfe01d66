"""The levers of the Plan page: each named after a real decision, in the unit in which people speak of it, with its range and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..scenario.difference import Value, values
from ..scenario.ranges import Range, ranges
from ..scenario.scenario import Scenario

PERCENT = 100.0


@dataclass(frozen=True)
class Lever:
    """A lever: where it stands in a scenario, what it is called, and what a reader should know about it."""

    path: str
    words: str
    help: str
    percent: bool = True
    step: float = 1.0

    @property
    def range(self) -> Range:
        """Its row in the log of assumptions."""
        return ranges()[self.path]

    @property
    def least(self) -> float:
        """The lowest that may be chosen."""
        return 0.0

    @property
    def most(self) -> float:
        """The highest that may be chosen: a share's end, or twice the high end of what is thought possible."""
        high = self.range.high
        return PERCENT if self.percent else 2.0 * float(high if isinstance(high, float | int) else 1.0)

    def shown(self, value: Value) -> float:
        """A value of the scenario in the unit of the lever."""
        assert isinstance(value, int | float)
        return round(float(value) * PERCENT, 6) if self.percent else float(value)

    def held(self, shown: float) -> float:
        """The value for the scenario."""
        return round(shown / PERCENT, 8) if self.percent else shown


GROUPS: dict[str, tuple[Lever, ...]] = {
    "Searching": (
        Lever("practice.desk_based_share", "Visits replaced by a desk enquiry (%)", "Of visits due below high risk."),
        Lever("practice.overnight_activity", "Night tasks that start at night (%)", "Of tasks due at night below high risk. Others wait for day."),
        Lever("practice.handover_lost_share", "Tasks lost at a change of shift (%)", "Of search tasks that wait; they come back at the next review."),
        Lever("practice.low_field_after_hours", "Hours until the first visit at low risk", "From the report, if the child is not back.", False, 0.5),
    ),
    "Grading": (
        Lever("practice.under_graded_share", "Grades moved down after the inspector (%)", "Of all grades given."),
        Lever("practice.over_graded_share", "Grades moved up after the inspector (%)", "Of all grades given. With the one above at most 100%."),
        Lever("practice.checks_systems_share", "Police systems are checked (%)", "Of gradings."),
        Lever("practice.informant_heard_share", "What the carer knows is heard (%)", "Of calls."),
        Lever("practice.inspector_reassesses_share", "The inspector assesses afresh (%)", "Of calls; otherwise the call-taker's grade stands."),
        Lever("practice.social_worker_asked_share", "The social worker is asked (%)", "Of the inspector's assessments."),
        Lever("practice.recognises_link_share", "The link with exploitation is understood (%)", "Of gradings and of patterns that someone looks at."),
        Lever("practice.review_done_share", "Reviews done when due (%)", "Of reviews that are due."),
    ),
    "After the return": (
        Lever("practice.prevention_done_share", "Prevention interview arranged (%)", "Of returns."),
        Lever("practice.rhi_offered_share", "Return home interview offered (%)", "Of interviews that are expected."),
        Lever("practice.rhi_completed_share", "Accepted interviews that take place (%)", "Of offers that the child accepts."),
        Lever("practice.rhi_shared_share", "What was said reaches police (%)", "Of return home interviews."),
        Lever("practice.reason_addressed_share", "Reasons for leaving that are acted on (%)", "Of reasons that somebody learned."),
        Lever("practice.case_recorded_share", "Cases that reach the records system (%)", "The others stay on the incident log."),
    ),
    "Referral and protection": (
        Lever("practice.referral_share", "Referred to children's social care (%)", "Of episodes that meet the local criterion."),
        Lever("practice.trigger_plan_share", "Trigger plan written when due (%)", "For children with repeat missing episodes."),
        Lever("practice.trigger_plan_read_share", "Trigger plan read first (%)", "Of plans that are current."),
        Lever("practice.pattern_looked_share", "Somebody looks at the pattern (%)", "Of repeat episodes that should be looked at together."),
        Lever("practice.strategy_share", "Strategy discussion held (%)", "Of accepted referrals with a concern."),
        Lever("practice.interim_action_share", "Protective action at once (%)", "Of strategy discussions."),
    ),
}
HEADLINE = ("practice.desk_based_share", "practice.overnight_activity", "practice.under_graded_share")
"""The three that are open from the start."""


@cache
def levers() -> dict[str, Lever]:
    """Every lever by its path."""
    return {lever.path: lever for group in GROUPS.values() for lever in group}


def standing(scenario: Scenario) -> dict[str, float]:
    """Where each lever stands in a scenario, in its own unit."""
    found = values(scenario)
    return {path: lever.shown(found[path]) for path, lever in levers().items()}


def changes(scenario: Scenario, chosen: Mapping[str, float]) -> dict[str, Any]:
    """The values to set, by path: of what was chosen, only what differs from the scenario."""
    before = standing(scenario)
    return {path: levers()[path].held(value) for path, value in chosen.items() if path in before and abs(value - before[path]) > 1e-9}
