"""The records of the agents: what there is to know about each child, episode, task, interview, case, network and pool.

Plain slotted dataclasses of numbers. The SimPy engine holds them as they are; the compiled engine derives a row layout from them. What is
`Annotated[int, Grade]` takes a byte there, as a Grade does, but may be UNGRADED or counted with. Times are hours from the start of the run, NEVER
where a thing has not happened; row numbers are NOBODY where there is none. Only rules write here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from .words import (
    AS_IT_HAPPENS,
    NEVER,
    NOBODY,
    UNGRADED,
    Channel,
    Exploitation,
    Grade,
    Home,
    Line,
    Located,
    Plan,
    Pool,
    Progress,
    Rating,
    Reason,
    Shortfall,
    State,
    Work,
)

RECENT = 8
"""How many of a child's latest episodes are remembered by time, for rules such as the third in a year or three in 90 days."""


def _never() -> list[float]:
    return [-NEVER] * RECENT


def _zeros3() -> list[float]:
    return [0.0, 0.0, 0.0]


def _lines() -> list[int]:
    return [NOBODY] * len(Line)


@dataclass(slots=True)
class Child:
    """A child who may go missing: traits, true state, what agencies hold, and the response in force."""

    key: int = 0
    """The child's name for luck; it does not change when other children are added."""
    # traits
    home: Annotated[int, Home] = Home.FAMILY
    out_of_area: bool = False
    born: float = 0.0
    vulnerability: float = 0.0
    """Standardised: 0 is usual, 1 is one standard deviation above (mental health, substance use, abuse or neglect)."""
    reason: Reason = Reason.PUSH
    frailty: float = 1.0
    findability: float = 1.0
    entered: float = 0.0
    gone: float = NEVER
    """When the child left the simulated population, at 18."""
    # true state
    state: State = State.NONE
    kind: Exploitation = Exploitation.SEXUAL
    state_since: float = 0.0
    exploited_since: float = NEVER
    network: int = NOBODY
    next_member: int = NOBODY
    previous_member: int = NOBODY
    state_left: float = 0.0
    """The unspent part of the threshold to the next change of state."""
    state_rate: float = 0.0
    state_updated: float = 0.0
    state_by_night: bool = False
    """Is the rate in force weighted by the hour of the day (away from home)?"""
    state_changes: int = 0
    state_version: int = 0
    # going missing
    missing: bool = False
    episode: int = NOBODY
    episodes: int = 0
    leaving_left: float = 0.0
    """The unspent part of the threshold to the next episode."""
    leaving_updated: float = 0.0
    leaving_version: int = 0
    year_starts: float = 0.0
    year_count: int = 0
    returned: float = -NEVER
    brought_back: bool = False
    left_recently: list[float] = field(default_factory=_never)
    # what is held
    reports: int = 0
    reported_recently: list[float] = field(default_factory=_never)
    recorded: int = 0
    recorded_recently: list[float] = field(default_factory=_never)
    vulnerability_police: bool = False
    vulnerability_social: bool = False
    vulnerability_standard: bool = False
    flag_police: float = NEVER
    """When an exploitation flag was last put on police systems; NEVER if there is none."""
    flag_social: float = NEVER
    flag_standard: float = NEVER
    """When standard practice would have put it on record, under the same luck."""
    identified: float = NEVER
    known: float = NEVER
    """When agencies last learned of exploitation; unlike `identified` it does not follow the true state, and goes out of date as a flag does."""
    # the response in force
    plan_made: float = -NEVER
    protected_until: float = -NEVER
    addressed_until: float = -NEVER
    interview: int = NOBODY
    case: int = NOBODY


