"""The page of the library: every scenario with what it says of itself and every value in which it differs from the baseline."""

from __future__ import annotations

from typing import Any

from sim.scenario import differences, load
from sim.scenario.library import entries

KINDS = {
    "baseline": "Usual practice",
    "practice": "Better practice",
    "failing": "Single failings",
    "finding": "Published findings",
    "era": "An earlier era",
    "nation": "Another nation",
    "area": "Areas",
    "resources": "People on duty",
}


def scenarios() -> str:
    """The library by kind, with base against scenario values."""
    baseline = load("baseline")
    lines = [
        "# Scenarios",
        "",
        "Made by `python -m docs.write_reference` from the files in `scenarios/`; do not edit by hand.",
        "",
        "No inspection published a rate for a failing. The values of a finding are assumptions with ranges. Failings are ranked, never forces: "
        "a finding is set against its own counterfactual, and a difference between two findings is refused.",
    ]
    found = entries()
    for kind, title in KINDS.items():
        of_kind = [entry for entry in found if entry.kind == kind]
        if of_kind:
            lines += ["", f"## {title}"]
        for entry in of_kind:
            lines += ["", f"### {entry.name}", "", f"{entry.title}. {entry.summary}"]
            scenario = load("baseline", area=entry.name) if kind == "area" else load(entry.name)
            if scenario.about.assumed and kind != "area":
                lines += ["", scenario.about.assumed]
            changed = differences(baseline, scenario)
            if changed:
                lines += ["", "| Key | Baseline | Here |", "|---|---|---|"]
                lines += [f"| `{change.path}` | {_shown(change.a)} | {_shown(change.b)} |" for change in changed]
            elif kind not in ("baseline", "area"):
                lines += ["", "No value differs from the baseline."]
    return "\n".join(lines) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(element) for element in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(value)
