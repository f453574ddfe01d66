"""What a force could record to learn an unknown value, in the words of those who would record it: the values most likely to matter to a choice.

None of this comes from a source. It follows from what each value means in the model: what would have to be written down so that it could be counted.
"""

from __future__ import annotations

SEARCHES = "how each child was found, by which kind of enquiry, and the hours of search by day and by night before that"
INTERVALS = "the time of every enquiry and every visit of an episode, and the grade at that time"
SECOND_GRADE = "for a sample of reports, the grade that a second assessor gives from the same facts"
RETURNS = "when each child came back or was found, and who made that happen"
ONSET = "when the exploitation of a child is thought to have begun, beside when the child was missing"
INTERVIEWS = "for each return, whether and when an interview was offered, accepted and held"
LEARNED = "for each interview, by phone or in person, whether anything was learned that points to exploitation"
OUTCOMES = "how each referral ended, matched to the episode that it came from"
EPISODES = "every episode under a number that stays with the child, with when it began and when it was reported"

PLAIN = {
    "world.recency_first_week": "how much more often a child leaves in the first 7 days after a return",
    "world.recency_first_month": "how much more often a child leaves from 7 to 28 days after a return",
    "world.groomed_leaving_factor": "how much more often a child leaves while being groomed",
    "world.exploited_leaving_factor": "how much more often a child leaves while being exploited",
    "world.frailty_spread": "how far apart children are in how often they leave",
    "world.report_delay_spread": "how far apart the delays of reports are",
    "world.own_return_spread": "how far apart the times of own returns are",
    "world.third_party_rate": "how often carers and others find a child",
    "world.third_party_fade_hours": "how soon carers and others run out of places to look",
    "world.find_rate": "how often an hour of police search finds a child",
    "world.search_fade_hours": "how soon police search runs out of places to look",
    "world.field_to_desk_ratio": "how much more an hour in the field does than an hour at a desk",
    "world.night_search_factor": "how much search by night does against search by day",
    "world.trigger_plan_factor": "how much more search does when a current trigger plan was read",
    "world.groomed_per_hour_away": "how often grooming begins for each hour away",
    "world.groomed_per_year_at_home": "how often grooming begins while at home",
    "world.deepening_factor": "how fast grooming becomes exploitation",
    "world.disruption_by_notice": "how much one notice to a suspected perpetrator helps children out of exploitation",
    "world.disruption_by_suspect": "how much putting a suspected perpetrator on record helps children out of exploitation",
    "world.disruption_by_arrest": "how much an arrest helps children out of exploitation",
    "practice.task_hours_spread": "how far apart the hours of search tasks are",
    "practice.rhi_delay_spread": "how far apart the delays of return home interviews are",
}
"""What a value is, where the words of the schema need their neighbours to be understood."""

RECORDS = {
    "practice.desk_based_share": "whether each enquiry was made from a desk or on the street",
    "practice.desk_based_share_high": "whether each enquiry was made from a desk or on the street",
    "practice.overnight_activity": "when each task of the night was due, and when it began",
    "practice.overnight_activity_high": "when each task of the night was due, and when it began",
    "practice.under_graded_share": SECOND_GRADE,
    "practice.over_graded_share": SECOND_GRADE,
    "practice.assessor_noise": SECOND_GRADE,
    "practice.checks_systems_share": "for each grading, which systems were checked, and when",
    "practice.flag_visible_share": "for each grading, whether a flag that was held was seen by those who graded",
    "practice.recognises_link_share": "for each grading, whether going missing was read as a sign that adults may exploit the child",
    "practice.handover_lost_share": "at each change of shift, which tasks were open, and when each was next acted on",
    "practice.desk_interval_hours": INTERVALS,
    "practice.field_interval_hours": INTERVALS,
    "practice.field_visit_hours": "how many officers each visit took, and for how long",
    "practice.desk_enquiry_hours": "how long each enquiry from a desk took",
    "practice.review_done_share": "when each review was due, and when it was done",
    "practice.case_recorded_share": "for a sample of calls, whether the episode reached the records system, and when",
    "practice.rhi_offered_share": INTERVIEWS,
    "practice.rhi_completed_share": INTERVIEWS,
    "practice.rhi_shared_share": "for each return home interview, whether and when its content reached police",
    "practice.referral_share": "for each episode that met the criterion, whether and when a referral was sent",
    "practice.plan_share": OUTCOMES,
    "practice.strategy_share": OUTCOMES,
    "world.leaving_per_year": EPISODES,
    "world.frailty_spread": EPISODES,
    "world.recency_first_week": EPISODES,
    "world.reported_share": "what homes and carers know of episodes that they did not report",
    "world.report_delay_median": EPISODES,
    "world.own_return_median": RETURNS,
    "world.own_return_spread": RETURNS,
    "world.third_party_rate": RETURNS,
    "world.find_rate": SEARCHES,
    "world.search_fade_hours": SEARCHES,
    "world.field_to_desk_ratio": SEARCHES,
    "world.night_search_factor": SEARCHES,
    "world.harm_per_hour": "harm that is learned of after a return, with when it happened and how it was learned",
    "world.groomed_per_hour_away": ONSET,
    "world.groomed_per_year_at_home": ONSET,
    "world.prevention_discloses": LEARNED,
    "world.rhi_discloses": LEARNED,
    "world.rhi_uptake": INTERVIEWS,
}
"""What to record, by path; it follows the words "by recording"."""
