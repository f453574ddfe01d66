"""What is known about a child when a grade is given, and the grade that follows: at the call, by the inspector, at each review.

Risk is judged on what is visible: flags and vulnerability on the systems that were checked, history recorded so far, what the informant says, age.
Two
references stand beside the grade given, by one rule for all practice that is compared: the truth grade (on the true state; model-only) and the
knowable grade (on what any agency or carer held, plus what standard practice in earlier episodes would have recorded under the same luck).
"""

from __future__ import annotations

from . import clock, decisions, luck, order
from .luck import Decision, uniform
from .rule import rule
from .words import Grade, Home, State
from .world import Parameters, World

HISTORY_MOST = 5
"""Episodes in 90 days beyond this number add nothing to a judgement (assumption)."""


@rule
def age_of(w: World, t: float, c: int) -> float:
    """Age in years."""
    return (t - w.children[c].born) / clock.YEAR


@rule
def recent(times: list[float], t: float, days: float) -> int:
    """How many of the remembered times lie within the last `days` days."""
    count = 0
    for time in times:
        if t - time <= days * 24.0:
            count += 1
    return count


@rule
def remember(times: list[float], t: float, before: int) -> None:
    """Put a time into the ring of those remembered; `before` is how many there were."""
    times[before % len(times)] = t


@rule
def is_current(flagged: float, t: float, days: float) -> bool:
    """Does a flag put up at `flagged` still stand after so many days?"""
    return flagged <= t and t - flagged <= days * 24.0


@rule
def true_risk(w: World, p: Parameters, e: int, t: float) -> float:
    """Log risk of harm per hour away, relative to a child of 14 with nothing known: the world's own rule, and the scale of every judgement."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    risk = p.world.risk_vulnerability * child.vulnerability + age_risk(w, p, t, episode.child)
    if child.state == State.GROOMED:
        risk += p.world.risk_groomed
    elif child.state == State.EXPLOITED:
        risk += p.world.risk_exploited
    return risk + episode.risk_informant + episode.risk_hidden


@rule
def age_risk(w: World, p: Parameters, t: float, c: int) -> float:
    """The part of risk that age tells, which everyone knows."""
    return p.world.risk_age * (age_of(w, t, c) - 14.0)


@rule
def history_risk(weight: float, episodes: int) -> float:
    """How a judgement counts episodes in 90 days, this one left out."""
    return weight * min(episodes, HISTORY_MOST)


@rule
def truth_grade(w: World, p: Parameters, e: int, t: float) -> int:
    """The reference rule on the true state."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    judged = decisions.risk_seen(
        p.world.risk_vulnerability * child.vulnerability,
        p.world.reference_flag_weight if child.state == State.EXPLOITED else 0.0,
        history_risk(p.world.reference_history_weight, recent(child.left_recently, t, 90.0) - 1),
        age_risk(w, p, t, episode.child),
        episode.risk_informant + episode.risk_hidden,
    )
    return decisions.grade_of(judged, p.world.reference_cuts)


@rule
def ruled(p: Parameters, grade: int, flag_seen: bool, age: float) -> int:
    """A grade after the local rules."""
    return decisions.with_rules(grade, flag_seen, p.practice.flag_is_high, age, p.practice.floor_age)


@rule
def knowable_grade(w: World, p: Parameters, e: int, t: float) -> int:
    """The reference rule on what any agency or carer held, or would hold had earlier episodes been dealt with by standard practice."""
    child = w.children[w.episodes[e].child]
    days = p.world.reference_flag_days
    held = child.vulnerability_police or child.vulnerability_social or child.vulnerability_standard
    flagged = is_current(child.flag_police, t, days) or is_current(child.flag_social, t, days) or is_current(child.flag_standard, t, days)
    return reference_grade(w, p, e, t, held, flagged, recent(child.reported_recently, t, 90.0) - 1, True)


