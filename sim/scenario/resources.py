"""The section [resources] of a scenario file: who is on duty when, and what an hour costs."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from .kinds import ClockHour, Count, CountsByShift, Factor, HoursByGrade, PriceYear, Section, SomeHours, Spread, TargetHours


class Resources(Section):
    """Who is on duty when."""

    # police
    desk_staff: CountsByShift = Field(description="desk staff on duty: early, late, night")
    response_units: CountsByShift = Field(description="response units on duty: early, late, night")
    late_starts: ClockHour = Field(description="hour at which the late shift starts")
    night_starts: ClockHour = Field(description="hour at which the night starts")
    night_ends: ClockHour = Field(description="hour at which it ends and the early shift starts")
    escalate_after_hours: HoursByGrade = Field(
        description="hours of waiting after which a task is started on overtime: urgent, priority, routine, interviews"
    )
    overtime_limit: Count = Field(description="most tasks on overtime at once in each pool")
    # return home interviews
    interviewers: Count = Field(description="interviewers on duty during their hours, every day")
    interviews_open: ClockHour = Field(description="hour at which they start")
    interviews_close: ClockHour = Field(description="hour at which they stop")
    # MASH, Monday to Friday
    mash_staff: Count = Field(description="decision makers")
    mash_opens: ClockHour = Field(description="hour at which the hub opens")
    mash_closes: ClockHour = Field(description="hour at which it closes")
    mash_hours: SomeHours = Field(description="median hours of work on one referral")
    mash_hours_spread: Spread = Field(description="standard deviation of its log")
    mash_target_red_hours: TargetHours = Field(description="target of a red referral, working hours (GD05)")
    mash_target_amber_hours: TargetHours = Field(description="target of an amber referral, working hours (GD05)")
    mash_target_green_hours: SomeHours = Field(description="target of a green referral, hours (GD05)")
    # social work
    social_workers: Count = Field(description="case-holding social workers in the team")
    cases_per_worker: Count = Field(description="most cases that one can hold")
    # what an hour costs
    price_year: PriceYear = Field(description="price year of the costs")
    desk_cost: Factor = Field(description="pounds for an hour of desk staff")
    response_cost: Factor = Field(description="pounds for an officer hour of a response unit")
    interviewer_cost: Factor = Field(description="pounds for an hour of an interviewer")
    mash_cost: Factor = Field(description="pounds for an hour in MASH")
    social_worker_cost: Factor = Field(description="pounds for a case slot held for a week")

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        if not 0 < self.night_ends < self.late_starts < self.night_starts < 24:
            raise ValueError("resources: the shifts must be in order, 0 < night_ends < late_starts < night_starts < 24")
        if not self.interviews_open < self.interviews_close:
            raise ValueError("resources.interviews_open must be before resources.interviews_close")
        if not self.mash_opens < self.mash_closes:
            raise ValueError("resources.mash_opens must be before resources.mash_closes")
        if self.mash_closes < self.mash_opens + 1.0:
            raise ValueError("resources.mash_opens must be at least an hour before resources.mash_closes")
        return self
