"""Children's social care, as its statistics count: referrals, assessments ended and conferences held in the year, cases held."""

from __future__ import annotations

import numpy as np

from ...model.words import NOBODY, Pool
from ...outcomes.cohort import Cohort
from .counting import Array, per, quantile, share

WEEK = 168.0
DAY = 24.0


def caseload(cohort: Cohort) -> float:
    """Case slots in use per social worker, mean over the window."""
    hours = cohort.pool_hours(Pool.SOCIAL_WORKER, "busy_hours").sum()
    return per(hours, (cohort.closes - cohort.opens) * cohort.parameters.resources.social_workers)


def no_further_action(cohort: Cohort) -> float:
    """Per cent of the referrals of children in the model that were decided in the window and went no further."""
    cases = cohort.tables["cases"]
    decided = (cases["child"] != NOBODY) & _inside(cohort, cases["decided"])
    return share(~cases["accepted"], decided)


def assessment_days(cohort: Cohort, percent: float) -> float:
    """Quantile of the working days of the assessments that ended in the window, of all families."""
    cases = cohort.tables["cases"]
    ended = _inside(cohort, cases["assessed"])
    return quantile(_working_days(cases["assessed"][ended]) - _working_days(cases["started"][ended]), percent)


def conference_share(cohort: Cohort) -> float:
    """Per cent of cases with a strategy discussion in the window that reached a child protection conference."""
    cases = cohort.tables["cases"]
    return share(np.isfinite(cases["conference"]), _inside(cohort, cases["strategy"]))


def conference_days(cohort: Cohort, percent: float) -> float:
    """Quantile of the working days from the start of the enquiry to the conference, of conferences in the window."""
    cases = cohort.tables["cases"]
    held = _inside(cohort, cases["conference"])
    return quantile(_working_days(cases["conference"][held]) - _working_days(cases["started"][held]), percent)


def re_referred(cohort: Cohort, days: float, concern: bool = False) -> float:
    """Per cent of the referrals of children in the model in the window that followed another of the same child within so many days; only those
    with a concern (exploitation or harm), if so asked. A referral that joins an open case is not one."""
    cases = cohort.tables["cases"]
    rows = np.flatnonzero((cases["child"] != NOBODY) & (cases["referred"] < cohort.closes))
    child, referred = cases["child"][rows], cases["referred"][rows]
    order = np.lexsort((referred, child))
    child, referred, asked = child[order], referred[order], cases["concern"][rows][order]
    again = np.zeros(len(child), bool)
    again[1:] = (child[1:] == child[:-1]) & (referred[1:] - referred[:-1] <= days * DAY)
    return share(again, (referred >= cohort.opens) & (asked | (not concern)))


def _inside(cohort: Cohort, time: Array) -> Array:
    return np.asarray((time >= cohort.opens) & (time < cohort.closes))


def _working_days(time: Array) -> Array:
    """Working days from the start of the run, which is a Monday, to a time; weekends do not count."""
    weeks = np.floor(time / WEEK)
    return np.asarray(5.0 * weeks + np.minimum((time - WEEK * weeks) / DAY, 5.0))
