"""The crowd as bars: of many pairs of the same type, how often the other decision made no difference, how often better, how often worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..numbers import number, with_interval

SHARES = (("no_difference", "No difference"), ("better", "Better"), ("worse", "Worse"))


def percent(share: float) -> str:
    """A share in whole per cent, as a rule; one that is not none and not all is never shown as 0% or 100%."""
    if 0 < share < 0.005 or 0.995 <= share < 1:
        return f"{number(100 * share, 1)}%" if 0.0005 <= share < 0.9995 else ("under 0.1%" if share < 0.5 else "over 99.9%")
    return f"{number(100 * share, 0)}%"


def shares(of: Mapping[str, Any]) -> list[dict[str, str]]:
    """The three shares with their place on a bar."""
    start, found = 0.0, []
    for key, label in SHARES:
        share = float(of[key])
        found.append({"key": key.replace("_", "-"), "label": label, "words": percent(share), "x": f"{100 * start:.2f}%", "wide": f"{100 * share:.2f}%"})
        start += share
    return found


def measures(crowd: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each measure: its mean difference with the interval, its shares, and its spread."""
    return [_measure(one) for one in crowd["measures"]]


def _measure(one: Mapping[str, Any]) -> dict[str, Any]:
    mean, low, high = (float(one[key]) for key in ("mean", "low", "high"))
    label, unit = str(one["label"]), str(one["unit"])
    return {
        "label": label,
        "with_unit": label if unit.lower() in label.lower() else f"{label}, {unit}",
        "mean": with_interval(mean, low, high, sign=True),
        "shares": [percent(float(one[key])) for key, _ in SHARES],
        "bins": _bins(one["bins"]),
        "words": str(one["words"]),
    }


def _bins(bins: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The spread: how many pairs lie in each range. Ranges in which there are none, at either end, are left out."""
    counts = [int(one["count"]) for one in bins]
    held = [place for place, n in enumerate(counts) if n]
    if not held:
        return []
    most = max(counts)
    edges = [float(one[key]) for one in bins for key in ("low", "high")]
    places = next(n for n in (0, 1, 2) if n == 2 or all(abs(round(edge, n) - edge) < 1e-9 for edge in edges))
    found = []
    for one, n in list(zip(bins, counts, strict=True))[held[0] : held[-1] + 1]:
        low, high = float(one["low"]), float(one["high"])
        label = f"{number(low, places, True)} to {number(high, places, True)}" if low != high else number(low, places, True)
        found.append({"label": label, "count": f"{n:,}", "wide": f"{100 * n / most:.2f}%"})
    return found
