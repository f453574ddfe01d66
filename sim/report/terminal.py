"""The headline measures as plain text for a terminal of 100 columns."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from textwrap import wrap

from ..experiment.comparison import Result, headlines
from ..outcomes.catalogue import MEASURES
from . import posts_words
from .answer import estimates_of, rows_of
from .makeup import makeup, sure
from .notes import between_findings
from .provenance import line, titles
from .rows import Row
from .rows import rows as rows_in
from .sentence import ONE_RUN, digits, plain, said, signed
from .units import wording

WIDTH = 100
GAP = "  "



def headline_table(result: Result) -> str:
    """The ten headlines of the baseline and of each other scenario, with difference, interval and verdict: one block for each comparison."""
    if len(result.names) == 1:
        return single_table(result)
    baseline = result.names[0]
    held = {(row["scenario"], row["measure"]): row for row in rows_in(headlines(result.measures))}
    blocks = []
    for name in result.names[1:]:
        rows = []
        for row in rows_of(result, name):
            before, after = (_short(held[scenario, row["measure"]], digits(row)) for scenario in (baseline, name))
            verdict = said(row)
            rows.append((labelled(row["measure"]), before, after, signed(row), "no interval" if verdict == ONE_RUN else verdict))
        named = titles(result)
        lead = [*wrap(f"A: {named[baseline]} ({baseline})", WIDTH), *wrap(f"B: {named[name]} ({name})", WIDTH)]
        table = columns(("Measure", "A", "B", "B less A (95% interval)", "Verdict"), rows, (37, 8, 8, 26, 13), "<>>><")
        blocks.append("\n".join([*lead, "", *table]))
    if result.request.get("posts"):
        blocks.append("\n".join(part for sentence in posts_words.sentences(result) for part in wrap(sentence, WIDTH)))
    return "\n\n".join([*blocks, _foot(result)])


def single_table(result: Result) -> str:
    """The ten headlines of a scenario that stands alone: estimate and interval, or that a rare outcome was not seen."""
    name = result.names[0]
    rows = [(labelled(row["measure"]), plain(row)) for row in estimates_of(result, name)]
    table = columns(("Measure", "Estimate (95% interval)"), rows, (52, 46), "<<")
    return "\n".join([*wrap(f"{titles(result)[name]} ({name})", WIDTH), "", *table, "", _foot(result)])


def columns(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], sides: str) -> list[str]:
    """Columns of these widths; what does not fit goes on below in its own column."""
    lines = []
    for row in (header, *rows):
        parts = [wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
        for place in range(max(map(len, parts))):
            texts = [part[place] if place < len(part) else "" for part in parts]
            padded = [f"{text:{side}{width}}" for text, width, side in zip(texts, widths, sides, strict=True)]
            lines.append(GAP.join(padded).rstrip())
        if row is header:
            lines.append("-" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    return lines


def labelled(measure: str) -> str:
    """A measure with its unit, unless its label says it."""
    known = MEASURES[measure]
    unit = wording(known).unit
    return known.label if unit in known.label.lower() else f"{known.label} ({unit})"


def _short(row: Row, at_least: int) -> str:
    """An estimate without its interval; "none" where a rare outcome was not seen, "n/a" where there was nothing to measure it on."""
    if row["note"]:
        return "none"
    return "n/a" if isnan(row["estimate"]) else plain(row, at_least).split(" (")[0]


def _foot(result: Result) -> str:
    words = sure(result) if result.drawn is None or result.replications < 2 else makeup(result)
    beside = between_findings(result.plan.scenarios)
    return "\n".join(part for sentence in (line(result), words, beside) for part in wrap(sentence, WIDTH))
