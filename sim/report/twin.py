"""A twin on the terminal and as a figure: both courses of one case, and what differs between them.

One pair is a story and no claim: text and figure say so, and point to the crowd of pairs. Exposure is a bar, never a scene.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..story.clock_words import hours_text
from ..story.statements import HINDSIGHT, SYNTHETIC
from ..story.timeline import LANES, Row, Timeline
from .exhibit import Exhibit, alone, house
from .figures import BLUE, GRID, INK, PLUM
from .numbers import counted
from .terminal import WIDTH, columns

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from ..story.twin import Twin

LANE_NAMES = {"child": "Child", "information": "Information", "grade": "Grade", "police": "Police", "partner": "Partners"}
ONE_PAIR = "One pair shows what can follow from a decision, not what usually does: a crowd of pairs shows that (--crowd)."
NIGHT_SHOWN = 6.0
"""Hours after the return that a figure shows."""
LETTER, ACROSS = 6.0, 640.0
"""Pixels of a letter of a label, rather more than less, and of the figure where it is narrow."""
MOST_LINES = 40
"""Rows of one course on a terminal."""


def twin_text(twin: Twin) -> str:
    """Both courses one below the other, then what differs, who else was touched, and where it comes from. What kind of case it is stands below both,
    so that whoever reads from the top knows at each decision only what was known then."""
    from ..story.script import provenance

    case = twin.case
    lines: list[str] = []
    for name, line in (("As it happened", twin.happened), (f"The twin: {twin.decision.words}", twin.changed)):
        lines += [name, *_course(line), ""]
    lines += ["What differs", *_listed(twin.differs), "", "Who else"]
    if twin.waited:
        rows = [(other.who, other.what, other.as_happened, other.twin) for other in twin.waited]
        lines += columns(("Who", "What", "As it happened", "Twin"), rows, (44, 20, 14, 16), "<<<<")
    else:
        lines += ["Nobody else's wait, finder or harm differs, while the case lasted and for a day after."]
    lines += ["", "What kind of case this is", *wrap(f"{case.type.title}. {case.type.words}", WIDTH), *wrap(case.rarity, WIDTH)]
    lines += ["", *wrap(ONE_PAIR, WIDTH), *wrap(HINDSIGHT, WIDTH), *wrap(SYNTHETIC, WIDTH), *wrap(provenance(case), WIDTH)]
    return "\n".join(lines)


def _course(line: Timeline) -> list[str]:
    shown = line.rows[:MOST_LINES]
    rows = [(row.clock, LANE_NAMES[row.lane], row.text + _for(row)) for row in shown]
    lines = columns(("When", "Lane", "What"), rows, (26, 11, 58), "<<<")
    if len(line.rows) > len(shown):
        lines.append(f"... and {counted(len(line.rows) - len(shown), 'later line')}")
    for one in line.later[:3]:
        lines += wrap(f"{one.clock}: {one.text[0].lower()}{one.text[1:]}", WIDTH)
    return [*lines, *(f"  {one.label}: {one.value}" for one in line.sums)]


def _for(row: Row) -> str:
    return "" if row.until is None else f" ({hours_text(row.until - row.at)})"


def _listed(sentences: tuple[str, ...]) -> list[str]:
    return [line for text in sentences for line in wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")]


def twin_exhibit(twin: Twin) -> Exhibit:
    """The figure with its message, its summary in two sentences, and its table."""
    a, b = twin.happened, twin.changed
    message = twin.differs[-1] if len(twin.differs) < 3 else twin.differs[1]
    summary = (
        f"As it happened the time away ended {hours_text(a.ends.at)} after the report: {a.ends.words[0].lower()}{a.ends.words[1:]}. "
        f"In the twin, in which {twin.decision.words}, it ended after {hours_text(b.ends.at)}: {b.ends.words[0].lower()}{b.ends.words[1:]}."
    )
    subtitle = f"One case twice, with the same luck: as it happened, and a twin in which {twin.decision.words}. Hours after the report"
    return Exhibit(f"twin-{twin.case.type.id}", message, summary, _drawn(twin), _table(twin), subtitle)


def twin_figure(twin: Twin) -> go.Figure:
    """The figure as one that stands by itself."""
    from ..story.script import provenance

    return alone(twin_exhibit(twin), provenance(twin.case))


def _table(twin: Twin) -> pd.DataFrame:
    table = twin.timeline.rename(columns={"course": "Course", "lane": "Lane", "at": "From (hours)", "until": "To (hours)", "clock": "When"})
    return table.rename(columns={"text": "What"})


def _drawn(twin: Twin) -> go.Figure:
    import plotly.graph_objects as go

    end = max(twin.happened.ends.at, twin.changed.ends.at) + NIGHT_SHOWN
    start = min(row.at for row in twin.happened.rows if row.lane == "child")
    drawn = go.Figure()
    words: list[dict[str, Any]] = []
    place = 0.0
    for course, line, colour in (("As it happened", twin.happened, BLUE), (f"Twin: {twin.decision.words}", twin.changed, PLUM)):
        words.append(_words(course, place - 0.2, start, bold=True))
        for lane in LANES:
            place -= 1.0
            words.append(_words(LANE_NAMES[lane], place + 0.42, start))
            rows = [row for row in line.rows if row.lane == lane and row.at <= end]
            _lane(drawn, rows, place, colour, end)
            if lane == "grade":
                words += [_label(*one, place) for one in grade_labels(rows, (end - start) * LETTER / ACROSS)]
        place -= 1.0
        words.append(_words(f"Exposure (known only to the model): {_exposed(line)}", place + 0.42, start))
        _exposure(drawn, line, place)
        place -= 0.9
    for one in words:
        drawn.add_annotation(**one)
    drawn.update_layout(**house(620))
    title = {"text": "Hours after the report", "font": {"size": 13}}
    drawn.update_xaxes(range=[start - 0.2, end], zeroline=False, gridcolor=GRID, title=title, fixedrange=True)
    drawn.update_yaxes(range=[place + 0.4, 0.3], visible=False, fixedrange=True)
    drawn.update_layout(margin={"b": 48})
    return drawn


def _label(hour: float, text: str, height: float) -> dict[str, Any]:
    look = {"showarrow": False, "xanchor": "left", "yanchor": "bottom", "yshift": 5, "font": {"size": 11, "color": INK}}
    return {"text": text, "x": hour, "y": height, **look}


def _exposed(line: Timeline) -> str:
    return f"{hours_text(line.exposure.hours)}, dark by night" if line.exposure.hours else "none"


def _words(text: str, height: float, start: float, bold: bool = False) -> dict[str, Any]:
    text = f"<b>{text}</b>" if bold else text
    look = {"showarrow": False, "xanchor": "left", "yanchor": "middle", "font": {"size": 13 if bold else 12, "color": INK}}
    return {"text": text, "x": start - 0.2, "y": height, **look}


def _lane(drawn: go.Figure, rows: list[Row], place: float, colour: str, end: float) -> None:
    import plotly.graph_objects as go

    for row in rows:
        until = row.at if row.until is None else min(row.until, end)
        marker = {"color": colour, "size": 9, "symbol": "circle" if row.until is None else "line-ns-open"}
        mode = "markers" if row.until is None else "lines+markers"
        hover = f"{row.clock}: {row.text}<extra></extra>"
        trace = go.Scatter(x=[row.at, until], y=[place, place], mode=mode, marker=marker, line={"color": colour, "width": 7}, hovertemplate=hover)
        drawn.add_trace(trace)


def grade_labels(rows: list[Row], letter: float) -> list[tuple[float, str]]:
    """Hour and words of the labels of a lane of grades: a grade is named where it is new. One that would lie upon the label before it is put into
    that: "low, medium". `letter` is how many hours a letter takes."""
    found: list[tuple[float, str]] = []
    last = ""
    for row in rows:
        grade = row.text.split(": ", 1)[1].replace("changed to ", "").replace(" stands", "")
        if grade in (last, "no change"):
            continue
        last = grade
        if found and row.at < found[-1][0] + letter * (len(found[-1][1]) + 1):
            found[-1] = (found[-1][0], f"{found[-1][1]}, {grade}")
        else:
            found.append((row.at, grade))
    return found


def _exposure(drawn: go.Figure, line: Timeline, place: float) -> None:
    for span in line.exposure.bar:
        fill = ("white", "#BFBFBF", INK)[span.level]
        outline = {"color": INK, "width": 1}
        drawn.add_shape(type="rect", x0=span.start, x1=span.until, y0=place - 0.18, y1=place + 0.18, fillcolor=fill, line=outline)
