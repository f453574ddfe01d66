"""The section [world] of a scenario file: how children and harm behave, whatever the services do."""

from __future__ import annotations

from pydantic import Field

from .kinds import (
    ByHome,
    ClockHour,
    Cuts,
    Days,
    EpisodesAYear,
    Factor,
    FindabilityShape,
    Hourly,
    HoursByHome,
    LogRisk,
    LogSlope,
    Mix3,
    Months,
    Number,
    Rate,
    Rise,
    Section,
    Share,
    SharesByHome,
    SomeDays,
    SomeHours,
    Spread,
    SpreadsByHome,
    Weekly,
    Weight,
)


class World(Section):
    """How children, harm and disclosure behave. Calibrated, and equal across a fair comparison."""

    # going missing
    leaving_per_year: ByHome = Field(
        description="mean rate of going missing a year by home (family, foster care, children's home, supported), before recency"
    )
    frailty_spread: SpreadsByHome = Field(description="standard deviation of the log of individual rates, by home")
    leaving_by_hour: Hourly = Field(description="relative rate of leaving by hour of the day")
    leaving_by_day: Weekly = Field(description="relative rate of leaving by weekday, Monday first")
    recency_first_week: Factor = Field(description="factor on the rate in the first 7 days after a return")
    recency_first_month: Factor = Field(description="factor from day 7 to day 28")
    brought_back_factor: Factor = Field(description="how much more of that rise applies to a child brought back by police")
    groomed_leaving_factor: Factor = Field(description="factor on the rate while being groomed")
    exploited_leaving_factor: Factor = Field(description="factor on the rate while being exploited")
    protection_against_leaving: Share = Field(description="share by which protective action lowers the rate while in force")
    reason_addressed_effect: Share = Field(description="share by which a push or pull reason that was addressed lowers the rate")
    reason_addressed_days: Days = Field(description="days for which that lasts")
    reason_mix: Mix3 = Field(description="shares of children who usually leave because of something at home, something elsewhere, exploitation")
    episodes_a_year_limit: EpisodesAYear = Field(description="most episodes of one child in a year")
    # being reported
    reported_share: SharesByHome = Field(description="share of episodes that would ever be reported, by home")
    report_delay_median: HoursByHome = Field(description="median hours from leaving to the report, by home")
    report_delay_spread: Spread = Field(description="standard deviation of its log")
    # own return and third parties
    own_return_median: SomeHours = Field(description="median hours to an own return if nobody else comes first")
    own_return_spread: Spread = Field(description="standard deviation of its log")
    own_return_rare_from: ClockHour = Field(description="hour of the day from which own returns are rare")
    own_return_rare_until: ClockHour = Field(description="hour until which they are rare")
    own_return_rare_weight: Weight = Field(description="weight of those hours against others")
    third_party_rate: Factor = Field(description="a in a x ln(1 + t / b), effort of carers and others since leaving")
    third_party_fade_hours: SomeHours = Field(description="b in the same, hours")
    # search
    find_rate: Factor = Field(description="a in a x findability x ln(1 + raw / b), police effort")
    search_fade_hours: SomeHours = Field(description="b in the same, in desk hours by day: places get used up")
    findability_shape: FindabilityShape = Field(
        description="shape of the gamma spread of findability (mean 1): small means that some children are far harder to find"
    )
    field_to_desk_ratio: Factor = Field(description="raw effort of an hour in the field against an hour at a desk")
    night_search_factor: Factor = Field(description="raw effort at night against by day")
    trigger_plan_factor: Factor = Field(description="raw effort when a current trigger plan was read")
    # risk and harm
    risk_vulnerability: LogRisk = Field(description="log risk for one standard deviation of vulnerability")
    risk_age: LogSlope = Field(description="log risk for each year of age over 14")
    risk_groomed: LogRisk = Field(description="log risk while being groomed")
    risk_exploited: LogRisk = Field(description="log risk while being exploited")
    risk_tonight_known: Spread = Field(description="standard deviation of tonight's circumstances that carers know")
    risk_tonight_hidden: Spread = Field(description="standard deviation of those that nobody knows")
    vulnerability_held_share: SharesByHome = Field(description="share of children whose vulnerability social care knows from the start, by home")
    vulnerability_learned_share: Share = Field(description="chance that one recorded episode or interview makes vulnerability known")
    harm_per_hour: Factor = Field(description="rate of harm per exposed hour by day for a child with log risk 0")
    night_exposure_weight: Weight = Field(description="how much an hour by night counts against one by day")
    harm_severity_mix: Mix3 = Field(description="shares of harm that are less serious, serious, very serious")
    # the reference grades (truth and knowable), equal for all practice that is compared
    reference_cuts: Cuts = Field(description="risk at which the reference grade becomes low, medium, high")
    reference_flag_weight: Factor = Field(description="weight of a known exploitation flag in the reference, in log risk")
    reference_history_weight: Number = Field(description="weight of each episode in 90 days in the reference, up to five")
    reference_flag_true_share: Share = Field(description="chance that standard recording of an episode puts a flag on an exploited child")
    reference_flag_false_share: Share = Field(description="chance that it puts one on another child")
    reference_flag_days: Days = Field(description="days for which a flag counts in the reference")
    # exploitation
    groomed_per_year_at_home: Rate = Field(description="rate a year at which grooming begins while at home")
    groomed_per_hour_away: Factor = Field(description="rate per exposed hour away")
    deepening_factor: Factor = Field(description="the same rates times this move a groomed child into exploitation")
    vulnerability_pull: LogSlope = Field(description="log of those rates for one standard deviation of vulnerability")
    exploitation_reason_factor: Factor = Field(description="factor where exploitation is the usual reason for leaving")
    groomed_months: Months = Field(description="mean months of grooming if nothing else ends it")
    exploited_months: Months = Field(description="mean months of exploitation if nothing else ends it")
    groomed_at_start: SharesByHome = Field(description="share being groomed at the start of the run, by home, at mean frailty")
    exploited_at_start: SharesByHome = Field(description="share being exploited at the start, by home, at mean frailty")
    exploitation_mix: Mix3 = Field(description="shares of exploitation that are sexual, criminal, other")
    protection_against_exploitation: Share = Field(description="share by which protective action lowers the way into exploitation")
    protection_way_out: Rise = Field(description="factor by which it raises the way out")
    disruption_by_notice: Rise = Field(description="rise of the way out for every child of the network by one notice")
    disruption_by_suspect: Rise = Field(description="by a suspected perpetrator on record")
    disruption_by_arrest: Rise = Field(description="by an arrest, beside that")
    disruption_limit: Rise = Field(description="most that disruption can add")
    disruption_days: SomeDays = Field(description="days for which disruption lasts")
    # what is disclosed and seen
    partner_identifies_months: Months = Field(description="mean months until school, health or another partner identifies exploitation")
    find_identifies_share: Share = Field(description="chance that a police find in the field of an exploited child identifies it")
    perpetrator_met_share: Share = Field(description="chance that such a find meets a suspected perpetrator")
    prevention_discloses: Share = Field(description="chance that a prevention interview in person identifies exploitation")
    prevention_tells_harm: Share = Field(description="chance that it makes harm known")
    prevention_learns_reason: Share = Field(description="chance that it learns the reason for leaving")
    phone_against_in_person: Share = Field(description="how much of those chances is left by phone")
    rhi_discloses: Share = Field(description="chance that a return home interview identifies exploitation")
    rhi_tells_harm: Share = Field(description="chance that it makes harm known that police did not learn")
    rhi_learns_reason: Share = Field(description="chance that it learns the reason for leaving")
    red_flag_true: Share = Field(description="chance of a red flag in the interview of a groomed or exploited child")
    red_flag_false: Share = Field(description="chance of one in the interview of another child")
    pattern_sensitivity: Share = Field(description="chance that recorded episodes looked at together show exploitation")
    # taking part, and the pace of social care
    rhi_uptake: Share = Field(description="share of first offers of a return home interview that are accepted")
    rhi_uptake_fall: Share = Field(description="fall of that share with each earlier report, up to ten")
    rhi_uptake_exploited: Share = Field(description="factor on it for a child being exploited")
    rhi_offer_clustering: Share = Field(description="share of offers that are settled by child rather than by episode")
    assessment_days: SomeDays = Field(description="median working days of an assessment")
    assessment_spread: Spread = Field(description="standard deviation of its log")
    conference_days: SomeDays = Field(description="median working days from the start to a child protection conference")
    conference_spread: Spread = Field(description="standard deviation of its log")
    plan_days: SomeDays = Field(description="median days of a plan")
    plan_spread: Spread = Field(description="standard deviation of its log")
