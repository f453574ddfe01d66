"""What published figures cannot tell apart, and what hangs on it: the effect of levers at both ends of what is left open.

An end is a third of the posterior's draws: those in which a value is lowest or highest. All other values are as they go with it in the draws, so
every end fits the published figures as well as the posterior does.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..experiment.draws import Draws, keep
from ..experiment.posterior import committed, described, passed_on, posterior
from ..experiment.study import How, compare
from ..experiment.writing import put, put_text
from ..outcomes.catalogue import MEASURES

if TYPE_CHECKING:
    import pandas as pd

THIRD = 1.0 / 3.0


@dataclass(frozen=True)
class Question:
    """Levers, by scenarios of the library that set them, against values that are left open, by path."""

    name: str
    levers: tuple[str, ...]
    opened: tuple[str, ...]
    measures: tuple[str, ...]


SEARCH = Question(
    "search",
    ("desk-based", "no-overnight", "no-face-to-face"),
    ("world.search_fade_hours", "world.findability_shape"),
    ("P1", "T2", "P2"),
)
"""Does more searching find children sooner? That hangs on how soon places are used up, and on how far children differ in how hard they are to
find."""
GRADING = Question(
    "grading",
    ("under-graded", "over-graded", "information-not-used"),
    ("world.risk_tonight_known", "world.risk_tonight_hidden"),
    ("P1", "P2", "G1"),
)
"""What is a correct grade worth? That hangs on how far true risk differs between episodes, and on how much of it anybody could know."""
QUESTIONS = (SEARCH, GRADING)


def ends(draws: Draws, opened: Sequence[str]) -> dict[str, Draws]:
    """The draws at every combination of low and high ends, by its name. Raises KeyError for a value that is not drawn."""
    column = {name: number for number, name in enumerate(draws.names)}
    chosen = {}
    for sides in product(("low", "high"), repeat=len(opened)):
        keep_these: npt.NDArray[np.bool_] = np.ones(len(draws.rows), bool)
        for path, side in zip(opened, sides, strict=True):
            values = draws.rows[:, column[path]]
            keep_these &= values <= np.quantile(values, THIRD) if side == "low" else values >= np.quantile(values, 1.0 - THIRD)
        name = ", ".join(f"{path.split('.')[1]} {side}" for path, side in zip(opened, sides, strict=True))
        chosen[name] = replace(draws, rows=draws.rows[keep_these])
    return chosen


def extremes(question: Question, folder: Path, place: Path | None = None, **how: Any) -> pd.DataFrame:
    """Compare each lever with the baseline at every end, with the same children and the same luck: a row for each end, lever and measure, with the
    difference and its 95% interval over luck and draws. Each comparison is kept below `folder`. Raises ScenarioError for a wrong request or without a
    posterior."""
    import pandas as pd

    own = place or committed()
    about = described(own)
    rows: list[dict[str, Any]] = []
    for number, (end, draws) in enumerate(ends(posterior(own), question.opened).items(), 1):
        here = folder / f"{question.name}-{number}"
        here.mkdir(parents=True, exist_ok=True)
        put(here / "posterior.parquet", lambda aside, draws=draws: keep(draws, aside))  # type: ignore[misc]
        put_text(here / "posterior.json", json.dumps({**passed_on(about), "source": f"{about.get('source')}, {end}"}))
        asked: How = {"area": "small-force", **how, "posterior": here / "posterior.parquet", "out": here / "compare"}  # type: ignore[typeddict-item]
        found = compare("baseline", *question.levers, **asked)
        table = found.differences
        for row in table[table["measure"].isin(question.measures)].to_dict("records"):
            measure = MEASURES[str(row["measure"])]
            told = {"question": question.name, "end": end, "draws": len(draws.rows), "lever": row["scenario"], "measure": measure.id}
            rows.append(told | {"label": measure.label, **{key: row[key] for key in ("estimate", "low", "high", "unit")}})
    return pd.DataFrame(rows)
