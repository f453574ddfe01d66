"""Failings and findings as people look at them: ranks by measure, how far each failing goes over its range, each finding against its counterfactual.

Findings stand in the order of their names and carry no rank.
"""

from __future__ import annotations

from math import isnan
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..experiment.failings import Failings
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER
from . import notes
from .cell_map import NARROW as NARROW_MAP
from .cell_map import Cell, Line, between, cell_map
from .exhibit import Exhibit
from .explain_words import capital, low_first
from .failings_words import (
    HOLDS,
    message,
    overview_message,
    overview_summary,
    quote,
    ranked_of,
    share,
    standing,
    summary,
)
from .figures import draw
from .heat_map import NONE, WORSE
from .numbers import MOST_DECIMALS, counted, places_for, spelled
from .panels import Line as PanelLine
from .panels import Panel
from .provenance import line, quoted
from .ranked import NARROW, WIDE, Ranked, ranked
from .rows import Row
from .rows import rows as rows_in
from .sentence import WORSE as LIKELY_WORSE
from .sentence import in_words, said, signed
from .share_map import MARK
from .terminal import LUCK, WIDTH, columns
from .units import POINTS, wording

if TYPE_CHECKING:
    import pandas as pd

PRINTED = 5
"""Failings of a measure on a terminal, where more than two measures are asked for."""
LEGEND = [
    f"Numbers are ranks: 1 costs most. {MARK} it does so in at least {HOLDS:.0%} of draws over luck and the assumed ranges.",
    "(...) the failing, as stated, makes no change for the worse that stands out from chance. - nothing to rank.",
]
OWN = (
    "What was found is published, its size is an assumption. Set against the same area and the same people on duty with the ways of working of its "
    "counterfactual"
)


def title(found: Failings) -> str:
    """What was done, as the title of a report."""
    return "Which failing costs most, and does that hold over what is assumed?"


def caveats(found: Failings) -> list[str]:
    """What to know before the ranks are used."""
    own = (
        "Failings are ranked, forces never. No inspection published how often a failing happens: every size is an assumption with a range, and ranks "
        "are given over those ranges. A finding is set against its own counterfactual and against nothing else; findings cannot be compared with one "
        "another, as their sizes are guesses."
    )
    first, *rest = notes.caveats(found)
    return [first, own, *rest]


def exhibits(found: Failings) -> list[Exhibit]:
    """The overview, each measure with its failings, each finding with its measures."""
    rankable = [measure for measure in found.measures if ranked_of(found, measure)]
    overview = [_overview(found)] if len(found.measures) > 1 and rankable else []
    return [*overview, *(_measure(found, measure) for measure in rankable), *(_finding(found, name) for name in found.pairs)]


def _intervals(found: Failings) -> str:
    if found.replications < 2:
        return "one replication, no intervals"
    return f"with 95% intervals over {counted(found.replications, 'replication')}"


def _overview(found: Failings) -> Exhibit:
    measures = [measure for measure in found.measures if ranked_of(found, measure)]
    lines = [Line(found.titles[name], tuple(_cell(found, measure, name) for measure in measures)) for name in found.places]
    names = [MEASURES[measure].label for measure in measures]
    return Exhibit(
        name="failings",
        message=overview_message(found),
        summary=overview_summary(found),
        figure=cell_map(lines, names, LEGEND),
        table=_overview_table(found, measures),
        subtitle=f"Each failing alone, put into {quoted(found)[found.names[0]]}, ranked by what it costs, {_intervals(found)}",
        narrow=cell_map(lines, names, LEGEND, NARROW_MAP),
    )


def _cell(found: Failings, measure: str, name: str) -> Cell:
    """The rank of a failing: the deeper, the costlier."""
    ranked = ranked_of(found, measure)
    row = next(row for row in ranked if row["failing"] == name)
    if said(row) != LIKELY_WORSE:
        return Cell(f"({row['rank']})", "#FFFFFF")
    depth = 1.0 - (row["rank"] - 1) / len(ranked)
    return Cell(f"{row['rank']}{' ' + MARK if row['first'] >= HOLDS else ''}", between(NONE, WORSE, depth))


