"""The posterior held against what was published: draws of it simulated, beside the prior, figure by figure.

An interval is that of simulated years of one area, so it holds what is not known and the luck of a year. `width_ratio` compares it with the prior's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .emulator import Emulators
from .features import Floats
from .fit import Points
from .target import Target

if TYPE_CHECKING:
    import pandas as pd

WITHIN = (5.0, 50.0, 95.0)
"""The percentiles of a 90% interval, and its middle."""
FAR = 2.0
"""Widths of its interval beyond which a figure lies so far off that it needs a reason, in targets.toml."""


def fit_table(figures: Sequence[Target], prior: Points, posterior: Points, emulators: Emulators) -> pd.DataFrame:
    """A row for each figure: what was published, the 90% intervals of simulated years before and after the fit, and what the emulator was worth."""
    import pandas as pd

    made = {one.id: one for one in emulators.each}
    return pd.DataFrame([_row(t, prior.figures[:, k], posterior.figures[:, k], made.get(t.id)) for k, t in enumerate(figures)])


def _row(target: Target, before: Floats, after: Floats, made: Any) -> dict[str, Any]:
    prior_low, prior_middle, prior_high = percentiles(before)
    low, middle, high = percentiles(after)
    width, prior_width = high - low, prior_high - prior_low
    off = max(low - target.published, target.published - high, 0.0)
    return {
        "id": target.id,
        "quantity": target.quantity,
        "unit": target.unit,
        "use": target.use,
        "kind": target.kind,
        "published": target.published,
        "tolerance": target.tolerance,
        "prior_low": prior_low,
        "prior_middle": prior_middle,
        "prior_high": prior_high,
        "low": low,
        "middle": middle,
        "high": high,
        "inside": bool(off == 0.0 and np.isfinite(middle)),
        "widths_off": off / width if width > 0.0 else float("nan"),
        "width_ratio": width / prior_width if prior_width > 0.0 else float("nan"),
        "error": target.error(middle) if np.isfinite(middle) else float("nan"),
        "emulator_r2": made.r2 if made else float("nan"),
        "emulator_error": made.error if made else float("nan"),
        "luck": made.luck if made else float("nan"),
    }


def percentiles(values: Floats) -> tuple[float, float, float]:
    """The 5th, 50th and 95th percentile of what is known."""
    known = values[np.isfinite(values)]
    low, middle, high = np.percentile(known, WITHIN) if len(known) else (np.nan,) * 3
    return float(low), float(middle), float(high)


def summary(table: pd.DataFrame, use: str) -> dict[str, Any]:
    """What the fit comes to over the figures that were fitted, or over those that were kept back."""
    part = table[table["use"] == use]
    return {
        "figures": len(part),
        "inside": int(part["inside"].sum()),
        "inside_share": round(float(part["inside"].mean()), 4) if len(part) else None,
        "median_error": _number(part["error"].abs().median()),
        "median_width_ratio": _number(part["width_ratio"].median()),
        "far": list(part.loc[part["widths_off"] > FAR, "id"]),
    }


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
