"""The page of what the model misses: every published figure that lies outside what the fit, or the last recorded validation, gives."""

from __future__ import annotations

import csv
import json
from statistics import median

from docs.writers.facts import CHECKS, LEVEL
from sim.scenario.library import data

Row = dict[str, str]

WHY = {
    "EP39": "the model has no seasons",
    "RP23": "by arithmetic it cannot be met together with the number of incidents a child (EP03)",
    "RP25": "by arithmetic it cannot be met together with the number of incidents a child in care (CR12)",
    "CR11 CR10": "in the model, going missing does not rise with age",
    "CS07": "the model's agencies learn of less than these sources say",
    "CS21": "the model's agencies learn of less than these sources say",
    "RH12 RH15": "one service for the whole area",
    "RH16": "one service for the whole area",
    "RH17": "one service for the whole area, with fewer repeats of interviews",
    "DU22": "the model has no very long absences of its own kind",
}
"""What the authors take for the reason, by figure. Where nothing stands here, it is not known."""


def misses() -> str:
    """Each figure with what was published, what the fit gives, how far off it is, and where it was missed."""
    rows, missed = fitted(), recorded()
    outside = [row for row in rows if row["inside"] != "True" or row["id"] in missed]
    return "\n".join(
        [
            "# What the model misses",
            "",
            "Made by `python -m docs.write_reference` from `calibration/fit.csv` and `docs/governance/checks.json`; do not edit by hand.",
            "[Calibration](../background/calibration.md) says what this means.",
            "",
            "| Figures | In the fit | Inside the interval of 90% | To be expected | Half are off by more than |",
            "|---|---|---|---|---|",
            _summary("fitted, with the size of the area", [row for row in rows if row["use"] == "fit"]),
            _summary("kept back", [row for row in rows if row["use"] == "validate"]),
            "",
            "Distances are in tolerances of the published figure, from the middle of what the fit gives. The fit leaves practice free. The",
            "validation is the last that was recorded: the baseline of the county, drawn as commands draw, with most of practice held.",
            "",
            "| Figure | What it counts | Use | Published | Fit: middle (90%) | Off by | Outside | Why |",
            "|---|---|---|---|---|---|---|---|",
            *(_line(row, missed) for row in sorted(outside, key=lambda row: -abs(float(row["error"])))),
            "",
        ]
    )


def fitted() -> list[Row]:
    """The rows of `fit.csv`, in its order."""
    with (data("calibration") / "fit.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def recorded() -> frozenset[str]:
    """Emergent figures that lay outside their bands in the last recorded validation."""
    return frozenset(json.loads(CHECKS.read_text(encoding="utf-8"))["validation"]["misses"])


def held(rows: list[Row]) -> tuple[int, int, float]:
    """How many of these figures lie inside their interval, how many should, and the median distance in tolerances."""
    return sum(row["inside"] == "True" for row in rows), round(LEVEL * len(rows)), median(abs(float(row["error"])) for row in rows)


def _summary(name: str, rows: list[Row]) -> str:
    inside, expected, off = held(rows)
    return f"| {name} | {len(rows)} | {inside} | about {expected} | {off:.2f} |"


def _line(row: Row, missed: frozenset[str]) -> str:
    places = [*(["fit"] if row["inside"] != "True" else []), *(["validation"] if row["id"] in missed else [])]
    published, low, middle, high = (f"{float(row[name]):.3g}" for name in ("published", "low", "middle", "high"))
    unit = row["unit"] if row["unit"] == "%" else f" {row['unit']}"
    cells = (
        row["id"],
        row["quantity"],
        "fitted" if row["use"] == "fit" else "kept back",
        f"{published}{unit}",
        f"{middle} ({low} to {high})",
        f"{float(row['error']):+.1f}".replace("-", "\u2212"),
        " and ".join(places),
        WHY.get(row["id"], "not known"),
    )
    return "| " + " | ".join(cells) + " |"
