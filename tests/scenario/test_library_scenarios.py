"""What the scenarios of the library say and change: each its own failing, no more, with its grounds, its ranges and its counterfactual."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from sim.scenario import differences, load, names
from sim.scenario.library import data, paths

BASELINE = load("baseline")

FINDINGS = [
    "met-2016",
    "tower-hamlets-2018",
    "merseyside-2018",
    "merseyside-2019",
    "durham-2020-03",
    "durham-2020-05",
    "safer-return-2019",
]
FAILINGS = {
    "under-graded": ["under_graded_share"],
    "information-not-used": ["checks_systems_share", "flag_visible_share"],
    "lowest-grade-bypass": ["lowest_grade_bypass"],
    "desk-based": ["desk_based_share"],
    "no-overnight": ["overnight_activity"],
    "handover-gap": ["handover_lost_share", "review_done_share"],
    "not-recorded": ["case_recorded_share"],
    "no-referral": ["referral_share", "referral_delay_hours"],
    "no-face-to-face": ["prevention_in_person_share"],
    "rhi-late": ["rhi_offered_share", "rhi_offer_hours", "rhi_arrange_hours", "rhi_shared_share"],
    "flags-wrong": ["flag_true_share", "flag_false_share", "flag_lasts_days"],
    "bias-against-repeat-and-older": ["repeat_child_bias", "older_child_bias"],
    "over-graded": ["over_graded_share"],
}
SEED = {
    "met-2016": ["recognises_link_share", "repeat_child_bias"],
    "tower-hamlets-2018": ["trigger_plan_share", "trigger_plan_read_share", "lowest_grade_bypass", "case_recorded_share"],
    "merseyside-2018": ["desk_based_share", "review_corrects_share"],
    "merseyside-2019": ["desk_based_share", "recognises_link_share", "under_graded_share"],
    "durham-2020-03": ["overnight_activity", "under_graded_share", "referral_share", "prevention_done_share", "case_recorded_share"],
    "durham-2020-05": ["overnight_activity", "repeat_child_bias", "social_worker_asked_share"],
}
"""What the finding of each inspection comes down to, and its file has to change."""

LESS_IS_BETTER = re.compile(r".*(desk_based|under_graded|over_graded|_bias$|flag_false|handover_lost|bypass|(?<!flag_lasts)_(hours|days)$)")

WORDS = [
    r"abscond\w*", r"runaways?", r"AWOL", r"mispers?", r"child prostitut\w*", r"promiscuous", r"sexual activity with",
    r"putting (themselves|herself|himself) at risk",
    r"associating with", r"boyfriends?", r"street-?wise", r"lifestyle choices?", r"boundary testing", r"hard to reach", r"attention seeking",
    r"refuses to engage", r"failed to attend", r"placements?", r"frequent flyers?", r"offenders?",
]
FORBIDDEN = re.compile(r"\bLAC\b|(?i:\b(" + "|".join(WORDS).replace(" ", "[ -]") + r")\b)")


def own(name: str) -> dict[str, Any]:
    """The content of one file of the library, without its parents."""
    return tomllib.loads(paths()[name].read_text(encoding="utf-8"))


def changed(name: str) -> dict[str, tuple[Any, Any]]:
    """What a scenario really changes of the baseline: the value there and here, by path."""
    return {path: (there, here) for path, there, here in differences(BASELINE, load(name))}


def ranges(name: str) -> dict[str, tuple[Any, Any]]:
    """The ranges that a file states in `about.assumed`."""
    value = r"(\[[^]]*\]|[\w.-]*\w)"
    found = re.findall(rf"(practice\.\w+) {value} to {value}", load(name).about.assumed)
    return {path: (tomllib.loads(f"x = {low}")["x"], tomllib.loads(f"x = {high}")["x"]) for path, low, high in found}


def pairs(a: Any, b: Any) -> list[tuple[Any, Any]]:
    return list(zip(a, b, strict=True)) if isinstance(a, tuple | list) else [(a, b)]


def worse(path: str, there: Any, here: Any) -> bool:
    """Is any element of a value worse than it was?"""
    return any(b > a if LESS_IS_BETTER.match(path) else b < a for a, b in pairs(there, here))


def test_the_library_is_complete():
    """Everything that the documentation names is there."""
    expected = {"baseline", "good-practice", "wales", "england-2013-absent", "county", "small-force", "london", *FINDINGS, *FAILINGS}
    assert expected <= set(names())


@pytest.mark.parametrize("name", ["good-practice", "england-2013-absent", *FINDINGS, *FAILINGS])
def test_only_practice_changes(name):
    """The same children, the same people on duty, the same world: a difference in results is one of practice."""
    assert changed(name)
    assert [path for path in changed(name) if not path.startswith("practice.")] == []


def test_wales_differs_by_its_rule_alone():
    """Whose rule for return home interviews applies, and nothing else."""
    assert changed("wales") == {"area.nation": ("england", "wales")}


@pytest.mark.parametrize(("name", "keys"), FAILINGS.items())
def test_a_single_failing_changes_its_own_keys(name, keys):
    """Nothing more, nothing less, and each for the worse."""
    there_here = changed(name)
    assert set(there_here) == {f"practice.{key}" for key in keys}
    assert all(worse(path, *values) for path, values in there_here.items())


@pytest.mark.parametrize(("name", "keys"), SEED.items())
def test_a_finding_changes_what_was_found(name, keys):
    """Each part of an inspection's finding has its lever in the file."""
    assert {f"practice.{key}" for key in keys} <= set(changed(name))


