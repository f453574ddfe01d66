"""Which unknown values default runs draw, and which the baseline holds and why: the rule of docs/decisions/0007, with its exceptions by name.

The world is drawn, and so is practice that the fit moves. Other practice is a judgement, and held; what is tied to a value goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .prior import TIES

MOVED = 0.9
"""A fit moves a value if its standard deviation is less than this share of that of its range."""
NOT_MOVED = "no figure moves it, so it is a judgement"
SET_ANEW = {
    "practice.grade_cuts": "figures move it, but the upper cut was set anew beside judged practice, away from the centre of the fit",
    "practice.rhi_offered_share": "figures move it, but it was set anew beside judged practice, away from the centre of the fit",
}
"""Held although the fit moves them, and why."""
DRAWN_UNMOVED = frozenset({"practice.trigger_plan_after"})
"""Drawn although no figure moves them: the value in use is that of the centre."""


def moved(spreads: Mapping[str, float]) -> frozenset[str]:
    """The paths that a fit moves, from the standard deviation of each unknown as a share of its range's; of a list, one element is enough."""
    return frozenset(name.split("[")[0] for name, spread in spreads.items() if spread < MOVED)


def held(paths: Iterable[str], spreads: Mapping[str, float]) -> dict[str, str]:
    """Those of the paths that default runs do not draw, each with why."""
    by_fit = moved(spreads)
    found = {}
    for path in paths:
        own = TIES.get(path, path)
        if why := _why(own, own in by_fit):
            found[path] = why if own == path else f"equal to {own}: {why}"
    return found


def _why(path: str, is_moved: bool) -> str:
    if path in SET_ANEW:
        return SET_ANEW[path]
    return "" if is_moved or path in DRAWN_UNMOVED or not path.startswith("practice.") else NOT_MOVED
