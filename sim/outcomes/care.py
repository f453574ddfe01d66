"""What follows a return: interviews, referral, decision, protection, and what children's social care knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from ..model.clock import DAY
from ..model.words import NEVER, NOBODY, Rating
from .cohort import Cohort
from .matches import by_child
from .measure import HIGHER, LOWER, NEITHER, Column, Group

CARE = Group("After the return")

RHI_TARGET = 72.0
"""Hours from the first return to the return home interview (statutory guidance, England)."""


def done_by_police(c: Cohort) -> Column:
    """Was a prevention interview done?"""
    return c.episodes["prevention"] < NEVER


def referred(c: Cohort) -> Column:
    """Referred to children's social care by police?"""
    return c.episodes.referred < NEVER


def hours_to_referral(c: Cohort) -> Column:
    """From the return to the referral."""
    made = referred(c)
    return c.episodes.referred[made] - c.episodes["located"][made]


def eligible(c: Cohort) -> Column:
    """Is a return home interview expected?"""
    return c.episodes.eligible


def offered(c: Cohort) -> Column:
    """Was one offered?"""
    return c.episodes.interview_offered < NEVER


def held(c: Cohort) -> Column:
    """Was one done?"""
    return c.episodes.interview_done < NEVER


def in_time(c: Cohort) -> Column:
    """Done within 72 h of the first return it covers?"""
    return c.episodes.interview_done <= c.episodes.interview_clock + RHI_TARGET


def clock_run_out(c: Cohort) -> Column:
    """Does follow-up reach the 72 h?"""
    return c.episodes.interview_clock + RHI_TARGET <= c.ends


def covers_several(c: Cohort) -> Column:
    """Does the interview cover other episodes, too?"""
    e = c.episodes
    table = c.tables["interviews"]["covered"]
    return np.where(e["rhi"] != NOBODY, table[e["rhi"]] > 1, False) if len(table) else np.zeros(len(e), dtype=bool)


def shared(c: Cohort) -> Column:
    """Did its content reach police within 7 days?"""
    return c.episodes.interview_shared <= c.episodes.interview_done + 7 * DAY


def decision_due(c: Cohort) -> Column:
    """Cases whose target for a decision lies within follow-up."""
    due: Column = c.cases["decision_due"] <= c.ends
    return due


def rated(rating: Rating) -> Callable[[Cohort], Column]:
    """Those of this rating."""
    return lambda c: decision_due(c) & (c.cases["rating"] == int(rating))


def decided_in_target(c: Cohort) -> Column:
    """Decided by it?"""
    in_target: Column = c.cases["decided"] <= c.cases["decision_due"]
    return in_target


def hours_to_decision(c: Cohort) -> Column:
    """From referral to decision, cases decided."""
    decided = c.cases["decided"] < NEVER
    hours: Column = c.cases["decided"][decided] - c.cases["referred"][decided]
    return hours


def triggered(c: Cohort) -> Column:
    """Cases with a concern (exploitation identified or harm), decided."""
    return c.cases["concern"] & (c.cases["decided"] < NEVER)


def discussed(c: Cohort) -> Column:
    """Was a strategy discussion held?"""
    held: Column = c.cases["strategy"] < NEVER
    return held


def hours_to_discussion(c: Cohort) -> Column:
    """From the decision to it."""
    both = triggered(c) & discussed(c)
    hours: Column = c.cases["strategy"][both] - c.cases["decided"][both]
    return hours


def repeats(c: Cohort) -> Column:
    """Episodes of children who were reported missing in the 365 days before, too."""
    return c.episodes.repeat


def with_plan(c: Cohort) -> Column:
    """Was there a current trigger plan at the report?"""
    return c.episodes["plan_current"]


@cache
def exploited_unprotected(days: int) -> Callable[[Cohort], Column]:
    """The first episode of each child at which the child was exploited and had no protective action in force; with so many days of follow-up."""

    def of(c: Cohort) -> Column:
        e = c.episodes
        places = np.flatnonzero(e.exploited & ~e["protected_before"])
        child = e["child"][places]
        order = by_child(child)
        new = np.diff(child[order], prepend=NOBODY) != 0
        firsts = np.zeros(len(e), dtype=bool)
        firsts[places[order[new]]] = True
        return firsts & e.followed(days * DAY)

    return of


@cache
def protected(days: int) -> Callable[[Cohort], Column]:
    """Did protective action begin within so many days of the report?"""
    return lambda c: c.episodes.protected - c.episodes["reported"] <= days * DAY