def test_more_trigger_plans_that_are_read_less():
    """Tower Hamlets 2018: there were more, but not consistently; the lowest grade meant no response."""
    here = load("tower-hamlets-2018").practice
    assert here.trigger_plan_share > BASELINE.practice.trigger_plan_share
    assert here.trigger_plan_read_share < BASELINE.practice.trigger_plan_read_share
    assert here.lowest_grade_bypass


def test_merseyside_moved_on_in_one_thing():
    """From 2018 to 2019 awareness rose and the lowest grades fell, while the search stayed at the desk."""
    before, after = load("merseyside-2018").practice, load("merseyside-2019").practice
    assert after.under_graded_share < before.under_graded_share
    assert after.recognises_link_share > before.recognises_link_share
    assert after.desk_based_share > BASELINE.practice.desk_based_share


def test_good_practice_is_nowhere_worse_and_nowhere_perfect():
    """Each lever it moves is better than the baseline's, and no share of work done is complete."""
    there_here = changed("good-practice")
    assert [path for path, values in there_here.items() if worse(path, *values)] == []
    for path, (_, here) in there_here.items():
        if path.endswith(("_share", "_activity", "_high")):
            assert all(0 < v < 1 for v, _ in pairs(here, here)), path


def test_the_absent_era_moves_only_the_first_cut():
    """More at the lowest grade; medium and high stand where the baseline has them, and have to follow it."""
    here, there = load("england-2013-absent").practice.grade_cuts, BASELINE.practice.grade_cuts
    assert here[0] > there[0]
    assert here[1:] == there[1:], "the baseline's cuts have moved: move those of england-2013-absent with them"


@pytest.mark.parametrize("name", names())
def test_a_night_is_quiet_for_one_reason_only(name):
    """By a lever or by staffing, never by both in one file."""
    scenario = load(name)
    lever = any(getattr(scenario.practice, key) < getattr(BASELINE.practice, key) for key in ("overnight_activity", "overnight_activity_high"))
    staffing = any(getattr(scenario.resources, key)[2] < getattr(BASELINE.resources, key)[2] for key in ("desk_staff", "response_units"))
    assert not (lever and staffing)


@pytest.mark.parametrize("name", ["wales", "good-practice", "england-2013-absent", *FINDINGS, *FAILINGS])
def test_a_scenario_says_what_it_rests_on(name):
    """What was found, what is assumed, what to compare with; the first lines say the same and that no force is ranked."""
    about = load(name).about
    assert about.finding
    assert "assumption" in about.assumed.lower()
    assert about.counterfactual == "baseline"
    text = paths()[name].read_text(encoding="utf-8")
    head = " ".join(line.removeprefix("#").strip() for line in text[: text.index("extends = ")].splitlines())
    assert "ASSUMPTION" in head
    assert "Failings are ranked, never forces." in head
    assert f"Compare with: {about.counterfactual}" in head


