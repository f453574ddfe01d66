"""The core configuration: a scenario in which our full model does no more than the plain model knows of.

What the plain model leaves out is switched off here by ordinary scenario values, never by changed rules: a rate of 0, a share of 0, an
interval that never ends. People on duty are the same in every shift, since a stock SimPy resource has one capacity. What is left is the
pathway of a missing child from leaving to the interviews after the return, with queues in which other incidents compete.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.scenario import Scenario, load

NEVER_HOURS = 20_000.0
"""Later than the end of any run here."""

NO_EXPLOITATION: dict[str, Any] = {
    "world.groomed_at_start": [0.0] * 4,
    "world.exploited_at_start": [0.0] * 4,
    "world.groomed_per_year_at_home": 0.0,
    "world.groomed_per_hour_away": 0.0,
    "practice.flag_true_share": 0.0,
    "practice.flag_false_share": 0.0,
    "practice.pattern_looked_share": 0.0,
}
NO_HARM: dict[str, Any] = {"world.harm_per_hour": 0.0}
NO_SOCIAL_CARE: dict[str, Any] = {
    "practice.referral_share": 0.0,
    "practice.partner_referral_share": 0.0,
    "practice.rhi_referral_share": 0.0,
    "practice.reason_addressed_share": 0.0,
    "area.other_families_per_year": 0.0,
}
NO_TRIGGER_PLANS: dict[str, Any] = {"practice.trigger_plan_share": 0.0, "practice.trigger_plan_read_share": 0.0}
NO_REVIEWS: dict[str, Any] = {
    "practice.review_hours": [NEVER_HOURS] * 4,
    "practice.review_done_share": 0.0,
    "practice.challenge_share": 0.0,
    "practice.medium_after_hours": NEVER_HOURS,
}
SIMPLE_GRADES: dict[str, Any] = {
    # What is visible is tonight's circumstances, if the informant is heard; no history, flags, vulnerability or age.
    "world.risk_vulnerability": 0.0,
    "world.risk_age": 0.0,
    "practice.history_weight": 0.0,
    "practice.flag_weight": 0.0,
    "practice.flag_is_high": False,
    "practice.floor_age": 0.0,
    "practice.repeat_child_bias": 0.0,
    "practice.older_child_bias": 0.0,
    "practice.care_child_bias": 0.0,
    "practice.lowest_grade_bypass": False,
}
SIMPLE_QUEUES: dict[str, Any] = {
    "practice.handover_lost_share": 0.0,
    "resources.escalate_after_hours": [NEVER_HOURS] * 4,
    "resources.overtime_limit": 0,
    "resources.interviews_open": 0.0,
    "resources.interviews_close": 24.0,
}
SIMPLE_OFFERS: dict[str, Any] = {"practice.rhi_out_of_area_factor": 1.0, "world.rhi_offer_clustering": 0.0}
NO_LIMIT: dict[str, Any] = {"world.episodes_a_year_limit": 1_000}

SMALL_FORCE: dict[str, Any] = {
    # About a third of a county, with few enough people on duty that lines form.
    # How often children leave is fixed too, so that a new calibration does not change how busy they are.
    "area.nation": "england",
    "world.leaving_per_year": [0.55, 0.8, 2.6, 1.3],
    "world.recency_first_week": 5.0,
    "world.recency_first_month": 2.2,
    "world.reported_share": [0.35, 0.9, 0.95, 0.9],
    "area.children": [2000, 167, 87, 80],
    "area.reports_per_year": 1333.0,
    "resources.desk_staff": [2, 2, 2],
    "resources.response_units": [3, 3, 3],
    "resources.interviewers": 1,
}

CORE: dict[str, Any] = {
    **NO_EXPLOITATION,
    **NO_HARM,
    **NO_SOCIAL_CARE,
    **NO_TRIGGER_PLANS,
    **NO_REVIEWS,
    **SIMPLE_GRADES,
    **SIMPLE_QUEUES,
    **SIMPLE_OFFERS,
    **NO_LIMIT,
    **SMALL_FORCE,
}

CORNERS: dict[str, dict[str, Any]] = {
    # Far from usual practice, where a wrong rule would show that the middle hides.
    "core": {},
    "busy": {"resources.desk_staff": [1] * 3, "resources.response_units": [2] * 3},
    "quiet-nights": {"practice.overnight_activity": 0.0, "practice.overnight_activity_high": 0.2, "practice.desk_based_share": 0.8},
    "hard-to-find": {"world.findability_shape": 0.3, "world.search_fade_hours": 0.5, "world.find_rate": 1.0},
    "often-away": {
        "world.leaving_per_year": [1.0, 5.0, 12.0, 8.0],
        "world.brought_back_factor": 3.0,
        "practice.rhi_completed_share": 0.5,
        "practice.rhi_arrange_hours": 100.0,
        "world.rhi_uptake_fall": 0.06,
    },
    "regraded": {"practice.grade_cuts": [-3.0, -1.5, -0.5], "practice.under_graded_share": 0.6, "practice.under_graded_steps": 2},
}


SIZES: dict[str, float] = {"small": 1.0, "county": 3.0, "london": 22.5}
"""The core area is a third of the library's county; the larger ones are that, so many times over, people on duty included."""


def sized(size: str) -> dict[str, Any]:
    """The overrides that make the core area as large as `size`: children, other demand and people on duty in proportion, people whole."""
    factor = SIZES[size]
    people = {name: [round(number * factor) for number in SMALL_FORCE[name]] for name in ("resources.desk_staff", "resources.response_units")}
    return {
        **people,
        "resources.interviewers": round(SMALL_FORCE["resources.interviewers"] * factor),
        "area.children": [round(number * factor) for number in SMALL_FORCE["area.children"]],
        "area.reports_per_year": SMALL_FORCE["area.reports_per_year"] * factor,
    }


def core(corner: str = "core", overrides: Mapping[str, Any] | None = None, *, practice: str = "baseline", size: str = "small") -> Scenario:
    """The core scenario: `practice` with everything off that the plain model leaves out, at a size; a corner of it, `overrides` laid over that."""
    return load(practice, overrides={**CORE, **sized(size), **CORNERS[corner], **(overrides or {})})