def _overview_table(found: Failings, measures: list[str]) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for name in found.places:
        ranks = {MEASURES[measure].label: _cell(found, measure, name).text for measure in measures}
        rows.append({"Failing": found.titles[name], **ranks})
    return pd.DataFrame(rows)


def _measure(found: Failings, measure: str) -> Exhibit:
    lines = [_ranked(found, row) for row in ranked_of(found, measure)]
    axis = _axis(found, measure)
    return Exhibit(
        name=f"failings-{measure}",
        message=message(found, measure),
        summary=summary(found, measure),
        figure=ranked(lines, axis, WIDE),
        table=_measure_table(found, measure),
        subtitle=f"Each failing alone less {quoted(found)[found.names[0]]}, costliest first, {_intervals(found)}",
        narrow=ranked(lines, axis, NARROW),
    )


def _axis(found: Failings, measure: str) -> str:
    side = {HIGHER: "; higher is better", LOWER: "; lower is better"}.get(MEASURES[measure].direction, "")
    return f"{capital(_unit(measure))}, difference from {quoted(found)[found.names[0]]}{side}"


def _unit(measure: str) -> str:
    unit = wording(MEASURES[measure]).unit
    return POINTS if unit == "%" else unit


def _ranked(found: Failings, row: Row) -> Ranked:
    ends = [_effect(found, row["failing"], row["measure"], degree)["estimate"] for degree in ("mild", "severe")]
    words = f"{row['rank']} {row['title']}: {signed(row)}; {_span(row['range_low'], row['range_high'])} over the ranges"
    return Ranked(words, row["estimate"], row["low"], row["high"], ends[0], ends[1], said(row))


def _span(low: int, high: int) -> str:
    return f"rank {low}" if low == high else f"rank {low} to {high}"


def _effect(found: Failings, name: str, measure: str, degree: str) -> Row:
    table = found.effects
    return rows_in(table[(table["failing"] == name) & (table["measure"] == measure) & (table["degree"] == degree)])[0]


def _measure_table(found: Failings, measure: str) -> pd.DataFrame:
    """Ranks, and the change at each degree, a row for each failing."""
    import pandas as pd

    rows = []
    for row in ranked_of(found, measure):
        keep = _digits(row)
        ends = {degree: round(_effect(found, row["failing"], measure, degree)["estimate"], keep) for degree in ("mild", "severe")}
        rows.append(
            {
                "Failing": row["title"],
                "Rank as stated": row["rank"],
                "Ranks by luck (95%)": _span(row["luck_low"], row["luck_high"]),
                "Ranks over luck and ranges (95%)": _span(row["range_low"], row["range_high"]),
                "Costs most in": share(row["first"]),
                f"Change as stated ({_unit(measure)})": round(row["estimate"], keep),
                "95% interval from": round(row["low"], keep),
                "95% interval to": round(row["high"], keep),
                "Change at the mild end": ends["mild"],
                "Change at the severe end": ends["severe"],
                "Verdict": said(row),
            }
        )
    return pd.DataFrame(rows)


def _digits(row: Row) -> int:
    return MOST_DECIMALS if isnan(row["estimate"]) else max(places_for(row["estimate"], row["low"], row["high"]), 0)


def _against(found: Failings, name: str) -> list[Row]:
    return [row for row in rows_in(found.against) if row["finding"] == name]


def _finding(found: Failings, name: str) -> Exhibit:
    rows = _against(found, name)
    panels = [_panel(row) for row in rows]
    first = f"{quote(found.titles[name])} less its own counterfactual: {standing(rows)}."
    return Exhibit(
        name=f"finding-{name}",
        message=f"{quote(found.titles[name])} against its own counterfactual: {standing(rows)}",
        summary=f"{first} {MEASURES[rows[0]['measure']].label}: {in_words(rows[0])}.",
        figure=draw(panels, columns=2),
        table=_finding_table(rows),
        subtitle=f"{OWN}, {_intervals(found)}",
        narrow=draw(panels),
    )