@rule
def held_grade(w: World, p: Parameters, e: int, t: float, systems: bool, social: bool, informant: bool, link: bool) -> int:
    """The reference rule on what this force held and these people looked at: a step of the way from the knowable grade to the one given."""
    child = w.children[w.episodes[e].child]
    days = p.world.reference_flag_days
    held = (systems and child.vulnerability_police) or (social and child.vulnerability_social)
    flagged = link and ((systems and is_current(child.flag_police, t, days)) or (social and is_current(child.flag_social, t, days)))
    return reference_grade(w, p, e, t, held, flagged, recent(child.recorded_recently, t, 90.0) if systems else 0, informant)


@rule
def reference_grade(w: World, p: Parameters, e: int, t: float, held: bool, flagged: bool, episodes: int, informant: bool) -> int:
    """The grade that everyone would give who knew this: vulnerability held or not, a flag or none, episodes in 90 days, the informant heard or
    not."""
    episode = w.episodes[e]
    judged = decisions.risk_seen(
        p.world.risk_vulnerability * w.children[episode.child].vulnerability if held else 0.0,
        p.world.reference_flag_weight if flagged else 0.0,
        history_risk(p.world.reference_history_weight, episodes),
        age_risk(w, p, t, episode.child),
        episode.risk_informant if informant else 0.0,
    )
    return decisions.grade_of(judged, p.world.reference_cuts)


@rule
def visible_risk(w: World, p: Parameters, e: int, t: float, systems: bool, social: bool, informant: bool, link: bool) -> float:
    """Risk by what is visible when police systems were or were not checked, the social worker asked, the informant heard, the link recognised."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    held = (systems and child.vulnerability_police) or (social and child.vulnerability_social)
    return decisions.risk_seen(
        p.world.risk_vulnerability * child.vulnerability if held else 0.0,
        p.practice.flag_weight if link and flag_seen(w, p, e, t, systems, social) else 0.0,
        history_risk(p.practice.history_weight, recent(child.recorded_recently, t, 90.0)) if systems else 0.0,
        age_risk(w, p, t, episode.child),
        episode.risk_informant if informant else 0.0,
    )


@rule
def flag_seen(w: World, p: Parameters, e: int, t: float, systems: bool, social: bool) -> bool:
    """Is a current flag in sight of those who look?"""
    child = w.children[w.episodes[e].child]
    days = p.practice.flag_lasts_days
    return (systems and is_current(child.flag_police, t, days)) or (social and is_current(child.flag_social, t, days))


@rule
def checks_systems(w: World, p: Parameters, e: int, decision: Decision) -> bool:
    """Does this person look on the systems, and is what is there laid out so that it is seen?"""
    episode = w.episodes[e]
    u = uniform(w, decision, w.children[episode.child].key, episode.occurrence)
    return order.decided(w, e, w.order.checked, u < p.practice.checks_systems_share * p.practice.flag_visible_share)


@rule
def bias(w: World, p: Parameters, e: int) -> float:
    """What prejudice takes off: for a child with repeat episodes on record, in care, or older."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    value = 0.0
    if recent(child.recorded_recently, episode.reported, 90.0) >= 3:
        value += p.practice.repeat_child_bias
    if child.home != Home.FAMILY:
        value += p.practice.care_child_bias
    if age_of(w, episode.reported, episode.child) >= 16.0:
        value += p.practice.older_child_bias
    return value


@rule
def noise(w: World, p: Parameters, e: int, decision: Decision) -> float:
    """What one assessor's judgement adds, less the bias."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    return p.practice.assessor_noise * luck.normal(uniform(w, decision, child.key, episode.occurrence)) - bias(w, p, e)


@rule
def judged(w: World, p: Parameters, e: int, t: float, systems: bool, social: bool, informant: bool, link: bool, noise_added: float) -> int:
    """The grade that one assessor arrives at."""
    risk = visible_risk(w, p, e, t, systems, social, informant, link) + noise_added
    seen = link and flag_seen(w, p, e, t, systems, social)
    return ruled(p, decisions.grade_of(risk, p.practice.grade_cuts), seen, age_of(w, t, w.episodes[e].child))


@rule
def informant_heard(w: World, p: Parameters, e: int) -> bool:
    """Did the call-taker get from the informant what carers know?"""
    episode = w.episodes[e]
    u = uniform(w, Decision.INFORMANT, w.children[episode.child].key, episode.occurrence)
    return order.decided(w, e, w.order.checked, u < p.practice.informant_heard_share)


@rule
def link_recognised(w: World, p: Parameters, e: int) -> bool:
    """Is the link between going missing and exploitation understood by those who grade this episode?"""
    episode = w.episodes[e]
    return uniform(w, Decision.RECOGNISES_LINK, w.children[episode.child].key, episode.occurrence) < p.practice.recognises_link_share


@rule
def call_grade(w: World, p: Parameters, e: int, t: float) -> int:
    """The call-taker's grade."""
    systems = checks_systems(w, p, e, Decision.CALL_CHECKS_SYSTEMS)
    return judged(w, p, e, t, systems, False, informant_heard(w, p, e), link_recognised(w, p, e), noise(w, p, e, Decision.CALL_NOISE))


