"""Keyed luck: a draw is a function of (seed, replication, entity, occurrence, decision), never of what happened before.

Uniforms come from Philox4x64-10 with key (seed, replication) and counter (block, entity, occurrence, 0); a decision's number says which block and
which
word. So child 1207's third episode has the same luck for "would disclose" under every scenario, whether or not that interview happens. Decisions
are appended to their family and never renumbered, so a new one changes no existing draw. Everything that is not uniform is an inverse transform here.
"""

from __future__ import annotations

from enum import IntEnum
from math import exp, log, log1p, sqrt

from .rule import rule
from .world import World

FAMILY = 64
"""Decisions come in families of up to 64, by what is drawn for; a family is dealt as one hand."""


class Decision(IntEnum):
    """Every decision that luck has a part in. The number is the key: append, never reorder."""

    # a child, drawn once (occurrence 0)
    ENTRY_AGE = 0
    AGE_SO_FAR = 1
    OUT_OF_AREA = 2
    VULNERABILITY = 3
    VULNERABILITY_HELD = 4
    REASON = 5
    FRAILTY = 6
    FINDABILITY = 7
    STATE_AT_START = 8
    ENTRY_GAP = 9
    # a change of a child's true state (occurrence: how many there were before)
    STATE_THRESHOLD = 64
    STATE_WHICH_WAY = 65
    KIND = 66
    NETWORK = 67
    PARTNER_IDENTIFIES = 68
    # an episode (occurrence: which of the child's episodes)
    LEAVING = 128
    OWN_RETURN = 129
    THIRD_PARTY = 130
    SEARCH = 131
    HARM = 132
    HARM_SEVERITY = 133
    EVER_REPORTED = 134
    REPORT_DELAY = 135
    TONIGHT_KNOWN = 136
    TONIGHT_HIDDEN = 137
    INFORMANT = 138
    SOCIAL_WORKER_ASKED = 139
    CALL_CHECKS_SYSTEMS = 140
    INSPECTOR_CHECKS_SYSTEMS = 141
    RECOGNISES_LINK = 142
    CALL_NOISE = 143
    INSPECTOR_NOISE = 144
    INSPECTOR_REASSESSES = 145
    PRACTICE_GRADE = 146
    PLAN_READ = 147
    PERPETRATOR_MET = 148
    FIND_IDENTIFIES = 149
    PREVENTION_DONE = 150
    PREVENTION_IN_PERSON = 151
    PREVENTION_DELAY = 152
    PREVENTION_DISCLOSES = 153
    PREVENTION_REASON = 154
    HARM_TOLD_PREVENTION = 155
    RECORDED = 156
    RECORD_DELAY = 157
    PLAN_WRITTEN = 158
    PATTERN_SEEN = 159
    FLAG_RAISED = 160
    REFERRED = 161
    REFERRAL_DELAY = 162
    NOTICE = 163
    SUSPECT = 164
    ARREST = 165
    VULNERABILITY_LEARNED = 166
    FAMILY_REFERS = 167
    PREVENTION_ADDRESSED = 168
    PERPETRATOR_ARREST = 169
    # a return home interview (occurrence: the first episode that it covers)
    RHI_OFFERED = 192
    RHI_OFFER_DELAY = 193
    RHI_ACCEPTED = 194
    RHI_COMPLETED = 195
    RHI_ARRANGED = 196
    RHI_DISCLOSES = 197
    RHI_RED_FLAG = 198
    RHI_REASON = 199
    RHI_ADDRESSED = 200
    RHI_SHARED = 201
    RHI_SHARE_DELAY = 202
    RHI_REFERS = 203
    RHI_HARM_TOLD = 204
    RHI_VULNERABILITY = 205
    RHI_OFFERED_CHILD = 206
    # a police action or review within an episode (occurrence: episode x 4096 + number)
    DESK_BASED = 256
    OVERNIGHT = 257
    TASK_HOURS = 258
    LOST_AT_HANDOVER = 259
    REVIEW_DONE = 260
    REVIEW_CHECKS = 261
    REVIEW_CHALLENGE = 262
    REVIEW_NOISE = 263
    REVIEW_CORRECTS = 264
    REVIEW_LINK = 265
    REVIEW_SOCIAL = 266
    # another incident (entity: its number)
    INCIDENT_GAP = 320
    INCIDENT_LINE = 321
    INCIDENT_HOURS = 322
    INCIDENT_POOL = 323
    # a case (entity: child; occurrence: the episode that led to it), or another family's (entity: its number)
    FAMILY_GAP = 384
    MASH_HOURS = 385
    NO_FURTHER_ACTION = 386
    STRATEGY_DELAY = 387
    INTERIM_ACTION = 388
    ASSESSMENT_DAYS = 389
    CONFERENCE_DAYS = 390
    CONFERENCE_HELD = 391
    PROTECTION_GIVEN = 392
    PLAN_DAYS = 393
    STRATEGY_HELD = 394


ACTIONS = 4096
"""Room for the numbered actions of one episode."""

LONGEST = 1e9
"""Hours, or days, that no run reaches; a clock still counts them exactly."""


def uniform(w: World, decision: Decision, entity: int, occurrence: int) -> float:
    """The uniform in [0, 1) of one decision."""
    value: float = w.luck.uniform(decision, entity, occurrence)
    return value


@rule
def exponential(u: float) -> float:
    """Unit exponential."""
    return -log1p(-u)


@rule
def normal(u: float) -> float:
    """Standard normal: Wichura's algorithm AS 241 (PPND16), to about 1e-16. u = 0 gives the value of the smallest uniform instead of minus
    infinity."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r
                 + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608
        low = ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r
                 + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0
        return q * top / low
    tail = u if q < 0.0 else 1.0 - u
    r = sqrt(-log(max(tail, 1.1102230246251565e-16)))
    if r <= 5.0:
        r -= 1.6
        top = ((((((0.00077454501427834140764 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r
                 + 3.64784832476320460504) * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734
        low = ((((((1.05075007164441684324e-9 * r + 0.0005475938084995344946) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r
                 + 0.68976733498510000455) * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0
    else:
        r -= 5.0
        top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r
                 + 0.29656057182850489123) * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772
        low = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r
                 + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0
    value = top / low
    return -value if q < 0.0 else value


@rule
def lognormal(u: float, median: float, spread: float) -> float:
    """Lognormal by its median and the standard deviation of its logarithm, cut at LONGEST."""
    return min(median * exp(spread * normal(u)), LONGEST)


@rule
def quantile(table: list[float], u: float) -> float:
    """Read a table of 1,001 quantiles at `u`, straight lines between."""
    place = u * 1000.0
    below = int(place)
    return table[below] + (place - below) * (table[below + 1] - table[below])
