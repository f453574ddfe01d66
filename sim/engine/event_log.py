"""The event trace as a table that people and vidigi read: entity_id, event_type, event, time, resource_id, run_number.

An entity is a child, by row number, or another incident or another family's case (then `entity` says so). Times are hours from the start of the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..model.events import Event
from ..model.words import NOBODY, Pool, Work
from .tables import Tables

if TYPE_CHECKING:
    import pandas as pd

OF_CHILD = (Event.AGED_OUT, Event.STATE_CHANGED, Event.REFERRED, Event.PROTECTED, Event.IDENTIFIED)
OF_TASK = (Event.TASK_ASKED, Event.TASK_STARTED, Event.TASK_ENDED, Event.TASK_DROPPED, Event.ESCALATED)
OF_INTERVIEW = (Event.RHI_OFFERED, Event.RHI_DONE, Event.RHI_SHARED)
OF_CASE = (Event.DECIDED, Event.STRATEGY_HELD, Event.CONFERENCE, Event.ASSESSED, Event.PLAN_ENDED)
TYPES = {
    Event.LEFT: "arrival_departure",
    Event.CLOSED: "arrival_departure",
    Event.FOUND: "arrival_departure",
    Event.TASK_ASKED: "queue",
    Event.TASK_STARTED: "resource_use",
    Event.TASK_ENDED: "resource_use_end",
}


def event_log(traced: np.ndarray[Any, Any], tables: Tables, run_number: int) -> pd.DataFrame:
    """A row for each noted event. `traced` and `tables` come from the same area."""
    import pandas as pd

    kind, child = _entities(traced["event"], traced["who"], tables)
    names = {int(event): event.name.lower() for event in Event}
    pools = {int(pool): pool.name.lower() for pool in Pool}
    types = {int(event): kind for event, kind in TYPES.items()}
    return pd.DataFrame(
        {
            "entity_id": child,
            "entity": kind,
            "event_type": [types.get(event, "attribute") for event in traced["event"].tolist()],
            "event": [names[event] for event in traced["event"].tolist()],
            "time": traced["time"],
            "resource_id": [pools.get(pool, "") for pool in traced["resource"].tolist()],
            "row": traced["who"],
            "run_number": run_number,
        }
    )


def _entities(event: np.ndarray[Any, Any], who: np.ndarray[Any, Any], tables: Tables) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Whom each event is about: "child", "incident" or "family", and its number."""
    kind = np.full(len(event), "child", dtype=object)
    entity = who.copy()
    episode_child = tables["episodes"]["child"]
    interview_child = tables["interviews"]["child"]
    case_child = tables["cases"]["child"]
    is_task = np.isin(event, OF_TASK)
    is_interview = np.isin(event, OF_INTERVIEW)
    is_case = np.isin(event, OF_CASE)
    of_episode = ~np.isin(event, OF_CHILD) & ~is_task & ~is_interview & ~is_case
    entity[of_episode] = episode_child[who[of_episode]]
    entity[is_interview] = interview_child[who[is_interview]]
    entity[is_case] = case_child[who[is_case]]
    tasks = tables["tasks"][who[is_task]]
    about = tasks["episode"].copy()
    searches = np.isin(tasks["work"], (Work.DESK_ENQUIRY, Work.FIELD_VISIT, Work.PREVENTION_INTERVIEW))
    about[searches] = episode_child[tasks["episode"][searches]]
    visits = tasks["work"] == Work.RETURN_HOME_INTERVIEW
    about[visits] = interview_child[tasks["episode"][visits]]
    cases = np.isin(tasks["work"], (Work.MASH_DECISION, Work.CASE))
    about[cases] = case_child[tasks["episode"][cases]]
    entity[is_task] = about
    row = who.copy()
    row[is_task] = tasks["episode"]
    task_kind = np.full(len(tasks), "child", dtype=object)
    task_kind[tasks["work"] == Work.OTHER_INCIDENT] = "incident"
    kind[is_task] = task_kind
    families = (entity == NOBODY) & (is_case | is_task)
    kind[families] = "family"
    entity[families] = row[families]
    return kind, entity
