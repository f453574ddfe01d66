"""Every virtual measurement by its name: what `calibration/targets.toml` may ask for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping

from ...outcomes.cohort import Cohort
from ..safer_return import READINGS
from . import children, duration, exploitation, grading, interview, police, social_care, survey
from .counting import GROUPS

Argument = float | str | bool
Measurement = Callable[..., float]

MEASUREMENTS: dict[str, Measurement] = {
    function.__name__: function
    for function in (
        children.reports_of_area_size,
        children.incidents_per_child,
        children.incidents_per_child_in,
        children.share_of_incidents,
        children.share_of_children,
        children.share_of_incidents_from_age,
        children.first_repeats_in,
        children.top_share,
        children.times_between,
        children.incidents_of_repeaters,
        children.with_earlier_report,
        survey.stayed_overnight,
        survey.overnight_unreported,
        survey.harmed_last_time,
        duration.hours_quantile,
        duration.resolved_in,
        duration.missing_over,
        duration.still_missing,
        duration.ended_by,
        grading.graded,
        grading.sensitivity,
        grading.precision,
        grading.recorded_harm,
        exploitation.flagged,
        exploitation.exploited_share,
        exploitation.known_share,
        exploitation.study_sexual,
        exploitation.study_red_flag,
        exploitation.study_other,
        exploitation.study_episodes,
        interview.children_offered,
        interview.episodes_interviewed,
        interview.offers_per_episode,
        interview.interviews_within,
        interview.offers_declined,
        interview.interviews_per_child,
        social_care.caseload,
        social_care.no_further_action,
        social_care.assessment_days,
        social_care.conference_share,
        social_care.conference_days,
        social_care.re_referred,
        police.officer_hours,
    )
}

WORDS: dict[str, tuple[str, ...]] = {
    "group": GROUPS,
    "of": GROUPS,
    "way": tuple(duration.WAYS),
    "grade": ("no_apparent_risk", "low", "medium", "high"),
    "reading": tuple(READINGS),
}
"""Arguments that are words, and which they may be."""


def measured(cohort: Cohort, measurement: str, arguments: Mapping[str, Argument]) -> float:
    """What a measurement gives for a cohort."""
    return float(MEASUREMENTS[measurement](cohort, **arguments))


def complete(measurement: str, arguments: Mapping[str, Argument]) -> dict[str, Argument]:
    """The arguments with those that are left out at what they stand at, in the order of the measurement."""
    bound = inspect.signature(MEASUREMENTS[measurement]).bind(None, **arguments)
    bound.apply_defaults()
    return dict(list(bound.arguments.items())[1:])


def wrong(measurement: str, arguments: Mapping[str, Argument]) -> tuple[str, str] | None:
    """What is wrong with a request, and what is allowed; None if it can be had."""
    if measurement not in MEASUREMENTS:
        return f'"{measurement}" is not a measurement', f"allowed: {', '.join(MEASUREMENTS)}"
    takes = list(inspect.signature(MEASUREMENTS[measurement]).parameters.values())[1:]
    names = [one.name for one in takes]
    for name, value in arguments.items():
        if name not in names:
            return f'{measurement} does not take "{name}"', f"allowed: {', '.join(names) or 'no arguments'}"
        if name in WORDS and value not in WORDS[name]:
            return f'{name} = "{value}" is not allowed', f"allowed: {', '.join(WORDS[name])}"
        if name not in WORDS and not isinstance(value, int | float):
            return f'{name} = "{value}" is not allowed', "allowed: a number, or true or false"
    missing = [one.name for one in takes if one.default is one.empty and one.name not in arguments]
    return (f"{measurement} needs {', '.join(missing)}", "give it in arguments") if missing else None
