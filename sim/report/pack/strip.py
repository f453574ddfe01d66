"""A timeline as a strip: a lane for each who acts, and the exposed hours as a bar. Only places on a line are computed here.

The strip is an image for those who see it. Its alternative is the table of the same rows that always stands below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..numbers import counted, number

LANES = {
    "child": "Child (whereabouts not shown)",
    "information": "Information",
    "grade": "Grade",
    "police": "Police action",
    "partner": "Partner action",
}
MOST_TICKS = 5
STEPS = (0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 48.0, 96.0, 168.0, 336.0, 720.0)
"""Hours between ticks, the smallest first."""
BEYOND = 1.12
"""How far past the end of the episode the strip goes, as a share of its length."""

Timeline = Mapping[str, Any]


def reach(timelines: Sequence[Timeline]) -> tuple[float, float]:
    """First and last hour of a scale on which all of these timelines fit up to the end of the episode."""
    first = min([0.0, *(float(row["at"]) for one in timelines for row in one["rows"])])
    last = max(float(one["ends"]["at"]) for one in timelines)
    return first, first + max((last - first) * BEYOND, 1.0)


def strip(timeline: Timeline, scale: tuple[float, float]) -> dict[str, Any]:
    """Lanes with their marks, the bar of exposed hours and the ticks, each placed in percent of the width; what lies beyond the scale is counted."""
    rows = [*_missing(timeline), *(row for row in timeline["rows"] if float(row["at"]) <= scale[1])]
    return {
        "lanes": [{"name": name, "marks": [_mark(row, scale) for row in rows if row["lane"] == lane]} for lane, name in LANES.items()],
        "bar": [_part(part, scale) for part in timeline["exposure"]["bar"] if float(part["from"]) < scale[1]],
        "ends": _place(float(timeline["ends"]["at"]), scale),
        "ticks": _ticks(scale),
        "beyond": sum(float(row["at"]) > scale[1] for row in timeline["rows"]),
        "alternative": _alternative(timeline),
    }


def _missing(timeline: Timeline) -> list[dict[str, Any]]:
    """The time for which the child is missing, as a bar of the child's lane, unless a row of the timeline is one."""
    rows = [row for row in timeline["rows"] if row["lane"] == "child"]
    if not rows or any(row["until"] is not None for row in rows):
        return []
    return [{"lane": "child", "at": rows[0]["at"], "until": timeline["ends"]["at"]}]


def _alternative(timeline: Timeline) -> str:
    """What the image shows, in a sentence."""
    exposed = number(float(timeline["exposure"]["hours"]), 1)
    return (
        f"Timeline in {counted(len(LANES), 'lane')} with {counted(len(timeline['rows']), 'event')}. {timeline['ends']['words'].rstrip('.')}, "
        f"{number(float(timeline['ends']['at']), 1)} hours after the report. Exposed hours: {exposed}. The table below lists the events."
    )


def _mark(row: Mapping[str, Any], scale: tuple[float, float]) -> dict[str, str]:
    until = row["until"]
    wide = _wide(float(row["at"]), float(until), scale) if until is not None else ""
    return {"x": _place(float(row["at"]), scale), "wide": wide}


def _part(part: Mapping[str, Any], scale: tuple[float, float]) -> dict[str, Any]:
    start, end = float(part["from"]), float(part["until"])
    return {"x": _place(start, scale), "wide": _wide(start, end, scale), "level": int(part["level"]), "words": str(part["words"])}


def _ticks(scale: tuple[float, float]) -> list[dict[str, str]]:
    """Round hours after the report, few enough to be read on a telephone."""
    first, last = scale
    step = next((one for one in STEPS if (last - first) / one <= MOST_TICKS), STEPS[-1])
    hours, found = 0.0, []
    while hours <= last:
        if _share(hours, scale) <= 0.94:
            found.append({"x": _place(hours, scale), "words": "Report" if hours == 0 else f"{hours:g} h"})
        hours += step
    return found


def _share(at: float, scale: tuple[float, float]) -> float:
    return min(max((at - scale[0]) / (scale[1] - scale[0]), 0.0), 1.0)


def _place(at: float, scale: tuple[float, float]) -> str:
    return f"{100 * _share(at, scale):.2f}%"


def _wide(start: float, end: float, scale: tuple[float, float]) -> str:
    return f"{100 * max(_share(end, scale) - _share(start, scale), 0.004):.2f}%"
