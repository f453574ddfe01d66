"""The crowd as bars: of many pairs of the same type, how often the other decision made no difference, how often better, how often worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from ..numbers import number, percent, with_interval

SHARES = (("no_difference", "No difference"), ("better", "Better"), ("worse", "Worse"), ("mixed", "Some of each"))
"""The last is told only where a crowd tells it."""
YES_NO = "yes or no"
"""The unit of what a pair has or has not."""


def shares(of: Mapping[str, Any]) -> list[dict[str, str]]:
    """The shares with their place on a bar."""
    start, found = 0.0, []
    for key, label in [(key, label) for key, label in SHARES if key in of]:
        share = float(of[key])
        place = {"x": f"{100 * start:.2f}%", "wide": f"{100 * share:.2f}%"}
        found.append({"key": key.replace("_", "-"), "label": label, "words": percent(share), **place})
        start += share
    return found


def measures(crowd: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each measure: its mean difference with the interval, its shares, and its spread."""
    return [_measure(one) for one in crowd["measures"]]


def _measure(one: Mapping[str, Any]) -> dict[str, Any]:
    """Hours stay hours; what a pair has or has not is told in pairs of 100."""
    label, hours = str(one["label"]), str(one["unit"]) != YES_NO
    mean, low, high = (float("nan") if one[key] is None else float(one[key]) * (1 if hours else 100) for key in ("mean", "low", "high"))
    unit = str(one["unit"]) if hours else "in 100"
    return {
        "label": label,
        "mean": with_interval(mean, low, high, sign=True) + ("" if isnan(mean) else f" {unit}"),
        "shares": [percent(float(one[key])) for key, _ in SHARES[:3]],
        "bins": _bins(one["bins"]) if hours else [],
        "words": str(one["words"]),
        "unit": unit,
    }


def _bins(bins: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The spread: how many pairs lie in each range. Ranges in which there are none, at either end, are left out; the outermost are open."""
    counts = [int(one["count"]) for one in bins]
    held = [place for place, n in enumerate(counts) if n]
    if not held:
        return []
    most = max(counts)
    found = []
    for place in range(held[0], held[-1] + 1):
        low, high = (_edge(float(bins[place][key])) for key in ("low", "high"))
        label = f"{high} or less" if place == 0 else f"{low} or more" if place == len(bins) - 1 else f"{low} to {high}"
        found.append({"label": label, "count": f"{counts[place]:,}", "wide": f"{100 * counts[place] / most:.2f}%"})
    return found


def _edge(value: float) -> str:
    """With no more decimals than it needs."""
    return number(value, next(n for n in (0, 1, 2) if n == 2 or abs(round(value, n) - value) < 1e-9), True)
