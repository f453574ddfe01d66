"""The section [practice] of a scenario file: the levers, named after real decisions."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from .kinds import (
    Cuts,
    Days,
    Factor,
    FewEpisodes,
    GradeSteps,
    Hours,
    HoursByGrade,
    IntervalsByGrade,
    Number,
    Section,
    Share,
    SharesByGrade,
    SomeDays,
    SomeHours,
    Spread,
)


class Practice(Section):
    """The levers: what police and social care do."""

    # the three headline levers
    desk_based_share: Share = Field(description="share of due field visits, below high, that become a desk enquiry")
    overnight_activity: Share = Field(description="share of tasks due at night, below high, that start rather than wait for the day shift")
    under_graded_share: Share = Field(description="share of grades moved down after the inspector")
    # grading
    under_graded_steps: GradeSteps = Field(description="steps by which an under-graded episode moves down")
    over_graded_share: Share = Field(description="share of grades moved one step up after the inspector")
    call_grading_hours: Hours = Field(description="hours from report to the call-taker's grade")
    endorse_hours: Hours = Field(description="hours from there to the inspector's endorsement")
    grade_cuts: Cuts = Field(description="risk at which a grade becomes low, medium, high")
    flag_weight: Factor = Field(description="weight of a visible exploitation flag, in log risk")
    history_weight: Number = Field(description="weight of each recorded episode in 90 days, up to five")
    assessor_noise: Factor = Field(description="standard deviation of one assessor's judgement, in log risk")
    repeat_child_bias: Number = Field(description="log risk taken off for a child with more than three reports in 90 days")
    care_child_bias: Number = Field(description="log risk taken off for a child in care")
    older_child_bias: Number = Field(description="log risk taken off from age 16 on")
    flag_is_high: bool = Field(description="an exploitation flag that is seen means high (RK17)")
    floor_age: Factor = Field(description="below this age the lowest grade is not used (RK16); 0 for no such rule")
    checks_systems_share: Share = Field(description="share of gradings at which police systems are checked")
    flag_visible_share: Share = Field(description="share of those at which what is held is laid out so that it is seen")
    informant_heard_share: Share = Field(description="share of calls at which what carers know is heard")
    social_worker_asked_share: Share = Field(description="share of inspector's reassessments at which the social worker is asked")
    inspector_reassesses_share: Share = Field(description="share of calls that the inspector assesses afresh")
    recognises_link_share: Share = Field(
        description="share of gradings and patterns at which the link between going missing and exploitation is understood"
    )
    flag_true_share: Share = Field(description="chance that a recorded episode puts an exploitation flag on an exploited child")
    flag_false_share: Share = Field(description="chance that it puts one on another child")
    flag_lasts_days: Days = Field(description="days for which a flag stands if nothing renews it")
    # search
    desk_based_share_high: Share = Field(description="the desk-based share for high")
    overnight_activity_high: Share = Field(description="the overnight activity for high")
    desk_interval_hours: IntervalsByGrade = Field(description="hours between desk enquiries by grade, lowest first (the lowest has no search)")
    field_interval_hours: IntervalsByGrade = Field(description="hours between field visits by grade")
    plan_slows_hours: SomeHours = Field(description="hours after the report at which the intervals of search and reviews have doubled")
    low_field_after_hours: Hours = Field(description="hours until the first field visit at low")
    desk_enquiry_hours: SomeHours = Field(description="median hours of a desk enquiry")
    field_visit_hours: SomeHours = Field(description="median officer hours of a field visit")
    task_hours_spread: Spread = Field(description="standard deviation of the log of both")
    response_target_hours: HoursByGrade = Field(description="hours within which a unit should attend, by grade")
    handover_lost_share: Share = Field(description="share of waiting search tasks that a change of shift loses until the next review")
    lowest_grade_bypass: bool = Field(description="the lowest grade skips search, both interviews and the referral (the absent era)")
    # reviews
    review_hours: IntervalsByGrade = Field(description="hours between reviews by grade")
    review_done_share: Share = Field(description="share of due reviews that are done")
    review_corrects_share: Share = Field(description="share of those that judge the risk afresh")
    challenge_share: Share = Field(description="chance that a carer or social worker challenges a grade that is too low, per review")
    medium_after_hours: Hours = Field(description="hours after which a lower grade becomes medium")
    # after the return
    prevention_done_share: Share = Field(description="share of returns for which a prevention interview is arranged")
    prevention_in_person_share: SharesByGrade = Field(description="share of them in person, by grade")
    prevention_delay_hours: HoursByGrade = Field(description="mean hours until it is asked for, by grade")
    prevention_in_person_hours: SomeHours = Field(description="officer hours of one in person")
    prevention_phone_hours: SomeHours = Field(description="officer hours of one by phone")
    case_recorded_share: Share = Field(description="share of cases that reach the records system")
    record_delay_hours: SomeHours = Field(description="median hours until they do")
    trigger_plan_after: FewEpisodes = Field(description="recorded episodes in 90 days from which a trigger plan is due")
    trigger_plan_share: Share = Field(description="share of those for which one is written or renewed")
    trigger_plan_lasts_days: Days = Field(description="days until it is out of date")
    trigger_plan_read_share: Share = Field(description="share of current plans that are read before the first action")
    pattern_after: FewEpisodes = Field(description="recorded episodes in 90 days from which they are looked at together")
    pattern_looked_share: Share = Field(description="share of those at which someone does")
    reason_asked_share: Share = Field(
        description="share of interviews, by police or in the return home interview, at which the reason for leaving is asked for"
    )
    reason_addressed_share: Share = Field(description="share of learned push or pull reasons that are addressed")
    # return home interview
    wales_after_episodes: FewEpisodes = Field(description="Wales: the interview is expected from this report in a rolling year on (RH20)")
    rhi_offered_share: Share = Field(description="share of expected interviews that are offered")
    rhi_out_of_area_factor: Share = Field(description="factor on it for children outside the area")
    rhi_completed_share: Share = Field(description="share of accepted offers that the service can arrange")
    rhi_offer_hours: SomeHours = Field(description="median hours from return to offer")
    rhi_arrange_hours: SomeHours = Field(description="median hours from offer to the arranged time")
    rhi_delay_spread: Spread = Field(description="standard deviation of the log of both")
    rhi_hours: SomeHours = Field(description="interviewer hours of one interview")
    rhi_expires_days: SomeDays = Field(description="days after the return at which it has lost its point")
    rhi_shared_share: Share = Field(description="share of interviews whose content reaches police")
    rhi_share_hours: SomeHours = Field(description="median hours until it does")
    rhi_referral_share: Share = Field(description="share of disclosures that the interviewer refers")
    rhi_referral_hours: Hours = Field(description="hours until that referral")
    # referral, protection, disruption
    delay_spread: Spread = Field(description="standard deviation of the log of the delays of recording, sharing and referral")
    referral_share: Share = Field(description="share of episodes meeting the criterion that police refer")
    referral_delay_hours: SomeHours = Field(description="median hours from closing to the referral")
    referral_after: FewEpisodes = Field(description="reports in 90 days that meet the criterion by themselves")
    referral_after_hours: Hours = Field(description="hours away that meet it by themselves")
    partner_referral_share: Share = Field(description="share of exploitation identified by partners that is referred")
    no_further_action_share: Share = Field(description="share of referrals without concern on which MASH takes no further action")
    strategy_share: Share = Field(description="share of accepted referrals with a concern for which a strategy discussion is held")
    strategy_days: Days = Field(description="mean working days from decision to strategy discussion")
    interim_action_share: Share = Field(description="share of strategy discussions that put protective action in force at once")
    interim_days: Days = Field(description="days for which it lasts")
    conference_share: Share = Field(description="share of cases with a concern that reach a child protection conference")
    plan_share: Share = Field(description="share of other assessments that end in a plan")
    other_plan_share: Share = Field(description="the same for other families")
    notice_share: Share = Field(description="share of identifications followed by a notice to a suspected perpetrator")
    suspect_share: Share = Field(description="share of identifications that put a suspected perpetrator on record")
    arrest_share: Share = Field(description="share of those who are arrested")

    @model_validator(mode="after")
    def _one_uniform_per_grading(self) -> Self:
        if self.under_graded_share + self.over_graded_share > 1:
            raise ValueError("practice.under_graded_share and practice.over_graded_share: their sum must be at most 1")
        return self
