"""Does the model still behave as it did when it was fitted? A handful of years, simulated then and simulated again.

Another edition of the model needs another fit, for nobody can see from a change of its rules what it does. Often it does nothing: a rule is named
anew or made faster. So a fit leaves what was counted in a few simulated years (`behaviour.parquet`): every published figure, at the first draws of
the posterior, each under two lucks. If all of them come out again, to the last digit, the posterior may be stamped with the new edition. Figures are
all that a fit sees of the model. Still it is a proof for these years only: what changed in a way that none of them meets is not seen.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..engine.choice import choose
from ..experiment.draws import Draws, keep, kept
from ..experiment.edition import edition
from ..experiment.plan import Plan
from ..experiment.posterior import described
from ..experiment.study import How
from ..experiment.writing import put, put_text
from ..scenario import Scenario, load
from ..scenario.errors import Problem, ScenarioError
from .bank import simulated
from .counted import Counted
from .grounds import changed
from .sizing import SIZE
from .targets import targets
from .waves import AREA, USUAL

BEHAVIOUR = "behaviour.parquet"
DRAWS, LUCKS = 8, 2
SEED = 1
NAMED = 5
"""Figures that are named where many differ."""


def counted(drawn: Draws, scenario: Scenario | None = None, how: How | None = None) -> Draws:
    """The published figures in each of the years (draws x lucks, one after another), a column for each; nan where there was nothing to count."""
    own = scenario or load(USUAL, None, AREA)
    figures = (*targets(), SIZE)
    count = min(DRAWS, len(drawn.rows))
    once = Draws(drawn.names, np.repeat(drawn.rows[:count], LUCKS, axis=0), drawn.source, once=True)
    plan = Plan((own,), SEED, len(once.rows), "simpy", reading=Counted.of(figures), draws=once)
    bank = simulated(replace(plan, engine=choose("auto", plan.area_years)[0]), how or {})
    ids = tuple(figure.id for figure in figures)
    return Draws(ids, bank.figures(ids), drawn.source)


def leave_behaviour(place: Path, scenario: Scenario | None = None, how: How | None = None) -> Path:
    """Write what is counted now beside a posterior: right after its fit, and never else. Raises OSError."""
    return put(place.with_name(BEHAVIOUR), partial(keep, counted(kept(place, ""), scenario, how)))


def renew(place: Path, scenario: Scenario | None = None, how: How | None = None) -> str:
    """Stamp a posterior with this edition of the model, if it behaves in every year as when it was fitted; what was found, in a sentence. Raises
    ScenarioError, with the figures that differ, if it does not, or if the numbers that it was fitted to and from have changed."""
    about = described(place)
    if other_grounds := changed(about):
        raise _needs_fit(place, other_grounds)
    if about.get("edition") == edition():
        return "The posterior belongs to this edition of the model; there is nothing to renew."
    before = _before(place)
    now = counted(kept(place, ""), scenario, how)
    if now.names != before.names or now.rows.shape != before.rows.shape:
        raise _needs_fit(place, "other figures are counted than when it was fitted")
    other = (now.rows != before.rows) & ~(np.isnan(now.rows) & np.isnan(before.rows))
    if other.any():
        differ = [name for name, one in zip(now.names, other.any(axis=0), strict=True) if one]
        some = ", ".join(differ[:NAMED]) + (f" and {len(differ) - NAMED} more" if len(differ) > NAMED else "")
        years = int(other.any(axis=1).sum())
        raise _needs_fit(place, f"the model does not behave as when it was fitted: {some} came out otherwise, in {years} of {len(other)} years")
    _stamp(place, about, len(other))
    return f"In {len(other)} years each of {len(now.names)} figures came out as when the posterior was fitted; it now belongs to edition {edition()}."


def _before(place: Path) -> Draws:
    try:
        return kept(place.with_name(BEHAVIOUR), "")
    except (OSError, ValueError):
        raise _needs_fit(place, f"there is no {BEHAVIOUR} beside it that can be read, so nothing to compare the model with") from None


def _stamp(place: Path, about: dict[str, Any], years: int) -> None:
    """The edition, and from which one it was renewed."""
    renewed = [*about.get("renewed", []), {"from": about.get("edition"), "to": edition(), "years": years}]
    told = {**about, "edition": edition(), "renewed": renewed}
    put_text(place.with_suffix(".json"), json.dumps(told, indent=1, ensure_ascii=False))


def _needs_fit(place: Path, what: str) -> ScenarioError:
    return ScenarioError(Problem(str(place), None, "--renew", what, "fit it again with `missing-sim calibrate`"))
