"""What every kind of experiment leaves: the values of a plan, whether all of it was done, what a reader must know, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from .execution import Execution
from .inspection import Sides
from .plan import Plan
from .reading import Everything, Only, Reading
from .values import Values

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Findings:
    """The finished part of an experiment. Each kind adds its own tables and draws itself."""

    kind: ClassVar[str]
    """The command that makes it, and how a folder tells what it holds."""

    plan: Plan
    values: Values
    complete: bool
    notices: tuple[str, ...] = ()
    request: Mapping[str, Any] = field(default_factory=dict)
    """What was asked for beside the plan, as JSON can hold it."""
    execution: Execution | None = None

    @classmethod
    def called(cls, plan: Plan) -> str:
        """What findings of a plan are called in a list and in the name of their folder."""
        return cls.kind

    @classmethod
    def reading(cls, measures: list[str] | None) -> Reading:
        """What is read off each cohort: some measures, or (None) everything."""
        return Everything() if measures is None else Only(tuple(measures))

    @classmethod
    def sides(cls, plan: Plan, request: Mapping[str, Any]) -> Sides:
        """Which of the scenarios that were named are set against each other: none, where the others are made of the first."""
        return ()

    @property
    def names(self) -> list[str]:
        """The scenarios, the baseline first."""
        return [scenario.name for scenario in self.plan.scenarios]

    @property
    def replications(self) -> int:
        """How many were finished, in one scenario at least."""
        return int(self.values.finished.any(axis=0).sum())

    def draws_of(self, numbers: Iterable[Any]) -> list[int] | None:
        """The draw that each of these replications is simulated under; None where nothing is drawn."""
        return None if self.plan.draws is None else [self.plan.draws.number(int(number)) for number in numbers]

    @cached_property
    def drawn(self) -> list[int] | None:
        """The draws of the finished replications, in their order; None where nothing is drawn."""
        return self.draws_of(np.flatnonzero(self.values.finished.any(axis=0)))

    @property
    def folder(self) -> Path | None:
        """Where it is kept; None if it is not."""
        return self.execution.store.folder if self.execution is not None and self.execution.store is not None else None

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name."""
        raise NotImplementedError

    def figure(self) -> Any:
        """The findings as a Plotly figure."""
        from ..report import figure  # drawing is a later room's work; asked for here only when somebody wants to look

        return figure(self)
