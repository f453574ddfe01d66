"""The kinds of number that a scenario may hold, each with its limits.

A kind is a plain type with limits, so that an error can say what is allowed and a reader of the schema sees units at a glance. Rules may read
numbers, switches and fixed tuples of numbers only; words belong to `about`, which no rule ever gets.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

from annotated_types import Len
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

LEAST_PEAK = 0.001
"""A profile is scaled to a mean of 1; one whose peak is far below this cannot be."""


class Section(BaseModel):
    """A frozen table of a scenario file: unknown keys are refused, and so are words where numbers belong."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _rising(values: tuple[float, ...]) -> tuple[float, ...]:
    if any(later <= earlier for earlier, later in pairwise(values)):
        raise ValueError("each value must be above the one before it")
    return values


def _some_positive(values: tuple[float, ...]) -> tuple[float, ...]:
    if max(values) <= 0:
        raise ValueError("at least one value must be above 0")
    if max(values) < LEAST_PEAK:
        raise ValueError(f"at least one value must be {LEAST_PEAK:g} or more")
    return values


def _sums_to_one(values: tuple[float, ...]) -> tuple[float, ...]:
    if abs(sum(values) - 1) > 1e-6:
        raise ValueError(f"the shares must sum to 1, these sum to {sum(values):g}")
    return values


Share = Annotated[float, Field(ge=0, le=1)]
Hours = Annotated[float, Field(ge=0, le=100_000)]
SomeHours = Annotated[float, Field(gt=0, le=100_000)]
Days = Annotated[float, Field(ge=0, le=10_000)]
SomeDays = Annotated[float, Field(gt=0, le=10_000)]
Rate = Annotated[float, Field(ge=0, le=1_000)]
Factor = Annotated[float, Field(ge=0, le=1_000)]
SomeFactor = Annotated[float, Field(gt=0, le=1_000)]
Rise = Annotated[float, Field(ge=0, le=100)]
"""A factor on how soon a child leaves exploitation: a hundredfold is sooner than any service can know."""
Weight = Annotated[float, Field(ge=0.01, le=100)]
"""How much some hours count against others: time divided by it must stay within what a clock can tell."""
Spread = Annotated[float, Field(ge=0, le=5)]
"""The standard deviation of a logarithm. At 5 one in forty is already 22,000 times the median."""
LogRisk = Annotated[float, Field(ge=0, le=10)]
"""A term of a log risk; ten is a factor of 22,026, and the sum of all terms must have an exponential."""
LogSlope = Annotated[float, Field(ge=-10, le=10)]
"""The same for each year or standard deviation, which may also lower it."""
Months = Annotated[float, Field(ge=0.1, le=1_000)]
"""A mean spell of months: not so short that states change by the minute."""
Number = Annotated[float, Field(ge=-1_000, le=1_000)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
FewEpisodes = Annotated[int, Field(ge=1, le=8)]
"""As many as a child's record remembers by time."""
SomeCount = Annotated[int, Field(ge=1, le=1_000_000)]

Hourly = Annotated[tuple[Factor, ...], Len(24, 24), BeforeValidator(_as_tuple), AfterValidator(_some_positive)]
Weekly = Annotated[tuple[Factor, ...], Len(7, 7), BeforeValidator(_as_tuple), AfterValidator(_some_positive)]
ByHome = Annotated[tuple[Factor, ...], Len(4, 4), BeforeValidator(_as_tuple)]
SpreadsByHome = Annotated[tuple[Spread, ...], Len(4, 4), BeforeValidator(_as_tuple)]
SharesByHome = Annotated[tuple[Share, ...], Len(4, 4), BeforeValidator(_as_tuple)]
HoursByHome = Annotated[tuple[SomeHours, ...], Len(4, 4), BeforeValidator(_as_tuple)]
IntervalsByGrade = Annotated[tuple[Annotated[float, Field(ge=0.1, le=100_000)], ...], Len(4, 4), BeforeValidator(_as_tuple)]
"""Hours from one step of a plan to the next: never so short that a plan does not get on."""
HoursByGrade = Annotated[tuple[SomeHours, ...], Len(4, 4), BeforeValidator(_as_tuple)]
SharesByGrade = Annotated[tuple[Share, ...], Len(4, 4), BeforeValidator(_as_tuple)]
CountsByHome = Annotated[tuple[Annotated[int, Field(ge=0, le=200_000)], ...], Len(4, 4), BeforeValidator(_as_tuple)]
CountsByShift = Annotated[tuple[Count, ...], Len(3, 3), BeforeValidator(_as_tuple)]
Cuts = Annotated[tuple[Number, ...], Len(3, 3), BeforeValidator(_as_tuple), AfterValidator(_rising)]
Mix3 = Annotated[tuple[Share, ...], Len(3, 3), BeforeValidator(_as_tuple), AfterValidator(_sums_to_one)]
HoursByUrgency = Annotated[tuple[SomeHours, ...], Len(3, 3), BeforeValidator(_as_tuple)]
SomeFactor100k = Annotated[float, Field(gt=0, le=200_000)]
Rate100k = Annotated[float, Field(ge=0, le=200_000)]
ClockHour = Annotated[float, Field(ge=0, le=24)]
FindabilityShape = Annotated[float, Field(ge=0.05, le=1_000)]
TargetHours = Annotated[float, Field(gt=0, le=1_000)]
EpisodesAYear = Annotated[int, Field(ge=1, le=1_000)]
GradeSteps = Annotated[int, Field(ge=1, le=3)]
PriceYear = Annotated[int, Field(ge=2000, le=2100)]
Seed = Annotated[int, Field(ge=0, le=2**63 - 1)]
