"""The events of the model: each is named for what happens, and each has one rule of that meaning (`happen.py` says which)."""

from __future__ import annotations

from enum import IntEnum


class Event(IntEnum):
    """What can be scheduled or noted. `who` is a row of the table in brackets. Appended, never reordered: stored traces hold the numbers."""

    # the child
    ENTERED = 0  # (home group)
    AGED_OUT = 1  # (child)
    LEFT = 2  # (child)
    STATE_CHANGED = 3  # (child)
    PARTNER_IDENTIFIED = 4  # (child)
    PROTECTION_ENDED = 5  # (child)
    DISRUPTION_ENDED = 6  # (network)
    # the episode
    REPORTED = 7  # (episode)
    CLOSED = 8  # (episode): own return or third party
    FOUND = 9  # (episode): by police
    HARMED = 10  # (episode)
    # police
    GRADED = 11  # (episode): by the call-taker
    ENDORSED = 12  # (episode): by the control-room inspector
    DESK_DUE = 13  # (episode)
    FIELD_DUE = 14  # (episode)
    REVIEWED = 15  # (episode)
    PREVENTION_DUE = 16  # (episode)
    RECORDED = 17  # (episode)
    # work and pools
    TASK_ENDED = 18  # (task)
    ESCALATED = 19  # (task)
    DUTY_CHANGED = 20  # (pool)
    INCIDENT = 21  # (incident number)
    # social care
    RHI_OFFERED = 22  # (interview)
    RHI_ARRANGED = 23  # (interview)
    RHI_SHARED = 24  # (interview)
    RHI_EXPIRED = 25  # (interview)
    REFERRED = 26  # (child); version is the episode or NOBODY
    STRATEGY_HELD = 27  # (case)
    CONFERENCE = 28  # (case)
    ASSESSED = 29  # (case)
    PLAN_ENDED = 30  # (case)
    OTHER_FAMILY = 31  # (case number)
    # noted only
    TASK_STARTED = 32  # (task)
    REGRADED = 33  # (episode)
    PROTECTED = 34  # (child)
    IDENTIFIED = 35  # (child)
    PREVENTION_DONE = 36  # (episode)
    RHI_DONE = 37  # (interview)
    DECIDED = 38  # (case)
    TASK_DROPPED = 39  # (task)
    TASK_ASKED = 40  # (task)
