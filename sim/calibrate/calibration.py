"""`calibrate`: waves of simulated points, emulators, the posterior, and the check of it, one after another and each kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..experiment.threads import one_thread
from .bank import columns, rows
from .check import fit_table, summary
from .emulator import Emulators
from .features import Floats
from .fit import Points, Posterior, emulated, posterior
from .identify import identifiability, trade_offs
from .judged import MOVED
from .waves import WIDER, Waves

if TYPE_CHECKING:
    import pandas as pd

Told = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What a calibration came to."""

    columns: tuple[str, ...]
    rows: Floats
    """Draws, in random order: a number for each column."""
    errors: Floats
    """The mean of every emulated figure at each draw, in tolerances from what was published: draws x figures."""
    centre: dict[str, float]
    """The point of the highest density, by column."""
    emulators: Emulators
    posterior: Posterior
    fit: pd.DataFrame
    identifiability: pd.DataFrame
    trade_offs: pd.DataFrame
    waves: list[dict[str, Any]]
    """What each wave cost, and how good the emulators were after it."""
    seconds: dict[str, float]

    def summary(self) -> dict[str, Any]:
        """The figures of merit, of the fitted figures and of those that were kept back."""
        return {"fitted": summary(self.fit, "fit"), "kept_back": summary(self.fit, "validate")}


def calibrated(waves: Waves, told: Told) -> Calibrated:
    """Carry a calibration out, or what its folder lacks of it. Raises Stopped at a key press, ScenarioError for a wrong request."""
    asked, figures = waves.asked, waves.figures
    fitted = [target.id for target in figures if target.use == "fit"]
    started, spent = time.monotonic(), {"simulating": 0.0, "emulating": 0.0, "sampling": 0.0}
    points: list[Points] = []
    logged: list[dict[str, Any]] = []
    found: Posterior | None = None
    for number in range(1, asked.waves + 1):
        told(f"Wave {number} of {asked.waves}: {asked.points:,} points")
        with _clock(spent, "simulating"):
            points.append(waves.first() if found is None else waves.wave(number, found.draws))
        told(f"Wave {number} of {asked.waves}: emulators")
        with _clock(spent, "emulating"), one_thread():
            emulators = emulated(points, figures, waves.prior.names)
        last = number == asked.waves
        told("The posterior" if last else f"The posterior after wave {number}")
        with _clock(spent, "sampling"), one_thread():
            wider = 1.0 if last else WIDER[min(number, len(WIDER)) - 1]
            found = posterior(emulators, fitted, asked.draws if last else asked.points, waves.random(2, number), wider, 15 if last else 3)
        logged.append(_logged(number, points[-1], emulators, fitted, found))
    assert found is not None
    told(f"Checking: {asked.check} draws, each with two lucks")
    with _clock(spent, "simulating"):
        checked = waves.simulated(found.draws[: asked.check], "check", "the posterior", twice=1)
    return _put_together(waves, points[0], checked, emulators, found, fitted, logged, {**spent, "all": time.monotonic() - started})


def _put_together(
    waves: Waves,
    first: Points,
    checked: Points,
    emulators: Emulators,
    found: Posterior,
    fitted: list[str],
    logged: list[dict[str, Any]],
    seconds: dict[str, float],
) -> Calibrated:
    names = columns(waves.prior)
    centre = dict(zip(names, map(float, rows(waves.prior, found.mode[None])[0]), strict=True))
    errors = emulators.at(found.draws)
    return Calibrated(
        columns=names,
        rows=rows(waves.prior, found.draws),
        errors=errors,
        centre=centre,
        emulators=emulators,
        posterior=found,
        fit=fit_table(waves.figures, first, checked, emulators),
        identifiability=identifiability(emulators, fitted, found.draws, centre),
        trade_offs=trade_offs(emulators.names, found.draws, errors, emulators.ids),
        waves=logged,
        seconds={name: round(value, 1) for name, value in seconds.items()},
    )


def _logged(number: int, points: Points, emulators: Emulators, fitted: list[str], found: Posterior) -> dict[str, Any]:
    chosen = emulators.only(fitted)
    return {
        "wave": number,
        "points": points.distinct,
        "runs": len(points.z),
        "events": points.events,
        "median_r2": round(float(np.nanmedian([one.r2 for one in chosen.each])), 4),
        "median_emulator_error": round(float(np.median(chosen.error)), 4),
        "largest_emulator_error": round(float(chosen.error.max()), 4),
        "split_r_hat": round(found.disagreement, 4),
        "worth": round(found.worth, 1),
        "moves": found.moves,
        "moved": int((found.draws.std(axis=0) < MOVED).sum()),
    }


class _clock:
    """Adds what passes within it to one of several counts of seconds."""

    def __init__(self, spent: dict[str, float], name: str) -> None:
        self.spent, self.name = spent, name

    def __enter__(self) -> None:
        self.began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.spent[self.name] += time.monotonic() - self.began
