"""The page of parameters: every key with its meaning, its range and what it rests on."""

from __future__ import annotations

import csv

from sim.scenario.library import data
from sim.scenario.scenario import Scenario

SECTIONS = ("area", "world", "practice", "resources", "run")


def parameters() -> str:
    """Every parameter with its meaning, its range and what it rests on."""
    with (data("calibration") / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        known = {row["path"]: row for row in csv.DictReader(file)}
    lines = [
        "# Parameters",
        "",
        "Made by `python -m docs.write_reference` from the schema and `calibration/assumptions.csv`; do not edit by hand.",
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
