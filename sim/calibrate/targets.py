"""The published figures that the model is held to, as they stand in `calibration/targets.toml` with what each tolerance rests on.

Which are fitted and which are kept back to check the fit was settled before any fit was made (docs/decisions/0005).
"""

from __future__ import annotations

from functools import cache

from ..scenario.library import data
from .target import Target
from .target_file import read


@cache
def targets() -> tuple[Target, ...]:
    """Every target, in the order of the file. Raises ScenarioError if the file is wrong."""
    return read(data("calibration") / "targets.toml")[0]


@cache
def reasons() -> dict[str, str]:
    """Why the fitted model is far from a figure, by its id, where a reason is given. Raises ScenarioError if the file is wrong."""
    return {target.id: target.reason for target in targets() if target.reason}


@cache
def not_used() -> dict[str, str]:
    """Evidence that is neither in a target nor behind the range of a parameter, with the reason. Raises ScenarioError if the file is wrong."""
    return read(data("calibration") / "targets.toml")[1]
