"""The section [run] of a scenario file: warm-up, window, follow-up, replications."""

from __future__ import annotations

from pydantic import Field

from .kinds import Days, Section, Seed, SomeCount, SomeDays


class Run(Section):
    """How the experiment is run. No rule reads it."""

    # the experiment
    warm_up_days: SomeDays = Field(description="days under the baseline's practice before anything is measured")
    window_days: SomeDays = Field(description="days of the measurement window: episodes reported in it are the cohort")
    run_on_days: Days = Field(description="days run on afterwards, for follow-up")
    replications: SomeCount = Field(description="replications unless a command says otherwise")
    seed: Seed = Field(description="seed unless a command says otherwise")
