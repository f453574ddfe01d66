"""What a calibration leaves: the posterior as every experiment reads it, how it was fitted, and the tables that say how good it is.

    posterior.parquet       a row for each draw, a column for each unknown value
    posterior.json          how it was fitted: to which edition of the model, to which figures, from which prior; its centre, and what is drawn
    figures.parquet         the mean of every figure at each draw, in tolerances from what was published: what local figures are weighed by
    fit.csv                 figure by figure: published, before and after the fit
    identifiability.csv     unknown by unknown: what the figures told about it
    trade_offs.csv          which unknowns can stand in for each other
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..experiment.draws import Draws, keep
from ..experiment.edition import edition
from ..experiment.keeping import put_table
from ..experiment.writing import put, put_text
from .calibration import Calibrated
from .grounds import grounds
from .judged import held
from .waves import Asked

FIGURES = "figures.parquet"
LIBRARIES = ("numpy", "scipy", "scikit-learn")


def leave(found: Calibrated, asked: Asked, folder: Path) -> list[Path]:
    """Write everything into a folder; the file that says which edition it was fitted to comes last. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    source = source_words()
    written = [
        put(folder / "posterior.parquet", partial(keep, Draws(found.columns, found.rows, source))),
        put(folder / FIGURES, partial(keep, Draws(found.emulators.ids, found.errors, source))),
    ]
    tables = {"fit": found.fit, "identifiability": found.identifiability, "trade_offs": found.trade_offs}
    written += [put_table(folder / f"{name}.csv", table.round(6)) for name, table in tables.items()]
    told = {"edition": edition(), "source": source, **described(found, asked)}
    written.append(put_text(folder / "posterior.json", json.dumps(told, indent=1, ensure_ascii=False)))
    return written


def described(found: Calibrated, asked: Asked) -> dict[str, Any]:
    """How a posterior was fitted, as JSON can hold it."""
    figures = {
        one.id: {name: _rounded(getattr(one, name)) for name in ("r2", "error", "luck", "spread")} for one in found.emulators.each
    }
    return {
        "rests_on": grounds(),
        "asked": {key: value for key, value in asked.told().items() if key != "edition"},
        "unknowns": len(found.emulators.names),
        "waves": found.waves,
        "seconds": found.seconds,
        "split_r_hat": round(found.posterior.disagreement, 4),
        "worth": round(found.posterior.worth, 1),
        "summary": found.summary(),
        "emulators": figures,
        "centre": listed(found.centre),
        **drawn_and_held(found.columns, dict(zip(found.identifiability["name"], found.identifiability["posterior_sd"], strict=True))),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def drawn_and_held(columns: Sequence[str], spreads: Mapping[str, float]) -> dict[str, Any]:
    """Which paths default runs draw, and which the baseline holds, each with why; from the spread that the fit left of each unknown."""
    paths = list(dict.fromkeys(name.split("[")[0] for name in columns))
    kept = held(paths, spreads)
    return {"drawn": [path for path in paths if path not in kept], "held": kept}


def source_words(what: str = "the posterior") -> str:
    """What draws are said to be drawn from."""
    today = datetime.now(UTC)
    return f"{what} of {today.day} {today:%B %Y}"


def listed(centre: dict[str, float]) -> dict[str, Any]:
    """Values by path, elements of a list together where all of them are there, to six digits."""
    found: dict[str, Any] = {}
    for name, value in centre.items():
        path, _, place = name.partition("[")
        digits = float(f"{value:.6g}")
        if not place:
            found[path] = digits
        else:
            found.setdefault(path, {})[int(place[:-1])] = digits
    return {path: _whole(value) if isinstance(value, dict) else value for path, value in found.items()}


def _whole(elements: dict[int, float]) -> Any:
    if sorted(elements) == list(range(len(elements))):
        return [elements[place] for place in range(len(elements))]
    return {str(place): value for place, value in sorted(elements.items())}


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