def _panel(row: Row) -> Panel:
    """One measure of a finding."""
    side = {HIGHER: ", higher is better", LOWER: ", lower is better"}.get(MEASURES[row["measure"]].direction, "")
    words = capital(in_words(row).replace(" percentage points", ""))
    only = PanelLine(words, row["estimate"], row["low"], row["high"], said(row))
    return Panel(MEASURES[row["measure"]].label, capital(f"{_unit(row['measure'])}{side}"), (only,))


def _finding_table(rows: list[Row]) -> pd.DataFrame:
    import pandas as pd

    told: list[dict[str, Any]] = []
    for row in rows:
        keep = _digits(row)
        told.append(
            {
                "Measure": row["label"],
                "Unit": _unit(row["measure"]),
                "Less its counterfactual": round(row["estimate"], keep),
                "95% interval from": round(row["low"], keep),
                "95% interval to": round(row["high"], keep),
                "Verdict": said(row),
            }
        )
    return pd.DataFrame(told)


def text(found: Failings) -> str:
    """What a terminal shows: the ranks, the foremost failings of each measure, each finding against its counterfactual."""
    blocks = [_ranks_block(found)] if found.places else []
    blocks += [_measure_block(found, measure) for measure in found.measures if found.places]
    blocks += [_finding_block(found, name) for name in found.pairs]
    foot = [line(found), LUCK if found.replications > 1 else "One replication gives no interval."]
    return "\n\n".join([*blocks, _wrapped(foot)])


def _wrapped(sentences: list[str]) -> str:
    return "\n".join(part for sentence in sentences for part in wrap(sentence, WIDTH))


def _ranks_block(found: Failings) -> str:
    measures = [measure for measure in found.measures if ranked_of(found, measure)]
    key = "; ".join(f"{measure} {low_first(MEASURES[measure].label)}" for measure in measures)
    rows = [(found.titles[name], *(_cell(found, measure, name).text for measure in measures)) for name in found.places]
    widths = (40, *(max(4, len(measure)) for measure in measures))
    table = columns(("Failing, put into " + found.names[0], *measures), rows, widths, "<" + ">" * len(measures))
    lead = [f"{overview_message(found)}.", f"{key}.", *LEGEND]
    return "\n".join([_wrapped(lead), "", *table])


def _measure_block(found: Failings, measure: str) -> str:
    ranked = ranked_of(found, measure)
    if not ranked:
        return _wrapped([f"{message(found, measure)}."])
    most = PRINTED if len(found.measures) > 2 and len(ranked) > PRINTED + 1 else len(ranked)
    head = ("Failing", f"{capital(_unit(measure))} (95% interval)", "Rank", "By luck", "Over ranges", "First in")
    rows = [(row["title"], signed(row), str(row["rank"]), *_spans(row), _briefly(row["first"])) for row in ranked[:most]]
    more = f"{spelled(len(ranked) - most).capitalize()} more failings cost less." if most < len(ranked) else ""
    told = [f"{message(found, measure)}.", summary(found, measure)]
    return "\n".join([_wrapped(told), "", *columns(head, rows, (34, 26, 4, 7, 11, 8), "<>>>>>"), *([more] if more else [])])


def _briefly(part: float) -> str:
    return share(part).replace("more than ", ">").replace("less than ", "<")


def _spans(row: Row) -> tuple[str, ...]:
    """From which rank to which, by luck and over the ranges too."""
    ends = [(row[f"{what}_low"], row[f"{what}_high"]) for what in ("luck", "range")]
    return tuple(str(low) if low == high else f"{low} to {high}" for low, high in ends)


def _finding_block(found: Failings, name: str) -> str:
    rows = _against(found, name)
    lead = [f"{quote(found.titles[name])} against its own counterfactual: {standing(rows)}.", f"{OWN}."]
    table = columns(
        ("Measure", "Less its counterfactual (95% interval)", "Verdict"),
        [(f"{row['label']} ({_unit(row['measure'])})", signed(row), said(row)) for row in rows],
        (46, 36, 13),
        "<><",
    )
    return "\n".join([_wrapped(lead), "", *table])
