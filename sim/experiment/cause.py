"""Causes: what differs between two scenarios, put together by the failing to which it belongs, so that each can be pulled by itself.

Values of one failing move together: that interviews are fewer, and fewer of them in person, is one cause and not two. A failing has the name of the
library's file that shows it alone, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ..scenario.difference import differences
from ..scenario.errors import Problem, ScenarioError
from ..scenario.lineage import lineage
from ..scenario.scenario import Scenario

FAILINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "no-overnight": ("activity overnight", ("overnight_activity", "overnight_activity_high")),
    "desk-based": ("search from a desk", ("desk_based_share", "desk_based_share_high", "low_field_after_hours")),
    "under-graded": ("grades too low", ("under_graded_share", "under_graded_steps")),
    "over-graded": ("grades too high", ("over_graded_share",)),
    "bias-against-repeat-and-older": ("bias in grading", ("repeat_child_bias", "care_child_bias", "older_child_bias")),
    "information-not-used": (
        "use of what is known",
        (
            "checks_systems_share",
            "flag_visible_share",
            "informant_heard_share",
            "social_worker_asked_share",
            "inspector_reassesses_share",
            "recognises_link_share",
        ),
    ),
    "flags-wrong": ("exploitation flags", ("flag_true_share", "flag_false_share", "flag_lasts_days", "flag_weight", "flag_is_high")),
    "lowest-grade-bypass": ("use of the lowest grade", ("lowest_grade_bypass", "grade_cuts", "floor_age")),
    "handover-gap": (
        "handovers and reviews",
        ("handover_lost_share", "review_hours", "review_done_share", "review_corrects_share", "challenge_share", "medium_after_hours"),
    ),
    "no-face-to-face": (
        "what is learned on return",
        ("prevention_done_share", "prevention_in_person_share", "prevention_delay_hours", "reason_asked_share", "reason_addressed_share"),
    ),
    "not-recorded": ("recording of cases", ("case_recorded_share", "record_delay_hours")),
    "trigger-plans": (
        "trigger plans and patterns",
        (
            "trigger_plan_after",
            "trigger_plan_share",
            "trigger_plan_lasts_days",
            "trigger_plan_read_share",
            "pattern_after",
            "pattern_looked_share",
        ),
    ),
    "rhi-late": (
        "return home interviews",
        (
            "wales_after_episodes",
            "rhi_offered_share",
            "rhi_out_of_area_factor",
            "rhi_completed_share",
            "rhi_offer_hours",
            "rhi_arrange_hours",
            "rhi_shared_share",
            "rhi_share_hours",
            "rhi_referral_share",
            "rhi_referral_hours",
        ),
    ),
    "no-referral": (
        "referral",
        ("referral_share", "referral_delay_hours", "referral_after", "referral_after_hours", "partner_referral_share"),
    ),
    "protection": (
        "protection and disruption",
        (
            "no_further_action_share",
            "strategy_share",
            "strategy_days",
            "interim_action_share",
            "interim_days",
            "conference_share",
            "plan_share",
            "notice_share",
            "suspect_share",
            "arrest_share",
        ),
    ),
}
"""What each failing is called where it may be better or worse, and its keys in [practice]. A key that is in none stands by itself."""

SPLITS = ("failing", "value")
"""What the causes may be: the failings, or each value by itself."""
ASKED_ANEW = ("run.seed", "run.replications")
"""What a command sets anew, whatever the files say."""


@dataclass(frozen=True)
class Cause:
    """Values that are pulled together: a short name, what they are called in a sentence, and their dotted paths."""

    id: str
    title: str
    paths: tuple[str, ...]


def causes(a: Scenario, b: Scenario, split: str = "failing", also: Mapping[str, Cause] | None = None) -> tuple[Cause, ...]:
    """Everything in which two scenarios differ in effect, in the order of the schema.

    `split` "failing" puts the values of one failing together, "value" leaves each by itself; `also` says by path what else belongs together.
    Raises ScenarioError if nothing differs, or something that is no way of working.
    """
    if split not in SPLITS:
        raise ScenarioError(Problem("", None, "--by", f'"{split}" is not known', f"allowed: {', '.join(SPLITS)}"))
    paths = [found.path for found in differences(a, b) if found.path not in ASKED_ANEW]
    _explainable(a, b, paths)
    whose = {**_known(), **(also or {})} if split == "failing" else {}
    found: dict[str, Cause] = {}
    for path in paths:
        own = whose.get(path) or Cause(path, _words(path), ())
        before = found.get(own.id, own).paths if own.id in found else ()
        found[own.id] = Cause(own.id, own.title, (*before, path))
    return tuple(found.values())


def of_parents(name_or_path: str | Path) -> dict[str, Cause]:
    """What a scenario takes from parents that each show a failing: their keys by path, other than those of the library's failings."""
    found: dict[str, Cause] = {}
    for document in lineage(name_or_path)[:-1]:
        about, name = document.content.get("about", {}), Path(document.path).name.removesuffix(".toml")
        if about.get("kind") == "failing" and name not in FAILINGS:
            title = str(about.get("title", name))
            keys = [f"{section}.{key}" for section in ("practice", "resources") for key in document.content.get(section, {})]
            found |= {path: Cause(name, title[0].lower() + title[1:], ()) for path in keys}
    return found


def pulled(a: Scenario, b: Scenario, chosen: Iterable[Cause], name: str) -> Scenario:
    """The first scenario with these causes as in the second. Raises ScenarioError if the two do not go together."""
    content, other, chosen = a.model_dump(), b.model_dump(), list(chosen)
    for cause in chosen:
        for path in cause.paths:
            section, key = path.split(".")
            content[section][key] = other[section][key]
    content["name"], content["about"]["title"] = name, name
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        rule = "; ".join(one["msg"].removeprefix("Value error, ") for one in error.errors())
        told = " and ".join(cause.title for cause in chosen)
        what = f"with only {told} as in {b.name}, {a.name} is no scenario that can be simulated: {rule}"
        allowed = "put what has to change together in one parent of kind failing, or compare the two without splitting"
        raise ScenarioError(Problem("", None, "", what, allowed)) from None


def _explainable(a: Scenario, b: Scenario, paths: list[str]) -> None:
    """Raises ScenarioError where there is nothing to explain, or no effect of practice."""
    if not paths:
        raise ScenarioError(Problem("", None, "", f"{a.name} and {b.name} are the same in effect", "name two scenarios that differ"))
    elsewhere = [path for path in paths if path.startswith(("area.", "world."))]
    if elsewhere:
        what = f"{a.name} and {b.name} differ in {', '.join(elsewhere)}, which is no way of working"
        allowed = "allowed: two ways of working in the same area and the same world (--area lays one area over both)"
        raise ScenarioError(Problem("", None, "", what, allowed))
    timed = [path for path in paths if path.startswith("run.")]
    if timed:
        what = f"{a.name} and {b.name} differ in {', '.join(timed)}"
        raise ScenarioError(Problem("", None, "", what, "allowed: the same days of warm-up, measurement and follow-up"))


def _known() -> dict[str, Cause]:
    return {f"practice.{key}": Cause(id, title, ()) for id, (title, keys) in FAILINGS.items() for key in keys}


def _words(path: str) -> str:
    """What a value that stands by itself is called: its key in words."""
    words = f" {path.split('.')[1].replace('_', ' ')} "
    for short, long in ((" rhi ", " return home interview "), (" mash ", " MASH ")):
        words = words.replace(short, long)
    return words.strip()
