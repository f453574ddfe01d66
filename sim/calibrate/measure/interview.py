"""Return home interviews, as councils count them: by child, by episode, by offer, by interview."""

from __future__ import annotations

import numpy as np

from ...outcomes.cohort import Cohort
from .counting import ALL, Array, belongs, count, of_group, per, share


def _in_window(cohort: Cohort) -> Array:
    """Which interviews are of a return in the window."""
    held: Array | None = cohort.held.get("interviews in the window")
    if held is None:
        returned = cohort.tables["interviews"]["returned"]
        held = cohort.held["interviews in the window"] = np.flatnonzero((returned >= cohort.opens) & (returned < cohort.closes))
    return held


def children_offered(cohort: Cohort) -> float:
    """Per cent of children with an eligible episode who were ever offered a return home interview for one of them."""
    rows = cohort.episodes
    due = (rows["rhi"] >= 0) & np.isfinite(rows["located"])
    child, rhi = rows["child"][due], rows["rhi"][due]
    offered = np.isfinite(cohort.tables["interviews"]["offered"][rhi])
    return 100.0 * per(len(np.unique(child[offered])), len(np.unique(child)))


def episodes_interviewed(cohort: Cohort, group: str = ALL) -> float:
    """Per cent of the located episodes of a group that a return home interview covered."""
    located = np.isfinite(cohort.episodes["located"])
    return share(np.isfinite(cohort.episodes.interview_done), located & of_group(cohort, group))


def offers_per_episode(cohort: Cohort, group: str = ALL) -> float:
    """Offers made for returns in the window, for each 100 reported episodes of a group. One offer may cover several episodes."""
    interviews = cohort.tables["interviews"]
    mine = _in_window(cohort)
    mine = mine[belongs(cohort, group, interviews["child"][mine])]
    return 100.0 * per(count(np.isfinite(interviews["offered"][mine])), count(of_group(cohort, group)))


def interviews_within(cohort: Cohort, hours: float) -> float:
    """Per cent of interviews done that were done within so many hours of the first return they cover."""
    interviews = cohort.tables["interviews"]
    done = interviews["done"][_in_window(cohort)]
    took = done - interviews["returned"][_in_window(cohort)]
    return share(took <= hours, np.isfinite(done))


def offers_declined(cohort: Cohort) -> float:
    """Per cent of offers."""
    interviews = cohort.tables["interviews"]
    mine = _in_window(cohort)
    return share(~interviews["accepted"][mine], np.isfinite(interviews["offered"][mine]))


def interviews_per_child(cohort: Cohort) -> float:
    """Interviews done after returns in the window, per child with at least one."""
    interviews = cohort.tables["interviews"]
    mine = _in_window(cohort)
    child = interviews["child"][mine[np.isfinite(interviews["done"][mine])]]
    return per(len(child), len(np.unique(child)))