@rule
def endorse(w: World, p: Parameters, e: int, t: float) -> None:
    """The control-room inspector endorses or amends; then practice has its effect. Writes the grade, its references and the reason of a shortfall."""
    episode = w.episodes[e]
    key = w.children[episode.child].key
    n = episode.occurrence
    call = checks_systems(w, p, e, Decision.CALL_CHECKS_SYSTEMS)
    reassesses = uniform(w, Decision.INSPECTOR_REASSESSES, key, n) < p.practice.inspector_reassesses_share
    systems = call or (reassesses and checks_systems(w, p, e, Decision.INSPECTOR_CHECKS_SYSTEMS))
    asked = reassesses and uniform(w, Decision.SOCIAL_WORKER_ASKED, key, n) < p.practice.social_worker_asked_share
    social = order.decided(w, e, w.order.checked, asked)
    informant = informant_heard(w, p, e)
    link = link_recognised(w, p, e)
    if reassesses:
        added = noise(w, p, e, Decision.INSPECTOR_NOISE)
        assessed = judged(w, p, e, t, systems, social, informant, link, added)
    else:
        assessed = episode.call_grade
    u = uniform(w, Decision.PRACTICE_GRADE, key, n)
    practised = decisions.under_practice(assessed, u, p.practice.under_graded_share, p.practice.under_graded_steps, p.practice.over_graded_share)
    given = order.graded(w, e, practised)
    episode.truth_grade = truth_grade(w, p, e, t)
    episode.knowable_grade = knowable_grade(w, p, e, t)
    episode.shortfall = decisions.shortfall(
        episode.knowable_grade,
        held_grade(w, p, e, t, True, True, True, True),
        held_grade(w, p, e, t, systems, social, informant, True),
        held_grade(w, p, e, t, systems, social, informant, link),
        assessed,
        given,
    )
    episode.first_grade = given
    episode.grade = given


@rule
def review(w: World, p: Parameters, e: int, t: float, number: int) -> int:
    """The grade after a review: systems may be checked again, a carer or social worker may challenge by what they hold, and hours away
    weigh on their own. By then the informant has been heard (assumption)."""
    episode = w.episodes[e]
    key = w.children[episode.child].key
    n = episode.occurrence * luck.ACTIONS + number
    grade = episode.grade
    if uniform(w, Decision.REVIEW_CORRECTS, key, n) < p.practice.review_corrects_share:
        systems = uniform(w, Decision.REVIEW_CHECKS, key, n) < p.practice.checks_systems_share * p.practice.flag_visible_share
        social = uniform(w, Decision.REVIEW_SOCIAL, key, n) < p.practice.social_worker_asked_share
        link = uniform(w, Decision.REVIEW_LINK, key, n) < p.practice.recognises_link_share
        added = 0.5 * p.practice.assessor_noise * luck.normal(uniform(w, Decision.REVIEW_NOISE, key, n)) - bias(w, p, e)
        grade = judged(w, p, e, t, systems, social, True, link, added)
    if grade < held_grade(w, p, e, t, False, True, True, True) and uniform(w, Decision.REVIEW_CHALLENGE, key, n) < p.practice.challenge_share:
        grade += 1
    if grade < Grade.MEDIUM and t - episode.reported >= p.practice.medium_after_hours:
        grade = Grade.MEDIUM
    return grade
