"""A plain, idiomatic SimPy model of the core pathway of a missing child: processes, stock resources, its own random streams.

It shares no code with the rules in `sim.model` or with the engines: two drivers of the same rules can agree on a wrong rule, this model has to
get it wrong by itself. It reads a scenario's numbers and nothing else. Left out: harm, exploitation, social care beyond the return home
interview, trigger plans, reviews, shifts, overtime, losses at handover, and history in grading.
"""

from .area import Area
from .records import By, Episode, Grade, Interview, Job, Kind, Line, Pool

__all__ = ["Area", "By", "Episode", "Grade", "Interview", "Job", "Kind", "Line", "Pool"]
