"""Write the reference pages that are made from the code: parameters and luck. Run `python docs/write_reference.py`; a test proves them current."""

from __future__ import annotations

import csv
from pathlib import Path

from sim.model.luck import FAMILY, Decision
from sim.scenario.library import data
from sim.scenario.scenario import Scenario

FOLDER = Path(__file__).parent / "reference"
SECTIONS = ("area", "world", "practice", "resources", "run")
FAMILIES = {
    0: ("A child, drawn once", "child", "0"),
    1: ("A change of a child's true state", "child", "how many changes there were before"),
    2: ("An episode", "child", "which of the child's episodes"),
    3: ("A return home interview", "child", "the first episode that it covers (0: the child's own)"),
    4: ("A police action or review within an episode", "child", "episode x 4096 + number of the action"),
    5: ("Another incident", "incident", "0"),
    6: ("A case of social care", "child, or another family", "the episode that led to it"),
}


def parameters() -> str:
    """Every parameter with its meaning, its range and what it rests on."""
    with (data("calibration") / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        known = {row["path"]: row for row in csv.DictReader(file)}
    lines = [
        "# Parameters",
        "",
        "Made by `python docs/write_reference.py` from the schema and `calibration/assumptions.csv`; do not edit by hand.",
        "",
        "Ranges are those of sensitivity analyses. Lists hold one value for each element, separated by semicolons. Values stand in `scenarios/`.",
    ]
    for section in SECTIONS:
        model = Scenario.model_fields[section].annotation
        lines += ["", f"## {section}", "", "| Key | Meaning | Unit | Range | Rests on |", "|---|---|---|---|---|"]
        for key, field in getattr(model, "model_fields").items():  # noqa: B009
            row = known[f"{section}.{key}"]
            cells = (f"`{key}`", field.description, row["unit"], f"{row['low']} to {row['high']}", row["evidence"])
            lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def luck() -> str:
    """Every decision that luck has a part in, with the number that is its key."""
    lines = [
        "# Luck",
        "",
        "Made by `python docs/write_reference.py`; do not edit by hand.",
        "",
        "A uniform is a word of Philox4x64-10 with key (seed, replication) and counter (block, entity, occurrence, 0). The number of a decision says",
        "which block (number / 4, plus 1) and which word of it (the remainder). Numbers are never changed, so a new decision changes no draw.",
    ]
    for family, (title, entity, occurrence) in FAMILIES.items():
        lines += ["", f"## {title}", "", f"Entity: {entity}. Occurrence: {occurrence}.", "", "| Number | Decision |", "|---|---|"]
        lines += [f"| {int(d)} | {d.name.lower().replace('_', ' ')} |" for d in Decision if d // FAMILY == family]
    return "\n".join(lines) + "\n"


PAGES = {"parameters.md": parameters, "luck.md": luck}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
