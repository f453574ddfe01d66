"""What a user varies: a typed schema, TOML files that extend one another, and errors that a planner understands.

Nothing here knows how a scenario is run, and nothing here loads a numerical package.
"""

from .about import About
from .area import Area
from .difference import Difference, differences, values
from .errors import Problem, ScenarioError
from .json_schema import json_schema
from .library import Entry, entries, names
from .load import load
from .practice import Practice
from .resources import Resources
from .run import Run
from .scenario import Scenario
from .world import World

__all__ = [
    "About",
    "Area",
    "Difference",
    "Entry",
    "Practice",
    "Problem",
    "Resources",
    "Run",
    "Scenario",
    "ScenarioError",
    "World",
    "differences",
    "entries",
    "json_schema",
    "load",
    "names",
    "values",
]
