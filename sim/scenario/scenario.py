"""The scenario: everything a run depends on, apart from its seed."""

from __future__ import annotations

from .about import About
from .area import Area
from .kinds import Section
from .practice import Practice
from .resources import Resources
from .run import Run
from .world import World


class Scenario(Section):
    """One complete, checked, frozen scenario. `name` is the name of its file without `.toml`."""

    name: str
    about: About
    area: Area
    world: World
    practice: Practice
    resources: Resources
    run: Run
