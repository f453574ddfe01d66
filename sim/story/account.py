"""An account of one course: its timeline with the exposure bar, the end, the child's next episodes and the figures that sum it up."""

from __future__ import annotations

from math import isfinite

from ..model import clock
from ..model.words import NEVER, Located, State
from ..outcomes.protection import SEVERITIES
from .clock_words import clock_text, hours_text, times_text
from .course import Course
from .decision import GRADE_WORDS
from .lanes import ENDS, rows
from .timeline import End, Exposure, Moment, Span, Sum, Timeline


def timeline(c: Course) -> Timeline:
    """The course as a timeline."""
    e = c.row
    located = min(float(e["located"]), c.until)
    by = Located(int(e["located_by"])) if located < c.until else Located.STILL_MISSING
    end = End(_since(c, located), clock_text(located, c.reported), ENDS[by])
    return Timeline(rows(c), exposure(c), end, tuple(later(c)), tuple(sums(c)))


def exposure(c: Course) -> Exposure:
    """The time away as a bar, by the child's true state at the report: model-only, and not known to those who decided."""
    e, p = c.row, c.parameters
    start, end = float(e["left"]), min(float(e["located"]), c.until)
    if e["state"] == State.NONE:
        return Exposure(0.0, (Span(_since(c, start), _since(c, end), 0, "not exposed"),))
    bar: list[Span] = []
    t = start
    while t < end:
        by_night = clock.is_night(t, p.resources.night_starts, p.resources.night_ends)
        turn = clock.night_over(t, p.resources.night_ends) if by_night else _night_starts(t, p.resources.night_starts)
        until = min(turn, end)
        bar.append(Span(_since(c, t), _since(c, until), 2 if by_night else 1, "night" if by_night else "day"))
        t = until
    return Exposure(round(end - start, 4), tuple(bar))


def _night_starts(t: float, starts: float) -> float:
    tonight = clock.midnight(t) + starts
    return tonight if t < tonight else tonight + clock.DAY


def later(c: Course) -> list[Moment]:
    """The child's next reported episodes, a sentence each."""
    found, table = [], c.tables["episodes"]
    mine = c.of_child()
    for row in table[mine[table["occurrence"][mine] > c.row["occurrence"]]]:
        grade = f"graded {GRADE_WORDS[int(row['first_grade'])]}" if row["first_grade"] >= 0 else "back before it was graded"
        located = float(row["located"])
        end = f"back after {hours_text(located - row['reported'])}" if located < c.until else "still missing when this account ends"
        text = f"Reported missing again; {grade}; {end}"
        found.append(Moment(_since(c, row["reported"]), clock_text(float(row["reported"]), c.reported), text))
    return found


def sums(c: Course) -> list[Sum]:
    """The figures that sum a course up."""
    e = c.row
    located, reported = min(float(e["located"]), c.until), c.reported
    field = float(e["first_field"])
    tasks = [task for task in c.tasks() if task["started"] < NEVER]
    worked = sum(float(min(task["ended"], c.until) - task["started"]) for task in tasks)
    harm = f"harmed ({SEVERITIES[int(e['severity'])][1]})" if e["harmed"] < c.until else "not harmed in this episode"
    known = c.tables["identifications"]
    times = known["time"][(known["child"] == e["child"]) & (known["time"] >= reported) & (known["time"] < c.until)]
    return [
        Sum("Hours missing after report", hours_text(located - reported)),
        Sum("First police action", _after(float(e["first_action"]), reported)),
        Sum("First field action", _after(field, reported)),
        Sum("Hours of police work on this episode", _hours(worked)),
        Sum("Hours exposed (known only to the model)", _hours(exposure(c).hours)),
        Sum("Harm (known only to the model)", harm),
        Sum("Exploitation identified", f"{hours_text(float(times.min()) - reported)} after the report" if len(times) else "not in this time"),
        Sum("Reported missing again", f"{times_text(len(later(c)))} in {round((c.until - reported) / 24.0)} days"),
    ]


def _after(t: float, reported: float) -> str:
    return f"{hours_text(t - reported)} after the report" if isfinite(t) else "none before the child was back"


def _hours(hours: float) -> str:
    return hours_text(hours) if hours else "none"


def _since(c: Course, t: float) -> float:
    return round(float(t) - c.reported, 4)
