"""missing-sim: a simulation of the police and social-care response to children going missing, in England and Wales.

    import sim
    result = sim.compare("durham-2020-03", "good-practice", replications=20)
    result.differences

What is named in `__all__` is the public interface. Importing the package loads nothing heavy; each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Choice": "experiment.choice",
    "Crowd": "story.crowd",
    "Exercise": "story.exercise",
    "Explanation": "experiment.attribution",
    "Failings": "experiment.failings",
    "Frontier": "experiment.frontier",
    "Morris": "experiment.morris",
    "Result": "experiment.comparison",
    "Scenario": "scenario",
    "ScenarioError": "scenario",
    "Session": "story.live",
    "Sobol": "experiment.sobol",
    "Sweep": "experiment.sweep",
    "Tornado": "experiment.tornado",
    "Twin": "story.twin",
    "Validation": "calibrate.validation",
    "choose": "experiment.choice",
    "compare": "experiment.study",
    "crowd": "story.crowd",
    "exercise": "story.script",
    "exercises": "story.script",
    "explain": "experiment.attribution",
    "failings": "experiment.failings",
    "frontier": "experiment.frontier",
    "live": "story.live",
    "load": "scenario",
    "reopened": "experiment.archive",
    "run": "experiment.study",
    "sensitivity": "experiment.sensitivity",
    "sweep": "experiment.sweep",
    "twin": "story.twin",
    "validate": "calibrate.validation",
}

__all__ = [
    "Choice",
    "Crowd",
    "Exercise",
    "Explanation",
    "Failings",
    "Frontier",
    "Morris",
    "Result",
    "Scenario",
    "ScenarioError",
    "Session",
    "Sobol",
    "Sweep",
    "Tornado",
    "Twin",
    "Validation",
    "__version__",
    "choose",
    "compare",
    "crowd",
    "exercise",
    "exercises",
    "explain",
    "failings",
    "frontier",
    "live",
    "load",
    "reopened",
    "run",
    "sensitivity",
    "sweep",
    "twin",
    "validate",
]

if TYPE_CHECKING:
    from .calibrate.validation import Validation, validate
    from .experiment.archive import reopened
    from .experiment.attribution import Explanation, explain
    from .experiment.choice import Choice, choose
    from .experiment.comparison import Result
    from .experiment.failings import Failings, failings
    from .experiment.frontier import Frontier, frontier
    from .experiment.morris import Morris
    from .experiment.sensitivity import sensitivity
    from .experiment.sobol import Sobol
    from .experiment.study import compare, run
    from .experiment.sweep import Sweep, sweep
    from .experiment.tornado import Tornado
    from .scenario import Scenario, ScenarioError, load
    from .story.crowd import Crowd, crowd
    from .story.exercise import Exercise
    from .story.live import Session, live
    from .story.script import exercise, exercises
    from .story.twin import Twin, twin


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