CARE.share(
    "C1", "Referral made", "police referrals to children's social care / E meeting the local criterion", HIGHER, referred,
    lambda c: c.episodes["meets_criterion"], headline=True,
)
CARE.share(
    "C2", "Referral within 24 h of the return", "sum I[tref - tl <= 24] / referrals", HIGHER,
    lambda c: c.episodes.referred <= c.episodes["located"] + DAY, referred,
)
CARE.percentile("C2.hours", "Time from return to referral, median", "median of tref - tl", "h", LOWER, hours_to_referral, 50.0)
CARE.share(
    "C3", "Decision in target",
    "MASH decisions by the target of their rating (working clock) / referrals received in the window whose target has passed", HIGHER,
    decided_in_target, decision_due, each=False,
)
for _rating in Rating:
    CARE.share(
        f"C3.{_rating.name.lower()}", f"Decision in target, rated {_rating.name.lower()}", "the same, by rating", HIGHER, decided_in_target,
        rated(_rating), each=False,
    )
CARE.percentile("C3.hours", "Time from referral to decision, median", "median of tdec - tref, clock hours", "h", LOWER, hours_to_decision, 50.0)
CARE.share("C4", "Prevention interview done", "police prevention interviews done / E located", HIGHER, done_by_police, lambda c: c.episodes.located)
CARE.share(
    "C4.face_to_face", "Prevention interview face to face", "in person / done", HIGHER, lambda c: c.episodes["prevention_in_person"], done_by_police,
)
CARE.share(
    "C4.24h", "Prevention interview within 24 h", "sum I[tp - tl <= 24] / E located with 24 h of follow-up; no source gives a national target",
    HIGHER, lambda c: c.episodes["prevention"] <= c.episodes["located"] + DAY, lambda c: c.episodes["located"] + DAY <= c.ends,
)
CARE.share(
    "C5", "Return home interview offered", "offers / E eligible (England: E located; Wales: E located where the rule applies)", HIGHER, offered,
    eligible,
)
CARE.share(
    "C6", "Return home interview within 72 h", "sum I[th - first return covered <= 72] / E eligible with 72 h of follow-up", HIGHER, in_time,
    lambda c: eligible(c) & clock_run_out(c), headline=True,
)
CARE.share(
    "C6.of_offered", "Return home interview within 72 h, of those offered", "the same / E offered one", HIGHER, in_time,
    lambda c: offered(c) & clock_run_out(c),
)
CARE.share(
    "C6.of_done", "Return home interview within 72 h, of those done", "the same / E with one done; alone it flatters", HIGHER, in_time,
    lambda c: held(c) & clock_run_out(c),
)
CARE.share(
    "C7", "Return home interview accepted and done", "done / offered; one interview that covers several episodes counts once for each", HIGHER, held,
    offered,
)
CARE.share(
    "C7.covering", "Return home interviews that cover several episodes", "E covered together with others / E with one done", NEITHER, covers_several,
    held,
)
CARE.share(
    "C8", "Return home interview shared with police within 7 days", "content shared within 7 days / done, with 7 days of follow-up", HIGHER, shared,
    lambda c: c.episodes.interview_done + 7 * DAY <= c.ends,
)
CARE.share(
    "C9", "Strategy discussion held when triggered",
    "held / referrals in the window with a concern (exploitation identified or harm) that MASH decided", HIGHER, discussed, triggered,
    each=False,
)
CARE.percentile("C9.hours", "Time to the strategy discussion, median", "median of ts - tdec", "h", LOWER, hours_to_discussion, 50.0)
CARE.share(
    "C10", "Trigger plan in place", "current plan at the report / E of children reported missing in the 365 days before", HIGHER, with_plan, repeats,
)
CARE.share(
    "C10.read", "Trigger plan read", "read before the first action / E with a current plan", HIGHER, lambda c: c.episodes["plan_read"], with_plan,
)
_unprotected = "children exploited at an episode, with no protective action in force at its report (their first such episode)"
CARE.share(
    "C11", "Protection in force within 90 days", f"protective action begun within 90 days / {_unprotected}", HIGHER, protected(90),
    exploited_unprotected(90), each=False, comparable=False, headline=True,
)
for _days in (28, 90):
    CARE.share(
        f"C11.{_days}d", f"Protection in force within {_days} days", f"protective action begun within {_days} days / {_unprotected}", HIGHER,
        protected(_days), exploited_unprotected(_days), each=False, comparable=False,
    )
CARE.share(
    "C12", "Known to children's social care", "recorded episodes that reached children's social care by referral / recorded episodes", HIGHER,
    lambda c: c.episodes["known_to_social_care"], lambda c: c.episodes["recorded"] < NEVER,
)
