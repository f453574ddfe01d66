"""What the published figures tell about each unknown, and what they leave as it was: its spread before and after, which figures move it, and which
unknowns can stand in for each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from ..experiment.draws import Draws
from .bank import Unknowns, columns, rows
from .emulator import Emulators
from .features import Floats
from .sampling import slope

if TYPE_CHECKING:
    import pandas as pd

MOVERS = 3
"""Figures that are named for each unknown."""
SAMPLED = 400
"""Draws of the prior by which ranges before the fit are told."""
PAIRS = 40
"""Pairs of unknowns that are named."""
TIED = ("RK14", "RK13 HM03", "HM01 HM03", "RK01 RK04")
"""Sensitivity, precision, prevalence of recorded harm, share graded high: four figures of which none can be had by itself."""


def identifiability(emulators: Emulators, fitted: Sequence[str], z: Floats, centre: Mapping[str, float]) -> pd.DataFrame:
    """A row for each unknown, those that the figures moved most first. Spreads are shares of the prior's: 1 was not moved at all. `shift` is how far
    its middle went, in standard deviations of the prior."""
    import pandas as pd

    chosen = emulators.only(fitted)
    steps = np.abs(slope(chosen.at, z.mean(axis=0))) / np.sqrt(1.0 + chosen.error**2)[:, None]
    found = []
    for place, name in enumerate(emulators.names):
        movers = [k for k in np.argsort(-steps[:, place])[:MOVERS] if steps[k, place] > 0.05]
        found.append(
            {
                "name": name,
                "prior_sd": 1.0,
                "posterior_sd": float(z[:, place].std()),
                "shift": float(z[:, place].mean()),
                "centre": centre.get(name, float("nan")),
                "moved_by": "; ".join(chosen.ids[k] for k in movers),
            }
        )
    return pd.DataFrame(found).sort_values("posterior_sd", kind="stable", ignore_index=True)


def spans(prior: Unknowns, drawn: Draws) -> dict[str, tuple[float, float, float, float]]:
    """For each unknown that is one number: the 5th and 95th percentile of its value before the fit and after it, in its own unit. A profile is many
    numbers, and is not among them."""
    random = np.random.Generator(np.random.Philox(np.random.SeedSequence([0, 4])))
    before = np.percentile(rows(prior, random.standard_normal((SAMPLED, len(prior.names)))), (5.0, 95.0), axis=0)
    after = np.percentile(drawn.rows, (5.0, 95.0), axis=0)
    there = {name: column for column, name in enumerate(drawn.names)}
    known = {name: (column, there[name]) for column, name in enumerate(columns(prior)) if name in prior.names and name in there}
    return {name: (*map(float, before[:, own]), *map(float, after[:, other])) for name, (own, other) in known.items()}  # type: ignore[misc]


def trade_offs(names: Sequence[str], z: Floats, errors: Floats, ids: Sequence[str]) -> pd.DataFrame:
    """Pairs of unknowns by their posterior correlation, strongest first, and the four figures that are tied together among each other. Independent
    before the fit, they can stand in for each other as far as they are correlated after it."""
    import pandas as pd

    related: Floats = np.asarray(np.corrcoef(z.T), float)
    one, other = np.triu_indices(len(names), 1)
    order = np.argsort(-np.abs(related[one, other]), kind="stable")[:PAIRS]
    rows: list[dict[str, Any]] = [
        {"what": "unknowns", "one": names[one[k]], "other": names[other[k]], "correlation": float(related[one[k], other[k]])} for k in order
    ]
    places = {id: place for place, id in enumerate(ids)}
    for first, second in combinations([id for id in TIED if id in places], 2):
        found = float(np.asarray(np.corrcoef(errors[:, places[first]], errors[:, places[second]]))[0, 1])
        rows.append({"what": "figures", "one": first, "other": second, "correlation": found})
    return pd.DataFrame(rows)