@dataclass(slots=True)
class Episode:
    """One time away, from leaving to the end of its follow-up."""

    child: int = NOBODY
    occurrence: int = 0
    left: float = NEVER
    reported: float = NEVER
    located: float = NEVER
    located_by: Located = Located.STILL_MISSING
    closes: float = NEVER
    """When the child will have returned, or been brought back by a third party, if police do not come first."""
    closes_by: Located = Located.STILL_MISSING
    # true state at the report
    state: State = State.NONE
    flagged: bool = False
    """Was a current exploitation flag on police systems at the report, seen or not?"""
    identified_before: bool = False
    protected_before: bool = False
    known_to_social_care: bool = False
    risk: float = 0.0
    """True log risk of harm at the report, relative to an average episode."""
    risk_informant: float = 0.0
    """The part of it that lies in tonight's circumstances and that carers know."""
    risk_hidden: float = 0.0
    """The part that nobody knows."""
    # grading
    first_graded: float = NEVER
    call_grade: Annotated[int, Grade] = UNGRADED
    first_grade: Annotated[int, Grade] = UNGRADED
    """The grade after the inspector and after practice, before reviews."""
    grade: Annotated[int, Grade] = UNGRADED
    truth_grade: Annotated[int, Grade] = UNGRADED
    knowable_grade: Annotated[int, Grade] = UNGRADED
    shortfall: Annotated[int, Shortfall] = Shortfall.NONE
    regraded: float = NEVER
    bypassed: bool = False
    reviews: int = 0
    reviews_done: int = 0
    # search
    first_action: float = NEVER
    first_field: float = NEVER
    desk_actions: int = 0
    field_actions: int = 0
    desk: Plan = Plan.NONE
    field: Plan = Plan.NONE
    desk_task: int = NOBODY
    field_task: int = NOBODY
    plan_version: int = 0
    plan_current: bool = False
    plan_read: bool = False
    raw: float = 0.0
    raw_rate: float = 0.0
    raw_updated: float = 0.0
    find_version: int = 0
    never_done: int = 0
    active_hours: float = 0.0
    night_active_hours: float = 0.0
    # harm
    harm_left: float = 0.0
    harm_updated: float = 0.0
    harm_rate: float = 0.0
    harm_version: int = 0
    harmed: float = NEVER
    harm_without_search: float = NEVER
    """When harm would have come had police not located the child first, same luck."""
    severity: int = 0
    harm_recorded: float = NEVER
    # after the return
    recorded: float = NEVER
    interview_due: bool = False
    prevention: float = NEVER
    prevention_in_person: bool = False
    intelligence: int = 0
    intelligence_used: int = 0
    suspect: float = NEVER
    notice: float = NEVER
    rhi: int = NOBODY
    rhi_eligible: bool = False
    closed: float = NEVER
    """When police closed the case."""
    meets_criterion: bool = False
    referred: float = NEVER


@dataclass(slots=True)
class Task:
    """Something one member of a pool is asked to do."""

    work: Annotated[int, Work] = Work.DESK_ENQUIRY
    pool: Annotated[int, Pool] = Pool.DESK
    line: Annotated[int, Line] = Line.ROUTINE
    episode: int = NOBODY
    """The episode, or the interview, case or incident number, according to `work`."""
    number: int = 0
    grade: Annotated[int, Grade] = UNGRADED
    requested: float = NEVER
    started: float = NEVER
    ended: float = NEVER
    hours: float = 0.0
    progress: Progress = Progress.WAITING
    overtime: bool = False
    in_person: bool = False
    displaced: bool = False
    """An other incident that asked while someone of its pool was busy with missing work."""
    next_in_line: int = NOBODY


@dataclass(slots=True)
class Interview:
    """A return home interview: offered after a return, and covering every episode that is open when it is done."""

    child: int = NOBODY
    occurrence: int = 0
    returned: float = NEVER
    eligible: bool = False
    offered: float = NEVER
    accepted: bool = False
    appointed: float = NEVER
    """The time arranged, if the service can arrange one."""
    done: float = NEVER
    shared: float = NEVER
    closed: bool = False
    covered: int = 0
    latest: int = NOBODY
    """The latest episode that it covers."""
    task: int = NOBODY
    disclosed: bool = False
    red_flags: bool = False


