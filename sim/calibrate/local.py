"""The posterior for an area of one's own: the draws that come with the package, weighed by how well they go with local figures, and drawn again.

Nothing is simulated. What the model gives for every figure at every draw lies beside the posterior (`figures.parquet`). No local figure is written
into what comes out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..experiment.draws import Draws, keep, kept
from ..experiment.posterior import committed, described, passed_on, posterior
from ..experiment.writing import put, put_text
from ..scenario import load
from ..scenario.errors import Problem, ScenarioError
from .features import Floats
from .fitted import FIGURES, source_words
from .local_figures import Local, LocalFigures
from .waves import AREA

FEW = 50.0
"""Independent draws below which a weighed posterior is too coarse."""
REACH = 2.0
"""Standard deviations of a local figure by which it may lie outside all draws."""
TOGETHER = 2.0
"""Standard deviations by which figures may lie off on average, all of them together, from the draw that is nearest."""
DRAWS = 1_000


@dataclass(frozen=True, eq=False)
class Weighed:
    """Draws for an area, and what to know of them."""

    draws: Draws
    worth: float
    """How many independent draws they are worth."""
    used: tuple[str, ...]
    notices: tuple[str, ...]
    about: dict[str, Any]


def weighed(local: LocalFigures, seed: int = 1, place: Path | None = None) -> Weighed:
    """Weigh the draws of a posterior: that of the package, or another as `calibrate` left it. Raises ScenarioError if there is none of this
    edition."""
    own = place or committed()
    draws, about = posterior(own), described(own)
    figures = _figures(own, len(draws.rows))
    column = {name: number for number, name in enumerate(figures.names)}
    used = [one for one in local.figures if one.target.id in column]
    notices = [f"{one.target.id} is left out: the model gives no steady value for it." for one in local.figures if one.target.id not in column]
    if not used:
        allowed = "allowed: an id under emulators in posterior.json"
        raise ScenarioError(Problem(str(own), None, "figures", "none of the figures can be weighed by", allowed))
    errors = figures.rows[:, [column[one.target.id] for one in used]]
    spread = np.array([_spread(one, about["emulators"][one.target.id], local.episodes) for one in used])
    wanted = np.array([one.target.error(one.value) for one in used])
    log = -0.5 * (((errors - wanted) / spread) ** 2).sum(axis=1)
    weights = np.exp(log - log.max())
    weights /= weights.sum()
    worth = float(1.0 / (weights**2).sum())
    notices += [_out_of_reach(one) for one, far in zip(used, _far(errors, wanted, spread), strict=True) if far]
    far_off = float((((errors - wanted) / spread) ** 2).mean(axis=1).min())
    if far_off > TOGETHER**2 and not any("lies beyond" in one for one in notices):
        notices.append("No draw comes near all of these figures at once: each can be had, but they contradict one another, or the model.")
    if worth < FEW:
        notices.append(
            f"The weighed draws are worth only {independent(worth)}: the local figures lie at the edge of what the published figures leave, "
            "and intervals from them will be too narrow. Give fewer figures, or wider ones (plus_minus)."
        )
    random = np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, 3])))
    chosen = random.permutation(_resampled(weights, DRAWS, random))
    found = Draws(draws.names, draws.rows[chosen], source_words("the posterior for an area by its own figures,"))
    return Weighed(found, worth, tuple(one.target.id for one in used), tuple(notices), about)


def leave(found: Weighed, folder: Path) -> list[Path]:
    """Write the posterior of an area into a folder, as `--posterior` takes it: with the ids of the figures that weighed it, not their values."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        **passed_on(found.about),
        "source": found.draws.source,
        "from": found.about.get("source"),
        "weighed_by": list(found.used),
        "worth": round(found.worth, 1),
        "notices": list(found.notices),
    }
    return [
        put(folder / "posterior.parquet", partial(keep, found.draws)),
        put_text(folder / "posterior.json", json.dumps(told, indent=1, ensure_ascii=False)),
    ]


def _figures(place: Path, count: int) -> Draws:
    allowed = "allowed: a posterior as `missing-sim calibrate` leaves it, with its figures.parquet beside it"
    try:
        found = kept(place.with_name(FIGURES), "")
    except (OSError, ValueError):
        raise ScenarioError(Problem(str(place.with_name(FIGURES)), None, "", "cannot be read", allowed)) from None
    if len(found.rows) != count:
        raise ScenarioError(Problem(str(place.with_name(FIGURES)), None, "", "does not belong to the posterior beside it", allowed))
    return found


def _spread(one: Local, emulator: dict[str, float], episodes: float | None) -> float:
    """The standard deviation of a local figure about the model's mean, in tolerances: what the file says of it, or else the luck of a year in an area
    of that size; and the error of the emulator."""
    unit = one.target.spread / one.target.tolerance
    usual = load("baseline", None, AREA).area.reports_per_year
    luck = emulator["luck"] * math.sqrt(usual / episodes if episodes else 1.0)
    if one.spread is not None:
        own = one.spread * unit
    elif one.n is not None and one.target.unit == "%":
        share = min(max(one.value / 100.0, 0.5 / one.n), 1.0 - 0.5 / one.n)
        own = max(100.0 * math.sqrt(share * (1.0 - share) / one.n) * unit, luck if episodes else 0.0)
    else:
        own = luck
    return math.hypot(own, emulator["error"])


def _far(errors: Floats, wanted: Floats, spread: Floats) -> Sequence[bool]:
    low, high = np.percentile(errors, [1.0, 99.0], axis=0)
    return [bool(far) for far in (wanted < low - REACH * spread) | (wanted > high + REACH * spread)]


def _out_of_reach(one: Local) -> str:
    return (
        f"{one.target.id} ({one.target.quantity}) lies beyond what any draw gives: the model, as fitted to published figures, does not reach it. "
        f"Is it counted as the source counted it{', and in per cent' if one.target.unit == '%' else ''}?"
    )


def independent(worth: float) -> str:
    """How many independent draws, in words."""
    return "one draw" if worth < 1.5 else f"{worth:.0f} independent draws"


def _resampled(weights: Floats, count: int, random: np.random.Generator) -> Any:
    """Systematic resampling: each draw as often as its weight says, to within one."""
    places = (np.arange(count) + random.random()) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)
