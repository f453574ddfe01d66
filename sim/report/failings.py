"""Failings and findings as people look at them: ranks by measure, how far each failing goes over its range, each finding against its counterfactual.

Findings stand in the order of their names and carry no rank.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ..experiment.failings import Failings
from ..outcomes.catalogue import MEASURES
from ..outcomes.measure import HIGHER, LOWER
from . import notes
from .cell_map import NARROW as NARROW_MAP
from .cell_map import Cell, Line, between, cell_map
from .exhibit import Exhibit
from .failings_words import (
    HOLDS,
    message,
    overview_message,
    overview_summary,
    ranked_of,
    share,
    standing,
    summary,
)
from .finding import OWN, digits, finding, rows_of
from .heat_map import NONE, WORSE
from .makeup import sure
from .numbers import spelled
from .phrases import capital, intervals, low_first, quote, unit_of
from .provenance import line, quoted
from .ranked import NARROW, WIDE, Ranked, ranked
from .rows import Row
from .rows import rows as rows_in
from .sentence import WORSE as LIKELY_WORSE
from .sentence import said, signed
from .share_map import MARK
from .terminal import WIDTH, columns

if TYPE_CHECKING:
    import pandas as pd

PRINTED = 5
"""Failings of a measure on a terminal, where more than two measures are asked for."""
LEGEND = [
    f"Numbers are ranks: 1 costs most. {MARK} it does so in at least {HOLDS:.0%} of draws over luck and the assumed ranges.",
    "(...) the failing, as stated, makes no change for the worse that stands out from chance. - nothing to rank.",
]


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
    return [*overview, *(_measure(found, measure) for measure in rankable), *(finding(found, name) for name in found.pairs)]


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
        subtitle=f"Each failing alone, put into {quoted(found)[found.names[0]]}, ranked by what it costs, {intervals(found)}",
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
        subtitle=f"Each failing alone less {quoted(found)[found.names[0]]}, costliest first, {intervals(found)}",
        narrow=ranked(lines, axis, NARROW),
    )


def _axis(found: Failings, measure: str) -> str:
    side = {HIGHER: "; higher is better", LOWER: "; lower is better"}.get(MEASURES[measure].direction, "")
    return f"{capital(unit_of(measure))}, difference from {quoted(found)[found.names[0]]}{side}"


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
        keep = digits(row)
        ends = {degree: round(_effect(found, row["failing"], measure, degree)["estimate"], keep) for degree in ("mild", "severe")}
        rows.append(
            {
                "Failing": row["title"],
                "Rank as stated": row["rank"],
                "Ranks by luck (95%)": _span(row["luck_low"], row["luck_high"]),
                "Ranks over luck and ranges (95%)": _span(row["range_low"], row["range_high"]),
                "Costs most in": share(row["first"]),
                f"Change as stated ({unit_of(measure)})": round(row["estimate"], keep),
                "95% interval from": round(row["low"], keep),
                "95% interval to": round(row["high"], keep),
                "Change at the mild end": ends["mild"],
                "Change at the severe end": ends["severe"],
                "Verdict": said(row),
            }
        )
    return pd.DataFrame(rows)


def text(found: Failings) -> str:
    """What a terminal shows: the ranks, the foremost failings of each measure, each finding against its counterfactual."""
    blocks = [_ranks_block(found)] if found.places else []
    blocks += [_measure_block(found, measure) for measure in found.measures if found.places]
    blocks += [_finding_block(found, name) for name in found.pairs]
    foot = [line(found), sure(found)]
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
    head = ("Failing", f"{capital(unit_of(measure))} (95% interval)", "Rank", "By luck", "Over ranges", "First in")
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
    rows = rows_of(found, name)
    lead = [f"{quote(found.titles[name])} against its own counterfactual: {standing(rows)}.", f"{OWN}."]
    table = columns(
        ("Measure", "Less its counterfactual (95% interval)", "Verdict"),
        [(f"{row['label']} ({unit_of(row['measure'])})", signed(row), said(row)) for row in rows],
        (46, 36, 13),
        "<><",
    )
    return "\n".join([_wrapped(lead), "", *table])