@dataclass(slots=True)
class Case:
    """A referral to children's social care and what became of it. `child` is NOBODY for another family's case."""

    child: int = NOBODY
    key: int = 0
    occurrence: int = 0
    rating: Rating = Rating.GREEN
    task: int = NOBODY
    """The task that asks for, and then holds, a social worker's case slot."""
    concern: bool = False
    """Exploitation identified, or harm: calls for a strategy discussion."""
    referred: float = NEVER
    decision_due: float = NEVER
    decided: float = NEVER
    accepted: bool = False
    strategy: float = NEVER
    started: float = NEVER
    assessed: float = NEVER
    conference: float = NEVER
    protected: float = NEVER
    closed: float = NEVER


@dataclass(slots=True)
class Protection:
    """A spell of protective action for a child."""

    child: int = NOBODY
    started: float = NEVER
    until: float = NEVER
    interim: bool = False


@dataclass(slots=True)
class Identification:
    """Exploitation identified: when, how, and when that exploitation began."""

    child: int = NOBODY
    time: float = NEVER
    channel: Channel = Channel.NONE
    began: float = NEVER
    notice: float = NEVER


@dataclass(slots=True)
class Network:
    """Adults who exploit several children together, and what has been done about them."""

    first_member: int = NOBODY
    members: int = 0
    disruption: float = 0.0
    disrupted_until: float = -NEVER
    version: int = 0
    notices: int = 0
    suspects: int = 0
    arrests: int = 0


@dataclass(slots=True)
class Roster:
    """One pool: who is on duty, who is busy, its lines, and hours by shift."""

    on_duty: int = 0
    busy: int = 0
    busy_missing: int = 0
    overtime: int = 0
    overtime_starts: int = 0
    updated: float = 0.0
    first: list[int] = field(default_factory=_lines)
    last: list[int] = field(default_factory=_lines)
    busy_hours: list[float] = field(default_factory=_zeros3)
    duty_hours: list[float] = field(default_factory=_zeros3)
    overtime_hours: float = 0.0


@dataclass(slots=True)
class Order:
    """Decisions of one episode that are set from outside, to see what would follow; nothing is set unless someone asks. No rule writes here.

    All but the grade are 0 for no, 1 for yes. Luck stays as it is: only what is decided changes, where it is decided.
    """

    episode: int = NOBODY
    checked: int = AS_IT_HAPPENS
    """Is what is held looked at: police systems by the call-taker, the informant heard, the social worker asked by an inspector who reassesses?"""
    grade: int = AS_IT_HAPPENS
    """The grade that stands after the inspector; reviews go on as they are."""
    night: int = AS_IT_HAPPENS
    """Do search tasks that fall due at night start then?"""
    field: int = AS_IT_HAPPENS
    """Are field visits made in the field, and not from a desk?"""
    plan_read: int = AS_IT_HAPPENS
    """Is a current trigger plan, if there is one, read before the first action?"""
    prevention: int = AS_IT_HAPPENS
    """Is a prevention interview arranged?"""
    offered: int = AS_IT_HAPPENS
    """Is a return home interview offered, if one is expected and none is open?"""
    recorded: int = AS_IT_HAPPENS
    """Does the case reach the records system?"""
    referred: int = AS_IT_HAPPENS
    """Do police refer to children's social care? Yes means also if the criterion is not met."""


@dataclass(slots=True)
class Now:
    """How many rows of each table are in use, and the counts that belong to the whole area."""

    children: int = 0
    episodes: int = 0
    tasks: int = 0
    interviews: int = 0
    cases: int = 0
    protections: int = 0
    identifications: int = 0
    incidents: int = 0
    families: int = 0
    entrants: int = 0
    lost_at_handover: int = 0
