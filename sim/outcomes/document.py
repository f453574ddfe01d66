"""The reference page of the measures, made from the catalogue, so that what is documented is what is computed."""

from __future__ import annotations

from pathlib import Path

from .catalogue import GROUPS, HEADLINES, MEASURES, NOT_YIELDED
from .measure import Measure

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "measures.md"

_TOP = """# Outcome measures

Made by `python -m sim.outcomes`; do not edit by hand.

A measure is taken of a **cohort**: the episodes reported in the measurement window, followed to the end of the run-on. What is still open then is
censored: its hours up to then count, and it is itself counted (N.still_missing and the rows after it). All figures are simulated.

- Times (hours): `tm` missing, `tr` reported, `tg` first grade, `tregrade` regraded, `tf` first field action, `tl` located or returned,
  `tp` prevention interview, `tref` referral sent, `tdec` MASH decision, `ts` strategy discussion, `th` return home interview
  done; `end` is the end of follow-up.
- E are the episodes of the cohort, C the children with one or more, H the episodes with harm, X those of children who were being exploited at the
  report. `I[]` is 1 if true, else 0.
- The **grade** is the one after the inspector and after practice, before reviews. The **knowable grade** is the rule on what any agency or carer
  held, or would hold had earlier episodes been dealt with by standard practice. The **truth grade** is the rule on the true state.
- **Model-only** measures rest on what nobody can observe, such as the true state or true harm. The others are **comparable** with local data.
- W1 and P1 conflict by design: more search costs hours and shortens exposure. C11 is taken at 90 days and R1 at 30; other spans stand beside them.
- Rates are in % or per 1,000; differences of rates are in percentage points. Where none of n had a rare outcome, the upper 95% limit is about 3/n.
"""


def _row(measure: Measure) -> str:
    cells = (
        measure.id,
        measure.label,
        measure.formula,
        measure.unit,
        measure.direction,
        "comparable" if measure.comparable else "model-only",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(measures: list[Measure]) -> str:
    head = "| ID | Measure | Formula | Unit | Direction | Comparable |\n|---|---|---|---|---|---|"
    return "\n".join([head, *map(_row, measures)])


def page() -> str:
    """The whole page."""
    parts = [_TOP, "## The ten headlines\n", _table([MEASURES[id] for id in HEADLINES]), ""]
    for group in GROUPS:
        parts += [f"## {group.name}\n", _table(group.measures), ""]
    parts += ["## Not taken of one run\n", "| ID | Measure | Reason |\n|---|---|---|"]
    parts += [f"| {id} | {label} | {reason} |" for id, (label, reason) in NOT_YIELDED.items()]
    return "\n".join(parts) + "\n"


def write(path: Path = PAGE) -> Path:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")
    return path