@pytest.mark.parametrize("name", FINDINGS)
def test_a_named_force_is_not_described(name):
    """A finding is placed in the library's county, and says so."""
    head = " ".join(line.removeprefix("#").strip() for line in paths()[name].read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    assert "nothing here describes" in head
    assert load(name).area == BASELINE.area


@pytest.mark.parametrize("name", ["england-2013-absent", *FINDINGS, *FAILINGS])
def test_a_scenario_states_a_range_for_every_value(name):
    """`about.assumed` gives each key it changes with LOW to HIGH, and the value lies between."""
    stated = ranges(name)
    assert set(stated) == {f"practice.{key}" for key in own(name)["practice"]}
    for path, (low, high) in stated.items():
        value = own(name)["practice"][path.removeprefix("practice.")]
        assert low != high
        assert all(a <= v for a, v in pairs(low, value)), path
        assert all(v <= b for v, b in pairs(value, high)), path


@pytest.mark.parametrize("name", names())
def test_the_kind_says_what_a_file_is(name):
    """Findings are of kind finding, single failings of kind failing, areas of kind area."""
    expected = {"baseline": "baseline", "good-practice": "practice", "wales": "nation", "england-2013-absent": "era"}
    expected |= dict.fromkeys(FINDINGS, "finding") | dict.fromkeys(FAILINGS, "failing") | dict.fromkeys(["county", "small-force", "london"], "area")
    assert load(name).about.kind == expected.get(name, load(name).about.kind)


@pytest.mark.parametrize(("name", "scale"), [("small-force", 1500 / 4000), ("london", 30000 / 4000)])
def test_an_area_is_the_county_to_scale(name, scale):
    """Children, networks and other families follow the reports; people on duty do too, to the nearest whole person and at least one."""
    area, county = load(name), load("county")
    assert area.area.reports_per_year == county.area.reports_per_year * scale
    people = ["desk_staff", "response_units", "interviewers", "mash_staff", "social_workers"]
    scaled = [("area", key) for key in ("children", "networks", "other_families_per_year")] + [("resources", key) for key in people]
    for section, key in scaled:
        for here, there in pairs(getattr(getattr(area, section), key), getattr(getattr(county, section), key)):
            slack = 0.5 + 0.01 * there * scale
            assert here == pytest.approx(max(1, there * scale), abs=slack), f"{section}.{key}: the county has {there}, here about {there * scale:g}"


@pytest.mark.parametrize("name", ["small-force", "london"])
def test_an_area_is_complete(name):
    """An area file sets every key of the area and of those on duty, and nothing else."""
    content = own(name)
    assert set(content) == {"about", "area", "resources"}
    assert set(content["area"]) == set(type(BASELINE.area).model_fields)
    assert set(content["resources"]) == set(type(BASELINE.resources).model_fields)


def test_forbidden_words_are_found():
    """The list catches what it should, and leaves other words alone."""
    assert all(FORBIDDEN.search(text) for text in ("an Absconder", "MISPER", "hard-to-reach", "LAC", "the placement", "a suspected offender"))
    assert not any(FORBIDDEN.search(text) for text in ("lack", "black", "place", "replaced", "child in care", "a missing episode"))


@pytest.mark.parametrize("path", [*sorted(data("scenarios").glob("**/*.toml")), data("calibration") / "assumptions.csv"], ids=lambda path: path.name)
def test_words_are_those_of_the_field(path):
    """No file of the library blames a child, in its remarks no more than in its words."""
    found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
    assert found is None, found


@pytest.mark.parametrize("name", names())
def test_words_for_people_to_read(name):
    """Every file has a summary, in whole sentences."""
    about = load(name).about
    assert about.summary.endswith(".")
    assert about.title != name
