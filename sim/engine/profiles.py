"""Tables that rules look up: the weekly profiles and the quantiles of findability. Built once per area, the same for both engines."""

from __future__ import annotations

import math

from ..model.world import Parameters

Table = list[float]


def week(by_hour: tuple[float, ...], by_day: tuple[float, ...]) -> Table:
    """Cumulative weight of each hour of the week: 169 values from 0 to 168, so that the mean weight is 1."""
    scale = 168.0 / (math.fsum(by_hour) * math.fsum(by_day))
    total = [0.0]
    for day in by_day:
        for hour in by_hour:
            total.append(total[-1] + scale * day * hour)
    total[-1] = 168.0
    return total


def gamma_quantiles(shape: float) -> Table:
    """Quantiles at 0, 1/1000, ..., 1 of a gamma with mean 1; the last step stands at 0.9999, so the table has no infinity in it."""
    from scipy.special import gammaincinv

    places = [step / 1000.0 for step in range(1000)] + [0.9999]
    return [float(value) for value in gammaincinv(shape, places) / shape]


def lookups(p: Parameters) -> tuple[Table, Table, Table]:
    """Leaving by hour of the week, other incidents by hour of the week, findability. Other incidents follow the same hours as leaving, flattened
    by half
    (assumption)."""
    world = p.world
    mean = math.fsum(world.leaving_by_hour) / 24.0
    flatter = tuple(0.5 + 0.5 * hour / mean for hour in world.leaving_by_hour)
    return week(world.leaving_by_hour, world.leaving_by_day), week(flatter, world.leaving_by_day), gamma_quantiles(world.findability_shape)
