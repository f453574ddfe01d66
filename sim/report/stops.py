"""The stops of a sweep: one measure at each point, with its difference from the scenario as it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from statistics import median_low

from ..experiment.sweep import Setting, Sweep
from .lever_axis import LeverAxis
from .numbers import LEAST, MOST_DECIMALS, decimals, places_for
from .rows import Row, rows
from .sentence import digits, said

HERE = "as it is"
"""What stands in place of a verdict at the reference."""


@dataclass(frozen=True)
class Stop:
    """One measure at one point of a sweep."""

    setting: Setting
    place: int
    estimate: Row
    difference: Row | None
    """None for the scenario as it is."""

    @property
    def verdict(self) -> str:
        """How it compares with the scenario as it is."""
        return HERE if self.difference is None else said(self.difference)

    @property
    def change(self) -> float:
        """The mean difference from the scenario as it is; nan where there was nothing to measure."""
        if self.difference is None:
            return 0.0
        return float(self.difference["estimate"])

    @property
    def known(self) -> bool:
        """Was there anything to measure?"""
        return not isnan(self.estimate["estimate"])


def stops(sweep: Sweep, measure: str) -> list[Stop]:
    """One measure at every point of the sweep, in their order."""
    found = _rows(sweep, measure)
    return [_stop(sweep, found, setting, place) for setting, place in sweep.places.items()]


def standing(sweep: Sweep, measure: str) -> Stop:
    """The same in the scenario as it is, whether or not that is one of the points."""
    return _stop(sweep, _rows(sweep, measure), sweep.reference, 0)


def _rows(sweep: Sweep, measure: str) -> tuple[dict[str, Row], dict[str, Row]]:
    """Estimates and differences by scenario."""
    points, differences = (frame[frame["measure"] == measure] for frame in (sweep.points, sweep.differences))
    return {row["scenario"]: row for row in rows(points)}, {row["scenario"]: row for row in rows(differences)}


def _stop(sweep: Sweep, found: tuple[dict[str, Row], dict[str, Row]], setting: Setting, place: int) -> Stop:
    estimates, differences = found
    name = sweep.names[place]
    return Stop(setting, place, estimates[name], differences.get(name) if place else None)


def in_order(found: list[Stop], here: Stop, axis: LeverAxis) -> list[Stop]:
    """The stops of one lever with the scenario as it is among them: where it stands if settings are amounts, else at the head."""
    if here.place in {stop.place for stop in found}:
        return found
    return sorted([here, *found], key=lambda stop: axis.spot(stop.setting[0]))


def places(found: list[Stop]) -> int:
    """Decimals that all estimates of a figure share: as many as one of their intervals supports, or as half of the differences do."""
    known = [stop for stop in found if stop.known]
    own = [places_for(row["estimate"], row["low"], row["high"]) for row in (stop.estimate for stop in known)]
    theirs = [digits(stop.difference) for stop in known if stop.difference is not None and stop.change]
    return max([*own, median_low(theirs) if theirs else LEAST], default=0)


def change_places(found: list[Stop]) -> int:
    """Decimals that all differences of a figure share: those that half of the clear ones support; none of these is shown as 0."""
    clear = [stop for stop in found if stop.difference is not None and stop.verdict.startswith("likely")]
    supported = [digits(stop.difference) for stop in clear if stop.difference is not None]
    largest = max([abs(stop.change) for stop in found if not isnan(stop.change)], default=0.0)
    needed = median_low(supported) if supported else decimals(0.0, largest)
    while needed < MOST_DECIMALS and any(round(stop.change, needed) == 0 for stop in clear):
        needed += 1
    return needed


